"""The formats for build servers and review tools, read by their own parsers or held against their documented shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from junitparser import JUnitXml
from msgspec.structs import replace

import reports
from privlint.cli import main
from privlint.model.finding import Covered, Finding, Report, Text
from privlint.report import FORMATS, render
from privlint.report.view import View

HOSTILE = "a\n::error file=x::b,c%0A]]>--><b>\x1b[31m@you|`\udcff.kt"
WARNING = replace(
    reports.FINDING, check="PRV201", severity="warning", place=reports.at(5, 38, 42), fingerprint="f" * 32
)
INFO = replace(reports.FINDING, check="PRV202", severity="info", place=reports.at(2, 1, 1, "privlint.toml"))
SUPPRESSED = replace(reports.FINDING, suppressed="marker", justification="asked")
FAILED = Covered("B.kt", "failed", "PRV006", Text("it holds NUL bytes", "含有 NUL 字节"))
IN_PART = Covered("C.kt", "scanned", "PRV008", Text("2 %", "2 %"), degraded=True)
ALL = reports.report(INFO, WARNING, reports.FINDING, SUPPRESSED, coverage=(reports.REPORT.coverage[0], FAILED, IN_PART))
PATHS = ["privlint.toml", "app/Start.kt", "app/Start.kt", "B.kt", "C.kt"]


def text(name: str, report: Report, **view: object) -> str:
    return "\n".join(render(name, report, View(source=reports.SOURCES.get, **view)))  # type: ignore[arg-type]


def hostile(finding: Finding) -> Finding:
    words = Text(HOSTILE, HOSTILE)
    return replace(finding, message=words, reason=words, help=words, notes=(words,), place=reports.at(1, 1, 2, HOSTILE))


# --- GitHub -----------------------------------------------------------------------------------------------------------


def commands(lines: Sequence[str]) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does."""
    found = []
    for line in lines:
        head, _, data = line.removeprefix("::").partition("::")
        name, _, rest = head.partition(" ")
        properties = dict(part.split("=", 1) for part in rest.split(","))
        for code, letter in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            properties = {key: value.replace(code, letter) for key, value in properties.items()}
            data = data.replace(code, letter) if code not in ("%3A", "%2C") else data
        found.append((name, properties, data))
    return found


def test_github_shows_the_worst_first() -> None:
    found = commands(text("github", ALL).splitlines())
    assert [(name, properties["title"], properties.get("file")) for name, properties, _ in found] == [
        ("error", "PRV006", "B.kt"),
        ("error", "PRV101", "app/Start.kt"),
        ("warning", "PRV201", "app/Start.kt"),
        ("notice", "PRV202", "privlint.toml"),
        ("notice", "PRV008", "C.kt"),
        ("notice", "privlint", None),
    ]
    _, properties, data = found[1]
    assert properties == {"file": "app/Start.kt", "line": "4", "col": "39", "endColumn": "43", "title": "PRV101"}
    assert data.splitlines()[0] == reports.FINDING.message.en
    assert '[[collect]]\ndata = "imei"' in data


def test_github_takes_no_columns_over_several_lines() -> None:
    place = replace(reports.FINDING.place, end=replace(reports.FINDING.place.end, line=6))
    (_, properties, _), _ = commands(text("github", reports.report(replace(reports.FINDING, place=place))).splitlines())
    assert properties == {"file": "app/Start.kt", "line": "4", "endLine": "6", "title": "PRV101"}


def test_github_cannot_be_made_to_obey() -> None:
    lines = text("github", reports.report(hostile(reports.FINDING))).split("\n")
    assert len(lines) == 2
    (name, properties, data), _ = commands(lines)
    assert (name, properties["title"]) == ("error", "PRV101")
    assert properties["file"] == "a\n::error file=x::b,c%0A]]>--><b>\\x1b[31m@you|`\\xff.kt"
    assert "::error" not in data
    assert "%0A" in data  # as text, not as a line end


# --- GitLab -----------------------------------------------------------------------------------------------------------


class _Lines(msgspec.Struct, forbid_unknown_fields=True):
    begin: int
    end: int


