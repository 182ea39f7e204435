"""Which files are found, what is said of the others, and how bytes become text."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from privlint.discover import (
    DEFAULT_EXCLUDES,
    Contents,
    Scope,
    discover,
    is_build_code,
    is_generated,
    is_test,
    read,
    read_configuration,
    read_source,
    to_utf8,
)
from privlint.discover.index import tracked
from privlint.errors import ConfigurationError, UsageError
from privlint.model.finding import Covered

SUFFIXES = {".kt": "kotlin", ".kts": "kotlin", ".java": "java", ".py": "python"}
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX file system")


def grow(root, *paths):
    """Make files; a path that ends in "/" is a folder."""
    for path in paths:
        if path.endswith("/"):
            (root / path).mkdir(parents=True, exist_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text("x = 1\n")


def search(root, *targets, **options):
    scope = Scope(root=str(root), suffixes=SUFFIXES, **options)
    return discover([str(root / target) for target in targets], scope)


def files(found):
    return [file.path for file in found.files]


def others(found):
    return {one.path: (one.outcome, one.reason) for one in found.covered}


def detail(found, path):
    return next(one.detail for one in found.covered if one.path == path)


# --- which files ------------------------------------------------------------------------------------------------------


def test_source_files_are_found_in_the_order_of_their_bytes(tmp_path):
    grow(
        tmp_path,
        "b/B.kt",
        "a/z.py",
        "a/Ab.java",
        "a.py",
        "ä.py",
        "README.md",
        ".hidden/c.kt",
        "a/no",
        "x.py/y.py",
        "empty/",
    )
    found = search(tmp_path)
    assert files(found) == [".hidden/c.kt", "a.py", "a/Ab.java", "a/z.py", "b/B.kt", "x.py/y.py", "ä.py"]
    assert [file.language for file in found.files[:3]] == ["kotlin", "python", "java"]
    assert found.covered == ()


def test_two_searches_give_the_same(tmp_path):
    grow(tmp_path, *(f"{n % 7}/{n}.kt" for n in range(50)))
    assert search(tmp_path) == search(tmp_path, "")
    assert search(tmp_path, "3", "", "3/3.kt") == search(tmp_path)


def test_test_code_is_marked_and_not_left_out(tmp_path):
    grow(tmp_path, "app/src/test/java/ATest.java", "app/src/main/java/A.java")
    assert [(file.path, file.test) for file in search(tmp_path).files] == [
        ("app/src/main/java/A.java", False),
        ("app/src/test/java/ATest.java", True),
    ]


def test_build_code_is_skipped(tmp_path):
    grow(tmp_path, "build.gradle.kts", "buildSrc/src/main/kotlin/P.kt", "app/A.kt")
    found = search(tmp_path)
    assert files(found) == ["app/A.kt"]
    assert set(others(found).values()) == {("skipped", "build")}


def test_folders_that_tools_fill_are_left_out_and_their_sources_named(tmp_path):
    grow(tmp_path, *(f"m/{name}/x/A.kt" for name in DEFAULT_EXCLUDES), "m/.gradle/empty.txt", "m/A.kt")
    found = search(tmp_path)
    assert files(found) == ["m/A.kt"]
    assert others(found) == {f"m/{name}/x/A.kt": ("skipped", "excluded") for name in DEFAULT_EXCLUDES}
    assert detail(found, "m/build/x/A.kt").zh == "默认排除：由工具生成的目录"


def test_a_package_may_be_called_build(tmp_path):
    grow(tmp_path, "app/src/main/java/com/example/build/A.java", "app/src/main/java/dist/B.java", "app/build/C.java")
    assert files(search(tmp_path)) == ["app/src/main/java/com/example/build/A.java", "app/src/main/java/dist/B.java"]


def test_an_environment_is_left_out_whatever_it_is_called(tmp_path):
    grow(tmp_path, "env312/pyvenv.cfg", "env312/lib/x.py", "venv/app.py")
    found = search(tmp_path)
    assert files(found) == ["venv/app.py"]
    assert others(found) == {"env312/lib/x.py": ("skipped", "excluded")}


def test_version_control_is_no_part_of_the_project(tmp_path):
    grow(tmp_path, ".git/hooks/x.py", ".hg/x.py", "a.py")
    assert files(search(tmp_path)) == ["a.py"]
    assert search(tmp_path).covered == ()


def test_a_folder_left_out_with_very_many_entries_is_named_as_a_whole(tmp_path):
    grow(tmp_path, "build/", "a.py")
    for number in range(2_001):
        (tmp_path / f"build/{number}.kt").touch()
    found = search(tmp_path)
    assert others(found) == {"build/": ("skipped", "excluded")}
    assert "not counted" in detail(found, "build/").en


def test_too_many_files_end_the_search_and_say_so(tmp_path):
    grow(tmp_path, *(f"{n}.kt" for n in range(20)))
    found = search(tmp_path, limit=10)
    assert others(found) == {"./": ("failed", "PRV020")}


# --- exclude ----------------------------------------------------------------------------------------------------------


def test_excluded_files_are_skipped_and_named(tmp_path):
    grow(tmp_path, "third_party/a/A.kt", "app/A.kt", "app/B.kt", "gen/x/A.kt", "gen/keep/A.kt")
    found = search(tmp_path, exclude=("third_party/**", "B.*", "gen/*", "!gen/keep"))
    assert files(found) == ["app/A.kt", "gen/keep/A.kt"]
    assert others(found) == {
        "app/B.kt": ("skipped", "excluded"),
        "gen/x/A.kt": ("skipped", "excluded"),
        "third_party/a/A.kt": ("skipped", "excluded"),
    }
    assert detail(found, "app/B.kt").en == "by privlint.toml"


def test_everything_can_be_excluded_and_nothing_vanishes(tmp_path):
    grow(tmp_path, "a/A.kt", "b.py", "c/d/e.java")
    found = search(tmp_path, exclude=("**",))
    assert files(found) == []
    assert list(others(found)) == ["a/A.kt", "b.py", "c/d/e.java"]


def test_excludes_count_for_given_files_only_when_forced(tmp_path):
    grow(tmp_path, "x/A.kt", "build/B.kt")
    assert files(search(tmp_path, "x/A.kt", "build/B.kt", exclude=("x/",))) == ["build/B.kt", "x/A.kt"]
    found = search(tmp_path, "x/A.kt", "build/B.kt", "build", exclude=("x/",), force_exclude=True)
    assert files(found) == []
    assert others(found) == dict.fromkeys(("build/", "build/B.kt", "x/A.kt"), ("skipped", "excluded"))


@pytest.mark.parametrize("pattern", ["", "!", "/", "a\\", "*a*b*c*d*e*f*", "**/a/**/b/**/c/**"])
def test_a_pattern_that_cannot_be_followed_is_an_error(tmp_path, pattern):
    with pytest.raises(ConfigurationError) as caught:
        search(tmp_path, exclude=("ok", pattern), exclude_source="x.toml")
    assert caught.value.path == "x.toml"
    assert caught.value.hint


# --- .gitignore -------------------------------------------------------------------------------------------------------


def test_ignored_files_are_skipped_and_the_line_named(tmp_path):
    grow(tmp_path, "app/A.kt", "app/B.kt", "app/sub/C.kt", "out/D.kt", "out/deep/E.kt")
    (tmp_path / ".gitignore").write_text("# made\n/out/\r\nB.kt\n")
    (tmp_path / "app/sub/.gitignore").write_text("C.kt")
    found = search(tmp_path)
    assert files(found) == ["app/A.kt"]
    assert {path: detail(found, path).en for path in others(found)} == {
        "app/B.kt": "by .gitignore:3",
        "app/sub/C.kt": "by app/sub/.gitignore:1",
        "out/D.kt": "by .gitignore:2",
        "out/deep/E.kt": "by .gitignore:2",
    }
    assert {reason for _, reason in others(found).values()} == {"ignored"}
    assert files(search(tmp_path, gitignore=False)) == [
        "app/A.kt",
        "app/B.kt",
        "app/sub/C.kt",
        "out/D.kt",
        "out/deep/E.kt",
    ]


def test_the_nearer_file_has_the_last_word(tmp_path):
    grow(tmp_path, "a/A.kt", "b/A.kt")
    (tmp_path / ".gitignore").write_text("*.kt\n")
    (tmp_path / "a/.gitignore").write_text("!A.kt\n")
    assert files(search(tmp_path)) == ["a/A.kt"]


def test_rules_above_the_root_count_up_to_the_top_of_the_repository(tmp_path):
    grow(tmp_path, "repo/.git/", "repo/app/A.kt", "repo/app/B.kt", "repo/app/src/B.kt")
    (tmp_path / ".gitignore").write_text("A.kt\n")
    (tmp_path / "repo/.gitignore").write_text("B.kt\n")
    found = search(tmp_path / "repo/app")
    assert files(found) == ["A.kt"]
    assert detail(found, "B.kt").en == "by ../.gitignore:1"
    assert files(search(tmp_path / "repo", "app/src")) == []


def test_what_is_given_is_looked_at_though_it_is_ignored(tmp_path):
    grow(tmp_path, "out/D.kt", "out/E.kt")
    (tmp_path / ".gitignore").write_text("out/\n")
    assert files(search(tmp_path, "out/D.kt")) == ["out/D.kt"]
    assert files(search(tmp_path, "out")) == ["out/D.kt", "out/E.kt"]


def test_lines_that_git_could_not_use_or_that_take_long_are_passed_over(tmp_path):
    name = "a" * 200 + ".kt"
    grow(tmp_path, name, "B.kt")
    (tmp_path / ".gitignore").write_bytes(b"!\n\\\n[\n\xff.kt\n" + b"*a" * 40 + b"\nB.kt\n")
    found = search(tmp_path)
    assert files(found) == [name]
    assert detail(found, "B.kt").en == "by .gitignore:6"


@posix
@pytest.mark.parametrize("kind", ["link", "fifo", "large"])
def test_a_gitignore_that_is_no_plain_file_is_refused(tmp_path, kind):
    grow(tmp_path, "sub/A.kt")
    path = tmp_path / "sub/.gitignore"
    if kind == "link":
        path.symlink_to("/dev/zero")
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.write_bytes(b"#" * (256 * 1024 + 1))
    with pytest.raises(ConfigurationError) as caught:
        search(tmp_path)
    assert caught.value.path == "sub/.gitignore"
    assert caught.value.hint


# --- what git tracks --------------------------------------------------------------------------------------------------


def entry(name, version, before):
    extended = version == 3
    flags = struct.pack(">HH", 0x4000 | len(name), 0x2000) if extended else struct.pack(">H", len(name))
    head = bytes(40) + bytes(20) + flags
    if version == 4:
        shared = next(
            (n for n, (a, b) in enumerate(zip(before, name, strict=False)) if a != b), min(len(before), len(name))
        )
        dropped = len(before) - shared
        number = bytes([dropped]) if dropped < 128 else bytes([0x80 | ((dropped >> 7) - 1), dropped & 0x7F])
        return head + number + name[shared:] + b"\0"
    data = head + name
    return data + bytes(8 - len(data) % 8)


def index(*names, version=2, extensions=b"", checksum=True):
    data = struct.pack(">4sLL", b"DIRC", version, len(names))
    before = b""
    for name in sorted(map(os.fsencode, names)):
        data += entry(name, version, before)
        before = name
    data += extensions
    return data + (hashlib.sha1(data).digest() if checksum else bytes(20))


@pytest.mark.parametrize("version", [2, 3, 4])
@pytest.mark.parametrize("checksum", [True, False])
def test_every_version_of_the_index_is_understood(version, checksum):
    names = [
        "a",
        "a/b.kt",
        "app/" + "x" * 300 + ".kt",
        "app/y.kt",
        "z\udcff",
        "中.py",
        *(f"n{'m' * n}" for n in range(20)),
    ]
    data = index(*names, version=version, extensions=b"TREE\0\0\0\x04abcd", checksum=checksum)
    assert tracked(data) == frozenset(names)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"DIRC",
        index("a.kt", version=5),
        index("a.kt")[:-1],
        index("a.kt").replace(b"a.kt", b"b.kt"),
        index("a.kt", extensions=b"link\0\0\0\x04abcd"),
        struct.pack(">4sLL", b"DIRC", 2, 1 << 31) + bytes(40),
    ],
)
def test_an_index_that_cannot_be_trusted_is_none(data):
    assert tracked(data) is None


def test_every_damaged_byte_of_an_index_is_noticed():
    data = index("app/a.kt", "b.kt", version=4)
    for place in range(len(data)):
        damaged = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        assert tracked(damaged) is None


def repository(root, *names, data=None):
    grow(root, ".git/")
    (root / ".git/index").write_bytes(index(*names) if data is None else data)


def test_tracked_files_are_kept_though_ignored(tmp_path):
    grow(tmp_path, "s/A.kt", "s/B.kt", "out/C.kt", "out/D.kt", "build/E.kt", "build/F.kt", "node_modules/G.kt")
    (tmp_path / ".gitignore").write_text("*.kt\nout/\nbuild/\n")
    repository(tmp_path, "s/A.kt", "out/C.kt", "build/E.kt")
    found = search(tmp_path)
    assert files(found) == ["build/E.kt", "out/C.kt", "s/A.kt"]
    assert {path: reason for path, (_, reason) in others(found).items()} == {
        "build/F.kt": "ignored",
        "node_modules/G.kt": "excluded",
        "out/D.kt": "ignored",
        "s/B.kt": "ignored",
    }
    assert detail(found, "out/D.kt").en == "by .gitignore:2"


def test_nothing_is_dropped_as_ignored_when_the_index_cannot_be_read(tmp_path):
    grow(tmp_path, "s/A.kt", "out/C.kt", "build/E.kt")
    (tmp_path / ".gitignore").write_text("*.kt\nout/\n")
    repository(tmp_path, data=b"DIRC broken")
    found = search(tmp_path)
    assert files(found) == ["out/C.kt", "s/A.kt"]
    assert others(found) == {"build/E.kt": ("skipped", "excluded")}


def test_a_repository_inside_follows_its_own_rules(tmp_path):
    grow(tmp_path, "lib/A.kt", "lib/B.kt", "lib/C.kt", "A.kt")
    (tmp_path / ".gitignore").write_text("A.kt\n")
    (tmp_path / "lib/.gitignore").write_text("B.kt\nC.kt\n")
    repository(tmp_path, "lib")
    repository(tmp_path / "lib", "C.kt")
    assert files(search(tmp_path)) == ["lib/A.kt", "lib/C.kt"]


def test_the_index_of_a_linked_work_tree_is_found(tmp_path):
    grow(tmp_path, "store/", "tree/A.kt", "tree/B.kt")
    (tmp_path / "store/index").write_bytes(index("A.kt"))
    (tmp_path / "tree/.git").write_text("gitdir: ../store\n")
    (tmp_path / "tree/.gitignore").write_text("*.kt\n")
    assert files(search(tmp_path / "tree")) == ["A.kt"]


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
@pytest.mark.parametrize("version", ["2", "4"])
def test_the_index_of_real_git_is_understood(tmp_path, version):
    grow(tmp_path, "a.kt", "sub/中.kt", "sub/deep/b.kt", "no.kt")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    for command in (["init", "-q"], ["add", "a.kt", "sub"], ["update-index", "--index-version", version]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True, env=environment)
    assert tracked((tmp_path / ".git/index").read_bytes()) == {"a.kt", "sub/中.kt", "sub/deep/b.kt"}


# --- given files ------------------------------------------------------------------------------------------------------


def test_given_files_of_other_kinds_are_skipped(tmp_path):
    grow(tmp_path, "a.py", "b.txt", "Makefile")
    found = search(tmp_path, "a.py", "b.txt", "Makefile")
    assert files(found) == ["a.py"]
    assert others(found) == {"b.txt": ("skipped", "language"), "Makefile": ("skipped", "language")}


def test_a_missing_target_is_an_error_of_use(tmp_path):
    with pytest.raises(UsageError) as caught:
        search(tmp_path, "gone.kt")
    assert "gone.kt" in caught.value.message
    assert caught.value.exit_code == 2
    assert caught.value.hint


def test_a_target_outside_the_root_is_an_error_of_use(tmp_path):
    grow(tmp_path, "in/A.kt", "out/B.kt")
    with pytest.raises(UsageError):
        search(tmp_path / "in", "../out/B.kt")


@posix
def test_a_target_is_named_by_its_real_place(tmp_path):
    grow(tmp_path, "root/real/A.kt", "out/B.kt")
    (tmp_path / "root/way").symlink_to("real")
    (tmp_path / "root/leave").symlink_to("../out")
    (tmp_path / "alias").symlink_to("root")
    assert files(search(tmp_path / "root", "way/A.kt")) == ["real/A.kt"]
    assert files(search(tmp_path / "alias", "real")) == ["real/A.kt"]
    assert files(search(tmp_path / "alias")) == ["real/A.kt"]
    with pytest.raises(UsageError):
        search(tmp_path / "root", "leave/B.kt")


def test_targets_are_relative_to_the_working_folder(tmp_path, monkeypatch):
    grow(tmp_path, "a/A.kt", "a/b/B.kt")
    monkeypatch.chdir(tmp_path / "a/b")
    scope = Scope(root=str(tmp_path), suffixes=SUFFIXES)
    assert files(discover(["B.kt", "../A.kt"], scope)) == ["a/A.kt", "a/b/B.kt"]
    assert files(discover([], scope)) == ["a/A.kt", "a/b/B.kt"]


# --- links and other things that are not files ------------------------------------------------------------------------


@posix
def test_links_are_named_and_not_followed(tmp_path):
    grow(tmp_path, "root/d/A.kt", "root/notes.txt", "out/B.kt")
    root = tmp_path / "root"
    links = {
        "in.kt": "d/A.kt",
        "leave.kt": "../out/B.kt",
        "environ.py": "/proc/self/environ" if Path("/proc/self/environ").exists() else "/dev/null",
        "zero.py": "/dev/zero",
        "broken.kt": "nowhere.kt",
        "self.kt": "self.kt",
        "text.kt": "notes.txt",
        "loop": ".",
        "away": "../out",
        "broken": "nowhere",
        "other.txt": "../out/B.kt",
        "build": "../out",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    found = search(root)
    assert files(found) == ["d/A.kt"]
    assert others(found) == {
        "in.kt": ("skipped", "PRV003"),
        "leave.kt": ("failed", "PRV003"),
        "environ.py": ("failed", "PRV003"),
        "zero.py": ("failed", "PRV003"),
        "broken.kt": ("failed", "PRV003"),
        "self.kt": ("failed", "PRV003"),
        "text.kt": ("failed", "PRV003"),
        "loop/": ("skipped", "PRV003"),
        "away/": ("failed", "PRV003"),
        "build/": ("skipped", "excluded"),
    }
    given = search(root, *(name for name in links if name != "loop" and "." in name))
    assert files(given) == []
    assert {path: others(given)[path] for path in others(found) if path in links} == {
        path: why for path, why in others(found).items() if path in links
    }


@posix
def test_ignored_links_are_skipped(tmp_path):
    grow(tmp_path, "a.kt")
    (tmp_path / "bazel-out").symlink_to("/")
    (tmp_path / ".gitignore").write_text("bazel-*\n")
    assert files(search(tmp_path)) == ["a.kt"]
    assert others(search(tmp_path)) == {}


@posix
def test_what_is_not_a_regular_file_is_named_and_not_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.kt")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")
    expected = {"pipe.kt": ("failed", "PRV002"), "socket.py": ("failed", "PRV002")}
    assert others(search(tmp_path)) == expected
    assert others(search(tmp_path, "pipe.kt", "socket.py")) == expected
    assert others(search(tmp_path, "pipe")) == {"pipe": ("skipped", "language")}


@posix
def test_a_folder_that_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path, monkeypatch):
    grow(tmp_path, "a/A.kt", "secret/B.kt", "z.py")
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = search(tmp_path)
    assert files(found) == ["a/A.kt", "z.py"]
    assert others(found) == {"secret/": ("failed", "PRV001")}
    assert detail(found, "secret/").zh == "没有读取权限"


@posix
def test_a_folder_left_out_that_cannot_be_read_is_named_as_a_whole(tmp_path, monkeypatch):
    grow(tmp_path, "build/B.kt", "z.py")
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("build"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert others(search(tmp_path)) == {"build/": ("skipped", "excluded")}


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of any bytes")
def test_names_of_any_bytes_are_used(tmp_path):
    names = [
        b"\xff\x80.py",
        b"new\nline.kt",
        b"esc\x1b[2J.kt",
        b"--config=x.kt",
        "用户\u202e.kt".encode(),
        b"[x]*?{a}.kt",
    ]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x = 1\n")
    found = search(tmp_path)
    assert files(found) == [os.fsdecode(name) for name in sorted(names)]
    for file in found.files:
        assert read_source(str(tmp_path), file.path, file.language) == Contents(b"x = 1\n")


@posix
def test_paths_too_long_for_the_system_are_named(tmp_path):
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=descriptor)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    found = search(tmp_path)
    assert [(one.outcome, one.reason) for one in found.covered] == [("failed", "PRV016")]
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_deep_folders_are_walked(tmp_path):
    path = tmp_path.joinpath(*["d"] * 800)
    path.mkdir(parents=True)
    (path / "A.kt").touch()
    assert files(search(tmp_path)) == ["d/" * 800 + "A.kt"]


# --- reading ----------------------------------------------------------------------------------------------------------


def why(found):
    assert isinstance(found, Covered)
    assert found.outcome == "failed"
    assert found.detail.en
    assert found.detail.zh
    return found.reason


def test_a_file_is_read(tmp_path):
    data = bytes(range(1, 256)) * 10_000
    (tmp_path / "a.kt").write_bytes(data)
    (tmp_path / "empty.kt").touch()
    assert read(str(tmp_path), "a.kt") == data
    assert read(str(tmp_path), "empty.kt") == b""


def test_a_file_at_the_limit_is_read_and_one_above_is_not(tmp_path):
    (tmp_path / "a.kt").write_bytes(b"x" * 100)
    assert read(str(tmp_path), "a.kt", limit=100) == b"x" * 100
    found = read(str(tmp_path), "a.kt", limit=99)
    assert why(found) == "PRV004"
    assert found.detail.en == "it has 100 bytes; the limit is 99"


def test_a_huge_file_is_refused_before_a_byte_is_read(tmp_path, monkeypatch):
    with (tmp_path / "a.py").open("wb") as file:
        file.truncate(1 << 30)
    monkeypatch.setattr(os, "read", None)
    assert why(read(str(tmp_path), "a.py")) == "PRV004"


@posix
def test_links_pipes_and_folders_are_not_read(tmp_path):
    grow(tmp_path, "real.kt", "folder.kt/")
    (tmp_path / "link.kt").symlink_to("real.kt")
    (tmp_path / "zero.kt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.kt")
    reasons = [why(read(str(tmp_path), f"{name}.kt")) for name in ("link", "zero", "pipe", "folder", "gone")]
    assert reasons == ["PRV003", "PRV003", "PRV002", "PRV002", "PRV011"]
    assert why(read(str(tmp_path), "n" * 300 + ".kt")) == "PRV016"
    assert why(read(str(tmp_path), "d/" * 3000 + "a.kt")) == "PRV016"


@posix
def test_a_file_that_becomes_a_link_or_a_pipe_before_it_is_opened_is_not_read(tmp_path, monkeypatch):
    grow(tmp_path, "a.kt")
    regular = os.lstat(tmp_path / "a.kt")
    monkeypatch.setattr(os, "lstat", lambda _: regular)
    (tmp_path / "a.kt").unlink()
    (tmp_path / "a.kt").symlink_to("/dev/zero")
    assert why(read(str(tmp_path), "a.kt")) == "PRV003"
    (tmp_path / "a.kt").unlink()
    os.mkfifo(tmp_path / "a.kt")
    assert why(read(str(tmp_path), "a.kt")) == "PRV002"


@pytest.mark.parametrize(("error", "reason"), [(PermissionError(13, "no"), "PRV001"), (OSError(5, "EIO"), "PRV001")])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, monkeypatch, error, reason):
    grow(tmp_path, "a.kt")

    def refusing(*_):
        raise error

    monkeypatch.setattr(os, "open", refusing)
    assert why(read(str(tmp_path), "a.kt")) == reason


@pytest.mark.parametrize(("times", "expected"), [(1, b"x = 1\n+"), (2, "PRV011")])
def test_a_file_that_changes_while_it_is_read_is_tried_once_more(tmp_path, monkeypatch, times, expected):
    grow(tmp_path, "a.kt")
    path = tmp_path / "a.kt"
    reading, changes = os.read, []

    def changing(descriptor, size):
        data = reading(descriptor, size)
        if len(data) > 1 and len(changes) < times:
            changes.append(1)
            with path.open("ab") as file:
                file.write(b"+")
        return data

    monkeypatch.setattr(os, "read", changing)
    found = read(str(tmp_path), "a.kt")
    assert (found if isinstance(found, bytes) else why(found)) == expected


def test_no_descriptor_stays_open(tmp_path):
    grow(tmp_path, "a.kt")
    first = os.open(tmp_path, os.O_RDONLY)
    os.close(first)
    for _ in range(3):
        read(str(tmp_path), "a.kt")
        read(str(tmp_path), "a.kt", limit=1)
    last = os.open(tmp_path, os.O_RDONLY)
    os.close(last)
    assert last == first


@posix
def test_configuration_is_read_as_carefully(tmp_path):
    (tmp_path / "privlint.toml").write_bytes(b"x = 1")
    assert read_configuration(str(tmp_path / "privlint.toml")) == b"x = 1"
    (tmp_path / "link.toml").symlink_to("privlint.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (256 * 1024 + 1))
    for name, message in {
        "link": "it is a symbolic link, which is not followed",
        "pipe": "it is not a regular file",
        "large": "it has 262,145 bytes; the limit is 262,144",
    }.items():
        with pytest.raises(ConfigurationError) as caught:
            read_configuration(str(tmp_path / f"{name}.toml"), f"{name}.toml")
        assert caught.value.message == f"the file was not read: {message}"
        assert caught.value.path == f"{name}.toml"
        assert caught.value.hint


# --- decoding ---------------------------------------------------------------------------------------------------------

TEXT = "val 设备 = tm.imei // 🧑\n"


def decoded(data, language="kotlin"):
    found = to_utf8("a", data, language)
    return found.data.decode() if isinstance(found, Contents) else why(found)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_followed_and_taken_off(codec):
    assert decoded(TEXT.encode(codec)) == TEXT


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le"])
def test_both_byte_orders_are_read(codec):
    assert decoded(("\ufeff" + TEXT).encode(codec)) == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("fun f() = tm.imei\n".encode("utf-16-le"), "PRV005"),
        ("fun f() = tm.imei\n".encode("utf-16-be"), "PRV005"),
        (b"\xff\xfeodd", "PRV005"),
        ("\ufeff".encode("utf-16-le") + b"\x00\xd8", "PRV005"),
        (b"\x7fELF\x02\x01\x01\0" + bytes(range(256)), "PRV006"),
        (b"val a = 1 // a\0b\n", "PRV006"),
        ("\ufeffa\0b".encode("utf-16-le"), "PRV006"),
        (b"\xef\xbb\xbfa\0b", "PRV006"),
    ],
)
def test_what_is_no_text_is_refused(data, reason):
    assert decoded(data) == reason


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_text_too(data):
    assert to_utf8("a", data, "kotlin") == Contents(b"")


def test_stray_bytes_are_kept_and_noted():
    data = "val a = 1\n// 读取设备标识\nval b = tm.imei\n".encode("gbk")
    found = to_utf8("a", data, "kotlin")
    assert found.data == data
    assert found.note.en == "line 2 is not valid UTF-8; it was examined as it is"
    assert found.note.zh == "第 2 行不是有效的 UTF-8；已按原样检查"


@pytest.mark.parametrize(
    "head", ["# -*- coding: {} -*-\n", "#!/usr/bin/python\n# vim: set fileencoding={} :\n", "\n# coding={}\r\n"]
)
@pytest.mark.parametrize(("name", "text"), [("gbk", "读取设备标识"), ("latin-1", "café"), ("gb18030", "读取🧑")])
def test_python_may_declare_its_encoding(head, name, text):
    whole = head.format(name) + f"x = '{text}'\n"
    assert decoded(whole.encode(name), "python") == whole
    found = to_utf8("a", whole.encode(name), "kotlin")
    assert found.data == whole.encode(name)


@pytest.mark.parametrize("name", ["klingon", "utf-7", "punycode", "unicode_escape", "rot13", "hex", "zlib", "idna"])
def test_an_encoding_that_is_none_is_refused(name):
    assert decoded(f"# coding: {name}\nx = 1\n".encode(), "python") == "PRV005"


def test_a_declaration_counts_only_where_python_looks_for_it():
    for data in (b"x = 1\n# coding: klingon\n", b"\n\n# coding: klingon\n", b"'# coding: klingon'\n"):
        assert to_utf8("a", data, "python") == Contents(data)


def test_a_wrong_declaration_is_noted():
    data = b"# coding: ascii\nx = '\xe8\xaf\xbb'\n"
    found = to_utf8("a", data, "python")
    assert found.data == data
    assert "ascii" in found.note.en


def test_every_kind_of_line_end_counts_as_one():
    assert decoded(b"a\r\nb\rc\n\r\r\nd\x0c\n") == "a\r\nb\nc\n\n\r\nd\x0c\n"


def test_reading_a_source_file_decodes_it(tmp_path):
    (tmp_path / "a.kt").write_bytes(TEXT.encode("utf-16"))
    assert read_source(str(tmp_path), "a.kt", "kotlin") == Contents(TEXT.encode())
    assert why(read_source(str(tmp_path), "b.kt", "kotlin")) == "PRV011"


# --- kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "app/src/test/java/a/A.java",
        "app/src/androidTest/kotlin/A.kt",
        "src/testDebug/java/A.java",
        "src/testFixtures/kotlin/A.kt",
        "shared/src/commonTest/kotlin/A.kt",
        "shared/src/androidUnitTest/kotlin/A.kt",
        "shared/src/androidInstrumentedTest/kotlin/A.kt",
        "src/test/A.kt",
        "src/integrationTest/java/A.java",
        "tests/test_a.py",
        "server/tests/helpers.py",
        "server/test/x.py",
        "androidTest/A.kt",
        "a/test_views.py",
        "a/views_test.py",
        "conftest.py",
        "com/example/LoginTest.kt",
        "com/example/LoginTests.java",
        "tests/app/src/main/java/A.java",
        "src/pkg/test_a.py",
    ],
)
def test_code_that_tests(path):
    assert is_test(path)


@pytest.mark.parametrize(
    "path",
    [
        "app/src/main/java/com/example/SpeedTest.java",
        "app/src/main/kotlin/com/example/test/Login.kt",
        "app/src/debug/java/tests/A.java",
        "app/src/latest/kotlin/A.kt",
        "app/contest.py",
        "src/pkg/a.py",
        "attest/latest.py",
        "testing.py",
        "Test.txt",
        "src/main/java/a/conftest.java",
    ],
)
def test_code_that_does_not_test(path):
    assert not is_test(path)


@pytest.mark.parametrize(
    "path",
    [
        "build.gradle.kts",
        "app/build.gradle.kts",
        "settings.gradle.kts",
        "buildSrc/src/main/kotlin/P.kt",
        "build-logic/convention/src/main/kotlin/P.kt",
        "gradle/x.kts",
        "setup.py",
        "docs/conf.py",
    ],
)
def test_code_that_builds(path):
    assert is_build_code(path)


@pytest.mark.parametrize(
    "path",
    ["app/src/main/java/com/gradle/A.java", "app/src/main/kotlin/gradle/A.kt", "conf.py", "app/setup.py", "x.kts"],
)
def test_code_that_does_not_build(path):
    assert not is_build_code(path)


@pytest.mark.parametrize(
    "head",
    [
        "// Generated by the protocol buffer compiler.  DO NOT EDIT!\npackage a;",
        "# -*- coding: utf-8 -*-\n# Generated by the protocol buffer compiler.  DO NOT EDIT!\n",
        "// Generated from Sql.g4 by ANTLR 4.9.2\npackage a;",
        "/*\n * This file is auto-generated.  DO NOT MODIFY.\n */\npackage a;",
        "/**\n * Automatically generated file. DO NOT MODIFY\n */\npackage a;",
        "/* AUTO-GENERATED FILE.  DO NOT MODIFY.\n   More. */",
        "package a\n\n// Code generated by Wire protocol buffer compiler, do not edit.\n",
        "# Generated by Django 4.2.1 on 2023-05-01 10:00\nfrom django.db import migrations\n",
        "/** @generated */\npackage a\n",
        "# Do not edit: this file is generated by make.\n",
        '"""This module was generated, do not edit."""\n',
        "// 本文件由工具自动生成，请勿修改\n",
        'package a;\nimport b.C;\n@javax.annotation.processing.Generated("dagger")\npublic final class X {}',
        "package a;\n@DaggerGenerated\nclass X {}",
        "package a;\n@Generated\nclass X {}",
    ],
)
def test_code_that_a_program_wrote(head):
    assert is_generated("a/A.java", head.encode())


@pytest.mark.parametrize(
    "head",
    [
        "",
        "package a;\nclass A { // the id is generated, do not edit it\n}",
        "// Reports are generated by the server.\nclass A",
        'val text = "Generated by Django 4"\n',
        "class A {\n  @Generated\n  fun x() {}\n}",
        "// mail team@generated.example\n",
        "# The key is generated once.\nx = 1\n# do not edit\n" + "y = 2\n" * 50,
        "// 编号自动生成\n",
        "@GeneratedValue\nclass A",
    ],
)
def test_code_that_a_person_wrote(head):
    assert not is_generated("a/A.java", head.encode())


def test_places_where_generated_code_lies():
    assert is_generated("app/build/generated/source/A.java", b"")
    assert is_generated("build/generated/A.kt", b"")
    assert is_generated("app/src/main/generated/A.kt", b"")
    assert is_generated("api/user_pb2.py", b"")
    assert not is_generated("app/src/main/java/com/generated/A.java", b"")


def test_only_the_beginning_of_a_file_is_looked_at():
    assert not is_generated("a/A.java", b"class A {}\n" * 1_000 + b"@Generated\nclass B\n")
    assert not is_generated("a/A.java", b"/*" * 100_000 + b"generated")
