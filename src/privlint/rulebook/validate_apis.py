"""Decoded API, type and field files in, what does not fit together in them out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

from privlint.model.rules import Family, FieldRules, TypeRules
from privlint.model.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.errors import RuleError
    from privlint.model.rules import Api, Carrier, Constraint, Factory, Reader, Sign, TypeFacts
    from privlint.rulebook.decode import Source
    from privlint.rulebook.lines import Path

Seen: TypeAlias = "dict[tuple[object, ...], tuple[Source, Path]]"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WITH_MEMBERS = ("call", "property", "constant", "override")


def families(sources: tuple[Source, ...], known: frozenset[str]) -> Iterator[RuleError]:
    """Check every family by itself, and that no two entries say the same."""
    seen: Seen = {}
    for source in sources:
        family = source.record
        if not isinstance(family, Family):
            continue
        yield from _head(source, family)
        yield from _again(source, ("id",), seen, ("family", family.id), f"the family `{family.id}`")
        for index, api in enumerate(family.api):
            path: Path = ("api", index)
            yield from _api(source, path, api)
            yield from _entry(source, path, api, known)
            for member in api.members or ("",):
                key: tuple[object, ...] = ("api", api.kind, api.owner, member, api.when)
                yield from _again(source, path, seen, key, f"`{api.owner}.{member}`".replace(".`", "`"))
        for index, sign in enumerate(family.sign):
            path = ("sign", index)
            yield from _sign(source, path, sign)
            yield from _entry(source, path, sign, known)
            for member in (*sign.members, *(f'"{value}"' for value in sign.values)):
                key = ("sign", sign.kind, sign.owner, member)
                yield from _again(source, path, seen, key, f"the {sign.kind} `{member}`")
        for index, reader in enumerate(family.reader):
            path = ("reader", index)
            yield from _reader(source, path, reader)
            for member in reader.members or ("",):
                key = ("reader", reader.kind, reader.owner, member, reader.reads, reader.argument)
                yield from _again(source, path, seen, key, f"the reader `{reader.owner}.{member}`".replace(".`", "`"))


def types(sources: tuple[Source, ...]) -> Iterator[RuleError]:
    """Check that each class is described once, and each factory and carrier too: a second one would hide the first."""
    seen: Seen = {}
    known = _members_of_apis(sources)
    for source in sources:
        rules = source.record
        if not isinstance(rules, TypeRules):
            continue
        for index, facts in enumerate(rules.type):
            yield from _again(source, ("type", index), seen, ("type", facts.name), f"the type `{facts.name}`")
            yield from _loose(source, ("type", index, "loose"), facts, known)
        for name, index, call in _calls(rules):
            for member in call.members:
                what = f"the {name} `{call.owner}.{member}`"
                yield from _again(source, (name, index), seen, (name, call.owner, member), what)


def fields(sources: tuple[Source, ...], known: frozenset[str]) -> Iterator[RuleError]:
    """Check that field names stand for known data."""
    for source in sources:
        rules = source.record
        if not isinstance(rules, FieldRules):
            continue
        for index, term in enumerate(rules.field):
            yield from _data(source, ("field", index, "data"), term.data, known)
            if not (term.names or term.exact or term.weak):
                yield source.problem(("field", index), "the entry has no names", "Add `names`, `exact` or `weak`.")
        for name, data in rules.typed.items():
            yield from _data(source, ("typed", name), data, known)


# --- types ------------------------------------------------------------------------------------------------------------


def _calls(rules: TypeRules) -> Iterator[tuple[str, int, Factory | Carrier]]:
    for index, factory in enumerate(rules.factory):
        yield "factory", index, factory
    for index, carrier in enumerate(rules.carrier):
        yield "carrier", index, carrier


def _members_of_apis(sources: tuple[Source, ...]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        if isinstance(source.record, Family):
            entries: tuple[Api | Reader, ...] = (*source.record.api, *source.record.reader)
            for entry in entries:
                known[entry.owner].update(entry.members)
    return known


def _loose(source: Source, path: Path, facts: TypeFacts, apis: dict[str, set[str]]) -> Iterator[RuleError]:
    known = {*facts.members, *apis.get(facts.name, ())}
    for member in facts.loose:
        if member not in known:
            hint = did_you_mean(member, known) or "Say in `members` what it gives."
            yield source.problem(
                path, f"`{member}` is loose, but no member of `{facts.name}` that the rules know", hint
            )


# --- families ---------------------------------------------------------------------------------------------------------


def _head(source: Source, family: Family) -> Iterator[RuleError]:
    _, platform, name = source.file.path.split("/")
    stem = name.removesuffix(".toml")
    if family.id != stem:
        yield source.problem(("id",), f"`{family.id}` is not the name of its file", f'Write id = "{stem}".')
    if family.platform != platform:
        yield source.problem(
            ("platform",), f"`{family.platform}` is not the name of its folder", f'Write platform = "{platform}".'
        )
    if not family.source:
        yield source.problem(("source",), "the family names no source", "Write where the facts were read.")
    if not _DAY.fullmatch(family.read):
        yield source.problem(("read",), f"`{family.read}` is not a day", 'Write it as read = "2026-01-31".')


def _api(source: Source, path: Path, api: Api) -> Iterator[RuleError]:
    if api.kind in _WITH_MEMBERS and not api.members:
        yield source.problem((*path, "members"), f"a {api.kind} needs members", 'Add `members = ["…"]`.')
    if api.kind not in _WITH_MEMBERS and api.members:
        yield source.problem(
            (*path, "members"), f"a {api.kind} is about the class, not about members", "Remove `members`."
        )
    if not api.data:
        yield source.problem((*path, "data"), "the entry stands for no data", 'Add `data = ["…"]`.')
    for place, constraint in enumerate(api.when):
        yield from _constraint(source, (*path, "when", place), constraint)


def _constraint(source: Source, path: Path, constraint: Constraint) -> Iterator[RuleError]:
    if not (constraint.is_ or constraint.not_ or constraint.prefix or constraint.type or constraint.absent):
        yield source.problem(
            path, "the constraint always fails: it names nothing", "Add `is`, `not`, `prefix`, `type` or `absent`."
        )


def _sign(source: Source, path: Path, sign: Sign) -> Iterator[RuleError]:
    if not sign.values and not (sign.owner and sign.members):
        yield source.problem(path, "the sign names no constant and no value", "Add `class` and `members`, or `values`.")
    if bool(sign.owner) != bool(sign.members):
        yield source.problem(path, "`class` and `members` need each other", "Add the one that is missing.")


def _reader(source: Source, path: Path, reader: Reader) -> Iterator[RuleError]:
    if reader.kind == "call" and not reader.members:
        yield source.problem((*path, "members"), "a call needs members", 'Add `members = ["…"]`.')


def _entry(source: Source, path: Path, entry: Api | Sign, known: frozenset[str]) -> Iterator[RuleError]:
    yield from _data(source, (*path, "data"), entry.data, known)
    repeated = [member for member, count in Counter(entry.members).items() if count > 1]
    for member in repeated:
        yield source.problem((*path, "members"), f"`{member}` is named twice", "Remove one.")
    if entry.since and entry.deprecated and entry.deprecated < entry.since:
        yield source.problem(
            (*path, "deprecated"),
            f"deprecated in API {entry.deprecated}, before it came in API {entry.since}",
            "Correct `since` or `deprecated`.",
        )
    for key, line in (("fires", "that must speak"), ("silent", "like it that must not")):
        if not getattr(entry, key).strip():
            yield source.problem((*path, key), f"`{key}` is missing", f"Add a line of code {line}.")


# --- shared -----------------------------------------------------------------------------------------------------------


def _data(source: Source, path: Path, data: tuple[str, ...], known: frozenset[str]) -> Iterator[RuleError]:
    for kind in data:
        if kind not in known:
            hint = did_you_mean(kind, known) or "The ids are in data-types.toml."
            yield source.problem(path, f"there is no data type `{kind}`", hint)


def _again(source: Source, path: Path, seen: Seen, key: tuple[object, ...], what: str) -> Iterator[RuleError]:
    first, place = seen.setdefault(key, (source, path))
    if first is not source or place != path:
        earlier = first.problem(place, "", "")
        where = f"{earlier.path}:{earlier.line}"
        yield source.problem(path, f"{what} is described already, at {where}", "Keep one of the two.")
