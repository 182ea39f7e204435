"""The SARIF log: valid by the real schema, relative addresses, fingerprints, suppressions, notifications."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from msgspec.structs import replace

import reports
from privlint.model.check import Check, CheckDoc
from privlint.model.facts import Confidence
from privlint.model.finding import Covered, Text
from privlint.report import render, sarif
from privlint.report.view import View

TEXT = (Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text("utf-8")
# The pattern for a language has a bracket too many, which only lenient engines forgive.
SCHEMA = json.loads(TEXT.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$"))
VALIDATOR = jsonschema_rs.Draft4Validator(SCHEMA, validate_formats=True)
DOC = CheckDoc(
    Check("PRV101", "unnecessary-collection", Text("Not necessary", "非必要"), "error", ("cn-pipl-2021/6",)),
    Text("Data is collected.\n\n## Why\n\nBecause.", "收集了信息。\n\n## 原因\n\n如此。"),
)


def log(report, **view):
    found = json.loads("\n".join(render("sarif", report, View(checks=(DOC,), **view))))
    VALIDATOR.validate(found)
    (run,) = found["runs"]
    return run


def test_a_result():
    run = log(reports.REPORT)
    (result,) = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert result["ruleId"] == "PRV101"
    assert result["level"] == "error"
    assert result["properties"]["dataTypes"] == ["imei"]
    assert result["partialFingerprints"] == {"privlint/v1": reports.FINDING.fingerprint}
    assert result["suppressions"] == []
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {
        "artifactLocation": {"uri": "app/Start.kt", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 4, "startColumn": 39, "endLine": 4, "endColumn": 43},
    }
    assert result["relatedLocations"][0]["message"]["text"] == "declared as basic here"
    assert result["message"]["text"].startswith("IMEI is collected but not necessary")


def test_the_rules_carry_their_help_in_markdown_and_in_the_language():
    (rule,) = log(reports.REPORT)["tool"]["driver"]["rules"]
    assert rule["name"] == "UnnecessaryCollection"
    assert rule["help"]["markdown"].startswith("Data is collected.\n\n## Why")
    assert rule["fullDescription"]["text"] == "Data is collected."
    chinese = log(reports.REPORT, language="zh-CN")
    assert chinese["language"] == "zh-CN"
    assert chinese["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "非必要"


def test_rule_index_points_at_the_rule():
    other = replace(reports.FINDING, check="PRV010")
    run = log(reports.report(other, reports.FINDING))
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["PRV010", "PRV101"]


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")])
def test_levels(severity, level):
    run = log(reports.report(replace(reports.FINDING, severity=severity, confidence=Confidence.NAME_ONLY)))
    assert run["results"][0]["level"] == level
    assert run["results"][0]["properties"]["confidence"] == "name-only"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("app/Start.kt", "app/Start.kt"),
        ("a b/<c>#d?e%.kt", "a%20b/%3Cc%3E%23d%3Fe%25.kt"),
        ("源/开始.kt", "%E6%BA%90/%E5%BC%80%E5%A7%8B.kt"),
        ("a\udcff.kt", "a%FF.kt"),
        ("a\n::error::.kt", "a%0A%3A%3Aerror%3A%3A.kt"),
        ("/etc/passwd", "passwd"),
        ("../other/privlint.toml", "privlint.toml"),
        ("a/../../b.kt", "b.kt"),
        ("..", ""),
    ],
)
def test_addresses_stay_in_the_root(path, uri):
    assert sarif.address(path) == uri


@pytest.mark.parametrize(
    ("suppressed", "kind"), [("marker", "inSource"), ("waiver", "external"), ("baseline", "external")]
)
def test_suppressed_findings_stay_with_their_reason(suppressed, kind):
    run = log(reports.report(replace(reports.FINDING, suppressed=suppressed, justification="Ticket 4711")))
    assert run["results"][0]["suppressions"] == [
        {"kind": kind, "status": "accepted", "justification": "Ticket 4711"},
    ]


def test_what_was_not_examined():
    run = log(
        reports.report(
            coverage=(
                Covered("a.kt", "failed", "PRV006", Text("it holds NUL bytes", "含有 NUL 字节")),
                Covered("b.kt", "scanned", "PRV008", degraded=True),
                Covered("c.kt", "scanned"),
                Covered("d.txt", "skipped", "language"),
            )
        )
    )
    first, second, *notes = run["invocations"][0]["toolExecutionNotifications"]
    assert first["descriptor"] == {"id": "PRV006"}
    assert first["level"] == "error"
    assert first["message"]["text"] == "a.kt: binary: it holds NUL bytes"
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.kt"
    assert (second["descriptor"]["id"], second["level"]) == ("PRV008", "warning")
    assert {note["level"] for note in notes} == {"note"}
    assert [each["id"] for each in run["tool"]["driver"]["notifications"]] == ["PRV006", "PRV008"]
    assert run["properties"]["coverage"] == {
        "discovered": 4,
        "scanned": 2,
        "skipped": 1,
        "failed": 1,
        "degraded": 1,
    }
    assert run["invocations"][0]["executionSuccessful"] is True


def test_nothing_collected_and_internal_errors():
    run = log(reports.report(coverage=()))
    assert run["invocations"][0]["toolExecutionNotifications"][0]["descriptor"] == {"id": "PRV020"}
    broken = log(reports.report(coverage=(Covered("a.kt", "failed", "PRV099"),)))
    assert broken["invocations"][0]["executionSuccessful"] is False


def test_no_more_results_than_a_service_takes_and_the_gravest_of_them(monkeypatch):
    monkeypatch.setattr(sarif, "MOST", 2)
    info = replace(reports.FINDING, severity="info")
    hidden = replace(reports.FINDING, suppressed="marker")
    run = log(reports.report(info, hidden, reports.FINDING, replace(reports.FINDING, severity="warning")))
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["descriptor"] == {"id": "PRV017"}


def test_nothing_of_the_machine_is_in_it():
    assert "/nowhere" not in json.dumps(log(reports.REPORT))


def test_a_way_is_a_code_flow_that_ends_at_the_place():
    (result,) = log(reports.report(replace(reports.FINDING, way=True)))["results"]
    (flow,) = result["codeFlows"][0]["threadFlows"]
    last = flow["locations"][-1]["location"]
    assert last["physicalLocation"] == result["locations"][0]["physicalLocation"]
    assert len(flow["locations"]) == len(result["relatedLocations"]) + 1
    (plain,) = log(reports.report(reports.FINDING))["results"]
    assert "codeFlows" not in plain
