"""The bytes of a git index (versions 2 to 4) in, the paths that git tracks out. Git itself is never run."""

from __future__ import annotations

import hashlib
import os
import struct

LARGEST = 64 * 1024 * 1024  # bytes of an index file

_HEADER = struct.Struct(">4sLL")
_STAT = 40  # bytes of times, device, mode, owner and size before the object's name
_EXTENDED = 0x4000
_SPLIT = b"link"  # the extension of an index whose entries are, in part, in another file


def tracked(data: bytes) -> frozenset[str] | None:
    """The tracked paths, relative to the top of the work tree; None for an index that cannot be understood."""
    try:
        signature, version, count = _HEADER.unpack_from(data)
        name_length = _object_name_length(data)
        if signature != b"DIRC" or version not in (2, 3, 4) or not name_length:
            return None
        names, end = _entries(data, version, count, name_length)
    except (struct.error, IndexError, ValueError):
        return None
    return None if _is_split(data, end, name_length) else frozenset(map(os.fsdecode, names))


def _object_name_length(data: bytes) -> int:
    """20 bytes with SHA-1, 32 with SHA-256, as the checksum at the end tells; 0 when it fits neither."""
    if data[-32:] == bytes(32):  # git may leave the checksum out
        return 32
    if data[-20:] == bytes(20) or hashlib.sha1(data[:-20], usedforsecurity=False).digest() == data[-20:]:
        return 20
    return 32 if hashlib.sha256(data[:-32]).digest() == data[-32:] else 0


def _entries(data: bytes, version: int, count: int, name_length: int) -> tuple[list[bytes], int]:
    names: list[bytes] = []
    offset, name = _HEADER.size, b""
    for _ in range(count):
        flags = offset + _STAT + name_length
        extended = int.from_bytes(data[flags : flags + 2], "big") & _EXTENDED
        start = flags + (4 if extended else 2)
        if version == 4:
            dropped, start = _variable(data, start)
            end = data.index(b"\0", start)
            name = name[: len(name) - dropped] + data[start:end]
            offset = end + 1
        else:
            end = data.index(b"\0", start)
            name = data[start:end]
            offset += (end - offset + 8) // 8 * 8
        names.append(name.rstrip(b"/"))
    return names, offset


def _variable(data: bytes, offset: int) -> tuple[int, int]:
    """A number of git's variable length, and where it ends."""
    byte = data[offset]
    value = byte & 0x7F
    while byte & 0x80:
        offset += 1
        byte = data[offset]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, offset + 1


def _is_split(data: bytes, offset: int, name_length: int) -> bool:
    while offset + 8 <= len(data) - name_length:
        if data[offset : offset + 4] == _SPLIT:
            return True
        offset += 8 + int.from_bytes(data[offset + 4 : offset + 8], "big")
    return False
