"""A long run in; on a terminal, how long it has taken so far out: from the first second on, and gone when it ends.

A timer of the system rings, and not a thread: a process with threads must not be forked, and a forked one inherits no
timer.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType

from privlint.model.finding import Text

PATIENCE = 1.0  # seconds before anything is shown
_EVERY = 0.5
_CLEARED = "\r\x1b[K"


@contextmanager
def shown(language: str) -> Iterator[None]:
    """Show on standard error how long the block takes."""
    if not hasattr(signal, "setitimer") or os.environ.get("TERM") == "dumb":
        yield
        return
    started, owner, written = monotonic(), os.getpid(), [False]

    def ring(_number: int, _frame: FrameType | None) -> None:
        if os.getpid() != owner:
            return
        seconds = int(monotonic() - started)
        told = Text(f"examining … {seconds} s", f"正在检查…… {seconds} 秒")
        written[0] = True
        _write(f"{_CLEARED}{told[language]}")

    try:
        before = signal.signal(signal.SIGALRM, ring)
    except ValueError:  # not in the main thread
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, PATIENCE, _EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if written[0]:
            _write(_CLEARED)


def _write(text: str) -> None:
    with suppress(OSError, ValueError, RuntimeError):  # a signal may come in the middle of another write
        sys.stderr.write(text)
        sys.stderr.flush()
