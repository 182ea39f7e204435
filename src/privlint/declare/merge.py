"""The manifests and modules of a tree in; what the builds of each app ask for and contain, as Android merges them, out.

Higher goes before lower: the variant, its build type, its flavours, `main`, then the modules that the app depends on.
Libraries that are no modules of the tree bring manifests too, which only a build can know.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

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
from privlint.model.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from privlint.declare.android_manifest import AndroidManifest, Marks, WrittenComponent, WrittenPermission
    from privlint.model.place import Place

_MOST_VARIANTS = 200  # of one app; beyond, every source set is taken for a part of each

_TEST_SET = re.compile(r"(?:test|androidTest)(?:[A-Z]\w*)?|[a-z]\w*Test|[a-z]\w*(?:Unit|Instrumented)Test\w*")
_SET = re.compile(r"src/([^/]+)/AndroidManifest\.xml")
_PLACEHOLDER = re.compile(r"\$\{([^${}]+)\}")
_MAIN_SETS = {"androidMain": "main", "commonMain": "main"}
_SDK_ATTRIBUTE = "android:maxSdkVersion"


class Merged(Struct, frozen=True):
    """What the manifests of a tree say together."""

    permissions: tuple[PermissionRequest, ...]
    components: tuple[Component, ...]
    queries: tuple[Query, ...]
    removals: tuple[Removal, ...]
    defined: tuple[Defined, ...]
    unresolved: tuple[Unresolved, ...]


class _Part(Struct, frozen=True):
    """One manifest, and whose it is."""

    manifest: AndroidManifest
    module: Module
    source_set: str
    left: Left = ""  # why no build takes it
    also: tuple[str, ...] = ()  # further source sets that the build file gives the same file
    known: bool = True  # the module is one of a Gradle build


class _Item(Struct, frozen=True):
    """One element that can be merged or removed."""

    key: tuple[str, str]  # element and name
    part: int
    marks: Marks
    place: Place
    max_sdk: int = 0
    value: str = ""  # of an application: its class


class _Variant(Struct, frozen=True):
    app: Module
    name: str
    flavours: tuple[str, ...]
    build_type: str
    debuggable: bool
    everything: bool = False  # too many to tell apart


class _Fate(Struct):
    """What became of one item over all variants."""

    release: bool = False
    debug: bool = False
    left: Left = ""
    removed_by: Place | None = None
    variants: dict[str, set[str]] = {}  # app -> names
    limits: list[int] = []  # maxSdkVersion in the variants that are published
    debug_limits: list[int] = []


def merge(manifests: Iterable[AndroidManifest], modules: Iterable[Module]) -> Merged:
    """Merge all manifests of a tree."""
    modules = tuple(modules)
    parts = _parts(sorted(manifests, key=lambda one: one.path), modules)
    by_path = {module.path: module for module in modules}
    items, permissions, components = _items(parts, by_path)
    fates = _fates(parts, items, modules)
    names = {root.path: {variant.name for variant in _variants(root)} for root in _roots(modules)}
    unresolved: list[Unresolved] = []
    for part in parts:
        unresolved.extend(_unfilled(part, by_path))
    return Merged(
        tuple(_permission(parts[items[at].part], one, items[at], fates[at], names) for at, one in permissions),
        tuple(_component(parts[items[at].part], one, items[at], fates[at], names) for at, one in components),
        tuple(_queries(parts)),
        tuple(_removals(parts, items)),
        tuple(
            Defined(kind=one.element, name=one.name, place=one.place, module=_module(part))
            for part in parts
            for one in part.manifest.defines
        ),
        tuple(unresolved),
    )


# --- whose a manifest is -------------------------------------------------------------------------------------------


def _parts(manifests: list[AndroidManifest], modules: tuple[Module, ...]) -> list[_Part]:
    owners = [_owner(manifest.path, modules) for manifest in manifests]
    moved: dict[str, dict[str, str]] = {}  # module -> file -> source sets
    for module in modules:
        files = moved.setdefault(module.path, {})
        for name, file in module.source_sets.items():
            files[file] = f"{files[file]},{name.rstrip('?')}" if file in files else name.rstrip("?")
    mains = {
        owner.path
        for manifest, owner in zip(manifests, owners, strict=True)
        if owner is not None and _source_set(manifest.path, owner, moved) == "main"
    }
    found = []
    for manifest, owner in zip(manifests, owners, strict=True):
        if owner is None:
            found.append(_stray(manifest))
            continue
        source_set, *also = _source_set(manifest.path, owner, moved).split(",")
        if not source_set and manifest.path.rpartition("/")[0] == owner.folder and owner.path not in mains:
            source_set = "main"  # where Eclipse kept it
        left = _unused(manifest.path, owner, source_set, moved)
        found.append(_Part(manifest, owner, source_set or "none", left, tuple(also)))
    return found


def _owner(path: str, modules: tuple[Module, ...]) -> Module | None:
    named = [module for module in modules if path in module.source_sets.values()]
    inside = [module for module in modules if not module.folder or path.startswith(module.folder + "/")]
    candidates = named or inside
    return max(candidates, key=lambda one: (bool(named) and not one.outside, len(one.folder)), default=None)


def _stray(manifest: AndroidManifest) -> _Part:
    """A manifest outside every Gradle build: it counts by itself."""
    folder = manifest.path.rpartition("/")[0]
    match = _SET.search(manifest.path)
    source_set = match.group(1) if match else "main"
    module = Module(path="", folder=folder, kind="library", namespace=manifest.package)
    left: Left = "test" if _TEST_SET.fullmatch(source_set) else ""
    if not manifest.path.endswith("AndroidManifest.xml"):
        left = "module"  # a build takes it only where a build file says so
    return _Part(manifest, module, _MAIN_SETS.get(source_set, source_set), left, known=False)


def _source_set(path: str, module: Module, moved: Mapping[str, Mapping[str, str]]) -> str:
    """The source set of a manifest, or several with commas; "" where the build knows none."""
    if (name := moved[module.path].get(path)) is not None:
        return name
    match = _SET.fullmatch(path[len(module.folder) + 1 if module.folder else 0 :])
    name = match.group(1) if match else ""
    return _MAIN_SETS.get(name, name)


def _unused(path: str, module: Module, source_set: str, moved: Mapping[str, Mapping[str, str]]) -> Left:
    if module.outside:
        return "module"
    if _TEST_SET.fullmatch(source_set) or module.kind == "test":
        return "test"
    if path not in moved[module.path] and source_set in module.source_sets:
        return "replaced"  # the build file names another one for this source set
    if not source_set and not (module.path.endswith(":") or path.rpartition("/")[0] == module.folder):
        return "module"
    return ""


# --- variants ------------------------------------------------------------------------------------------------------


def _roots(modules: tuple[Module, ...]) -> tuple[Module, ...]:
    """What is built: the apps; and every module that no app surely has, by itself."""
    return tuple(
        one
        for one in modules
        if not one.outside and (one.kind == "application" or not one.apps) and one.kind not in ("test", "jvm")
    )


def _variants(root: Module) -> tuple[_Variant, ...]:
    dimensions: dict[str, list[str]] = {}
    for one in root.flavours:
        if not one.build_type:
            dimensions.setdefault(one.dimension, []).append(one.name)
    types = [one for one in root.flavours if one.build_type]
    if not types:
        return (_Variant(root, "", (), "", False, everything=True),)
    count = len(types)
    for names in dimensions.values():
        count *= len(names)
    if count > _MOST_VARIANTS:
        return (_Variant(root, "", (), "", False, everything=True),)
    return tuple(
        _Variant(root, _camel((*flavours, kind.name)), flavours, kind.name, kind.debuggable)
        for flavours in product(*dimensions.values())
        for kind in types
    )


def _camel(words: tuple[str, ...]) -> str:
    return "".join(word if not index else word[:1].upper() + word[1:] for index, word in enumerate(words))


def _rank(part: _Part, variant: _Variant) -> int:
    """How high a manifest stands in a variant, 0 the highest; -1 where it is no part of it."""
    ranks = [_rank_as(name, part, variant) for name in (part.source_set, *part.also)] if not part.left else []
    return min((rank for rank in ranks if rank >= 0), default=-1)


def _rank_as(name: str, part: _Part, variant: _Variant) -> int:
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


def _fallback(variant: _Variant, module: Module) -> str:
    types = {one.name for one in module.flavours if one.build_type}
    if variant.build_type in types:
        return variant.build_type
    return "debug" if variant.debuggable else "release"


# --- what becomes of the elements ----------------------------------------------------------------------------------


def _items(
    parts: list[_Part], modules: Mapping[str, Module]
) -> tuple[list[_Item], list[tuple[int, PermissionName]], list[tuple[int, WrittenComponent]]]:
    items: list[_Item] = []
    permissions: list[tuple[int, PermissionName]] = []
    components: list[tuple[int, WrittenComponent]] = []
    for index, part in enumerate(parts):
        for permission in part.manifest.permissions:
            for name in _filled(permission.name, part, modules):
                permissions.append((len(items), PermissionName(permission, name)))
                key = (permission.element, name)
                items.append(_Item(key, index, permission.marks, permission.place, permission.max_sdk))
        for component in part.manifest.components:
            name = _class_name(_filled(component.name, part, modules)[0], part, parts)
            key = (component.kind, "" if component.kind == "application" else name)
            components.append((len(items), component))
            items.append(_Item(key, index, component.marks, component.place, value=component.name))
    return items, permissions, components


class PermissionName(Struct, frozen=True):
    """A permission as written, and the name that a build gives it."""

    written: WrittenPermission
    name: str


def _fates(parts: list[_Part], items: list[_Item], modules: tuple[Module, ...]) -> list[_Fate]:
    fates = [_Fate(variants={}, limits=[], debug_limits=[]) for _ in items]
    by_part: dict[int, list[int]] = {}
    for at, item in enumerate(items):
        by_part.setdefault(item.part, []).append(at)
    for root in _roots(modules):
        reached = _reached(root, modules)
        mine = [index for index, part in enumerate(parts) if part.known and part.module.path in reached]
        for variant in _variants(root):
            ranked = [(reached[parts[index].module.path], _rank(parts[index], variant), index) for index in mine]
            order = [index for _, rank, index in sorted(ranked) if rank >= 0]
            _merge_one(variant, [by_part.get(index, []) for index in order], parts, items, fates)
    for index, part in enumerate(parts):
        if not part.known and not part.left:
            alone = _Variant(part.module, "", (), "", False, everything=True)
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
    variant: _Variant, order: list[list[int]], parts: list[_Part], items: list[_Item], fates: list[_Fate]
) -> None:
    """Merge one variant: `order` holds the elements of each manifest, the highest first."""
    removals: list[_Item] = []
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
            if item.marks.node in ("remove", "removeAll"):
                continue
            first = highest.setdefault(item.key, at)
            if items[first].part != item.part and _replaces(items[first], item):
                fate.left, fate.removed_by = "replaced", items[first].place
                continue
            kept.setdefault(item.key, []).append(at)
        removals += [items[at] for at in elements if items[at].marks.node in ("remove", "removeAll")]
    for ats in kept.values():
        limit = _limit([items[at] for at in ats])
        for at in ats:
            _note(fates[at], variant, items[at].max_sdk if items[at].part == items[ats[0]].part else limit, limit)


def _note(fate: _Fate, variant: _Variant, own: int, limit: int) -> None:
    fate.release = fate.release or not variant.debuggable
    fate.debug = fate.debug or variant.debuggable
    (fate.debug_limits if variant.debuggable else fate.limits).append(own or limit)
    fate.variants.setdefault(variant.app.path, set()).add(variant.name)


def _removes(removal: _Item, item: _Item, package: str) -> bool:
    if removal.key[0] != item.key[0] or (removal.marks.selector and removal.marks.selector != package):
        return False
    return removal.marks.node == "removeAll" or removal.key == item.key


def _replaces(higher: _Item, lower: _Item) -> bool:
    """A whole element by `tools:node="replace"`; and of applications, the class that the higher manifest names."""
    if higher.key[0] == "application":
        return bool(higher.value and lower.value)
    return higher.marks.node == "replace"


def _limit(items: list[_Item]) -> int:
    """The maxSdkVersion after merging: a lower manifest fills in what a higher one leaves open."""
    for item in items:
        if item.max_sdk or item.marks.node == "replace" or _SDK_ATTRIBUTE in item.marks.remove:
            return item.max_sdk
    return 0


# --- records ---------------------------------------------------------------------------------------------------------


def _reach(part: _Part, fate: _Fate) -> tuple[Reach, Left, Place | None]:
    if fate.release or fate.debug:
        return ("release" if fate.release else "debug"), "", None
    return "none", part.left or fate.left or "module", fate.removed_by


def _in_variants(fate: _Fate, names: Mapping[str, set[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The apps, and the variants where they are not all of them."""
    apps = tuple(sorted(path for path in fate.variants if path))
    some = {name for path, found in fate.variants.items() if found != names.get(path, found) for name in found}
    return apps, tuple(sorted(some))


