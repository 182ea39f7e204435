"""The catalogue in; the names of its members out, by what they do: most names of a file are none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privlint.model.catalogue import Catalogue


class Index(Struct, frozen=True):
    """Members of any class."""

    making: frozenset[str]  # factories, and what hands on a constant
    obtaining: frozenset[str]  # what obtains data, or reads what an argument stands for


def index_of(catalogue: Catalogue) -> Index:
    """Make the index, once for a catalogue."""
    for known, index in _LATEST:
        if known is catalogue:
            return index
    index = Index(
        making=_members(catalogue.factories) | _members(catalogue.carriers),
        obtaining=_members(catalogue.apis) | _members(catalogue.readers),
    )
    _LATEST[:] = [(catalogue, index)]
    return index


def _members(table: Mapping[str, Mapping[str, object]]) -> frozenset[str]:
    return frozenset(name for members in table.values() for name in members)


_LATEST: list[tuple[Catalogue, Index]] = []
