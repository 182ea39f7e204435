"""The text of one Gradle script in, what its statements say out; names are looked up later, by `values`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from privlint.declare.gradle.statements import Block, Range, Statement, split, statements
from privlint.declare.gradle.tokens import Text
from privlint.declare.refuse import binary, oversized, refused
from privlint.model.finding import Covered

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 200  # levels of brackets

Setting = Literal["application_id", "suffix", "namespace", "min_sdk", "target_sdk", "debuggable", "dimension"]

_SETTINGS: dict[str, Setting] = {
    "applicationId": "application_id",
    "applicationIdSuffix": "suffix",
    "namespace": "namespace",
    "minSdk": "min_sdk",
    "minSdkVersion": "min_sdk",
    "targetSdk": "target_sdk",
    "targetSdkVersion": "target_sdk",
    "debuggable": "debuggable",
    "isDebuggable": "debuggable",
    "dimension": "dimension",
}
_MAKERS = frozenset({"create", "register", "named", "getByName", "maybeCreate", "findByName"})
_EVERY = frozenset({"all", "configureEach", "forEach", "each", "whenObjectAdded"})
_NO_CODE = frozenset({"constraints", "components", "modules", "artifactTypes", "attributesSchema", "metadata"})
_NO_DEPENDENCY = frozenset(
    {"println", "print", "throw", "return", "apply", "exclude", "assert", "check", "require", "logger", "import"}
    | {"because", "version", "isTransitive", "transitive", "isChanging", "changing", "force", "isForce"}
)
_LOOKED_THROUGH = _EVERY | _NO_CODE | {"if", "else", "when", "for", "apply", "run", "with", "forEachIndexed", ""}
_OPEN_SCOPES = frozenset(
    {"companion", "ext", "extra", "project.ext", "rootProject.ext", "if", "else", "buildscript", "allprojects"}
    | {"subprojects"}
)


class Expression(Struct, frozen=True, gc=False):
    """A piece of a script that stands for a value."""

    script: Script
    range: Range
    loop: Range | None = None  # where it is the parameter of a loop: the statement that loops

    def written(self) -> str:
        """Quote it."""
        return self.script.text.written(*self.range)


class WrittenDependency(Struct, frozen=True, gc=False):
    """One argument of one configuration."""

    configuration: str
    expression: Expression
    named: dict[str, Expression] = {}  # group, name, version: where they are passed by name
    build: bool = False  # it is for the build itself: buildscript, constraints
    source_set: str = ""  # of a Kotlin Multiplatform module
    target: str = ""  # the module that it is for, where another one says it; "*" for all


class WrittenSetting(Struct, frozen=True, gc=False):
    """One Android setting, of the module or of a flavour or build type."""

    name: Setting
    value: Expression
    flavour: str = ""


class WrittenFlavour(Struct, frozen=True, gc=False):
    """A product flavour or a build type that the script makes or changes."""

    name: str
    build_type: bool


class Placeholder(Struct, frozen=True, gc=False):
    """One entry of manifestPlaceholders."""

    name: str
    value: Expression
    flavour: str = ""


class Plugin(Struct, frozen=True, gc=False):
    """A plugin that the script applies: by its id, or by an accessor."""

    id: str  # "" where `accessor` says it
    accessor: str
    expression: Expression


class Include(Struct, frozen=True, gc=False):
    """One argument of `include`, or a module's folder where `folder` is set."""

    expression: Expression
    folder: Expression | None = None
    flat: bool = False


