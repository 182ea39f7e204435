"""What a search has read in; how often, unseen, after an update and to whom the app takes personal data out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from privlint.link.around import Aim
from privlint.link.behind import Components, behind
from privlint.link.intervals import intervals
from privlint.link.repeats import repeats
from privlint.link.resets import resets
from privlint.link.sendings import sendings
from privlint.link.start import Search, Want, innermost
from privlint.model.manner import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.manner_rules import MannerRules

__all__ = ["Aim", "Components", "manner", "wanted"]

SHORT = 4  # letters of a name that is too common to look for


def manner(search: Search, aims: Sequence[Aim], rules: MannerRules, known: Components) -> Manner:
    """Look at all that was read."""
    graph = search.graph
    lists = [one for one in aims if one.target.symbol.rpartition(".")[2] not in rules.single]
    return Manner(
        (*intervals(graph, aims, rules), *repeats(graph, lists, rules)),
        tuple(behind(search, lists, rules.background, known)),
        tuple(resets(search, rules.update, known)),
        tuple(sendings(graph, aims, rules.invite)),
    )


def wanted(search: Search, aims: Sequence[Aim], rules: MannerRules) -> Iterator[Want]:
    """The files worth reading for it, beside those that take something."""
    for one in rules.interval:
        if one.kind == "location":
            names = [part for part in one.owner.rstrip("*").split(".") if part[:1].isupper()]
            yield Want(tuple(member for member in one.members if member != "<init>") or ("Builder",), (names[0],))
    update = rules.update
    runs = (*update.versions, *update.replaced, *(one for one in update.migrations if "*" not in one))
    yield Want(runs)
    leads = tuple(sorted(_leads(search, aims, rules)))
    if leads:
        timers = tuple(member for one in rules.timer for member in one.members if len(member) > SHORT)
        methods = (*rules.background.worker_methods, *rules.background.service_methods)
        yield Want(leads, (*timers, *methods, *rules.background.receivers, *rules.invite.sends))


def _leads(search: Search, aims: Sequence[Aim], rules: MannerRules) -> Iterator[str]:
    """The names of the routines that take something, by which others may call them."""
    data = {kind for one in rules.often for kind in one.data} | set(rules.background.data)
    for aim in aims:
        flow = search.graph.flows[aim.target.place.path]
        index = innermost(flow, aim.offset)
        while index >= 0 and flow.routines[index].outer >= 0:
            index = flow.routines[index].outer
        if index >= 0 and aim.target.kind == "collect" and data.intersection(aim.target.data):
            name = flow.routines[index].name
            if len(name) > SHORT and name not in search.vocabulary.triggered:
                yield name
