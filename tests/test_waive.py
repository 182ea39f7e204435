"""`privlint waive`: what it writes, what it leaves as it was, and how days are counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from privlint import engine
from privlint.cli import main
from privlint.model.calendar import working_days_after
from privlint.model.request import Request

MANIFEST = '# ours\n[app]\nname = "A"   # as in the store\ncategory = "map-navigation"\n'
KOTLIN = "package a\nimport android.telephony.TelephonyManager\nclass A(val t: TelephonyManager) { val x = t.imei }\n"
TODAY = "2026-09-18"
WHY = ("--reason", "Removed in 5.2", "--owner", "map-team", "--until", "2026-12-31", "--today", TODAY)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "privlint.toml").write_text(MANIFEST)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "A.kt").write_text(KOTLIN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["waive", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def counted(start: str, number: int) -> str:
    found = working_days_after(date.fromisoformat(start), number, engine.rulebook().calendars[0])
    return f"{found.day.isoformat()} {found.unknown}"


def test_a_waiver_is_added_and_counts(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "prv101", "src/A.kt", *WHY)
    assert (code, out, err) == (0, "privlint.toml: PRV101 is waived for src/A.kt until 2026-12-31\n", "")
    table = '\n[[waive]]\ncheck = "PRV101"\npath = "src/A.kt"\nreason = "Removed in 5.2"\nowner = "map-team"\n'
    assert (app / "privlint.toml").read_text() == f"{MANIFEST}{table}until = 2026-12-31\n"
    (finding,) = engine.run(Request(today=TODAY)).findings
    assert (finding.check, finding.suppressed) == ("PRV101", "waiver")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", [True, False])
def test_what_was_there_stays_byte_for_byte(
    app: Path, capsys: pytest.CaptureFixture[str], end: str, mark: str, last: bool
) -> None:
    before = (mark + (MANIFEST if last else MANIFEST.rstrip())).replace("\n", end).encode()
    (app / "privlint.toml").write_bytes(before)
    assert run(capsys, "PRV101", "src", *WHY)[0] == 0
    assert run(capsys, "PRV201", "src/*.kt", *WHY)[0] == 0
    after = (app / "privlint.toml").read_bytes()
    assert after.startswith(before)
    assert after.count(b"[[waive]]") == 2
    assert after.count(b"\n") == after.count(end.encode())
    assert b'path = "src/"' in after


def test_in_pyproject(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "privlint.toml").unlink()
    text = '[project]\nname = "a"\n\n[tool.privlint.app]\nname = "A"\ncategory = "map-navigation"\n\n[tool.ruff]\n'
    (app / "pyproject.toml").write_text(text)
    assert run(capsys, "PRV101", "src/A.kt", *WHY)[0] == 0
    assert (app / "pyproject.toml").read_text().startswith(text + "\n[[tool.privlint.waive]]\n")
    assert engine.run(Request(today=TODAY)).findings[0].suppressed == "waiver"


def test_from_an_inner_folder(app: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(app / "src")
    assert "for src/A.kt until" in run(capsys, "PRV101", "A.kt", *WHY)[1]


@pytest.mark.usefixtures("app")
def test_texts_are_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    reason = 'a "quoted" \\ reason\nwith [[collect]]\x7f 已商定'
    assert run(capsys, "PRV101", "src/A.kt", "--reason", reason, *WHY[2:])[0] == 0
    assert engine.run(Request(today=TODAY)).findings[0].justification == f"{reason} (map-team, 2026-12-31)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("PRV999", "src/A.kt", *WHY), "no check that can be waived: PRV999"),
        (("PRV030", "src/A.kt", *WHY), "no check that can be waived: PRV030"),
        (("PRV101", "src/B.kt", *WHY), "no such file or folder: src/B.kt"),
        (("PRV101", "..", *WHY), "not below the folder of the manifest: .."),
        (("PRV101", "src/A.kt", "--reason", " ", *WHY[2:]), "--reason is missing"),
        (("PRV101", "src/A.kt", *WHY[:2], *WHY[4:]), "--owner is missing"),
        (("PRV101", "src/A.kt", *WHY[:4]), "--until is missing"),
        (("PRV101", "src/A.kt", *WHY[:4], "--until", "soon"), "--until: `soon` is neither a day nor a span"),
        (("PRV101", "src/A.kt", *WHY[:4], "--until", "2026-09-17", "--today", TODAY), "--until: 2026-09-17 is over"),
        (("PRV101",), "the following arguments are required: PATH"),
    ],
)
def test_what_is_refused(
    app: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert (app / "privlint.toml").read_text() == MANIFEST


def test_without_a_manifest_or_with_an_inline_list(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "privlint.toml").write_text(f"waive = []\n{MANIFEST}")
    code, _, err = run(capsys, "PRV101", "src/A.kt", *WHY)
    assert code == 2
    assert "to which no [[waive]] can be added" in err
    (app / "privlint.toml").unlink()
    assert "there is no privlint.toml" in run(capsys, "PRV101", "src/A.kt", *WHY)[2]


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "number", "day"),
    [
        ("2026-03-02", 1, "2026-03-03"),  # an ordinary week
        ("2026-03-06", 1, "2026-03-09"),  # over a weekend
        ("2026-09-18", 10, "2026-10-09"),  # Sunday the 20th is worked; Mid-Autumn and National Day are off
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),  # a Saturday that is worked
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),  # Spring Festival
        ("2025-01-24", 3, "2025-02-05"),  # Sunday the 26th and Monday the 27th, then after the festival
        ("2025-12-31", 1, "2026-01-04"),  # over New Year, to a Sunday that is worked
    ],
)
def test_working_days(start: str, number: int, day: str) -> None:
    assert counted(start, number) == f"{day} ()"


def test_beyond_the_announced_years_it_says_so(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert counted("2026-12-31", 1) == "2027-01-01 (2027,)"
    arguments = ("PRV101", "src/A.kt", *WHY[:4], "--today", "2026-12-30", "--until")
    code, out, err = run(capsys, *arguments, "+10 working days")
    assert (code, out.split()[-1]) == (0, "2027-01-13")
    assert "knows the public holidays of 2025, 2026, not those of 2027" in err
    assert (app / "privlint.toml").read_text().endswith("until = 2027-01-13\n")
    assert "没有 2027 年的" in run(capsys, *arguments, "+10 个工作日", "--lang", "zh-CN")[2]


@pytest.mark.usefixtures("app")
def test_spans(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("PRV101", "src/A.kt", *WHY[:4], "--today", TODAY, "--until")
    _, out, err = run(capsys, *arguments, "+10 working days")
    assert out.split()[-1] == "2026-10-09"
    assert err == "10 working days from 2026-09-18, by the State Council's notice 国办发明电〔2025〕7号\n"
    assert run(capsys, *arguments, "+30 days")[1].split()[-1] == "2026-10-18"


def test_the_calendar_fits_together() -> None:
    for year in engine.rulebook().calendars[0].year:
        days = {day for holiday in year.holidays for day in (holiday.first, holiday.last)}
        assert {day.year for day in (*days, *year.worked)} == {year.year}
        assert all(day.weekday() >= 5 for day in year.worked)
        assert not days & set(year.worked)
        assert all(holiday.first <= holiday.last for holiday in year.holidays)
        assert year.issued.year == year.year - 1
