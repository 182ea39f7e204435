"""The bytes of a source in; where its comments and literals stand out, found without a grammar.

A grammar can lose a region, and some need quadratic time for comments; the scan here is linear on any input and knows
only what it takes to tell code from prose. What an interpolated string holds between its braces is code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from privlint.model.code import Comment

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


def prose(data: bytes, language: str) -> tuple[tuple[int, int], ...]:
    """Find the sorted, disjoint byte ranges of comments and of string and character literals."""
    return Prose(data, language).ranges


def blank_comments(data: bytes, language: str) -> bytes:
    """Replace every byte of a comment but its line ends by a space."""
    return Prose(data, language).blanked


def ascii_identifiers(data: bytes, kept: tuple[tuple[int, int], ...] = ()) -> bytes:
    """Replace every byte beyond ASCII by a letter, for grammars that reject such identifiers.

    Offsets stay as they are; texts are read from the original bytes. `kept` are the ranges where a grammar wants the
    characters as they are: a character literal holds one.
    """
    if data.startswith(_BYTE_ORDER_MARK):
        data = b"   " + data[3:]
    pieces = []
    position = 0
    for start, end in kept:
        pieces += [data[position:start].translate(_LETTERS), data[start:end]]
        position = end
    return b"".join((*pieces, data[position:].translate(_LETTERS)))


class Prose:
    """The comments and literals of one file; a language that is not known here raises KeyError."""

    def __init__(self, data: bytes, language: str) -> None:
        self._data = data
        self._parts = tuple(part for part in _SCANS[language](data) if part.start < part.end)

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Sorted and disjoint byte ranges of comments and literals."""
        return tuple((part.start, part.end) for part in self._parts)

    @property
    def blanked(self) -> bytes:
        """The source without its comments, of the same length and with the same lines."""
        kept = []
        position = 0
        for part in self._parts:
            if part.comment:
                kept.append(self._data[position : part.start])
                kept.append(self._data[part.start : part.end].translate(_SPACES))
                position = part.end
        kept.append(self._data[position:])
        return b"".join(kept)

    @property
    def code(self) -> bytes:
        """The source without comments and literals, of the same length; for looking at what its brackets hold."""
        kept: list[bytes] = []
        position = 0
        for part in self._parts:
            kept += (self._data[position : part.start], b" " * (part.end - part.start))
            position = part.end
        return b"".join((*kept, self._data[position:]))

    @property
    def spoken(self) -> tuple[Comment, ...]:
        """The comments that speak to privlint, without their delimiters."""
        if _CALL not in self._data:
            return ()
        comments = []
        for part in self._parts:
            text = self._data[part.start : part.end]
            if part.comment and _CALL in text:
                inner = text.strip(b"/* \t\r\n") if text.startswith(b"/") else text.lstrip(b"# \t")
                comments.append(Comment(part.start, part.end, inner.decode("utf-8", "replace").strip()))
        return tuple(comments)


class _Part(NamedTuple):
    """A comment, a literal, or a piece of a literal between two interpolations."""

    start: int
    end: int
    comment: bool


class _Text(NamedTuple):
    """An interpolated string that is open: it is being read, or the code of one of its interpolations is."""

    inside: re.Pattern[bytes]  # what may interrupt or end it
    quote: bytes
    markers: int  # how many `$` start an interpolation
    brackets: int  # open brackets of the interpolation that the string itself stands in


_CALL = b"privlint:"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LETTERS = bytes(byte if byte < 0x80 else ord("x") for byte in range(256))
_SPACES = bytes(byte if byte in b"\r\n" else ord(" ") for byte in range(256))

# No alternative below can fail after it has begun a comment or a string, so none is ever read twice. They are compiled
# where they are used: a run over one language does not pay for the others.
_LINE_COMMENT = rb"//[^\r\n]*"
_BLOCK_COMMENT = rb"/\*[^*]*(?:\*+[^*/][^*]*)*(?:\*+/|\**\Z)"
_TEXT_BLOCK = rb'"""[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*(?:"""|\\?\Z)'
_LINE_TEXT = rb'"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"?'
_CHARACTER = rb"'(?:[^'\\\r\n]|\\[^\r\n]){1,12}'"
_JAVA = b"|".join((_LINE_COMMENT, _BLOCK_COMMENT, _TEXT_BLOCK, _LINE_TEXT, _CHARACTER))


def _java(data: bytes) -> Iterator[_Part]:
    for match in re.finditer(_JAVA, data):
        yield _Part(match.start(), match.end(), data[match.start()] == ord("/"))


_KOTLIN = b"|".join((_LINE_COMMENT, rb"/\*", rb'\$*"(?:"")?|\$+', _CHARACTER, rb"`[^`\r\n]*`"))
_KOTLIN_COMMENT_EDGE = rb"/\*|\*/"
_KOTLIN_MARKER = rb"\$+(?:\{|[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*|`[^`\r\n]*`)?"
_KOTLIN_RAW = rb'"{3,}|' + _KOTLIN_MARKER
_KOTLIN_LINE = rb'\\[^\r\n]|["\r\n]|' + _KOTLIN_MARKER


