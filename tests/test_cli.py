"""The command line of `privlint` and of `privlint check`, over an engine without a pipeline."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

import fake_engine
import privlint
from privlint.cli import ending, language, main
from privlint.errors import ConfigurationError
from privlint.model.finding import Covered, Text

engine = fake_engine.engine
pytestmark = pytest.mark.usefixtures("engine")


def run(capsys, *arguments):
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def spawn(*arguments, **changes):
    command, environment = fake_engine.program()
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **changes}
    options["env"] = {**environment, **options.pop("environment", {})}
    return subprocess.run([*command, *arguments], check=False, timeout=60, **options)


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_alone_it_shows_what_there_is(capsys):
    code, out, err = run(capsys)
    assert code == 0
    assert "check [PATH …]" in out
    assert err == ""
    assert run(capsys, "--lang", "zh-CN")[1].startswith("privlint 指出")
    assert run(capsys, "--help")[1] == out


def test_the_working_folder_is_the_default(capsys, engine):
    run(capsys, "check")
    (request,) = engine.REQUESTS
    assert request.paths == (".",)
    assert (request.name_only, request.full_tests, request.fail_on, request.today) == (False, False, "", "")


def test_every_option_reaches_the_engine(capsys, engine):
    run(
        capsys, "check", "a", "b", "--select", "PRV1,prv030", "--select", "PRV099", "--ignore", "PRV101", "--exclude",
        "x/**", "--exclude", "y", "--force-exclude", "--config", "c.toml", "--isolated", "--fail-on", "error",
        "--today", "2026-03-04", "-j", "2", "--strict", "--no-ignores",
    )  # fmt: skip
    (request,) = engine.REQUESTS
    assert request.paths == ("a", "b")
    assert request.select == ("PRV1", "PRV030", "PRV099")
    assert request.ignore == ("PRV101",)
    assert request.exclude == ("x/**", "y")
    assert (request.config, request.isolated, request.force_exclude) == ("c.toml", True, True)
    assert (request.fail_on, request.today, request.jobs) == ("error", "2026-03-04", 2)
    assert (request.name_only, request.full_tests, request.no_ignores) == (True, True, True)


def test_paths_and_options_stand_in_any_order(capsys, engine):
    run(capsys, "check", "-q", "a", "--fail-on", "never", "b", "--", "-c.kt", "--strict")
    (request,) = engine.REQUESTS
    assert request.paths == ("a", "b", "-c.kt", "--strict")
    assert (request.fail_on, request.name_only) == ("never", False)


@pytest.mark.parametrize(
    ("arguments", "message", "help_line"),
    [
        (["chek"], "no such command: chek", "Did you mean `privlint check`?"),
        (["--vresion"], "no such option: --vresion", "`privlint --help` lists the commands."),
        (["check", "--selct", "PRV1"], "no such option: --selct", "Did you mean `--select`?"),
        (["check", "--select", "PRV0999"], "--select: no check begins with PRV0999", "Did you mean `PRV099`?"),
        (["check", "--select"], "argument --select: expected one argument", "`privlint check --help` lists"),
        (["check", "--fail-on", "high"], "--fail-on does not take `high`; it takes error, warning, info, never", ""),
        (["check", "--color", "allways"], "--color does not take `allways`", "Did you mean `always`?"),
        (["check", "--lang", "fr"], "--lang does not take `fr`", ""),
        (["check", "--today", "soon"], "--today: `soon` is no date", "Write it as 2026-12-31."),
        (["check", "-j", "0"], "--jobs: `0` is no number of processes", "Write a whole number from 1"),
        (["check", "--output-format", "sarfi"], "--output-format does not take `sarfi`", "Did you mean `sarif`?"),
        (
            ["check", "--output-format", "json", "--output-format", "full"],
            "only one output format can go to standard output",
            "sarif=out.sarif",
        ),
        (["explain"], "the following arguments are required: ID", "`privlint explain --help` lists"),
        (["categories", "1", "2"], "unexpected argument: 2", "`privlint categories --help` lists"),
    ],
)
def test_a_wrong_command_line_is_code_2_with_a_remedy(capsys, engine, arguments, message, help_line):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")
    assert help_line in err
    assert engine.REQUESTS == []


def test_errors_speak_the_language(capsys):
    assert run(capsys, "chek", "--lang", "zh-CN")[2] == "错误：没有这个命令：chek\n帮助：是否要写 `privlint check`？\n"
    err = run(capsys, "check", "--lang=zh", "--select")[2]
    assert err.startswith("错误：参数 --select: 需要一个值\n帮助：")


def test_an_error_of_the_engine_names_file_line_and_column(capsys, engine):
    engine.ANSWER[0] = ConfigurationError(
        "unknown key `exlude`", path="privlint.toml", line=3, column=1, hint="Did you mean `exclude`?"
    )
    code, out, err = run(capsys, "check")
    assert (code, out) == (2, "")
    assert err == "error: privlint.toml:3:1: unknown key `exlude`\nhelp: Did you mean `exclude`?\n"


def test_help(capsys):
    english = run(capsys, "check", "--help")[1]
    assert english.startswith("usage: privlint check [options] [PATH ...]")
    assert "--allow-incomplete" in english
    chinese = run(capsys, "check", "--help", "--lang", "zh-CN")[1]
    assert chinese.startswith("用法：privlint check [选项] [路径 ...]")
    assert re.findall(r"--[\w-]+", english) == re.findall(r"--[\w-]+", chinese)


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_findings_go_to_stdout_and_the_rest_to_stderr(capsys):
    code, out, err = run(capsys, "check")
    assert code == 1
    assert out.startswith("error[PRV101]: IMEI is collected")
    assert "4 |     fun device(): String? = telephony.imei" in out
    assert "discovered" not in out
    assert err.endswith("1 discovered = 1 scanned + 0 skipped + 0 failed; 1 finding (1 error), 0 suppressed\n")
    assert "\x1b" not in out + err


def test_quiet_shows_findings_only_but_never_hides_what_was_not_examined(capsys, engine):
    assert run(capsys, "check", "-q")[2] == ""
    engine.ANSWER[0] = replace(engine.ANSWER[0], coverage=(Covered("a.kt", "failed", "PRV001"),))
    code, _, err = run(capsys, "check", "-q")
    assert code == 3
    assert "a.kt: PRV001 cannot be read" in err


def test_colour(capsys, monkeypatch):
    assert "\x1b[1;31m" in run(capsys, "check", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31m" in run(capsys, "check")[1]
    assert "\x1b" not in run(capsys, "check", "--color", "never")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(capsys, "check")[1]


def test_json_on_stdout_and_sarif_in_a_file(capsys, tmp_path):
    _, out, err = run(capsys, "check", "--output-format", "json", "--output-format", "sarif=out.sarif")
    assert json.loads(out)["version"] == 1
    assert "discovered" in err
    found = json.loads((tmp_path / "out.sarif").read_text("utf-8"))
    assert found["runs"][0]["tool"]["driver"]["rules"][0]["help"]["markdown"].startswith("Data is collected")
    assert names(tmp_path) == ["out.sarif"]


def test_files_only(capsys, tmp_path):
    code, out, err = run(capsys, "check", "--output-format", "full=report.txt", "--color", "always")
    assert (code, out) == (1, "")
    assert "discovered" in err
    assert "\x1b" not in (tmp_path / "report.txt").read_text("utf-8")


@pytest.mark.parametrize("target", ["missing/out.sarif", "."])
def test_a_file_that_cannot_be_written(capsys, tmp_path, target):
    code, out, err = run(capsys, "check", "--output-format", f"sarif={target}")
    assert (code, out) == (2, "")
    assert err.startswith(f"error: PRV018: could not write {target}: ")
    assert names(tmp_path) == []


def test_a_failed_write_leaves_the_old_file(capsys, tmp_path, engine):
    (tmp_path / "out.json").write_text("old")
    engine.ANSWER[0] = replace(engine.ANSWER[0], collected=(object(),))
    assert run(capsys, "check", "--output-format", "json=out.json")[0] == 4
    assert (tmp_path / "out.json").read_text() == "old"
    assert names(tmp_path) == ["out.json"]


def test_a_link_is_replaced_not_followed(capsys, tmp_path):
    (tmp_path / "precious").write_text("keep me")
    (tmp_path / "out.json").symlink_to("precious")
    run(capsys, "check", "--output-format", "json=out.json")
    assert (tmp_path / "precious").read_text() == "keep me"
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["version"] == 1


def test_tables(capsys):
    out = run(capsys, "check", "--statistics", "--show-files", "--output-format", "concise")[1]
    assert "by check:\n  1  PRV101  Not necessary\n" in out
    assert out.endswith("scanned  app/Start.kt\n")
    _, out, err = run(capsys, "check", "--statistics", "--output-format", "json")
    json.loads(out)
    assert "by check:" in err


def test_paths_are_relative_to_the_working_folder(capsys, engine, tmp_path, monkeypatch):
    engine.ANSWER[0] = replace(engine.ANSWER[0], root=str(tmp_path / "examples" / "map"))
    assert run(capsys, "check", "--output-format", "concise")[1].startswith("examples/map/app/Start.kt:4:39: ")
    engine.ANSWER[0] = replace(engine.ANSWER[0], root=str(tmp_path))
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path / "app")
    assert run(capsys, "check", "--output-format", "concise")[1].startswith("Start.kt:4:39: ")
    engine.ANSWER[0] = replace(engine.ANSWER[0], root="/elsewhere")
    assert run(capsys, "check", "--output-format", "concise")[1].startswith("/elsewhere/app/Start.kt:4:39: ")


# --- how it ends ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coverage", "options", "code"),
    [
        ((Covered("a.kt", "scanned"),), [], 1),
        ((Covered("a.kt", "scanned"),), ["--exit-zero"], 0),
        ((Covered("a.kt", "failed", "PRV001"),), [], 3),
        ((Covered("a.kt", "failed", "PRV001"),), ["--allow-incomplete"], 1),
        ((Covered("a.kt", "failed", "PRV001"),), ["--allow-incomplete", "--exit-zero"], 0),
        ((Covered("a.kt", "failed", "PRV001"),), ["--exit-zero"], 3),
        ((Covered("a.kt", "failed", "PRV099"),), ["--exit-zero", "--allow-incomplete"], 4),
        ((Covered("a.kt", "scanned", "PRV008", degraded=True),), ["--exit-zero"], 0),
        ((Covered("a.kt", "scanned", "PRV008", degraded=True),), ["--strict-coverage"], 3),
        ((Covered("a.kt", "scanned", "PRV008", degraded=True),), ["--strict"], 3),
        ((), ["--exit-zero"], 3),
    ],
)
def test_exit_codes(capsys, engine, coverage, options, code):
    engine.ANSWER[0] = replace(engine.ANSWER[0], coverage=coverage)
    assert run(capsys, "check", *options)[0] == code


def test_a_bug_is_code_4_and_one_line(capsys, engine):
    engine.ANSWER[0] = ZeroDivisionError("oh\x1b[31m")
    code, out, err = run(capsys, "check")
    assert (code, out) == (4, "")
    first, second = err.splitlines()
    assert first.startswith("PRV099: internal error: ZeroDivisionError: oh\\x1b[31m (")
    assert "-v" in second
    assert "Traceback" in run(capsys, "check", "-v")[2]
    assert run(capsys, "check", "--lang", "zh-CN")[2].startswith("PRV099：内部错误：")


@pytest.mark.parametrize(("answer", "code"), [("KeyboardInterrupt()", 130), ("ending.Terminated()", 143)])
def test_an_interrupt(answer, code):
    program = f"import fake_engine; from privlint.cli import ending, main; fake_engine.ANSWER[0] = {answer};"
    program += "fake_engine.install(); raise SystemExit(main())"
    command, environment = fake_engine.program()
    done = subprocess.run(
        [*command[:-1], program, "check"], env=environment, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == code
    assert done.stdout == b""
    assert done.stderr == b"PRV021: interrupted\n"


def test_a_signal_becomes_an_exception_and_is_given_back():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(ending.Terminated), ending.terminable():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("name", ["full", "json"])
def test_a_full_disk_is_code_2(name):
    with Path("/dev/full").open("wb") as full:
        done = spawn("check", "--output-format", name, stdout=full)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: PRV018: could not write to standard output: ")
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_who_goes_away_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = spawn("check", "--output-format", "json", stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="file descriptors of POSIX")
def test_a_closed_standard_output():
    command, environment = fake_engine.program()
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *command, "check"],
        env=environment, stderr=subprocess.PIPE, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: PRV018: standard output is closed")


def test_an_ascii_terminal_gets_escapes():
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = spawn("check", "--lang", "zh-CN", environment=ascii_only)
    assert done.returncode == 1
    assert done.stdout.startswith(b"\\u9519\\u8bef[PRV101]")
    document = spawn("check", "--output-format", "json", environment=ascii_only)
    assert json.loads(document.stdout.decode())["findings"][0]["label"]["zh"] == "收集IMEI"


# --- the language -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ([], {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US"}, "zh-CN"),
        ([], {"PRIVLINT_LANG": "en", "LC_ALL": "zh_CN"}, "en"),
        (["check", "--lang", "zh-CN"], {"PRIVLINT_LANG": "en"}, "zh-CN"),
        (["--lang=en", "check"], {"LANG": "zh_CN"}, "en"),
        (["check", "--", "--lang=zh"], {}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_language(arguments, environment, expected):
    assert language.choose(arguments, environment) == expected


def test_a_chinese_run(capsys, monkeypatch, engine):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    engine.ANSWER[0] = replace(engine.ANSWER[0], notes=(Text("a note", "一条说明"),))
    _, out, err = run(capsys, "check")
    assert out.startswith("错误[PRV101]: 收集了IMEI")
    assert err.startswith("说明：一条说明\n")


# --- start-up ---------------------------------------------------------------------------------------------------------


def test_a_run_imports_nothing_heavy():
    heavy = ["argparse", "json", "difflib", "unicodedata", "traceback", "urllib.parse", "subprocess", "rich", "pygls"]
    code = (
        "import sys, fake_engine; fake_engine.install(); before = set(sys.modules);"
        "from privlint.cli import main; main([{arguments}]);"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    command, environment = fake_engine.program()
    for arguments, forbidden in (("'--version'", heavy), ("'check', '-q'", heavy[1:])):
        done = subprocess.run(
            [*command[:-1], code.format(arguments=arguments)],
            env=environment, capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        assert not set(forbidden) & set(done.stderr.decode().split())


def test_version(capsys):
    code, out, _ = run(capsys, "--version")
    assert code == 0
    assert out.splitlines() == [
        f"privlint {privlint.__version__}",
        "rulebook abc123",
        "cn-necessary-2021: Provisions on Necessary Personal Information, 14, in force from 2021-05-01",
    ]
    assert run(capsys, "--version", "--lang", "zh-CN")[1].splitlines()[2].endswith("自 2021-05-01 起施行")
