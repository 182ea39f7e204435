"""Run every small app of tests/projects/*.md: what must speak speaks, as gravely as it says, and its twin stays silent.

A page begins with the checks that its apps are about. Each heading with fences under it is one app; a line that must be
reported ends in `expect: PRVnnn severity`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from privlint import engine
from privlint.model.request import Request

PAGES = sorted((Path(__file__).parent / "projects").glob("*.md"))
FENCE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
CHECKS = re.compile(r"^Checks: (PRV\d+(?:, PRV\d+)*)$", re.MULTILINE)
EXPECT = re.compile(r"(?://|#|<!--) expect: (PRV\d{3} \w+(?:, PRV\d{3} \w+)*)(?: -->)?$")

Told = tuple[str, int, str, str]  # path, line, check, severity


class App(Struct, frozen=True):
    """One app, and what must be said of it."""

    name: str
    checks: tuple[str, ...]
    files: dict[str, str]

    @property
    def expected(self) -> set[Told]:
        return {
            (path, number, *said.split(" "))
            for path, text in self.files.items()
            for number, line in enumerate(text.splitlines(), 1)
            if (mark := EXPECT.search(line))
            for said in mark[1].split(", ")
        }


def apps(page: Path) -> Iterator[App]:
    text = page.read_text(encoding="utf-8")
    named = CHECKS.search(text)
    assert named, f"{page.name} does not say which checks it is about"
    parts = HEADING.split(text)
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        yield App(name, tuple(named[1].split(", ")), dict(FENCE.findall(body)))


CASES = [pytest.param(app, id=f"{page.stem}: {app.name}") for page in PAGES for app in apps(page)]


@pytest.mark.parametrize("app", CASES)
def test_app(app: App, tmp_path: Path) -> None:
    for path, text in app.files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    report = engine.run(Request(paths=(str(tmp_path),), today="2026-11-24", jobs=1))
    found = {
        (one.place.path, one.place.start.line, one.check, one.severity)
        for one in report.findings
        if one.check in app.checks and not one.suppressed
    }
    assert found == app.expected
    assert report.count("failed") == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_check_of_a_page_speaks_and_is_silent_somewhere(page: Path) -> None:
    every = tuple(apps(page))
    for check in every[0].checks:
        speaking = [app for app in every if any(told[2] == check for told in app.expected)]
        assert speaking, f"{check} never speaks"
        assert len(speaking) < len(every), f"{check} is never silent"
