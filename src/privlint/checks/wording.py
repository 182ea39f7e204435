"""Data types, categories and clauses in; the words that a finding says about them, in both languages, come out."""

from __future__ import annotations

from collections.abc import Iterable

from privlint.model.finding import Text
from privlint.model.judged import Project
from privlint.model.project import App
from privlint.model.rules import Category, Clause, Policy

NOT_VERIFIED = Text("wording not verified", "原文未核实")


# --- names ------------------------------------------------------------------------------------------------------------


def name(project: Project, data: str) -> Text:
    """Name a data type inside a sentence; its id where the rules do not know it."""
    kind = project.data_types.get(data)
    return Text(_inside(kind.name_en), kind.name_zh) if kind else Text(data, data)


def opening(project: Project, data: str) -> str:
    """Name a data type in English, with its verb, at the start of a sentence: `precise location is`."""
    english = name(project, data).en
    return f"{english} {'are' if _plural(english) else 'is'}"


def names(project: Project, data: Iterable[str]) -> Text:
    """List data types."""
    found = [name(project, kind) for kind in data]
    return Text(", ".join(each.en for each in found), "、".join(each.zh for each in found))


def app_kind(categories: tuple[Category, ...]) -> Text:
    """Name an app by its category: `a map and navigation app`; several are joined."""
    english = []
    for category in categories:
        inside = _inside(category.name_en)
        english.append(f"{'an' if inside[0].lower() in 'aeio' else 'a'} {inside} app")
    return Text(" or ".join(english), "、".join(f"{category.name_zh}App" for category in categories))


def _inside(text: str) -> str:
    """Lower the first letter, unless the first word is a name or an abbreviation."""
    first = text.partition(" ")[0]
    if first in {"Android", "Bluetooth"} or any(letter.isupper() for letter in first[1:]):
        return text
    return text[:1].lower() + text[1:]


def _plural(english: str) -> bool:
    head = english
    for stop in (" (", ":", " of ", " in ", " by ", " on "):
        head = head.partition(stop)[0]
    last = head.rpartition(" ")[2]
    if last in {"information", "data"}:
        return False
    if " and " in head or (", " in head and " or " not in head):
        return True
    return last.endswith("s") and not last.endswith(("ss", "us"))


# --- the law ----------------------------------------------------------------------------------------------------------


