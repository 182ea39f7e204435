"""The forms of app stores (`rules/stores/<store>.toml`): which of their data types stands in which row."""

from __future__ import annotations

from msgspec import Struct, field


class StoreType(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One data type of a store (`[[type]]`)."""

    name: str  # as `google_play` in data-types.toml writes it
    question: str
    response: str


class StoreForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The form of one store."""

    id: str
    source: str
    read: str
    columns: tuple[str, ...]  # titles of the columns that privlint reads and writes
    types: tuple[StoreType, ...] = field(name="type")
