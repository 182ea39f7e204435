"""The command line of `privlint check` in; the request to the engine, and where the report goes, out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from msgspec.structs import replace

from privlint import engine, report
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.check import COVERAGE_IDS, SUPPRESSION_IDS
from privlint.model.finding import Text
from privlint.model.request import Request

_LEVELS = ("error", "warning", "info", "never")


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Examine the Kotlin, Java and Python sources of an app: which personal data they take, what of it is not"
        " declared, and what the basic service of the declared category does not need.",
        "检查应用的 Kotlin、Java 和 Python 源代码：收集了哪些个人信息，"
        "哪些没有声明，哪些并非所声明类别的基本功能服务所必需。",
    )
    made = Parser("check", language, about, Text("[options] [PATH ...]", "[选项] [路径 ...]")[language])
    paths = Text("files or folders; the working folder if none is given", "文件或文件夹；省略时为当前文件夹")
    made.positional("paths", paths, nargs="*")
    made.section(Text("what is judged", "检查什么"))
    made.repeated(
        "--select", metavar="IDS", help=Text("only these checks, e.g. PRV1,PRV201", "仅这些检查，如 PRV1,PRV201")
    )
    made.repeated("--ignore", metavar="IDS", help=Text("not these checks", "不做这些检查"))
    made.flag(
        "--strict",
        help=Text(
            "judge also what is known by its name alone, give test code its full severity, and fail when a file was"
            " examined only in part",
            "同时判断仅凭名称识别的用法，测试代码按原有级别计，文件仅部分检查时视为不完整",
        ),
    )
    made.flag(
        "--no-ignores", help=Text("no marker, waiver or baseline suppresses anything", "行内标记、豁免和基线均不起作用")
    )
    made.option(
        "--today", metavar="DATE", help=Text("the day on which waivers are judged", "判断豁免是否到期所用的日期")
    )
    _files(made)
    _changes(made)
    _result(made)
    _output(made)
    return made


def request(options: Namespace) -> Request:
    """Make the request. Raises UsageError for a value that does not exist."""
    if options.fail_on and options.fail_on not in _LEVELS:
        raise Parser.wrong("--fail-on", options.fail_on, _LEVELS)
    made = Request(
        paths=tuple(options.paths) or (".",),
        config=options.config,
        trusted_config=options.trusted_config,
        isolated=options.isolated,
        select=_ids(options.select),
        ignore=_ids(options.ignore),
        exclude=tuple(options.exclude),
        force_exclude=options.force_exclude,
        fail_on=options.fail_on,
        today=_today(options.today),
        jobs=_jobs(options.jobs),
        cache=not options.no_cache,
        profile=options.profile,
        merged_manifest=options.merged_manifest,
        name_only=options.strict,
        full_tests=options.strict,
        no_ignores=options.no_ignores,
        baseline=options.baseline,
        changed="staged" if options.staged else "changed" if options.changed else "",
        since=options.since,
        diff_only=options.diff_only,
    )
    made = _piped(made, options)
    _agree(made, options)
    _know(made)
    return made


def targets(given: Sequence[str]) -> list[tuple[str, str]]:
    """Read `sarif=out.sarif`; "-" stands for standard output, which holds one format."""
    found = []
    for text in given or ("full",):
        name, _, path = text.partition("=")
        if name not in report.FORMATS:
            raise Parser.wrong("--output-format", name, report.FORMATS)
        found.append((name, path or "-"))
    if sum(path == "-" for _, path in found) > 1:
        raise UsageError(
            "only one output format can go to standard output",
            message_zh="只能有一种格式写到标准输出",
            hint="Write the others to files: --output-format sarif=out.sarif",
            hint_zh="其他格式请写入文件：--output-format sarif=out.sarif",
        )
    return found


def _piped(made: Request, options: Namespace) -> Request:
    """Take the text of one file from standard input, where the path is a dash."""
    if "-" not in options.paths:
        if options.stdin_filename:
            raise _wrong(
                Text("--stdin-filename needs `-` for a path", "--stdin-filename 需要以 `-` 作为路径"),
                "privlint check -",
            )
        return made
    if options.paths != ["-"] or not options.stdin_filename:
        raise _wrong(
            Text("`-` stands alone and needs a name", "`-` 只能单独使用，并且需要文件名"),
            "privlint check - --stdin-filename app/Main.kt",
        )
    return replace(made, paths=(options.stdin_filename,), text=streams.read())


def _agree(made: Request, options: Namespace) -> None:
    """Refuse options that contradict each other."""
    if sum(map(bool, (options.staged, options.changed, options.since))) > 1:
        raise _wrong(
            Text("--staged, --changed and --since exclude each other", "--staged、--changed 和 --since 只能选一个"),
            "privlint check --staged",
        )
    if made.trusted_config and (made.config or made.isolated):
        raise _wrong(
            Text(
                "--trusted-config says what governs the run: neither --config nor --isolated goes with it",
                "--trusted-config 已决定由谁约束检查，不能与 --config 或 --isolated 同用",
            ),
            "privlint check --trusted-config origin/main",
        )
    if made.diff_only and not (made.changed or made.since):
        raise _wrong(
            Text("--diff-only needs something to compare with", "--diff-only 需要比较对象"),
            "privlint check --since origin/main --diff-only",
        )
    if made.text is not None and (made.changed or made.since):
        raise _wrong(
            Text("standard input has no history", "标准输入没有历史可比"),
            "privlint check - --stdin-filename app/Main.kt",
        )


def _wrong(message: Text, example: str) -> UsageError:
    return UsageError(message.en, message_zh=message.zh, hint=f"As in `{example}`.", hint_zh=f"例如 `{example}`。")


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


def _files(parser: Parser) -> None:
    parser.section(Text("files", "文件"))
    parser.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
    trusted = Text(
        "take policy, category, waivers, markers and baseline from this commit, or from this file outside the project",
        "检查规则、类别、豁免、标记和基线取自该提交，或项目之外的该文件",
    )
    parser.option("--trusted-config", metavar="REF|FILE", help=trusted)
    merged = Text("the AndroidManifest.xml that a release build wrote", "发布版构建输出的合并 AndroidManifest.xml")
    parser.option("--merged-manifest", metavar="FILE", help=merged)
    parser.option("--baseline", metavar="FILE", help=Text("use this baseline", "使用这份基线"))
    parser.flag("--isolated", help=Text("read no manifest, baseline or ignore file", "不读取清单、基线和忽略文件"))
    parser.repeated(
        "--exclude", metavar="PATTERN", help=Text("leave these paths out; may be repeated", "排除这些路径，可重复")
    )
    parser.flag("--force-exclude", help=Text("leave them out even where PATH names them", "即使在参数中点名也排除"))
    parser.option(
        "-j", "--jobs", metavar="N", help=Text("processes; all processors by default", "进程数，默认使用全部处理器")
    )
    kept = Text("take nothing from earlier runs, keep nothing for later ones", "不使用以前的结果，也不保存本次结果")
    parser.flag("--no-cache", help=kept)
    spent = Text("say where the time went, on standard error", "在标准错误输出中说明时间花在何处")
    parser.flag("--profile", help=spent)


def _changes(parser: Parser) -> None:
    parser.section(Text("what changed", "变更"))
    parser.flag("--staged", help=Text("only files that are staged", "仅已暂存的文件"))
    parser.flag("--changed", help=Text("only files that differ from the last commit", "仅与上次提交不同的文件"))
    parser.option(
        "--since",
        metavar="REF",
        help=Text("only files that changed since this branch or commit", "仅自该分支或提交以来变更的文件"),
    )
    parser.flag("--diff-only", help=Text("only findings on changed lines count", "仅变更的行上的发现计入"))
    parser.option(
        "--stdin-filename",
        metavar="NAME",
        help=Text(
            "with `-` for a path: the name of what stands on standard input", "路径为 `-` 时，标准输入内容的文件名"
        ),
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
            f"{', '.join(report.FORMATS)}; FORMAT=FILE writes a file; may be repeated",
            f"{'、'.join(report.FORMATS)}；写成 FORMAT=文件 则写入文件；可重复",
        ),
    )
    parser.flag("--statistics", help=Text("count findings by check and by data type", "按检查和数据类型计数"))
    parser.flag("--fix", help=Text("remove markers that suppress nothing", "删除不起作用的标记"))
    parser.flag(
        "--diff", help=Text("show what --fix would change, and change nothing", "显示 --fix 的变更，不修改文件")
    )
    parser.flag(
        "--unsafe-fixes",
        help=Text("also remove permissions that nothing was seen to use", "同时删除没有发现使用之处的权限"),
    )
    parser.flag("--watch", help=Text("check again whenever a file changes", "文件变化时重新检查"))
    parser.flag("--show-files", help=Text("list every file and what became of it", "列出每个文件及其处理结果"))
    parser.flag("--show-literals", help=Text("quote long string literals in full", "完整引用较长的字符串"))
    parser.flag("-q", "--quiet", help=Text("findings only", "只显示发现"))
    parser.flag(
        "-v",
        "--verbose",
        help=Text("also suppressed findings, settings and every path", "同时显示已抑制的发现、设置和全部路径"),
    )
    parser.language_options()
