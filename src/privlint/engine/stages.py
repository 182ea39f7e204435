"""One piece of a run's work in, its result out; where it breaks or time is up, what else to say, and a note of it.

The ten minutes of a run count for all of it: discovery, build files, the examination of files, and what comes after.
What was not reached is named in the coverage under "./", and the run is incomplete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import TypeVar

from privlint.engine import guard
from privlint.model import limits
from privlint.model.finding import Covered, Text
from privlint.model.limits import Overdue

R = TypeVar("R")

ROOT = "./"  # what the coverage calls the whole of what is examined
_AGAIN = 1.0  # seconds after which the clock rings again, should something have caught what it raised


class Stages:
    """The time that a run has, what broke in it, and what was not reached."""

    def __init__(self) -> None:
        self.ends = monotonic() + limits.SECONDS_PER_RUN
        self.faults: list[Text] = []
        self._cut: list[Text] = []

    def do(self, name: Text, work: Callable[[], R], otherwise: R) -> R:
        """Do a piece of work that the others can do without."""
        try:
            with self._clock():
                return work()
        except Overdue:
            self._cut.append(name)
        except Exception as error:  # what the other stages say must not be lost with it
            fault = guard.fault(error)
            self.faults.append(Text(f"{name.en}: not done: {fault.en}", f"{name.zh}：未能完成：{fault.zh}"))
        return otherwise

    def late(self) -> bool:
        """Tell whether time is up."""
        return monotonic() > self.ends

    def unreached(self) -> Covered | None:
        """Name what was not done for want of time."""
        if not self._cut:
            return None
        names = tuple(dict.fromkeys(self._cut))
        over = guard.run_over(ROOT).detail
        english = f"{over.en}; not done: {', '.join(name.en for name in names)}"
        return Covered(
            ROOT, "failed", "PRV007", Text(english, f"{over.zh}；未完成：{'、'.join(name.zh for name in names)}")
        )

    @contextmanager
    def _clock(self) -> Iterator[None]:
        """Raise Overdue in the block when the time of the run is over. Only a main thread can be told."""
        import signal

        if self.late():
            raise Overdue

        def ring(_number: int, _frame: FrameType | None) -> None:
            raise Overdue

        try:
            before = signal.signal(signal.SIGALRM, ring)
        except (ValueError, AttributeError):
            yield
            return
        try:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, self.ends - monotonic()), _AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
