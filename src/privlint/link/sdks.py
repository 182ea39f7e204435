"""A `FileFlow` in; the calls that start an SDK, or tell it of the user's consent, out. The rules say which they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from privlint.model.flow import CREATE, FileFlow, SdkCall, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privlint.model.rules import Constraint
    from privlint.model.sdks import ConsentCall, Sdk, SdkRules


class SdkTable:
    """Who is called to start an SDK, and who to tell it of consent."""

    def __init__(self, rules: Iterable[SdkRules]) -> None:
        self._starts: dict[tuple[str, str], Sdk] = {}
        self._tells: dict[tuple[str, str], list[tuple[Sdk, ConsentCall]]] = {}
        for vendor in rules:
            for sdk in vendor.sdk:
                for start in sdk.initialisers:
                    self._starts.update({(start.owner, member): sdk for member in start.members})
                for told in sdk.consents:
                    for member in told.members:
                        self._tells.setdefault((told.owner, member), []).append((sdk, told))

    def started(self, site: Site) -> Sdk | None:
        """Give the SDK that a site starts."""
        if site.form == "new":
            return self._starts.get((site.owner, CREATE))
        return self._starts.get((site.owner, site.member)) if site.form == "call" else None

    def calls(self, flow: FileFlow) -> Iterator[tuple[SdkCall, Site]]:
        """Yield what a file says to SDKs, in the order of the text."""
        for site in flow.sites:
            around = flow.routines[site.routine].place if site.routine >= 0 else None
            symbol = f"{site.owner}.{site.member}"
            sdk = self.started(site)
            if sdk is not None:
                yield SdkCall(sdk.id, "init", symbol, site.place, routine=around), site
            for told_sdk, told in self._tells.get((site.owner, site.member), ()) if site.form == "call" else ():
                value = _value(site, told.when)
                if told.known and (value is None or _holds(value, told.when)):
                    yield SdkCall(told_sdk.id, told.means, symbol, site.place, value, around), site


def _value(site: Site, when: tuple[Constraint, ...]) -> str | None:
    """The constant that decides what a call means; None where it is not a constant."""
    for one in when:
        for index, given in enumerate(site.arguments):
            if (given.name == one.name) if given.name else index == one.argument:
                return given.value
    return None if when else "true"  # a call without a condition says it by itself


def _holds(value: str, when: tuple[Constraint, ...]) -> bool:
    return all(value in one.is_ or not one.is_ for one in when)
