"""Permissions held against code, category and manifest: what must speak, and beside it what must stay silent."""

from __future__ import annotations

import pytest

from apps import gradle, judged, permissions, shown

MANIFEST = "app/src/main/AndroidManifest.xml"
BUILD = "app/build.gradle"
CODE = "app/src/main/java/com/example/Main.kt"
KEYBOARD = '[app]\nname = "Keys"\ncategory = "input-method"\npolicy = "https://example.com/p"\n'
VIDEO = '[app]\nname = "Calls"\ncategory = "video-conference"\npolicy = "https://example.com/p"\n'
MAPS = '[app]\nname = "Maps"\ncategory = "map-navigation"\npolicy = "https://example.com/p"\n'
CONTACTS = """import android.content.ContentResolver
import android.provider.ContactsContract

fun all(resolver: ContentResolver) = resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null)
"""
ASKS = """import android.Manifest
import android.app.Activity

fun ask(activity: Activity) = activity.requestPermissions(arrayOf(Manifest.permission.READ_CALENDAR), 1)
"""


def collect(data: str) -> str:
    return f'[[collect]]\ndata = "{data}"\npurpose = "It is needed"\nconsent = "separate"\n'


# --- PRV302 -----------------------------------------------------------------------------------------------------------


def test_a_permission_that_nothing_uses(tmp_path):
    (finding,) = judged(tmp_path, {MANIFEST: permissions("READ_CALENDAR"), BUILD: gradle()}, "PRV302")
    assert (finding.check, finding.severity, finding.place.start.line) == ("PRV302", "warning", 2)
    assert finding.message.en == "READ_CALENDAR is asked for, but nothing that takes calendar was found"
    assert finding.message.zh == "申请了 READ_CALENDAR，但没有发现取得日历的代码"
    assert finding.data == ("calendar",)
    assert finding.clauses == ("cn-method-2019/4.1",)


@pytest.mark.parametrize(
    "more",
    [
        {CODE: CONTACTS},
        {"privlint.toml": KEYBOARD + collect("contacts")},
        {
            "privlint.toml": KEYBOARD
            + '[[sdk]]\nname = "S"\npurpose = "P"\ndata = ["contacts"]\nnotice = "https://example.com"\n'
        },
    ],
    ids=["code", "declared", "sdk"],
)
def test_a_permission_that_is_used_or_declared(more, tmp_path):
    assert judged(tmp_path, {MANIFEST: permissions("READ_CONTACTS"), BUILD: gradle(), **more}, "PRV302") == ()


def test_a_use_in_test_code_accounts_for_nothing(tmp_path):
    test = CODE.replace("/main/", "/test/")
    files = {MANIFEST: permissions("READ_CONTACTS"), BUILD: gradle(), test: CONTACTS}
    assert shown(judged(tmp_path, files, "PRV302")) == [("PRV302", "warning", 2)]


def test_a_request_at_run_time_is_reported_at_its_place_instead(tmp_path):
    files = {MANIFEST: permissions("READ_CALENDAR"), BUILD: gradle(), CODE: ASKS}
    (finding,) = judged(tmp_path, files, "PRV301", "PRV302")
    assert (finding.check, finding.place.path) == ("PRV301", CODE)


@pytest.mark.parametrize(
    ("permission", "library", "more", "severity"),
    [
        ("CAMERA", "androidx.core:core-ktx", "", "warning"),
        ("CAMERA", "androidx.camera:camera-core", "", "info"),
        ("CAMERA", "androidx.core:core-ktx", "fun one() = Intent(MediaStore.ACTION_IMAGE_CAPTURE)", "info"),
        ("READ_EXTERNAL_STORAGE", "androidx.core:core-ktx", "", "info"),
    ],
    ids=["nothing", "library", "camera app", "plain files"],
)
def test_a_request_for_what_something_else_may_use_is_information(permission, library, more, severity, tmp_path):
    imports = "import android.content.Intent\nimport android.provider.MediaStore\n"
    code = imports + ASKS.replace("READ_CALENDAR", permission) + more
    found = judged(tmp_path, {MANIFEST: permissions(permission), BUILD: gradle(library), CODE: code}, "PRV301")
    assert [(one.check, one.severity) for one in found] == [("PRV301", severity)]


def test_a_library_that_is_known_to_use_it(tmp_path):
    files = {MANIFEST: permissions("CAMERA"), BUILD: gradle("androidx.camera:camera-core")}
    assert judged(tmp_path, files, "PRV302") == ()
    files[BUILD] = gradle("androidx.core:core-ktx")
    assert shown(judged(tmp_path, files, "PRV302")) == [("PRV302", "warning", 2)]


