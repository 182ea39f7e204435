"""A manifest with its comments in; the markers in it out: `# privlint: ignore[PRV203] reason`.

A marker at the end of a line covers what stands there. One on a line of its own covers what follows: a key with its
value, or a whole table when it stands before the header.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.facts import Marker
from privlint.model.project import LoadedManifest, Remark
from privlint.suppress.comments import parse

_FAR = 1 << 30  # behind the last line


def in_manifest(manifest: LoadedManifest) -> Iterator[Marker]:
    """Yield the markers of a manifest."""
    for remark in manifest.remarks:
        written = parse(remark.text)
        if written is not None:
            yield Marker(remark.place, written.checks, written.reason, _covered(remark, manifest), written.until)


def _covered(remark: Remark, manifest: LoadedManifest) -> tuple[int, int]:
    line = remark.place.start.line
    if not remark.alone:
        return line, _last(line, manifest)
    values = (place.start.line for place in manifest.places.values())
    following = min((start for start in (*values, *manifest.headers) if start > line), default=line)
    return line, _last(following, manifest)


def _last(line: int, manifest: LoadedManifest) -> int:
    """Find the last line of what begins on a line: of a table, the one before the next header."""
    if line in manifest.headers:
        return min((header - 1 for header in manifest.headers if header > line), default=_FAR)
    return max((place.end.line for place in manifest.places.values() if place.start.line == line), default=line)
