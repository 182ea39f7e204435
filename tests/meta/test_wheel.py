"""The wheel: it builds without a network, holds the rules, and examines an app by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_it_holds_what_it_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {
        "privlint/_rules/data-types.toml",
        "privlint/_rules/policies/cn-necessary-2021/categories.toml",
        "privlint/declare/privlint.schema.json",
        "privlint/py.typed",
    } <= set(names)
    assert any(name.startswith("privlint/_rules/") and name.endswith(".msgpack") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    data = [name.partition(".data/")[2] for name in names if ".data/" in name]
    assert data == ["data/share/man/man1/privlint.1", "data/share/man/zh_CN/man1/privlint.1"]
    beside = (name for name in names if ".dist-info/" not in name and ".data/" not in name)
    assert {name.partition("/")[0] for name in beside} == {"privlint"}
    assert not [name for name in names if "__pycache__" in name]


@pytest.mark.slow
def test_it_examines_an_app(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = "import android.telephony.TelephonyManager\n\nfun read(phone: TelephonyManager) = phone.imei\n"
    (tmp_path / "Main.kt").write_text(code, encoding="utf-8")
    cache = tmp_path / "cache"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "PRIVLINT_CACHE_DIR": str(cache)}
    command = [sys.executable, "-m", "privlint", "check", "--lang", "en", "--output-format", "concise", "Main.kt"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Main.kt:3:43: PRV201 error IMEI is collected but not declared" in done.stdout
    assert not cache.exists()  # the rules came compiled
