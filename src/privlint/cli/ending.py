"""A request of the system to end in; an exception out, so that every open file and process is closed on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

EXIT_CODE = 143


class Terminated(BaseException):
    """The system asked us to end (SIGTERM)."""


@contextmanager
def terminable() -> Iterator[None]:
    """Raise `Terminated` inside the block when SIGTERM comes. Forked processes just end."""
    owner = os.getpid()

    def end(_number: int, _frame: FrameType | None) -> None:
        if os.getpid() != owner:
            os._exit(EXIT_CODE)
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread: whoever runs us there sees to it
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
