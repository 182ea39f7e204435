"""Catalogue entries in, small files of Kotlin, Java and Python that use them out."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privlint.model.catalogue import outermost
from privlint.rulebook.compile import property_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.rules import Api, Family, Reader, Sign

_SUFFIX = {"kotlin": "kt", "java": "java", "python": "py"}
_TYPE_OR_METHOD = re.compile(
    r"^\s*(?:@\w+\s+)?(?:(?:public|private|protected|abstract|final|static)\s+)*"
    r"(?:class|interface|enum|record)\b|^\s*[\w.<>\[\]]+ \w+\([^;{}]*\)\s*\{"
)


_READ = {  # kind of sign -> how it is read
    "uri": "r.query({}, null, null, null, null)",
    "key": "android.provider.Settings.Secure.getString(r, {})",
    "sensor": "m.registerListener(l, m.getDefaultSensor({}), 3)",
    "action": "c.registerReceiver(b, new android.content.IntentFilter({}))",
    "command": "java.lang.Runtime.getRuntime().exec({})",
    "path": "new java.io.File({})",
    "permission": "androidx.core.app.ActivityCompat.requestPermissions(null, {}, 1)",
}
_DECLARED = {  # kind of entry -> how it is used in Kotlin and Java
    "constructor": ("fun f() = {kind}()", "Object f() {{ return new {kind}(); }}"),
    "subclass": ("class Case : {kind}()", "class Case extends {kind} {{ }}"),
    "override": (
        "class Case : {kind}() {{ override fun {member}() {{}} }}",
        "class Case extends {kind} {{ @Override public void {member}() {{ }} }}",
    ),
}
_GIVEN = {
    "r": "android.content.ContentResolver",
    "m": "android.hardware.SensorManager",
    "l": "android.hardware.SensorEventListener",
    "c": "android.content.Context",
    "b": "android.content.BroadcastReceiver",
}


@dataclass(frozen=True)
class Case:
    """One file, and what the name of its test says about it."""

    name: str
    language: str
    text: str

    @property
    def path(self) -> str:
        return f"app/src/main/Case.{_SUFFIX[self.language]}"


def written(family: Family, entry: Api | Sign, key: str, name: str) -> Case:
    """The line that an entry gives as `fires` or `silent`, with what a file needs around it."""
    line: str = getattr(entry, key)
    if family.platform == "python":
        return Case(f"{name} {key}", "python", line + "\n")
    members = entry.members if entry.owner else ()
    if line.rstrip().endswith(";"):
        return Case(f"{name} {key}", "java", java_file(line, imports(entry.owner, members)))
    lines = [f"import {path}" for path in imports(entry.owner, members) if not _declares(line, path)]
    return Case(f"{name} {key}", "kotlin", "\n".join(["package own.app", *lines, line, ""]))


def java_file(line: str, imported: tuple[str, ...]) -> str:
    """A whole Java file around a line: a type, a method, or statements."""
    lines = [f"import {path};" for path in imported if path.rpartition(".")[2][:1].isupper()]
    body = line if _TYPE_OR_METHOD.search(line) else f"void f() {{ {line} }}"
    whole = body if re.search(r"\b(?:class|interface|enum|record) \w+", body) else f"class Case {{ {body} }}"
    return "\n".join(["package own.app;", *lines, whole, ""])


def spelt(api: Api) -> Iterator[Case]:
    """Every member of an entry in every spelling that must speak."""
    for member in api.members:
        name = f"{api.owner}.{member}"
        for case in (*_kotlin(api, member), *_java(api, member)):
            yield Case(f"{name} {case.name}", case.language, case.text)


def declared(api: Api) -> Iterator[Case]:
    """A class that the app makes, extends, or of which it overrides a member, in Kotlin and Java."""
    simple = api.owner.rpartition(".")[2]
    head = ["package own.app", *(f"import {path}" for path in imports(api.owner, ()))]
    for member in api.members or ("",):
        kotlin, java = _DECLARED[api.kind]
        name = f"{api.owner} {api.kind} {member}".rstrip()
        text = "\n".join([*head, kotlin.format(kind=simple, member=member), ""])
        yield Case(f"{name} in Kotlin", "kotlin", text)
        line = java.format(kind=simple, member=member)
        yield Case(f"{name} in Java", "java", java_file(line, imports(api.owner, ())))
        for language, outside in (("kotlin", text), ("java", java_file(line, ()))):
            own = outside.replace(api.owner, f"com.example.own.{simple}") if language == "kotlin" else outside
            yield Case(f"{name} of an own class, in {language}", language, own)


def alike(api: Api) -> Iterator[Case]:
    """The same spellings on classes of the project that bear the same name: they must not speak."""
    simple = api.owner.rpartition(".")[2]
    if not simple[:1].isupper():
        return
    for member in api.members:
        uses = [f"fun f{index}(x: {simple}) = {use}" for index, use in enumerate(_kotlin_uses(api, member))]
        kinds = {name for name in (member, property_name(member)) if name}
        declared = "; ".join(f'val {name}: String = ""; fun {name}() = ""' for name in sorted(kinds))
        for around in ([f"class {simple} {{ {declared} }}"], [f"import com.example.own.{simple}"]):
            head = around if around[0].startswith("import") else []
            rest = [] if head else around
            where = "imported" if head else "declared"
            text = "\n".join(["package own.app", *head, *rest, *uses, ""])
            yield Case(f"{api.owner}.{member} of an own class, {where}", "kotlin", text)
        call = "x." + member + ("" if api.kind == "property" else "()")
        line = f"class Case {{ Object f({simple} x) {{ return {call}; }} }}"
        java = f"package own.app;\nimport com.example.own.{simple};\n{line}\n"
        yield Case(f"{api.owner}.{member} of an own class, in Java", "java", java)


def taken(sign: Sign) -> Iterator[Case]:
    """Every constant and value of a sign, handed to a reader."""
    constants = [(f"{sign.owner}.{member}", True) for member in sign.members]
    texts = [*constants, *((f'"{value}"', False) for value in sign.values)]
    for text, named in texts:
        call = f'{text}("external")' if named and text.rpartition(".")[2][:1].islower() else text
        value = call if named or sign.kind != "uri" else f"android.net.Uri.parse({text})"
        value = value if sign.kind != "sensor" else value.strip('"')
        for language in ("kotlin", "java"):
            yield Case(f"{text} in {language}", language, _wrapped(_READ[sign.kind].format(value), language))


def taken_alike(sign: Sign) -> Iterator[Case]:
    """The same constants of the project's own classes: they must not speak."""
    simple = outermost(sign.owner) if sign.owner else ""
    for member in sign.members:
        path = simple + sign.owner.partition(simple)[2] + "." + member
        text = f'{path}("external")' if member[:1].islower() else path
        line = _wrapped(_READ[sign.kind].format(text), "kotlin")
        head = f"package own.app\nimport com.example.own.{simple}\n"
        yield Case(f"{path} of an own class", "kotlin", line.replace("package own.app\n", head))


