"""How the extension for VS Code finds privlint, run by the real node. The editor itself: scripts/look_at_vscode.py."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"


def test_the_program_is_found(environment: dict[str, str]) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    version = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8", check=True).stdout
    if int(version.lstrip("v").split(".")[0]) < 18:
        pytest.skip(f"node {version.strip()} has no test runner: it takes 18")
    done = subprocess.run(
        [node, "--test", "test/"],
        cwd=FOLDER,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# pass 5" in done.stdout