def _module(part: _Part) -> str:
    return part.module.path if part.known else ""


def _permission(
    part: _Part, one: PermissionName, item: _Item, fate: _Fate, names: Mapping[str, set[str]]
) -> PermissionRequest:
    reach, left, removed_by = _reach(part, fate)
    if item.marks.node in ("remove", "removeAll"):
        reach, left, removed_by = "none", "removed", item.place
    apps, variants = _in_variants(fate, names)
    limits = fate.limits or fate.debug_limits or [one.written.max_sdk]
    return PermissionRequest(
        name=one.name,
        place=one.written.place,
        max_sdk=0 if 0 in limits else max(limits),
        from_sdk=one.written.from_sdk,
        module=_module(part),
        source_set=part.source_set,
        reach=reach,
        left=left,
        removed_by=removed_by,
        apps=apps,
        variants=variants,
    )


def _component(
    part: _Part, one: WrittenComponent, item: _Item, fate: _Fate, names: Mapping[str, set[str]]
) -> Component:
    reach, left, removed_by = _reach(part, fate)
    if item.marks.node in ("remove", "removeAll"):
        reach, left, removed_by = "none", "removed", item.place
    apps, variants = _in_variants(fate, names)
    return Component(
        kind=one.kind,
        name=item.key[1] if one.kind != "application" else _class_name(one.name, part, ()),
        place=one.place,
        factory=_class_name(one.factory, part, ()),
        target=_class_name(one.target, part, ()),
        permission=one.permission,
        exported=one.exported,
        enabled=one.enabled,
        launcher=one.launcher,
        foreground_types=one.foreground_types,
        actions=one.actions,
        categories=one.categories,
        authorities=one.authorities,
        meta_data=one.meta_data,
        module=_module(part),
        source_set=part.source_set,
        reach=reach,
        left=left,
        removed_by=removed_by,
        apps=apps,
        variants=variants,
    )


