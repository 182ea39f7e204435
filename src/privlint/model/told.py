"""What is told of one place in the code before anybody judges it: an editor shows it under the pointer."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Text
from privlint.model.place import Place


class ToldData(Struct, frozen=True, kw_only=True):
    """One data type that a place concerns, and how it stands."""

    id: str
    name: Text
    traits: tuple[Text, ...] = ()  # sensitive; cannot be reset
    needed: tuple[Text, ...] = ()  # whether the category of each app needs it
    declared: Text


class Told(Struct, frozen=True, kw_only=True):
    """All about one place."""

    place: Place
    symbol: str  # full name of the API
    act: Text  # what the place does: collects, asks for, touches
    data: tuple[ToldData, ...]
    permissions: tuple[str, ...] = ()
    clauses: tuple[Text, ...] = ()  # cited, with the words where they are verified
    remarks: tuple[Text, ...] = ()
