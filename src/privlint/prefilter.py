"""Bytes in; out comes whether the full analysis could report anything there, and which words it should look at.

A file is promising when an owner of the catalogue is at hand in it (its class is named, or something at hand gives it)
together with a member that obtains data of it; a member that reads a sign (a URI, a key) also needs such a sign. It
never says no to a file that the analysis would report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, structs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from privlint.model.catalogue import Evidence

WORDS_APART = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() or byte == ord("_") else ord(" ") for byte in range(256)
)  # words and spaces: split by it, a file's words cost half of what a pattern does
_KEYWORDS = frozenset(  # of Kotlin, and of Java too or rare there; a project may use them as names, in backticks
    b"as break class continue do else false for fun if import in interface is null object package return super this"
    b" throw true try typealias val var when while".split()
)
_IMPORT = re.compile(rb"^[ \t]*import[ \t]+(?:static[ \t]+)?([A-Za-z_][\w.]*\w)", re.MULTILINE)
_TICKED = re.compile(rb"`(\w+)`")
_IMPORTING = re.compile(rb"[ \t]*import\b")
_EXTENDING = re.compile(rb"\bfun\s+(?:<[^>]*>\s*)?\Z")
_HANDED = ("uri", "key")  # kinds of sign that travel between files
_STEPS = 4  # members that give members that give …


class Declared(Struct, frozen=True):
    """Simple names that the project declares."""

    signs: frozenset[str]  # constants that stand for a sign
    readers: frozenset[str]  # functions that hand an argument to a reader
    givers: frozenset[str]  # what hands out an identifier


def with_carriers(evidence: Evidence, carriers: Mapping[str, Iterable[int]], declared: Declared) -> Evidence:
    """Let names that other files declare (a field of a base class, a helper, a constant) be evidence too."""
    names = dict(evidence.names)
    for name, numbers in carriers.items():
        key = name.encode()
        if not set(names.get(key, ())).issuperset(numbers):
            names[key] = tuple({*names.get(key, ()), *numbers})
    known = {*carriers, *declared.signs, *declared.readers, *declared.givers}
    return structs.replace(
        evidence,
        vocabulary=evidence.vocabulary.union(name.encode() for name in known),
        names=names,
        sign_carriers=frozenset(name.encode() for name in declared.signs),
        reader_carriers=frozenset(name.encode() for name in declared.readers),
        given_carriers=frozenset(name.encode() for name in declared.givers),
    )


class Look(Struct, frozen=True):
    """What a first look at a file says."""

    promising: bool  # worth a parse
    offering: bool  # not by itself, but for what it may declare for others
    words: frozenset[str]  # for which a function of this file is worth reading; ".word" counts as a member or call only
    spelt: bytes  # all its words, each once, apart by spaces
    lacks: frozenset[int]  # owners of which it would obtain data, if another file gave it one


def look(data: bytes, language: str, evidence: Evidence) -> Look:
    """Take a first look at a file."""
    spelt = set(data.translate(WORDS_APART).split())
    if language != "python":
        spelt -= _KEYWORDS.difference(_TICKED.findall(data)) if b"`" in data else _KEYWORDS
    words = evidence.vocabulary.intersection(spelt)
    members = words - evidence.kotlin if language == "java" else words
    at_hand = _at_hand(words, evidence)
    if language != "python":
        at_hand -= evidence.python
    used = {word for word in members & evidence.uses.keys() if not at_hand.isdisjoint(evidence.uses[word])}
    lacks = {owner for word in members & evidence.uses.keys() for owner in evidence.uses[word]}
    reading: set[bytes] = set()
    told = _told(words, data, evidence)
    known = not words.isdisjoint(evidence.sign_carriers)  # a name of the project may stand for anything
    for word in members & evidence.needs.keys():
        for owner, place in evidence.needs[word]:
            if known or place in told:
                lacks.add(owner)
            if owner in at_hand:
                (used if known or place in told else reading).add(word)
    signed: dict[str, bool] = {}
    for word in words & evidence.reads.keys():
        for owner, kind in evidence.reads[word]:
            lacks.add(owner)
            if owner not in at_hand:
                continue
            reading.add(word)
            if kind not in signed:
                signed[kind] = _signed(kind, words, data, evidence)
    helpers = words & evidence.reader_carriers
    given = words & evidence.given_carriers
    promising = (
        bool(used)
        or any(signed.values())
        or (bool(helpers) and any(_signed(kind, words, data, evidence) for kind in _HANDED))
        or bool(given)
        or _holds_telling(words, data, evidence)
        or (_holds_fields(spelt, words, evidence) if language == "python" else _carries_fields(words, data, evidence))
    )
    wanted = used | reading | helpers | given
    if language == "python":
        wanted |= _speaking(words, at_hand, evidence)
    else:  # a function says what it gives, or is an expression, which is read whatever it holds
        constants = _constants(words, evidence)
        wanted = {b"." + word for word in wanted - constants} | constants if language == "java" else wanted | constants
    offering = not promising and (bool(told) or _offers(words, data, evidence))
    return Look(
        promising, offering, frozenset(word.decode() for word in wanted), b" ".join(spelt), frozenset(lacks - at_hand)
    )


def with_values(evidence: Evidence, values: Mapping[bytes, tuple[bytes, ...]], lacks: set[int]) -> Evidence:
    """Of the classes whose values may be handed on, keep those of which some file lacks one, or what one gives."""
    edges = [edge for given in evidence.producers.values() for edge in given if edge[1] not in evidence.everywhere]
    reach = set(lacks)
    for _ in range(_STEPS):
        reach |= {giver for giver, given in edges if given in reach}
    kept = {word: found for word, found in values.items() if not reach.isdisjoint(evidence.valued[word])}
    return structs.replace(evidence, values=kept)


def news(before: Evidence, now: Evidence) -> frozenset[bytes]:
    """The words of which the later evidence says something else: a file without them looks as it did."""
    if before is now:
        return frozenset()
    named = {word for word, numbers in now.names.items() if before.names.get(word) != numbers}
    signs = before.sign_carriers ^ now.sign_carriers
    functions = (before.reader_carriers ^ now.reader_carriers) | (before.given_carriers ^ now.given_carriers)
    return frozenset(named | signs | functions | (now.values.keys() - before.values.keys()))


def _speaking(words: frozenset[bytes], at_hand: set[int], evidence: Evidence) -> set[bytes]:
    """The identifiers that name, give or stand for what is at hand: a function that holds one may type a value."""
    found = {word for word in words & evidence.names.keys() if not at_hand.isdisjoint(evidence.names[word])}
    for word in words & evidence.producers.keys():
        if any(giver in at_hand for giver, _ in evidence.producers[word]):
            found.add(word)
    return found | _constants(words, evidence)


def _constants(words: frozenset[bytes], evidence: Evidence) -> set[bytes]:
    """The identifiers that stand for a sign: a function that holds one may hand it on."""
    found = set(words & evidence.sign_carriers)
    for table in evidence.signs.values():
        found |= {word for word in words & table.keys() if not words.isdisjoint(table[word])}
    return found


def _holds_fields(spelt: Iterable[bytes], words: frozenset[bytes], evidence: Evidence) -> bool:
    if b"class" not in words:
        return False
    return not words.isdisjoint(evidence.field_calls) or any(word.endswith(evidence.field_endings) for word in spelt)


def _holds(words: frozenset[bytes], data: bytes, values: Mapping[bytes, tuple[bytes, ...]]) -> bool:
    """Tell whether one of the values, which stand by a word of theirs, is anywhere."""
    return any(value in data for word in words & values.keys() for value in values[word])


def _holds_telling(words: frozenset[bytes], data: bytes, evidence: Evidence) -> bool:
    """Tell whether a text that is evidence by itself stands anywhere; a command, not as a part of other words."""
    return any(
        value in data and (b" " not in value or _stands_alone(value, data))
        for word in words & evidence.literals.keys()
        for value in evidence.literals[word]
    )


def _stands_alone(command: bytes, data: bytes) -> bool:
    pattern = rb"(?:\A|\\[nrt]|[^A-Za-z0-9_\x80-\xff])" + re.escape(command) + rb"(?![A-Za-z0-9_\x80-\xff])"
    return re.search(pattern, data) is not None


def _told(words: frozenset[bytes], data: bytes, evidence: Evidence) -> set[int]:
    """The places of what is needed besides a member that some word or text of a file may be."""
    found = {place for word in words & evidence.tells.keys() for place in evidence.tells[word]}
    for word in (b"", *(words & evidence.telling.keys())):
        for text, places in evidence.telling.get(word, ()):
            if text in data:
                found.update(places)
    return found


def sdk_imports(data: bytes, spelt: bytes, evidence: Evidence) -> dict[str, tuple[int, int]]:
    """Find the first import from below each package of a third-party SDK: the package, and where the name stands."""
    found: dict[str, tuple[int, int]] = {}
    if evidence.sdk_words.isdisjoint(spelt.split()):
        return found
    for line in _IMPORT.finditer(data):
        parts = line[1].split(b".")
        for length in range(len(parts), 0, -1):
            package = b".".join(parts[:length])
            if package in evidence.sdk_packages:
                found.setdefault(package.decode(), line.span(1))
                break
    return found


def imports(data: bytes, language: str) -> tuple[str, ...]:
    """Find the full names that a file of Kotlin or Java imports, and those that it may mean by its own package."""
    if language == "python":
        return ()
    return tuple(dict.fromkeys(line[1].decode() for line in _IMPORT.finditer(data)))


def _carries_fields(words: frozenset[bytes], data: bytes, evidence: Evidence) -> bool:
    """Tell whether a file of Kotlin or Java may say that a class or parameter of it carries personal data."""
    marks = words & evidence.field_marks.keys()
    if not any(package in data for mark in marks for package in evidence.field_marks[mark]):
        return False
    plain = data.lower().replace(b"_", b"")
    return any(term in plain for term in evidence.field_terms)


def promising(data: bytes, language: str, evidence: Evidence) -> bool:
    """Tell whether a file is worth a parse."""
    return look(data, language, evidence).promising


def _offers(words: frozenset[bytes], data: bytes, evidence: Evidence) -> bool:
    """Tell whether a file may declare something for others: `val phone: TelephonyManager`, a URI, a query helper."""
    for word in words & evidence.values.keys():
        if any(package in data for package in evidence.values[word]) and _declares_with(word, data):
            return True
    return any(_signed(kind, words, data, evidence) for kind in _HANDED)


def _declares_with(word: bytes, data: bytes) -> bool:
    """Tell whether a class stands where it may be the type of something, and not only in an import or before a dot."""
    end = 0
    while (start := data.find(word, end)) >= 0:
        end = start + len(word)
        if _is_part(data[start - 1 : start]) or _is_part(data[end : end + 1]):
            continue
        before = data[data.rfind(b"\n", 0, start) + 1 : start]
        if not _IMPORTING.match(before) and data[end : end + 80].lstrip(b" \t")[:1] != b".":
            return True
        if data[end : end + 1] == b"." and _EXTENDING.search(data, max(0, start - 200), start):
            return True
    return False


def _is_part(letter: bytes) -> bool:
    return letter.isalnum() or letter == b"_" or letter >= b"\x80"


def _at_hand(words: frozenset[bytes], evidence: Evidence) -> set[int]:
    """The owners that the file names, and what their members give."""
    found: set[int] = set()
    for word in words & evidence.names.keys():
        found.update(evidence.names[word])
    edges = [edge for word in words & evidence.producers.keys() for edge in evidence.producers[word]]
    for _ in range(_STEPS):
        more = {given for giver, given in edges if giver in found} - found
        if not more:
            break
        found |= more
    return found


def _signed(kind: str, words: frozenset[bytes], data: bytes, evidence: Evidence) -> bool:
    if not words.isdisjoint(evidence.sign_carriers):
        return True
    table = evidence.signs.get(kind, {})
    if any(not words.isdisjoint(table[member]) for member in words & table.keys()):
        return True
    return _holds(words, data, evidence.sign_literals.get(kind, {}))


def declares(data: bytes, names: re.Pattern[bytes]) -> bool:
    """Tell whether a file may declare one of the names that another file asks for."""
    return names.search(data) is not None


def declaration_pattern(names: Iterable[str]) -> re.Pattern[bytes]:
    """A pattern for declarations of any of these simple names, in the three languages."""
    alternatives = b"|".join(re.escape(name.encode()) for name in sorted(names))
    keywords = rb"(?:class|interface|object|enum|record|typealias|fun|val|var|def|@interface)\b[^\n;={}]{0,80}?\b"
    return re.compile(rb"(?:" + keywords + rb"|^)(?:" + alternatives + rb")\b", re.MULTILINE)
