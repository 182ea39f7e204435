"""A word that nobody knows and the words that are known in, the one that was probably meant out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 80  # characters; what is longer is no slip of the pen, and comparing it costs time


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice that `word` was probably meant for, or "" when none comes near. Case, `-` and `_` count little."""
    if not word or len(word) > LONGEST:
        return ""
    from difflib import get_close_matches

    plain = {_plain(choice): choice for choice in sorted(choices, reverse=True)}
    found = get_close_matches(_plain(word), sorted(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Say "Did you mean `…`?", or "" when nothing comes near."""
    found = closest(word, choices)
    return f"Did you mean `{found}`?" if found else ""


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
