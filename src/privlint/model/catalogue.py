"""The rules as lookup tables: what resolving and observing ask for, compiled once from the rulebook."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.facts import Shape
from privlint.model.rules import Api, FieldRules, LambdaFacts, Reader, Sign


class Entry(Struct, frozen=True, gc=False):
    """An API and the family that it comes from."""

    api: Api
    family: str


class SignEntry(Struct, frozen=True, gc=False):
    """A sign and the family that it comes from."""

    sign: Sign
    family: str


class ReaderEntry(Struct, frozen=True, gc=False):
    """A reader and the family that it comes from."""

    reader: Reader
    family: str


class FactoryEntry(Struct, frozen=True, gc=False):
    """A call whose result an argument names."""

    argument: int
    gives: dict[str, Shape]
    class_argument: bool


class Catalogue(Struct, frozen=True):
    """Lookup tables. Owners, constants and types are full names; members are as written in the language."""

    version: str
    apis: dict[str, dict[str, tuple[Entry, ...]]]  # owner -> member (a Kotlin property's spelling too) -> entries
    readers: dict[str, dict[str, tuple[ReaderEntry, ...]]]  # owner -> member -> readers
    signs: dict[str, tuple[SignEntry, ...]]  # full name of a constant -> what it stands for
    sign_values: dict[str, dict[str, tuple[SignEntry, ...]]]  # kind -> literal value -> what it stands for
    supertypes: dict[str, tuple[str, ...]]
    members: dict[str, dict[str, Shape]]  # owner -> member -> what it gives
    loose: dict[str, Shape]  # members believed on a receiver of unknown type
    constants: dict[str, str]  # full name -> literal value
    factories: dict[str, dict[str, FactoryEntry]]  # owner -> member -> factory
    loose_factories: dict[str, FactoryEntry]
    carriers: dict[str, dict[str, int]]  # owner -> member -> argument (-1: the receiver)
    scopes: dict[str, tuple[LambdaFacts, ...]]  # member -> how it types its lambda
    fields: tuple[FieldRules, ...]
    kotlin_types: frozenset[str]  # classes whose getters Kotlin does not see as properties
    packages: frozenset[str]  # packages (and Python modules) that the rules name
    words: frozenset[str]  # identifiers worth lowering a function for
    evidence: dict[str, tuple[int, ...]]  # identifier -> the owner groups it is evidence of
    uses: dict[str, tuple[int, ...]]  # identifier -> the owner groups that have such a member
    literals: tuple[str, ...]  # texts that are evidence by themselves: content://sms


def knows(catalogue: Catalogue, name: str) -> bool:
    """Tell whether the rules say anything about a class, by its full name."""
    return (
        name in catalogue.apis
        or name in catalogue.members
        or name in catalogue.supertypes
        or name in catalogue.factories
        or name in catalogue.readers
        or name in catalogue.carriers
    )
