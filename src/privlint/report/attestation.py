"""A dossier and the digests of what was examined in; an in-toto statement of the verdict out, without any source code.

docs/attestation.md describes every key. The statement is not signed: it is the payload that a signing tool takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from privlint.model.dossier import Dossier, Flow
from privlint.model.examined import Examined
from privlint.model.finding import Finding, Report
from privlint.report import jsontext, verdict, words
from privlint.report.dossier import contents

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://github.com/OWNER/privlint/blob/main/docs/attestation.md#v1"
_LEVELS = ("error", "warning", "info")


class Subject(Struct, frozen=True):
    """What the statement is about."""

    name: str
    digest: dict[str, str]


class Tool(Struct, frozen=True):
    """Who states it."""

    name: str
    version: str
    rulebook: str


class Law(Struct, frozen=True):
    """A legal text that the rules rest on."""

    id: str
    number: str
    in_force: str


class Sources(Struct, frozen=True, kw_only=True):
    """What was examined."""

    files: int
    modified: int | None  # None: no commit to compare with
    manifest_sha256: str | None


class Verdict(Struct, frozen=True, kw_only=True):
    """How it went."""

    state: str
    fail_on: str
    exit_code: int


class Service(Struct, frozen=True, kw_only=True):
    """An app of the manifest."""

    name: str
    category: str
    supply: bool


class Coverage(Struct, frozen=True, kw_only=True):
    """How much was examined; discovered = scanned + skipped + failed."""

    discovered: int
    scanned: int
    skipped: int
    failed: int
    degraded: int
    reasons: dict[str, int]


class Entry(Struct, frozen=True, kw_only=True):
    """One finding, without its place and its code."""

    check: str
    severity: str
    confidence: str
    clauses: tuple[str, ...]
    data: tuple[str, ...]
    fingerprint: str
    suppressed: str | None


class Findings(Struct, frozen=True, kw_only=True):
    """The counts, and the findings behind them."""

    active: int
    suppressed: int
    by_severity: dict[str, int]
    by_check: dict[str, int]
    suppressed_by: dict[str, int]
    list: tuple[Entry, ...]


class Data(Struct, frozen=True, kw_only=True):
    """One kind of personal data."""

    id: str
    standing: str
    sensitive: bool
    declared: bool
    in_code: bool


class Waived(Struct, frozen=True, kw_only=True):
    """A waiver, without the path that it names."""

    check: str
    reason: str
    owner: str
    until: str
    active: bool  # on the day of the run


class Predicate(Struct, frozen=True, kw_only=True):
    """What is stated."""

    tool: Tool
    laws: tuple[Law, ...]
    day: str
    sources: Sources
    verdict: Verdict
    services: tuple[Service, ...]
    coverage: Coverage
    findings: Findings
    data: tuple[Data, ...]
    waivers: tuple[Waived, ...]
    faults: int
    limits: tuple[str, ...]


class Statement(Struct, frozen=True, kw_only=True, rename={"type": "_type", "predicate_type": "predicateType"}):
    """The statement, in the shape of in-toto's version 1."""

    type: str = STATEMENT
    subject: tuple[Subject, ...]
    predicate_type: str = PREDICATE
    predicate: Predicate


def render(dossier: Dossier, examined: Examined) -> Iterator[str]:
    """Yield the lines of the statement."""
    return jsontext.lines(statement(dossier, examined))


def statement(dossier: Dossier, examined: Examined) -> Statement:
    """Make the statement."""
    report = dossier.report
    return Statement(
        subject=tuple(_subjects(examined)),
        predicate=Predicate(
            tool=Tool("privlint", report.tool, report.rulebook),
            laws=tuple(Law(policy.id, policy.number, policy.in_force) for policy in dossier.policies),
            day=report.today,
            sources=Sources(
                files=examined.files,
                modified=examined.modified if examined.commit else None,
                manifest_sha256=dossier.manifest_hash or None,
            ),
            verdict=Verdict(state=contents.state(dossier), fail_on=report.fail_on, exit_code=verdict.exit_code(report)),
            services=tuple(
                Service(name=service.name, category=service.category, supply=service.supply)
                for service in dossier.services
            ),
            coverage=_coverage(report),
            findings=_findings(report),
            data=tuple(_data(flow) for flow in dossier.flows),
            waivers=tuple(
                Waived(
                    check=waiver.check,
                    reason=waiver.reason,
                    owner=waiver.owner,
                    until=waiver.until.isoformat(),
                    active=waiver.until.isoformat() >= report.today,
                )
                for waiver in dossier.waivers
            ),
            faults=len(report.faults),
            limits=(words.LIMITS.en, words.EVIDENCE.en),
        ),
    )


def _subjects(examined: Examined) -> Iterator[Subject]:
    yield Subject("examined-files", {"sha256": examined.sha256})
    if examined.commit and not examined.modified:
        yield Subject("commit", {"gitCommit": examined.commit, "gitTree": examined.tree})


def _coverage(report: Report) -> Coverage:
    return Coverage(
        discovered=len(report.coverage),
        scanned=report.count("scanned"),
        skipped=report.count("skipped"),
        failed=report.count("failed"),
        degraded=len(verdict.degraded(report)),
        reasons=_counts(covered.reason for covered in report.coverage if covered.reason),
    )


def _findings(report: Report) -> Findings:
    active, suppressed = verdict.counted(report), verdict.suppressed(report)
    severities: Counter[str] = Counter(one.severity for one in active)
    return Findings(
        active=len(active),
        suppressed=len(suppressed),
        by_severity={level: severities[level] for level in _LEVELS},
        by_check=_counts(one.check for one in active),
        suppressed_by=_counts(one.suppressed for one in suppressed),
        list=tuple(sorted((_entry(one) for one in report.findings), key=_order)),
    )


def _order(entry: Entry) -> tuple[object, ...]:
    return entry.check, entry.fingerprint, entry.suppressed or ""


def _entry(one: Finding) -> Entry:
    return Entry(
        check=one.check,
        severity=one.severity,
        confidence=one.confidence.name.lower().replace("_", "-"),
        clauses=one.clauses,
        data=one.data,
        fingerprint=one.fingerprint,
        suppressed=one.suppressed or None,
    )


def _data(flow: Flow) -> Data:
    return Data(
        id=flow.data,
        standing=flow.standing,
        sensitive=flow.sensitive,
        declared=bool(flow.uses or flow.sdks),
        in_code=bool(flow.places),
    )


def _counts(keys: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))
