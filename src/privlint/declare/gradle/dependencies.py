"""Statements of a `dependencies` block in, what each names as a dependency out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.declare.gradle.statements import Block, Range, Statement
from privlint.declare.gradle.tokens import Text
from privlint.declare.gradle.written import EVERY, MAKERS, Expression, Script, WrittenDependency

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_CODE = frozenset({"constraints", "components", "modules", "artifactTypes", "attributesSchema", "metadata"})
_NO_DEPENDENCY = frozenset(
    {"println", "print", "throw", "return", "apply", "exclude", "assert", "check", "require", "logger", "import"}
    | {"because", "version", "isTransitive", "transitive", "isChanging", "changing", "force", "isForce"}
)
_LOOKED_THROUGH = EVERY | _NO_CODE | {"if", "else", "when", "for", "apply", "run", "with", "forEachIndexed", ""}


def lists_dependencies(blocks: tuple[Block, ...]) -> bool:
    """Is the innermost block one that lists dependencies? Conditions and loops in it are looked through."""
    for block in reversed(blocks):
        if block.name == "dependencies" or block.name.endswith(".dependencies"):
            return not any(outer.name == "dependencyResolutionManagement" for outer in blocks)
        if block.name.rpartition(".")[2] not in _LOOKED_THROUGH:
            return False
    return False


def dependencies(script: Script, one: Statement) -> Iterator[WrittenDependency]:
    """Yield one record for each argument of a configuration."""
    if one.declares or one.value is not None or one.name in _NO_DEPENDENCY | _LOOKED_THROUGH | {"dependencies"}:
        return
    last = one.links[-1]
    if one.bodies and last.arguments is None:
        return  # a block
    configuration, arguments = last.name, one.arguments
    if len(one.links) > 1:
        if last.name in ("each", "forEach", *MAKERS) or one.links[0].name in ("tasks", "configurations", "logger"):
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
    return inner[0].argument if name in MAKERS or not name else name
