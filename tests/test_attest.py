"""`privlint attest`: the shape of the statement, what it must not hold, and that it is the same every time."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from privlint.cli import main
from privlint.report import attestation

EXAMPLES = Path(__file__).parent.parent / "examples"
DOCUMENT = Path(__file__).parent.parent / "docs" / "attestation.md"
STATEMENT = {  # of in-toto's specification, version 1
    "type": "object",
    "required": ["_type", "subject", "predicateType"],
    "properties": {
        "_type": {"const": "https://in-toto.io/Statement/v1"},
        "subject": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["digest"],
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "digest": {
                        "type": "object",
                        "minProperties": 1,
                        "properties": {
                            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                            "gitCommit": {"type": "string", "pattern": "^[0-9a-f]{40,64}$"},
                            "gitTree": {"type": "string", "pattern": "^[0-9a-f]{40,64}$"},
                        },
                        "additionalProperties": False,
                    },
                },
            },
        },
        "predicateType": {"type": "string", "format": "uri"},
        "predicate": {"type": "object"},
    },
    "additionalProperties": False,
}


def attest(capsys: pytest.CaptureFixture[str], folder: Path, *more: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["attest", str(folder), "--today", "2026-11-25", *more]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    shutil.copytree(EXAMPLES / "rides-undeclared", folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_it_has_the_shape_of_a_statement(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    found = attest(capsys, app, code=1)
    jsonschema_rs.validator_for(STATEMENT, validate_formats=True).validate(found)
    assert msgspec.convert(found, attestation.Statement).predicate.tool.name == "privlint"


def test_every_key_is_documented(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    page = DOCUMENT.read_text(encoding="utf-8")
    predicate = attest(capsys, app, code=1)["predicate"]
    assert [key for key in predicate if f"`predicate.{key}`" not in page] == []
    inner = [
        key
        for value in predicate.values()
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, dict)
        for key in one
    ]
    inner += [*predicate["findings"]["list"][0]]
    assert [key for key in inner if f"`{key}`" not in page] == []


def test_it_says_what_the_check_says(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    predicate = attest(capsys, app, code=1)["predicate"]
    main(["check", str(app), "--today", "2026-11-25", "--output-format", "json"])
    checked = json.loads(capsys.readouterr().out)
    assert predicate["findings"]["by_check"] == checked["summary"]["by_check"]
    assert {one["fingerprint"] for one in predicate["findings"]["list"]} == {
        one["fingerprint"] for one in checked["findings"]
    }
    assert predicate["verdict"] == {"state": "findings", "fail_on": "warning", "exit_code": 1}
    counted = predicate["coverage"]
    assert counted["discovered"] == counted["scanned"] + counted["skipped"] + counted["failed"] > 0


def test_no_code_and_no_path_is_in_it(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    manifest = app / "privlint.toml"
    waiver = '[[waive]]\ncheck = "PRV101"\npath = "app/**"\nreason = "Ticket 1"\nowner = "team"\nuntil = 2026-12-31\n'
    manifest.write_text(f"{manifest.read_text(encoding='utf-8')}\n{waiver}", encoding="utf-8")
    found = attest(capsys, app, code=1)
    text = json.dumps(found, ensure_ascii=False)
    for word in (".java", ".kt", "app/", "android.", "com.example", "privlint.toml", str(app.parent)):
        assert word not in text
    (waived,) = found["predicate"]["waivers"]
    assert waived == {
        "check": "PRV101",
        "reason": "Ticket 1",
        "owner": "team",
        "until": "2026-12-31",
        "active": True,
    }
    assert found["predicate"]["findings"]["suppressed_by"] == {"waiver": 2}


def test_the_digest_can_be_made_again(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    main(["check", str(app), "--output-format", "json"])
    coverage = json.loads(capsys.readouterr().out)["coverage"]
    lines = [
        f"{sha256((app / one['path']).read_bytes()).hexdigest()}  {one['path']}\n"
        for one in coverage
        if one["status"] == "scanned"
    ]
    (subject,) = attest(capsys, app, code=1)["subject"]
    assert (
        subject["digest"]["sha256"] == sha256("".join(sorted(lines, key=lambda line: line[66:])).encode()).hexdigest()
    )


def test_it_is_the_same_every_time_and_another_for_other_sources(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    first = attest(capsys, app, "--lang", "en", code=1)
    assert attest(capsys, app, "--lang", "zh-CN", code=1) == first
    source = next(app.rglob("*.java"))
    source.write_text(source.read_text(encoding="utf-8") + "// more\n", encoding="utf-8")
    assert attest(capsys, app, code=1)["subject"] != first["subject"]


def test_a_commit_is_named_only_where_the_files_are_its_own(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    assert len(attest(capsys, app, code=1)["subject"]) == 1
    git(app, "init", "-q")
    git(app, "add", "-A")
    git(app, "commit", "-q", "-m", "x")
    found = attest(capsys, app, code=1)
    assert found["subject"][1]["digest"] == {
        "gitCommit": git(app, "rev-parse", "HEAD"),
        "gitTree": git(app, "rev-parse", "HEAD^{tree}"),
    }
    assert found["predicate"]["sources"]["modified"] == 0
    source = next(app.rglob("*.java"))
    source.write_text(source.read_text(encoding="utf-8") + "// more\n", encoding="utf-8")
    found = attest(capsys, app, code=1)
    assert [subject["name"] for subject in found["subject"]] == ["examined-files"]
    assert found["predicate"]["sources"]["modified"] == 1


def test_a_clean_app_ends_with_0_and_a_wrong_level_with_2(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    assert attest(capsys, EXAMPLES / "maps")["predicate"]["verdict"]["state"] == "clean"
    attest(capsys, app, "--exit-zero")
    assert main(["attest", str(app), "--fail-on", "eror"]) == 2
    assert "error" in capsys.readouterr().err
