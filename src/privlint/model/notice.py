"""What regulators' notices say (`rules/notices/cn-notices.toml`), and what a project answers to the text of one."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from privlint.model.finding import Finding, Report, Text


class Wording(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words by which notices name one kind of problem (`[[wording]]`)."""

    id: str
    said_zh: str
    said_en: str
    match: tuple[str, ...]  # pieces of text by which it is recognised
    clauses: tuple[str, ...]  # that it points to, in our reading
    data: tuple[str, ...] = ()  # only findings about these; none: all
    verified: bool = False  # the words were read in a stored copy of a notice


class Notice(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One notice that was published (`[[notice]]`)."""

    id: str
    title_zh: str
    title_en: str
    issuer_zh: str
    issuer_en: str
    issued: date
    apps: int
    basis: tuple[str, ...]  # legal texts that it names, in Chinese; there may be more
    working_days: int  # to put things right
    wordings: tuple[str, ...]  # ids
    named: tuple[str, ...] = ()  # apps that two pages name
    verification: str


class Notices(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    read: str
    wordings: tuple[Wording, ...] = field(name="wording")
    notices: tuple[Notice, ...] = field(name="notice")


class Item(Struct, frozen=True, kw_only=True):
    """One clause that a point is about."""

    id: str  # cn-method-2019/4.1
    name: Text  # of the law and the clause, in full
    text: Text  # the law's words where they are verified, else our summary
    verified: bool
    static: str  # can sources decide it: yes, partly, no; "" where nobody said
    checks: tuple[str, ...]  # that rest on it


class Point(Struct, frozen=True, kw_only=True):
    """One problem that a notice names, or a group of the Method; and what in the project could have caused it."""

    id: str
    said: Text
    matched: str = ""  # the piece of the notice's text; "" where no notice named it
    verified: bool = True  # the wording, as one of notices
    items: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()  # suppressed ones too
    notices: tuple[Notice, ...] = ()  # in which the wording stands


class Answer(Struct, frozen=True, kw_only=True):
    """What a project has to say to a notice."""

    text: str  # of the notice; "" without one
    points: tuple[Point, ...]  # those that the notice names; without a notice every group with a finding
    others: tuple[Point, ...]  # groups with a finding that the notice does not name
    cited: tuple[Item, ...]  # every clause that a finding rests on, sorted by id
    report: Report