def _queries(parts: list[_Part]) -> Iterator[Query]:
    for part in parts:
        debug = any(one.name == part.source_set and one.debuggable for one in part.module.flavours)
        for one in part.manifest.queries:
            reach: Reach = "none" if part.left else "debug" if debug else "release"
            yield Query(
                kind=one.kind,
                name=one.name,
                place=one.place,
                module=_module(part),
                source_set=part.source_set,
                reach=reach,
            )


def _removals(parts: list[_Part], items: list[_Item]) -> Iterator[Removal]:
    for item in items:
        if item.marks.node in ("remove", "removeAll") and not parts[item.part].left:
            part = parts[item.part]
            yield Removal(
                kind=item.key[0],
                name="" if item.marks.node == "removeAll" else item.key[1],
                place=item.place,
                selector=item.marks.selector,
                module=_module(part),
                source_set=part.source_set,
            )
    for part in parts:
        for component in part.manifest.components if not part.left else ():
            for name, place in component.removed_meta:
                yield Removal(
                    kind="meta-data", name=name, place=place, module=_module(part), source_set=part.source_set
                )


# --- names -----------------------------------------------------------------------------------------------------------


def _filled(name: str, part: _Part, modules: Mapping[str, Module]) -> tuple[str, ...]:
    """A name with its placeholders filled in: as many names as flavours give it; as written where nobody says."""
    found = [name]
    for match in _PLACEHOLDER.finditer(name):
        values = _placeholder(match.group(1), part.module, modules)
        found = [one.replace(match.group(), value) for one in found for value in values] or found
    return tuple(dict.fromkeys(found))


