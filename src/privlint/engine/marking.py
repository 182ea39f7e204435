"""A finding and the lines that it stands in, in; the marker that would suppress it, without a reason yet, out.

A marker stands alone above the line, or else at its end. Which of the two a language reads as a comment of that line is
found out by examining the text with it: inside a text of several lines neither may be.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from privlint import declare, suppress
from privlint.declare import remarks
from privlint.engine.amending import applied
from privlint.engine.analysis import analyse_text
from privlint.errors import ConfigurationError
from privlint.model.amendment import Amendment, Edit
from privlint.model.check import COVERAGE_IDS, SUPPRESSION_IDS
from privlint.model.finding import Covered, Text
from privlint.model.place import Place, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.engine.session import Session
    from privlint.model.facts import Marker
    from privlint.model.finding import Finding

_SIGNS = {
    "kotlin": ("// ", ""),
    "java": ("// ", ""),
    "python": ("# ", ""),
    "toml": ("# ", ""),
    "xml": ("<!-- ", " -->"),
    "gradle": ("// ", ""),
}
_ANY_REASON = "reason"  # only to try whether the marker would be read


def mark(session: Session, finding: Finding, lines: Sequence[str], language: str = "") -> Amendment | None:
    """Offer a marker; None where there is no place for one."""
    check = finding.check
    if check in COVERAGE_IDS or check in SUPPRESSION_IDS:
        return None
    path = os.path.join(session.root, finding.place.path)
    kind = _kind(session, path, finding.place.path, language)
    signs = _SIGNS.get(kind)
    row = finding.place.start.line
    if signs is None or row > len(lines):
        return None
    text = "".join(lines)
    while kind == "xml" and "<" not in lines[row - 1] and row > 1:
        row -= 1  # to where the tag begins: nothing may stand in it
    for edit, moved in _ways(finding, row, lines, signs):
        told = Edit(edit.place, edit.text[: edit.cursor] + _ANY_REASON + edit.text[edit.cursor :])
        if any(
            _covers(one, check, finding.place.start.line + moved)
            for one in _markers(session, path, kind, applied(text, (told,)))
        ):
            title = Text(f"Suppress {check} here: write the reason", f"在此抑制 {check}：请写明理由")
            return Amendment(kind="suppress", title=title, edits=(edit,))
    return None


def _ways(finding: Finding, row: int, lines: Sequence[str], signs: tuple[str, str]) -> Iterator[tuple[Edit, int]]:
    """Yield each way to write it, and by how many lines the finding would move down."""
    line = lines[row - 1].rstrip("\r\n")
    end = lines[row - 1][len(line) :] or "\n"
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    begin = f"{signs[0]}privlint: ignore[{finding.check}] "
    start, last = Position(row, 1), Position(row, len(line) + 1)
    above = indent + begin
    yield Edit(Place(finding.place.path, start, start), above + signs[1] + end, len(above)), 1
    beside = "  " + begin
    yield Edit(Place(finding.place.path, last, last), beside + signs[1], len(beside)), 0


def _kind(session: Session, path: str, relative: str, language: str) -> str:
    if relative == session.manifest.path:
        return "toml"
    if path.endswith(".xml"):
        return "xml"
    if path.endswith((".gradle", ".gradle.kts")):
        return "gradle"
    candidate = session.candidate(path, relative, language)
    return "" if isinstance(candidate, Covered) else candidate.language


def _markers(session: Session, path: str, kind: str, text: str) -> tuple[Marker, ...]:
    relative = session.relative(path)
    if kind == "toml":
        try:
            loaded = declare.read(text.encode("utf-8", "replace"), relative, relative.endswith("pyproject.toml"))
        except ConfigurationError:
            return ()
        return tuple(suppress.in_manifest(loaded))
    if kind in ("xml", "gradle"):
        kinds = {"xml": "android-manifest", "gradle": "gradle"}
        return tuple(suppress.in_files(remarks.read(text.encode("utf-8", "replace"), relative, kinds[kind])))
    candidate = session.candidate(path, relative, kind)
    if isinstance(candidate, Covered):
        return ()
    found = analyse_text(candidate, text, session.shared).result
    return found.markers if found else ()


def _covers(marker: Marker, check: str, row: int) -> bool:
    return check in marker.checks and bool(marker.reason) and marker.covers[0] <= row <= marker.covers[1]
