"""The bytes of a build or packaging file in; the comments in it that speak to privlint, with what they cover, out.

A comment at the end of a line covers that line; one on a line of its own covers the next line that is not a comment.
XML has elements instead of lines: see `xml_remarks`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.declare import xml_remarks
from privlint.declare.gradle.tokens import Text
from privlint.declare.toml import Lines, strip
from privlint.model.place import Place
from privlint.model.project import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = b"privlint:"
_XML = frozenset({"android-manifest", "cordova", "layout", "strings"})
_TOML = frozenset({"catalog", "pyproject"})
_GRADLE = frozenset({"gradle", "gradle-source"})
_HASHED = frozenset({"buildozer", "requirements", "gradle-properties", "kivy"})

_SLASHED = re.compile(r"(?://|/\*)[^\n]*?privlint:[^\n]*")
_HASH = re.compile(r"(?:(?<=\s)|(?<=^))[#;][^\n]*?privlint:[^\n]*", re.MULTILINE)
_NOT_CODE = re.compile(r"\s*(?:$|//|#|;|/?\*)")


def read(data: bytes, path: str, kind: str) -> tuple[Remark, ...]:
    """Give the remarks of one file, in the order of its text. Nearly all files hold none, and are not looked at."""
    if kind in _XML:
        return xml_remarks.read(data, path) if xml_remarks.worth(data) else ()
    if _ADDRESS not in data:
        return ()
    text = strip(data).decode("utf-8", "replace")
    if kind in _GRADLE:
        return tuple(_slashed(text, path))
    if kind in _TOML:
        return tuple(_toml(text, path))
    return tuple(_commented(text, path, _HASH)) if kind in _HASHED else ()


def _slashed(text: str, path: str) -> Iterator[Remark]:
    """Leave out what only looks like a comment, in a string."""
    strings = [(one.start, one.end) for one in Text(path, text).tokens if one.kind == "string"]
    for remark, at in _found(text, path, _SLASHED):
        if not any(start <= at < end for start, end in strings):
            yield remark


def _toml(text: str, path: str) -> Iterator[Remark]:
    from privlint.declare.positions import locate

    lines = text.split("\n")
    for remark in locate(text.encode(), path).remarks:
        yield Remark(remark.text, remark.place, remark.alone, _covered(lines, remark.place.start.line, remark.alone))


def _commented(text: str, path: str, pattern: re.Pattern[str]) -> Iterator[Remark]:
    return (remark for remark, _ in _found(text, path, pattern))


def _found(text: str, path: str, pattern: re.Pattern[str]) -> Iterator[tuple[Remark, int]]:
    lines = text.split("\n")
    places = Lines(text.encode())
    for match in pattern.finditer(text):
        start = places.position(len(text[: match.start()].encode()))
        end = places.position(len(text[: match.end()].encode()))
        alone = not lines[start.line - 1][: start.column - 1].strip()
        covered = _covered(lines, start.line, alone)
        yield Remark(match[0].rstrip(), Place(path, start, end), alone, covered), match.start()


def _covered(lines: list[str], line: int, alone: bool) -> tuple[int, int]:
    last = line
    if alone:
        while last < len(lines) and _NOT_CODE.match(lines[last]):
            last += 1
        last = min(last + 1, len(lines))
    return line, last
