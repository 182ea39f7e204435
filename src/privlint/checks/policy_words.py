"""Privacy policies and the lexicon in, whether a text speaks of a data type, an SDK or a right out: by words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from privlint.checks import phrases
from privlint.checks.findings import Mark
from privlint.checks.packaged import Found
from privlint.model.facts import Confidence
from privlint.model.finding import Text
from privlint.model.judged import Project
from privlint.model.place import Place, Position
from privlint.model.policy import PolicyText
from privlint.model.project import App

BY_WORDS = Text(
    "found out by words alone: what a sentence says of them was not understood",
    "仅按词语查找，没有理解句子的含义",
)


def texts(project: Project) -> Iterator[tuple[App, PolicyText]]:
    """Yield the apps with the policies that could be read and are in Chinese or English."""
    for app, text in zip(project.apps, project.texts, strict=False):
        if text.state == "read" and treats(project, text, "collection"):
            yield app, text


def absent(app: App, text: PolicyText, subject: str) -> Mark:
    """Mark a text that lacks what an app's policy has to hold; at its beginning, for want of a place."""
    start = Position(1, 1)
    return Mark(
        place=Place(text.path, start, start),
        label=Text("not found in it", "文中未发现"),
        subject=subject,
        severity="warning",
        confidence=Confidence.INFERRED,
        apps=(app,),
    )


def treats(project: Project, text: PolicyText, topic: str) -> bool:
    """Tell whether a text holds a word of a topic."""
    found = project.rules.topics.get(topic) if project.rules else None
    return found is not None and _holds(text, (*found.zh, *found.en))


def mentions(project: Project, text: PolicyText, data: str) -> bool:
    """Tell whether a text names a data type, in any of the ways in which policies do."""
    return _holds(text, _words(project, data))


def names(text: PolicyText, found: Found) -> bool:
    """Tell whether a text names an SDK, its vendor or its package."""
    written = (found.sdk.name_en, found.sdk.name_zh, found.vendor.name_en, found.vendor.name_zh)
    words = {part for name in written for part in _parts(name)}
    packages = (prefix for package in found.sdk.packages for prefix in package.prefixes)
    return _holds(text, (*sorted(words), *packages))


def said(project: Project, text: PolicyText) -> dict[str, int]:
    """Give the data types that a text surely names outside a denial, with the first line of each, from 1."""
    if project.rules is None:
        return {}
    denial = project.rules.topics.get("denial")
    denied = (*denial.zh, *denial.en) if denial else ()
    found: dict[str, int] = {}
    for number, line in enumerate(text.lines, 1):
        folded = line.casefold()
        if not folded.strip() or phrases.within(folded, denied):
            continue
        for data, words in project.rules.words.items():
            if data not in found and words.firm and phrases.within(folded, words.firm):
                found[data] = number
    return found


def _words(project: Project, data: str) -> tuple[str, ...]:
    kind = project.data_types.get(data)
    own = [*_parts(kind.name_en), *_parts(kind.name_zh)] if kind else [data]
    words = project.rules.words.get(data) if project.rules else None
    return (*own, *words.zh, *words.en) if words else tuple(own)


def _parts(name: str) -> Iterator[str]:
    """Take a name apart: what stands in brackets is no part of it, and an "and" joins two names."""
    for part in re.split(r"[(（][^)）]*[)）]|、|，|,| and |和", name):
        if len(part.strip()) > 1:
            yield part.strip().lower()


def _holds(text: PolicyText, words: Iterable[str]) -> bool:
    spaced, joined = _folded(text)
    return any(phrases.found(word, spaced, joined) for word in words)


@lru_cache(maxsize=32)
def _folded(text: PolicyText) -> tuple[str, str]:
    """Fold case; once with single blanks, once without any."""
    folded = text.text.casefold().split()
    return " ".join(folded), "".join(folded)
