"""The words that a manifest may hold: what an editor completes, and explains under the pointer."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Text


class Word(Struct, frozen=True):
    """One id, what it is called, and what is to be known of it (Markdown)."""

    id: str
    name: Text
    about: Text = Text("", "")


class Vocabulary(Struct, frozen=True, kw_only=True):
    """All of them, each list sorted by id."""

    categories: tuple[Word, ...]
    data: tuple[Word, ...]
    checks: tuple[Word, ...]
    services: tuple[Word, ...]
    permissions: tuple[Word, ...] = ()
