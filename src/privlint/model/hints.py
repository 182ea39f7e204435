"""The words by which a category is proposed (`rules/hints/categories.toml`): a hint is no rule and judges nothing."""

from __future__ import annotations

from msgspec import Struct


class Hint(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one category (`[[hint]]`), in lower case."""

    category: str
    name: tuple[str, ...]  # in names and packages only
    text: tuple[str, ...]  # in names and in texts


class Hints(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    read: str  # the date on which the words were chosen
    hint: tuple[Hint, ...]
