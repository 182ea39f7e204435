"""The rules in; the words that a manifest may hold, with what is to be known of each, out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from privlint import checks, rulebook, suppress
from privlint.model.finding import Text
from privlint.model.judged import includes
from privlint.model.vocabulary import Vocabulary, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.rules import Category, Clause, DataType, Law

_OTHER = Word(
    "other",
    Text("None of the 39 categories", "不属于 39 类"),
    Text(
        "None of the 39 lists applies, so necessity is not judged. What is collected still has to be declared.",
        "39 类范围均不适用，因此不判断必要性；收集的信息仍须声明。",
    ),
)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Give all words; the rules are read when this is first asked for."""
    law = rulebook.open_law()
    kinds = {kind.id: kind for kind in law.data_types}
    categories = [_category(category, kinds) for policy in law.policies for category in policy.categories]
    services = [Word(one.id, Text(one.name_en, one.name_zh)) for policy in law.policies for one in policy.conditions]
    return Vocabulary(
        categories=_sorted([*categories, _OTHER]),
        data=_sorted(_data(kind, kinds, law) for kind in kinds.values()),
        checks=_sorted(_checks()),
        services=_sorted(services),
        permissions=_sorted(_permissions(kinds)),
    )


def _sorted(words: Iterator[Word] | list[Word]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: word.id))


def _category(category: Category, kinds: dict[str, DataType]) -> Word:
    needed = [_needed(clause, kinds) for clause in category.clauses]
    english = "; ".join(one.en for one in needed) or "none"
    chinese = "；".join(one.zh for one in needed) or "无须个人信息"
    return Word(
        category.id,
        Text(category.name_en, category.name_zh),
        Text(
            f"Basic service: {category.basic_service_en}\n\nNecessary personal information: {english}",
            f"基本功能服务：{category.basic_service_zh}\n\n必要个人信息：{chinese}",
        ),
    )


def _needed(clause: Clause, kinds: dict[str, DataType]) -> Text:
    sets = [[kinds[kind] for kind in data if kind in kinds] for data in clause.alternatives or (clause.data,)]
    english = " or ".join(", ".join(f"{kind.name_en} (`{kind.id}`)" for kind in named) for named in sets)
    chinese = "或".join("、".join(f"{kind.name_zh}（`{kind.id}`）" for kind in named) for named in sets)
    if clause.condition:
        return Text(f"{english}, only with `{clause.condition}`", f"{chinese}，仅限 `{clause.condition}`")
    return Text(english, chinese)


def _data(kind: DataType, kinds: dict[str, DataType], law: Law) -> Word:
    english, chinese = [], []
    if kind.sensitive:
        english.append("Sensitive: needs separate consent.")
        chinese.append("敏感个人信息：需要单独同意。")
    if kind.permanent:
        english.append("An identifier that users cannot reset.")
        chinese.append("用户无法重置的标识符。")
    inner = sorted(includes(kinds, kind.id) - {kind.id})
    if inner:
        listed = ", ".join(f"`{one}`" for one in inner)
        english.append(f"Includes {listed}.")
        chinese.append(f"包含 {listed}。")
    wider = {outer for outer in kinds if kind.id in includes(kinds, outer)}
    needing = [
        category
        for policy in law.policies
        for category in policy.categories
        if any(wider.intersection(clause.data) for clause in category.clauses)
    ]
    english.append(f"On the list of {len(needing)} of 39 categories{_listed(needing, 'en')}.")
    chinese.append(f"39 类中有 {len(needing)} 类的必要个人信息包含它{_listed(needing, 'zh')}。")
    about = Text("\n\n".join(english), "\n\n".join(chinese))
    return Word(kind.id, Text(kind.name_en, kind.name_zh), about)


def _listed(categories: list[Category], language: str) -> str:
    if not categories:
        return ""
    listed = ", ".join(f"`{category.id}`" for category in categories)
    return f": {listed}" if language == "en" else f"：{listed}"


def _checks() -> Iterator[Word]:
    for check in checks.KNOWN:
        doc = checks.explain(check) or suppress.explain(check)
        if doc is not None:
            lead = Text(doc.text.en.split("\n\n", 1)[0], doc.text.zh.split("\n\n", 1)[0])
            yield Word(check, doc.check.title, lead)


def _permissions(kinds: dict[str, DataType]) -> Iterator[Word]:
    for name, rule in rulebook.open_app_rules().permissions.items():
        named = [kinds[data] for data in rule.data if data in kinds]
        english = ", ".join(f"{kind.name_en} (`{kind.id}`)" for kind in named)
        chinese = "、".join(f"{kind.name_zh}（`{kind.id}`）" for kind in named)
        yield Word(
            name,
            Text(name.rpartition(".")[2], name.rpartition(".")[2]),
            Text(f"Opens: {english}", f"可访问：{chinese}") if named else Text("", ""),
        )
