"""Python and web packaging: permissions and requirements at their places, and what is refused by name."""

from __future__ import annotations

import pytest

from privlint.declare import python_packaging, web_packaging
from privlint.declare.python_packaging import Packaged
from privlint.declare.tree import File
from privlint.declare.tree import read as read_tree
from privlint.declare.web_packaging import WebPackaged
from privlint.model.finding import Covered
from privlint.model.place import Position

SPEC = """[app]
title = Demo
# android.permissions = READ_SMS
requirements = python3,kivy==2.3.0, plyer[x],
    requests
    # pandas
android.permissions = android.permission.CAMERA, (name=android.permission.WRITE_EXTERNAL_STORAGE;maxSdkVersion=18),
  internet
android.gradle_dependencies = com.umeng.umsdk:common:9.0, com.b:c
android.add_aars = libs/*.aar
[app:android.permissions]
READ_CONTACTS
[app@demo]
android.permissions = NFC
[buildozer]
android.permissions = SEND_SMS
"""


def packaged(found: Packaged | Covered) -> Packaged:
    assert not isinstance(found, Covered), found
    return found


def web(found: WebPackaged | Covered | None) -> WebPackaged:
    assert isinstance(found, WebPackaged), found
    return found


# --- buildozer -------------------------------------------------------------------------------------------------------


def test_buildozer_permissions() -> None:
    found = packaged(python_packaging.buildozer(SPEC.encode(), "buildozer.spec")).permissions
    assert [(one.name, one.max_sdk) for one in found] == [
        ("android.permission.CAMERA", 0),
        ("android.permission.WRITE_EXTERNAL_STORAGE", 18),
        ("android.permission.INTERNET", 0),
        ("android.permission.READ_CONTACTS", 0),
        ("android.permission.NFC", 0),  # of a profile, which is a build of the app too
    ]
    lines = SPEC.split("\n")
    written = [lines[one.place.start.line - 1][one.place.start.column - 1 : one.place.end.column - 1] for one in found]
    assert written == [
        *("android.permission.CAMERA", "android.permission.WRITE_EXTERNAL_STORAGE", "internet", "READ_CONTACTS", "NFC"),
    ]
    assert {one.origin for one in found} == {"buildozer"}


def test_buildozer_dependencies() -> None:
    found = packaged(python_packaging.buildozer(SPEC.encode(), "buildozer.spec")).dependencies
    assert [(one.kind, one.name, one.version) for one in found] == [
        ("python", "python3", ""),
        ("python", "kivy", "==2.3.0"),
        ("python", "plyer", ""),
        ("python", "requests", ""),
        ("maven", "com.umeng.umsdk:common", "9.0"),
        ("maven", "com.b:c", ""),
        ("file", "libs/*.aar", ""),
    ]
    assert found[3].place.start == Position(5, 5)


# --- Briefcase and pyproject.toml ------------------------------------------------------------------------------------

PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
dependencies = ["Django>=4,<5", "ruamel_yaml ; python_version < '3.12'", "x @ git+https://github.com/a/b"]
[project.optional-dependencies]
amap = ["amap-sdk"]
dev = ["pytest"]
[dependency-groups]
test = ["hypothesis", { include-group = "x" }]
[tool.poetry.dependencies]
python = "^3.10"
httpx = { version = "^0.27", extras = ["http2"] }
[tool.poetry.group.dev.dependencies]
mypy = "*"
[tool.briefcase.app.demo]
requires = ["toga"]
test_requires = ["pytest"]
permission.camera = "为了扫码"
permission.fine_location = "To navigate"
permission.photo_library = false
[tool.briefcase.app.demo.android]
requires = ["toga-android~=0.4"]
permission."android.permission.READ_CONTACTS" = true
permission.telepathy = "?"
build_gradle_dependencies = ["com.google.android.material:material:1.12.0"]
[tool.briefcase.app.demo.iOS]
requires = ["toga-ios"]
"""


def test_briefcase_permissions() -> None:
    found = packaged(python_packaging.pyproject(PYPROJECT.encode(), "pyproject.toml"))
    assert [(one.short, one.place.start) for one in found.permissions] == [
        ("CAMERA", Position(19, 12)),
        ("ACCESS_FINE_LOCATION", Position(20, 12)),
        ("READ_CONTACTS", Position(24, 12)),
    ]
    assert [(one.what, one.text) for one in found.unresolved] == [("value", "telepathy")]


def test_pyproject_dependencies() -> None:
    found = packaged(python_packaging.pyproject(PYPROJECT.encode(), "pyproject.toml")).dependencies
    assert {(one.name, one.version, one.role) for one in found} == {
        ("hatchling", "", "build"),
        ("django", ">=4,<5", "ships"),
        ("ruamel-yaml", "", "ships"),
        ("x", "", "ships"),
        ("amap-sdk", "", "ships"),
        ("pytest", "", "build"),
        ("pytest", "", "test"),
        ("hypothesis", "", "build"),
        ("httpx", "^0.27", "ships"),
        ("mypy", "*", "build"),
        ("toga", "", "ships"),
        ("toga-android", "~=0.4", "ships"),
        ("com.google.android.material:material", "1.12.0", "ships"),
    }


# --- requirements ----------------------------------------------------------------------------------------------------

REQUIREMENTS = {
    "Flask": ("python", "flask", ""),
    "flask==2.0  # why": ("python", "flask", "==2.0"),
    "flask[async] >= 2 , < 3 ; python_version > '3'": ("python", "flask", ">=2,<3"),
    "flask===2.0 --hash=sha256:aa": ("python", "flask", "===2.0"),
    "flask @ https://x.test/flask.zip": ("python", "flask", ""),
    "-e git+https://gitee.com/a/b.git@v1#egg=My_Pkg": ("python", "my-pkg", ""),
    "git+ssh://git@github.com/a/b.git": ("python", "b", ""),
    "https://x.test/my_pkg-1.0-py3-none-any.whl": ("python", "my-pkg", ""),
    "./vendored": ("unknown", "./vendored", ""),
    "https://x.test/": ("unknown", "https://x.test/", ""),
}


@pytest.mark.parametrize("line", REQUIREMENTS)
def test_one_requirement(line: str) -> None:
    data = f"# first\n-r other.txt\n--index-url https://x.test/\n{line}\n".encode()
    found = packaged(python_packaging.requirements(data, "requirements.txt"))
    (one,) = found.dependencies
    assert (one.kind, one.name, one.version) == REQUIREMENTS[line]
    assert one.place.start.line == 4
    assert len(found.unresolved) == (one.kind == "unknown")


def test_a_requirement_on_several_lines() -> None:
    data = b"flask==2.0 \\\r\n    --hash=sha256:aa \\\r\n    --hash=sha256:bb\r\nrequests\r\n"
    found = packaged(python_packaging.requirements(data, "requirements.txt")).dependencies
    assert [(one.name, one.version, one.place.start.line) for one in found] == [
        ("flask", "==2.0", 1),
        ("requests", "", 4),
    ]


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("requirements.txt", "ships"),
        ("requirements/prod.txt", "ships"),
        ("requirements-dev.txt", "build"),
        ("requirements/test.txt", "build"),
    ],
)
def test_what_only_developers_install(path: str, role: str) -> None:
    (one,) = packaged(python_packaging.requirements(b"flask", path)).dependencies
    assert one.role == role


def test_requirements_as_powershell_writes_them() -> None:
    (one,) = packaged(python_packaging.requirements("flask==1\r\n".encode("utf-16"), "requirements.txt")).dependencies
    assert (one.name, one.version) == ("flask", "==1")


# --- Cordova, package.json, Expo -------------------------------------------------------------------------------------

PLUGIN = """<plugin xmlns="http://apache.org/cordova/ns/plugins/1.0" id="x"
    xmlns:android="http://schemas.android.com/apk/res/android">
  <dependency id="cordova-plugin-file"/>
  <platform name="android">
    <config-file target="AndroidManifest.xml" parent="/*">
      <uses-permission android:name="android.permission.CAMERA" android:maxSdkVersion="30"/>
    </config-file>
    <config-file target="app/src/main/AndroidManifest.xml" parent="/manifest/application">
      <service android:name="com.x.Track" android:foregroundServiceType="location"/>
    </config-file>
    <config-file target="config.xml" parent="/*"><uses-permission android:name="no"/></config-file>
    <framework src="com.amap.api:location:6.4.0"/>
    <framework src="build.gradle" custom="true"/>
    <lib-file src="libs/sdk.jar"/>
  </platform>
  <platform name="ios"><framework src="CoreLocation.framework"/></platform>
