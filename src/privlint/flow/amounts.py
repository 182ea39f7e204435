"""Expressions in, the numbers and durations that they plainly are out: `60 * 1000L`, `TimeUnit.MINUTES.toMillis(5)`."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from msgspec import Struct

from privlint.model import code

_UNITS = {  # in milliseconds, by the names that Java, Kotlin and Python give them
    "milliseconds": 1,
    "millis": 1,
    "seconds": 1000,
    "minutes": 60_000,
    "hours": 3_600_000,
    "days": 86_400_000,
    "weeks": 604_800_000,
}
_INTO = {"tomillis": 1, "toseconds": 1000, "tominutes": 60_000, "inwholemilliseconds": 1, "inwholeseconds": 1000}
_SAME = frozenset({"toLong", "toInt", "toDouble", "toFloat", "longValue", "intValue", "float", "int"})


class Amount(Struct, frozen=True, gc=False):
    """A number; of a duration its milliseconds."""

    value: float
    duration: bool = False


def amount(item: object, known: Mapping[str, Amount]) -> Amount | None:
    """The amount that an expression is, if the file says it; `known` are those of its constants and locals."""
    match item:
        case code.Literal(value=bool()):
            return None
        case code.Literal(value=int() | float() as number):
            return Amount(number)
        case code.Group(kind="*", parts=parts):
            factors = [amount(part, known) for part in parts]
            found = [one for one in factors if one is not None]
            if len(found) < len(factors):
                return None
            return Amount(prod(one.value for one in found), any(one.duration for one in found))
        case code.Name():
            return known.get(item.name)
        case code.Member():
            return _member(item, known)
        case code.Cast():
            return amount(item.value, known)
        case code.Call():
            return _call(item, known)
        case _:
            return None


def _member(item: code.Member, known: Mapping[str, Amount]) -> Amount | None:
    """`5.minutes`, `x.inWholeMilliseconds`, a constant of a class of the file."""
    inner = amount(item.receiver, known) if not isinstance(item.receiver, code.Name | code.Member) else None
    if inner is None and isinstance(item.receiver, code.Member):
        inner = _member(item.receiver, known)
    unit = _UNITS.get(item.name)
    if inner is not None:
        if inner.duration:
            into = _INTO.get(item.name.lower())
            return Amount(inner.value / into) if into else None
        return Amount(inner.value * unit, duration=True) if unit else None
    if isinstance(item.receiver, code.Name):
        held = known.get(item.receiver.name)
        if held is not None and unit and not held.duration:
            return Amount(held.value * unit, duration=True)
        if item.receiver.name[:1].isupper() or item.receiver.name in {"this", "self"}:
            return known.get(item.name)
    return None


def _call(item: code.Call, known: Mapping[str, Amount]) -> Amount | None:
    match item.callee:
        case code.Name(name="timedelta"):
            return _timedelta(item, known)
        case code.Name(name=name) if name in _SAME and len(item.arguments) == 1:
            return amount(item.arguments[0].value, known)
        case code.Member(name="timedelta"):
            return _timedelta(item, known)
        case code.Member() as callee:
            return _on(callee, item.arguments, known)
        case _:
            return None


def _on(callee: code.Member, arguments: tuple[code.Argument, ...], known: Mapping[str, Amount]) -> Amount | None:
    """`Duration.ofMinutes(5)`, `TimeUnit.MINUTES.toMillis(5)`, `x.toMillis()`, `5.toLong()`."""
    if len(arguments) == 1:
        given = amount(arguments[0].value, known)
        unit = _UNITS.get(callee.name.removeprefix("of").lower()) if callee.name.startswith("of") else None
        if given is not None and unit:
            return Amount(given.value * unit, duration=True)
        into, named = _INTO.get(callee.name.lower()), _UNITS.get(_last(callee.receiver).lower())
        return Amount(given.value * named / into) if given is not None and into and named else None
    if arguments:
        return None
    inner = amount(callee.receiver, known)
    if inner is None:
        return None
    if callee.name in _SAME and not inner.duration:
        return inner
    into = 1000 if callee.name == "total_seconds" else _INTO.get(callee.name.lower())
    return Amount(inner.value / into) if inner.duration and into else None


def _timedelta(item: code.Call, known: Mapping[str, Amount]) -> Amount | None:
    total = 0.0
    for one in item.arguments:
        given, unit = amount(one.value, known), _UNITS.get(one.name)
        if given is None or unit is None:
            return None
        total += given.value * unit
    return Amount(total, duration=True) if item.arguments else None


def _last(item: object) -> str:
    return item.name if isinstance(item, code.Name | code.Member) else ""
