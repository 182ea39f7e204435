"""Runs real clients: what a client needs that is not there skips its test with the reason, and fails it in CI."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

_OURS = ("PRIVLINT_", "GIT_", "LC_", "PYTEST_")


@pytest.fixture(scope="session")
def require() -> Callable[[bool, str], None]:
    """Skip a test for want of something; in CI, where all is installed, that is a failure."""

    def check(present: bool, reason: str) -> None:
        if not present and os.environ.get("CI"):
            pytest.fail(reason)
        if not present:
            pytest.skip(reason)

    return check


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with an empty home folder and none of the caller's settings."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    (home / "cache").mkdir()
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project, with a root of its own."""
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    return folder
