"""What `privlint init` found out: the app's name, which category it may be of and why, and what its code takes."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Report, Text
from privlint.model.judged import Standing
from privlint.model.place import Place

# How a purpose begins that nobody has written yet; `PRV206` looks for it.
PLACEHOLDERS = ("TODO", "待填写")


class Sign(Struct, frozen=True):
    """A word that speaks for a category, and the file where it stands first."""

    word: str
    path: str  # "" for the name of the folder


class Proposal(Struct, frozen=True):
    """A category that the app may be of."""

    category: str
    name: Text
    signs: tuple[Sign, ...]  # the strongest first


class Taken(Struct, frozen=True, kw_only=True):
    """A data type that the code takes."""

    data: str
    name: Text
    sensitive: bool
    guarded: bool  # by a permission of the system
    standing: Standing  # with the chosen category, or else with the proposed one
    services: tuple[str, ...] = ()  # sub-services with which it would be necessary
    places: tuple[Place, ...] = ()  # where; the first few
    number: int = 0  # of all places


class ThirdParty(Struct, frozen=True, kw_only=True):
    """A third-party SDK that the app ships and that may take data."""

    name: Text  # with its vendor
    data: tuple[str, ...] = ()  # what its vendor's notice names
    notice: str = ""
    coordinates: tuple[str, ...] = ()
    path: str = ""  # where it comes from
    line: int = 0


class Draft(Struct, frozen=True, kw_only=True):
    """Everything that the drafted manifest says."""

    name: str  # of the app
    category: str  # as the user chose it, or "other"
    chosen: bool
    category_name: Text
    proposals: tuple[Proposal, ...]  # the likeliest first
    taken: tuple[Taken, ...]
    sdks: tuple[ThirdParty, ...]
    report: Report  # of the run behind it
    policies: tuple[str, ...] = ()  # files that may be the privacy policy, the likeliest first


def is_placeholder(text: str) -> bool:
    """Tell whether a text still waits to be written."""
    return text.strip().startswith(PLACEHOLDERS)
