"""Modules in; what is built, its variants, and how high each manifest stands in one of them out."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare.merging.parts import Part
from privlint.model.declared import Module

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_VARIANTS = 200  # of one app; beyond, every source set is taken for a part of each


class Variant(Struct, frozen=True):
    """One build of an app: its flavours, one of each dimension, and its build type."""

    app: Module
    name: str
    flavours: tuple[str, ...]
    build_type: str
    debuggable: bool
    everything: bool = False  # too many to tell apart


def roots(modules: tuple[Module, ...]) -> tuple[Module, ...]:
    """What is built: the apps; and every module that no app surely has, by itself."""
    return tuple(
        one
        for one in modules
        if not one.outside and (one.kind == "application" or not one.apps) and one.kind not in ("test", "jvm")
    )


def variants_of(root: Module) -> tuple[Variant, ...]:
    """List the builds of an app."""
    dimensions: dict[str, list[str]] = {}
    for one in root.flavours:
        if not one.build_type:
            dimensions.setdefault(one.dimension, []).append(one.name)
    types = [one for one in root.flavours if one.build_type]
    if not types:
        return (Variant(root, "", (), "", False, everything=True),)
    count = len(types)
    for names in dimensions.values():
        count *= len(names)
    if count > _MOST_VARIANTS:
        return (Variant(root, "", (), "", False, everything=True),)
    return tuple(
        Variant(root, _camel((*flavours, kind.name)), flavours, kind.name, kind.debuggable)
        for flavours in product(*dimensions.values())
        for kind in types
    )


def _camel(words: tuple[str, ...]) -> str:
    return "".join(word if not index else word[:1].upper() + word[1:] for index, word in enumerate(words))


def rank_of(part: Part, variant: Variant) -> int:
    """How high a manifest stands in a variant, 0 the highest; -1 where it is no part of it."""
    ranks = [_rank_as(name, part, variant) for name in (part.source_set, *part.also)] if not part.left else []
    return min((rank for rank in ranks if rank >= 0), default=-1)


def _rank_as(name: str, part: Part, variant: Variant) -> int:
    own = part.module.path == variant.app.path
    if name == "main" or variant.everything:
        return 9
    if name == variant.name:
        return 0
    kinds = {one.name: one for one in part.module.flavours}
    if name == variant.build_type or (not own and name == _fallback(variant, part.module)):
        return 1
    if name == _camel(variant.flavours):
        return 2
    if name in variant.flavours:
        return 3 + min(variant.flavours.index(name), 5)
    mine = [other for other, one in kinds.items() if one.build_type == (name in kinds and kinds[name].build_type)]
    if own:
        return -1 if name in kinds or _composed(name, kinds) else 8
    if name in kinds and not kinds[name].build_type and not set(mine).intersection(variant.flavours):
        return 8  # flavours that the app does not know: which one it takes, the text does not tell
    return -1


def _composed(name: str, kinds: Iterable[str]) -> bool:
    """Tell whether it begins like one of the known flavours or build types: `fullRelease`."""
    return any(name.startswith(kind) and name[len(kind) : len(kind) + 1].isupper() for kind in kinds)


def _fallback(variant: Variant, module: Module) -> str:
    types = {one.name for one in module.flavours if one.build_type}
    if variant.build_type in types:
        return variant.build_type
    return "debug" if variant.debuggable else "release"
