"""A dossier in; one JSON document out: all that the page shows. docs/report-json.md describes every key."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.dossier import Asked, Dossier, Flow, Party, Service
from privlint.model.finding import Text
from privlint.model.place import Place
from privlint.model.project import Contact, Rights, Waiver
from privlint.report import json, jsontext
from privlint.report.dossier import contents
from privlint.report.view import View

VERSION = 1


class _Spot(Struct, frozen=True):
    path: str
    line: int
    column: int


class _Flow(Struct, frozen=True, kw_only=True):
    data: str
    name: Text
    sensitive: bool
    permanent: bool
    standing: str
    declared: bool
    places: tuple[_Spot, ...]
    symbols: tuple[str, ...]
    uses: tuple[object, ...]
    sdks: tuple[str, ...]
    permissions: tuple[str, ...]
    google_play: tuple[str, ...]
    apple: tuple[str, ...]


class _Asked(Struct, frozen=True, kw_only=True):
    name: str
    place: _Spot
    data: tuple[Text, ...]
    reach: str


class _Party(Struct, frozen=True, kw_only=True):
    name: Text
    declared: bool
    place: _Spot | None
    purpose: str
    data: tuple[Text, ...]
    consent: str
    notice: str


class _Clause(Struct, frozen=True, kw_only=True):
    id: str
    title: Text
    text: Text
    verified: bool
    findings: int


class _Document(Struct, frozen=True, kw_only=True):
    version: int
    state: str
    headline: Text
    services: tuple[Service, ...]
    flows: tuple[_Flow, ...]
    permissions: tuple[_Asked, ...] | None
    third_parties: tuple[_Party, ...]
    clauses: tuple[_Clause, ...]
    waivers: tuple[Waiver, ...]
    rights: Rights
    contact: Contact
    manifest_sha256: str | None
    report: json.Document


def render(dossier: Dossier, _view: View) -> Iterator[str]:
    """Yield the lines of the document; both languages are in it."""
    return jsontext.lines(
        _Document(
            version=VERSION,
            state=contents.state(dossier),
            headline=contents.headline(dossier),
            services=dossier.services,
            flows=tuple(_flow(flow) for flow in dossier.flows),
            permissions=None if dossier.permissions is None else tuple(_asked(one) for one in dossier.permissions),
            third_parties=tuple(_party(party) for party in dossier.parties),
            clauses=tuple(_clause(clause) for clause in contents.clauses(dossier)),
            waivers=dossier.waivers,
            rights=dossier.rights,
            contact=dossier.contact,
            manifest_sha256=dossier.manifest_hash or None,
            report=json.document(dossier.report),
        )
    )


def _spot(place: Place) -> _Spot:
    return _Spot(place.path, place.start.line, place.start.column)


def _flow(flow: Flow) -> _Flow:
    return _Flow(
        data=flow.data,
        name=flow.name,
        sensitive=flow.sensitive,
        permanent=flow.permanent,
        standing=flow.standing,
        declared=bool(flow.uses or flow.sdks),
        places=tuple(_spot(place) for place in flow.places),
        symbols=flow.symbols,
        uses=flow.uses,
        sdks=flow.sdks,
        permissions=flow.permissions,
        google_play=flow.google_play,
        apple=flow.apple,
    )


def _asked(asked: Asked) -> _Asked:
    return _Asked(name=asked.name, place=_spot(asked.place), data=asked.data, reach=asked.reach)


def _party(party: Party) -> _Party:
    return _Party(
        name=party.name,
        declared=party.declared,
        place=_spot(party.place) if party.place else None,
        purpose=party.purpose,
        data=party.data,
        consent=party.consent,
        notice=party.notice,
    )


def _clause(clause: contents.Clause) -> _Clause:
    return _Clause(id=clause.id, title=clause.title, text=clause.text, verified=clause.verified, findings=clause.number)
