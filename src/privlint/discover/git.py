"""A repository in; which of its files changed, and what they held before, out. Git is asked, and trusted with nothing.

The repository may be hostile: its settings name programs, its attributes name filters. So git is only asked for what it
has stored, and never to look at a file of the folder, which is what runs filters and drivers. What could start a
program all the same is set aside, other settings than the repository's own are not read, and nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from msgspec import Struct

from privlint.discover.ignoring import repository
from privlint.discover.reading import read
from privlint.errors import UsageError
from privlint.model.finding import Covered, Text

SECONDS = 60  # for one command
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.excludesFile={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.untrackedCache=false",
    "core.alternateRefsCommand=",
    "diff.external=",
    "protocol.allow=never",
    "submodule.recurse=false",
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
_KEPT = ("PATH", "SYSTEMROOT", "GIT_INDEX_FILE")  # a commit hook is told by the last one what is about to be committed
_SUBMODULE = "160000"  # another project
_COMPARE = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")


class Changes(Struct, frozen=True):
    """What changed since a commit."""

    base: str  # the commit; "" when there is none yet
    before: dict[str, str]  # path from the folder of the repository -> the blob it was; "" for a new file


def repository_of(folder: str, instead: Text) -> str:
    """Find the folder of the repository that holds a folder; outside one, say what to do `instead`."""
    found = repository(folder)
    if not found:
        raise UsageError(
            "this is no git repository, so nobody knows what changed",
            message_zh="这里不是 git 仓库，无法得知变更内容",
            hint=instead.en,
            hint_zh=instead.zh,
        )
    return found


def staged(top: str, wanted: Callable[[str], bool]) -> Changes:
    """Find what the index holds that the last commit does not. `wanted` chooses among paths, which start at `top`."""
    head = _commit(top, "HEAD")
    parts = _run(top, ("diff-index", "--cached", *_COMPARE, head or _empty_tree(top), "--")).split(b"\0")
    before = {}
    for entry, name in zip(parts[::2], parts[1::2], strict=False):
        _, mode, blob, _, status = entry.decode("ascii").split(" ")
        path = os.fsdecode(name)
        if status != "D" and mode != _SUBMODULE and wanted(path):
            before[path] = "" if set(blob) == {"0"} else blob
    return Changes(head, before)


def changed(top: str, wanted: Callable[[str], bool]) -> Changes:
    """Find what the folder holds that the last commit does not, new files with it."""
    return _against(top, _commit(top, "HEAD"), wanted)


def since(top: str, reference: str, wanted: Callable[[str], bool]) -> Changes:
    """Find what the folder holds that was not there where it parted from a branch, tag or commit."""
    return _against(top, _parted(top, reference, "--since: "), wanted)


def pinned(top: str, reference: str) -> tuple[str, dict[str, str]] | None:
    """Give the very commit that a branch, tag or name stands for, and its files; None when there is no such commit.

    Not where the folder parted from it: whoever wrote the changes chose that commit.
    """
    commit = _commit(top, reference)
    return (commit, dict(_tree(top, commit))) if commit else None


def snapshot(top: str, reference: str) -> tuple[str, dict[str, str]]:
    """Give the commit where the folder parted from a branch, tag or commit, and its files: paths and their blobs."""
    commit = _parted(top, reference)
    return commit, dict(_tree(top, commit))


def version(folder: str) -> str:
    """Give the version of git. Raises UsageError where there is none, or none but in the folder."""
    answer = _run(folder, ("--version",))
    return answer.decode("ascii", "replace").strip().removeprefix("git version ")


def head(top: str) -> tuple[str, str]:
    """Give the last commit and its tree; two empty texts where there is none yet."""
    commit = _commit(top, "HEAD")
    if not commit:
        return "", ""
    tree = _run(top, ("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}"))
    return commit, tree.decode("ascii", "replace").strip()


def blobs(top: str, names: tuple[str, ...]) -> dict[str, bytes]:
    """Read what files were, by the names of their blobs."""
    wanted = sorted({name for name in names if name})
    if not wanted:
        return {}
    answer = _run(top, ("cat-file", "--batch"), "".join(f"{name}\n" for name in wanted).encode())
    found: dict[str, bytes] = {}
    position = 0
    while position < len(answer):
        end = answer.index(b"\n", position)
        head = answer[position:end].split()
        if len(head) != 3:
            raise _failed(f"object {answer[position:end].decode('ascii', 'replace')}")
        size = int(head[2])
        found[head[0].decode("ascii")] = answer[end + 1 : end + 1 + size]
        position = end + 1 + size + 1
    return found


def file_at(top: str, commit: str, path: str) -> bytes | None:
    """Read one file as a commit has it; None when it has none of that name."""
    if not commit:
        return None
    answer = _run(top, ("ls-tree", "-z", "--full-tree", commit, "--", path))
    head = answer.partition(b"\t")[0].split()
    if len(head) != 3 or head[1] != b"blob":
        return None
    name = head[2].decode("ascii")
    return blobs(top, (name,)).get(name)


def _against(top: str, commit: str, wanted: Callable[[str], bool]) -> Changes:
    """Compare the files themselves: git would run the filters that the repository names on them."""
    before = dict(_tree(top, commit)) if commit else {}
    listed = _run(top, ("ls-files", "--cached", "--others", "--exclude-standard", "-z"))
    changed: dict[str, str] = {}
    for path in sorted({os.fsdecode(name) for name in listed.split(b"\0") if name}):
        if wanted(path) and not _is(top, path, before.get(path, "")):
            changed[path] = before.get(path, "")
    return Changes(commit, changed)


def _tree(top: str, commit: str) -> Iterator[tuple[str, str]]:
    for entry in _run(top, ("ls-tree", "-r", "-z", "--full-tree", commit)).split(b"\0"):
        head, _, name = entry.partition(b"\t")
        if b" blob " in head:
            yield os.fsdecode(name), head.split()[2].decode("ascii")


def _is(top: str, path: str, blob: str) -> bool:
    """Tell whether a file is what a blob was; a checkout may have changed how its lines end."""
    from hashlib import sha1, sha256

    data = read(top, path)
    if not blob or isinstance(data, Covered):
        return False
    digest = sha1 if len(blob) == 40 else sha256
    return any(
        digest(b"blob %d\0%s" % (len(text), text)).hexdigest() == blob for text in (data, data.replace(b"\r\n", b"\n"))
    )


def _commit(top: str, reference: str) -> str:
    if reference.startswith("-") or "\0" in reference:
        return ""
    answer = _run(top, ("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}"), accept=(0, 1, 128))
    return answer.decode("ascii", "replace").strip()


def _parted(top: str, reference: str, option: str = "") -> str:
    """The commit where the folder parted from a branch, tag or commit; the latter where they have none in common."""
    commit = _commit(top, reference)
    if not commit:
        raise _unknown(reference, option)
    parted = _run(top, ("merge-base", commit, "HEAD"), accept=(0, 1, 128))
    return parted.decode("ascii", "replace").strip() or commit


def _unknown(reference: str, option: str) -> UsageError:
    return UsageError(
        f"{option}git knows no commit `{reference}`",
        message_zh=f"{option.replace(': ', '：')}git 中没有提交 `{reference}`",
        hint="Name a branch, tag or commit that was fetched; a shallow clone holds few (fetch-depth: 0).",
        hint_zh="请使用已获取的分支、标签或提交；浅克隆只含少量历史（fetch-depth: 0）。",
    )


def _empty_tree(top: str) -> str:
    return _run(top, ("hash-object", "-t", "tree", "--stdin"), b"").decode("ascii").strip()


def _run(top: str, arguments: tuple[str, ...], given: bytes = b"", accept: tuple[int, ...] = (0,)) -> bytes:
    import subprocess

    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = [_program(top), "--no-pager", "--no-optional-locks", "--literal-pathspecs", *settings, *arguments]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # Named outright, neither the settings nor the owner of the folder have a say in where the repository is.
    environment.update(_ENVIRONMENT, GIT_DIR=os.path.join(top, ".git"), GIT_WORK_TREE=top)
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command, cwd=top, env=environment, input=given, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from error
    if done.returncode not in accept:
        raise _failed(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
    return done.stdout if done.returncode == 0 else b""


def _program(top: str) -> str:
    """Find git, by the search path, and never in the tree itself."""
    from shutil import which

    found = which("git")
    if found is None:
        raise _failed("git is not installed")
    found = os.path.abspath(found)
    if os.path.commonpath([found, top]) == top:
        raise _failed("the search path leads into the project")
    return found


def _failed(why: str) -> UsageError:
    return UsageError(
        f"git could not say what changed: {why}",
        message_zh=f"git 无法给出变更：{why}",
        hint="--staged, --changed and --since need git and a repository with its history; name files instead.",
        hint_zh="--staged、--changed 和 --since 需要 git 以及带有历史的仓库；也可以直接指定文件。",
    )
