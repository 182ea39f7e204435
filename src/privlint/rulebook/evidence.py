"""`Rulebook` and `Catalogue` in, `Evidence` out: the words and bytes by which the pre-filter knows a promising file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from privlint.model.catalogue import Evidence, entries, outermost
from privlint.rulebook.tells import Tells, by_word, rarest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from privlint.model.catalogue import Catalogue, FactoryEntry
    from privlint.model.facts import Shape
    from privlint.model.rulebook import Rulebook

T = TypeVar("T")
_CONTEXT = "android.content.Context"


def compile_evidence(rulebook: Rulebook, catalogue: Catalogue) -> Evidence:
    """Number the owners, and say what in a file is evidence of each."""
    apis, readers, supertypes = catalogue.apis, catalogue.readers, catalogue.supertypes
    members, factories = catalogue.members, catalogue.factories
    loose = {*catalogue.loose, *catalogue.loose_factories}
    calls = {
        name.removesuffix(".*") for rules in rulebook.fields for name in (*rules.calls, *rules.typed, *rules.records)
    }
    marks: dict[str, set[str]] = defaultdict(set)
    for rules in rulebook.fields:
        for full in (*rules.carriers, *rules.wire, *rules.forms, *rules.asked):
            package, _, name = full.rpartition(".")
            marks[name].add(package)
    owners = sorted({*apis, *readers, *members, *factories, *supertypes})
    number = {owner: index for index, owner in enumerate(owners)}
    subtypes: dict[str, set[str]] = defaultdict(set)
    for name, parents in supertypes.items():
        for parent in parents:
            subtypes[parent].add(name)
    names: dict[str, set[int]] = defaultdict(set)
    producers: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for owner in owners:
        for kind in _closure(owner, subtypes):
            names[outermost(kind)].add(number[owner])
    for giver, name, given in _given(members, factories):
        for part in _parts(given):
            if part not in number:
                continue
            if name in loose:
                names[name].add(number[part])
            else:
                producers[name].add((number[giver], number[part]))
    for filled in catalogue.parameters.values():  # a framework's name stands for what it hands to its functions
        for framework, kind in filled:
            names[outermost(framework)].update(number[name] for name in _closure(kind, supertypes) if name in number)
    uses: dict[str, set[int]] = defaultdict(set)
    needs: dict[str, set[tuple[int, int]]] = defaultdict(set)
    tells = Tells(catalogue)
    for owner, table in apis.items():
        for member in table:
            place = tells.place(entries(catalogue, owner, member))
            for word in _spelt(owner, member):
                if place is None:
                    uses[word].add(number[owner])
                else:
                    needs[word].add((number[owner], place))
    reads: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for owner, read in readers.items():
        for member, read_by in read.items():
            for word in _spelt(owner, member):
                reads[word].update((number[owner], entry.reader.reads) for entry in read_by)
    signs, values = _sign_words(rulebook), _values(catalogue)
    field_calls = frozenset(name.encode() for name in calls if not name.startswith("*"))
    field_marks = {
        name.encode(): tuple(sorted(package.encode() for package in found)) for name, found in sorted(marks.items())
    }
    sign_literals = {kind: by_word(table) for kind, table in catalogue.sign_values.items()}
    literals = by_word(("privlint:", *_telling_values(catalogue)))
    telling = {
        word: tuple((text, tuple(sorted(tells.texts[text.decode()]))) for text in found)
        for word, found in by_word(tells.texts, tells.prefixes).items()
    }
    sdk_packages = frozenset(_sdk_packages(rulebook))
    return Evidence(
        names=_frozen(names),
        producers=_frozen(producers),
        uses=_frozen(uses),
        needs=_frozen(needs),
        tells=_frozen(tells.words),
        telling=telling,
        told=frozenset(tells.signs),
        reads=_frozen(reads),
        signs=signs,
        sign_literals=sign_literals,
        literals=literals,
        values=values,
        field_calls=field_calls,
        field_endings=tuple(name[1:].encode() for name in sorted(calls) if name.startswith("*")),
        python=frozenset(number[owner] for owner in _only_python(rulebook) if owner in number),
        everywhere=frozenset(number[owner] for owner in owners if _is_context(owner, supertypes)),
        valued=_valued(catalogue, number),
        vocabulary=frozenset(
            (
                b"class",
                *(word.encode() for table in (names, producers, uses, needs, reads) for word in table),
                *(word.encode() for word in tells.words),
                *(word for table in sign_literals.values() for word in table),
                *literals,
                *telling,
                *(rarest(package.decode().split(".")).encode() for package in sdk_packages),
                *(word for table in signs.values() for member, outer in table.items() for word in (member, *outer)),
                *values,
                *field_calls,
                *field_marks,
            )
        ),
        kotlin=_only_kotlin(catalogue),
        field_marks=field_marks,
        field_terms=tuple(sorted(_terms(rulebook))),
        sdk_words=frozenset(rarest(package.decode().split(".")).encode() for package in sdk_packages),
        sdk_packages=sdk_packages,
    )


def _only_kotlin(catalogue: Catalogue) -> frozenset[bytes]:
    """The words by which only Kotlin speaks of a member: a getter or setter as a property."""
    words: set[str] = set()
    plain: set[str] = set()
    for owner, table in catalogue.apis.items():
        for member in table:
            written = any(
                member in entry.api.members or member.startswith("<") for entry in entries(catalogue, owner, member)
            )
            spelt = _spelt(owner, member)
            words.update(spelt)
            plain.update(spelt[:1] if written else ())
    for owner, read in catalogue.readers.items():
        plain.update(word for member in read for word in _spelt(owner, member)[:1])
    return frozenset(word.encode() for word in words - plain)


def _only_python(rulebook: Rulebook) -> set[str]:
    """The classes and modules that only Python's families speak of."""
    owners: dict[bool, set[str]] = {True: set(), False: set()}
    for family in rulebook.families:
        owners[family.platform == "python"].update(entry.owner for entry in family.api)
        owners[family.platform == "python"].update(entry.owner for entry in family.reader)
    return owners[True] - owners[False]


