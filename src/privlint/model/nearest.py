"""A word that is not known and the words that are; the one that was probably meant comes out."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """Find the known word most like `word`, or "" when none is alike; blanks and underscores count as hyphens."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelt manifest pays for it

    plain = word.strip().lower().replace("_", "-").replace(" ", "-")
    by_plain = {candidate.lower(): candidate for candidate in sorted(known)}
    found = get_close_matches(plain, by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else ""
