"""All that a privacy officer is shown of one run: the verdict's grounds, the way of the data, and what was decided."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Report, Text
from privlint.model.judged import Standing
from privlint.model.place import Place
from privlint.model.project import Contact, Rights, Waiver
from privlint.model.rules import Policy


class Service(Struct, frozen=True, kw_only=True):
    """One app, and what the basic service of its category needs."""

    name: str
    category: str  # its id
    category_name: Text | None = None  # None: no category of the law
    number: int = 0  # of the category in article 5
    service: Text | None = None
    necessary: tuple[Text, ...] = ()  # the clauses, in the law's words where they are verified
    verified: bool = False
    supply: bool = False  # the supply side, which the 2021 provisions do not cover


class Use(Struct, frozen=True, kw_only=True):
    """One purpose that the manifest declares for a data type."""

    data: str  # of the table: the flow's own, or a type that includes it
    purpose: str
    function: Text  # the basic service, or the name of an extended function
    basic: bool
    consent: str  # policy, permission or separate
    basis: str = "consent"
    recipient: str = ""  # "" for nobody
    retention: str = ""
    subject: str = ""
    required: bool = False  # the function does not work without it


class Flow(Struct, frozen=True, kw_only=True):
    """The way of one data type: where it comes from, what for, and who gets it."""

    data: str
    name: Text
    sensitive: bool
    permanent: bool
    standing: Standing
    places: tuple[Place, ...] = ()  # in the code, sorted
    symbols: tuple[str, ...] = ()  # what gives it
    uses: tuple[Use, ...] = ()  # declared for it by its own name, or by that of a type that includes it
    sdks: tuple[str, ...] = ()  # third parties that take it, as declared
    permissions: tuple[str, ...] = ()  # that guard what the code does
    google_play: tuple[str, ...] = ()  # data types of the stores
    apple: tuple[str, ...] = ()


class Asked(Struct, frozen=True, kw_only=True):
    """A permission that the build files ask for and that opens personal data."""

    name: str
    place: Place
    data: tuple[Text, ...]
    reach: str  # release or debug


class Party(Struct, frozen=True, kw_only=True):
    """A third-party SDK, as declared, as found, or both."""

    name: Text
    declared: bool
    place: Place | None = None  # where it was found
    purpose: str = ""
    data: tuple[Text, ...] = ()
    consent: str = ""
    notice: str = ""


class Dossier(Struct, frozen=True, kw_only=True):
    """The whole."""

    report: Report
    services: tuple[Service, ...]  # the apps of the manifest; none where there is no category
    flows: tuple[Flow, ...]  # sorted by id
    permissions: tuple[Asked, ...] | None  # None: no build file was read
    parties: tuple[Party, ...]
    waivers: tuple[Waiver, ...]
    policies: tuple[Policy, ...]
    rights: Rights
    contact: Contact
    manifest_hash: str = ""  # SHA-256 of the manifest's bytes; "" without one
