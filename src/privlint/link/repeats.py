"""Timers, alarms, periodic work and waiting loops in, what they take again and again out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.link.around import leading, outers
from privlint.link.graph import Graph, Node, tail
from privlint.model.manner import Rate

if TYPE_CHECKING:
    from privlint.link.around import Aim, Reach
    from privlint.model.flow import FileFlow, Given, Site
    from privlint.model.manner_rules import MannerRules, Timer

CALLS = 2  # from what a timer runs to what it takes
_MILLISECONDS = {"ms": 1.0, "s": 1000.0, "us": 0.001}
_UNITS = {
    "MILLISECONDS": 1.0,
    "SECONDS": 1000.0,
    "MINUTES": 60_000.0,
    "HOURS": 3_600_000.0,
    "DAYS": 86_400_000.0,
}


class _Clock(Struct, frozen=True):
    """A place that runs something again and again."""

    kind: str
    site: Site
    every: float
    runs: frozenset[Node] = frozenset()  # what it runs
    region: tuple[str, int, int] = ("", 0, 0)  # or where it does


def repeats(graph: Graph, aims: Iterable[Aim], rules: MannerRules) -> Iterator[Rate]:
    """Find what is taken again and again, with the time between."""
    clocks = [clock for flow in graph.flows.values() for clock in _clocks(graph, flow, rules)]
    if not clocks:
        return
    for aim in aims:
        if aim.target.kind != "collect":
            continue
        best: Rate | None = None
        for reach in leading(graph, aim.target.place.path, aim.offset, CALLS):
            for clock in clocks:
                if _runs(graph, clock, reach) and (best is None or clock.every < best.every):
                    best = _rate(clock, aim)
        if best is not None:
            yield best


def _runs(graph: Graph, clock: _Clock, reach: Reach) -> bool:
    if clock.runs:
        same = reach.node.path == clock.site.place.path
        apart = same and _exclude(graph.flows[reach.node.path], clock.site.start, reach.offset)
        return reach.node in clock.runs and not apart
    path, start, end = clock.region
    return reach.node.path == path and start <= reach.offset < end


def _exclude(flow: FileFlow, one: int, other: int) -> bool:
    """Tell whether two places run under opposite conditions: what waits and comes back takes nothing until then."""
    here = {(guard.words, guard.holds) for guard in flow.guards if guard.start <= one < guard.end}
    there = {(guard.words, not guard.holds) for guard in flow.guards if guard.start <= other < guard.end}
    return not here.isdisjoint(there)


def _rate(clock: _Clock, aim: Aim) -> Rate:
    target = aim.target
    return Rate(
        kind=clock.kind,
        symbol=target.symbol,
        place=clock.site.place,
        data=target.data,
        every=clock.every,
        target=target.place,
    )


def _clocks(graph: Graph, flow: FileFlow, rules: MannerRules) -> Iterator[_Clock]:
    for site in flow.sites:
        for timer in rules.timer:
            if site.form in {"call", "new"} and _called(site) in timer.members:
                yield from _timed(graph, flow, site, timer, rules)
        every = _wait(site, rules)
        if every is not None:
            inside = [one for one in flow.whiles if one[0] <= site.start < one[1] and _goes_on(flow, one, rules)]
            for start, end in inside[-1:]:
                yield _Clock("loop", site, every, region=(flow.path, start, end))


def _goes_on(flow: FileFlow, region: tuple[int, int], rules: MannerRules) -> bool:
    """Tell whether a loop ends only when it is stopped, and not when something has come about."""
    conditions = [one for one in flow.guards if (one.start, one.end) == region]
    return all(not set(rules.endless).isdisjoint(one.words) for one in conditions)


def _called(site: Site) -> str:
    if site.member != "Builder":
        return site.member
    return ".".join(site.owner.split(".")[-2:]) if site.form == "new" else f"{tail(site.owner)}.Builder"


def _timed(graph: Graph, flow: FileFlow, site: Site, timer: Timer, rules: MannerRules) -> Iterator[_Clock]:
    every = _period(site, timer, rules)
    if every is None or every <= 0 or len(site.arguments) < timer.least:
        return
    runs = frozenset(_run(graph, flow, site))
    if timer.again and not _calls_again(graph, flow, site, runs):
        return
    if runs:
        yield _Clock(timer.kind, site, every, runs)


def _period(site: Site, timer: Timer, rules: MannerRules) -> float | None:
    unit = _MILLISECONDS[timer.unit]
    if timer.unit_argument:
        named = next((_UNITS[word] for one in site.arguments for word in reversed(one.words) if word in _UNITS), None)
        unit = named if named is not None else unit
    by_name = [one for one in site.arguments if one.name and one.name in timer.named]
    by_place = [site.arguments[index] for index in timer.period if index < len(site.arguments)]
    for given in (*by_name, *by_place):
        if given.name and timer.named and given.name not in timer.named:
            continue
        every = _amount(given, unit, rules)
        if every is not None:
            return every
    return None


def _amount(given: Given, unit: float, rules: MannerRules) -> float | None:
    if given.amount is not None:
        return given.amount if given.duration else given.amount * unit
    return rules.constants.get(given.words[-1]) if given.words else None


def _wait(site: Site, rules: MannerRules) -> float | None:
    """The milliseconds that a call waits, if it is one that does."""
    if site.form != "call" or not site.arguments or site.arguments[0].amount is None:
        return None
    whole = f"{site.receiver}.{site.member}" if site.receiver else site.member
    given = site.arguments[0]
    amount = given.amount or 0.0
    if whole in rules.waits:
        return amount
    if whole in rules.waits_seconds:
        return amount if given.duration else amount * 1000
    return None


def _run(graph: Graph, flow: FileFlow, site: Site) -> Iterator[Node]:
    """The routines that a timer runs: lambdas and objects it is given, functions and classes that it is named."""
    for given in site.arguments:
        if given.routine >= 0:
            yield Node(flow.path, given.routine)
    names = {word for given in site.arguments if given.routine < 0 for word in given.words}
    for index, routine in enumerate(flow.routines):
        handed = routine.handed >= 0 and flow.sites[routine.handed].start == site.start
        named = routine.name in names and routine.name not in {"", "run"}
        if handed or named or (routine.method and routine.under and routine.under in names):
            yield Node(flow.path, index)
    if "this" in names:
        yield from (
            Node(flow.path, index) for index in outers(flow, site.routine) if flow.routines[index].name == "run"
        )
    for path, other in graph.flows.items():
        started = {kind.name for kind in other.kinds if tail(kind.name) in names}
        for index, routine in enumerate(other.routines):
            if routine.method and routine.owner in started and routine.name in _STARTED:
                yield Node(path, index)


_STARTED = frozenset({"doWork", "createWork", "startWork", "onReceive", "onStartCommand", "onHandleIntent", "run"})


def _calls_again(graph: Graph, flow: FileFlow, site: Site, runs: frozenset[Node]) -> bool:
    """Tell whether what a call runs once comes back to the call, and not only to try again for what is not there."""
    around = list(outers(flow, site.routine))
    if any(Node(flow.path, index) in runs for index in around):
        return not _is_retry(flow, site)
    names = {flow.routines[index].name for index in around} - {""}
    return any(
        one.member in names and not _is_retry(flow, one)
        for run in runs
        for one in graph.flows[run.path].sites
        if run.path == flow.path and run.index in outers(flow, one.routine)
    )


def _is_retry(flow: FileFlow, site: Site) -> bool:
    """Tell whether a place runs only where something is null: tried again until it is there."""
    return any(
        "null" in guard.words and not guard.holds and guard.start <= site.start < guard.end for guard in flow.guards
    )
