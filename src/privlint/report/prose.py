"""Words and places in; the lines of a text report out: safe to print, wrapped to the reader's width, coloured."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.place import Place
from privlint.report import safe
from privlint.report.style import Style
from privlint.report.view import View
from privlint.report.width import width, wrap

NARROWEST = 24  # columns; below that, wrapping helps nobody


def place(of: Place, view: View) -> str:
    """Write a place as `path:line:column`."""
    return f"{safe.path(view.path(of.path))}:{of.start.line}:{of.start.column}"


def chinese(view: View) -> bool:
    """Tell whether the report is in Chinese, and so wants full-width punctuation."""
    return view.language.startswith("zh")


def colon(view: View) -> str:
    """Give the colon of the language, with the blank that it needs."""
    return "：" if chinese(view) else ": "


def paragraph(word: str, text: str, view: View, *, indent: str = "", role: str = "strong") -> Iterator[str]:
    """Yield `word: text`; what follows the first line end is code and is not wrapped."""
    prose, *code = text.split("\n")
    style = Style(view.colour)
    margin = " " * (width(indent) + 2)
    opening = word + colon(view)
    taken = width(indent + opening)
    first, *rest = wrap(safe.visible(prose), max(view.width - len(margin), NARROWEST), max(0, taken - len(margin)))
    yield f"{indent}{style(role, opening.rstrip())}{' ' if opening.endswith(' ') else ''}{first}".rstrip()
    for line in rest:
        yield margin + line
    for line in code:
        yield f"{margin}  {safe.visible(line)}".rstrip()
