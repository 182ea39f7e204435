"""The text of a Java literal in, its value out."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(u+[0-9a-fA-F]{4}|[0-3]?[0-7]{1,2}|\r?\n|[\s\S])")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "s": " ", "\n": "", "\r\n": ""}


def text_value(text: str) -> str:
    """What stands between quotes, escapes resolved; a text block also loses its indentation."""
    if text.startswith('"""'):
        return resolve_escapes(_without_indentation(text[3:].removesuffix('"""')))
    return resolve_escapes(text[1:-1] if len(text) > 1 and text[-1] == text[0] else text[1:])


def resolve_escapes(text: str) -> str:
    r"""Resolve `\n`, `\u4e2d`, `\101` and the like; what is no escape stays as it is."""
    return _ESCAPE.sub(_escaped, text) if "\\" in text else text


def number_value(text: str) -> int | float:
    """The value of an integer or floating-point literal; 0 for one that no computer holds."""
    plain = text.replace("_", "").lower()
    try:
        if plain.startswith("0x"):
            return float.fromhex(plain.rstrip("fd")) if "p" in plain else int(plain.rstrip("l"), 16)
        if plain.startswith("0b"):
            return int(plain.rstrip("l"), 2)
        if plain.rstrip("l").isdigit():
            digits = plain.rstrip("l")
            return int(digits, 8) if digits.startswith("0") and len(digits) > 1 else int(digits)
        return float(plain.rstrip("fd"))
    except ValueError:
        return 0


def _escaped(match: re.Match[str]) -> str:
    escape = match.group(1)
    if escape[0] == "u" and len(escape) > 1:
        value = int(escape.lstrip("u"), 16)
        return match.group() if 0xD800 <= value <= 0xDFFF else chr(value)  # half a pair could not be written out again
    if escape.isdigit() and escape.isascii():
        return chr(int(escape, 8)) if "8" not in escape and "9" not in escape else escape
    return _SIMPLE.get(escape, escape)


def _without_indentation(text: str) -> str:
    """The lines after the opening quotes, less the white space that all of them share."""
    _, _, rest = text.partition("\n")
    lines = rest.replace("\r\n", "\n").split("\n")
    counted = [line for line in lines[:-1] if line.strip()] + lines[-1:]
    shared = min(len(line) - len(line.lstrip()) for line in counted)
    return "\n".join(line[shared:].rstrip() for line in lines)
