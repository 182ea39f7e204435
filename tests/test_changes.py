"""--staged, --changed, --since, --diff-only and standard input, on fresh repositories; some of them hostile."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from privlint import engine
from privlint.cli import main
from privlint.discover import git
from privlint.engine.changes import changed_lines
from privlint.errors import UsageError
from privlint.model.request import Request

HEAD = "package a\nimport android.telephony.TelephonyManager\n"
KOTLIN = HEAD + "class {0}(val t: TelephonyManager) {{\n    fun first() = t.imei\n}}\n"
IDENTITY = (
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.com",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "core.hooksPath=",
)


class Repository:
    """A repository of the test's own, out of reach of the machine's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", *IDENTITY, *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, check=True, text=True)
        return done.stdout

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    made.write("privlint.toml", '[app]\nname = "A"\ncategory = "map-navigation"\n')
    made.write("app/Old.kt", KOTLIN.format("Old"))
    made.write("app/Other.kt", KOTLIN.format("Other"))
    made.commit()
    return made


def found(**settings: object) -> list[tuple[str, str, int, str]]:
    report = engine.run(Request(today="2026-01-02", **settings))  # type: ignore[arg-type]
    return [
        (finding.check, finding.place.path, finding.place.start.line, finding.suppressed) for finding in report.findings
    ]


def paths(**settings: object) -> list[str]:
    return sorted({path for _, path, _, _ in found(**settings)})


