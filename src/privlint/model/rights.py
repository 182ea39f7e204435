"""What the code shows of the rights that users have: where the manifest points, what code speaks of, how it deletes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.place import Place

PointerState = Literal["found", "missing", "address", "words"]
# address: a web address, which is never fetched · words: a description for people, which nothing can be looked up by


class Pointer(Struct, frozen=True, kw_only=True):
    """One entry of the manifest that names code or a page."""

    key: str  # rights.withdraw
    named: str  # as the manifest writes it
    state: PointerState
    place: Place | None = None  # of what it names
    symbol: str = ""  # full name of what it names, where that is code
    near: Place | None = None  # where nothing is found: something of the same last name


class Deletion(Struct, frozen=True, kw_only=True):
    """One function of Python that deletes an account, by its name, or the data in it."""

    name: str  # Class.function
    place: Place
    sets: tuple[str, ...] = ()  # names of attributes, columns and arguments that it gives a value
    calls: tuple[str, ...] = ()  # names of what it calls, without the receiver


class Rights(Struct, frozen=True, kw_only=True):
    """All of it, for one run over an app."""

    pointers: tuple[Pointer, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    told: frozenset[str] = frozenset()  # ids of topics of which code or string resources speak
    unread: tuple[str, ...] = ()  # paths of files that could not be looked into for it
