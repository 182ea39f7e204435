"""What says how often, in the background, after an update and to whom: `rules/lexicon/manner.toml` in these records."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Unit = Literal["ms", "s", "us"]


class Interval(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A call, a constructor or a property that says how often something is taken (`[[interval]]`)."""

    kind: Literal["location", "sensor"]
    owner: str  # full name of the class, or how it begins where it ends in `*`
    members: tuple[str, ...]  # `<init>` for its constructor
    arguments: tuple[int, ...]  # the first of these that is a number
    unit: Unit = "ms"
    names: dict[str, float] = {}  # constants that stand for a number of milliseconds
    distance: int = -1  # argument with the metres that must be gone between two updates
    zero_once: bool = False  # 0 asks for one update
    hint: bool = False  # no request of its own: it only bounds what others' requests bring
    data: tuple[str, ...]
    source: str


class Timer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A call that runs something again and again (`[[timer]]`)."""

    kind: Literal["timer", "alarm", "work"]
    members: tuple[str, ...]
    period: tuple[int, ...] = ()  # arguments that may hold it, the first that is a number
    named: tuple[str, ...] = ()  # or by these names
    least: int = 0  # arguments without which it runs once
    unit: Unit = "ms"
    unit_argument: bool = False  # one of the arguments names the unit
    again: bool = False  # runs once: it repeats where what it runs calls it again
    source: str


class Often(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From which interval on taking something is worth a word (`[[often]]`)."""

    data: tuple[str, ...]
    kinds: tuple[str, ...] = ()  # of rates that it is for; none: any
    warning: float = 0  # seconds: shorter ones are a warning where the category is known and needs none
    info: float  # seconds: shorter ones are information
    categories: tuple[str, ...] = ()  # whose service needs it
    purposes_zh: tuple[str, ...] = ()  # a declared purpose with one of these words needs it
    purposes_en: tuple[str, ...] = ()
    reason_en: str
    reason_zh: str


class Background(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What counts as taken while the user need not be looking (`[background]`)."""

    data: tuple[str, ...]
    grave: tuple[str, ...]  # of which it is a warning: hardly a service needs them unseen
    front: tuple[str, ...]  # data that are telling where they are taken each time the app comes to the front
    workers: tuple[str, ...]  # ends of the names of classes
    worker_methods: tuple[str, ...]
    services: tuple[str, ...]
    service_methods: tuple[str, ...]
    receivers: tuple[str, ...]
    receiver_methods: tuple[str, ...]
    screens: tuple[str, ...]
    front_methods: tuple[str, ...]
    shows: tuple[str, ...]  # calls by which a service or worker shows that it runs
    periodic: tuple[str, ...]  # classes and calls that repeat a worker
    single: tuple[str, ...]  # those that run one once, mostly because the user did something
    actions: tuple[str, ...]  # broadcasts that the system sends by itself
    purposes_zh: tuple[str, ...]  # a declared purpose with one of these words speaks of it
    purposes_en: tuple[str, ...]


class Permanent(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where an identifier that cannot be reset is needed (`[permanent]`)."""

    purposes_zh: tuple[str, ...]
    purposes_en: tuple[str, ...]
    categories: tuple[str, ...]
    source: str


class Update(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What runs after an update, and what turns a setting on (`[update]`)."""

    versions: tuple[str, ...]  # names of the version of the app
    stored: tuple[str, ...]  # parts of the names of what keeps the version that ran before
    migrations: tuple[str, ...]  # names of routines that carry an old state over; `*` at the end for any
    replaced: tuple[str, ...]  # the broadcast that the app was updated
    sets: tuple[str, ...]  # calls that store a value under a name
    settings: tuple[str, ...]  # parts of the names of settings on personal data, beside consent
    beside: tuple[str, ...]  # parts that such a name needs beside them


class Invite(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What sends messages and invitations (`[invite]`)."""

    sends: tuple[str, ...]  # calls that send an SMS
    composes: tuple[str, ...]  # texts and names by which a message is handed to the messaging app
    invites: tuple[str, ...]  # parts of the names of calls that invite
    invites_zh: tuple[str, ...]
    derived: tuple[str, ...]  # names by which rows of the contacts are read
    purposes_zh: tuple[str, ...]
    purposes_en: tuple[str, ...]


class MannerRules(Struct, frozen=True, forbid_unknown_fields=True):
    """`rules/lexicon/manner.toml`."""

    source: str
    read: str
    interval: tuple[Interval, ...]
    timer: tuple[Timer, ...]
    often: tuple[Often, ...]
    once: tuple[str, ...]  # calls that limit updates to one
    sparing: tuple[str, ...]  # names of requests that cost nothing of their own
    priorities: tuple[str, ...]  # calls that say so of a request
    listeners: tuple[str, ...]  # what a lambda is handed to that is called when an update arrives
    stops: tuple[str, ...]  # calls that end updates
    arrivals: tuple[str, ...]  # what is called when an update arrives
    waits: tuple[str, ...]  # calls by which a loop waits; milliseconds
    waits_seconds: tuple[str, ...]  # seconds
    endless: tuple[str, ...]  # conditions of a loop that goes on until somebody stops it
    single: tuple[str, ...]  # calls that ask for one named thing: no list, however often and wherever
    constants: dict[str, float]  # of the platform, in milliseconds
    background: Background
    permanent: Permanent
    update: Update
    invite: Invite
