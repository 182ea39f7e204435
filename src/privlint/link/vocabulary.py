"""Names in; what they say of consent, of permissions, and of when something runs, out. The words are data."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privlint.model.app_rules import CallWords
    from privlint.model.flow import Guard, Site

Gate = Literal["consent", "permission", "opted", "account", "first", "brought", "debug", "maybe"]
Fate = Literal["runs", "waits", "agreed", "refused"]

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_ASKING = frozenset({"check", "is", "has", "show", "request", "should", "need", "ask", "load", "get", "open"})
_TEXTS = 40  # a longer text is prose: it names no flag


@lru_cache(maxsize=8192)
def parts(name: str) -> frozenset[str]:
    """The parts of a name in small letters: isAgreePrivacy has is, agree and privacy."""
    return frozenset(match.lower() for match in _PART.findall(name))


class _Names:
    """A list of names of which some stand for all that begin (and end) like them: `setOn*`, `addOn*Listener`."""

    def __init__(self, names: Iterable[str]) -> None:
        listed = tuple(names)
        self._whole = frozenset(name for name in listed if "*" not in name)
        self._ends = tuple(tuple(name.split("*")) for name in listed if "*" in name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (
            name in self._whole or any(name.startswith(ends[0]) and name.endswith(ends[-1]) for ends in self._ends)
        )


class Vocabulary:
    """The words of `rules/lexicon/calls.toml`, and the gates that the manifest names."""

    def __init__(self, words: CallWords, gates: Iterable[str] = ()) -> None:
        consent = words.consent
        self.words = words
        self._says = frozenset(consent.says)
        self._pairs = tuple((pair[0], frozenset(pair[1:])) for pair in consent.pairs)
        self._before = frozenset(consent.before)
        self._first = frozenset(consent.first_start)
        self._opted = frozenset(consent.opted)
        self._account = frozenset(consent.account)
        self._agrees = frozenset(consent.agrees)
        self._refuses = frozenset(consent.refuses)
        self._stored = frozenset(consent.stored)
        self._plain = frozenset(consent.plain)
        self._brought = frozenset(consent.brought)
        self._checks = frozenset(words.permission.checks)
        self._waits = _Names(words.runs.waits)
        self._starts = _Names(words.runs.starts)
        self._contents = frozenset(words.runs.contents)
        self._at_once = frozenset(words.runs.at_once)
        self._running = frozenset(words.runs.running_types)
        self._waiting = tuple(words.runs.waiting_types)
        self.triggered = frozenset(words.runs.triggered)
        self._gates = frozenset(gate.rpartition(".")[2] for gate in gates if gate)

    # --- consent ------------------------------------------------------------------------------------------------------

    def of_consent(self, word: str) -> bool:
        """Tell whether a name or text speaks of consent or of a privacy policy."""
        if word in self._gates or any(one in word for one in self.words.consent.says_zh):
            return True
        if len(word) > _TEXTS:
            return False
        found = parts(word)
        return not found.isdisjoint(self._says) or any(
            first in found and not found.isdisjoint(others) for first, others in self._pairs
        )

    def gates(self, guard: Guard, more: Iterable[str] = ()) -> frozenset[Gate]:
        """What a condition stands for where it holds as the guard says; `more` are words of what it calls."""
        words = (*guard.words, *more)
        if any(word in self._gates for word in words):
            return frozenset({"consent"}) if guard.holds else frozenset()
        found: set[Gate] = set()
        every = frozenset().union(*(parts(word) for word in words if len(word) <= _TEXTS)) if words else frozenset()
        inverse = not parts(guard.words[0]).isdisjoint(self._before) or any(
            not parts(word).isdisjoint(self._before) for word in words if self.of_consent(word)
        )
        if any(self.of_consent(word) for word in words):
            if guard.holds != inverse:
                found.add("consent")
        elif not every.isdisjoint(self._first) and guard.holds == every.isdisjoint({"first", "firstly"}):
            found.add("first")
        if guard.holds:
            if any(word in self._checks for word in words) or {"permission", "granted"} <= every:
                found.add("permission")
            if not every.isdisjoint(self._account):
                found.add("account")
            if not every.isdisjoint(self._opted) or ("false" in words and not self._stored.isdisjoint(words)):
                found.add("opted")
            if not self._brought.isdisjoint(words):
                found.add("brought")
            if "DEBUG" in words:
                found.add("debug")
            if not found and self._plain.isdisjoint(words):
                found.add("maybe")
        return frozenset(found)

    def is_answer(self, name: str, owner: str) -> bool:
        """Tell whether a routine is what an agreement calls: onAgree, afterPrivacyAgreed, a dialog's onConfirm."""
        found = parts(name)
        if not found or not found.isdisjoint(self._refuses) or not found.isdisjoint(_ASKING):
            return False
        if not found.isdisjoint(self._agrees):
            return self.of_consent(name) or self.of_consent(owner.rpartition(".")[2])
        return False

    def is_refusal(self, name: str, owner: str) -> bool:
        """Tell whether a routine is what a user's refusal calls: onDisagree, a privacy dialog's onCancel."""
        found = parts(name)
        if found.isdisjoint(self._refuses) or not found.isdisjoint(_ASKING):
            return False
        return self.of_consent(name) or self.of_consent(owner.rpartition(".")[2])

    # --- what runs ----------------------------------------------------------------------------------------------------

    def handed(self, site: Site, under: str, type_: str = "", method: str = "") -> Fate:
        """When something runs that a call is given: `type_` and `method` of an object, `under` the argument's name."""
        answer = self._answer(site, under)
        if answer is not None:
            return answer
        simple = type_.rpartition(".")[2]
        if site.member in self._at_once:
            return "runs"
        if simple:
            if simple in self._running or type_ in self._running:
                return "runs" if method in self.triggered or method in {"run", "call", "get"} else "waits"
            if simple.endswith(self._waiting):
                return "waits"
        if site.member in self._waits or (under[:2] == "on" and under[2:3].isupper()):
            return "waits"
        if under and site.member[:1].isupper() and under not in self._contents:
            return "waits"
        return "runs"

    def starts(self, site: Site) -> bool:
        """Tell whether a call starts, or makes, what it is given the class of."""
        return site.form in {"call", "new"} and site.member in self._starts

    def _answer(self, site: Site, under: str) -> Fate | None:
        """The fate of what a dialog or a gate calls back; None where nothing speaks of an answer."""
        texts = tuple(word for one in site.arguments for word in one.words if one.routine < 0)
        about = any(self.of_consent(word) for word in (site.member, under, site.owner.rpartition(".")[2]))
        if any(one in text for text in texts for one in self.words.consent.refuses_zh):
            return "refused"
        if any(one in text for text in texts for one in self.words.consent.agrees_zh):
            return "agreed"
        named = parts(under) | parts(site.member)
        spoken = frozenset().union(named, *(parts(text) for text in texts if len(text) <= _TEXTS))
        about = about or any(self.of_consent(text) for text in texts)
        if not about:
            return None
        return "refused" if not spoken.isdisjoint(self._refuses) else "agreed"