class Script:
    """All that one script says, in the order of its text."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.path = text.path
        self.plugins: list[Plugin] = []
        self.dependencies: list[WrittenDependency] = []
        self.settings: list[WrittenSetting] = []
        self.flavours: list[WrittenFlavour] = []
        self.placeholders: list[Placeholder] = []
        self.includes: list[Include] = []
        self.applied: list[Expression] = []  # other scripts
        self.manifests: list[tuple[str, Expression, bool]] = []  # source set, file, whether a condition is around it
        self.folders: list[Expression] = []  # strings that lead out of the module's folder
        self.constants: dict[str, Expression] = {}
        self.registered: dict[str, str] = {}  # plugin id -> class, of `gradlePlugin { … }`
        self.calls: set[str] = set()  # what is called by its bare name
        self.functions: dict[str, Script] = {}  # what each function says when it is called
        self.dynamic = False  # flavours are made by code that the text does not show


def scan(data: bytes, path: str) -> Script | Covered:
    """Read one script: Groovy, Kotlin, or a Kotlin source of `buildSrc`."""
    if (covered := oversized(data, path) or binary(data, path)) is not None:
        return covered
    text = Text(path, data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    if text.depth > DEEPEST:
        en = f"brackets are nested more than {DEEPEST} levels deep"
        return refused(path, "PRV009", en, f"括号嵌套超过 {DEEPEST} 层")
    script = Script(text)
    for statement in statements(text):
        _read(*_function_of(script, statement))
    return script


def _function_of(script: Script, one: Statement) -> tuple[Script, Statement]:
    """What stands in a function counts where that is called; `apply` is how a plugin begins."""
    for index, block in enumerate(one.blocks):
        if block.name.startswith("fun ") and block.name != "fun apply":
            function = script.functions.setdefault(block.name[4:], Script(script.text))
            function.constants = script.constants
            head = script.text.tokens[slice(*block.before)]
            on = any(token.text.startswith("DependencyHandler") for token in head)
            inner = one.blocks[index + 1 :]
            return function, replace(one, blocks=(Block("dependencies"), *inner) if on else inner)
    return script, one


def _read(script: Script, one: Statement) -> None:
    if not one.links:
        return
    if len(one.links) == 1 and one.links[0].arguments is not None:
        script.calls.add(one.name)
    _constants(script, one)
    if one.blocks and _dependency_block(one.blocks):
        script.dependencies.extend(_dependencies(script, one))
        return
    if one.links[0].name == "dependencies" and len(one.links) == 2 and one.arguments:
        script.dependencies.extend(_dependencies(script, replace(one, links=one.links[1:])))
        return
    _applied(script, one)
    _android(script, one)
    _included(script, one)


# --- constants ----------------------------------------------------------------------------------------------------


def _constants(script: Script, one: Statement) -> None:
    name = _constant_name(script.text, one)
    if not name:
        return
    if one.value is not None:
        _keep(script, name, one.value, 0)
    elif one.links[-1].name == "set" and len(one.arguments) == 2:
        script.constants.setdefault(name, Expression(script, one.arguments[1]))


def _constant_name(text: Text, one: Statement) -> str:
    """What other places call the value: with the objects around it, without `ext` and `project`."""
    scopes = []
    for block in one.blocks:
        if block.name.startswith("object "):
            scopes.append(block.name.removeprefix("object "))
        elif not one.declares and block.name not in _OPEN_SCOPES:
            return ""
    if one.name.endswith(".set") or one.name == "set":
        first = text.tokens[one.arguments[0][0]] if one.arguments else None
        return first.text if first is not None and first.kind == "string" else ""
    return bare(".".join([*scopes, one.name]))


def bare(name: str) -> str:
    """A name without the words that only say where it is kept."""
    parts = name.split(".")
    while len(parts) > 1 and parts[0] in ("project", "rootProject", "ext", "extra", "this", "parent", "gradle"):
        parts = parts[1:]
    return ".".join(parts)


def _keep(script: Script, name: str, value: Range, level: int) -> None:
    """Keep a value, and the entries of a map by their own names: `deps.room`."""
    script.constants.setdefault(name, Expression(script, value))
    if level < 4:
        for key, inner in entries(script.text, value):
            _keep(script, f"{name}.{key}", inner, level + 1)


def entries(text: Text, value: Range) -> Iterator[tuple[str, Range]]:
    """Yield the keys and values of a map: `[a: x]`, `mapOf("a" to x)`, or of named arguments."""
    first, after = value
    opening = next((at for at in range(first, min(first + 3, after)) if text.tokens[at].text in ("[", "(")), None)
    head = text.tokens[first].text if first < after else ""
    if opening is None or (opening != first and head not in ("mapOf", "mutableMapOf", "hashMapOf")):
        return
    for start, end in split(text, opening + 1, min(text.partner[opening], after)):
        key, sign = text.tokens[start], text.tokens[min(start + 1, end - 1)]
        if end - start >= 3 and key.kind in ("name", "string") and sign.text in (":", "to"):
            yield key.text, (start + 2, end)


# --- dependencies ---------------------------------------------------------------------------------------------------


def _dependency_block(blocks: tuple[Block, ...]) -> bool:
    """Is the innermost block one that lists dependencies? Conditions and loops in it are looked through."""
    for block in reversed(blocks):
        if block.name == "dependencies" or block.name.endswith(".dependencies"):
            return not any(outer.name == "dependencyResolutionManagement" for outer in blocks)
        if block.name.rpartition(".")[2] not in _LOOKED_THROUGH:
            return False
    return False


def _dependencies(script: Script, one: Statement) -> Iterator[WrittenDependency]:
    if one.declares or one.value is not None or one.name in _NO_DEPENDENCY | _LOOKED_THROUGH | {"dependencies"}:
        return
    last = one.links[-1]
    if one.bodies and last.arguments is None:
        return  # a block
    configuration, arguments = last.name, one.arguments
    if len(one.links) > 1:
        if last.name in ("each", "forEach", *_MAKERS) or one.links[0].name in ("tasks", "configurations", "logger"):
            return
        configuration, arguments = one.links[0].name, one.links[0].arguments or ()
    if configuration in ("add", "addProvider") and len(arguments) >= 2:
        configuration, arguments = _first_text(script.text, arguments[0]), arguments[1:]
    if not arguments:
        return
    build = one.within("buildscript", "pluginManagement", "constraints")
    loop = next((block.before for block in reversed(one.blocks) if block.name != "dependencies"), None)
    rest = (build, _source_set(one.blocks), _target(one.blocks))
    named = _named(script, arguments)
    if not named and len(arguments) in (2, 3) and all(_is_word(script.text, part) for part in arguments):
        keys = ("group", "name", "version")
        named = {key: Expression(script, part) for key, part in zip(keys, arguments, strict=False)}
    if named:
        whole = Expression(script, (arguments[0][0], arguments[-1][1]))
        yield WrittenDependency(configuration, whole, named, *rest)
        return
    for part in arguments:
        if script.text.tokens[part[0]].text != "{":
            yield WrittenDependency(configuration, Expression(script, part, loop), {}, *rest)


def _target(blocks: tuple[Block, ...]) -> str:
    for block in blocks:
        if block.name in ("allprojects", "subprojects"):
            return "*"
        if block.name == "project" and block.argument.startswith(":"):
            return block.argument
    return ""


def _first_text(text: Text, part: Range) -> str:
    token = text.tokens[part[0]]
    return token.text if token.kind == "string" else text.written(*part)


def _is_word(text: Text, part: Range) -> bool:
    """A string that alone is not coordinates: `implementation("group", "artifact", "1.0")`."""
    return part[1] - part[0] == 1 and text.tokens[part[0]].kind == "string" and ":" not in text.tokens[part[0]].text


def _named(script: Script, arguments: tuple[Range, ...]) -> dict[str, Expression]:
    found = {}
    for start, end in arguments:
        tokens = script.text.tokens
        if end - start >= 3 and tokens[start].kind == "name" and tokens[start + 1].text in (":", "="):
            found[tokens[start].text] = Expression(script, (start + 2, end))
    return found if "name" in found else {}


def _source_set(blocks: tuple[Block, ...]) -> str:
    """The name of a Kotlin Multiplatform source set: `androidMain { dependencies { … } }`."""
    names = [block.name for block in blocks]
    if "sourceSets" not in names:
        return ""
    inner = blocks[names.index("sourceSets") + 1 :]
    if not inner or inner[0].name == "dependencies":
        return ""
    name = inner[0].name.partition(".")[0]
    return inner[0].argument if name in _MAKERS or not name else name


# --- plugins, scripts, Android ----------------------------------------------------------------------------------------


def _applied(script: Script, one: Statement) -> None:
    last = one.links[-1]
    if one.within("buildscript", "pluginManagement") or not one.links:
        return
    if one.within("gradlePlugin"):
        _registered(script, one)
        return
    first = one.links[0]
    if one.blocks and one.blocks[-1].name == "plugins" and not _not_applied(script.text, one):
        _plugin(script, one)
    elif first.name == "apply" and one.arguments:
        for start, end in one.arguments:
            words = script.text.tokens[start : start + 2]
            if len(words) == 2 and words[1].text in (":", "=") and words[0].text in ("plugin", "from"):
                inner = Expression(script, (start + 2, end))
                if words[0].text == "from":
                    script.applied.append(inner)
                else:
                    script.plugins.append(Plugin(_first_string(inner), inner.written(), inner))
            elif script.text.tokens[start].kind == "string":
                script.plugins.append(Plugin(script.text.tokens[start].text, "", Expression(script, (start, end))))
    elif last.name == "apply" and one.arguments and {"pluginManager", "plugins"} & {link.name for link in one.links}:
        inner = Expression(script, one.arguments[0])
        script.plugins.append(Plugin(_first_string(inner), inner.written(), inner))


def _not_applied(text: Text, one: Statement) -> bool:
    """`id("x") version "1" apply false` only says which version other modules get."""
    words = [token.text for token in text.tokens[one.whole[0] : one.whole[1]] if token.kind != "line"]
    joined = " ".join(words)
    return "apply false" in joined or "apply ( false )" in joined


def _plugin(script: Script, one: Statement) -> None:
    first = one.links[0]
    arguments = first.arguments or (one.arguments if len(one.links) == 1 else ())
    expression = Expression(script, arguments[0] if arguments else (first.at, first.at + 1))
    text = _first_string(expression)
    if first.name == "id":
        script.plugins.append(Plugin(text, "" if text else expression.written(), expression))
    elif first.name == "kotlin":
        script.plugins.append(Plugin(f"org.jetbrains.kotlin.{text}", "", expression))
    elif first.name == "alias":
        script.plugins.append(Plugin("", expression.written(), expression))
    else:
        script.plugins.append(Plugin(one.name, "", expression))  # `java-library` in back quotes


def _registered(script: Script, one: Statement) -> None:
    """`register("x") { id = "a.b"; implementationClass = "C" }` of a build's own plugins."""
    if one.name in ("id", "implementationClass") and (one.value or one.arguments):
        value = _first_string(Expression(script, one.value or one.arguments[0]))
        if one.name == "id":
            script.registered[value] = ""
        else:
            open_ = [key for key, found in script.registered.items() if not found]
            if open_:
                script.registered[open_[-1]] = value