class _Location(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    lines: _Lines


class _Issue(msgspec.Struct, forbid_unknown_fields=True):
    """What https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format asks for."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: _Location


def issues(report: Report) -> list[_Issue]:
    return msgspec.json.decode(text("gitlab", report), type=list[_Issue])


def test_gitlab() -> None:
    found = issues(ALL)
    assert [issue.location.path for issue in found] == PATHS
    assert [issue.severity for issue in found] == ["info", "major", "critical", "critical", "info"]
    assert {issue.severity for issue in found} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(issue.location.lines.begin >= 1 for issue in found)
    assert found[2].fingerprint == reports.FINDING.fingerprint
    assert found[3].check_name == "PRV006"


def test_gitlab_fingerprints_do_not_move_with_the_lines() -> None:
    moved = replace(reports.FINDING, place=reports.at(40, 1, 9))
    assert issues(reports.report(moved))[0].fingerprint == issues(reports.report(reports.FINDING))[0].fingerprint


# --- JUnit ------------------------------------------------------------------------------------------------------------


def test_junit() -> None:
    document = JUnitXml.fromstring(text("junit", ALL).encode())
    assert (document.tests, document.failures, document.errors, document.skipped) == (6, 2, 1, 1)
    cases = [case for suite in document for case in suite]
    assert [suite.name for suite in document] == ["B.kt", "C.kt", "app/Start.kt", "privlint.toml"]
    assert [(case.classname, case.name, [type(one).__name__ for one in case.result]) for case in cases] == [
        ("B.kt", "PRV006 1:1", ["Error"]),
        ("C.kt", "PRV008 1:1", []),
        ("app/Start.kt", "PRV201 5:38", ["Failure"]),
        ("app/Start.kt", "PRV101 4:39", ["Failure"]),
        ("app/Start.kt", "PRV101 4:39", ["Skipped"]),
        ("privlint.toml", "PRV202 2:1", []),
    ]
    assert cases[3].result[0].message == reports.FINDING.message.en
    assert 'data = "imei"' in (cases[3].result[0].text or "")


def test_junit_is_red_when_the_exit_code_is() -> None:
    document = JUnitXml.fromstring(text("junit", replace(ALL, fail_on="error")).encode())
    assert document.failures == 1
    assert JUnitXml.fromstring(text("junit", replace(ALL, fail_on="never")).encode()).failures == 0


def test_junit_of_a_clean_run_has_a_case() -> None:
    document = JUnitXml.fromstring(text("junit", reports.report()).encode())
    assert (document.tests, document.failures, document.errors) == (1, 0, 0)


# --- Checkstyle -------------------------------------------------------------------------------------------------------


def test_checkstyle() -> None:
    root = ElementTree.fromstring(text("checkstyle", ALL).encode())
    assert root.tag == "checkstyle"
    assert [file.get("name") for file in root] == ["B.kt", "C.kt", "app/Start.kt", "privlint.toml"]
    first, second = root[2]
    assert first.attrib["source"] == "privlint.PRV201"
    assert {key: second.attrib[key] for key in ("line", "column", "severity", "source")} == {
        "line": "4",
        "column": "39",
        "severity": "error",
        "source": "privlint.PRV101",
    }
    assert second.attrib["message"].startswith(f"{reports.FINDING.message.en}\n")


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_stays_xml(name: str) -> None:
    finding = hostile(reports.FINDING)
    report = reports.report(finding, replace(finding, suppressed="waiver", justification=HOSTILE))
    root = ElementTree.fromstring(text(name, report).encode())
    shown = "a\n::error file=x::b,c%0A]]>--><b>\\x1b[31m@you|`\\xff.kt"
    assert [file.get("name") for file in root] == [shown]
    assert {element.tag for element in root.iter()} <= {
        "checkstyle", "file", "error", "testsuites", "testsuite", "testcase", "failure", "skipped",
    }  # fmt: skip


# --- Reviewdog --------------------------------------------------------------------------------------------------------


def diagnostics(report: Report) -> list[dict[str, object]]:
    return [json.loads(line) for line in text("rdjsonl", report).splitlines()]


def test_rdjsonl() -> None:
    found = diagnostics(ALL)
    assert [one["location"]["path"] for one in found] == PATHS  # type: ignore[index]
    assert [one["severity"] for one in found] == ["INFO", "WARNING", "ERROR", "ERROR", "INFO"]
    assert found[2]["location"]["range"] == {  # type: ignore[index]
        "start": {"line": 4, "column": 39},
        "end": {"line": 4, "column": 43},
    }
    assert found[2]["code"] == {"value": "PRV101"}
    assert found[3]["location"]["range"] == {"start": {"line": 1}, "end": {"line": 1}}  # type: ignore[index]


def test_rdjsonl_counts_columns_in_bytes() -> None:
    line = 'val 名 = "🧑‍💻"; val id = t.imei'
    start = line.index("imei") + 1
    finding = replace(reports.FINDING, place=reports.at(1, start, start + 4, "E.kt"))
    (found,) = render("rdjsonl", reports.report(finding), View(source=lambda _path: line))
    where = json.loads(found)["location"]["range"]
    assert line.encode()[where["start"]["column"] - 1 : where["end"]["column"] - 1] == b"imei"


def test_rdjsonl_without_the_text_names_only_lines() -> None:
    finding = replace(reports.FINDING, place=reports.at(7, 3, 9, "gone.kt"))
    assert diagnostics(reports.report(finding))[0]["location"]["range"] == {  # type: ignore[index]
        "start": {"line": 7},
        "end": {"line": 7},
    }


# --- Markdown ---------------------------------------------------------------------------------------------------------


def test_markdown() -> None:
    lines = text("markdown", ALL).splitlines()
    rows = [line for line in lines if line.startswith("| ") and "PRV" in line]
    assert [row.split(" | ")[1] for row in rows] == ["PRV006", "PRV101", "PRV201", "PRV202", "PRV008"]
    assert "app\\/Start\\.kt\\:4" in rows[1]
    assert "2 findings" not in lines[2]
    assert "3 findings \\(1 error, 1 warning, 1 note\\), 1 suppressed" in lines[2]


def test_markdown_is_nothing_but_text() -> None:
    page = text("markdown", reports.report(hostile(reports.FINDING)))
    (row,) = (line for line in page.splitlines() if "PRV101" in line)
    assert row.count(" | ") == 3
    assert "<b>" not in row
    assert "@you" not in row
    assert "\\`" in row


# --- all of them ------------------------------------------------------------------------------------------------------

KOTLIN = (
    "package a\nimport android.telephony.TelephonyManager\nclass A{0}(val t: TelephonyManager) {{ val x = t.imei }}\n"
)


def test_nothing_depends_on_the_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough files for a pool of processes, in every format at once."""
    for number in range(45):
        (tmp_path / f"A{number}.kt").write_text(KOTLIN.format(number))
    (tmp_path / "B.kt").write_bytes(b"\x7fELF\0\0\0\0" * 40)
    monkeypatch.chdir(tmp_path)
    written: dict[str, list[bytes]] = {}
    for jobs in ("1", "4"):
        targets = [f"--output-format={name}=../{jobs}.{name}" for name in FORMATS]
        assert main(["check", "-q", "--today", "2026-01-02", "-j", jobs, *targets]) == 3
        for name in FORMATS:
            written.setdefault(name, []).append((tmp_path.parent / f"{jobs}.{name}").read_bytes())
    for name, (one, four) in written.items():
        assert one == four, name
        assert b"PRV201" in one
        assert b"PRV006" in one or name in ("full", "concise")


def test_several_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "A.kt").write_text(KOTLIN.format(""))
    monkeypatch.chdir(tmp_path)
    arguments = ["--output-format", "sarif=out.sarif", "--output-format", "github", "--output-format", "junit=out.xml"]
    assert main(["check", "-q", *arguments]) == 1
    assert capsys.readouterr().out.startswith("::error file=A.kt,line=3,")
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"
    assert JUnitXml.fromfile(str(tmp_path / "out.xml")).failures == 1
