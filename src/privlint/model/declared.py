"""What the project's own files say, beside its code and privlint's manifest: permissions, components, dependencies.

Every record stands for one thing that somebody wrote, at its exact place. `reach` says which builds it gets into after
everything has been merged; what no build contains is kept, with the reason, and never silently dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from privlint.model.finding import Covered, Text
from privlint.model.place import Place
from privlint.model.project import Remark

Reach = Literal["release", "debug", "none"]
# release: in an app as it is published · debug: only in builds for development · none: in no build of an app
Left = Literal["", "removed", "test", "module", "replaced", "platform"]
# why it is in no build: a tools:node takes it out · test code · a module that no app depends on · another one won ·
# for another platform than Android
Origin = Literal["android-manifest", "merged-manifest", "cordova", "buildozer", "briefcase", "expo"]


class PermissionRequest(Struct, frozen=True, kw_only=True):
    """One `<uses-permission>`, or the like of another packager."""

    name: str  # full: android.permission.READ_CONTACTS; placeholders filled in where the build file says with what
    place: Place  # of the name
    origin: Origin = "android-manifest"
    max_sdk: int = 0  # asked for up to this API level, after merging; 0: without an end
    from_sdk: int = 0  # 23 for `uses-permission-sdk-23`; 0: from the first
    module: str = ""  # path of the Gradle module: ":app"; "" where there is none
    source_set: str = "main"  # main, debug, a flavour, a variant
    reach: Reach = "release"
    left: Left = ""  # why `reach` is "none"
    removed_by: Place | None = None  # the element that takes it out
    apps: tuple[str, ...] = ()  # the application modules that get it; empty where there are no modules
    variants: tuple[str, ...] = ()  # the variants of the app that get it; empty: all

    @property
    def short(self) -> str:
        """READ_CONTACTS for android.permission.READ_CONTACTS; the full name for a permission of anybody else."""
        return self.name.removeprefix("android.permission.")

    def holds(self, sdk: int) -> bool:
        """Tell whether it is asked for on a device of this API level."""
        return self.from_sdk <= sdk and (not self.max_sdk or sdk <= self.max_sdk)


ComponentKind = Literal["application", "activity", "activity-alias", "service", "receiver", "provider"]


class Component(Struct, frozen=True, kw_only=True):
    """One component of an AndroidManifest.xml, or the `<application>` itself."""

    kind: ComponentKind
    name: str  # full name of the class; "" for an application without one
    place: Place  # of the name, or of the element's
    factory: str = ""  # appComponentFactory, for the application
    target: str = ""  # full name of the activity that an alias stands for
    permission: str = ""  # who uses it must hold this
    exported: bool | None = None  # None: not said
    enabled: bool = True
    launcher: bool = False  # the user starts the app with it
    foreground_types: tuple[str, ...] = ()  # location, camera, microphone …
    actions: tuple[str, ...] = ()  # of its intent filters
    categories: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()  # of a provider
    meta_data: tuple[tuple[str, str], ...] = ()  # name and value (or resource)
    module: str = ""
    source_set: str = "main"
    reach: Reach = "release"
    left: Left = ""
    removed_by: Place | None = None
    apps: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()

    @property
    def starts_at_boot(self) -> bool:
        """Tell whether the system starts it when the device has started."""
        return any(action in _BOOT for action in self.actions)

    @property
    def accessibility(self) -> bool:
        """Tell whether it is an accessibility service: it sees what other apps show."""
        return self.permission == "android.permission.BIND_ACCESSIBILITY_SERVICE"


_BOOT = (
    "android.intent.action.BOOT_COMPLETED",
    "android.intent.action.LOCKED_BOOT_COMPLETED",
    "android.intent.action.QUICKBOOT_POWERON",
)


class Removal(Struct, frozen=True, kw_only=True):
    """An element that takes something out of what is merged below it: of libraries, too, that only a build knows."""

    kind: str  # uses-permission, activity, service, provider, meta-data …
    name: str  # full; "" takes out all of its kind
    place: Place
    selector: str = ""  # only from the library of this package
    module: str = ""
    source_set: str = "main"


class Defined(Struct, frozen=True, kw_only=True):
    """A permission, permission group or permission tree that the project itself defines."""

    kind: str
    name: str
    place: Place
    module: str = ""


class Query(Struct, frozen=True, kw_only=True):
    """One thing below `<queries>`: which other apps this one may see."""

    kind: Literal["package", "intent", "provider"]
    name: str  # a package, the action of an intent ("*" for all), an authority
    place: Place
    module: str = ""
    source_set: str = "main"
    reach: Reach = "release"


DependencyKind = Literal["maven", "project", "file", "npm", "cordova", "python", "unknown"]
Role = Literal["ships", "compile", "debug", "test", "build"]
# ships: in the app · compile: present at compile time only · debug, test · build: processors, plugins, classpath


class Dependency(Struct, frozen=True, kw_only=True):
    """One dependency, as a build or packaging file names it."""

    kind: DependencyKind
    name: str  # maven group:artifact · project ":core" · a file's path · npm or Python name · unknown: as written
    place: Place
    version: str = ""  # as written; "" where a platform or nobody says it
    configuration: str = ""  # implementation, kapt, debugImplementation …
    role: Role = "ships"
    module: str = ""  # the Gradle module that depends on it
    source: Place | None = None  # where the name is written when that is elsewhere: a version catalog, a constant
    platform: bool = False  # a BOM: it fixes versions and brings no code
    reach: Reach = "release"
    left: Left = ""
    apps: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The part before the colon of maven coordinates."""
        return self.name.partition(":")[0] if self.kind == "maven" else ""

    @property
    def artifact(self) -> str:
        """The part after the colon of maven coordinates."""
        return self.name.partition(":")[2] if self.kind == "maven" else ""