def _first_string(expression: Expression) -> str:
    tokens = expression.script.text.tokens[slice(*expression.range)]
    return tokens[0].text if tokens and tokens[0].kind == "string" else ""


def _android(script: Script, one: Statement) -> None:
    last = one.links[-1]
    _flavour(script, one)
    flavour = _flavour_around(one.blocks)
    value = one.value or (one.arguments[0] if one.arguments else None)
    if last.name == "set" and len(one.links) > 1:
        last = one.links[-2]
    if value is None:
        return
    if last.name in _SETTINGS and (one.blocks or len(one.links) > 1) and not one.declares:
        if not one.within("testOptions", "managedDevices", "lint", "externalNativeBuild"):
            script.settings.append(WrittenSetting(_SETTINGS[last.name], Expression(script, value), flavour))
    elif last.name == "version" and one.blocks and one.blocks[-1].name in _SETTINGS:
        script.settings.append(WrittenSetting(_SETTINGS[one.blocks[-1].name], Expression(script, value), flavour))
    elif "manifestPlaceholders" in one.name:
        _placeholders(script, one, value, flavour)
    elif last.name == "srcFile" and "manifest" in [*one.name.split("."), *(block.name for block in one.blocks)]:
        conditional = one.within("if", "else", "when")
        script.manifests.append((_set_around(one), Expression(script, value), conditional))
    if one.within("sourceSets") or one.name.startswith("sourceSets."):
        script.folders.append(Expression(script, one.whole))


