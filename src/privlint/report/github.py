"""A report in; workflow commands for GitHub Actions out, the worst first: a step shows only the first ten of a kind.

What stands between the colons is escaped twice over: what could act on a log becomes visible, what could end a property
or a command becomes a percent code.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.finding import Report
from privlint.report import safe, summary
from privlint.report.problems import Problem, problems, worst_first
from privlint.report.view import View

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(report: Report, view: View) -> Iterator[str]:
    """Yield one command for each problem, and one with the count."""
    for problem in worst_first(problems(report, view)):
        yield _command(problem, view)
    yield f"::notice title=privlint::{_data(summary.count(report, view))}"


def _command(problem: Problem, view: View) -> str:
    properties = []
    if problem.path:
        properties = [f"file={_property(view.path(problem.path))}", f"line={problem.start.line}"]
        if problem.end.line > problem.start.line:  # GitHub takes columns only within one line
            properties.append(f"endLine={problem.end.line}")
        elif problem.end > problem.start:
            properties += [f"col={problem.start.column}", f"endColumn={problem.end.column}"]
    properties.append(f"title={_property(problem.check)}")
    return f"::{_COMMANDS[problem.severity]} {','.join(properties)}::{_data(problem.text)}"


def _data(text: str) -> str:
    return "%0A".join(safe.visible(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return "".join(
        _PROPERTY.get(letter) or (letter if letter.isprintable() else safe.escape(letter)) for letter in text
    )
