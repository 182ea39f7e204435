"""Requests for permissions in; those that come again without the user's doing, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from privlint.link.asking import Asking, Request, callers_in
from privlint.link.buttons import LONG
from privlint.link.graph import tail
from privlint.link.start import innermost
from privlint.link.vocabulary import parts
from privlint.model.refused import Repeat

if TYPE_CHECKING:
    from privlint.link.denials import Denied
    from privlint.link.vocabulary import Vocabulary
    from privlint.model.app_rules import RefusalWords
    from privlint.model.flow import FileFlow, Guard, Site

How = Literal["return", "denied", "loop", ""]


class Repeats:
    """Reads how often it is asked."""

    def __init__(self, vocabulary: Vocabulary, words: RefusalWords, asking: Asking) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self.asking = asking

    def of(self, flow: FileFlow, requests: Iterable[Request], denied: tuple[Denied, ...]) -> Iterator[Repeat]:
        """Yield the requests of a file that come again."""
        for request in requests:
            site = flow.sites[request.site]
            if not self._opens_data(site, request):
                continue
            how, region = self._comes_again(flow, site, denied)
            if how:
                yield Repeat(
                    how,
                    site.place,
                    site.member,
                    region.place if region else None,
                    request.permissions,
                    enclosing=self.asking.enclosing(flow, site),
                )

    def _opens_data(self, site: Site, request: Request) -> bool:
        """Tell whether a request is for personal data; where it names nothing, whether it goes to the system at all."""
        if request.permissions:
            return any(self.asking.group(one) for one in request.permissions)
        return site.member != "request" and tail(site.receiver) in {"", "this", "ActivityCompat", "EasyPermissions"}

    def _comes_again(self, flow: FileFlow, site: Site, denied: tuple[Denied, ...]) -> tuple[How, Denied | None]:
        if any(start <= site.start < end for start, end in flow.loops) and self._waits_for_yes(flow, site):
            return "loop", None
        for region in denied:
            if region.what == "permission" and region.start <= site.start < region.end:
                plain = site.routine == region.routine or self._runs_with(flow, site.routine, region)
                if plain and self._only_permission(flow, site, region):
                    return "denied", region
        routine = flow.routines[site.routine] if site.routine >= 0 else None
        if routine is None or not self._only_permission(flow, site):
            return "", None
        if routine.method and routine.name in self.words.asks.resumes:
            return "return", None
        for call in callers_in(flow, routine):
            if call.routine < 0 or not routine.method:
                continue
            around = flow.routines[call.routine]
            if around.name in self.words.asks.resumes and around.method and self._only_permission(flow, call):
                return "return", None
        return "", None

    def _runs_with(self, flow: FileFlow, index: int, region: Denied) -> bool:
        return innermost(flow, region.start) == index

    def _waits_for_yes(self, flow: FileFlow, site: Site) -> bool:
        """Tell whether the loop around goes on until the permission is there."""
        loop = min((one for one in flow.loops if one[0] <= site.start < one[1]), key=lambda one: one[1] - one[0])
        return any(one.start == loop[0] and self._of_permission(one) for one in flow.guards)

    def _only_permission(self, flow: FileFlow, site: Site, region: Denied | None = None) -> bool:
        """Tell whether nothing but a missing permission decides that it is asked for: no note that it was, no time."""
        for guard in flow.guards:
            if guard.start <= site.start < guard.end:
                if region is not None and guard.start <= region.start and region.end <= guard.end:
                    continue
                if not self._of_permission(guard):
                    return False
        return True

    def _of_permission(self, guard: Guard) -> bool:
        words = self.vocabulary.words
        if "shouldShowRequestPermissionRationale" in guard.words:
            return False
        if any(not parts(word).isdisjoint(self.words.asks.kept) for word in guard.words if len(word) <= LONG):
            return False
        return (
            any(word in words.permission.checks for word in guard.words)
            or any("ermission" in word for word in guard.words)
            or any(word in {"SDK_INT", "platform", "android"} for word in guard.words)
        )
