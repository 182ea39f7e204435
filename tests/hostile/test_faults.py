"""Faults of the surroundings, and of privlint itself: they cost what they touch, are named, and are never green."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from hostile_runs import CONTROLS, Run, check, controls, put, source, start
from privlint.engine import guard
from privlint.languages.grammar import parser
from privlint.model.finding import Covered
from privlint.model.limits import ANGLES, DEEP, LARGE, Overdue

MANY = 60  # more than are examined in one process


def _break(target: str, path: str, how: str) -> str:
    """Python that lets a function do something else for one file."""
    module, _, name = target.rpartition(".")
    return (
        "import os, signal, sys, time\n"
        f"import {module} as module\n"
        f"real = module.{name}\n"
        f"def broken(candidate, *rest, **more):\n"
        f"    if candidate.path == {path!r}:\n"
        f"        {how}\n"
        f"    return real(candidate, *rest, **more)\n"
        f"module.{name} = broken\n"
    )


ANALYSIS = "privlint.engine.analysis.analyse_bytes"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    for number in range(MANY):
        put(tmp_path, f"many/f{number:02}.kt", source("kotlin"))
    controls(tmp_path)
    return tmp_path


def _others(run: Run, path: str) -> list[object]:
    return [finding for finding in run.report["findings"] if finding["path"] != path]


FAULTS = {
    "bug": ("raise ZeroDivisionError('oh')", "PRV099", 4),
    "endless recursion": ("(f := lambda: f())()", "PRV009", 3),
    "memory": ("raise MemoryError", "PRV010", 3),
}
DEATHS = {
    "abort": ("os.abort()", "PRV010", 3),
    "killed": ("os.kill(os.getpid(), signal.SIGKILL)", "PRV010", 3),
    "exit": ("os._exit(0)", "PRV010", 3),
    "more memory than there is": ("len(bytearray(1 << 30))", "PRV010", 3),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("jobs", [1, 2])
def test_fault_in_one_file(name: str, jobs: int, many: Path) -> None:
    how, reason, code = FAULTS[name]
    path = "many/f30.kt"
    run = check(many, f"-j{jobs}", before=_break(ANALYSIS, path, how))
    assert (run.reasons(), run.code) == ({path: reason}, code)
    assert _others(run, path) == _others(check(many, f"-j{jobs}"), path)
    assert path in run.errors


@pytest.mark.parametrize("name", DEATHS)
def test_death_of_a_worker(name: str, many: Path) -> None:
    how, reason, code = DEATHS[name]
    path = "many/f30.kt"
    run = check(many, "-j2", before=_break(ANALYSIS, path, how))
    assert (run.reasons(), run.code) == ({path: reason}, code)
    assert _others(run, path) == _others(check(many, "-j2"), path)


@pytest.mark.parametrize("content", [source("kotlin") + "// " + "x" * LARGE, source("kotlin") + "{" * 500])
def test_suspicious_file_is_never_examined_by_the_parent(content: str, tmp_path: Path) -> None:
    controls(tmp_path)
    put(tmp_path, "a.kt", content)
    run = check(tmp_path, before=_break(ANALYSIS, "a.kt", "os.abort()"))
    assert (run.reasons(), run.code) == ({"a.kt": "PRV010"}, 3)
    assert run.found() == set(CONTROLS)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["while True: pass", "sum(range(1 << 60))"])
def test_file_that_takes_for_ever(how: str, many: Path) -> None:
    path = "many/f30.kt"
    run = check(many, "-j2", before=_break(ANALYSIS, path, how), timeout=90)
    assert (run.reasons(), run.code) == ({path: "PRV007"}, 3)
    assert _others(run, path) == _others(check(many, "-j2"), path)


def test_check_that_fails(tmp_path: Path) -> None:
    controls(tmp_path)
    before = (
        "from privlint.checks import prv202_never_seen as module\n"
        "def check(project): raise KeyError('oh\\n::error::')\n"
        "module.check = check\n"
    )
    run = check(tmp_path, before=before)
    assert run.code == 4
    assert run.report["findings"] == check(tmp_path).report["findings"]
    assert [fault["en"][:18] for fault in run.report["faults"]] == ["PRV202: not done: "]
    assert "PRV099: PRV202: not done: a bug of privlint" in run.errors
    assert not run.report["complete"]


def test_path_without_an_outcome_is_an_internal_error(tmp_path: Path) -> None:
    controls(tmp_path)
    before = (
        "from privlint.engine import rounds as module\n"
        "real = module.settle\n"
        "def settle(*given):\n"
        "    done, shared = real(*given)\n"
        "    done.pop('control.kt')\n"
        "    return done, shared\n"
        "module.settle = settle\n"
    )
    run = check(tmp_path, before=before)
    assert run.code == 4
    assert "PRV099" in run.errors
    assert "does not add up" in run.errors


def test_same_bytes_for_any_number_of_processes(many: Path) -> None:
    put(many, "large.py", source("python") + "# " + "x" * LARGE)
    put(many, "deep.java", source("java") + "(" * 300)
    put(many, "bad.py", b"\0")
    outputs = []
    for jobs in ("-j1", "-j2", "-j7"):
        out, _ = start([jobs, "--output-format", "json"], many).process.communicate(timeout=60)
        outputs.append(out)
    assert len(set(outputs)) == 1


def test_full_disk(tmp_path: Path) -> None:
    controls(tmp_path)
    with open("/dev/full", "wb") as full:
        started = start(["--output-format", "json"], tmp_path, stdout=full.fileno())
        _, errors = started.process.communicate(timeout=60)
    assert started.process.returncode == 2
    assert b"PRV018" in errors
    assert b"Traceback" not in errors


def test_reader_who_goes_away(tmp_path: Path) -> None:
    controls(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    started = start([], tmp_path, stdout=writing)
    os.close(writing)
    _, errors = started.process.communicate(timeout=60)
    assert started.process.returncode == 141
    assert b"Traceback" not in errors


def test_report_that_cannot_be_written(tmp_path: Path) -> None:
    controls(tmp_path)
    run = check(tmp_path, "--output-format", "sarif=gone/report.sarif")
    assert run.code == 2
    assert "PRV018" in run.errors


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_end_on_request_leaves_nobody_behind(number: int, code: int, many: Path) -> None:
    before = _break(ANALYSIS, "many/f30.kt", "open('begun', 'w').close(); time.sleep(60)")
    started = start(["-j2", "--output-format", "json=report.json"], many, before=before)
    deadline = time.monotonic() + 30
    while not (many / "begun").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    started.process.send_signal(number)
    _, errors = started.process.communicate(timeout=20)
    assert started.process.returncode == code, errors
    assert b"PRV021" in errors
    assert _session(started.process.pid) == []
    assert not list(many.glob("report*"))


def test_worker_ends_when_its_parent_is_killed(many: Path) -> None:
    before = _break(ANALYSIS, "many/f30.kt", "open('begun', 'w').close(); time.sleep(2)")
    started = start(["-j2"], many, before=before)
    deadline = time.monotonic() + 30
    while not (many / "begun").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    started.process.kill()
    started.process.communicate(timeout=20)
    while _session(started.process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _session(identity: int) -> list[int]:
    """The processes of a session."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path(f"/proc/{name}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == identity and fields[0] != "Z":
            found.append(int(name))
    return found


