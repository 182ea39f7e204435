"""Entries of a baseline in; the lines of its file out, one entry on each line, so that a change of it reads well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privlint.model.baseline import VERSION, Entry
from privlint.report import jsontext


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of the file; the same entries give the same bytes."""
    ordered = sorted(entries, key=lambda entry: (entry.path, entry.check, entry.enclosing, entry.fingerprint))
    yield "{"
    yield f'  "version": {VERSION},'
    yield '  "entries": ['
    for number, entry in enumerate(ordered, 1):
        yield f"    {jsontext.line(entry)}{',' if number < len(ordered) else ''}"
    yield "  ]"
    yield "}"