def reading(reader: Reader, sign: Sign) -> Iterator[Case]:
    """Every member of a reader, given one sign that it reads."""
    text = f'"{sign.values[0]}"' if sign.values else f"{sign.owner}.{sign.members[0]}"
    if sign.kind == "uri" and sign.values:
        text = f"android.net.Uri.parse({text})"
    text = text if sign.kind != "sensor" else f"m.getDefaultSensor({sign.owner}.{sign.members[0]})"
    arguments = ", ".join([*["null"] * reader.argument, text])
    simple = reader.owner.rpartition(".")[2]
    for member in reader.members or ("<init>",):
        made = reader.kind == "constructor"
        name = f"{reader.owner}.{member}({text})"
        if not simple[:1].isupper():
            text = f"package own.app\nimport {reader.owner}.{member}\nfun f() = {member}({arguments})\n"
            yield Case(f"{name} in Kotlin", "kotlin", text)
            continue
        kotlin = f"{reader.owner}({arguments})" if made else f"x.{member}({arguments})"
        line = f"fun f(x: {reader.owner}, m: android.hardware.SensorManager) = {kotlin}"
        yield Case(f"{name} in Kotlin", "kotlin", f"package own.app\n{line}\n")
        java = f"new {simple}({arguments})" if made else f"x.{member}({arguments})"
        line = f"Object f({simple} x, android.hardware.SensorManager m) {{ return {java}; }}"
        yield Case(f"{name} in Java", "java", java_file(line, imports(reader.owner, ())))


