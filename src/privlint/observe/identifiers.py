"""What a file declares and what it obtains in; the declarations that hand out a device identifier out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privlint.model.catalogue import Catalogue
    from privlint.model.facts import Observation, Outline, Shape


def with_identifiers(
    outline: Outline, observations: Iterable[Observation], package: str, catalogue: Catalogue
) -> Outline:
    """Say of an outline which of its properties and functions give an identifier that this file obtains."""
    members = dict(outline.members)
    for one in outline.classes:
        members.update({f"{one.name}.{name}": shape for name, shape in one.members.items()})
    gives = {}
    for seen in observations:
        full = f"{package}.{seen.enclosing}" if package else seen.enclosing
        shape = members.get(full)
        if (
            seen.kind == "collect"
            and catalogue.identifiers.issuperset(seen.data)
            and shape
            and _comes_from(shape, seen)
        ):
            gives[full] = seen.data
    return replace(outline, gives=gives) if gives else outline


def _comes_from(shape: Shape, seen: Observation) -> bool:
    getter = _plain(seen.symbol.partition("(")[0])
    return any(_plain(sign) == getter for sign in shape.signs)


def _plain(name: str) -> str:
    """One spelling for a getter and its Kotlin property."""
    owner, _, member = name.rpartition(".")
    return f"{owner}.{member.removeprefix('get')}".lower()
