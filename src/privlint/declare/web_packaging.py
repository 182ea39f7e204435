"""The packaging files of an app that is written for the web view in, what they ask for on Android out, at places.

Cordova's plugin.xml and config.xml, package.json with the packages that may bring Android modules, and Expo's app.json.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from privlint.declare import xml
from privlint.declare.android_manifest import ANDROID, AndroidManifest, from_element
from privlint.declare.refuse import oversized, refused
from privlint.declare.toml import Lines
from privlint.model.declared import Dependency, Left, PermissionRequest, Reach, Removal, Role
from privlint.model.finding import Covered
from privlint.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "android.permission."
_ROLES: dict[str, Role] = {"dependencies": "ships", "optionalDependencies": "ships", "devDependencies": "build"}
_PLATFORMS = frozenset({"android", "amazon-fireos"})
_SPACES = ("cordova", "phonegap", "widgets")  # in the namespace of a plugin.xml or config.xml
_COORDINATES = re.compile(r"[\w.\-]+:[\w.\-]+(?::.*)?")


class WebPackaged(Struct, frozen=True):
    """What one packaging file says. `manifest` is what a plugin puts into the app's AndroidManifest.xml."""

    permissions: tuple[PermissionRequest, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    removals: tuple[Removal, ...] = ()
    manifest: AndroidManifest | None = None


def cordova(data: bytes, path: str) -> WebPackaged | Covered | None:
    """Read plugin.xml or config.xml; None for a file of that name that is not Cordova's."""
    root = xml.parse(data, path)
    if isinstance(root, Covered):
        return root if b"cordova" in data or b"phonegap" in data else None
    if root.name not in ("plugin", "widget") or not any(word in root.space for word in _SPACES):
        return None
    test = "tests" in path.split("/")[:-1]
    left: Left = "test" if test else ""
    reach: Reach = "none" if test else "release"
    parts = [root, *(one for one in root.each("platform") if _plain(one, "name") in _PLATFORMS)]
    children = tuple(child for part in parts for child in _into_manifest(part))
    manifest = from_element(replace(root, children=children), path)
    permissions = tuple(
        PermissionRequest(
            name=one.name,
            place=one.place,
            origin="cordova",
            max_sdk=one.max_sdk,
            from_sdk=one.from_sdk,
            reach=reach,
            left=left,
        )
        for one in manifest.permissions
        if one.name and one.marks.node not in ("remove", "removeAll")
    )
    removals = tuple(
        Removal(kind=one.element, name=one.name, place=one.place)
        for one in manifest.permissions
        if one.marks.node in ("remove", "removeAll")
    )
    dependencies = tuple(replace(one, reach=reach, left=left) for part in parts for one in _cordova_dependencies(part))
    return WebPackaged(permissions, dependencies, removals, manifest)


def package_json(data: bytes, path: str) -> WebPackaged | Covered:
    """Read the dependencies of package.json."""
    tables = _json(data, path)
    if isinstance(tables, Covered):
        return tables
    lines = Lines(data)
    found = []
    for section, role in _ROLES.items():
        entries = tables.get(section)
        for name, version in entries.items() if isinstance(entries, dict) else ():
            place = _key_place(data, lines, path, section, name)
            reach: Reach = "release" if role == "ships" else "none"
            text = version if isinstance(version, str) else ""
            found.append(
                Dependency(
                    kind="npm", name=name, version=text, place=place, configuration=section, role=role, reach=reach
                )
            )
    return WebPackaged((), tuple(found))


def expo(data: bytes, path: str) -> WebPackaged | Covered:
    """Read the permissions of Expo's app.json; a file without `expo.android` says nothing."""
    tables = _json(data, path)
    if isinstance(tables, Covered):
        return tables
    android = tables.get("expo")
    android = android.get("android") if isinstance(android, dict) else None
    if not isinstance(android, dict):
        return WebPackaged()
    lines = Lines(data)
    permissions = tuple(
        PermissionRequest(name=_full(name), place=_text_place(data, lines, path, name), origin="expo")
        for name in _names(android.get("permissions"))
    )
    removals = tuple(
        Removal(kind="uses-permission", name=_full(name), place=_text_place(data, lines, path, name))
        for name in _names(android.get("blockedPermissions"))
    )
    return WebPackaged(permissions, (), removals)


# --- Cordova ---------------------------------------------------------------------------------------------------------


def _into_manifest(part: xml.Element) -> Iterator[xml.Element]:
    """What `<config-file target="AndroidManifest.xml">` puts below <manifest>, or below <application>."""
    for one in part.each("config-file", "edit-config"):
        target = _plain(one, "target") or _plain(one, "file")
        if not target.endswith("AndroidManifest.xml"):
            continue
        parent = _plain(one, "parent")
        if parent.rstrip("/").endswith("application"):
            yield xml.Element("", "application", one.place, (), one.children)
        else:
            yield from one.children


def _cordova_dependencies(part: xml.Element) -> Iterator[Dependency]:
    for one in part.each("framework"):
        source = one.get("", "src")
        if source is None or part.name != "platform":
            continue
        text = source.value
        if _COORDINATES.fullmatch(text) and _plain(one, "custom") != "true":
            group, _, rest = text.partition(":")
            artifact, _, version = rest.partition(":")
            name = f"{group}:{artifact}"
            yield Dependency(kind="maven", name=name, version=version, place=source.place, configuration="framework")
        else:
            yield Dependency(kind="file", name=text, place=source.place, configuration="framework")
    for one in part.each("lib-file", "resource-file"):
        source = one.get("", "src")
        if source is not None and source.value.endswith((".jar", ".aar")):
            yield Dependency(kind="file", name=source.value, place=source.place, configuration=one.name)
    for one in part.each("dependency", "plugin"):
        name_of = one.get("", "id") or one.get("", "name")
        if name_of is not None:
            version = _plain(one, "version") or _plain(one, "spec")
            yield Dependency(
                kind="cordova", name=name_of.value, version=version, place=name_of.place, configuration=one.name
            )


def _plain(element: xml.Element, name: str) -> str:
    found = element.get("", name) or element.get(ANDROID, name)
    return found.value.strip() if found is not None else ""


# --- JSON ------------------------------------------------------------------------------------------------------------


def _json(data: bytes, path: str) -> dict[str, Any] | Covered:
    if (covered := oversized(data, path)) is not None:
        return covered
    try:
        found = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        return refused(path, "PRV009", "it is nested too deeply", "嵌套过深")
    except ValueError as error:
        words = str(error)[:100]
        return refused(path, "PRV014", f"not valid JSON: {words}", f"不是有效的 JSON：{words}")
    return found if isinstance(found, dict) else {}


def _names(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str) and one) if isinstance(value, list) else ()


def _full(name: str) -> str:
    return name if "." in name else _PREFIX + name


def _key_place(data: bytes, lines: Lines, path: str, section: str, name: str) -> Place:
    """Where a key of a section stands: the first after the section's own name."""
    start = re.search(rb'"' + re.escape(section.encode()) + rb'"\s*:\s*\{', data)
    key = re.compile(re.escape(json.dumps(name, ensure_ascii=False).encode()) + rb"\s*:")
    found = key.search(data, start.end() if start else 0)
    offset = found.start() + 1 if found else 0
    return Place(path, lines.position(offset), lines.position(offset + len(name.encode()) if found else 0))


def _text_place(data: bytes, lines: Lines, path: str, text: str) -> Place:
    offset = data.find(json.dumps(text, ensure_ascii=False).encode())
    start = offset + 1 if offset >= 0 else 0
    return Place(path, lines.position(start), lines.position(start + len(text.encode()) if offset >= 0 else 0))
