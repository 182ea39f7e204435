"""The bytes of a version catalog in, its libraries, bundles, versions and plugins with their places out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from privlint.declare import toml
from privlint.declare.positions import locate, quoted
from privlint.declare.refuse import bad_toml
from privlint.errors import ConfigurationError
from privlint.model.finding import Covered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privlint.model.place import Place


class Library(Struct, frozen=True):
    """One entry of `[libraries]` or `[plugins]`."""

    name: str  # group:artifact, or the id of a plugin; "" where the entry cannot be understood
    version: str
    place: Place


class Catalog(Struct, frozen=True):
    """One catalog. Keys are aliases as accessors write them: `androidx.core.ktx`."""

    name: str  # libs, for gradle/libs.versions.toml
    path: str
    libraries: dict[str, Library]
    bundles: dict[str, tuple[str, ...]]
    plugins: dict[str, Library]
    versions: dict[str, str]


def read(data: bytes, path: str) -> Catalog | Covered:
    """Read `<name>.versions.toml`."""
    data = toml.strip(data).replace(b"\r\n", b"\n")
    try:
        tables = toml.parse(data, path)
    except ConfigurationError as error:
        return bad_toml(error, path)
    places = locate(data, path).values
    versions = {normal(key): _version(value) for key, value in _table(tables, "versions").items()}
    return Catalog(
        path.rpartition("/")[2].removesuffix(".versions.toml"),
        path,
        _entries(tables, "libraries", versions, places),
        {normal(key): tuple(map(normal, map(str, value))) for key, value in _table(tables, "bundles").items()},
        _entries(tables, "plugins", versions, places),
        versions,
    )


def normal(alias: str) -> str:
    """An alias as its accessor is written: `androidx-core_ktx` is `androidx.core.ktx`."""
    return re.sub(r"[-_.]", ".", alias)


def _table(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = tables.get(name)
    return found if isinstance(found, dict) else {}


def _entries(
    tables: Mapping[str, Any], table: str, versions: Mapping[str, str], places: Mapping[str, Place]
) -> dict[str, Library]:
    found = {}
    for alias, value in _table(tables, table).items():
        name, version = _entry(value, versions, table == "plugins")
        place = places.get(f"{table}.{quoted(alias)}") or places.get(f"{table}.{alias}") or places[table]
        found[normal(alias)] = Library(name, version, place)
    return found


def _entry(value: object, versions: Mapping[str, str], plugin: bool) -> tuple[str, str]:
    if isinstance(value, str):
        parts = value.split(":")
        return (":".join(parts[:-1]) or value, parts[-1]) if plugin else (":".join(parts[:2]), ":".join(parts[2:]))
    if not isinstance(value, dict):
        return "", ""
    version = value.get("version", "")
    if isinstance(version, dict) and isinstance(version.get("ref"), str):
        version = versions.get(normal(version["ref"]), "")
    name = value.get("id") if plugin else value.get("module")
    if not name and not plugin and value.get("group") and value.get("name"):
        name = f"{value['group']}:{value['name']}"
    return str(name or ""), _version(version)


def _version(value: object) -> str:
    """A version, also a rich one: what it requires, prefers or strictly is."""
    if isinstance(value, dict):
        value = value.get("strictly") or value.get("require") or value.get("prefer") or ""
    return str(value)
