"""Trees that nobody has vetted, and the command line run over them in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

SUFFIXES = {"kotlin": ".kt", "java": ".java", "python": ".py"}
_SOURCES = {
    "kotlin": "import android.telephony.TelephonyManager\nclass Phone { fun id(t: TelephonyManager) = t.imei }\n",
    "java": "import android.telephony.TelephonyManager;\n"
    "class Phone { String id(TelephonyManager t) { return t.getImei(); } }\n",
    "python": "from plyer import gps\ngps.start(minTime=1000)\n",
}
CONTROLS = {f"control{suffix}": _SOURCES[language] for language, suffix in SUFFIXES.items()}


class Run(NamedTuple):
    """How a run ended, and what it said."""

    code: int
    report: dict[str, Any]
    errors: str

    def reasons(self) -> dict[str, str]:
        """What is said of each path that is more than scanned."""
        return {path["path"]: path["reason"] for path in self.report["coverage"] if path["reason"]}

    def found(self) -> set[str]:
        """The paths with findings."""
        return {finding["path"] for finding in self.report["findings"]}

    def of(self, *paths: str) -> list[dict[str, Any]]:
        """The findings in some files."""
        return [finding for finding in self.report["findings"] if finding["path"] in paths]


def source(language: str) -> str:
    """A source with one finding."""
    return _SOURCES[language]


def put(root: Path, name: str, content: str | bytes) -> Path:
    """Write a file, and the folders above it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)
    return path


def controls(root: Path) -> None:
    """Write the innocent files that stand beside the hostile ones."""
    for name, content in CONTROLS.items():
        put(root, name, content)


def check(root: Path, *options: str, before: str = "", timeout: float = 60) -> Run:
    """Examine a tree; `before` is Python that breaks something in the process first."""
    return start([*options, "--output-format", "json"], root, before=before).communicate(timeout=timeout)


def command(options: Sequence[str], *, before: str = "") -> list[str]:
    """The command line of a run."""
    code = f"{before}\nfrom privlint.cli import main\nraise SystemExit(main())"
    return [sys.executable, "-c", code, "check", "--today", "2026-01-02", *options]


class Started:
    """A run that has begun."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def communicate(self, timeout: float) -> Run:
        """Wait for its end."""
        try:
            out, errors = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        report = json.loads(out) if out.startswith(b"{") and out.rstrip().endswith(b"}") else {}
        return Run(self.process.returncode, report, errors.decode("utf-8", "replace"))


def start(options: Sequence[str], root: Path, *, before: str = "", stdout: int = subprocess.PIPE) -> Started:
    """Begin a run in a tree, in a session of its own."""
    source_folder = str(Path(__file__).parent.parent / "src")
    environment = {**os.environ, "PYTHONPATH": source_folder, "PYTHONSAFEPATH": "1", "NO_COLOR": "1"}
    return Started(
        subprocess.Popen(
            command(options, before=before),
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    )
