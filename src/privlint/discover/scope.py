"""What a search is asked, and what it answers: records, and the folders that are left out unless git tracks them."""

from __future__ import annotations

from math import inf

from msgspec import Struct

from privlint.model.finding import Covered

# Folders that hold what tools made or fetched. They are left out only where git tracks nothing below them.
DEFAULT_EXCLUDES = (
    ".buildozer",
    ".eggs",
    ".gradle",
    ".kotlin",
    ".mypy_cache",
    ".nox",
    ".tox",
    ".venv",
    "build",  # not below a folder `src`, where it is a package
    "dist",  # the same
    "node_modules",
)


class Scope(Struct, frozen=True, kw_only=True):
    """What counts as a source file, and what is left out."""

    root: str  # absolute; paths in the answer are relative to it
    suffixes: dict[str, str]  # ".kt" -> "kotlin"
    exclude: tuple[str, ...] = ()  # patterns as in .gitignore, relative to the root
    exclude_source: str = "privlint.toml"  # the file that holds them, for messages
    force_exclude: bool = False  # they count for the given paths too
    gitignore: bool = True
    limit: int = 200_000  # files
    ends: float = inf  # by the monotonic clock: what comes later is not looked at
    declaring: bool = False  # looks for the files that build and package the app, instead of sources


class Candidate(Struct, frozen=True):
    """A file to examine."""

    path: str  # relative to the root, with forward slashes
    language: str
    test: bool = False

    @property
    def module(self) -> str:
        """The dotted name by which other Python files of the root import it."""
        return self.path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".")


class Discovery(Struct, frozen=True):
    """All that was found: each path stands in one of the two, both sorted by the bytes of the path."""

    files: tuple[Candidate, ...]
    covered: tuple[Covered, ...]
