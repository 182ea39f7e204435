"""Bytes or texts in; a digest out by which later runs know them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIZE = 16  # bytes


def digest(data: bytes) -> bytes:
    """Digest bytes."""
    from hashlib import blake2b  # a run without a memory needs none

    return blake2b(data, digest_size=_SIZE).digest()


def digest_of(parts: Iterable[str]) -> bytes:
    """Digest texts in their order; a path may be any bytes."""
    return digest("\0\0".join(parts).encode("utf-8", "surrogatepass"))
