"""Decoded notices in, what does not fit together in them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model.notice import Notices
from privlint.model.rules import Policy
from privlint.model.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.errors import RuleError
    from privlint.rulebook.decode import Source


def notices(sources: tuple[Source, ...], known: frozenset[str]) -> Iterator[RuleError]:
    """Check that wordings point to clauses and data types that exist, and notices to wordings."""
    clauses = frozenset(
        f"{source.record.id}/{article.id.rpartition('/')[2]}"
        for source in sources
        if isinstance(source.record, Policy)
        for article in source.record.articles
    )
    for source in sources:
        if not isinstance(source.record, Notices):
            continue
        wordings = frozenset(wording.id for wording in source.record.wordings)
        for index, wording in enumerate(source.record.wordings):
            for values, key, there, what in (
                (wording.clauses, "clauses", clauses, "clause"),
                (wording.data, "data", known, "data type"),
            ):
                for value in values:
                    if value not in there:
                        yield source.problem(
                            ("wording", index, key), f"there is no {what} `{value}`", did_you_mean(value, there)
                        )
        for index, notice in enumerate(source.record.notices):
            for value in notice.wordings:
                if value not in wordings:
                    yield source.problem(
                        ("notice", index, "wordings"),
                        f"there is no wording `{value}`",
                        did_you_mean(value, wordings) or "Add a [[wording]] for it.",
                    )
