"""Damaged manifests, baselines, ignore files and git indexes, each in a project of its own: used, or refused."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fuzzing.mutation import mutated
from fuzzing.running import CONTROLS, SECONDS

_MANIFEST = """[app]
name = "Example Maps"
category = "map-navigation"
services = []
policy = "privacy.md"

[[function]]
id = "share"
name = "Share a trip"
category = "instant-messaging"

[[collect]] # privlint: ignore[PRV203] until=2027-03-31 asked by the system
data = "precise-location"
purpose = '''Show where
the user is'''
consent = "separate"

[[sdk]]
name = "Amap"
purpose = "Positioning"
data = ["precise-location", "wifi-bssid"]
coordinates = ["com.amap.api:location"]

[consent]
gates = ["com.example.Consent.isGranted"]

[check]
select = ["PRV1", "PRV2", "PRV3"]
exclude = ["third_party/**", "!a/[b-d]*", "**/x?.kt"]
severity = { PRV201 = "warning" }

[[waive]]
check = "PRV101"
path = "**/control.kt"
reason = "Removed in 5.2"
owner = "map-team"
until = 2026-12-14
"""
_BASELINE = json.dumps(
    {
        "version": 1,
        "entries": [
            {"fingerprint": "0123456789abcdef" * 2, "check": "PRV201", "path": "control.kt", "data": ["imei"]},
            {"fingerprint": "f" * 32, "check": "PRV101", "path": "a/读.kt", "enclosing": "A.b", "symbol": "a.b.C"},
        ],
    },
    ensure_ascii=False,
    indent=1,
)
_IGNORE = "# tools\n*.class\n/build/\n!important.kt\n**/gen/**\nx[a-z]?.py\n\\#odd\ncontrol.p*\n"
_POLICY = "# 隐私政策\n我们收集<b>位置信息</b>、IMEI、通讯录。\n- 投诉：privacy@example.com，15 个工作日\n"
_SEEDS = {
    "privlint.toml": _MANIFEST,
    "pyproject.toml": "[project]\nname = 'a'\n"
    + _MANIFEST.replace("[[", "[[tool.privlint.").replace("\n[a", "\n[tool.privlint.a"),
    "privlint-baseline.json": _BASELINE,
    ".gitignore": _IGNORE,
    ".git/index": "",  # made by git
    "privacy.md": _POLICY,
}
_DRIVER = """
import contextlib, io, sys
from privlint.cli import main
for line in sys.stdin:
    folder = line.rstrip("\\n")
    told = io.StringIO()
    with contextlib.redirect_stderr(told):
        code = main(["check", "--today=2026-01-02", "-j1", f"--output-format=json={folder}/.git/report.json", folder])
    print(code, ascii(told.getvalue()[-600:]), flush=True)
"""


def faults(folder: Path, chance: random.Random, count: int, tally: Counter[str]) -> Iterator[str]:
    """Try a number of projects, one after the other in one process."""
    index = _index(folder / "seed")
    names = []
    for number in range(count):
        project = folder / f"p{number}"
        (project / ".git").mkdir(parents=True)
        for name, text in CONTROLS.items():
            (project / name).write_text(text, encoding="utf-8")
        name = chance.choice(tuple(_SEEDS))
        if name == "privacy.md":
            (project / "privlint.toml").write_text(_MANIFEST, encoding="utf-8")
        (project / name).write_bytes(mutated(_SEEDS[name].encode() or index, chance))
        names.append(name)
    given = "".join(f"{folder}/p{number}\n" for number in range(count))
    command = [sys.executable, "-c", _DRIVER]
    try:
        done = subprocess.run(command, input=given.encode(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        yield f"no end within {SECONDS} seconds"
        return
    told = done.stdout.decode().splitlines()
    for number, line in enumerate(told):
        yield from _wrong(number, names[number], line, tally)
    if len(told) < count:
        yield f"p{len(told)} ({names[len(told)]}): the process died: {done.stderr[-300:].decode('utf-8', 'replace')}"


def _wrong(number: int, name: str, line: str, tally: Counter[str]) -> Iterator[str]:
    code, _, errors = line.partition(" ")
    tally[f"{name}, exit code {code}"] += 1
    if code not in {"0", "1", "2", "3"} or "PRV099" in errors:
        yield f"p{number} ({name}): exit code {code}: {errors}"
    if code == "2" and name not in errors and "privlint.toml" not in errors:
        yield f"p{number} ({name}): refused without its name: {errors}"


def _index(folder: Path) -> bytes:
    """Let git make an index."""
    folder.mkdir()
    for name, text in CONTROLS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, capture_output=True)
    return (folder / ".git" / "index").read_bytes()
