"""A request in, a report out: the one pipeline that every front end uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.engine.session import Session

if TYPE_CHECKING:
    from privlint.model.check import CheckDoc
    from privlint.model.finding import Report
    from privlint.model.request import Request
    from privlint.model.rules import Rulebook

__all__ = ["Session", "check_docs", "rulebook", "run"]


def run(request: Request) -> Report:
    """Examine what the request names. Raises PrivlintError for a request or a manifest that cannot be used."""
    return Session(request).report()


def rulebook() -> Rulebook:
    """Everything in `rules/`, for explanations."""
    from privlint.rulebook import open_rulebook

    return open_rulebook()


def check_docs() -> tuple[CheckDoc, ...]:
    """The documentation of every check that can be explained."""
    from privlint import checks, suppress

    found = (checks.explain(check) or suppress.explain(check) for check in checks.KNOWN)
    return tuple(doc for doc in found if doc is not None)
