"""What a run is held against, and findings about marks: what is wrong with one in; a finding out."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.marks import DOCS
from privlint.model.place import Place

NOTICE = timedelta(days=30)


class Run(Struct, frozen=True, kw_only=True):
    """What the marks of a run are held against."""

    today: date
    known: frozenset[str]  # checks that a marker may name
    ran: frozenset[str]  # those that were run: only their marks can be unused
    whole: bool = True  # a run over the whole app: only there can a waiver be unused


def about(check: str, place: Place, message: Text, subject: str) -> Finding:
    """Report what is wrong with a mark; `subject` tells it from others for the fingerprint."""
    document = DOCS[check]
    why, _, remedy = document.text.en.partition("\n\n")
    zh_why, _, zh_remedy = document.text.zh.partition("\n\n")
    return Finding(
        check=check,
        severity=document.check.severity,
        confidence=Confidence.EXACT,
        message=message,
        place=place,
        reason=Text(why, zh_why),
        help=Text(remedy, zh_remedy),
        label=document.check.title,
        symbol=subject,
    )