def test_working_folder_lends_no_modules(tmp_path: Path) -> None:
    controls(tmp_path)
    for name in ("json", "ast", "signal", "tree_sitter", "msgspec", "sitecustomize"):
        put(tmp_path, f"{name}.py", f"open({str(tmp_path / 'forged')!r}, 'w').close()\n")
    before = "import sys; sys.path[:] = [entry for entry in sys.path if entry]"
    assert check(tmp_path, before=before).found() == set(CONTROLS)
    assert not (tmp_path / "forged").exists()


# --- the rule that decides who may be examined where ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "suspicious"),
    [
        (b"", False),
        (source("kotlin").encode() * 500, False),
        (b"x" * LARGE, False),
        (b"x" * (LARGE + 1), True),
        (b"([{" * (DEEP // 3) + b"}])" * (DEEP // 3), False),
        (b"([{" * DEEP + b"}])" * DEEP, True),
        (b"[" * (DEEP + 1), True),
        (b"a<b> " * ANGLES, False),
        (b"a<" * (ANGLES + 1), True),
        (b"a(b[1], {c()})\n" * 5_000, False),
    ],
)
def test_suspicion(data: bytes, suspicious: bool) -> None:
    assert guard.is_suspicious(data) is suspicious


def test_parser_gives_up_and_recovers() -> None:
    kotlin = parser("tree_sitter_kotlin")
    with pytest.raises(Overdue):
        kotlin.parse(b"a?b:" * 20_000, seconds=0.05)
    assert not kotlin.parse(b"class A {\n    val x = 1\n}\n").root_node.has_error


def test_clock_and_room_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(guard, "SECONDS_PER_FILE", 0.1)
    before = (sys.getrecursionlimit(), signal.getsignal(signal.SIGPROF))

    def for_ever() -> Covered:
        while True:
            pass

    assert guard.guarded("a.kt", for_ever, lambda covered: covered).reason == "PRV007"
    assert (sys.getrecursionlimit(), signal.getsignal(signal.SIGPROF)) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@pytest.mark.parametrize("function", ["scan", "assemble"])
def test_fault_in_a_build_file(function: str, tmp_path: Path) -> None:
    controls(tmp_path)
    put(tmp_path, "build.gradle", "plugins { id 'com.android.application' }\n")
    before = (
        "from privlint.declare import gradle as module\n"
        "def broken(*given): raise ZeroDivisionError\n"
        f"module.{function} = broken\n"
    )
    run = check(tmp_path, before=before)
    assert (run.reasons(), run.code) == ({"build.gradle": "PRV099"}, 4)
    assert run.found() == set(CONTROLS)


# --- every check, every stage -----------------------------------------------------------------------------------------

APP = """[app]
name = "Example"
category = "other"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "Show where the user is on the map"
"""
MANIFEST = """<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="a.b">
<uses-permission android:name="android.permission.READ_PHONE_STATE" /><application><activity android:name=".Main" />
</application></manifest>
"""
BUILD = "plugins { id 'com.android.application' }\n"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app of which every stage has something to do."""
    root = tmp_path / "app"
    for name, content in CONTROLS.items():
        put(root, f"src/main/java/{name}", content)
    put(root, "privlint.toml", APP)
    put(root, "privacy.md", "# Privacy\nWe collect your location.\n")
    put(root, "build.gradle", BUILD)
    put(root, "src/main/AndroidManifest.xml", MANIFEST)
    return root


FOUND = {"src/main/java/control.kt", "src/main/java/control.java"}  # what the Python one takes is declared
EACH_CHECK = """
from msgspec.structs import replace
from privlint import checks, engine
from privlint.model.request import Request
request = Request(paths=(".",), today="2026-01-02", cache=False, jobs=1)
whole = engine.run(request)
assert not whole.faults and whole.findings
def broken(project): raise KeyError("x")
for check in checks.IDS:
    module = checks._module(check)
    real, module.check = module.check, broken
    report = engine.run(request)
    module.check = real
    rest = engine.run(replace(request, ignore=(check,)))
    assert [fault.en.split(":")[0] for fault in report.faults] == [check], report.faults
    assert report.findings == rest.findings, check
    assert report.coverage == whole.coverage
print(len(checks.IDS))
raise SystemExit(0)
"""


def test_each_check_in_turn_fails_and_costs_its_own_findings(app: Path) -> None:
    started = start([], app, before=EACH_CHECK)
    out, errors = started.process.communicate(timeout=240)
    assert started.process.returncode == 0, errors.decode()
    assert int(out) > 30


STAGES = {
    "following calls": ("privlint.engine.tracing.trace", "following the calls of the app"),
    "exploring": ("privlint.engine.exploring.explore", "looking for users' rights in the code"),
    "policies": ("privlint.engine.policies.read", "reading the privacy policies"),
    "suppressing": ("privlint.suppress.apply", "applying markers, waivers and the baseline"),
}


def _replaced(target: str, body: str) -> str:
    module, _, name = target.rpartition(".")
    return f"import time\nimport {module} as module\ndef broken(*given, **more): {body}\nmodule.{name} = broken\n"


@pytest.mark.parametrize("name", STAGES)
def test_stage_that_fails(name: str, app: Path) -> None:
    target, told = STAGES[name]
    run = check(app, "--no-cache", before=_replaced(target, "raise ZeroDivisionError('oh')"))
    assert run.code == 4
    assert [fault["en"].split(":")[0] for fault in run.report["faults"]] == [told]
    assert run.found() >= FOUND


@pytest.mark.parametrize("target", ["privlint.discover.discover", "privlint.engine.rounds.symbols_of"])
def test_stage_without_which_there_is_nothing(target: str, app: Path) -> None:
    run = check(app, "--no-cache", before=_replaced(target, "raise ZeroDivisionError('oh')"))
    assert (run.code, run.report) == (4, {})
    assert "PRV099: internal error: ZeroDivisionError" in run.errors


# --- the time of a run ------------------------------------------------------------------------------------------------

SHORT = "from privlint.model import limits\nlimits.SECONDS_PER_RUN = {}\n"
SLOW = """
import os, time
real = os.scandir
def scandir(*given):
    time.sleep(0.1)
    return real(*given)
os.scandir = scandir
"""


def test_run_without_any_time_names_what_it_left_out(app: Path) -> None:
    run = check(app, "--no-cache", before=SHORT.format(-1))
    assert run.code == 3
    assert run.reasons()["./"] == "PRV007"
    assert not run.found()


@pytest.mark.parametrize("name", STAGES)
def test_stage_that_takes_for_ever(name: str, app: Path) -> None:
    target, told = STAGES[name]
    run = check(app, "--no-cache", before=_replaced(target, "time.sleep(90)") + SHORT.format(4), timeout=80)
    assert run.code == 3
    (whole,) = [path for path in run.report["coverage"] if path["path"] == "./"]
    assert whole["reason"] == "PRV007"
    assert told in whole["detail"]["en"]
    assert {path["status"] for path in run.report["coverage"] if path["path"] != "./"} == {"scanned"}


def test_check_that_takes_for_ever(app: Path) -> None:
    before = (
        "from privlint import checks\n"
        "def broken(project):\n"
        "    while True: pass\n"
        'checks._module("PRV202").check = broken\n' + SHORT.format(4)
    )
    run = check(app, "--no-cache", before=before, timeout=80)
    assert run.code == 3
    (whole,) = [path for path in run.report["coverage"] if path["path"] == "./"]
    assert "PRV202" in whole["detail"]["en"]
    assert "PRV202" in whole["detail"]["zh"]
    assert run.found() >= FOUND  # what was judged before stays


def test_discovery_that_takes_for_ever(app: Path) -> None:
    for number in range(100):
        put(app, f"d{number:02}/a.kt", source("kotlin"))
    run = check(app, "--no-cache", before=SLOW + SHORT.format(4), timeout=80)
    assert run.code == 3
    assert run.reasons()["./"] == "PRV007"
    assert "PRV007" in run.errors