def _kotlin(data: bytes) -> Iterator[_Part]:
    outside, interpolation = re.compile(_KOTLIN), re.compile(_KOTLIN + rb"|[{}]")
    position = 0
    brackets = 0
    texts: list[_Text] = []
    while match := (interpolation if texts else outside).search(data, position):
        start, position, token = match.start(), match.end(), match.group()
        reading = False
        if token[0] in b'"$' and token.endswith(b'"'):
            quote = token.lstrip(b"$")
            inside = re.compile(_KOTLIN_RAW if len(quote) == 3 else _KOTLIN_LINE)
            texts.append(_Text(inside, quote, max(1, len(token) - len(quote)), brackets))
            reading = True
        elif token == b"{":
            brackets += 1
        elif token == b"}":
            reading = not brackets
            brackets = max(0, brackets - 1)
        elif token == b"/*":
            position = _nested_comment_end(data, position)
            yield _Part(start, position, True)
        elif token[0] in b"/'":
            yield _Part(start, position, token.startswith(b"/"))
        if reading:
            position, closed = yield from _kotlin_text(data, start, position, texts[-1])
            brackets = texts.pop().brackets if closed else 0


def _nested_comment_end(data: bytes, position: int) -> int:
    depth = 1
    for match in re.compile(_KOTLIN_COMMENT_EDGE).finditer(data, position):
        depth += 1 if match.group() == b"/*" else -1
        if not depth:
            return match.end()
    return len(data)


def _kotlin_text(data: bytes, start: int, position: int, text: _Text) -> Generator[_Part, None, tuple[int, bool]]:
    """Read on from a position in a string; returns where it ended, and whether the string did too."""
    for match in text.inside.finditer(data, position):
        token = match.group()
        name = token.lstrip(b"$")
        if token.startswith(b"$"):
            if not name or len(token) - len(name) < text.markers:
                continue
            if name == b"{":
                yield _Part(start, match.end(), False)
                return match.end(), False
            yield _Part(start, match.end() - len(name), False)
            start = match.end()
        elif not token.startswith(b"\\"):
            end = match.end() if token.endswith(b'"') else match.start()
            yield _Part(start, end, False)
            return end, True
    yield _Part(start, len(data), False)
    return len(data), True


_PYTHON_QUOTE = rb"""\"(?:\"\")?|'(?:\'\')?"""
_PYTHON = rb"#[^\r\n]*|" + _PYTHON_QUOTE
_PYTHON_PREFIX = rb"(?<![A-Za-z0-9_\x80-\xff])[BFRTUbfrtu]{1,2}\Z"
_PYTHON_PLAIN = {
    b'"': rb'[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*"?',
    b"'": rb"[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'?",
    b'"""': rb'[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*(?:"""|\\?\Z)',
    b"'''": rb"[^'\\]*(?:(?:\\[\s\S]|'(?!\'\'))[^'\\]*)*(?:\'\'\'|\\?\Z)",
}
_PYTHON_ESCAPE = rb"""\\N\{[^{}'"\r\n]*\}|\\(?:\r\n|[^{}])|\{\{|\}\}|\{|"""
_PYTHON_FORMATTED = {
    quote: _PYTHON_ESCAPE + quote + (b"" if len(quote) == 3 else rb"|[\r\n]") for quote in _PYTHON_PLAIN
}
_PYTHON_FORMAT = {b'"': rb'[^{}"\r\n]*', b"'": rb"[^{}'\r\n]*"}


def _python(data: bytes) -> Iterator[_Part]:
    outside, field, before = re.compile(_PYTHON), re.compile(_PYTHON + rb"|[(\[{}\]):]"), re.compile(_PYTHON_PREFIX)
    position = 0
    brackets = 0
    texts: list[_Text] = []
    while match := (field if texts else outside).search(data, position):
        start, position, token = match.start(), match.end(), match.group()
        reading = False
        if token.startswith(b"#"):
            yield _Part(start, position, True)
        elif token[0] in b"\"'":
            prefix = before.search(data, max(0, start - 3), start)
            start = prefix.start() if prefix else start
            reading = prefix is not None and not _FORMATS.isdisjoint(prefix.group())
            if reading:
                texts.append(_Text(re.compile(_PYTHON_FORMATTED[token]), token, 1, brackets))
            else:
                position = _end(_PYTHON_PLAIN[token], data, position)
                yield _Part(start, position, False)
        elif token in b"([{":
            brackets += 1
        elif brackets:
            brackets -= token != b":"
        elif token == b":":
            position = _end(_PYTHON_FORMAT[texts[-1].quote[:1]], data, position)
            yield _Part(start, position, False)
        else:
            reading = token == b"}"
        if reading:
            position, closed = yield from _python_text(data, start, position, texts[-1])
            brackets = texts.pop().brackets if closed else 0


def _end(pattern: bytes, data: bytes, position: int) -> int:
    match = re.compile(pattern).match(data, position)
    return match.end() if match else position


def _python_text(data: bytes, start: int, position: int, text: _Text) -> Generator[_Part, None, tuple[int, bool]]:
    """Read on from a position in an f-string; returns where it ended, and whether the string did too."""
    for match in text.inside.finditer(data, position):
        token = match.group()
        if token in (b"{", text.quote):
            yield _Part(start, match.end(), False)
            return match.end(), token != b"{"
        if token in b"\r\n":
            yield _Part(start, match.start(), False)
            return match.start(), True
    yield _Part(start, len(data), False)
    return len(data), True


_FORMATS = frozenset(b"ftFT")
_SCANS = {"java": _java, "kotlin": _kotlin, "python": _python}
