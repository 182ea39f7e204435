"""What runs what, and under which conditions, as one file says it: the material of the calls between files.

Offsets are byte offsets into the file's UTF-8 text. A routine is anything that runs as one: a function, a lambda, the
initialisers of a class, the top level of a Python module.
"""

from __future__ import annotations

from msgspec import Struct

from privlint.model.place import Place
from privlint.model.refused import Refused

CREATE = "<init>"  # what runs when an object is made: constructors, initialisers of its fields, `init` blocks
LOAD = "<clinit>"  # what runs when a class is first used: static initialisers, an object's or companion's own
TOP = "<top>"  # the top level of a Python module, of a Kotlin file


class Guard(Struct, frozen=True, gc=False):
    """A condition under which a region runs: the names and texts of which it is made, and whether they hold there."""

    words: tuple[str, ...]
    holds: bool
    start: int  # the region
    end: int


class Given(Struct, frozen=True, gc=False):
    """An argument: the constant that it is, or the names and texts of which it is made."""

    name: str = ""  # where it is passed by name
    value: str | None = None  # of a literal: true, false, null, digits, or the text itself
    words: tuple[str, ...] = ()
    routine: int = -1  # index of the lambda or of the first method of the object that it is
    type: str = ""  # full name of its type, or as written; "" when unknown
    amount: float | None = None  # the number that it is, also of a product or a constant of the file
    duration: bool = False  # the amount is a length of time, in milliseconds


class Site(Struct, frozen=True, gc=False):
    """One place that calls, makes or names something."""

    start: int  # of the name
    end: int
    place: Place
    member: str  # what is called; the simple name of the class that is made
    form: str  # "call" | "new" | "member" | "reference" | "class" | "set"; `a[b] = c` sets "[]" to b and c
    owner: str = ""  # type of the receiver: its full name, or as written; "" when unknown
    receiver: str = ""  # as written: "this", "Umeng", "binding.button"; "" for none, "?" for any other expression
    arguments: tuple[Given, ...] = ()
    routine: int = 0  # index of what runs it
    made_of: tuple[str, ...] = ()  # the names and texts of what its receiver was made of, where that is a variable


class Routine(Struct, frozen=True, gc=False):
    """Something that runs as one. A lambda's name is that of the variable that holds it, or "" ."""

    name: str
    owner: str  # full name of the class; of a top-level function the package, or the Python module
    start: int  # its whole extent
    end: int
    place: Place  # of its name, or of its first character
    outer: int = -1  # index of the routine around it
    handed: int = -1  # index of the site that it is an argument of
    under: str = ""  # name of that argument, or of the property that it is assigned to
    parameters: tuple[str, ...] = ()
    types: tuple[str, ...] = ()  # of the parameters, full names or as written; "" when unknown
    annotations: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()  # the names and texts of what a short function returns
    overrides: bool = False
    method: bool = False  # of a class, also of an anonymous one; not a lambda
    function: bool = False  # declared as one; not the getter of a property, a lambda, or initialisers


class Kind(Struct, frozen=True, gc=False):
    """A class: what it is, and what its fields are."""

    name: str  # full name
    supertypes: tuple[str, ...] = ()  # full names, or as written
    injected: tuple[str, ...] = ()  # types that a container puts into it when it makes one
    outer: int = -1  # index of the routine around a local or anonymous class


class FileFlow(Struct, frozen=True, gc=False):
    """All of it for one file."""

    path: str
    language: str = ""
    package: str = ""  # of a Python file its module
    imports: dict[str, str] = {}  # name -> full name
    packages: tuple[str, ...] = ()  # imported whole
    kinds: tuple[Kind, ...] = ()
    routines: tuple[Routine, ...] = ()
    sites: tuple[Site, ...] = ()
    guards: tuple[Guard, ...] = ()
    loops: tuple[tuple[int, int], ...] = ()
    whiles: tuple[tuple[int, int], ...] = ()  # those of the loops that go over nothing
    marks: tuple[int, ...] = ()  # offsets of the places that were asked about, in the order of asking
    failed: bool = False  # it could not be read


# --- what the calls between files showed ------------------------------------------------------------------------------


class Target(Struct, frozen=True):
    """A place that takes personal data, asks for a permission or starts an SDK."""

    kind: str  # "collect" | "request" | "init" | "consent": tells an SDK that the user agreed
    symbol: str
    place: Place
    data: tuple[str, ...] = ()
    sdk: str = ""  # id, of an SDK's initialiser
    confidence: int = 3


class Step(Struct, frozen=True):
    """One call on the way from where the app starts."""

    place: Place  # of the call, or of the name of the routine that the system calls
    name: str  # App.onCreate


class AtStart(Struct, frozen=True):
    """A target that the app reaches by itself when it starts, before any condition that speaks of consent."""

    target: Target
    start: str  # which kind of component: application, provider, activity …
    steps: tuple[Step, ...]  # from the routine that the system calls to the one that holds the target
    confidence: int
    unknown: int = 0  # conditions on the way of which nothing is known


class SdkCall(Struct, frozen=True):
    """A call that starts an SDK, or tells it of consent."""

    sdk: str  # id
    means: str  # "init", or what the SDK's rules say that it tells: informed, given, refused …
    symbol: str
    place: Place
    value: str | None = None  # of the argument that means it, where that is a constant
    routine: Place | None = None  # of the routine around it: of two calls in one, the first in the text comes first


class Trace(Struct, frozen=True):
    """What following the calls gave."""

    at_start: tuple[AtStart, ...] = ()
    sdk_calls: tuple[SdkCall, ...] = ()
    routines: int = 0  # that were looked at
    unresolved: int = 0  # calls by a looked-for name of which the receiver's type stayed unknown
    cut: int = 0  # names that were not followed any further, as too much leads there
    refused: Refused = Refused()  # what the app does when the user says no, and how it asks