</plugin>"""


def test_a_cordova_plugin() -> None:
    found = web(web_packaging.cordova(PLUGIN.encode(), "plugin.xml"))
    assert [(one.short, one.max_sdk, one.place.start) for one in found.permissions] == [("CAMERA", 30, Position(6, 38))]
    assert [(one.kind, one.name, one.version) for one in found.dependencies] == [
        ("cordova", "cordova-plugin-file", ""),
        ("maven", "com.amap.api:location", "6.4.0"),
        ("file", "build.gradle", ""),
        ("file", "libs/sdk.jar", ""),
    ]
    app = read_tree([File("plugin.xml", "cordova", PLUGIN.encode())]).app
    assert [(one.name, one.foreground_types) for one in app.components] == [("com.x.Track", ("location",))]


@pytest.mark.parametrize("data", [b"<plugin/>", b"<idea-plugin>", b"<project><x/></project>"])
def test_another_plugin_xml_is_none_of_ours(data: bytes) -> None:
    assert web_packaging.cordova(data, "plugin.xml") is None
    assert read_tree([File("plugin.xml", "cordova", data)]).coverage == ()


def test_package_json() -> None:
    data = b'{"name": "x",\n "dependencies": {\n  "react-native": "0.74"\n },\n "devDependencies": {"jest": "1"}}'
    found = web(web_packaging.package_json(data, "package.json")).dependencies
    assert [(one.name, one.version, one.role, one.place.start) for one in found] == [
        ("react-native", "0.74", "ships", Position(3, 4)),
        ("jest", "1", "build", Position(5, 23)),
    ]


def test_expo() -> None:
    data = b'{"expo": {"android": {\n "permissions": ["CAMERA", "com.x.OWN"],\n "blockedPermissions": ["a.b.C"]}}}'
    found = web(web_packaging.expo(data, "app.json"))
    assert [(one.name, one.place.start) for one in found.permissions] == [
        ("android.permission.CAMERA", Position(2, 19)),
        ("com.x.OWN", Position(2, 29)),
    ]
    assert [one.name for one in found.removals] == ["a.b.C"]


# --- bad input -------------------------------------------------------------------------------------------------------

BIG = b"#" * 1_000_001
BAD = [
    ("buildozer", "buildozer.spec", BIG, "PRV004"),
    ("buildozer", "buildozer.spec", b"a\0", "PRV006"),
    ("requirements", "requirements.txt", BIG, "PRV004"),
    ("requirements", "requirements.txt", b"a\0", "PRV006"),
    ("pyproject", "pyproject.toml", b"[project", "PRV014"),
    ("pyproject", "pyproject.toml", b"x = " + b"[" * 100_000, "PRV014"),
    ("pyproject", "pyproject.toml", b"a" + b".a" * 20_000 + b" = 1", "PRV014"),
    ("pyproject", "pyproject.toml", b"\xff", "PRV014"),
    ("package-json", "package.json", b'{"cordova": ', "PRV014"),
    ("package-json", "package.json", b'{"cordova": ' + b"[" * 100_000, "PRV009"),
    ("expo", "app.json", b'{"expo": 1', "PRV014"),
    ("cordova", "plugin.xml", PLUGIN[:-9].encode(), "PRV013"),
    ("cordova", "config.xml", b'<!DOCTYPE x><widget xmlns="http://cordova.apache.org/ns/1.0"/>', "PRV012"),
]


@pytest.mark.parametrize(("kind", "path", "data", "reason"), BAD)
def test_bad_input_is_refused_by_name(kind: str, path: str, data: bytes, reason: str) -> None:
    found = read_tree([File(path, kind, data)])
    assert [(one.path, one.outcome, one.reason) for one in found.coverage] == [(path, "failed", reason)]
    assert found.app.failed == found.coverage
