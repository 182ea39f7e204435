"""A change cannot judge itself: with --trusted-config the policy is taken from where the change cannot reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import structs

from hostile_runs import source
from privlint import engine
from privlint.cli import main
from privlint.errors import UsageError
from privlint.model.finding import Report
from privlint.model.request import Request
from test_changes import Repository

APP = """[app]
name = "Example"
category = "utility"

"""
KOTLIN = source("kotlin")
WAIVER = """
[[waive]]
check = "PRV201"
path = "**"
reason = "Because"
owner = "someone"
until = 2099-01-01
"""
MARKED = KOTLIN.replace("= t.imei }", "= t.imei } // privlint: ignore[PRV201, PRV101] agreed with legal")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository whose branch `main` has a manifest and one finding."""
    folder = tmp_path / "project"
    folder.mkdir()
    made = Repository(folder)
    made.write("privlint.toml", APP)
    made.write("Phone.kt", KOTLIN)
    made.commit()
    made.git("checkout", "-q", "-b", "change")
    monkeypatch.chdir(folder)
    return made


def judged(reference: str = "main", **more: object) -> Report:
    return engine.run(structs.replace(Request(trusted_config=reference, cache=False), **more))


def active(report: Report) -> set[tuple[str, str]]:
    """What counts, without what is said of the policy."""
    found = [one for one in report.findings if not one.suppressed and one.place.path.endswith(".kt")]
    return {(one.check, one.place.path) for one in found if one.check.startswith(("PRV1", "PRV2"))}


def told(report: Report) -> list[str]:
    return [one.message.en for one in report.findings if one.check == "PRV015"]


