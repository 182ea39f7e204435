"""Findings, markers, waivers and a baseline in; the same findings out, some marked, and findings about the marks.

Nothing is dropped: a suppressed finding keeps its place in the report, with the reason that was given for it. A marker
or waiver for the check that a finding shows covers what that finding says in its notes as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from privlint.model.baseline import Baseline
from privlint.model.check import CheckDoc, selected
from privlint.model.facts import Marker
from privlint.model.finding import Finding
from privlint.model.fingerprint import finished
from privlint.model.marks import DOCS
from privlint.model.project import CheckSettings, LoadedManifest
from privlint.suppress.about import Run, about
from privlint.suppress.annotations import annotated
from privlint.suppress.baseline import LARGEST, growth
from privlint.suppress.baseline import read as read_baseline
from privlint.suppress.comments import Written, marker, parse
from privlint.suppress.declaring import in_files
from privlint.suppress.manifest import in_manifest
from privlint.suppress.markers import Mark
from privlint.suppress.waivers import Waived

__all__ = [
    "LARGEST",
    "Run",
    "Written",
    "about",
    "annotated",
    "apply",
    "explain",
    "growth",
    "in_files",
    "in_manifest",
    "joined",
    "marker",
    "parse",
    "read_baseline",
]


def apply(
    findings: Iterable[Finding],
    markers: Iterable[Marker],
    manifest: LoadedManifest,
    run: Run,
    baseline: Baseline | None = None,
) -> tuple[Finding, ...]:
    """Mark the findings that a mark or the baseline covers, and report the marks that are wrong, idle or ending."""
    by_path: dict[str, list[Mark]] = {}
    marks = [Mark(marker, run) for marker in markers]
    for mark in marks:
        by_path.setdefault(mark.marker.place.path, []).append(mark)
    waivers = [Waived(index, waiver, manifest, run) for index, waiver in enumerate(manifest.manifest.waive)]
    aside = baseline or Baseline()
    known = frozenset(entry.fingerprint for entry in aside.entries)
    done = [_mark(finding, by_path.get(finding.place.path, []), waivers) for finding in findings]
    done = [
        replace(finding, suppressed="baseline", justification=aside.path)
        if finding.fingerprint in known and not finding.suppressed
        else finding
        for finding in done
    ]
    said = [finding for mark in marks for finding in mark.findings(run)]
    if run.whole:
        said += [finding for waiver in waivers for finding in waiver.findings(manifest, run)]
    else:  # what is said of the manifest takes the whole app
        said = [found for found in said if found.check != "PRV030" or found.place.path != manifest.path]
    settings = manifest.manifest.check
    done += [
        replace(finding, severity=settings.severity.get(finding.check, finding.severity))
        for finding in said
        if selected(settings, finding.check)
    ]
    return finished(done)


def joined(findings: Iterable[Finding], more: Iterable[Finding], settings: CheckSettings) -> tuple[Finding, ...]:
    """Put findings about the policy among the others, with the severity that the settings give them."""
    more = (replace(one, severity=settings.severity.get(one.check, one.severity)) for one in more)
    return finished((*findings, *more))


def explain(check: str) -> CheckDoc | None:
    """Give the documentation of a check about marks; None when it is not one of them."""
    return DOCS.get(check)


def _mark(finding: Finding, marks: list[Mark], waivers: list[Waived]) -> Finding:
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
