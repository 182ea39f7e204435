"""The scripts that speak for one module in; the module's settings, and its dependencies at their places, out."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from privlint.declare.gradle.convention import plugin_id
from privlint.declare.gradle.values import Named
from privlint.model.declared import Dependency, Flavour, Left, Module, ModuleKind, Role, Unresolved
from privlint.model.finding import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from privlint.declare.gradle.values import Values
    from privlint.declare.gradle.written import Script, WrittenDependency, WrittenSetting

_KINDS: dict[str, ModuleKind] = {
    "com.android.application": "application",
    "com.android.instantapp": "application",
    "android": "application",
    "com.android.library": "library",
    "com.android.kotlin.multiplatform.library": "library",
    "android-library": "library",
    "com.android.dynamic-feature": "feature",
    "com.android.feature": "feature",
    "com.android.test": "test",
}
_JVM = frozenset(
    {"java", "java-library", "kotlin", "org.jetbrains.kotlin.jvm", "application", "groovy", "war", "java-gradle-plugin"}
)
_ORDER: tuple[ModuleKind, ...] = ("application", "feature", "test", "library", "jvm")
_PROCESSORS = (
    *("kapt", "ksp", "annotationprocessor", "classpath", "lintchecks", "lintpublish"),
    *("detekt", "ktlint", "baselineprofile"),
)
_OTHER_PLATFORMS = (
    *("ios", "native", "jvm", "desktop", "js", "wasm", "macos", "linux", "mingw", "tvos", "watchos", "apple", "web"),
)
_UNKNOWN = Text("its coordinates cannot be told from the text", "无法仅凭文本判断其坐标")


def module_of(path: str, folder: str, scripts: tuple[Script, ...], values: Values) -> Module:
    """Read what the scripts say of a module; the first is its own build file."""
    plugins = tuple(dict.fromkeys(plugin_id(one, values) for script in scripts for one in script.plugins))
    settings = [one for script in scripts for one in script.settings]
    flavours = tuple(_flavours(scripts, settings, values))
    application_id = _setting(settings, "application_id", "", values)
    return Module(
        path=path,
        folder=folder,
        kind=_kind(plugins, application_id),
        build_file=scripts[0].path,
        namespace=_setting(settings, "namespace", "", values),
        application_id=application_id,
        min_sdk=_number(_setting(settings, "min_sdk", "", values)),
        target_sdk=_number(_setting(settings, "target_sdk", "", values)),
        placeholders=_placeholders(scripts, "", values),
        flavours=flavours,
        source_sets=_source_sets(scripts, folder, values),
        plugins=plugins,
    )


def dependencies_of(
    module: Module, scripts: tuple[Script, ...], values: Values, prefix: str, functions: Collection[str]
) -> tuple[list[Dependency], list[Unresolved]]:
    """List what a module depends on; what the text cannot tell is in both lists.

    `functions` are the build's own: a call of one is followed, and is no configuration.
    """
    debug = {one.name for one in module.flavours if one.build_type and one.debuggable}
    found: list[Dependency] = []
    lost: list[Unresolved] = []
    for script in scripts:
        for written in script.dependencies:
            for named in _named(written, values) if written.configuration not in functions else ():
                one = _dependency(module, written, named, debug, prefix)
                found.append(one)
                if one.kind == "unknown":
                    lost.append(
                        Unresolved(
                            what="dependency", text=one.name, place=one.place, module=module.path, reason=_UNKNOWN
                        )
                    )
    return found, lost


# --- a module ---------------------------------------------------------------------------------------------------------


def _kind(plugins: tuple[str, ...], application_id: str) -> ModuleKind:
    kinds = {_KINDS[plugin] for plugin in plugins if plugin in _KINDS}
    kinds |= {"jvm" for plugin in plugins if plugin in _JVM}
    if not kinds - {"jvm"}:
        for plugin in plugins:  # of a convention whose code was not found
            words = plugin.lower()
            if "android" in words and "application" in words:
                kinds.add("application")
            elif "android" in words and ("library" in words or words.endswith(".lib")):
                kinds.add("library")
    if not kinds & {"application", "feature", "library"} and application_id:
        kinds.add("application")
    return next((kind for kind in _ORDER if kind in kinds), "other")


def _setting(settings: Iterable[WrittenSetting], name: str, flavour: str, values: Values) -> str:
    """The first value that can be told: the module's own build file goes before what it applies."""
    for one in settings:
        if one.name == name and one.flavour == flavour and (text := values.text(one.value)) and "$" not in text:
            return text
    return ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _flavours(scripts: tuple[Script, ...], settings: list[WrittenSetting], values: Values) -> Iterator[Flavour]:
    made = [one for script in scripts for one in script.flavours]
    names = dict.fromkeys((one.name, one.build_type) for one in made)
    for name in ("debug", "release"):
        names.setdefault((name, True))
    for name, build_type in names:
        debuggable = _setting(settings, "debuggable", name, values)
        yield Flavour(
            name=name,
            build_type=build_type,
            dimension=_setting(settings, "dimension", name, values),
            debuggable=build_type and (debuggable == "true" or (name == "debug" and debuggable != "false")),
            application_id=_setting(settings, "application_id", name, values),
            suffix=_setting(settings, "suffix", name, values),
            min_sdk=_number(_setting(settings, "min_sdk", name, values)),
            target_sdk=_number(_setting(settings, "target_sdk", name, values)),
            placeholders=_placeholders(scripts, name, values),
        )


