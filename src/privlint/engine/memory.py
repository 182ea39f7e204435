"""What earlier runs found in, as far as it still holds; what this run found out, for later ones.

There are two grains. The results of a *whole* run are taken as they are where every file is what it was. Otherwise a
result of one file is taken where its bytes, the words that were worth reading it for and the answers of other files
are what they were; nothing is believed of a file that was not read again.

A file counts as what it was without being read if its times, size and place on the disk are the same, the time of its
last change of any kind among them: no program can set that one. Files of the last moments are read all the same, as a
second change within one tick of the clock would not show. Where these say no, the bytes decide.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cached_property, lru_cache
from time import time_ns
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

import privlint
from privlint import discover, rulebook
from privlint.engine import vault
from privlint.engine.analysis import Analysed
from privlint.engine.digests import digest, digest_of
from privlint.engine.keeping import answers_of
from privlint.languages import installed
from privlint.model.facts import FileResult
from privlint.model.finding import Covered, Text
from privlint.model.flow import FileFlow
from privlint.rulebook.files import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from privlint.discover import Candidate
    from privlint.engine.analysis import Basis, Context
    from privlint.resolve import Symbols

T = TypeVar("T")

_FRESH = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use
_VARIANTS = 6  # results kept of one file: it is examined again as more is known of others
_FOLLOWS = frozenset({"PRV004", "PRV005", "PRV006"})  # failures that follow from the bytes of a file alone


class Kept(Struct, frozen=True, array_like=True):
    """What examining one file gave, and all that it follows from."""

    text: bytes  # digest of it
    words: bytes  # digest of those that were worth reading it for
    answers: bytes  # digest of what other files answered
    asked: str
    covered: Covered
    result: FileResult


class Whole(Struct, frozen=True, array_like=True):
    """What a whole run gave."""

    stamp: bytes  # of all that results follow from besides the files
    names: bytes  # of the files that were to be examined
    sizes: bytes
    seen: bytes  # of times and places on the disk
    contents: bytes
    found: tuple[Analysed, ...] = ()  # without those of which there is nothing to say
    drawn: dict[str, tuple[bytes, msgspec.Raw]] = {}  # what was drawn from all files: a digest of what else it took, it


class Parts(Struct, frozen=True, array_like=True):
    """What is known of single files."""

    results: dict[str, msgspec.Raw] = {}  # path -> several of Kept
    calls: dict[str, tuple[bytes, msgspec.Raw]] = {}  # path -> digest of the text, FileFlow


class Memory:
    """What is known of one project, over one run."""

    def __init__(self, root: str, candidates: Sequence[Candidate]) -> None:
        self.root = root
        self.candidates = candidates
        self._place = vault.place(root)
        self._sections = vault.Sections(self._place) if isinstance(self._place, vault.Vault) else None
        self._names = digest_of("\0".join((one.path, one.language, str(one.test))) for one in candidates)
        self._seen, self._sizes, self._old = self._look()
        self._digests: dict[str, bytes] = {}
        self._noted: dict[str, dict[bytes, bytes]] = {}  # path -> digest of the circumstances -> what was found
        self._calls: dict[str, tuple[bytes, msgspec.Raw]] = {}
        self._news = False
        self._whole: Whole | None = None  # what is to be kept of this run as a whole
        self._unsaved = False

    # --- a whole run --------------------------------------------------------------------------------------------------

    def whole(self) -> dict[str, Analysed] | None:
        """Give the results of an earlier run over the same files with the same bytes."""
        known = self._known
        if known is None or (known.names, known.sizes) != (self._names, self._sizes):
            return None
        if not self._old or known.seen != self._seen:
            if known.contents != self._contents():
                return None
            if self._old:
                known = replace(known, seen=self._seen)
                self._unsaved = True
        self._whole = known
        found = {one.path: Analysed(Covered(one.path, "scanned")) for one in self.candidates}
        for one in known.found:
            if one.covered.path not in found:
                self._whole = None
                return None
            found[one.covered.path] = one
        return found

    @cached_property
    def _known(self) -> Whole | None:
        known = _decoded(self._sections.first, Whole) if self._sections is not None else None
        return known if known is not None and known.stamp == _stamp() else None

    @cached_property
    def _second(self) -> bytes:
        return self._sections.second() if self._sections is not None and self._known is not None else b""

    def _look(self) -> tuple[bytes, bytes, bool]:
        """Digest times and sizes of all files; tell whether they are old enough to say something."""
        newest = 0
        places, sizes = [], []
        for one in self.candidates:
            try:
                found = os.lstat(f"{self.root}/{one.path}")
            except OSError:
                return b"", b"", False
            times = found.st_mtime_ns, found.st_ctime_ns
            newest = max(newest, *times)
            places.append(f"{times} {found.st_ino} {found.st_dev} {found.st_mode}")
            sizes.append(str(found.st_size))
        telling = sys.platform != "win32"  # where the time of creation stands in the place of that of change
        return digest_of(places), digest_of(sizes), telling and newest < time_ns() - _FRESH

    def _contents(self) -> bytes:
        """Digest the bytes of all files."""
        found = []
        for one in self.candidates:
            contents = discover.read_source(self.root, one.path, one.language)
            found.append(contents.reason if isinstance(contents, Covered) else digest(contents.data).hex())
        return digest_of(found)

    # --- one file -----------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Read what is known of single files, before processes part."""
        _ = self._parts
        if self._sections is not None:
            self._sections.close()

    def recall(self, path: str, text: bytes, words: frozenset[str], symbols: Symbols) -> Kept | None:
        """Give what was found of a file with these bytes, by their digest, under the same circumstances."""
        known = self._parts.results.get(path)
        if known is None:
            return None
        by = digest_of(sorted(words))
        for one in _decoded(known, tuple[Kept, ...]) or ():
            if (one.text, one.words) == (text, by) and one.answers == _answers(one.asked, symbols):
                return one if one.covered.path == path == one.result.path else None
        return None

    @cached_property
    def _parts(self) -> Parts:
        return _decoded(self._second, Parts) or Parts()

    def note(self, found: Mapping[str, Analysed], shared: Context) -> None:
        """Take down what was found of single files."""
        for path, one in found.items():
            if one.basis is None or one.same:
                continue
            self._digests.setdefault(path, one.basis.text)
            if one.result is not None and one.covered.outcome == "scanned":
                with suppress(UnicodeEncodeError):  # a name that is no text: it is examined every time
                    self._note(path, one.basis, one.covered, one.result, shared.symbols)

    def _note(self, path: str, basis: Basis, covered: Covered, result: FileResult, symbols: Symbols) -> None:
        words, answers = digest_of(sorted(basis.words)), _answers(basis.asked, symbols)
        noted = self._noted.get(path, {})
        key = basis.text + words + answers
        if key not in noted and len(noted) < _VARIANTS:
            kept = _encode(Kept(basis.text, words, answers, basis.asked, covered, result))
            self._noted[path] = {**noted, key: kept}
            self._news = self._news or not basis.recalled

    def calls(self, path: str, text: bytes) -> FileFlow | None:
        """Give the calls of a file with these bytes."""
        mark, raw = self._parts.calls.get(path, (b"", msgspec.Raw(b"")))
        found = _decoded(raw, FileFlow) if mark == digest(text) else None
        return found if found is not None and found.path == path else None

    def note_calls(self, found: Mapping[str, FileFlow]) -> None:
        """Take down the calls of files that were examined in this run."""
        for path, one in found.items():
            mark = self._digests.get(path)
            if mark is None or one.failed:
                continue
            known = self._parts.calls.get(path)
            if known is not None and known[0] == mark:
                self._calls[path] = known
                continue
            with suppress(UnicodeEncodeError):
                self._calls[path] = mark, msgspec.Raw(_encode(replace(one, marks=())))
                self._news = self._unsaved = True

    # --- what is drawn from all files ---------------------------------------------------------------------------------

    def draw(self, name: str, key: object, kind: type[T], make: Callable[[], T]) -> T:
        """Give what follows from all files and a key, as an earlier run made it, or else as it is made now."""
        if self._whole is None:
            return self._made(make)
        try:
            mark = digest(_encode(key))
            known, raw = self._whole.drawn.get(name, (b"", msgspec.Raw(b"")))
            found = _decoded(raw, kind) if known == mark else None
            if found is None:
                found = self._made(make)
                drawn = {**self._whole.drawn, name: (mark, msgspec.Raw(_encode(found)))}
                self._whole, self._unsaved = replace(self._whole, drawn=drawn), True
        except UnicodeEncodeError:  # a name that is no text
            return self._made(make)
        return found

    def _made(self, make: Callable[[], T]) -> T:
        self.prepare()
        return make()

    # --- for later runs -----------------------------------------------------------------------------------------------

    def take(self, done: Mapping[str, Analysed]) -> None:
        """Take down what became of all files, if that follows from what they are."""
        self._unsaved = self._unsaved or self._news or self._known is None
        if self._old and self._is_certain(done):
            marks = (
                self._digests[one.path].hex() if one.path in self._digests else done[one.path].covered.reason
                for one in self.candidates
            )
            found = tuple(one for path, one in done.items() if one != Analysed(Covered(path, "scanned")))
            self._whole = Whole(_stamp(), self._names, self._sizes, self._seen, digest_of(marks), found)
            self._unsaved = True

    def save(self, *, part: bool) -> Text | None:
        """Keep what was found; a text says why that could not be done. `part`: other files are left as they were."""
        if not self._unsaved:
            return None
        if isinstance(self._place, Text):
            return self._place
        unchanged = (self._seen, self._sizes) == self._look()[:2]
        whole = self._whole if unchanged else None
        second = self._second
        if self._news or not second:
            seen = frozenset(one.path for one in self.candidates) if part else None
            results = _left(self._parts.results, seen)
            results.update({path: _together(noted.values()) for path, noted in self._noted.items()})
            second = _encode(Parts(results, {**_left(self._parts.calls, seen), **(self._calls if unchanged else {})}))
        nothing = Whole(_stamp(), b"", b"", b"", b"")
        try:
            first = _encode(whole or nothing)
        except UnicodeEncodeError:
            first = _encode(nothing)
        return vault.write(self._place, first, second)

    def _is_certain(self, done: Mapping[str, Analysed]) -> bool:
        """Tell whether all that became of the files follows from their bytes."""
        outcomes = (done[one.path].covered for one in self.candidates)
        return all(one.outcome != "failed" or one.reason in _FOLLOWS for one in outcomes)


