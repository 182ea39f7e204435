"""A table in, with its title and what is to be known of it; Markdown or CSV out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.dossier import Dossier
from privlint.model.finding import Text
from privlint.report.dossier import plain


class Table(Struct, frozen=True, kw_only=True):
    """What is written: the cells are in one language already."""

    title: Text
    headings: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    none: Text  # what stands there instead of an empty table
    notes: tuple[Text, ...] = ()  # above the table, in Markdown only


def lines(table: Table, dossier: Dossier, language: str, *, commas: bool) -> Iterator[str]:
    """Yield the table, in CSV or in Markdown."""
    headings = [heading[language] for heading in table.headings]
    if commas:
        yield plain.csv(headings)
        for cells in table.rows:
            yield plain.csv(cells)
        return
    chinese = language.startswith("zh")
    apps = ("、" if chinese else ", ").join(service.name for service in dossier.services)
    colon = "：" if chinese else ": "
    yield f"# {table.title[language]}{plain.markdown(colon + apps) if apps else ''}"
    yield ""
    for note in table.notes:
        yield plain.markdown(note[language])
        yield ""
    if not table.rows:
        yield table.none[language]
        return
    yield plain.row(headings)
    yield plain.row("---" for _ in headings)
    for cells in table.rows:
        yield plain.row(plain.markdown(cell) for cell in cells)
