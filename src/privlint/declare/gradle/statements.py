"""The tokens of a Gradle script in, its statements out, each with the blocks around it.

A statement is a chain of names with what they are given: `project(":x").projectDir = file("y")`, `create("full") {…}`,
`implementation libs.z`. Blocks are entered whatever they are called; conditions are entered too and never decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.declare.gradle.tokens import Text

Range = tuple[int, int]  # tokens, the second exclusive

_DECLARING = frozenset({"val", "var", "def", "const"})
_MODIFIERS = frozenset(
    {"abstract", "actual", "data", "expect", "final", "inline", "internal", "lateinit", "open", "override", "private"}
    | {"protected", "public", "sealed", "static", "suspend"}
)
_SCOPES = frozenset({"object", "class", "interface", "enum"})
_CONDITIONS = frozenset({"if", "when", "for", "while", "switch"})
_JOINS_BEFORE = frozenset({"=", "+", ",", "?:", "&&", "||", ".", "?.", "(", "[", "+=", ":", "?"})
_JOINS_AFTER = frozenset({".", "?.", "?:", "+", "&&", "||", ")", "]", ":", "?"})


class Block(Struct, frozen=True, gc=False):
    """What a block is called, and the first string that it was given."""

    name: str
    argument: str = ""
    before: Range = (0, 0)  # the statement that it belongs to, up to its brace


class Link(Struct, frozen=True, gc=False):
    """One name of a chain, with its arguments where it is called."""

    name: str
    at: int  # token
    arguments: tuple[Range, ...] | None = None
    quoted: bool = False  # "fullImplementation"(…)


class Statement(Struct, frozen=True, gc=False):
    """One statement; `links` is empty for one that does not begin with a name."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    whole: Range
    value: Range | None = None  # what is assigned
    declares: bool = False  # val, def …
    bodies: tuple[int, ...] = ()  # tokens of the opening braces

    @property
    def name(self) -> str:
        """The names of the chain, joined by dots."""
        return ".".join(link.name for link in self.links)

    @property
    def arguments(self) -> tuple[Range, ...]:
        """What the last link is given."""
        return (self.links[-1].arguments or ()) if self.links else ()

    def within(self, *names: str) -> bool:
        """Tell whether a block of one of these names is around it."""
        return any(block.name in names for block in self.blocks)


def statements(text: Text) -> Iterator[Statement]:
    """Yield every statement of a script in the order of its text, a block's after the one that opens it."""
    pending: list[tuple[Iterator[Range], tuple[Block, ...]]] = [(_split(text, 0, len(text.tokens)), ())]
    while pending:
        ranges, blocks = pending[-1]
        found = next(ranges, None)
        if found is None:
            pending.pop()
            continue
        one, inner = _statement(text, *found, blocks)
        yield one
        pending.extend((_split(text, first, after), around) for first, after, around in reversed(inner))


def split(text: Text, first: int, after: int, by: str = ",") -> tuple[Range, ...]:
    """Cut a range at a sign that stands in no bracket."""
    found, start, at = [], first, first
    while at < after:
        token = text.tokens[at]
        if at in text.partner:
            at = min(text.partner[at], after - 1)
        elif token.kind == "sign" and token.text == by:
            found.append((start, at))
            start = at + 1
        at += 1
    found.append((start, after))
    trimmed = (trim(text, *one) for one in found)
    return tuple(one for one in trimmed if one[0] < one[1])


def trim(text: Text, first: int, after: int) -> Range:
    """Leave out the line ends at both sides of a range."""
    while first < after and text.tokens[first].kind == "line":
        first += 1
    while after > first and text.tokens[after - 1].kind == "line":
        after -= 1
    return first, after


def _split(text: Text, first: int, after: int) -> Iterator[Range]:
    """Cut a block into statements: at line ends, but for those after which it goes on."""
    start, at = first, first
    while at < after:
        if at in text.partner:
            at = text.partner[at]
        elif _ends(text, start, at, after):
            if start < at:
                yield start, at
            start = at + 1
        at += 1
    if start < after:
        yield start, min(after, len(text.tokens))


def _ends(text: Text, start: int, at: int, after: int) -> bool:
    token = text.tokens[at]
    if token.kind == "line":
        return not _goes_on(text, start, at, after)
    return token.kind == "sign" and token.text in (";", "->")  # what stands before an arrow names parameters


