"""`privlint rectify [PATH …]`: a project, and the text of a notice if there is one, in; a rectification report out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from privlint import engine
from privlint.cli import days, notices, streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.finding import Text
from privlint.model.rectification import Rectification
from privlint.model.request import Request
from privlint.report import summary, verdict
from privlint.report.dossier import rectification
from privlint.report.view import View


def run(arguments: Sequence[str], language: str) -> int:
    """Write the report."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    form = options.format or ("html" if options.output.lower().endswith((".html", ".htm")) else "markdown")
    if form not in rectification.FORMATS:
        raise Parser.wrong("--format", form, rectification.FORMATS)
    text = notices.read(options.notice) if options.notice else ""
    noticed, due, counted = _days(options)
    found = engine.dossier(
        Request(
            paths=tuple(options.paths) or (".",),
            config=options.config,
            exclude=tuple(options.exclude),
            today=options.today,
        )
    )
    answered = Rectification(
        dossier=found, answer=engine.answer(found.report, text), noticed=noticed, due=due, counted=counted
    )
    lines = rectification.render(form, answered, View(language=language))
    if options.output and options.output != "-":
        streams.write_file(options.output, lines)
    else:
        streams.write_utf8(lines)
    streams.tell([*summary.faults(found.report, View(language=language))])
    return verdict.exit_code(found.report, verdict.Gate(exit_zero=True, allow_incomplete=options.allow_incomplete))


def _days(options: Namespace) -> tuple[date | None, date | None, Text | None]:
    """Read the day of the notice and the last day; a span counts from the notice."""
    noticed = days.read(options.notice_date, "--notice-date") if options.notice_date else None
    if not options.due:
        return noticed, None, None
    if noticed is None and options.due.strip().startswith("+"):
        raise UsageError(
            "--due: a span needs the day from which it counts",
            message_zh="--due：时长需要起算日",
            hint="Give --notice-date as well, the day of the notice.",
            hint_zh="请同时给出通报日期 --notice-date。",
        )
    due, counted = days.last(options.due, "--due", noticed or date.min)
    return noticed, due, counted


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Write a rectification report: the clauses, the problems with their places in the code, what to do about each,"
        " and by when. With the text of a notice it answers that notice, point by point.",
        "生成整改报告：条款、问题及其代码位置、整改措施和期限。给出通报文本时，逐点回应该通报。",
    )
    made = Parser("rectify", language, about, Text("[options] [PATH ...]", "[选项] [路径 ...]")[language])
    paths = Text("files or folders; the working folder if none is given", "文件或文件夹；省略时为当前文件夹")
    made.positional("paths", paths, nargs="*")
    made.option(
        "--notice",
        metavar="TEXT",
        help=Text("what the notice says, or - for standard input", "通报的文本，或 - 表示标准输入"),
    )
    made.option("--notice-date", metavar="DATE", help=Text("the day of the notice", "通报日期"))
    made.option(
        "--due",
        metavar="DAY",
        help=Text(
            "the last day, or a span from the notice: '+10 working days' counts by China's public holidays",
            "整改期限：日期，或自通报起的时长：'+10 个工作日' 按中国的放假安排计算",
        ),
    )
    made.option(
        "--format",
        metavar="FORMAT",
        help=Text("markdown (the default) or html", "markdown（默认）或 html"),
    )
    made.option("--output", metavar="FILE", help=Text("the file to write; *.html is HTML", "输出文件；*.html 为 HTML"))
    made.report_options()
    made.language_options()
    return made
