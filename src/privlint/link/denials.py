"""The flow of one file in; the regions of it out that run only because the user said no."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.link.buttons import LONG, Buttons, What
from privlint.link.graph import tail
from privlint.link.start import innermost
from privlint.link.vocabulary import parts

if TYPE_CHECKING:
    from privlint.link.vocabulary import Vocabulary
    from privlint.model.app_rules import RefusalWords
    from privlint.model.flow import FileFlow, Guard, Routine, Site
    from privlint.model.place import Place

_EMPTY = frozenset({"isEmpty", "isNullOrEmpty"})


class Denied(Struct, frozen=True):
    """A region that runs because the user said no."""

    what: What
    start: int
    end: int
    place: Place  # where that is told
    routine: int  # around, or that it is


class Denials:
    """Reads flows for such regions."""

    def __init__(self, vocabulary: Vocabulary, words: RefusalWords) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self.buttons = Buttons(vocabulary, words)
        denied, refuses = words.denied, words.refuses
        self._callbacks = frozenset(denied.callbacks)
        self._results = frozenset(denied.results)
        self._annotations = frozenset(denied.annotations)
        self._says = frozenset(denied.says)
        self._asking = frozenset(denied.asking)
        self._answers = frozenset(denied.answers)
        self._turned = frozenset(denied.turned)
        self._libraries = frozenset(denied.libraries)
        self._firm = frozenset(refuses.firm)
        self._permission = frozenset(refuses.permission)
        self._agrees = frozenset(vocabulary.words.consent.agrees)
        self._contracts = frozenset(vocabulary.words.permission.contracts)
        self._checks = frozenset(vocabulary.words.permission.checks)

    def of(self, flow: FileFlow) -> tuple[Denied, ...]:
        """Find the regions of a file."""
        works = self.works_with_permissions(flow)
        found = []
        told: list[Routine] = []
        for index, routine in enumerate(flow.routines):
            what = self._callback(flow, routine, works=works)
            if what is not None:
                place = flow.sites[routine.handed].place if routine.handed >= 0 else routine.place
                found.append(Denied(what, routine.start, routine.end, place, index))
            elif works and self._is_told(flow, routine):
                told.append(routine)
        for guard in flow.guards:
            what = self._guarded(flow, guard, told)
            if what is not None:
                index = innermost(flow, guard.start)
                if index >= 0:
                    found.append(Denied(what, guard.start, guard.end, flow.routines[index].place, index))
        return tuple(found)

    def works_with_permissions(self, flow: FileFlow) -> bool:
        """Tell whether a file asks for permissions, or is told of the answer."""
        imported = (*flow.imports.values(), *flow.packages)
        if any(not parts(one).isdisjoint(self._libraries) for one in imported):
            return True
        known = {*self.vocabulary.words.permission.asks, *self._contracts, "request_permissions"}
        return any(site.member in known for site in flow.sites) or any(
            one.name in self._results for one in flow.routines
        )

    # --- routines -----------------------------------------------------------------------------------------------------

    def _callback(self, flow: FileFlow, routine: Routine, *, works: bool) -> What | None:
        """What was refused when a routine runs; None where it runs for other reasons."""
        handed = flow.sites[routine.handed] if routine.handed >= 0 else None
        if not self._annotations.isdisjoint(routine.annotations):
            return "permission"
        names = [routine.name] if routine.method or handed is None else []
        if not routine.method:
            names += [routine.under] if routine.under else [handed.member] if handed else []
        for name in filter(None, names):
            found = parts(name)
            if name in self._callbacks and works and not self._of_policy(flow, routine, handed):
                return "permission"
            says = not found.isdisjoint(self._says) and found.isdisjoint(self._asking)
            if says and not found.isdisjoint(self._permission):
                return "permission"
            firm = not found.isdisjoint(self._firm) and found.isdisjoint(self._asking)
            if firm and (self.buttons.of_policy(name) or self._of_policy(flow, routine, handed)):
                return "policy"
        if handed is not None:
            return self.buttons.refused(flow, routine, handed)
        weak = routine.name[:2] == "on" and routine.method and self.vocabulary.is_refusal(routine.name, routine.owner)
        return "policy" if weak and "dismiss" not in parts(routine.name) else None

    def _of_policy(self, flow: FileFlow, routine: Routine, handed: Site | None) -> bool:
        return self.buttons.topic(flow, routine, handed) == "policy"

    def _is_told(self, flow: FileFlow, routine: Routine) -> bool:
        """Tell whether a routine is told how the user answered a request for permissions."""
        if routine.name in self._results:
            return True
        if any(_lower(one) in self._answers or _is_answer(one) for one in routine.parameters):
            return True
        if routine.handed >= 0:
            site = flow.sites[routine.handed]
            words = {word for one in site.arguments for word in one.words}
            return site.member in self.words.denied.registers and not words.isdisjoint(
                {*self._contracts, "permission", "permissions", "Permission"}
            )
        if not routine.name:
            return False
        for site in flow.sites:  # handed over by its name
            if site.member in self.words.denied.registers:
                words = {word for one in site.arguments for word in one.words}
                if routine.name in words and (
                    site.member.startswith("request") or not words.isdisjoint(self._contracts)
                ):
                    return True
        return False

    # --- conditions ---------------------------------------------------------------------------------------------------

    def _guarded(self, flow: FileFlow, guard: Guard, told: Iterable[Routine]) -> What | None:
        """What was refused where a condition holds as it does."""
        if guard.holds and any(self._names_refusal(word) for word in guard.words):
            return "policy"
        found = frozenset().union(*(parts(word) for word in guard.words if len(word) <= LONG))
        inside = [one for one in told if one.start <= guard.start and guard.end <= one.end]
        if inside:
            return "permission" if self._says_denied(guard, found, inside) else None
        if "granted" in found or "denied" in found:
            index = innermost(flow, guard.start)
            while index >= 0:
                routine = flow.routines[index]
                if routine.handed >= 0 and not routine.method and self.works_with_permissions(flow):
                    asks = flow.sites[routine.handed].member in {"subscribe", "request", "collect", "onEach"}
                    return "permission" if asks and self._says_denied(guard, found, [routine]) else None
                index = routine.outer
        return self._answered(flow, guard, found)

    def _names_refusal(self, word: str) -> bool:
        """Tell whether a constant of a condition is the button that refuses: R.id.btn_disagree."""
        found = parts(word) if len(word) <= LONG else frozenset()
        return "disagree" in found and found.isdisjoint(self._asking)

    def _says_denied(self, guard: Guard, found: frozenset[str], told: list[Routine]) -> bool:
        words = set(guard.words)
        given = {one for routine in told for one in routine.parameters if one not in {"requestCode", "permissions"}}
        told_by = not words.isdisjoint(given) or not words.isdisjoint(self._checks)
        of_code = "requestCode" in words
        about = "granted" in found or "denied" in found or "grantresults" in {_lower(one) for one in words}
        about = about or "shouldShowRequestPermissionRationale" in words
        if of_code and not about:
            return False
        if not (about or told_by):
            return False
        if words <= {*given, "isEmpty", "size", "length", "null"} and not about:
            return False
        if "shouldShowRequestPermissionRationale" in words:
            return True
        turned = not words.isdisjoint(self._turned) or "denied" in found
        if "denied" in found and not words.isdisjoint(_EMPTY):
            turned = not turned
        return guard.holds == turned

    def _answered(self, flow: FileFlow, guard: Guard, found: frozenset[str]) -> What | None:
        """A condition on what a privacy dialog gives back: showPrivacy { agreed -> if (!agreed) finish() }."""
        if guard.holds or found.isdisjoint(self._agrees | {"it"}):
            return None
        index = innermost(flow, guard.start)
        if index < 0:
            return None
        routine = flow.routines[index]
        if routine.handed < 0 or set(guard.words).isdisjoint(routine.parameters):
            return None
        site = flow.sites[routine.handed]
        words = (site.member, routine.under, tail(site.owner))
        return "policy" if any(self.vocabulary.of_consent(word) for word in words if word) else None


def _lower(name: str) -> str:
    return name.replace("_", "").lower()


def _is_answer(name: str) -> bool:
    """Tell whether a parameter holds the answer, and is not a callback for it: isGranted, not onGranted."""
    return "granted" in parts(name) and parts(name).isdisjoint({"on", "if", "when", "callback", "listener", "action"})