def category_clauses(categories: tuple[Category, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    """Put a category's own clause in the place of `cn-necessary-2021/5`."""
    found: list[str] = []
    for clause in rest:
        if clause == "cn-necessary-2021/5" and categories:
            found.extend(f"{clause}.{category.number}" for category in categories)
        else:
            found.append(clause)
    return tuple(found)


def citations(project: Project, clauses: tuple[str, ...], leading: str) -> Text:
    """Cite the leading clause with its words, and name the others.

    A verified wording is quoted in Chinese; of any other our own words are given, and that is said.
    """
    law, _, number = leading.partition("/")
    where, title = _where(project, law, number), _title(project, law)
    said = _words(project, law, number)
    english = f"{title.en}, {where.en}{said.en}."
    chinese = f"{title.zh}{where.zh}{said.zh}。"
    others = [_other(project, clause, law) for clause in clauses if clause != leading]
    if others:
        english += f" See also {'; '.join(other.en for other in others)}."
        chinese += f"另见{'；'.join(other.zh for other in others)}。"
    return Text(english, chinese)


def named(project: Project, clause: str) -> Text:
    """Name a clause, its number first in English: `article 4 of …`."""
    law, _, number = clause.partition("/")
    where, title = _where(project, law, number), _title(project, law)
    return Text(f"{where.en} of {title.en}", f"{title.zh}{where.zh}")


def _other(project: Project, clause: str, known: str) -> Text:
    """Name a clause; without its law where that has just been named."""
    law, _, number = clause.partition("/")
    where, title = _where(project, law, number), _title(project, law)
    return where if law == known else Text(f"{title.en}, {where.en}", f"{title.zh}{where.zh}")


def _policy(project: Project, law: str) -> Policy | None:
    return next((policy for policy in project.policies if policy.id == law), None)


def _title(project: Project, law: str) -> Text:
    policy = _policy(project, law)
    return Text(policy.title_en, f"《{policy.title_zh}》") if policy else Text(law, f"{law} ")


def _where(project: Project, law: str, number: str) -> Text:
    policy = _policy(project, law)
    for category in policy.categories if policy else ():
        if number == f"5.{category.number}":
            return Text(
                f"article 5, category {category.number} ({_inside(category.name_en)})",
                f"第5条第{category.number}类（{category.name_zh}）",
            )
    if not number[:1].isdigit():  # a name of ours, where numbers are not known
        return Text(f'on "{number}"', f"“{number}”")
    return Text(f"item {number}", f"第{number}项") if "." in number else Text(f"article {number}", f"第{number}条")


def _words(project: Project, law: str, number: str) -> Text:
    policy = _policy(project, law)
    articles = policy.articles if policy else ()
    article = next((article for article in articles if article.id.rpartition("/")[2] == number), None)
    if article is None:
        return Text("", "")
    if article.verified:
        english = article.text_en or article.summary_en
        chinese = f"“{article.text_zh.rstrip('。；')}”" if article.text_zh else article.summary_zh
        doubt = Text("", "")
    else:
        english, chinese = article.summary_en, article.summary_zh
        doubt = Text(f" ({NOT_VERIFIED.en})", f"（{NOT_VERIFIED.zh}）")
    english, chinese = english.rstrip(".;"), chinese.rstrip("。；")
    return Text(
        f"{': ' if english else ''}{english}{doubt.en}",
        f"{'：' if chinese else ''}{chinese}{doubt.zh}",
    )


def necessary(project: Project, categories: tuple[Category, ...]) -> tuple[Text, ...]:
    """List what the basic service of each category needs."""
    return tuple(_necessary(project, category) for category in categories)


def _necessary(project: Project, category: Category) -> Text:
    kind = app_kind((category,))
    service = Text(_inside(category.basic_service_en), category.basic_service_zh)
    doubt = Text("", "") if category.verified else Text(f" ({NOT_VERIFIED.en})", f"（{NOT_VERIFIED.zh}）")
    if not category.clauses:
        return Text(
            f"the basic service of {kind.en} is {service.en}; no personal information is necessary for it{doubt.en}",
            f"{kind.zh}的基本功能服务为{service.zh}，不需要个人信息{doubt.zh}",
        )
    items = [_item(project, category, clause) for clause in category.clauses]
    english = "; ".join(item.en for item in items)
    chinese = "；".join(item.zh for item in items)
    return Text(
        f"the basic service of {kind.en} is {service.en}; necessary for it: {english}{doubt.en}",
        f"{kind.zh}的基本功能服务为{service.zh}，必要个人信息为：{chinese}{doubt.zh}",
    )


def _item(project: Project, category: Category, clause: Clause) -> Text:
    if category.verified:
        text = Text(_inside(clause.text_en), f"“{clause.text_zh}”")
    elif clause.alternatives:
        sets = [names(project, alternative) for alternative in clause.alternatives]
        text = Text(" or ".join(each.en for each in sets), "或".join(each.zh for each in sets))
    else:
        text = names(project, clause.data)
    if clause.condition:
        return Text(
            f"{text.en} (only with the sub-service {clause.condition})", f"{text.zh}（仅限子服务 {clause.condition}）"
        )
    if clause.if_any and not category.verified:
        return Text(f"{text.en} (if there is one)", f"{text.zh}（如有）")
    return text


# --- the manifest -----------------------------------------------------------------------------------------------------


def manifest_name(project: Project) -> str:
    """Name the manifest's file, or the one to create."""
    return project.manifest.path or "privlint.toml"


def extended_function(project: Project, data: str) -> str:
    """Find a declared extended function of a kind that needs this data, or ""."""
    for function in project.manifest.manifest.function:
        category = project.categories.get(function.category)
        if category and project.clauses(category, data):
            return function.id
    return ""


def function_table(project: Project) -> Text:
    """Write the table that declares a new extended function."""
    head = f'[[{prefix(project)}function]]\nid = "extended-function"\n'
    return Text(f'{head}name = "What the user sees of it"', f'{head}name = "用户看到的功能名称"')


def collect_table(project: Project, data: str, app: App | None, function: str = "basic") -> Text:
    """Write the table that declares a data type."""
    consent = "separate" if function != "basic" or project.sensitive(data, app) else "policy"
    head = f'[[{prefix(project)}collect]]\ndata = "{data}"\n'
    tail = f'function = "{function}"\nconsent = "{consent}"'
    return Text(f'{head}purpose = "What the user gets for it"\n{tail}', f'{head}purpose = "为用户提供的功能"\n{tail}')


def prefix(project: Project) -> str:
    """Give what stands before the name of a table: `tool.privlint.` in a pyproject.toml."""
    return "tool.privlint." if project.manifest.path.rpartition("/")[2] == "pyproject.toml" else ""
