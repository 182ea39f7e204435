"""A request in; all that a privacy officer is shown of the run out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from privlint import discover
from privlint.checks import packaged
from privlint.engine.session import Session
from privlint.errors import ConfigurationError
from privlint.model.dossier import Asked, Dossier, Flow, Party, Service, Use
from privlint.model.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.declared import PermissionRequest
    from privlint.model.facts import Observation
    from privlint.model.judged import Project, Standing
    from privlint.model.place import Place
    from privlint.model.project import App, Collect
    from privlint.model.request import Request
    from privlint.model.rules import Category

_BASIC = Text("the basic service", "基本功能服务")
_ORDER: tuple[Standing, ...] = ("unnecessary", "conditional", "necessary", "unjudged")  # the gravest app decides


def dossier(request: Request) -> Dossier:
    """Examine what the request names, and put together what was found, declared and decided."""
    session = Session(request)
    report = session.report()
    project = session.project()
    manifest = session.manifest.manifest
    return Dossier(
        report=report,
        services=tuple(_service(project, app) for app in project.apps),
        flows=tuple(_flows(project)),
        permissions=tuple(_permissions(project)) if project.declared is not None else None,
        parties=tuple(_parties(project)),
        waivers=tuple(sorted(manifest.waive, key=lambda waiver: (waiver.until, waiver.check, waiver.path))),
        policies=project.policies,
        rights=manifest.rights,
        contact=manifest.contact,
        manifest_hash=_hash(session, request),
    )


def _service(project: Project, app: App) -> Service:
    category = project.categories.get(app.category)
    if category is None:
        return Service(name=app.name, category=app.category, supply=app.side == "supply")
    return Service(
        name=app.name,
        category=category.id,
        category_name=Text(category.name_en, category.name_zh),
        number=category.number,
        service=Text(category.basic_service_en, category.basic_service_zh),
        necessary=tuple(_needed(project, category)),
        verified=category.verified,
        supply=app.side == "supply",
    )


def _needed(project: Project, category: Category) -> Iterator[Text]:
    conditions = project.conditions
    for clause in category.clauses:
        kinds = [project.data_types[data] for data in clause.data if data in project.data_types]
        english, chinese = clause.text_en, clause.text_zh
        if not category.verified and kinds:
            english = ", ".join(kind.name_en for kind in kinds)
            chinese = "、".join(kind.name_zh for kind in kinds)
        condition = conditions.get(clause.condition)
        if condition is not None:
            english += f" (only with: {condition.name_en})"
            chinese += f"（仅限：{condition.name_zh}）"
        yield Text(english, chinese)


def _flows(project: Project) -> Iterator[Flow]:
    seen: dict[str, list[Observation]] = {}
    for one in project.seen():
        if one.kind in {"collect", "field"} and one.place.path not in project.test_paths:
            for data in one.data:
                seen.setdefault(data, []).append(one)
    manifest = project.manifest.manifest
    named = {table.data for table in manifest.collect}
    of_sdks = {data for sdk in manifest.sdk for data in sdk.data}
    for data in sorted({*seen, *named, *of_sdks}):
        kind = project.data_types.get(data)
        observed = seen.get(data, [])
        yield Flow(
            data=data,
            name=Text(kind.name_en, kind.name_zh) if kind else Text(data, data),
            sensitive=project.sensitive(data) or any(app.minors for app in project.apps),
            permanent=project.permanent(data),
            standing=_standing(project, data),
            places=tuple(sorted({one.place for one in observed})),
            symbols=tuple(sorted({one.symbol for one in observed if one.symbol})),
            uses=tuple(_use(project, table) for _, table in project.declarations(data)),
            sdks=tuple(sdk.name for sdk in manifest.sdk if data in sdk.data),
            permissions=tuple(sorted({name.rpartition(".")[2] for one in observed for name in one.permissions})),
            google_play=kind.google_play if kind else (),
            apple=kind.apple if kind else (),
        )


def _standing(project: Project, data: str) -> Standing:
    found = {project.standing(app, data) for app in project.apps} or {"unjudged"}
    return next(standing for standing in _ORDER if standing in found)


def _use(project: Project, table: Collect) -> Use:
    names = {function.id: function.name for function in project.manifest.manifest.function}
    name = names.get(table.function, table.function)
    return Use(
        data=table.data,
        purpose=table.purpose,
        function=_BASIC if table.function == "basic" else Text(name, name),
        basic=table.function == "basic",
        consent=table.consent,
        basis=table.basis,
        recipient="" if table.recipient.strip().lower() in {"", "none"} else table.recipient,
        retention=table.retention,
        subject=table.subject,
        required=table.required,
    )


def _permissions(project: Project) -> Iterator[Asked]:
    """Yield each permission that opens personal data, at the first place that asks for it."""
    declared, rules = project.declared, project.rules
    if declared is None or rules is None:
        return
    first: dict[str, PermissionRequest] = {}
    for one in declared.asked():
        if one.name in rules.permissions:
            first.setdefault(one.name, one)
    for name in sorted(first):
        kinds = [project.data_types[data] for data in rules.permissions[name].data if data in project.data_types]
        yield Asked(
            name=first[name].short,
            place=first[name].place,
            data=tuple(Text(kind.name_en, kind.name_zh) for kind in kinds),
            reach=first[name].reach,
        )


def _parties(project: Project) -> Iterator[Party]:
    """Yield the declared SDKs in the manifest's order, then those that were found and not declared."""
    found = packaged.sdks(project) if project.whole else ()
    places: dict[int, Place] = {}
    for one in found:
        entry = packaged.entry_for(project, one)
        if entry is not None:
            places.setdefault(entry[0], one.place)
    for index, sdk in enumerate(project.manifest.manifest.sdk):
        yield Party(
            name=Text(sdk.name, sdk.name),
            declared=True,
            place=places.get(index),
            purpose=sdk.purpose,
            data=tuple(_named(project, data) for data in sdk.data),
            consent=sdk.consent,
            notice=sdk.notice,
        )
    for one in found:
        if one.collects and packaged.entry_for(project, one) is None:
            yield Party(
                name=Text(_called(one.vendor.name_en, one.sdk.name_en), _called(one.vendor.name_zh, one.sdk.name_zh)),
                declared=False,
                place=one.place,
            )


def _named(project: Project, data: str) -> Text:
    kind = project.data_types.get(data)
    return Text(kind.name_en, kind.name_zh) if kind else Text(data, data)


def _called(vendor: str, sdk: str) -> str:
    return sdk if vendor.lower() in sdk.lower() else f"{vendor} {sdk}"


def _hash(session: Session, request: Request) -> str:
    if not session.manifest.path:
        return ""
    from hashlib import sha256

    file = os.path.abspath(request.config) if request.config else os.path.join(session.root, session.manifest.path)
    try:
        return sha256(discover.read_configuration(file)).hexdigest()
    except ConfigurationError:  # it has gone meanwhile
        return ""
