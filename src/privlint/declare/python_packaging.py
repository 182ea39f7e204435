"""The packaging files of a Python app in, the permissions and requirements they name out, at their places.

buildozer.spec, the tables `[tool.briefcase…]` and the dependencies of pyproject.toml, and requirements*.txt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from privlint.declare import toml
from privlint.declare.positions import locate, quoted
from privlint.declare.refuse import bad_toml, binary, oversized
from privlint.errors import ConfigurationError
from privlint.model.declared import Dependency, PermissionRequest, Role, Unresolved
from privlint.model.finding import Covered, Text
from privlint.model.place import Place, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What Briefcase asks for on Android for each of its own words (its Gradle backend, read on 2026-11-24).
BRIEFCASE = {
    "background_location": "ACCESS_BACKGROUND_LOCATION",
    "camera": "CAMERA",
    "coarse_location": "ACCESS_COARSE_LOCATION",
    "fine_location": "ACCESS_FINE_LOCATION",
    "microphone": "RECORD_AUDIO",
    "photo_library": "READ_MEDIA_VISUAL_USER_SELECTED",
}

_PREFIX = "android.permission."
_SECTION = re.compile(r"\[([^\]]+)\]")
_OPTION = re.compile(r"([^=:\s][^=:]*?)\s*[=:]\s*(.*)")
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)")
_VERSION = re.compile(r"[=~<>!]=?=?\s*[\w.*+!-]+(?:\s*,\s*[=~<>!]=?=?\s*[\w.*+!-]+)*")
_NAMING = (  # how an address may say which package it is: name @ …, #egg=, a wheel's name, a repository
    re.compile(r"^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*@"),
    re.compile(r"[#&]egg=([\w.-]+)"),
    re.compile(r"(?:^|/)([A-Za-z0-9_.]+)-\d[^/]*\.(?:whl|tar\.gz|zip)"),
    re.compile(r"//(?:[^/@]*@)?(?:github\.com|gitlab\.com|gitee\.com|bitbucket\.org)/[^/]+/([\w.-]+)"),
)
_DEVELOPMENT = re.compile(
    r"(?:^|[-_./])(?:dev|develop|development|tests?|testing|lint|ci|docs?|typing|build)(?:[-_./]|$)"
)
_NOT_TOLD = Text("which package it is cannot be told from the text", "无法仅凭文本判断是哪个包")


class Packaged(Struct, frozen=True):
    """What one packaging file says."""

    permissions: tuple[PermissionRequest, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


class _Item(Struct, frozen=True):
    """One entry of a list, and where it stands."""

    text: str
    line: int  # from 1
    column: int  # from 1, code points


def buildozer(data: bytes, path: str) -> Packaged | Covered:
    """Read buildozer.spec."""
    text = _text(data, path)
    if isinstance(text, Covered):
        return text
    permissions: list[PermissionRequest] = []
    dependencies: list[Dependency] = []
    unresolved: list[Unresolved] = []
    for section, key, item in _options(text):
        if section.partition("@")[0] != "app":
            continue
        place = _place(path, item)
        if key == "android.permissions":
            permissions.append(_buildozer_permission(item.text, place))
        elif key == "requirements":
            one = _requirement(item.text, place, "requirements", "ships")
            dependencies.append(one)
            unresolved.extend(_lost(one))
        elif key == "android.gradle_dependencies":
            dependencies.append(_maven(item.text, place, key))
        elif key in ("android.add_jars", "android.add_aars"):
            dependencies.append(Dependency(kind="file", name=item.text, place=place, configuration=key))
    return Packaged(tuple(permissions), tuple(dependencies), tuple(unresolved))


def pyproject(data: bytes, path: str) -> Packaged | Covered:
    """Read the dependencies and the Briefcase tables of pyproject.toml."""
    data = toml.strip(data).replace(b"\r\n", b"\n")
    try:
        tables = toml.parse(data, path)
    except ConfigurationError as error:
        return bad_toml(error, path)
    positions = locate(data, path)
    places = positions.values
    dependencies = list(_pyproject_dependencies(tables, places, path))
    briefcase = _table(_table(tables, "tool"), "briefcase")
    permissions: list[PermissionRequest] = []
    unresolved = [lost for one in dependencies for lost in _lost(one)]
    for key, table in _briefcase_tables(briefcase):
        for name, value in _table(table, "permission").items():
            place = _at(positions.keys, path, f"{key}.permission.{quoted(name)}")
            full = _PREFIX + BRIEFCASE[name] if name in BRIEFCASE else name
            if value is False:
                continue
            if "." in full:
                permissions.append(PermissionRequest(name=full, place=place, origin="briefcase"))
            elif ".android" in key or not key.rpartition(".")[2].isalpha():
                unresolved.append(Unresolved(what="value", text=name, place=place, reason=_UNKNOWN_WORD))
        for name in ("requires", "test_requires"):
            role: Role = "test" if name == "test_requires" else "ships"
            for place, text in _texts(table, name, places, path, key):
                one = _requirement(text, place, name, role)
                dependencies.append(one)
                unresolved.extend(_lost(one))
        for place, text in _texts(table, "build_gradle_dependencies", places, path, key):
            dependencies.append(_maven(text, place, "build_gradle_dependencies"))
    return Packaged(tuple(permissions), tuple(dependencies), tuple(unresolved))


_UNKNOWN_WORD = Text("not a permission that privlint knows of Briefcase", "不是 privlint 已知的 Briefcase 权限名")


def requirements(data: bytes, path: str) -> Packaged | Covered:
    """Read requirements.txt, or a file of its kind."""
    text = _text(data, path)
    if isinstance(text, Covered):
        return text
    role = _group_role(path.rpartition("/")[2].removesuffix(".txt"))
    items = _requirement_lines(text)
    dependencies = [_requirement(item.text, _place(path, item), "requirements", role) for item in items]
    return Packaged((), tuple(dependencies), tuple(lost for one in dependencies for lost in _lost(one)))


# --- buildozer.spec --------------------------------------------------------------------------------------------------


def _text(data: bytes, path: str) -> str | Covered:
    if (covered := oversized(data, path)) is not None:
        return covered
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):  # PowerShell writes requirements.txt so
            return data[2:].decode(codec, "replace")
    if (covered := binary(data, path)) is not None:
        return covered
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _options(text: str) -> Iterator[tuple[str, str, _Item]]:
    """Yield section, key and each entry of the value: lists are cut at commas, or stand in a section of their own."""
    section, key, listed = "", "", False
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith(("#", ";")):
            continue
        if match := _SECTION.fullmatch(stripped):
            name, _, profile = match.group(1).partition("@")
            section, colon, key = name.partition(":")
            listed = bool(colon)
            section += f"@{profile}" if profile else ""
        elif listed:
            yield section, key, _Item(stripped.rstrip(","), number, line.index(stripped) + 1)
        elif line[0].isspace():
            yield from ((section, key, item) for item in _cut(line, number, 0))
        elif match := _OPTION.fullmatch(line.rstrip()):
            key = match.group(1).strip()
            yield from ((section, key, item) for item in _cut(line.rstrip(), number, match.start(2)))


def _cut(line: str, number: int, start: int) -> Iterator[_Item]:
    for match in re.finditer(r"(?:\([^)]*\)|[^,(])+", line[start:]):
        text = match.group().strip()
        if text:
            column = start + match.start() + match.group().index(text) + 1
            yield _Item(text, number, column)


def _buildozer_permission(text: str, place: Place) -> PermissionRequest:
    """`CAMERA`, `android.permission.CAMERA`, or `(name=android.permission.CAMERA;maxSdkVersion=18)`."""
    limit = 0
    if text.startswith("("):
        parts = dict(part.strip().partition("=")[::2] for part in text.strip("()").split(";"))
        limit = int(parts["maxSdkVersion"]) if parts.get("maxSdkVersion", "").isdecimal() else 0
        name = parts.get("name", "").strip()
        if name and name in text:
            column = place.start.column + text.index(name)
            line = place.start.line
            place = Place(place.path, Position(line, column), Position(line, column + len(name)))
        text = name or text
    name = text if "." in text else _PREFIX + text.upper()
    return PermissionRequest(name=name, place=place, origin="buildozer", max_sdk=limit)


def _maven(text: str, place: Place, configuration: str) -> Dependency:
    parts = text.strip("'\" ").split(":")
    if len(parts) < 2:
        return Dependency(kind="unknown", name=text, place=place, configuration=configuration)
    version = parts[2] if len(parts) > 2 else ""
    name = f"{parts[0]}:{parts[1]}"
    return Dependency(kind="maven", name=name, version=version, place=place, configuration=configuration)


# --- requirements ----------------------------------------------------------------------------------------------------


def _requirement_lines(text: str) -> Iterator[_Item]:
    joined, first = "", 0
    for number, line in enumerate(text.replace("\r", "").split("\n"), 1):
        whole, first = joined + line, first or number
        if line.endswith("\\"):
            joined = whole[:-1]
            continue
        number, joined, first = first, "", 0  # noqa: PLW2901
        stripped = re.sub(r"(?:^|\s)#.*", "", whole).strip()
        if stripped.startswith(("-e ", "--editable")):
            stripped = stripped.partition(" ")[2].strip() or stripped.partition("=")[2].strip()
        if stripped and not stripped.startswith("-"):
            stripped = stripped.partition(" --")[0].strip()
            column = whole.index(stripped) + 1 if stripped in whole else 1
            yield _Item(stripped, number, column)


def _requirement(text: str, place: Place, configuration: str, role: Role) -> Dependency:
    """One requirement: by its name, or by an address that ends in one; else it is named as written."""
    text = text[:1_000]
    name = version = ""
    if "://" in text or text.startswith((".", "/", "git+")):
        found = next((match for pattern in _NAMING if (match := pattern.search(text))), None)
        name = found.group(1).removesuffix(".git") if found is not None else ""
    elif match := _REQUIREMENT.fullmatch(text):
        name = match.group(1)
        wanted = _VERSION.search(match.group(2).partition(";")[0])
        version = wanted.group() if wanted is not None else ""
    return Dependency(
        kind="python" if name else "unknown",
        name=normal(name) if name else text[:200],
        version=version.replace(" ", ""),
        place=place,
        configuration=configuration,
        role=role,
        reach="release" if role == "ships" else "none",
    )


def normal(name: str) -> str:
    """A package's name as PEP 503 compares it: `Foo_Bar` is `foo-bar`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _lost(one: Dependency) -> Iterator[Unresolved]:
    if one.kind == "unknown":
        yield Unresolved(what="dependency", text=one.name, place=one.place, reason=_NOT_TOLD)


