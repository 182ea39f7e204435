"""Python bytes in; where comments and strings stand, and the bytes without their comments, out."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    rb"#[^\r\n]*"
    rb'|"""[^"\\]*(?:(?:\\.?|"(?!""))[^"\\]*)*(?:"""|\Z)'
    rb"|'''[^'\\]*(?:(?:\\.?|'(?!''))[^'\\]*)*(?:'''|\Z)"
    rb'|"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?'
    rb"|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'?",
    re.DOTALL,
)
_PREFIX = re.compile(rb"(?<![A-Za-z0-9_\x80-\xff])[rRbBuUfFtT]{1,2}\Z")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_BRACES = re.compile(rb"\{\{|\}\}|[{}]")


class Prose(NamedTuple):
    """What of a file is not code."""

    code: bytes  # the file with its comments blanked to spaces, so that no offset moves
    comments: tuple[tuple[int, int], ...]
    ranges: tuple[tuple[int, int], ...]  # comments and texts, sorted; what an f-string interpolates is code


def read_prose(data: bytes) -> Prose:
    """Find the comments and strings of a file.

    Comments are blanked because the time that the grammar takes grows with the square of the number of lines that
    hold nothing else.
    """
    comments: list[tuple[int, int]] = []
    ranges: list[tuple[int, int]] = []
    pieces: list[bytes] = []
    last = 0
    for match in _TOKEN.finditer(data):
        start, end = match.span()
        if data[start] == 0x23:  # the number sign
            comments.append((start, end))
            ranges.append((start, end))
            pieces += (data[last:start], b" " * (end - start))
            last = end
        elif _is_interpolated(data, start) and b"{" in match.group():
            ranges.extend(_texts_between_braces(data, start, end))
        else:
            ranges.append((start, end))
    blanked = b"".join((*pieces, data[last:]))
    if b"\r" in blanked:  # a lone CR ends a line for Python, but not for the grammar
        blanked = _LONE_RETURN.sub(b"\n", blanked)
    return Prose(blanked, tuple(comments), tuple(ranges))


def _is_interpolated(data: bytes, start: int) -> bool:
    prefix = _PREFIX.search(data[max(0, start - 3) : start])
    return prefix is not None and any(letter in b"fFtT" for letter in prefix.group())


def _texts_between_braces(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    texts = []
    depth = 0
    text_start = start
    for match in _BRACES.finditer(data, start, end):
        brace = match.group()
        if len(brace) == 2 and depth == 0:
            continue
        opened = brace.count(b"{")
        if depth == 0 and opened:
            texts.append((text_start, match.start()))
        depth = max(0, depth + opened - brace.count(b"}"))
        if depth == 0:
            text_start = match.end()
    if depth == 0:
        texts.append((text_start, end))
    return texts
