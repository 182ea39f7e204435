"""The remarks of build and packaging files in; the markers that they are out.

A comment is written as everywhere. `tools:ignore` lists ids for Android Lint as well, apart by commas, so the reason
stands behind the last of ours: `tools:ignore="MissingClass, PRV302: kept for the emergency call"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from privlint.model.facts import Marker
from privlint.model.project import Remark
from privlint.suppress.comments import Written, parse

_OURS = re.compile(r"(?:privlint:)?(PRV\w+)")
_BEHIND = re.compile(r"[ \t]*:[ \t]*(.*)", re.DOTALL)


def in_files(remarks: Iterable[Remark]) -> Iterator[Marker]:
    """Yield the markers."""
    for remark in remarks:
        written = attribute(remark.text) if remark.attribute else parse(remark.text)
        if written is not None:
            yield Marker(remark.place, written.checks, written.reason, remark.covers, written.until)


def attribute(text: str) -> Written | None:
    """Read what `tools:ignore` says; None where none of the ids is ours."""
    checks: list[str] = []
    rest = text
    while rest:
        word, _, after = rest.partition(",")
        match = _OURS.match(word.strip())
        if match is None:
            rest = after
            continue
        checks.append(match[1])
        behind = _BEHIND.match(word.strip()[match.end() :])
        if behind is not None:  # the reason goes on to the end: it may hold commas
            said = f"{behind[1]},{after}" if after else behind[1]
            words = said.split()
            until = next((one.removeprefix("until=") for one in words if one.startswith("until=")), "")
            reason = " ".join(one for one in words if not one.startswith("until="))
            return Written(tuple(checks), reason if any(letter.isalnum() for letter in reason) else "", until)
        rest = after
    return Written(tuple(checks), "", "") if checks else None
