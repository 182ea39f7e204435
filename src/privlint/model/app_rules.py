"""What checks hold an app's build files and texts against: permissions, SDKs, and the words of privacy policies.

`rules/permissions/` and `rules/lexicon/` are decoded straight into these records, so the records document the format.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.manner_rules import MannerRules
from privlint.model.sdks import SdkRules

# --- permissions ------------------------------------------------------------------------------------------------------


class Narrower(Struct, frozen=True, forbid_unknown_fields=True):
    """A way that needs less than the permission does (`[permission.narrower]`)."""

    severity: Literal["warning", "info"]
    reach_en: str  # what the permission opens, as the end of "asks for …"
    reach_zh: str
    way_en: str  # what to do instead
    way_zh: str
    source: str
    unless: tuple[str, ...] = ()  # data types whose declaration settles it: the team has decided for the wide way


class PermissionRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One permission (`[[permission]]`)."""

    name: str  # full name
    data: tuple[str, ...] = ()  # what it guards; the first is what it is for. Left out where a sign says it already
    telling: bool = True  # nobody needs it but for these data: without a known use of them it is probably unused
    judged: bool = True  # held against the category: the permission opens personal data by itself
    used_by: tuple[str, ...] = ()  # coordinates of libraries that use it for the app: group:artifact, with `*`
    covered_by: tuple[str, ...] = ()  # wider permissions beside which this one says nothing more
    serves: tuple[str, ...] = ()  # categories whose basic service plainly works by it; our reading, not a list
    exact: bool = False  # its APIs fail without it, on every release: used and not asked for is a fault
    narrower: Narrower | None = None
    note: str = ""


