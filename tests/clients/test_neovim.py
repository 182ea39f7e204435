"""The real Neovim, without a screen, configured by nothing but what docs/editors.md says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("neovim.lua")
DOCUMENT = Path(__file__).parents[2] / "docs" / "editors.md"

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
    source, output, configuration = project / "Phone.kt", project / "shown.json", project / "init.lua"
    source.write_text(SOURCE, encoding="utf-8")
    (project / "privlint.toml").write_text('# ours 😀\n[app]\nname = "A"\ncategory = "other"\n', encoding="utf-8")
    (advice,) = re.findall(r"```lua\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    configuration.write_text(advice, encoding="utf-8")
    command = project / "bin" / "privlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m privlint.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    settings = {
        **environment,
        "PATH": os.pathsep.join((str(command.parent), environment["PATH"])),
        "PRIVLINT_SHOWN": str(output),
    }
    done = subprocess.run(
        [neovim, "--headless", "-n", "-i", "NONE", "-u", str(configuration), "-S", str(SCRIPT), str(source)],
        cwd=project,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert output.exists(), done.stderr
    first, second, third, hover, declared = json.loads(output.read_text(encoding="utf-8"))
    line = SOURCE.splitlines()[3]
    byte = len(line[: line.index("imei")].encode())  # Neovim counts bytes
    assert first == [{"code": "PRV201", "line": 3, "byte": byte, "severity": 1}]
    assert second == []
    assert third == [{"code": "PRV201", "line": 4, "byte": byte, "severity": 1}]
    assert "android.telephony.TelephonyManager.getImei" in hover["hover"]
    assert declared["declared"].startswith("# ours 😀\n[app]\n")
    assert '[[collect]]\ndata = "imei"\n' in declared["declared"]