def _goes_on(text: Text, start: int, at: int, after: int) -> bool:
    if at > start and text.tokens[at - 1].kind == "sign" and text.tokens[at - 1].text in _JOINS_BEFORE:
        return True
    if at + 1 >= after:
        return False
    following = text.tokens[at + 1]
    if following.kind == "sign":
        return following.text in _JOINS_AFTER or (following.text == "{" and at > start)
    return following.kind == "name" and following.text in ("else", "by") and at > start


def _statement(
    text: Text, start: int, end: int, blocks: tuple[Block, ...]
) -> tuple[Statement, list[tuple[int, int, tuple[Block, ...]]]]:
    start, end = trim(text, start, end)
    at, declares, scope = _modifiers(text, start, end)
    if scope:
        bodies = _bodies(text, at, end)
        inside = (*blocks, Block(scope))
        return Statement(blocks, (), (start, end), bodies=bodies), _inner(text, bodies[:1], inside)
    if at < end and text.tokens[at].text in _CONDITIONS | {"else"} and text.tokens[at].kind == "name":
        return _condition(text, at, end, blocks)
    links, at = _chain(text, at, end)
    if declares and len(links) == 1 and at < end and text.tokens[at].text == ":":
        at = next((index for index in range(at, end) if text.tokens[index].text in ("=", "by")), end)
    value = _value(text, at, end)
    if value is None and links and at < end and links[-1].arguments is None and _begins(text, at):
        links = (*links[:-1], Link(links[-1].name, links[-1].at, _command(text, at, end), links[-1].quoted))
    bodies = _bodies(text, start, end)
    one = Statement(blocks, links, (start, end), value, declares, bodies)
    before = (start, bodies[0] if bodies else end)
    name = _function(text, *before) if links and links[0].name == "fun" else one.name
    return one, _inner(text, bodies, (*blocks, Block(name, _argument(text, one), before)))


def _function(text: Text, start: int, end: int) -> str:
    """The name of a Kotlin function, after the word `fun`."""
    at = next((at for at in range(start, end) if text.opens(at, "(") and at > start), end)
    return f"fun {text.tokens[at - 1].text}"


def _condition(
    text: Text, at: int, end: int, blocks: tuple[Block, ...]
) -> tuple[Statement, list[tuple[int, int, tuple[Block, ...]]]]:
    """An `if`: what it leads to is entered as if it stood here, with or without braces."""
    word = text.tokens[at].text
    body = at + 1
    if word != "else" and body < end and text.opens(body, "("):
        body = min(text.partner.get(body, end) + 1, end)
    while body < end and text.tokens[body].kind == "line":
        body += 1
    inside = (*blocks, Block(word, text.written(at, body)))
    inner = []
    while body < end:
        if text.opens(body, "{"):
            close = min(text.partner.get(body, end), end)
            inner.append((body + 1, close, inside))
            body = close + 1
        else:
            stop = _next_else(text, body, end)
            inner.append((body, stop, inside))
            body = stop
        while body < end and text.tokens[body].kind == "line":
            body += 1
        if body < end and text.tokens[body].text == "else":
            body += 1
            if body < end and text.tokens[body].text == "if" and body + 1 in text.partner:
                body = text.partner[body + 1] + 1
    return Statement(blocks, (), (at, end)), inner


def _next_else(text: Text, at: int, end: int) -> int:
    start = at
    while at < end:
        if at in text.partner:
            at = text.partner[at]
        elif text.tokens[at].text == "else" and text.tokens[at].kind == "name" and at > start:
            return at
        at += 1
    return end


def _modifiers(text: Text, at: int, end: int) -> tuple[int, bool, str]:
    """Step over annotations and modifiers: where the name is, whether it is declared here, and the scope it opens."""
    declares = False
    while at < end:
        token = text.tokens[at]
        following = text.tokens[at + 1] if at + 1 < end else None
        if token.text == "@" and token.kind == "sign":
            at += 2
            while at < end and text.tokens[at].text in (":", ".") and at + 1 < end:
                at += 2
            if at < end and text.opens(at, "("):
                at = text.partner[at] + 1
        elif token.kind == "line":
            at += 1
        elif token.kind != "name" or following is None:
            break
        elif token.text in _DECLARING:
            at, declares = at + 1, True
        elif token.text in _MODIFIERS and following.kind == "name":
            at += 1
        elif token.text == "companion":
            return at, False, "companion"
        elif token.text in _SCOPES and following.kind == "name":
            if following.text == "class":
                at += 1
                continue
            return at, False, f"object {following.text}"
        elif following.kind == "name" and _assigned(text, at + 2, end):
            at, declares = at + 1, True  # String name = …
        else:
            break
    return at, declares, ""


