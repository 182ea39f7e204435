"""A `SourceFile` and a name in; where the file declares what the name stands for out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.code import Class, Function, SourceFile, Variable

_COMPANION = "Companion"  # Kotlin allows to leave it out


class Declared(Struct, frozen=True):
    """Something with a name."""

    name: str  # full name, without companions
    start: int
    end: int


def find(file: SourceFile, module: str, wanted: str) -> tuple[Declared | None, Declared | None]:
    """Look for a dotted name: the declaration that it names, and one that only has its last part."""
    parts = _parts(wanted)
    near = None
    for one in _declared(file, module):
        known = one.name.split(".")
        if known[-1] != parts[-1]:
            continue
        shorter = min(len(parts), len(known))
        if known[-shorter:] == parts[-shorter:] and shorter >= min(2, len(parts)):
            return one, None
        near = near or one
    return None, near


def last(wanted: str) -> str:
    """Give the last part of a dotted name."""
    return _parts(wanted)[-1]


def _parts(wanted: str) -> list[str]:
    plain = wanted.strip().removesuffix("()").replace("::", ".").replace("#", ".").replace("$", ".")
    return [part for part in plain.split(".") if part != _COMPANION] or [plain]


def _declared(file: SourceFile, module: str) -> Iterator[Declared]:
    home = file.package or module
    for item in file.items:
        yield from _within(item, home)


def _within(item: object, outer: str) -> Iterator[Declared]:
    if not isinstance(item, Class | Function | Variable):
        return
    if isinstance(item, Class) and item.kind == "companion":
        for member in item.members:
            yield from _within(member, outer)
        return
    name = f"{outer}.{item.name}" if outer else item.name
    yield Declared(name, item.start, item.end)
    if isinstance(item, Class):
        for member in (*item.members, *item.parameters):
            yield from _within(member, name)
