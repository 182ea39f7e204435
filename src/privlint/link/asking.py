"""Flows in; the places that ask for permissions out: which they ask for, how often, and whether anything tells why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.link.graph import tail
from privlint.link.vocabulary import parts
from privlint.model.flow import CREATE, LOAD

if TYPE_CHECKING:
    from privlint.link.vocabulary import Vocabulary
    from privlint.model.app_rules import RefusalWords
    from privlint.model.flow import FileFlow, Routine, Site

_PREFIX = "android.permission."
_GROUPS = {  # what permission libraries and old releases call a whole group
    "LOCATION": "ACCESS_FINE_LOCATION",
    "STORAGE": "READ_EXTERNAL_STORAGE",
    "MICROPHONE": "RECORD_AUDIO",
    "PHONE": "READ_PHONE_STATE",
    "CONTACTS": "READ_CONTACTS",
    "SMS": "READ_SMS",
    "CALENDAR": "READ_CALENDAR",
    "SENSORS": "BODY_SENSORS",
}
_TEXT = 12  # letters from which a text is a sentence to somebody
_NAMES_TEXT = frozenset({"string", "stringResource", "getString", "strings"})


class Request(Struct, frozen=True):
    """One request for permissions."""

    path: str
    site: int  # index
    permissions: tuple[str, ...]  # full names
    owner: str  # the class around it


class Asking:
    """Reads flows for requests."""

    def __init__(self, vocabulary: Vocabulary, words: RefusalWords, known: Iterable[str]) -> None:
        """`known` are the full names of the permissions that the rules know."""
        self.vocabulary = vocabulary
        self.words = words
        self._names = frozenset(words.asks.names)
        self._at_once = frozenset(words.asks.at_once)
        self._collects = frozenset(words.asks.collects)
        self._explains = frozenset(words.asks.explains)
        self._contracts = frozenset(vocabulary.words.permission.contracts)
        self._permission = frozenset(words.refuses.permission)
        listed = {name.rpartition(".")[2] for name in known if name.startswith(_PREFIX)}
        listed |= {name for group in words.group for name in group.permissions}
        self._known = {name: _PREFIX + _GROUPS.get(name, name) for name in listed}
        self._groups = {_PREFIX + _GROUPS.get(name, name): one.id for one in words.group for name in one.permissions}

    def group(self, permission: str) -> str:
        """The id of the group of a permission; "" for one that opens no personal data."""
        return self._groups.get(permission, "")

    def named(self, words: Iterable[str]) -> tuple[str, ...]:
        """The permissions among the words of an expression."""
        found: dict[str, None] = {}
        for word in words:
            name = word.rpartition(".")[2] if "permission" in word.lower() else word
            if name in self._known:
                found[self._known[name]] = None
        return tuple(found)

    # --- requests -----------------------------------------------------------------------------------------------------

    def requests(self, flow: FileFlow) -> tuple[Request, ...]:
        """The requests of a file, in order."""
        found: list[Request] = []
        chain: tuple[int, tuple[str, ...], int] | None = None  # `.permission(A).permission(B)`: site, names, routine
        for index, site in enumerate(flow.sites):
            if site.form != "call" or site.member not in self._names:
                continue
            named = self.named(word for one in site.arguments for word in one.words)
            if site.member not in self._at_once:
                if named:
                    same = chain is not None and chain[2] == site.routine
                    before = chain[1] if same and chain else ()
                    if same and found and chain and found[-1].site == chain[0]:
                        found.pop()
                    merged = tuple(dict.fromkeys((*before, *named)))
                    chain = (index, merged, site.routine)
                    found.append(Request(flow.path, index, merged, self.owner(flow, site.routine)))
                continue
            if not self._is_request(site, named) or self._is_own(flow, site):
                continue
            if chain is not None and chain[2] == site.routine and site.member == "request" and not named:
                chain = None
                continue  # the end of a chain that was noted already
            chain = None
            named = named or self._collected(flow, site)
            if len(named) > 1 and "RequestPermission" in site.made_of:
                named = ()  # it takes one: which of them, the code decides later
            found.append(Request(flow.path, index, named, self.owner(flow, site.routine)))
        return tuple(found)

    def _is_request(self, site: Site, named: tuple[str, ...]) -> bool:
        if site.member in {"requestPermissions", "requestPermission", "request_permissions", "request_permission"}:
            return bool(site.arguments)
        if site.member == "launch":
            return bool(named) or not self._contracts.isdisjoint(site.made_of)
        return bool(named)

    def _is_own(self, flow: FileFlow, site: Site) -> bool:
        """Tell whether a method of the file itself is called, which asks in its turn."""
        return site.receiver in {"", "this", "self"} and any(
            one.name == site.member and not one.overrides for one in flow.routines
        )

    def _collected(self, flow: FileFlow, site: Site) -> tuple[str, ...]:
        """The permissions that the routine of a request put together before."""
        found: dict[str, None] = {}
        for one in flow.sites:
            if one.routine == site.routine and one.start < site.start and one.member in self._collects:
                found.update(dict.fromkeys(self.named(word for each in one.arguments for word in each.words)))
        return tuple(found)

    def owner(self, flow: FileFlow, index: int) -> str:
        """The outermost named class around a routine."""
        found = ""
        while index >= 0:
            routine = flow.routines[index]
            found = routine.owner
            index = routine.outer
        pieces = found.split(".")
        while pieces and pieces[-1].isdigit():
            pieces.pop()
        return ".".join(pieces)

    def enclosing(self, flow: FileFlow, site: Site) -> str:
        """The class and function around a site."""
        index = site.routine
        name = ""
        while index >= 0:
            routine = flow.routines[index]
            if routine.name and routine.name not in {CREATE, LOAD} and not _is_variable(routine):
                name = routine.name
            index = routine.outer
        owner = tail(self.owner(flow, site.routine))
        return f"{owner}.{name}" if name else owner

    def all_named(self, flow: FileFlow, owner: str) -> tuple[str, ...]:
        """The permissions that a class names anywhere; those of the file where it names none."""
        own: dict[str, None] = {}
        every: dict[str, None] = {}
        for site in flow.sites:
            if (
                site.form == "member"
                and site.member in self._known
                and (not site.receiver or not parts(site.receiver).isdisjoint(self._permission))
            ):
                every[self._known[site.member]] = None
                if self.owner(flow, site.routine) == owner:
                    own[self._known[site.member]] = None
        return tuple(own or every)

    # --- how it asks --------------------------------------------------------------------------------------------------

    def bundled(self, permissions: Iterable[str]) -> tuple[str, ...]:
        """The groups of a request, if no single function plainly needs them together."""
        groups = tuple(dict.fromkeys(filter(None, (self.group(one) for one in permissions))))
        if len(groups) < 2:
            return ()
        if any(set(groups) <= set(one.groups) for one in self.words.together):
            return ()
        return groups

    def explained(self, flow: FileFlow, request: Request) -> bool:
        """Tell whether anything in the class, or in what leads to the request, tells what it is for."""
        for site in flow.sites:
            if self.owner(flow, site.routine) != request.owner:
                continue
            if self._tells(site):
                return True
        return any(
            not parts(one.name).isdisjoint(self._explains) for one in flow.routines if one.owner == request.owner
        )

    def _tells(self, site: Site) -> bool:
        if site.form == "class":
            return False
        named = parts(site.member) | parts(tail(site.owner))
        if not named.isdisjoint(self._explains) or site.member in _NAMES_TEXT:
            return True
        texts = [word for one in site.arguments for word in one.words]
        return any(
            any(one in text for one in self.words.asks.explains_zh) or (len(text) >= _TEXT and " " in text.strip())
            for text in texts
        )


def callers_in(flow: FileFlow, routine: Routine) -> Iterator[Site]:
    """The sites of the same file that call a routine by its name, on the object itself."""
    for site in flow.sites:
        if site.member == routine.name and site.form == "call" and site.receiver in {"", "this", "self", "super"}:
            yield site


def _is_variable(routine: Routine) -> bool:
    return not routine.method and routine.handed >= 0