CHANGES = {
    "exclude": ("privlint.toml", APP + '[check]\nexclude = ["**"]\n', "[check] exclude"),
    "ignore": ("privlint.toml", APP + '[check]\nignore = ["PRV"]\n', "[check] ignore"),
    "select": ("privlint.toml", APP + '[check]\nselect = ["PRV9"]\n', "[check] select"),
    "severity": ("privlint.toml", APP + '[check]\nseverity = { PRV101 = "info" }\n', "[check] severity"),
    "fail_on": ("privlint.toml", APP + '[check]\nfail_on = "never"\n', "[check] fail_on"),
    "waiver": ("privlint.toml", APP + WAIVER, "waives nothing in this run"),
    "category": ("privlint.toml", APP.replace("utility", "other"), 'category is "other" here and "utility" in main'),
    "supply": ("privlint.toml", APP + 'side = "supply"\n', "side is"),
    "gates": ("privlint.toml", APP + '[consent]\ngates = ["Phone.id"]\n', "[consent] gates"),
    "marker": ("Phone.kt", MARKED, "suppresses nothing in this run"),
    "marker of a file": ("Phone.kt", '@file:Suppress("privlint:PRV201,PRV101: x")\n' + KOTLIN, "suppresses nothing"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_change_of_the_policy_is_shown_and_has_no_effect(name: str, repository: Repository) -> None:
    before = judged()
    assert active(before)
    assert told(before) == []
    path, text, words = CHANGES[name]
    repository.write(path, text)
    for committed in (False, True):
        if committed:
            repository.commit()
        after = judged()
        assert active(after) == active(before)
        assert after.fail_on == "warning"
        assert [words in message for message in told(after)] == [True]
        assert all(one.severity == "info" for one in after.findings if one.check == "PRV015")


def test_without_trust_the_same_changes_count(repository: Repository) -> None:
    repository.write("privlint.toml", APP + WAIVER + WAIVER.replace("PRV201", "PRV101"))
    plain = engine.run(Request(cache=False))
    assert not active(plain)
    assert told(plain) == []


def test_grown_baseline_puts_nothing_aside(repository: Repository) -> None:
    assert main(["baseline", "create"]) == 0
    assert not active(engine.run(Request(cache=False)))
    report = judged()
    assert active(report)
    assert [message.startswith("the baseline has") for message in told(report)] == [True]
    repository.commit()
    assert not active(judged("change"))


def test_what_is_trusted_counts_although_it_is_gone_here(repository: Repository) -> None:
    repository.git("checkout", "-q", "main")
    repository.write("privlint.toml", APP + WAIVER + WAIVER.replace("PRV201", "PRV101"))
    repository.commit()
    repository.git("checkout", "-q", "change")
    report = judged()
    assert not active(report)
    assert [message.endswith("it counts all the same") for message in told(report)] == [True, True]
    (repository.folder / "privlint.toml").unlink()
    removed = judged()
    assert not active(removed)
    assert "was removed here" in told(removed)[0]


def test_declarations_come_from_the_tree(repository: Repository) -> None:
    assert [one.also for one in judged().findings if one.check == "PRV101"] == [("PRV201",)]
    declared = '[[collect]]\ndata = "imei"\npurpose = "Tell phones apart for support"\nconsent = "separate"\n'
    repository.write("privlint.toml", APP + declared)
    after = judged()
    assert told(after) == []
    assert [one.also for one in after.findings if one.check == "PRV101"] == [()]


def test_marker_counts_where_it_was_and_not_where_it_moved(repository: Repository) -> None:
    own_line = "// privlint: ignore[PRV201, PRV101] agreed with legal\n"
    kept = KOTLIN.replace("class Phone", own_line + "class Phone")
    repository.git("checkout", "-q", "main")
    repository.write("Phone.kt", kept)
    repository.commit()
    repository.git("checkout", "-q", "change")
    repository.git("merge", "-q", "main")
    assert not active(judged())
    repository.write("Phone.kt", "// moved down\n\n" + kept)
    assert not active(judged())
    repository.write("Phone.kt", kept.replace("class Phone", "class Other"))
    assert active(judged())
    repository.write("Phone.kt", KOTLIN)
    repository.write("Copy.kt", kept)
    report = judged()
    assert {path for _, path in active(report)} == {"Phone.kt", "Copy.kt"}
    assert len(told(report)) == 1


def test_nearer_manifest_of_the_change_does_not_govern(repository: Repository) -> None:
    repository.write("app/Phone.kt", KOTLIN)
    repository.write("app/privlint.toml", APP + '[check]\nexclude = ["**"]\n')
    report = judged(paths=("app",))
    assert {path for _, path in active(report)} == {"app/Phone.kt"}
    repository.write(".privlint.toml", "[check]\nexclude = ['**']\n")
    assert {path for _, path in active(judged())} == {"app/Phone.kt", "Phone.kt"}


def test_manifest_elsewhere(repository: Repository, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(APP + WAIVER, encoding="utf-8")
    repository.write("privlint.toml", APP + '[check]\nexclude = ["**"]\n')
    repository.write("Phone.kt", MARKED)
    report = judged(str(policy))
    assert active(report) == {("PRV101", "Phone.kt")}  # the marker counts for nothing
    assert len(told(report)) == 3  # exclude, the waiver that is not here, the marker
    assert any(str(policy) in note.en for note in report.notes)


@pytest.mark.parametrize("reference", ["privlint.toml", "./Phone.kt"])
def test_file_of_the_tree_is_refused(reference: str, repository: Repository) -> None:
    with pytest.raises(UsageError, match="part of what is examined"):
        judged(reference)
    (repository.folder.parent / "link.toml").symlink_to(repository.folder / "privlint.toml")
    with pytest.raises(UsageError, match="part of what is examined"):
        judged("../link.toml")


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("reference", ["gone", "--upload-pack=x", "HEAD:privlint.toml", "main@{upstream}"])
def test_what_is_neither_commit_nor_file(reference: str) -> None:
    with pytest.raises(UsageError, match="neither a commit nor a file"):
        judged(reference)


def test_first_manifest_is_judged_by_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Repository(tmp_path)
    made.write("Phone.kt", KOTLIN)
    made.commit()
    monkeypatch.chdir(tmp_path)
    made.write("privlint.toml", APP + '[check]\nexclude = ["**"]\n' + WAIVER)
    report = judged()
    assert active(report)
    assert len(told(report)) == 2
    assert "there is no manifest in main" in report.notes[0].en


def test_hostile_settings_of_the_repository_run_nothing(repository: Repository, tmp_path: Path) -> None:
    forged = tmp_path / "forged"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {forged}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    included = tmp_path / "included"
    included.write_text(f"[core]\n\tfsmonitor = {script}\n", encoding="utf-8")
    settings = repository.folder / ".git" / "config"
    with settings.open("a", encoding="utf-8") as file:
        file.write(
            f"[core]\n\tfsmonitor = {script}\n\thooksPath = {tmp_path}\n\tsshCommand = {script}\n\tpager = {script}\n"
            f"\teditor = {script}\n\tgitProxy = {script}\n\talternateRefsCommand = {script}\n"
            f'[diff]\n\texternal = {script}\n[diff "x"]\n\ttextconv = {script}\n\tcommand = {script}\n'
            f'[filter "x"]\n\tclean = {script}\n\tsmudge = {script}\n\tprocess = {script}\n\trequired = true\n'
            f'[alias]\n\tcat-file = "!{script}"\n\trev-parse = "!{script}"\n\tls-tree = "!{script}"\n'
            f'[credential]\n\thelper = "!{script}"\n[gpg]\n\tprogram = {script}\n'
            f"[uploadpack]\n\tpackObjectsHook = {script}\n"
            f'[include]\n\tpath = {included}\n[includeIf "gitdir:/"]\n\tpath = {included}\n'
        )
    for hook in ("post-checkout", "pre-commit", "post-index-change", "fsmonitor-watchman"):
        (repository.folder / ".git" / "hooks").mkdir(exist_ok=True)
        (repository.folder / ".git" / "hooks" / hook).symlink_to(script)
    repository.write(".gitattributes", "* filter=x diff=x\n")
    repository.write("privlint.toml", APP + '[check]\nexclude = ["**"]\n')
    assert active(judged())
    assert not forged.exists()


def test_command_line(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write("privlint.toml", APP + '[check]\nfail_on = "never"\n')
    assert main(["check", "--trusted-config", "main", "--output-format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    shown = [finding for finding in report["findings"] if finding["check"] == "PRV015"]
    assert [(one["path"], one["start"]["line"], one["severity"]) for one in shown] == [("privlint.toml", 6, "info")]
    assert main(["check", "--trusted-config", "main", "--isolated"]) == 2
    assert main(["explain", "PRV015"]) == 0
