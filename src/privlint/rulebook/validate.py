"""Decoded rule files in, all that does not fit together out: each problem with its file, its entry and a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.errors import RuleError
from privlint.model.rules import Policy
from privlint.model.spelling import did_you_mean
from privlint.rulebook.decode import Categories, DataTypes
from privlint.rulebook.lines import line_of
from privlint.rulebook.validate_apis import families, fields, types
from privlint.rulebook.validate_app import lexicons, permissions
from privlint.rulebook.validate_notices import notices
from privlint.rulebook.validate_sdks import sdks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.rules import Clause
    from privlint.rulebook.decode import Source
    from privlint.rulebook.lines import Path


def validate(sources: tuple[Source, ...]) -> tuple[RuleError, ...]:
    """List every problem, in the order of the files."""
    data = next((source for source in sources if isinstance(source.record, DataTypes)), None)
    if data is None or not isinstance(data.record, DataTypes):
        return (RuleError("the file is missing", path="data-types.toml", hint="Restore the vocabulary of data types."),)
    known = frozenset(kind.id for kind in data.record.type)
    found = [
        *_data_types(data, data.record, known),
        *_policies(sources, known),
        *families(sources, known),
        *types(sources),
        *fields(sources, known),
        *sdks(sources, known),
        *permissions(sources, known),
        *lexicons(sources, known),
        *notices(sources, known),
    ]
    order = {source.file.shown: number for number, source in enumerate(sources)}
    return tuple(sorted(found, key=lambda error: (order[error.path], error.line)))


# --- data types -------------------------------------------------------------------------------------------------------


def _data_types(source: Source, record: DataTypes, known: frozenset[str]) -> Iterator[RuleError]:
    yield from _once(source, ("group",), (group.id for group in record.group), "id")
    yield from _once(source, ("type",), (kind.id for kind in record.type), "id")
    groups = frozenset(group.id for group in record.group)
    for index, kind in enumerate(record.type):
        here: Path = ("type", index)
        if kind.group not in groups:
            yield _unknown(source, (*here, "group"), "group", kind.group, groups)
        for inner in kind.includes:
            if inner not in known:
                yield _unknown(source, (*here, "includes"), "data type", inner, known)
    yield from _circles(source, record)


def _circles(source: Source, record: DataTypes) -> Iterator[RuleError]:
    inner = {kind.id: kind.includes for kind in record.type}
    for index, kind in enumerate(record.type):
        waiting, seen = list(kind.includes), set[str]()
        while waiting:
            step = waiting.pop()
            if step not in seen:
                seen.add(step)
                waiting.extend(inner.get(step, ()))
        if kind.id in seen:
            yield source.problem(
                ("type", index, "includes"),
                f"`{kind.id}` includes itself, by way of {', '.join(sorted(seen - {kind.id})) or 'itself'}",
                "Keep the one direction that is true: who has this has those too.",
            )


# --- the law ----------------------------------------------------------------------------------------------------------


def _policies(sources: tuple[Source, ...], known: frozenset[str]) -> Iterator[RuleError]:
    packs = {_folder(source): source for source in sources if isinstance(source.record, Policy)}
    for folder, source in packs.items():
        if isinstance(source.record, Policy):
            yield from _pack(source, source.record, folder)
    for source in sources:
        if isinstance(source.record, Categories):
            pack = packs.get(_folder(source))
            if pack is None or not isinstance(pack.record, Policy):
                yield source.problem((), "has no pack.toml beside it", "Add pack.toml, which names the legal text.")
            else:
                yield from _categories(source, source.record, pack.record, known)


def _folder(source: Source) -> str:
    return source.file.path.split("/")[1]


def _pack(source: Source, policy: Policy, folder: str) -> Iterator[RuleError]:
    if policy.id != folder:
        yield source.problem(("id",), f"`{policy.id}` is not the name of its folder", f'Write id = "{folder}".')
    for name, records in (
        ("article", policy.articles),
        ("condition", policy.conditions),
        ("subject", policy.subjects),
        ("group", policy.groups),
    ):
        yield from _once(source, (name,), (record.id for record in records), "id")
    if policy.categories:
        yield source.problem(("category", 0), "holds categories", "Move them to categories.toml beside this file.")
    groups = frozenset(group.id for group in policy.groups)
    for index, article in enumerate(policy.articles):
        if article.group and article.group not in groups:
            yield _unknown(source, ("article", index, "group"), "group", article.group, groups)
        if article.verified and not article.text_zh:
            yield source.problem(
                ("article", index, "verified"),
                f"article {article.id} is verified, but its words are not here",
                "Add text_zh, or set verified = false: only words can be verified.",
            )
        if not article.verification:
            yield source.problem(
                ("article", index), f"article {article.id} does not say how it was verified", "Add `verification`."
            )


def _categories(source: Source, record: Categories, policy: Policy, known: frozenset[str]) -> Iterator[RuleError]:
    yield from _once(source, ("category",), (category.id for category in record.category), "id")
    conditions = frozenset(condition.id for condition in policy.conditions)
    subjects = frozenset(subject.id for subject in policy.subjects)
    for index, category in enumerate(record.category):
        here: Path = ("category", index)
        if category.number != index + 1:
            yield source.problem(
                (*here, "number"),
                f"number {category.number} stands in place {index + 1}",
                f"Number the categories 1 to {len(record.category)}, each once, in order.",
            )
        if not category.verification:
            yield source.problem(here, f"`{category.id}` does not say how it was verified", "Add `verification`.")
        for place, clause in enumerate(category.clauses):
            path: Path = (*here, "clause", place)
            yield from _clause(source, path, clause, known)
            if clause.condition and clause.condition not in conditions:
                yield _unknown(source, (*path, "condition"), "condition", clause.condition, conditions)
            if clause.subject not in subjects:
                yield _unknown(source, (*path, "subject"), "subject", clause.subject, subjects)


def _clause(source: Source, path: Path, clause: Clause, known: frozenset[str]) -> Iterator[RuleError]:
    if not clause.data:
        yield source.problem((*path, "data"), "the clause covers no data type", "Name at least one.")
    for data in clause.data:
        if data not in known:
            yield _unknown(source, (*path, "data"), "data type", data, known)
    for data in sorted({data for choice in clause.alternatives for data in choice} - {*clause.data}):
        yield source.problem(
            (*path, "alternatives"), f"`{data}` is an alternative, but not in `data`", f'Add "{data}" to data.'
        )


# --- shared -----------------------------------------------------------------------------------------------------------


def _once(source: Source, table: Path, values: Iterable[str], key: str) -> Iterator[RuleError]:
    seen: dict[str, int] = {}
    for index, value in enumerate(values):
        if value in seen:
            first = line_of(source.file.content.decode(), (*table, seen[value], key))
            yield source.problem(
                (*table, index, key), f"`{value}` is there already, in line {first}", "Give each its own id."
            )
        seen.setdefault(value, index)


def _unknown(source: Source, path: Path, what: str, value: str, known: frozenset[str]) -> RuleError:
    hint = did_you_mean(value, known) or f"Known are: {', '.join(sorted(known)[:12])}{' …' if len(known) > 12 else ''}."
    return source.problem(path, f"there is no {what} `{value}`", hint)
