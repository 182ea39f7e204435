"""`privlint explain --notice` and `privlint rectify`: what a notice points to, and what it must never be said to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from privlint import engine
from privlint.cli import main
from privlint.engine import answering

EXAMPLES = Path(__file__).parent.parent / "examples"
UNNECESSARY = "违反必要原则，收集与其提供的服务无关的个人信息"
NECESSITY_RULE = "必要个人信息范围规定"


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main([*arguments]) == code
    return capsys.readouterr().out


def explained(capsys: pytest.CaptureFixture[str], text: str, *more: str) -> dict[str, object]:
    found = run(capsys, "explain", "--notice", text, "--format", "json", *more)
    document: dict[str, object] = json.loads(found)
    return document


def matched(text: str) -> list[str]:
    rules = engine.rulebook()
    return [wording.id for wording, _ in answering._matches(rules, text)]


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        (UNNECESSARY, ["unnecessary"]),
        ("该App违反必要原则,收集与其提供的服务 无关的个人信息", ["unnecessary"]),
        ("1.未公开收集使用规则；2.未经用户同意收集使用个人信息", ["no-public-rules", "no-consent"]),
        ("App强制、频繁、过度索取权限", ["demands-permissions"]),
        ("超范围收集个人信息", ["beyond-scope"]),
        ("Breaching the Necessity Principle", ["unnecessary"]),
        ("未提供删除更正功能和投诉举报渠道", ["no-deletion", "no-complaint-channel"]),
        ("收集个人信息", []),
        ("the weather is fine", []),
    ],
)
def test_a_notice_is_read_by_its_wordings(text: str, wordings: list[str]) -> None:
    assert matched(text) == wordings


def test_every_wording_of_the_rules_is_recognised_as_itself() -> None:
    for notices in engine.rulebook().notices:
        for wording in notices.wordings:
            assert wording.id in matched(wording.said_zh)
            assert wording.id in matched(wording.said_en)


def test_it_names_the_lines_that_could_have_caused_it(capsys: pytest.CaptureFixture[str]) -> None:
    (point,) = explained(capsys, UNNECESSARY, str(EXAMPLES / "maps-undeclared"))["points"]  # type: ignore[misc]
    places = {(one["check"], one["path"].rpartition("/")[2], one["start"]["line"]) for one in point["findings"]}
    assert {("PRV101", "DeviceReport.kt", 28), ("PRV101", "Friends.kt", 13), ("PRV102", "privlint.toml", 11)} <= places
    assert not {"PRV201", "PRV203", "PRV901"} & {check for check, _, _ in places}


def test_and_stays_silent_where_there_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    (point,) = explained(capsys, UNNECESSARY, str(EXAMPLES / "maps"))["points"]  # type: ignore[misc]
    assert point["findings"] == []
    shown = run(capsys, "explain", "--notice", UNNECESSARY, str(EXAMPLES / "maps"), "--lang", "zh-CN")
    assert "没有发现可能与此有关的内容" in shown


def test_what_no_check_looks_at_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "explain", "--notice", "APP频繁自启动", str(EXAMPLES / "maps"), "--lang", "en")
    assert "looked at by hand" in shown
    assert "No wording that privlint knows" in run(capsys, "explain", "--notice", "天气很好", str(EXAMPLES / "maps"))


def test_the_notice_on_33_apps_does_not_cite_the_necessity_rule() -> None:
    (notices,) = engine.rulebook().notices
    first = next(notice for notice in notices.notices if notice.apps == 33)
    assert first.basis == ("《中华人民共和国网络安全法》", "《App违法违规收集使用个人信息行为认定方法》")
    assert first.working_days == 10
    later = [notice for notice in notices.notices if notice.apps != 33]
    assert [notice.working_days for notice in later] == [15, 15, 15]
    assert all(any(NECESSITY_RULE in law for law in notice.basis) for notice in later)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_nor_is_it_shown_as_if(capsys: pytest.CaptureFixture[str], language: str) -> None:
    shown = run(capsys, "explain", "--notice", UNNECESSARY, str(EXAMPLES / "maps"), "--lang", language)
    flat = re.sub(r"\s+", "", shown)
    start = "关于输入法等33款App"
    told = flat[flat.index(start) : flat.index("关于腾讯手机管家等84款App")]
    told = told.partition("曾见于")[0].partition("sowordedin")[0]
    assert "网络安全法" in told
    assert NECESSITY_RULE not in told


def test_only_apps_that_pages_name_are_named() -> None:
    (notices,) = engine.rulebook().notices
    named = {app for notice in notices.notices for app in notice.named}
    assert named == {
        "搜狗输入法",
        "讯飞输入法",
        "百度输入法",
        "QQ输入法",
        "高德地图",
        "百度地图",
        "腾讯地图",
        "连信",
    }


def test_an_empty_notice_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--notice", " ", str(EXAMPLES / "maps")]) == 2
    assert "there is no text" in capsys.readouterr().err


# --- the rectification report -----------------------------------------------------------------------------------------


def rectify(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    return run(capsys, "rectify", "--today", "2026-11-25", str(EXAMPLES / "maps-undeclared"), *arguments)


def test_a_report_answers_point_by_point_and_keeps_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--notice", UNNECESSARY, "--notice-date", "2026-11-24", "--due", "+10 working days", "--lang", "zh-CN")
    text = rectify(capsys, *given)
    named, _, rest = text.partition("## 通报未提及")
    assert "| 整改期限 | 2026-12-08 |" in named
    assert "Friends.kt:13" in named
    assert "PRV201" not in named.replace("cn-method-2019/2.1", "")
    assert "PRV201" in rest
    assert "PRV101" not in rest
    for heading in ("条款", "问题", "代码位置", "整改措施", "期限"):
        assert f"| {heading} |" in named
    assert rest.count("2026-12-08") == 0


def test_every_finding_is_in_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "check", str(EXAMPLES / "maps-undeclared"), "--output-format", "json", code=1))
    for arguments in ((), ("--notice", UNNECESSARY)):
        text = rectify(capsys, "--lang", "en", *arguments)
        rows = [line for line in text.splitlines() if re.match(r"\| \d+\.\d+ ", line)]
        assert sum(row.count("<br>") + 1 for row in (line.split(" | ")[3] for line in rows)) == len(found["findings"])


def test_a_page_says_the_same_and_needs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    page = rectify(capsys, "--notice", UNNECESSARY, "--format", "html", "--lang", "zh-CN")
    assert '<html lang="zh-Hans">' in page
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=", page)
    assert "Friends.kt:13" in page


def test_words_of_the_law_are_quoted_only_where_verified(capsys: pytest.CaptureFixture[str]) -> None:
    text = rectify(capsys, "--notice", f"{UNNECESSARY}；未公开收集使用规则", "--lang", "zh-CN")
    assert "第1.1项：“在App中没有隐私政策" in text
    assert "第4.1项：收集的信息或打开的权限与App提供的功能无关（我们的概括）" in text


def test_a_span_needs_the_day_of_the_notice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rectify", str(EXAMPLES / "maps"), "--due", "+10 working days"]) == 2
    assert "--notice-date" in capsys.readouterr().err


def test_nothing_from_a_notice_acts_in_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    evil = f"{UNNECESSARY} <img src=x onerror=alert(1)> \x1b[31m"
    for form in ("markdown", "html"):
        text = rectify(capsys, "--notice", evil, "--format", form)
        assert "<img" not in text
        assert "\x1b" not in text
