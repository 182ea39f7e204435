"""The bytes of an XML file in, its elements with exact places out; or the reason why it was refused.

The file comes from the tree under examination. Expat, which the Android build tools use too, decides what is well
formed, behind limits of size and depth; a DOCTYPE is refused before it can declare anything. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare.refuse import oversized, refused
from privlint.declare.toml import Lines
from privlint.model.finding import Covered
from privlint.model.place import Place, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 200  # levels of elements
MOST_ATTRIBUTES = 1_000  # of one element

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_BINARY = (b"\x03\0\x08\0", b"\0\0\x08\0")  # how Android's compiled XML begins
_DECLARED = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([-\w.:]+)[\"']")
_TEXT_CODECS = re.compile(
    r"utf-?8|(?:us-?)?ascii|iso-?8859-\d+|latin-?1|(?:windows-|cp)125\d|gb2312|gbk|gb18030|big5", re.IGNORECASE
)
_ATTRIBUTE = re.compile(rb"([^\s=/>\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAME = re.compile(rb"<([^\s/>]+)")


class Attribute(Struct, frozen=True):
    """One attribute; `space` is the URI of its namespace, "" for none."""

    space: str
    name: str
    value: str
    place: Place  # of the value, without its quotes


class Element(Struct, frozen=True):
    """One element with what stands in it."""

    space: str
    name: str
    place: Place  # of its name in the start tag
    attributes: tuple[Attribute, ...] = ()
    children: tuple[Element, ...] = ()
    text: str = ""  # directly in it

    def get(self, space: str, name: str) -> Attribute | None:
        """Find an attribute."""
        return next((one for one in self.attributes if one.name == name and one.space == space), None)

    def each(self, *names: str) -> Iterator[Element]:
        """Yield the children of these names."""
        return (child for child in self.children if child.name in names)


def parse(data: bytes, path: str) -> Element | Covered:
    """Read an XML file: its root element, or what became of it. Never both, and never an empty stand-in."""
    if (covered := oversized(data, path)) is not None:
        return covered
    text = to_utf8(data, path)
    return text if isinstance(text, Covered) else _Reader(text, path).read()


def to_utf8(data: bytes, path: str) -> bytes | Covered:
    """Give the text as UTF-8 without a byte order mark. What XML calls one line end becomes one line feed."""
    if data.startswith(_BINARY):
        en = "it is compiled (binary) XML; give the source, or the merged manifest that the build writes as text"
        return refused(path, "PRV013", en, "这是编译后的（二进制）XML；请提供源文件，或构建输出的文本形式的合并清单")
    codec = next((codec for mark, codec in (*_BOMS, *_WIDE) if data.startswith(mark)), "")
    if codec:
        data = data.removeprefix(next((mark for mark, _ in _BOMS if data.startswith(mark)), b""))
    elif declared := _DECLARED.match(data[:200]):
        codec = declared.group(1).decode("ascii", "replace")
    codec = codec or "utf-8"
    if not (codec.startswith("utf-16-") or _TEXT_CODECS.fullmatch(codec)):
        en = f"it declares the encoding {codec[:40]}, which is not read; save it as UTF-8"
        return refused(path, "PRV005", en, f"声明的编码 {codec[:40]} 无法读取；请另存为 UTF-8")
    try:
        text = data.decode(codec)
    except (UnicodeError, LookupError):
        en = f"it is not valid {codec.upper()}; save it as UTF-8"
        return refused(path, "PRV005", en, f"内容不是有效的 {codec.upper()}；请另存为 UTF-8")
    return re.sub(r"\r(?!\n)", "\n", text).encode("utf-8", "replace")


class _Open(Struct):
    """An element whose end has not been seen yet."""

    name: str
    start: int
    attributes: tuple[Attribute, ...]
    children: list[Element]
    text: list[str]


class _Stop(Exception):  # noqa: N818 - it leaves the parser's callbacks and goes no further than this module
    def __init__(self, covered: Covered) -> None:
        super().__init__()
        self.covered = covered


class _Reader:
    """One pass over one text."""

    def __init__(self, data: bytes, path: str) -> None:
        from xml.parsers import expat

        self.data = data
        self.path = path
        self.lines = Lines(data)
        self.open: list[_Open] = []
        self.root: Element | None = None
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.error = expat.ExpatError
        self.errors = expat.ErrorString

    def read(self) -> Element | Covered:
        try:
            self.parser.Parse(self.data, True)
        except _Stop as stop:
            return stop.covered
        except self.error as error:
            words = self.errors(error.code) or "not well formed"
            en = f"line {error.lineno}: {words}"
            return refused(self.path, "PRV013", en, f"第 {error.lineno} 行：{words}")
        if self.root is None:
            return refused(self.path, "PRV013", "it holds no element", "文件中没有任何元素")
        return self.root

    def doctype(self, *_: object) -> None:
        line = self.parser.CurrentLineNumber
        en = f"line {line}: it has a DOCTYPE, which could hide or multiply text; remove it"
        raise _Stop(refused(self.path, "PRV012", en, f"第 {line} 行：含有 DOCTYPE，可能隐藏或扩展文本；请删除"))

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self.open) >= DEEPEST:
            en = f"line {self.parser.CurrentLineNumber}: elements are nested more than {DEEPEST} levels deep"
            zh = f"第 {self.parser.CurrentLineNumber} 行：元素嵌套超过 {DEEPEST} 层"
            raise _Stop(refused(self.path, "PRV009", en, zh))
        if len(attributes) > 2 * MOST_ATTRIBUTES:
            en = f"line {self.parser.CurrentLineNumber}: an element has more than {MOST_ATTRIBUTES:,} attributes"
            zh = f"第 {self.parser.CurrentLineNumber} 行：一个元素的属性超过 {MOST_ATTRIBUTES:,} 个"
            raise _Stop(refused(self.path, "PRV009", en, zh))
        start = self.parser.CurrentByteIndex
        self.open.append(_Open(name, start, self.attributes(start, attributes), [], []))

    def attributes(self, start: int, flat: list[str]) -> tuple[Attribute, ...]:
        """Join what Expat resolved with where it stands: both are in the order of the text."""
        if not flat:
            return ()
        match = _NAME.match(self.data, start)
        at = match.end() if match else start
        found = []
        for index in range(0, len(flat), 2):
            while (one := _ATTRIBUTE.search(self.data, at)) and one.group(1).split(b":")[0] == b"xmlns":
                at = one.end()
            space, _, name = flat[index].rpartition(" ")
            if one is None:
                break
            at = one.end()
            group = 2 if one.group(2) is not None else 3
            found.append(Attribute(space, name, flat[index + 1], self.place(one.start(group), one.end(group))))
        return tuple(found)

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1].text.append(text)

    def end(self, _: str) -> None:
        one = self.open.pop()
        space, _, name = one.name.rpartition(" ")
        match = _NAME.match(self.data, one.start)
        place = self.place(*(match.span(1) if match else (one.start, one.start)))
        text = "".join(one.text).strip()
        element = Element(space, name, place, one.attributes, tuple(one.children), text)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element

    def place(self, start: int, end: int) -> Place:
        position: tuple[Position, Position] = self.lines.position(start), self.lines.position(end)
        return Place(self.path, *position)
