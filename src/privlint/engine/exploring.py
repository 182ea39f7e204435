"""The sources of an app and its manifest in; what they show of users' rights out.

The manifest names code and pages; whether they are there takes a look at files that hold nothing to report. A run that
needs none of this (no manifest, single files) does not pay for it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint import discover, languages, observe
from privlint.engine.guard import guarded, is_suspicious
from privlint.model.app_rules import Topic
from privlint.model.draft import is_placeholder
from privlint.model.finding import Covered
from privlint.model.project import LoadedManifest
from privlint.model.rights import Deletion, Pointer, Rights
from privlint.model.screens import Screen

if TYPE_CHECKING:
    from privlint.discover import Candidate

_TOPICS = ("closing", "opt-out", "purging")
_PAGE = re.compile(r"[\w.@/-]+\.(?:kt|java|py|xml|kv|html?|md|txt|js|ts|vue|dart|swift)")
_ADDRESS = re.compile(r"(?:https?|mailto|tel):|\S+@\S+\.\S+$", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z_][\w$]*(?:(?:\.|::|#)[A-Za-z_][\w$]*)*(?:\(\))?")
_WORD = re.compile(rb"\w+")
_TICKING = re.compile(
    rb"isChecked\s*=\s*true|setChecked\s*\(\s*[Tt]rue|(?:State|Flow|Data|Var|Of)\w*\((?:value\s*=\s*)?[Tt]rue"
    rb"|(?:checked|selected|active|value|initial|default)\s*=\s*[Tt]rue"
)
_NO_FILE = 0  # bytes of a page that is only asked whether it is there


class Sought(Struct, frozen=True):
    """What a run looks for."""

    root: str
    manifest: LoadedManifest
    topics: dict[str, Topic]
    texts: dict[str, str]  # string resources, by name


class Explored(Struct, frozen=True):
    """What was found."""

    rights: Rights
    screens: tuple[Screen, ...]  # that code builds with something ticked


def needles(topics: dict[str, Topic]) -> dict[str, tuple[bytes, ...]]:
    """Give what is searched for each topic."""
    return {name: tuple(word.encode() for word in topics[name].code) for name in _TOPICS if name in topics}


def told(data: bytes, wanted: dict[str, tuple[bytes, ...]]) -> frozenset[str]:
    """Tell of which topics a text speaks."""
    plain = data.lower().replace(b"_", b"").replace(b" ", b"")
    return frozenset(name for name, words in wanted.items() if any(word in plain for word in words))


def explore(sought: Sought, files: tuple[Candidate, ...]) -> Explored:
    """Look for what the manifest points at, what code says of users' rights, and what it ticks; tests do not count."""
    search = _Search(sought)
    for candidate in files:
        if not candidate.test:
            guarded(candidate.path, lambda candidate=candidate: search.take(candidate), search.give_up)  # type: ignore[misc]
    return search.found()


def basis(sought: Sought) -> object:
    """Give all that what is found depends on, besides the sources and the rules."""
    search = _Search(sought)
    return sought.manifest.manifest.rights, sought.manifest.path, sought.texts, search.pointers


