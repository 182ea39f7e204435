"""Files and folders to look at in; every source file below them out, and for each that is not one to examine, why.

No link is followed, and nothing here opens a source file. What is left out by a rule is *skipped* and named; what
should have been looked at and could not be is *failed* and named. Folders in the answer end in "/".
"""

# Paths are text of any bytes, and pathlib would be imported for them alone.

from __future__ import annotations

import os
import stat
from time import monotonic
from typing import TYPE_CHECKING

from privlint.discover.ignoring import Rules, exclusions, rules_above
from privlint.discover.kinds import declares, is_build_code, is_test
from privlint.discover.reading import explain
from privlint.discover.scope import DEFAULT_EXCLUDES, Candidate, Discovery, Scope
from privlint.errors import UsageError
from privlint.model.finding import Covered, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OUTPUTS = frozenset({"build", "dist"})
_STORES = frozenset({".git", ".hg", ".svn"})  # of version control: no part of the project, and never named
_ENVIRONMENT = "pyvenv.cfg"  # whatever the folder is called that holds it

_NAMED = 2_000  # entries of a folder that is left out, up to which each source file in it is named
_NAMED_IN_ALL = 10_000


def discover(targets: Sequence[str], scope: Scope) -> Discovery:
    """Find what to examine. `targets` are files and folders at or below the root; none stands for the root itself.

    Raises UsageError for a target that does not exist or is not below the root, ConfigurationError for patterns or a
    .gitignore that cannot be used.
    """
    walk = _Walk(scope)
    files: dict[str, Candidate] = {}
    covered: dict[str, Covered] = {}
    for target in targets or (scope.root,):
        for found in walk.target(target):
            if isinstance(found, Candidate):
                files[found.path] = found
            else:
                covered[found.path] = found
            if len(files) + len(covered) > scope.limit:
                covered["./"] = _too_many(scope.limit)
                return _sorted(files, covered)
    return _sorted(files, covered)


def _sorted(files: dict[str, Candidate], covered: dict[str, Covered]) -> Discovery:
    names = sorted(files, key=os.fsencode)
    others = sorted((path for path in covered if path not in files), key=os.fsencode)
    return Discovery(tuple(files[name] for name in names), tuple(covered[name] for name in others))


def _too_many(limit: int) -> Covered:
    en = f"there are more than {limit:,} files; the rest was not looked at"
    return Covered("./", "failed", "PRV020", Text(en, f"文件超过 {limit:,} 个；其余未检查"))


def _late() -> Covered:
    en = "the time of the run was over; the rest was not looked at"
    return Covered("./", "failed", "PRV007", Text(en, "整个检查的时间已用完；其余未检查"))


