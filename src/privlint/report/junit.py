"""A report in; JUnit's XML out: a suite for each path with something to say.

A finding that fails the run is a failure, a path that could not be examined is an error, and a suppressed finding is a
skipped case; a finding below the level of `--fail-on` passes, with its text as output. So a build server goes red when
the exit code would, and stays green when it would not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from privlint.model.finding import Report
from privlint.report import summary, verdict
from privlint.report.problems import Problem, problems
from privlint.report.view import View
from privlint.report.xmltext import content, element


class _Case(Struct, frozen=True):
    path: str
    name: str
    kind: str  # "failure", "error", "skipped", "passed"
    check: str
    message: str
    text: str


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the lines of the document."""
    cases = sorted([*_cases(report, view)], key=lambda case: case.path)
    if not cases:
        cases = [_Case("", "privlint", "passed", "", "", summary.count(report, view))]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<{element('testsuites', name='privlint', **_counts(cases))}>"
    for path, grouped in groupby(cases, key=lambda case: case.path):
        suite = list(grouped)
        name = view.path(path) if path else "privlint"
        yield f"  <{element('testsuite', name=name, **_counts(suite))}>"
        for case in suite:
            yield from _lines(case, name)
        yield "  </testsuite>"
    yield "</testsuites>"


def _cases(report: Report, view: View) -> Iterator[_Case]:
    for problem in problems(report, view):
        kind = "error" if not problem.examined else "passed"
        if problem.examined and verdict.reaches(problem.severity, report.fail_on) and not _partly(problem):
            kind = "failure"
        yield _Case(problem.path, _name(problem), kind, problem.check, problem.message, problem.text)
    for finding in verdict.suppressed(report):
        place = finding.place
        name = f"{finding.check} {place.start.line}:{place.start.column}"
        why = f"{finding.suppressed}: {finding.justification}"
        yield _Case(place.path, name, "skipped", finding.check, why, "")


def _name(problem: Problem) -> str:
    return f"{problem.check} {problem.start.line}:{problem.start.column}"


def _partly(problem: Problem) -> bool:
    """Tell a path that was examined in part: it fails nothing unless coverage is strict, and then by the exit code."""
    return problem.check < "PRV022"


def _counts(cases: list[_Case]) -> dict[str, object]:
    return {
        "tests": len(cases),
        "failures": sum(case.kind == "failure" for case in cases),
        "errors": sum(case.kind == "error" for case in cases),
        "skipped": sum(case.kind == "skipped" for case in cases),
    }


def _lines(case: _Case, classname: str) -> Iterator[str]:
    yield f"    <{element('testcase', classname=classname, name=case.name)}>"
    if case.kind == "passed":
        yield f"      <system-out>{content(case.text)}</system-out>"
    elif case.kind == "skipped":
        yield f"      <{element('skipped', message=case.message)}/>"
    else:
        opening = element(case.kind, type=case.check, message=case.message)
        yield f"      <{opening}>{content(case.text)}</{case.kind}>"
    yield "    </testcase>"
