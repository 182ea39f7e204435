"""The JSON report: stable keys, both languages, and names that no text can hold."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

from msgspec.structs import replace

import reports
from privlint.model.finding import Covered, Text
from privlint.report import render
from privlint.report.view import View


def document(report, **view):
    return json.loads("\n".join(render("json", report, View(**view))))


def test_the_whole_document():
    report = reports.report(
        reports.FINDING,
        replace(reports.FINDING, suppressed="waiver", justification="Ticket 4711", data=("imsi",)),
        coverage=(
            Covered("app/Start.kt", "scanned", "PRV008", Text("0.2 %", "0.2 %"), degraded=True),
            Covered("b.kt", "failed", "PRV006"),
            Covered("c.txt", "skipped", "language"),
        ),
        notes=(Text("a note", "说明"),),
    )
    found = document(report)
    assert found["version"] == 1
    assert found["tool"] == {"name": "privlint", "version": "0.1.0"}
    assert found["summary"] == {
        "discovered": 3,
        "scanned": 1,
        "skipped": 1,
        "failed": 1,
        "degraded": 1,
        "findings": 1,
        "suppressed": 1,
        "suppressed_by": {"waiver": 1},
        "by_severity": {"error": 1, "warning": 0, "info": 0},
        "by_check": {"PRV101": 1},
        "by_data": {"imei": 1},
    }
    assert found["complete"] is False
    assert (found["rulebook"], found["today"], found["manifest"], found["category"]) == (
        "abc123",
        "2026-01-02",
        "privlint.toml",
        "map-navigation",
    )
    assert found["coverage"][0] == {
        "path": "app/Start.kt",
        "status": "scanned",
        "reason": "PRV008",
        "detail": {"en": "0.2 %", "zh": "0.2 %"},
        "degraded": True,
    }
    assert found["coverage"][1] == {
        "path": "b.kt",
        "status": "failed",
        "reason": "PRV006",
        "detail": None,
        "degraded": False,
    }
    (finding,) = found["findings"]
    assert finding["message"]["zh"] == "收集了IMEI，但它不是地图导航类App基本功能服务的必要个人信息"
    assert (finding["start"], finding["end"]) == ({"line": 4, "column": 39}, {"line": 4, "column": 43})
    assert finding["confidence"] == "exact"
    assert finding["related"][0]["path"] == "privlint.toml"
    assert "suppressed" not in finding
    (hidden,) = found["suppressed"]
    assert hidden["suppressed"] == {"by": "waiver", "justification": "Ticket 4711"}


def test_the_bytes_do_not_depend_on_the_reader_or_the_machine():
    english = list(render("json", reports.REPORT, View()))
    assert english == list(render("json", reports.REPORT, View(language="zh-CN", colour=True, width=40, verbose=True)))
    assert not any("/nowhere" in line for line in english)


def test_without_a_manifest():
    found = document(reports.report(manifest="", category=""))
    assert found["manifest"] is None
    assert found["category"] is None


def test_a_name_that_is_not_utf_8():
    report = reports.report(coverage=(Covered("a\udcff.kt", "scanned"),))
    (covered,) = document(report)["coverage"]
    assert covered["path"] == "a\\xff.kt"
    assert base64.b64decode(covered["path_base64"]) == b"a\xff.kt"


def test_every_key_is_documented():
    page = (Path(__file__).parent.parent / "docs" / "json-output.md").read_text("utf-8")
    documented = set(re.findall(r"`([a-z_0-9]+)`", page))

    def keys(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if re.fullmatch(r"[a-z_0-9]+", key):
                    yield key
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    report = reports.report(
        reports.FINDING,
        replace(reports.FINDING, suppressed="marker"),
        coverage=(Covered("a\udcff.kt", "failed", "PRV001", Text("a", "b")),),
        notes=(Text("a", "b"),),
    )
    assert set(keys(document(report))) - {"imei"} <= documented
