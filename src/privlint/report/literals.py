"""A line of source in; which of its characters to hide out, because string literals may hold secrets.

A build log is public more often than a repository. Of each literal the first eight characters are shown; what the
finding points at, and code inside a template, stays readable.
"""

from __future__ import annotations

SHOWN = 8  # characters of a literal


def hidden(line: str, keep: tuple[int, int], known: str = "") -> frozenset[int]:
    """Give the indexes to hide. `keep` is the region pointed at; a literal that is part of `known` is no secret."""
    found: set[int] = set()
    index = 0
    while index < len(line):
        if line[index] in "\"'":
            prefix = _prefix(line, index)
            if line[index] == '"' or prefix in _PREFIXES:
                start, index = index, _end(line, index)
                if line[start + 1 : index] not in known:
                    found.update(_text(line, start, index, "{" if "f" in prefix else "${")[SHOWN:])
        index += 1
    return frozenset(position for position in found if not keep[0] <= position < keep[1])


_PREFIXES = frozenset({"", "f", "r", "b", "u", "rb", "br", "fr", "rf"})


def _prefix(line: str, index: int) -> str:
    """Give the letters before a quotation mark: `f'…'` opens a literal, `don't` has an apostrophe."""
    start = index
    while start and (line[start - 1].isalnum() or line[start - 1] == "_"):
        start -= 1
    return line[start:index].lower()


def _end(line: str, start: int) -> int:
    """Find the mark that closes a literal; the end of the line where none does."""
    quote = line[start]
    if line.startswith(quote * 3, start):
        closing = line.find(quote * 3, start + 3)
        return len(line) if closing < 0 else closing + 2
    index = start + 1
    while index < len(line) and line[index] != quote:
        index += 2 if line[index] == "\\" else 1
    return min(index, len(line))


def _text(line: str, start: int, end: int, opening: str) -> list[int]:
    """List the indexes of a literal's own text, without the code that it embeds."""
    body: list[int] = []
    index = start + 1
    while index < end:
        if line.startswith(opening, index) and not line.startswith("{{", index):
            closing = line.find("}", index, end)
            if closing >= 0:
                index = closing + 1
                continue
        body.append(index)
        index += 1
    return body
