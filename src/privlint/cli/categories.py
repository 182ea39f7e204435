"""`privlint categories [ID]`: the categories of the 2021 provisions and what their basic services need out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privlint import engine
from privlint.cli import cards_text, explain, lookup, streams
from privlint.cli.arguments import Parser
from privlint.cli.cards import CategoryCard
from privlint.model.finding import Text
from privlint.report import jsontext, prose
from privlint.report.style import Style
from privlint.report.view import View
from privlint.report.width import pad, width, wrap


def run(arguments: Sequence[str], language: str) -> int:
    """List all categories, or show one."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    found = _cards()
    if options.id is not None:
        wanted = options.id.strip().lower()
        found = [card for card in found if wanted in {card.id, str(card.number), card.clause}]
        if not found:
            raise explain.unknown(options.id, [card.id for card in _cards()])
    if explain.wants_json(options):
        streams.write_utf8(jsontext.lines({"version": explain.VERSION, "categories": found}))
        return 0
    view = explain.view(options, language)
    streams.write(cards_text.lines(found[0], view) if options.id is not None else _table(found, view))
    return 0


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "List the 39 categories of apps and the personal information that the basic service of each needs.",
        "列出 39 个应用类别及其基本功能服务的必要个人信息。",
    )
    made = Parser("categories", language, about, "[ID]")
    made.positional("id", Text("show this one only: an id or a number", "只显示这一个：id 或编号"), nargs="?")
    explain.form(made)
    return made


def _cards() -> list[CategoryCard]:
    rulebook = engine.rulebook()
    found = [
        lookup.category_card(category, policy, rulebook)
        for policy in rulebook.policies
        for category in policy.categories
    ]
    return sorted(found, key=lambda card: card.number)


def _table(found: list[CategoryCard], view: View) -> Iterator[str]:
    """Yield two lines or more for each category: its names, and what it needs."""
    style = Style(view.colour)
    identities = max(width(card.id) for card in found)
    names = max(width(card.name.zh) for card in found)
    margin = " " * (4 + identities + 2)
    for card in found:
        name = pad(card.name.zh, names)
        yield f"{card.number:>2}  {style('strong', pad(card.id, identities))}  {name}  {card.name.en}"
        for line in wrap(_necessary(card, view), max(view.width - len(margin), prose.NARROWEST)):
            yield margin + line


def _necessary(card: CategoryCard, view: View) -> str:
    chinese = prose.chinese(view)
    if not card.necessary:
        return "无" if chinese else "none"
    listed = ("；" if chinese else "; ").join(cards_text.necessary(item, view.language) for item in card.necessary)
    if card.verified:
        return listed
    return f"{listed}（原文未核实）" if chinese else f"{listed} (wording not verified)"
