"""Android layouts and string resources in, the screens worth a look out: with what their texts say in each language.

A layout is parsed only where its bytes, or the strings that it refers to, hold a ticked control or one of the words
that the caller is looking for: most layouts of an app hold neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare import widgets, xml
from privlint.declare.android_manifest import ANDROID
from privlint.model.finding import Covered
from privlint.model.screens import Way, Widget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.declare.xml import Element
    from privlint.model.screens import Screen

Needles = tuple[bytes, ...]  # in small letters

_TICKED = re.compile(rb"checked\s*=\s*[\"']true[\"']")
_NAMED = re.compile(rb"@string/(\w+)")
_STRING = re.compile(r"<string\s[^>]*?name\s*=\s*[\"'](?P<name>[\w.]+)[\"'][^>]*>(?P<text>.*?)</string>", re.DOTALL)
_TAG = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]{0,500}>")
_INCLUDED = re.compile(r"@layout/(\w+)")
_ID = re.compile(r"@\+?id/(\w+)")
_SHOWN = ("text", "title", "contentDescription")
_FREE = ("ConstraintLayout", "RelativeLayout", "MotionLayout", "CoordinatorLayout")
_DEEPEST = 5  # layouts that include one another


class Strings(Struct, frozen=True):
    """The string resources of one file."""

    path: str
    texts: tuple[tuple[str, str], ...]  # name and text


class Layout(Struct, frozen=True):
    """One layout, not parsed yet."""

    path: str
    data: bytes

    @property
    def name(self) -> str:
        """How others include it."""
        return self.path.rpartition("/")[2].removesuffix(".xml")


def strings(data: bytes, path: str, needles: Needles) -> Strings | Covered:
    """Read the string resources of a file that holds one of the needles; of any other, none."""
    if not _holds(data, needles):
        return Strings(path, ())
    root = xml.parse(data, path)
    if isinstance(root, Covered):
        return Strings(path, tuple(_plainly(data))) if root.reason == "PRV012" else root
    found = []
    for one in root.each("string"):
        name = one.get("", "name")
        if name is not None:
            found.append((name.value, _unescaped(" ".join(_words(one)))))
    return Strings(path, tuple(found))


def _plainly(data: bytes) -> Iterator[tuple[str, str]]:
    """Read the strings of a file with a DOCTYPE as text: what it declares is not put in for its names."""
    for one in _STRING.finditer(data.decode("utf-8", "replace")):
        yield one["name"], _unescaped(_TAG.sub(" ", one["text"]))


def _words(element: Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element.children:
        yield from _words(child)


def _unescaped(text: str) -> str:
    text = text.strip().strip('"')
    return " ".join(re.sub(r"\\n", " ", text).replace("\\'", "'").replace('\\"', '"').split())


def _holds(data: bytes, needles: Needles) -> bool:
    folded = data.lower()
    return any(needle in folded for needle in needles)


class Screens:
    """All layouts of a tree with its strings; gives the screens one by one."""

    def __init__(self, layouts: list[Layout], texts: list[Strings], needles: Needles) -> None:
        self.layouts = layouts
        self.needles = needles
        self.strings: dict[str, list[tuple[str, str]]] = {}  # by name: where it is from, and what it says
        for file in texts:
            for name, text in file.texts:
                self.strings.setdefault(name, []).append((file.path, text))
        self.telling = {
            name.encode()
            for name, found in self.strings.items()
            if any(_holds(text.encode(), needles) for _, text in found)
        }
        self.named: dict[str, list[Layout]] = {}
        for layout in layouts:
            self.named.setdefault(layout.name, []).append(layout)

    def worth(self, layout: Layout) -> bool:
        """Tell whether a layout may show something that is looked for."""
        if _TICKED.search(layout.data) or _holds(layout.data, self.needles):
            return True
        return not self.telling.isdisjoint(_NAMED.findall(layout.data))

    def read(self, layout: Layout) -> Screen | Covered:
        """Read one layout, with what it includes."""
        root = self._widgets(layout)
        if isinstance(root, Covered):
            return root
        return widgets.screen(root, layout.path, choice=self._chooses(layout, _DEEPEST))

    def _widgets(self, layout: Layout) -> Widget | Covered:
        root = xml.parse(layout.data, layout.path)
        return root if isinstance(root, Covered) else self._widget(root, layout.path)

    def _chooses(self, layout: Layout, depth: int) -> bool:
        """Tell whether a layout that is included has something to tick; one that cannot be read may have."""
        for name in _INCLUDED.findall(layout.data.decode("utf-8", "replace")) if depth else ():
            for inner in self.named.get(name, ()):
                root = self._widgets(inner)
                if isinstance(root, Covered) or widgets.has_choice(root) or self._chooses(inner, depth - 1):
                    return True
        return False

    def _widget(self, element: Element, path: str) -> Widget:
        identity = element.get(ANDROID, "id")
        own = _ID.fullmatch(identity.value) if identity is not None else None
        shown = next((one for name in _SHOWN if (one := element.get(ANDROID, name)) is not None and one.value), None)
        checked = element.get(ANDROID, "checked")
        others = (one for one in element.attributes if one is not identity)
        return Widget(
            name=element.name.rpartition(".")[2],
            place=element.place,
            id=own[1] if own else "",
            text=self._text(shown.value, path) if shown is not None else "",
            text_place=shown.place if shown is not None else None,
            ticked=checked.place if checked is not None and checked.value == "true" else None,
            ticks=checked is not None,
            names=frozenset(name for one in others for name in _ID.findall(one.value)),
            way=_way(element),
            children=tuple(self._widget(child, path) for child in element.children),
        )

    def _text(self, value: str, path: str) -> str:
        """Give what a value shows: of a string resource every language, of its own module where that has it."""
        if not value.startswith("@string/"):
            return "" if value.startswith(("@{", "@=")) else value
        found = self.strings.get(value.removeprefix("@string/"), [])
        home = path.rpartition("/res/")[0]
        own = [text for where, text in found if where.startswith(f"{home}/res/")] if home else []
        return "\n".join(dict.fromkeys(own or [text for _, text in found])) or value


def _way(element: Element) -> Way:
    if element.name.endswith(_FREE):
        return "free"
    orientation = element.get(ANDROID, "orientation")
    if orientation is not None and orientation.value == "vertical":
        return "column"
    return "row"
