"""The build file of a module in, all scripts that speak for it out: those it applies, and its build's own plugins."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from privlint.declare.gradle.values import Values
    from privlint.declare.gradle.written import Expression, Plugin, Script

_MOST = 40  # scripts that speak for one module


class Conventions:
    """The plugins that a build makes for itself: precompiled scripts, and classes that it registers."""

    def __init__(self, scripts: Mapping[str, Script]) -> None:
        self.scripts = scripts
        self.by_id: dict[str, Script] = {}
        self.functions: dict[str, Script] = {}
        for _, script in sorted(scripts.items()):
            self.functions.update(script.functions)
        classes = {path.rpartition("/")[2].partition(".")[0]: script for path, script in scripts.items()}
        for path, script in sorted(scripts.items()):
            name = path.rpartition("/")[2]
            for ending in (".gradle.kts", ".gradle"):
                if name.endswith(ending) and "/src/main/" in f"/{path}":
                    self.by_id.setdefault(_package(script) + name.removesuffix(ending), script)
            for plugin, implementation in script.registered.items():
                if (found := classes.get(implementation.rpartition(".")[2])) is not None:
                    self.by_id.setdefault(plugin, found)

    def used_by(self, script: Script, folder: str, root: str, values: Values) -> tuple[Script, ...]:
        """Follow what a build file applies; itself is the first."""
        found = [script]
        for one in found:  # grows while it is gone through
            for inner in self._next(one, folder, root, values):
                if inner not in found and len(found) < _MOST:
                    found.append(inner)
        return tuple(found)

    def _next(self, script: Script, folder: str, root: str, values: Values) -> Iterator[Script]:
        for expression in script.applied:
            if (found := self._applied(expression, dirname(script.path), folder, root)) is not None:
                yield found
        for plugin in script.plugins:
            if (found := self.by_id.get(plugin_id(plugin, values))) is not None:
                yield found
        for name in sorted(script.calls):
            if (found := self.functions.get(name)) is not None:
                yield found

    def _applied(self, expression: Expression, *folders: str) -> Script | None:
        tokens = expression.script.text.tokens[slice(*expression.range)]
        text = next((token.text for token in reversed(tokens) if token.kind == "string"), "")
        text = text.rpartition("}")[2] if "${" in text else text
        text = text.partition("/")[2] if text.startswith("$") else text
        for folder in folders:
            found = self.scripts.get(normpath(join(folder, text.lstrip("/"))))
            if found is not None:
                return found
        return None


def plugin_id(plugin: Plugin, values: Values) -> str:
    """The id of a plugin; as written where the text does not tell it."""
    if plugin.id:
        return plugin.id
    chain = plugin.accessor.replace(" ", "")
    for ending in (".get().pluginId", ".pluginId", ".get()"):
        chain = chain.removesuffix(ending)
    head, _, rest = chain.partition(".plugins.")
    catalog = values.catalogs.get(head)
    if catalog is not None and (found := catalog.plugins.get(rest)) is not None:
        return found.name
    return values.text(plugin.expression) or chain


def _package(script: Script) -> str:
    tokens = script.text.tokens[:20]
    for index, token in enumerate(tokens):
        if token.text == "package" and token.kind == "name":
            names = []
            for inner in tokens[index + 1 :]:
                if inner.kind == "line":
                    break
                names.append(inner.text)
            return "".join(names) + "."
    return ""
