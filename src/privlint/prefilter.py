"""Bytes in, yes or no out: could the full analysis report anything here?

A file is promising when it names an owner (a class of the catalogue, or something that gives one) and a member of that
owner; or one of the few texts that are evidence by themselves. It never says no to a file that the analysis would report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privlint.model.catalogue import Catalogue

_WORD = re.compile(rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*")
_FIELD_SHAPES = (b"class ", b"class\t")


class Prefilter(Struct, frozen=True):
    """The catalogue's words as bytes."""

    evidence: dict[bytes, tuple[int, ...]]  # identifier -> numbers of the owners that it is evidence of
    uses: dict[bytes, tuple[int, ...]]  # identifier -> numbers of the owners that have such a member
    literals: tuple[bytes, ...]
    field_calls: frozenset[bytes]  # constructors of model and form fields


def make(catalogue: Catalogue) -> Prefilter:
    """Prepare the words of a catalogue."""
    calls = {name for rules in catalogue.fields for name in (*rules.calls, *rules.typed)}
    return Prefilter(
        {word.encode(): numbers for word, numbers in catalogue.evidence.items()},
        {word.encode(): numbers for word, numbers in catalogue.uses.items()},
        (b"privlint:", *(text.encode() for text in catalogue.literals)),
        frozenset(name.encode() for name in calls),
    )


def with_carriers(prefilter: Prefilter, carriers: dict[str, Iterable[int]]) -> Prefilter:
    """Let names that other files declare (a field of a base class, a helper) be evidence too."""
    evidence = dict(prefilter.evidence)
    for name, numbers in carriers.items():
        key = name.encode()
        evidence[key] = tuple({*evidence.get(key, ()), *numbers})
    return Prefilter(evidence, prefilter.uses, prefilter.literals, prefilter.field_calls)


def promising(data: bytes, language: str, prefilter: Prefilter) -> bool:
    """Tell whether a file is worth a parse."""
    words = set(_WORD.findall(data))
    named: set[int] = set()
    for word in words & prefilter.evidence.keys():
        named.update(prefilter.evidence[word])
    if named:
        for word in words & prefilter.uses.keys():
            if not named.isdisjoint(prefilter.uses[word]):
                return True
    if any(text in data for text in prefilter.literals):
        return True
    if language == "python" and any(shape in data for shape in _FIELD_SHAPES):
        return not words.isdisjoint(prefilter.field_calls)
    return False


def declares(data: bytes, names: re.Pattern[bytes]) -> bool:
    """Tell whether a file may declare one of the names that another file asks for."""
    return names.search(data) is not None


def declaration_pattern(names: Iterable[str]) -> re.Pattern[bytes]:
    """A pattern for declarations of any of these simple names, in the three languages."""
    alternatives = b"|".join(re.escape(name.encode()) for name in sorted(names))
    keywords = rb"(?:class|interface|object|enum|record|typealias|fun|val|var|def|@interface)\b[^\n;={}]{0,80}?\b"
    return re.compile(rb"(?:" + keywords + rb"|^)(?:" + alternatives + rb")\b", re.MULTILINE)
