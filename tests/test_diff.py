"""`privlint diff`: what a change adds and removes, in real repositories, and that git is trusted with nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from apps import gradle, permissions
from privlint import engine
from privlint.cli import main
from privlint.errors import UsageError
from privlint.model.drift import Drift
from privlint.model.request import Request
from privlint.report import drift as shown
from privlint.report.view import View
from repositories import commit, git, write

CODE = "app/src/main/java/com/example/Main.kt"
BASE = {
    "privlint.toml": '[app]\nname = "Notes"\ncategory = "utility"\npolicy = "https://example.com/p"\n',
    "settings.gradle": "include ':app'\n",
    "app/build.gradle": gradle("androidx.core:core-ktx"),
    "app/src/main/AndroidManifest.xml": permissions("INTERNET"),
    CODE: "package com.example\n\nfun nothing() = Unit\n",
}
APPS = """package com.example

import android.content.pm.PackageManager

fun apps(manager: PackageManager) = manager.getInstalledPackages(0)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path, BASE)
    commit(tmp_path)
    return tmp_path


def since(folder: Path, reference: str = "main") -> Drift:
    return engine.drift(Request(paths=(str(folder),), today="2026-11-24", jobs=1), reference)


def test_nothing_changed(repository):
    found = since(repository)
    assert (found.added, found.removed) == ((), ())
    assert list(shown.render("text", found, View())) == ["since main: no data, permission or SDK was added or removed"]


def test_a_change_adds_what_a_utility_app_needs_not(repository):
    write(repository, {CODE: APPS, "app/src/main/AndroidManifest.xml": permissions("INTERNET", "QUERY_ALL_PACKAGES")})
    found = since(repository)
    assert [(item.matter, item.id, item.severity) for item in found.added] == [
        ("data", "installed-apps", "warning"),
        ("permission", "android.permission.QUERY_ALL_PACKAGES", "warning"),
    ]
    assert found.added[0].judgement.en == ("not necessary for the basic service of a utilities app, which needs none")
    assert found.app.en == "a utilities app"
    assert shown.fails(found)


def test_sdks_come_and_go(repository):
    write(repository, {"app/build.gradle": gradle("com.google.firebase:firebase-crashlytics", "com.example.x:y")})
    found = since(repository)
    assert [(item.matter, item.severity) for item in found.added] == [("library", None), ("sdk", "warning")]
    git(repository, "commit", "-q", "-a", "-m", "two")
    write(repository, BASE)
    back = since(repository)
    assert [item.matter for item in back.removed] == ["library", "sdk"]
    assert not shown.fails(back)


def test_a_removed_file_and_a_branch_that_went_on(repository):
    write(repository, {CODE: APPS})
    git(repository, "commit", "-q", "-a", "-m", "apps")
    git(repository, "checkout", "-q", "-b", "work", "HEAD~1")
    assert since(repository).removed == ()  # what only main has gained is no loss of this branch
    git(repository, "checkout", "-q", "main")
    (repository / CODE).unlink()
    assert [item.id for item in since(repository, "HEAD").removed] == ["installed-apps"]


def test_an_app_below_the_top_of_the_repository(tmp_path):
    write(tmp_path, {f"apps/notes/{path}": text for path, text in BASE.items()})
    write(tmp_path, {"other/Main.kt": APPS})
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    write(tmp_path, {f"apps/notes/{CODE}": APPS})
    found = since(tmp_path / "apps" / "notes")
    assert [(item.id, item.place.path) for item in found.added] == [("installed-apps", CODE)]


def test_names_that_cannot_be_compared_with(repository, tmp_path_factory):
    for reference in ("nowhere", "--upload-pack=touch x", "-h"):
        with pytest.raises(UsageError, match="git knows no commit"):
            since(repository, reference)
    bare = tmp_path_factory.mktemp("plain")
    write(bare, BASE)
    with pytest.raises(UsageError, match="no git repository"):
        since(bare)


