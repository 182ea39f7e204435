"""The bytes of all build and packaging files of a tree in, what they declare together out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from privlint.declare import android_manifest, gradle, kivy, layouts, python_packaging, remarks, web_packaging
from privlint.declare.android_manifest import AndroidManifest
from privlint.declare.merging import merge
from privlint.declare.python_packaging import Packaged
from privlint.declare.web_packaging import WebPackaged
from privlint.model.declared import AppDeclarations, Component, PermissionRequest
from privlint.model.finding import Covered, Text
from privlint.model.place import Place, Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privlint.model.project import Remark
    from privlint.model.screens import Screen

Found = TypeVar("Found")
Done = TypeVar("Done")

_WEB_APP = (b"react-native", b"expo", b"cordova", b"capacitor", b"nativescript", b"ionic")
_ONLY_A_BUILD_KNOWS = Text(
    "Libraries bring permissions and components of their own, which only a build can know. "
    "Give the merged AndroidManifest.xml of a release with --merged-manifest to have them judged too.",
    "依赖库自身也会带来权限和组件，只有构建之后才能知道。"
    "请用 --merged-manifest 提供发布版本的合并 AndroidManifest.xml，以便一并检查。",
)


class File(Struct, frozen=True):
    """One file to read: what it is, as `discover.declares` says, and its bytes."""

    path: str
    kind: str
    data: bytes
    test: bool = False  # it is never shipped with the app


class Declared(Struct, frozen=True):
    """What a tree declares, and what became of each file that was read for it."""

    app: AppDeclarations
    coverage: tuple[Covered, ...] = ()
    told: frozenset[str] = frozenset()  # what the string resources speak of, as `tell` says
    texts: dict[str, str] = {}  # what string resources say that hold a word looked for, a line for each language
    screens: tuple[Screen, ...] = ()  # those that show something ticked, or one of the words looked for


class Sought(Struct, frozen=True):
    """What is looked for in what users see."""

    words: tuple[bytes, ...] = ()  # in small letters: a screen with one is worth a look though nothing on it is ticked
    tell: Callable[[bytes], frozenset[str]] = lambda _data: frozenset()  # of which topics a text speaks


NOTHING = Sought()


class Careful(Protocol):
    """Does some work for a file; where it cannot be done, `failed` is told why, and answers instead."""

    def __call__(self, path: str, work: Callable[[], Done], failed: Callable[[Covered], Done], /) -> Done:
        """Do it."""


def trusting(_path: str, work: Callable[[], Done], _failed: Callable[[Covered], Done], /) -> Done:
    """Do it without any care."""
    return work()


def read(
    files: Iterable[File],
    others: Iterable[Covered] = (),
    merged: File | None = None,
    careful: Careful = trusting,
    sought: Sought = NOTHING,
) -> Declared:
    """Read all files. `others` were not opened, or could not be; `merged` is the manifest that a build wrote."""
    reader = _Reader(sought)
    for file in sorted(files, key=lambda one: one.path):
        if merged is None or file.path != merged.path:
            careful(file.path, lambda file=file: reader.take(file), reader.coverage.append)  # type: ignore[misc]
    whole = None
    if merged is not None:
        whole = reader.keep(android_manifest.read(merged.data, merged.path), merged)
    reader.coverage.extend(others)
    app = careful("", lambda: reader.together(whole), reader.give_up)
    found = layouts.Screens(reader.layouts, reader.strings, sought.words)
    for layout in reader.layouts:
        careful(layout.path, lambda layout=layout: reader.show(found, layout), reader.seen.append)  # type: ignore[misc]
    coverage = (*reader.coverage, *reader.seen)
    return Declared(
        app=app,
        coverage=tuple(sorted(coverage, key=lambda one: one.path)),
        told=frozenset(reader.told),
        texts={name: "\n".join(dict.fromkeys(text for _, text in said)) for name, said in found.strings.items()},
        screens=tuple(reader.screens),
    )


class _Reader:
    """What the files of one tree gave so far."""

    def __init__(self, sought: Sought) -> None:
        self.sought = sought
        self.remarks: list[Remark] = []
        self.told: set[str] = set()
        self.coverage: list[Covered] = []
        self.seen: list[Covered] = []  # of what is shown to users: it does not say that an app is built here
        self.layouts: list[layouts.Layout] = []
        self.strings: list[layouts.Strings] = []
        self.screens: list[Screen] = []
        self.manifests: list[AndroidManifest] = []
        self.plugins: list[AndroidManifest] = []  # of Cordova: they go into the app, whatever Gradle says
        self.scripts: list[gradle.Script] = []
        self.catalogs: list[gradle.Catalog] = []
        self.properties: dict[str, str] = {}
        self.packaged: list[Packaged] = []
        self.web: list[WebPackaged] = []

    def take(self, file: File) -> None:
        """Read one file by its kind."""
        self.remarks.extend(remarks.read(file.data, file.path, file.kind))
        match file.kind:
            case "android-manifest":
                if (manifest := self.keep(android_manifest.read(file.data, file.path), file)) is not None:
                    self.manifests.append(manifest)
            case "gradle":
                if (script := self.keep(gradle.scan(file.data, file.path), file)) is not None:
                    self.scripts.append(script)
            case "gradle-source":
                script_or_not = gradle.scan(file.data, file.path)
                if not isinstance(script_or_not, Covered):  # it is code of the build, and in the coverage as that
                    self.scripts.append(script_or_not)
            case "catalog":
                if (catalog := self.keep(gradle.read_catalog(file.data, file.path), file)) is not None:
                    self.catalogs.append(catalog)
            case "gradle-properties":
                self.properties = {**gradle.read_properties(file.data), **self.properties}
                self.coverage.append(Covered(file.path, "scanned"))
            case "layout" | "strings" | "kivy":
                self.take_shown(file)
            case _:
                self.take_packaging(file)

    def take_shown(self, file: File) -> None:
        """Read one file of what users see; layouts wait for the strings that they refer to."""
        if file.test:
            self.seen.append(Covered(file.path, "scanned"))
        elif file.kind == "layout":
            self.layouts.append(layouts.Layout(file.path, file.data))
        elif file.kind == "strings":
            self.told |= self.sought.tell(file.data)
            texts = layouts.strings(file.data, file.path, self.sought.words)
            self.seen.append(texts if isinstance(texts, Covered) else Covered(file.path, "scanned"))
            self.strings.extend(() if isinstance(texts, Covered) else (texts,))
        else:
            found = kivy.read(file.data, file.path)
            self.seen.append(found if isinstance(found, Covered) else Covered(file.path, "scanned"))
            self.screens.extend(() if isinstance(found, Covered) else found)

    def show(self, known: layouts.Screens, layout: layouts.Layout) -> None:
        """Read one layout, if it is worth it."""
        found = known.read(layout) if known.worth(layout) else None
        self.seen.append(found if isinstance(found, Covered) else Covered(layout.path, "scanned"))
        if found is not None and not isinstance(found, Covered):
            self.screens.append(found)

    def take_packaging(self, file: File) -> None:
        """Read one packaging file of Python or of a web view's app."""
        match file.kind:
            case "buildozer":
                found = self.keep(python_packaging.buildozer(file.data, file.path), file)
                self.packaged.extend([found] if found is not None else [])
            case "pyproject":
                found = self.keep(python_packaging.pyproject(file.data, file.path), file)
                self.packaged.extend([found] if found is not None else [])
            case "requirements":
                found = self.keep(python_packaging.requirements(file.data, file.path), file)
                self.packaged.extend([found] if found is not None else [])
            case "cordova":
                self.take_web(web_packaging.cordova(file.data, file.path), file)
            case "package-json" if any(word in file.data for word in _WEB_APP):
                self.take_web(web_packaging.package_json(file.data, file.path), file)
            case "expo" if b'"expo"' in file.data:
                self.take_web(web_packaging.expo(file.data, file.path), file)

    def take_web(self, found: WebPackaged | Covered | None, file: File) -> None:
        if found is None or (web := self.keep(found, file)) is None:
            return
        self.web.append(web)
        if web.manifest is not None:
            self.plugins.append(replace(web.manifest, permissions=()))

    def keep(self, found: Found | Covered, file: File) -> Found | None:
        if isinstance(found, Covered):
            self.coverage.append(found)
            return None
        self.coverage.append(Covered(file.path, "scanned"))
        return found

    def give_up(self, why: Covered) -> AppDeclarations:
        """Say of each file that it could not be put together with the others."""
        self.coverage = [replace(why, path=one.path) if one.outcome == "scanned" else one for one in self.coverage]
        return AppDeclarations(failed=tuple(one for one in self.coverage if one.outcome == "failed"))

    def together(self, whole: AndroidManifest | None) -> AppDeclarations:
        """Put all of it together."""
        built = gradle.assemble(self.scripts, self.catalogs, self.properties)
        used = {path for module in built.modules if not module.outside for path in module.source_sets.values()}
        self.coverage = [_unused(one, used) for one in self.coverage]
        merged = merge(self.manifests, built.modules)
        added = merge(self.plugins, ())
        permissions = (
            *merged.permissions,
            *(one for found in self.packaged for one in found.permissions),
            *(one for found in self.web for one in found.permissions),
        )
        components = (*merged.components, *(one for one in added.components if one.kind != "application"))
        if whole is not None:
            permissions = _as_merged(permissions, whole)
            components = _components_as_merged(components, whole)
        dependencies = (
            *built.dependencies,
            *(one for found in self.packaged for one in found.dependencies),
            *(one for found in self.web for one in found.dependencies),
        )
        unknown = whole is None and any(one.kind == "maven" and one.reach == "release" for one in dependencies)
        return AppDeclarations(
            modules=built.modules,
            permissions=tuple(sorted(permissions, key=lambda one: (one.place, one.name))),
            components=components,
            queries=merged.queries,
            removals=(*merged.removals, *(one for found in self.web for one in found.removals)),
            defined=merged.defined,
            dependencies=dependencies,
            unresolved=(
                *built.unresolved,
                *merged.unresolved,
                *(one for found in self.packaged for one in found.unresolved),
            ),
            read=tuple(sorted(one.path for one in self.coverage if one.outcome == "scanned")),
            failed=tuple(one for one in self.coverage if one.outcome == "failed"),
            notes=(*built.notes, *((_ONLY_A_BUILD_KNOWS,) if unknown and self.manifests else ())),
            remarks=tuple(self.remarks),
            complete=whole is not None,
        )


