"""The text of a notice and a report in; the clauses that it points to, and the lines that could have caused it, out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint import checks, rulebook
from privlint.model.finding import Text
from privlint.model.notice import Answer, Item, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.finding import Finding, Report
    from privlint.model.notice import Wording
    from privlint.model.rulebook import Rulebook
    from privlint.model.rules import Article, Policy

_LOOSE = re.compile(r"[^\w]+|_+")
_METHOD = "cn-method-2019"
_REST = Text("Other duties of the law", "法律规定的其他义务")


def answer(report: Report, text: str) -> Answer:
    """Hold what was found against a notice; without a text, against every group of the Method."""
    rules = rulebook.open_rulebook()
    says = _Clauses(rules)
    named = [_named(wording, matched, report, rules, says) for wording, matched in _matches(rules, text)]
    covered = {clause.id for point in named for clause in point.items}
    cited = tuple(says.item(clause) for clause in sorted({clause for one in report.findings for clause in one.clauses}))
    rest = [point for point in _groups(rules, report, says) if point.findings]
    if not text:
        return Answer(text="", points=tuple(rest), others=(), cited=cited, report=report)
    shown = {(one.fingerprint, one.place) for point in named for one in point.findings}
    others = []
    for point in rest:
        left = tuple(one for one in point.findings if (one.fingerprint, one.place) not in shown)
        items = tuple(item for item in point.items if item.id not in covered or any(item.id in f.clauses for f in left))
        if left:
            others.append(Point(id=point.id, said=point.said, items=items, findings=left))
    return Answer(text=text, points=tuple(named), others=tuple(others), cited=cited, report=report)


def _matches(rules: Rulebook, text: str) -> Iterator[tuple[Wording, str]]:
    """Yield the wordings that stand in a text, in its order, each with the piece by which it was recognised."""
    loose = _loosened(text)
    found = []
    for wording in (wording for notices in rules.notices for wording in notices.wordings):
        places = [(loose.find(_loosened(piece)), piece) for piece in (wording.said_zh, wording.said_en, *wording.match)]
        there = [(-len(piece), place, piece) for place, piece in places if place >= 0]
        if there:
            _, place, piece = min(there)
            found.append((place, wording, piece))
    for _, wording, piece in sorted(found, key=lambda one: one[0]):
        yield wording, piece


def _loosened(text: str) -> str:
    return _LOOSE.sub("", text).lower()


def _named(wording: Wording, matched: str, report: Report, rules: Rulebook, says: _Clauses) -> Point:
    wanted = frozenset(wording.clauses)
    about = frozenset(wording.data)
    return Point(
        id=wording.id,
        said=Text(wording.said_en, wording.said_zh),
        matched=matched,
        verified=wording.verified,
        items=tuple(says.item(clause) for clause in wording.clauses),
        findings=tuple(
            one for one in report.findings if wanted & set(one.clauses) and (not about or about & set(one.data))
        ),
        notices=tuple(one for notices in rules.notices for one in notices.notices if wording.id in one.wordings),
    )


def _groups(rules: Rulebook, report: Report, says: _Clauses) -> Iterator[Point]:
    """Yield the groups of the Method, each with the findings that rest on it first; last what rests on none."""
    policy = next(policy for policy in rules.policies if policy.id == _METHOD)
    rest: list[Finding] = []
    by: dict[str, list[Finding]] = {}
    groups = {f"{_METHOD}/{article.id}": article.group for article in policy.articles}
    for one in report.findings:
        group = next((groups[clause] for clause in one.clauses if clause in groups), "")
        (by.setdefault(group, []) if group else rest).append(one)
    for kind in policy.groups:
        yield Point(
            id=kind.id,
            said=Text(kind.name_en, kind.name_zh),
            items=tuple(says.item(clause) for clause, of in groups.items() if of == kind.id),
            findings=tuple(by.get(kind.id, ())),
        )
    cited = sorted({clause for one in rest for clause in one.clauses})
    yield Point(id="other", said=_REST, items=tuple(says.item(clause) for clause in cited), findings=tuple(rest))


class _Clauses:
    """Finds the words of a clause, and the checks that rest on it."""

    def __init__(self, rules: Rulebook) -> None:
        self._policies = {policy.id: policy for policy in rules.policies}
        self._articles = {
            f"{policy.id}/{article.id.rpartition('/')[2]}": article
            for policy in rules.policies
            for article in policy.articles
        }
        self._names = dict(_categories(rules.policies))
        self._checks: dict[str, list[str]] = {}
        for module in checks.CHECKS:
            for clause in module.CHECK.clauses:
                self._checks.setdefault(clause, []).append(module.CHECK.id)

    def item(self, clause: str) -> Item:
        """Describe one clause."""
        article = self._articles.get(clause)
        return Item(
            id=clause,
            name=self._name(clause),
            text=self._names.get(clause, Text("", "")) if article is None else _words(article),
            verified=article is not None and article.verified and bool(article.text_zh),
            static=article.static if article is not None else "",
            checks=tuple(self._checks.get(clause, ())),
        )

    def _name(self, clause: str) -> Text:
        law, _, number = clause.partition("/")
        policy = self._policies.get(law)
        if policy is None:
            return Text(clause, clause)
        parts = number.split(".")
        if law == _METHOD:
            where = Text(f"item {number}", f"第{number}项")
        elif len(parts) == 2:
            where = Text(f"article {parts[0]}, category {parts[1]}", f"第{parts[0]}条第（{parts[1]}）项")
        else:
            where = Text(f"article {number}", f"第{number}条")
        return Text(f"{policy.title_en}, {where.en}", f"《{policy.title_zh}》{where.zh}")


def _words(article: Article) -> Text:
    if article.verified and article.text_zh:
        return Text(article.text_en or article.summary_en, article.text_zh)
    return Text(article.summary_en, article.summary_zh or article.summary_en)


def _categories(policies: Iterable[Policy]) -> Iterator[tuple[str, Text]]:
    for policy in policies:
        for category in policy.categories:
            yield f"{policy.id}/5.{category.number}", Text(category.name_en, category.name_zh)
