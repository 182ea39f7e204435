"""Bytes from the editor in; lines and pieces of them out, and whether more has come already."""

from __future__ import annotations

import os
import select

_CHUNK = 1 << 16


class Incoming:
    """Standard input as pygls reads it, in a thread of its own. `waiting` may be asked from another thread."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = bytearray()

    def readline(self) -> bytes:
        """Give the next line; what is left at the end, and then nothing."""
        while (end := self._buffer.find(b"\n")) < 0 and self._fill():
            pass
        return self._take(end + 1 if end >= 0 else len(self._buffer))

    def read(self, size: int) -> bytes:
        """Give so many bytes, or fewer at the end."""
        while len(self._buffer) < size and self._fill():
            pass
        return self._take(size)

    def waiting(self) -> bool:
        """Tell whether there is more to read. Where a pipe cannot be asked, only what was read already counts."""
        if self._buffer:
            return True
        try:
            return bool(select.select([self._descriptor], [], [], 0)[0])
        except (OSError, ValueError):
            return False

    def _fill(self) -> bool:
        chunk = os.read(self._descriptor, _CHUNK)
        self._buffer += chunk
        return bool(chunk)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken
