"""Permissions that were refused in; which of them the declared service can do without, in words, out."""

from __future__ import annotations

from msgspec import Struct

from privlint.checks import wording
from privlint.model.finding import Text
from privlint.model.judged import Project

UNJUDGED = Text(
    "no category is declared that tells what the basic service needs, so this is only information",
    "没有声明可据以判断基本功能服务所需信息的类别，因此仅作提示",
)


class Held(Struct, frozen=True):
    """Permissions held against the category of an app."""

    unnecessary: tuple[str, ...]  # full names
    unjudged: tuple[str, ...]  # of which nothing could be told
    data: tuple[str, ...]  # that the former guard
    notes: tuple[Text, ...]


def held(project: Project, permissions: tuple[str, ...], path: str) -> Held:
    """Hold permissions against the categories of the apps that a file belongs to."""
    apps = project.apps_at(path)
    rules = project.rules.permissions if project.rules else {}
    unnecessary: dict[str, None] = {}
    unjudged: dict[str, None] = {}
    data: dict[str, None] = {}
    notes: list[Text] = []
    for name in permissions:
        rule = rules.get(name)
        guarded = rule.data[0] if rule and rule.data else ""
        for app in apps or (None,):
            category = project.category_of(app)
            if category is None or not guarded:
                unjudged[name] = None
            elif project.standing(app, guarded) == "necessary" or (rule and category.id in rule.serves):
                continue
            else:
                unnecessary[name] = None
                data[guarded] = None
                kind, what = wording.app_kind((category,)), wording.name(project, guarded)
                notes.append(
                    Text(
                        f"{what.en}: not necessary for the basic service of {kind.en}",
                        f"{what.zh}：不是{kind.zh}基本功能服务所必需",
                    )
                )
    if not permissions:
        notes.append(
            Text(
                "which permission it is could not be told, so this is only information",
                "无法确定是哪项权限，因此仅作提示",
            )
        )
    elif not unnecessary and any(project.category_of(app) is None for app in apps or (None,)):
        notes.append(UNJUDGED)
    elif not unnecessary:
        notes.append(Text("this permission opens no personal data by itself", "该权限本身不涉及个人信息"))
    return Held(tuple(unnecessary), tuple(unjudged), tuple(data), tuple(dict.fromkeys(notes)))


def short(permissions: tuple[str, ...]) -> str:
    """Name permissions without their package."""
    return ", ".join(name.rpartition(".")[2] for name in permissions)
