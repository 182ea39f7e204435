"""From what takes personal data back to where the app starts: which of it runs before anybody could agree.

The search goes backwards, so that it costs what the app collects and not how large the app is. A routine that is
reached is looked for by name in the rest of the app; the files that hold the name are asked for (`wants`) and taken
(`take`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.link.graph import Call, Graph, Node, tail
from privlint.model.facts import Confidence
from privlint.model.flow import CREATE, LOAD, TOP, AtStart, FileFlow, Routine, Site, Step, Target, Trace

if TYPE_CHECKING:
    from privlint.link.vocabulary import Fate, Gate, Vocabulary
    from privlint.model.place import Place

MOST_ROUTINES = 3000  # that a search looks at
MOST_CALLS = 6  # from where the app starts to what it takes: a longer way is too often one that nothing goes
MOST_UNKNOWN = 1  # conditions on the way of which nothing is known: with more of them, nothing is claimed
MOST_CALLERS = 400  # of one routine
_SPOKEN: frozenset[Gate] = frozenset({"consent", "opted", "account", "first", "brought", "debug"})
_SELF = frozenset({"", "this", "super", "self"})


class Want(Struct, frozen=True):
    """Files worth reading: that hold one of these words, and one of those (if there are any)."""

    words: tuple[str, ...]
    classes: tuple[str, ...] = ()


class _Edge(Struct, frozen=True):
    """A call that runs without a condition of consent."""

    caller: Node
    callee: Node
    place: Place
    confidence: int
    permission: bool  # only where a permission was granted
    own: bool = False  # a call on the object itself: it stays of the class that it is
    made: str = ""  # the class of which an object was made, on which the system calls
    maybe: int = 0  # conditions on it of which nothing is known


class _Way(Struct, frozen=True):
    """How a routine is reached, on an object of which class ("" for any)."""

    node: Node
    of: str
    edge: _Edge | None = None
    before: _Way | None = None
    unknown: int = 0  # conditions on the way of which nothing is known
    calls: int = 0


class Standing(Struct, frozen=True):
    """Where a place stands: the routine that runs it, unless it waits for the user; and behind which conditions."""

    root: Node | None
    gates: frozenset[Gate]
    fate: Fate
    maybe: int = 0  # conditions of which nothing is known


class Search:
    """One search over one app."""

    def __init__(self, vocabulary: Vocabulary, starts: dict[str, tuple[str, ...]]) -> None:
        """`starts` are the classes that the system starts: full name -> what they are, in the order of starting."""
        self.vocabulary = vocabulary
        self.graph = Graph()
        self.starts = starts
        self._methods: dict[str, frozenset[str]] = {
            start.kind: frozenset(start.methods) for start in vocabulary.words.start
        }
        self._targets: list[tuple[Target, Standing]] = []
        self._waiting: deque[Node] = deque()
        self._asked: set[Node] = set()
        self._edges: dict[Node, list[_Edge]] = {}  # by caller
        self._entries: dict[Node, str] = {}
        self._cut = 0

    def take(self, flow: FileFlow) -> None:
        """Add a file."""
        self.graph.take(flow)

    def aim(self, target: Target, offset: int) -> None:
        """Ask who leads to a place of a file that was taken."""
        flow = self.graph.flows[target.place.path]
        standing = self._standing(flow, innermost(flow, offset), offset)
        self._targets.append((target, standing))
        if not self._closed(standing) and standing.root is not None:
            self._look_for(standing.root)

    def requests(self, flow: FileFlow) -> Iterator[Site]:
        """The places of a file that ask the user for permissions, whichever they are."""
        words = self.vocabulary.words.permission
        for site in flow.sites:
            asks = site.member in words.asks and site.form == "call"
            asks = asks and not any(self.graph.routines_in(flow.path, site.member))
            if asks or (site.member == "launch" and not set(words.contracts).isdisjoint(site.made_of)):
                yield site

    def targets(self) -> tuple[Target, ...]:
        """The places that were aimed at."""
        return tuple(target for target, _ in self._targets)

    def wants(self) -> tuple[Want, ...]:
        """The files that may call what was reached since the last time; `follow` comes next."""
        return tuple(self._want(node) for node in self._waiting)

    def follow(self) -> bool:
        """Go one step back from all that waits; tell whether there is more to do."""
        now, self._waiting = self._waiting, deque()
        for node in now:
            if len(self._asked) > MOST_ROUTINES:
                self._cut += 1
                continue
            for number, (call, made) in enumerate(self._callers(node)):
                if number >= MOST_CALLERS:
                    self._cut += 1
                    break
                self._lead(call, node, made)
        return bool(self._waiting)

    def result(self) -> Trace:
        """What was found."""
        for node in self._asked:  # the file of a child that the system starts may have come later
            start = self._start_of(node, self.graph.routine(node))
            if start:
                self._entries[node] = start
        reached = {free: self._reached(free) for free in (True, False)}
        found = []
        for target, standing in self._targets:
            if self._closed(standing) or standing.root is None:
                continue
            if target.kind != "request" and "permission" in standing.gates:
                continue
            ways = reached[target.kind == "request"]
            if standing.root in ways and ways[standing.root].unknown + standing.maybe <= MOST_UNKNOWN:
                found.append(self._at_start(target, standing, ways[standing.root]))
        return Trace(
            at_start=tuple(found),
            routines=len(self._asked),
            unresolved=self.graph.unresolved,
            cut=self._cut,
        )

    def stands(self, path: str, offset: int) -> Standing:
        """Tell what runs a place of a file that was taken, and behind which conditions."""
        flow = self.graph.flows[path]
        return self._standing(flow, innermost(flow, offset), offset)

    def name(self, node: Node) -> str:
        """Name a routine for people."""
        return self._name(node)

    # --- one step back ------------------------------------------------------------------------------------------------

    def _look_for(self, node: Node) -> None:
        if node in self._asked:
            return
        self._asked.add(node)
        routine = self.graph.routine(node)
        start = self._start_of(node, routine)
        if start:
            self._entries[node] = start
        elif not self._is_event(routine):
            self._waiting.append(node)

    def _is_event(self, routine: Routine) -> bool:
        """Tell whether only the system calls a routine, when somebody or something acts: onClick, onKeyDown."""
        called = routine.name[:2] == "on" and routine.name[2:3].isupper() and routine.overrides
        return called and routine.name not in self.vocabulary.triggered

    def _want(self, node: Node) -> Want:
        routine = self.graph.routine(node)
        if routine.name in {CREATE, LOAD}:
            return Want((tail(routine.owner),))
        if not routine.method:
            return Want(self.graph.spellings(node))
        if routine.name in self.vocabulary.triggered:
            return Want((tail(routine.owner),))
        owners = self.graph.ancestors(routine.owner) if routine.overrides else (routine.owner,)
        return Want(self.graph.spellings(node), tuple(tail(one) for one in owners))

    def _callers(self, node: Node) -> Iterator[tuple[Call, str]]:
        """The sites that lead to a routine, with the class of which they make an object, if they do."""
        routine = self.graph.routine(node)
        for call in self.graph.callers(node):
            yield call, routine.owner if routine.name == CREATE else ""
        if routine.method and routine.name in self.vocabulary.triggered:
            yield from self._made(routine)
        if routine.name == CREATE:
            for name in self.graph.injectors(routine.owner):
                for maker in self.graph.named(name, CREATE):
                    place = self.graph.routine(maker).place
                    self._connect(_Edge(maker, node, place, Confidence.INFERRED, False, made=routine.owner))

    def _made(self, routine: Routine) -> Iterator[tuple[Call, str]]:
        """The sites that make an object of a class, after which the system calls the routine by itself."""
        for name in sorted(self.graph.below(routine.owner)):
            made = Routine(CREATE, name, routine.start, routine.end, routine.place, method=True)
            for call in self.graph.makers(made):
                if self._is_started(call):
                    yield Call(call.path, call.site, min(call.confidence, Confidence.INFERRED)), name

    def _is_started(self, call: Call) -> bool:
        """Tell whether a class that is named as a value is started there, and not only named for later."""
        flow = self.graph.flows[call.path]
        site = flow.sites[call.site]
        if site.form != "class":
            return site.form in {"new", "call"}
        return any(one.routine == site.routine and self.vocabulary.starts(one) for one in flow.sites)

    def _lead(self, call: Call, callee: Node, made: str) -> None:
        flow = self.graph.flows[call.path]
        site = flow.sites[call.site]
        standing = self._standing(flow, site.routine, site.start)
        if self._closed(standing) or standing.root is None:
            return
        permission = "permission" in standing.gates
        own = site.form in {"call", "member", "reference"} and site.receiver in _SELF
        self._connect(_Edge(standing.root, callee, site.place, call.confidence, permission, own, made, standing.maybe))

    def _connect(self, edge: _Edge) -> None:
        self._edges.setdefault(edge.caller, []).append(edge)
        self._look_for(edge.caller)

    # --- where a place stands -----------------------------------------------------------------------------------------

    def _closed(self, standing: Standing) -> bool:
        return standing.fate != "runs" or not standing.gates.isdisjoint(_SPOKEN)

    def _standing(self, flow: FileFlow, index: int, offset: int) -> Standing:
        gates: set[Gate] = set()
        maybe = 0
        for guard in flow.guards:
            if guard.start <= offset < guard.end:
                found = self.vocabulary.gates(guard, self._answers(flow, guard.words))
                maybe += "maybe" in found
                gates |= found
        fate: Fate = "runs"
        while index >= 0:
            routine = flow.routines[index]
            if self.vocabulary.is_answer(routine.name, routine.owner):
                return Standing(None, frozenset(gates), "agreed")
            if self.vocabulary.is_refusal(routine.name, routine.owner):
                return Standing(None, frozenset(gates), "refused")
            if routine.outer < 0 or self._is_called_by_name(flow, routine):
                break
            fate = self._fate(flow, routine)
            if fate != "runs":
                return Standing(None, frozenset(gates), fate)
            index = routine.outer
        return Standing(Node(flow.path, index) if index >= 0 else None, frozenset(gates), fate, maybe)

    def _answers(self, flow: FileFlow, words: Iterable[str]) -> Iterator[str]:
        """What the functions of a condition give: of `if (ready())` with `fun ready() = prefs.get("agreed")`."""
        for word in words:
            for routine in self.graph.routines_in(flow.path, word):
                yield from routine.answers

    def _is_called_by_name(self, flow: FileFlow, routine: Routine) -> bool:
        """Tell whether others run it by its name: a local function, a lambda in a variable, `by lazy`."""
        if routine.method:
            return False
        if routine.handed < 0:
            return bool(routine.name)
        return bool(routine.name) and flow.sites[routine.handed].member == "lazy"

    def _fate(self, flow: FileFlow, routine: Routine) -> Fate:
        """When something runs that stands inside another routine: a lambda, or a method of an object made there."""
        kind = self.graph.kind(routine.owner) if routine.method else None
        type_ = next(iter(kind.supertypes), "") if kind else ""
        if routine.handed >= 0:
            return self.vocabulary.handed(flow.sites[routine.handed], routine.under, type_, routine.name)
        if routine.method:
            return "runs" if routine.name in self.vocabulary.triggered else "waits"
        return "waits"

    def _start_of(self, node: Node, routine: Routine) -> str:
        """What kind of component the system starts by calling a routine; "" for none."""
        if routine.name == TOP:
            return "module" if self.graph.flows[node.path].language == "python" else ""
        if not routine.method:
            return (
                "hook"
                if any(one in {"on_event", "lifespan", "asynccontextmanager"} for one in routine.annotations)
                else ""
            )
        flow = self.graph.flows[node.path]
        if flow.language == "python":
            return _python_start(routine, self.graph.ancestors(routine.owner))
        for name in sorted(self.graph.below(routine.owner)):
            for kind in self.starts.get(name, ()):
                if routine.name in self._methods.get(kind, ()):
                    return kind
        return ""

    # --- the ways from the start --------------------------------------------------------------------------------------

    def _reached(self, free: bool) -> dict[Node, _Way]:
        """All that the starts lead to, each with the way there; `free` goes behind permissions too.

        An object's class is kept on the way: what a parent calls on itself is what its own child does, and no other's.
        """
        order = list(self._methods)
        entries = sorted(self._entries, key=lambda one: (_rank(order, self._entries[one]), one.path, one.index))
        found: dict[Node, _Way] = {}
        seen: set[tuple[Node, str]] = set()
        rounds: list[deque[_Way]] = [deque() for _ in range(MOST_UNKNOWN + 1)]  # by how much is unknown on the way
        rounds[0].extend(_Way(node, name) for node in entries for name in self._started(node))
        for unknown, waiting in enumerate(rounds):
            while waiting:
                way = waiting.popleft()
                if (way.node, way.of) in seen:
                    continue
                seen.add((way.node, way.of))
                found.setdefault(way.node, way)
                for edge in sorted(self._edges.get(way.node, ()), key=lambda one: (-one.confidence, one.place)):
                    of = way.of if edge.own else edge.made
                    possible = not edge.own or not of or self._has(of, edge.callee)
                    if (
                        way.calls < MOST_CALLS
                        and possible
                        and (free or not edge.permission)
                        and unknown + edge.maybe <= MOST_UNKNOWN
                    ):
                        rounds[unknown + edge.maybe].append(
                            _Way(edge.callee, of, edge, way, unknown + edge.maybe, way.calls + 1)
                        )
        return found

    def _started(self, node: Node) -> list[str]:
        """The classes of which the system starts an object by calling a routine."""
        owner = self.graph.routine(node).owner
        return sorted(self.graph.below(owner).intersection(self.starts)) or [""]

    def _has(self, of: str, callee: Node) -> bool:
        """Tell whether an object of a class has a routine."""
        routine = self.graph.routine(callee)
        return not routine.method or routine.owner in self.graph.ancestors(of) or of.startswith(routine.owner)

    def _at_start(self, target: Target, standing: Standing, way: _Way) -> AtStart:
        steps: list[Step] = []
        unknown = way.unknown + standing.maybe
        confidence = target.confidence
        while way.edge is not None and way.before is not None:
            steps.append(Step(way.edge.place, self._name(way.node)))
            confidence = min(confidence, way.edge.confidence)
            way = way.before
        steps.append(Step(self.graph.routine(way.node).place, self._name(way.node)))
        return AtStart(target, self._entries[way.node], tuple(reversed(steps)), confidence, unknown)

    def _name(self, node: Node) -> str:
        routine = self.graph.routine(node)
        owner = tail(routine.owner)
        if routine.name in {CREATE, LOAD}:
            return owner
        if routine.name == TOP:
            return routine.owner
        return f"{owner}.{routine.name}" if routine.method and owner else routine.name


def innermost(flow: FileFlow, offset: int) -> int:
    """The index of the routine that runs what stands at an offset; -1 for none."""
    best, size = -1, 0
    for index, routine in enumerate(flow.routines):
        if routine.start <= offset < routine.end:
            length = routine.end - routine.start
            if best < 0 or length < size or (length == size and routine.name not in {LOAD, TOP}):
                best, size = index, length
    return best


def _python_start(routine: Routine, ancestors: Iterable[str]) -> str:
    kinds = {tail(one) for one in ancestors}
    if routine.name in {"build", "on_start"} and not kinds.isdisjoint({"App", "MDApp"}):
        return "application"
    if routine.name == "startup" and "App" in kinds:
        return "application"
    return "hook" if routine.name == "ready" and "AppConfig" in kinds else ""


def _rank(order: Sequence[str], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)
