"""What the project says of itself: the manifest (`privlint.toml`), decoded and placed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from privlint.model.place import Place

Side = Literal["consumer", "supply"]
Consent = Literal["policy", "permission", "separate"]
Severity = Literal["error", "warning", "info"]
DataId = Annotated[str, Meta(description="A data-type id, see `privlint explain`", examples=["precise-location"])]


class App(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One app: what it is and whom it serves."""

    name: str
    category: str  # one of the 39 ids, or "other"
    services: tuple[str, ...] = ()  # conditional sub-services (etc, rental, transfer …)
    side: Side = "consumer"
    minors: bool = False  # directed at children under 14
    policy: str = ""  # the published privacy policy: file or URL
    paths: tuple[str, ...] = ()  # only in [[apps]]: the folders of this app


class Function(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An extended function of the app."""

    id: str
    name: str
    category: str = ""  # judged as an extended function of that kind


class Collect(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A declaration: the app collects this, for that."""

    data: str
    purpose: str
    function: str = "basic"  # or the id of an extended function
    consent: Consent = "policy"
    basis: str = "consent"  # another legal basis (PIPL art. 13) needs a reason
    reason: str = ""
    recipient: str = "none"
    retention: str = ""
    subject: str = ""
    required: bool = False


class Sdk(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A third-party SDK that the app ships."""

    name: str
    purpose: str
    data: tuple[str, ...] = ()
    consent: Consent = "policy"
    notice: str = ""
    coordinates: tuple[str, ...] = ()


class ConsentSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What must be true before personal data is touched."""

    gates: tuple[str, ...] = ()


class Rights(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the code or page for each right is."""

    withdraw: str = ""
    correct: str = ""
    delete: str = ""
    close_account: str = ""
    access: str = ""


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """The complaint channel."""

    complaints: str = ""
    days: int = 15


class CheckSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How to check: never raised limits, never code."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}
    fail_on: Severity | Literal["never"] | None = None


class Waiver(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A finding that the team has decided to live with, until a day."""

    check: str
    path: str
    reason: str
    owner: str
    until: date


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of `privlint.toml`, or of `[tool.privlint]`."""

    app: App | None = None
    apps: tuple[App, ...] = ()
    function: tuple[Function, ...] = ()
    collect: tuple[Collect, ...] = ()
    sdk: tuple[Sdk, ...] = ()
    consent: ConsentSettings = ConsentSettings()
    rights: Rights = Rights()
    contact: Contact = Contact()
    check: CheckSettings = CheckSettings()
    waive: tuple[Waiver, ...] = ()


class LoadedManifest(Struct, frozen=True):
    """A manifest and where each of its keys stands."""

    manifest: Manifest
    path: str = ""  # relative to the root; "" when there is none
    places: dict[str, Place] = {}  # "collect.0.data" -> the value's place; "collect.0" -> the table's header

    def place(self, key: str) -> Place | None:
        """The place of a key, or of the nearest table around it."""
        while key not in self.places and "." in key:
            key = key.rpartition(".")[0]
        return self.places.get(key)