def test_files_and_connections_are_never_called_unused(tmp_path):
    names = ("READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "BLUETOOTH_CONNECT", "INTERNET", "VIBRATE")
    assert judged(tmp_path, {MANIFEST: permissions(*names), BUILD: gradle()}, "PRV302") == ()


def test_fine_location_speaks_for_approximate(tmp_path):
    names = ("ACCESS_COARSE_LOCATION", "ACCESS_FINE_LOCATION")
    found = judged(tmp_path, {MANIFEST: permissions(*names), BUILD: gradle()}, "PRV302")
    assert shown(found) == [("PRV302", "warning", 3)]


def test_a_permission_that_no_device_asks_for(tmp_path):
    manifest = permissions('READ_CONTACTS android:maxSdkVersion="22"')
    (finding,) = judged(tmp_path, {MANIFEST: manifest, BUILD: gradle(minimum=23), CODE: CONTACTS}, "PRV3")
    assert (finding.check, finding.severity) == ("PRV302", "info")
    assert "up to API level 22, but the app runs from 23" in finding.message.en
    assert judged(tmp_path, {BUILD: gradle(minimum=21)}, "PRV302") == ()


@pytest.mark.parametrize("path", ["app/src/debug/AndroidManifest.xml", "app/src/androidTest/AndroidManifest.xml"])
def test_what_is_not_published_is_no_warning(path, tmp_path):
    files = {MANIFEST: permissions(), BUILD: gradle(), "settings.gradle": "include ':app'\n"}
    found = judged(tmp_path, {**files, path: permissions("READ_CALENDAR")}, "PRV302")
    assert all(finding.severity == "info" for finding in found)
    assert len(found) == (1 if "debug" in path else 0)


def test_a_part_in_another_language_may_use_it(tmp_path):
    manifest = permissions("READ_CALENDAR").replace(
        "<application />", '<application><meta-data android:name="flutterEmbedding" android:value="2" /></application>'
    )
    (finding,) = judged(tmp_path, {MANIFEST: manifest, BUILD: gradle()}, "PRV302")
    assert finding.severity == "info"
    assert any("language that is not read" in note.en for note in finding.notes)


# --- PRV303 -----------------------------------------------------------------------------------------------------------


def test_a_call_that_cannot_work(tmp_path):
    files = {MANIFEST: permissions(), BUILD: gradle("androidx.core:core-ktx"), CODE: CONTACTS}
    (finding,) = judged(tmp_path, files, "PRV303")
    assert (finding.severity, finding.place.path, finding.place.start.line) == ("info", CODE, 4)
    assert finding.message.en == "this needs READ_CONTACTS, which the app does not ask for"


@pytest.mark.parametrize(
    "more",
    [
        {MANIFEST: permissions("READ_CONTACTS")},
        {BUILD: gradle("com.example:mystery")},
        {BUILD: gradle(plugin="com.android.library")},
    ],
    ids=["asked", "a library may bring it", "a library's app asks"],
)
def test_a_call_that_may_work(more, tmp_path):
    files = {MANIFEST: permissions(), BUILD: gradle("androidx.core:core-ktx"), CODE: CONTACTS, **more}
    assert judged(tmp_path, files, "PRV303") == ()


# --- PRV304 -----------------------------------------------------------------------------------------------------------


def test_a_permission_that_the_basic_service_does_not_need(tmp_path):
    files = {MANIFEST: permissions("READ_CONTACTS"), BUILD: gradle(), CODE: CONTACTS, "privlint.toml": KEYBOARD}
    (finding,) = judged(tmp_path, files, "PRV304")
    assert (finding.severity, finding.place.path, finding.place.start.line) == ("warning", MANIFEST, 2)
    assert "not necessary for the basic service of an input method app" in finding.message.en
    assert "不是输入法类App基本功能服务的必要个人信息" in finding.message.zh
    assert any("our derivation" in note.en for note in finding.notes)
    assert [related.place.path for related in finding.related] == [CODE]
    assert "cn-necessary-2021/5.33" in finding.clauses


@pytest.mark.parametrize(
    ("toml", "name"),
    [
        (None, "READ_CONTACTS"),
        (KEYBOARD.replace("input-method", "other"), "READ_CONTACTS"),
        (KEYBOARD + 'side = "supply"\n', "READ_CONTACTS"),
        (KEYBOARD + collect("contacts"), "READ_CONTACTS"),
        (MAPS, "ACCESS_FINE_LOCATION"),
        (KEYBOARD, "WRITE_EXTERNAL_STORAGE"),
        (KEYBOARD, "INTERNET"),
    ],
)
def test_a_permission_that_is_declared_necessary_or_not_judged(toml, name, tmp_path):
    files = {MANIFEST: permissions(name), BUILD: gradle()}
    assert judged(tmp_path, files | ({"privlint.toml": toml} if toml else {}), "PRV304") == ()


def test_a_permission_that_the_service_plainly_works_by_is_information(tmp_path):
    files = {MANIFEST: permissions("CAMERA"), BUILD: gradle(), "privlint.toml": VIDEO}
    (finding,) = judged(tmp_path, files, "PRV304")
    assert finding.severity == "info"
    assert any("plainly works by it" in note.en for note in finding.notes)


def test_unused_and_unnecessary_is_one_finding(tmp_path):
    files = {MANIFEST: permissions("READ_CALENDAR"), BUILD: gradle(), "privlint.toml": KEYBOARD}
    (finding,) = judged(tmp_path, files, "PRV3")
    assert (finding.check, finding.also) == ("PRV304", ("PRV302",))


# --- PRV305 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "severity", "settled"),
    [
        ("MANAGE_EXTERNAL_STORAGE", "warning", "files"),
        ("QUERY_ALL_PACKAGES", "warning", "installed-apps"),
        ("READ_SMS", "warning", "sms"),
        ("READ_MEDIA_IMAGES", "info", "photos"),
        ("READ_CONTACTS", "info", "contacts"),
    ],
)
def test_a_narrower_way(name, severity, settled, tmp_path):
    files = {MANIFEST: permissions(name), BUILD: gradle(), "privlint.toml": KEYBOARD}
    (finding,) = judged(tmp_path, files, "PRV305")
    assert (finding.check, finding.severity) == ("PRV305", severity)
    assert finding.help.en
    assert finding.help.zh
    assert judged(tmp_path, {"privlint.toml": KEYBOARD + collect(settled)}, "PRV305") == ()


