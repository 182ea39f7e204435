"""A card in; the lines that show it on a terminal out."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.cli import cards_lines as draw
from privlint.cli import cards_sdk
from privlint.cli.cards import (
    Card,
    CategoryCard,
    CheckCard,
    ClauseCard,
    DataTypeCard,
    Item,
    LawCard,
    SdkCard,
    Source,
    VendorCard,
)
from privlint.model.finding import Text
from privlint.report import prose
from privlint.report.style import Style
from privlint.report.view import View


def lines(card: Card, view: View) -> Iterator[str]:
    """Yield the lines of a card."""
    match card:
        case CheckCard():
            yield from _check(card, view)
        case DataTypeCard():
            yield from _data_type(card, view)
        case CategoryCard():
            yield from _category(card, view)
        case ClauseCard():
            yield from _clause(card, view)
        case LawCard():
            yield from _law(card, view)
        case SdkCard():
            yield from cards_sdk.sdk(card, view)
        case VendorCard():
            yield from cards_sdk.vendor(card, view)


def necessary(item: Item, language: str) -> str:
    """Write one item of what a basic service needs: the law's words, or ours where they are not verified."""
    chinese = language.startswith("zh")
    text = (item.text or item.names)[language]
    if item.condition:
        named = (item.condition_name or Text(item.condition, item.condition))[language]
        text += f"（仅限 {item.condition}：{named}）" if chinese else f" (only with {item.condition}: {named})"
    if item.if_any and item.text is None:
        text += "（如有）" if chinese else " (if there is one)"
    return text


def _yes(value: bool, view: View) -> str:
    return Text("yes" if value else "no", "是" if value else "否")[view.language]


def _check(card: CheckCard, view: View) -> Iterator[str]:
    yield draw.title(card.id, card.name, view)
    yield from draw.row(Text("severity", "级别"), card.severity, view)
    yield from draw.row(Text("law", "依据"), ", ".join(card.clauses), view)
    yield ""
    style = Style(view.colour)
    for line in card.text[view.language].split("\n"):
        yield style("strong", line) if line.startswith("#") else line


def _data_type(card: DataTypeCard, view: View) -> Iterator[str]:
    yield draw.title(card.id, card.name, view)
    yield from draw.row(Text("group", "分组"), card.group[view.language], view)
    yield from draw.row(Text("sensitive", "敏感个人信息"), _yes(card.sensitive, view), view)
    yield from draw.row(Text("permanent identifier", "不可重置的标识符"), _yes(card.permanent, view), view)
    yield from draw.row(Text("includes", "包含"), ", ".join(card.includes), view)
    yield from draw.row(Text("included in", "包含于"), ", ".join(card.included_in), view)
    yield from draw.row(Text("Google Play", "Google Play"), "; ".join(card.google_play), view)
    yield from draw.row(Text("Apple", "Apple"), "; ".join(card.apple), view)
    yield from draw.note(card.note, card.note_zh, view)
    needs = []
    for need in card.needed_by:
        line = f"{need.number} {need.category} {need.name[view.language]}"
        if need.condition:
            line += f"（仅限 {need.condition}）" if prose.chinese(view) else f" (only with {need.condition})"
        needs.append(line)
    none = Text("no category", "无")[view.language]
    yield from draw.bullets(
        Text("necessary for the basic service of", "属于以下类别的必要个人信息"), needs or [none], view
    )
    sources = [_source(source, card.id, view) for source in card.sources]
    yield from draw.bullets(Text("given by", "以下接口可取得"), sources, view)


