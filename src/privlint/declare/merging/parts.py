"""The manifests and modules of a tree in, whose each manifest is and which source set it stands for out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare.android_manifest import AndroidManifest
from privlint.model.declared import Left, Module

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEST_SET = re.compile(r"(?:test|androidTest)(?:[A-Z]\w*)?|[a-z]\w*Test|[a-z]\w*(?:Unit|Instrumented)Test\w*")
_SET = re.compile(r"src/([^/]+)/AndroidManifest\.xml")
_MAIN_SETS = {"androidMain": "main", "commonMain": "main"}


class Part(Struct, frozen=True):
    """One manifest, and whose it is."""

    manifest: AndroidManifest
    module: Module
    source_set: str
    left: Left = ""  # why no build takes it
    also: tuple[str, ...] = ()  # further source sets that the build file gives the same file
    known: bool = True  # the module is one of a Gradle build


def parts_of(manifests: list[AndroidManifest], modules: tuple[Module, ...]) -> list[Part]:
    """Find the module and source set of every manifest, and why no build takes one."""
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
        found.append(Part(manifest, owner, source_set or "none", left, tuple(also)))
    return found


def _owner(path: str, modules: tuple[Module, ...]) -> Module | None:
    named = [module for module in modules if path in module.source_sets.values()]
    inside = [module for module in modules if not module.folder or path.startswith(module.folder + "/")]
    candidates = named or inside
    return max(candidates, key=lambda one: (bool(named) and not one.outside, len(one.folder)), default=None)


def _stray(manifest: AndroidManifest) -> Part:
    """A manifest outside every Gradle build: it counts by itself."""
    folder = manifest.path.rpartition("/")[0]
    match = _SET.search(manifest.path)
    source_set = match.group(1) if match else "main"
    module = Module(path="", folder=folder, kind="library", namespace=manifest.package)
    left: Left = "test" if _TEST_SET.fullmatch(source_set) else ""
    if not manifest.path.endswith("AndroidManifest.xml"):
        left = "module"  # a build takes it only where a build file says so
    return Part(manifest, module, _MAIN_SETS.get(source_set, source_set), left, known=False)


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


def module_path(part: Part) -> str:
    """The path of its module; "" where there is no Gradle build."""
    return part.module.path if part.known else ""
