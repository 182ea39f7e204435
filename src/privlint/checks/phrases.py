"""A text, or a name from code, and words in; whether it holds one of them out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from privlint.model.app_rules import Topic
from privlint.model.judged import Project

_NAMES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LISTED = re.compile(r"[,;/，、；。]|\.(?:\s|$)|\band\b|\bas well as\b|以及|并且|[及和与或并]")
_ENDS = " .。!！,，:：;；*"


def topic(project: Project, name: str) -> Topic | None:
    """Give the words of a topic."""
    return project.rules.topics.get(name) if project.rules else None


def treats(words: Topic | None, text: str) -> bool:
    """Tell whether a text holds a word of a topic."""
    return words is not None and holds(text, (*words.zh, *words.en, *words.firm))


def says_only(words: Topic | None, text: str) -> bool:
    """Tell whether a text says what a topic says, and nothing else."""
    return words is not None and text.casefold().strip(_ENDS) in words.whole


def clauses(text: str) -> tuple[str, ...]:
    """Take a text apart where it lists several things."""
    found = _LISTED.split(text.casefold())
    return tuple(part for one in found if (part := one.strip(_ENDS)))


def named(words: Topic | None, name: str) -> bool:
    """Tell whether a name from code has a part that a topic knows."""
    return words is not None and not parts(name).isdisjoint(words.ids)


def pairs(name: str) -> frozenset[str]:
    """Join each two parts of a name that stand together: SignInActivity has "signin"."""
    found = [part.lower() for part in _NAMES.findall(name)]
    return frozenset(one + other for one, other in pairwise(found))


def parts(name: str) -> frozenset[str]:
    """Take a name apart: cbPrivacyPolicy, cb_privacy_policy."""
    return frozenset(part.lower() for part in _NAMES.findall(name))


def holds(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text holds one of the words, whatever its spaces."""
    folded = text.casefold().split()
    spaced, joined = " ".join(folded), "".join(folded)
    return any(found(word, spaced, joined) for word in words)


def within(folded: str, words: Iterable[str]) -> bool:
    """Tell whether a text that is folded already holds one of the words."""
    return any(found(word, folded, folded) for word in words)


def found(word: str, spaced: str, joined: str) -> bool:
    """Find an English word whole, in the singular or the plural; a Chinese one anywhere."""
    folded = word.casefold()
    if folded.isascii():
        return _pattern(folded).search(spaced) is not None
    return "".join(folded.split()) in joined


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?:s|es)?(?![a-z0-9])")
