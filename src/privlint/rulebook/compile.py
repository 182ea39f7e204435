"""`Rulebook` in, `Catalogue` out: the lookup tables that resolving, observing and pre-filtering use."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from privlint.model.catalogue import Catalogue, Entry, FactoryEntry, ReaderEntry, SignEntry
from privlint.model.facts import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privlint.model.rulebook import Rulebook
    from privlint.model.rules import LambdaFacts, TypeFacts

T = TypeVar("T")
_TYPE = re.compile(r"[^<>,\s]+|[<>,]")
_KINDS_BY_NAME = {"constructor": "<init>", "subclass": "<extends>", "annotation": "<annotation>"}


def compile_rulebook(rulebook: Rulebook) -> Catalogue:
    """Make the lookup tables. Expects a rulebook that has been validated."""
    types = [facts for rules in rulebook.types for facts in rules.type]
    kotlin = frozenset(facts.name for facts in types if facts.language == "kotlin")
    constants = {f"{facts.name}.{name}": value for facts in types for name, value in facts.constants.items()}
    entries, apis = _apis(rulebook, kotlin)
    readers = _readers(rulebook)
    sign_entries, signs, sign_values = _signs(rulebook, constants)
    members, loose = _members(types, kotlin)
    factories, loose_factories = _factories(rulebook)
    carriers = _carriers(rulebook)
    scopes = _scopes(rulebook)
    supertypes = {facts.name: facts.extends for facts in types if facts.extends}
    members_used = (name for table in (apis, readers) for names in table.values() for name in names)
    uses = {name for name in members_used if not name.startswith("<")}
    owners = {
        *apis,
        *readers,
        *members,
        *factories,
        *carriers,
        *supertypes,
        *(name.rpartition(".")[0] for name in signs),
    }
    return Catalogue(
        version=rulebook.version,
        entries=entries,
        apis=apis,
        readers=readers,
        sign_entries=sign_entries,
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
        parameters=_parameters(rulebook),
        fields=rulebook.fields,
        identifiers=frozenset(kind.id for kind in rulebook.data_types if kind.identifier),
        kotlin_types=kotlin,
        packages=frozenset(_packages(owners)),
        uses=frozenset(uses),
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


def _apis(
    rulebook: Rulebook, kotlin: frozenset[str]
) -> tuple[tuple[Entry, ...], dict[str, dict[str, tuple[int, ...]]]]:
    entries: list[Entry] = []
    table: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for family in rulebook.families:
        for api in family.api:
            number = len(entries)
            entries.append(Entry(structs.replace(api, fires="", silent="", source=""), family.id))
            members = table[api.owner]
            for member in api.members or (_KINDS_BY_NAME.get(api.kind, ""),):
                _add(members, _KINDS_BY_NAME.get(api.kind, member), number)
                if api.kind == "call" and api.property and family.platform != "python" and api.owner not in kotlin:
                    _add(members, property_name(member), number)
    return tuple(entries), dict(table)


def _add(members: dict[str, tuple[int, ...]], name: str, number: int) -> None:
    if name and number not in members.get(name, ()):
        members[name] = (*members.get(name, ()), number)


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
) -> tuple[tuple[SignEntry, ...], dict[str, tuple[int, ...]], dict[str, dict[str, tuple[int, ...]]]]:
    entries: list[SignEntry] = []
    by_name: dict[str, tuple[int, ...]] = {}
    by_value: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for family in rulebook.families:
        for sign in family.sign:
            number = len(entries)
            entries.append(SignEntry(structs.replace(sign, fires="", silent="", source=""), family.id))
            values = set(sign.values)
            for member in sign.members:
                name = f"{sign.owner}.{member}"
                by_name[name] = (*by_name.get(name, ()), number)
                if name in constants and sign.kind != "sensor":
                    values.add(constants[name])
            for value in sorted(values):
                by_value[sign.kind][value] = (*by_value[sign.kind].get(value, ()), number)
    return tuple(entries), by_name, dict(by_value)


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


def _parameters(rulebook: Rulebook) -> dict[str, tuple[tuple[str, str], ...]]:
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for rules in rulebook.types:
        for facts in rules.parameter:
            table[facts.name] = (*table.get(facts.name, ()), (facts.framework, facts.type))
    return table


def _packages(owners: Iterable[str]) -> Iterable[str]:
    for owner in owners:
        parts = owner.split(".")
        for end in range(1, len(parts)):
            yield ".".join(parts[:end])
