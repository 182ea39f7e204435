"""The files of a run in; what each of them gave out, from memory as far as it holds, else by examination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from privlint.engine import rounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from privlint.discover import Candidate
    from privlint.engine.analysis import Analysed, Context
    from privlint.engine.memory import Memory


class Settled(Struct, frozen=True):
    """What became of the files, and what is known besides."""

    done: dict[str, Analysed]
    shared: Callable[[], Context]  # what every analysis may know from now on
    memory: Memory  # to be saved when all has been said


def settle(candidates: tuple[Candidate, ...], shared: Context, jobs: int, ends: float) -> Settled:
    """Examine the files of a project, or a part of them, with what earlier runs found in mind."""
    from privlint.engine.memory import Memory  # nothing else needs it

    memory = Memory(shared.root, candidates)
    known = memory.whole()
    if known is not None:
        return Settled(known, lambda: _examined(candidates, shared, (jobs, ends), memory)[1], memory)
    done, after = _examined(candidates, shared, (jobs, ends), memory)
    memory.take(done)
    return Settled(done, lambda: after, memory)


def _examined(
    candidates: tuple[Candidate, ...], shared: Context, limits: tuple[int, float], memory: Memory
) -> tuple[dict[str, Analysed], Context]:
    memory.prepare()
    done, after = rounds.settle(candidates, (), replace(shared, memory=memory), *limits)
    return done, replace(after, memory=None)
