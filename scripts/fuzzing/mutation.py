"""A text in, the same text damaged in a few places out."""

from __future__ import annotations

import random

PIECES = (
    *list("(){}[]<>\"'`\\@#$%&*;:,.?!~|^/=+-\n\t\r\0\ufeff\u2028\u202e\U0001f600"),
    *('"""', "'''", "/*", "*/", "//", "${", "?.", "?:", "!!", "::", "->", "..", "0x", "1e9", "L", "手机号"),
    *("class ", "fun ", "def ", "lambda ", "object ", "when ", "switch ", "case ", "if ", "else ", "return "),
    *("import ", "as ", "is ", "in ", "by ", "async ", "yield ", "new ", "super."),
    *("<!--", "-->", "<!DOCTYPE a [", "]>", "<![CDATA[", "]]>", "&amp;", "&#0;", "&x;", "xmlns:", "[[", "]]", " = "),
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Change a text in one place or a few."""
    text = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 32))):
        at = chance.randrange(len(text) + 1)
        piece = chance.choice(PIECES).encode()
        match chance.randrange(7):
            case 0:
                text[at:at] = piece * chance.choice((1, 1, 1, 2, 50, 2_000))
            case 1:
                del text[at : at + chance.randrange(1, 40)]
            case 2:
                other = chance.randrange(len(text) + 1)
                text[at:at] = text[other : other + chance.randrange(1, 300)]
            case 3:
                text[at : at + 1] = piece
            case 4:
                text[at:at] = chance.randbytes(chance.randrange(1, 12))
            case 5:
                text[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                text[at:] = text[at:][: chance.randrange(1, 200)]
    return bytes(text)
