"""A report in; for programs: one JSON document out. docs/json-output.md describes every key.

Both languages are always in it, so the bytes do not depend on the reader. Keys are added, never renamed or removed,
while `version` is 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from privlint.model.finding import Covered, Finding, Report, Text
from privlint.model.place import Place
from privlint.report import jsontext, verdict, words
from privlint.report.view import View

VERSION = 1


class Message(Struct, frozen=True):
    """A text in both languages."""

    en: str
    zh: str


class Point(Struct, frozen=True):
    """A position; both count from 1, columns in code points."""

    line: int
    column: int


class Located(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A further place of a finding."""

    path: str
    path_base64: str = ""
    start: Point
    end: Point  # exclusive
    message: Message


class Suppression(Struct, frozen=True):
    """Why a finding does not count."""

    by: str
    justification: str


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One finding."""

    check: str
    severity: str
    confidence: str
    message: Message
    path: str
    path_base64: str = ""  # the bytes of a name that is not UTF-8
    start: Point
    end: Point  # exclusive
    label: Message
    reason: Message
    help: Message
    notes: tuple[Message, ...]
    clauses: tuple[str, ...]
    data: tuple[str, ...]
    symbol: str
    enclosing: str
    related: tuple[Located, ...]
    also: tuple[str, ...]
    fingerprint: str
    suppressed: Suppression | None = None


class Path(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one discovered path."""

    path: str
    path_base64: str = ""
    status: str
    reason: str | None
    detail: Message | None
    degraded: bool


class Tool(Struct, frozen=True):
    """Who wrote the document."""

    name: str
    version: str


class Summary(Struct, frozen=True, kw_only=True):
    """The counts; discovered = scanned + skipped + failed."""

    discovered: int
    scanned: int
    skipped: int
    failed: int
    degraded: int
    findings: int
    suppressed: int
    suppressed_by: dict[str, int]
    by_severity: dict[str, int]
    by_check: dict[str, int]
    by_data: dict[str, int]


class Document(Struct, frozen=True, kw_only=True):
    """The whole report."""

    version: int
    tool: Tool
    rulebook: str
    today: str
    manifest: str | None
    category: str | None
    fail_on: str
    complete: bool
    summary: Summary
    findings: tuple[Entry, ...]
    suppressed: tuple[Entry, ...]
    coverage: tuple[Path, ...]
    collected: tuple[str, ...]
    notes: tuple[Message, ...]
    faults: tuple[Message, ...]
    limits: tuple[Message, ...]


def render(report: Report, _view: View) -> Iterator[str]:
    """Yield the lines of the document."""
    return jsontext.lines(document(report))


def document(report: Report) -> Document:
    """Make the document."""
    return Document(
        version=VERSION,
        tool=Tool("privlint", report.tool),
        rulebook=report.rulebook,
        today=report.today,
        manifest=report.manifest or None,
        category=report.category or None,
        fail_on=report.fail_on,
        complete=not verdict.incomplete(report) and not verdict.internal(report),
        summary=_summary(report),
        findings=entries(verdict.counted(report)),
        suppressed=entries(verdict.suppressed(report)),
        coverage=tuple(_path(covered) for covered in report.coverage),
        collected=report.collected,
        notes=tuple(_message(note) for note in report.notes),
        faults=tuple(_message(fault) for fault in report.faults),
        limits=(_message(words.LIMITS), _message(words.EVIDENCE)),
    )


def entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """Write findings as the document holds them."""
    return tuple(_entry(finding) for finding in findings)


def _summary(report: Report) -> Summary:
    findings = verdict.counted(report)
    severities = Counter(finding.severity for finding in findings)
    return Summary(
        discovered=len(report.coverage),
        scanned=report.count("scanned"),
        skipped=report.count("skipped"),
        failed=report.count("failed"),
        degraded=len(verdict.degraded(report)),
        findings=len(findings),
        suppressed=len(verdict.suppressed(report)),
        suppressed_by=_counts(finding.suppressed for finding in verdict.suppressed(report)),
        by_severity={level: severities[level] for level in ("error", "warning", "info")},
        by_check=_counts(finding.check for finding in findings),
        by_data=_counts(kind for finding in findings for kind in finding.data),
    )


def _counts(keys: Iterator[str]) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))


def _entry(finding: Finding) -> Entry:
    start, end = _points(finding.place)
    return Entry(
        check=finding.check,
        severity=finding.severity,
        confidence=finding.confidence.name.lower().replace("_", "-"),
        message=_message(finding.message),
        path=finding.place.path,
        path_base64=_base64(finding.place.path),
        start=start,
        end=end,
        label=_message(finding.label),
        reason=_message(finding.reason),
        help=_message(finding.help),
        notes=tuple(_message(note) for note in finding.notes),
        clauses=finding.clauses,
        data=finding.data,
        symbol=finding.symbol,
        enclosing=finding.enclosing,
        related=tuple(_located(related.place, related.text) for related in finding.related),
        also=finding.also,
        fingerprint=finding.fingerprint,
        suppressed=Suppression(finding.suppressed, finding.justification) if finding.suppressed else None,
    )


def _located(place: Place, text: Text) -> Located:
    start, end = _points(place)
    return Located(path=place.path, path_base64=_base64(place.path), start=start, end=end, message=_message(text))


def _points(place: Place) -> tuple[Point, Point]:
    return Point(place.start.line, place.start.column), Point(place.end.line, place.end.column)


def _path(covered: Covered) -> Path:
    return Path(
        path=covered.path,
        path_base64=_base64(covered.path),
        status=covered.outcome,
        reason=covered.reason or None,
        detail=_message(covered.detail) if covered.detail.en else None,
        degraded=covered.degraded,
    )


def _message(text: Text) -> Message:
    return Message(text.en, text.zh)


def _base64(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        from base64 import b64encode

        return b64encode(path.encode("utf-8", "surrogateescape")).decode()
    return ""
