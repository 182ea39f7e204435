"""A report in; Checkstyle's XML out, which Jenkins and many review tools read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from privlint.model.finding import Report
from privlint.report.problems import Problem, problems
from privlint.report.view import View
from privlint.report.xmltext import element


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the lines of the document: the problems of each file together, in the order of the paths."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<{element('checkstyle', version='4.3')}>"
    ordered = sorted(problems(report, view), key=lambda problem: problem.path)
    for path, found in groupby(ordered, key=lambda problem: problem.path):
        yield f"  <{element('file', name=view.path(path) if path else '.')}>"
        for problem in found:
            yield f"    <{_error(problem)}/>"
        yield "  </file>"
    yield "</checkstyle>"


def _error(problem: Problem) -> str:
    return element(
        "error",
        line=problem.start.line,
        column=problem.start.column,
        severity=problem.severity,
        message=problem.text,
        source=f"privlint.{problem.check}",
    )
