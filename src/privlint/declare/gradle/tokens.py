"""The text of a Gradle script in, its tokens out: Groovy and Kotlin alike, also the Kotlin of `buildSrc`.

There is no grammar for this that survives real files, and none is needed: comments and strings must be told from code,
and brackets matched. What stands in a token is only ever read as text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from msgspec import Struct

from privlint.model.place import Place, Position

TokenKind = Literal["name", "string", "number", "sign", "line"]

_PLAIN = re.compile(
    r"(?P<space>[ \t\r\f]+|\\\r?\n)"
    r"|(?P<line>\n)"
    r"|(?P<comment>//[^\n]*|\A#![^\n]*)"
    r"|(?P<block>/\*)"
    r"|(?P<name>[^\W\d][\w$]*|`[^`\n]+`)"
    r"|(?P<number>\d[\w.]*)"
    r"|(?P<quote>\"\"\"|'''|\"|')"
    r"|(?P<sign>\?\.|\?:|->|==|!=|<=|>=|&&|\|\||\+=|::|.)"
)
_EDGE = re.compile(r"/\*|\*/")
_SLASHY = re.compile(r"/(?:[^/\\\n]|\\.)+/")
_BEFORE_SLASHY = frozenset({"(", ",", "=", "~", ":", "[", "==", "return", "+", "{"})
_MARK = re.compile(r"\\.|\$\{|[{}\n]|\"\"\"|'''|[\"']", re.DOTALL)


class Token(Struct, frozen=True, gc=False):
    """One word, sign or string. `text` of a string is what stands between its quotes."""

    kind: TokenKind
    text: str
    start: int  # code points from the beginning of the text
    end: int
    raw: bool = False  # a string in which `$` is only a letter


class Text:
    """The tokens of one script, its brackets matched, and where they stand."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.kotlin = path.endswith((".kts", ".kt"))
        self.tokens = tuple(_Scanner(text, self.kotlin).tokens())
        self.partner, self.depth = _brackets(self.tokens)
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, first: int, after: int) -> Place:
        """Where the tokens from `first` up to before `after` stand; strings without their quotes."""
        last = max(first, after - 1)
        if first >= len(self.tokens):
            end = self._position(len(self.text))
            return Place(self.path, end, end)
        start, end_offset = self.tokens[first].start, self.tokens[min(last, len(self.tokens) - 1)].end
        if first == last and self.tokens[first].kind == "string":
            width = (end_offset - start - len(self.tokens[first].text)) // 2
            start, end_offset = start + width, end_offset - width
        return Place(self.path, self._position(start), self._position(end_offset))

    def opens(self, at: int, *brackets: str) -> bool:
        """Tell whether one of these brackets opens at a token; a string that holds one is none."""
        return at in self.partner and self.tokens[at].text in brackets

    def written(self, first: int, after: int) -> str:
        """The source between two tokens, on one line and not endless."""
        if first >= after or first >= len(self.tokens):
            return ""
        source = self.text[self.tokens[first].start : self.tokens[min(after, len(self.tokens)) - 1].end]
        return " ".join(source.split())[:200]

    def _position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str, kotlin: bool) -> None:
        self.text = text
        self.kotlin = kotlin

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        at = 0
        while match := _PLAIN.match(self.text, at):
            kind, start, at = match.lastgroup, match.start(), match.end()
            if kind == "block":
                at = self.after_comment(at)
            elif kind == "quote":
                at = self.after_string(start, match.group())
                width = len(match.group())
                closed = self.text.endswith(match.group(), start + width, at)
                inner = self.text[start + width : at - width if closed else at]
                raw = "'" in match.group() and not self.kotlin
                found.append(Token("string", inner, start, at, raw))
            elif kind == "line":
                if found and found[-1].kind != "line":
                    found.append(Token("line", "\n", start, at))
            elif kind == "sign" and match.group() == "/" and (slashy := self.slashy(found, start)):
                at = slashy
                found.append(Token("string", self.text[start + 1 : at - 1], start, at, raw=True))
            elif kind in ("name", "number", "sign"):
                found.append(Token(kind, match.group().strip("`"), start, at))  # type: ignore[arg-type]
        return found

    def after_comment(self, at: int) -> int:
        depth = 1
        while depth and (edge := _EDGE.search(self.text, at)):
            at = edge.end()
            if edge.group() == "*/":
                depth -= 1
            elif self.kotlin:
                depth += 1
        return at if not depth else len(self.text)

    def after_string(self, start: int, quote: str) -> int:
        """The offset behind the closing quote, or behind what there is of the string: one pass, however it nests."""
        inside = [quote]  # strings by their quotes, and "{" for each brace of an interpolation
        at = start + len(quote)
        while inside and (mark := _MARK.search(self.text, at)):
            at = mark.end()
            word, innermost = mark.group(), inside[-1]
            if word == "\n":
                if len(quote) == 1:
                    return mark.start()
                inside = inside[: _last_long(inside) + 1]
            elif innermost == "{":
                if word == "}":
                    inside.pop()
                elif word in ("{", "${"):
                    inside.append("{")
                elif word[0] != "\\":
                    inside.append(word)
            elif word == "${" and (self.kotlin or innermost[0] == '"'):
                inside.append("{")
            elif word[0] == "\\":
                at -= self.kotlin and len(innermost) == 3  # there it is only a letter
            elif word.startswith(innermost):
                at = mark.start() + len(innermost)
                inside.pop()
                while len(innermost) == 3 and self.text.startswith(quote[0], at) and not inside:
                    at += 1  # the quotes of """" are its text
        return at if not inside else len(self.text)

    def slashy(self, found: list[Token], start: int) -> int:
        if self.kotlin or not found or found[-1].text not in _BEFORE_SLASHY:
            return 0
        match = _SLASHY.match(self.text, start)
        return match.end() if match else 0


def _last_long(inside: list[str]) -> int:
    """The last string of three quotes, and the braces after it up to a string that a line end closes."""
    last = max(index for index, word in enumerate(inside) if len(word) == 3)
    while last + 1 < len(inside) and inside[last + 1] == "{":
        last += 1
    return last


_OPENING = {"(": ")", "[": "]", "{": "}"}


def _brackets(tokens: tuple[Token, ...]) -> tuple[dict[int, int], int]:
    """The index of each opening bracket's partner, the end where it has none; and how deep they nest."""
    partner: dict[int, int] = {}
    open_: list[int] = []
    depth = 0
    for index, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in _OPENING:
            open_.append(index)
            depth = max(depth, len(open_))
        elif token.text in (")", "]", "}"):
            while open_ and _OPENING[tokens[open_[-1]].text] != token.text and token.text == "}":
                partner[open_.pop()] = index  # a brace ends what was left open in it
            if open_ and _OPENING[tokens[open_[-1]].text] == token.text:
                partner[open_.pop()] = index
    partner.update({index: len(tokens) for index in open_})
    return partner, depth
