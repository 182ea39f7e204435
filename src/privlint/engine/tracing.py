"""What a run over a whole app has seen in; what runs before anybody could agree out: `flow` and `link`, in rounds.

The search asks for files by the words that they must hold; only those are read for their calls, each once.
"""

from __future__ import annotations

import re
from array import array
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from privlint import discover, flow, languages, link, observe
from privlint.engine import guard, pool, refusing
from privlint.model.facts import Confidence
from privlint.model.finding import Covered
from privlint.model.flow import FileFlow, SdkCall, Target, Trace
from privlint.model.manner import Followed, Manner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from privlint.discover import Candidate
    from privlint.engine.memory import Memory
    from privlint.model.app_rules import AppRules
    from privlint.model.declared import AppDeclarations
    from privlint.model.facts import Imported, Observation
    from privlint.model.place import Position
    from privlint.model.refused import Refused

LARGE = 150_000  # bytes: of a larger file only what takes something is read for its calls
ENOUGH = 700_000  # bytes that are read for their calls in any case
SHARE = 20  # of a larger app, one in so many of its bytes
MOST_OF_MANNER = 200  # read for how things are taken
MOST_FILES_A_NAME = 100  # that hold a name which is looked for
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*")
_DECLARED = re.compile(rb"\b(?:class|interface|object|def|fun(?:[ \t]+[\w.<>?]+\.)?)[ \t]+([A-Za-z_][A-Za-z0-9_]*)")
_STARTUP = "androidx.startup"


class Seen(Struct, frozen=True):
    """What the scan of an app found, and what the app says of itself."""

    root: str
    jobs: int
    candidates: tuple[Candidate, ...]  # the code that ships
    observations: tuple[Observation, ...]
    imported: tuple[Imported, ...]
    declared: AppDeclarations | None
    rules: AppRules
    gates: tuple[str, ...]  # that the manifest names
    memory: Memory | None = None  # what earlier runs found


def trace(seen: Seen) -> Followed:
    """Find what the app reaches when it starts, and how it takes what it takes."""
    if seen.rules.calls is None:
        return Followed()
    search = link.Search(link.Vocabulary(seen.rules.calls, seen.gates), _starts(seen.declared))
    run = _Run(seen, search)
    run.take_targets()
    run.follow()
    found = run.result()
    return Followed(found, run.manner())


