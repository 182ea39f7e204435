"""What a check says of itself: its id, title, severity, the clauses it serves, and its documentation."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Text
from privlint.model.project import CheckSettings, Severity

COVERAGE_IDS = (*(f"PRV{number:03}" for number in range(1, 22)), "PRV099")
SUPPRESSION_IDS = (
    "PRV030",
    "PRV031",
    "PRV032",
    "PRV033",
    "PRV034",
    "PRV040",
    "PRV041",
    "PRV042",
    "PRV043",
)


class Check(Struct, frozen=True):
    """The card of one check. An id is never reused."""

    id: str  # PRV201
    slug: str  # undeclared-collection
    title: Text
    severity: Severity  # at its gravest
    clauses: tuple[str, ...] = ()  # cn-method-2019/2.1; "cn-necessary-2021/5" stands for the declared category's list


def selected(settings: CheckSettings, check: str) -> bool:
    """Tell whether the settings leave a check on; `select` and `ignore` take prefixes, and `ignore` wins."""
    chosen = tuple(filter(None, settings.select)) or ("PRV",)
    return check.startswith(chosen) and not check.startswith(tuple(filter(None, settings.ignore)))


class CheckDoc(Struct, frozen=True):
    """A check explained; `text` is Markdown whose fenced examples run as tests."""

    check: Check
    text: Text