ModuleKind = Literal["application", "library", "feature", "test", "jvm", "other"]
# feature: a dynamic feature, delivered with the app that names it · jvm: Java or Kotlin without Android


class Flavour(Struct, frozen=True, kw_only=True):
    """A product flavour or a build type, with what it says otherwise than the module."""

    name: str
    dimension: str = ""  # of a flavour
    build_type: bool = False
    debuggable: bool = False
    application_id: str = ""
    suffix: str = ""  # put behind the application id
    min_sdk: int = 0
    target_sdk: int = 0
    placeholders: dict[str, str] = {}


class Module(Struct, frozen=True, kw_only=True):
    """One module of a Gradle build."""

    path: str  # ":app"; ":" is the root module
    folder: str  # relative to the root of the run; "" for the root itself
    kind: ModuleKind
    build_file: str = ""  # "" where an included module has none
    namespace: str = ""
    application_id: str = ""
    min_sdk: int = 0  # 0: not said, or not to be told from the text
    target_sdk: int = 0
    placeholders: dict[str, str] = {}
    flavours: tuple[Flavour, ...] = ()  # product flavours and build types
    source_sets: dict[str, str] = {}  # name -> path of its AndroidManifest.xml, where the build file moves it
    depends_on: tuple[str, ...] = ()  # module paths, for code that ships
    plugins: tuple[str, ...] = ()  # ids, as far as the text names them
    apps: tuple[str, ...] = ()  # paths of the application modules that contain it, itself among them
    outside: bool = False  # no app contains it, and the text leaves no doubt about that


class Unresolved(Struct, frozen=True, kw_only=True):
    """Something that the text alone cannot tell; counted and named."""

    what: Literal["dependency", "module", "placeholder", "plugin", "value"]
    text: str  # as written
    place: Place
    module: str = ""
    reason: Text = Text("", "")


class AppDeclarations(Struct, frozen=True, kw_only=True):
    """All that the project's build and packaging files say."""

    modules: tuple[Module, ...] = ()
    permissions: tuple[PermissionRequest, ...] = ()
    components: tuple[Component, ...] = ()
    queries: tuple[Query, ...] = ()
    removals: tuple[Removal, ...] = ()
    defined: tuple[Defined, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    read: tuple[str, ...] = ()  # paths of the files that this comes from, sorted
    failed: tuple[Covered, ...] = ()  # files that should have been read and could not be
    notes: tuple[Text, ...] = ()  # what only a build can know, and the like
    remarks: tuple[Remark, ...] = ()  # comments that speak to privlint
    complete: bool = False  # permissions come from a merged manifest: libraries' own are among them

    def asked(self) -> Iterator[PermissionRequest]:
        """Yield the permissions that a build of the app asks for."""
        return (one for one in self.permissions if one.reach != "none")

    def shipped(self) -> Iterator[Dependency]:
        """Yield the third-party dependencies whose code is in a build of the app."""
        for one in self.dependencies:
            if one.reach != "none" and one.role in {"ships", "debug"} and one.kind != "project":
                yield one

    @property
    def applications(self) -> tuple[Module, ...]:
        """The application modules."""
        return tuple(module for module in self.modules if module.kind == "application")

    def outside_app(self, path: str) -> bool:
        """Tell whether a file belongs to a module that no app contains."""
        inside = [one for one in self.modules if not one.folder or path.startswith(one.folder + "/")]
        return bool(inside) and max(inside, key=lambda one: len(one.folder)).outside

    def module(self, path: str) -> Module | None:
        """Find a module by its path."""
        return next((module for module in self.modules if module.path == path), None)
