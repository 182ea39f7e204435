"""Privacy policies: how each format is read, and what is held against code and manifest."""

from __future__ import annotations

import pytest

from apps import gradle, judged, permissions, shown
from privlint.declare import policy

CODE = {
    "app/Here.kt": "import android.location.LocationManager\n\n"
    "fun here(l: LocationManager) = l.getLastKnownLocation(LocationManager.GPS_PROVIDER)\n"
}
APP = '[app]\nname = "Maps"\ncategory = "map-navigation"\npolicy = "{}"\n'
LOCATION = '\n[[collect]]\ndata = "precise-location"\npurpose = "Navigate"\nconsent = "separate"\n'
GOOD = (
    "# Privacy\n\nWe take your location. You may delete your account. You may withdraw."
    " Complaints: privacy@example.com\n"
)
GOOD_ZH = (
    "# 隐私政策\n\n我们收集位置信息用于导航。您可以注销账号、删除信息。您可以撤回同意。投诉：privacy@example.com\n"
)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_html_is_read_without_what_nobody_sees():
    page = (
        "<html><head><title>Privacy</title><style>.contacts {}</style></head>\n<body>"
        "<p>We take your\nloca&shy;tion &amp; your calendar.</p><script>var sms = 1</script>\n"
        "<!-- imei --></body></html>"
    )
    read = policy.read(page.encode(), "p.html", "p.html")
    assert read.state == "read"
    assert read.lines[1].strip() == "We take your"
    assert "calendar" in read.lines[2]
    assert not any(hidden in read.text for hidden in ("contacts", "sms", "imei"))


def test_markdown_loses_addresses_and_comments_and_keeps_its_lines():
    text = "# Privacy of the app\n<!-- sms\nimei -->\nSee [our **contacts** page](https://x.example/calendar) here.\n"
    read = policy.read(text.encode(), "p.md", "p.md")
    assert "contacts" in read.lines[3]
    assert not any(hidden in read.text for hidden in ("sms", "imei", "calendar"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding):
    read = policy.read(GOOD_ZH.encode(encoding), "p.txt", "p.txt")
    assert (read.state, "注销账号" in read.text) == ("read", True)


@pytest.mark.parametrize(
    ("data", "state"),
    [(b"", "empty"), (b"# \n\n- \n", "empty"), (b"%PDF-1.7 ...", "unreadable"), (b"PK\x03\x04...", "unreadable")],
)
def test_what_is_no_policy(data, state):
    assert policy.read(data, "p.md", "p.md").state == state


def test_a_hostile_page_costs_little():
    page = "<div>" * 100_000 + "<![CDATA[" + "<!--" * 50_000 + "&#" * 50_000
    assert policy.read(page.encode(), "p.html", "p.html").path == "p.html"


# --- PRV901 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "text", "says"),
    [
        ("p.md", None, "is not there"),
        ("p.md", "\n", "holds no text"),
        ("../p.md", None, "it lies outside the project"),
        ("p.md", "%PDF-1.4", "not a text file"),
    ],
)
def test_a_policy_that_is_none(named, text, says, tmp_path):
    files = {"privlint.toml": APP.format(named), **CODE} | ({"p.md": text} if text else {})
    (finding,) = judged(tmp_path, files, "PRV9")
    assert (finding.check, finding.severity, finding.place.start.line) == ("PRV901", "warning", 4)
    assert says in finding.message.en


def test_an_app_that_is_built_names_none(tmp_path):
    toml = '[app]\nname = "Maps"\ncategory = "map-navigation"\n'
    assert judged(tmp_path, {"privlint.toml": toml, **CODE}, "PRV901") == ()
    built = {"app/build.gradle": gradle(), "app/src/main/AndroidManifest.xml": permissions()}
    assert shown(judged(tmp_path, built, "PRV901")) == [("PRV901", "warning", 1)]


