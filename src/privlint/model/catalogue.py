"""The rules as lookup tables: what resolving and observing ask for, compiled once from the rulebook."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.facts import Shape
from privlint.model.rules import Api, FieldRules, LambdaFacts, Reader, Sign

_JVM_ROOTS = {"android", "androidx", "com", "java", "javax", "kotlin", "kotlinx", "org", "net", "io", "cn"}


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


class Evidence(Struct, frozen=True):
    """What the pre-filter looks for in the bytes of a file. Owners are numbered; words are identifiers."""

    names: dict[bytes, tuple[int, ...]]  # a class's outermost name, a module's first -> the owners it may stand for
    producers: dict[bytes, tuple[tuple[int, int], ...]]  # member -> (owner that must be at hand, owner that it gives)
    uses: dict[bytes, tuple[int, ...]]  # member -> owners of which it obtains data by itself
    needs: dict[bytes, tuple[tuple[int, int], ...]]  # member -> (owner, place of what it needs besides)
    tells: dict[bytes, tuple[int, ...]]  # a constant that an argument may be -> places
    telling: dict[
        bytes, tuple[tuple[bytes, tuple[int, ...]], ...]
    ]  # word of a text that an argument may be, or "" -> it
    told: frozenset[str]  # all of them as signs: full names of constants, "=text"
    reads: dict[bytes, tuple[tuple[int, str], ...]]  # member -> (owner, kind of sign without which it obtains nothing)
    signs: dict[str, dict[bytes, tuple[bytes, ...]]]  # kind -> constant -> outermost names of its classes
    sign_literals: dict[str, dict[bytes, tuple[bytes, ...]]]  # kind -> a word of theirs -> literal values
    literals: dict[bytes, tuple[bytes, ...]]  # a word of theirs -> texts that are evidence by themselves: content://sms
    values: dict[bytes, tuple[bytes, ...]]  # a class whose values may be handed to other files -> its packages
    field_calls: frozenset[bytes]  # constructors of model and form fields
    field_endings: tuple[bytes, ...]  # ends of such names: Field
    python: frozenset[int]  # owners that no file of another language can mean
    kotlin: frozenset[bytes] = frozenset()  # members as only Kotlin writes them: getters and setters as properties
    field_marks: dict[bytes, tuple[bytes, ...]] = {}  # annotation of a class or field that carries data -> packages
    field_terms: tuple[bytes, ...] = ()  # names of personal fields in small letters, without what joins their words
    everywhere: frozenset[int] = frozenset()  # owners that are Contexts: one is at hand in any file
    valued: dict[bytes, tuple[int, ...]] = {}  # such a class as in `values` -> it and what it is; a Context: only it
    vocabulary: frozenset[bytes] = frozenset()  # every word above: the others of a file say nothing
    sign_carriers: frozenset[bytes] = frozenset()  # names that the project gives to signs
    given_carriers: frozenset[bytes] = frozenset()  # project declarations that hand out an identifier
    reader_carriers: frozenset[bytes] = frozenset()  # project functions that hand an argument to a reader
    sdk_words: frozenset[bytes] = frozenset()  # a telling word of each of these:
    sdk_packages: frozenset[bytes] = frozenset()  # packages of third-party SDKs: com.umeng.analytics


class Catalogue(Struct, frozen=True):
    """Lookup tables. Owners, constants and types are full names; members are as written in the language."""

    version: str
    entries: tuple[Entry, ...]
    apis: dict[str, dict[str, tuple[int, ...]]]  # owner -> member (a Kotlin property's spelling too) -> entries
    readers: dict[str, dict[str, tuple[ReaderEntry, ...]]]  # owner -> member -> readers
    sign_entries: tuple[SignEntry, ...]
    signs: dict[str, tuple[int, ...]]  # full name of a constant -> what it stands for
    sign_values: dict[str, dict[str, tuple[int, ...]]]  # kind -> literal value -> what it stands for
    supertypes: dict[str, tuple[str, ...]]
    members: dict[str, dict[str, Shape]]  # owner -> member -> what it gives
    loose: dict[str, Shape]  # members believed on a receiver of unknown type
    constants: dict[str, str]  # full name -> literal value
    factories: dict[str, dict[str, FactoryEntry]]  # owner -> member -> factory
    loose_factories: dict[str, FactoryEntry]
    carriers: dict[str, dict[str, int]]  # owner -> member -> argument (-1: the receiver)
    scopes: dict[str, tuple[LambdaFacts, ...]]  # member -> how it types its lambda
    parameters: dict[str, tuple[tuple[str, str], ...]]  # name -> (framework, type)
    fields: tuple[FieldRules, ...]
    identifiers: frozenset[str]  # data types that tell one device or installation from another
    kotlin_types: frozenset[str]  # classes whose getters Kotlin does not see as properties
    packages: frozenset[str]  # packages (and Python modules) that the rules name
    uses: frozenset[str]  # members of the catalogue, as they are written


def entries(catalogue: Catalogue, owner: str, member: str) -> tuple[Entry, ...]:
    """The entries of one member of one class."""
    return tuple(catalogue.entries[number] for number in catalogue.apis.get(owner, {}).get(member, ()))


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


def outermost(owner: str) -> str:
    """The part of a full name that a file must spell: the outermost class, a Python module's first part.

    A package of top-level functions goes by its last part, which stands in every import of them.
    """
    parts = owner.split(".")
    capitals = [part for part in parts if part[:1].isupper()]
    if capitals:
        return capitals[0]
    return parts[-1] if parts[0] in _JVM_ROOTS else parts[0]
