"""Findings in; the same findings out, sorted, each with a fingerprint that survives moved lines."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from privlint.model.finding import Finding
from privlint.model.place import Place


def finished(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by path, place and check, and number what would otherwise look the same. Doing it twice changes nothing."""
    waiting = sorted(findings, key=order)
    if not waiting:
        return ()
    from hashlib import sha256

    counted: dict[tuple[str, ...], int] = {}
    done = []
    for finding in waiting:
        identity = (finding.check, finding.place.path, finding.symbol, finding.enclosing, *finding.data)
        occurrence = counted[identity] = counted.get(identity, 0) + 1
        text = "\x1f".join((*identity, str(occurrence)))
        digest = sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        done.append(replace(finding, fingerprint=digest))
    return tuple(done)


def order(finding: Finding) -> tuple[Place, str, tuple[str, ...], str]:
    """Give the key by which findings are sorted."""
    return finding.place, finding.check, finding.data, finding.symbol
