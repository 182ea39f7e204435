"""TOML text in, the line of every table and key out, for errors that are found after parsing.

`tomllib` does not keep positions. This reads valid TOML line by line and follows only what decides where a key stands:
headers, keys, and values that go on over several lines.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"

_NAME = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_QUOTE = re.compile(r'"""|\'\'\'|"|\'|#|[\[\]{}]')
_ENDS = {
    '"': re.compile(r'(?:[^"\\\n]|\\.)*"'),
    "'": re.compile(r"[^'\n]*'"),
    '"""': re.compile(r'(?:[^\\]|\\.)*?"""(?!")', re.DOTALL),
    "'''": re.compile(r"(?:.)*?'''(?!')", re.DOTALL),
}


def line_of(text: str, path: Path) -> int:
    """Find the line of a key such as `("api", 3, "members")`, or of the nearest table around it; 0 for none."""
    known = _lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in known:
            return known[path[:length]]
    return 0


def _lines(text: str) -> dict[Path, int]:
    known: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    offset, line = 0, 1
    while offset < len(text):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        start = offset
        while text.startswith((" ", "\t"), start):
            start += 1
        if text.startswith("[", start):
            table = _table(text[start:end], counts)
            known.setdefault(table, line)
        elif start < end and text[start] != "#":
            names, value = _names(text, start)
            known.setdefault(table + names, line)
            end = _value_end(text, value)
        line += text.count("\n", offset, end) + 1
        offset = end + 1
    return known


def _table(header: str, counts: dict[Path, int]) -> Path:
    """Give a header its place: `[[api.when]]` is the next `when` of the last `api`."""
    names, _ = _names(header, 2 if header.startswith("[[") else 1)
    path: Path = ()
    for name in names[:-1]:
        path += (name,)
        if path in counts:
            path += (counts[path] - 1,)
    path += names[-1:]
    if header.startswith("[["):
        counts[path] = counts.get(path, 0) + 1
        path += (counts[path] - 1,)
    return path


def _names(text: str, offset: int) -> tuple[tuple[str, ...], int]:
    names: list[str] = []
    while found := _NAME.match(text, offset):
        names.append(found.group(1) or found.group(2) or found.group(3) or "")
        offset = found.end()
        if not text.startswith(".", offset):
            break
        offset += 1
    return tuple(names), offset


def _value_end(text: str, offset: int) -> int:
    """Find the end of the line on which a value ends."""
    depth = 0
    while True:
        newline = text.find("\n", offset)
        newline = len(text) if newline < 0 else newline
        mark = _QUOTE.search(text, offset, newline)
        if mark is None or mark.group() == "#":
            if depth <= 0 or newline == len(text):
                return newline
            offset = newline + 1
            continue
        offset = mark.end()
        if mark.group() in "[{":
            depth += 1
        elif mark.group() in "]}":
            depth -= 1
        elif closing := _ENDS[mark.group()].match(text, offset):
            offset = closing.end()
