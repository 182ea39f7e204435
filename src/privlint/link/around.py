"""A place of a graph in; the routines around it, and those that call them, nearest first, out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.link.graph import Graph, Node
from privlint.link.start import innermost
from privlint.model.flow import FileFlow, Step, Target

MOST_CALLERS = 60  # of one routine: what everybody calls says nothing of how it is called


class Aim(Struct, frozen=True):
    """A place that takes something, and its offset in its file."""

    target: Target
    offset: int


class Reach(Struct, frozen=True):
    """A routine that leads to a place, and the calls from there."""

    node: Node
    steps: tuple[Step, ...] = ()
    offset: int = 0  # of the call, or of the place itself


def outers(flow: FileFlow, index: int) -> Iterator[int]:
    """A routine and those around it, innermost first."""
    while index >= 0:
        yield index
        index = flow.routines[index].outer


def leading(graph: Graph, path: str, offset: int, calls: int) -> Iterator[Reach]:
    """The routines that lead to a place: those around it, and those that call them, over so many calls."""
    flow = graph.flows[path]
    seen: set[Node] = set()
    now = [Reach(Node(path, index), (), offset) for index in outers(flow, innermost(flow, offset))]
    for _ in range(calls + 1):
        after: list[Reach] = []
        for reach in now:
            if reach.node in seen:
                continue
            seen.add(reach.node)
            yield reach
            after.extend(_callers(graph, reach))
        now = after


def _callers(graph: Graph, reach: Reach) -> Iterator[Reach]:
    routine = graph.routine(reach.node)
    if not routine.name:
        return
    name = f"{routine.owner.rpartition('.')[2]}.{routine.name}" if routine.method else routine.name
    for number, call in enumerate(graph.callers(reach.node)):
        if number >= MOST_CALLERS:
            return
        flow = graph.flows[call.path]
        site = flow.sites[call.site]
        steps = (Step(site.place, name), *reach.steps)
        for index in outers(flow, site.routine):
            yield Reach(Node(call.path, index), steps, site.start)