def test_nothing_changed(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    for option in (("--staged",), ("--changed",), ("--since", "main")):
        assert main(["check", *option]) == 0
        assert "none of the given files is to be examined" in capsys.readouterr().err
    assert repository.git("status", "--porcelain") == ""


def test_what_is_staged_and_what_is_changed(repository: Repository) -> None:
    repository.write("app/Old.kt", KOTLIN.format("Renamed"))
    repository.write("app/New.kt", KOTLIN.format("New"))
    repository.write("app/Staged.kt", KOTLIN.format("Staged"))
    repository.git("add", "app/Staged.kt")
    assert paths(changed="staged") == ["app/Staged.kt"]
    assert paths(changed="changed") == ["app/New.kt", "app/Old.kt", "app/Staged.kt"]
    assert paths() == ["app/New.kt", "app/Old.kt", "app/Other.kt", "app/Staged.kt"]


def test_since_a_branch_parted(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "work")
    repository.write("app/Mine.kt", KOTLIN.format("Mine"))
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.write("app/Theirs.kt", KOTLIN.format("Theirs"))
    repository.commit()
    repository.git("checkout", "-q", "work")
    repository.write("app/Untracked.kt", KOTLIN.format("Untracked"))
    assert paths(since="main") == ["app/Mine.kt", "app/Untracked.kt"]


def test_only_below_the_given_paths_and_never_what_is_gone_or_excluded(repository: Repository) -> None:
    repository.write("app/New.kt", KOTLIN.format("New"))
    repository.write("lib/New.kt", KOTLIN.format("New"))
    repository.write(".gitignore", "generated/\n")
    repository.write("generated/New.kt", KOTLIN.format("New"))
    (repository.folder / "app" / "Old.kt").unlink()
    assert paths(changed="changed") == ["app/New.kt", "lib/New.kt"]
    assert paths(changed="changed", paths=("lib",)) == ["lib/New.kt"]
    assert paths(changed="changed", exclude=("lib/**",)) == ["app/New.kt"]


def test_before_the_first_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    made.write("A.kt", KOTLIN.format("A"))
    made.write("B.kt", KOTLIN.format("B"))
    made.git("add", "A.kt")
    assert paths(changed="staged") == ["A.kt"]
    assert paths(changed="changed") == ["A.kt", "B.kt"]


def test_names_that_try_hard(repository: Repository) -> None:
    names = ["-q.kt", "a b.kt", 'q"uote.kt', "new\nline.kt", "*.kt", "名.kt", ":(top)x.kt"]
    for name in names:
        repository.write(name, KOTLIN.format("A"))
    repository.git("add", "-A")
    assert paths(changed="staged") == sorted(names)
    assert paths(changed="staged", diff_only=True) == sorted(names)


def test_a_linked_work_tree(repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    repository.git("worktree", "add", "-q", "-b", "second", str(tmp_path.parent / f"{tmp_path.name}-tree"))
    tree = tmp_path.parent / f"{tmp_path.name}-tree"
    monkeypatch.chdir(tree)
    (tree / "New.kt").write_text(KOTLIN.format("New"))
    assert paths(changed="changed") == ["New.kt"]


def test_no_repository_or_no_such_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Repository
) -> None:
    for reference in ("nothing", "--output=x", "-h", "HEAD~9", "main:app/Old.kt"):
        with pytest.raises(UsageError, match="git knows no commit"):
            found(since=reference)
    assert not (repository.folder / "x").exists()
    lone = tmp_path.parent / f"{tmp_path.name}-lone"
    lone.mkdir()
    monkeypatch.chdir(lone)
    with pytest.raises(UsageError, match="no git repository"):
        found(changed="changed")


# --- changed lines ----------------------------------------------------------------------------------------------------


def test_only_changed_lines_count(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write("app/Old.kt", "// moved down\n" + KOTLIN.format("Old").replace("}\n", "    fun b() = t.imei\n}\n"))
    assert found(changed="changed", diff_only=True) == [
        ("PRV101", "app/Old.kt", 5, "unchanged"),
        ("PRV101", "app/Old.kt", 6, ""),
    ]
    assert main(["check", "--changed", "--diff-only", "--output-format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["summary"]["suppressed_by"] == {"unchanged": 1}
    assert document["suppressed"][0]["suppressed"] == {"by": "unchanged", "justification": "HEAD"}


def test_a_new_file_counts_wholly_and_line_ends_do_not(repository: Repository) -> None:
    repository.write("app/New.kt", KOTLIN.format("New"))
    (repository.folder / "app" / "Old.kt").write_bytes(KOTLIN.format("Old").replace("\n", "\r\n").encode())
    assert found(changed="changed", diff_only=True) == [("PRV101", "app/New.kt", 4, "")]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (b"a\nb\nc\n", b"a\nb\nc\n", ()),
        (b"a\nb\nc\n", b"a\nB\nc\n", ((2, 2),)),
        (b"a\nc\n", b"a\nb\nc\n", ((2, 2),)),
        (b"a\nb\nc\n", b"a\nc\n", ()),
        (b"", b"a\nb", ((1, 2),)),
        (b"a\nb\nc\nd\n", b"A\nb\nc\nD\n", ((1, 1), (4, 4))),
        (b"x\n" * 9000, b"y\n" * 9000, ((1, 9000),)),
    ],
)
def test_changed_lines(before: bytes, after: bytes, lines: tuple[tuple[int, int], ...]) -> None:
    assert changed_lines(before, after) == lines


# --- the baseline -----------------------------------------------------------------------------------------------------


def test_a_baseline_that_grows_in_a_change(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline", "create"])
    capsys.readouterr()
    assert [check for check, *_ in found(since="main")] == ["PRV043"]  # it is new
    repository.commit()
    assert found(since="main") == []
    repository.git("checkout", "-q", "-b", "work")
    repository.write("app/New.kt", KOTLIN.format("New"))
    main(["baseline", "update"])
    capsys.readouterr()
    repository.commit()
    assert [(check, path, suppressed) for check, path, _, suppressed in found(since="main")] == [
        ("PRV101", "app/New.kt", "baseline"),
        ("PRV043", "privlint-baseline.json", ""),
    ]
    assert main(["check", "-q", "--since", "main"]) == 1
    assert main(["check", "-q", "--since", "main", "--ignore", "PRV043"]) == 0


# --- a hostile repository ---------------------------------------------------------------------------------------------

HOSTILE = """
[core]
    fsmonitor = {touch}
    hooksPath = evil
    pager = {touch}
    editor = {touch}
    sshCommand = {touch}
    alternateRefsCommand = {touch}
    worktree = /
    excludesFile = /dev/zero
    attributesFile = /dev/zero
[diff]
    external = {touch}
[diff "evil"]
    command = {touch}
    textconv = {touch}
[filter "evil"]
    clean = {touch}
    smudge = {touch}
    process = {touch}
    required = true
[remote "origin"]
    url = ext::{touch}
    promisor = true
    partialclonefilter = blob:none
    uploadpack = {touch}
[extensions]
    partialClone = origin
[gpg]
    program = {touch}
[log]
    showSignature = true
[alias]
    diff-index = !{touch}
    rev-parse = !{touch}
"""


def test_a_hostile_repository_starts_no_program(repository: Repository, tmp_path: Path) -> None:
    stain = tmp_path.parent / f"{tmp_path.name}-stain"
    script = tmp_path.parent / f"{tmp_path.name}-touch"
    script.write_text(f"#!/bin/sh\necho ran >> {stain}\ncat\n")
    script.chmod(0o755)
    repository.write(".gitattributes", "* filter=evil diff=evil\n")
    repository.write("app/Old.kt", KOTLIN.format("Old").replace("first", "second"))
    repository.write("app/New.kt", KOTLIN.format("New"))
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout"):
        for folder in ("evil", ".git/hooks"):
            repository.write(f"{folder}/{name}", script.read_text())
            (repository.folder / folder / name).chmod(0o755)
    with (repository.folder / ".git" / "config").open("a") as config:
        config.write(HOSTILE.format(touch=script))
    os.utime(repository.folder / "app" / "Other.kt", (1, 1))  # looks changed, so that git would want to read it
    assert found(changed="changed", diff_only=True) == [
        ("PRV101", "app/New.kt", 4, ""),
        ("PRV101", "app/Old.kt", 4, ""),
    ]
    assert paths(changed="staged") == []
    assert paths(since="main") == ["app/New.kt", "app/Old.kt"]
    with pytest.raises(UsageError):
        git.blobs(str(repository.folder), ("1" * 40,))  # missing: nothing fetches it
    assert not stain.exists()


def test_the_environment_of_the_caller_is_not_git_s(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("app/New.kt", KOTLIN.format("New"))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    assert paths(changed="changed") == ["app/New.kt"]


def test_the_index_of_a_commit_hook_is_used(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    other = repository.folder / ".git" / "other-index"
    other.write_bytes((repository.folder / ".git" / "index").read_bytes())
    repository.write("app/New.kt", KOTLIN.format("New"))
    repository.git("add", "app/New.kt")
    assert paths(changed="staged") == ["app/New.kt"]
    monkeypatch.setenv("GIT_INDEX_FILE", str(other))
    assert paths(changed="staged") == []


def test_git_of_the_tree_is_not_run(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("git", "#!/bin/sh\ntouch stain\n")
    (repository.folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(UsageError, match="the search path leads into the project"):
        found(changed="changed")
    assert not (repository.folder / "stain").exists()


# --- standard input ---------------------------------------------------------------------------------------------------


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_from_standard_input(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(monkeypatch, b"// not saved yet\n" + KOTLIN.format("New").encode())
    assert main(["check", "-", "--stdin-filename", "app/New.kt"]) == 1
    out, err = capsys.readouterr()
    assert "--> app/New.kt:5:21" in out
    assert "5 |     fun first() = t.imei" in out
    assert "1 discovered = 1 scanned" in err
    assert not (repository.folder / "app" / "New.kt").exists()


def test_the_text_goes_before_the_disk_and_leans_on_the_rest(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write("app/Holder.kt", HEAD + "class Holder { lateinit var phone: TelephonyManager }\n")
    pipe(monkeypatch, (HEAD + "fun x(h: Holder) = h.phone.imei\nfun y(t: TelephonyManager) = 1\n").encode())
    assert main(["check", "-", "--stdin-filename", "app/Old.kt", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.startswith("app/Old.kt:3:28: PRV101 error")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("app/New.kt", b"", 0),
        ("notes.txt", b"anything", 0),
        ("build/New.kt", KOTLIN.format("New").encode(), 1),
        ("not/there/yet/New.kt", KOTLIN.format("New").encode(), 1),
        ("app/New.kt", b"\x7fELF\0\0\0\0" * 40, 3),
        ("app/New.kt", b"\xef\xbb\xbf" + KOTLIN.format("New").encode("utf-8"), 1),
        ("app/New.kt", KOTLIN.format("New").encode("utf-16"), 1),
        ("app/New.kt", b"//" + b" " * 5_000_001, 3),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_may_come(monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, code: int) -> None:
    pipe(monkeypatch, data)
    assert main(["check", "-q", "-", "--stdin-filename", name]) == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("-",),
        ("-", "app", "--stdin-filename", "A.kt"),
        ("app", "--stdin-filename", "A.kt"),
        ("-", "--stdin-filename", "A.kt", "--staged"),
        ("--staged", "--changed"),
        ("--staged", "--since", "main"),
        ("--diff-only",),
    ],
)
@pytest.mark.usefixtures("repository")
def test_options_that_contradict(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    pipe(monkeypatch, b"")
    assert main(["check", *arguments]) == 2
