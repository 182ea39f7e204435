"""A hand-made report: what the formats are given, without an engine."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from privlint.model.facts import Confidence
from privlint.model.finding import Covered, Finding, Related, Report, Text
from privlint.model.place import Place, Position

KOTLIN = """\
package com.example

class Start(private val telephony: TelephonyManager) {
    fun device(): String? = telephony.imei
    fun again(): String? = telephony.imei
}
"""
MANIFEST = """\
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "imei"
"""
SOURCES = {"app/Start.kt": KOTLIN, "privlint.toml": MANIFEST}

FINDING = Finding(
    check="PRV101",
    severity="error",
    confidence=Confidence.EXACT,
    message=Text(
        "IMEI is collected but not necessary for the basic service of a map and navigation app",
        "收集了IMEI，但它不是地图导航类App基本功能服务的必要个人信息",
    ),
    place=Place("app/Start.kt", Position(4, 39), Position(4, 43)),
    reason=Text(
        "What the basic service does not need must be optional, with its own purpose and consent.",
        "基本功能服务不需要的信息必须可选，并有单独的目的和同意。",
    ),
    help=Text(
        'remove the call, or assign the data to an extended function:\n[[collect]]\ndata = "imei"',
        '删除该调用，或把该信息归入扩展功能：\n[[collect]]\ndata = "imei"',
    ),
    label=Text("collects IMEI", "收集IMEI"),
    clauses=("cn-necessary-2021/5.1", "cn-pipl-2021/6"),
    notes=(Text("guarded by READ_PRIVILEGED_PHONE_STATE", "受权限控制：READ_PRIVILEGED_PHONE_STATE"),),
    data=("imei",),
    symbol="android.telephony.TelephonyManager.getImei",
    enclosing="Start.device",
    related=(
        Related(
            Place("privlint.toml", Position(6, 8), Position(6, 14)),
            Text("declared as basic here", "此处声明为基本功能所需"),
        ),
    ),
    fingerprint="0123456789abcdef0123456789abcdef",
)
REPORT = Report(
    findings=(FINDING,),
    coverage=(Covered("app/Start.kt", "scanned"),),
    notes=(),
    tool="0.1.0",
    rulebook="abc123",
    today="2026-01-02",
    manifest="privlint.toml",
    category="map-navigation",
    root="/nowhere/at/all",
    collected=("imei",),
)


def report(*findings: Finding, **changes: Any) -> Report:
    """The report with these findings, and with other fields changed."""
    return replace(REPORT, findings=findings, **changes)


def at(line: int, column: int, end: int, path: str = "app/Start.kt") -> Place:
    """A region of one line."""
    return Place(path, Position(line, column), Position(line, end))
