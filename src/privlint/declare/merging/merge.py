"""The manifests and modules of a tree in; what the builds of each app ask for and contain, as Android merges them, out.

Higher goes before lower: the variant, its build type, its flavours, `main`, then the modules that the app depends on.
Libraries that are no modules of the tree bring manifests too, which only a build can know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare.android_manifest import REMOVING, AndroidManifest, WrittenComponent, WrittenPermission
from privlint.declare.merging.fates import Fate, Item, fates_of
from privlint.declare.merging.names import class_name, filled, unfilled
from privlint.declare.merging.parts import Part, module_path, parts_of
from privlint.declare.merging.variants import roots, variants_of
from privlint.model.declared import (
    Component,
    Defined,
    Left,
    Module,
    PermissionRequest,
    Query,
    Reach,
    Removal,
    Unresolved,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from privlint.model.place import Place


class Merged(Struct, frozen=True):
    """What the manifests of a tree say together."""

    permissions: tuple[PermissionRequest, ...]
    components: tuple[Component, ...]
    queries: tuple[Query, ...]
    removals: tuple[Removal, ...]
    defined: tuple[Defined, ...]
    unresolved: tuple[Unresolved, ...]


class PermissionName(Struct, frozen=True):
    """A permission as written, and the name that a build gives it."""

    written: WrittenPermission
    name: str


def merge(manifests: Iterable[AndroidManifest], modules: Iterable[Module]) -> Merged:
    """Merge all manifests of a tree."""
    modules = tuple(modules)
    parts = parts_of(sorted(manifests, key=lambda one: one.path), modules)
    by_path = {module.path: module for module in modules}
    items, permissions, components = _items(parts, by_path)
    fates = fates_of(parts, items, modules)
    names = {root.path: {variant.name for variant in variants_of(root)} for root in roots(modules)}
    unresolved: list[Unresolved] = []
    for part in parts:
        unresolved.extend(unfilled(part, by_path))
    return Merged(
        tuple(_permission(parts[items[at].part], one, items[at], fates[at], names) for at, one in permissions),
        tuple(_component(parts[items[at].part], one, items[at], fates[at], names) for at, one in components),
        tuple(_queries(parts)),
        tuple(_removals(parts, items)),
        tuple(
            Defined(kind=one.element, name=one.name, place=one.place, module=module_path(part))
            for part in parts
            for one in part.manifest.defines
        ),
        tuple(unresolved),
    )


def _items(
    parts: list[Part], modules: Mapping[str, Module]
) -> tuple[list[Item], list[tuple[int, PermissionName]], list[tuple[int, WrittenComponent]]]:
    items: list[Item] = []
    permissions: list[tuple[int, PermissionName]] = []
    components: list[tuple[int, WrittenComponent]] = []
    for index, part in enumerate(parts):
        for permission in part.manifest.permissions:
            for name in filled(permission.name, part, modules):
                permissions.append((len(items), PermissionName(permission, name)))
                key = (permission.element, name)
                items.append(Item(key, index, permission.marks, permission.place, permission.max_sdk))
        for component in part.manifest.components:
            name = class_name(filled(component.name, part, modules)[0], part, parts)
            key = (component.kind, "" if component.kind == "application" else name)
            components.append((len(items), component))
            items.append(Item(key, index, component.marks, component.place, value=component.name))
    return items, permissions, components


def _reach(part: Part, item: Item, fate: Fate) -> tuple[Reach, Left, Place | None]:
    if item.marks.node in REMOVING:
        return "none", "removed", item.place
    if fate.release or fate.debug:
        return ("release" if fate.release else "debug"), "", None
    return "none", part.left or fate.left or "module", fate.removed_by


def _in_variants(fate: Fate, names: Mapping[str, set[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The apps, and the variants where they are not all of them."""
    apps = tuple(sorted(path for path in fate.variants if path))
    some = {name for path, found in fate.variants.items() if found != names.get(path, found) for name in found}
    return apps, tuple(sorted(some))


def _permission(
    part: Part, one: PermissionName, item: Item, fate: Fate, names: Mapping[str, set[str]]
) -> PermissionRequest:
    reach, left, removed_by = _reach(part, item, fate)
    apps, variants = _in_variants(fate, names)
    limits = fate.limits or fate.debug_limits or [one.written.max_sdk]
    return PermissionRequest(
        name=one.name,
        place=one.written.place,
        max_sdk=0 if 0 in limits else max(limits),
        from_sdk=one.written.from_sdk,
        module=module_path(part),
        source_set=part.source_set,
        reach=reach,
        left=left,
        removed_by=removed_by,
        apps=apps,
        variants=variants,
    )


def _component(part: Part, one: WrittenComponent, item: Item, fate: Fate, names: Mapping[str, set[str]]) -> Component:
    reach, left, removed_by = _reach(part, item, fate)
    apps, variants = _in_variants(fate, names)
    return Component(
        kind=one.kind,
        name=item.key[1] if one.kind != "application" else class_name(one.name, part, ()),
        place=one.place,
        factory=class_name(one.factory, part, ()),
        target=class_name(one.target, part, ()),
        permission=one.permission,
        exported=one.exported,
        enabled=one.enabled,
        launcher=one.launcher,
        foreground_types=one.foreground_types,
        actions=one.actions,
        categories=one.categories,
        authorities=one.authorities,
        meta_data=one.meta_data,
        module=module_path(part),
        source_set=part.source_set,
        reach=reach,
        left=left,
        removed_by=removed_by,
        apps=apps,
        variants=variants,
    )


def _queries(parts: list[Part]) -> Iterator[Query]:
    for part in parts:
        debug = any(one.name == part.source_set and one.debuggable for one in part.module.flavours)
        for one in part.manifest.queries:
            reach: Reach = "none" if part.left else "debug" if debug else "release"
            yield Query(
                kind=one.kind,
                name=one.name,
                place=one.place,
                module=module_path(part),
                source_set=part.source_set,
                reach=reach,
            )


def _removals(parts: list[Part], items: list[Item]) -> Iterator[Removal]:
    for item in items:
        if item.marks.node in REMOVING and not parts[item.part].left:
            part = parts[item.part]
            yield Removal(
                kind=item.key[0],
                name="" if item.marks.node == "removeAll" else item.key[1],
                place=item.place,
                selector=item.marks.selector,
                module=module_path(part),
                source_set=part.source_set,
            )
    for part in parts:
        for component in part.manifest.components if not part.left else ():
            for name, place in component.removed_meta:
                yield Removal(
                    kind="meta-data", name=name, place=place, module=module_path(part), source_set=part.source_set
                )
