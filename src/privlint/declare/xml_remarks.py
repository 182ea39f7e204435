"""The bytes of an XML file in; the comments and `tools:ignore` attributes in it that speak to privlint out.

A comment covers the element that follows it, with all that stands in it; one behind something on its line covers that
line. `tools:ignore` covers the element that has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare import xml
from privlint.declare.android_manifest import TOOLS
from privlint.model.finding import Covered
from privlint.model.place import Place
from privlint.model.project import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = (b"<!--", b"-->")
_ADDRESS = "privlint:"
_IGNORE = f"{TOOLS} ignore"


def worth(data: bytes) -> bool:
    """Tell whether a file may hold a remark; one in UTF-16 is always looked at."""
    return b"privlint:" in data or b"PRV" in data or b"\0" in data[:4]


def read(data: bytes, path: str) -> tuple[Remark, ...]:
    """Give the remarks of one file; none of a file that is refused, which is told elsewhere."""
    if isinstance(xml.parse(data, path), Covered):
        return ()
    text = xml.to_utf8(data, path)
    return () if isinstance(text, Covered) else tuple(_Reader(text, path).read())


class _Element(Struct):
    """An element, and where it stands: byte offsets of its beginning and behind its end."""

    start: int
    end: int = 0
    ignored: str = ""


class _Reader:
    """One pass over one text that is well formed."""

    def __init__(self, data: bytes, path: str) -> None:
        from xml.parsers import expat

        from privlint.declare.toml import Lines

        self.data = data
        self.path = path
        self.lines = Lines(data)
        self.open: list[_Element] = []
        self.elements: list[_Element] = []  # in the order in which they begin
        self.comments: list[int] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CommentHandler = self.comment

    def read(self) -> Iterator[Remark]:
        self.parser.Parse(self.data, True)
        found = [*self._commented(), *self._attributed()]
        return iter(sorted(found, key=lambda one: one.place))

    def start(self, _: str, attributes: dict[str, str]) -> None:
        element = _Element(self.parser.CurrentByteIndex, ignored=attributes.get(_IGNORE, ""))
        self.open.append(element)
        self.elements.append(element)

    def end(self, _: str) -> None:
        at = self.parser.CurrentByteIndex  # of `</name>`, or behind a start tag that closes itself
        self.open.pop().end = self.data.find(b">", at) + 1 if self.data.startswith(b"</", at) else at

    def comment(self, text: str) -> None:
        if text.strip().startswith(_ADDRESS):
            self.comments.append(self.parser.CurrentByteIndex)

    def _commented(self) -> Iterator[Remark]:
        for start in self.comments:
            end = self.data.index(_COMMENT[1], start) + len(_COMMENT[1])
            place = self._place(start, end)
            begin = self.lines.starts[place.start.line - 1]
            alone = not self.data[begin:start].strip()
            covers = (place.start.line, place.end.line)
            following = next((one for one in self.elements if one.start >= end), None)
            if alone and following is not None:
                covers = (place.start.line, self._line(following.end))
            yield Remark(self.data[start:end].decode("utf-8", "replace"), place, alone, covers)

    def _attributed(self) -> Iterator[Remark]:
        for element in self.elements:
            if "PRV" in element.ignored:
                at = self.data.find(b"PRV", element.start)
                place = self._place(at, at + len(b"PRV000"))
                covers = (self._line(element.start), self._line(element.end))
                yield Remark(element.ignored, place, alone=False, covers=covers, attribute=True)

    def _place(self, start: int, end: int) -> Place:
        return Place(self.path, self.lines.position(start), self.lines.position(end))

    def _line(self, offset: int) -> int:
        return self.lines.position(offset).line
