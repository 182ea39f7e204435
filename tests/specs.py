"""Markdown specs: a heading, files in fences, `expect:` marks. A section is one small project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,3} (.+)$", re.MULTILINE)
_EXPECT = re.compile(r"(?://|#) expect: ([\w, :()-]+)$")
_NAMES = {"kotlin": "Main.kt", "java": "Main.java", "python": "main.py", "toml": "privlint.toml"}


@dataclass
class Section:
    """One case: its files, and the data types expected on each line."""

    name: str
    files: dict[str, str] = field(default_factory=dict)
    expected: set[tuple[str, int, str]] = field(default_factory=set)
    todo: bool = False  # a known gap, written down

    def write(self, folder: Path) -> None:
        for path, text in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def sections(spec: Path) -> Iterator[Section]:
    """Every section of a spec that holds a fence."""
    text = spec.read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(text))
    for index, heading in enumerate(headings):
        end = headings[index + 1].start() if index + 1 < len(headings) else len(text)
        body = text[heading.end() : end]
        section = Section(heading[1], todo="todo:" in body.partition("```")[0])
        for fence in _FENCE.finditer(body):
            language, path, code = fence.groups()
            name = path or _NAMES[language]
            section.files[name] = code
            for number, line in enumerate(code.splitlines(), 1):
                mark = _EXPECT.search(line)
                for expected in mark[1].split(",") if mark else ():
                    section.expected.add((name, number, expected.strip()))
        if section.files:
            yield section