def _telling_values(catalogue: Catalogue) -> Iterable[str]:
    return (value for table in catalogue.sign_values.values() for value in table if _telling(value))


def _terms(rulebook: Rulebook) -> set[bytes]:
    """The names of personal fields, as short as they are told apart: what holds a shorter one needs no other look."""
    names = {
        name.replace("_", "").lower()
        for rules in rulebook.fields
        for term in rules.field
        for name in (*term.names, *term.exact, *term.weak)
    }
    return {name.encode() for name in names if not any(other in name for other in names if other != name)}


def _sdk_packages(rulebook: Rulebook) -> Iterable[bytes]:
    for rules in rulebook.sdks:
        for sdk in rules.sdk:
            for package in sdk.packages:
                yield from (prefix.encode() for prefix in package.prefixes)


def _spelt(owner: str, member: str) -> tuple[str, ...]:
    """What a use must spell: the member, or, where a class is made or extended, its own name."""
    if member.startswith("<"):
        return (owner.rpartition(".")[2],)
    if member.startswith("set") and member[3:4].isupper():  # Kotlin assigns to the property
        rest = f"{member[3].lower()}{member[4:]}"
        return (member, rest, f"is{member[3:]}")
    return (member,)


def _values(catalogue: Catalogue) -> dict[bytes, tuple[bytes, ...]]:
    """Classes whose values a file may declare for another; a Context is at hand everywhere and says nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for owner in _handed_on(catalogue):
        package = owner.partition(f".{outermost(owner)}")[0]
        found[owner.rpartition(".")[2]].add(package)
    return {name.encode(): tuple(sorted(package.encode() for package in found[name])) for name in sorted(found)}


def _valued(catalogue: Catalogue, number: Mapping[str, int]) -> dict[bytes, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for owner in _handed_on(catalogue):
        kinds = {owner} if _is_context(owner, catalogue.supertypes) else _closure(owner, catalogue.supertypes)
        found[owner.rpartition(".")[2]].update(number[kind] for kind in kinds if kind in number)
    return _frozen(found)


def _handed_on(catalogue: Catalogue) -> Iterable[str]:
    for owner in (*catalogue.apis, *catalogue.readers):
        spoken = (*catalogue.apis.get(owner, ()), *catalogue.readers.get(owner, ()))
        if all(member.startswith("<") for member in spoken) and owner not in {*catalogue.members, *catalogue.factories}:
            continue  # a value of it says nothing: who makes or extends it names it
        if owner.rpartition(".")[2][:1].isupper() and owner != _CONTEXT:
            yield owner


def _is_context(owner: str, supertypes: Mapping[str, Iterable[str]]) -> bool:
    return _CONTEXT in _closure(owner, supertypes)


def _given(
    members: dict[str, dict[str, Shape]], factories: dict[str, dict[str, FactoryEntry]]
) -> Iterable[tuple[str, str, Shape]]:
    for owner, table in members.items():
        for name, given in table.items():
            yield owner, name, given
    for owner, made in factories.items():
        for name, entry in made.items():
            for given in entry.gives.values():
                yield owner, name, given


def _parts(given: Shape) -> Iterable[str]:
    yield given.type
    for argument in given.arguments:
        yield from _parts(argument)


def _sign_words(rulebook: Rulebook) -> dict[str, dict[bytes, tuple[bytes, ...]]]:
    table: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for family in rulebook.families:
        for sign in family.sign:
            for member in sign.members:
                table[sign.kind][member].add(outermost(sign.owner))
    return {
        kind: {member.encode(): tuple(sorted(name.encode() for name in names)) for member, names in found.items()}
        for kind, found in table.items()
    }


def _frozen(table: dict[str, set[T]]) -> dict[bytes, tuple[T, ...]]:
    return {word.encode(): tuple(sorted(numbers)) for word, numbers in sorted(table.items())}  # type: ignore[type-var]


def _closure(name: str, below: Mapping[str, Iterable[str]]) -> set[str]:
    found = {name}
    todo = [name]
    while todo:
        for child in below.get(todo.pop(), ()):
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def _telling(value: str) -> bool:
    return value.startswith(("content://", "/proc/", "/sys/")) or " " in value
