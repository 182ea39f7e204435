"""The flows of many files as one: who is who, and who calls whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from privlint.model.facts import Confidence
from privlint.model.flow import CREATE, LOAD, TOP, FileFlow, Kind, Routine, Site

MOST_CHILDREN = 3  # classes that do the same in their own ways; with more of them nothing says which one runs
_PLATFORM = ("java.", "javax.", "kotlin.", "kotlinx.", "android.", "androidx.")
_PLATFORM_TYPES = frozenset({"Runnable", "Callable", "Thread", "Iterable", "Comparable", "AutoCloseable", "Closeable"})
LONG = 5  # letters of a method's name that may be believed on a receiver of unknown type


class Node(Struct, frozen=True):
    """One routine of one file."""

    path: str
    index: int


class Call(Struct, frozen=True):
    """A site that leads to a routine."""

    path: str
    site: int
    confidence: int


class Graph:
    """Classes, routines and sites by their names."""

    def __init__(self) -> None:
        self.flows: dict[str, FileFlow] = {}
        self._kinds: dict[str, Kind] = {}
        self._tails: dict[str, list[str]] = defaultdict(list)
        self._below: dict[str, set[str]] = defaultdict(
            set
        )  # simple name of a class -> classes that name it as a parent
        self._sites: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._routines: dict[str, list[Node]] = defaultdict(list)
        self._injected: dict[str, list[str]] = defaultdict(list)
        self.unresolved = 0

    def take(self, flow: FileFlow) -> None:
        """Add the flow of one more file."""
        self.flows[flow.path] = flow
        for kind in flow.kinds:
            self._kinds.setdefault(kind.name, kind)
            self._tails[tail(kind.name)].append(kind.name)
            for parent in kind.supertypes:
                self._below[tail(parent)].add(kind.name)
            for injected in kind.injected:
                self._injected[tail(injected)].append(kind.name)
        for index, site in enumerate(flow.sites):
            self._sites[site.member].append((flow.path, index))
        for index, routine in enumerate(flow.routines):
            if routine.name:
                self._routines[routine.name].append(Node(flow.path, index))

    # --- classes ------------------------------------------------------------------------------------------------------

    def kind(self, name: str) -> Kind | None:
        """Find a class by its full name, or by a simple one that only one class has."""
        found = self._kinds.get(name)
        if found is None:
            names = self._tails.get(tail(name), ())
            if len(names) == 1 and ("." not in name or name.endswith("." + tail(names[0]))):
                found = self._kinds[names[0]] if "." not in name else None
        return found

    def ancestors(self, name: str) -> dict[str, None]:
        """A class and all that it is, as far as the project and the imports tell, nearest first."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop(0)
            known = self.kind(one)
            full = known.name if known else one
            if full not in found:
                found[full] = None
                waiting.extend(known.supertypes if known else ())
        return found

    def below(self, name: str) -> set[str]:
        """The classes of the project that are one, itself among them."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._below.get(tail(one), ()))
        return found

    def related(self, written: str, name: str) -> bool:
        """Tell whether a value of a written type may be an object of a class: it is one, or a parent, or a child."""
        known = self.kind(written)
        full = known.name if known else written
        if full == name or (known is None and tail(full) == tail(name) and _may_be(full, name)):
            return True
        if known is None:
            return any(one == full or _may_be(full, one) or _may_be(one, full) for one in self.ancestors(name))
        return full in self.ancestors(name) or name in self.ancestors(full)

    # --- calls --------------------------------------------------------------------------------------------------------

    def routine(self, node: Node) -> Routine:
        """The routine of a node."""
        return self.flows[node.path].routines[node.index]

    def named(self, owner: str, name: str) -> Iterator[Node]:
        """The routines of a class by their name."""
        for node in self._routines.get(name, ()):
            if self.routine(node).owner == owner:
                yield node

    def nodes(self, name: str) -> Iterator[Node]:
        """The routines of any class by their name."""
        yield from self._routines.get(name, ())

    def routines_in(self, path: str, name: str) -> Iterator[Routine]:
        """The routines of one file by their name."""
        for node in self._routines.get(name, ()):
            if node.path == path:
                yield self.routine(node)

    def routines_named(self, path: str, name: str) -> Iterator[Node]:
        """The nodes of one file by the name of their routine."""
        return (node for node in self._routines.get(name, ()) if node.path == path)

    def spellings(self, node: Node) -> tuple[str, ...]:
        """How others may write a member: Kotlin sees Java's getDevice() as device, and Java Kotlin's device as that."""
        routine = self.routine(node)
        name = routine.name
        language = self.flows[node.path].language
        if name == TOP:
            return ()
        if language == "java" and not routine.parameters and name[:3] == "get" and name[3:4].isupper():
            return (name, name[3].lower() + name[4:])
        if language == "kotlin" and not routine.function and name[:1].islower():
            return (name, "get" + name[0].upper() + name[1:])
        return (name,)

    def callers(self, node: Node) -> Iterator[Call]:
        """The sites that lead to a routine, in the files that are known."""
        routine = self.routine(node)
        if routine.name in {CREATE, LOAD}:
            yield from self.makers(routine)
            return
        for name in self.spellings(node):
            for path, index in self._sites.get(name, ()):
                site = self.flows[path].sites[index]
                if site.form in {"set", "class", "reference"} or (site.form == "new" and name != routine.name):
                    continue
                if site.form == "member" and name == routine.name and _is_called(routine):
                    continue  # something else of that name: a function is only run by a call
                confidence = self._match(path, site, routine, node.path)
                if confidence:
                    yield Call(path, index, confidence)

    def injectors(self, owner: str) -> Iterator[str]:
        """The classes into which a container puts an object of a class."""
        yield from (name for name in self._injected.get(tail(owner), ()) if name != owner)

    def makers(self, routine: Routine) -> Iterator[Call]:
        """The sites that make an object of the class of a routine, or first use the class itself."""
        simple = tail(routine.owner)
        for path, index in self._sites.get(simple, ()):
            site = self.flows[path].sites[index]
            if not site.owner and site.form == "member" and routine.name == CREATE:
                continue
            if site.form in {"new", "class", "member", "reference"} and self._is(path, site.owner or simple, routine):
                yield Call(path, index, Confidence.EXACT if site.form == "new" else Confidence.INFERRED)
        if routine.name == LOAD:
            yield from self._users(routine)

    def _users(self, routine: Routine) -> Iterator[Call]:
        """The sites that use a member of the class itself; its first use loads it."""
        for path, flow in self.flows.items():
            for index, site in enumerate(flow.sites):
                static = tail(site.owner) == tail(routine.owner) == tail(site.receiver)
                if static and site.form in {"call", "member"} and self._is(path, site.owner, routine):
                    yield Call(path, index, Confidence.INFERRED)

    def _is(self, path: str, written: str, routine: Routine) -> bool:
        if written == routine.owner:
            return True
        known = self.kind(written)
        if known is not None and "." in written:
            return known.name == routine.owner
        flow = self.flows[path]
        package = routine.owner.rpartition(".")[0]
        imported = flow.imports.get(written.partition(".")[0])
        if imported:
            return imported == routine.owner or routine.owner.startswith(imported + ".")
        return flow.package == package or package in flow.packages or package.startswith(flow.package + ".")

    def _match(self, path: str, site: Site, routine: Routine, home: str) -> int:
        """How surely a site of the right name leads to a routine: 0 for not."""
        flow = self.flows[path]
        if not routine.method:
            return self._match_plain(flow, site, routine, home)
        if site.owner:
            if not self.related(site.owner, routine.owner):
                return 0
            return Confidence.EXACT if self._is_sure(site.owner, routine) else 0
        if site.receiver in {"", "this", "super", "self"}:
            around = self._around(flow, site)
            if any(one == routine.owner or routine.owner in self.ancestors(one) for one in around):
                return Confidence.EXACT
            if site.receiver != "super" and any(one in self.ancestors(routine.owner) for one in around):
                return Confidence.EXACT  # a parent calls what its child overrides
            return 0
        self.unresolved += 1
        alone = site.member == routine.name and len(routine.name) >= LONG and len(self._routines[routine.name]) == 1
        if alone and routine.owner in flow.imports.values():
            return Confidence.LEXICAL
        return 0

    def _is_sure(self, written: str, routine: Routine) -> bool:
        """Tell whether a call on a value of a written type runs this routine, and not one of many others so named."""
        known = self.kind(written)
        full = known.name if known else written
        if full == routine.owner or full.startswith(_PLATFORM) or tail(full) in _PLATFORM_TYPES:
            return full == routine.owner
        if full not in self.ancestors(routine.owner):
            return True
        children = self.below(full)
        return sum(self.routine(one).owner in children for one in self._routines[routine.name]) <= MOST_CHILDREN

    def _match_plain(self, flow: FileFlow, site: Site, routine: Routine, home: str) -> int:
        """A function outside classes: by import, or in the same package or file."""
        if routine.outer >= 0:
            return Confidence.EXACT if flow.path == home else 0
        if flow.path == home:
            return Confidence.EXACT
        imported = flow.imports.get(site.member)
        if imported:
            return Confidence.EXACT if imported == f"{routine.owner}.{routine.name}" else 0
        if site.owner == routine.owner or routine.owner in flow.packages:
            return Confidence.EXACT
        if flow.language == "python":
            return Confidence.EXACT if tail(site.owner) == tail(routine.owner) else 0
        return Confidence.EXACT if flow.package == routine.owner else 0

    def _around(self, flow: FileFlow, site: Site) -> list[str]:
        """The classes around a site, innermost first."""
        found = []
        index = site.routine
        while index >= 0:
            routine = flow.routines[index]
            found.append(routine.owner)
            index = routine.outer
        for owner in tuple(found):
            outer = owner.rpartition(".")[0]
            if outer in self._kinds:
                found.append(outer)
        return found


def tail(name: str) -> str:
    """The simple name of a class."""
    return name.rpartition(".")[2]


def _is_called(routine: Routine) -> bool:
    return routine.function and not {"property", "cached_property"}.intersection(routine.annotations)


def _may_be(written: str, full: str) -> bool:
    """Tell whether a name as written, which no import explains, may be short for a full one."""
    return written == full or full.endswith("." + written)
