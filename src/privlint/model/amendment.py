"""A change that would answer a finding: offered by an editor, made only when somebody chooses it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.finding import Text
from privlint.model.place import Place

Kind = Literal["declare", "extend", "suppress"]


class Edit(Struct, frozen=True):
    """New text for a region of one file."""

    place: Place
    text: str
    cursor: int = -1  # where in the text the user has to write something; -1: nowhere


class Amendment(Struct, frozen=True, kw_only=True):
    """One change."""

    kind: Kind
    title: Text
    edits: tuple[Edit, ...]
    creates: str = ""  # path of a file to make first
