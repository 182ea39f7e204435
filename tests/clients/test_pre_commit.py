"""The real pre-commit builds an environment from these sources, and runs both hooks in a fresh repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "hatch_build.py", "pyproject.toml", "rules", "src")

SOURCE = """\
import android.telephony.TelephonyManager

fun read(manager: TelephonyManager): String = manager.imei
"""


def client_command(client: str) -> list[str]:
    """Find a client beside this Python; nothing where it is not installed."""
    if client == "pre-commit":
        return [sys.executable, "-m", "pre_commit"] if find_spec("pre_commit") else []
    found = shutil.which("prek", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    return [found] if found else []


def run(folder: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=550, check=False
    )


def commit(folder: Path, environment: dict[str, str]) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    for arguments in (("init", "-q"), ("add", "--all"), (*identity, "commit", "-q", "--no-verify", "-m", "Begin")):
        done = run(folder, environment, "git", *arguments)
        assert done.returncode == 0, done.stderr


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("client", ["pre-commit", "prek"])
def test_hooks_of_a_fresh_repository(
    tmp_path: Path, environment: dict[str, str], require: Callable[[bool, str], None], client: str
) -> None:
    command = client_command(client)
    require(bool(command), f"{client} is not installed")
    require(shutil.which("git") is not None, "git is not installed")
    own = {
        **environment,
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PREK_HOME": str(tmp_path / "prek"),
        "VIRTUALENV_OVERRIDE_APP_DATA": str(tmp_path / "virtualenv"),
        "PRE_COMMIT_COLOR": "never",
        "COLUMNS": "100",
    }
    tool = tmp_path / "tool"
    tool.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tool / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, tool / part)
    commit(tool, own)
    project = tmp_path / "project"
    write(project, "privlint.toml", '[check]\nexclude = ["third_party/**"]\n')
    write(project, "src/Old.kt", SOURCE)
    commit(project, own)
    write(project, "src/New Phone 😀.kt", SOURCE)
    write(project, "third_party/Sdk.kt", SOURCE)
    write(project, "notes.md", "# Notes\n")
    assert run(project, own, "git", "add", "--all").returncode == 0

    done = run(project, own, *command, "try-repo", str(tool))

    assert done.returncode == 1, done.stdout + done.stderr
    changed, whole = done.stdout.split("privlint (whole app)")
    for said, hook in ((changed, "privlint"), (whole, "privlint-project")):
        assert f"hook id: {hook}\n" in said
        assert "exit code: 1\n" in said
    assert "New Phone 😀.kt" in changed
    assert "Old.kt" not in changed
    assert "New Phone 😀.kt" in whole
    assert "src/Old.kt" in whole
    assert "Sdk.kt:" not in done.stdout
    assert "PRV201" in changed
    assert "PRV201" in whole
    assert "PRV099" not in done.stdout
