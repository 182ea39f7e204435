"""A session in; its report on what changed out: only changed files, or only changed lines, and a baseline that grew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import discover, languages, suppress
from privlint.discover import git
from privlint.model.baseline import NAME, Baseline
from privlint.model.check import selected
from privlint.model.finding import Finding, Report, Text
from privlint.model.fingerprint import finished

if TYPE_CHECKING:
    from privlint.engine.session import Session

MOST = 5_000  # changed lines to compare one by one; a larger change counts as a whole


def report(session: Session) -> Report:
    """Examine the files that changed; what takes the whole app to say is left out."""
    top = git.repository_of(session.root, _ELSE)
    found = _found(session, top)
    chosen = {os.path.join(top, path): blob for path, blob in sorted(found.before.items())}
    session.targets = [path for path in chosen if os.path.lexists(path)]
    session.given = True
    if not session.targets:
        session.take()
    made = session.report()
    findings = made.findings
    if session.request.diff_only:
        findings = _on_changed_lines(session, top, chosen, findings)
    grown = _growth(session, top, found.base)
    return replace(made, findings=finished((*findings, *grown)), notes=(*made.notes, _PART))


_ELSE = Text("Name the files to examine instead.", "请直接指定要检查的文件。")
_PART = Text(
    "only changed files were examined; what takes the whole app, such as a declaration without a use, was left out",
    "只检查了有变更的文件；需要整个应用才能判断的内容（如没有对应用法的声明）不在其中",
)


def _found(session: Session, top: str) -> git.Changes:
    def wanted(path: str) -> bool:
        if os.path.splitext(path)[1] not in languages.SUFFIXES:
            return False
        full = os.path.join(top, path)
        return any(full == target or full.startswith(target.rstrip(os.sep) + os.sep) for target in session.targets)

    if session.request.since:
        return git.since(top, session.request.since, wanted)
    return git.staged(top, wanted) if session.request.changed == "staged" else git.changed(top, wanted)


# --- changed lines ----------------------------------------------------------------------------------------------------


def _on_changed_lines(
    session: Session, top: str, chosen: dict[str, str], findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Mark what does not stand on a changed line; it stays in the report."""
    blobs = {session.relative(path): blob for path, blob in chosen.items()}
    paths = {finding.place.path for finding in findings if not finding.suppressed}
    old = git.blobs(top, tuple(blobs[path] for path in paths if blobs.get(path)))
    lines: dict[str, tuple[tuple[int, int], ...] | None] = {}
    for path in paths:
        now = discover.read_source(session.root, path, "")
        if path in blobs and isinstance(now, discover.Contents):
            lines[path] = changed_lines(old.get(blobs[path], b""), now.data) if blobs[path] else None
        elif path not in blobs:
            lines[path] = ()
    return tuple(
        finding
        if finding.suppressed or _touches(finding, lines.get(finding.place.path))
        else replace(finding, suppressed="unchanged", justification=session.request.since or "HEAD")
        for finding in findings
    )


def _touches(finding: Finding, lines: tuple[tuple[int, int], ...] | None) -> bool:
    if lines is None:  # new, or not to be compared: all of it counts
        return True
    return any(finding.place.start.line <= last and finding.place.end.line >= first for first, last in lines)


def changed_lines(before: bytes, after: bytes) -> tuple[tuple[int, int], ...]:
    """Find the lines of `after`, from 1 and inclusive, that are not in `before`. How lines end makes no difference."""
    from difflib import SequenceMatcher

    old, new = ([line.rstrip(b"\r") for line in text.split(b"\n")] for text in (before, after))
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    if not new:
        return ()
    if len(old) + len(new) > MOST:
        return ((first + 1, first + len(new)),)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        (first + start + 1, first + end)
        for kind, _, _, start, end in matcher.get_opcodes()
        if kind in ("replace", "insert")
    )


# --- the baseline -----------------------------------------------------------------------------------------------------


def _growth(session: Session, top: str, base: str) -> tuple[Finding, ...]:
    """Compare the baseline with what it was; one that the command line names is not the project's to grow."""
    settings = session.manifest.manifest.check
    if session.baseline is None or session.request.baseline or not selected(settings, "PRV043"):
        return ()
    path = os.path.relpath(os.path.join(session.root, NAME), top).replace(os.sep, "/")
    data = git.file_at(top, base, path)
    before: Baseline | None = suppress.read_baseline(data, f"{base[:12]}:{path}") if data is not None else None
    return tuple(
        replace(finding, severity=settings.severity.get(finding.check, finding.severity))
        for finding in suppress.growth(before, session.baseline)
    )
