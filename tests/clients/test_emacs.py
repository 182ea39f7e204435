"""The real Emacs with Eglot, without a screen, configured by nothing but what docs/editors.md says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("emacs.el")
DOCUMENT = Path(__file__).parents[2] / "docs" / "editors.md"

SOURCE = """\
import android.telephony.TelephonyManager

fun read(manager: TelephonyManager): String {
    val smile = "😀中文"; return smile + manager.imei
}
"""


@pytest.mark.slow
def test_findings_come_and_go(project: Path, environment: dict[str, str]) -> None:
    emacs = shutil.which("emacs")
    if emacs is None:
        pytest.skip("emacs is not installed: apt-get install emacs-nox elpa-eglot")
    settings = {**environment, "PRIVLINT_SOURCE": str(project / "Phone.kt"), "PRIVLINT_SHOWN": str(project / "shown")}
    start = [emacs, "--batch", "--eval", "(package-initialize)"]
    known = subprocess.run([*start, "--eval", "(require 'eglot)"], env=settings, capture_output=True, check=False)
    if known.returncode:
        pytest.skip("Eglot is not installed: apt-get install elpa-eglot, or Emacs from 29")
    (project / "Phone.kt").write_text(SOURCE, encoding="utf-8")
    (advice,) = re.findall(r"```elisp\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    (project / "init.el").write_text(advice, encoding="utf-8")
    command = project / "bin" / "privlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m privlint.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    settings["PATH"] = os.pathsep.join((str(command.parent), environment["PATH"]))
    done = subprocess.run(
        [*start, "--load", str(project / "init.el"), "--eval", "(require 'eglot)", "--load", str(SCRIPT)],
        cwd=project,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert (project / "shown").exists(), done.stderr
    first, second, third = json.loads((project / "shown").read_text(encoding="utf-8"))
    line = SOURCE.splitlines()[3]
    (found,) = first
    assert (found["line"], found["column"]) == (4, line.index("imei"))
    assert found["severity"] == "eglot-error"
    assert "IMEI" in found["text"]
    assert second == []
    assert [(one["line"], one["column"]) for one in third] == [(5, line.index("imei"))]
