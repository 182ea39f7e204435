"""The path of one file in, its bytes out; or the reason why they could not be had.

Nothing is opened that could block, nor anything that is not a regular file, and no link is followed. The tree may
change meanwhile: what was read is only believed when the file is the same afterwards.
"""

from __future__ import annotations

import errno
import os
import stat

from msgspec import Struct

from privlint.discover.encoding import Contents, to_utf8
from privlint.errors import ConfigurationError
from privlint.model.finding import Covered, Text

LARGEST = 5_000_000  # bytes of a source file
LARGEST_CONFIGURATION = 256 * 1024

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_CHUNK = 1 << 20

_NOT_REGULAR = Text("it is not a regular file", "不是普通文件")
_LINK = Text("it is a symbolic link, which is not followed", "是符号链接，不会跟随")
_VANISHED = Text("it vanished while it was read", "读取期间文件消失")
_CHANGED = Text("it changed while it was read", "读取期间文件发生变化")
_ERRORS = {
    errno.EACCES: ("PRV001", Text("permission denied", "没有读取权限")),
    errno.EPERM: ("PRV001", Text("permission denied", "没有读取权限")),
    errno.ELOOP: ("PRV003", Text("it is a symbolic link that leads nowhere", "是无法解析的符号链接")),
    errno.ENAMETOOLONG: ("PRV016", Text("its path is too long for this system", "路径过长，系统无法使用")),
    errno.EILSEQ: ("PRV016", Text("its name cannot be used on this system", "文件名在此系统上无法使用")),
    errno.EINVAL: ("PRV016", Text("its name cannot be used on this system", "文件名在此系统上无法使用")),
    errno.ENXIO: ("PRV002", _NOT_REGULAR),
    errno.ENODEV: ("PRV002", _NOT_REGULAR),
    errno.ENOENT: ("PRV011", _VANISHED),
    errno.ENOTDIR: ("PRV011", _VANISHED),
}


class Refusal(Struct, frozen=True):
    """Why a file was not read."""

    reason: str  # PRV001 …
    detail: Text


def read(root: str, path: str, limit: int = LARGEST) -> bytes | Covered:
    """Read one file below the folder `root`."""
    found = attempt(f"{root}/{path}", limit)
    if isinstance(found, Refusal):
        return Covered(path, "failed", found.reason, found.detail)
    return found


def read_source(root: str, path: str, language: str, limit: int = LARGEST) -> Contents | Covered:
    """Read one source file and decode it."""
    data = read(root, path, limit)
    return data if isinstance(data, Covered) else to_utf8(path, data, language)


def read_configuration(path: str, shown: str = "") -> bytes:
    """Read a file that says how to check. Raises ConfigurationError, in which the file is called `shown`."""
    found = attempt(path, LARGEST_CONFIGURATION)
    if isinstance(found, bytes):
        return found
    raise ConfigurationError(
        f"the file was not read: {found.detail.en}",
        message_zh=f"未能读取该文件：{found.detail.zh}",
        path=shown or path,
        hint="Replace it by a regular file of at most 256 KB that can be read, or remove it.",
        hint_zh="请换成可读取、不超过 256 KB 的普通文件，或将其删除。",
    )


def attempt(path: str, limit: int) -> bytes | Refusal:
    """Read a regular file of at most `limit` bytes; one that changes meanwhile is tried once more."""
    found = _attempt(path, limit)
    if isinstance(found, Refusal) and found.reason == "PRV011":
        return _attempt(path, limit)
    return found


def explain(error: OSError) -> Refusal:
    """Say what an error of the operating system means for a path."""
    if error.errno in _ERRORS:
        return Refusal(*_ERRORS[error.errno])
    code = errno.errorcode.get(error.errno or 0, "EIO")
    return Refusal("PRV001", Text(f"it cannot be read ({code})", f"无法读取（{code}）"))


def _attempt(path: str, limit: int) -> bytes | Refusal:
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            return Refusal("PRV003", _LINK)
        if not stat.S_ISREG(mode):
            return Refusal("PRV002", _NOT_REGULAR)
        descriptor = os.open(path, _FLAGS)
        try:
            return _drain(descriptor, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        return explain(error)


def _drain(descriptor: int, limit: int) -> bytes | Refusal:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        return Refusal("PRV002", _NOT_REGULAR)
    if before.st_size > limit:
        return Refusal("PRV004", _too_large(before.st_size, limit))
    chunks, length = [], 0
    while length <= before.st_size and (chunk := os.read(descriptor, min(_CHUNK, before.st_size + 1 - length))):
        chunks.append(chunk)
        length += len(chunk)
    after = os.fstat(descriptor)
    if (length, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        return Refusal("PRV011", _CHANGED)
    return b"".join(chunks)


def _too_large(size: int, limit: int) -> Text:
    return Text(f"it has {size:,} bytes; the limit is {limit:,}", f"文件大小为 {size:,} 字节，上限为 {limit:,} 字节")
