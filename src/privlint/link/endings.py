"""A place in; whether it ends the app, leads on elsewhere, or holds the user up, out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.link.graph import tail
from privlint.link.vocabulary import parts

if TYPE_CHECKING:
    from privlint.link.graph import Graph
    from privlint.model.app_rules import RefusalWords
    from privlint.model.flow import FileFlow, Site
    from privlint.model.place import Place

_FRONT = frozenset({"main", "splash", "welcome", "launch", "launcher", "start", "home", "entry"})
_SCREEN = frozenset({"activity", "app", "screen", "page", "the", "my"})
_OWN = frozenset({"", "this", "self", "super"})


class Ending(Struct, frozen=True):
    """That a call ends the app."""

    screen: bool  # only the screen that it stands in
    place: Place  # of what ends it, if that is one call further


class Endings:
    """Tells what ends what."""

    def __init__(self, words: RefusalWords, graph: Graph, fronts: Iterable[str]) -> None:
        self.graph = graph
        self.words = words
        ends = words.ends
        self._app = frozenset(ends.app)
        self._screen = frozenset(ends.screen)
        self._qualified = frozenset(ends.qualified)
        self._screens = frozenset(ends.screens)
        self._unless = frozenset(ends.unless)
        self._leads = frozenset(ends.leads)
        self._leads_to = frozenset(ends.leads_to)
        self._settings = frozenset(words.refuses.settings)
        self._fronts = frozenset(fronts)

    def at(self, flow: FileFlow, index: int) -> Ending | None:
        """How a site ends the app, by itself or by the routine that it calls."""
        site = flow.sites[index]
        if site.form != "call" or self._is_other(flow, site):
            return None
        own = self._by_itself(flow, index)
        if own is not None:
            return own
        return self._by_call(flow, index)

    def is_front(self, owner: str) -> bool:
        """Tell whether a class is a screen that the app starts with; where nothing tells, whether its name says so."""
        if self._fronts and not self._fronts.isdisjoint({*self.graph.below(owner), *self.graph.ancestors(owner)}):
            return True
        named = parts(tail(owner))
        return not named.isdisjoint(_FRONT) and named <= _FRONT | _SCREEN

    def leads_on(self, site: Site) -> bool:
        """Tell whether a site opens another screen of the app, or hands an answer back."""
        if site.form == "class":
            return tail(site.owner).endswith(("Activity", "Fragment")) or "Activity" in site.member
        if site.form != "call":
            return False
        words = {word for one in site.arguments for word in one.words}
        if site.member in self.words.ends.answers:
            return True
        if site.member in {"startActivity", "startActivityForResult", "launch"}:
            return not self._opens_settings(site, words) and "CATEGORY_HOME" not in words
        found = parts(site.member)
        return not found.isdisjoint(self._leads) and not found.isdisjoint(self._leads_to)

    def cannot_be_left(self, site: Site) -> bool:
        """Tell whether a dialog is made so that nothing but its buttons ends it."""
        if site.member not in self.words.refuses.cancelable or site.form not in {"call", "set"}:
            return False
        return site.member != "setCanceledOnTouchOutside" and any(
            one.value in {"false", "False"} for one in site.arguments
        )

    def only_again(self, sites: Iterable[Site]) -> bool:
        """Tell whether the buttons of a dialog lead to the request or the settings, and no other button is there."""
        again = positive = False
        for site in sites:
            found = parts(site.member)
            if not found.isdisjoint({"negative", "neutral", "cancel"}):
                return False
            positive = positive or "positive" in found or "confirm" in found
            words = {word for one in site.arguments for word in one.words}
            again = again or self._opens_settings(site, words) or site.member in self.words.asks.at_once
        return again and positive

    def _opens_settings(self, site: Site, words: set[str]) -> bool:
        return site.member in self._settings or not self._settings.isdisjoint({*words, *site.made_of})

    # --- what ends it -------------------------------------------------------------------------------------------------

    def _by_itself(self, flow: FileFlow, index: int) -> Ending | None:
        site = flow.sites[index]
        if site.member in self._app:
            return Ending(False, site.place)
        if f"{tail(site.receiver)}.{site.member}" in self._qualified or (
            flow.language == "python" and not site.receiver and site.member in {"exit", "quit"}
        ):
            return Ending(False, site.place)
        if site.member in self._screen and self._is_screen(flow, index):
            return Ending(True, site.place)
        if site.member in self.words.ends.stops and flow.language == "python" and self._is_running(flow, index):
            return Ending(False, site.place)
        return None

    def _is_screen(self, flow: FileFlow, index: int) -> bool:
        site = flow.sites[index]
        if site.receiver in _OWN or "@" in site.receiver:
            return not site.arguments
        called = flow.sites[index - 1].member if site.receiver == "?" and index else ""  # requireActivity().finish()
        named = parts(tail(site.receiver)) | parts(tail(site.owner)) | parts(called)
        return not named.isdisjoint(self._screens) and "mode" not in named

    def _is_running(self, flow: FileFlow, index: int) -> bool:
        site = flow.sites[index]
        before = flow.sites[index - 1] if index else None
        if site.receiver == "?":
            return before is not None and before.member in self.words.ends.running
        if not set(site.made_of).isdisjoint(self.words.ends.running):
            return True
        owner = flow.routines[site.routine].owner if site.routine >= 0 else ""
        kinds = {tail(one) for one in self.graph.ancestors(owner)}
        return site.receiver == "self" and not kinds.isdisjoint(self.words.ends.stoppable)

    def _by_call(self, flow: FileFlow, index: int) -> Ending | None:
        """What a routine of the project ends that a site calls."""
        site = flow.sites[index]
        for node in self.graph.nodes(site.member):
            routine = self.graph.routine(node)
            if not parts(routine.name).isdisjoint(self._unless) or routine.name in self._screen:
                continue
            if not any((call.path, call.site) == (flow.path, index) for call in self.graph.callers(node)):
                continue
            called = self.graph.flows[node.path]
            for number, inner in enumerate(called.sites):
                if inner.routine == node.index and not self._is_conditional(called, inner):
                    ending = self._by_itself(called, number) if inner.form == "call" else None
                    if ending is not None and not self._leads_elsewhere(called, node.index):
                        return ending
        return None

    def _leads_elsewhere(self, flow: FileFlow, index: int) -> bool:
        return any(one.routine == index and self.leads_on(one) for one in flow.sites)

    def _is_conditional(self, flow: FileFlow, site: Site) -> bool:
        return any(one.start <= site.start < one.end for one in flow.guards)

    def _is_other(self, flow: FileFlow, site: Site) -> bool:
        """Tell whether the app is ended there for another reason, by the names of what is around."""
        index = site.routine
        while index >= 0:
            routine = flow.routines[index]
            if routine.name and not parts(routine.name).isdisjoint(self._unless):
                return True
            index = routine.outer
        return False
