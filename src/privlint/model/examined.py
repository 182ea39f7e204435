"""What an examination was about, by digests: the files that were read, and the commit that they are of."""

from __future__ import annotations

from msgspec import Struct


class Examined(Struct, frozen=True, kw_only=True):
    """The bytes behind a report."""

    sha256: str  # of one line for each file, sorted by path: its SHA-256, two blanks, its path, a line end
    files: int
    commit: str = ""  # of the repository's HEAD; "" outside one, or where git is missing
    tree: str = ""
    modified: int = 0  # of the files, those that are not as the commit has them
