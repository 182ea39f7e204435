"""Work in, results out in the same order: in this process when there is little, in forked ones when there is much."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

SMALL = 40  # files below which a pool costs more than it saves (measured: a fork pool takes about 17 ms to start)

_work: Callable[[object], object] | None = None  # set before the fork, so that it need not be sent


def run(function: Callable[[T], R], work: Sequence[T], jobs: int, size: Callable[[T], int]) -> list[R]:
    """Apply a function to every piece of work; large pieces first, so that no process is left alone at the end."""
    jobs = jobs or _processors()
    if jobs < 2 or len(work) < SMALL or not _forks():
        return [function(piece) for piece in work]
    import multiprocessing

    order = sorted(range(len(work)), key=lambda index: -size(work[index]))
    global _work  # the one thing that forked processes inherit
    _work = lambda index: function(work[index])  # type: ignore[index]  # noqa: E731
    try:
        with multiprocessing.get_context("fork").Pool(min(jobs, len(work))) as pool:
            found = pool.map(_one, order, chunksize=max(1, len(work) // (jobs * 16)))
    finally:
        _work = None
    results: dict[int, R] = dict(zip(order, found, strict=True))  # type: ignore[arg-type]
    return [results[index] for index in range(len(work))]


def _one(index: int) -> object:
    if _work is None:
        raise RuntimeError("a worker was started without work")
    return _work(index)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _forks() -> bool:
    return os.name == "posix" and os.uname().sysname == "Linux"
