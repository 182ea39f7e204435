"""The text report: golden outputs in both languages, and what makes five hundred findings readable."""

from __future__ import annotations

import re

from msgspec.structs import replace

import reports
from privlint.model.finding import Text
from privlint.report import render
from privlint.report.view import View
from privlint.report.width import width

ENGLISH = """\
error[PRV101]: IMEI is collected but not necessary for the basic service of a map and navigation app
 --> app/Start.kt:4:39
  |
4 |     fun device(): String? = telephony.imei
  |                                       ^^^^ collects IMEI
 ..> privlint.toml:6:8
  |
6 | data = "imei"
  |        ------ declared as basic here
  |
  = why: What the basic service does not need must be optional, with its own purpose and consent.
  = law: cn-necessary-2021/5.1, cn-pipl-2021/6
  = note: guarded by READ_PRIVILEGED_PHONE_STATE
  = help: remove the call, or assign the data to an extended function:
        [[collect]]
        data = "imei"
"""
CHINESE = """\
错误[PRV101]: 收集了IMEI，但它不是地图导航类App基本功能服务的必要个人信息
 --> app/Start.kt:4:39
  |
4 |     fun device(): String? = telephony.imei
  |                                       ^^^^ 收集IMEI
 ..> privlint.toml:6:8
  |
6 | data = "imei"
  |        ------ 此处声明为基本功能所需
  |
  = 原因：基本功能服务不需要的信息必须可选，并有单独的目的和同意。
  = 依据：cn-necessary-2021/5.1, cn-pipl-2021/6
  = 说明：受权限控制：READ_PRIVILEGED_PHONE_STATE
  = 建议：删除该调用，或把该信息归入扩展功能：
        [[collect]]
        data = "imei"
"""


def full(report, **view):
    return "\n".join(render("full", report, View(source=reports.SOURCES.get, **view)))


def test_english():
    assert full(reports.REPORT) == ENGLISH


def test_chinese():
    assert full(reports.REPORT, language="zh-CN") == CHINESE


def test_without_the_source_there_is_still_a_place_and_a_label():
    lines = "\n".join(render("full", reports.REPORT, View())).split("\n")
    assert " --> app/Start.kt:4:39" in lines
    assert "  | collects IMEI" in lines


def test_an_explanation_is_told_once_and_later_findings_refer_to_it():
    again = replace(reports.FINDING, place=reports.at(5, 38, 42))
    text = full(reports.report(reports.FINDING, again))
    assert text.count("= why:") == 1
    assert text.count("..> privlint.toml") == 1
    assert "  = note: why, law and help are those of app/Start.kt:4:39" in text
    assert "5 |     fun again(): String? = telephony.imei\n  |                                      ^^^^" in text


def test_the_same_reason_for_other_data_is_referred_to_but_its_remedy_is_told():
    note = Text("a note of its own", "自己的说明")
    other = replace(reports.FINDING, data=("imsi",), notes=(*reports.FINDING.notes, note), help=Text("drop it", "删除"))
    text = full(reports.report(reports.FINDING, other)).partition("\n\n")[2]
    assert text.endswith("  = why: as at app/Start.kt:4:39\n  = note: a note of its own\n  = help: drop it\n")


def test_another_reason_is_told_in_full():
    other = replace(reports.FINDING, data=("imsi",), reason=Text("Another reason.", "另一个原因。"))
    text = full(reports.report(reports.FINDING, other))
    assert "= why: Another reason." in text
    assert text.count("= law:") == 2


def test_five_hundred_findings_take_one_line_each_after_the_third():
    many = [replace(reports.FINDING, place=reports.at(4, 39, 43)) for _ in range(500)]
    lines = full(reports.report(*many)).split("\n")
    assert len(lines) < 540
    assert sum(line.startswith("error[PRV101]") for line in lines) == 500
    assert lines.count("error[PRV101] app/Start.kt:4:39: collects IMEI (explained above)") == 497


def test_everything_is_shown_to_those_who_want_all():
    many = [reports.FINDING] * 5
    assert full(reports.report(*many), verbose=True).count("= why:") == 5


def test_suppressed_findings_are_shown_on_demand_with_their_reason():
    hidden = replace(reports.FINDING, suppressed="marker", justification="Ticket 4711")
    assert full(reports.report(hidden)) == ""
    shown = full(reports.report(hidden), verbose=True)
    assert shown.startswith("suppressed[PRV101]: ")
    assert "= note: suppressed by a marker: Ticket 4711" in shown


def test_prose_is_wrapped_to_the_terminal():
    for language in ("en", "zh-CN"):
        lines = full(reports.REPORT, language=language, width=60).split("\n")
        assert all(width(line) <= 60 for line in lines)


def test_colour_only_where_it_is_wanted():
    assert "\x1b" not in full(reports.REPORT)
    coloured = full(reports.REPORT, colour=True)
    assert "\x1b[1;31merror[PRV101]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == ENGLISH


def test_paths_read_as_the_reader_would_open_them():
    assert "--> sub/app/Start.kt:4:39" in full(reports.REPORT, path=lambda path: f"sub/{path}")


def test_a_message_cannot_forge_lines():
    forged = replace(reports.FINDING, message=Text("a\n::error::b", "a\n::error::b"), related=(), notes=())
    first = full(reports.report(forged)).split("\n")[0]
    assert first == "error[PRV101]: a\\n\\x3a:error::b"


def test_concise():
    lines = list(render("concise", reports.REPORT, View()))
    assert lines == [
        "app/Start.kt:4:39: PRV101 error IMEI is collected but not necessary for the basic service of a map and"
        " navigation app"
    ]
    (chinese,) = render("concise", reports.REPORT, View(language="zh-CN"))
    assert chinese == "app/Start.kt:4:39: PRV101 error 收集了IMEI，但它不是地图导航类App基本功能服务的必要个人信息"
