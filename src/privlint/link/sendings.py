"""Places that read contacts, and calls that send or invite, in; where the one flows into the other out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from privlint.link.around import outers
from privlint.link.graph import Graph, Node
from privlint.link.start import innermost
from privlint.link.vocabulary import parts
from privlint.model.flow import Step
from privlint.model.manner import Sending

if TYPE_CHECKING:
    from privlint.link.around import Aim
    from privlint.model.flow import FileFlow, Given, Site
    from privlint.model.manner_rules import Invite

CONTACTS = "contacts"
LONG = 5  # letters of a name that says enough
_Way = Literal["sms", "composed", "invitation"]


class _Source(Struct, frozen=True):
    """A place that reads the contacts, and the names by which what it gives is known around it."""

    aim: Aim
    flow: FileFlow  # of the routine that has them
    held: frozenset[str]
    steps: tuple[Step, ...] = ()

    def holds(self, given: Given) -> bool:
        """Tell whether an argument is made of them."""
        return not self.held.isdisjoint(given.words)


def sendings(graph: Graph, aims: Iterable[Aim], words: Invite) -> Iterator[Sending]:
    """Find messages and invitations that are made of the contacts, in one function or one call away."""
    found: dict[object, Sending] = {}
    for aim in aims:
        if aim.target.kind == "collect" and CONTACTS in aim.target.data:
            for one in _from(graph, aim, words):
                found.setdefault(one.place, one)
    yield from found.values()


def _from(graph: Graph, aim: Aim, words: Invite) -> Iterator[Sending]:
    """From one place that reads the contacts to what sends: in its own routine, and in those that call it."""
    path = aim.target.place.path
    flow = graph.flows[path]
    around = tuple(outers(flow, innermost(flow, aim.offset)))
    here = _Source(aim, flow, frozenset({*words.derived, aim.target.symbol.rpartition(".")[2]}))
    yield from _sent(here, around, words)
    yield from _one_away(graph, here, around, words)
    for index in around:
        routine = flow.routines[index]
        if len(routine.name) < LONG:
            continue
        for call in graph.callers(Node(path, index)):
            caller = graph.flows[call.path]
            site = caller.sites[call.site]
            steps = (Step(site.place, routine.name),)
            there = _Source(aim, caller, frozenset({routine.name, site.member}), steps)
            yield from _sent(there, tuple(outers(caller, site.routine)), words)


def _within(flow: FileFlow, routines: Iterable[int]) -> Iterator[Site]:
    inside = frozenset(routines)
    return (one for one in flow.sites if not inside.isdisjoint(outers(flow, one.routine)))


def _sent(source: _Source, routines: Iterable[int], words: Invite) -> Iterator[Sending]:
    """What in these routines sends something that is made of the contacts."""
    for site in _within(source.flow, routines):
        way = _way(site, words)
        if way is not None and any(source.holds(one) for one in site.arguments):
            yield Sending(site.place, site.member, way, source.aim.target.place, source.steps)


def _one_away(graph: Graph, source: _Source, routines: Iterable[int], words: Invite) -> Iterator[Sending]:
    """What a function of the same file sends that is given them."""
    flow = source.flow
    for site in _within(flow, routines):
        if site.form != "call" or site.receiver not in {"", "this", "self"}:
            continue
        for node in graph.routines_named(flow.path, site.member):
            routine = graph.routine(node)
            pairs = zip(routine.parameters, site.arguments, strict=False)
            taking = {name for name, one in pairs if source.holds(one)}
            for inner in _within(flow, (node.index,)) if taking else ():
                given = {word for one in inner.arguments for word in one.words}
                way = _way(inner, words)
                if way is not None and not taking.isdisjoint(given):
                    step = Step(site.place, routine.name)
                    yield Sending(inner.place, inner.member, way, source.aim.target.place, (step,))


def _way(site: Site, words: Invite) -> _Way | None:
    if site.form not in {"call", "new"}:
        return None
    if site.member in words.sends:
        return "sms"
    if any(text.startswith(words.composes) for one in site.arguments for text in one.words):
        return "composed"
    if not parts(site.member).isdisjoint(words.invites) or any(one in site.member for one in words.invites_zh):
        return "invitation"
    return None