def test_a_hostile_tree_writes_nothing_elsewhere(repository):
    blob = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=repository, input=APPS.encode(), capture_output=True, check=True
    ).stdout.decode()
    entry = f"100644 blob {blob.strip()}\t..\n"
    made = subprocess.run(["git", "mktree"], cwd=repository, input=entry.encode(), capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this git makes no such tree")
    outer = f"040000 tree {made.stdout.decode().strip()}\tx\n"
    tree = subprocess.run(["git", "mktree"], cwd=repository, input=outer.encode(), capture_output=True, check=True)
    environment = {**os.environ, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com"}
    environment |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com"}
    made = subprocess.run(
        ["git", "commit-tree", "-m", "x", tree.stdout.decode().strip()],
        cwd=repository,
        capture_output=True,
        check=True,
        env=environment,
    )
    found = since(repository, made.stdout.decode().strip())
    assert found.removed == ()


def test_settings_of_the_repository_start_no_program(repository):
    witness = repository / "started"
    git(repository, "config", "core.fsmonitor", f"touch {witness}")
    git(repository, "config", "diff.external", f"touch {witness}")
    git(repository, "config", "filter.x.smudge", f"touch {witness}")
    write(repository, {".gitattributes": "* filter=x\n", CODE: APPS})
    since(repository)
    assert not witness.exists()


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_in_both_languages_and_formats(repository, monkeypatch, capsys):
    write(repository, {CODE: APPS})
    monkeypatch.chdir(repository)
    assert main(["diff", "main", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[0].startswith(f"+ personal data: list of installed apps [installed-apps] ({CODE}:5)")
    assert "PRV101 warning: list of installed apps is collected but not necessary" in out
    assert main(["diff", "main", "--lang", "zh-CN", "--output-format", "markdown"]) == 1
    out = capsys.readouterr().out
    assert "| 个人信息 | 已安装应用列表 \\[installed-apps\\] |" in out
    assert main(["diff", "main", "--exit-zero"]) == 0
    assert main(["diff", "main", "--fail-on", "error"]) == 0
    assert main(["diff", "nowhere"]) == 2
    assert main(["diff", "main", "--output-format", "pdf"]) == 2
    assert main(["diff", "main", "--output-format", "markdown=out.md"]) == 1
    assert (repository / "out.md").read_text(encoding="utf-8").startswith("### privlint\n")


def test_markup_in_a_name_is_inert_in_markdown(repository):
    path = "app/src/main/java/<img src=x>|`a`.kt"
    write(repository, {path: APPS})
    lines = list(shown.render("markdown", since(repository), View()))
    row = next(line for line in lines if "installed" in line)
    assert "<img" not in row.replace("\\<", "")
    assert row.count("|") - row.count("\\|") == 5


def test_a_file_that_cannot_be_read_makes_it_incomplete(repository, monkeypatch, capsys):
    write(repository, {"app/src/main/AndroidManifest.xml": "<!DOCTYPE x><manifest/>"})
    monkeypatch.chdir(repository)
    assert main(["diff", "main"]) == 3
    assert "could not be examined" in capsys.readouterr().err


# --- what users are told ----------------------------------------------------------------------------------------------


def test_more_data_and_the_same_address_is_information_without_a_version(repository):
    write(repository, {CODE: APPS})
    (finding,) = since(repository).findings
    assert (finding.check, finding.severity, finding.place.start.line) == ("PRV208", "info", 4)
    assert finding.message.en.startswith("new or changed: list of installed apps")
    assert finding.related[0].place.path == CODE


def test_a_version_that_stays_is_a_warning_and_one_that_is_raised_is_silent(repository):
    manifest = BASE["privlint.toml"] + 'policy_version = "1"\n'
    write(repository, {"privlint.toml": manifest})
    commit(repository)
    write(repository, {CODE: APPS})
    (finding,) = since(repository).findings
    assert (finding.severity, finding.place.start.line) == ("warning", 5)
    write(repository, {"privlint.toml": manifest.replace('"1"', '"2"')})
    assert since(repository).findings == ()


def test_what_was_not_there_or_cannot_be_read_says_nothing(repository):
    write(repository, {"privlint.toml": "[app\n"})
    commit(repository)
    write(repository, {"privlint.toml": BASE["privlint.toml"], CODE: APPS})
    assert since(repository).findings == ()


def test_a_waiver_counts_and_both_formats_show_the_rest(repository):
    write(repository, {CODE: APPS})
    found = since(repository)
    for name in shown.FORMATS:
        (line,) = [line for line in shown.render(name, found, View()) if "PRV208" in line]
        assert "privlint.toml:4" in line
    waiver = '\n[[waive]]\ncheck = "PRV208"\npath = "privlint.toml"\nreason = "r"\nowner = "o"\nuntil = 2027-01-01\n'
    write(repository, {"privlint.toml": BASE["privlint.toml"] + waiver})
    assert since(repository).findings == ()


def test_a_check_of_today_alone_says_nothing_of_yesterday(repository):
    write(repository, {CODE: APPS})
    report = engine.run(Request(paths=(str(repository),), today="2026-11-24", jobs=1))
    assert not any(one.check in {"PRV208", "PRV209"} for one in report.findings)
