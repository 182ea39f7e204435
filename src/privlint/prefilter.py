"""Bytes in, yes or no out: could the full analysis report anything here?

A file is promising when an owner of the catalogue is at hand in it (its class is named, or something at hand gives it)
together with a member that obtains data of it; a member that reads a sign (a URI, a key) also needs such a sign. It never
says no to a file that the analysis would report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from privlint.model.catalogue import Catalogue

T = TypeVar("T")
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*")
_HANDED = ("uri", "key")  # kinds of sign that travel between files
_STEPS = 4  # members that give members that give …


class Prefilter(Struct, frozen=True):
    """The catalogue's words as bytes; see `model.catalogue.Evidence`."""

    names: dict[bytes, tuple[int, ...]]
    producers: dict[bytes, tuple[tuple[int, int], ...]]
    uses: dict[bytes, tuple[int, ...]]
    reads: dict[bytes, tuple[tuple[int, str], ...]]
    signs: dict[str, dict[bytes, tuple[bytes, ...]]]
    sign_literals: dict[str, tuple[bytes, ...]]
    literals: tuple[bytes, ...]
    field_calls: frozenset[bytes]  # constructors of model and form fields
    field_endings: tuple[bytes, ...]  # ends of such names: Field
    values: dict[bytes, tuple[bytes, ...]]
    sign_carriers: frozenset[bytes] = frozenset()  # names that the project gives to signs
    reader_carriers: frozenset[bytes] = frozenset()  # project functions that hand an argument to a reader


def make(catalogue: Catalogue) -> Prefilter:
    """Prepare the words of a catalogue."""
    evidence = catalogue.evidence
    calls = {name.removesuffix(".*") for rules in catalogue.fields for name in (*rules.calls, *rules.typed, *rules.records)}
    return Prefilter(
        _encoded(evidence.names),
        _encoded(evidence.producers),
        _encoded(evidence.uses),
        _encoded(evidence.reads),
        {
            kind: {member.encode(): tuple(name.encode() for name in names) for member, names in table.items()}
            for kind, table in evidence.signs.items()
        },
        {kind: tuple(value.encode() for value in values) for kind, values in evidence.sign_literals.items()},
        (b"privlint:", *(text.encode() for text in evidence.literals)),
        frozenset(name.encode() for name in calls if not name.startswith("*")),
        tuple(name[1:].encode() for name in sorted(calls) if name.startswith("*")),
        {name.encode(): tuple(package.encode() for package in packages) for name, packages in evidence.values.items()},
    )


def with_carriers(
    prefilter: Prefilter, carriers: Mapping[str, Iterable[int]], signs: Iterable[str], readers: Iterable[str]
) -> Prefilter:
    """Let names that other files declare (a field of a base class, a helper, a constant) be evidence too."""
    names = dict(prefilter.names)
    for name, numbers in carriers.items():
        key = name.encode()
        names[key] = tuple({*names.get(key, ()), *numbers})
    return Prefilter(
        names, prefilter.producers, prefilter.uses, prefilter.reads, prefilter.signs, prefilter.sign_literals,
        prefilter.literals, prefilter.field_calls, prefilter.field_endings, prefilter.values, frozenset(name.encode() for name in signs),
        frozenset(name.encode() for name in readers),
    )  # fmt: skip


class Look(Struct, frozen=True):
    """What a first look at a file says."""

    promising: bool  # worth a parse
    words: frozenset[str]  # the identifiers for which a function of this file is worth reading