def _placeholder(name: str, module: Module, modules: Mapping[str, Module]) -> tuple[str, ...]:
    for one in (module, *(modules[path] for path in module.apps if path in modules)):
        values = [flavour.placeholders[name] for flavour in one.flavours if name in flavour.placeholders]
        if name in one.placeholders:
            values.insert(0, one.placeholders[name])
        if name in ("applicationId", "packageName") and one.kind == "application":
            values.append(one.application_id or one.namespace)
        if values := [value for value in values if value]:
            return tuple(values)
    return ()


def _unfilled(part: _Part, modules: Mapping[str, Module]) -> Iterator[Unresolved]:
    for permission in part.manifest.permissions:
        for name in _filled(permission.name, part, modules):
            for match in _PLACEHOLDER.finditer(name):
                if match.group(1) == "applicationId":
                    continue  # the app's own, whatever it is
                reason = Text("no build file says what the placeholder is", "没有构建文件说明该占位符的值")
                yield Unresolved(
                    what="placeholder", text=name, place=permission.place, module=_module(part), reason=reason
                )


def _class_name(name: str, part: _Part, parts: Iterable[_Part]) -> str:
    """The full name of a class: `.Main` and `Main` are below the namespace."""
    if not name or ("." in name and not name.startswith(".")):
        return name
    package = part.module.namespace or part.manifest.package
    if not package:
        mine = (one.manifest.package for one in parts if one.module.path == part.module.path)
        package = next((one for one in mine if one), "")
    return f"{package}.{name.lstrip('.')}" if package else name
