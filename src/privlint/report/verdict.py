"""A report in; whether the run is complete and which exit code it earns out. docs/exit-codes.md explains the codes."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Covered, Finding, Report

FOUND = 1
INCOMPLETE = 3
INTERNAL = 4
INTERNAL_ID = "PRV099"
CUT_ID = "PRV017"
_LEVELS = {"info": 0, "warning": 1, "error": 2, "never": 3}


class Gate(Struct, frozen=True, kw_only=True):
    """What the command line says about the exit code; `fail_on` is in the report."""

    strict_coverage: bool = False  # a file examined only in part makes the run incomplete
    allow_incomplete: bool = False
    exit_zero: bool = False


def exit_code(report: Report, gate: Gate = Gate()) -> int:  # noqa: B008 - frozen
    """Choose 0, 1, 3 or 4; the graver reason wins: 4, then 3, then 1. Code 2 belongs to errors that end the run."""
    if internal(report):
        return INTERNAL
    if incomplete(report, gate) and not gate.allow_incomplete:
        return INCOMPLETE
    if fails(report) and not gate.exit_zero:
        return FOUND
    return 0


def counted(report: Report) -> tuple[Finding, ...]:
    """List the findings that are not suppressed."""
    return tuple(finding for finding in report.findings if not finding.suppressed)


def suppressed(report: Report) -> tuple[Finding, ...]:
    """List the findings that are suppressed."""
    return tuple(finding for finding in report.findings if finding.suppressed)


def failed(report: Report) -> tuple[Covered, ...]:
    """List the paths that should have been examined and were not."""
    return tuple(covered for covered in report.coverage if covered.outcome == "failed")


def degraded(report: Report) -> tuple[Covered, ...]:
    """List the paths that were examined in part, or with something to say about it."""
    return tuple(
        covered
        for covered in report.coverage
        if covered.outcome == "scanned" and (covered.degraded or covered.reason not in {"", CUT_ID})
    )


def cut(report: Report) -> tuple[Covered, ...]:
    """List the paths that were examined, and have more findings than the report holds."""
    return tuple(covered for covered in report.coverage if covered.outcome == "scanned" and covered.reason == CUT_ID)


def nothing_collected(report: Report) -> bool:
    """Tell whether nothing was examined or judged, and somebody expected that there would be (PRV020)."""
    if not report.judged:
        return True
    return not report.given and not any(covered.outcome != "skipped" for covered in report.coverage)


def incomplete(report: Report, gate: Gate = Gate()) -> bool:  # noqa: B008 - frozen
    """Tell whether something that should have been examined was not."""
    if nothing_collected(report) or any(covered.outcome == "failed" for covered in report.coverage):
        return True
    return gate.strict_coverage and any(covered.degraded for covered in report.coverage)


def internal(report: Report) -> bool:
    """Tell whether a part of privlint itself failed."""
    return bool(report.faults) or any(covered.reason == INTERNAL_ID for covered in report.coverage)


def fails(report: Report) -> bool:
    """Tell whether a finding reaches the level that fails the run."""
    return any(not finding.suppressed and reaches(finding.severity, report.fail_on) for finding in report.findings)


def reaches(severity: str, fail_on: str) -> bool:
    """Tell whether a severity reaches the level that fails the run."""
    return _LEVELS[severity] >= _LEVELS[fail_on]
