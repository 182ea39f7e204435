"""The documentation of every check: complete in both languages, and its examples say what the check says.

An example is a manifest, code, or both, below a heading Bad or Good. A line that must be reported ends in a comment
`expect: PRVnnn`; nothing else may be reported. An example with code is a whole app, a manifest alone is judged by
itself. Every example runs through the whole engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from privlint import checks, engine
from privlint.engine import Session
from privlint.model.request import Request
from repositories import commit, write

BEFORE = "before/"  # where a file of the state lies that an example is compared with
FENCE = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```\n", re.DOTALL)
EXPECT = re.compile(r"(?://|#|<!--) expect: (PRV\d{3}(?:, PRV\d{3})*)(?: -->)?$")
PLACES = {
    "toml": "privlint.toml",
    "kotlin": "app/Example.kt",
    "java": "app/Example.java",
    "python": "app/Example.py",
    "xml": "app/src/main/AndroidManifest.xml",
    "groovy": "app/build.gradle",
    "markdown": "privacy.md",
}
HEADINGS = {
    "en": ("What it finds", "Why it matters", "Bad", "Good", "How to fix", "How to suppress"),
    "zh": ("检查什么", "为什么重要", "反例", "正例", "如何修复", "如何抑制"),
}


class Example(Struct, frozen=True):
    """One project in small: files by path."""

    bad: bool
    files: dict[str, str]


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples(check: str, language: str) -> Iterator[Example]:
    document = checks.explain(check)
    assert document is not None
    found = sections(document.text[language])
    for heading, bad in zip(HEADINGS[language][2:4], (True, False), strict=True):
        files = {}
        for kind, path, code in FENCE.findall(found[heading]):
            files[path or PLACES[kind]] = code
        yield Example(bad, files)


def expected(example: Example) -> set[tuple[str, int, str]]:
    return {
        (path, number, check)
        for path, text in example.files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if (mark := EXPECT.search(line))
        for check in mark[1].split(", ")
    }


def reported(example: Example, folder: Path) -> set[tuple[str, int, str]]:
    before = {path.removeprefix(BEFORE): text for path, text in example.files.items() if path.startswith(BEFORE)}
    write(folder, before)
    if before:
        commit(folder)
    write(folder, {path: text for path, text in example.files.items() if not path.startswith(BEFORE)})
    if before:
        drift = engine.drift(Request(paths=(str(folder),), today="2026-11-24", jobs=1), "HEAD")
        return {(one.place.path, one.place.start.line, one.check) for one in drift.findings}
    session = Session(Request(paths=(str(folder),), today="2026-11-24", jobs=1))
    alone = example.files.keys() == {"privlint.toml"}
    findings = session.findings_for(str(folder / "privlint.toml")) if alone else session.report().findings
    return {(finding.place.path, finding.place.start.line, finding.check) for finding in findings}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("check", checks.IDS)
def test_examples_say_what_the_check_says(check, language, tmp_path):
    for example in examples(check, language):
        wanted = expected(example)
        assert wanted == reported(example, tmp_path / ("bad" if example.bad else "good"))
        assert {name for _, _, name in wanted} == ({check} if example.bad else set())


@pytest.mark.parametrize("check", checks.IDS)
def test_both_languages_tell_the_same(check):
    english, chinese = examples(check, "en"), examples(check, "zh")
    for one, other in zip(english, chinese, strict=True):
        assert one.files.keys() == other.files.keys()
        assert expected(one) == expected(other)
    document = checks.explain(check)
    assert document is not None
    for language, headings in HEADINGS.items():
        assert tuple(sections(document.text[language])) == headings
    for text in (document.text.en, document.text.zh):
        assert set(re.findall(r"PRV\d{3}", text)) <= set(checks.KNOWN)
        assert f"ignore[{check}]" in text or f'"{check}"' in text
    assert re.search(r"[一-鿿]", document.text.zh)
    assert not re.search(r"[一-鿿]", FENCE.sub("", document.text.en))


def test_the_first_line_is_a_sentence_of_its_own():
    for check in checks.IDS:
        document = checks.explain(check)
        assert document is not None
        assert re.fullmatch(r"[A-Z].*\.", document.text.en.splitlines()[0])
        assert document.text.zh.splitlines()[0].endswith("。")
