"""AndroidManifest.xml: what one file says, how several become one, and what is refused by name."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from privlint.declare.android_manifest import AndroidManifest, read
from privlint.declare.merging import Merged, merge
from privlint.declare.tree import File
from privlint.declare.tree import read as read_tree
from privlint.model.declared import AppDeclarations, Flavour, Module, PermissionRequest
from privlint.model.finding import Covered
from privlint.model.place import Position

ANDROID = 'xmlns:android="http://schemas.android.com/apk/res/android"'
TOOLS = 'xmlns:tools="http://schemas.android.com/tools"'


def manifest(inner: str, head: str = "") -> bytes:
    return f"<manifest {ANDROID} {TOOLS} {head}>{inner}</manifest>".encode()


def permission(name: str, more: str = "", element: str = "uses-permission") -> str:
    return f'<{element} android:name="android.permission.{name}" {more}/>'


def understood(data: bytes, path: str = "AndroidManifest.xml") -> AndroidManifest:
    found = read(data, path)
    assert not isinstance(found, Covered), found
    return found


def refused(data: bytes) -> str:
    found = read(data, "AndroidManifest.xml")
    assert isinstance(found, Covered)
    assert found.outcome == "failed"
    assert found.detail.en
    assert found.detail.zh
    return found.reason


# --- one file --------------------------------------------------------------------------------------------------------


def test_a_permission_stands_at_its_name() -> None:
    data = b"<manifest\n  " + ANDROID.encode() + b">\n  <!-- \xf0\x9f\x93\xb7 -->  <uses-permission\n"
    data += b"     android:maxSdkVersion='28'\n     android:name = 'android.permission.CAMERA' />\n</manifest>"
    (found,) = understood(data).permissions
    assert (found.name, found.max_sdk) == ("android.permission.CAMERA", 28)
    assert (found.place.start, found.place.end) == (Position(5, 22), Position(5, 47))


def test_columns_count_code_points() -> None:
    (found,) = understood(manifest("<!-- 📷 -->" + permission("CAMERA"))).permissions
    line = manifest("<!-- 📷 -->" + permission("CAMERA")).decode()
    assert line[found.place.start.column - 1 :].startswith("android.permission.CAMERA")


def test_the_namespace_counts_and_not_its_prefix() -> None:
    data = b'<manifest xmlns:a="http://schemas.android.com/apk/res/android" xmlns:android="urn:other">'
    data += b'<uses-permission android:name="no" a:name="android.permission.READ_CONTACTS"/></manifest>'
    assert [one.name for one in understood(data).permissions] == ["android.permission.READ_CONTACTS"]


def test_all_kinds_of_uses_permission() -> None:
    inner = (
        permission("A")
        + permission("B", element="uses-permission-sdk-23")
        + permission("C", element="uses-permission-sdk-m")
        + permission("D", 'android:maxSdkVersion="22"')
        + permission("E", 'tools:node="remove" tools:selector="com.lib"')
        + '<uses-permission tools:node="removeAll"/><permission android:name="own"/>'
        + '<permission-group android:name="group"/>'
    )
    found = understood(manifest(inner))
    assert [(one.name[-1:], one.from_sdk, one.max_sdk, one.marks.node) for one in found.permissions] == [
        ("A", 0, 0, ""),
        ("B", 23, 0, ""),
        ("C", 23, 0, ""),
        ("D", 0, 22, ""),
        ("E", 0, 0, "remove"),
        ("", 0, 0, "removeAll"),
    ]
    assert found.permissions[4].marks.selector == "com.lib"
    assert [(one.element, one.name) for one in found.defines] == [("permission", "own"), ("permission-group", "group")]


def test_components() -> None:
    inner = """
      <queries><package android:name="com.wechat"/><intent><action android:name="android.intent.action.VIEW"/></intent>
        <provider android:authorities="a;b"/></queries>
      <application android:name=".App" android:appComponentFactory="f.F">
        <meta-data android:name="k" android:value="v"/>
        <activity android:name="Main" android:exported="true"><intent-filter>
          <action android:name="android.intent.action.MAIN"/>
          <category android:name="android.intent.category.LAUNCHER"/></intent-filter></activity>
        <service android:name=".Track" android:foregroundServiceType="location|camera"/>
        <service android:name=".See" android:permission="android.permission.BIND_ACCESSIBILITY_SERVICE"/>
        <service android:name=".Hear" android:permission="android.permission.BIND_NOTIFICATION_LISTENER_SERVICE"/>
        <service android:name=".Keys" android:enabled="false"
          android:permission="android.permission.BIND_INPUT_METHOD"/>
        <receiver android:name=".Boot"><intent-filter>
          <action android:name="android.intent.action.BOOT_COMPLETED"/></intent-filter></receiver>
        <provider android:name="other.P" android:authorities="x;y"/>
      </application>"""
    found = merge([understood(manifest(inner, 'package="com.app"'), "AndroidManifest.xml")], ())
    by_name = {one.name: one for one in found.components}
    assert list(by_name) == [
        *("com.app.App", "com.app.Main", "com.app.Track", "com.app.See", "com.app.Hear", "com.app.Keys"),
        *("com.app.Boot", "other.P"),
    ]
    assert by_name["com.app.App"].factory == "f.F"
    assert by_name["com.app.App"].meta_data == (("k", "v"),)
    assert by_name["com.app.Main"].launcher
    assert by_name["com.app.Main"].exported is True
    assert by_name["com.app.Track"].foreground_types == ("location", "camera")
    assert by_name["com.app.See"].accessibility
    assert not by_name["com.app.Keys"].enabled
    assert by_name["com.app.Boot"].starts_at_boot
    assert by_name["other.P"].authorities == ("x", "y")
    assert [(one.kind, one.name) for one in found.queries] == [
        ("package", "com.wechat"),
        ("intent", "android.intent.action.VIEW"),
        ("provider", "a;b"),
    ]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gbk", "iso-8859-1"])
def test_other_encodings_are_read(codec: str) -> None:
    name = {"utf-8-sig": "utf-8"}.get(codec, codec)
    text = f'<?xml version="1.0" encoding="{name}"?>' + manifest(permission("CAMERA")).decode()
    assert [one.name for one in understood(text.encode(codec)).permissions] == ["android.permission.CAMERA"]


# --- bad input -------------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
BAD = {
    "billion laughs": (f'<!DOCTYPE m [<!ENTITY a0 "ha">{LAUGHS}]><manifest>&a9;</manifest>'.encode(), "PRV012"),
    "quadratic blow-up": (
        f'<!DOCTYPE m [<!ENTITY a "{"x" * 50_000}">]><manifest>{"&a;" * 50_000}</manifest>'.encode(),
        "PRV012",
    ),
    "external entity": (b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>', "PRV012"),
    "external DTD": (b'<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd"><manifest/>', "PRV012"),
    "permission in an entity": (
        f'<!DOCTYPE m [<!ENTITY p "READ_SMS">]><manifest {ANDROID}>'
        '<uses-permission android:name="android.permission.&p;"/></manifest>'.encode(),
        "PRV012",
    ),
    "entity without a DTD": (manifest('<uses-permission android:name="&p;"/>'), "PRV013"),
    "compiled XML": (b"\x03\0\x08\0\xbc\x0d\0\0\x01\0\x1c\0" + b"\0" * 100, "PRV013"),
    "NUL bytes": (manifest("\0"), "PRV013"),
    "truncated": (manifest(permission("CAMERA"))[:-12], "PRV013"),
    "tags that do not match": (b"<manifest><a></b></manifest>", "PRV013"),
    "no prefix": (b'<manifest><uses-permission android:name="x"/></manifest>', "PRV013"),
    "an attribute twice": (manifest('<uses-permission android:name="a" android:name="b"/>'), "PRV013"),
    "empty": (b"", "PRV013"),
    "another root": (b"<resources/>", "PRV013"),
    "100,000 levels": (b"<manifest>" + b"<a>" * 100_000, "PRV009"),
    "too many attributes": (
        b"<manifest " + b" ".join(b'a%d="1"' % number for number in range(1_200)) + b"/>",
        "PRV009",
    ),
    "more than 1 MB": (manifest("<!--" + "x" * 1_000_000 + "-->"), "PRV004"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="utf-7"?><manifest/>', "PRV005"),
    "bytes that are not UTF-8": (manifest("<!-- x -->").replace(b"x", b"\xff"), "PRV005"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_by_name(case: str) -> None:
    data, reason = BAD[case]
    started = time.perf_counter()
    assert refused(data) == reason
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_never_an_empty_stand_in(case: str) -> None:
    data, reason = BAD[case]
    found = read_tree([File("app/src/main/AndroidManifest.xml", "android-manifest", data)])
    assert [(one.path, one.reason) for one in found.app.failed] == [("app/src/main/AndroidManifest.xml", reason)]
    assert found.app.read == ()


# --- merging ---------------------------------------------------------------------------------------------------------

TYPES = (
    Flavour(name="debug", build_type=True, debuggable=True),
    Flavour(name="release", build_type=True),
)
LIB = Module(
    path=":lib", folder="lib", kind="library", build_file="lib/build.gradle", namespace="com.lib", flavours=TYPES
)
APP = Module(
    path=":app",
    folder="app",
    kind="application",
    build_file="app/build.gradle",
    namespace="com.app",
    application_id="com.app.id",
    flavours=(Flavour(name="free", dimension="d"), Flavour(name="full", dimension="d"), *TYPES),
    depends_on=(":lib",),
    apps=(":app",),
)
MODULES = (APP, replace(LIB, apps=(":app",)))


def merged(files: dict[str, str], modules: tuple[Module, ...] = MODULES) -> Merged:
    return merge([understood(manifest(inner), path) for path, inner in files.items()], modules)


def only(found: Merged) -> PermissionRequest:
    (one,) = found.permissions
    return one


def test_a_flavour_is_in_its_own_variants() -> None:
    one = only(merged({"app/src/full/AndroidManifest.xml": permission("CAMERA")}))
    assert (one.reach, one.apps, one.variants) == ("release", (":app",), ("fullDebug", "fullRelease"))


def test_debug_is_not_published() -> None:
    one = only(merged({"app/src/debug/AndroidManifest.xml": permission("CAMERA")}))
    assert (one.reach, one.variants) == ("debug", ("freeDebug", "fullDebug"))


@pytest.mark.parametrize("source_set", ["test", "androidTest", "testDebug", "androidTestFull", "commonTest"])
def test_tests_are_in_no_build(source_set: str) -> None:
    one = only(merged({f"app/src/{source_set}/AndroidManifest.xml": permission("CAMERA")}))
    assert (one.reach, one.left) == ("none", "test")


def test_one_variant_alone() -> None:
    one = only(merged({"app/src/fullRelease/AndroidManifest.xml": permission("CAMERA")}))
    assert (one.reach, one.variants) == ("release", ("fullRelease",))


def test_a_module_brings_its_permissions_into_the_app() -> None:
    one = only(merged({"lib/src/main/AndroidManifest.xml": permission("CAMERA")}))
    assert (one.module, one.reach, one.apps, one.variants) == (":lib", "release", (":app",), ())


def test_a_module_that_no_app_has_brings_nothing() -> None:
    modules = (replace(APP, depends_on=()), replace(LIB, outside=True))
    one = only(merged({"lib/src/main/AndroidManifest.xml": permission("CAMERA")}, modules))
    assert (one.reach, one.left) == ("none", "module")


def test_a_library_by_itself_counts() -> None:
    one = only(merged({"lib/src/main/AndroidManifest.xml": permission("CAMERA")}, (LIB,)))
    assert (one.reach, one.left) == ("release", "")


def test_remove_takes_out_what_is_lower() -> None:
    found = merged(
        {
            "app/src/main/AndroidManifest.xml": permission("CAMERA", 'tools:node="remove"'),
            "lib/src/main/AndroidManifest.xml": permission("CAMERA") + permission("NFC"),
        }
    )
    by_path = {(one.short, one.place.path): one for one in found.permissions}
    camera = by_path["CAMERA", "lib/src/main/AndroidManifest.xml"]
    assert (camera.reach, camera.left) == ("none", "removed")
    assert camera.removed_by is not None
    assert camera.removed_by.path == "app/src/main/AndroidManifest.xml"
    assert by_path["NFC", "lib/src/main/AndroidManifest.xml"].reach == "release"
    assert [(one.kind, one.name) for one in found.removals] == [("uses-permission", "android.permission.CAMERA")]


def test_remove_in_a_flavour_leaves_the_others() -> None:
    found = merged(
        {
            "app/src/main/AndroidManifest.xml": permission("CAMERA"),
            "app/src/free/AndroidManifest.xml": permission("CAMERA", 'tools:node="remove"'),
        }
    )
    main = next(one for one in found.permissions if one.source_set == "main")
    assert (main.reach, main.variants) == ("release", ("fullDebug", "fullRelease"))


def test_remove_does_not_reach_higher() -> None:
    found = merged(
        {
            "app/src/main/AndroidManifest.xml": permission("CAMERA"),
            "lib/src/main/AndroidManifest.xml": permission("CAMERA", 'tools:node="remove"'),
        }
    )
    assert next(one for one in found.permissions if one.module == ":app").reach == "release"


@pytest.mark.parametrize(("selector", "reach"), [("com.lib", "none"), ("com.other", "release")])
def test_a_selector_names_the_library(selector: str, reach: str) -> None:
    found = merged(
        {
            "app/src/main/AndroidManifest.xml": permission(
                "CAMERA", f'tools:node="remove" tools:selector="{selector}"'
            ),
            "lib/src/main/AndroidManifest.xml": permission("CAMERA"),
        }
    )
    assert next(one for one in found.permissions if one.module == ":lib").reach == reach


def test_remove_all() -> None:
    found = merged(
        {
            "app/src/main/AndroidManifest.xml": '<uses-permission tools:node="removeAll"/>' + permission("NFC"),
            "lib/src/main/AndroidManifest.xml": permission("CAMERA")
            + permission("READ_SMS", element="uses-permission-sdk-23"),
        }
    )
    assert {one.short: one.reach for one in found.permissions if one.name} == {
        "NFC": "release",
        "CAMERA": "none",
        "READ_SMS": "release",  # removeAll is about elements of its own kind
    }


def test_a_lower_manifest_fills_in_the_limit() -> None:
    files = {
        "app/src/main/AndroidManifest.xml": permission("CAMERA"),
        "lib/src/main/AndroidManifest.xml": permission("CAMERA", 'android:maxSdkVersion="28"'),
    }
    assert {one.max_sdk for one in merged(files).permissions} == {28}


@pytest.mark.parametrize("marks", ['tools:remove="android:maxSdkVersion"', 'tools:node="replace"'])
def test_a_higher_manifest_keeps_the_limit_out(marks: str) -> None:
    files = {
        "app/src/main/AndroidManifest.xml": permission("CAMERA", marks),
        "lib/src/main/AndroidManifest.xml": permission("CAMERA", 'android:maxSdkVersion="28"'),
    }
    found = {one.module: one for one in merged(files).permissions}
    assert (found[":app"].max_sdk, found[":app"].reach) == (0, "release")


def test_placeholders() -> None:
    app = replace(
        APP,
        placeholders={"kind": "CAMERA"},
        flavours=(replace(APP.flavours[0], placeholders={"kind": "NFC"}), *APP.flavours[1:]),
    )
    inner = permission("${kind}") + permission("${nobody}") + '<uses-permission android:name="${applicationId}.OWN"/>'
    found = merged({"app/src/main/AndroidManifest.xml": inner}, (app,))
    assert [one.name for one in found.permissions] == [
        "android.permission.CAMERA",
        "android.permission.NFC",
        "android.permission.${nobody}",
        "com.app.id.OWN",
    ]
    assert [(one.what, one.text) for one in found.unresolved] == [("placeholder", "android.permission.${nobody}")]


def test_the_build_file_may_name_the_manifest() -> None:
    app = replace(APP, source_sets={"main": "app/manifests/AndroidManifest.xml"})
    found = merged(
        {
            "app/manifests/AndroidManifest.xml": permission("CAMERA"),
            "app/src/main/AndroidManifest.xml": permission("NFC"),
        },
        (app,),
    )
    assert {one.short: (one.reach, one.left) for one in found.permissions} == {
        "CAMERA": ("release", ""),
        "NFC": ("none", "replaced"),
    }


def test_the_class_of_the_application_comes_from_the_highest() -> None:
    found = merged(
        {
            "app/src/main/AndroidManifest.xml": '<application android:name=".App"/>',
            "lib/src/main/AndroidManifest.xml": '<application android:name=".LibApp"/>',
        }
    )
    assert [(one.name, one.reach, one.left) for one in found.components] == [
        ("com.app.App", "release", ""),
        ("com.lib.LibApp", "none", "replaced"),
    ]


def test_a_removed_start_of_a_library_is_known() -> None:
    inner = """<application><provider android:name="androidx.startup.InitializationProvider">
        <meta-data android:name="com.sdk.Init" tools:node="remove"/></provider>
        <provider android:name="com.sdk.AutoStart" tools:node="remove"/></application>"""
    found = merged({"app/src/main/AndroidManifest.xml": inner})
    assert [(one.kind, one.name) for one in found.removals] == [
        ("provider", "com.sdk.AutoStart"),
        ("meta-data", "com.sdk.Init"),
    ]


# --- a merged manifest -----------------------------------------------------------------------------------------------


def with_merged(sources: str, built: str) -> AppDeclarations:
    files = [File("AndroidManifest.xml", "android-manifest", manifest(sources))]
    whole = File("out/AndroidManifest.xml", "android-manifest", manifest(built))
    return read_tree(files, merged=whole).app


def test_a_merged_manifest_counts_before_the_sources() -> None:
    sources = permission("CAMERA") + permission("NFC")
    found = with_merged(sources, permission("CAMERA", 'android:maxSdkVersion="30"') + permission("READ_PHONE_STATE"))
    assert found.complete
    assert {one.short: (one.reach, one.max_sdk, one.place.path) for one in found.permissions} == {
        "CAMERA": ("release", 30, "AndroidManifest.xml"),
        "NFC": ("none", 0, "AndroidManifest.xml"),
        "READ_PHONE_STATE": ("release", 0, "out/AndroidManifest.xml"),
    }
    assert [one.short for one in found.asked()] == ["CAMERA", "READ_PHONE_STATE"]