class PermissionRules(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/permissions/`."""

    platform: Literal["android"]
    source: str
    read: str  # the date on which the facts were read
    permission: tuple[PermissionRule, ...]


# --- privacy policies -------------------------------------------------------------------------------------------------


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """How privacy policies call one kind of data (`[[words]]`), beside its own names."""

    data: tuple[str, ...]
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()  # lower case; whole words, the last of which may be in the plural
    firm: tuple[str, ...] = ()  # of these, or beside them: what means these data and nothing else (PRV906)


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of which a text that treats the topic has one (`[[topic]]`)."""

    id: Literal[
        "complaint",
        "contact",
        "deletion",
        "closing",
        "collection",
        "denial",
        "withdrawal",
        "placeholder",
        "opt-out",  # of what is chosen for the user by their data
        "flag",  # attributes and columns that mark something as deleted
        "erasing",  # calls that delete, or have it done
        "purging",  # what deletes later what was only marked
        "signing-in",  # components by which users come to an account
        "agreement",  # the documents that users agree to
        "assent",  # that they agree
        "assumed",  # that something else they do is taken for agreement
        "refusal",  # a button that says no
        "other-offer",  # something else that a box may be about: news, advertisements, renewal
        "improvement",  # purposes that are no reason to make users agree
        "vague-purpose",  # purposes that tell users nothing
    ]
    zh: tuple[str, ...]
    en: tuple[str, ...]
    ids: tuple[str, ...] = ()  # parts of the names that code gives to things: "privacy" in cbPrivacyPolicy
    code: tuple[str, ...] = ()  # how code and texts write it, in small letters, without spaces and underscores
    firm: tuple[str, ...] = ()  # words, of both languages, that need no other beside them
    whole: tuple[str, ...] = ()  # texts, of both languages, that treat the topic only where they say nothing else


class Script(Struct, frozen=True, forbid_unknown_fields=True):
    """Characters that only one of the two scripts of Chinese has (`[script]`)."""

    simplified: str
    traditional: str


class Lexicon(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/lexicon/`."""

    words: tuple[Words, ...] = ()
    topic: tuple[Topic, ...] = ()
    script: Script | None = None
    note: str = ""


# --- calls ------------------------------------------------------------------------------------------------------------


class ConsentWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How code names consent (`[consent]`): parts of names in small letters, and Chinese words of texts."""

    says: tuple[str, ...]
    says_zh: tuple[str, ...]
    pairs: tuple[tuple[str, ...], ...]  # the first part says it only beside one of the others
    before: tuple[str, ...]  # a flag with such a part is true before the user has answered
    first_start: tuple[str, ...]  # and with such a part it tells the first start
    opted: tuple[str, ...]  # a setting that the user turned on
    account: tuple[str, ...]  # a log-in
    agrees: tuple[str, ...]
    agrees_zh: tuple[str, ...]
    refuses: tuple[str, ...]
    refuses_zh: tuple[str, ...]
    stored: tuple[str, ...]  # what reads a stored value
    plain: tuple[str, ...]  # a condition of these is nobody's choice: it may as well hold
    brought: tuple[str, ...]  # what another component handed over: a condition of it holds at no plain start


class PermissionWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How code asks whether it holds a permission (`[permission]`)."""

    checks: tuple[str, ...]
    asks: tuple[str, ...]  # methods that ask the user for permissions
    harmless: tuple[str, ...]  # permissions that open no personal data
    contracts: tuple[str, ...]  # of what is launched to ask for them


class RunWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What runs by itself and what waits (`[runs]`)."""

    waits: tuple[str, ...]
    contents: tuple[str, ...]
    starts: tuple[str, ...]
    waiting_types: tuple[str, ...]
    running_types: tuple[str, ...]
    at_once: tuple[str, ...]
    triggered: tuple[str, ...]


StartKind = Literal["application", "factory", "provider", "initializer", "activity", "boot"]


class Start(Struct, frozen=True, forbid_unknown_fields=True):
    """What the system calls of a component when the app starts (`[[start]]`), in the order in which it does."""

    kind: StartKind
    methods: tuple[str, ...]


class CallWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`rules/lexicon/calls.toml`."""

    source: str
    read: str
    consent: ConsentWords
    permission: PermissionWords
    runs: RunWords
    start: tuple[Start, ...]


# --- refusal ----------------------------------------------------------------------------------------------------------


class EndWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How code ends the app (`[ends]`)."""

    app: tuple[str, ...]
    qualified: tuple[str, ...]
    screen: tuple[str, ...]
    screens: tuple[str, ...]
    stops: tuple[str, ...]
    stoppable: tuple[str, ...]
    running: tuple[str, ...]
    unless: tuple[str, ...]
    leads: tuple[str, ...]
    leads_to: tuple[str, ...]
    answers: tuple[str, ...]


class DeniedWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How code learns that a permission was refused (`[denied]`)."""

    callbacks: tuple[str, ...]
    annotations: tuple[str, ...]
    results: tuple[str, ...]
    answers: tuple[str, ...]
    registers: tuple[str, ...]
    says: tuple[str, ...]
    asking: tuple[str, ...]
    libraries: tuple[str, ...]
    files: tuple[str, ...]
    turned: tuple[str, ...]


class RefuseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How dialogs let the user say no (`[refuses]`)."""

    firm: tuple[str, ...]
    weak: tuple[str, ...]
    firm_zh: tuple[str, ...]
    weak_zh: tuple[str, ...]
    permission: tuple[str, ...]
    permission_zh: tuple[str, ...]
    opens: tuple[str, ...]
    cancelable: tuple[str, ...]
    buttons: tuple[str, ...]
    settings: tuple[str, ...]


class AskWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How code asks for permissions, and tells why (`[asks]`)."""

    names: tuple[str, ...]
    at_once: tuple[str, ...]
    collects: tuple[str, ...]
    resumes: tuple[str, ...]
    kept: tuple[str, ...]
    explains: tuple[str, ...]
    explains_zh: tuple[str, ...]


class PermissionGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """Permissions that open one kind of thing (`[[group]]`), by their names without the package."""

    id: str
    name_en: str
    name_zh: str
    permissions: tuple[str, ...]


class Together(Struct, frozen=True, forbid_unknown_fields=True):
    """Groups that one function plainly needs together (`[[together]]`)."""

    groups: tuple[str, ...]


class RefusalWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`rules/lexicon/refusal.toml`."""

    source: str
    read: str
    ends: EndWords
    denied: DeniedWords
    refuses: RefuseWords
    asks: AskWords
    group: tuple[PermissionGroup, ...]
    together: tuple[Together, ...]


# --- libraries --------------------------------------------------------------------------------------------------------


class Libraries(Struct, frozen=True, forbid_unknown_fields=True):
    """`rules/libraries.toml`: Maven groups that are nobody's SDK; a pattern may end in `*`."""

    platform: tuple[str, ...] = ()  # the platform's and the language's own
    plain: tuple[str, ...] = ()  # code that runs in the app for the app
    telling: tuple[str, ...] = ()  # words in coordinates of what takes data to somebody


# --- for checks -------------------------------------------------------------------------------------------------------


class AppRules(Struct, frozen=True):
    """All of it, compiled: opened only by a run over an app."""

    version: str  # hash of the rule files
    permissions: dict[str, PermissionRule] = {}  # by full name, with the data that signs say
    sdks: tuple[SdkRules, ...] = ()
    words: dict[str, Words] = {}  # by data type
    topics: dict[str, Topic] = {}
    script: Script = Script("", "")
    libraries: Libraries = Libraries()
    calls: CallWords | None = None
    manner: MannerRules | None = None
    refusal: RefusalWords | None = None
