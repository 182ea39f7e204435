"""Markers and waivers: what they hide, what they leave, and what is said of those that are wrong, idle or over."""

from __future__ import annotations

from datetime import date

import pytest

from privlint import checks, suppress
from privlint.model.check import SUPPRESSION_IDS
from privlint.model.facts import Marker
from privlint.model.finding import Finding
from privlint.model.marks import DOCS
from privlint.model.place import Place, Position
from privlint.suppress import Run, Written
from small_rules import declared, project, seen

TODAY = date(2026, 11, 24)
CHECKS = frozenset(checks.IDS)
RUN = Run(today=TODAY, known=CHECKS, ran=CHECKS)


def at(line: int, column: int = 20, path: str = "app/Main.kt") -> Place:
    return Place(path, Position(line, column), Position(line, column + 10))


def marked(text: str, *findings: Finding, line: int = 1, run: Run = RUN, toml: str = "") -> tuple[Finding, ...]:
    written = suppress.parse(text)
    assert written is not None
    marker = Marker(at(line), written.checks, written.reason, (line, line), written.until)
    return suppress.apply(findings, (marker,), declared(toml), run)


def waived(toml: str, *findings: Finding, run: Run = RUN) -> tuple[Finding, ...]:
    return suppress.apply(findings, (), declared(toml), run)


def undeclared(line: int = 1, path: str = "app/Main.kt") -> Finding:
    (finding,) = checks.run(project(seen("imei", line, path)))
    return finding


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.check, finding.severity, finding.suppressed) for finding in findings]


# --- what a comment says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "written"),
    [
        ("// privlint: ignore[PRV201] asked in the dialog", Written(("PRV201",), "asked in the dialog", "")),
        ("# privlint: ignore[PRV201, PRV101] two", Written(("PRV201", "PRV101"), "two", "")),
        (" privlint: ignore[PRV201] until=2027-03-31 why", Written(("PRV201",), "why", "2027-03-31")),
        ("/* privlint:ignore [PRV201] 已在弹窗中征得同意 */", Written(("PRV201",), "已在弹窗中征得同意", "")),
        ("<!-- privlint: ignore[PRV201]: why -->", Written(("PRV201",), "why", "")),
        ("// privlint: ignore[PRV201] - why until=2027-03-31", Written(("PRV201",), "why", "2027-03-31")),
        ("// privlint: ignore[PRV201]", Written(("PRV201",), "", "")),
        ("// privlint: ignore[PRV201] --- !", Written(("PRV201",), "", "")),
        ("// privlint: ignore because", Written((), "because", "")),
        ("// privlint: ignore[] because", Written((), "because", "")),
    ],
)
def test_parse(comment, written):
    assert suppress.parse(comment) == written


@pytest.mark.parametrize(
    "comment",
    [
        "// see `privlint: ignore[PRV201] reason` in the handbook",
        "// privlint: ignored[PRV201] reason",
        "// ignore[PRV201] reason",
        "// privlint explains this",
        "",
    ],
)
def test_other_comments_are_not_markers(comment):
    assert suppress.parse(comment) is None


def test_reading_a_hostile_comment_takes_no_time():
    assert suppress.parse("/" * 200_000) is None
    assert suppress.parse("privlint: ignore[" + "A," * 100_000) == Written((), "[" + "A," * 100_000, "")


@pytest.mark.parametrize(
    ("lines", "line", "column", "covers"),
    [
        (["val id = t.imei // privlint: …"], 1, 17, (1, 1)),
        (["// privlint: …", "val id = t.imei", "val x = 1"], 1, 1, (1, 2)),
        (["    # privlint: …", "", "    # told", "    x = imei()", "    y = 1"], 1, 5, (1, 4)),
        (["// privlint: …", '@SuppressLint("HardwareIds")', "fun id() = t.imei", "fun x() = 1"], 1, 1, (1, 3)),
        (["/* privlint: …", " * more */", "val id = t.imei"], 1, 1, (1, 3)),
        (["val x = 1", "// privlint: …"], 2, 1, (2, 2)),
        (["読 = imei() # privlint: …"], 1, 12, (1, 1)),
    ],
)
def test_a_marker_covers_its_line_or_the_next_line_of_code(lines, line, column, covers):
    place = Place("a.kt", Position(line, column), Position(line, column + 5))
    made = suppress.marker("// privlint: ignore[PRV201] why", place, lines)
    assert made is not None
    assert made.covers == covers


