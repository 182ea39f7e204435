"""Earlier results in; which of them still stand, now that more is known of other files, out.

A result follows from the bytes of its file, from the words that were worth reading it for, and from what other files
answered. Where none of that is different it is kept, and the file is not even opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint import prefilter
from privlint.engine.analysis import Analysed, Context, How

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privlint.resolve import Symbols


class Keeping:
    """The latest result of each file that has one, and what was known when it was made."""

    def __init__(self, found: Mapping[str, Analysed], shared: Context) -> None:
        self.latest: dict[str, tuple[Analysed, Context]] = {}
        self.take(found, shared)

    def take(self, found: Mapping[str, Analysed], shared: Context) -> None:
        """Note results that were made under what is known."""
        self.latest.update({path: (one, shared) for path, one in found.items() if one.basis is not None})

    def lacks(self) -> set[int]:
        """The owners of which some file would obtain data, if another file gave it one."""
        found = (one.basis.lacks for one, _ in self.latest.values() if one.basis is not None)
        return {owner for owners in found for owner in owners}

    def spells(self, path: str, names: frozenset[bytes]) -> bool:
        """Tell whether any of the names stands in a file as a word."""
        found = self.latest.get(path)
        return found is not None and found[0].basis is not None and not names.isdisjoint(found[0].basis.spelt.split())

    def under(self, shared: Context) -> Comparison:
        """Compare what was known with what is known now."""
        return Comparison(self.latest, shared)


class Comparison:
    """Whether results still stand under what is known now."""

    def __init__(self, latest: dict[str, tuple[Analysed, Context]], shared: Context) -> None:
        self._latest = latest
        self._now = shared
        self._news: dict[int, tuple[frozenset[bytes], frozenset[str]]] = {}  # by what was known then

    def holds(self, path: str) -> bool:
        """Tell whether an examination would surely give what the latest one gave."""
        if path not in self._latest:
            return False
        found, then = self._latest[path]
        if found.basis is None or found.waiting is not None or not self._answers_hold(found, then):
            return False
        return self._since(then)[0].isdisjoint(found.basis.spelt.split())

    def unless(self, path: str) -> How:
        """Say how to examine a file: not, if its words are the same and other files answer the same."""
        if path in self._latest:
            found, then = self._latest[path]
            if found.result is not None and found.basis is not None and self._answers_hold(found, then):
                return How(unless=found.basis.words, offered=found.offering)
            return How(offered=found.offering)
        return How()

    def settled(self, found: Mapping[str, Analysed]) -> dict[str, Analysed]:
        """Put the latest result in the place of each that would be the same."""
        return {path: self._latest[path][0] if one.same else one for path, one in found.items()}

    def _answers_hold(self, found: Analysed, then: Context) -> bool:
        tails = self._since(then)[1]
        if not tails or found.basis is None:
            return True
        asked = (line.partition("\t") for line in found.basis.asked.split("\n"))
        return not any(
            name.rpartition(".")[2] in tails
            and then.symbols.answer((name, member)) != self._now.symbols.answer((name, member))
            for name, _, member in asked
        )

    def _since(self, then: Context) -> tuple[frozenset[bytes], frozenset[str]]:
        """The words and the last parts of full names of which something else is known now."""
        key = id(then)
        if key not in self._news:
            words = prefilter.news(then.evidence, self._now.evidence)
            self._news[key] = (words, _different(then.symbols, self._now.symbols))
        return self._news[key]


def answers_of(asked: str, symbols: Symbols) -> list[tuple[str, object]]:
    """What other files answer to questions, without those to which there is no answer."""
    found = []
    for line in asked.split("\n"):
        name, _, member = line.partition("\t")
        if name.rpartition(".")[2] in symbols.by_tail or name in symbols.readers or name in symbols.gives:
            found.append((line, symbols.answer((name, member))))
    return found


def _different(before: Symbols, now: Symbols) -> frozenset[str]:
    tables: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
        (before.classes, now.classes),
        (before.members, now.members),
        (before.readers, now.readers),
        (before.gives, now.gives),
    )
    return frozenset(
        name.rpartition(".")[2]
        for old, new in tables
        for name in old.keys() | new.keys()
        if name not in old or name not in new or old[name] != new[name]
    )
