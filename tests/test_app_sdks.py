"""SDKs held against the manifest: what must speak, and beside it what must stay silent."""

from __future__ import annotations

import pytest

from apps import gradle, judged, permissions

BUILD = "app/build.gradle"
MANIFEST = "app/src/main/AndroidManifest.xml"
CODE = "app/src/main/java/com/example/Main.kt"
APP = '[app]\nname = "Notes"\ncategory = "utility"\npolicy = "https://example.com/p"\n'
CRASH = "com.google.firebase:firebase-crashlytics"


def table(name: str, more: str = "") -> str:
    return (
        f'\n[[sdk]]\nname = "{name}"\npurpose = "Learn of crashes"\nnotice = "https://example.com/notice"\n'
        f'data = ["crash-logs", "installation-id", "device-model", "os-version", "diagnostics"]\n{more}'
    )


# --- PRV701 -----------------------------------------------------------------------------------------------------------


def test_an_sdk_by_its_coordinates(tmp_path):
    (finding,) = judged(tmp_path, {BUILD: gradle(CRASH)}, "PRV701")
    assert (finding.severity, finding.place.path) == ("warning", BUILD)
    assert "Crashlytics" in finding.message.en
    assert 'coordinates = ["com.google.firebase:firebase-crashlytics"]' in finding.help.en
    assert finding.symbol.startswith("sdk:")


def test_an_sdk_by_an_import_alone(tmp_path):
    files = {
        BUILD: gradle(),
        CODE: "package com.example\n\nimport com.google.firebase.crashlytics.FirebaseCrashlytics\n",
    }
    (finding,) = judged(tmp_path, files, "PRV701")
    assert (finding.place.path, finding.place.start.line, finding.place.start.column) == (CODE, 3, 8)


@pytest.mark.parametrize(
    "entry",
    [table("Firebase Crashlytics"), table("Crashes", f'coordinates = ["{CRASH}"]\n')],
    ids=["by name", "by coordinates"],
)
def test_a_declared_sdk(entry, tmp_path):
    assert judged(tmp_path, {BUILD: gradle(CRASH), "privlint.toml": APP + entry}, "PRV701") == ()


@pytest.mark.parametrize(
    "dependency",
    [
        f"testImplementation '{CRASH}:1.0'",
        "implementation platform('com.google.firebase:firebase-bom:1.0')",
        "implementation 'androidx.core:core-ktx:1.13.0'",
        "implementation 'com.squareup.okhttp3:okhttp:4.12.0'",
    ],
)
def test_tests_platforms_and_building_blocks_are_nobodys_sdk(dependency, tmp_path):
    assert judged(tmp_path, {BUILD: gradle(dependency)}, "PRV7") == ()


def test_an_sdk_of_debug_builds_is_information(tmp_path):
    found = judged(tmp_path, {BUILD: gradle(f"debugImplementation '{CRASH}:1.0'")}, "PRV701")
    assert [finding.severity for finding in found] == ["info"]


def test_an_import_in_a_comment_or_of_a_longer_package_is_none(tmp_path):
    code = "// import com.google.firebase.crashlytics.X\nimport com.google.firebasement.Floor\n"
    assert judged(tmp_path, {BUILD: gradle(), CODE: code}, "PRV701") == ()


# --- PRV702 -----------------------------------------------------------------------------------------------------------


def test_unknown_libraries_are_listed_together_until_sdks_are_declared(tmp_path):
    build = gradle("com.example.one:a", "com.example.two:b", "com.example.one:c")
    (finding,) = judged(tmp_path, {BUILD: build}, "PRV702")
    assert finding.severity == "info"
    assert finding.message.en.startswith("3 third-party libraries are in the app and not in the catalogue")
    assert "com.example.one:a, com.example.two:b, com.example.one:c" in finding.notes[0].en
    found = judged(tmp_path, {"privlint.toml": APP + table("Firebase Crashlytics")}, "PRV702")
    assert len(found) == 2


def test_a_library_that_names_itself_by_what_it_takes_stands_alone(tmp_path):
    found = judged(tmp_path, {BUILD: gradle("com.example.one:a", "com.example.two:analytics-kt")}, "PRV702")
    assert [finding.symbol for finding in found] == ["unknown:rest", "unknown:com.example.two"]


def test_a_library_with_a_table_is_known(tmp_path):
    toml = APP + table("Ads", 'coordinates = ["com.example.one:*"]\n')
    assert judged(tmp_path, {BUILD: gradle("com.example.one:a"), "privlint.toml": toml}, "PRV702") == ()


# --- PRV703, PRV704 ---------------------------------------------------------------------------------------------------


def test_a_table_about_what_is_gone(tmp_path):
    toml = APP + table("Firebase Crashlytics")
    files = {BUILD: gradle("androidx.core:core-ktx"), MANIFEST: permissions(), "privlint.toml": toml}
    (finding,) = judged(tmp_path, files, "PRV703")
    assert (finding.severity, finding.place.path, finding.place.start.line) == ("info", "privlint.toml", 6)
    assert judged(tmp_path, {BUILD: gradle(CRASH)}, "PRV703") == ()


def test_nobody_can_tell_whether_it_is_gone(tmp_path):
    toml = APP + table("Firebase Crashlytics")
    unclear = gradle("implementation someHelper.crashLibrary")
    assert judged(tmp_path, {BUILD: unclear, "privlint.toml": toml}, "PRV703") == ()
    stranger = APP + table("Something of our own")
    assert judged(tmp_path, {BUILD: gradle("androidx.core:core-ktx"), "privlint.toml": stranger}, "PRV703") == ()


def test_an_incomplete_table(tmp_path):
    whole = APP + table("Something")
    assert judged(tmp_path, {"privlint.toml": whole, CODE: "val x = 1\n"}, "PRV704") == ()
    broken = APP + '[[sdk]]\nname = "Something"\npurpose = "Learn"\n'
    (finding,) = judged(tmp_path, {"privlint.toml": broken}, "PRV704")
    assert finding.message.en == (
        "the table about Something lacks the data that it takes; the address of its vendor's notice"
    )


def test_what_the_vendors_notice_names_has_to_be_in_the_table(tmp_path):
    entry = table("Tencent Bugly").replace('"crash-logs", "installation-id", ', "")
    (finding,) = judged(tmp_path, {"privlint.toml": APP + entry, CODE: "val x = 1\n"}, "PRV704")
    assert "which its vendor's notice names" in finding.message.en


def test_what_the_text_cannot_tell_is_counted_and_named(tmp_path):
    from privlint import engine
    from privlint.model.request import Request

    judged(
        tmp_path, {BUILD: gradle("implementation someHelper.crashLibrary", "com.example:x"), MANIFEST: permissions()}
    )
    notes = engine.run(Request(paths=(str(tmp_path),), today="2026-11-24", jobs=1)).notes
    assert any("1 entry of a build file could not be told from the text" in note.en for note in notes)
    assert any("someHelper.crashLibrary" in note.zh for note in notes)
    assert any("--merged-manifest" in note.en for note in notes)
