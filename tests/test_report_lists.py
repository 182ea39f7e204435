"""`privlint report --format …` for what laws and stores ask for: what stands in each, and when it has gone stale."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from privlint import engine
from privlint.cli import main
from privlint.report.dossier import LISTS

EXAMPLES = Path(__file__).parent.parent / "examples"
HEAD = (
    "Question ID (machine readable),Response ID (machine readable),Response value,Answer requirement,"
    "Human-friendly question label\n"
)
USAGE = "PSL_DATA_USAGE_RESPONSES:{}:{},{},{},X,y\n"
FORM = (
    HEAD
    + "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA,,,REQUIRED,Does your app collect?\n"
    + 'PSL_DATA_COLLECTION_ENCRYPTED_IN_TRANSIT,,TRUE,MAYBE_REQUIRED,"Is it encrypted, in transit?"\n'
    + "PSL_DATA_TYPES_LOCATION,PSL_PRECISE_LOCATION,,MULTIPLE_CHOICE,Location / Precise location\n"
    + "PSL_DATA_TYPES_CONTACTS,PSL_CONTACTS,,MULTIPLE_CHOICE,Contacts / Contacts\n"
    + "PSL_DATA_TYPES_CALENDAR,PSL_CALENDAR,TRUE,MULTIPLE_CHOICE,Calendar / Calendar events\n"
    + "".join(
        USAGE.format(kind, about, response, value)
        for kind in ("PSL_PRECISE_LOCATION", "PSL_CONTACTS", "PSL_CALENDAR")
        for about, response, value in (
            ("PSL_DATA_USAGE_COLLECTION_AND_SHARING", "PSL_DATA_USAGE_ONLY_COLLECTED", ""),
            ("PSL_DATA_USAGE_COLLECTION_AND_SHARING", "PSL_DATA_USAGE_ONLY_SHARED", "TRUE"),
            ("PSL_DATA_USAGE_EPHEMERAL", "", "FALSE"),
            ("DATA_USAGE_USER_CONTROL", "PSL_DATA_USAGE_USER_CONTROL_OPTIONAL", ""),
            ("DATA_USAGE_USER_CONTROL", "PSL_DATA_USAGE_USER_CONTROL_REQUIRED", ""),
            ("DATA_USAGE_COLLECTION_PURPOSE", "PSL_APP_FUNCTIONALITY", ""),
        )
    )
)


def report(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["report", "--today", "2026-11-25", *arguments]) == code
    return capsys.readouterr().out


def play(capsys: pytest.CaptureFixture[str], form: Path, *arguments: str) -> dict[tuple[str, str], str]:
    text = report(capsys, str(EXAMPLES / "maps"), "--format", "play-data-safety", "--template", str(form), *arguments)
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == len(list(csv.reader(io.StringIO(FORM))))
    return {(row[0], row[1]): row[2] for row in rows}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "exported.csv"
    file.write_text(FORM, encoding="utf-8")
    return file


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_knows_when_the_published_one_is_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, language: str
) -> None:
    for ending in ("md", "csv"):
        file = tmp_path / f"list.{ending}"
        given = (str(EXAMPLES / "rides"), "--format", name, "--lang", language)
        report(capsys, *given, "--output", str(file))
        assert report(capsys, *given, "--check", str(file))
        file.write_text(file.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
        assert "- more" in report(capsys, *given, "--check", str(file), code=1).replace("  -", "  - ")


@pytest.mark.parametrize("name", ["policy-table", "processing-record", "apple-labels"])
def test_what_nothing_declares_is_in_no_list(capsys: pytest.CaptureFixture[str], name: str) -> None:
    text = report(capsys, str(EXAMPLES / "maps-undeclared"), "--format", name, "--lang", "en")
    assert "IMEI" not in text
    assert "Device ID" not in text
    assert "Address book" in text


def test_the_policy_table_goes_by_function(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    report(capsys, str(EXAMPLES / "maps"), "--format", "policy-table", "--lang", "en", "--output", str(file))
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    assert [row[0] for row in rows] == ["the basic service", "the basic service", "Send a route to a friend"]
    contacts = dict(zip(head, rows[2], strict=True))
    assert contacts["Permission"] == "READ_CONTACTS"
    assert contacts["If you refuse"] == "everything else goes on working"
    assert contacts["Sensitive: why necessary, and the effect on you"] == "to be written"


def test_the_record_says_where_an_assessment_comes_first(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    report(capsys, str(EXAMPLES / "rides"), "--format", "processing-record", "--lang", "en", "--output", str(file))
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    by = {row["Personal data"]: row["Impact assessment first"] for row in rows}
    assert by["Precise location"] == "yes"
    assert by["Phone number"] == "no"
    assert any(row["Activity"] == "SDK: AMap track" and row["Recipient"] == "AMap track" for row in rows)


def test_every_name_of_a_store_is_one_of_its_form() -> None:
    rulebook = engine.rulebook()
    (store,) = rulebook.stores
    names = {kind.name for kind in store.types}
    used = {name for kind in rulebook.data_types for name in kind.google_play}
    assert used <= names
    assert len({kind.response for kind in store.types}) == len(store.types)


# --- Google's form ----------------------------------------------------------------------------------------------------


def test_the_form_is_filled_as_far_as_the_manifest_goes(capsys: pytest.CaptureFixture[str], form: Path) -> None:
    found = play(capsys, form)
    usage = "PSL_DATA_USAGE_RESPONSES:{}:{}".format
    assert found["PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA", ""] == "TRUE"
    assert found["PSL_DATA_TYPES_LOCATION", "PSL_PRECISE_LOCATION"] == "TRUE"
    assert found["PSL_DATA_TYPES_CALENDAR", "PSL_CALENDAR"] == ""
    way = usage("PSL_PRECISE_LOCATION", "PSL_DATA_USAGE_COLLECTION_AND_SHARING")
    assert found[way, "PSL_DATA_USAGE_ONLY_COLLECTED"] == "TRUE"
    assert found[way, "PSL_DATA_USAGE_ONLY_SHARED"] == ""
    control = "DATA_USAGE_USER_CONTROL"
    assert found[usage("PSL_PRECISE_LOCATION", control), "PSL_DATA_USAGE_USER_CONTROL_REQUIRED"] == "TRUE"
    assert found[usage("PSL_CONTACTS", control), "PSL_DATA_USAGE_USER_CONTROL_REQUIRED"] == ""
    assert found[usage("PSL_CONTACTS", control), "PSL_DATA_USAGE_USER_CONTROL_OPTIONAL"] == "TRUE"


def test_what_the_manifest_cannot_say_stays_as_it_was(capsys: pytest.CaptureFixture[str], form: Path) -> None:
    found = play(capsys, form)
    assert found["PSL_DATA_COLLECTION_ENCRYPTED_IN_TRANSIT", ""] == "TRUE"
    assert found["PSL_DATA_USAGE_RESPONSES:PSL_CONTACTS:PSL_DATA_USAGE_EPHEMERAL", ""] == "FALSE"
    assert found["PSL_DATA_USAGE_RESPONSES:PSL_CALENDAR:PSL_DATA_USAGE_EPHEMERAL", ""] == ""


def test_what_it_leaves_open_is_named(capsys: pytest.CaptureFixture[str], form: Path) -> None:
    main(["report", str(EXAMPLES / "maps"), "--format", "play-data-safety", "--template", str(form), "--lang", "en"])
    told = capsys.readouterr().err
    assert "PSL_ADDRESS: the exported form has no such row" in told
    assert "PSL_CONTACTS:DATA_USAGE_COLLECTION_PURPOSE" in told


def test_what_stays_on_the_device_is_not_collected(capsys: pytest.CaptureFixture[str], form: Path) -> None:
    found = play(capsys, form, "--on-device", "contacts, precise-location,trip-destination")
    assert found["PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA", ""] == "FALSE"
    assert found["PSL_DATA_TYPES_CONTACTS", "PSL_CONTACTS"] == ""


def test_a_filled_form_is_held_against_itself(capsys: pytest.CaptureFixture[str], form: Path, tmp_path: Path) -> None:
    filled = tmp_path / "filled.csv"
    given = (str(EXAMPLES / "maps"), "--format", "play-data-safety")
    report(capsys, *given, "--template", str(form), "--output", str(filled))
    report(capsys, *given, "--check", str(filled))
    report(capsys, *given, "--check", str(form), code=1)


@pytest.mark.parametrize(
    ("text", "words"), [("a,b,c\n1,2,3\n", "not a Data safety form"), ("", "not a Data"), (HEAD + "X\n", "row 2")]
)
def test_another_file_is_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "x.csv"
    file.write_text(text, encoding="utf-8")
    given = ["report", str(EXAMPLES / "maps"), "--format", "play-data-safety"]
    assert main([*given, "--template", str(file)]) == 2
    assert words in capsys.readouterr().err
    assert main(given) == 2
    assert "--template" in capsys.readouterr().err
    file.write_text(FORM, encoding="utf-8")
    assert main([*given, "--template", str(file), "--on-device", "contatcs"]) == 2
    assert "contacts" in capsys.readouterr().err


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_the_document_holds_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    given = (str(EXAMPLES / "maps-undeclared"), "--format", "json")
    text = report(capsys, *given, "--lang", "en")
    assert text == report(capsys, *given, "--lang", "zh-CN")
    found = json.loads(text)
    page = (Path(__file__).parent.parent / "docs" / "report-json.md").read_text(encoding="utf-8")
    assert [key for key in found if f"`{key}`" not in page] == []
    assert [key for key in found["flows"][0] if f"`{key}`" not in page] == []
    flows = {flow["data"]: flow for flow in found["flows"]}
    assert flows["imei"]["standing"] == "unnecessary"
    assert flows["imei"]["declared"] is False
    assert flows["contacts"]["uses"][0]["basic"] is True
    assert sum(clause["findings"] for clause in found["clauses"]) == found["report"]["summary"]["findings"]
