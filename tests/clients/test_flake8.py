"""The real flake8, in processes of its own, with the plugin found by its entry point."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from privlint.engine import Session
from privlint.flake8_plugin import Plugin

SOURCE = '''"""Read a phone's identifier."""

from jnius import cast


def read(service):
    """Give it."""
    manager = cast("android.telephony.TelephonyManager", service)
    smile = "😀中"; return smile, manager.getImei()
'''
FOUND = (9, 41)  # of getImei; the emoji and the ideograph are one column each

MANIFEST = """\
[app]
name = "Example"
category = "other"

[[collect]]
data = "imei"
purpose = "Tell devices apart"
consent = "separate"
"""

BROKEN_MANIFEST = '[app]\nname = "Example"\ncategroy = "other"\n'


@pytest.fixture(autouse=True)
def _installed(require: Callable[[bool, str], None]) -> None:
    require("PRV" in {one.name for one in entry_points(group="flake8.extension")}, "privlint[flake8] is not installed")


def flake8(
    folder: Path, environment: dict[str, str], *arguments: str, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=PRV,E9", *arguments]
    if "--isolated" in arguments or (folder / ".flake8").exists():
        command.remove("--isolated")
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def places(output: str) -> list[tuple[str, int, int, str]]:
    found = []
    for line in output.splitlines():
        path, row, column, rest = line.split(":", 3)
        found.append((path, int(row), int(column), rest.split()[0]))
    return found


def test_finding_stands_where_the_name_stands(project: Path, environment: dict[str, str]) -> None:
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    done = flake8(project, environment, ".")
    assert done.stderr == ""
    assert done.returncode == 1
    assert places(done.stdout) == [("./phone.py", *FOUND, "PRV201")]
    assert SOURCE.splitlines()[FOUND[0] - 1][FOUND[1] - 1 :].startswith("getImei")


def test_declared_data_is_silent(project: Path, environment: dict[str, str]) -> None:
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    (project / "privlint.toml").write_text(MANIFEST, encoding="utf-8")
    done = flake8(project, environment, ".")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_named_manifest_is_used(project: Path, environment: dict[str, str], tmp_path: Path) -> None:
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "elsewhere.toml").write_text(MANIFEST, encoding="utf-8")
    done = flake8(project, environment, "--privlint-config=../elsewhere.toml", ".")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_manifest_named_in_the_configuration_file(project: Path, environment: dict[str, str]) -> None:
    (project / "config").mkdir()
    (project / "config" / "names.toml").write_text(MANIFEST, encoding="utf-8")
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    (project / ".flake8").write_text("[flake8]\nprivlint-config = config/names.toml\n", encoding="utf-8")
    done = flake8(project, environment, ".")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_noqa_is_honoured(project: Path, environment: dict[str, str]) -> None:
    (project / "phone.py").write_text(SOURCE.replace("getImei()", "getImei()  # noqa: PRV201"), encoding="utf-8")
    (project / "other.py").write_text(SOURCE.replace("getImei()", "getImei()  # noqa: PRV101"), encoding="utf-8")
    assert places(flake8(project, environment, ".").stdout) == [("./other.py", *FOUND, "PRV201")]


def test_own_markers_are_honoured(project: Path, environment: dict[str, str]) -> None:
    marked = SOURCE.replace("getImei()", "getImei()  # privlint: ignore[PRV201] a test device")
    (project / "phone.py").write_text(marked, encoding="utf-8")
    assert flake8(project, environment, ".").stdout == ""


def test_per_file_ignores_are_honoured(project: Path, environment: dict[str, str]) -> None:
    for name in ("phone.py", "legacy.py"):
        (project / name).write_text(SOURCE, encoding="utf-8")
    done = flake8(project, environment, "--per-file-ignores=legacy.py:PRV", ".")
    assert places(done.stdout) == [("./phone.py", *FOUND, "PRV201")]


def test_excluded_files_are_silent(project: Path, environment: dict[str, str]) -> None:
    (project / "third_party").mkdir()
    (project / "third_party" / "phone.py").write_text(SOURCE, encoding="utf-8")
    (project / "privlint.toml").write_text('[check]\nexclude = ["third_party/**"]\n', encoding="utf-8")
    assert flake8(project, environment, ".").stdout == ""


def test_two_processes_say_the_same_as_one(project: Path, environment: dict[str, str]) -> None:
    for number in range(12):
        (project / f"phone_{number:02}.py").write_text(SOURCE, encoding="utf-8")
    one = flake8(project, environment, "-j1", ".")
    two = flake8(project, environment, "-j2", ".")
    assert len(places(one.stdout)) == 12
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)


def test_standard_input_is_examined(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MANIFEST, encoding="utf-8")
    assert flake8(project, environment, "-", text=SOURCE).stdout == ""
    (project / "privlint.toml").unlink()
    assert places(flake8(project, environment, "-", text=SOURCE).stdout) == [("stdin", *FOUND, "PRV201")]
    named = flake8(project, environment, "--stdin-display-name=src/phone.py", "-", text=SOURCE)
    assert places(named.stdout) == [("src/phone.py", *FOUND, "PRV201")]


def test_broken_python_keeps_the_other_results(project: Path, environment: dict[str, str]) -> None:
    (project / "broken.py").write_text("def read(:\n    manager.getImei()\n", encoding="utf-8")
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    done = flake8(project, environment, ".")
    assert [code for *_, code in places(done.stdout)] == ["E999", "PRV201"]
    assert done.stderr == ""


def test_deep_python_keeps_the_other_results(project: Path, environment: dict[str, str]) -> None:
    deep = "value = " + "[" * 90 + "manager.getImei()" + "]" * 90
    (project / "deep.py").write_text(SOURCE + deep + "\n", encoding="utf-8")
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    done = flake8(project, environment, ".")
    assert [(path, code) for path, *_, code in places(done.stdout)] == [
        ("./deep.py", "PRV201"),
        ("./phone.py", "PRV201"),
    ]
    assert done.stderr == ""


def test_wrong_manifest_is_a_code_on_each_file(project: Path, environment: dict[str, str]) -> None:
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    (project / "clean.py").write_text('"""Nothing."""\n', encoding="utf-8")
    (project / "privlint.toml").write_text(BROKEN_MANIFEST, encoding="utf-8")
    done = flake8(project, environment, ".")
    assert [code for *_, code in places(done.stdout)] == ["PRV014", "PRV014"]
    assert f"{project / 'privlint.toml'}:3:" in done.stdout
    assert "category" in done.stdout
    assert done.stderr == ""


def test_messages_in_chinese(project: Path, environment: dict[str, str]) -> None:
    (project / "phone.py").write_text(SOURCE, encoding="utf-8")
    english = flake8(project, environment, ".").stdout
    chinese = flake8(project, environment, "--privlint-lang=zh-CN", ".").stdout
    assert places(chinese) == places(english)
    assert "收集" in chinese


def test_less_grave_findings_on_request(project: Path, environment: dict[str, str]) -> None:
    (project / "tests").mkdir()
    (project / "tests" / "test_phone.py").write_text(SOURCE, encoding="utf-8")
    assert flake8(project, environment, ".").stdout == ""
    shown = flake8(project, environment, "--privlint-severity=info", ".").stdout
    assert places(shown) == [("./tests/test_phone.py", *FOUND, "PRV201")]


def test_crash_is_a_code(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RecursionError("too deep\n::error::")

    monkeypatch.setattr(Session, "update", crash)
    monkeypatch.setattr(Plugin, "_sessions", None)
    found = list(Plugin(None, str(project / "phone.py"), [SOURCE]).run())  # type: ignore[arg-type]
    assert [(line, column, text.split()[0]) for line, column, text, _ in found] == [(1, 0, "PRV099")]
    assert "\n" not in found[0][2]


def test_plugin_costs_little_to_import() -> None:
    heavy = "{'msgspec', 'tree_sitter', 'pathspec', 'privlint.engine', 'pygls'}"
    code = f"import sys, privlint.flake8_plugin; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