def _left(known: Mapping[str, T], examined: frozenset[str] | None) -> dict[str, T]:
    """What is kept of files that this run did not examine; nothing, where it examined them all."""
    return {} if examined is None else {path: one for path, one in known.items() if path not in examined}


def _together(records: Iterable[bytes]) -> msgspec.Raw:
    return msgspec.Raw(_encode([msgspec.Raw(one) for one in records]))


def _answers(asked: str, symbols: Symbols) -> bytes:
    """Digest what other files answer; whether any hands out an identifier, too, as nobody asks where none does."""
    return digest(_encode((bool(symbols.gives), answers_of(asked, symbols))))


def _encode(record: object) -> bytes:
    return msgspec.msgpack.encode(record)


def _decoded(data: bytes | msgspec.Raw, kind: type[T]) -> T | None:
    """Decode a record; None for what is none."""
    try:
        return msgspec.msgpack.decode(data, type=kind) if data else None
    except (msgspec.DecodeError, RecursionError, MemoryError):
        return None


@lru_cache(maxsize=1)
def _stamp() -> bytes:
    """Digest what results follow from besides the files: the code, the rules, the grammars, the interpreter."""
    package = os.path.dirname(os.path.abspath(privlint.__file__))
    versions = privlint.__version__, sys.version, rulebook.open_law().version
    return digest_of((*versions, stamp_of(package, ".py"), *installed.stamps()))
