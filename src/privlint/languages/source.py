"""Bytes and wanted words in; the reading aids that every adapter shares out."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from privlint.model.code import Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

IDENTIFIER = re.compile(rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*")
_AS = re.compile(rb"`?[ \t]+as[ \t]+`?(?=([A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*))")
_BEHIND = re.compile(rb"\s*(?:\(|::|<)")
_LAST = re.compile(rb"[A-Za-z0-9_\x80-\xff]+\Z")


class Source:
    """The bytes of one file, where its wanted words stand, and which of them the adapter has read.

    A word is wanted when the catalogue may have something to say about it; None wants them all. One with a dot before
    it counts only where it is a member or is called, and not as the name of a local. Every identifier that an adapter
    turns into a record is read through `text`, which notes it: a wanted word that was never read is *lost*, and so
    cannot be missed in silence.
    """

    def __init__(self, data: bytes, words: frozenset[str] | None) -> None:
        self.data = data
        self.words = words
        self.seen: set[int] = set()
        self.hits: list[int] = []
        if words is not None:
            wanted = {word.lstrip(".").encode() for word in words}
            wanted |= _renamed(data, wanted)
            found = [match.span() for match in IDENTIFIER.finditer(data) if match.group() in wanted]
            self.hits = self.hits = [start for start, _ in found]
            members = {word[1:].encode() for word in words if word.startswith(".")}
            if members:
                self.hits = [
                    start for start, end in found if data[start:end] not in members or _is_use(data, start, end)
                ]

    def text(self, node: Node) -> str:
        """The text of an identifier node, noted as read; without the backticks of Kotlin."""
        start, end = node.start_byte, node.end_byte
        self.seen.add(start)
        if self.data[start : start + 1] == b"`":
            self.seen.update(self.hits_between(start, end))
            start, end = start + 1, end - 1
        return self.data[start:end].decode("utf-8", "replace")

    def slice(self, start: int, end: int) -> str:
        """Any other text: literals, operators."""
        return self.data[start:end].decode("utf-8", "replace")

    def holds(self, start: int, end: int) -> bool:
        """Does a wanted word stand between two offsets? A body without one is not worth lowering."""
        if self.words is None:
            return True
        index = bisect_left(self.hits, start)
        return index < len(self.hits) and self.hits[index] < end

    def hits_between(self, start: int, end: int) -> list[int]:
        """Where wanted words stand between two offsets."""
        return self.hits[bisect_left(self.hits, start) : bisect_left(self.hits, end)]

    def lost(self, prose: Iterable[tuple[int, int]]) -> tuple[Token, ...]:
        """The wanted words that no record came from; `prose` are the sorted ranges of comments and strings."""
        unread = [start for start in self.hits if start not in self.seen]
        if not unread:
            return ()
        ranges = list(prose)
        starts = [start for start, _ in ranges]
        tokens = []
        for start in unread:
            index = bisect_left(starts, start + 1) - 1
            if index >= 0 and start < ranges[index][1]:
                continue
            tokens.append(self._token(start))
        return tuple(tokens)

    def _token(self, start: int) -> Token:
        match = IDENTIFIER.match(self.data, start)
        end = match.end() if match else start
        before = self.data[max(0, start - 40) : start].rstrip()
        after = self.data[end : end + 40].lstrip()
        return Token(
            start,
            end,
            self.slice(start, end),
            call=after.startswith(b"("),
            member=before.endswith((b".", b"::")),
        )


def _is_use(data: bytes, start: int, end: int) -> bool:
    """Tell whether a word stands where a member, a call or a reference does, in Java."""
    return _BEHIND.match(data, end) is not None or data[max(0, start - 200) : start].rstrip()[-1:] in (b".", b":")


def _renamed(data: bytes, wanted: set[bytes]) -> set[bytes]:
    """The names that imports of Kotlin and Python give to wanted words; a cast to a type makes that type one too."""
    found = set()
    for match in _AS.finditer(data):
        before = _LAST.search(data, max(0, match.start() - 80), match.start())
        if before and before.group() in wanted:
            found.add(match.group(1))
    return found


def broken_ranges(root: Node) -> tuple[tuple[int, int], ...]:
    """The sorted byte ranges that a parser marked as errors; what it made up counts as the byte where it is missing."""
    if not root.has_error:
        return ()
    ranges: list[tuple[int, int]] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error:
            ranges.append((node.start_byte, node.end_byte))
        elif node.is_missing:
            ranges.append((node.start_byte, node.start_byte + 1))
        elif node.has_error:
            stack.extend(node.children)
    return tuple(sorted(ranges))