def test_the_background_is_always_worth_a_look(tmp_path):
    files = {MANIFEST: permissions("ACCESS_BACKGROUND_LOCATION"), BUILD: gradle(), "privlint.toml": MAPS}
    assert shown(judged(tmp_path, files, "PRV305")) == [("PRV305", "warning", 2)]


def test_precise_is_asked_for_and_approximate_is_declared(tmp_path):
    files = {MANIFEST: permissions("ACCESS_FINE_LOCATION"), BUILD: gradle()}
    toml = MAPS + collect("coarse-location")
    assert shown(judged(tmp_path, {**files, "privlint.toml": toml}, "PRV305")) == [("PRV305", "warning", 2)]
    assert judged(tmp_path, {"privlint.toml": MAPS + collect("precise-location")}, "PRV305") == ()


# --- several apps -----------------------------------------------------------------------------------------------------

TWO = (
    '[[apps]]\nname = "Maps"\ncategory = "map-navigation"\npaths = ["maps"]\npolicy = "https://example.com/p"\n\n'
    '[[apps]]\nname = "Keys"\ncategory = "input-method"\npaths = ["keys"]\npolicy = "https://example.com/p"\n'
)
PARTS = {
    "settings.gradle": "include ':maps', ':keys', ':shared'\n",
    "maps/build.gradle": gradle("implementation project(':shared')"),
    "keys/build.gradle": gradle("implementation project(':shared')"),
    "maps/src/main/AndroidManifest.xml": permissions(),
    "keys/src/main/AndroidManifest.xml": permissions(),
    "shared/build.gradle": gradle(plugin="com.android.library"),
    "privlint.toml": TWO,
}


def test_a_shared_module_counts_for_every_app_that_contains_it(tmp_path):
    shared = {"shared/src/main/AndroidManifest.xml": permissions("ACCESS_FINE_LOCATION", "READ_CONTACTS")}
    found = judged(tmp_path, {**PARTS, **shared}, "PRV304")
    assert shown(found) == [("PRV304", "warning", 2), ("PRV304", "warning", 3)]
    fine, contacts = found
    assert any(note.en == "in the app Keys" for note in fine.notes)
    assert any(note.en == "in the app Maps, Keys" for note in contacts.notes)
    assert any(note.zh == "所属应用：Maps、Keys" for note in contacts.notes)


def test_code_of_a_shared_module_is_judged_for_every_app(tmp_path):
    (finding,) = judged(tmp_path, {**PARTS, "shared/src/main/java/Shared.kt": CONTACTS}, "PRV101")
    assert {note.en for note in finding.notes if note.en.startswith("in the app")} == {
        "in the app Maps",
        "in the app Keys",
    }


def test_code_of_one_app_is_judged_for_that_app_alone(tmp_path):
    (finding,) = judged(tmp_path, {**PARTS, "keys/src/main/java/Keys.kt": CONTACTS}, "PRV101")
    assert [note.en for note in finding.notes if note.en.startswith("in the app")] == ["in the app Keys"]