def look(data: bytes, language: str, prefilter: Prefilter) -> Look:
    """Take a first look at a file."""
    words = set(_WORD.findall(data))
    at_hand = _at_hand(words, prefilter)
    used = {word for word in words & prefilter.uses.keys() if not at_hand.isdisjoint(prefilter.uses[word])}
    reading: set[bytes] = set()
    signed: dict[str, bool] = {}
    for word in words & prefilter.reads.keys():
        for owner, kind in prefilter.reads[word]:
            if owner not in at_hand:
                continue
            reading.add(word)
            if kind not in signed:
                signed[kind] = _signed(kind, words, data, prefilter)
    helpers = words & prefilter.reader_carriers
    promising = (
        bool(used)
        or any(signed.values())
        or (bool(helpers) and any(_signed(kind, words, data, prefilter) for kind in _HANDED))
        or any(text in data for text in prefilter.literals)
        or (language == "python" and _holds_fields(words, prefilter))
    )
    wanted = used | reading | helpers | _speaking(words, at_hand, prefilter)
    return Look(promising, frozenset(word.decode() for word in wanted))


def _speaking(words: set[bytes], at_hand: set[int], prefilter: Prefilter) -> set[bytes]:
    """The identifiers that name, give or stand for what is at hand: a function that holds one may type a value."""
    found = {word for word in words & prefilter.names.keys() if not at_hand.isdisjoint(prefilter.names[word])}
    for word in words & prefilter.producers.keys():
        if any(giver in at_hand for giver, _ in prefilter.producers[word]):
            found.add(word)
    found |= words & prefilter.sign_carriers
    for table in prefilter.signs.values():
        found |= {word for word in words & table.keys() if not words.isdisjoint(table[word])}
    return found


def _holds_fields(words: set[bytes], prefilter: Prefilter) -> bool:
    if b"class" not in words:
        return False
    return not words.isdisjoint(prefilter.field_calls) or any(word.endswith(prefilter.field_endings) for word in words)


def promising(data: bytes, language: str, prefilter: Prefilter) -> bool:
    """Tell whether a file is worth a parse."""
    return look(data, language, prefilter).promising


def offers(data: bytes, prefilter: Prefilter) -> bool:
    """Tell whether a file may declare something for others: `val phone: TelephonyManager`, a URI, a helper that queries."""
    words = set(_WORD.findall(data))
    for word in words & prefilter.values.keys():
        declared = rb"(?m)\bfun\s+(?:<[^>]*>\s*)?" + word + rb"\.|^(?![ \t]*import\b).*\b" + word + rb"\b(?![ \t]*[.])"
        if any(package in data for package in prefilter.values[word]) and re.search(declared, data):
            return True
    return any(_signed(kind, words, data, prefilter) for kind in _HANDED)


def _at_hand(words: set[bytes], prefilter: Prefilter) -> set[int]:
    """The owners that the file names, and what their members give."""
    found: set[int] = set()
    for word in words & prefilter.names.keys():
        found.update(prefilter.names[word])
    edges = [edge for word in words & prefilter.producers.keys() for edge in prefilter.producers[word]]
    for _ in range(_STEPS):
        more = {given for giver, given in edges if giver in found} - found
        if not more:
            break
        found |= more
    return found


def _signed(kind: str, words: set[bytes], data: bytes, prefilter: Prefilter) -> bool:
    if not words.isdisjoint(prefilter.sign_carriers):
        return True
    table = prefilter.signs.get(kind, {})
    if any(not words.isdisjoint(table[member]) for member in words & table.keys()):
        return True
    return any(value in data for value in prefilter.sign_literals.get(kind, ()))


def _encoded(table: dict[str, T]) -> dict[bytes, T]:
    return {word.encode(): value for word, value in table.items()}


def declares(data: bytes, names: re.Pattern[bytes]) -> bool:
    """Tell whether a file may declare one of the names that another file asks for."""
    return names.search(data) is not None


def declaration_pattern(names: Iterable[str]) -> re.Pattern[bytes]:
    """A pattern for declarations of any of these simple names, in the three languages."""
    alternatives = b"|".join(re.escape(name.encode()) for name in sorted(names))
    keywords = rb"(?:class|interface|object|enum|record|typealias|fun|val|var|def|@interface)\b[^\n;={}]{0,80}?\b"
    return re.compile(rb"(?:" + keywords + rb"|^)(?:" + alternatives + rb")\b", re.MULTILINE)