def through_pyjnius(api: Api) -> Case:
    """The first member of an entry, called from Python by way of pyjnius."""
    member = next(name for name in api.members if not keyword.iskeyword(name))
    path = _binary_name(api.owner)
    use = member if api.kind == "property" else f"{member}()"
    text = f"from jnius import autoclass\nKind = autoclass('{path}')\nvalue = Kind.{use}\n"
    return Case(f"{api.owner}.{member} through pyjnius", "python", text)


def imports(owner: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """What a file imports to name a class: its outermost class, and itself; of a package, the functions."""
    if not owner:
        return ()
    outer = outermost(owner)
    if not outer[:1].isupper():
        return tuple(f"{owner}.{member}" for member in members)
    top = owner.partition(f".{outer}.")[0] + f".{outer}" if f".{outer}." in owner else owner
    paths = dict.fromkeys([top, owner])
    simple = [path.rpartition(".")[2] for path in paths]
    return tuple(paths) if len(set(simple)) == len(simple) else (top,)


def _wrapped(use: str, language: str) -> str:
    if language == "kotlin":
        given = ", ".join(f"{name}: {kind}" for name, kind in _GIVEN.items())
        return f"package own.app\nfun f({given}) = {use.replace('new ', '')}\n"
    given = ", ".join(f"{kind} {name}" for name, kind in _GIVEN.items())
    return f"package own.app;\nclass Case {{ Object f({given}) {{ return {use}; }} }}\n"


def _kotlin(api: Api, member: str) -> Iterator[Case]:
    head = ["package own.app", *(f"import {path}" for path in imports(api.owner, (member,)))]
    simple = api.owner.rpartition(".")[2]
    if not simple[:1].isupper():
        yield Case("in Kotlin: a top-level call", "kotlin", "\n".join([*head, f"fun f(x: Any) = {member}()", ""]))
        return
    for use in _kotlin_uses(api, member):
        yield Case(f"in Kotlin: {use}", "kotlin", "\n".join([*head, f"fun f(x: {simple}) = {use}", ""]))


def _kotlin_uses(api: Api, member: str) -> Iterator[str]:
    if api.kind == "property":
        yield f"x.{member}"
        return
    yield f"x.{member}()"
    name = property_name(member)
    if api.property and name:
        yield f"x.{name}"


def _java(api: Api, member: str) -> Iterator[Case]:
    simple = api.owner.rpartition(".")[2]
    if not simple[:1].isupper():
        return
    use = f"x.{member}" if api.kind == "property" else f"x.{member}()"
    line = f"Object f({simple} x) {{ return {use}; }}"
    yield Case(f"in Java: {use}", "java", java_file(line, imports(api.owner, (member,))))


def _binary_name(owner: str) -> str:
    outer = outermost(owner)
    head, found, nested = owner.partition(f".{outer}.")
    return f"{head}.{outer}${nested.replace('.', '$')}" if found else owner


def _declares(line: str, path: str) -> bool:
    return re.search(rf"\b(?:class|interface|object) {path.rpartition('.')[2]}\b", line) is not None
