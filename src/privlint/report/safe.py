r"""Text from the scanned tree in; text that cannot act on a terminal or a build log out.

Control characters, direction marks, line ends and invisible characters become visible escapes; bytes of a name that is
not UTF-8 become `\xff`; and what a build server would take for a command is broken up.
"""

from __future__ import annotations

from collections.abc import Iterator

_JOINER = "\u200d"  # holds emoji together
_BLANKS = "\u00a0\u3000"
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Make one line of prose, or a name, safe to print."""
    if text.isprintable() and "::" not in text and "##" not in text:
        return text
    return "".join("\\x3a" if _command(text, index) else cell for index, cell in enumerate(cells(text)))


def path(text: str) -> str:
    """Make a path safe to print at the start of a line."""
    shown = visible(text)
    return f"./{shown}" if shown.startswith(("-", "#")) else shown


def cells(text: str) -> Iterator[str]:
    """Yield what to print for each code point of a quoted line; a quoted line never starts at the margin."""
    before = ""
    for index, character in enumerate(text):
        if character == "#" and text.startswith(("##[", "##vso["), index):
            yield "\\x23"
        elif character.isprintable() or character in _BLANKS or (character == _JOINER and before > "\x7f"):
            yield character
        else:
            yield escape(character)
        before = character


def escape(character: str) -> str:
    """Write one character so that it can be seen."""
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # a byte that Python could not decode
        return f"\\x{number - 0xDC00:02x}"
    if number < 0x100:
        return _SHORT.get(character) or f"\\x{number:02x}"
    return f"\\u{{{number:x}}}"


def _command(text: str, index: int) -> bool:
    """Tell whether a workflow command (`::error::`) could begin here, if the line were broken before it."""
    return text.startswith("::", index) and (index == 0 or not text[index - 1].isalnum())
