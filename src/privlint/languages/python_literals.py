"""Python literals as written in, their values out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Iterable

_LARGEST = 2**63
_ESCAPE = re.compile(r"\\(\n|\r\n?|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{1,3}|[^\n\r])", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_PERCENT = re.compile(r"%(?:\(([^)]*)\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[a-zA-Z%]")


def unescaped(text: str) -> str:
    """Resolve the escapes of a text; what cannot be resolved stays as written."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def number(text: str) -> int | float | str:
    """Read a number; give its text where that is out of the ordinary range."""
    plain = text.replace("_", "").rstrip("lL")
    try:
        value = int(plain, 8) if re.fullmatch(r"0[0-7]+", plain) else int(plain, 0)
    except ValueError:
        try:
            return float(plain)
        except ValueError:
            return text
    return value if -_LARGEST <= value < _LARGEST else text


def pieces_of_format(
    region: code.Node, text: str, arguments: tuple[code.Argument, ...], *, percent: bool = False
) -> tuple[code.Expression, ...]:
    """List the parts of `"… {} …".format(…)` or `"… %s …" % …`, in the order of the text where that can be told."""
    named = {argument.name: argument.value for argument in arguments if argument.name}
    ordered = [argument.value for argument in arguments if not argument.name]
    parts: list[code.Expression] = []
    for piece, field in _fields(text, _PERCENT if percent else _BRACES):
        if piece:
            parts.append(code.Literal(region.start, region.end, piece))
        if field is None:
            continue
        key = re.split(r"[.\[!:]", field, maxsplit=1)[0]
        if key in named:
            parts.append(named.pop(key))
        elif key.isdecimal() and int(key) < len(ordered):
            parts.append(ordered[int(key)])
        elif not key and ordered:
            parts.append(ordered.pop(0))
    placed = {id(part) for part in parts}
    rest = [value for value in (*ordered, *named.values()) if id(value) not in placed]
    return (*parts, *rest)


def _fields(text: str, pattern: re.Pattern[str]) -> Iterable[tuple[str, str | None]]:
    last = 0
    piece = ""
    for match in pattern.finditer(text):
        piece += text[last : match.start()]
        last = match.end()
        if match.group() in {"{{", "}}", "%%"}:
            piece += match.group()[0]
            continue
        yield piece, match.group(1) or ""
        piece = ""
    yield piece + text[last:], None


def _character(match: re.Match[str]) -> str:
    escape = match.group(1)
    if escape[0] in "\r\n":
        return ""
    if escape[0] in "xuU" and len(escape) > 1:
        return _by_number(int(escape[1:], 16), match.group())
    if escape[0] in "01234567":
        return chr(int(escape, 8))
    return _ESCAPES.get(escape, match.group())


def _by_number(value: int, written: str) -> str:
    """Keep a lone surrogate as written: it could not be written out again."""
    return written if 0xD800 <= value <= 0xDFFF or value > 0x10FFFF else chr(value)
