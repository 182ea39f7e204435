"""Byte offsets in, positions out: the one place where bytes become lines and code points."""

from __future__ import annotations

from bisect import bisect_right

from privlint.model.place import Place, Position

_BOM = b"\xef\xbb\xbf"


class Lines:
    """The line starts of one file."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.starts = [0]
        position = data.find(b"\n")
        while position >= 0:
            self.starts.append(position + 1)
            position = data.find(b"\n", position + 1)

    def position(self, offset: int) -> Position:
        """The position of a byte offset; a byte order mark takes no column."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        text = self.data[start:offset]
        if start == 0 and text.startswith(_BOM):
            text = text[len(_BOM) :]
        return Position(line, len(text.decode("utf-8", "replace")) + 1)

    def place(self, start: int, end: int) -> Place:
        """The place of a byte range."""
        return Place(self.path, self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The byte offset of a position of this file."""
        start = self.starts[min(position.line, len(self.starts)) - 1]
        line = self.data[start : start + 4 * position.column + len(_BOM)]
        mark = len(_BOM) if start == 0 and line.startswith(_BOM) else 0
        before = line[mark:].decode("utf-8", "ignore")[: position.column - 1]
        return start + mark + len(before.encode())
