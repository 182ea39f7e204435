"""The real Gradle runs the task of ci/privlint.gradle, and its Groovy reads the Jenkinsfile."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tree_sitter_kotlin
from tree_sitter import Language, Parser

ROOT = Path(__file__).parents[2]
KOTLIN = "package a\nimport android.telephony.TelephonyManager\nclass A(val t: TelephonyManager) { val x = t.imei }\n"


def gradle(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("gradle")
    if program is None:
        pytest.skip("gradle is not installed: apt-get install gradle")
    home = folder / ".gradle-home"
    return subprocess.run(
        [program, "--offline", "--no-daemon", "--gradle-user-home", str(home), *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("task", ["privlint", "check"])
def test_the_task(project: Path, environment: dict[str, str], task: str) -> None:
    command = project / "tool" / "privlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m privlint.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (project / "settings.gradle").write_text('rootProject.name = "app"\n', encoding="utf-8")
    (project / "build.gradle").write_text(
        f'apply plugin: "base"\napply from: "{ROOT / "ci" / "privlint.gradle"}"\n', encoding="utf-8"
    )
    (project / "A.kt").write_text(KOTLIN, encoding="utf-8")
    done = gradle(project, environment, f"-Pprivlint={command}", task)
    said = done.stdout + done.stderr
    assert "A.kt:3:" in said, said
    assert "PRV201" in said
    assert done.returncode == 1
    (project / "A.kt").write_text("class A\n", encoding="utf-8")
    done = gradle(project, environment, f"-Pprivlint={command}", task)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_groovy_reads_the_jenkinsfile(project: Path, environment: dict[str, str]) -> None:
    (project / "build.gradle").write_text(
        f'new GroovyShell().parse(new File("{ROOT / "ci" / "Jenkinsfile"}"))\n'
        'try { new GroovyShell().parse("pipeline {"); throw new IllegalStateException("read a broken one") }\n'
        "catch (org.codehaus.groovy.control.CompilationFailedException expected) { }\n",
        encoding="utf-8",
    )
    done = gradle(project, environment, "help")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_snippets_say_the_same() -> None:
    said = [
        re.findall(r'"([^"]+)"', (ROOT / "ci" / name).read_text(encoding="utf-8").partition("tasks.")[2])
        for name in ("privlint.gradle", "privlint.gradle.kts")
    ]
    assert said[0] == said[1]


def test_the_kotlin_snippet_is_kotlin() -> None:
    """No Gradle with the Kotlin DSL comes from a package registry: it is only parsed."""
    parser = Parser(Language(tree_sitter_kotlin.language()))
    assert not parser.parse((ROOT / "ci" / "privlint.gradle.kts").read_bytes()).root_node.has_error
    assert parser.parse(b"tasks.register<Exec>(").root_node.has_error
