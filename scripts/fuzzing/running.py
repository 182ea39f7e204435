"""A folder in; how privlint ended on it, and what it said of each path, out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 240  # for a run: 100 files at their limit of 5 seconds would take longer on one processor, and none does
CONTROLS = {
    "control.kt": """import android.telephony.TelephonyManager
import android.telephony.TelephonyManager as Phones
class Phone(private val t: TelephonyManager) { fun id() = t.imei }
""",
    "control.java": """import android.telephony.TelephonyManager;
class Phone { String id(TelephonyManager t) { return t.getImei(); } }
""",
    "control.py": """from plyer import gps
gps.start(minTime=1000)
""",
}


class Ended(NamedTuple):
    """A run that came to its end."""

    code: int
    errors: str
    findings: tuple[Mapping[str, Any], ...]
    covered: Mapping[str, Mapping[str, Any]]  # by path

    def found(self) -> set[str]:
        """The paths with findings."""
        return {finding["path"] for finding in self.findings}


def controls(folder: Path) -> None:
    """Write the innocent files that stand beside the damaged ones."""
    for name, text in CONTROLS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def run(folder: Path, *options: str) -> Ended | str:
    """Examine a folder; what broke where there is no report."""
    command = [sys.executable, "-m", "privlint", "check", "--output-format", "json", *options, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"no end within {SECONDS} seconds"
    errors = done.stderr.decode("utf-8", "replace")
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return f"exit code {done.returncode} and no report: {errors[-300:]}"
    covered = {path["path"]: path for path in report["coverage"]}
    return Ended(done.returncode, errors, tuple(report["findings"]), covered)


def broken(ended: Ended, written: set[str]) -> Iterator[str]:
    """Yield the promises that every run keeps and this one did not: its code, its coverage, its controls."""
    if ended.code not in {1, 3}:
        yield f"exit code {ended.code}: {ended.errors[-300:]}"
    yield from (f"{name}: control lost" for name in CONTROLS if name not in ended.found())
    if missing := written - ended.covered.keys():
        yield f"not accounted for: {sorted(missing, key=os.fsencode)[:5]}"
    for path, outcome in ended.covered.items():
        if outcome["status"] == "failed" and not outcome["reason"]:
            yield f"{path}: failed without a reason"
        if outcome["reason"] == "PRV099":
            yield f"{path}: an internal error: {outcome['detail']['en']}"
