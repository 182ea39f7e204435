"""The bytes of a TOML file in, its tables out; what is wrong with it is said with line, column and remedy.

The file comes from the tree under examination, so the parser sees only what cannot hurt it: limited in size, in depth
and in the length of dotted keys.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from importlib import import_module
from typing import TYPE_CHECKING, Any

from privlint.errors import ConfigurationError
from privlint.model.place import Position

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 256 * 1024  # bytes
DEEPEST = 100  # levels of brackets, and parts of a dotted key

_BOM = b"\xef\xbb\xbf"
_TOKEN = re.compile(
    rb'"""(?:[^"\\]|\\[\s\S]|"(?!""))*(?:"""|\Z)'
    rb"|'''[\s\S]*?(?:'''|\Z)"
    rb'|"(?:[^"\\\n]|\\.)*"?'
    rb"|'[^'\n]*'?"
    rb"|#[^\n]*"
    rb"|[\[\]{}.=,\n]"
)
_NAMES = re.compile(r"\((['\"][^()]*)\)")
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


class Lines:
    """Turns byte offsets of one valid UTF-8 text into positions."""

    def __init__(self, data: bytes) -> None:
        self.starts = [0, *(match.end() for match in re.finditer(rb"\n", data))]
        self.continuations = [match.start() for match in re.finditer(rb"[\x80-\xbf]", data)]

    def position(self, offset: int) -> Position:
        """The position of a byte offset."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        within = bisect_left(self.continuations, offset) - bisect_left(self.continuations, start)
        return Position(line, offset - start - within + 1)


def strip(data: bytes) -> bytes:
    """The text without a byte order mark: column 1 is after it."""
    return data.removeprefix(_BOM)


def parse(data: bytes, path: str) -> Mapping[str, Any]:
    """The tables of a TOML file. Raises ConfigurationError; `data` is what `strip` gave."""
    text = _text(data, path)
    _guard(data, path)
    library = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        tables: dict[str, Any] = library.loads(text)
    except ValueError as error:
        raise _syntax_error(error, data, path) from error
    return tables


def _text(data: bytes, path: str) -> str:
    if len(data) > LARGEST:
        message = f"the file is larger than {LARGEST // 1024} KB"
        raise ConfigurationError(
            message, path=path, hint="Keep the manifest small; move long texts to files of their own."
        )
    if b"\0" in data:
        raise _error("the file holds a NUL byte", data, data.index(b"\0"), path, "Save the file as plain UTF-8 text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _error("the file is not valid UTF-8", data, error.start, path, "Save the file as UTF-8.") from error


def _guard(data: bytes, path: str) -> None:
    depth = parts = 0
    for match in _TOKEN.finditer(data):
        token = match.group()
        if token in (b"[", b"{"):
            depth, parts = depth + 1, 0
        elif token in (b"]", b"}"):
            depth, parts = depth - 1, 0
        elif token == b".":
            parts += 1
        elif token in (b"=", b",", b"\n"):
            parts = 0
        if depth > DEEPEST:
            hint = "Write the tables and lists flat: the manifest needs no more than four levels."
            raise _error(f"brackets are nested more than {DEEPEST} levels deep", data, match.start(), path, hint)
        if parts >= DEEPEST:
            hint = "Shorten the key: the manifest needs no more than four parts."
            raise _error(f"a dotted key has more than {DEEPEST} parts", data, match.start(), path, hint)


def _error(message: str, data: bytes, offset: int, path: str, hint: str) -> ConfigurationError:
    line, column = _pair(Lines(data).position(offset))
    return ConfigurationError(message, path=path, line=line, column=column, hint=hint)


def _pair(position: Position) -> tuple[int, int]:
    return position.line, position.column


def _syntax_error(error: ValueError, data: bytes, path: str) -> ConfigurationError:
    text = str(error)
    found = _AT.search(text)
    if found and found.group(1):
        line, column = int(found.group(1)), int(found.group(2))
    else:
        line, column = _pair(Lines(data).position(len(data)))
    message = text[: found.start()] if found else text
    if "limit" in message and "digits" in message:
        message = "a number is too long"
    message = _NAMES.sub(_dotted, message)
    message = f"not valid TOML: {message[:1].lower()}{message[1:200]}"
    return ConfigurationError(message, path=path, line=line, column=column, hint=_remedy(text))


def _dotted(match: re.Match[str]) -> str:
    """The tuple ('app', 'name') as `app.name`."""
    return "`" + ".".join(name for name in re.split(r"[\s,'\"]+", match.group(1)) if name) + "`"


def _remedy(text: str) -> str:
    lowered = text.lower()
    if "twice" in lowered or "overwrite" in lowered or "immutable" in lowered or "cannot mutate" in lowered:
        return (
            "A key or table may be written once; a list of entries repeats its header in double brackets: [[collect]]."
        )
    if "invalid value" in lowered:
        return 'Put text in double quotes (name = "Example"); lists in [ ]; true and false in lower case.'
    if (
        "unterminated" in lowered
        or "unclosed" in lowered
        or "(at end of document)" in lowered
        or "illegal character" in lowered
    ):
        return "Close the text with the quote that opened it, and each bracket with its partner."
    if "invalid statement" in lowered:
        return "A line is `key = value` or a [header]; a key of other signs than a-z, 0-9, - and _ stands in quotes."
    return "Check the quotes, brackets and the = on this line."
