"""A request in; every setting that would govern its run, with the place that it comes from, out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from privlint.engine.session import Session
from privlint.engine.standing import file_of
from privlint.model.finding import Text
from privlint.model.limits import SECONDS_PER_FILE
from privlint.model.project import CheckSettings
from privlint.model.settings import Setting, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.project import LoadedManifest
    from privlint.model.request import Request

_DEFAULT = Text("the default", "默认")
_NONE = Text("none found", "没有找到")


def settings(request: Request) -> Settings:
    """Read the manifest that governs the request. Raises PrivlintError for one that is wrong."""
    session = Session(request)
    return Settings(manifest=session.manifest.path, settings=tuple(_settings(session)))


def _settings(session: Session) -> Iterator[Setting]:
    loaded = session.manifest
    manifest = loaded.manifest
    found = Text(loaded.path, loaded.path) if loaded.path else _NONE
    yield Setting(name="manifest", value=loaded.path, origin=found)
    file = file_of(session.root, session.request)
    there = os.path.lexists(file)
    name = os.path.basename(file)
    yield Setting(name="baseline", value=name if there else "", origin=Text(name, name) if there else _NONE)
    apps = (manifest.app,) if manifest.app else manifest.apps
    for index, app in enumerate(apps):
        key = "app" if manifest.app else f"apps.{index}"
        for field in ("name", "category", "services", "side", "minors", "policy"):
            yield _one(loaded, f"{key}.{field}", getattr(app, field))
    settings = manifest.check
    for field in CheckSettings.__struct_fields__:
        value = getattr(settings, field)
        yield _one(loaded, f"check.{field}", "warning" if field == "fail_on" and value is None else value)
    yield _one(loaded, "consent.gates", manifest.consent.gates)
    yield _one(loaded, "contact.complaints", manifest.contact.complaints)
    yield _one(loaded, "contact.days", manifest.contact.days)
    for table in ("function", "collect", "sdk", "waive"):
        number = len(getattr(manifest, table))
        yield Setting(name=f"[[{table}]]", value=str(number), origin=found if number else _DEFAULT)
    yield Setting(name="seconds for each file", value=str(SECONDS_PER_FILE), origin=_DEFAULT)


def _one(loaded: LoadedManifest, key: str, value: object) -> Setting:
    place = loaded.places.get(key)
    origin = Text(*[f"{place.path}:{place.start.line}"] * 2) if place else _DEFAULT
    return Setting(name=key, value=_written(value), origin=origin)


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(str(item) for item in value)
        case dict():
            return ", ".join(f"{key} = {item}" for key, item in sorted(value.items()))
        case _:
            return str(value)
