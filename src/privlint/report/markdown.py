"""A report in; a short page of Markdown out, as for the summary of a build step: the worst first, and the count."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.finding import Report, Text
from privlint.report import safe, summary, words
from privlint.report.problems import Problem, problems, worst_first
from privlint.report.view import View

MOST = 200  # rows: a build step takes a megabyte
_SPECIAL = frozenset("\\`*_{}[]()#+-.!|~>@:/")


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the lines of the page."""
    found = worst_first(problems(report, view))
    yield "### privlint"
    yield ""
    yield _text(summary.count(report, view))
    yield ""
    if found:
        yield Text("| | check | where | what |", "| | 检查 | 位置 | 内容 |")[view.language]
        yield "|---|---|---|---|"
        for problem in found[:MOST]:
            yield _row(problem, view)
        yield ""
    if len(found) > MOST:
        rest = len(found) - MOST
        yield Text(f"And {rest} more.", f"另有 {rest} 项。")[view.language]
        yield ""
    for note in (*report.notes, words.LIMITS, words.EVIDENCE):
        yield f"- {_text(note[view.language].partition(chr(10))[0])}"


def _row(problem: Problem, view: View) -> str:
    severity = words.SEVERITIES[problem.severity][view.language]
    where = f"{view.path(problem.path)}:{problem.start.line}" if problem.path else ""
    cells = (severity, problem.check, where, problem.message)
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _text(text: str) -> str:
    """Write text that Markdown takes for nothing but text: no link, no mention, no tag."""
    shown = []
    for letter in safe.visible(text):
        if letter == "<":
            shown.append("&lt;")
        elif letter == "&":
            shown.append("&amp;")
        elif letter == "@":
            shown.append("&#64;")
        else:
            shown.append(f"\\{letter}" if letter in _SPECIAL else letter)
    return "".join(shown)
