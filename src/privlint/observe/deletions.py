"""A `SourceFile` of Python in; the functions that delete accounts by their names, and what they set and call, out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from privlint.model.code import Assign, Call, Class, Function, Literal, Member, Name, Node, SourceFile
from privlint.model.rights import Deletion
from privlint.observe.lines import Lines

_WRITING = frozenset({"update", "values", "update_one", "update_many", "partial_update", "modify", "set"})
_SET = re.compile(r"\bset\s+(.*?)(?:\bwhere\b|$)", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(r"(\w+)\s*=")


def deletions(file: SourceFile, lines: Lines, names: tuple[str, ...]) -> tuple[Deletion, ...]:
    """Find them; `names` are what is in their names, in small letters and without underscores."""
    return tuple(
        Deletion(
            name=name,
            place=lines.place(function.start, function.end),
            sets=tuple(sorted(set(_sets(function)))),
            calls=tuple(sorted(set(_calls(function)))),
        )
        for name, function in _functions(file.items, "")
        if any(one in function.name.lower().replace("_", "") for one in names)
    )


def _functions(items: tuple[object, ...], outer: str) -> Iterator[tuple[str, Function]]:
    for item in items:
        if isinstance(item, Function):
            yield f"{outer}{item.name}", item
        elif isinstance(item, Class):
            yield from _functions(item.members, f"{item.name}.")


def _sets(function: Function) -> Iterator[str]:
    for node in _every(function.body):
        if isinstance(node, Assign) and isinstance(node.target, Member):
            yield node.target.name
        elif isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.name in _WRITING:
            yield from (argument.name for argument in node.arguments if argument.name)
        elif isinstance(node, Literal) and isinstance(node.value, str):
            for part in _SET.findall(node.value):
                yield from _COLUMN.findall(part)


def _calls(function: Function) -> Iterator[str]:
    for node in _every(function.body):
        if isinstance(node, Call) and isinstance(node.callee, Name | Member):
            yield node.callee.name
        elif isinstance(node, Literal) and isinstance(node.value, str) and _ERASING.match(node.value):
            yield "delete"


_ERASING = re.compile(r"\s*delete\s+from\b", re.IGNORECASE)


def _every(node: object) -> Iterator[Struct]:
    """Yield a node with all that is in it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(one)
        elif isinstance(one, Struct):
            if isinstance(one, Node):
                yield one
            waiting.extend(getattr(one, field) for field in one.__struct_fields__)
