"""A project in; all that its app takes, asks for and brings, each once, out: for comparing two states of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from privlint.checks import packaged, wording
from privlint.checks.harm import LEVEL
from privlint.model.drift import Item
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project


def listed(project: Project) -> tuple[Item, ...]:
    """List the data types, permissions, SDKs and unknown libraries, sorted."""
    found = [*_data(project), *_permissions(project), *_sdks(project)]
    first: dict[tuple[str, str], Item] = {}
    for item in found:
        first.setdefault((item.matter, item.id), item)
    return tuple(first[key] for key in sorted(first))


def weighed(project: Project, items: Iterable[Item], findings: Iterable[Finding]) -> tuple[Item, ...]:
    """Add to each item what the category says of it, and the active findings about it."""
    active = [one for one in findings if not one.suppressed]
    return tuple(_weighed(project, item, active) for item in items)


def kind(project: Project) -> Text:
    """Name the kind of app, where its category is judged."""
    known = {app.category: category for app in project.apps if (category := project.category_of(app))}
    return wording.app_kind(tuple(known.values())) if known else Text("", "")


def _data(project: Project) -> Iterator[Item]:
    for one in sorted(project.seen(), key=lambda seen: seen.place):
        if one.kind in {"collect", "field"} and one.place.path not in project.test_paths:
            for data in one.data:
                yield Item(matter="data", id=data, name=wording.name(project, data), place=one.place)


def _permissions(project: Project) -> Iterator[Item]:
    asked = project.declared.asked() if project.declared else ()
    for one in sorted(asked, key=lambda request: (request.reach != "release", request.place)):
        yield Item(matter="permission", id=one.name, name=Text(one.short, one.short), place=one.place)


def _sdks(project: Project) -> Iterator[Item]:
    for found in packaged.sdks(project):
        name = Text(found.sdk.name_en, found.sdk.name_zh)
        yield Item(matter="sdk", id=found.sdk.id, name=name, place=found.place)
    for group, dependencies in packaged.unknown(project).items():
        yield Item(matter="library", id=group, name=Text(group, group), place=dependencies[0].place)


def _weighed(project: Project, item: Item, findings: list[Finding]) -> Item:
    about = tuple(one for one in findings if _concerns(one, item))
    gravest = max((one.severity for one in about), key=LEVEL.__getitem__, default=None)
    return replace(item, judgement=_judgement(project, item), severity=gravest, findings=about)


def _concerns(finding: Finding, item: Item) -> bool:
    match item.matter:
        case "data":
            return item.id in finding.data and finding.check[3] in "124"
        case "permission":
            return finding.symbol == item.id
        case "sdk":
            return finding.symbol == f"sdk:{item.id}"
        case "library":
            return finding.symbol == f"unknown:{item.id}"


def _judgement(project: Project, item: Item) -> Text:
    """Say how a data type, or a permission's main data, stands with the category of the app at its place."""
    data = item.id if item.matter == "data" else _guarded(project, item)
    app = project.app_at(item.place.path)
    category = project.category_of(app)
    if not data or app is None or category is None:
        return Text("", "")
    kind_of = wording.app_kind((category,))
    match project.standing(app, data):
        case "necessary":
            return Text(f"necessary for the basic service of {kind_of.en}", f"{kind_of.zh}基本功能服务的必要个人信息")
        case "conditional":
            return Text(
                f"necessary for {kind_of.en} only with a sub-service that the manifest does not name",
                f"仅在清单未写明的子服务下为{kind_of.zh}所必要",
            )
        case _ if not category.clauses:
            return Text(
                f"not necessary for the basic service of {kind_of.en}, which needs none",
                f"不是{kind_of.zh}基本功能服务的必要个人信息（该类别无需任何个人信息）",
            )
        case _:
            return Text(
                f"not necessary for the basic service of {kind_of.en}", f"不是{kind_of.zh}基本功能服务的必要个人信息"
            )


def _guarded(project: Project, item: Item) -> str:
    rule = project.rules.permissions.get(item.id) if project.rules and item.matter == "permission" else None
    return rule.data[0] if rule and rule.judged else ""
