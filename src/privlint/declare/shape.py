"""Decoded tables in, a `Manifest` out, or the error that names the key, says what it should be, and where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from privlint.declare.positions import quoted
from privlint.errors import ConfigurationError
from privlint.model.finding import Text
from privlint.model.project import Manifest
from privlint.model.spelling import closest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privlint.declare.positions import Positions
    from privlint.model.place import Place

_WHERE = re.compile(r" - at `\$([\w.\[\]]*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_WORDS = {
    "str": Text("text", "文本"),
    "int": Text("a whole number", "整数"),
    "float": Text("a number", "数字"),
    "bool": Text("true or false", "true 或 false"),
    "array": Text("a list", "列表"),
    "object": Text("a table", "表"),
    "date": Text("a date", "日期"),
    "datetime": Text("a date with a time", "带时间的日期"),
    "time": Text("a time", "时间"),
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


_DAY = Text("Write year, month and day without quotes: 2026-12-14.", "请写年月日，不要加引号：2026-12-14。")


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


def header(key: str, prefix: str) -> Text:
    """How the table of a dotted path is written: `[app]`, `[[collect]]`."""
    names = [name for name in (prefix + key).strip(".").split(".") if name]
    repeated = bool(names) and names[-1].isdigit()
    name = ".".join(name for name in names if not name.isdigit())
    if not name:
        return Text("the manifest", "清单")
    written = f"[[{name}]]" if repeated else f"[{name}]"
    return Text(written, written)


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
            return self.at(Text(f"`{self.shown()}` is not a date", f"`{self.shown()}` 不是日期"), _DAY)
        hint = Text("See the section on privlint.toml in the documentation.", "请参阅文档中关于 privlint.toml 的部分。")
        return self.at(Text(f"`{self.shown()}`: {self.text}", f"`{self.shown()}`：{self.text}"), hint)

    def unknown(self) -> ConfigurationError:
        known = _fields(_kind(self.steps))
        written = _at(self.steps, self.tables)
        name = next((key for key in written if key not in known), "") if isinstance(written, dict) else ""
        meant = closest(name, known)
        homes = _homes(name)
        if meant:
            hint = Text(f"Did you mean `{meant}`?", f"是否要写 `{meant}`？")
        elif homes:
            hint = Text(f"`{name}` belongs in {' or '.join(homes)}.", f"`{name}` 应写在 {' 或 '.join(homes)} 中。")
        else:
            hint = Text(f"Keys that may stand here: {', '.join(known)}.", f"此处可用的键：{'、'.join(known)}。")
        key = ".".join(filter(None, (self.key, quoted(name))))
        place = self.positions.keys.get(key)
        table = header(self.key, self.prefix)
        message = Text(f"unknown key `{name[:80]}` in {table.en}", f"{table.zh} 中没有 `{name[:80]}` 这个键")
        return self.at(message, hint, place)

    def missing(self, name: str) -> ConfigurationError:
        sample = _SAMPLES.get(name, '"…"')
        table = header(self.key, self.prefix)
        message = Text(f"{table.en} has no `{name}`", f"{table.zh} 缺少 `{name}`")
        return self.at(message, Text(f"Add the line: {name} = {sample}", f"请添加一行：{name} = {sample}"))

    def choice(self) -> ConfigurationError:
        allowed = _allowed(self.steps)
        value = _at(self.steps, self.tables)
        meant = closest(str(value), allowed)
        listed = ", ".join(f'"{word}"' for word in allowed)
        chinese = "、".join(f"“{word}”" for word in allowed)
        hint = Text(
            f"{f'Did you mean `{meant}`? ' if meant else ''}It is one of {listed}.",
            f"{f'是否要写 `{meant}`？' if meant else ''}可用的值：{chinese}。",
        )
        shown = str(value)[:80]
        return self.at(Text(f'`{self.shown()}` cannot be "{shown}"', f"`{self.shown()}` 不能是 “{shown}”"), hint)

    def wrong(self, wanted: str, got: str) -> ConfigurationError:
        wanted = wanted.removesuffix(" | null")
        must, is_ = _WORDS.get(wanted, Text(wanted, wanted)), _WORDS.get(got, Text(got, got))
        message = Text(
            f"`{self.shown()}` must be {must.en}, not {is_.en}", f"`{self.shown()}` 必须是{must.zh}，不能是{is_.zh}"
        )
        name = self.steps[-1] if self.steps else ""
        if self.steps == ("app",) and got == "array":
            hint = Text(
                "Write [app] for one app, or [[apps]] with `paths` in each for several.",
                "只有一个应用时写 [app]；有多个应用时写 [[apps]]，每个都要有 `paths`。",
            )
        elif wanted == "array" and got == "object":
            written = f"[[{self.prefix}{self.key}]]"
            hint = Text(f"Write the header in double brackets: {written}.", f"请用双层方括号写表头：{written}。")
        elif wanted == "array":
            hint = Text(f'Write a list: {name} = ["…"]', f'请写成列表：{name} = ["…"]')
        elif wanted == "object":
            hint = self._table(several=got == "array")
        elif wanted == "str" and got == "array":
            hint = Text(f'Write one text: {name} = "…"', f'请只写一个文本：{name} = "…"')
        elif wanted == "str":
            hint = Text("Put the text in double quotes.", "请把文本放在双引号中。")
        elif wanted == "date":
            hint = _DAY
        else:
            hint = Text(f"Write {must.en} without quotes.", f"请写{must.zh}，不要加引号。")
        return self.at(message, hint)

    def _table(self, *, several: bool) -> Text:
        written = f"[{self.prefix}{self.key}]"
        if several:
            return Text(f"Write the header in single brackets: {written}.", f"请用单层方括号写表头：{written}。")
        return Text(f"Write a table: {written}", f"请写成表：{written}")

    def shown(self) -> str:
        """The key as a person names it: `data` in the second [[collect]] is `collect.data`, placed by its line."""
        return ".".join(quoted(step) for step in self.steps if not step.isdigit())

    def at(self, message: Text, hint: Text, place: Place | None = None) -> ConfigurationError:
        key = self.key
        place = place or self.positions.values.get(key)
        while place is None and key:
            key = key.rpartition(".")[0]
            place = self.positions.values.get(key)
        line, column = (place.start.line, place.start.column) if place else (1, 1)
        return ConfigurationError(
            message.en,
            message_zh=message.zh,
            path=self.positions.path,
            line=line,
            column=column,
            hint=hint.en,
            hint_zh=hint.zh,
        )


def _homes(name: str) -> list[str]:
    """The tables in which a key is known."""
    homes = []
    for table in _fields(_kind(())):
        kind = _kind((table,))
        repeated = isinstance(kind, msgspec.inspect.VarTupleType)
        if name in _fields(_plain(kind.item_type) if isinstance(kind, msgspec.inspect.VarTupleType) else kind):
            homes.append(f"[[{table}]]" if repeated else f"[{table}]")
    return homes
