"""The scripts, catalogs and properties of a tree in; its modules and what each depends on out.

A tree may hold several builds, one for each settings file; a build file that no settings file includes stands alone.
What the text cannot tell is counted and named, and then nothing is said to be outside the app.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from privlint.declare.gradle.catalog import Catalog
from privlint.declare.gradle.convention import Conventions
from privlint.declare.gradle.module import dependencies_of, module_of
from privlint.declare.gradle.values import Values
from privlint.model.declared import Dependency, Module, Unresolved
from privlint.model.finding import Text

if TYPE_CHECKING:
    from privlint.declare.gradle.written import Include, Script

_LOADERS = (
    ("native_modules", "React Native"),
    ("autolinkLibraries", "React Native"),
    ("com.facebook.react.settings", "React Native"),
    ("useExpoModules", "Expo"),
    ("flutter-plugin-loader", "Flutter"),
    ("flutter_tools", "Flutter"),
    ("capacitor.settings.gradle", "Capacitor"),
    ("cordova", "Cordova"),
)
_PRODUCTS = frozenset(
    {"maven-publish", "maven", "com.vanniktech.maven.publish", "com.github.dcendents.android-maven", "application"}
    | {"war", "org.springframework.boot", "io.ktor.plugin", "com.gradle.plugin-publish", "java-gradle-plugin"}
)
_BUILD_FOLDERS = ("buildSrc", "build-logic", "buildLogic", "build-plugins")


class Gradle(Struct, frozen=True):
    """All that the Gradle files of a tree say."""

    modules: tuple[Module, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    notes: tuple[Text, ...] = ()


class _Build(Struct):
    """One settings file with its modules, or one build file that stands alone."""

    folder: str
    prefix: str  # before the paths of its modules
    folders: dict[str, str]  # path within the build -> folder
    settings: Script | None = None
    certain: bool = True
    loader: str = ""  # what adds modules when the build runs


def assemble(scripts: Iterable[Script], catalogs: Iterable[Catalog], properties: Mapping[str, str]) -> Gradle:
    """Put the files of a tree together. `properties` are those of gradle.properties."""
    by_path = {script.path: script for script in scripts}
    catalogs = tuple(catalogs)
    conventions = Conventions(by_path)
    unresolved: list[Unresolved] = []
    modules: list[Module] = []
    dependencies: list[Dependency] = []
    notes: list[Text] = []
    for build in _builds(by_path, unresolved):
        values = _values(build, by_path, catalogs, properties)
        found = _modules(build, by_path, values, conventions)
        own: list[Dependency] = []
        for module, used in found:
            some, lost = dependencies_of(module, used, values, build.prefix, conventions.functions)
            own.extend(some)
            unresolved.extend(lost)
        settled, note = _settle(build, [module for module, _ in found], own)
        modules.extend(settled)
        dependencies.extend(_reached(own, settled))
        notes.extend(note)
    return Gradle(tuple(modules), tuple(dependencies), tuple(unresolved), tuple(notes))


# --- which modules there are ------------------------------------------------------------------------------------


def _builds(scripts: Mapping[str, Script], unresolved: list[Unresolved]) -> list[_Build]:
    settings = sorted(
        (path for path in scripts if path.rpartition("/")[2] in ("settings.gradle", "settings.gradle.kts")),
        key=lambda path: (path.count("/"), path),
    )
    settings = [path for path in settings if not _builds_builds(path)]
    builds: list[_Build] = []
    claimed: set[str] = set()
    for path in settings:
        folder = dirname(path)
        if any(build.folder == folder for build in builds):
            continue
        build = _Build(folder, folder if builds else "", {":": folder}, scripts[path])
        _include(build, scripts[path], unresolved)
        builds.append(build)
        claimed.update(build.folders.values())
    builds += _alone(scripts, builds, claimed)
    return builds


def _builds_builds(path: str) -> bool:
    return any(part in _BUILD_FOLDERS for part in path.split("/")[:-1])


def _include(build: _Build, script: Script, unresolved: list[Unresolved]) -> None:
    values = Values((), {}, ())
    for one in script.includes:
        for path in _included_paths(one, values):
            if "$" in path or not path:
                continue
            path = path if path.startswith(":") else f":{path}"  # noqa: PLW2901
            if one.folder is not None:
                build.folders[path] = _folder(build.folder, one, path)
                continue
            parts = path.strip(":").split(":")
            for end in range(1, len(parts) + 1):
                inner = normpath(join(build.folder or ".", ("../" if one.flat else "") + "/".join(parts[:end])))
                build.folders.setdefault(":" + ":".join(parts[:end]), "" if inner == "." else inner)
        if not any("$" not in path for path in _included_paths(one, values)):
            place = script.text.place(*one.expression.range)
            reason = Text("which module is included cannot be told from the text", "无法仅凭文本判断包含哪个模块")
            unresolved.append(Unresolved(what="module", text=one.expression.written(), place=place, reason=reason))
            build.certain = False
    source = script.text.text
    build.loader = next((name for word, name in _LOADERS if word in source), "")


def _included_paths(one: Include, values: Values) -> tuple[str, ...]:
    found = values.text(one.expression)
    if found is not None:
        return (found,)
    script = one.expression.script
    first, after = one.expression.loop or one.expression.range
    strings = [token.text for token in script.text.tokens[first:after] if token.kind == "string"]
    return tuple(text for text in strings if text)


def _folder(base: str, one: Include, path: str) -> str:
    """Where `project(":x").projectDir` points: the last string that is given, from the folder of the settings."""
    if one.folder is None:
        return base
    script = one.folder.script
    strings = [token for token in script.text.tokens[slice(*one.folder.range)] if token.kind == "string"]
    if not strings:
        return normpath(join(base, path.strip(":").replace(":", "/")))
    text = strings[-1].text
    for word in ("$rootDir/", "${rootDir}/", "$settingsDir/", "${settingsDir}/", "${rootProject.projectDir}/"):
        text = text.removeprefix(word)
    found = normpath(join(base or ".", text.lstrip("/")))
    return "" if found == "." else found


def _alone(scripts: Mapping[str, Script], builds: list[_Build], claimed: set[str]) -> list[_Build]:
    """Build files that no settings file includes."""
    found = []
    for path in sorted(scripts):
        folder, name = dirname(path), path.rpartition("/")[2]
        if name not in ("build.gradle", "build.gradle.kts") or folder in claimed or _builds_builds(path):
            continue
        claimed.add(folder)
        around = next((one for one in builds if not one.folder or folder.startswith(one.folder + "/")), None)
        if around is not None:
            around.folders.setdefault("!" + folder, folder)  # in the tree of a build, and no part of it
        else:
            found.append(_Build(folder, folder, {":": folder}))
    return found


def _values(
    build: _Build, scripts: Mapping[str, Script], catalogs: tuple[Catalog, ...], properties: Mapping[str, str]
) -> Values:
    here = [one for one in catalogs if not build.folder or one.path.startswith(build.folder + "/")] or list(catalogs)
    values = Values(here, properties, build.folders)
    root = [scripts[path] for path in _build_files(build.folder) if path in scripts]
    shared = [script for path, script in sorted(scripts.items()) if _builds_builds(path)]
    others = [script for path, script in sorted(scripts.items()) if not path.endswith((".kt", ".java", ".groovy"))]
    values.shared = tuple(dict.fromkeys([*root, *shared, *others]))
    return values


def _build_files(folder: str) -> tuple[str, str]:
    return join(folder, "build.gradle"), join(folder, "build.gradle.kts")


def _modules(
    build: _Build, scripts: Mapping[str, Script], values: Values, conventions: Conventions
) -> list[tuple[Module, tuple[Script, ...]]]:
    found: list[tuple[Module, tuple[Script, ...]]] = []
    for path, folder in build.folders.items():
        files = [file for file in _build_files(folder) if file in scripts]
        if path.startswith("!"):
            path = ":" + folder.removeprefix(build.folder).strip("/").replace("/", ":")  # noqa: PLW2901
            if path in build.folders:
                continue
        if not files and path != ":":
            files = sorted(one for one in scripts if dirname(one) == folder and ".gradle" in one)[:1]
        if not files:
            if path != ":" and not any(other.startswith(path + ":") for other in build.folders):
                found.append((Module(path=build.prefix + path, folder=folder, kind="other"), ()))
            continue
        used = conventions.used_by(scripts[files[0]], folder, build.folder, values)
        values.scopes.update({script.path: used for script in used})
        module = module_of(build.prefix + path, folder, used, values)
        included = path in build.folders
        found.append((module if included else replace(module, outside=True), used))
    return found


# --- which modules an app contains ------------------------------------------------------------------------------


def _settle(
    build: _Build, modules: list[Module], dependencies: list[Dependency]
) -> tuple[list[Module], tuple[Text, ...]]:
    """Say for each module which apps contain it; and, where the text leaves no doubt, that none does."""
    own = {module.path: module for module in modules}
    edges = {path: _edges(path, own, dependencies) for path in own}
    dead = {path for path, module in own.items() if module.outside}
    apps = {path: module for path, module in own.items() if module.kind == "application" and path not in dead}
    contained: dict[str, tuple[str, ...]] = dict.fromkeys(own, ())
    for path in apps:
        features = [one for one, module in own.items() if module.kind == "feature" and path in edges[one]]
        for reached in _closure([path, *features], edges):
            contained[reached] = (*contained[reached], path)
    products = [path for path, module in own.items() if _PRODUCTS.intersection(module.plugins) and path not in dead]
    kept = _closure(products, edges) | {path for path, found in contained.items() if found}
    doubt = _doubt(build, own, dependencies)
    settled = []
    for path, module in own.items():
        outside = bool(apps and module.build_file) and not doubt and path not in kept and module.folder != build.folder
        depends = tuple(sorted(edges[path]))
        settled.append(replace(module, apps=contained[path], outside=outside, depends_on=depends))
    return settled, ((_doubtful(build, doubt),) if doubt and apps and len(own) > 1 else ())


def _edges(path: str, modules: Mapping[str, Module], dependencies: list[Dependency]) -> set[str]:
    return {
        one.name
        for one in dependencies
        if one.module == path and one.kind == "project" and one.role not in ("test", "build") and one.name in modules
    }


def _closure(start: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for inner in edges.get(waiting.pop(), ()):
            if inner not in found:
                found.add(inner)
                waiting.append(inner)
    return found


def _doubt(build: _Build, modules: Mapping[str, Module], dependencies: list[Dependency]) -> str:
    """What keeps the text from saying which modules an app contains."""
    if not build.certain:
        return "include"
    if build.loader:
        return build.loader
    for one in dependencies:
        if one.kind != "unknown" or one.role not in ("ships", "debug"):
            continue
        if "project" in one.name or re.fullmatch(r"[\w.]+", one.name):  # may well be a module
            return one.name
    return next((module.path for module in modules.values() if module.kind == "other" and module.namespace), "")


def _doubtful(build: _Build, doubt: str) -> Text:
    where_en = f" in {build.folder}" if build.folder else ""
    where_zh = f"（{build.folder}）" if build.folder else ""
    return Text(
        f"The text of the Gradle files{where_en} does not tell which modules the app contains ({doubt}), "
        "so no module was left out.",
        f"仅凭 Gradle 文件的文本{where_zh}无法确定应用包含哪些模块（{doubt}），因此没有排除任何模块。",
    )


def _reached(dependencies: list[Dependency], modules: list[Module]) -> list[Dependency]:
    """Say for each dependency which apps get it."""
    by_path = {module.path: module for module in modules}
    any_app = any(module.kind == "application" for module in modules)
    found = []
    for one in dependencies:
        module = by_path.get(one.module)
        if module is None or one.left or one.role in ("test", "build", "compile"):
            found.append(one)
        elif not any_app or module.apps or not (module.outside or _apart(module)):
            found.append(replace(one, apps=module.apps))
        else:
            found.append(replace(one, reach="none", left="module"))
    return found


def _apart(module: Module) -> bool:
    return bool(module.folder) and module.kind in ("test",)
