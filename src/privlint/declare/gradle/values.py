"""A piece of a Gradle script in, what it stands for out: text, coordinates, a module, a file, or nothing to be told.

Names are looked up where Gradle would find them: in the script, in those that it applies, in the root script, in
`buildSrc`, in gradle.properties and in the version catalogs. Nothing is ever run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare.gradle.catalog import Catalog, normal
from privlint.declare.gradle.constants import bare, entries
from privlint.declare.gradle.statements import Range, split, trim
from privlint.declare.gradle.tokens import Text
from privlint.declare.gradle.written import Expression, Script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from privlint.model.declared import DependencyKind
    from privlint.model.place import Place

_DEEPEST = 12  # names that stand for names

_WRAPPERS = frozenset({"platform", "enforcedPlatform", "testFixtures", "variantOf", "create", "provider"})
_BUILT_IN = frozenset({"gradleApi", "localGroovy", "gradleTestKit", "gradleKotlinDsl", "localJava"})
_ENDINGS = frozenset(
    {"get", "toString", "toInt", "toInteger", "asProvider", "orNull", "trim", "intern", "toLong", "orElse", "getOrElse"}
)
_INTERPOLATION = re.compile(r"\$\{([^{}]*)\}|\$([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)")
_COORDINATES = re.compile(r"[\w.\-]+:[\w.\-]+(?::[^:@\s]*)?(?::[\w.\-]+)?(?:@\w+)?")
_GETTING = ("get", "property", "default", "orelse", "ext")  # in the names of functions that look something up


class Named(Struct, frozen=True):
    """What one dependency turned out to be."""

    kind: DependencyKind
    name: str
    version: str = ""
    source: Place | None = None  # of the catalog's entry or the constant
    platform: bool = False


class Values:
    """What the scripts of one build know of each other."""

    def __init__(self, catalogs: Iterable[Catalog], properties: Mapping[str, str], paths: Iterable[str]) -> None:
        self.catalogs = {catalog.name: catalog for catalog in catalogs}
        self.properties = properties
        self.modules = {accessor(path): path for path in paths}
        self.scopes: dict[str, tuple[Script, ...]] = {}  # path of a script -> the scripts that it sees, nearest first
        self.shared: tuple[Script, ...] = ()  # what every script sees: the root's, those of buildSrc

    # --- dependencies ---------------------------------------------------------------------------------------------

    def dependencies(self, expression: Expression, level: int = 0) -> tuple[Named, ...]:
        """Tell what an expression depends on; what cannot be told is named as written, never left out."""
        found = tuple(self._dependencies(expression, level)) if level < _DEEPEST else ()
        return found or (Named("unknown", expression.written()),)

    def _dependencies(self, expression: Expression, level: int) -> Iterator[Named]:
        script, (first, after) = expression.script, trim(expression.script.text, *expression.range)
        if first >= after:
            return
        text = script.text
        opening = text.tokens[first]
        if text.opens(first, "(", "[") and text.partner[first] == after - 1:
            for part in split(text, first + 1, after - 1):
                yield from self.dependencies(Expression(script, part, expression.loop), level + 1)
            return
        name, arguments = _call(script, first, after)
        if name:
            yield from self._called(expression, name, arguments, level)
            return
        written = self.text(Expression(script, (first, after)), level)
        if written is not None and (named := coordinates(written)) is not None:
            yield named
            return
        if opening.kind == "name":
            yield from self._looked_up(expression, level)

    def _called(self, expression: Expression, name: str, arguments: tuple[Range, ...], level: int) -> Iterator[Named]:
        script = expression.script
        inner = tuple(Expression(script, part, expression.loop) for part in arguments)
        short = name.rpartition(".")[2]
        if short == "project":
            path = self._module(inner)
            yield Named("project", path) if path else Named("unknown", expression.written())
        elif name.removeprefix("dependencies.") in _WRAPPERS and inner:
            for one in self.dependencies(inner[0], level + 1):
                yield _with_platform(one, "latform" in name)
        elif short in ("files", "fileTree", "zipTree", "file"):
            yield Named("file", self._files(inner) or expression.written())
        elif short in _BUILT_IN:
            yield Named("file", f"{short}()")
        elif name in ("kotlin", "embeddedKotlin") and inner:
            version = self.text(inner[1], level + 1) if len(inner) > 1 else ""
            yield Named("maven", f"org.jetbrains.kotlin:kotlin-{self.text(inner[0], level + 1)}", version or "")
        elif name in ("npm", "devNpm", "peerNpm") and inner:
            yield Named("npm", self.text(inner[0], level + 1) or inner[0].written())
        elif "bundle" in short.lower() and len(inner) == 1 and (alias := self.text(inner[0], level + 1)):
            yield from self._from_catalog(name.partition(".")[0], "bundles." + normal(alias), expression)
        elif "lib" in short.lower() and len(inner) == 1 and (alias := self.text(inner[0], level + 1)):
            yield from self._from_catalog(name.partition(".")[0], normal(alias), expression)
        else:
            written = self.text(expression, level)
            named = coordinates(written) if written is not None else None
            if named is not None:
                yield named
            else:
                yield from self._looked_up(expression, level)

    def _looked_up(self, expression: Expression, level: int) -> Iterator[Named]:
        """A chain of names: an entry of a catalog, a module's accessor, or a constant."""
        chain = bare(_chain(expression))
        if not chain:
            return
        head, _, rest = chain.partition(".")
        if head in self.catalogs and rest:
            yield from self._from_catalog(head, rest, expression)
            return
        if head == "projects" and rest:
            rest = rest.removesuffix(".dependencyProject").removeprefix(self.modules.get("", "") or "\0")
            yield Named("project", self.modules.get(rest.lower()) or ":" + kebab(rest).replace(".", ":"))
            return
        if expression.loop is not None and "." not in chain:
            strings = tuple(self._loop_strings(expression))
            if strings:
                yield from strings
                return
        value = self.lookup(expression.script, chain)
        if isinstance(value, Expression):
            for one in self.dependencies(value, level + 1):
                if one.kind != "unknown":
                    place = value.script.text.place(*value.range)
                    yield Named(one.kind, one.name, one.version, one.source or place, one.platform)

    def _loop_strings(self, expression: Expression) -> Iterator[Named]:
        """`[libs.a, "b:c:1"].each { implementation it }` depends on everything that stands before the brace."""
        script, text = expression.script, expression.script.text
        first, after = expression.loop or (0, 0)
        at = first
        while at < after:
            if text.opens(at, "[", "("):
                for part in split(text, at + 1, min(text.partner[at], after)):
                    yield from (one for one in self.dependencies(Expression(script, part), 4) if one.kind != "unknown")
                at = text.partner[at]
            at += 1

    def _from_catalog(self, name: str, alias: str, expression: Expression) -> Iterator[Named]:
        catalog = self.catalogs.get(name) or (next(iter(self.catalogs.values())) if len(self.catalogs) == 1 else None)
        if catalog is None:
            return
        alias = _without_endings(normal(alias))
        if alias.startswith("bundles."):
            for part in catalog.bundles.get(alias.removeprefix("bundles."), ()):
                yield from self._from_catalog(name, part, expression)
            return
        if alias.startswith("plugins.") and (plugin := catalog.plugins.get(alias.removeprefix("plugins."))):
            yield Named("maven", f"{plugin.name}:{plugin.name}.gradle.plugin", plugin.version, plugin.place)
            return
        library = catalog.libraries.get(alias)
        if library is not None and library.name:
            yield Named("maven", library.name, library.version, library.place)
        else:
            yield Named("unknown", expression.written())

    def _module(self, arguments: tuple[Expression, ...]) -> str:
        """The path that `project(":x")`, `project(path: ":x")` or `project(path = ":x")` names."""
        for one in arguments:
            first, after = one.range
            tokens = one.script.text.tokens
            if after - first >= 3 and tokens[first + 1].text in (":", "="):
                if tokens[first].text != "path":
                    continue
                one = Expression(one.script, (first + 2, after))  # noqa: PLW2901
            found = self.text(one)
            if found is not None and "${" not in found:
                return found if found.startswith(":") else f":{found}"
        return ""

    def _files(self, arguments: tuple[Expression, ...]) -> str:
        named = {key: Expression(one.script, value) for one in arguments for key, value in _named_argument(one)}
        chosen = named.get("dir") or (arguments[0] if arguments else None)
        found = self.text(chosen) if chosen is not None else None
        return found or ""

    # --- text -----------------------------------------------------------------------------------------------------

    def text(self, expression: Expression, level: int = 0) -> str | None:
        """Tell the text or number that an expression stands for; a part that cannot be told stays as `${…}`."""
        script, (first, after) = expression.script, trim(expression.script.text, *expression.range)
        if first >= after or level >= _DEEPEST:
            return None
        tokens, partner = script.text.tokens, script.text.partner
        while script.text.opens(first, "(") and partner[first] == after - 1:
            first, after = trim(script.text, first + 1, after - 1)
            if first >= after:
                return None
        parts = split(script.text, first, after, "+")
        if len(parts) > 1:
            texts = [self.text(Expression(script, part), level + 1) for part in parts]
            return None if texts[0] is None else "".join("${…}" if text is None else text for text in texts)
        for sign in ("?:", "?", ":"):
            parts = split(script.text, first, after, sign)
            if len(parts) > 1:
                chosen = parts[1:] if sign == "?" else parts
                found = (self.text(Expression(script, part), level + 1) for part in chosen)
                return next((one for one in found if one is not None), None)
        if tokens[first].kind == "string":
            if after - first == 1 or tokens[first + 1].text in (".", "as"):
                return self._filled(script, tokens[first].text, tokens[first].raw, level)
            return None
        if tokens[first].kind == "number" or tokens[first].text in ("true", "false"):
            return tokens[first].text if after - first == 1 else None
        return self._named_text(Expression(script, (first, after)), level)

    def _named_text(self, expression: Expression, level: int) -> str | None:
        script = expression.script
        name, arguments = _call(script, *expression.range)
        short = name.rpartition(".")[2]
        if arguments and short in ("extra", "release"):  # by extra("1.0"), release(24)
            return self.text(Expression(script, arguments[0]), level + 1)
        if len(arguments) == 1 and "version" in short.lower():  # findVersion("x"), of a catalog
            alias = normal(self.text(Expression(script, arguments[0]), level + 1) or "")
            for catalog in self.catalogs.values():
                if alias in catalog.versions:
                    return catalog.versions[alias]
        if arguments and any(word in short.lower() for word in _GETTING):
            key = self.text(Expression(script, arguments[0]), level + 1)
            found = self._value(script, key, level) if key else None
            if found is None and len(arguments) > 1:
                found = self.text(Expression(script, arguments[1]), level + 1)
            return found
        chain = bare(_chain(expression))
        if not chain:
            return None
        head, _, rest = chain.partition(".")
        if head in self.catalogs and rest.startswith("versions."):
            return self.catalogs[head].versions.get(_without_endings(rest.removeprefix("versions.")))
        return self._value(script, chain, level)

    def _value(self, script: Script, name: str, level: int) -> str | None:
        found = self.lookup(script, name)
        if isinstance(found, str) or found is None:
            return found
        return self.text(found, level + 1)

    def _filled(self, script: Script, text: str, raw: bool, level: int) -> str:
        if raw or "$" not in text:
            return text

        def value(match: re.Match[str]) -> str:
            name = match.group(1) or match.group(2)
            if re.fullmatch(r"[\w.]+", name):
                chain = _without_endings(name)
                head, _, rest = chain.partition(".")
                if head in self.catalogs and rest.startswith("versions."):
                    return self.catalogs[head].versions.get(rest.removeprefix("versions."), match.group())
                found = self._value(script, chain, level + 1)
            else:
                inner = Script(Text(script.path, name))
                inner.constants = script.constants
                found = self.text(Expression(inner, (0, len(inner.text.tokens))), level + 1)
            return "${" + name + "}" if found is None else found

        return _INTERPOLATION.sub(value, text)

    def lookup(self, script: Script, name: str) -> Expression | str | None:
        """Find what a name stands for, nearest first."""
        short = bare(name)
        seen = (script, *self.scopes.get(script.path, ()), *self.shared)
        for one in seen:
            if (found := one.constants.get(short)) is not None:
                return found
        if short in self.properties:
            return self.properties[short]
        ending = f".{short}"
        for one in self.shared:  # imported from a package or an object: X for Versions.X
            if not one.path.endswith((".kt", ".java", ".groovy")):
                continue
            if (key := next((key for key in one.constants if key.endswith(ending)), None)) is not None:
                return one.constants[key]
        return None


