"""A dossier in; its text for a privacy officer out: a page, tables, or one of the lists that laws and stores ask for.

A renderer yields lines without their ends. The formats are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from privlint.model.dossier import Dossier
from privlint.report.view import View

LISTS = ("collected-list", "sharing-list", "policy-table", "processing-record", "apple-labels")
FORMATS = ("html", "markdown", "csv", "json", *LISTS, "play-data-safety")  # the last needs a form: see `play`
_MODULES = {
    "html": "page",
    "markdown": "outline",
    "csv": "rows",
    "json": "document",
    "policy-table": "chapter",
    "processing-record": "processing",
    "apple-labels": "apple",
}


def render(name: str, dossier: Dossier, view: View, *, commas: bool = False) -> Iterator[str]:
    """Yield the lines in the format `name`; a list with `commas` is CSV instead of Markdown."""
    if name in {"collected-list", "sharing-list"}:
        from privlint.report.dossier import lists

        return lists.render(name, dossier, view, commas=commas)
    made: Callable[..., Iterator[str]] = import_module(f"privlint.report.dossier.{_MODULES[name]}").render
    return made(dossier, view, commas=commas) if name in LISTS else made(dossier, view)
