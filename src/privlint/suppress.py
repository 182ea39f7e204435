"""Findings, inline markers and waivers in; the same findings out, some marked, and findings about the marks themselves.

Nothing is dropped: a suppressed finding keeps its place in the report, with the reason that was given for it. A marker
or waiver for the check that a finding shows covers what that finding says in its notes as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from privlint.model.check import CheckDoc, selected
from privlint.model.facts import Confidence, Marker
from privlint.model.finding import Finding, Text
from privlint.model.fingerprint import finished
from privlint.model.marks import DOCS
from privlint.model.place import Place, Position
from privlint.model.project import LoadedManifest, Waiver
from privlint.model.spelling import closest

NOTICE = timedelta(days=30)

# Compiled on first use: most runs see no marker.
_MARKER = r"[\s*/#!<-]*privlint:\s*ignore\b[ \t]*(?:\[([^\]\n]*)\])?([^\n]*)"
_NOT_CODE = r"\s*(?:$|//|#|/?\*|@[\w.:]+(?:\([^()]*\))?\s*$)"


class Written(Struct, frozen=True):
    """A marker as it stands in a comment, right or wrong."""

    checks: tuple[str, ...]
    reason: str
    until: str


class Run(Struct, frozen=True, kw_only=True):
    """What the marks of a run are held against."""

    today: date
    known: frozenset[str]  # checks that a marker may name
    ran: frozenset[str]  # those that were run: only their marks can be unused
    whole: bool = True  # a run over the whole app: only there can a waiver be unused


def parse(comment: str) -> Written | None:
    """Read `privlint: ignore[PRV201, PRV101] until=2027-03-31 reason`; None for any other comment."""
    match = re.match(_MARKER, comment)
    if match is None:
        return None
    checks = tuple(check.strip() for check in (match[1] or "").split(",") if check.strip())
    words = match[2].removesuffix("*/").removesuffix("-->").split()
    until = next((word.removeprefix("until=") for word in words if word.startswith("until=")), "")
    reason = " ".join(word for word in words if not word.startswith("until=")).lstrip(":,;-–— ")
    return Written(checks, reason if any(letter.isalnum() for letter in reason) else "", until)


def marker(comment: str, place: Place, lines: Sequence[str]) -> Marker | None:
    """Make a marker of a comment: on its own line it covers the next line of code, else the line it is on."""
    written = parse(comment)
    if written is None:
        return None
    first = place.start.line
    last = first
    if not lines[first - 1][: place.start.column - 1].strip("/*#!<- \t"):
        last = place.end.line
        while last < len(lines) and re.match(_NOT_CODE, lines[last]):
            last += 1
        last = min(last + 1, len(lines))
    return Marker(place, written.checks, written.reason, (first, last), written.until)


def apply(
    findings: Iterable[Finding], markers: Iterable[Marker], manifest: LoadedManifest, run: Run
) -> tuple[Finding, ...]:
    """Mark the findings that a marker or a waiver covers, and report the marks that are wrong, idle or running out."""
    by_path: dict[str, list[_Mark]] = {}
    marks = [_Mark(marker, run) for marker in markers]
    for mark in marks:
        by_path.setdefault(mark.marker.place.path, []).append(mark)
    waivers = [_Waived(index, waiver, manifest, run) for index, waiver in enumerate(manifest.manifest.waive)]
    done = [_mark(finding, by_path.get(finding.place.path, []), waivers) for finding in findings]
    about = [finding for mark in marks for finding in mark.findings(run)]
    if run.whole:
        about += [finding for waiver in waivers for finding in waiver.findings(manifest, run)]
    settings = manifest.manifest.check
    done += [
        replace(finding, severity=settings.severity.get(finding.check, finding.severity))
        for finding in about
        if selected(settings, finding.check)
    ]
    return finished(done)


def explain(check: str) -> CheckDoc | None:
    """Give the documentation of a check about marks; None when it is not one of them."""
    return DOCS.get(check)


def _mark(finding: Finding, marks: list[_Mark], waivers: list[_Waived]) -> Finding:
    """Mark one finding; every mark that covers it is noted as used, the first one gives the reason."""
    by_marker = [mark for mark in marks if mark.covers(finding)]
    by_waiver = [waiver for waiver in waivers if waiver.covers(finding)]
    if finding.suppressed:
        return finding
    if by_marker:
        return replace(finding, suppressed="marker", justification=by_marker[0].marker.reason)
    if by_waiver:
        waiver = by_waiver[0].waiver
        reason = f"{waiver.reason} ({waiver.owner}, {waiver.until.isoformat()})"
        return replace(finding, suppressed="waiver", justification=reason)
    return finding


class _Mark:
    """A marker, and which of its checks were of use."""

    def __init__(self, marker: Marker, run: Run) -> None:
        self.marker = marker
        self.until = _day(marker.until)
        self.complete = bool(marker.checks and marker.reason and "*" not in marker.checks)
        self.complete = self.complete and (not marker.until or self.until is not None)
        self.expired = self.until is not None and run.today > self.until
        self.used: set[str] = set()

    def covers(self, finding: Finding) -> bool:
        first, last = self.marker.covers
        if finding.place.end.line < first or finding.place.start.line > last:
            return False
        self.used.update({finding.check, *finding.also} & set(self.marker.checks))
        return self.complete and not self.expired and finding.check in self.marker.checks

    def findings(self, run: Run) -> Iterator[Finding]:
        place = self.marker.place
        if not self.complete:
            yield _about("PRV031", place, self._lacks(), ",".join(self.marker.checks))
            return
        for check in self.marker.checks:
            if check not in run.known:
                yield _about("PRV032", place, _unknown(check, run), check)
            elif check not in self.used and check in run.ran:
                message = Text(
                    f"the marker for {check} has nothing to suppress", f"针对 {check} 的标记没有可抑制的问题"
                )
                yield _about("PRV030", place, message, check)
        if self.until is None or not self.used:
            return
        until = self.until.isoformat()
        subject = ",".join(sorted(self.used))
        if self.expired:
            yield _about("PRV033", place, Text(f"the marker ended on {until}", f"标记已于 {until} 到期"), subject)
        elif self.until - run.today <= NOTICE:
            yield _about("PRV034", place, Text(f"the marker ends on {until}", f"标记将于 {until} 到期"), subject)

    def _lacks(self) -> Text:
        if not self.marker.checks or "*" in self.marker.checks:
            return Text(
                "the marker names no check and suppresses nothing: write ignore[PRV201] reason",
                "标记没有写明检查编号，不起作用：请写成 ignore[PRV201] 理由",
            )
        if not self.marker.reason:
            return Text("the marker gives no reason and suppresses nothing", "标记没有写明理由，不起作用")
        return Text(
            f'"{self.marker.until}" is not a day, and so the marker suppresses nothing: write until=2027-03-31',
            f"“{self.marker.until}” 不是日期，标记不起作用：请写成 until=2027-03-31",
        )


class _Waived:
    """A waiver, and whether it was of use."""

    def __init__(self, index: int, waiver: Waiver, manifest: LoadedManifest, run: Run) -> None:
        self.index = index
        self.waiver = waiver
        folder = manifest.path.rpartition("/")[0]
        path = f"{waiver.path}**" if waiver.path.endswith("/") else waiver.path
        self.pattern = tuple(part for part in f"{folder}/{path}".split("/") if part not in {"", "."})
        self.lapsed = run.today > waiver.until
        self.used = False

    def covers(self, finding: Finding) -> bool:
        if self.waiver.check not in (finding.check, *finding.also) or not _matches(finding.place.path, self.pattern):
            return False
        self.used = True
        return finding.check == self.waiver.check and not self.lapsed

    def findings(self, manifest: LoadedManifest, run: Run) -> Iterator[Finding]:
        waiver = self.waiver
        start = Position(1, 1)
        place = manifest.place(f"waive.{self.index}.until") or Place(manifest.path, start, start)
        until = waiver.until.isoformat()
        subject = f"{waiver.check}:{waiver.path}"
        name = Text(f"the waiver of {waiver.check} for {waiver.path}", f"{waiver.path} 中对 {waiver.check} 的豁免")
        if self.lapsed:
            message = Text(f"{name.en} lapsed on {until}", f"{name.zh}已于 {until} 失效")
            yield _about("PRV040", place, message, subject)
        elif not self.used:
            if waiver.check in run.ran:
                message = Text(f"{name.en} has nothing to waive", f"{name.zh}没有可豁免的问题")
                yield _about("PRV042", place, message, subject)
        elif waiver.until - run.today <= NOTICE:
            message = Text(f"{name.en} ends on {until}", f"{name.zh}将于 {until} 到期")
            yield _about("PRV041", place, message, subject)


def _matches(path: str, pattern: tuple[str, ...]) -> bool:
    """Match part by part: `**` stands for any number of folders. No expression of the project's own is ever run."""
    from fnmatch import fnmatchcase

    states = _reach({0}, pattern)
    for part in path.split("/"):
        after = {state for state in states if state < len(pattern) and pattern[state] == "**"}
        after |= {state + 1 for state in states if state < len(pattern) and fnmatchcase(part, pattern[state])}
        states = _reach(after, pattern)
    return len(pattern) in states


def _reach(states: set[int], pattern: tuple[str, ...]) -> set[int]:
    for state in sorted(states):
        while state < len(pattern) and pattern[state] == "**":
            state += 1  # noqa: PLW2901 - walks on over `**`, which may stand for nothing
            states.add(state)
    return states


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
    except ValueError:
        return None


def _unknown(check: str, run: Run) -> Text:
    meant = "" if check[3:].isdigit() else closest(check, run.known)  # another number is no hint
    english = f"; did you mean {meant}?" if meant else ""
    chinese = f"；是否要写 {meant}？" if meant else ""
    return Text(f'"{check}" is not a check that can be suppressed{english}', f"“{check}” 不是可以抑制的检查{chinese}")


def _about(check: str, place: Place, message: Text, subject: str) -> Finding:
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