def coordinates(text: str) -> Named | None:
    """Understand `group:artifact:version`; what varies may only be the version."""
    text = text.strip()
    head, _, _ = text.partition("$")
    if head.count(":") >= 2:
        group, artifact, version = text.split(":", 2)
        return Named("maven", f"{group}:{artifact}", version.partition("@")[0])
    if "$" in text or not _COORDINATES.fullmatch(text):
        return None
    group, artifact, *rest = text.partition("@")[0].split(":")
    return Named("maven", f"{group}:{artifact}", rest[0] if rest else "")


def accessor(path: str) -> str:
    """The type-safe accessor of a module, in lower case: `:core:my-ui` is `core.myui`."""
    return re.sub(r"[-_]", "", path.strip(":").replace(":", ".")).lower()


def kebab(name: str) -> str:
    """`myUi` as `my-ui`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", name).lower()


def _with_platform(one: Named, platform: bool) -> Named:
    return Named(one.kind, one.name, one.version, one.source, one.platform or platform)


def _named_argument(one: Expression) -> Iterator[tuple[str, Range]]:
    first, after = one.range
    tokens = one.script.text.tokens
    if after - first >= 3 and tokens[first].kind == "name" and tokens[first + 1].text in (":", "="):
        yield tokens[first].text, (first + 2, after)
    yield from entries(one.script.text, one.range)


def _call(script: Script, first: int, after: int) -> tuple[str, tuple[Range, ...]]:
    """The name and arguments of an expression that is one call: `platform(libs.x)`, `libs.findLibrary("x").get()`."""
    text, names, at = script.text, [], first
    while at < after and text.tokens[at].kind == "name":
        names.append(text.tokens[at].text)
        at += 1
        if at < after and text.opens(at, "("):
            close = text.partner[at]
            if names[-1] in _ENDINGS and len(names) > 1:
                return "", ()
            return ".".join(names), split(text, at + 1, min(close, after))
        if at < after and text.tokens[at].text in (".", "?."):
            at += 1
            continue
        if at < after and len(names) == 1 and names[0] in ("project", "files", "fileTree", "platform", "kotlin"):
            return names[0], split(text, at, after)  # implementation project path: ":x"
        break
    return "", ()


def _chain(expression: Expression) -> str:
    """`rootProject.ext["a"].b` as rootProject.ext.a.b; "" for anything that is more than names."""
    text, (at, after) = expression.script.text, expression.range
    names: list[str] = []
    while at < after:
        token = text.tokens[at]
        if token.kind == "name" and token.text not in ("as", "in", "is"):
            names.append(token.text)
        elif text.opens(at, "[", "(") and names:
            close = text.partner[at]
            inner = [one for one in text.tokens[at + 1 : close] if one.kind != "line"]
            if len(inner) == 1 and inner[0].kind == "string" and (token.text == "[" or names[-1] in _GETTERS):
                names = [*(names[:-1] if token.text == "(" else names), inner[0].text]
            elif inner and names[-1] not in _ENDINGS:
                return ""
            at = close
        elif token.text in (".", "?.", "!"):
            pass
        elif token.text in ("as", "{"):
            break
        else:
            return ""
        at += 1
    return _without_endings(".".join(names))


_GETTERS = frozenset({"get", "getProperty", "property", "findProperty", "getByName", "getValue"})


def _without_endings(chain: str) -> str:
    parts = chain.split(".")
    while len(parts) > 1 and parts[-1] in _ENDINGS:
        parts.pop()
    return ".".join(parts)
