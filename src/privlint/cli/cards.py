"""What `privlint explain` tells: one record for each kind of thing. `--format json` prints them as they are."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Text


class CheckCard(Struct, frozen=True, kw_only=True, tag="check", tag_field="kind"):
    """A check, or the reason for which a path was not examined."""

    id: str
    name: Text
    severity: str = ""
    clauses: tuple[str, ...] = ()
    text: Text  # Markdown


class Source(Struct, frozen=True, kw_only=True):
    """One entry of the catalogue that gives a data type."""

    family: str
    kind: str
    symbol: str  # class.member, or the values of a sign
    gives: str  # the data type it gives; that may be one that includes the one asked for
    act: str
    when: tuple[Text, ...] = ()
    permissions: tuple[str, ...] = ()
    since: int = 0
    deprecated: int = 0
    source: str = ""
    verified: bool = True


class Need(Struct, frozen=True, kw_only=True):
    """A category whose basic service needs a data type."""

    category: str
    number: int
    name: Text
    condition: str = ""  # the service with which it does


class DataTypeCard(Struct, frozen=True, kw_only=True, tag="data-type", tag_field="kind"):
    """A data type."""

    id: str
    name: Text
    group: Text
    sensitive: bool
    permanent: bool
    includes: tuple[str, ...]
    included_in: tuple[str, ...]
    google_play: tuple[str, ...]
    apple: tuple[str, ...]
    note: str
    note_zh: str = ""
    needed_by: tuple[Need, ...]
    sources: tuple[Source, ...]


class Item(Struct, frozen=True, kw_only=True):
    """One item of what a basic service needs; `text` are the law's words, and only there where they are verified."""

    text: Text | None
    names: Text  # in our words: the data types
    data: tuple[str, ...]
    subject: Text
    condition: str = ""
    condition_name: Text | None = None
    alternatives: tuple[tuple[str, ...], ...] = ()
    if_any: bool = False


class CategoryCard(Struct, frozen=True, kw_only=True, tag="category", tag_field="kind"):
    """A category of apps."""

    id: str
    number: int
    clause: str  # cn-necessary-2021/5.1
    name: Text
    basic_service: Text
    necessary: tuple[Item, ...]  # none: the basic service needs no personal information
    verified: bool
    verification: str
    note: str
    note_zh: str = ""


class ClauseCard(Struct, frozen=True, kw_only=True, tag="clause", tag_field="kind"):
    """An article or item of a legal text."""

    id: str
    law: Text
    number: str  # of the law
    in_force: str
    summary: Text
    text: Text | None  # only where verified
    verified: bool
    verification: str
    static: str  # can sources and manifest decide it: yes, partly, no; "" where nobody said
    checks: tuple[str, ...]  # the checks that rest on it
    source: str
    decided: Text | None = None  # what those checks decide
    undecided: Text | None = None  # what they do not, or why there is none
    note: str = ""


class LawCard(Struct, frozen=True, kw_only=True, tag="law", tag_field="kind"):
    """A legal text."""

    id: str
    name: Text
    number: str
    issued: str
    in_force: str
    source: str
    note: str
    note_zh: str = ""
    clauses: tuple[str, ...]


class Named(Struct, frozen=True, kw_only=True):
    """Coordinates or a package of an SDK."""

    name: str
    source: str = ""
    verified: bool = True


class Call(Struct, frozen=True, kw_only=True):
    """A call, an override or a setting by which an SDK starts, hears of consent, or leaves data alone."""

    symbol: str  # class.member, the name of a <meta-data>, or the class of a provider
    form: str  # call, override, manifest, provider
    effect: str  # start; what consent it tells: given, refused …; of a switch: off, on, mask
    when: tuple[Text, ...] = ()  # what its arguments must be for that effect
    value: str = ""  # what the override returns, or the setting holds, for that effect
    known: bool = True  # False: which arguments have that effect is not known
    data: tuple[str, ...] = ()
    remove: str = ""  # what to write in AndroidManifest.xml to keep it from running
    note: Text | None = None
    source: str = ""
    verified: bool = True


class Stated(Struct, frozen=True, kw_only=True):
    """Data that a published notice names."""

    data: tuple[str, ...]  # none: the notice says that there are none
    optional: bool
    source: str
    note: str = ""
    note_zh: str = ""


class SdkCard(Struct, frozen=True, kw_only=True, tag="sdk", tag_field="kind"):
    """A third-party SDK."""

    id: str
    name: Text
    vendor: str
    vendor_name: Text
    type: str
    type_name: Text
    coordinates: tuple[Named, ...]
    packages: tuple[Named, ...]
    starts: tuple[Call, ...]
    consent: tuple[Call, ...]
    switches: tuple[Call, ...]
    providers: tuple[Call, ...]
    data_stated: bool
    data: tuple[Stated, ...]
    notices: tuple[str, ...]  # that were read
    read: str
    note: str = ""
    note_zh: str = ""


class VendorCard(Struct, frozen=True, kw_only=True, tag="vendor", tag_field="kind"):
    """A vendor of several SDKs."""

    id: str
    name: Text
    country: str
    notices: tuple[str, ...]
    sdks: tuple[Named, ...]
    note: str = ""
    note_zh: str = ""


Card = CheckCard | DataTypeCard | CategoryCard | ClauseCard | LawCard | SdkCard | VendorCard
