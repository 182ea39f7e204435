"""What `rules/sdks/` says: third-party SDKs, how a project shows that it has one, and how the SDK is told of consent.

Every fact is from memory unless `verified`; a verified fact names the source where it was read. What an SDK collects
is only ever said from its vendor's published notice: an SDK without `data` has a notice that nobody read here.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from privlint.model.rules import Constraint

SdkKind = Literal[
    "account",  # log in with an account of the vendor
    "ads",
    "analytics",
    "anti-fraud",  # device fingerprints and risk scores
    "attribution",  # from which advertisement an installation came
    "captcha",
    "cast",  # shows the screen on another device
    "consent",  # asks for consent and keeps the answers
    "crash",  # crashes and performance
    "customer-service",
    "download",
    "face",
    "family",  # several products of a vendor below one package; which one is not known
    "hardening",
    "hotfix",
    "identifier",  # gives or makes a device identifier
    "im",
    "kit",  # several functions of the vendor's platform: HMS, Play services
    "library",  # code that runs in the app for the app, and is not known to talk to its author
    "location",
    "map",
    "media",
    "ocr",
    "one-tap-login",  # the operator gives the phone number
    "payment",
    "push",
    "rtc",  # calls with voice and picture
    "session-replay",
    "shopping",
    "social",  # log in to a social network, share to it
    "speech",
    "storage",
    "webview",
]


class Vendor(Struct, frozen=True, forbid_unknown_fields=True):
    """Who makes the SDKs of one file, and where their notices are published."""

    id: str
    name_en: str
    name_zh: str
    country: str = ""  # ISO 3166-1 code of the vendor's seat; "" where nobody looked
    notices: tuple[str, ...] = ()  # addresses that were read; never guessed
    note: str = ""
    note_zh: str = ""


class Artifact(Struct, frozen=True, forbid_unknown_fields=True):
    """Maven coordinates of an SDK (`[[sdk.artifact]]`)."""

    coordinates: tuple[str, ...]  # group:artifact; the artifact may be `*`, or end in it
    source: str = ""
    verified: bool = False


class Package(Struct, frozen=True, forbid_unknown_fields=True):
    """Java packages of an SDK (`[[sdk.package]]`): whoever imports what lies below one uses the SDK."""

    prefixes: tuple[str, ...]  # whole parts of a name: "com.umeng" holds com.umeng.analytics and not com.umengine
    within: str = ""  # id of another vendor below whose prefix these lie, and why that is right
    reason: str = ""
    source: str = ""
    verified: bool = False


class Initialiser(Struct, frozen=True, forbid_unknown_fields=True):
    """Calls that start an SDK (`[[sdk.initialiser]]`): from here on it may collect."""

    owner: str = field(name="class")
    members: tuple[str, ...]
    source: str = ""
    verified: bool = False


class ConsentCall(Struct, frozen=True, forbid_unknown_fields=True):
    """A call that tells an SDK of consent (`[[sdk.consent]]`). `when` is what its arguments must be to mean that."""

    owner: str = field(name="class")
    members: tuple[str, ...]
    means: Literal["informed", "given", "refused", "prepare", "required", "asks"]
    # informed: the user was shown the policy · given · refused: refused or withdrawn · prepare: made for the time
    # before consent · required: the SDK waits for consent from now on · asks: the SDK asks the user itself
    when: tuple[Constraint, ...] = ()
    known: bool = True  # False: which arguments mean it is not known
    note_en: str = ""
    note_zh: str = ""
    source: str = ""
    verified: bool = False


class Switch(Struct, frozen=True, forbid_unknown_fields=True):
    """A way to turn off what an SDK takes and need not (`[[sdk.switch]]`)."""

    kind: Literal["call", "override", "manifest"]
    # call: `when` is what its arguments must be to turn it off; none: the call itself does
    # override: the app overrides the members, and `off` is what they return · manifest: a <meta-data>, `off` its value
    members: tuple[str, ...]  # names of methods or of <meta-data>
    owner: str = field(name="class", default="")
    when: tuple[Constraint, ...] = ()
    off: str = ""
    turns: Literal["off", "on", "mask"] = "off"  # on: nothing is taken without it · mask: it hides what it is given
    known: bool = True  # False: which arguments or value turn it off is not known
    data: tuple[str, ...] = ()  # data types that it is about; only where verified
    note_en: str = ""
    note_zh: str = ""
    source: str = ""
    verified: bool = False


class Provider(Struct, frozen=True, forbid_unknown_fields=True):
    """A provider in the SDK's own manifest, by which it runs before any code of the app (`[[sdk.provider]]`)."""

    name: str  # full name of the class, as a manifest names it
    authority: str = ""  # with ${applicationId} where the app's id stands in it
    remove: str = ""  # what to write in AndroidManifest.xml to keep it from starting
    note_en: str = ""  # what it does there
    note_zh: str = ""
    source: str = ""
    verified: bool = False
    starts: bool = True  # False: it only watches, and what it brings is started elsewhere


class Collected(Struct, frozen=True, forbid_unknown_fields=True):
    """What a published notice of the vendor says that an SDK takes (`[[sdk.data]]`)."""

    data: tuple[str, ...]
    source: str
    optional: bool = False  # only where the app switches it on, grants a permission or passes it
    verified: bool = True
    note: str = ""
    note_zh: str = ""


class Sdk(Struct, frozen=True, forbid_unknown_fields=True):
    """One third-party SDK (`[[sdk]]`)."""

    id: str
    name_en: str
    name_zh: str
    kind: SdkKind
    read: str  # the date on which its facts were read
    artifacts: tuple[Artifact, ...] = field(name="artifact", default=())
    packages: tuple[Package, ...] = field(name="package", default=())
    initialisers: tuple[Initialiser, ...] = field(name="initialiser", default=())
    consents: tuple[ConsentCall, ...] = field(name="consent", default=())
    switches: tuple[Switch, ...] = field(name="switch", default=())
    providers: tuple[Provider, ...] = field(name="provider", default=())
    data: tuple[Collected, ...] = ()  # none: not stated
    note: str = ""
    note_zh: str = ""

    @property
    def stated(self) -> tuple[str, ...]:
        """The data types that a notice of the vendor says it takes, whatever the app does; each once."""
        return tuple(dict.fromkeys(data for one in self.data if not one.optional for data in one.data))


class SdkRules(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/sdks/`."""

    vendor: Vendor
    sdk: tuple[Sdk, ...]
