"""What the project says of itself: the manifest (`privlint.toml`), decoded and placed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from privlint.model.place import Place

Side = Literal["consumer", "supply"]
Consent = Literal["policy", "permission", "separate"]
Severity = Literal["error", "warning", "info"]


class App(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One app: what it is and whom it serves."""

    name: str  # as users know it
    category: str  # the main service: one of the 39 ids, or "other"
    services: tuple[str, ...] = ()  # conditional sub-services (etc, rental, transfer …)
    side: Side = "consumer"  # "supply" for an app of drivers, couriers or merchants
    minors: bool = False  # directed at children under 14
    policy: str = ""  # the published privacy policy: file or URL
    policy_version: str = ""  # of the policy; raised when what users are told changes
    paths: tuple[str, ...] = ()  # only in [[apps]]: the folders of this app


class Function(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An extended function of the app."""

    id: str  # what `collect.function` calls it
    name: str  # what users know it as
    category: str = ""  # judged as an extended function of that kind


class Collect(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A declaration: the app collects this, for that."""

    data: str  # a data-type id
    purpose: str  # what it is taken for, in words for users
    function: str = "basic"  # or the id of an extended function
    consent: Consent = "policy"  # how the user agrees; sensitive data needs "separate", which a system dialog is not
    basis: str = "consent"  # another legal basis (PIPL art. 13) needs a reason
    reason: str = ""  # why another basis than consent holds
    recipient: str = "none"  # who else gets it
    retention: str = ""  # how long it is kept
    subject: str = ""  # whose data it is, where not the user's own
    required: bool = False  # the function does not work without it


class Sdk(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A third-party SDK that the app ships."""

    name: str  # of the SDK, with its vendor
    purpose: str  # what the app uses it for
    data: tuple[str, ...] = ()  # data-type ids that it takes
    consent: Consent = "policy"  # how the user agrees
    notice: str = ""  # the vendor's published notice
    coordinates: tuple[str, ...] = ()  # how the build names it: group:artifact


class ConsentSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What must be true before personal data is touched."""

    gates: tuple[str, ...] = ()  # full names of the functions or properties that say whether the user agreed


class Rights(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the code or page for each right is."""

    withdraw: str = ""  # withdraw consent
    correct: str = ""  # correct personal data
    delete: str = ""  # delete personal data
    close_account: str = ""  # close the account
    access: str = ""  # see and copy personal data
    opt_out: str = ""  # turn off advertisements, recommendations and push that personal data choose


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """The complaint channel."""

    complaints: str = ""  # address, telephone number or page
    days: int = 15  # within which complaints are answered


class CheckSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How to check: never raised limits, never code."""

    select: tuple[str, ...] = ()  # ids of the checks to run, or how they begin; none: all
    ignore: tuple[str, ...] = ()  # ids of checks to leave out, or how they begin
    exclude: tuple[str, ...] = ()  # files to leave out, written as in .gitignore
    severity: dict[str, Severity] = {}  # by check id
    fail_on: Severity | Literal["never"] | None = None  # the least severity that makes the run fail


class Waiver(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A finding that the team has decided to live with, until a day."""

    check: str  # id of the check
    path: str  # of the file, from the manifest's folder
    reason: str  # why the team lives with it
    owner: str  # who answers for it
    until: date  # past that day the finding is active again


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


class Remark(Struct, frozen=True):
    """A comment that speaks to privlint, in the manifest or in a build file."""

    text: str
    place: Place
    alone: bool  # on a line of its own
    covers: tuple[int, int] = (0, 0)  # lines, from 1, inclusive; the manifest's are found from its tables
    attribute: bool = False  # what `tools:ignore` of an XML element says


class LoadedManifest(Struct, frozen=True):
    """A manifest and where each of its keys stands."""

    manifest: Manifest
    path: str = ""  # relative to the root; "" when there is none
    places: dict[str, Place] = {}  # "collect.0.data" -> the value's place; "collect.0" -> the table's header
    remarks: tuple[Remark, ...] = ()
    headers: tuple[int, ...] = ()  # lines on which a table begins

    def place(self, key: str) -> Place | None:
        """The place of a key, or of the nearest table around it."""
        while key not in self.places and "." in key:
            key = key.rpartition(".")[0]
        return self.places.get(key)