def test_no_marker_from_another_comment():
    assert suppress.marker("// told", at(1), ["x // told"]) is None


# --- markers ----------------------------------------------------------------------------------------------------------


def test_a_marker_marks_and_drops_nothing():
    (finding,) = marked("// privlint: ignore[PRV201] asked in the dialog", undeclared())
    assert (finding.check, finding.suppressed, finding.justification) == ("PRV201", "marker", "asked in the dialog")


def test_another_line_file_or_check_stays_active():
    text = "// privlint: ignore[PRV201] why"
    assert ("PRV201", "error", "") in said(marked(text, undeclared(2)))
    assert ("PRV201", "error", "") in said(marked(text, undeclared(1, "app/Other.kt")))
    assert ("PRV201", "error", "") in said(marked("// privlint: ignore[PRV101] why", undeclared()))


def test_a_marker_with_nothing_to_suppress():
    (finding,) = marked("// privlint: ignore[PRV201] why")
    assert (finding.check, finding.severity) == ("PRV030", "info")
    assert finding.message.en == "the marker for PRV201 has nothing to suppress"
    assert finding.place == at(1)
    assert finding.fingerprint


def test_each_check_of_a_list_must_be_of_use():
    findings = marked("// privlint: ignore[PRV201, PRV101] why", undeclared())
    assert said(findings) == [("PRV201", "error", "marker"), ("PRV030", "info", "")]
    assert findings[1].message.en == "the marker for PRV101 has nothing to suppress"


def test_a_check_that_did_not_run_leaves_its_marker_alone():
    run = Run(today=TODAY, known=CHECKS, ran=frozenset({"PRV101"}))
    assert marked("// privlint: ignore[PRV201] why", run=run) == ()


def test_a_check_that_another_finding_speaks_for_is_not_idle_but_does_not_hide_it():
    (finding,) = checks.run(project(seen("imei"), toml='[app]\nname = "A"\ncategory = "map-navigation"\n'))
    assert finding.also == ("PRV201",)
    assert said(marked("// privlint: ignore[PRV201] why", finding)) == [("PRV101", "error", "")]
    assert said(marked("// privlint: ignore[PRV101] why", finding)) == [("PRV101", "error", "marker")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("// privlint: ignore[PRV201]", "the marker gives no reason and suppresses nothing"),
        (
            "// privlint: ignore why",
            "the marker names no check and suppresses nothing: write ignore[PRV201] reason",
        ),
        (
            "// privlint: ignore[*] why",
            "the marker names no check and suppresses nothing: write ignore[PRV201] reason",
        ),
        (
            "// privlint: ignore[PRV201] until=soon why",
            '"soon" is not a day, and so the marker suppresses nothing: write until=2027-03-31',
        ),
        (
            "// privlint: ignore[PRV201] until=2027-02-30 why",
            '"2027-02-30" is not a day, and so the marker suppresses nothing: write until=2027-03-31',
        ),
    ],
)
def test_an_incomplete_marker_suppresses_nothing(comment, message):
    active, about = marked(comment, undeclared())
    assert (active.check, active.suppressed) == ("PRV201", "")
    assert (about.check, about.severity, about.message.en) == ("PRV031", "warning", message)


def test_an_unknown_check_in_a_marker():
    findings = marked("// privlint: ignore[PRV2O1] why", undeclared())
    assert said(findings) == [("PRV201", "error", ""), ("PRV032", "warning", "")]
    assert findings[1].message.en == '"PRV2O1" is not a check that can be suppressed; did you mean PRV201?'
    assert findings[1].message.zh == "“PRV2O1” 不是可以抑制的检查；是否要写 PRV201？"


def test_a_known_check_beside_an_unknown_one_still_counts():
    findings = marked("// privlint: ignore[PRV201, PRV777] why", undeclared())
    assert said(findings) == [("PRV201", "error", "marker"), ("PRV032", "warning", "")]
    assert findings[1].message.en == '"PRV777" is not a check that can be suppressed'


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-11-23", [("PRV201", "error", ""), ("PRV033", "warning", "")]),
        ("2026-11-24", [("PRV201", "error", "marker"), ("PRV034", "info", "")]),
        ("2026-12-24", [("PRV201", "error", "marker"), ("PRV034", "info", "")]),
        ("2026-12-25", [("PRV201", "error", "marker")]),
    ],
)
def test_a_marker_ends_after_its_day_with_thirty_days_notice(until, expected):
    assert said(marked(f"// privlint: ignore[PRV201] until={until} why", undeclared())) == expected


