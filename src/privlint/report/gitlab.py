"""A report in; a Code Quality report for GitLab out: JSON whose fingerprints stay the same when lines move."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.finding import Report
from privlint.report import jsontext
from privlint.report.problems import Problem, problems
from privlint.report.view import View

_SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


class Lines(Struct, frozen=True):
    """The lines of an issue."""

    begin: int
    end: int


class Location(Struct, frozen=True):
    """Where an issue is; the path counts from the root of the repository."""

    path: str
    lines: Lines


class Issue(Struct, frozen=True):
    """One entry."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: Location


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the lines of the document."""
    return jsontext.lines([_issue(problem, view) for problem in problems(report, view)])


def _issue(problem: Problem, view: View) -> Issue:
    return Issue(
        description=problem.message,
        check_name=problem.check,
        fingerprint=problem.fingerprint,
        severity=_SEVERITIES[problem.severity],
        location=Location(
            view.path(problem.path) if problem.path else ".", Lines(problem.start.line, problem.end.line)
        ),
    )
