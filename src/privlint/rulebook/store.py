"""Records in, a checked file out, and back: the compiled form of the rules. A file that does not fit is no file."""

from __future__ import annotations

import os
from binascii import crc32
from typing import TypeVar

import msgspec

T = TypeVar("T")

_HEAD = b"privlint rules 1\n"
_SUM = 8  # bytes of the checksum, in hexadecimal


def write(record: object, path: str, stamp: str) -> None:
    """Write a record whole or not at all. Raises OSError where it cannot be written."""
    body = msgspec.msgpack.encode((stamp, record))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    part = f"{path}.{os.getpid()}.part"
    try:
        with open(part, "wb") as stream:
            stream.write(_HEAD + _checksum(body) + body)
        os.replace(part, path)
    except OSError:
        if os.path.exists(part):
            os.remove(part)
        raise


def read(path: str, kind: type[T], stamp: str) -> T | None:
    """Read a record back; None where the file is missing, damaged, of another version or made from other rules."""
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except OSError:
        return None
    start = len(_HEAD) + _SUM
    body = content[start:]
    if content[:start] != _HEAD + _checksum(body):
        return None
    try:
        found, record = msgspec.msgpack.decode(body, type=tuple[str, kind])  # type: ignore[valid-type]
    except (msgspec.DecodeError, RecursionError):
        return None
    return record if found == stamp else None


def _checksum(body: bytes) -> bytes:
    return b"%08x" % crc32(body)