def _assigned(text: Text, at: int, end: int) -> bool:
    return at < end and text.tokens[at].kind == "sign" and text.tokens[at].text == "="


def _chain(text: Text, at: int, end: int) -> tuple[tuple[Link, ...], int]:
    links: list[Link] = []
    while at < end:
        token = text.tokens[at]
        if token.kind not in ("name", "string"):
            break
        quoted = token.kind == "string"
        if quoted and (at + 1 >= end or text.tokens[at + 1].text not in ("(", "{")):
            break
        name_at = at
        at = _after_generics(text, at + 1, end)
        arguments: tuple[Range, ...] | None = None
        if at < end and text.opens(at, "("):
            close = min(text.partner[at], end)
            arguments = split(text, at + 1, close)
            at = close + 1
        elif at < end and text.opens(at, "[") and not _spaced(text, at):
            close = min(text.partner[at], end)
            inner = split(text, at + 1, close)
            links.append(Link(token.text, name_at))
            if len(inner) == 1 and text.tokens[inner[0][0]].kind == "string" and inner[0][1] - inner[0][0] == 1:
                links.append(Link(text.tokens[inner[0][0]].text, inner[0][0]))
            at = close + 1
            if at < end and text.tokens[at].text in (".", "?."):
                at += 1
                continue
            break
        links.append(Link(token.text, name_at, arguments, quoted))
        while at < end and text.opens(at, "{") and _dotted(text, text.partner[at] + 1, end):
            at = text.partner[at] + 1
        if not _dotted(text, at, end):
            break
        at = next(index for index in range(at, end) if text.tokens[index].kind != "line") + 1
    return tuple(links), at


def _spaced(text: Text, at: int) -> bool:
    """`implementation [a, b]` gives a list; `deps["a"]` looks up."""
    return text.tokens[at - 1].end != text.tokens[at].start


def _dotted(text: Text, at: int, end: int) -> bool:
    while at < end and text.tokens[at].kind == "line":
        at += 1
    return at + 1 < end and text.tokens[at].text in (".", "?.") and text.tokens[at].kind == "sign"


def _after_generics(text: Text, at: int, end: int) -> int:
    if at >= end or text.tokens[at].text != "<":
        return at
    depth, index = 0, at
    while index < min(end, at + 40):
        word = text.tokens[index]
        depth += (word.text == "<") - (word.text == ">")
        if depth == 0:
            return index + 1
        if word.kind == "sign" and word.text not in ("<", ">", ",", ".", "*", "?"):
            return at
        index += 1
    return at


def _value(text: Text, at: int, end: int) -> Range | None:
    if at < end and text.tokens[at].text in ("=", "+=") and text.tokens[at].kind == "sign":
        return trim(text, at + 1, end)
    if at < end and text.tokens[at].text == "by" and text.tokens[at].kind == "name":
        return trim(text, at + 1, end)
    return None


def _begins(text: Text, at: int) -> bool:
    """Tell whether an argument without parentheses may begin here."""
    token = text.tokens[at]
    return token.kind in ("name", "string", "number") or token.text in ("[", "(")


def _command(text: Text, at: int, end: int) -> tuple[Range, ...]:
    parts = split(text, at, end)
    return tuple(part for part in parts if text.tokens[part[0]].text != "{")


def _bodies(text: Text, at: int, end: int) -> tuple[int, ...]:
    """The braces of a statement, those within its parentheses too: `forEach({ … })`, `configure(x) { … }`."""
    found = []
    while at < end:
        if text.opens(at, "{"):
            found.append(at)
            at = text.partner[at]
        at += 1
    return tuple(found)


def _inner(text: Text, bodies: tuple[int, ...], blocks: tuple[Block, ...]) -> list[tuple[int, int, tuple[Block, ...]]]:
    return [(body + 1, text.partner[body], blocks) for body in bodies]


def _argument(text: Text, one: Statement) -> str:
    """The first string that the statement is given: "full" of `create("full")`."""
    for link in one.links:
        for start, after in link.arguments or ():
            if after - start >= 1 and text.tokens[start].kind == "string":
                return text.tokens[start].text
    return ""
