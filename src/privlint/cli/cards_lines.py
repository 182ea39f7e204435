"""Words and items in; the lines out that every card on a terminal is made of."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.finding import Text
from privlint.report import prose
from privlint.report.style import Style
from privlint.report.view import View


def title(identity: str, name: Text, view: View) -> str:
    """Write both names: legal terms keep the Chinese original beside the English."""
    names = " ".join(dict.fromkeys((name.zh, name.en) if prose.chinese(view) else (name.en, name.zh)))
    return f"{Style(view.colour)('strong', identity)}  {names}"


def row(word: Text, text: str, view: View) -> Iterator[str]:
    """Yield `word: text`, or nothing where there is no text."""
    if text:
        yield from prose.paragraph(word[view.language], text, view, indent="  ")


def note(english: str, chinese: str, view: View) -> Iterator[str]:
    """Yield a note of the rules, in the language of the reader where it is written in it."""
    yield from row(Text("note", "说明"), Text(english, chinese or english)[view.language], view)


def bullets(word: Text, items: list[str], view: View) -> Iterator[str]:
    """Yield a heading and a line for each item, or nothing where there is none."""
    if not items:
        return
    yield f"  {Style(view.colour)('strong', word[view.language] + prose.colon(view).rstrip())}"
    for item in items:
        yield from _bullet(item, view)


def _bullet(text: str, view: View) -> Iterator[str]:
    from privlint.report.width import wrap

    first, *rest = wrap(text, max(view.width - 6, prose.NARROWEST))
    yield f"    - {first}"
    yield from (f"      {line}" for line in rest)
