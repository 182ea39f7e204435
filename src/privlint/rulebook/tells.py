"""Constraints and texts of the rules in; the words by which a file shows that it may hold one of them out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privlint.model.catalogue import Catalogue, Entry
    from privlint.model.rules import Constraint

_CONSTANT = re.compile(r"(?:\*|(?:[\w$]+\.)*[A-Z][\w$]*)\.[\w$]+\Z")  # of a class, which has a capital
_WORD = re.compile(r"\w+")
_COMMON = {
    "android",
    "androidx",
    "content",
    "google",
    "intent",
    "action",
    "com",
    "provider",
    "media",
    "settings",
    "core",
}


class Tells:
    """What the arguments of a use must come from, by places: one for each member of a class."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.words: dict[str, set[int]] = defaultdict(set)  # constant -> places
        self.texts: dict[str, set[int]] = defaultdict(set)
        self.prefixes: set[str] = set()  # those of the texts that may go on: with them, their last word
        self.signs: set[str] = set()
        self._places = 0
        self._constants: dict[str, list[str]] = defaultdict(list)  # literal value -> full names
        for name, value in catalogue.constants.items():
            self._constants[value].append(name)

    def place(self, found: Iterable[Entry]) -> int | None:
        """Note what one of the entries needs, and say at which place; None where one of them may need nothing."""
        needed = [next(filter(_is_telling, entry.api.when), None) for entry in found]
        if None in needed:
            return None
        self._places += 1
        for constraint in filter(None, needed):
            for value in constraint.is_:
                if _CONSTANT.match(value):
                    self._note_constant(value)
                else:
                    self.texts[value].add(self._places)
                    self.signs.add(f"={value}")
                    for name in self._constants[value]:
                        self._note_constant(name)
            for value in constraint.prefix:
                self.texts[value].add(self._places)
                self.prefixes.add(value)
        return self._places

    def _note_constant(self, name: str) -> None:
        self.words[name.rpartition(".")[2]].add(self._places)
        self.signs.add(name)


def _is_telling(constraint: Constraint) -> bool:
    """Tell whether what a constraint asks for must be spelt: a number has many spellings, and some short texts too."""
    given = (*constraint.is_, *constraint.prefix)
    if not given or constraint.type or constraint.absent:
        return False
    return not any(value == "*" or value.isdigit() or value.lower() in {"true", "false", "none"} for value in given)


def by_word(values: Iterable[str], prefixes: Iterable[str] = ()) -> dict[bytes, tuple[bytes, ...]]:
    """Group texts by a telling word of theirs, which is one of a file's too; an escaped line end may join the first.

    The last word of a prefix may go on in a file; a prefix that is but one word stands under "".
    """
    groups: dict[bytes, set[bytes]] = defaultdict(set)
    for value in values:
        words = list(_WORD.finditer(value))
        if words and value in prefixes and words[-1].end() == len(value):
            words.pop()
        if not words:
            groups[b""].add(value.encode())
            continue
        word = rarest([found[0] for found in words])
        for before in ("", "n", "r", "t") if word == words[0][0] else ("",):
            groups[f"{before}{word}".encode()].add(value.encode())
    return {word: tuple(sorted(groups[word])) for word in sorted(groups)}


def rarest(words: Iterable[str]) -> str:
    """The word that the fewest files should hold: a long one, and none that stands in every other import."""
    return max(words, key=lambda word: (word not in _COMMON, len(word)))
