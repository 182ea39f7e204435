"""A word that nobody knows and the words that are known in, the one that was probably meant out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEAR = 8  # choices of which, where all else is even, the one counts that begins alike
LONGEST = 80  # characters; what is longer is no slip of the pen, and comparing it costs time


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice that `word` was probably meant for, or "" when none comes near. Case, `-` and `_` count little."""
    if not word or len(word) > LONGEST:
        return ""
    from difflib import SequenceMatcher, get_close_matches

    plain = {_plain(choice): choice for choice in sorted(choices, reverse=True)}
    meant = _plain(word)
    found = get_close_matches(meant, sorted(plain), n=_NEAR, cutoff=0.6)

    def near(choice: str) -> tuple[float, int]:
        parts = enumerate(zip(meant, choice, strict=False))
        alike = next((index for index, (one, other) in parts if one != other), min(len(meant), len(choice)))
        return SequenceMatcher(None, meant, choice).ratio(), alike

    return plain[max(found, key=near)] if found else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Say "Did you mean `…`?", or "" when nothing comes near."""
    found = closest(word, choices)
    return f"Did you mean `{found}`?" if found else ""


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
