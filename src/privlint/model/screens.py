"""What the screens of an app show before anybody touches them: controls that are ticked already, and texts.

Every record is a fact of a layout, a Kivy file or code; which words speak of an agreement is a question of checks.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.place import Place

Way = Literal["row", "column", "free"]  # free: widgets say by their ids where they stand


class Widget(Struct, frozen=True, kw_only=True):
    """One widget as written."""

    name: str  # without its package
    place: Place
    id: str = ""
    text: str = ""
    text_place: Place | None = None
    ticked: Place | None = None  # where that is said
    ticks: bool = False  # it says whether it is ticked, whatever it is called
    names: frozenset[str] = frozenset()  # ids of others that it refers to
    way: Way = "row"  # how it places its children
    children: tuple[Widget, ...] = ()


class Tick(Struct, frozen=True, kw_only=True):
    """A control that is ticked or switched on from the start."""

    control: str  # as written, without its package: CheckBox, SwitchMaterial
    place: Place  # of what ticks it
    id: str = ""
    label: str = ""  # its own text, a line for each language; "@string/name" where it was not found
    beside: tuple[str, ...] = ()  # texts that stand by it


class Shown(Struct, frozen=True, kw_only=True):
    """A text that a screen shows."""

    text: str
    place: Place  # of the text, or of the reference to it


class Screen(Struct, frozen=True, kw_only=True):
    """One layout, or one rule of a Kivy file."""

    path: str
    ticks: tuple[Tick, ...] = ()
    texts: tuple[Shown, ...] = ()
    buttons: tuple[str, ...] = ()  # ids and labels of what can be pressed
    choice: bool = False  # there is something on it that can be ticked
