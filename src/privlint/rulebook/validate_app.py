"""Decoded permission rules and lexicons in, what does not fit together in them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model.app_rules import Lexicon, PermissionRules
from privlint.model.rules import Family, Policy
from privlint.model.spelling import did_you_mean
from privlint.rulebook.decode import Categories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.errors import RuleError
    from privlint.rulebook.decode import Source
    from privlint.rulebook.lines import Path


def permissions(sources: tuple[Source, ...], known: frozenset[str]) -> Iterator[RuleError]:
    """Check that every permission is there once, with data and categories that exist."""
    signed = _signed(sources)
    categories = _categories(sources)
    for source in sources:
        if not isinstance(source.record, PermissionRules):
            continue
        seen: set[str] = set()
        for index, rule in enumerate(source.record.permission):
            path: Path = ("permission", index)
            if rule.name in seen:
                yield source.problem((*path, "name"), f"`{rule.name}` is there twice", "Keep one of the two.")
            seen.add(rule.name)
            if rule.data and rule.name in signed:
                yield source.problem(
                    (*path, "data"), f"a sign says what `{rule.name}` guards", "Remove `data` here, or the sign's."
                )
            if not rule.data and rule.name not in signed:
                yield source.problem((*path, "data"), f"`{rule.name}` guards nothing", "Add `data`, or a sign for it.")
            settled = rule.narrower.unless if rule.narrower else ()
            yield from _known(source, (*path, "data"), (*rule.data, *settled), known, "data type")
            yield from _known(source, (*path, "serves"), rule.serves, categories, "category")


def lexicons(sources: tuple[Source, ...], known: frozenset[str]) -> Iterator[RuleError]:
    """Check that words are about data types that exist, and that a text could hold them."""
    for source in sources:
        if not isinstance(source.record, Lexicon):
            continue
        for index, words in enumerate(source.record.words):
            yield from _known(source, ("words", index, "data"), words.data, known, "data type")
            for word in words.en:
                if word != word.lower():
                    yield source.problem(
                        ("words", index, "en"), f"`{word}` has capitals", "Write it in small letters: texts are folded."
                    )


def _signed(sources: tuple[Source, ...]) -> frozenset[str]:
    return frozenset(
        value
        for source in sources
        if isinstance(source.record, Family)
        for sign in source.record.sign
        if sign.kind == "permission"
        for value in sign.values
    )


def _categories(sources: tuple[Source, ...]) -> frozenset[str]:
    found: set[str] = set()
    for source in sources:
        if isinstance(source.record, Policy):
            found.update(category.id for category in source.record.categories)
        elif isinstance(source.record, Categories):
            found.update(category.id for category in source.record.category)
    return frozenset(found)


def _known(source: Source, path: Path, names: tuple[str, ...], known: frozenset[str], what: str) -> Iterator[RuleError]:
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or "The ids are in the rules."
            yield source.problem(path, f"there is no {what} `{name}`", hint)
