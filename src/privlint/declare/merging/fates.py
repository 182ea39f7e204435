"""The elements of all manifests in, which builds each gets into out."""

from __future__ import annotations

from msgspec import Struct

from privlint.declare.android_manifest import REMOVING, Marks
from privlint.declare.merging.parts import Part
from privlint.declare.merging.variants import Variant, rank_of, roots, variants_of
from privlint.model.declared import Left, Module
from privlint.model.place import Place

_SDK_ATTRIBUTE = "android:maxSdkVersion"


class Item(Struct, frozen=True):
    """One element that can be merged or removed."""

    key: tuple[str, str]  # element and name
    part: int
    marks: Marks
    place: Place
    max_sdk: int = 0
    value: str = ""  # of an application: its class


class Fate(Struct):
    """What became of one item over all variants."""

    release: bool = False
    debug: bool = False
    left: Left = ""
    removed_by: Place | None = None
    variants: dict[str, set[str]] = {}  # app -> names
    limits: list[int] = []  # maxSdkVersion in the variants that are published
    debug_limits: list[int] = []


def fates_of(parts: list[Part], items: list[Item], modules: tuple[Module, ...]) -> list[Fate]:
    """Merge every variant of every app, and say what became of each element."""
    fates = [Fate(variants={}, limits=[], debug_limits=[]) for _ in items]
    by_part: dict[int, list[int]] = {}
    for at, item in enumerate(items):
        by_part.setdefault(item.part, []).append(at)
    for root in roots(modules):
        reached = _reached(root, modules)
        mine = [index for index, part in enumerate(parts) if part.known and part.module.path in reached]
        for variant in variants_of(root):
            ranked = [(reached[parts[index].module.path], rank_of(parts[index], variant), index) for index in mine]
            order = [index for _, rank, index in sorted(ranked) if rank >= 0]
            _merge_one(variant, [by_part.get(index, []) for index in order], parts, items, fates)
    for index, part in enumerate(parts):
        if not part.known and not part.left:
            alone = Variant(part.module, "", (), "", False, everything=True)
            _merge_one(alone, [by_part.get(index, [])], parts, items, fates)
    return fates


def _reached(root: Module, modules: tuple[Module, ...]) -> dict[str, int]:
    """The modules in a build of `root`, with how far each is from it: what it depends on, and its features."""
    by_path = {module.path: module for module in modules}
    found = {root.path: 0}
    waiting = [root.path]
    while waiting:
        path = waiting.pop(0)
        inner = by_path[path].depends_on if path in by_path else ()
        if path == root.path:
            inner = (*inner, *(one.path for one in modules if one.kind == "feature" and root.path in one.depends_on))
        for one in inner:
            if one not in found:
                found[one] = len(found)
                waiting.append(one)
    return found


def _merge_one(
    variant: Variant, order: list[list[int]], parts: list[Part], items: list[Item], fates: list[Fate]
) -> None:
    """Merge one variant: `order` holds the elements of each manifest, the highest first."""
    removals: list[Item] = []
    highest: dict[tuple[str, str], int] = {}
    kept: dict[tuple[str, str], list[int]] = {}
    for elements in order:
        for at in elements:
            item, fate = items[at], fates[at]
            package = parts[item.part].module.namespace or parts[item.part].manifest.package
            by = next((one for one in removals if _removes(one, item, package)), None)
            if by is not None:
                fate.left, fate.removed_by = "removed", by.place
                continue
            if item.marks.node in REMOVING:
                continue
            first = highest.setdefault(item.key, at)
            if items[first].part != item.part and _replaces(items[first], item):
                fate.left, fate.removed_by = "replaced", items[first].place
                continue
            kept.setdefault(item.key, []).append(at)
        removals += [items[at] for at in elements if items[at].marks.node in REMOVING]
    for ats in kept.values():
        limit = _limit([items[at] for at in ats])
        for at in ats:
            _note(fates[at], variant, items[at].max_sdk if items[at].part == items[ats[0]].part else limit, limit)


def _note(fate: Fate, variant: Variant, own: int, limit: int) -> None:
    fate.release = fate.release or not variant.debuggable
    fate.debug = fate.debug or variant.debuggable
    (fate.debug_limits if variant.debuggable else fate.limits).append(own or limit)
    fate.variants.setdefault(variant.app.path, set()).add(variant.name)


def _removes(removal: Item, item: Item, package: str) -> bool:
    if removal.key[0] != item.key[0] or (removal.marks.selector and removal.marks.selector != package):
        return False
    return removal.marks.node == "removeAll" or removal.key == item.key


def _replaces(higher: Item, lower: Item) -> bool:
    """A whole element by `tools:node="replace"`; and of applications, the class that the higher manifest names."""
    if higher.key[0] == "application":
        return bool(higher.value and lower.value)
    return higher.marks.node == "replace"


def _limit(items: list[Item]) -> int:
    """The maxSdkVersion after merging: a lower manifest fills in what a higher one leaves open."""
    for item in items:
        if item.max_sdk or item.marks.node == "replace" or _SDK_ATTRIBUTE in item.marks.remove:
            return item.max_sdk
    return 0