def _unused(covered: Covered, used: set[str]) -> Covered:
    """A manifest of another name counts only where a build file names it: whether it can be read is then no matter."""
    name = covered.path.rpartition("/")[2]
    if covered.outcome != "failed" or not name.startswith("AndroidManifest") or not name.endswith(".xml"):
        return covered
    if name == "AndroidManifest.xml" or covered.path in used:
        return covered
    return Covered(covered.path, "skipped", "build", Text("no build of an app takes it", "没有任何应用的构建使用它"))


# --- a merged manifest ---------------------------------------------------------------------------------------------


def _as_merged(permissions: tuple[PermissionRequest, ...], whole: AndroidManifest) -> tuple[PermissionRequest, ...]:
    """What the build says counts; what the sources say keeps its place there, where people can change it."""
    wanted = {(one.name, one.from_sdk): one.max_sdk for one in whole.permissions}
    found = []
    seen = set()
    start = Position(1, 1)
    for one in permissions:
        key = (one.name, one.from_sdk)
        if key in wanted:
            seen.add(key)
            found.append(replace(one, max_sdk=wanted[key], reach="release", left="", removed_by=None))
        else:
            by = one.removed_by or Place(whole.path, start, start)
            found.append(replace(one, reach="none", left=one.left or "replaced", removed_by=by))
    found.extend(
        PermissionRequest(
            name=one.name, place=one.place, origin="merged-manifest", max_sdk=one.max_sdk, from_sdk=one.from_sdk
        )
        for one in whole.permissions
        if one.name and (one.name, one.from_sdk) not in seen
    )
    return tuple(found)


def _components_as_merged(components: tuple[Component, ...], whole: AndroidManifest) -> tuple[Component, ...]:
    built = {(one.kind, one.name): one for one in merge((whole,), ()).components}
    known = {(one.kind, one.name) for one in components}
    kept = tuple(
        replace(one, reach="release", left="", removed_by=None)
        if (one.kind, one.name) in built
        else replace(one, reach="none", left=one.left or "replaced")
        for one in components
    )
    return (*kept, *(one for key, one in built.items() if key not in known))