class _Search:
    """What has been looked for, and what was found so far."""

    def __init__(self, sought: Sought) -> None:
        loaded = sought.manifest
        self.root = sought.root
        self.folder = posixpath.dirname(loaded.path)
        self.wanted = needles(sought.topics) if loaded.path else {}
        self.texts = sought.texts
        self.agreement = _names(sought.topics.get("agreement"))
        self.screens: list[Screen] = []
        self.unread: set[str] = set()
        self.told: set[str] = set()
        self.deletions: list[Deletion] = []
        self.pointers: dict[str, Pointer] = {}
        self.open: dict[str, str] = {}  # keys whose name has not been found yet
        rights = loaded.manifest.rights
        for name in rights.__struct_fields__:
            named = getattr(rights, name).strip()
            if named:
                self._point(f"rights.{name}", named)

    def _point(self, key: str, named: str) -> None:
        """Settle what needs no look into code."""
        if _ADDRESS.match(named):
            self.pointers[key] = Pointer(key=key, named=named, state="address")
        elif is_placeholder(named):
            self.pointers[key] = Pointer(key=key, named=named, state="missing")
        elif _PAGE.fullmatch(named) and self._is_there(named):
            self.pointers[key] = Pointer(key=key, named=named, state="found")
        elif _CODE.fullmatch(named) or ("/" in named and not re.search(r"\s", named)):
            self.pointers[key] = Pointer(key=key, named=named, state="missing")
            self.open[key] = named
        else:
            self.pointers[key] = Pointer(key=key, named=named, state="words")

    def give_up(self, failed: Covered) -> None:
        """Note a file that was too much."""
        self.unread.add(failed.path)

    def _is_safe(self, candidate: Candidate, data: bytes) -> bool:
        """Tell whether a file may be parsed in this process; one that may not is named."""
        if is_suspicious(data):
            self.unread.add(candidate.path)
            return False
        return True

    def _is_there(self, named: str) -> bool:
        path = posixpath.normpath(posixpath.join(self.folder, named))
        if path.startswith(("../", "/")):
            return False
        found = discover.read(self.root, path, _NO_FILE)
        return not isinstance(found, Covered) or found.reason == "PRV004"

    def take(self, candidate: Candidate) -> None:
        """Look into one file."""
        contents = discover.read_source(self.root, candidate.path, candidate.language)
        if isinstance(contents, Covered):
            return  # the run has named it
        data = contents.data
        python = candidate.language == "python"
        looked = {name: words for name, words in self.wanted.items() if name not in self.told or python}
        spoken = told(data, looked) if looked else frozenset()
        self.told |= spoken
        for key, named in tuple(self.open.items()):
            self._look(key, named, candidate, data)
        if self.agreement and _TICKING.search(data) and self.agreement.search(data) and self._is_safe(candidate, data):
            self._show(candidate, data)
        if python and "closing" in spoken and self._is_safe(candidate, data):
            file = languages.extract("python", data, None)
            names = tuple(word.decode() for word in self.wanted["closing"])
            self.deletions.extend(observe.deletions(file, observe.Lines(candidate.path, data), names))

    def _show(self, candidate: Candidate, data: bytes) -> None:
        from privlint.declare import widgets

        file = languages.extract(candidate.language, data, None)
        for root in observe.screens(file, observe.Lines(candidate.path, data), self.texts):
            # a screen that code builds may be put together elsewhere: what it lacks is not known
            shown = widgets.screen(root, candidate.path, choice=True)
            self.screens.extend((shown,) if shown.ticks else ())

    def _look(self, key: str, named: str, candidate: Candidate, data: bytes) -> None:
        if "/" in named:
            if (at := _route(named, data)) is not None:
                place = observe.Lines(candidate.path, data).place(*at)
                self.pointers[key] = Pointer(key=key, named=named, state="found", place=place)
                del self.open[key]
            return
        last = observe.last_name(named)
        if last.encode() not in data or last.encode() not in _WORD.findall(data) or not self._is_safe(candidate, data):
            return
        file = languages.extract(candidate.language, data, frozenset({last}))
        exact, near = observe.declared_as(file, candidate.module if candidate.language == "python" else "", named)
        lines = observe.Lines(candidate.path, data)
        if exact is not None:
            place = lines.place(exact.start, exact.end)
            self.pointers[key] = Pointer(key=key, named=named, state="found", place=place, symbol=exact.name)
            del self.open[key]
        elif near is not None and self.pointers[key].near is None:
            place = lines.place(near.start, near.end)
            self.pointers[key] = Pointer(key=key, named=named, state="missing", near=place, symbol=near.name)

    def found(self) -> Explored:
        rights = Rights(
            pointers=tuple(self.pointers[key] for key in sorted(self.pointers)),
            deletions=tuple(self.deletions),
            told=frozenset(self.told),
            unread=tuple(sorted(self.unread)),
        )
        return Explored(rights, tuple(self.screens))


def _names(topic: Topic | None) -> re.Pattern[bytes] | None:
    """Make the pattern of a file that may name an agreement, in a text or in a name."""
    words = {word.lower() for word in (*topic.zh, *topic.en, *topic.ids)} if topic else set()
    return re.compile(b"|".join(re.escape(word.encode()) for word in sorted(words)), re.IGNORECASE) if words else None


def _route(named: str, data: bytes) -> tuple[int, int] | None:
    """Find a route in quotes: as a whole, or as a prefix and a rest that stand in one file."""
    bare = named.strip("/")
    whole = _quoted(bare, data)
    if whole is not None or "/" not in bare:
        return whole
    start, _, rest = bare.rpartition("/")
    return _quoted(rest, data) if _quoted(start, data) is not None else None


def _quoted(text: str, data: bytes) -> tuple[int, int] | None:
    found = re.search(rb"[\"'](/?" + re.escape(text.encode()) + rb"/?)[\"'?]", data)
    return found.span(1) if found else None
