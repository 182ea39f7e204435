"""What a change adds to an app and removes from it: data types, permissions, third-party SDKs."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.finding import Finding, Text
from privlint.model.place import Place
from privlint.model.project import Severity

Matter = Literal["data", "permission", "sdk", "library"]  # library: a third party's code that the catalogue knows not


class Item(Struct, frozen=True, kw_only=True):
    """One thing that an app takes, asks for or brings."""

    matter: Matter
    id: str  # data-type id, full name of a permission, id of an SDK, group of coordinates
    name: Text
    place: Place  # the first that shows it
    judgement: Text = Text("", "")  # what the category's list says of it
    severity: Severity | None = None  # of the gravest active finding about it
    findings: tuple[Finding, ...] = ()  # active ones about it


class Drift(Struct, frozen=True, kw_only=True):
    """The difference between two states of an app."""

    reference: str  # as asked for
    commit: str  # that it is compared with
    app: Text = Text("", "")  # what kind of app it is: "a utilities app"
    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()  # active ones that only a comparison can make
    fail_on: str = "warning"
    incomplete: bool = False  # a file of one of the two states could not be examined
