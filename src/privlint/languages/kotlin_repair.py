"""Kotlin bytes in, bytes of the same length out that the grammar reads as the language means them.

tree-sitter-kotlin 1.1.0 misreads some valid forms, with or without an error flag. Each repair keeps every offset, so
names and texts are still taken from the original bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from privlint.languages.prose import ascii_identifiers

# `class A : I by impl {`: the class body is read as a lambda given to `impl`, without an error.
_DELEGATION = re.compile(rb"\bby\s+[A-Za-z_][\w.]*(?:\([^(){}]*\))?(?=\s*\{)")
_DECLARES = re.compile(rb"\b(val|var|class|object|interface)\b")
_ONE_LINE = re.compile(
    rb"(?:\b(?:class|object|interface)\b[^{}\n=]{0,400}|\bobject\s*(?::[^{}\n=]{0,400})?)"
    rb"\{ [^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)* \}"
)
_MODIFIERS = (
    rb"abstract|actual|annotation|companion|const|crossinline|data|enum|expect|external|final|infix|inline|inner|internal"
    rb"|lateinit|noinline|open|operator|override|private|protected|public|sealed|suspend|tailrec|value|vararg"
)
_DECLARATION = re.compile(
    rb"(?:\s|//[^\n]*|/\*.*?\*/)*(?:(?:" + _MODIFIERS + rb")\s+)*(?:fun|class|val|var|object|interface|typealias)\b",
    re.DOTALL,
)
# A modifier stands before a word or an annotation; before anything else on its line it is a name.
_SOFT = (
    rb"(?<![\w.])(?:abstract|actual|annotation|data|enum|expect|external|final|infix|inline|inner|internal|open|operator"
    rb"|override|private|protected|public|sealed|tailrec|value|vararg)(?=[ \t]*[^\w\s@`])"
)
_ANNOTATION = rb"@[\w.:]+(?:\([^()\n]*\))?"


def always(data: bytes, prose: tuple[tuple[int, int], ...]) -> bytes:
    """Repairs of what is misread in silence, and of identifiers outside ASCII."""
    if b" by " in data:
        data = _DELEGATION.sub(lambda match: _without_delegate(match, prose), data)
    return data if data.isascii() else ascii_identifiers(data, prose)


def after_errors(data: bytes, prose: tuple[tuple[int, int], ...] = ()) -> bytes:
    """Repairs that are only tried when the parser has reported errors; few files need their patterns."""
    # `class A { val x = 1 }` and `interface A { fun x() }` on one line: a line break inside the braces helps.
    for _ in range(2):  # one inside another
        data = _ONE_LINE.sub(_broken_up, data)
    # `object : R { fun run() { a {} } }`: the grammar wants a line break between a member and the end of its class.
    data = re.sub(rb"\} (?=\})", lambda match: match.group() if _inside(prose, match.start()) else b"}\n", data)
    # `class A`, and its constructor `(val x: Int)` on the next line.
    data = re.sub(rb"(\b(?:class|interface)[ \t]+\w+(?:<[^<>\n]*>)?)([ \t]*\n[ \t]*)(?=\()", _joined, data)
    # A `when` guard is read as one more condition of its branch.
    data = re.sub(
        rb"(?m)^([ \t]*)(is[ \t]+(?=[\w.])[\w.<>, ]*[\w.>]|[\w.]+)([ \t]+|[ \t]*\n[ \t]+)if(\s[^\n{]*->)",
        _guarded,
        data,
    )
    data = re.sub(rb"(?<!\$)\$+(?=\")", _blank, data)  # multi-dollar strings
    data = re.sub(rb"\bsuspend(?=\s*\{)", _blank, data)
    data = re.sub(rb"(?m)^[ \t]*context\([^()]*\)(?=\s*[\w@])", _blank, data)
    # `val state: Flow<X>`, and on the next line `field = MutableFlow()`: an explicit backing field.
    data = re.sub(
        rb"(?m)(?<=[\w>?])\s*\n[ \t]*(?:(?:private|internal)[ \t]+)?field(?:[ \t]*:[^=\n]*)?(?=[ \t]*=[^=])",
        _spaces,
        data,
    )
    data = re.sub(rb",(?=\s*[>\]])", b" ", data)  # the last comma of type arguments, and of an index
    # `@Composable (() -> Unit)` and `suspend (T.() -> R)`: a word before the parentheses of a type.
    data = re.sub(rb"(?<=:)\s*(?:@[\w.]+|suspend)(?=\s*\()", _blank, data)
    # `class A` with `@Inject internal constructor(` on lines of their own.
    data = re.sub(
        rb"(\bclass\s+\w+(?:<[^<>\n]*>)?)((?:\s+@[\w.]+(?:\([^()\n]*\))?)*\s+(?:(?:internal|private|protected|public)\s+)?"
        rb"constructor)(?=\s*\()",
        lambda match: match.group(1) + b" " * len(match.group(2)),
        data,
    )
    data = re.sub(
        rb"(?<=[=(,])(\s*)\[\s*\]", lambda match: match.group(1) + b'""'.ljust(len(match.group().lstrip())), data
    )
    # Annotations of an accessor.
    data = re.sub(rb"(?m)^[ \t]*" + _ANNOTATION + rb"(?=(?:\s+" + _ANNOTATION + rb"){0,4}\s*[gs]et\()", _blank, data)
    # Words that are modifiers elsewhere, as names; and what is no accessor, as it is called with more than one name.
    data = re.sub(_SOFT, _renamed, data)
    data = re.sub(rb"(?m)^[ \t]*[gs]et(?=[ \t]*(?:\?\.|\.|=[^=]))", _renamed, data)
    return re.sub(rb"(?m)^[ \t]*(?:get(?=\([^)\s])|set(?=\([^):\n]*[,.(]))", _renamed, data)


def declares(data: bytes, position: int) -> bool:
    """Tell whether a declaration or a loop begins at the next word, after its modifiers."""
    return _DECLARATION.match(data, position) is not None


def next_code(text: bytes, position: int) -> int:
    """The offset of the next byte that is not a space; comments are blank already."""
    return position + len(text[position:]) - len(text[position:].lstrip())


def blanked(text: bytes, start: int, end: int) -> bytes:
    """The text with a region blanked."""
    return text[:start] + re.sub(rb"[^\n]", b" ", text[start:end]) + text[end:]


def _without_delegate(match: re.Match[bytes], prose: tuple[tuple[int, int], ...]) -> bytes:
    text = match.string
    if _inside(prose, match.start()):
        return match.group()
    head = text[max(0, match.start() - 2000) : match.start()]
    words = [word for word in _DECLARES.finditer(head) if not _inside(prose, match.start() - len(head) + word.start())]
    # A constructor's `val x: T` stands inside parentheses: only a declaration at the same depth owns this `by`.
    while words:
        word = words.pop()
        between = head[word.end() :]
        if between.count(b"(") == between.count(b")"):
            return match.group() if word.group() in {b"val", b"var"} else _blank(match)
    return match.group()


def _inside(prose: tuple[tuple[int, int], ...], offset: int) -> bool:
    index = bisect_right(prose, (offset, 1 << 62)) - 1
    return index >= 0 and offset < prose[index][1]


def _guarded(match: re.Match[bytes]) -> bytes:
    indent, condition, between, guard = match.groups()
    if condition == b"else":
        return indent + b" " * len(condition) + between + b"  " + guard
    return indent + condition + between + b", " + guard


def _broken_up(match: re.Match[bytes]) -> bytes:
    text = match.group()
    opening = text.index(b"{ ")
    inner = text[opening + 2 : -2].replace(b"; ", b";\n")
    return text[:opening] + b"{\n" + inner + b"\n}"


def _blank(match: re.Match[bytes]) -> bytes:
    return re.sub(rb"[^\n]", b" ", match.group())


def _joined(match: re.Match[bytes]) -> bytes:
    return match.group(1) + b" " * len(match.group(2))


def _spaces(match: re.Match[bytes]) -> bytes:
    return b" " * len(match.group())


def _renamed(match: re.Match[bytes]) -> bytes:
    return match.group()[:-1] + b"_"
