"""Hostile trees, names and settings: nothing outside is read, nothing is forged, nothing is green without a look."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from hostile_runs import CONTROLS, check, controls, put, source, start

KOTLIN = source("kotlin")


def _outside(root: Path) -> Path:
    return put(root.parent, f"{root.name}-outside/secret.py", "SECRET = 'OUTSIDE'\n" + source("python"))


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # its name may not be long
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


ENTRIES: dict[str, tuple[Callable[[Path], object], dict[str, str], int]] = {
    "link to itself": (lambda root: (root / "a.kt").symlink_to("a.kt"), {"a.kt": "PRV003"}, 3),
    "folder in itself": (lambda root: (root / "a").symlink_to("."), {"a/": "PRV003"}, 1),
    "link that leads nowhere": (lambda root: (root / "a.kt").symlink_to("gone.kt"), {"a.kt": "PRV003"}, 3),
    "link out of the tree": (lambda root: (root / "a.py").symlink_to(_outside(root)), {"a.py": "PRV003"}, 3),
    "folder out of the tree": (lambda root: (root / "a").symlink_to(_outside(root).parent), {"a/": "PRV003"}, 3),
    "link to the environment": (lambda root: (root / "a.py").symlink_to("/proc/self/environ"), {"a.py": "PRV003"}, 3),
    "link to endless zeros": (lambda root: (root / "a.py").symlink_to("/dev/zero"), {"a.py": "PRV003"}, 3),
    "named pipe": (lambda root: os.mkfifo(root / "a.java"), {"a.java": "PRV002"}, 3),
    "socket": (lambda root: _socket(root / "a.kt"), {"a.kt": "PRV002"}, 3),
    "sparse": (lambda root: os.truncate(put(root, "a.py", ""), 1 << 30), {"a.py": "PRV004"}, 3),
    "folder with a source's name": (lambda root: put(root, "a.py/b.kt", KOTLIN), {}, 1),
    "deep folders": (lambda root: put(root, "d/" * 300 + "b.kt", KOTLIN), {}, 1),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_entries(name: str, tmp_path: Path) -> None:
    make, reasons, code = ENTRIES[name]
    root = tmp_path / "tree"
    root.mkdir()
    controls(root)
    make(root)
    run = check(root)
    assert (run.reasons(), run.code) == (reasons, code)
    assert set(CONTROLS) <= run.found()
    assert "OUTSIDE" not in str(run.report) + run.errors


@pytest.mark.skipif(os.geteuid() == 0, reason="may read everything")
@pytest.mark.parametrize("path", ["a.kt", "a/"])
def test_what_may_not_be_read(path: str, tmp_path: Path) -> None:
    put(tmp_path, "a/b.kt" if path == "a/" else "a.kt", KOTLIN)
    (tmp_path / path).chmod(0)
    try:
        run = check(tmp_path)
    finally:
        (tmp_path / path).chmod(0o700)
    assert (run.reasons(), run.code) == ({path: "PRV001"}, 3)


NAMES = [
    "line\n::error title=forged::x",
    "escape\x1b[2J\x1b]0;forged\x07",
    "not-utf8-\udcff\udc80",
    "--config=x",
    "$(touch forged)`touch forged`;'\"",
    "[a]*?{b,c}",
    "right\u202eleft",
    "comma,line=1::x%0A",
    "n" * 240,
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif"])
def test_names(name: str, form: str, tmp_path: Path) -> None:
    put(tmp_path, f"{name}.kt", KOTLIN)
    started = start(["--output-format", form, "."], tmp_path)
    out, errors = started.process.communicate(timeout=60)
    assert started.process.returncode == 1, errors
    for output in (out, errors):
        assert b"\x1b" not in output
        assert b"\xe2\x80\xae" not in output or form in {"json", "sarif"}
        assert not any(line.lstrip().startswith(b"::") for line in output.splitlines())
    assert not (tmp_path / "forged").exists()


CONFIGURATIONS: dict[str, tuple[str, str | bytes, int]] = {
    "excludes everything": ("privlint.toml", '[check]\nexclude = ["**"]\n', 3),
    "turns every check off": ("privlint.toml", '[check]\nignore = ["PRV"]\n', 3),
    "selects no check": ("privlint.toml", '[check]\nselect = ["PRV008"]\n', 3),
    "ignores every file": (".gitignore", "*\n", 3),
    "ignores a range that is none": (".gitignore", "x[z-a].kt\n[b-\\x01]\n[[-A].kt\n", 1),
    "excludes a range that is none": ("privlint.toml", '[check]\nexclude = ["x[z-a].kt"]\n', 2),
    "an ignore file of another tool": (".privlintignore", "*\n", 1),
    "names a plug-in": ("privlint.toml", 'plugins = ["./evil.py"]\n', 2),
    "raises a limit": ("privlint.toml", "[check]\nmax-file-size = 1000000000\n", 2),
    "is nested": ("privlint.toml", "a = " + "[" * 50_000 + "]" * 50_000, 2),
    "is one long key": ("privlint.toml", ".".join("a" * 20_000) + " = 1", 2),
    "is not UTF-8": ("privlint.toml", b"\xff\xfe[\0app\0]\n", 2),
    "is too large": ("privlint.toml", "# " + "x" * 300_000, 2),
    "is wrong in pyproject.toml": ("pyproject.toml", "[tool.privlint.app]\ncategory = 1\n", 2),
    "waits for an expression": ("privlint.toml", '[check]\nexclude = ["' + "*a" * 2_000 + '"]\n', 2),
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configurations(name: str, tmp_path: Path) -> None:
    path, content, code = CONFIGURATIONS[name]
    put(tmp_path, "a.kt", KOTLIN)
    put(tmp_path, path, content)
    run = check(tmp_path)
    assert run.code == code, run.errors
    if code == 2:
        assert path in run.errors
        assert "help: " in run.errors
    if code == 3:
        assert "PRV020" in run.errors
    assert "Warning" not in run.errors


@pytest.mark.parametrize("name", ["privlint.toml", "pyproject.toml", ".gitignore"])
@pytest.mark.parametrize("kind", ["pipe", "zeros"])
def test_configurations_that_never_end(name: str, kind: str, tmp_path: Path) -> None:
    put(tmp_path, "a.kt", KOTLIN)
    if kind == "pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("/dev/zero")
    run = check(tmp_path, timeout=20)
    assert run.code == 2
    assert name in run.errors


def test_coverage_adds_up_to_what_a_walk_finds(tmp_path: Path) -> None:
    suffixes = (".kt", ".kts", ".java", ".py", ".pyi")
    for name in (
        "a.kt",
        "b.txt",
        "s/c.java",
        "s/.h/d.py",
        "build/e.kt",
        "node_modules/x/f.py",
        "t.gradle.kts",
        "g.pyi",
    ):
        put(tmp_path, name, KOTLIN)
    put(tmp_path, "gen/x_pb2.py", "x = 1\n")
    put(tmp_path, "zero.py", b"\0")
    os.mkfifo(tmp_path / "pipe.kt")
    (tmp_path / "gone.java").symlink_to("nowhere")
    (tmp_path / "folder").symlink_to("s")
    put(tmp_path, ".gitignore", "s/\n")
    run = check(tmp_path)
    walked = {
        os.path.relpath(os.path.join(folder, name), tmp_path)
        for folder, _, names in os.walk(tmp_path)
        for name in names
        if name.endswith(suffixes)
    }
    assert {path["path"] for path in run.report["coverage"]} == walked | {"folder/"}
    summary = run.report["summary"]
    assert summary["discovered"] == summary["scanned"] + summary["skipped"] + summary["failed"] == len(walked) + 1
    assert run.code == 3


@pytest.mark.parametrize("name", ["build.gradle", "build.gradle.kts"])
@pytest.mark.parametrize("piece", ['"${', 'implementation "a:${', "{", "(", "/*"])
def test_build_file_that_would_take_for_ever(name: str, piece: str, tmp_path: Path) -> None:
    put(tmp_path, "a.kt", KOTLIN)
    put(tmp_path, name, piece * (60_000 // len(piece)))
    run = check(tmp_path)
    assert run.found() == {"a.kt"}
    assert run.code == (3 if run.reasons() else 1)


def test_policy_is_never_read_through_a_link_out_of_the_tree(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    controls(root)
    put(tmp_path, "outside/policy.md", "# Privacy policy\nWe collect the IMEI and the location.\n")
    (root / "docs").symlink_to(tmp_path / "outside")
    put(root, "privlint.toml", '[app]\nname = "A"\ncategory = "other"\npolicy = "docs/policy.md"\n')
    run = check(root)
    (finding,) = [one for one in run.report["findings"] if one["check"] == "PRV901"]
    assert "outside" in finding["message"]["en"] + finding["reason"]["en"] + str(finding["notes"])
    (root / "docs").unlink()
    (root / "own").mkdir()
    (root / "docs").symlink_to("own")
    put(root, "own/policy.md", "# Privacy policy\nWe collect the IMEI and the location.\n")
    assert "PRV901" not in {one["check"] for one in check(root).report["findings"]}
