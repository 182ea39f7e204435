"""Findings in; as many out as a reader or a service can take, and of which files some are left out (PRV017).

The gravest are kept, and those that count before those that are suppressed: a flood of notes must not hide an error.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from msgspec.structs import replace

from privlint.model.finding import Covered, Finding, Text
from privlint.model.limits import FINDINGS_PER_FILE, FINDINGS_PER_RUN

_RANKS = {"error": 0, "warning": 1, "info": 2}


def cut(findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], dict[str, tuple[int, int]]]:
    """Keep the gravest, in their order; for each file that lost some: how many are kept, and how many there were."""
    total = Counter(finding.place.path for finding in findings)
    kept = findings
    if max(total.values(), default=0) > FINDINGS_PER_FILE:
        files = groupby(kept, lambda finding: finding.place.path)
        kept = tuple(one for _, of_file in files for one in _gravest(tuple(of_file), FINDINGS_PER_FILE))
    kept = _gravest(kept, FINDINGS_PER_RUN)
    if len(kept) == len(findings):
        return findings, {}
    left = Counter(finding.place.path for finding in kept)
    return kept, {path: (left[path], number) for path, number in total.items() if left[path] < number}


def noted(covered: Covered, shown: tuple[int, int] | None) -> Covered:
    """Say of a file that not all of its findings are shown."""
    if shown is None:
        return covered
    text = Text(f"{shown[0]:,} of {shown[1]:,} findings are shown", f"共 {shown[1]:,} 项发现，显示 {shown[0]:,} 项")
    if not covered.reason:
        return replace(covered, reason="PRV017", detail=text)
    return replace(covered, detail=Text(f"{covered.detail.en}; {text.en}", f"{covered.detail.zh}；{text.zh}"))


def _gravest(findings: tuple[Finding, ...], most: int) -> tuple[Finding, ...]:
    if len(findings) <= most:
        return findings
    ranked = sorted(range(len(findings)), key=lambda number: _rank(findings[number]))
    return tuple(findings[number] for number in sorted(ranked[:most]))


def _rank(finding: Finding) -> tuple[bool, int]:
    return bool(finding.suppressed), _RANKS[finding.severity]
