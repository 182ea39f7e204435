"""A report in; Reviewdog's Diagnostic Format out: one JSON object on each line, columns in bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.finding import Report
from privlint.model.place import Position
from privlint.report import jsontext
from privlint.report.frame import line_of
from privlint.report.problems import Problem, problems
from privlint.report.view import View

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


class Point(Struct, frozen=True, omit_defaults=True):
    """A position; both count from 1. Without the text of the line there is no column in bytes."""

    line: int
    column: int = 0


class Range(Struct, frozen=True):
    """A region; the end is exclusive."""

    start: Point
    end: Point


class Location(Struct, frozen=True, omit_defaults=True):
    """Where it is."""

    path: str
    range: Range | None = None


class Source(Struct, frozen=True):
    """Who says so."""

    name: str


class Code(Struct, frozen=True):
    """The check."""

    value: str


class Diagnostic(Struct, frozen=True):
    """One line."""

    message: str
    location: Location
    severity: str
    source: Source
    code: Code


def render(report: Report, view: View) -> Iterator[str]:
    """Yield one object for each problem."""
    for problem in problems(report, view):
        yield jsontext.line(
            Diagnostic(
                message=problem.text,
                location=_location(problem, view),
                severity=_SEVERITIES[problem.severity],
                source=Source("privlint"),
                code=Code(problem.check),
            )
        )


def _location(problem: Problem, view: View) -> Location:
    if not problem.path:
        return Location(".")
    if problem.end == problem.start:
        return Location(view.path(problem.path), Range(Point(problem.start.line), Point(problem.end.line)))
    text = view.source(problem.path)
    points = [_point(text, position) for position in (problem.start, problem.end)]
    if not all(point.column for point in points):  # both or none: without columns a range holds whole lines
        points = [Point(point.line) for point in points]
    return Location(view.path(problem.path), Range(*points))


def _point(text: str | None, position: Position) -> Point:
    line = line_of(text, position.line)
    if line is None:
        return Point(position.line)
    before = line[: position.column - 1]
    return Point(position.line, len(before.encode("utf-8", "surrogatepass")) + 1)