def test_an_address_is_not_fetched_and_a_note_says_so(tmp_path):
    from privlint import engine
    from privlint.model.request import Request

    toml = APP.format("https://example.com/privacy")
    assert judged(tmp_path, {"privlint.toml": toml + LOCATION, **CODE}, "PRV9") == ()
    report = engine.run(Request(paths=(str(tmp_path),), today="2026-11-24", jobs=1))
    assert any("https://example.com/privacy is not fetched" in note.en for note in report.notes)


# --- PRV902 to PRV906 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [GOOD, GOOD_ZH])
def test_a_policy_that_says_all(text, tmp_path):
    assert judged(tmp_path, {"privlint.toml": APP.format("p.md") + LOCATION, "p.md": text, **CODE}, "PRV9") == ()


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (GOOD.replace("location", "name"), "PRV902"),
        (GOOD.replace("Complaints: privacy@example.com", "We care."), "PRV903"),
        (GOOD.replace("You may delete your account.", ""), "PRV904"),
        (GOOD + "We read your address book.\n", "PRV906"),
        (GOOD_ZH.replace("位置信息用于导航", "昵称"), "PRV902"),
        (GOOD_ZH.replace("投诉：privacy@example.com", ""), "PRV903"),
        (GOOD_ZH.replace("您可以注销账号、删除信息。", ""), "PRV904"),
        (GOOD_ZH + "我们读取您的通讯录。\n", "PRV906"),
    ],
)
def test_a_policy_that_leaves_something_out(text, check, tmp_path):
    files = {"privlint.toml": APP.format("p.md") + LOCATION, "p.md": text, **CODE}
    (finding,) = judged(tmp_path, files, "PRV9")
    assert finding.check == check
    assert any("words alone" in note.en for note in finding.notes)


@pytest.mark.parametrize("text", ["We never collect your address book.\n", "我们不会收集您的通讯录。\n"])
def test_what_is_denied_is_not_claimed(text, tmp_path):
    files = {"privlint.toml": APP.format("p.md") + LOCATION, "p.md": GOOD + text, **CODE}
    assert judged(tmp_path, files, "PRV906") == ()


def test_channels_of_the_manifest_count(tmp_path):
    toml = (
        APP.format("p.md")
        + LOCATION
        + '\n[rights]\ndelete = "com.example.Delete"\nwithdraw = "com.example.Withdraw"\n'
        + '\n[contact]\ncomplaints = "com.example.Complaints"\n'
    )
    files = {"privlint.toml": toml, "p.md": "We use your location for the personal information service.\n", **CODE}
    files["app/Rights.kt"] = "package com.example\n\nclass Delete\n\nclass Withdraw\n"
    assert judged(tmp_path, files, "PRV9") == ()


def test_code_that_neither_manifest_nor_policy_mentions_is_one_finding(tmp_path):
    files = {"privlint.toml": APP.format("p.md"), "p.md": GOOD.replace("location", "name"), **CODE}
    (finding,) = judged(tmp_path, files, "PRV2", "PRV9")
    assert (finding.check, finding.also) == ("PRV201", ("PRV902",))


def test_a_policy_in_a_language_that_nobody_here_reads_is_not_judged(tmp_path):
    text = "Vi samlar in din plats och dina kontakter. Klagomål skickas till oss per brev.\n"
    assert judged(tmp_path, {"privlint.toml": APP.format("p.md") + LOCATION, "p.md": text, **CODE}, "PRV9") == ()


def test_an_sdk_that_the_policy_does_not_name(tmp_path):
    files = {
        "privlint.toml": APP.format("p.md") + LOCATION,
        "p.md": GOOD,
        "app/build.gradle": gradle("com.google.firebase:firebase-crashlytics"),
        **CODE,
    }
    found = judged(tmp_path, files, "PRV905")
    assert [(finding.severity, finding.place.path) for finding in found] == [("info", "app/build.gradle")]
    assert judged(tmp_path, {"p.md": GOOD + "Crashes go to Google (Crashlytics).\n"}, "PRV905") == ()
