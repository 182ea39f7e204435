"""Text in; how many columns it takes on a terminal, and the lines it wraps to, out."""

from __future__ import annotations

_NO_LINE_START = frozenset("，。、；：？！）》」』】〉”’％…—·,.;:?!)]}%")
_NO_LINE_END = frozenset("（《「『【〈“‘([{")
_WIDTHS: dict[str, int] = {}


def width(text: str) -> int:
    """Count columns: a wide character takes two, a combining one none."""
    if text.isascii():
        return len(text)
    return sum(_WIDTHS[character] if character in _WIDTHS else _measure(character) for character in text)


def pad(text: str, columns: int) -> str:
    """Fill up with blanks to a number of columns."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int, hanging: int = 0) -> list[str]:
    """Break one line of prose; the first line is `hanging` columns shorter. Words longer than a line stay whole."""
    lines: list[str] = []
    line, used = "", hanging
    for blank, atom in _atoms(text):
        wide = width(atom)
        if line and used + len(blank) + wide > columns:
            lines.append(line)
            line, used = "", 0
        elif line:
            line, used = line + blank, used + len(blank)
        line, used = line + atom, used + wide
    return [*lines, line]


def _atoms(text: str) -> list[tuple[str, str]]:
    """Split into the pieces between which a line may break, each with the blank before it."""
    atoms: list[tuple[str, str]] = []
    blank, atom = "", ""
    for character in text:
        if character == " ":
            if atom:
                atoms.append((blank, atom))
            blank, atom = " ", ""
        elif atom and _breaks(atom[-1], character):
            atoms.append((blank, atom))
            blank, atom = "", character
        else:
            atom += character
    return [*atoms, (blank, atom)] if atom else atoms


def _breaks(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return False
    if after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    return width(before) == 2 or width(after) == 2


def _measure(character: str) -> int:
    from unicodedata import category, east_asian_width

    if category(character) in {"Mn", "Me", "Cf"}:
        return _WIDTHS.setdefault(character, 0)
    return _WIDTHS.setdefault(character, 2 if east_asian_width(character) in {"W", "F"} else 1)
