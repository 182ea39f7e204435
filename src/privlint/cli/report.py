"""`privlint report [PATH …]`: a run in; a page or tables for a privacy officer, or one of the two lists, out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from functools import lru_cache

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.dossier import Dossier
from privlint.model.finding import Text
from privlint.model.request import Request
from privlint.report import dossier as forms
from privlint.report import safe, summary, verdict
from privlint.report.view import View

_STALE = 1
_PLAY = "play-data-safety"
_SHOWN = 20  # differing lines


def run(arguments: Sequence[str], language: str) -> int:
    """Write the report, or hold a list against the file that was published."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    if options.format not in forms.FORMATS:
        raise Parser.wrong("--format", options.format, forms.FORMATS)
    if options.check and options.format not in (*forms.LISTS, _PLAY):
        raise UsageError(
            f"--check holds a list against a file; --format {options.format} is none",
            message_zh=f"--check 用于核对清单文件；--format {options.format} 不是清单",
            hint=f"Choose --format {' or '.join((*forms.LISTS, _PLAY))}.",
            hint_zh=f"请选择 --format {' 或 '.join((*forms.LISTS, _PLAY))}。",
        )
    found = engine.dossier(
        Request(
            paths=tuple(options.paths) or (".",),
            config=options.config,
            exclude=tuple(options.exclude),
            today=options.today,
        )
    )
    view = _view(found, language)
    commas = (options.check or options.output).lower().endswith(".csv")
    if options.format == _PLAY:
        from privlint.cli import play

        lines = play.lines(options, found, language)
    else:
        lines = forms.render(options.format, found, view, commas=commas)
    if options.check:
        return _drift(options, [*lines], language)
    if options.output and options.output != "-":
        streams.write_file(options.output, lines)
    else:
        streams.write_utf8(lines)
    streams.tell([*summary.faults(found.report, View(language=language))])
    return verdict.exit_code(found.report, verdict.Gate(exit_zero=True, allow_incomplete=options.allow_incomplete))


def _view(found: Dossier, language: str) -> View:
    root = found.report.root

    @lru_cache(maxsize=2)
    def source(path: str) -> str | None:
        text: str | None = engine.source(root, path)
        return text

    return View(language=language, source=source)


def _drift(options: Namespace, lines: list[str], language: str) -> int:
    """Compare with the file, and say what differs: `-` is in the file, `+` belongs there."""
    from difflib import unified_diff

    try:
        with open(options.check, encoding="utf-8-sig") as file:
            before = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"--check: cannot read {options.check}: {error}",
            message_zh=f"--check：无法读取 {options.check}：{error}",
            hint=f"Write it first: privlint report --format {options.format} --output {options.check}",
            hint_zh=f"请先生成：privlint report --format {options.format} --output {options.check}",
        ) from None
    name = safe.path(options.check)
    if before == lines:
        streams.write([Text(f"{name}: as the manifest says", f"{name}：与清单一致")[language]])
        return 0
    streams.write([Text(f"{name}: not what the manifest says", f"{name}：与清单不一致")[language]])
    differing = [line for line in unified_diff(before, lines, n=0, lineterm="") if line[:2] not in {"--", "++", "@@"}]
    streams.write(f"  {safe.visible(line)}" for line in differing[:_SHOWN])
    if len(differing) > _SHOWN:
        rest = len(differing) - _SHOWN
        streams.write([Text(f"  and {rest} more lines", f"  以及另外 {rest} 行")[language]])
    return _STALE


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Examine an app, and write a report for people: one HTML file that needs no network, Markdown, CSV or"
        " JSON. Or write"
        " a list or form from the manifest: what is collected, what third parties get, the table of the privacy"
        " policy, the record of processing, Apple's privacy details, Google's Data safety form.",
        "检查应用并生成供人阅读的报告：单个无需联网的 HTML 文件、Markdown、CSV 或 JSON；"
        "或根据清单生成《已收集个人信息清单》《第三方信息共享清单》、隐私政策收集章节的表格、处理活动记录、"
        "Apple 隐私详情表或 Google“数据安全”表单。",
    )
    made = Parser("report", language, about, Text("[options] [PATH ...]", "[选项] [路径 ...]")[language])
    paths = Text("files or folders; the working folder if none is given", "文件或文件夹；省略时为当前文件夹")
    made.positional("paths", paths, nargs="*")
    made.option("--format", "--output-format", metavar="FORMAT", default="html", help=_FORMATS)
    made.option(
        "--output",
        metavar="FILE",
        help=Text("the file to write; a list in *.csv is CSV", "输出文件；*.csv 的清单为 CSV"),
    )
    made.option(
        "--check",
        metavar="FILE",
        help=Text("compare a list with this file; 1 if it differs", "将清单与该文件比较，不一致时退出码为 1"),
    )
    made.option(
        "--template",
        metavar="FILE",
        help=Text(
            "for play-data-safety: the form as the Play Console exported it; with --check, FILE itself by default",
            "用于 play-data-safety：从 Play 管理中心导出的表单；使用 --check 时默认为被核对的文件",
        ),
    )
    made.option(
        "--on-device",
        metavar="IDS",
        help=Text(
            "for play-data-safety: data types that never leave the device",
            "用于 play-data-safety：从不传出设备的数据类型",
        ),
    )
    made.report_options()
    made.language_options()
    return made


_FORMATS = Text(
    "html (the default), markdown, csv, json, collected-list, sharing-list, policy-table, processing-record,"
    " apple-labels or play-data-safety",
    "html（默认）、markdown、csv、json、collected-list、sharing-list、policy-table、processing-record、apple-labels"
    " 或 play-data-safety",
)
