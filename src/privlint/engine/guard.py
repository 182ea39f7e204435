"""The examination of one file in; its result out, or why there is none: whatever goes wrong costs that file only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from privlint.model.finding import Covered, Text
from privlint.model.limits import ANGLES, DEEP, LARGE, MEGABYTES_PER_FILE, SECONDS_PER_FILE, SECONDS_PER_RUN, Overdue

R = TypeVar("R")

ROOM = 3_000  # Python frames for one file, however many stand above it: the same file gets the same answer everywhere
_AGAIN = 0.25  # seconds after which the clock rings again, should something have caught what it raised
_NOT_BRACKETS = bytes(set(range(256)) - set(b"()[]{}"))


def guarded(path: str, examine: Callable[[], R], failed: Callable[[Covered], R]) -> R:
    """Examine one file, within its limits."""
    try:
        with _room(), _clock():
            return examine()
    except Overdue:
        return failed(overdue(path))
    except RecursionError:
        text = Text("it is nested deeper than privlint can follow", "嵌套层次超出 privlint 的处理能力")
        return failed(Covered(path, "failed", "PRV009", text))
    except MemoryError:
        return failed(died(path, ""))
    except Exception as error:  # a bug of ours must not cost the results of the other files
        return failed(Covered(path, "failed", "PRV099", fault(error)))


def is_suspicious(data: bytes) -> bool:
    """Tell whether a file may only be examined by a process that can be spared: it is large, or may nest deeply."""
    if len(data) > LARGE or data.count(b"<") > ANGLES:
        return True
    rest = data.translate(None, _NOT_BRACKETS)
    for _ in range(DEEP):
        if len(rest) <= DEEP:
            return False
        before = len(rest)
        rest = rest.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if len(rest) == before:
            break
    return len(rest) > DEEP


def overdue(path: str) -> Covered:
    """Say that a file took too long."""
    en = f"it took more than {SECONDS_PER_FILE} seconds of processor time"
    return Covered(path, "failed", "PRV007", Text(en, f"耗用的处理器时间超过 {SECONDS_PER_FILE} 秒"))


def run_over(path: str) -> Covered:
    """Say that the whole run took too long, before it came to this file."""
    en = f"the run took more than {SECONDS_PER_RUN} seconds"
    return Covered(path, "failed", "PRV007", Text(en, f"整个检查超过 {SECONDS_PER_RUN} 秒"))


def died(path: str, how: str) -> Covered:
    """Say that the process that examined a file died, or would have for want of memory."""
    if how:
        text = Text(f"the process that examined it was ended by {how}", f"检查该文件的进程因 {how} 终止")
    else:
        limit = f"{MEGABYTES_PER_FILE} MB"
        text = Text(f"it needed more than {limit} of memory", f"所需内存超过 {limit}")
    return Covered(path, "failed", "PRV010", text)


def fault(error: Exception) -> Text:
    """Say where privlint broke; what the error itself says may hold anything, so only its kind is told."""
    place, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename.replace(os.sep, "/").rpartition("/privlint/")[2]
        place, trace = f"{name}:{trace.tb_lineno}", trace.tb_next
    kind = type(error).__name__
    return Text(f"a bug of privlint: {kind} in {place}", f"privlint 的缺陷：{place} 处出现 {kind}")


@contextmanager
def _room() -> Iterator[None]:
    """Let the file have its frames, no more and no less."""
    before = sys.getrecursionlimit()
    depth, frame = 0, sys._getframe()
    while (above := frame.f_back) is not None:
        depth, frame = depth + 1, above
    sys.setrecursionlimit(depth + ROOM)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@contextmanager
def _clock() -> Iterator[None]:
    """Raise Overdue in the block when its time is over. Only a main thread can be told; the parsers see to it too."""
    import signal

    def ring(_number: int, frame: FrameType | None) -> None:
        if frame is None or not frame.f_globals.get("__name__", "").endswith(".grammar"):  # not through a C library
            raise Overdue

    try:
        before = signal.signal(signal.SIGPROF, ring)
    except (ValueError, AttributeError):
        yield
        return
    try:
        signal.setitimer(signal.ITIMER_PROF, SECONDS_PER_FILE, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
