"""The text of a comment in; the marker that it is, with the lines that it covers, out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from privlint.model.facts import Marker
from privlint.model.place import Place

# Compiled on first use: most runs see no marker.
_MARKER = r"[\s*/#!<-]*privlint:\s*ignore\b[ \t]*(?:\[([^\]\n]*)\])?([^\n]*)"
_NOT_CODE = r"\s*(?:$|//|#|/?\*|@[\w.:]+(?:\([^()]*\))?\s*$)"


class Written(Struct, frozen=True):
    """A marker as it stands in a comment, right or wrong."""

    checks: tuple[str, ...]
    reason: str
    until: str


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
