"""Kotlin and Java bytes in; the same out with the bodies of functions blank in which no wanted word stands.

Nobody looks into such a body, and parsing it is most of what a file costs. Bodies are found by their braces, comments
and literals aside. Where these do not add up, or a head is not plainly that of a function, nothing is blanked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privlint.languages.prose import Prose
    from privlint.languages.source import Source

_BRACE = re.compile(rb"[{}]")
_SHORTEST = 40  # bytes of a body that is worth it
_TYPE = re.compile(rb"(?:^|[^\w.])(?:class|interface|enum|record)\s")
_ENUM = re.compile(rb"(?:^|[^\w.])enum\s")
_RECORD = re.compile(rb"\brecord\s+\w+\s*(?:<[^(){}]*>\s*)?\(")
_METHOD = re.compile(rb"\)\s*(?:throws\s[\w.,\s]+)?\Z")
_NAMED = re.compile(rb"[\w>\]]\s+\w+\s*\(")
_FUN = re.compile(rb"\bfun\s+(?=[\w<`])")
_ROUND = re.compile(rb"[()]")
_GOES_ON = re.compile(rb"\s*[.?\w]")
_BODY = re.compile(rb"\s*(?::[^{}=;\n]+)?\s*\{")
_TICKED = re.compile(rb"`[^`\r\n]*`")


def java(text: bytes, source: Source, prose: Prose) -> bytes:
    """Blank bodies of methods and constructors."""
    if source.words is None:
        return text
    code = prose.code
    blank: list[tuple[int, int]] = []
    kinds = ["class"]  # of what stands open: a class, an enum, a method, or anything else
    openings = [0]
    last = 0
    for match in _BRACE.finditer(code):
        place = match.start()
        if match.group() == b"}":
            if len(kinds) == 1:
                return text
            opening = openings.pop()
            if kinds.pop() == "method":
                blank.append((opening, place + 1))
        else:
            kinds.append(_kind(code, last, place, kinds[-1]))
            openings.append(place)
        last = place + 1
    return text if len(kinds) > 1 else _without(text, source, blank)


def _kind(code: bytes, last: int, place: int, around: str) -> str:
    """Tell what an opening brace begins, from what stands before it."""
    if around not in ("class", "enum"):
        return ""
    head = code[max(last, code.rfind(b";", last, place) + 1) : place]
    if b"new" in head and re.search(rb"\bnew\b", head):
        return "class" if head.rstrip().endswith((b")", b">")) else ""
    if b"record" in head and _RECORD.search(head):
        return "class"
    if _METHOD.search(head):
        if (b"=" in head and b"@" not in head) or (around == "enum" and not _NAMED.search(head)):
            return ""
        return "method"
    if _TYPE.search(head) or b"@interface" in head:
        return "enum" if _ENUM.search(head) else "class"
    return ""


def kotlin(text: bytes, source: Source, prose: Prose) -> bytes:
    """Blank bodies of named functions; one that is an expression may give the function its type, and stays."""
    if source.words is None or b"fun" not in text:
        return text
    code = prose.code
    if b"`" in code:
        code = _TICKED.sub(lambda match: b"x" * len(match.group()), code)
    ends: dict[int, int] = {}
    openings: list[int] = []
    for match in _BRACE.finditer(code):
        if match.group() == b"{":
            openings.append(match.start())
        elif not openings:
            return text
        else:
            ends[openings.pop()] = match.end()
    if openings:
        return text
    blank: list[tuple[int, int]] = []
    for match in _FUN.finditer(code):
        if blank and match.start() < blank[-1][1]:
            continue
        opening = _body(code, match.end())
        if opening >= 0 and not source.holds(opening, ends[opening]):
            blank.append((opening, ends[opening]))
    return _without(text, source, blank)


def _body(code: bytes, position: int) -> int:
    """Find the brace that opens the body of a function whose head begins somewhere before; -1 for none."""
    depth = 0
    position = code.find(b"(", position)
    if position < 0:
        return -1
    for match in _ROUND.finditer(code, position):
        depth += 1 if match.group() == b"(" else -1
        if depth <= 0:
            if _GOES_ON.match(code, match.end()):
                return -1  # a receiver in parentheses, or no head at all
            found = _BODY.match(code, match.end())
            return found.end() - 1 if found and depth == 0 else -1
    return -1


def _without(text: bytes, source: Source, ranges: list[tuple[int, int]]) -> bytes:
    pieces: list[bytes] = []
    position = 0
    for start, end in ranges:
        if end - start > _SHORTEST and not source.holds(start, end):
            pieces += (text[position : start + 1], b" " * (end - start - 2))
            position = end - 1
    return b"".join((*pieces, text[position:])) if pieces else text