class _Run:
    """The files of one search."""

    def __init__(self, seen: Seen, search: link.Search) -> None:
        self.seen = seen
        self.search = search
        self.by_path = {candidate.path: candidate for candidate in seen.candidates}
        self.read: set[str] = set()
        self.words: dict[str, array[int]] = {}  # hashes of the words of each file
        self.declared: dict[str, array[int]] = {}  # and of those that it declares
        self.aims: list[link.Aim] = []
        self.distance: dict[str, int] = {}  # from where the app starts, in mentions
        self.sizes: dict[str, int] = {}
        self.left = 0  # bytes that may still be read
        self.cut = 0
        self.sdks = link.SdkTable(seen.rules.sdks)
        self.sdk_calls: list[SdkCall] = []
        self._index()

    def take_targets(self) -> None:
        """Read the files that take something, and say what the search is to look for."""
        marks: dict[str, list[Target]] = {}
        for one in self.seen.observations:
            if one.kind in {"collect", "request"} and one.confidence > Confidence.LEXICAL:
                path = one.place.path
                if path in self.by_path:
                    marks.setdefault(path, []).append(
                        Target(one.kind, one.symbol, one.place, one.data, confidence=one.confidence)
                    )
        asking = self._asking()
        sdks = {one.place.path for one in self.seen.imported if one.place.path in self.by_path}
        for name in (*sdks, *asking):
            marks.setdefault(name, [])
        for path, found in self._flows(sorted(marks), marks).items():
            self.search.take(found)
            for target, offset in zip(marks.get(path, ()), found.marks, strict=False):
                self.search.aim(target, offset)
                self.aims.append(link.Aim(target, offset))
            known = {one.place.start for one in marks.get(path, ()) if one.kind == "request"}
            for target, offset in (*self._sdks(found), *self._requests(found)):
                if target.place.start not in known:
                    self.search.aim(target, offset)

    def _sdks(self, found: FileFlow) -> Iterator[tuple[Target, int]]:
        """The calls of a file that start an SDK, and those that tell one of consent without having asked."""
        for call, site in self.sdks.calls(found):
            self.sdk_calls.append(call)
            if call.means == "init":
                sdk = self.sdks.started(site)
                yield Target("init", call.symbol, call.place, sdk.stated if sdk else (), call.sdk), site.start
            elif call.means in {"given", "informed"} and call.value is not None:
                yield Target("consent", call.symbol, call.place, (), call.sdk), site.start

    def _requests(self, found: FileFlow) -> Iterator[tuple[Target, int]]:
        """The places that ask for permissions whose names the scan could not follow, unless they guard no data."""
        harmless = self.search.vocabulary.words.permission.harmless
        for site in self.search.requests(found):
            words = {word.rpartition(".")[2] for one in site.arguments for word in one.words} | set(site.made_of)
            data = tuple(dict.fromkeys(kind for name in sorted(words) for kind in _guarded(self.seen.rules, name)))
            if data or words.isdisjoint(harmless):
                yield Target("request", site.member, site.place, data), site.start

    def _asking(self) -> list[str]:
        """The files that ask for permissions, whichever they are."""
        words = self.search.vocabulary.words.permission
        wanted = frozenset(_hashes((*words.asks, *words.contracts)))
        return [path for path, held in self.words.items() if not wanted.isdisjoint(held)]

    def follow(self) -> None:
        """Go back from one to the other, reading what is asked for."""
        for near, inside in reversed(self._near()):
            wants = self.search.wants()
            if not wants:
                return
            fresh = self._holding([one for one in wants if not near.isdisjoint(_hashes(one.words))], inside)
            for found in self._flows(fresh, {}).values():
                self.search.take(found)
            self.search.follow()
        self.cut += bool(self.search.wants())

    def result(self) -> Trace:
        """What was found, with what was cut."""
        found = self.search.result()
        refused = self._refused()
        return replace(found, cut=found.cut + self.cut, refused=refused, sdk_calls=tuple(self.sdk_calls))

    def _refused(self) -> Refused:
        """What the app does when the user says no, and how it asks: files of their own words are read for it."""
        self.left = max(self.left, ENOUGH)

        def holding(words: Iterable[str], held: dict[str, array[int]] = self.words) -> list[str]:
            wanted = frozenset(_hashes(words))
            return [path for path, one in held.items() if not wanted.isdisjoint(one)]

        def naming(paths: Iterable[str]) -> list[str]:
            those = set(paths)
            wanted = {word for path in those for word in self.declared[path]}
            for path, one in self.declared.items():
                if path not in those:
                    wanted.difference_update(one)  # what others declare too tells nothing
            return [path for path, one in self.words.items() if not wanted.isdisjoint(one)]

        def read(paths: Sequence[str]) -> None:
            for found in self._flows([path for path in paths if path not in self.read], {}).values():
                self.search.take(found)

        return refusing.refused(
            self.seen, self.search, refusing.Files(holding, lambda words: holding(words, self.declared), naming, read)
        )

    def manner(self) -> Manner:
        """How often, unseen, after an update and to whom: some more files say it, which are read last."""
        rules = self.seen.rules.manner
        if rules is None:
            return Manner()
        self.left = max(self.left, ENOUGH)
        known = _components(self.seen.declared)
        fresh = self._holding(link.wanted(self.search, self.aims, rules), frozenset(self.by_path))[:MOST_OF_MANNER]
        for found in self._flows(fresh, {}).values():
            self.search.take(found)
        return link.manner(self.search, self.aims, rules, known)

    def _near(self) -> list[tuple[frozenset[int], frozenset[str]]]:
        """The words of the files where the app starts; with those of the files that declare them; and so on.

        And the files. What is to be reached from there by so many calls has to be named in so many steps.
        """
        tails = frozenset(_hashes(name.rpartition(".")[2] for name in self.search.starts))
        python = {path for path, one in self.by_path.items() if one.language == "python"}
        inside = {path for path, held in self.declared.items() if not tails.isdisjoint(held)} | python
        found: list[tuple[frozenset[int], frozenset[str]]] = []
        for _ in range(link.MOST_CALLS):
            words = frozenset(word for path in inside for word in self.words[path])
            found.append((words, frozenset(inside)))
            for path in inside:
                self.distance.setdefault(path, len(found))
            inside |= {path for path, held in self.declared.items() if not words.isdisjoint(held)}
        return found

    def _distance(self, path: str) -> tuple[int, str]:
        """Order files: those nearest to where the app starts first."""
        return self.distance.get(path, link.MOST_CALLS + 1), path

    def _holding(self, wants: Iterable[link.Want], inside: frozenset[str]) -> list[str]:
        """The files not read yet, of some, that hold what is wanted."""
        asked = {(frozenset(_hashes(one.words)), frozenset(_hashes(one.classes))) for one in wants}
        every = frozenset(one for words, classes in asked for one in (*words, *classes))
        holding: dict[tuple[frozenset[int], frozenset[int]], list[str]] = {one: [] for one in asked}
        for path, held in self.words.items():
            if path not in inside:
                continue
            present = every.intersection(held)
            for one in asked if present else ():
                words, classes = one
                if not words.isdisjoint(present) and (not classes or not classes.isdisjoint(present)):
                    holding[one].append(path)
        fresh: dict[str, None] = {}
        for found in holding.values():
            if len(found) > MOST_FILES_A_NAME:
                self.cut += 1
                found.sort(key=self._distance)
                del found[MOST_FILES_A_NAME:]
            fresh.update(dict.fromkeys(path for path in found if path not in self.read))
        return sorted(fresh)

    def _index(self) -> None:
        nothing = (b"", b"", 0)
        task: pool.Task[Candidate, tuple[bytes, bytes, int]] = pool.Task(
            examine=lambda one, _here: guard.guarded(one.path, lambda: _words(self.seen.root, one), lambda _: nothing),
            lost=lambda _one, _cause: nothing,
            size=lambda _one: 0,
        )
        work = self.seen.candidates
        for candidate, (words, declared, size) in zip(work, pool.run(task, work, self.seen.jobs), strict=True):
            self.sizes[candidate.path] = size
            self.words[candidate.path] = array("I", words)
            self.declared[candidate.path] = array("I", declared)
        self.left = max(ENOUGH, sum(self.sizes.values()) // SHARE)

    def _affordable(self, paths: Sequence[str]) -> list[str]:
        """Those of the files that may still be read: the nearest to where the app starts first, and no large ones."""
        found = []
        for path in sorted(paths, key=self._distance):
            if self.sizes[path] > LARGE or self.sizes[path] > self.left:
                self.cut += 1
            else:
                self.left -= self.sizes[path]
                found.append(path)
        return sorted(found)

    def _flows(self, paths: Sequence[str], marks: dict[str, list[Target]]) -> dict[str, FileFlow]:
        """Read files for their calls; what takes something, `marks` say, is read in any case."""
        self.read.update(paths)
        aimed = [path for path in paths if path in marks]
        paths = [*aimed, *self._affordable([path for path in paths if path not in marks])]
        named = {
            path: frozenset(part for one in marks[path] for part in re.findall(r"\w+", one.symbol)) | self._always
            for path in aimed
            if self.sizes[path] > LARGE
        }
        work = [self.by_path[path] for path in paths]
        places = {path: tuple(one.place.start for one in found) for path, found in marks.items()}
        task: pool.Task[Candidate, FileFlow] = pool.Task(
            examine=lambda one, here: guard.guarded(
                one.path,
                lambda: _flow(self.seen, one, places.get(one.path, ()), named.get(one.path), here=here),
                lambda _: FileFlow(one.path, failed=True),
            ),
            lost=lambda one, _cause: FileFlow(one.path, failed=True),
            size=lambda _one: 0,
        )
        found = dict(zip(paths, pool.run(task, work, self.seen.jobs), strict=True))
        if self.seen.memory is not None:
            self.seen.memory.note_calls({path: one for path, one in found.items() if path not in named})
        return found

    @cached_property
    def _always(self) -> frozenset[str]:
        """What is read in a large file besides what takes something: how it asks for permissions."""
        words = self.search.vocabulary.words.permission
        return frozenset((*words.asks, *words.contracts))


def _flow(
    seen: Seen, candidate: Candidate, marks: tuple[Position, ...], words: frozenset[str] | None, *, here: bool
) -> FileFlow | None:
    """Read one file for its calls: whole, or those functions that hold one of the words."""
    contents = discover.read_source(seen.root, candidate.path, candidate.language)
    if isinstance(contents, Covered):
        return FileFlow(candidate.path, failed=True)
    lines = observe.Lines(candidate.path, contents.data)
    known = seen.memory.calls(candidate.path, contents.data) if seen.memory is not None and words is None else None
    if known is not None:
        return replace(known, marks=tuple(lines.offset(mark) for mark in marks))
    if here and guard.is_suspicious(contents.data):
        return None
    file = languages.extract(candidate.language, contents.data, words)
    found = flow.extract(file, candidate.path, candidate.module, lines.place)
    return replace(found, marks=tuple(lines.offset(mark) for mark in marks))


def _words(root: str, candidate: Candidate) -> tuple[bytes, bytes, int]:
    contents = discover.read_source(root, candidate.path, candidate.language)
    if isinstance(contents, Covered):
        return b"", b"", 0
    words = {crc32(word) for word in set(_WORD.findall(contents.data))}
    declared = {crc32(word) for word in _DECLARED.findall(contents.data)}
    return array("I", words).tobytes(), array("I", declared).tobytes(), len(contents.data)


def _hashes(words: Iterable[str]) -> Iterator[int]:
    return (crc32(word.encode()) for word in words)


def _components(declared: AppDeclarations | None) -> link.Components:
    """What AndroidManifest.xml says of receivers and services."""
    here = [one for one in declared.components if one.reach != "none" and one.name] if declared else []
    return link.Components(
        {one.name.replace("$", "."): frozenset(one.actions) for one in here if one.kind == "receiver"},
        frozenset(
            one.name.replace("$", ".").rpartition(".")[2]  # the package is not always to be told from the build file
            for one in here
            if one.kind == "service" and one.foreground_types
        ),
    )


def _guarded(rules: AppRules, name: str) -> tuple[str, ...]:
    rule = rules.permissions.get(f"android.permission.{name}")
    return rule.data[:1] if rule else ()


def _starts(declared: AppDeclarations | None) -> dict[str, tuple[str, ...]]:
    """The classes that the system starts by itself, or when the user opens the app, by their full names."""
    found: dict[str, dict[str, None]] = {}

    def note(name: str, kind: str) -> None:
        if name:
            found.setdefault(name.replace("$", "."), {})[kind] = None

    for one in declared.components if declared else ():
        if one.reach == "none" or not one.enabled:
            continue
        if one.kind == "application":
            note(one.name, "application")
            note(one.factory, "factory")
        elif one.kind == "provider":
            note(one.name, "provider")
            for name, value in one.meta_data:
                if value == _STARTUP:
                    note(name, "initializer")
        elif one.launcher:
            note(one.target or one.name, "activity")
        elif one.kind == "receiver" and one.starts_at_boot:
            note(one.name, "boot")
    return {name: tuple(kinds) for name, kinds in found.items()}
