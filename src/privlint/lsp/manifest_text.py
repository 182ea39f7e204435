"""The lines of a manifest that is being typed, and a position in it, in; the table, key and word there out.

The text need not be valid: it is read as far as the position, token by token, as TOML is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from privlint.model.place import Place, Position

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*(?:"""|\Z)'
    r"|'''[\s\S]*?(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*"
    r"|[\w.-]+"
    r"|[\[\]{}=,\n]"
)
_PREFIX = "tool.privlint"


class Cursor(Struct, frozen=True, kw_only=True):
    """What stands at a position."""

    part: Literal["header", "key", "value"]
    table: str  # "collect"; "" above all tables
    key: str = ""  # of a value: "data"; in an inline table or a dotted key, "severity.PRV101" is "severity"
    word: str = ""  # without its quotes
    place: Place  # of the word, without its quotes
    quoted: bool = False


class _State:
    """What the tokens before the position say."""

    def __init__(self) -> None:
        self.table = ""
        self.part: Literal["header", "key", "value"] = "key"
        self.key = ""
        self.depth = 0  # of brackets in a value
        self.inner = ""  # key of an inline table
        self.start = True  # of a line


def at(lines: Sequence[str], position: Position, embedded: bool = False) -> Cursor | None:
    """Find out what stands at a position; None in comments, and outside our tables of a pyproject.toml."""
    text = "".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    if position.line > len(starts):
        return None
    offset = starts[position.line - 1] + position.column - 1
    state = _State()
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.start() > offset or (match.start() == offset and not _is_word(token)):
            break
        if match.start() <= offset <= match.end() and token[:1] == "#" and offset > match.start():
            return None
        if _is_word(token) and match.start() <= offset <= match.end():
            return _cursor(state, token, match.start(), (starts, position, offset), embedded)
        _step(state, token)
    return _cursor(state, "", offset, (starts, position, offset), embedded)


def quoted_at(line: str, column: int) -> tuple[str, int]:
    """Give the text in double quotes around a column, from 0, and where it begins."""
    for match in re.finditer(r'"([^"\n]*)"', line):
        if match.start() < column < match.end():
            return match[1], match.start(1)
    return "", 0


def _is_word(token: str) -> bool:
    return token[0] in "\"'" or token[0].isalnum() or token[0] in "_.-"


def _step(state: _State, token: str) -> None:
    if token[0] == "#":
        return
    if token == "\n":  # noqa: S105 - it is no password
        if state.part != "value" or not state.depth:
            state.part, state.key, state.inner, state.depth = "key", "", "", 0
        state.start = True
        return
    if token == "[" and state.part != "value" and (state.start or state.part == "header"):  # noqa: S105
        state.part, state.table = "header", "" if state.start else state.table
    elif state.part == "header" and _is_word(token):
        state.table = _plain(token)
    elif token == "=" and state.part == "key":  # noqa: S105
        state.part = "value"
    elif state.part == "key" and _is_word(token):
        state.key = _plain(token)
    elif state.part == "value":
        _in_value(state, token)
    state.start = False


def _in_value(state: _State, token: str) -> None:
    if token in ("[", "{"):
        state.depth += 1
    elif token in ("]", "}"):
        state.depth -= 1
    elif _is_word(token):
        state.inner = _plain(token)


def _cursor(
    state: _State, token: str, begin: int, spot: tuple[list[int], Position, int], embedded: bool
) -> Cursor | None:
    starts, position, offset = spot
    word = token
    quoted = token[:1] in ("'", '"')
    if quoted:
        word = token[1:]
        begin += 1
        if word.endswith(token[0]) and len(token) > 1:
            word = word[:-1]
        if offset > begin + len(word):
            return None  # behind the closing quote
    table = state.table
    if embedded:
        if state.part == "header":
            table = state.table
        elif table != _PREFIX and not table.startswith(f"{_PREFIX}."):
            return None
        table = table.removeprefix(_PREFIX).removeprefix(".")
    start = Position(position.line, begin - starts[position.line - 1] + 1)
    if start.column < 1:
        return None  # in a text of several lines
    end = Position(position.line, start.column + len(word.split("\n", 1)[0]))
    part = state.part
    if part == "header" and not token and state.start:
        part = "key"
    table, _, rest = table.partition(".")
    key = state.key if part == "value" else ""
    if rest:  # [check.severity]
        key = rest
    return Cursor(part=part, table=table, key=key, word=word, place=Place("", start, end), quoted=quoted)


def _plain(token: str) -> str:
    return token.strip("\"'")
