"""The baseline: what it puts aside, what becomes stale, how it grows, and who writes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from privlint import engine, suppress
from privlint.cli import main
from privlint.errors import ConfigurationError
from privlint.model.baseline import Baseline, Entry
from privlint.model.request import Request
from privlint.report import baseline as writing

KOTLIN = """\
package a
import android.telephony.TelephonyManager
class A(val t: TelephonyManager) {
    fun first() = t.imei
    fun second() = t.imei
}
"""
TODAY = "2026-01-02"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "privlint.toml").write_text('[app]\nname = "A"\ncategory = "map-navigation"\n')
    (tmp_path / "A.kt").write_text(KOTLIN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def states() -> list[tuple[str, int, str]]:
    found = engine.run(Request(today=TODAY)).findings
    return [(finding.check, finding.place.start.line, finding.suppressed) for finding in found]


def test_what_is_put_aside_is_marked_and_counted(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", "-q")[0] == 1
    code, out, err = run(capsys, "baseline", "create")
    assert (code, out, err) == (0, "privlint-baseline.json: 2 entries, 2 added, 0 removed\n", "")
    assert states() == [("PRV101", 4, "baseline"), ("PRV101", 5, "baseline")]
    code, out, err = run(capsys, "check")
    assert (code, out) == (0, "")
    assert err.endswith("0 findings, 2 suppressed (2 in the baseline)\n")
    assert "其中 2 项在基线中" in run(capsys, "check", "--lang", "zh-CN")[2]
    document = json.loads(run(capsys, "check", "--output-format", "json")[1])
    assert document["summary"]["suppressed_by"] == {"baseline": 2}
    assert document["suppressed"][0]["suppressed"] == {"by": "baseline", "justification": "privlint-baseline.json"}
    sarif = json.loads(run(capsys, "check", "--output-format", "sarif")[1])
    assert sarif["runs"][0]["results"][0]["suppressions"][0]["kind"] == "external"
    assert run(capsys, "check", "-q", "--no-ignores")[0] == 1
    assert (app / "privlint-baseline.json").read_text().count("\n") == 7


def test_code_may_move_and_what_is_new_counts(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "baseline", "create")
    (app / "A.kt").write_text("// moved\n" * 9 + KOTLIN.replace("}\n", "    fun third() = t.imei\n}\n"))
    assert states() == [("PRV101", 13, "baseline"), ("PRV101", 14, "baseline"), ("PRV101", 15, "")]


def test_a_check_writes_nothing(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "baseline", "create")
    before = (app / "privlint-baseline.json").read_bytes()
    (app / "A.kt").write_text(KOTLIN.replace("    fun second() = t.imei\n", "    fun third() = t.imei\n"))
    run(capsys, "check")
    assert (app / "privlint-baseline.json").read_bytes() == before
    assert sorted(path.name for path in app.iterdir()) == ["A.kt", "privlint-baseline.json", "privlint.toml"]


def test_the_verbs(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "baseline", "create")
    (app / "A.kt").write_text(KOTLIN.replace("second", "third"))
    code, out, _ = run(capsys, "baseline", "show")
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()[:2]] == [
        ["found", "PRV101", "A.kt"],
        ["stale", "PRV101", "A.kt"],
    ]
    assert "2 entries, 1 still found, 1 stale; `privlint baseline prune`" in out
    assert run(capsys, "baseline", "prune")[1] == "privlint-baseline.json: 1 entries, 0 added, 1 removed\n"
    assert states() == [("PRV101", 4, "baseline"), ("PRV101", 5, "")]
    assert run(capsys, "baseline", "update")[1] == "privlint-baseline.json: 2 entries, 1 added, 0 removed\n"
    assert states() == [("PRV101", 4, "baseline"), ("PRV101", 5, "baseline")]


def test_a_baseline_is_the_whole_projects_wherever_one_stands(
    app: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (app / "inner").mkdir()
    (app / "inner" / "B.kt").write_text(KOTLIN.replace("class A", "class B"))
    monkeypatch.chdir(app / "inner")
    assert "4 entries" in run(capsys, "baseline", "create", ".")[1]
    assert states() == [("PRV101", 4, "baseline"), ("PRV101", 5, "baseline")]


@pytest.mark.usefixtures("app")
def test_create_does_not_overwrite_and_the_others_do_not_create(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "baseline", "update")
    assert code == 2
    assert "there is no baseline: privlint-baseline.json" in err
    run(capsys, "baseline", "create")
    code, _, err = run(capsys, "baseline", "create")
    assert code == 2
    assert "there is a baseline already" in err
    assert run(capsys, "baseline", "creat")[0] == 2


def test_an_incomplete_run_writes_nothing(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "B.kt").write_bytes(b"\x7fELF\0\0\0\0" * 40)
    code, _, err = run(capsys, "baseline", "create")
    assert code == 3
    assert "nothing was written" in err
    assert not (app / "privlint-baseline.json").exists()
    assert run(capsys, "baseline", "create", "--allow-incomplete")[0] == 0


def test_what_could_not_be_examined_is_not_stale(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "baseline", "create")
    (app / "A.kt").write_bytes(b"\x7fELF\0\0\0\0" * 40)
    assert "2 entries, 0 added, 0 removed" in run(capsys, "baseline", "prune", "--allow-incomplete")[1]


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"version": 1}', '{"version": 2, "entries": []}', '{"version": 1, "entries": [{}]}', "[" * 100_000],
)
def test_a_wrong_baseline_ends_the_run(app: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (app / "privlint-baseline.json").write_text(text)
    code, out, err = run(capsys, "check")
    assert (code, out) == (2, "")
    assert err.startswith("error: privlint-baseline.json: ")


def test_a_baseline_is_read_as_safely_as_a_manifest(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "privlint-baseline.json").symlink_to("/dev/zero")
    assert run(capsys, "check")[0] == 2


def test_another_baseline(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "privlint-baseline.json").write_text("broken")
    assert run(capsys, "baseline", "create", "--baseline", "other.json")[0] == 0
    assert run(capsys, "check", "--baseline", "other.json")[0] == 0
    assert run(capsys, "check", "--baseline", "missing.json")[0] == 2
    assert run(capsys, "check", "--isolated", "--exit-zero")[0] == 0


# --- growth -----------------------------------------------------------------------------------------------------------


def entry(name: str, path: str = "A.kt", symbol: str = "imei") -> Entry:
    return Entry(fingerprint=name * 8, check="PRV101", path=path, symbol=symbol, data=("imei",))


def baseline(*entries: Entry) -> Baseline:
    text = "\n".join(writing.lines(entries))
    return suppress.read_baseline(text.encode(), "privlint-baseline.json")


def test_growth_is_a_finding_of_its_own() -> None:
    (finding,) = suppress.growth(baseline(entry("a")), baseline(entry("a"), entry("b"), entry("c", symbol="oaid")))
    assert (finding.check, finding.severity) == ("PRV043", "warning")
    assert finding.message.en == "the baseline grew: 2 findings more put aside (PRV101)"
    assert (finding.place.path, finding.place.start.line) == ("privlint-baseline.json", 5)


def test_a_new_baseline_says_so() -> None:
    (finding,) = suppress.growth(None, baseline(entry("a")))
    assert finding.message.en == "the baseline is new and puts 1 finding aside"


def test_a_moved_file_and_a_smaller_baseline_are_no_growth() -> None:
    before = baseline(entry("a"), entry("b"))
    assert list(suppress.growth(before, baseline(entry("a"), entry("c", "moved/A.kt")))) == []
    assert list(suppress.growth(before, baseline(entry("a")))) == []
    assert list(suppress.growth(before, before)) == []
    assert len(list(suppress.growth(before, baseline(entry("c", "B.kt"), entry("d"), entry("e"))))) == 1


def test_a_hostile_path_is_written_as_text() -> None:
    text = "\n".join(writing.lines([entry("a", "a\n::error::\x1b\udcff.kt")]))
    assert json.loads(text)["entries"][0]["path"] == "a\n::error::\x1b\\xff.kt"
    assert "\x1b" not in text
    assert len(text.splitlines()) == 6


def test_a_baseline_that_is_no_json_names_the_file() -> None:
    with pytest.raises(ConfigurationError) as caught:
        suppress.read_baseline(b"no", "b.json")
    assert caught.value.path == "b.json"
