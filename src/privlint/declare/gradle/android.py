"""Statements about plugins, the Android block and included modules in; what they say is added to their script."""

from __future__ import annotations

from itertools import pairwise

from privlint.declare.gradle.constants import entries
from privlint.declare.gradle.statements import Block, Range, Statement
from privlint.declare.gradle.tokens import Text
from privlint.declare.gradle.written import (
    EVERY,
    MAKERS,
    Expression,
    Include,
    Placeholder,
    Plugin,
    Script,
    Setting,
    WrittenFlavour,
    WrittenSetting,
    first_string,
)

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


def applied(script: Script, one: Statement) -> None:
    """Note plugins and scripts that a statement applies."""
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
                    script.plugins.append(Plugin(first_string(inner), inner.written(), inner))
            elif script.text.tokens[start].kind == "string":
                script.plugins.append(Plugin(script.text.tokens[start].text, "", Expression(script, (start, end))))
    elif last.name == "apply" and one.arguments and {"pluginManager", "plugins"} & {link.name for link in one.links}:
        inner = Expression(script, one.arguments[0])
        script.plugins.append(Plugin(first_string(inner), inner.written(), inner))


def _not_applied(text: Text, one: Statement) -> bool:
    """`id("x") version "1" apply false` only says which version other modules get."""
    words = [token.text for token in text.tokens[one.whole[0] : one.whole[1]] if token.kind != "line"]
    joined = " ".join(words)
    return "apply false" in joined or "apply ( false )" in joined


def _plugin(script: Script, one: Statement) -> None:
    first = one.links[0]
    arguments = first.arguments or (one.arguments if len(one.links) == 1 else ())
    expression = Expression(script, arguments[0] if arguments else (first.at, first.at + 1))
    text = first_string(expression)
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
        value = first_string(Expression(script, one.value or one.arguments[0]))
        if one.name == "id":
            script.registered[value] = ""
        else:
            open_ = [key for key, found in script.registered.items() if not found]
            if open_:
                script.registered[open_[-1]] = value


def set_up(script: Script, one: Statement) -> None:
    """Note what a statement says of the app: its id, its levels, flavours, placeholders, manifests."""
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
        if one.within("productFlavors") and one.links[-1].name in MAKERS and not _flavour_around(one.blocks):
            script.dynamic = True
        return
    first = one.links[0]
    name = first.name
    if name in MAKERS or (one.declares and one.value):
        name = name if one.declares else _argument(script.text, first.arguments)
    elif not one.bodies or name in EVERY or len(one.links) > 1:
        script.dynamic = script.dynamic or (name in EVERY and kind == "productFlavors" and "it" not in one.name)
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
            return inner.argument if name in MAKERS or not name else name
    return ""


def _set_around(one: Statement) -> str:
    names = [(block.name, block.argument) for block in one.blocks]
    for outer, inner in pairwise(names):
        if outer[0].rpartition(".")[2] == "sourceSets":
            return inner[1] if inner[0].partition(".")[0] in MAKERS else inner[0].partition(".")[0]
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


def included(script: Script, one: Statement) -> None:
    """Note the modules that a settings file includes."""
    if not script.path.rpartition("/")[2].startswith("settings.gradle") and not one.name.startswith("include"):
        return
    first = one.links[0]
    if one.name in ("include", "includeFlat", "settings.include") and not one.within("repositories", "content", "abi"):
        loop = next((block.before for block in reversed(one.blocks) if block.before != (0, 0)), None)
        for part in one.arguments:
            script.includes.append(Include(Expression(script, part, loop), flat=one.name == "includeFlat"))
    elif one.links[-1].name == "projectDir" and one.value and first.arguments:
        script.includes.append(Include(Expression(script, first.arguments[0]), Expression(script, one.value)))
