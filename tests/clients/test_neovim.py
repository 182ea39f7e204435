"""The real Neovim, without a screen, with nothing but its own language client."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("neovim.lua")

SOURCE = """\
import android.telephony.TelephonyManager

fun read(manager: TelephonyManager): String {
    val smile = "😀中文"; return smile + manager.imei
}
"""


def test_findings_come_and_go(project: Path, environment: dict[str, str]) -> None:
    neovim = shutil.which("nvim")
    if neovim is None:
        pytest.skip("nvim is not installed")
    source, output = project / "Phone.kt", project / "shown.json"
    source.write_text(SOURCE, encoding="utf-8")
    settings = {**environment, "PRIVLINT_TEST": json.dumps([sys.executable, str(source), str(output)])}
    done = subprocess.run(
        [neovim, "--headless", "--clean", "-n", "-S", str(SCRIPT)],
        cwd=project,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert output.exists(), done.stderr
    first, second, third = json.loads(output.read_text(encoding="utf-8"))
    line = SOURCE.splitlines()[3]
    byte = len(line[: line.index("imei")].encode())  # Neovim counts bytes
    assert first == [{"code": "PRV201", "line": 3, "byte": byte, "severity": 1}]
    assert second == []
    assert third == [{"code": "PRV201", "line": 4, "byte": byte, "severity": 1}]
