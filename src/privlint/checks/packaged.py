"""Dependencies and imports in; the SDKs of the catalogue that the project has, and those nobody knows, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from msgspec import Struct

from privlint.model.declared import Dependency
from privlint.model.facts import Imported
from privlint.model.judged import Project
from privlint.model.place import Place
from privlint.model.project import App
from privlint.model.project import Sdk as Entry
from privlint.model.sdks import Sdk, SdkRules, Vendor


class Found(Struct, frozen=True):
    """One SDK of the catalogue, and what shows that the app has it."""

    vendor: Vendor
    sdk: Sdk
    dependencies: tuple[Dependency, ...] = ()
    imports: tuple[Imported, ...] = ()
    apps: tuple[App, ...] = ()

    @property
    def place(self) -> Place:
        """The first place that shows it: a build file before code."""
        return self.dependencies[0].place if self.dependencies else self.imports[0].place

    @property
    def collects(self) -> bool:
        """Tell whether it may take data to somebody else: a library that runs in the app for the app does not."""
        return self.sdk.kind not in {"library", "storage"} or any(one.data for one in self.sdk.data)


def sdks(project: Project) -> tuple[Found, ...]:
    """Find the SDKs of the catalogue, sorted by id. Test code and what no build contains do not count."""
    if project.rules is None:
        return ()
    index = _Index(project.rules.sdks)
    named: dict[str, list[Dependency]] = {}
    for dependency in _third_party(project):
        known = index.named(dependency.name)
        if known:
            named.setdefault(known, []).append(dependency)
    imports: dict[str, list[Imported]] = {}
    for one in project.imported:
        known = index.packages.get(one.package, "")
        if known and one.place.path not in project.test_paths and not _outside(project, one.place.path):
            imports.setdefault(known, []).append(one)
    found = []
    for name in sorted({*named, *imports}):
        vendor, sdk = index.sdks[name]
        dependencies = tuple(named.get(name, ()))
        used = tuple(sorted(imports.get(name, ()), key=lambda one: one.place))
        found.append(Found(vendor, sdk, dependencies, used, _apps(project, dependencies, used)))
    return tuple(found)


def unknown(project: Project) -> dict[str, tuple[Dependency, ...]]:
    """Find the third-party dependencies that neither the catalogue nor an `[[sdk]]` table knows, by their group."""
    if project.rules is None or project.declared is None:
        return {}
    index = _Index(project.rules.sdks)
    written = [text for entry in project.manifest.manifest.sdk for text in entry.coordinates]
    own = {module.namespace or module.application_id for module in project.declared.modules} - {""}
    libraries = project.rules.libraries
    groups: dict[str, list[Dependency]] = {}
    for one in _third_party(project):
        if one.kind != "maven" or index.named(one.name):
            continue
        if any(fnmatchcase(one.group, pattern) for pattern in (*libraries.platform, *libraries.plain)):
            continue
        if any(fnmatchcase(one.name, pattern) for pattern in written):
            continue
        if any(space == one.group or space.startswith(one.group + ".") for space in own):
            continue  # the team's own artifacts
        groups.setdefault(one.group, []).append(one)
    return {group: tuple(groups[group]) for group in sorted(groups)}


def entry_for(project: Project, found: Found) -> tuple[int, Entry] | None:
    """Find the `[[sdk]]` table that is about an SDK: by its coordinates, else by its name."""
    for index, entry in enumerate(project.manifest.manifest.sdk):
        if describes(entry, found.vendor, found.sdk, tuple(one.name for one in found.dependencies)):
            return index, entry
    return None


def catalogue(project: Project) -> Iterator[tuple[Vendor, Sdk]]:
    """Yield all SDKs of the catalogue."""
    for rules in project.rules.sdks if project.rules else ():
        yield from ((rules.vendor, sdk) for sdk in rules.sdk)


def by_id(project: Project) -> dict[str, Sdk]:
    """Give the SDKs of the catalogue by their ids."""
    return {sdk.id: sdk for _, sdk in catalogue(project)}


def tellable(project: Project, entry: Entry) -> bool:
    """Tell whether anything could show that the SDK of a table is in the app."""
    return bool(entry.coordinates) or any(describes(entry, vendor, sdk) for vendor, sdk in catalogue(project))


def shipped(project: Project, entry: Entry) -> bool:
    """Tell whether a build file names one of the coordinates of a table."""
    names = [one.name for one in _third_party(project)]
    return any(fnmatchcase(name, pattern) for name in names for pattern in entry.coordinates)


def describes(entry: Entry, vendor: Vendor, sdk: Sdk, names: tuple[str, ...] = ()) -> bool:
    """Tell whether a table is about an SDK."""
    known = [text for artifact in sdk.artifacts for text in artifact.coordinates]
    for pattern in entry.coordinates:
        if pattern in known or any(fnmatchcase(name, pattern) for name in names):
            return True
        if any(fnmatchcase(pattern, text) for text in known):
            return True
    written = _plain(entry.name)
    for name in (sdk.id, sdk.name_en, sdk.name_zh, f"{vendor.name_en} {sdk.name_en}", f"{vendor.name_zh}{sdk.name_zh}"):
        plain = _plain(_BRACKETS.sub("", name))
        if plain and (plain == written or (len(plain) >= _SHORTEST and plain in written)):
            return True
    return False


_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_SHORTEST = 4  # characters of a name that may stand inside a longer one


class _Index:
    """Who knows which coordinates and packages; the most exact entry wins."""

    def __init__(self, files: tuple[SdkRules, ...]) -> None:
        self.sdks = {sdk.id: (rules.vendor, sdk) for rules in files for sdk in rules.sdk}
        self.packages = {
            prefix: sdk.id
            for rules in files
            for sdk in rules.sdk
            for package in sdk.packages
            for prefix in package.prefixes
        }
        texts = [
            (text, sdk.id)
            for rules in files
            for sdk in rules.sdk
            for artifact in sdk.artifacts
            for text in artifact.coordinates
        ]
        self._exact = {text: name for text, name in texts if not text.endswith("*")}
        wide = [(text[:-1], name) for text, name in texts if text.endswith("*")]
        self._starts: dict[str, list[tuple[str, str]]] = {}
        for start, name in sorted(wide, key=lambda one: -len(one[0])):
            self._starts.setdefault(start.partition(":")[0], []).append((start, name))

    def named(self, coordinates: str) -> str:
        """Give the id of the SDK that has an artifact; "" when none has."""
        known = self._exact.get(coordinates)
        if known:
            return known
        starts = self._starts.get(coordinates.partition(":")[0], ())
        return next((name for start, name in starts if coordinates.startswith(start)), "")


def _third_party(project: Project) -> list[Dependency]:
    if project.declared is None:
        return []
    return [one for one in project.declared.shipped() if not one.platform]


def _outside(project: Project, path: str) -> bool:
    return project.declared is not None and project.declared.outside_app(path)


def _apps(project: Project, named: tuple[Dependency, ...], imports: tuple[Imported, ...]) -> tuple[App, ...]:
    found = {app.name for one in named for app in project.apps_of(one.apps) or project.apps_at(one.place.path)}
    found |= {app.name for one in imports for app in project.apps_at(one.place.path)}
    return tuple(app for app in project.apps if app.name in found)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum()).removesuffix("sdk")
