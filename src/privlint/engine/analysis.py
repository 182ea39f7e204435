"""One file in, what it gave out: read, pre-filter, lower, resolve, observe. Pure but for the reading."""

from __future__ import annotations

from functools import cached_property
from math import inf
from time import monotonic, process_time
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from privlint import discover, languages, observe, prefilter, resolve, rulebook, suppress
from privlint.engine.digests import digest
from privlint.engine.guard import guarded, is_suspicious, run_over
from privlint.model.facts import FileResult, Imported, Marker
from privlint.model.finding import Covered, Text

if TYPE_CHECKING:
    from privlint.discover import Candidate
    from privlint.engine.memory import Memory
    from privlint.model.catalogue import Catalogue, Evidence
    from privlint.model.code import SourceFile
    from privlint.observe.fields import Lexicon
    from privlint.resolve import Symbols


_LARGE = 50_000  # bytes of a file that takes longer to examine than what it leans on takes to read
_IN_ANNOTATION = b'"privlint:'


class Tables:
    """The compiled rules, opened when a first file asks for them."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The lookup tables of resolving and observing."""
        return rulebook.open_catalogue()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names of personal fields."""
        from privlint.observe.fields import Lexicon  # only Python needs it

        return Lexicon(self.catalogue.fields)


class Context(Struct, frozen=True):
    """What every analysis of a run shares."""

    root: str
    evidence: Evidence
    tables: Tables
    symbols: Symbols
    texts: dict[str, bytes] = {}  # what stands in for a file of the disk, in UTF-8
    ends: float = inf  # by the monotonic clock: files that come later are not examined any more
    memory: Memory | None = None  # what earlier runs found
    seconds: dict[str, float] | None = None  # what each file took, where that is asked for


class Basis(Struct, frozen=True):
    """What a result stands on besides the bytes of its file."""

    spelt: bytes  # the file's words, apart by spaces
    words: frozenset[str] = frozenset()  # those that were worth reading a function for
    asked: str = ""  # what other files were asked: a line each, full name and member apart by a tab (one text is small)
    lacks: frozenset[int] = frozenset()  # owners of which it would obtain data, if another file gave it one
    text: bytes = b""  # digest of the file's bytes, where there is a memory
    recalled: bool = False  # an earlier run found the result


class Analysed(Struct, frozen=True):
    """What became of one file; `result` is None where it was not examined, or held nothing of interest."""

    covered: Covered
    result: FileResult | None = None
    imported: tuple[Imported, ...] = ()  # from third-party SDKs; also of a file that holds nothing else of interest
    basis: Basis | None = None
    offering: bool = False  # it was only examined for what it may declare for other files
    waiting: tuple[str, ...] | None = None  # it is to be examined when these are known: the full names that it imports
    same: bool = False  # it would be what an earlier examination gave, and was not made again
    seconds: float = 0.0  # of processor time, where that is asked for


def context(root: str) -> Context:
    """Prepare a run over `root`."""
    return Context(root, rulebook.open_evidence(), Tables(), resolve.Symbols())


class How(Struct, frozen=True):
    """How a file is to be examined."""

    always: bool = False  # without the pre-filter: another file has asked what this one declares
    unless: frozenset[str] | None = None  # not if these words are worth reading for: then an earlier result stands
    offered: bool = False  # it was read for what it declares: not if it is still worth nothing more
    later: bool = False  # not if it is large: what it leans on is read first, so that it is examined once


_AS_USUAL = How()


def analyse(candidate: Candidate, shared: Context, how: How, *, here: bool = False) -> Analysed | None:
    """Examine one file of the root.

    Gives None for a file that must not be examined `here`, as its process cannot be spared.
    """
    if monotonic() > shared.ends:
        return Analysed(run_over(candidate.path))
    if shared.seconds is None:
        return guarded(candidate.path, lambda: _analyse(candidate, shared, how, here=here), Analysed)
    start = process_time()
    found = guarded(candidate.path, lambda: _analyse(candidate, shared, how, here=here), Analysed)
    return replace(found, seconds=process_time() - start) if found is not None else None


def _analyse(candidate: Candidate, shared: Context, how: How, *, here: bool) -> Analysed | None:
    given = shared.texts.get(candidate.path)
    if given is not None:
        return analyse_bytes(candidate, given, shared, how)
    contents = discover.read_source(shared.root, candidate.path, candidate.language)
    if isinstance(contents, Covered):
        return Analysed(contents)
    if discover.is_generated(candidate.path, contents.data[:2048]):
        return Analysed(_generated(candidate.path), basis=Basis(b"", text=_mark(contents.data, shared)))
    if here and is_suspicious(contents.data):
        return None
    return analyse_bytes(candidate, contents.data, shared, how)


def analyse_text(candidate: Candidate, text: str, shared: Context) -> Analysed:
    """Examine one file as an editor has it: a lone carriage return ends a line too."""
    return guarded(candidate.path, lambda: _analyse_text(candidate, text, shared), Analysed)


def _analyse_text(candidate: Candidate, text: str, shared: Context) -> Analysed:
    data = text.encode("utf-8", "replace")  # half a surrogate pair stays one column
    contents = discover.to_utf8(candidate.path, data, "")  # the text is decoded: no codec that it names counts
    if isinstance(contents, Covered):
        return Analysed(contents)
    if discover.is_generated(candidate.path, contents.data):
        return Analysed(_generated(candidate.path))
    return analyse_bytes(candidate, contents.data, shared)


def analyse_bytes(candidate: Candidate, data: bytes, shared: Context, how: How = _AS_USUAL) -> Analysed:
    """Examine the UTF-8 text of one file."""
    path = candidate.path
    look = prefilter.look(data, candidate.language, shared.evidence)
    imported = _imported(candidate, data, look.spelt, shared)
    mark = _mark(data, shared)
    if not (how.always or look.promising or look.offering):
        return Analysed(Covered(path, "scanned"), None, imported, Basis(look.spelt, lacks=look.lacks, text=mark))
    if look.words == how.unless or (how.offered and not look.promising):
        return Analysed(Covered(path, "scanned"), same=True)
    if how.later and look.promising and len(data) > _LARGE:
        names = prefilter.imports(data, candidate.language)
        basis = Basis(look.spelt, lacks=look.lacks, text=mark)
        return Analysed(Covered(path, "scanned"), None, imported, basis, waiting=names)
    kept = shared.memory.recall(path, mark, look.words, shared.symbols) if shared.memory is not None else None
    if kept is not None:
        basis = Basis(look.spelt, look.words, kept.asked, look.lacks, mark, recalled=True)
        return Analysed(kept.covered, kept.result, imported, basis, not look.promising)
    catalogue = shared.tables.catalogue
    file = languages.extract(candidate.language, data, look.words)
    module = candidate.module if candidate.language == "python" else ""
    resolved = resolve.resolve(file, module, catalogue, shared.symbols)
    lines = observe.Lines(path, data)
    lexicon = shared.tables.lexicon if resolved.fields else None
    observations = observe.observe(lines, candidate.language, resolved, catalogue, lexicon)
    outline = resolved.outline and observe.with_identifiers(
        resolved.outline, observations, file.package or module, catalogue
    )
    lost = sum(end - start for start, end in file.broken)
    result = FileResult(
        path,
        candidate.language,
        observations,
        _markers(file, lines),
        outline,
        resolved.open,
        lost / max(1, len(data)),
    )
    asked = "\n".join(map("\t".join, resolved.asked))
    basis = Basis(look.spelt, look.words, asked, look.lacks, mark)
    covered = Covered(path, "scanned")
    if file.broken:
        covered = Covered(path, "scanned", "PRV008", _degraded(min(1.0, result.broken)), degraded=True)
    return Analysed(covered, result, imported, basis, not look.promising)


def _imported(candidate: Candidate, data: bytes, spelt: bytes, shared: Context) -> tuple[Imported, ...]:
    if candidate.language == "python":
        return ()
    found = prefilter.sdk_imports(data, spelt, shared.evidence)
    if not found:
        return ()
    lines = observe.Lines(candidate.path, data)
    return tuple(Imported(package, lines.place(*span)) for package, span in sorted(found.items()))


def _mark(data: bytes, shared: Context) -> bytes:
    return digest(data) if shared.memory is not None else b""


def _generated(path: str) -> Covered:
    return Covered(path, "skipped", "generated", Text("generated code", "生成的代码"))


def _degraded(share: float) -> Text:
    percent = f"{share:.1%}" if share >= 0.001 else "< 0.1%"
    return Text(
        f"the parser could not read {percent} of the file; catalogue names there were searched as text",
        f"解析器无法读取该文件的 {percent}；这些部分按文本查找了目录中的名称",
    )


def _markers(file: SourceFile, lines: observe.Lines) -> tuple[Marker, ...]:
    found: tuple[Marker | None, ...] = ()
    if file.comments:
        text = lines.data.decode("utf-8", "replace").split("\n")
        found = tuple(
            suppress.marker(comment.text, lines.place(comment.start, comment.end), text) for comment in file.comments
        )
    if _IN_ANNOTATION in lines.data:
        found = (*found, *suppress.annotated(file, lines.place))
    return tuple(marker for marker in found if marker is not None)