# --- pyproject.toml --------------------------------------------------------------------------------------------------


def _pyproject_dependencies(tables: Mapping[str, Any], places: Mapping[str, Place], path: str) -> Iterator[Dependency]:
    project = _table(tables, "project")
    for place, text in _texts(project, "dependencies", places, path, "project"):
        yield _requirement(text, place, "dependencies", "ships")
    for group in _table(project, "optional-dependencies"):
        key = "project.optional-dependencies"
        for place, text in _texts(_table(project, "optional-dependencies"), group, places, path, key):
            yield _requirement(text, place, f"optional-dependencies.{group}", _group_role(group))
    for group in _table(tables, "dependency-groups"):
        for place, text in _texts(_table(tables, "dependency-groups"), group, places, path, "dependency-groups"):
            yield _requirement(text, place, f"dependency-groups.{group}", "build")
    for place, text in _texts(_table(tables, "build-system"), "requires", places, path, "build-system"):
        yield _requirement(text, place, "build-system.requires", "build")
    poetry = _table(_table(tables, "tool"), "poetry")
    yield from _poetry(_table(poetry, "dependencies"), "tool.poetry.dependencies", "ships", places, path)
    yield from _poetry(_table(poetry, "dev-dependencies"), "tool.poetry.dev-dependencies", "build", places, path)
    for group, table in _table(poetry, "group").items():
        key = f"tool.poetry.group.{quoted(group)}.dependencies"
        yield from _poetry(_table(table, "dependencies"), key, _group_role(group), places, path)


