"""Places that take something in, those that do while the user need not be looking out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from privlint.link.around import leading
from privlint.link.graph import Graph, Node, tail
from privlint.model.flow import Step
from privlint.model.manner import Behind

if TYPE_CHECKING:
    from privlint.link.around import Aim, Reach
    from privlint.link.start import Search
    from privlint.model.manner_rules import Background

CALLS = 3  # from what the system calls to what it takes
FRONT_CALLS = 2
_CHOSEN = frozenset({"opted", "brought", "debug"})  # the user, or another component, asked for it
_By = Literal["worker", "service", "receiver", "front"]


class Components(Struct, frozen=True):
    """What AndroidManifest.xml says of the classes that the system starts, by their full names."""

    actions: dict[str, frozenset[str]] = {}  # of receivers
    visible: frozenset[str] = frozenset()  # simple names of services with a type of foreground service


def behind(search: Search, aims: Iterable[Aim], words: Background, known: Components) -> Iterator[Behind]:
    """Find what is taken unseen, or each time that the app comes to the front."""
    repeated = _named_beside(search.graph, words.periodic)
    once = _named_beside(search.graph, words.single) - repeated
    for aim in aims:
        target = aim.target
        if target.kind != "collect" or not set(words.data).intersection(target.data):
            continue
        for reach in leading(search.graph, target.place.path, aim.offset, CALLS):
            found = _entry(search.graph, reach, words, known)
            if found is None or (found == "front" and not _telling(reach, target.data, words)):
                continue
            first = search.graph.routine(reach.node)
            if _chosen(search, aim, reach) or tail(first.owner) in once:
                continue
            steps = (Step(first.place, search.name(reach.node)), *reach.steps)
            system = found == "receiver" and not known.actions.get(first.owner, frozenset()).isdisjoint(words.actions)
            yield Behind(target, found, steps, system or tail(first.owner) in repeated)
            break


def _telling(reach: Reach, data: tuple[str, ...], words: Background) -> bool:
    return len(reach.steps) <= FRONT_CALLS and not set(words.front).isdisjoint(data)


def _chosen(search: Search, aim: Aim, reach: Reach) -> bool:
    """Tell whether a condition, or an event, on the way there says that somebody asked for it."""
    places = [(aim.target.place.path, aim.offset), *((reach.node.path, reach.offset),)]
    places += [(one.place.path, offset) for one, offset in _offsets(search.graph, reach)]
    for path, offset in places:
        standing = search.stands(path, offset)
        if standing.root is None or not standing.gates.isdisjoint(_CHOSEN):
            return True
    return False


def _offsets(graph: Graph, reach: Reach) -> Iterator[tuple[Step, int]]:
    for step in reach.steps:
        for site in graph.flows[step.place.path].sites:
            if site.place == step.place:
                yield step, site.start
                break


def _entry(graph: Graph, reach: Reach, words: Background, known: Components) -> _By | None:
    """What kind of component the system runs by calling a routine, if it need not be seen."""
    routine = graph.routine(reach.node)
    if not routine.method or not routine.name:
        return None
    kinds = {tail(one) for one in graph.ancestors(routine.owner)}
    own = tail(routine.owner)
    if routine.name in words.front_methods and any(one.endswith(words.screens) for one in kinds - {own}):
        return "front"
    if routine.name in words.worker_methods and not kinds.isdisjoint(words.workers):
        return None if _shows(graph, reach.node, words) else "worker"
    if not kinds.isdisjoint(words.services) and _serves(graph, routine.owner, routine.name, words):
        if tail(routine.owner) in known.visible or _shows(graph, reach.node, words):
            return None
        return "service"
    if routine.name in words.receiver_methods and not kinds.isdisjoint(words.receivers):
        sent = known.actions.get(routine.owner, frozenset())
        return "receiver" if not sent.isdisjoint(words.actions) else None
    return None


def _serves(graph: Graph, owner: str, name: str, words: Background) -> bool:
    """Tell whether a routine runs when a service is started, and not only when somebody binds to it."""
    if name in words.service_methods:
        return True
    return name == "onCreate" and any(True for one in words.service_methods for _ in graph.named(owner, one))


def _shows(graph: Graph, node: Node, words: Background) -> bool:
    """Tell whether the component shows that it runs: by a notification that the user sees."""
    owners = set(graph.ancestors(graph.routine(node).owner))
    for flow in graph.flows.values():
        if flow.path != node.path and not any(kind.name in owners for kind in flow.kinds):
            continue
        if any(site.member in words.shows for site in flow.sites):
            return True
        if any(routine.name in words.shows for routine in flow.routines):
            return True
    return False


def _named_beside(graph: Graph, calls: tuple[str, ...]) -> frozenset[str]:
    """The simple names of the classes that stand in a routine with one of these calls."""
    found: set[str] = set()
    for flow in graph.flows.values():
        beside = {site.routine for site in flow.sites if site.member in calls}
        found |= {site.member for site in flow.sites if site.form == "class" and site.routine in beside}
    return frozenset(found)
