"""What the code does when the user says no, and how it asks: found by following calls, judged by checks."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.place import Place


class Asked(Struct, frozen=True):
    """A place that asks for permissions."""

    place: Place
    permissions: tuple[str, ...]  # full names; none where the code does not name them there
    enclosing: str = ""  # class and function around it


class Refusal(Struct, frozen=True):
    """A place that ends or blocks the app because the user said no."""

    what: Literal["permission", "policy"]  # that was refused
    way: Literal["ends", "blocks"]  # ends the app, or shows a dialog of which nothing leads on but to be asked again
    place: Place
    call: str  # the name of what is called there
    denied: Place  # where the code learns of the refusal
    permissions: tuple[str, ...] = ()  # full names; none where the code does not tell which
    asked: tuple[Place, ...] = ()  # where they are asked for
    through: Place | None = None  # where the app is ended, if that is one call further
    enclosing: str = ""


class Bundle(Struct, frozen=True):
    """A request for permissions of several groups."""

    asked: Asked
    groups: tuple[str, ...]  # ids of groups
    blocks: Place | None = None  # where the app ends, or blocks, when one of them is refused


class Repeat(Struct, frozen=True):
    """A request that comes again without the user's doing, or what is taken although the user refused."""

    how: Literal["return", "denied", "loop", "taken"]
    place: Place
    call: str
    denied: Place | None = None
    permissions: tuple[str, ...] = ()
    data: tuple[str, ...] = ()  # of "taken"
    sdk: str = ""
    enclosing: str = ""


class Refused(Struct, frozen=True):
    """All of it."""

    refusals: tuple[Refusal, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    unexplained: tuple[Asked, ...] = ()  # requests in the flow of which nothing tells their purpose
