"""Per-file results in, the same with other files taken into account out: who declares what, asked for in rounds.

A file may use a value whose type another file declares. Its result names what it would need; the files that may declare
it are read for their outlines, and the asking file is analysed again. The reverse too: what a file declares with a
catalogued type makes other files worth a look that name it.
"""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import discover, prefilter
from privlint.engine import guard, pool
from privlint.engine.analysis import Analysed, Context, How, analyse
from privlint.engine.keeping import Keeping
from privlint.model.catalogue import outermost
from privlint.model.finding import Covered
from privlint.model.limits import SECONDS_PER_RUN
from privlint.resolve import Symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from privlint.discover import Candidate
    from privlint.model.facts import Handed, Outline, Shape

MAXIMUM_ROUNDS = 4
MAXIMUM_OUTLINES = 1500  # files read in one round only for what they declare
SHORTEST_CARRIER = 3  # a declared name shorter than this says nothing


def settle(
    candidates: tuple[Candidate, ...],
    others: tuple[Candidate, ...],
    shared: Context,
    jobs: int,
    ends: float = 0,
) -> tuple[dict[str, Analysed], Context]:
    """Analyse the candidates; `others` are files of the project that are read only for what they declare.

    `ends` is when the run must end, by the monotonic clock; it counts from here where nothing is said.
    """
    shared = replace(shared, ends=ends or monotonic() + SECONDS_PER_RUN)
    by_path = {candidate.path: candidate for candidate in (*candidates, *others)}
    asked = {candidate.path for candidate in candidates}
    values = shared.evidence.values
    shared = replace(shared, evidence=prefilter.with_values(shared.evidence, values, set()))
    done = _analyse(candidates, shared, jobs, lambda _path: How(later=True))
    waiting = {path: one for path, one in done.items() if one.waiting is not None}
    done.update(_leaning(waiting, by_path))
    keeping = Keeping(done, shared)
    shared = replace(shared, evidence=prefilter.with_values(shared.evidence, values, keeping.lacks()))
    offering = tuple(one for one in candidates if _is_worth_another(done[one.path]) and done[one.path].waiting is None)
    offered = _again(offering, keeping, shared, jobs)
    outlines = {path: one.result.outline for path, one in (done | offered).items() if one.result and one.result.outline}
    done.update({path: _told(one) for path, one in offered.items()})
    tried: set[str] = set()
    told: frozenset[bytes] = frozenset()  # names that hand out an identifier, as far as all files have been told
    known: dict[str, tuple[str, ...]] = {}  # what was explained of a file's open names when it was last analysed
    for _ in range(MAXIMUM_ROUNDS + bool(waiting)):
        wanted = {name for path in asked for name in _open(done.get(path))} - tried
        wanted |= {parent for outline in outlines.values() for parent in _parents(outline, tried)} - tried
        symbols = symbols_of(outlines.values())
        wanted = {name for name in wanted if not symbols.explain(name)}
        tried |= wanted
        fresh = _declaring(wanted, [by_path[path] for path in sorted(by_path) if path not in outlines], shared, jobs)
        found = _analyse(fresh, shared, jobs, lambda _path: How(always=True))
        keeping.take(found, shared)
        outlines.update({path: one.result.outline for path, one in found.items() if one.result and one.result.outline})
        done.update({path: _or_failed(done[path], one) for path, one in found.items() if path in asked})
        symbols = symbols_of(outlines.values())
        shared = replace(
            shared,
            symbols=symbols,
            evidence=prefilter.with_carriers(
                prefilter.with_values(shared.evidence, values, keeping.lacks()),
                *carriers_of(outlines.values(), shared),
            ),
        )
        givers = shared.evidence.given_carriers - told
        told |= givers
        explained = {path: tuple(name for name in _open(done[path]) if symbols.explain(name)) for path in asked}
        again = [
            by_path[path]
            for path in sorted(asked)
            if _is_worth_another(done[path])
            or explained[path] != known.get(path, ())
            or (givers and keeping.spells(path, givers))
        ]
        known = explained
        changed = _again(again, keeping, shared, jobs)
        before = {path: done[path].result for path in changed}
        done.update(
            {
                path: one if one.result is not None and not one.offering else _or_failed(done[path], one)
                for path, one in changed.items()
            }
        )
        outlines.update(
            {path: one.result.outline for path, one in changed.items() if one.result and one.result.outline}
        )
        if not fresh and all(before[path] == done[path].result for path in changed):
            break
    return {path: replace(one, basis=None, waiting=None) for path, one in done.items()}, shared


