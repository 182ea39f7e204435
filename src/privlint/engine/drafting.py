"""A folder without a manifest in; what a first manifest for it would say out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import declare, discover, rulebook
from privlint.checks import packaged
from privlint.engine import naming, proposing
from privlint.engine.session import Session
from privlint.errors import UsageError
from privlint.model.draft import Draft, Taken, ThirdParty
from privlint.model.finding import Text
from privlint.model.project import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.judged import Project
    from privlint.model.request import Request

NAME = "privlint.toml"
_PLACES = 3  # that are named for each data type
_OTHER = Text("none of the 39 categories", "不属于 39 类中的任何一类")


def draft(request: Request, category: str) -> Draft:
    """Examine one folder. `category` is the user's choice, or "". Raises UsageError where there is a manifest."""
    folder = os.path.abspath(request.paths[0])
    _refuse_existing(folder)
    session = Session(replace(request, paths=(folder,)))
    report = session.report()
    project = session.project()
    inside = os.path.relpath(folder, session.root).replace(os.sep, "/")
    said = naming.read(folder, _declaring(folder))
    proposals = naming.propose(said, rulebook.open_rulebook())
    judged = category or (proposals[0].category if proposals else "other")
    name = naming.title(said, os.path.basename(folder) or "app")
    found = project.categories.get(category or "other")
    return Draft(
        name=name,
        category=category or "other",
        chosen=bool(category),
        category_name=Text(found.name_en, found.name_zh) if found else _OTHER,
        proposals=proposals,
        taken=tuple(_below(one, inside) for one in _taken(project, App(name=name, category=judged))),
        sdks=tuple(_sdks(project, inside)),
        report=report,
        policies=proposing.policies(folder),
    )


def _taken(project: Project, app: App) -> Iterator[Taken]:
    """Yield the data types to declare; one that another of equal standing includes needs no table of its own."""
    uses: dict[str, list[int]] = {}
    seen = [
        one for one in project.seen() if one.kind in {"collect", "field"} and one.place.path not in project.test_paths
    ]
    for index, one in enumerate(seen):
        for data in one.data:
            uses.setdefault(data, []).append(index)
    for data in sorted(uses):
        standing = project.standing(app, data)
        wider = (
            other
            for other in uses
            if other != data and data in project.includes(other) and project.standing(app, other) == standing
        )
        kind = project.data_types.get(data)
        if kind is None or next(wider, None) is not None:
            continue
        places = sorted({seen[index].place for index in uses[data]})
        category = project.category_of(app)
        clauses = project.clauses(category, data) if category and standing == "conditional" else ()
        yield Taken(
            data=data,
            name=Text(kind.name_en, kind.name_zh),
            sensitive=kind.sensitive,
            guarded=any(seen[index].permissions for index in uses[data]),
            standing=standing,
            services=tuple(dict.fromkeys(clause.condition for clause in clauses)),
            places=tuple(places[:_PLACES]),
            number=len(places),
        )


def _sdks(project: Project, inside: str) -> Iterator[ThirdParty]:
    """Yield the SDKs that may take data to somebody else, each once."""
    for found in packaged.sdks(project):
        if not found.collects:
            continue
        stated = sorted(found.sdk.stated)
        yield ThirdParty(
            name=Text(
                _called(found.vendor.name_en, found.sdk.name_en), _called(found.vendor.name_zh, found.sdk.name_zh)
            ),
            data=tuple(data for data in stated if data in project.data_types),
            notice=found.vendor.notices[0] if found.vendor.notices else "",
            coordinates=tuple(dict.fromkeys(one.name for one in found.dependencies)),
            path=found.place.path if inside == "." else found.place.path.removeprefix(f"{inside}/"),
            line=found.place.start.line,
        )


def _called(vendor: str, sdk: str) -> str:
    """Name an SDK with its vendor, once."""
    return sdk if vendor.lower() in sdk.lower() else f"{vendor} {sdk}"


def _below(taken: Taken, inside: str) -> Taken:
    """Name places as the new manifest will: from its own folder."""
    if inside == ".":
        return taken
    places = tuple(replace(place, path=place.path.removeprefix(f"{inside}/")) for place in taken.places)
    return replace(taken, places=places)


def _refuse_existing(folder: str) -> None:
    if not os.path.isdir(folder):
        raise UsageError(
            f"no such folder: {folder}",
            message_zh=f"没有这个文件夹：{folder}",
            hint="Name the folder of the app's sources.",
            hint_zh="请指定应用源代码所在的文件夹。",
        )
    found = declare.find(folder, discover.read_configuration)
    if found is None:
        return
    shown = os.path.relpath(found, folder).replace(os.sep, "/")
    raise UsageError(
        f"there is a manifest already: {shown}; nothing was written",
        message_zh=f"清单已存在：{shown}；没有写入任何内容",
        hint="`privlint check` says what it lacks.",
        hint_zh="`privlint check` 会指出其中缺少的内容。",
    )


def _declaring(folder: str) -> discover.Scope:
    return discover.Scope(root=folder, suffixes={}, declaring=True)
