"""A session and a position in; what is to be told of that place out. Nothing is examined for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.checks import telling
from privlint.model.finding import Text

if TYPE_CHECKING:
    from privlint.engine.session import Session
    from privlint.model.place import Place, Position
    from privlint.model.told import Told


def at(session: Session, path: str, position: Position) -> tuple[Told, ...]:
    """Tell what the code at a position of an updated file does with personal data."""
    project = session.project_of(path)
    return tuple(telling.told(project, one) for one in project.observations if _covers(one.place, position))


def summary(session: Session, path: str) -> tuple[tuple[str, Text, int], ...]:
    """List the data types that an updated file takes: id, name and the number of places, sorted by id."""
    project = session.project_of(path)
    places: dict[str, set[Place]] = {}
    for one in project.seen():
        if one.kind in {"collect", "field"}:
            for data in one.data:
                places.setdefault(data, set()).add(one.place)
    return tuple((data, _name(session, data), len(places[data])) for data in sorted(places))


def _name(session: Session, data: str) -> Text:
    kind = next((kind for kind in session.law.data_types if kind.id == data), None)
    return Text(kind.name_en, kind.name_zh) if kind else Text(data, data)


def _covers(place: Place, position: Position) -> bool:
    return place.start <= position <= place.end
