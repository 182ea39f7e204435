"""The bytes of a Kivy language file in, the screens out that its rules describe: one for each rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare.refuse import oversized, refused
from privlint.declare.widgets import screen
from privlint.model.finding import Covered
from privlint.model.place import Place, Position
from privlint.model.screens import Widget

if TYPE_CHECKING:
    from privlint.model.screens import Screen

DEEPEST = 200  # levels of indentation

_WIDGET = re.compile(r"(?P<name>[-+]?[A-Z]\w*)\s*:\s*(?:#.*)?$")
_RULE = re.compile(r"[<\[](?P<name>[-+]?\w+)[^>\]]*[>\]]\s*:")
_PROPERTY = re.compile(r"(?P<key>[a-z_]\w*)\s*:\s*(?P<value>.*?)\s*$")
_LITERAL = re.compile(r"(?P<quote>['\"])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)")
_ON = {"active": "True", "state": "'down'"}


class _Open(Struct):
    """A widget whose end has not been seen yet."""

    indent: int
    name: str
    place: Place
    children: list[Widget]
    id: str = ""
    text: str = ""
    text_place: Place | None = None
    ticked: Place | None = None
    vertical: bool = False

    def closed(self) -> Widget:
        return Widget(
            name=self.name,
            place=self.place,
            id=self.id,
            text=self.text,
            text_place=self.text_place,
            ticked=self.ticked,
            ticks=self.ticked is not None,
            way="column" if self.vertical else "row",
            children=tuple(self.children),
        )


def read(data: bytes, path: str) -> tuple[Screen, ...] | Covered:
    """Read one file. Lines that are neither a widget nor a property of one (code of handlers) say nothing here."""
    if (covered := oversized(data, path)) is not None:
        return covered
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return refused(
            path, "PRV005", "it is not valid UTF-8; save it as UTF-8", "内容不是有效的 UTF-8；请另存为 UTF-8"
        )
    roots: list[Widget] = []
    opened: list[_Open] = []
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.expandtabs(4).rstrip()
        inner = bare.lstrip()
        if not inner or inner.startswith("#"):
            continue
        indent = len(bare) - len(inner)
        _close(opened, roots, indent)
        start = len(line) - len(line.lstrip())
        head = _RULE.match(inner) if indent == 0 else None
        if (found := head or _WIDGET.match(inner)) is not None:
            if len(opened) >= DEEPEST:
                en = f"line {number}: widgets are nested more than {DEEPEST} levels deep"
                return refused(path, "PRV009", en, f"第 {number} 行：控件嵌套超过 {DEEPEST} 层")
            name = found["name"].lstrip("+-")
            opened.append(_Open(indent, name, _place(path, number, start, start + len(found["name"])), []))
        elif opened and (found := _PROPERTY.match(inner)) is not None:
            _take(opened[-1], found, _place(path, number, start + found.start("value"), start + len(inner)))
    _close(opened, roots, 0)
    return tuple(screen(root, path) for root in roots)


def _close(opened: list[_Open], roots: list[Widget], indent: int) -> None:
    while opened and opened[-1].indent >= indent:
        done = opened.pop()
        (opened[-1].children if opened else roots).append(done.closed())


def _take(widget: _Open, found: re.Match[str], place: Place) -> None:
    key, value = found["key"], found["value"]
    if key == "id":
        widget.id = value
    elif key == "orientation":
        widget.vertical = "vertical" in value
    elif key == "text":
        widget.text = " ".join(_said(one["text"]) for one in _LITERAL.finditer(value))
        widget.text_place = place
    elif key in _ON and value.partition("#")[0].strip().replace('"', "'") == _ON[key]:
        widget.ticked = place


def _said(text: str) -> str:
    return " ".join(re.sub(r"\[/?\w+(?:=[^\]]*)?\]", "", text.replace("\\n", " ").replace("\\", "")).split())


def _place(path: str, line: int, start: int, end: int) -> Place:
    return Place(path, Position(line, start + 1), Position(line, end + 1))
