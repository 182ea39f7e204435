"""Run every section of tests/spec/*.md: what must speak speaks, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from privlint import engine
from privlint.model.request import Request
from specs import Section, sections

SPECS = sorted((Path(__file__).parent / "spec").glob("*.md"))
CASES = [pytest.param(section, id=f"{spec.stem}: {section.name}") for spec in SPECS for section in sections(spec)]


@pytest.mark.parametrize("section", CASES)
def test_section(section: Section, tmp_path: Path) -> None:
    section.write(tmp_path)
    report = engine.run(Request(paths=(str(tmp_path),), today="2026-11-24", jobs=1, full_tests=True))
    found = {
        (finding.place.path, finding.place.start.line, data)
        for finding in report.findings
        if finding.check in {"PRV201", "PRV101", "PRV103"} and not finding.suppressed
        for data in finding.data
    }
    if section.todo:
        if found == section.expected:
            pytest.fail("the gap is closed: take the todo out of the spec")
        pytest.xfail("a known gap")
    assert found == section.expected
