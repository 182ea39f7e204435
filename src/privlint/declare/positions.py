"""The bytes of a valid TOML file in, the places of its keys, values and table headers out.

A path is dotted and counts from 0 in lists: `collect.0.data`. A part that itself holds a dot or a quote is quoted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.declare.toml import Lines, parse
from privlint.model.place import Place
from privlint.model.project import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_ADDRESS = b"privlint:"


class Positions(Struct, frozen=True):
    """Where things stand, by dotted path."""

    path: str  # of the file, for messages
    keys: dict[str, Place]  # the key's own last part
    values: dict[str, Place]  # the value; for a table its header, or the key that first made it
    prefix: str = ""  # "tool.privlint." where only the keys below it are kept, without it
    remarks: tuple[Remark, ...] = ()  # comments that speak to privlint
    headers: tuple[int, ...] = ()  # lines on which a table begins


def locate(data: bytes, path: str) -> Positions:
    """The places of everything in a TOML text that `toml.parse` accepts; `path` goes into the places."""
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    tree = Parser(Language(tree_sitter_toml.language())).parse(data)
    reader = _Reader(data, path)
    reader.document(tree.root_node)
    remarks = tuple(reader.remarks(tree.root_node)) if _ADDRESS in data else ()
    return Positions(path, reader.keys, reader.values, remarks=remarks, headers=tuple(reader.headers))


def quoted(part: str) -> str:
    """One part of a path, quoted where it would otherwise be read as several."""
    return f'"{part}"' if "." in part or '"' in part or not part else part


class _Reader:
    """One walk over one tree."""

    def __init__(self, data: bytes, path: str) -> None:
        self.data = data
        self.path = path
        self.lines = Lines(data)
        self.keys: dict[str, Place] = {}
        self.values: dict[str, Place] = {}
        self.counts: dict[str, int] = {}  # entries so far of each list of tables
        self.headers: list[int] = []

    def document(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.table(node)

    def table(self, node: Node) -> None:
        names = [child for child in node.named_children if child.type in ("bare_key", "quoted_key", "dotted_key")]
        if not names:
            return
        repeated = node.type == "table_array_element"
        header = self.place(node.children[0].start_byte, self.header_end(node))
        self.headers.append(header.start.line)
        path: tuple[str, ...] = ()
        parts = self.parts(names[0])
        for index, part in enumerate(parts):
            path = (*path, self.name(part))
            joined = ".".join(path)
            self.keys.setdefault(joined, self.place(part.start_byte, part.end_byte))
            self.values.setdefault(joined, header)
            last = index == len(parts) - 1
            if last and repeated:
                self.counts[joined] = self.counts.get(joined, 0) + 1
            if joined in self.counts:
                path = (*path, str(self.counts[joined] - 1))
        self.values[".".join(path)] = header
        for child in node.named_children:
            if child.type == "pair":
                self.pair(child, path)

    def remarks(self, root: Node) -> Iterator[Remark]:
        """The comments that speak to privlint, wherever they stand."""
        waiting = [root]
        while waiting:
            node = waiting.pop()
            waiting.extend(reversed(node.children))
            if node.type == "comment" and _ADDRESS in (said := self.data[node.start_byte : node.end_byte]):
                place = self.place(node.start_byte, node.end_byte)
                before = self.data[self.lines.starts[place.start.line - 1] : node.start_byte]
                yield Remark(said.decode("utf-8", "replace").rstrip(), place, not before.strip())

    def header_end(self, node: Node) -> int:
        return next((child.end_byte for child in node.children if child.type in ("]", "]]")), node.end_byte)

    def pair(self, node: Node, path: tuple[str, ...]) -> None:
        named = [child for child in node.named_children if child.type != "comment"]
        if len(named) < 2:
            return
        for part in self.parts(named[0]):
            path = (*path, self.name(part))
            joined = ".".join(path)
            place = self.place(part.start_byte, part.end_byte)
            self.keys.setdefault(joined, place)
            self.values.setdefault(joined, place)
        self.value(named[1], path)

    def value(self, node: Node, path: tuple[str, ...]) -> None:
        self.values[".".join(path)] = self.place(node.start_byte, node.end_byte)
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self.pair(child, path)
        elif node.type == "array":
            items = [child for child in node.named_children if child.type != "comment"]
            for index, child in enumerate(items):
                self.value(child, (*path, str(index)))

    def parts(self, node: Node) -> list[Node]:
        parts: list[Node] = []
        while node.type == "dotted_key":
            named = node.named_children
            parts.append(named[-1])
            node = named[0]
        parts.append(node)
        return parts[::-1]

    def name(self, node: Node) -> str:
        text = self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        if node.type != "quoted_key":
            return text
        if "\\" in text and text.startswith('"'):
            return quoted(next(iter(parse(f"{text} = 0".encode(), self.path))))
        return quoted(text[1:-1])

    def place(self, start: int, end: int) -> Place:
        return Place(self.path, self.lines.position(start), self.lines.position(end))
