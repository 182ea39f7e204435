"""What a command line says of a day in, "2026-12-31" or "+10 working days"; the day, and how it was counted, out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from privlint import engine
from privlint.errors import UsageError
from privlint.model.calendar import Calendar, working_days_after
from privlint.model.finding import Text

_SPAN = re.compile(r"\+\s*(\d{1,4})\s*(?:(working days?|个?工作日)|days?|天|日)")


def last(given: str, option: str, start: date) -> tuple[date, Text | None]:
    """Find the last day of a span that begins on `start`, and what is to be said about how it was found."""
    span = _SPAN.fullmatch(given.strip())
    if span is None:
        return read(given.strip(), option), None
    number = int(span[1])
    if not span[2]:
        return start + timedelta(days=number), None
    calendar = engine.rulebook().calendars[0]
    counted = working_days_after(start, number, calendar)
    return counted.day, _remark(number, start, calendar, counted.unknown)


def read(text: str, option: str) -> date:
    """Read a day. Raises UsageError for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option}: `{text}` is neither a day nor a span",
            message_zh=f"{option}：`{text}` 既不是日期也不是时长",
            hint="Write 2026-12-31, '+10 working days' or '+30 days'.",
            hint_zh="写成 2026-12-31、'+10 个工作日' 或 '+30 天'。",
        ) from None


def _remark(number: int, start: date, calendar: Calendar, unknown: tuple[int, ...]) -> Text:
    years = [str(year.year) for year in calendar.year]
    english = f"{number} working days from {start.isoformat()}"
    chinese = f"自 {start.isoformat()} 起 {number} 个工作日"
    if not unknown:
        notices = "、".join(year.number for year in calendar.year if year.year >= start.year)
        return Text(f"{english}, by the State Council's notice {notices}", f"{chinese}，按{notices}计算")
    missing = [str(year) for year in unknown]
    return Text(
        f"{english}: privlint knows the public holidays of {', '.join(years)}, not those of {', '.join(missing)}, where"
        " Monday to Friday were counted; hold the day against the notice for that year",
        f"{chinese}：privlint 只有 {'、'.join(years)} 年的放假安排，没有 {'、'.join(missing)} 年的，"
        "该部分按周一至周五计算；请对照该年的放假通知核对",
    )