def _flavour(script: Script, one: Statement) -> None:
    """A statement directly below productFlavors or buildTypes makes or changes one of them."""
    if not one.blocks or (one.declares and one.value is None):
        return
    kind = one.blocks[-1].name.rpartition(".")[2]
    if kind not in ("productFlavors", "buildTypes"):
        if one.within("productFlavors") and one.links[-1].name in _MAKERS and not _flavour_around(one.blocks):
            script.dynamic = True
        return
    first = one.links[0]
    name = first.name
    if name in _MAKERS or (one.declares and one.value):
        name = name if one.declares else _argument(script.text, first.arguments)
    elif not one.bodies or name in _EVERY or len(one.links) > 1:
        script.dynamic = script.dynamic or (name in _EVERY and kind == "productFlavors" and "it" not in one.name)
        return
    if name:
        script.flavours.append(WrittenFlavour(name, kind == "buildTypes"))
    else:
        script.dynamic = True


def _argument(text: Text, arguments: tuple[Range, ...] | None) -> str:
    tokens = [text.tokens[start] for start, _ in arguments or ()]
    return next((token.text for token in tokens if token.kind == "string"), "")


def _flavour_around(blocks: tuple[Block, ...]) -> str:
    for outer, inner in pairwise(blocks):
        if outer.name.rpartition(".")[2] in ("productFlavors", "buildTypes"):
            name = inner.name.partition(".")[0]
            return inner.argument if name in _MAKERS or not name else name
    return ""


