"""`privlint attest [PATH …]`: a project in; an in-toto statement of the verdict out, without any source code."""

from __future__ import annotations

from collections.abc import Sequence

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.model.finding import Text
from privlint.model.request import Request
from privlint.report import attestation, summary, verdict
from privlint.report.view import View

_LEVELS = ("", "error", "warning", "info", "never")


def run(arguments: Sequence[str], language: str) -> int:
    """Write the statement; the exit code is that of `privlint check`, unless it is only to be written."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    if options.fail_on not in _LEVELS:
        raise Parser.wrong("--fail-on", options.fail_on, _LEVELS[1:])
    found = engine.dossier(
        Request(
            paths=tuple(options.paths) or (".",),
            config=options.config,
            exclude=tuple(options.exclude),
            fail_on=options.fail_on,
            today=options.today,
        )
    )
    lines = attestation.render(found, engine.identify(found.report))
    if options.output and options.output != "-":
        streams.write_file(options.output, lines)
    else:
        streams.write_utf8(lines)
    streams.tell([*summary.faults(found.report, View(language=language))])
    return verdict.exit_code(found.report, verdict.Gate(exit_zero=options.exit_zero))


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Write evidence for an auditor: a JSON statement of the verdict in in-toto's shape, with digests of what was"
        " examined, versions, coverage, findings and waivers, and without any source code. Sign it with a tool of your"
        " choice.",
        "为审计生成证据：in-toto 格式的 JSON 声明，包含被检查内容的摘要、版本、覆盖情况、发现和豁免，不含任何源代码。"
        "可用您选择的工具签名。",
    )
    made = Parser("attest", language, about, Text("[options] [PATH ...]", "[选项] [路径 ...]")[language])
    paths = Text("files or folders; the working folder if none is given", "文件或文件夹；省略时为当前文件夹")
    made.positional("paths", paths, nargs="*")
    made.option("--output", metavar="FILE", help=Text("the file to write", "输出文件"))
    made.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
    made.repeated(
        "--exclude", metavar="PATTERN", help=Text("leave these paths out; may be repeated", "排除这些路径，可重复")
    )
    made.option(
        "--fail-on",
        metavar="LEVEL",
        help=Text("error, warning (the default), info or never", "error、warning（默认）、info 或 never"),
    )
    made.flag("--exit-zero", help=Text("findings do not fail the run", "有发现时不视为失败"))
    made.option(
        "--today", metavar="DATE", help=Text("the day on which waivers are judged", "判断豁免是否到期所用的日期")
    )
    made.language_options()
    return made
