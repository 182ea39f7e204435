"""What the code does, without a verdict: observations, what a file declares, and what stayed open."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

from msgspec import Struct

from privlint.model.place import Place
from privlint.model.rules import SignKind


class Confidence(IntEnum):
    """How sure we are that a use is what we say it is; never how bad it would be."""

    NAME_ONLY = 0  # the name alone; off by default
    LEXICAL = 1  # a catalogue name in a region that the parser lost
    INFERRED = 2  # by a factory, cast, scope function, another file
    EXACT = 3  # the type is written or imported


ObservationKind = Literal["collect", "field", "mark", "verify", "request", "given"]


class Observation(Struct, frozen=True):
    """A fact: this place obtains these data. `mark` touches them without obtaining them (a picker).

    `verify` has the system check them and gets yes or no (BiometricPrompt).
    `given` uses an identifier that a declaration of another file hands out.
    `request` asks the user for the permission that guards them; which of them is taken, other observations say.
    """

    kind: ObservationKind
    data: tuple[str, ...]  # data-type ids
    symbol: str  # full name: android.telephony.TelephonyManager.getImei; for a field Class.field
    place: Place
    confidence: Confidence
    family: str = ""  # id of the catalogue family
    enclosing: str = ""  # the function or class around it, for a fingerprint that survives moved lines
    permissions: tuple[str, ...] = ()
    platform_note_en: str = ""
    platform_note_zh: str = ""
    deprecated: int = 0


class Imported(Struct, frozen=True, gc=False):
    """The first import of a file from below a package that a third-party SDK has."""

    package: str  # as the catalogue names it
    place: Place  # of the imported name


class Shape(Struct, frozen=True, gc=False):
    """What is known of a value: its type, and the constants that it comes from."""

    type: str = ""  # full name; "" when unknown
    arguments: tuple[Shape, ...] = ()  # type arguments; of a list, its elements
    signs: tuple[str, ...] = ()  # full names of constants and getters; "=text" a literal; "^text" one that goes on
    static: bool = False  # the class, object or module itself, not an instance
    confidence: int = Confidence.EXACT
    need: tuple[str, ...] = ()  # full names, as guessed, that another file must explain before more can be said


class Passed(Struct, frozen=True, gc=False):
    """An argument of a call; `name` where it was passed by name."""

    shape: Shape
    name: str = ""
    kinds: tuple[str, ...] = ()  # supertypes of its type, nearest first


class Handed(Struct, frozen=True, gc=False):
    """A parameter of a project function that it hands to a reader: `fun all(uri: Uri) = resolver.query(uri, …)`."""

    index: int  # from 0
    name: str
    reads: SignKind


Form = Literal["call", "member", "new", "reference", "override", "extends", "annotation", "lexical", "given"]


class Reference(Struct, frozen=True, gc=False):
    """A use of a name that the catalogue knows, with the classes that it may be a member of."""

    start: int  # byte offsets of the name
    end: int
    owners: tuple[str, ...]  # full names: the receiver's type, then its supertypes; () when unknown
    member: str
    form: Form
    confidence: int
    arguments: tuple[Passed, ...] = ()
    receiver: Shape = Shape()
    enclosing: str = ""  # Class.function
    through: tuple[Handed, ...] = ()  # what a function of the project does with its arguments
    data: tuple[str, ...] = ()  # of the form "given": the identifiers that another file's declaration hands out


class FieldFact(Struct, frozen=True, gc=False):
    """A field of a class, as a model, form or schema declares it."""

    start: int
    end: int
    class_name: str  # simple name
    supertypes: tuple[str, ...]  # full names, nearest first
    name: str
    constructor: str = ""  # the call that makes it, as written: models.CharField
    type: str = ""  # simple name of its written type
    annotations: tuple[str, ...] = ()  # of the class, as written
    labels: tuple[str, ...] = ()  # texts that the constructor is given: verbose_name, label, help_text
    marks: tuple[str, ...] = ()  # full names of its annotations and those of its class; Kotlin and Java
    wire: tuple[str, ...] = ()  # texts that its own annotations are given: @SerializedName("id_card")


class Resolved(Struct, frozen=True, gc=False):
    """What resolving one file gave."""

    references: tuple[Reference, ...] = ()
    fields: tuple[FieldFact, ...] = ()
    outline: Outline | None = None
    open: tuple[str, ...] = ()  # names that another file must explain before more can be said
    asked: frozenset[tuple[str, str]] = frozenset()  # what other files were asked, whether they answered or not


class ClassOutline(Struct, frozen=True):
    """What other files may know of a class."""

    name: str  # full name
    supertypes: tuple[str, ...] = ()
    members: dict[str, Shape] = {}  # fields, properties and methods: what they give


class Outline(Struct, frozen=True):
    """What other files may know of a file."""

    classes: tuple[ClassOutline, ...] = ()
    members: dict[str, Shape] = {}  # top-level functions and properties, by full name
    readers: dict[str, tuple[Handed, ...]] = {}  # functions that hand a parameter to a reader, by full name
    gives: dict[str, tuple[str, ...]] = {}  # declarations that hand out an identifier, by full name -> data types


class Marker(Struct, frozen=True):
    """An inline suppression."""

    place: Place
    checks: tuple[str, ...]
    reason: str
    covers: tuple[int, int]  # lines, from 1, inclusive
    until: str = ""  # the last day it counts, as written


class FileResult(Struct, frozen=True):
    """What one file gave; small, and the same for the same bytes and rulebook."""

    path: str
    language: str = ""
    observations: tuple[Observation, ...] = ()
    markers: tuple[Marker, ...] = ()
    outline: Outline | None = None
    open: tuple[str, ...] = ()  # names that another file must explain
    broken: float = 0.0  # share of the bytes that the parser could not read
