"""Two sections of bytes in, one private file of the user's cache folder out, and back. What is not right is no file.

A file is only believed when it is the user's own, nobody else may write to it, and it stands outside of the tree that
is examined: a tree must not bring its own results along. It appears whole or not at all, whatever else runs.
"""

from __future__ import annotations

import os
import stat
from binascii import crc32
from contextlib import suppress
from time import time

from msgspec import Struct

from privlint.model.finding import Text
from privlint.rulebook.locate import cache_folder

LARGEST = 128 * 1024 * 1024  # bytes of one project's file
LARGEST_IN_ALL = 512 * 1024 * 1024
MOST = 64  # projects
ENDING = ".results"

_HEAD = b"privlint results 1\n"
_NUMBER = 8  # bytes of a length, and of a checksum
_OPENING = len(_HEAD) + 4 * _NUMBER
_ABANDONED = 3600  # seconds after which a file that was never finished is nobody's any more
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)

NOWHERE = Text("there is no cache folder for this user", "该用户没有缓存文件夹")
INSIDE = Text(
    "the cache folder stands in the tree that is examined; set PRIVLINT_CACHE_DIR to a folder elsewhere",
    "缓存文件夹位于被检查的目录中；请把 PRIVLINT_CACHE_DIR 设为其他位置的文件夹",
)
STRANGE = Text(
    "the cache folder is not this user's alone; remove it, or set PRIVLINT_CACHE_DIR to another one",
    "缓存文件夹并非该用户独有；请删除它，或把 PRIVLINT_CACHE_DIR 设为其他文件夹",
)


class Vault(Struct, frozen=True):
    """The place of one project's file."""

    folder: str
    path: str


def place(root: str) -> Vault | Text:
    """Find the place for a project; a text says why there is none."""
    from hashlib import blake2b

    base = cache_folder()
    if not base:
        return NOWHERE
    base, real = os.path.realpath(base), os.path.realpath(root)
    if base == real or base.startswith(real.rstrip(os.sep) + os.sep):
        return INSIDE
    name = blake2b(os.fsencode(real), digest_size=16).hexdigest()
    folder = os.path.join(base, "results")
    return Vault(folder, os.path.join(folder, name + ENDING))


class Sections:
    """A file that was opened: its first section at once, its second when it is asked for."""

    def __init__(self, vault: Vault) -> None:
        self._descriptor = -1
        self.first = b""
        self._second: tuple[int, int] = (0, 0)  # length, checksum
        with suppress(OSError):
            self._open(vault)

    def _open(self, vault: Vault) -> None:
        if not _is_private(os.lstat(vault.folder)):
            return
        self._descriptor = os.open(vault.path, _FLAGS)
        status = os.fstat(self._descriptor)
        if not stat.S_ISREG(status.st_mode) or not _is_private(status) or status.st_size > LARGEST:
            return
        opening = self._read(_OPENING)
        if opening[: len(_HEAD)] != _HEAD or len(opening) < _OPENING:
            return
        numbers = [int.from_bytes(opening[at : at + _NUMBER], "little") for at in range(len(_HEAD), _OPENING, _NUMBER)]
        if _OPENING + numbers[0] + numbers[2] != status.st_size:
            return
        first = self._read(numbers[0])
        if crc32(first) == numbers[1]:
            self.first, self._second = first, (numbers[2], numbers[3])

    def second(self) -> bytes:
        """Read the second section; nothing, where it is damaged."""
        length, checksum = self._second
        self._second = (0, 0)
        with suppress(OSError):
            found = self._read(length)
            if crc32(found) == checksum:
                return found
        return b""

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()

    def _read(self, length: int) -> bytes:
        chunks = []
        while length and (chunk := os.read(self._descriptor, length)):
            chunks.append(chunk)
            length -= len(chunk)
        return b"".join(chunks)


def write(vault: Vault, first: bytes, second: bytes) -> Text | None:
    """Put a file in the place of the one that is there; a text says why that could not be done."""
    if _OPENING + len(first) + len(second) > LARGEST:
        second = b""
    opening = _HEAD + b"".join(
        number.to_bytes(_NUMBER, "little") for part in (first, second) for number in (len(part), crc32(part))
    )
    part = f"{vault.path}.{os.urandom(8).hex()}.part"
    try:
        os.makedirs(vault.folder, mode=0o700, exist_ok=True)
        if not _is_private(os.lstat(vault.folder)):
            return STRANGE
        _write_new(part, opening + first + second)
        os.replace(part, vault.path)
    except OSError as error:
        with suppress(OSError):
            os.remove(part)
        told = os.strerror(error.errno) if error.errno else "?"
        return Text(f"it cannot be written: {told}", f"无法写入：{told}")
    with suppress(OSError):  # another run may be making room, too
        _make_room(vault)
    return None


def _write_new(path: str, data: bytes) -> None:
    descriptor = os.open(path, _NEW, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def clean() -> tuple[int, int]:
    """Remove every file that this or another version kept; how many they were, and their bytes.

    Raises OSError for one that cannot be removed.
    """
    base = cache_folder()
    found = [*_files(os.path.join(base, "results")), *_files(base)] if base else []
    removed = 0
    size = 0
    for path, status in found:
        name = os.path.basename(path)
        if ENDING in name or (name.startswith("rules-") and ".msgpack" in name):
            os.remove(path)
            removed, size = removed + 1, size + status.st_size
    with suppress(OSError):
        os.rmdir(os.path.join(base, "results"))
        os.rmdir(base)
    return removed, size


def _make_room(vault: Vault) -> None:
    """Remove what was not finished long ago, and the files of the projects that were examined longest ago."""
    found = sorted(_files(vault.folder), key=lambda one: -one[1].st_mtime)
    total = number = 0
    for path, status in found:
        if path.endswith(".part"):
            if time() - status.st_mtime > _ABANDONED:
                os.remove(path)
            continue
        total, number = total + status.st_size, number + 1
        if path != vault.path and path.endswith(ENDING) and (number > MOST or total > LARGEST_IN_ALL):
            os.remove(path)


def _files(folder: str) -> list[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as entries:
            return [
                (one.path, one.stat(follow_symlinks=False)) for one in entries if one.is_file(follow_symlinks=False)
            ]
    except OSError:
        return []


def _is_private(status: os.stat_result) -> bool:
    """Tell whether something is this user's own, no link, and nobody else may write to it."""
    if stat.S_ISLNK(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True  # the folder of a user of Windows is protected by lists that a mode does not show
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022
