"""The rules folder in, its TOML files out: their text, their version, and a stamp that changes when they do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator


class RuleFile(Struct, frozen=True):
    """One TOML file of the rules."""

    path: str  # from the rules folder, with slashes
    shown: str  # the path as errors name it
    content: bytes  # with \\n at the end of a line


def read_files(folder: str) -> tuple[RuleFile, ...]:
    """Read every TOML file below the folder, sorted by path."""
    root = os.path.basename(os.path.abspath(folder))
    return tuple(_read(folder, path, f"{root}/{path}") for path in sorted(_paths(folder)))


def version_of(files: tuple[RuleFile, ...]) -> str:
    """Hash the names and bytes of the files: the version of the rules."""
    from hashlib import sha256

    digest = sha256()
    for file in files:
        digest.update(f"{file.path}\0{len(file.content)}\0".encode())
        digest.update(file.content)
    return digest.hexdigest()[:16]


def stamp_of(folder: str, suffix: str = ".toml") -> str:
    """List names, times and sizes, which is cheaper than reading: whoever has the same stamp has the same files."""
    lines = [folder]
    for path in sorted(_paths(folder, suffix)):
        status = os.stat(os.path.join(folder, path))
        lines.append(f"{path} {status.st_mtime_ns} {status.st_size}")
    return "\n".join(lines)


def _paths(folder: str, suffix: str = ".toml") -> Iterator[str]:
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(os.path.join(folder, inside)) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{inside}{entry.name}/")
                elif entry.name.endswith(suffix):
                    yield inside + entry.name


def _read(folder: str, path: str, shown: str) -> RuleFile:
    try:
        with open(os.path.join(folder, path), "rb") as stream:
            content = stream.read()
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", path=shown, hint="Make the file readable.") from error
    return RuleFile(path, shown, content.replace(b"\r\n", b"\n"))
