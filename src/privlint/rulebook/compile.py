"""`Rulebook` in, `Catalogue` out: the lookup tables that resolving, observing and pre-filtering use."""

from __future__ import annotations

import keyword
import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from privlint.model.catalogue import Catalogue, Entry, Evidence, FactoryEntry, ReaderEntry, SignEntry, outermost
from privlint.model.facts import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from privlint.model.rules import LambdaFacts, Rulebook, TypeFacts

T = TypeVar("T")
_TYPE = re.compile(r"[^<>,\s]+|[<>,]")
_KINDS_BY_NAME = {"constructor": "<init>", "subclass": "<extends>", "annotation": "<annotation>"}


def compile_rulebook(rulebook: Rulebook) -> Catalogue:
    """Make the lookup tables. Expects a rulebook that has been validated."""
    types = [facts for rules in rulebook.types for facts in rules.type]
    kotlin = frozenset(facts.name for facts in types if facts.language == "kotlin")
    constants = {f"{facts.name}.{name}": value for facts in types for name, value in facts.constants.items()}
    apis = _apis(rulebook, kotlin)
    readers = _readers(rulebook)
    signs, sign_values = _signs(rulebook, constants)
    members, loose = _members(types, kotlin)
    factories, loose_factories = _factories(rulebook)
    carriers = _carriers(rulebook)
    scopes = _scopes(rulebook)
    supertypes = {facts.name: facts.extends for facts in types if facts.extends}
    found = _evidence(rulebook, apis, readers, sign_values, supertypes, members, factories, {*loose, *loose_factories})
    uses = {name for table in (*apis.values(), *readers.values()) for name in table if not name.startswith("<")}
    words = {*uses, *found.names, *found.producers, *found.uses, *found.reads}
    words |= {part for name in signs for part in name.rsplit(".", 2)[1:]}
    owners = {*apis, *readers, *members, *factories, *carriers, *supertypes, *(name.rpartition(".")[0] for name in signs)}
    return Catalogue(
        version=rulebook.version,
        apis=apis,
        readers=readers,
        signs=signs,
        sign_values=sign_values,
        supertypes=supertypes,
        members=members,
        loose=loose,
        constants=constants,
        factories=factories,
        loose_factories=loose_factories,
        carriers=carriers,
        scopes=scopes,
        fields=rulebook.fields,
        kotlin_types=kotlin,
        packages=frozenset(_packages(owners)),
        words=frozenset(word for word in words if word.isidentifier() and not keyword.iskeyword(word)),
        uses=frozenset(uses),
        evidence=found,
    )


def property_name(getter: str) -> str:
    """Spell a Java getter as a Kotlin property: getImei is imei, isActive stays isActive; "" for other names."""
    if getter.startswith("get") and len(getter) > 3 and not getter[3].islower():
        rest = getter[3:]
        capitals = re.match(r"[A-Z]+(?=[A-Z][a-z]|$|[^A-Za-z])|[A-Z]", rest)
        head = capitals.group() if capitals else rest[:1]
        return head.lower() + rest[len(head) :]
    if getter.startswith("is") and len(getter) > 2 and not getter[2].islower():
        return getter
    return ""


def shape(text: str) -> Shape:
    """Read a type as the rules write it: `java.util.List<android.telephony.CellInfo>`."""
    tokens = _TYPE.findall(text)
    result, _ = _shape(tokens, 0)
    return result


def _shape(tokens: list[str], index: int) -> tuple[Shape, int]:
    name = tokens[index] if index < len(tokens) else ""
    index += 1
    arguments: list[Shape] = []
    if index < len(tokens) and tokens[index] == "<":
        index += 1
        while index < len(tokens) and tokens[index] != ">":
            if tokens[index] == ",":
                index += 1
                continue
            argument, index = _shape(tokens, index)
            arguments.append(argument)
        index += 1
    return Shape(name, tuple(arguments)), index


def _apis(rulebook: Rulebook, kotlin: frozenset[str]) -> dict[str, dict[str, tuple[Entry, ...]]]:
    table: dict[str, dict[str, tuple[Entry, ...]]] = defaultdict(dict)
    for family in rulebook.families:
        for api in family.api:
            entry = Entry(api, family.id)
            members = table[api.owner]
            for member in api.members or (_KINDS_BY_NAME.get(api.kind, ""),):
                _add(members, _KINDS_BY_NAME.get(api.kind, member), entry)
                if api.kind == "call" and api.property and family.platform != "python" and api.owner not in kotlin:
                    _add(members, property_name(member), entry)
    return dict(table)


def _add(members: dict[str, tuple[Entry, ...]], name: str, entry: Entry) -> None:
    if name and entry not in members.get(name, ()):
        members[name] = (*members.get(name, ()), entry)


def _readers(rulebook: Rulebook) -> dict[str, dict[str, tuple[ReaderEntry, ...]]]:
    table: dict[str, dict[str, tuple[ReaderEntry, ...]]] = defaultdict(dict)
    for family in rulebook.families:
        for reader in family.reader:
            for member in reader.members or ("",):
                name = "<init>" if reader.kind == "constructor" else member
                table[reader.owner][name] = (*table[reader.owner].get(name, ()), ReaderEntry(reader, family.id))
    return dict(table)


