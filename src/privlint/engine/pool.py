"""Work in, results out in the same order: from this process when there is little, from forked ones when there is much.

A worker that dies or hangs costs the piece that it had in hand, and a new one takes its place. A worker that loses its
parent reads the end of its pipe and ends; one that computes for ever is ended by the system, as its time is limited.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import Generic, TypeVar

from msgspec import Struct

from privlint.model.limits import MEGABYTES_PER_FILE, SECONDS_PER_FILE

T = TypeVar("T")
R = TypeVar("R")

SMALL = 40  # pieces below which processes cost more than they save
LONGEST_CHUNK = 32  # pieces that a worker is given at once
TOOK_TOO_LONG = ""
_GRACE = 2  # seconds of processor time after which a worker that could not end a piece by itself is ended
_SILENCE = 90  # seconds on the wall after which one is ended that does not even compute
_LOOK = 1.0  # seconds between two looks at the clock
_HEAD = 8  # bytes before a result: whose it is, how long it is


class Task(Struct, Generic[T, R], frozen=True):
    """What is to be done with each piece of work."""

    examine: Callable[[T, bool], R | None]  # False: in a process that can be spared. True: in this one; None refuses
    lost: Callable[[T, str], R]  # the result of a piece whose worker died, by TOOK_TOO_LONG or what ended it
    size: Callable[[T], int]  # large pieces go first, so that no worker is left alone at the end


def run(task: Task[T, R], work: Sequence[T], jobs: int) -> list[R]:
    """Do a task with every piece of work; the results stand in the same order."""
    jobs = jobs or _processors()
    if jobs > 1 and len(work) >= SMALL and _forks():
        found: dict[int, R] = {}
        away = list(range(len(work)))
    else:
        tried = {index: task.examine(piece, True) for index, piece in enumerate(work)}
        found = {index: result for index, result in tried.items() if result is not None}
        away = [index for index in range(len(work)) if index not in found]
    if away:
        away.sort(key=lambda index: -task.size(work[index]))
        found.update(_Pool(task, work, jobs).results(away) if _forks() else _here(task, work, away))
    return [found[index] for index in range(len(work))]


def _here(task: Task[T, R], work: Sequence[T], indexes: Sequence[int]) -> Iterator[tuple[int, R]]:
    for index in indexes:
        if (result := task.examine(work[index], False)) is not None:
            yield index, result


class _Worker:
    """A forked process, the pipes to it, and what it has been given."""

    def __init__(self, pid: int, orders: int, answers: int) -> None:
        self.pid = pid
        self.orders = orders
        self.answers = answers
        self.given: deque[int] = deque()
        self.read = bytearray()
        self.heard = monotonic()

    def give(self, indexes: Sequence[int]) -> None:
        self.given.extend(indexes)
        self.heard = monotonic()
        with suppress(BrokenPipeError):  # it is dead, and will be missed when its answers are read
            os.write(self.orders, b"".join(index.to_bytes(4, "little") for index in indexes))

    def end(self, *, gone: bool = False) -> int:
        """End it, unless it is going already; tell which signal ended it, 0 for none."""
        os.close(self.orders)
        os.close(self.answers)
        if not gone:
            os.kill(self.pid, 9)
        _, status = os.waitpid(self.pid, 0)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


class _Pool(Generic[T, R]):
    """Workers, and the work that waits for them."""

    def __init__(self, task: Task[T, R], work: Sequence[T], jobs: int) -> None:
        import pickle
        import selectors

        self.task = task
        self.work = work
        self.jobs = jobs
        self.waiting: deque[int] = deque()
        self.workers: list[_Worker] = []
        self.selector = selectors.DefaultSelector()
        self.loads = pickle.loads

    def results(self, indexes: Sequence[int]) -> dict[int, R]:
        """Have the pieces examined."""
        self.waiting.extend(indexes)
        found: dict[int, R] = {}
        try:
            for _ in range(min(self.jobs, len(indexes))):
                self._hire()
            while self.workers:
                for key, _ in self.selector.select(_LOOK):
                    found.update(self._hear(key.data))
                for worker in [one for one in self.workers if monotonic() - one.heard > _SILENCE]:
                    found.update(self._bury(worker, hung=True))
            found.update(_here(self.task, self.work, self.waiting))  # no process could be had
        finally:
            for worker in self.workers:
                worker.end()
            self.selector.close()
        return found

    def _hire(self) -> None:
        """Start a worker and give it something to do."""
        import selectors

        try:
            orders, orders_in = os.pipe()
            answers, answers_in = os.pipe()
            pid = os.fork()
        except OSError:
            return
        if not pid:
            others = (end for one in self.workers for end in (one.orders, one.answers))
            _serve(self.task, self.work, (orders, answers_in), (orders_in, answers, *others))
        os.close(orders)
        os.close(answers_in)
        worker = _Worker(pid, orders_in, answers)
        self.workers.append(worker)
        self.selector.register(answers, selectors.EVENT_READ, worker)
        self._feed(worker)

    def _feed(self, worker: _Worker) -> None:
        """Give a worker its next pieces, or let it go."""
        if not self.waiting:
            if not worker.given:
                self._dismiss(worker)
            return
        length = max(1, min(LONGEST_CHUNK, len(self.waiting) // (self.jobs * 4)))
        worker.give([self.waiting.popleft() for _ in range(length)])

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, R]]:
        """Read what a worker has to say: results, or that it is gone."""
        data = os.read(worker.answers, 1 << 20)
        if not data:
            yield from self._bury(worker, hung=False)
            return
        worker.heard = monotonic()
        worker.read += data
        read, start = worker.read, 0
        while start + _HEAD <= len(read):
            end = start + _HEAD + int.from_bytes(read[start + 4 : start + _HEAD], "little")
            if end > len(read):
                break
            index = int.from_bytes(read[start : start + 4], "little")
            worker.given.remove(index)
            yield index, self.loads(read[start + _HEAD : end])
            start = end
        del read[:start]
        if not worker.given:
            self._feed(worker)

    def _bury(self, worker: _Worker, *, hung: bool) -> Iterator[tuple[int, R]]:
        """Account for a worker that ended before its work did, and put another in its place."""
        signal = self._dismiss(worker, gone=not hung)
        if worker.given:
            index = worker.given.popleft()
            yield index, self.task.lost(self.work[index], _cause(signal, hung=hung))
            self.waiting.extendleft(reversed(worker.given))
        if self.waiting:
            self._hire()

    def _dismiss(self, worker: _Worker, *, gone: bool = False) -> int:
        self.selector.unregister(worker.answers)
        self.workers.remove(worker)
        return worker.end(gone=gone)


def _cause(signal: int, *, hung: bool) -> str:
    from signal import SIGXCPU, Signals

    if hung or signal == SIGXCPU:
        return TOOK_TOO_LONG
    return Signals(signal).name if signal in set(Signals) else "an unknown cause"


# --- in the worker ----------------------------------------------------------------------------------------------------


def _serve(task: Task[T, R], work: Sequence[T], own: tuple[int, int], others: Sequence[int]) -> None:
    """Examine what is ordered until nothing more comes. Never returns, nor lets an exception through."""
    try:
        import pickle

        orders, answers = own
        for end in others:
            os.close(end)  # or else the end of a pipe would never come
        _be_spared()
        while order := os.read(orders, 4):
            index = int.from_bytes(order, "little")
            _allow(SECONDS_PER_FILE + _GRACE)
            answer = pickle.dumps(task.examine(work[index], False), pickle.HIGHEST_PROTOCOL)
            data = order + len(answer).to_bytes(4, "little") + answer
            while data:
                data = data[os.write(answers, data) :]
    finally:
        os._exit(0)


def _be_spared() -> None:
    """End as the system says, without a core, and with no more memory than one file may need."""
    import resource
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError), open("/proc/self/statm", "rb") as file:
        most = int(file.read().split()[0]) * resource.getpagesize() + MEGABYTES_PER_FILE * 1024 * 1024
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _allow(seconds: int) -> None:
    """Let the system end this process when it has computed for that long from now on."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):  # a lower limit may stand already
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


# --- what this machine has --------------------------------------------------------------------------------------------


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _forks() -> bool:
    """Tell whether a process may be forked: a thread besides this one could hold a lock that nobody would release."""
    threading = sys.modules.get("threading")
    return sys.platform == "linux" and (threading is None or threading.active_count() == 1)
