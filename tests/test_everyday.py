"""The commands around a check: doctor, config show, completion, --watch, and what is shown while one waits."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from privlint.cli import COMMANDS, completion, main

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8", "TERM": "xterm"}


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main([*arguments]) == code
    return capsys.readouterr().out


# --- doctor -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_doctor_finds_this_installation_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(EXAMPLES / "maps")
    shown = run(capsys, "doctor", "--lang", language)
    for word in ("privlint", "tree-sitter-kotlin", "privlint.toml", "git"):
        assert word in shown
    assert ("语法：kotlin" if language == "zh-CN" else "grammar: kotlin") in shown


def test_it_names_a_manifest_that_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "privlint.toml").write_text('[app]\nname = "x"\ncategroy = "y"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "unknown key `categroy`" in run(capsys, "doctor", "--lang", "en", code=1)


def test_it_names_nobody(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))
    monkeypatch.setenv("PRIVLINT_CACHE_DIR", str(tmp_path / "somebody" / "cache"))
    shown = run(capsys, "doctor")
    assert "somebody" not in shown
    assert f"~{os.sep}cache" in shown


# --- config show ------------------------------------------------------------------------------------------------------


def test_each_setting_says_where_it_comes_from(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "privlint.toml").write_text(
        '[app]\nname = "A"\ncategory = "utility"\n[check]\nignore = ["PRV9"]\nseverity = { PRV601 = "info" }\n',
        encoding="utf-8",
    )
    shown = run(capsys, "config", "show", str(tmp_path), "--lang", "en")
    assert re.search(r"^check\.ignore +PRV9 \(privlint\.toml:5\)$", shown, re.MULTILINE)
    assert re.search(r"^check\.fail_on +warning \(the default\)$", shown, re.MULTILINE)
    assert re.search(r"^check\.severity +PRV601 = info \(privlint\.toml:6\)$", shown, re.MULTILINE)
    found = json.loads(run(capsys, "config", "show", str(tmp_path), "--format", "json"))
    assert found["manifest"] == "privlint.toml"
    assert {one["name"] for one in found["settings"]} >= {"app.category", "check.exclude", "[[waive]]"}


def test_without_a_manifest_all_is_default(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shown = run(capsys, "config", "show", str(tmp_path), "--lang", "zh-CN")
    assert "没有找到" in shown
    assert "privlint.toml:" not in shown
    assert main(["config", "hide"]) == 2
    assert "show" in capsys.readouterr().err


# --- completion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_completed(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    script = run(capsys, "completion", shell)
    for command, made in completion.commands("en").items():
        assert command in script
        for option in made.options():
            for name in option.names:
                spelt = name if shell != "fish" else f"-l {name[2:]} " if name.startswith("--") else f"-s {name[1:]} "
                assert spelt in script
    assert set(completion.commands("en")) == set(COMMANDS)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize(("words", "wanted"), [("privlint rec", "rectify"), ("privlint check --stat", "--statistics")])
def test_bash_completes(capsys: pytest.CaptureFixture[str], words: str, wanted: str) -> None:
    script = run(capsys, "completion", "bash")
    quoted = " ".join(words.split())
    test = f'{script}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words.split()) - 1}; _privlint; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", test], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [wanted]


# --- while one waits --------------------------------------------------------------------------------------------------

WAIT = """
import sys, time
from privlint.cli import waiting
waiting.PATIENCE = 0.1
with waiting.shown(sys.argv[1]):
    time.sleep(float(sys.argv[2]))
print("done")
"""


def on_a_terminal(*command: str) -> str:
    """What a command writes to a terminal."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, *command], ENVIRONMENT)
    text = b""
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:
            break
        if not data:
            break
        text += data
    os.waitpid(process, 0)
    os.close(terminal)
    return text.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "examining … 0 s"), ("zh-CN", "正在检查…… 0 秒")])
def test_a_long_run_says_that_it_is_running_and_takes_it_back(language: str, words: str) -> None:
    shown = on_a_terminal("-W", "ignore", "-c", WAIT, language, "0.5")
    assert words in shown
    assert shown.rstrip().endswith("\r\x1b[Kdone")


def test_a_short_run_says_nothing() -> None:
    assert on_a_terminal("-W", "ignore", "-c", WAIT, "en", "0").strip() == "done"


# --- watch ------------------------------------------------------------------------------------------------------------


def read_until(stream: object, words: str, seconds: float = 30) -> str:
    found = ""
    descriptor = stream.fileno()  # type: ignore[attr-defined]
    end = time.monotonic() + seconds
    while words not in found:
        ready, _, _ = select.select([descriptor], [], [], max(0, end - time.monotonic()))
        assert ready, f"{words!r} did not come; {found!r} did"
        found += os.read(descriptor, 4096).decode()
    return found


def test_a_change_is_checked_again_until_the_end(tmp_path: Path) -> None:
    source = tmp_path / "A.kt"
    source.write_text("fun add(a: Int, b: Int) = a + b\n", encoding="utf-8")
    command = [sys.executable, "-m", "privlint", "check", "--watch", "--output-format", "concise", str(tmp_path)]
    watching = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        read_until(watching.stderr, "1 scanned")
        source.write_text(
            "import android.telephony.TelephonyManager\nfun f(t: TelephonyManager) = t.imei\n", encoding="utf-8"
        )
        assert "A.kt:2:" in read_until(watching.stdout, "PRV201")
        read_until(watching.stderr, "1 finding")
        time.sleep(0.5)  # the run is over when it has looked at what it examined
        (tmp_path / "B.kt").write_text("fun g() = 1\n", encoding="utf-8")  # a new file is a change too
        read_until(watching.stderr, "2 scanned")
        time.sleep(0.5)
        (tmp_path / "privlint.toml").write_text("[app", encoding="utf-8")  # and a manifest that is half written
        read_until(watching.stderr, "error: privlint.toml:1")
        time.sleep(0.5)
        watching.send_signal(signal.SIGINT)
        assert watching.wait(20) == 2
    finally:
        watching.kill()
        watching.wait()
        for stream in (watching.stdout, watching.stderr):
            assert stream is not None
            stream.close()


def test_standard_input_cannot_be_watched(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x = 1\n")))
    assert main(["check", "-", "--stdin-filename", "a.py", "--watch"]) == 2
    assert "--watch" in capsys.readouterr().err