def _signs(
    rulebook: Rulebook, constants: dict[str, str]
) -> tuple[dict[str, tuple[SignEntry, ...]], dict[str, dict[str, tuple[SignEntry, ...]]]]:
    by_name: dict[str, tuple[SignEntry, ...]] = {}
    by_value: dict[str, dict[str, tuple[SignEntry, ...]]] = defaultdict(dict)
    for family in rulebook.families:
        for sign in family.sign:
            entry = SignEntry(sign, family.id)
            values = set(sign.values)
            for member in sign.members:
                name = f"{sign.owner}.{member}"
                by_name[name] = (*by_name.get(name, ()), entry)
                if name in constants and sign.kind != "sensor":
                    values.add(constants[name])
            for value in sorted(values):
                by_value[sign.kind][value] = (*by_value[sign.kind].get(value, ()), entry)
    return by_name, dict(by_value)


def _members(types: list[TypeFacts], kotlin: frozenset[str]) -> tuple[dict[str, dict[str, Shape]], dict[str, Shape]]:
    members: dict[str, dict[str, Shape]] = {}
    loose: dict[str, Shape] = {}
    for facts in types:
        table = members.setdefault(facts.name, {})
        for name, text in facts.members.items():
            given = structs.replace(shape(text), signs=(f"{facts.name}.{name}",))
            spellings = [name]
            if facts.language == "java" and facts.name not in kotlin and property_name(name):
                spellings.append(property_name(name))
            for spelling in spellings:
                table.setdefault(spelling, given)
                if name in facts.loose or spelling in facts.loose:
                    loose.setdefault(spelling, given)
    return members, loose


def _factories(rulebook: Rulebook) -> tuple[dict[str, dict[str, FactoryEntry]], dict[str, FactoryEntry]]:
    table: dict[str, dict[str, FactoryEntry]] = defaultdict(dict)
    loose: dict[str, FactoryEntry] = {}
    for rules in rulebook.types:
        for factory in rules.factory:
            gives = {value: shape(text) for value, text in factory.gives.items()}
            entry = FactoryEntry(factory.argument, gives, factory.class_argument)
            for member in factory.members:
                table[factory.owner][member] = entry
                if factory.loose:
                    loose[member] = entry
    return dict(table), loose


def _carriers(rulebook: Rulebook) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = defaultdict(dict)
    for rules in rulebook.types:
        for carrier in rules.carrier:
            for member in carrier.members:
                table[carrier.owner][member] = carrier.argument
    return dict(table)


def _scopes(rulebook: Rulebook) -> dict[str, tuple[LambdaFacts, ...]]:
    table: dict[str, tuple[LambdaFacts, ...]] = {}
    for rules in rulebook.types:
        for facts in rules.scope:
            for member in facts.members:
                table[member] = (*table.get(member, ()), facts)
    return table


def _evidence(
    rulebook: Rulebook,
    apis: dict[str, dict[str, tuple[Entry, ...]]],
    readers: dict[str, dict[str, tuple[ReaderEntry, ...]]],
    sign_values: dict[str, dict[str, tuple[SignEntry, ...]]],
    supertypes: dict[str, tuple[str, ...]],
    members: dict[str, dict[str, Shape]],
    factories: dict[str, dict[str, FactoryEntry]],
    loose: set[str],
) -> Evidence:
    """Number the owners, and say what in a file is evidence of each."""
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
    uses: dict[str, set[int]] = defaultdict(set)
    for owner, table in apis.items():
        for member in table:
            uses[outermost(owner) if member.startswith("<") else member].add(number[owner])
    reads: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for owner, read in readers.items():
        for member, entries in read.items():
            for entry in entries:
                word = outermost(owner) if member.startswith("<") else member
                reads[word].add((number[owner], entry.reader.reads))
    return Evidence(
        _frozen(names),
        _frozen(producers),
        _frozen(uses),
        _frozen(reads),
        _sign_words(rulebook),
        {kind: tuple(sorted(table)) for kind, table in sign_values.items()},
        tuple(sorted({value for table in sign_values.values() for value in table if _telling(value)})),
        _values(apis, readers, supertypes),
    )


def _values(
    apis: dict[str, dict[str, tuple[Entry, ...]]],
    readers: dict[str, dict[str, tuple[ReaderEntry, ...]]],
    supertypes: dict[str, tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    """Classes whose values a file may declare for another; a Context is at hand everywhere and says nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for owner in (*apis, *readers):
        package, _, name = owner.rpartition(".")
        if name[:1].isupper() and package.islower() and "android.content.Context" not in _closure(owner, supertypes):
            found[name].add(package)
    return {name: tuple(sorted(packages)) for name, packages in sorted(found.items())}


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


def _sign_words(rulebook: Rulebook) -> dict[str, dict[str, tuple[str, ...]]]:
    table: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for family in rulebook.families:
        for sign in family.sign:
            for member in sign.members:
                table[sign.kind][member].add(outermost(sign.owner))
    return {kind: {member: tuple(sorted(names)) for member, names in found.items()} for kind, found in table.items()}


def _frozen(table: dict[str, set[T]]) -> dict[str, tuple[T, ...]]:
    return {word: tuple(sorted(numbers)) for word, numbers in sorted(table.items())}  # type: ignore[type-var]


def _closure(name: str, below: Mapping[str, Iterable[str]]) -> set[str]:
    found = {name}
    todo = [name]
    while todo:
        for child in below.get(todo.pop(), ()):
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def _packages(owners: Iterable[str]) -> Iterable[str]:
    for owner in owners:
        parts = owner.split(".")
        for end in range(1, len(parts)):
            yield ".".join(parts[:end])


def _telling(value: str) -> bool:
    return value.startswith(("content://", "/proc/", "/sys/")) or " " in value
