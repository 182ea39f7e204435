"""Statements that keep a value in, the names by which other places look it up out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.declare.gradle.statements import Range, Statement, split
from privlint.declare.gradle.tokens import Text
from privlint.declare.gradle.written import Expression, Script

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN_SCOPES = frozenset(
    {"companion", "ext", "extra", "project.ext", "rootProject.ext", "if", "else", "buildscript", "allprojects"}
    | {"subprojects"}
)


def keep_constants(script: Script, one: Statement) -> None:
    """Note what a statement keeps for other places."""
    name = _constant_name(script.text, one)
    if not name:
        return
    if one.value is not None:
        _keep(script, name, one.value, 0)
    elif one.links[-1].name == "set" and len(one.arguments) == 2:
        script.constants.setdefault(name, Expression(script, one.arguments[1]))


def _constant_name(text: Text, one: Statement) -> str:
    """What other places call the value: with the objects around it, without `ext` and `project`."""
    scopes = []
    for block in one.blocks:
        if block.name.startswith("object "):
            scopes.append(block.name.removeprefix("object "))
        elif not one.declares and block.name not in _OPEN_SCOPES:
            return ""
    if one.name.endswith(".set") or one.name == "set":
        first = text.tokens[one.arguments[0][0]] if one.arguments else None
        return first.text if first is not None and first.kind == "string" else ""
    return bare(".".join([*scopes, one.name]))


def bare(name: str) -> str:
    """A name without the words that only say where it is kept."""
    parts = name.split(".")
    while len(parts) > 1 and parts[0] in ("project", "rootProject", "ext", "extra", "this", "parent", "gradle"):
        parts = parts[1:]
    return ".".join(parts)


def _keep(script: Script, name: str, value: Range, level: int) -> None:
    """Keep a value, and the entries of a map by their own names: `deps.room`."""
    script.constants.setdefault(name, Expression(script, value))
    if level < 4:
        for key, inner in entries(script.text, value):
            _keep(script, f"{name}.{key}", inner, level + 1)


def entries(text: Text, value: Range) -> Iterator[tuple[str, Range]]:
    """Yield the keys and values of a map: `[a: x]`, `mapOf("a" to x)`, or of named arguments."""
    first, after = value
    opening = next((at for at in range(first, min(first + 3, after)) if text.opens(at, "[", "(")), None)
    head = text.tokens[first].text if first < after else ""
    if opening is None or (opening != first and head not in ("mapOf", "mutableMapOf", "hashMapOf")):
        return
    for start, end in split(text, opening + 1, min(text.partner[opening], after)):
        key, sign = text.tokens[start], text.tokens[min(start + 1, end - 1)]
        if end - start >= 3 and key.kind in ("name", "string") and sign.text in (":", "to"):
            yield key.text, (start + 2, end)