def _leaning(waiting: dict[str, Analysed], by_path: Iterable[str]) -> dict[str, Analysed]:
    """Say of files that wait which files of the project they lean on, by import or in their own folder."""
    stems: dict[str, set[str]] = {}
    for path in by_path if waiting else ():
        folder, _, name = path.rpartition("/")
        stems.setdefault(folder.rpartition("/")[2], set()).add(name.partition(".")[0])
    found = {}
    for path, one in waiting.items():
        parts = [name.split(".") for name in one.waiting or ()]
        names = {
            ".".join(name[:end])
            for name in parts
            for end in (len(name), len(name) - 1)
            if end > 1 and name[end - 1] in stems.get(name[end - 2], ())
        }
        folder = path.rpartition("/")[0].rpartition("/")[2]
        words = {word.decode() for word in one.basis.spelt.split()} if one.basis is not None else set()
        names |= {f"{folder}.{stem}" for stem in stems.get(folder, set()) & words}
        found[path] = replace(one, waiting=tuple(sorted(names)))
    return found


def _told(found: Analysed) -> Analysed:
    """Keep of a file that was only read for what it declares how that went."""
    return replace(found, result=None) if found.offering else found


def _or_failed(before: Analysed, now: Analysed) -> Analysed:
    """Keep what is known of a file; but if it could not be examined again, that is to be told."""
    return replace(now, result=before.result) if now.covered.outcome == "failed" else before


def _is_worth_another(found: Analysed) -> bool:
    """Tell whether a file that gave nothing may give something when more is known of others."""
    return found.result is None and found.covered.outcome == "scanned"


def _again(candidates: Iterable[Candidate], keeping: Keeping, shared: Context, jobs: int) -> dict[str, Analysed]:
    """Analyse those candidates of which the latest result may not stand any more."""
    how = keeping.under(shared)
    work = tuple(candidate for candidate in candidates if not how.holds(candidate.path))
    changed = how.settled(_analyse(work, shared, jobs, how.unless))
    keeping.take(changed, shared)
    return changed


def _analyse(work: tuple[Candidate, ...], shared: Context, jobs: int, how: Callable[[str], How]) -> dict[str, Analysed]:
    if len(work) >= pool.SMALL:
        _ = shared.tables.catalogue  # opened once, before the processes part
    task: pool.Task[Candidate, Analysed] = pool.Task(
        examine=lambda candidate, here: analyse(candidate, shared, how(candidate.path), here=here),
        lost=_lost,
        size=lambda one: _size(shared.root, one),
    )
    found = {candidate.path: one for candidate, one in zip(work, pool.run(task, work, jobs), strict=True)}
    if shared.seconds is not None:
        for path, one in found.items():
            shared.seconds[path] = shared.seconds.get(path, 0.0) + one.seconds
        found = {path: replace(one, seconds=0.0) for path, one in found.items()}
    if shared.memory is not None:
        shared.memory.note(found, shared)
    return found


def _lost(candidate: Candidate, cause: str) -> Analysed:
    path = candidate.path
    return Analysed(guard.overdue(path) if cause == pool.TOOK_TOO_LONG else guard.died(path, cause))


def _size(root: str, candidate: Candidate) -> int:
    try:
        return os.stat(f"{root}/{candidate.path}").st_size  # pathlib costs start-up
    except OSError:
        return 0


def _open(found: Analysed | None) -> tuple[str, ...]:
    if found is not None and found.waiting is not None:
        return found.waiting
    return found.result.open if found is not None and found.result is not None else ()


