"""How an app takes personal data: how often, while nobody looks, and what it does with settings and contacts."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.flow import Step, Target, Trace
from privlint.model.place import Place


class Rate(Struct, frozen=True, kw_only=True):
    """A place that says how often something is taken."""

    kind: str  # id of what says it: location, sensor, timer, alarm, work, loop
    symbol: str
    place: Place
    data: tuple[str, ...]
    every: float  # milliseconds; 0: as often as the device can
    hint: bool = False  # only a bound on what other apps' requests bring
    target: Place | None = None  # what is taken, where it stands elsewhere


class Behind(Struct, frozen=True):
    """A place that takes something while the user need not be looking."""

    target: Target
    by: Literal["worker", "service", "receiver", "front"]  # front: each time the app comes to the front
    steps: tuple[Step, ...]  # from the routine that the system calls to the one that holds the target
    repeated: bool = False  # again and again: periodic work, a broadcast of the system


class Reset(Struct, frozen=True):
    """A place that turns consent on when the app was updated."""

    place: Place
    symbol: str
    name: str  # of the setting
    by: Literal["replaced", "version", "migration"]


class Sending(Struct, frozen=True):
    """A place that sends messages or invitations to the contacts."""

    place: Place
    symbol: str
    way: Literal["sms", "composed", "invitation"]  # sent, handed to the messaging app, given to an API that invites
    source: Place  # where the contacts are read
    steps: tuple[Step, ...] = ()  # calls between


class Manner(Struct, frozen=True):
    """All of it for one app."""

    rates: tuple[Rate, ...] = ()
    behind: tuple[Behind, ...] = ()
    resets: tuple[Reset, ...] = ()
    sendings: tuple[Sending, ...] = ()


class Followed(Struct, frozen=True):
    """What following the calls of an app gave."""

    trace: Trace = Trace()
    manner: Manner = Manner()