def _poetry(
    table: Mapping[str, Any], key: str, role: Role, places: Mapping[str, Place], path: str
) -> Iterator[Dependency]:
    for name, value in table.items():
        if name == "python":
            continue
        version = value if isinstance(value, str) else str(value.get("version", "")) if isinstance(value, dict) else ""
        yield Dependency(
            kind="python",
            name=normal(name),
            version=version,
            place=_at(places, path, f"{key}.{quoted(name)}"),
            configuration=key.removeprefix("tool."),
            role=role,
            reach="release" if role == "ships" else "none",
        )


def _group_role(group: str) -> Role:
    return "build" if _DEVELOPMENT.search(group) else "ships"


def _briefcase_tables(briefcase: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables that speak for Android: the project's, each app's, and the app's own for Android."""
    yield "tool.briefcase", briefcase
    for name, app in _table(briefcase, "app").items():
        if isinstance(app, dict):
            yield f"tool.briefcase.app.{quoted(name)}", app
            yield f"tool.briefcase.app.{quoted(name)}.android", _table(app, "android")


def _texts(
    table: Mapping[str, Any], name: str, places: Mapping[str, Place], path: str, key: str
) -> Iterator[tuple[Place, str]]:
    value = table.get(name)
    for index, text in enumerate(value if isinstance(value, list) else ()):
        if isinstance(text, str):
            yield _at(places, path, f"{key}.{quoted(name)}.{index}"), text


def _table(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = tables.get(name) if isinstance(tables, dict) else None
    return found if isinstance(found, dict) else {}


def _at(places: Mapping[str, Place], path: str, key: str) -> Place:
    while key not in places and "." in key:
        key = key.rpartition(".")[0]
    start = Position(1, 1)
    return places.get(key) or Place(path, start, start)


def _place(path: str, item: _Item) -> Place:
    return Place(path, Position(item.line, item.column), Position(item.line, item.column + len(item.text)))
