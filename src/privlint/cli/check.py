"""`privlint check`: a command line in; a request to the engine, the report in the wanted formats, an exit code out."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import lru_cache
from time import monotonic

from msgspec.structs import replace

from privlint import engine, report
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.check import COVERAGE_IDS, SUPPRESSION_IDS
from privlint.model.finding import Report, Text
from privlint.model.request import Request
from privlint.report import summary, tables, verdict
from privlint.report.view import WIDTH, View

_LEVELS = ("error", "warning", "info", "never")


def run(arguments: Sequence[str], language: str) -> int:
    """Examine, report, and say by the exit code how it went."""
    options = _parser(language).read(arguments)
    if options is None:
        return 0
    targets = _targets(options.output_format)
    request = _request(options)
    _know(request)
    started = monotonic()
    found = engine.run(request)
    seconds = monotonic() - started
    gate = verdict.Gate(
        strict_coverage=options.strict_coverage or options.strict,
        allow_incomplete=options.allow_incomplete,
        exit_zero=options.exit_zero,
    )
    view = _view(options, language, found)
    for name, path in targets:
        if path != "-":
            streams.write_file(path, report.render(name, found, view))
    _show(found, view, [name for name, path in targets if path == "-"], options)
    watched = sys.stderr is not None and sys.stderr.isatty()
    streams.tell(_summary(found, view, gate, options, seconds if watched else None))
    return verdict.exit_code(found, gate)


# --- what is asked ----------------------------------------------------------------------------------------------------


def _request(options: Namespace) -> Request:
    if options.fail_on and options.fail_on not in _LEVELS:
        raise Parser.wrong("--fail-on", options.fail_on, _LEVELS)
    return Request(
        paths=tuple(options.paths) or (".",),
        config=options.config,
        isolated=options.isolated,
        select=_ids(options.select),
        ignore=_ids(options.ignore),
        exclude=tuple(options.exclude),
        force_exclude=options.force_exclude,
        fail_on=options.fail_on,
        today=_today(options.today),
        jobs=_jobs(options.jobs),
        name_only=options.strict,
        full_tests=options.strict,
        no_ignores=options.no_ignores,
    )


def _ids(given: Sequence[str]) -> tuple[str, ...]:
    """Split `PRV1,PRV201`."""
    return tuple(part.strip().upper() for text in given for part in text.split(",") if part.strip())


def _know(request: Request) -> None:
    """Refuse a check that does not exist: it would select nothing, in silence."""
    if not (request.select or request.ignore):
        return
    known = sorted({*COVERAGE_IDS, *SUPPRESSION_IDS, *(doc.check.id for doc in engine.check_docs())})
    for option, prefixes in (("--select", request.select), ("--ignore", request.ignore)):
        for prefix in prefixes:
            if not any(check.startswith(prefix) for check in known):
                raise _unknown_check(option, prefix, known)


def _unknown_check(option: str, prefix: str, known: Sequence[str]) -> UsageError:
    from privlint.model.spelling import closest

    meant = closest(prefix, known)
    return UsageError(
        f"{option}: no check begins with {prefix}",
        message_zh=f"{option}：没有以 {prefix} 开头的检查",
        hint=f"Did you mean `{meant}`?" if meant else "`privlint explain ID` explains a check.",
        hint_zh=f"是否要写 `{meant}`？" if meant else "`privlint explain ID` 可说明某个检查。",
    )


def _today(text: str) -> str:
    from datetime import date

    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(
            f"--today: `{text}` is no date",
            message_zh=f"--today：`{text}` 不是日期",
            hint="Write it as 2026-12-31.",
            hint_zh="写成 2026-12-31 的形式。",
        ) from None


def _jobs(text: str) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise UsageError(
        f"--jobs: `{text}` is no number of processes",
        message_zh=f"--jobs：`{text}` 不是进程数",
        hint="Write a whole number from 1, or leave the option out.",
        hint_zh="写一个不小于 1 的整数，或省略该选项。",
    )


def _targets(given: Sequence[str]) -> list[tuple[str, str]]:
    """Read `sarif=out.sarif`; "-" stands for standard output, which holds one format."""
    targets = []
    for text in given or ("full",):
        name, _, path = text.partition("=")
        if name not in report.FORMATS:
            raise Parser.wrong("--output-format", name, report.FORMATS)
        targets.append((name, path or "-"))
    if sum(path == "-" for _, path in targets) > 1:
        raise UsageError(
            "only one output format can go to standard output",
            message_zh="只能有一种格式写到标准输出",
            hint="Write the others to files: --output-format sarif=out.sarif",
            hint_zh="其他格式请写入文件：--output-format sarif=out.sarif",
        )
    return targets


# --- what is shown ----------------------------------------------------------------------------------------------------


def _view(options: Namespace, language: str, found: Report) -> View:
    """Make the view for files: no colour, a fixed width."""

    @lru_cache(maxsize=2)
    def source(path: str) -> str | None:
        text: str | None = engine.source(found.root, path)
        return text

    carries_help = options.statistics or any(text.startswith("sarif") for text in options.output_format)
    return View(
        language=language,
        source=source,
        path=_reader(found.root),
        checks=engine.check_docs() if carries_help else (),
        show_literals=options.show_literals,
        verbose=options.verbose,
    )


def _reader(root: str) -> Callable[[str], str]:
    """Choose how paths read: as the reader would open them from the working folder."""
    here = os.getcwd()
    if root == here:
        return str
    if _holds(here, root):
        before = root[len(here.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
        return lambda path: f"{before}/{path}"
    if _holds(root, here):
        return lambda path: os.path.relpath(f"{root}/{path}", here).replace(os.sep, "/")
    return lambda path: f"{root}/{path}".replace(os.sep, "/")


def _holds(folder: str, inner: str) -> bool:
    return inner.startswith(folder.rstrip(os.sep) + os.sep)


def _show(found: Report, view: View, names: list[str], options: Namespace) -> None:
    """Write to standard output: one format, and the tables that were asked for."""
    for_people = replace(
        view, colour=streams.coloured(sys.stdout, options.color), width=streams.columns(sys.stdout, WIDTH)
    )
    extra = [tables.statistics] if options.statistics else []
    extra += [tables.files] if options.show_files else []
    for name in names:
        if name in report.FOR_PROGRAMS:
            streams.write_utf8(report.render(name, found, view))
            for table in extra:
                streams.tell(table(found, view))
            return
        streams.write(report.render(name, found, for_people))
    for table in extra:
        streams.write(table(found, for_people))


def _summary(found: Report, view: View, gate: verdict.Gate, options: Namespace, seconds: float | None) -> list[str]:
    """Give what goes to standard error; a quiet run still names what it did not examine."""
    view = replace(
        view,
        colour=streams.coloured(sys.stderr, options.color),
        width=streams.columns(sys.stderr, WIDTH),
    )
    streams.flush()
    if not options.quiet:
        return [*summary.render(found, view, gate, seconds)]
    if verdict.incomplete(found, gate):
        return [*summary.faults(found, view), summary.count(found, view, gate)]
    return []


# --- the command line -------------------------------------------------------------------------------------------------


def _parser(language: str) -> Parser:
    about = Text(
        "Examine the Kotlin, Java and Python sources of an app: which personal data they take, what of it is not"
        " declared, and what the basic service of the declared category does not need.",
        "检查应用的 Kotlin、Java 和 Python 源代码：收集了哪些个人信息，"
        "哪些没有声明，哪些并非所声明类别的基本功能服务所必需。",
    )
    parser = Parser("check", language, about, Text("[options] [PATH ...]", "[选项] [路径 ...]")[language])
    paths = Text("files or folders; the working folder if none is given", "文件或文件夹；省略时为当前文件夹")
    parser.positional("paths", paths, nargs="*")
    parser.section(Text("what is judged", "检查什么"))
    parser.repeated(
        "--select", metavar="IDS", help=Text("only these checks, e.g. PRV1,PRV201", "仅这些检查，如 PRV1,PRV201")
    )
    parser.repeated("--ignore", metavar="IDS", help=Text("not these checks", "不做这些检查"))
    parser.flag(
        "--strict",
        help=Text(
            "judge also what is known by its name alone, give test code its full severity, and fail when a file was"
            " examined only in part",
            "同时判断仅凭名称识别的用法，测试代码按原有级别计，文件仅部分检查时视为不完整",
        ),
    )
    parser.flag(
        "--no-ignores", help=Text("no marker, waiver or baseline suppresses anything", "行内标记、豁免和基线均不起作用")
    )
    parser.option(
        "--today", metavar="DATE", help=Text("the day on which waivers are judged", "判断豁免是否到期所用的日期")
    )
    _files(parser)
    _result(parser)
    _output(parser)
    return parser


def _files(parser: Parser) -> None:
    parser.section(Text("files", "文件"))
    parser.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
    parser.flag("--isolated", help=Text("read no manifest and no ignore file", "不读取清单和忽略文件"))
    parser.repeated(
        "--exclude", metavar="PATTERN", help=Text("leave these paths out; may be repeated", "排除这些路径，可重复")
    )
    parser.flag("--force-exclude", help=Text("leave them out even where PATH names them", "即使在参数中点名也排除"))
    parser.option(
        "-j", "--jobs", metavar="N", help=Text("processes; all processors by default", "进程数，默认使用全部处理器")
    )


def _result(parser: Parser) -> None:
    parser.section(Text("exit code", "退出码"))
    parser.option(
        "--fail-on",
        metavar="LEVEL",
        help=Text("error, warning (the default), info or never", "error、warning（默认）、info 或 never"),
    )
    parser.flag("--exit-zero", help=Text("findings do not fail the run", "有发现也不算失败"))
    parser.flag("--strict-coverage", help=Text("a file examined only in part fails it", "文件仅部分检查时视为不完整"))
    parser.flag("--allow-incomplete", help=Text("files that were not examined do not", "允许有文件未能检查"))


def _output(parser: Parser) -> None:
    parser.section(Text("output", "输出"))
    parser.repeated(
        "--output-format",
        metavar="FORMAT",
        help=Text(
            "full, concise, json or sarif; FORMAT=FILE writes a file; may be repeated",
            "full、concise、json 或 sarif；写成 FORMAT=文件 则写入文件；可重复",
        ),
    )
    parser.flag("--statistics", help=Text("count findings by check and by data type", "按检查和数据类型计数"))
    parser.flag("--show-files", help=Text("list every file and what became of it", "列出每个文件及其处理结果"))
    parser.flag("--show-literals", help=Text("quote long string literals in full", "完整引用较长的字符串"))
    parser.flag("-q", "--quiet", help=Text("findings only", "只显示发现"))
    parser.flag(
        "-v",
        "--verbose",
        help=Text("also suppressed findings, settings and every path", "同时显示已抑制的发现、设置和全部路径"),
    )
    parser.language_options()