def _placeholders(scripts: tuple[Script, ...], flavour: str, values: Values) -> dict[str, str]:
    found: dict[str, str] = {}
    for script in reversed(scripts):
        for one in script.placeholders:
            text = values.text(one.value) if one.flavour == flavour else None
            if text is not None and "${" not in text:
                found[one.name] = text
    return found


def _source_sets(scripts: tuple[Script, ...], folder: str, values: Values) -> dict[str, str]:
    found: dict[str, str] = {}
    for script in scripts:
        for name, expression, conditional in script.manifests:
            tokens = script.text.tokens[slice(*expression.range)]
            text = values.text(expression) or next((one.text for one in tokens if one.kind == "string"), "")
            text = text.rpartition("}/")[2].removeprefix("$projectDir/")
            if text and not text.startswith("$"):
                found.setdefault(name + ("?" if conditional else ""), normpath(f"{folder}/{text}".lstrip("/")))
    return found


# --- its dependencies -------------------------------------------------------------------------------------------------


def _named(written: WrittenDependency, values: Values) -> Iterable[Named]:
    if not written.named:
        return values.dependencies(written.expression)
    parts = {key: values.text(value) or "" for key, value in written.named.items()}
    group, name = parts.get("group", ""), parts.get("name", "")
    if not name or "$" in group + name:
        return (Named("unknown", written.expression.written()),)
    if not group:  # a file of a flatDir repository
        return (Named("file", name),)
    return (Named("maven", f"{group}:{name}", parts.get("version", "")),)


def _dependency(module: Module, written: WrittenDependency, named: Named, debug: set[str], prefix: str) -> Dependency:
    role: Role = "build" if written.build else _role(written.configuration, debug)
    left = _left(written, role)
    expression = written.expression
    target = written.target if written.target.startswith(":") else ""
    return Dependency(
        kind=named.kind,
        name=prefix + named.name if named.kind == "project" else named.name,
        place=expression.script.text.place(*expression.range),
        version=named.version,
        configuration=written.configuration,
        role=role,
        module=prefix + target if target else module.path,
        source=named.source,
        platform=named.platform,
        reach="none" if left or role in ("test", "build", "compile") else "debug" if role == "debug" else "release",
        left=left,
    )


def _role(configuration: str, debug: set[str]) -> Role:
    lowered = configuration.lower()
    if lowered.startswith("test") or "test" in lowered.replace("latest", ""):
        return "test"
    if lowered.startswith(_PROCESSORS) or lowered.endswith(("annotationprocessor", "classpath")):
        return "build"
    if lowered.endswith(("compileonly", "compileonlyapi")) or lowered == "provided":
        return "compile"
    return "debug" if any(configuration.startswith(name) for name in debug) else "ships"


def _left(written: WrittenDependency, role: Role) -> Left:
    source_set = written.source_set
    if role == "test" or source_set.endswith("Test"):
        return "test"
    other = source_set.endswith("Main") and source_set.lower().startswith(_OTHER_PLATFORMS)
    return "platform" if other else ""
