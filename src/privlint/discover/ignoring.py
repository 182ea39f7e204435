"""Patterns written as in .gitignore, and what git tracks, in; whether a path is left out, and by which line, out."""

# Paths are text of any bytes, and pathlib would be imported for them alone.

from __future__ import annotations

import os
import re
import warnings
from typing import TYPE_CHECKING

from privlint.discover.reading import Refusal, attempt, read_configuration
from privlint.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec

_POINTER = re.compile(rb"gitdir: ([^\r\n\0]+)\r?\n?")
# A star may stop anywhere, so the time of a match grows with the power of their number.
_MOST_STARS = 3  # in one part of a pattern
_MOST_SPANS = 2  # parts that are "**"


class Patterns:
    """The patterns of one file, or of the manifest."""

    def __init__(self, lines: Iterable[str], source: str) -> None:
        from pathspec import GitIgnoreSpec

        kept = [(number, line) for number, line in enumerate(lines, 1) if _is_pattern(line)]
        self.numbers = [number for number, _ in kept]
        self.source = source
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library's expression may be odd: `[[a]` is what git allows
            self.spec: GitIgnoreSpec = GitIgnoreSpec.from_lines([line for _, line in kept])

    def match(self, path: str) -> tuple[bool, str] | None:
        """Tell whether a path is left out, and by which line; None when no line speaks of it. A folder ends in "/"."""
        found = self.spec.check_file(path)
        if found.include is None or found.index is None:
            return None
        return found.include, f"{self.source}:{self.numbers[found.index]}"


def exclusions(patterns: tuple[str, ...], source: str) -> Patterns | None:
    """Compile the manifest's patterns; each of them must be one that privlint can follow."""
    for pattern in patterns:
        if not _is_pattern(pattern):
            raise ConfigurationError(
                f'"{pattern[:80]}" is not a pattern for files',
                message_zh=f"“{pattern[:80]}” 不是文件模式",
                path=source,
                hint=f'Write a pattern as in .gitignore, with at most {_MOST_STARS} stars in a part: "third_party/**".',
                hint_zh=f'请写成 .gitignore 中的模式，每段最多 {_MOST_STARS} 个星号："third_party/**"。',
            )
    return Patterns(patterns, source) if patterns else None


class Repository:
    """A git work tree. Its index is read when first asked for."""

    def __init__(self, top: str) -> None:
        self.top = top
        self._files: frozenset[str] | None = None
        self._folders: frozenset[str] = frozenset()
        self._read = False

    def tracks(self, path: str) -> bool:
        """Tell whether git tracks a file: yes, when its index cannot be read, as then nothing may be dropped."""
        self._load()
        return self._files is None or self._inner(path) in self._files

    def tracks_below(self, path: str) -> bool:
        """Tell whether git tracks anything below a folder, or the folder as a repository of its own."""
        self._load()
        inner = self._inner(path)
        return self._files is not None and (inner in self._folders or inner in self._files)

    @property
    def unknown(self) -> bool:
        """Whether there is an index that cannot be read."""
        self._load()
        return self._files is None

    def _inner(self, path: str) -> str:
        return path[len(self.top) + 1 :].replace(os.sep, "/")

    def _load(self) -> None:
        if self._read:
            return
        self._read = True
        self._files = _tracked(self.top)
        folders = set()
        for name in self._files or ():
            while (name := name.rpartition("/")[0]) and name not in folders:
                folders.add(name)
        self._folders = frozenset(folders)


class Rules:
    """What counts in one folder: its .gitignore, those above it up to the repository's top, and what is tracked."""

    def __init__(
        self, folder: str, above: Rules | None, repository: Repository | None, patterns: Patterns | None
    ) -> None:
        self.folder = folder
        self.above = above
        self.repository = repository
        self.patterns = patterns

    def enter(self, folder: str, names: frozenset[str], shown: str) -> Rules:
        """The rules of a folder below, which holds these names."""
        own = ".git" in names
        if not own and ".gitignore" not in names:
            return self
        repository = Repository(folder) if own else self.repository
        return Rules(folder, None if own else self, repository, _gitignore(folder, names, shown))

    def ignored_by(self, path: str) -> str:
        """The line of the .gitignore that leaves the path out, or "". A folder ends in "/"."""
        rules: Rules | None = self
        while rules is not None:
            inner = path[len(rules.folder) + 1 :].replace(os.sep, "/")
            if rules.patterns and (found := rules.patterns.match(inner)):
                return found[1] if found[0] else ""
            rules = rules.above
        return ""

    def tracks(self, path: str) -> bool:
        """Tell whether a file is tracked."""
        return self.repository is not None and self.repository.tracks(path)

    def tracks_below(self, path: str) -> bool:
        """Tell whether anything below a folder is tracked."""
        return self.repository is not None and self.repository.tracks_below(path)


def rules_above(folder: str, root: str) -> Rules:
    """The rules for a folder, from the top of its repository (or, outside one, from `root`) down to its parent."""
    top = repository(folder) or root
    chain = [folder]
    while chain[-1] != top and len(chain[-1]) > len(top):
        chain.append(os.path.dirname(chain[-1]))
    rules = Rules(top, None, None, None)
    for place in reversed(chain[1:]):
        names = frozenset(name for name in (".git", ".gitignore") if os.path.lexists(f"{place}/{name}"))
        rules = rules.enter(place, names, os.path.relpath(place, root))
    return rules


def repository(folder: str) -> str:
    """The nearest folder at or above this one that holds `.git`; "" where there is none."""
    while not os.path.lexists(f"{folder}/.git"):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return ""
    return folder


def _gitignore(folder: str, names: frozenset[str], shown: str) -> Patterns | None:
    if ".gitignore" not in names:
        return None
    source = ".gitignore" if shown in ("", ".") else f"{shown}/.gitignore".replace(os.sep, "/")
    data = read_configuration(f"{folder}/.gitignore", source)
    patterns = Patterns(os.fsdecode(data.removeprefix(b"\xef\xbb\xbf")).replace("\r\n", "\n").split("\n"), source)
    return patterns if patterns.numbers else None


def _is_pattern(line: str) -> bool:
    """Tell whether a line leaves something out or in, and can be matched in reasonable time."""
    bare = line.strip()
    if not bare or bare.startswith("#") or bare.endswith("\\") or "\0" in bare or not bare.strip("!/"):
        return False
    parts = bare.split("/")
    if parts.count("**") > _MOST_SPANS or any(part != "**" and part.count("*") > _MOST_STARS for part in parts):
        return False
    return "[" not in bare or _compiles(line)


def _compiles(line: str) -> bool:
    """Tell whether a pattern with a range can be matched: `[z-a]` holds nothing, to git as well."""
    from pathspec import GitIgnoreSpec

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            GitIgnoreSpec.from_lines([line])
    except (re.error, ValueError):
        return False
    return True


def _tracked(top: str) -> frozenset[str] | None:
    """What the repository at `top` tracks: nothing when it has no index yet, None when that cannot be told."""
    from privlint.discover import index  # its hashes cost a start-up that most runs do without

    store = f"{top}/.git"
    if not os.path.isdir(store):
        pointer = attempt(store, 4096)
        match = _POINTER.fullmatch(pointer) if isinstance(pointer, bytes) else None
        if match is None:
            return None
        store = os.path.join(top, os.fsdecode(match.group(1)))
    if not os.path.lexists(f"{store}/index"):
        return frozenset()
    data = attempt(f"{store}/index", index.LARGEST)
    return None if isinstance(data, Refusal) else index.tracked(data)
