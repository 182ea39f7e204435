"""What build servers start: the step of the GitHub action, and the GitLab job."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import privlint
from privlint.cli import main

yaml = pytest.importorskip("yaml")  # comes with pre-commit
ROOT = Path(__file__).parent.parent
KOTLIN = "package a\nimport android.telephony.TelephonyManager\nclass A(val t: TelephonyManager) { val x = t.imei }\n"


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """The variables of a step, and privlint as the action installs it."""
    program = tmp_path / "privlint"
    source = Path(privlint.__file__).parent.parent
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(source))} exec {shlex.quote(sys.executable)} -m privlint "$@"\n'
    )
    program.chmod(0o755)
    return {
        "PATH": os.environ["PATH"],
        "PRIVLINT": str(program),
        "PRIVLINT_CACHE_DIR": os.environ["PRIVLINT_CACHE_DIR"],
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }


def step(folder: Path, variables: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    given = {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
    command = [str(ROOT / "ci" / "github-action.sh")]
    return subprocess.run(
        command, cwd=folder, env={**variables, **given}, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def test_the_step(tmp_path: Path, runner: dict[str, str]) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "A.kt").write_text(KOTLIN)
    (tmp_path / "summary").write_text("of an earlier command\n")
    done = step(app, runner, paths="A.kt\n", sarif="out.sarif")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=A.kt,line=3,")
    assert (app / "out.sarif").exists()
    summary = (tmp_path / "summary").read_text(encoding="utf-8")
    assert summary.startswith("of an earlier command\n### privlint\n")
    assert (tmp_path / "output").read_text() == "exit-code=1\n"
    assert step(app, runner, fail_on="never", lang="zh-CN").returncode == 0


def test_inputs_are_never_commands(tmp_path: Path, runner: dict[str, str]) -> None:
    app = tmp_path / "app"
    app.mkdir()
    name = "$(touch stain);`touch stain`.kt"
    (app / name).write_text(KOTLIN)
    assert step(app, runner, paths=f"{name}\n--help", since="").returncode == 2  # --help is a path, and there is none
    assert step(app, runner, paths=name).returncode == 1
    assert step(app, runner, since="$(touch stain)").returncode == 2
    assert not (app / "stain").exists()


def test_the_action_hands_its_inputs_over_as_variables() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    steps = action["runs"]["steps"]
    assert not any("${{" in one.get("run", "") for one in steps)
    script = (ROOT / "ci" / "github-action.sh").read_text(encoding="utf-8")
    (run,) = [one for one in steps if one.get("id") == "privlint"]
    handed = {name.removeprefix("INPUT_") for name in run["env"] if name.startswith("INPUT_")}
    assert handed == {name.upper().replace("-", "_") for name in action["inputs"]} - {"UPLOAD_SARIF"}
    assert all(f"INPUT_{name}" in script for name in handed)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_pull_request_is_judged_by_its_base(tmp_path: Path, runner: dict[str, str]) -> None:
    """A change declares, waives and ignores everything, and removes nothing: the base's manifest still counts."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q")
    (origin / "privlint.toml").write_text('[app]\nname = "Example"\ncategory = "other"\n')
    git(origin, "add", "--all")
    git(origin, "commit", "-q", "-m", "Begin")
    base = git(origin, "rev-parse", "HEAD")
    (origin / "A.kt").write_text(KOTLIN)
    (origin / "privlint.toml").write_text('[app]\nname = "Example"\ncategory = "other"\n[check]\nignore = ["PRV201"]\n')
    git(origin, "add", "--all")
    git(origin, "commit", "-q", "-m", "Loosen")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "-q", "--depth=1", origin.as_uri(), "app")  # as a shallow checkout has it
    app = tmp_path / "app"
    loosened = step(app, runner, paths="A.kt")
    assert loosened.returncode == 0, loosened.stderr
    judged = step(app, runner, paths="A.kt", trusted_config=base)
    assert judged.returncode == 1, judged.stderr
    assert judged.stdout.startswith("::error file=A.kt,line=3,")
    assert base[:12] in judged.stderr + judged.stdout + (tmp_path / "summary").read_text(encoding="utf-8")
    assert step(app, runner, paths="A.kt", trusted_config="head").returncode == 0
    assert step(app, runner, paths="A.kt", trusted_config="0" * 40).returncode == 2


def test_the_gitlab_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))["privlint"]
    command = next(line for line in job["script"] if line.startswith("privlint "))
    (tmp_path / "A.kt").write_text(KOTLIN)
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command)[1:]) == 1
    assert all((tmp_path / name).exists() for name in job["artifacts"]["reports"].values())


def test_the_gitee_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = yaml.safe_load((ROOT / "ci" / "gitee.yml").read_text(encoding="utf-8"))
    (stage,) = pipeline["stages"]
    (one,) = stage["steps"]
    command = next(line for line in one["commands"] if line.startswith("privlint "))
    (tmp_path / "A.kt").write_text(KOTLIN)
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command)[1:]) == 1
    assert [(tmp_path / name).exists() for name in one["artifacts"][0]["path"]] == [True]


def test_the_jenkins_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "ci" / "Jenkinsfile").read_text(encoding="utf-8")
    command = next(line.strip() for line in text.splitlines() if 'bin/privlint" check' in line)
    (tmp_path / "A.kt").write_text(KOTLIN)
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command)[1:]) == 1
    assert (tmp_path / "privlint.xml").exists()
    assert (tmp_path / "privlint-checkstyle.xml").exists()
