"""Decoded tables in, a `Manifest` out, or the error that names the key, says what it should be, and where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from privlint.declare.positions import quoted
from privlint.errors import ConfigurationError
from privlint.model.project import Manifest
from privlint.model.spelling import closest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privlint.declare.positions import Positions
    from privlint.model.place import Place

_WHERE = re.compile(r" - at `\$([\w.\[\]]*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date with a time",
    "time": "a time",
}
_SAMPLES = {
    "category": '"map-navigation"',
    "data": '"precise-location"',
    "purpose": '"Show the position on the map"',
    "until": "2026-12-14",
    "paths": '["app"]',
    "check": '"PRV101"',
    "id": '"share-trip"',
}


def convert(tables: Mapping[str, Any], positions: Positions) -> Manifest:
    """The manifest that the tables hold, whose keys stand at `positions`. Raises ConfigurationError."""
    try:
        return msgspec.convert(tables, Manifest)
    except msgspec.ValidationError as error:
        text = str(error)
        where = _WHERE.search(text)
        steps = tuple(name or index for name, index in _STEP.findall(where.group(1))) if where else ()
        raise _Explanation(
            text[: where.start()] if where else text, _named(steps, tables), tables, positions
        ).error() from error


def header(key: str, prefix: str) -> str:
    """How the table of a dotted path is written: `[app]`, `[[collect]]`."""
    names = [name for name in (prefix + key).strip(".").split(".") if name]
    repeated = bool(names) and names[-1].isdigit()
    name = ".".join(name for name in names if not name.isdigit())
    if not name:
        return "the manifest"
    return f"[[{name}]]" if repeated else f"[{name}]"


def _named(steps: tuple[str, ...], tables: Mapping[str, Any]) -> tuple[str, ...]:
    """The steps with the key that msgspec hides behind "...": the first entry of the dictionary that does not fit."""
    if not steps or steps[-1] != "...":
        return steps
    entries = _at(steps[:-1], tables)
    allowed = _allowed(steps[:-1])
    pairs = entries.items() if isinstance(entries, dict) else ()
    wrong = (key for key, value in pairs if not isinstance(value, str) or value not in allowed)
    return (*steps[:-1], next(wrong, "..."))


def _at(steps: tuple[str, ...], tables: Mapping[str, Any]) -> Any:
    found: Any = tables
    try:
        for step in steps:
            found = found[int(step)] if isinstance(found, list) else found[step]
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return found


def _allowed(steps: tuple[str, ...]) -> tuple[str, ...]:
    """The words that may stand at a path, from the records; () when any may."""
    return _choices(_kind(steps))


def _choices(kind: msgspec.inspect.Type | None) -> tuple[str, ...]:
    match kind:
        case msgspec.inspect.LiteralType(values=values):
            return tuple(str(value) for value in values)
        case msgspec.inspect.UnionType(types=types):
            return tuple(choice for member in types for choice in _choices(member))
        case msgspec.inspect.DictType(value_type=value):
            return _choices(value)
        case _:
            return ()


def _kind(steps: tuple[str, ...]) -> msgspec.inspect.Type | None:
    """What the records say of a path."""
    kind: msgspec.inspect.Type | None = msgspec.inspect.type_info(Manifest)
    for step in steps:
        match _plain(kind):
            case msgspec.inspect.StructType(fields=fields):
                kind = next((field.type for field in fields if field.encode_name == step), None)
            case msgspec.inspect.VarTupleType(item_type=item):
                kind = item
            case msgspec.inspect.DictType(value_type=value):
                kind = value
            case _:
                return None
    return _plain(kind)


def _plain(kind: msgspec.inspect.Type | None) -> msgspec.inspect.Type | None:
    """Without metadata, and a record or list rather than its absence."""
    if isinstance(kind, msgspec.inspect.Metadata):
        return _plain(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        members = [member for member in kind.types if not isinstance(member, msgspec.inspect.NoneType)]
        return _plain(members[0]) if len(members) == 1 else kind
    return kind


def _fields(kind: msgspec.inspect.Type | None) -> tuple[str, ...]:
    return tuple(field.encode_name for field in kind.fields) if isinstance(kind, msgspec.inspect.StructType) else ()


class _Explanation:
    """Turns one message of msgspec into one for a person."""

    def __init__(self, text: str, steps: tuple[str, ...], tables: Mapping[str, Any], positions: Positions) -> None:
        self.text = text
        self.steps = steps
        self.tables = tables
        self.positions = positions
        self.prefix = positions.prefix
        self.key = ".".join(quoted(step) for step in steps)

    def error(self) -> ConfigurationError:
        if self.text.startswith("Object contains unknown field"):
            return self.unknown()
        missing = re.match(r"Object missing required field `(.*)`$", self.text)
        if missing:
            return self.missing(missing.group(1))
        if self.text.startswith("Invalid enum value"):
            return self.choice()
        wrong = re.match(r"Expected `(.*)`, got `(.*)`$", self.text)
        if wrong:
            return self.wrong(wrong.group(1), wrong.group(2))
        if "date" in self.text:
            return self.at(f"`{self.shown()}` is not a date", "Write year, month and day without quotes: 2026-12-14.")
        return self.at(f"`{self.shown()}`: {self.text}", "See the section on privlint.toml in the documentation.")

    def unknown(self) -> ConfigurationError:
        known = _fields(_kind(self.steps))
        written = _at(self.steps, self.tables)
        name = next((key for key in written if key not in known), "") if isinstance(written, dict) else ""
        meant = closest(name, known)
        homes = _homes(name)
        if meant:
            hint = f"Did you mean `{meant}`?"
        elif homes:
            hint = f"`{name}` belongs in {' or '.join(homes)}."
        else:
            hint = f"Keys that may stand here: {', '.join(known)}."
        key = ".".join(filter(None, (self.key, quoted(name))))
        place = self.positions.keys.get(key)
        return self.at(f"unknown key `{name[:80]}` in {header(self.key, self.prefix)}", hint, place)

    def missing(self, name: str) -> ConfigurationError:
        sample = _SAMPLES.get(name, '"…"')
        message = f"{header(self.key, self.prefix)} has no `{name}`"
        return self.at(message, f"Add the line: {name} = {sample}")

    def choice(self) -> ConfigurationError:
        allowed = _allowed(self.steps)
        value = _at(self.steps, self.tables)
        meant = closest(str(value), allowed)
        hint = f"Did you mean `{meant}`? " if meant else ""
        listed = ", ".join(f'"{word}"' for word in allowed)
        return self.at(f'`{self.shown()}` cannot be "{str(value)[:80]}"', f"{hint}It is one of {listed}.")

    def wrong(self, wanted: str, got: str) -> ConfigurationError:
        wanted = wanted.removesuffix(" | null")
        message = f"`{self.shown()}` must be {_WORDS.get(wanted, wanted)}, not {_WORDS.get(got, got)}"
        name = self.steps[-1] if self.steps else ""
        if self.steps == ("app",) and got == "array":
            hint = "Write [app] for one app, or [[apps]] with `paths` in each for several."
        elif wanted == "array" and got == "object":
            hint = f"Write the header in double brackets: [[{self.prefix}{self.key}]]."
        elif wanted == "array":
            hint = f'Write a list: {name} = ["…"]'
        elif wanted == "object" and got == "array":
            hint = f"Write the header in single brackets: [{self.prefix}{self.key}]."
        elif wanted == "object":
            hint = f"Write a table: [{self.prefix}{self.key}]"
        elif wanted == "str":
            hint = "Put the text in double quotes." if got != "array" else f'Write one text: {name} = "…"'
        elif wanted == "date":
            hint = "Write year, month and day without quotes: 2026-12-14."
        else:
            hint = f"Write {_WORDS.get(wanted, wanted)} without quotes."
        return self.at(message, hint)

    def shown(self) -> str:
        """The key as a person names it: `data` in the second [[collect]] is `collect.data`, placed by its line."""
        return ".".join(quoted(step) for step in self.steps if not step.isdigit())

    def at(self, message: str, hint: str, place: Place | None = None) -> ConfigurationError:
        key = self.key
        place = place or self.positions.values.get(key)
        while place is None and key:
            key = key.rpartition(".")[0]
            place = self.positions.values.get(key)
        line, column = (place.start.line, place.start.column) if place else (1, 1)
        return ConfigurationError(message, path=self.positions.path, line=line, column=column, hint=hint)


def _homes(name: str) -> list[str]:
    """The tables in which a key is known."""
    homes = []
    for table in _fields(_kind(())):
        kind = _kind((table,))
        repeated = isinstance(kind, msgspec.inspect.VarTupleType)
        if name in _fields(_plain(kind.item_type) if isinstance(kind, msgspec.inspect.VarTupleType) else kind):
            homes.append(f"[[{table}]]" if repeated else f"[{table}]")
    return homes
