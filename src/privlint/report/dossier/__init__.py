"""A dossier in; its text for a privacy officer out: a page, tables, or one of the lists that the law asks for.

A renderer yields lines without their ends. The formats are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.dossier import Dossier
from privlint.report.view import View

FORMATS = ("html", "markdown", "csv", "collected-list", "sharing-list")
LISTS = ("collected-list", "sharing-list")


def render(name: str, dossier: Dossier, view: View, *, commas: bool = False) -> Iterator[str]:
    """Yield the lines in the format `name`; a list with `commas` is CSV instead of Markdown."""
    if name in LISTS:
        from privlint.report.dossier import lists

        return lists.render(name, dossier, view, commas=commas)
    if name == "html":
        from privlint.report.dossier import page

        return page.render(dossier, view)
    if name == "markdown":
        from privlint.report.dossier import outline

        return outline.render(dossier, view)
    from privlint.report.dossier import rows

    return rows.render(dossier, view)
