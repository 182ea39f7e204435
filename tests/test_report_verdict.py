"""Exit codes: the whole matrix, and which reason wins."""

from __future__ import annotations

from itertools import product

import pytest
from msgspec.structs import replace

import reports
from privlint.model.finding import Covered
from privlint.report.verdict import Gate, exit_code

SCANNED = Covered("a.kt", "scanned")
DEGRADED = Covered("b.kt", "scanned", "PRV008", degraded=True)
CUT = Covered("b.kt", "scanned", "PRV017")
SKIPPED = Covered("c.kt", "skipped", "excluded")
FAILED = Covered("d.kt", "failed", "PRV001")
BROKEN = Covered("e.kt", "failed", "PRV099")


def code(*coverage, severity="", given=False, fail_on="warning", **gate):
    findings = (replace(reports.FINDING, severity=severity),) if severity else ()
    return exit_code(reports.report(*findings, coverage=coverage, given=given, fail_on=fail_on), Gate(**gate))


@pytest.mark.parametrize(
    ("fail_on", "fails"),
    [
        ("error", {"error"}),
        ("warning", {"error", "warning"}),
        ("info", {"error", "warning", "info"}),
        ("never", set()),
    ],
)
def test_fail_on(fail_on, fails):
    for severity in ("error", "warning", "info"):
        assert code(SCANNED, severity=severity, fail_on=fail_on) == int(severity in fails)


def test_suppressed_findings_do_not_fail():
    hidden = replace(reports.FINDING, suppressed="marker")
    assert exit_code(reports.report(hidden, coverage=(SCANNED,))) == 0


def test_the_graver_reason_wins():
    for found, failed, broken, zero, allow in product((False, True), repeat=5):
        coverage = (SCANNED, *([FAILED] if failed else []), *([BROKEN] if broken else []))
        expected = 4 if broken else 3 if failed and not allow else 1 if found and not zero else 0
        severity = "error" if found else ""
        assert code(*coverage, severity=severity, exit_zero=zero, allow_incomplete=allow) == expected


def test_a_degraded_file_counts_only_under_strict_coverage():
    assert code(DEGRADED) == 0
    assert code(DEGRADED, strict_coverage=True) == 3
    assert code(DEGRADED, strict_coverage=True, allow_incomplete=True) == 0
    assert code(CUT, strict_coverage=True) == 0


def test_nothing_collected_is_incomplete():
    assert code() == 3
    assert code(SKIPPED) == 3
    assert code(SKIPPED, allow_incomplete=True) == 0
    assert code(SKIPPED, exit_zero=True) == 3


def test_given_files_that_are_all_excluded_are_fine():
    assert code(SKIPPED, given=True) == 0
    assert code(given=True) == 0
    assert code(FAILED, given=True) == 3