class _Walk:
    """One search, with what it has learnt on the way."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.root = os.path.abspath(scope.root)
        self.real_root = os.path.realpath(self.root)
        self.below = self.real_root.rstrip(os.sep) + os.sep
        self.exclude = exclusions(scope.exclude, scope.exclude_source)
        self.budget = _NAMED_IN_ALL

    def target(self, target: str) -> Iterator[Candidate | Covered]:
        """A file or folder that was asked for."""
        full, path = self.place(target)
        if self.scope.force_exclude and path and (skip := self.excluded_target(path, full)):
            yield skip
        elif self.language(path) is None and not os.path.isdir(full):
            yield _skipped(path, "language", "not a language that privlint reads", "不是 privlint 能读取的语言")
        elif os.path.islink(full) and path:
            yield from self.link(path)
        elif not os.path.isdir(full):
            yield self.file(path) if os.path.isfile(full) else _not_regular(path)
        else:
            yield from self.folder(path, self.rules(full))

    def place(self, target: str) -> tuple[str, str]:
        """Where a target really stands, in full and below the root. Its last part may be a link that was asked for."""
        full = os.path.abspath(target)
        if not os.path.lexists(full):
            raise UsageError(
                f"no such file or folder: {target}",
                message_zh=f"没有这个文件或文件夹：{target}",
                hint="Check the spelling; paths are relative to the folder in which privlint is started.",
                hint_zh="请检查拼写；路径相对于启动 privlint 的文件夹。",
            )
        if os.path.realpath(full) == self.real_root:
            return self.root, ""
        real = os.path.join(os.path.realpath(os.path.dirname(full)), os.path.basename(full))
        if not real.startswith(self.below):
            raise UsageError(
                f"not below the root of the project: {target}",
                message_zh=f"不在项目根目录之下：{target}",
                hint="Start privlint in the project that holds the path.",
                hint_zh="请在该路径所属的项目中启动 privlint。",
            )
        path = real[len(self.below) :].replace(os.sep, "/")
        return self.full(path), path

    def rules(self, full: str) -> Rules:
        """The rules above a given folder; none, where they would leave out the folder that was asked for."""
        if not self.scope.gitignore:
            return Rules(full, None, None, None)
        rules = rules_above(full, self.root)
        return Rules(full, None, rules.repository, None) if rules.ignored_by(full + "/") else rules

    def contains(self, full: str) -> bool:
        real = os.path.realpath(full)
        return real == self.real_root or real.startswith(self.below)

    def language(self, path: str) -> str | None:
        if self.scope.declaring:
            return declares(path)
        name = path.rpartition("/")[2]
        dot = name.rfind(".")
        return self.scope.suffixes.get(name[dot:]) if dot > 0 else None

    def folder(self, path: str, rules: Rules) -> Iterator[Candidate | Covered]:
        """Everything below a folder."""
        pending = [(path, rules, "")]
        while pending:
            if monotonic() > self.scope.ends:
                yield _late()
                return
            path, rules, ignored = pending.pop()
            try:
                with os.scandir(self.full(path)) as entries:
                    found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                yield _failure(f"{path}/" if path else "./", error)
                continue
            names = frozenset(entry.name for entry in found)
            if _ENVIRONMENT in names and path and not rules.tracks_below(self.full(path)):
                yield from self.left_out(path, "excluded", *_BY_DEFAULT)
                continue
            if self.scope.gitignore:
                rules = rules.enter(self.full(path), names, path)
            for entry in found:
                inner = f"{path}/{entry.name}" if path else entry.name
                if _is_folder(entry):
                    if entry.name not in _STORES:
                        skip = self.skip_folder(inner, rules, ignored)
                        if skip is None:
                            pending.append((inner, rules, self.ignored(inner + "/", rules, ignored)))
                        else:
                            yield from self.left_out(inner, *skip)
                elif entry.is_symlink() or self.language(inner):
                    yield from self.entry(entry, inner, rules, ignored)

    def entry(self, entry: os.DirEntry[str], path: str, rules: Rules, ignored: str) -> Iterator[Candidate | Covered]:
        """One file, link or other thing that stands in a folder."""
        source = self.language(path) is not None
        if by := self.excluded_by(path):
            if source:
                yield _skipped(path, "excluded", f"by {by}", f"由 {by} 排除")
        elif (by := self.ignored(path, rules, ignored)) and not rules.tracks(self.full(path)):
            if source:
                yield _skipped(path, "ignored", f"by {by}", f"由 {by} 忽略")
        elif entry.is_symlink():
            yield from [_skipped(f"{path}/", "excluded", *_BY_DEFAULT)] if _is_output(path) else self.link(path)
        else:
            yield self.file(path) if _is_file(entry) else _not_regular(path)

    def file(self, path: str) -> Candidate | Covered:
        if is_build_code(path) and not self.scope.declaring:
            return _skipped(path, "build", "it builds the app and is no part of it", "属于构建脚本，不是应用的一部分")
        return Candidate(path, self.language(path) or "", is_test(path))

    def link(self, path: str) -> Iterator[Covered]:
        """A symbolic link: named, never followed."""
        full = self.full(path)
        source = self.language(path) is not None
        try:
            mode = os.stat(full).st_mode
        except OSError:
            if source:
                yield _link(path, "failed", "it is a symbolic link that leads nowhere", "是无法解析的符号链接")
            return
        folder = stat.S_ISDIR(mode)
        if not folder and not source:
            return
        shown = f"{path}/" if folder else path
        if not self.contains(full):
            yield _link(shown, "failed", "it is a symbolic link that leaves the project", "是指向项目之外的符号链接")
        elif folder or (stat.S_ISREG(mode) and self.language(os.path.realpath(full).replace(os.sep, "/"))):
            yield _link(shown, "skipped", "it is a symbolic link within the project", "是项目内部的符号链接")
        else:
            yield _link(
                shown, "failed", "it is a symbolic link to a file of another kind", "是指向其他类型文件的符号链接"
            )

    def skip_folder(self, path: str, rules: Rules, ignored: str) -> tuple[str, str, str] | None:
        """Why a folder is not entered: a reason, in words, in both languages."""
        if by := self.excluded_by(path + "/"):
            return "excluded", f"by {by}", f"由 {by} 排除"
        if _is_output(path) and not rules.tracks_below(self.full(path)):
            return ("excluded", *_BY_DEFAULT)
        by = self.ignored(path + "/", rules, ignored)
        if not by or rules.tracks_below(self.full(path)) or (rules.repository and rules.repository.unknown):
            return None
        return "ignored", f"by {by}", f"由 {by} 忽略"

    def left_out(self, path: str, reason: str, en: str, zh: str) -> Iterator[Covered]:
        """The source files of a folder that is not entered, or the folder itself when it holds too much to name."""
        if self.scope.declaring and (en, zh) == _BY_DEFAULT:
            return  # what tools fetched declares nothing of the app
        room = min(_NAMED, self.budget)
        found: list[str] | None = []
        pending = [path]
        while pending and found is not None:
            here = pending.pop()
            try:
                with os.scandir(self.full(here)) as entries:
                    for entry in entries:
                        room -= 1
                        if room < 0:
                            break
                        inner = f"{here}/{entry.name}"
                        if _is_folder(entry):
                            pending.append(inner)
                        elif self.language(inner):
                            found.append(inner)
            except OSError:
                room = -1
            if room < 0:
                found = None
        if found is None:
            self.budget -= min(_NAMED, self.budget)
            yield _skipped(f"{path}/", reason, f"{en}; its files were not counted", f"{zh}；其中的文件未计数")
            return
        self.budget = self.budget - min(_NAMED, self.budget) + room
        for inner in found:
            yield _skipped(inner, reason, en, zh)

    def excluded_by(self, path: str) -> str:
        """The line of the manifest that leaves a path out, or "". A folder ends in "/"."""
        found = self.exclude.match(path) if self.exclude else None
        return self.scope.exclude_source if found and found[0] else ""

    def excluded_target(self, path: str, full: str) -> Covered | None:
        shown = f"{path}/" if os.path.isdir(full) else path
        if by := self.excluded_by(shown):
            return _skipped(shown, "excluded", f"by {by}", f"由 {by} 排除")
        steps = path.split("/")
        if any(_is_output("/".join(steps[:end])) for end in range(1, len(steps) + shown.endswith("/"))):
            return _skipped(shown, "excluded", *_BY_DEFAULT)
        return None

    def ignored(self, path: str, rules: Rules, inherited: str) -> str:
        """The line of a .gitignore that leaves a path out, or the folder it stands in."""
        return inherited or (rules.ignored_by(f"{self.root}/{path}") if self.scope.gitignore else "")

    def full(self, path: str) -> str:
        return f"{self.root}/{path}" if path else self.root


_BY_DEFAULT = ("by default, as a folder that tools fill", "默认排除：由工具生成的目录")


def _is_output(path: str) -> bool:
    *above, name = path.split("/")
    return name in DEFAULT_EXCLUDES and not (name in _OUTPUTS and "src" in above)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Tell whether it is a regular file; if that cannot be told, reading it will say why."""
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return True


def _skipped(path: str, reason: str, en: str, zh: str) -> Covered:
    return Covered(path, "skipped", reason, Text(en, zh))


def _link(path: str, outcome: str, en: str, zh: str) -> Covered:
    return Covered(path, "skipped" if outcome == "skipped" else "failed", "PRV003", Text(en, zh))


def _not_regular(path: str) -> Covered:
    return Covered(path, "failed", "PRV002", Text("it is not a regular file", "不是普通文件"))


def _failure(path: str, error: OSError) -> Covered:
    refusal = explain(error)
    return Covered(path, "failed", refusal.reason, refusal.detail)
