"""What the code does, without a verdict: observations, what a file declares, and what stayed open."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

from msgspec import Struct

from privlint.model.place import Place


class Confidence(IntEnum):
    """How sure we are that a use is what we say it is; never how bad it would be."""

    NAME_ONLY = 0  # the name alone; off by default
    LEXICAL = 1  # a catalogue name in a region that the parser lost
    INFERRED = 2  # by a factory, cast, scope function, another file
    EXACT = 3  # the type is written or imported


ObservationKind = Literal["collect", "field", "mark"]


class Observation(Struct, frozen=True):
    """A fact: this place obtains these data. `mark` touches them without obtaining them (a picker)."""

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


class Shape(Struct, frozen=True):
    """The type of a declared thing, as far as its own file can say."""

    type: str = ""  # full name, or a guess that begins with "?" when another file must say
    arguments: tuple[Shape, ...] = ()
    signs: tuple[str, ...] = ()  # constants and literal values it stands for
    static: bool = False  # the class itself, not an instance


class ClassOutline(Struct, frozen=True):
    """What other files may know of a class."""

    name: str  # full name
    supertypes: tuple[str, ...] = ()
    members: dict[str, Shape] = {}  # fields, properties and methods: what they give
    kotlin: bool = False


class Outline(Struct, frozen=True):
    """What other files may know of a file."""

    package: str = ""
    classes: tuple[ClassOutline, ...] = ()
    members: dict[str, Shape] = {}  # top-level functions and properties, by simple name


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
