"""Gradle by its text: dependencies, modules, settings, and what no app contains."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from privlint.declare import gradle
from privlint.engine import Session
from privlint.model.declared import Dependency, Module
from privlint.model.finding import Covered
from privlint.model.place import Position
from privlint.model.request import Request

CATALOG = """
[versions]
amap = "6.4.0"
minSdk = "24"
[libraries]
amap-location = { module = "com.amap.api:location", version.ref = "amap" }
okhttp = "com.squareup.okhttp3:okhttp:4.12.0"
okhttp-log_ging = { group = "com.squareup.okhttp3", name = "logging-interceptor", version = { strictly = "4.12.0" } }
[bundles]
net = ["okhttp", "okhttp-log_ging"]
[plugins]
android-app = { id = "com.android.application", version = "8.0" }
"""


def build(files: dict[str, str], properties: dict[str, str] | None = None) -> gradle.Gradle:
    scripts, catalogs = [], []
    for path, text in files.items():
        found = gradle.read_catalog(text.encode(), path) if path.endswith(".toml") else gradle.scan(text.encode(), path)
        assert not isinstance(found, Covered), found
        (catalogs if isinstance(found, gradle.Catalog) else scripts).append(found)
    return gradle.assemble(scripts, catalogs, properties or {})  # type: ignore[arg-type]


def depends(inner: str, name: str = "build.gradle", **more: str) -> list[str]:
    """What a dependencies block gives: kind, name and version."""
    files = {name: f"dependencies {{\n{inner}\n}}", "gradle/libs.versions.toml": CATALOG}
    found = build({**files, **{path.replace("__", "/"): text for path, text in more.items()}})
    return [f"{one.kind} {one.name} {one.version}".strip() for one in found.dependencies]


def modules(found: gradle.Gradle) -> dict[str, Module]:
    return {one.path: one for one in found.modules}


# --- dependencies ----------------------------------------------------------------------------------------------------

GROOVY = {
    "implementation 'a.b:c:1.0'": ["maven a.b:c 1.0"],
    'implementation "a.b:c:1.0"': ["maven a.b:c 1.0"],
    "implementation('a.b:c:1.0') { exclude group: 'x', module: 'y' }": ["maven a.b:c 1.0"],
    "implementation 'a.b:c:1.0@aar'": ["maven a.b:c 1.0"],
    "implementation 'a.b:c'": ["maven a.b:c"],
    "implementation group: 'a.b', name: 'c', version: '1.0'": ["maven a.b:c 1.0"],
    "implementation(group: 'a.b', name: 'c', version: '1.0')": ["maven a.b:c 1.0"],
    "implementation 'a:b:1', 'c:d:2'": ["maven a:b 1", "maven c:d 2"],
    "implementation(['a:b:1', 'c:d:2'])": ["maven a:b 1", "maven c:d 2"],
    "['a:b:1', 'c:d:2'].each { implementation it }": ["maven a:b 1", "maven c:d 2"],
    "implementation project(':core')": ["project :core"],
    "implementation project(path: ':core', configuration: 'x')": ["project :core"],
    "implementation project(':lib:ui')": ["project :lib:ui"],
    "implementation libs.amap.location": ["maven com.amap.api:location 6.4.0"],
    "implementation libs.bundles.net": [
        "maven com.squareup.okhttp3:okhttp 4.12.0",
        "maven com.squareup.okhttp3:logging-interceptor 4.12.0",
    ],
    "implementation libs.okhttp.log.ging": ["maven com.squareup.okhttp3:logging-interceptor 4.12.0"],
    "implementation platform('a:bom:1')": ["maven a:bom 1"],
    "implementation fileTree(dir: 'libs', include: ['*.jar'])": ["file libs"],
    "implementation files('libs/x.jar')": ["file libs/x.jar"],
    "implementation name: 'sdk', ext: 'aar'": ["file sdk"],
    "implementation gradleApi()": ["file gradleApi()"],
    "if (x) { implementation 'a:b:1' } else implementation 'c:d:2'": ["maven a:b 1", "maven c:d 2"],
    "// implementation 'a:b:1'\n/* implementation 'c:d:1' */": [],
    "def v = '1.0'\nimplementation \"a:b:$v\"": ["maven a:b 1.0"],
    'implementation "a:b:${rootProject.ext.missing}"': ["maven a:b ${rootProject.ext.missing}"],
    'implementation "a:$artifact:1"': ['unknown "a:$artifact:1"'],
    "implementation someFunction('x')": ["unknown someFunction('x')"],
    "constraints { implementation 'a:b:1' }": ["maven a:b 1"],
    "implementation 'a:b:' + '1.0'": ["maven a:b 1.0"],
}
KOTLIN = {
    'implementation("a.b:c:1.0")': ["maven a.b:c 1.0"],
    '"fullImplementation"("a.b:c:1.0")': ["maven a.b:c 1.0"],
    'add("implementation", "a.b:c:1.0")': ["maven a.b:c 1.0"],
    'implementation(group = "a.b", name = "c", version = "1.0")': ["maven a.b:c 1.0"],
    'implementation("a.b", "c", "1.0")': ["maven a.b:c 1.0"],
    'implementation(project(":core"))': ["project :core"],
    'implementation(project(path = ":core"))': ["project :core"],
    "implementation(projects.core.myUi)": ["project :core:my-ui"],
    "implementation(libs.amap.location)": ["maven com.amap.api:location 6.4.0"],
    "implementation(libs.amap.location) {\n isTransitive = false\n}": ["maven com.amap.api:location 6.4.0"],
    'implementation(libs.findLibrary("amap-location").get())': ["maven com.amap.api:location 6.4.0"],
    "implementation(platform(libs.okhttp))": ["maven com.squareup.okhttp3:okhttp 4.12.0"],
    'implementation(kotlin("stdlib"))': ["maven org.jetbrains.kotlin:kotlin-stdlib"],
    'implementation(fileTree(mapOf("dir" to "libs", "include" to listOf("*.jar"))))': ["file libs"],
    'listOf(libs.okhttp, "a:b:1").forEach { implementation(it) }': [
        "maven com.squareup.okhttp3:okhttp 4.12.0",
        "maven a:b 1",
    ],
    "implementation(libs.nothing.here)": ["unknown libs.nothing.here"],
    '/* /* nested */ implementation("x:y:1") */\nimplementation("a:b:1")': ["maven a:b 1"],
    'val url = "https://x/${System.getenv("A")}//"\nimplementation("a:b:1")': ["maven a:b 1"],
}


@pytest.mark.parametrize("text", GROOVY)
def test_groovy(text: str) -> None:
    assert depends(text) == GROOVY[text]


@pytest.mark.parametrize("text", KOTLIN)
def test_kotlin(text: str) -> None:
    assert depends(text, "build.gradle.kts") == KOTLIN[text]


def test_a_dependency_stands_where_it_is_written() -> None:
    files = {
        "app/build.gradle.kts": '// 📷\ndependencies {\n  implementation( "a:b:1" )\n  api(libs.okhttp)\n}',
        "gradle/libs.versions.toml": CATALOG,
    }
    first, second = build(files).dependencies
    assert (first.place.start, first.place.end) == (Position(3, 20), Position(3, 25))
    assert (second.place.start, second.place.end) == (Position(4, 7), Position(4, 18))
    assert second.source is not None
    assert (second.source.path, second.source.start.line) == ("gradle/libs.versions.toml", 7)


@pytest.mark.parametrize(
    ("configuration", "role", "reach"),
    [
        ("implementation", "ships", "release"),
        ("fullApi", "ships", "release"),
        ("compile", "ships", "release"),
        ("runtimeOnly", "ships", "release"),
        ("debugImplementation", "debug", "debug"),
        ("compileOnly", "compile", "none"),
        ("testImplementation", "test", "none"),
        ("androidTestFullImplementation", "test", "none"),
        ("kapt", "build", "none"),
        ("kspDebug", "build", "none"),
        ("annotationProcessor", "build", "none"),
        ("lintChecks", "build", "none"),
    ],
)
def test_roles(configuration: str, role: str, reach: str) -> None:
    files = {"build.gradle": f"apply plugin: 'com.android.application'\ndependencies {{ {configuration} 'a:b:1' }}"}
    (one,) = build(files).dependencies
    assert (one.role, one.reach) == (role, reach)


def test_the_build_own_dependencies_are_not_the_app_own() -> None:
    files = {"build.gradle": "buildscript { dependencies { classpath 'a:b:1'\n implementation 'c:d:1' } }"}
    assert [one.role for one in build(files).dependencies] == ["build", "build"]


def test_multiplatform_source_sets() -> None:
    inner = """kotlin { sourceSets {
      commonMain.dependencies { implementation("a:common:1") }
      androidMain { dependencies { implementation("a:android:1") } }
      iosMain.dependencies { implementation("a:ios:1") }
      commonTest.dependencies { implementation("a:test:1") }
      val desktopMain by getting { dependencies { implementation("a:desktop:1") } } } }"""
    found = build({"build.gradle.kts": inner}).dependencies
    assert {one.artifact: one.left for one in found} == {
        "common": "",
        "android": "",
        "ios": "platform",
        "test": "test",
        "desktop": "platform",
    }


CONSTANTS = {
    "ext in the root": {"build.gradle": "ext { v = '2.0' }", "app/build.gradle": 'dependencies { api "a:b:$v" }'},
    "ext by dots": {
        "build.gradle": "ext.v = '2.0'",
        "app/build.gradle": 'dependencies { api "a:b:${rootProject.ext.v}" }',
    },
    "a map": {
        "build.gradle": "ext.deps = [b: 'a:b:2.0', x: [y: 'q']]",
        "app/build.gradle": "dependencies { api deps.b }",
    },
    "a map by key": {
        "build.gradle": "ext.deps = [b: 'a:b:2.0']",
        "app/build.gradle": "dependencies { api rootProject.ext.deps['b'] }",
    },
    "an applied script": {
        "gradle/v.gradle": "ext.v = '2.0'",
        "app/build.gradle": 'apply from: "$rootDir/gradle/v.gradle"\ndependencies { api "a:b:$v" }',
    },
    "an object in buildSrc": {
        "buildSrc/src/main/kotlin/Deps.kt": 'object Deps {\n object A {\n const val b = "a:b:${V.b}"\n }\n}\n'
        'object V { const val b = "2.0" }',
        "app/build.gradle.kts": "dependencies { api(Deps.A.b) }",
    },
    "a Java class in buildSrc": {
        "buildSrc/src/main/java/Deps.java": 'public class Deps { public static final String B = "a:b:2.0"; }',
        "app/build.gradle": "dependencies { api Deps.B }",
    },
    "extra": {
        "build.gradle.kts": 'extra["v"] = "2.0"',
        "app/build.gradle.kts": 'dependencies { api("a:b:${rootProject.extra["v"]}") }',
    },
    "a fallback": {
        "app/build.gradle": "def safe(p, f) { f }\ndependencies { api \"a:b:\" + safeExtGet('x', '2.0') }",
    },
}


@pytest.mark.parametrize("case", CONSTANTS)
def test_constants_are_looked_up(case: str) -> None:
    found = build({"settings.gradle": "include ':app'", **CONSTANTS[case]})
    assert [(one.name, one.version) for one in found.dependencies] == [("a:b", "2.0")]


def test_gradle_properties() -> None:
    found = build({"build.gradle": 'dependencies { api "a:b:$v" }'}, {"v": "3"})
    assert [one.version for one in found.dependencies] == ["3"]


def test_what_cannot_be_told_is_counted_and_named() -> None:
    found = build({"build.gradle": "dependencies {\n  api secret()\n  api 'a:b:1'\n}"})
    assert [(one.what, one.text, one.place.start.line) for one in found.unresolved] == [("dependency", "secret()", 2)]
    assert [one.kind for one in found.dependencies] == ["unknown", "maven"]


# --- modules ---------------------------------------------------------------------------------------------------------


def test_a_module_says_what_it_is() -> None:
    text = """
    plugins { alias(libs.plugins.android.app) }
    android {
      namespace = "com.app"
      defaultConfig {
        applicationId = "com.app.id"
        minSdk = libs.versions.minSdk.get().toInt()
        targetSdk { version = release(36) }
        manifestPlaceholders["key"] = "value"
        manifestPlaceholders += mapOf("other" to "two")
      }
      flavorDimensions += "store"
      productFlavors {
        create("huawei") { dimension = "store"; applicationIdSuffix = ".hw"; manifestPlaceholders["key"] = "hw" }
        register("play")
      }
      buildTypes { getByName("release") { isMinifyEnabled = true }
        create("beta") { isDebuggable = true } }
      testOptions { managedDevices { } }
    }"""
    files = {
        "settings.gradle.kts": 'include(":app")',
        "app/build.gradle.kts": text,
        "gradle/libs.versions.toml": CATALOG,
    }
    app = modules(build(files))[":app"]
    assert (app.kind, app.namespace, app.application_id) == ("application", "com.app", "com.app.id")
    assert (app.min_sdk, app.target_sdk) == (24, 36)
    assert app.placeholders == {"key": "value", "other": "two"}
    flavours = {one.name: one for one in app.flavours}
    assert list(flavours) == ["huawei", "play", "release", "beta", "debug"]
    assert (flavours["huawei"].suffix, flavours["huawei"].placeholders) == (".hw", {"key": "hw"})
    assert [name for name, one in flavours.items() if one.debuggable] == ["beta", "debug"]


def test_groovy_settings_of_a_module() -> None:
    text = """
    apply plugin: 'com.android.application'
    android {
      defaultConfig { applicationId 'com.app'
        minSdkVersion 21
        targetSdkVersion rootProject.ext.target
        manifestPlaceholders = [a: "1", "b": '2'] }
      productFlavors { full { dimension 'x' }
        free { } }
      sourceSets { main { manifest.srcFile 'AndroidManifest.xml' } } }"""
    app = modules(build({"build.gradle": text, "gradle.gradle": "ext.target = 33"}))[":"]
    assert (app.kind, app.min_sdk, app.target_sdk, app.placeholders) == ("application", 21, 33, {"a": "1", "b": "2"})
    assert app.source_sets == {"main": "AndroidManifest.xml"}
    assert [one.name for one in app.flavours if not one.build_type] == ["full", "free"]


INCLUDES = {
    "include ':a', ':b'": {":a": "a", ":b": "b"},
    "include ':a:b'": {":a": "a", ":a:b": "a/b"},
    "include 'a'": {":a": "a"},
    "include ':a'\nproject(':a').projectDir = new File(settingsDir, '../x')": {":a": "../x"},
    "include ':a'\nproject(':a').projectDir = file(\"$rootDir/libs/a\")": {":a": "libs/a"},
    'include(\n  ":a",\n  ":b", // why\n)': {":a": "a", ":b": "b"},
    'listOf(":a", ":b").forEach { include(it) }': {":a": "a", ":b": "b"},
    "if (x) { include ':a' }": {":a": "a"},
    "// include ':a'\ninclude ':b'": {":b": "b"},
}


@pytest.mark.parametrize("settings", INCLUDES)
def test_included_modules(settings: str) -> None:
    folders = set(INCLUDES[settings].values())
    files = {f"{folder}/build.gradle": "apply plugin: 'java'" for folder in folders}
    found = modules(build({"settings.gradle": settings, **files}))
    assert {path: one.folder for path, one in found.items() if path != ":"} == INCLUDES[settings]


def test_a_precompiled_convention_speaks_for_its_modules() -> None:
    files = {
        "settings.gradle.kts": 'include(":app")',
        "app/build.gradle.kts": 'plugins { id("my.app") }',
        "buildSrc/src/main/kotlin/my.app.gradle.kts": 'plugins { id("com.android.application") }\n'
        'android { defaultConfig { minSdk = Sdk.MIN } }\ndependencies { implementation("a:b:1") }',
        "buildSrc/src/main/kotlin/Sdk.kt": "object Sdk { const val MIN = 26 }",
    }
    found = build(files)
    app = modules(found)[":app"]
    assert (app.kind, app.min_sdk) == ("application", 26)
    assert [(one.module, one.name) for one in found.dependencies] == [(":app", "a:b")]


def test_a_plugin_class_and_its_functions_speak_for_their_modules() -> None:
    files = {
        "settings.gradle.kts": 'pluginManagement { includeBuild("build-logic") }\ninclude(":app")',
        "app/build.gradle.kts": 'plugins { id("my.app") }',
        "build-logic/build.gradle.kts": 'gradlePlugin { plugins { register("x") {\n id = "my.app"\n'
        ' implementationClass = "AppPlugin"\n } } }',
        "build-logic/src/main/kotlin/AppPlugin.kt": "class AppPlugin : Plugin<Project> {\n"
        " override fun apply(target: Project) { with(target) {\n"
        '  pluginManager.apply("com.android.application")\n  addNet()\n } }\n}',
        "build-logic/src/main/kotlin/Net.kt": 'fun Project.addNet() { dependencies { add("api", "a:b:1") } }\n'
        'fun Project.unused() { dependencies { add("api", "no:no:1") } }',
    }
    found = build(files)
    assert modules(found)[":app"].kind == "application"
    assert [(one.module, one.name) for one in found.dependencies] == [(":app", "a:b")]


# --- what no app contains --------------------------------------------------------------------------------------------

APP = "apply plugin: 'com.android.application'\ndependencies { implementation project(':lib') }"
LIB = "apply plugin: 'com.android.library'"


def outside(files: dict[str, str]) -> list[str]:
    return [path for path, one in modules(build(files)).items() if one.outside]


def test_modules_that_no_app_depends_on() -> None:
    files = {
        "settings.gradle": "include ':app', ':lib', ':deep', ':tool', ':lint'",
        "app/build.gradle": APP
        + "\ndependencies { lintChecks project(':lint')\n testImplementation project(':tool') }",
        "lib/build.gradle": LIB + "\ndependencies { api project(':deep') }",
        "deep/build.gradle": LIB,
        "tool/build.gradle": "apply plugin: 'java'",
        "lint/build.gradle": "apply plugin: 'java'",
        "forgotten/build.gradle": LIB,
    }
    found = modules(build(files))
    assert [path for path, one in found.items() if one.outside] == [":tool", ":lint", ":forgotten"]
    assert found[":deep"].apps == (":app",)


SILENT = {
    "a library has no app": {"settings.gradle": "include ':lib', ':b'", "lib/build.gradle": LIB, "b/build.gradle": LIB},
    "an include that the text does not tell": {
        "settings.gradle": "include ':app', ':lib', ':b'\ninclude(names())",
        "app/build.gradle": APP,
        "lib/build.gradle": LIB,
        "b/build.gradle": LIB,
    },
    "a dependency that may be a module": {
        "settings.gradle": "include ':app', ':lib', ':b'",
        "app/build.gradle": APP + "\ndependencies { implementation rootProject.subprojects.find { it.name == 'b' } }",
        "lib/build.gradle": LIB,
        "b/build.gradle": LIB,
    },
    "a loader adds modules": {
        "settings.gradle": "apply from: file('../node_modules/@react-native-community/cli/native_modules.gradle')\n"
        "include ':app', ':lib', ':b'",
        "app/build.gradle": APP,
        "lib/build.gradle": LIB,
        "b/build.gradle": LIB,
    },
    "a module that is published": {
        "settings.gradle": "include ':app', ':lib', ':b'",
        "app/build.gradle": APP,
        "lib/build.gradle": LIB,
        "b/build.gradle": LIB + "\napply plugin: 'maven-publish'",
    },
    "a dynamic feature": {
        "settings.gradle": "include ':app', ':lib', ':b'",
        "app/build.gradle": APP,
        "lib/build.gradle": LIB,
        "b/build.gradle": "apply plugin: 'com.android.dynamic-feature'\ndependencies { api project(':app') }",
    },
}


@pytest.mark.parametrize("case", SILENT)
def test_nothing_is_left_out_in_doubt(case: str) -> None:
    assert outside(SILENT[case]) == []


def test_doubt_is_said() -> None:
    (note,) = build(SILENT["a loader adds modules"]).notes
    assert "React Native" in note.en
    assert "React Native" in note.zh


def test_a_module_that_was_left_out_brings_no_dependency() -> None:
    files = {
        "settings.gradle": "include ':app', ':lib', ':tool'",
        "app/build.gradle": APP,
        "lib/build.gradle": LIB + "\ndependencies { api 'a:b:1' }",
        "tool/build.gradle": "apply plugin: 'java'\ndependencies { implementation 'c:d:1' }",
    }
    found: dict[str, Dependency] = {one.name: one for one in build(files).dependencies}
    assert (found["a:b"].reach, found["a:b"].apps) == ("release", (":app",))
    assert (found["c:d"].reach, found["c:d"].left) == ("none", "module")


# --- bad input -------------------------------------------------------------------------------------------------------

HOSTILE = {
    "unclosed": "dependencies { implementation 'a:b:1'",
    "closed too often": "}}}\ndependencies { implementation 'a:b:1' }",
    "a string without an end": "def x = \"abc\ndependencies { implementation 'a:b:1' }",
    "a name for itself": "def a = b\ndef b = a\ndependencies { implementation a\n implementation 'a:b:1' }",
    "interpolations in each other": 'def x = "' + '${"' * 300 + "\ndependencies { implementation 'a:b:1' }",
    "brackets that are text": "dependencies { implementation \"(\"\n api '['\n add '{'\n implementation 'a:b:1' }",
    "no text": "\x01\x02\ndependencies { implementation 'a:b:1' }",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_damaged_script_still_gives_what_it_shows(case: str) -> None:
    started = time.perf_counter()
    assert "maven a:b 1" in [
        f"{one.kind} {one.name} {one.version}" for one in build({"build.gradle": HOSTILE[case]}).dependencies
    ]
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"x" * 1_000_001, "PRV004"), (b"a\0b", "PRV006"), (b"{" * 5_000, "PRV009"), (b"a(" * 400_000, "PRV009")],
)
def test_what_is_no_script_is_refused_by_name(data: bytes, reason: str) -> None:
    found = gradle.scan(data, "build.gradle")
    assert isinstance(found, Covered)
    assert (found.outcome, found.reason) == ("failed", reason)


@pytest.mark.parametrize(
    "data", [b"[versions", b"a = 1\na = 2", b"\xff", b"x = " + b"[" * 5_000, b"x" + b".x" * 20_000 + b" = 1"]
)
def test_a_broken_catalog_is_refused_by_name(data: bytes) -> None:
    found = gradle.read_catalog(data, "gradle/libs.versions.toml")
    assert isinstance(found, Covered)
    assert (found.outcome, found.reason) == ("failed", "PRV014")


# --- a whole run -----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "settings.gradle": "include ':app', ':lib', ':tool'",
        "app/build.gradle": APP,
        "lib/build.gradle": LIB,
        "tool/build.gradle": "apply plugin: 'java'",
        "app/src/main/AndroidManifest.xml": "<manifest/>",
        "lib/src/main/java/A.java": "class A {}",
        "tool/src/main/java/B.java": "class B {}",
        "node_modules/x/build.gradle": APP,
        "node_modules/x/package.json": "{",
        ".git/HEAD": "",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def coverage(project: Path, *paths: str) -> dict[str, tuple[str, str]]:
    request = Request(paths=tuple(str(project / path) for path in paths) or (str(project),), isolated=True)
    return {one.path: (one.outcome, one.reason) for one in Session(request).report().coverage}


def test_what_declares_is_covered_like_sources(project: Path) -> None:
    found = coverage(project)
    assert found["app/src/main/AndroidManifest.xml"] == ("scanned", "")
    assert found["app/build.gradle"] == ("scanned", "")
    assert found["lib/src/main/java/A.java"] == ("scanned", "")
    assert found["tool/src/main/java/B.java"] == ("skipped", "build")
    assert not [path for path in found if path.startswith("node_modules")]


def test_a_broken_manifest_fails_the_run(project: Path) -> None:
    (project / "app/src/main/AndroidManifest.xml").write_text("<manifest>")
    assert coverage(project)["app/src/main/AndroidManifest.xml"] == ("failed", "PRV013")


def test_a_link_is_not_followed(project: Path) -> None:
    (project / "app/src/main/AndroidManifest.xml").unlink()
    (project / "app/src/main/AndroidManifest.xml").symlink_to("/dev/zero")
    assert coverage(project)["app/src/main/AndroidManifest.xml"][0] == "failed"


def test_a_hook_run_reads_no_build_file(project: Path) -> None:
    assert list(coverage(project, "tool/src/main/java/B.java")) == ["tool/src/main/java/B.java"]


def test_an_unfinished_build_file_leaves_every_module_in(project: Path) -> None:
    (project / "settings.gradle").write_text("include ':app', ':lib', ':tool'\ninclude(more())")
    assert coverage(project)["tool/src/main/java/B.java"] == ("scanned", "")
