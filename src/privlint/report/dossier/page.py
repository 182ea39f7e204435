"""A dossier in; one HTML file out that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from privlint.model.dossier import Dossier
from privlint.model.finding import Finding, Related, Text
from privlint.model.place import Place
from privlint.report import safe, verdict, words
from privlint.report.dossier import contents, picture
from privlint.report.frame import Pointed, parts
from privlint.report.view import View

if TYPE_CHECKING:
    from jinja2 import Environment

FRAMES = 6  # findings with one explanation that are shown with their code
LISTED = 200  # paths of one reason that are named
_COLUMNS = 110  # of a quoted line


class Shown(Struct, frozen=True):
    """A place, and its line in three parts."""

    place: str
    line: int
    label: str
    code: tuple[str, str, str] | None


def render(dossier: Dossier, view: View) -> Iterator[str]:
    """Yield the page."""
    page = _Page(dossier, view)
    yield from environment().get_template("page.html.jinja").render(page.values()).splitlines()


def environment() -> Environment:
    """Make the maker of pages: every value is escaped, and one that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(os.path.dirname(__file__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Page:
    """Makes the values of the template: what comes from the scanned tree is visible before it is escaped."""

    def __init__(self, dossier: Dossier, view: View) -> None:
        self.dossier = dossier
        self.view = view
        self.language = view.language

    def values(self) -> dict[str, Any]:
        dossier = self.dossier
        return {
            "dossier": dossier,
            "report": dossier.report,
            "language": "zh-Hans" if self.language.startswith("zh") else "en",
            "gap": "" if self.language.startswith("zh") else " ",
            "t": self.text,
            "safe_text": safe.visible,
            "path": safe.path,
            "place": self.place,
            "state": contents.state(dossier),
            "headline": contents.headline(dossier),
            "figures": contents.figures(dossier),
            "unexamined": contents.unexamined(dossier),
            "counts": contents.counts(dossier),
            "clauses": contents.clauses(dossier),
            "suppressed": verdict.suppressed(dossier.report),
            "suppressed_by": words.SUPPRESSED_BY,
            "provenance": tuple(contents.provenance(dossier)),
            "picture": picture.draw(dossier, self.language),
            "column": picture.BOX,
            "standings": contents.STANDINGS,
            "consents": contents.CONSENTS,
            "severities": words.SEVERITIES,
            "undeclared": contents.undeclared,
            "shown": self.shown,
            "related": self.related,
            "frames": FRAMES,
            "listed": LISTED,
            "limits": words.LIMITS,
            "evidence": words.EVIDENCE,
            "waiver_state": self.waiver_state,
            "help_parts": help_parts,
        }

    def text(self, english: Text | str, chinese: str = "") -> str:
        """Choose the language; a template writes t("English", "中文")."""
        text = english if isinstance(english, Text) else Text(english, chinese)
        return safe.visible(text[self.language])

    def place(self, place: Place) -> str:
        return f"{safe.path(place.path)}:{place.start.line}"

    def shown(self, finding: Finding) -> Shown:
        literals = self.view.show_literals or finding.place.path == self.dossier.report.manifest
        return self._shown(finding.place, finding.label, finding.symbol, literals=literals)

    def related(self, related: Related) -> Shown:
        literals = self.view.show_literals or related.place.path == self.dossier.report.manifest
        return self._shown(related.place, related.text, "", literals=literals)

    def _shown(self, place: Place, label: Text, known: str, *, literals: bool) -> Shown:
        words_of = safe.visible(label[self.language])
        pointed = Pointed(place=place, label=words_of, role="error", known=known, literals=literals)
        view = View(language=self.language, width=_COLUMNS, source=self.view.source)
        code = parts(pointed, view)
        if code is not None:
            code = (code[0].lstrip(" "), code[1], code[2])
        return Shown(self.place(place), place.start.line, words_of, code)

    def waiver_state(self, until: str) -> Text:
        """Say whether a waiver still counts on the day of the run."""
        if until < self.dossier.report.today:
            return Text("over: it waives nothing any more", "已到期，不再起作用")
        return Text("in force", "有效")


def help_parts(text: str) -> tuple[str, str]:
    """Part a remedy into its sentence and the code that follows."""
    sentence, _, code = text.partition("\n")
    return safe.visible(sentence), "\n".join(safe.visible(line) for line in code.split("\n"))
