r"""A document in; its lines of JSON out, with every character escaped that could act on a terminal.

A lone surrogate, which stands for a byte of a name that is not UTF-8, is no legal JSON: it is written `\xff`, in words.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from privlint.report import safe


def lines(document: object) -> Iterator[str]:
    """Yield the lines; the same document gives the same bytes."""
    for text in msgspec.json.format(_encoded(document), indent=2).decode().split("\n"):
        yield _shown(text)


def line(document: object) -> str:
    """Write a document on one line."""
    return _shown(msgspec.json.format(_encoded(document), indent=0).decode())


def _encoded(document: object) -> bytes:
    try:
        return msgspec.json.encode(document)
    except UnicodeEncodeError:
        return msgspec.json.encode(_legal(msgspec.to_builtins(document)))


def _shown(text: str) -> str:
    return text if text.isprintable() else "".join(map(_escape, text))


def _escape(character: str) -> str:
    if character.isprintable():
        return character
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[index]:02x}{units[index + 1]:02x}" for index in range(0, len(units), 2))


def _legal(value: object) -> object:
    match value:
        case str():
            return "".join(safe.escape(letter) if "\ud800" <= letter <= "\udfff" else letter for letter in value)
        case list() | tuple():
            return [_legal(item) for item in value]
        case dict():
            return {_legal(key): _legal(item) for key, item in value.items()}
        case _:
            return value
