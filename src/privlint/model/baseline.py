"""The findings that a team found when it began, and has put aside: a list that only `privlint baseline` writes."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Finding, Report

NAME = "privlint-baseline.json"
VERSION = 1


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One finding that was put aside. It is known by its fingerprint; the rest is for people who read the file."""

    fingerprint: str
    check: str
    path: str
    enclosing: str = ""
    symbol: str = ""
    data: tuple[str, ...] = ()


class Baseline(Struct, frozen=True):
    """The entries of one file."""

    path: str = ""  # as reports name it
    entries: tuple[Entry, ...] = ()
    lines: dict[str, int] = {}  # fingerprint -> its line in the file, from 1


class Standing(Struct, frozen=True, kw_only=True):
    """A baseline held against what the code has now."""

    file: str  # absolute path of the file
    known: tuple[Entry, ...] | None  # what is in the file; None when there is none
    used: tuple[Entry, ...]  # of those, what is still found
    stale: tuple[Entry, ...]  # and what is not
    unsure: tuple[Entry, ...]  # and what was not looked at, because its file could not be examined
    fresh: tuple[Entry, ...]  # found, and not in the file
    report: Report  # the run behind it


def entry(finding: Finding) -> Entry:
    """Make the entry of a finding."""
    return Entry(
        fingerprint=finding.fingerprint,
        check=finding.check,
        path=finding.place.path,
        enclosing=finding.enclosing,
        symbol=finding.symbol,
        data=finding.data,
    )
