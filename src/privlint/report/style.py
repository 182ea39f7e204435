"""A role in; the same text out, coloured where the reader wants colour. Colour never carries a meaning alone."""

from __future__ import annotations

from msgspec import Struct

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "suppressed": "2",
    "strong": "1",
    "gutter": "34",
    "help": "32",
    "dim": "2",
}


class Style(Struct, frozen=True):
    """Paints, or does not."""

    colour: bool = False

    def __call__(self, role: str, text: str) -> str:
        """Paint text that has been made safe already."""
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.colour and text else text
