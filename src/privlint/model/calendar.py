"""Public holidays as announced (`rules/calendar/cn-holidays.toml`), and how working days are counted by them."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

_DAY = timedelta(days=1)
_SATURDAY = 5


class Holiday(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A span of days off."""

    name_zh: str
    name_en: str
    first: date
    last: date


class Year(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one notice says of one year."""

    year: int
    number: str  # of the notice
    title: str
    issued: date
    source: str
    verification: str  # how it was read
    holidays: tuple[Holiday, ...]
    worked: tuple[date, ...]  # days of weekends that are worked


class Calendar(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The announced years."""

    id: str
    read: str
    year: tuple[Year, ...]


class Counted(Struct, frozen=True):
    """A day that was counted to."""

    day: date
    unknown: tuple[int, ...]  # years without a notice, in which Monday to Friday were taken for working days


def working_days_after(start: date, number: int, calendar: Calendar) -> Counted:
    """Count working days: the first is the first one after `start`."""
    years = {year.year: year for year in calendar.year}
    off = {year: _off(announced) for year, announced in years.items()}
    unknown: dict[int, None] = {}
    day = start
    while number > 0:
        day += _DAY
        if day.year not in years:
            unknown[day.year] = None
            number -= day.weekday() < _SATURDAY
        elif day in years[day.year].worked or (day.weekday() < _SATURDAY and day not in off[day.year]):
            number -= 1
    return Counted(day, tuple(unknown))


def _off(year: Year) -> frozenset[date]:
    return frozenset(
        holiday.first + _DAY * index
        for holiday in year.holidays
        for index in range((holiday.last - holiday.first).days + 1)
    )