def _set_around(one: Statement) -> str:
    names = [(block.name, block.argument) for block in one.blocks]
    for outer, inner in pairwise(names):
        if outer[0].rpartition(".")[2] == "sourceSets":
            return inner[1] if inner[0].partition(".")[0] in _MAKERS else inner[0].partition(".")[0]
    parts = one.name.split(".")
    if "sourceSets" in parts[:-1]:
        return parts[parts.index("sourceSets") + 1]
    return parts[0] if names and names[-1][0] == "sourceSets" else "main"


def _placeholders(script: Script, one: Statement, value: Range, flavour: str) -> None:
    text = script.text
    for key, inner in entries(text, value):
        script.placeholders.append(Placeholder(key, Expression(script, inner), flavour))
    last = one.links[-1]
    if last.name not in ("manifestPlaceholders", "putAll", "set", "addManifestPlaceholders"):
        script.placeholders.append(Placeholder(last.name, Expression(script, value), flavour))  # …["key"] = value
    for start, end in one.arguments:  # manifestPlaceholders key: "value", and putAll(mapOf(…))
        words = text.tokens[start : start + 2]
        if end - start >= 3 and words[1].text in (":", "to"):
            script.placeholders.append(Placeholder(words[0].text, Expression(script, (start + 2, end)), flavour))


# --- settings.gradle ---------------------------------------------------------------------------------------------


def _included(script: Script, one: Statement) -> None:
    if not script.path.rpartition("/")[2].startswith("settings.gradle") and not one.name.startswith("include"):
        return
    first = one.links[0]
    if one.name in ("include", "includeFlat", "settings.include") and not one.within("repositories", "content", "abi"):
        loop = next((block.before for block in reversed(one.blocks) if block.before != (0, 0)), None)
        for part in one.arguments:
            script.includes.append(Include(Expression(script, part, loop), flat=one.name == "includeFlat"))
    elif one.links[-1].name == "projectDir" and one.value and first.arguments:
        script.includes.append(Include(Expression(script, first.arguments[0]), Expression(script, one.value)))