def test_an_expired_marker_with_nothing_to_suppress_is_idle():
    assert said(marked("// privlint: ignore[PRV201] until=2026-01-01 why")) == [("PRV030", "info", "")]


def test_settings_reach_the_findings_about_marks():
    text = "// privlint: ignore[PRV201] why"
    assert marked(text, toml='[check]\nignore = ["PRV030"]\n') == ()
    assert said(marked(text, toml='[check]\nseverity = { PRV030 = "warning" }\n')) == [("PRV030", "warning", "")]


# --- waivers ----------------------------------------------------------------------------------------------------------


def waiver(path: str = "app/Main.kt", until: str = "2027-06-30", check: str = "PRV201") -> str:
    rest = 'reason = "Removed in 5.2"\nowner = "map-team"'
    return f'[[waive]]\ncheck = "{check}"\npath = "{path}"\n{rest}\nuntil = {until}\n'


def test_a_waiver_marks_with_its_reason_owner_and_day():
    (finding,) = waived(waiver(), undeclared())
    assert (finding.suppressed, finding.justification) == ("waiver", "Removed in 5.2 (map-team, 2027-06-30)")


@pytest.mark.parametrize("path", ["app/Main.kt", "app/*.kt", "**/Main.kt", "app/**", "app/", "**", "./app/Main.kt"])
def test_a_path_that_matches(path):
    (finding,) = waived(waiver(path), undeclared())
    assert finding.suppressed == "waiver"


@pytest.mark.parametrize("path", ["Main.kt", "app", "*.kt", "app/*/Main.kt", "app/Main.java", "other/**"])
def test_a_path_that_does_not_match(path):
    findings = waived(waiver(path), undeclared())
    assert said(findings) == [("PRV201", "error", ""), ("PRV042", "info", "")]


def test_a_path_counts_from_the_folder_of_the_manifest():
    manifest = declared(waiver("src/A.kt"), "mobile/privlint.toml")
    inside, outside = suppress.apply(
        (undeclared(path="mobile/src/A.kt"), undeclared(path="src/A.kt")), (), manifest, RUN
    )
    assert (inside.suppressed, outside.suppressed) == ("waiver", "")


def test_a_hostile_pattern_takes_no_time():
    deep = "/".join(["a"] * 200) + "/Main.kt"
    findings = waived(waiver("**/a/" * 40 + "x"), undeclared(path=deep))
    assert findings[0].suppressed == ""


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-11-23", [("PRV201", "error", ""), ("PRV040", "warning", "")]),
        ("2026-11-24", [("PRV201", "error", "waiver"), ("PRV041", "info", "")]),
        ("2026-12-24", [("PRV201", "error", "waiver"), ("PRV041", "info", "")]),
        ("2026-12-25", [("PRV201", "error", "waiver")]),
    ],
)
def test_a_waiver_lapses_after_its_day_with_thirty_days_notice(until, expected):
    findings = waived(waiver(until=until), undeclared())
    assert said(findings) == expected
    if len(findings) == 2:
        assert (findings[1].place.path, findings[1].place.start.line) == ("privlint.toml", 6)


def test_an_unused_waiver_is_told_in_whole_runs_only():
    assert said(waived(waiver())) == [("PRV042", "info", "")]
    assert waived(waiver(), run=Run(today=TODAY, known=CHECKS, ran=CHECKS, whole=False)) == ()


def test_a_waiver_of_a_check_that_did_not_run_is_left_alone():
    assert waived(waiver(), run=Run(today=TODAY, known=CHECKS, ran=frozenset())) == ()


def test_a_marker_goes_before_a_waiver_and_both_count_as_used():
    findings = marked("// privlint: ignore[PRV201] told", undeclared(), toml=waiver())
    assert said(findings) == [("PRV201", "error", "marker")]


# --- documentation ----------------------------------------------------------------------------------------------------


def test_every_check_about_marks_is_explained():
    assert tuple(DOCS) == ("PRV015", *SUPPRESSION_IDS)
    for check, document in DOCS.items():
        assert suppress.explain(check) is document
        for text in (document.text.en, document.text.zh):
            reason, remedy = text.split("\n\n")
            assert reason
            assert remedy
    assert suppress.explain("PRV201") is None
