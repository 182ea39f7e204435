"""One rule file in, its record out; or an error that names the file, the line and what to write instead."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from privlint.errors import RuleError
from privlint.model.app_rules import CallWords, Lexicon, Libraries, PermissionRules, RefusalWords
from privlint.model.calendar import Calendar
from privlint.model.hints import Hints
from privlint.model.manner_rules import MannerRules
from privlint.model.notice import Notices
from privlint.model.rules import Category, DataType, Family, FieldRules, Group, Policy, TypeRules
from privlint.model.sdks import SdkRules
from privlint.model.spelling import did_you_mean
from privlint.model.stores import StoreForm
from privlint.rulebook.lines import line_of

if TYPE_CHECKING:
    from privlint.rulebook.files import RuleFile
    from privlint.rulebook.lines import Path

T = TypeVar("T")

_SHAPE = "The record that documents this table is in privlint/model/rules.py."
_PLACES = (
    "Rules live in data-types.toml, policies/<id>/pack.toml and categories.toml, apis/<platform>/<family>.toml,"
    " types/<platform>.toml, fields/<language>.toml, sdks/<vendor>.toml, permissions/<platform>.toml,"
    " lexicon/<subject>.toml, libraries.toml, hints/categories.toml, notices/<country>-notices.toml,"
    " stores/<store>.toml and calendar/<country>-holidays.toml."
)
_AT = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`\$(?P<path>.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class DataTypes(Struct, frozen=True, forbid_unknown_fields=True):
    """`data-types.toml`."""

    group: tuple[Group, ...]
    type: tuple[DataType, ...]


class Categories(Struct, frozen=True, forbid_unknown_fields=True):
    """`policies/<id>/categories.toml`."""

    category: tuple[Category, ...]


class Source(Struct, frozen=True):
    """A rule file, decoded; it makes the errors about its own content."""

    file: RuleFile
    record: (
        DataTypes
        | Policy
        | Categories
        | Family
        | TypeRules
        | FieldRules
        | SdkRules
        | PermissionRules
        | Lexicon
        | CallWords
        | MannerRules
        | RefusalWords
        | Libraries
        | Calendar
        | Hints
        | Notices
        | StoreForm
    )

    def problem(self, path: Path, message: str, hint: str) -> RuleError:
        """Make the error about one place in the file."""
        line = line_of(self.file.content.decode(), path)
        return RuleError(message, path=self.file.shown, line=line, hint=hint)


def decode(file: RuleFile) -> Source:
    """Decode a file by its place in the rules folder."""
    return Source(file, _decode(file, _kind(file)))


def _kind(file: RuleFile) -> type[Any]:
    match file.path.split("/"):
        case ["data-types.toml"]:
            return DataTypes
        case ["policies", _, "pack.toml"]:
            return Policy
        case ["policies", _, "categories.toml"]:
            return Categories
        case ["apis", _, _]:
            return Family
        case ["types", _]:
            return TypeRules
        case ["fields", _]:
            return FieldRules
        case ["sdks", _]:
            return SdkRules
        case ["permissions", _]:
            return PermissionRules
        case ["lexicon", "calls.toml"]:
            return CallWords
        case ["lexicon", "manner.toml"]:
            return MannerRules
        case ["lexicon", "refusal.toml"]:
            return RefusalWords
        case ["lexicon", _]:
            return Lexicon
        case ["libraries.toml"]:
            return Libraries
        case ["hints", "categories.toml"]:
            return Hints
        case ["notices", _]:
            return Notices
        case ["stores", _]:
            return StoreForm
        case ["calendar", _]:
            return Calendar
    raise RuleError("no rule file is read from this place", path=file.shown, hint=_PLACES)


def _decode(file: RuleFile, kind: type[T]) -> T:
    text = _text(file)
    data = _parse(file, text)
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        raise _explain(file, text, kind, str(error)) from None


def _text(file: RuleFile) -> str:
    try:
        return file.content.decode()
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise RuleError("is not UTF-8", path=file.shown, line=line, hint="Save the file as UTF-8.") from None


def _parse(file: RuleFile, text: str) -> dict[str, Any]:
    library = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        data: dict[str, Any] = library.loads(text)
    except library.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        message = str(error)[: found.start()] if found else str(error)
        line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
        column = int(found.group(2)) if found and found.group(2) else 0
        raise RuleError(
            f"is not valid TOML: {message[:1].lower()}{message[1:]}",
            path=file.shown,
            line=line,
            column=column,
            hint="Correct the TOML at this place: a quote, a bracket or a comma is often what is missing before it.",
        ) from None
    return data


def _explain(file: RuleFile, text: str, kind: type[Any], error: str) -> RuleError:
    """Turn msgspec's message, which names a path, into one that names a line and a remedy."""
    found = _AT.match(error)
    what = found.group("what") if found else error
    path: Path = tuple(
        name or (int(number) if number else "...")
        for name, number, _ in _STEP.findall(found.group("path") or "" if found else "")
    )
    message, key, hint = _remedy(what, path, kind)
    return RuleError(message, path=file.shown, line=line_of(text, (*path, key) if key else path) or 1, hint=hint)


def _remedy(what: str, path: Path, kind: type[Any]) -> tuple[str, str, str]:
    """Give the message, the key that it is about when that is not the last step of the path, and the hint."""
    where = _table_name(path)
    name = next((str(step) for step in reversed(path) if isinstance(step, str) and step != "..."), "the file")
    quoted = what.split("`")[1] if what.count("`") >= 2 else ""
    if what.startswith("Object contains unknown field"):
        keys = _keys(_type_at(kind, path))
        hint = did_you_mean(quoted, keys) or f"The keys known here are {', '.join(keys)}."
        return f"unknown key `{quoted}`{where}", quoted, hint
    if what.startswith("Object missing required field"):
        return f"`{quoted}` is missing{where}", "", f"Add `{quoted} = …`."
    if what.startswith("Invalid enum value"):
        value = what.removeprefix("Invalid enum value ").strip("'")
        choices = _choices(_type_at(kind, path))
        listed = ", ".join(f'"{choice}"' for choice in choices)
        hint = f"{did_you_mean(value, choices)} It may be {listed}.".lstrip()
        return f'`{name}` cannot be "{value}"', "", hint
    if what.startswith("Expected `array`"):
        return f"`{name}` must be a list, not `{_got(what)}`", "", f'Write it with brackets: `{name} = ["…"]`.'
    return f"`{name}`: {what[:1].lower()}{what[1:]}", "", _SHAPE


def _got(what: str) -> str:
    return what.rpartition("got ")[2].strip("`")


def _table_name(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    return f" in [[{'.'.join(names)}]]" if names else ""


def _keys(kind: object) -> tuple[str, ...]:
    fields = getattr(kind, "fields", ())
    return tuple(field.encode_name for field in fields)


def _choices(kind: object) -> tuple[str, ...]:
    return tuple(str(value) for value in getattr(kind, "values", ()) if value != "")


def _type_at(kind: type[Any], path: Path) -> object:
    """Follow a path through the records to the type of what is there."""
    from msgspec import inspect

    current: object = inspect.type_info(kind)
    for step in path:
        if isinstance(current, inspect.StructType):
            current = next((field.type for field in current.fields if field.encode_name == step), None)
        elif isinstance(current, inspect.VarTupleType):
            current = current.item_type
        elif isinstance(current, inspect.DictType):
            current = current.value_type
    return current
