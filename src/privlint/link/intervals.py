"""Calls that say how often updates come in, `Rate`s out: requestLocationUpdates, setScanSpan, registerListener."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from privlint.link.around import outers
from privlint.link.graph import Graph, tail
from privlint.model.manner import Rate

if TYPE_CHECKING:
    from privlint.link.around import Aim
    from privlint.model.flow import FileFlow, Given, Site
    from privlint.model.manner_rules import Interval, MannerRules
    from privlint.model.place import Place

FAR = 50  # metres between two updates, from which on the time between them says little
FEW = 10  # updates that are asked for: then it is over
_MILLISECONDS = {"ms": 1.0, "s": 1000.0, "us": 0.001}
_SCOPES = frozenset({"apply", "run", "also", "let", "with"})


def intervals(graph: Graph, aims: Iterable[Aim], rules: MannerRules) -> Iterator[Rate]:
    """Find the calls that ask for updates, with the time between two of them."""
    taken = {aim.target.place: aim.target.data for aim in aims}
    members = frozenset(member for one in rules.interval for member in one.members)
    for flow in graph.flows.values():
        found: dict[tuple[int, str], Rate] = {}
        for site in flow.sites:
            if site.form != "new" and site.member not in members and site.member != "Builder":
                continue
            rule = next((one for one in rules.interval if _fits(flow, site, one)), None)
            rate = _rate(site, rule, rules, taken) if rule is not None else None
            if rate is None or _once(flow, site, rules):
                continue
            key = (_outermost(flow, site), rate.kind)
            known = found.get(key)
            if known is None or (rate.hint, rate.every) < (known.hint, known.every):
                found[key] = rate
        yield from found.values()


def _rate(site: Site, rule: Interval, rules: MannerRules, taken: dict[Place, tuple[str, ...]]) -> Rate | None:
    data = taken.get(site.place, ()) if rule.kind == "sensor" else rule.data
    if not data:
        return None
    for index in rule.arguments:
        if index >= len(site.arguments):
            continue
        every = _every(site.arguments[index], rule, rules)
        if every is None:
            continue
        apart = site.arguments[index + 1].amount if rule.distance > 0 and index + 1 < len(site.arguments) else None
        if every < 0 or (rule.zero_once and not every) or (apart is not None and apart >= FAR):
            return None
        name = tail(site.owner) or tail(rule.owner.rstrip("*"))
        symbol = name if site.form == "new" or site.member == "Builder" else f"{name}.{site.member}"
        return Rate(kind=rule.kind, symbol=symbol, place=site.place, data=data, every=every, hint=rule.hint)
    return None


def _every(given: Given, rule: Interval, rules: MannerRules) -> float | None:
    if given.value in rule.names:
        return rule.names[given.value]
    if given.amount is not None:
        return given.amount if given.duration else given.amount * _MILLISECONDS[rule.unit]
    if not given.words:
        return None
    last = given.words[-1]
    return rule.names.get(last, rules.constants.get(last))


def _fits(flow: FileFlow, site: Site, rule: Interval) -> bool:
    if site.form == "new" or (site.form == "call" and site.member == "Builder"):
        made = site.owner if site.form == "new" else f"{site.owner}.Builder"  # Kotlin has no word for it
        return "<init>" in rule.members and _is(flow, made, rule.owner)
    if site.form not in {"call", "set"} or site.member not in rule.members:
        return False
    owner = site.owner or ("" if site.receiver else _scope(flow, site))
    if owner:
        return _is(flow, owner, rule.owner)
    return bool(site.receiver) and site.form == "call" and _imports(flow, rule.owner.rstrip("*"))


def _scope(flow: FileFlow, site: Site) -> str:
    """The type on which a lambda's own calls work: of `x.apply { interval = 5 }` that of x."""
    for index in outers(flow, site.routine):
        routine = flow.routines[index]
        if routine.handed >= 0 and flow.sites[routine.handed].member in _SCOPES:
            on = flow.sites[routine.handed]
            return on.owner or next((one.type for one in on.arguments if one.type), "")
    return ""


def _is(flow: FileFlow, written: str, wanted: str) -> bool:
    full = wanted.rstrip("*")
    if written == full or (wanted.endswith("*") and written.startswith(full + ".")):
        return True
    package, names = _split(full)
    return (
        "." not in written.replace(".Builder", "")
        and package in flow.packages
        and (written == names or (wanted.endswith("*") and written == f"{names}.Builder"))
    )


@lru_cache(maxsize=64)
def _split(full: str) -> tuple[str, str]:
    """The package and the class of a full name."""
    parts = full.split(".")
    first = next(index for index, part in enumerate(parts) if part[:1].isupper())
    return ".".join(parts[:first]), ".".join(parts[first:])


def _imports(flow: FileFlow, full: str) -> bool:
    package, names = _split(full)
    outer = f"{package}.{names.partition('.')[0]}"
    return outer in flow.imports.values() or package in flow.packages


def _outermost(flow: FileFlow, site: Site) -> int:
    return max(outers(flow, site.routine), key=lambda index: -index, default=-1)


# --- once -------------------------------------------------------------------------------------------------------------


def _once(flow: FileFlow, site: Site, rules: MannerRules) -> bool:
    """Tell whether only one update is asked for, or one that costs nothing of its own."""
    outermost = _outermost(flow, site)
    for one in flow.sites:
        near = _outermost(flow, one) == outermost
        if one.member in rules.once and (near or (one.receiver and one.receiver == site.receiver)):
            given = one.arguments[0] if one.arguments else None
            if given is None or given.value == "true" or 0 < (given.amount or 0) <= FEW:
                return True
        if near and one.member in rules.priorities and _sparing(one, rules):
            return True
    return _sparing(site, rules) or _ended(flow, rules)


def _sparing(site: Site, rules: MannerRules) -> bool:
    return any(word in rules.sparing for given in site.arguments for word in given.words)


def _ended(flow: FileFlow, rules: MannerRules) -> bool:
    """Tell whether updates are ended where the first one arrives."""
    arriving = {index for index, one in enumerate(flow.routines) if one.name in rules.arrivals}
    arriving |= {
        index
        for index, one in enumerate(flow.routines)
        if one.handed >= 0 and flow.sites[one.handed].member in rules.listeners
    }
    called = set()
    for site in flow.sites:
        if not arriving.isdisjoint(outers(flow, site.routine)):
            if site.member in rules.stops and site.form == "call":
                return True
            called.add(site.member)
    return any(
        site.member in rules.stops and flow.routines[index].name in called
        for site in flow.sites
        for index in outers(flow, site.routine)
        if flow.routines[index].name
    )
