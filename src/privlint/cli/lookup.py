"""The rulebook and an id in; the card that tells all about the thing out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privlint.cli import lookup_sdks
from privlint.cli.cards import Card, CategoryCard, CheckCard, ClauseCard, DataTypeCard, Item, LawCard, Need, Source
from privlint.model.check import CheckDoc
from privlint.model.finding import Text
from privlint.model.judged import includes
from privlint.model.rulebook import Rulebook
from privlint.model.rules import Api, Article, Category, Clause, DataType, Policy, Sign


def find(identity: str, rulebook: Rulebook, docs: Iterable[CheckDoc], reasons: dict[str, Text]) -> Card | None:
    """Find what an id stands for, whatever its case; a number is a category."""
    wanted = identity.strip().lower()
    docs = tuple(docs)
    for doc in docs:
        if wanted in {doc.check.id.lower(), doc.check.slug}:
            return _check(doc)
    for reason, text in reasons.items():
        if wanted == reason.lower():
            return CheckCard(id=reason, name=text, text=_REASON)
    for kind in rulebook.data_types:
        if wanted == kind.id:
            return data_type(kind, rulebook)
    for policy in rulebook.policies:
        for category in policy.categories:
            if wanted in {category.id, str(category.number), f"{policy.id}/5.{category.number}"}:
                return category_card(category, policy, rulebook)
        if wanted == policy.id:
            return _law(policy)
        for article in policy.articles:
            if wanted == clause_id(policy, article):
                return _clause(policy, article, docs)
    return lookup_sdks.find(identity, rulebook)


def known(rulebook: Rulebook, docs: Iterable[CheckDoc], reasons: Iterable[str]) -> Iterator[str]:
    """Yield every id that `find` knows."""
    for doc in docs:
        yield from (doc.check.id, doc.check.slug)
    yield from reasons
    yield from (kind.id for kind in rulebook.data_types)
    for policy in rulebook.policies:
        yield policy.id
        yield from (category.id for category in policy.categories)
        yield from (f"{policy.id}/5.{category.number}" for category in policy.categories)
        yield from (clause_id(policy, article) for article in policy.articles)
    yield from lookup_sdks.known(rulebook)


def clause_id(policy: Policy, article: Article) -> str:
    """Write the full id of an article: cn-method-2019/3.1."""
    return article.id if "/" in article.id else f"{policy.id}/{article.id}"


_REASON = Text(
    "A reason for which a path was not examined, or only in part. It stands in the coverage list of every report.",
    "路径未被检查或仅部分检查的原因，见于每份报告的覆盖列表。",
)


def _check(doc: CheckDoc) -> CheckCard:
    check = doc.check
    return CheckCard(id=check.id, name=check.title, severity=check.severity, clauses=check.clauses, text=doc.text)


# --- data types -------------------------------------------------------------------------------------------------------


def data_type(kind: DataType, rulebook: Rulebook) -> DataTypeCard:
    """Tell all about a data type: what gives it and which basic services need it."""
    kinds = {each.id: each for each in rulebook.data_types}
    wider = {outer for outer in kinds if kind.id in includes(kinds, outer)}
    groups = {group.id: Text(group.name_en, group.name_zh) for group in rulebook.groups}
    return DataTypeCard(
        id=kind.id,
        name=Text(kind.name_en, kind.name_zh),
        group=groups.get(kind.group, Text(kind.group, kind.group)),
        sensitive=kind.sensitive,
        permanent=kind.permanent,
        includes=tuple(sorted(includes(kinds, kind.id) - {kind.id})),
        included_in=tuple(sorted(wider - {kind.id})),
        google_play=kind.google_play,
        apple=kind.apple,
        note=kind.note,
        note_zh=kind.note_zh,
        needed_by=tuple(_needs(rulebook, wider)),
        sources=tuple(_sources(rulebook, kind.id, wider)),
    )


def _needs(rulebook: Rulebook, wider: set[str]) -> Iterator[Need]:
    for policy in rulebook.policies:
        for category in policy.categories:
            conditions = [clause.condition for clause in category.clauses if wider.intersection(clause.data)]
            for condition in [""] if "" in conditions else dict.fromkeys(conditions):
                name = Text(category.name_en, category.name_zh)
                yield Need(category=category.id, number=category.number, name=name, condition=condition)


def _sources(rulebook: Rulebook, wanted: str, wider: set[str]) -> Iterator[Source]:
    for family in rulebook.families:
        for api in family.api:
            for gives in _given(api.data, wanted, wider):
                for symbol in [f"{api.owner}.{member}" for member in api.members] or [api.owner]:
                    yield _source(family.id, api, symbol, gives, api.source or family.source)
        for sign in family.sign:
            for gives in _given(sign.data, wanted, wider):
                for symbol in (*(f"{sign.owner}.{member}" for member in sign.members), *sign.values):
                    yield _source(family.id, sign, symbol, gives, sign.source or family.source)


def _given(data: tuple[str, ...], wanted: str, wider: set[str]) -> tuple[str, ...]:
    """Choose the data type to name: the one asked for, else the first that includes it."""
    found = sorted(wider.intersection(data))
    return (wanted,) if wanted in found else tuple(found[:1])


def _source(family: str, entry: Api | Sign, symbol: str, gives: str, source: str) -> Source:
    return Source(
        family=family,
        kind=entry.kind,
        symbol=symbol,
        gives=gives,
        act=entry.act,
        when=tuple(lookup_sdks.condition(constraint) for constraint in entry.when) if isinstance(entry, Api) else (),
        permissions=entry.permissions,
        since=entry.since,
        deprecated=entry.deprecated,
        source=source,
        verified=entry.verified,
    )


# --- categories and clauses -------------------------------------------------------------------------------------------


def category_card(category: Category, policy: Policy, rulebook: Rulebook) -> CategoryCard:
    """Tell all about a category."""
    kinds = {kind.id: kind for kind in rulebook.data_types}
    return CategoryCard(
        id=category.id,
        number=category.number,
        clause=f"{policy.id}/5.{category.number}",
        name=Text(category.name_en, category.name_zh),
        basic_service=Text(category.basic_service_en, category.basic_service_zh),
        necessary=tuple(_item(clause, category, policy, kinds) for clause in category.clauses),
        verified=category.verified,
        verification=category.verification,
        note=category.note,
        note_zh=category.note_zh,
    )


def _item(clause: Clause, category: Category, policy: Policy, kinds: dict[str, DataType]) -> Item:
    subjects = {subject.id: Text(subject.name_en, subject.name_zh) for subject in policy.subjects}
    conditions = {condition.id: Text(condition.name_en, condition.name_zh) for condition in policy.conditions}
    sets = [_names(data, kinds) for data in clause.alternatives or (clause.data,)]
    return Item(
        text=Text(clause.text_en, clause.text_zh) if category.verified else None,
        names=Text(" or ".join(names.en for names in sets), "或".join(names.zh for names in sets)),
        data=clause.data,
        subject=subjects.get(clause.subject, Text(clause.subject, clause.subject)),
        condition=clause.condition,
        condition_name=conditions.get(clause.condition),
        alternatives=clause.alternatives,
        if_any=clause.if_any,
    )


def _names(data: Iterable[str], kinds: dict[str, DataType]) -> Text:
    found = [kinds[kind] for kind in data if kind in kinds]
    return Text(", ".join(kind.name_en for kind in found), "、".join(kind.name_zh for kind in found))


def _clause(policy: Policy, article: Article, docs: Iterable[CheckDoc]) -> ClauseCard:
    identity = clause_id(policy, article)
    quoted = article.verified and bool(article.text_zh)
    checks = tuple(doc.check.id for doc in docs if identity in doc.check.clauses)
    return ClauseCard(
        id=identity,
        law=Text(policy.title_en, policy.title_zh),
        number=policy.number,
        in_force=policy.in_force,
        summary=Text(article.summary_en, article.summary_zh),
        text=Text(article.text_en, article.text_zh) if quoted else None,
        verified=article.verified,
        verification=article.verification,
        static=article.static,
        checks=checks,
        decided=Text(article.decided_en, article.decided_zh) if checks and article.decided_en else None,
        undecided=Text(article.open_en, article.open_zh) if article.open_en else None,
        source=policy.source,
    )


def _law(policy: Policy) -> LawCard:
    return LawCard(
        id=policy.id,
        name=Text(policy.title_en, policy.title_zh),
        number=policy.number,
        issued=policy.issued,
        in_force=policy.in_force,
        source=policy.source,
        note=policy.note,
        note_zh=policy.note_zh,
        clauses=tuple(clause_id(policy, article) for article in policy.articles),
    )
