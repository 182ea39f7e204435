"""A report in; one flat list out, for formats that know nothing but problems at places.

It holds the findings that count, and every path that should have been examined and was not: a format that leaves those
out would show a hole as a clean file.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.finding import Covered, Finding, Report
from privlint.model.place import Position
from privlint.model.project import Severity
from privlint.report import verdict
from privlint.report.reasons import reason
from privlint.report.view import View

_START = Position(1, 1)
_RANKS = {"error": 0, "warning": 1, "info": 2}


class Problem(Struct, frozen=True, kw_only=True):
    """One thing to show."""

    check: str
    severity: Severity
    path: str  # of the report; "" where there is none
    start: Position = _START
    end: Position = _START
    message: str  # one sentence
    text: str  # all of it; may have several lines
    fingerprint: str
    examined: bool = True  # false: the path itself could not be examined


def problems(report: Report, view: View) -> tuple[Problem, ...]:
    """List the problems in the order of the report, with what was not examined behind the findings."""
    return (*_findings(report, view), *_faults(report, view))


def worst_first(found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Order them for a reader who shows only the first few: what was not examined, then the graver."""
    return tuple(sorted(found, key=lambda problem: (problem.examined, _RANKS[problem.severity])))


def _findings(report: Report, view: View) -> Iterator[Problem]:
    for finding in verdict.counted(report):
        parts = (finding.message, finding.reason, *finding.notes, finding.help)
        yield Problem(
            check=finding.check,
            severity=finding.severity,
            path=finding.place.path,
            start=finding.place.start,
            end=finding.place.end,
            message=finding.message[view.language],
            text="\n".join(part[view.language] for part in parts if part[view.language]),
            fingerprint=finding.fingerprint or _fingerprint(_identity(finding)),
        )


def _identity(finding: Finding) -> tuple[str, ...]:
    return (finding.check, finding.place.path, finding.symbol, finding.enclosing, *finding.data)


def _faults(report: Report, view: View) -> Iterator[Problem]:
    if verdict.nothing_collected(report):
        told = reason("PRV020")[view.language]
        yield Problem(
            check="PRV020",
            severity="error",
            path="",
            message=told,
            text=told,
            fingerprint=_fingerprint(("PRV020",)),
            examined=False,
        )
    for covered in verdict.failed(report):
        yield _fault(covered, "error", view)
    for covered in verdict.degraded(report):
        yield _fault(covered, "info", view)


def _fault(covered: Covered, severity: Severity, view: View) -> Problem:
    told = reason(covered.reason)[view.language] or covered.outcome
    detail = covered.detail[view.language]
    message = f"{told}: {detail}" if detail and not view.language.startswith("zh") else f"{told}：{detail}"
    return Problem(
        check=covered.reason or "PRV099",
        severity=severity,
        path=covered.path,
        message=message if detail else told,
        text=message if detail else told,
        fingerprint=_fingerprint((covered.reason, covered.path)),
        examined=severity != "error",
    )


def _fingerprint(parts: tuple[str, ...]) -> str:
    from hashlib import sha256

    return sha256("\x1f".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
