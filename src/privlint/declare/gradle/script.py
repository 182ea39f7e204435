"""The text of one Gradle script in, what its statements say out; names are looked up later, by `values`."""

from __future__ import annotations

from msgspec.structs import replace

from privlint.declare.gradle.android import applied, included, set_up
from privlint.declare.gradle.constants import keep_constants
from privlint.declare.gradle.dependencies import dependencies, lists_dependencies
from privlint.declare.gradle.statements import Block, Statement, statements
from privlint.declare.gradle.tokens import Text
from privlint.declare.gradle.written import Script
from privlint.declare.refuse import binary, oversized, refused
from privlint.model.finding import Covered

DEEPEST = 200  # levels of brackets


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
    keep_constants(script, one)
    if one.blocks and lists_dependencies(one.blocks):
        script.dependencies.extend(dependencies(script, one))
        return
    if one.links[0].name == "dependencies" and len(one.links) == 2 and one.arguments:
        script.dependencies.extend(dependencies(script, replace(one, links=one.links[1:])))
        return
    applied(script, one)
    set_up(script, one)
    included(script, one)