def _parents(outline: Outline, asked: set[str]) -> Iterable[str]:
    for one in outline.classes:
        if one.name in asked:
            yield from one.supertypes


def _declaring(wanted: set[str], candidates: list[Candidate], shared: Context, jobs: int) -> tuple[Candidate, ...]:
    """The files that may declare one of the names: by their own name, or by a declaration in their text."""
    simple = {name.rpartition(".")[2] for name in wanted if name}
    simple = {name for name in simple if name.isidentifier()}
    if not simple or not candidates:
        return ()
    pattern = prefilter.declaration_pattern(simple)
    folders = {name.rpartition(".")[0].rpartition(".")[2] for name in wanted}

    def declares(candidate: Candidate) -> bool:
        if candidate.path.rpartition("/")[2].partition(".")[0] in simple:
            return True
        if candidate.path.rpartition("/")[0].rpartition("/")[2] not in folders and candidate.language != "python":
            return False
        contents = discover.read_source(shared.root, candidate.path, candidate.language)
        return not isinstance(contents, Covered) and prefilter.declares(contents.data, pattern)

    task: pool.Task[Candidate, bool] = pool.Task(
        examine=lambda one, _here: guard.guarded(one.path, lambda: declares(one), lambda _: True),
        lost=lambda _one, _cause: True,  # it will be read for what it declares, and then its failure has a name
        size=lambda one: _size(shared.root, one),
    )
    found = pool.run(task, candidates, jobs)
    return tuple(candidate for candidate, yes in zip(candidates, found, strict=True) if yes)[:MAXIMUM_OUTLINES]


def symbols_of(outlines: Iterable[Outline]) -> Symbols:
    """Put outlines together into the project's symbol table."""
    classes = {}
    members: dict[str, Shape] = {}
    readers: dict[str, tuple[Handed, ...]] = {}
    gives: dict[str, tuple[str, ...]] = {}
    for outline in outlines:
        classes.update({one.name: one for one in outline.classes})
        members.update(outline.members)
        readers.update(outline.readers)
        gives.update(outline.gives)
    tails: dict[str, list[str]] = {}
    for name in (*classes, *members):
        tails.setdefault(name.rpartition(".")[2], []).append(name)
    return Symbols(classes, members, readers, gives, {tail: tuple(sorted(names)) for tail, names in tails.items()})


def _types(shape: Shape) -> Iterable[str]:
    if shape.type:
        yield shape.type
    for argument in shape.arguments:
        yield from _types(argument)


def carriers_of(outlines: Iterable[Outline], shared: Context) -> tuple[dict[str, set[int]], prefilter.Declared]:
    """Declared names whose type the catalogue knows, with the owners they speak of; and those that stand for more."""
    numbers = shared.evidence.names
    outlines = tuple(outlines)
    if not outlines:
        return {}, prefilter.Declared(frozenset(), frozenset(), frozenset())
    catalogue = shared.tables.catalogue
    types: dict[str, set[int]] = {}
    signs: set[str] = set()
    told = shared.evidence.told
    literals = {value for kind in ("uri", "key") for value in catalogue.sign_values.get(kind, ())}

    def note(name: str, shape: Shape) -> None:
        if len(name) < SHORTEST_CARRIER:
            return
        for kind in _types(shape):  # of a list, its elements too
            if kind in catalogue.apis or kind in catalogue.readers:
                types.setdefault(name, set()).update(numbers.get(outermost(kind).encode(), ()))
        if any(sign in catalogue.signs or sign in told or sign[1:] in literals for sign in shape.signs):
            signs.add(name)

    for outline in outlines:
        for one in outline.classes:
            for name, shape in one.members.items():
                note(name, shape)
        for name, shape in outline.members.items():
            note(name.rpartition(".")[2], shape)
    readers = frozenset(name.rpartition(".")[2] for outline in outlines for name in outline.readers)
    givers = frozenset(name.rpartition(".")[2] for outline in outlines for name in outline.gives)
    return types, prefilter.Declared(frozenset(signs), readers, givers)
