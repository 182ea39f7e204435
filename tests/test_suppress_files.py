"""Markers in build and packaging files: a whole app as it stands on the disk, with and without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from privlint import engine
from privlint.model.finding import Finding
from privlint.model.request import Request
from privlint.suppress import declaring

MANIFEST = '[app]\nname = "Example"\ncategory = "utility"\npolicy = "policy.md"\n'
GRADLE = """\
plugins { id("com.android.application") }

android { namespace = "com.example" }

dependencies {
    implementation("com.umeng.umsdk:common:9.4.7")
}
"""
ANDROID = """\
<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android"
    xmlns:tools="http://schemas.android.com/tools">
    <uses-permission
        android:name="android.permission.READ_CONTACTS" />
    <uses-permission android:name="android.permission.READ_CALENDAR" />
    <application />
</manifest>
"""
CONTACTS = "    <uses-permission\n        android:name"


def found(folder: Path, android: str = ANDROID, gradle: str = GRADLE, today: str = "2026-11-24") -> list[Finding]:
    files = {
        "privlint.toml": MANIFEST,
        "policy.md": "# 隐私政策\n联系我们 privacy@example.com 投诉，删除账号。\n",
        "app/build.gradle.kts": gradle,
        "app/src/main/AndroidManifest.xml": android,
        "app/src/main/java/com/example/Main.kt": "package com.example\n\nclass Main\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return list(engine.run(Request(paths=(str(folder),), today=today)).findings)


def about(findings: list[Finding], symbol: str) -> list[tuple[str, str]]:
    return [(one.check, one.suppressed) for one in findings if symbol in one.symbol]


def marks(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(one.check, one.place.start.line) for one in findings if one.check.startswith("PRV03")]


def checks_of(findings: list[Finding], symbol: str) -> str:
    (one,) = [one for one in findings if symbol in one.symbol]
    return one.check


@pytest.fixture
def contacts(tmp_path: Path) -> str:
    """The check that speaks of the permission without any marker."""
    return checks_of(found(tmp_path / "plain"), "READ_CONTACTS")


def test_without_markers_both_permissions_are_reported(tmp_path: Path) -> None:
    findings = found(tmp_path)
    assert [suppressed for _, suppressed in about(findings, "READ_CONTACTS")] == [""]
    assert [suppressed for _, suppressed in about(findings, "READ_CALENDAR")] == [""]
    assert marks(findings) == []


def test_comment_covers_the_element_that_follows(tmp_path: Path, contacts: str) -> None:
    marker = f"    <!-- privlint: ignore[{contacts}] 应急联系人，2027 年前移除 -->\n"
    findings = found(tmp_path, ANDROID.replace(CONTACTS, marker + CONTACTS))
    assert about(findings, "READ_CONTACTS") == [(contacts, "marker")]
    assert [one.justification for one in findings if "READ_CONTACTS" in one.symbol] == ["应急联系人，2027 年前移除"]
    assert [suppressed for _, suppressed in about(findings, "READ_CALENDAR")] == [""]
    assert marks(findings) == []


def test_comment_behind_an_element_covers_its_line(tmp_path: Path) -> None:
    check = checks_of(found(tmp_path), "READ_CALENDAR")
    line = '<uses-permission android:name="android.permission.READ_CALENDAR" />'
    findings = found(tmp_path, ANDROID.replace(line, f"{line} <!-- privlint: ignore[{check}] agreed -->"))
    assert about(findings, "READ_CALENDAR") == [(check, "marker")]
    assert [suppressed for _, suppressed in about(findings, "READ_CONTACTS")] == [""]


def test_tools_ignore_covers_its_element(tmp_path: Path, contacts: str) -> None:
    said = f"MissingClass, {contacts}: kept, for the emergency call"
    text = f'    <uses-permission tools:ignore="{said}"\n        android:name'
    findings = found(tmp_path, ANDROID.replace(CONTACTS, text))
    assert about(findings, "READ_CONTACTS") == [(contacts, "marker")]
    assert [one.justification for one in findings if "READ_CONTACTS" in one.symbol] == ["kept, for the emergency call"]
    assert [suppressed for _, suppressed in about(findings, "READ_CALENDAR")] == [""]


def test_tools_ignore_without_a_reason_suppresses_nothing(tmp_path: Path, contacts: str) -> None:
    text = f'    <uses-permission tools:ignore="{contacts}"\n        android:name'
    findings = found(tmp_path, ANDROID.replace(CONTACTS, text))
    assert about(findings, "READ_CONTACTS") == [(contacts, "")]
    assert marks(findings) == [("PRV031", 4)]


def test_tools_ignore_for_android_lint_alone_is_not_ours(tmp_path: Path) -> None:
    text = '    <uses-permission tools:ignore="ProtectedPermissions"\n        android:name'
    assert marks(found(tmp_path, ANDROID.replace(CONTACTS, text))) == []


def test_idle_unknown_and_expired_markers_are_findings(tmp_path: Path, contacts: str) -> None:
    idle = "    <!-- privlint: ignore[PRV101] nothing here -->\n    <application />"
    findings = found(tmp_path, ANDROID.replace("    <application />", idle))
    assert marks(findings) == [("PRV030", 7)]
    unknown = "    <!-- privlint: ignore[PRV999] why -->\n"
    assert marks(found(tmp_path, ANDROID.replace(CONTACTS, unknown + CONTACTS))) == [("PRV032", 4)]
    over = f"    <!-- privlint: ignore[{contacts}] until=2026-11-23 why -->\n"
    findings = found(tmp_path, ANDROID.replace(CONTACTS, over + CONTACTS))
    assert about(findings, "READ_CONTACTS") == [(contacts, "")]
    assert marks(findings) == [("PRV033", 4)]
    soon = f"    <!-- privlint: ignore[{contacts}] until=2026-12-24 why -->\n"
    findings = found(tmp_path, ANDROID.replace(CONTACTS, soon + CONTACTS))
    assert about(findings, "READ_CONTACTS") == [(contacts, "marker")]
    assert marks(findings) == [("PRV034", 4)]
    late = f"    <!-- privlint: ignore[{contacts}] until=2026-12-25 why -->\n"
    assert marks(found(tmp_path, ANDROID.replace(CONTACTS, late + CONTACTS))) == []


@pytest.mark.parametrize("above", [True, False])
def test_comment_in_a_gradle_script(tmp_path: Path, above: bool) -> None:
    line = '    implementation("com.umeng.umsdk:common:9.4.7")'
    check = checks_of(found(tmp_path), "umeng")
    marker = f"// privlint: ignore[{check}] the notice is on its way"
    written = f"    {marker}\n{line}" if above else f"{line} {marker}"
    findings = found(tmp_path, gradle=GRADLE.replace(line, written))
    assert about(findings, "umeng") == [(check, "marker")]
    assert marks(findings) == []


def test_text_in_a_gradle_script_is_no_comment(tmp_path: Path) -> None:
    check = checks_of(found(tmp_path), "umeng")
    text = f'    val note = "// privlint: ignore[{check}] why"; implementation("com.umeng.umsdk:common:9.4.7")'
    findings = found(tmp_path, gradle=GRADLE.replace('    implementation("com.umeng.umsdk:common:9.4.7")', text))
    assert [suppressed for _, suppressed in about(findings, "umeng")] == [""]
    assert marks(findings) == []


def test_comment_in_a_version_catalog(tmp_path: Path) -> None:
    catalog = tmp_path / "gradle" / "libs.versions.toml"
    catalog.parent.mkdir()
    catalog.write_text(
        '[libraries]\n# privlint: ignore[PRV101] nothing of it is here\numeng = "com.umeng.umsdk:common:9.4.7"\n',
        encoding="utf-8",
    )
    findings = found(tmp_path, gradle=GRADLE.replace('"com.umeng.umsdk:common:9.4.7"', "libs.umeng"))
    assert marks(findings) == [("PRV030", 2)]


@pytest.mark.parametrize(
    ("text", "checks", "reason"),
    [
        ("PRV301", ("PRV301",), ""),
        ("privlint:PRV301: why", ("PRV301",), "why"),
        ("A, PRV301, PRV302: why, and more", ("PRV301", "PRV302"), "why, and more"),
        ("PRV301: until=2027-01-01 why", ("PRV301",), "why"),
        ("MissingPermission", None, None),
        ("", None, None),
    ],
)
def test_what_tools_ignore_says(text: str, checks: tuple[str, ...] | None, reason: str | None) -> None:
    written = declaring.attribute(text)
    assert (written.checks if written else None, written.reason if written else None) == (checks, reason)
