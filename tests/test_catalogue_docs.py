"""The pages that are made of the catalogue, and the reasons for what is not in it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from privlint.rulebook.load import load

ROOT = Path(__file__).parent.parent


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a script by its name, and forget it afterwards."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))

    def get(name: str) -> Any:
        monkeypatch.delitem(sys.modules, name, raising=False)
        return import_module(name)

    return get


def test_the_pages_say_what_the_rules_say(script: Any) -> None:
    expected = script("make_catalogue_docs").build()
    folder = ROOT / "docs" / "catalogue"
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert sorted(found) == sorted(expected), "run: python scripts/make_catalogue_docs.py"
    for name, text in expected.items():
        assert found[name] == text, f"{name}: run python scripts/make_catalogue_docs.py"


def test_what_is_left_out_has_no_entry(script: Any) -> None:
    coverage = script("coverage")
    known = coverage.known_by(load(str(ROOT / "rules")))
    both = [
        f"{owner}.{member}"
        for owner, member in coverage.left_out()
        if member in known.members.get(owner, ()) or (member == "*" and owner in known.members)
    ]
    assert both == []


ROWS = {
    "android\ta.b.C\tgetImei\tcall\tdevice identifier\t": "reads",
    "android\tandroid.util.Log\td\tcall\tsink: log\t": "sink",
    "android\tandroid.app.Activity\trequestPermissions\tcall\tpermission request\t": "request",
    "android\tcom.example.Sdk\tsetAllowed\tcall\tSDK consent/limit API: tells it\tExample SDK": "consent",
    "android\tcom.example.Sdk\tinit\tcall\tusage events\tExample SDK": "an SDK",
    "android\tcom.example.Sdk\tgetId\tcall\tdevice identifier\tExample SDK": "reads",
    "android\tandroid.content.ContentResolver\tquery\tcall\tpersonal data decided by the URI argument\t": (
        "needs more than its name"
    ),
    "android\tandroid.permission\tCAMERA\tpermission\tcamera image\tprotection=dangerous": "declared elsewhere",
    "server\ta model field\tphone\tfield\tphone number\t": "a field, judged by its name",
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row.split("\t")[1:3]))
def test_what_a_row_does(script: Any, tmp_path: Path, row: str) -> None:
    coverage = script("coverage")
    table = tmp_path / "table.tsv"
    header = "platform\tfully_qualified_class\tmember\tkind\tdata_type\tnote"
    table.write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert [coverage.reads(found) for found in coverage.read(table)] == [ROWS[row]]
