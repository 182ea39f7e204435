"""References and fields in, observations out: what the catalogue says that the code obtains. No law here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from privlint.model.catalogue import entries, outermost
from privlint.model.facts import Confidence, Observation
from privlint.model.rules import Reader
from privlint.observe.declared_names import find as declared_as
from privlint.observe.declared_names import last as last_name
from privlint.observe.deletions import deletions
from privlint.observe.identifiers import with_identifiers
from privlint.observe.lines import Lines
from privlint.observe.match import holds, signs_read
from privlint.observe.screens import screens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.catalogue import Catalogue, Entry, SignEntry
    from privlint.model.facts import FieldFact, Reference, Resolved
    from privlint.model.place import Place
    from privlint.observe.fields import Lexicon

__all__ = ["Lines", "declared_as", "deletions", "last_name", "observe", "screens", "with_identifiers"]

SHORTEST_TELLING = 5  # letters; shorter member names (id, name, text) say nothing without a receiver
_FORMS = {  # kind of API -> how it is used
    "call": {"call", "member", "reference"},
    "property": {"member", "reference"},
    "constant": {"member"},
    "constructor": {"new"},
    "override": {"override"},
    "subclass": {"extends"},
    "annotation": {"annotation"},
}


def observe(
    lines: Lines, language: str, resolved: Resolved, catalogue: Catalogue, lexicon: Lexicon | None
) -> tuple[Observation, ...]:
    """Turn what was resolved in one file into observations, sorted by place; one per place and set of data."""
    owners_at_hand = _at_hand(lines.data, catalogue, resolved.references)
    found: dict[tuple[int, tuple[str, ...]], Observation] = {}
    for reference in resolved.references:
        for observation in _of_reference(lines, language, reference, catalogue, owners_at_hand):
            key = (reference.start, observation.data)
            if key not in found or found[key].confidence < observation.confidence:
                found[key] = observation
    for fact in resolved.fields if lexicon is not None else ():
        data = lexicon.match_fact(fact) if lexicon is not None else ()
        if data:
            found.setdefault((fact.start, data), _field(lines.place(fact.start, fact.end), fact, data))
    return tuple(sorted(_most_telling(found.values()), key=lambda observation: (observation.place, observation.data)))


def _most_telling(observations: Iterable[Observation]) -> Iterator[Observation]:
    """Drop an uncertain observation where a certain one says the same of the same place."""
    at: dict[Place, list[Observation]] = {}
    for observation in observations:
        at.setdefault(observation.place, []).append(observation)
    for listed in at.values():
        for observation in listed:
            if not any(
                other.confidence > observation.confidence and set(observation.data) <= set(other.data)
                for other in listed
            ):
                yield observation


def _of_reference(
    lines: Lines, language: str, reference: Reference, catalogue: Catalogue, at_hand: frozenset[str]
) -> Iterator[Observation]:
    if reference.form == "lexical":
        yield from _lexical(lines, reference, catalogue, at_hand)
        return
    if reference.form == "given":
        place = lines.place(reference.start, reference.end)
        symbol = f"{reference.owners[0]}.{reference.member}"
        confidence = Confidence(reference.confidence)
        yield Observation("given", reference.data, symbol, place, confidence, "given", reference.enclosing)
        return
    if reference.through:
        yield from _handed(lines, reference, catalogue)
        return
    if not reference.owners:
        yield from _by_name(lines, language, reference, catalogue, at_hand)
        return
    for owner in reference.owners:
        for entry in entries(catalogue, owner, reference.member):
            if _applies(entry, reference, language, catalogue):
                yield _observation(lines.place(reference.start, reference.end), reference, entry, owner)
        for reader_entry in catalogue.readers.get(owner, {}).get(reference.member, ()):
            if reference.form not in {"call", "new", "reference"}:
                continue
            for read in signs_read(reader_entry.reader, reference, catalogue):
                yield _of_sign(lines.place(reference.start, reference.end), reference, read, reader_entry.reader)


def _handed(lines: Lines, reference: Reference, catalogue: Catalogue) -> Iterator[Observation]:
    """A call of a project function that hands its argument to a reader: the sign stands here."""
    for handed in reference.through:
        reader = Reader(
            owner=reference.owners[0], members=(), reads=handed.reads, argument=handed.index, name=handed.name
        )
        for entry, spelt in signs_read(reader, reference, catalogue):
            yield _of_sign(lines.place(reference.start, reference.end), reference, (entry, spelt), reader)


def _of_sign(place: Place, reference: Reference, read: tuple[SignEntry, str], reader: Reader) -> Observation:
    entry, spelt = read
    sign = entry.sign
    constant = ".".join(spelt.split(".")[-2:]) if sign.owner and spelt.startswith(sign.owner) else spelt
    return Observation(
        kind="mark" if reader.act == "mark" else sign.act,
        data=sign.data,
        symbol=f"{reader.owner}.{reference.member}({constant})",
        place=place,
        confidence=Confidence(reference.confidence),
        family=entry.family,
        enclosing=reference.enclosing,
        permissions=sign.permissions,
        deprecated=sign.deprecated,
    )


def _applies(entry: Entry, reference: Reference, language: str, catalogue: Catalogue) -> bool:
    api = entry.api
    if reference.form not in _FORMS[api.kind]:
        return False
    if api.kind == "call" and reference.form == "member":
        if reference.member in api.members and language != "python":
            # a getter named without a call is only a use where it is handed on, which is the form "reference"
            return reference.member.startswith("is") and language == "kotlin" and api.property
        if language != "kotlin":
            return False
    if api.kind == "call" and reference.form == "call" and reference.member not in api.members:
        return False  # the spelling of a Kotlin property, called: an own function of that name
    return all(
        holds(constraint, reference, catalogue, lambda kind: _upwards(kind, catalogue)) for constraint in api.when
    )


def _upwards(kind: str, catalogue: Catalogue) -> Iterator[str]:
    todo = [kind]
    seen = set()
    while todo:
        current = todo.pop()
        if current and current not in seen:
            seen.add(current)
            yield current
            todo.extend(catalogue.supertypes.get(current, ()))


def _observation(place: Place, reference: Reference, entry: Entry, owner: str) -> Observation:
    api = entry.api
    member = (
        "" if reference.member.startswith("<") else f".{api.members[0] if len(api.members) == 1 else reference.member}"
    )
    return Observation(
        kind=api.act,
        data=api.data,
        symbol=f"{owner}{member}",
        place=place,
        confidence=Confidence(reference.confidence),
        family=entry.family,
        enclosing=reference.enclosing,
        permissions=api.permissions,
        platform_note_en=api.platform_note_en,
        platform_note_zh=api.platform_note_zh,
        deprecated=api.deprecated,
    )


def _by_name(
    lines: Lines, language: str, reference: Reference, catalogue: Catalogue, at_hand: frozenset[str]
) -> Iterator[Observation]:
    """A use on a receiver that nothing explains: by its name alone, where its class is at hand in the file."""
    for owner in sorted(at_hand):
        for entry in entries(catalogue, owner, reference.member):
            if not entry.api.when and _applies(entry, reference, language, catalogue):
                yield _observation(lines.place(reference.start, reference.end), reference, entry, owner)
        if reference.form != "call":
            continue
        likely = structs.replace(reference, confidence=Confidence.INFERRED)  # the sign tells what is read
        for reader_entry in catalogue.readers.get(owner, {}).get(reference.member, ()):
            for read in signs_read(reader_entry.reader, reference, catalogue):
                yield _of_sign(lines.place(reference.start, reference.end), likely, read, reader_entry.reader)


def _lexical(
    lines: Lines, reference: Reference, catalogue: Catalogue, at_hand: frozenset[str]
) -> Iterator[Observation]:
    """A name in a region that the parser lost; only where the file speaks of its class, and the name tells it."""
    if len(reference.member) < SHORTEST_TELLING:
        return
    owners = [owner for owner in sorted(at_hand) if reference.member in catalogue.apis.get(owner, {})]
    for owner in owners[:1]:
        for entry in entries(catalogue, owner, reference.member):
            if not entry.api.when and entry.api.kind in {"call", "property"}:
                yield _observation(lines.place(reference.start, reference.end), reference, entry, owner)


def _at_hand(data: bytes, catalogue: Catalogue, references: Iterable[Reference]) -> frozenset[str]:
    """The classes that a file names, for uses that are known by their name only."""
    wanted = {reference.member for reference in references if not reference.owners}
    if not wanted:
        return frozenset()
    return frozenset(
        owner
        for table in (catalogue.apis, catalogue.readers)
        for owner, members in table.items()
        if not wanted.isdisjoint(members) and _imported(owner, data)
    )


def _imported(owner: str, data: bytes) -> bool:
    """Tell whether a file spells a class with its package, as an import does."""
    outer = outermost(owner)
    if owner.startswith(outer):  # a Python module goes by its first part
        return outer.encode() in data
    package = owner.partition(f".{outer}")[0]
    return f"{package}.{outer}".encode() in data or (f"{package}.*".encode() in data and outer.encode() in data)


def _field(place: Place, fact: FieldFact, data: tuple[str, ...]) -> Observation:
    symbol = f"{fact.class_name}.{fact.name}"
    return Observation("field", data, symbol, place, Confidence.INFERRED, "fields", fact.class_name)