def _source(source: Source, asked: str, view: View) -> str:
    chinese = prose.chinese(view)
    parts = [f"{source.symbol} ({source.kind})"]
    if source.when:
        parts.append(f"{'条件：' if chinese else 'where '}{'; '.join(each[view.language] for each in source.when)}")
    if source.permissions:
        parts.append(f"{'权限：' if chinese else 'guarded by '}{', '.join(source.permissions)}")
    if source.since:
        parts.append(f"API {source.since}+")
    if source.deprecated:
        parts.append(f"{'弃用于 API ' if chinese else 'deprecated in API '}{source.deprecated}")
    if source.gives != asked:
        parts.append(f"{'取得 ' if chinese else 'gives '}{source.gives}")
    if source.act == "mark":
        parts.append("涉及但不取得" if chinese else "touches it without obtaining it")
    if source.act == "request":
        parts.append("仅为向用户申请权限" if chinese else "only asks the user for the permission")
    if source.act == "verify":
        parts.append("由系统核验，应用只得到结果" if chinese else "checked by the system, the app learns the answer")
    if not source.verified:
        parts.append("未核实" if chinese else "not verified")
    return ("；" if chinese else "; ").join(parts)


def _category(card: CategoryCard, view: View) -> Iterator[str]:
    yield draw.title(f"{card.number} {card.id}", card.name, view)
    yield from draw.row(Text("law", "依据"), card.clause, view)
    yield from draw.row(Text("basic service", "基本功能服务"), card.basic_service[view.language], view)
    title = Text("necessary for the basic service", "必要个人信息")
    none = Text(
        "none: the basic service can be used without personal information", "无：无须个人信息，即可使用基本功能服务"
    )
    items = []
    for item in card.necessary:
        whose = f"（{item.subject.zh}）" if prose.chinese(view) else f" ({item.subject.en})"
        items.append(f"{necessary(item, view.language)}{whose} [{', '.join(item.data)}]")
    yield from draw.bullets(title, items or [none[view.language]], view)
    yield from draw.row(Text("wording", "原文"), _wording(card.verified, card.verification, view), view)
    yield from draw.note(card.note, card.note_zh, view)


def _wording(verified: bool, verification: str, view: View) -> str:
    told = (
        Text("verified", "已核实")
        if verified
        else Text("wording not verified, so not quoted", "原文未核实，因此不作引用")
    )
    return f"{told[view.language]}{prose.colon(view)}{verification}".rstrip(" :：")


def _clause(card: ClauseCard, view: View) -> Iterator[str]:
    yield Style(view.colour)("strong", card.id)
    yield from draw.row(
        Text("law", "法规"), f"{card.law.en} 《{card.law.zh}》" if not prose.chinese(view) else card.law.zh, view
    )
    yield from draw.row(Text("summary", "概要"), card.summary[view.language], view)
    if card.text:
        yield from draw.row(Text("text", "原文"), card.text.zh, view)
        yield from draw.row(Text("translation (unofficial)", "英译（非官方）"), card.text.en, view)
    yield from draw.row(Text("wording", "核实"), _wording(card.verified, card.verification, view), view)
    yield from draw.row(Text("number", "文号"), card.number, view)
    yield from draw.row(Text("in force from", "施行日期"), card.in_force, view)
    decided = {
        "yes": Text("sources and manifest can decide it", "源代码和清单可以判断"),
        "partly": Text("sources and manifest show a part of it", "源代码和清单可以部分判断"),
        "no": Text("sources and manifest cannot decide it", "源代码和清单无法判断"),
    }
    if card.static in decided:
        yield from draw.row(Text("static analysis", "静态分析"), decided[card.static][view.language], view)
    yield from draw.row(Text("checks", "相关检查"), ", ".join(card.checks), view)
    if card.decided:
        yield from draw.row(Text("decided", "判断"), card.decided[view.language], view)
    if card.undecided:
        yield from draw.row(Text("not decided", "不判断"), card.undecided[view.language], view)
    yield from draw.row(Text("source", "来源"), card.source, view)


def _law(card: LawCard, view: View) -> Iterator[str]:
    yield draw.title(card.id, card.name, view)
    yield from draw.row(Text("number", "文号"), card.number, view)
    yield from draw.row(Text("issued", "发布日期"), card.issued, view)
    yield from draw.row(Text("in force from", "施行日期"), card.in_force, view)
    yield from draw.row(Text("source", "来源"), card.source, view)
    yield from draw.note(card.note, card.note_zh, view)
    yield from draw.row(Text("clauses", "条款"), ", ".join(card.clauses), view)
