"""Regions that run because the user said no in; the places in them that end or block the app, or ask again, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privlint.link.again import Repeats
from privlint.link.asking import Asking, Request
from privlint.link.denials import Denials, Denied
from privlint.link.endings import Ending, Endings
from privlint.link.graph import tail
from privlint.model.refused import Asked, Bundle, Refusal, Refused, Repeat

if TYPE_CHECKING:
    from privlint.link.graph import Graph
    from privlint.link.vocabulary import Vocabulary
    from privlint.model.app_rules import RefusalWords
    from privlint.model.flow import FileFlow, Site, Target


class Reading:
    """One look at the files that say no, end something, or ask for permissions."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        words: RefusalWords,
        graph: Graph,
        known: Iterable[str],
        fronts: Iterable[str],
    ) -> None:
        """`known` are the permissions of the rules, `fronts` the classes of the screens that an app starts with."""
        self.vocabulary = vocabulary
        self.words = words
        self.graph = graph
        self.asking = Asking(vocabulary, words, known)
        self.denials = Denials(vocabulary, words)
        self.repeats = Repeats(vocabulary, words, self.asking)
        self.endings = Endings(words, graph, fronts)
        self._denied: dict[str, tuple[Denied, ...]] = {}
        self._asked: dict[str, tuple[Request, ...]] = {}

    def open_calls(self, paths: Iterable[str]) -> tuple[str, ...]:
        """The names of what is called where the user said no, which other files may declare."""
        found: dict[str, None] = {}
        for path in paths:
            flow = self.graph.flows[path]
            for region in self.denied(path):
                for site in flow.sites:
                    if region.start <= site.start < region.end and site.form == "call" and site.receiver:
                        found[site.member] = None
        return tuple(found)

    def denied(self, path: str) -> tuple[Denied, ...]:
        """The regions of a file that run because the user said no."""
        if path not in self._denied:
            self._denied[path] = self.denials.of(self.graph.flows[path])
        return self._denied[path]

    def requests(self, path: str) -> tuple[Request, ...]:
        """The requests of a file."""
        if path not in self._asked:
            self._asked[path] = self.asking.requests(self.graph.flows[path])
        return self._asked[path]

    def result(self, paths: Iterable[str], taken: Iterable[Target]) -> Refused:
        """Judge nothing, but tell all that was seen in these files; `taken` are the places that take data."""
        paths = tuple(paths)
        refusals = tuple(one for path in paths for one in self._refusals(path))
        return Refused(
            refusals,
            tuple(one for path in paths for one in self._bundles(path, refusals)),
            (
                *(one for path in paths for one in self._repeated(path)),
                *self._taken(taken),
            ),
            tuple(one for path in paths for one in self._unexplained(path)),
        )

    # --- refusals -----------------------------------------------------------------------------------------------------

    def _refusals(self, path: str) -> Iterator[Refusal]:
        flow = self.graph.flows[path]
        regions = self.denied(path)
        if not regions:
            return
        seen: set[tuple[int, str]] = set()
        for index, site in enumerate(flow.sites):
            around = [one for one in regions if one.start <= site.start < one.end]
            if not around:
                continue
            region = min(around, key=lambda one: one.end - one.start)
            outer = max(around, key=lambda one: one.end - one.start)
            ending = self.endings.at(flow, index)
            if ending is None or self._is_answered(flow, site, region) or self._leads_on(flow, site, region):
                continue
            if ending.screen and region.what == "permission" and not self._is_front(flow, site):
                continue
            key = (outer.start, region.what)
            if key not in seen:
                seen.add(key)
                yield self._refusal(flow, site, region, ending)
        yield from self._blocking(flow, regions, seen)

    def _refusal(self, flow: FileFlow, site: Site, region: Denied, ending: Ending | None) -> Refusal:
        """Say all of one; without an ending it is a dialog that blocks."""
        asked = self._asked_for(flow, site, region) if region.what == "permission" else ()
        permissions = tuple(dict.fromkeys(one for request in asked for one in request.permissions))
        if region.what == "permission" and not permissions:
            permissions = self.asking.all_named(flow, self.asking.owner(flow, site.routine))
        return Refusal(
            what=region.what,
            way="ends" if ending else "blocks",
            place=site.place,
            call=site.member,
            denied=region.place,
            permissions=permissions,
            asked=tuple(flow.sites[one.site].place for one in asked),
            through=ending.place if ending and ending.place != site.place else None,
            enclosing=self.asking.enclosing(flow, site),
        )

    def _is_front(self, flow: FileFlow, site: Site) -> bool:
        return self.endings.is_front(self.asking.owner(flow, site.routine))

    def _is_answered(self, flow: FileFlow, site: Site, region: Denied) -> bool:
        """Tell whether the user said yes to something in between."""
        index = site.routine
        while index >= 0 and index != region.routine:
            routine = flow.routines[index]
            if not region.start <= routine.start < region.end:
                return False
            if routine.handed >= 0:
                said = self.denials.buttons.said(flow, routine, flow.sites[routine.handed])
                if self.denials.buttons.agrees(said):
                    return True
            index = routine.outer
        return False

    def _leads_on(self, flow: FileFlow, site: Site, region: Denied) -> bool:
        """Tell whether another screen is opened there instead, or a dialog whose answer decides."""
        size = min(
            (one.end - one.start for one in flow.guards if one.start <= site.start < one.end), default=region.end
        )
        near = [
            one
            for one in flow.sites
            if one.routine == site.routine
            and region.start <= one.start < region.end
            and abs(one.start - site.start) <= size
        ]
        return any(self.endings.leads_on(one) for one in near if one is not site)

    def _blocking(self, flow: FileFlow, regions: tuple[Denied, ...], seen: set[tuple[int, str]]) -> Iterator[Refusal]:
        """Dialogs that cannot be put away and lead nowhere but to being asked again."""
        for region in regions:
            if region.what != "permission" or (region.start, region.what) in seen:
                continue
            inside = [one for one in flow.sites if region.start <= one.start < region.end]
            fixed = [one for one in inside if self.endings.cannot_be_left(one)]
            if not fixed or not self._is_front(flow, fixed[0]) or self._is_about_another(flow, fixed[0]):
                continue
            if self.endings.only_again(inside):
                seen.add((region.start, region.what))
                yield self._refusal(flow, fixed[0], region, None)

    def _is_about_another(self, flow: FileFlow, site: Site) -> bool:
        """Tell whether a permission is looked up there, of which the answer that just came says nothing."""
        return any(one.start <= site.start < one.end and "checkSelfPermission" in one.words for one in flow.guards)

    def _asked_for(self, flow: FileFlow, site: Site, region: Denied) -> tuple[Request, ...]:
        """The requests whose refusal runs a region."""
        requests = self.requests(flow.path)
        owner = self.asking.owner(flow, site.routine)
        index = region.routine
        while index >= 0:
            routine = flow.routines[index]
            if routine.handed >= 0:
                handed = flow.sites[routine.handed]
                if handed.member == "registerForActivityResult" or "Launcher" in handed.member:
                    named = [one for one in requests if tail(flow.sites[one.site].receiver) == routine.name]
                    if routine.name and named:
                        return tuple(named)
                chained = [
                    one
                    for one in requests
                    if flow.sites[one.site].routine == handed.routine and flow.sites[one.site].start <= handed.start
                ]
                if chained:
                    return (chained[-1],)
            index = routine.outer
        own = [one for one in requests if one.owner == owner]
        codes = {
            word
            for one in flow.guards
            if one.holds and one.start <= region.start and region.end <= one.end and "requestCode" in one.words
            for word in one.words
        }
        coded = [
            one
            for one in own
            if codes.intersection(word for each in flow.sites[one.site].arguments for word in each.words)
        ]
        return tuple(coded or own)

    # --- how it asks --------------------------------------------------------------------------------------------------

    def _bundles(self, path: str, refusals: tuple[Refusal, ...]) -> Iterator[Bundle]:
        flow = self.graph.flows[path]
        for request in self.requests(path):
            groups = self.asking.bundled(request.permissions)
            if groups:
                place = flow.sites[request.site].place
                blocks = next((one.place for one in refusals if place in one.asked), None)
                yield Bundle(self._place(flow, request), groups, blocks)

    def _unexplained(self, path: str) -> Iterator[Asked]:
        flow = self.graph.flows[path]
        for request in self.requests(path):
            grouped = any(self.asking.group(one) for one in request.permissions)
            if grouped and self._is_own(request) and not self.asking.explained(flow, request):
                yield self._place(flow, request)

    def _is_own(self, request: Request) -> bool:
        """Tell whether a request stands in a screen, and not in something that other code asks by."""
        known = {tail(one) for one in self.graph.ancestors(request.owner)}
        return any(one.endswith(("Activity", "Fragment", "App")) for one in known)

    def _place(self, flow: FileFlow, request: Request) -> Asked:
        site = flow.sites[request.site]
        return Asked(site.place, request.permissions, self.asking.enclosing(flow, site))

    def _repeated(self, path: str) -> Iterator[Repeat]:
        yield from self.repeats.of(self.graph.flows[path], self.requests(path), self.denied(path))

    def _taken(self, taken: Iterable[Target]) -> Iterator[Repeat]:
        for target in taken:
            path = target.place.path
            if target.kind == "request":
                continue
            flow = self.graph.flows[path]
            site = next((one for one in flow.sites if one.place.start == target.place.start), None)
            if site is None:
                continue
            for region in self.denied(path):
                inside = region.what == "policy" and region.start <= site.start < region.end
                if inside and not self._is_answered(flow, site, region):
                    yield Repeat(
                        "taken",
                        target.place,
                        site.member,
                        region.place,
                        (),
                        target.data,
                        target.sdk,
                        self.asking.enclosing(flow, site),
                    )
                    break
