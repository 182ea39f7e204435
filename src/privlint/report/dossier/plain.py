"""Text from a manifest or a tree in; the same text out, as a cell of a Markdown table or of a CSV file.

Markdown takes it for nothing but text: no tag, no link, no mention. A spreadsheet takes it for no formula.
"""

from __future__ import annotations

from collections.abc import Iterable

from privlint.report import safe

_SPECIAL = frozenset("\\`*_[]|#~")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def markdown(text: str) -> str:
    """Write one cell, or one run of text."""
    shown = (
        _ENTITIES.get(letter) or (f"\\{letter}" if letter in _SPECIAL else letter) for letter in safe.visible(text)
    )
    return "".join(shown)


def row(cells: Iterable[str]) -> str:
    """Write one line of a Markdown table, of cells that are safe already."""
    return f"| {' | '.join(cells)} |"


def csv(cells: Iterable[str]) -> str:
    """Write one line of CSV (RFC 4180)."""
    return ",".join(_field(cell) for cell in cells)


def _field(text: str) -> str:
    shown = safe.visible(text)
    if shown.startswith(_FORMULA) and shown != "-":
        shown = f"'{shown}"
    return '"' + shown.replace('"', '""') + '"' if any(letter in shown for letter in ',"\n') else shown
