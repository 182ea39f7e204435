"""Damaged build, packaging and screen files, each in a module of its own: read, or named; and the code is examined."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fuzzing.mutation import mutated
from fuzzing.running import broken, controls, run

_ANDROID = 'xmlns:android="http://schemas.android.com/apk/res/android"'
SEEDS = {
    "src/main/AndroidManifest.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<manifest {_ANDROID} xmlns:tools="http://schemas.android.com/tools" package="com.example.a">
    <uses-permission android:name="android.permission.CAMERA" android:maxSdkVersion="30" />
    <uses-permission-sdk-23 android:name="android.permission.READ_PHONE_STATE" tools:node="remove" />
    <application android:name=".App" android:allowBackup="${{backup}}">
        <activity android:name=".Main" android:exported="true"><intent-filter>
            <action android:name="android.intent.action.MAIN" /></intent-filter></activity>
        <service android:name="com.other.S" android:process=":push" />
        <meta-data android:name="com.amap.api.v2.apikey" android:value="0123" />
    </application>
</manifest>
""",
    "build.gradle": """plugins { id 'com.android.application' }
def versions = [push: '4.8.1', 'map': "9.${minor}"]
android { compileSdkVersion 34
    defaultConfig { applicationId "com.example.a"; manifestPlaceholders = [backup: 'false']
        minSdkVersion rootProject.ext.min as Integer /* x */ }
    flavorDimensions 'store'; productFlavors { huawei { dimension 'store' }; xiaomi {} } }
dependencies {
    implementation project(':m1'), { exclude group: 'a' }
    implementation "cn.jiguang.sdk:jpush:${versions.push}" // pushes
    huaweiImplementation group: 'com.huawei.hms', name: 'push', version: '6.1'
    implementation libs.bundles.maps; testImplementation('junit:junit:4.13') { transitive = false }
}
apply from: '../common.gradle'
""",
    "build.gradle.kts": """plugins { alias(libs.plugins.app); id("com.android.library") version "8.1" apply false }
val push by extra("4.8.1")
android { namespace = "com.example.a"; defaultConfig { manifestPlaceholders += mapOf("backup" to "false") }
    sourceSets["main"].java.srcDirs("src/main/kotlin") }
dependencies {
    implementation(projects.m2); implementation("com.umeng.umsdk:common:$push")
    add("huaweiImplementation", "com.huawei.hms:push:6.1"); debugImplementation(libs.leak)
    listOf("a:b:1", "c:d:2").forEach { implementation(it) }
}
""",
    "libs.versions.toml": """[versions]
push = { strictly = "[4.8, 5[", prefer = "4.8.1" }
[libraries]
leak = "com.squareup.leakcanary:leakcanary-android:2.12"
map = { module = "com.amap.api:location", version.ref = "push" }
[bundles]
maps = ["map", "leak"]
[plugins]
app = { id = "com.android.application", version = "8.1" }
""",
    "gradle.properties": "min=24\nandroid.useAndroidX=true\nname = a\\u0062 \\\n  c\n# off\nminor:8\n",
    "pyproject.toml": """[project]
name = "a"
dependencies = ["plyer>=2 ; sys_platform == 'android'", "kivy[base]==2.3"]
[project.optional-dependencies]
push = ["jpush"]
[tool.poetry.dependencies]
sentry-sdk = { version = "^1", extras = ["flask"] }
[tool.briefcase.app.a.android]
permission."android.permission.CAMERA" = true
requires = ["std-nslog"]
""",
    "buildozer.spec": """[app]
title = A
requirements = python3,kivy==2.3,plyer,https://example.com/a.zip
android.permissions = CAMERA, (name=android.permission.READ_SMS;maxSdkVersion=18)
android.gradle_dependencies = com.umeng.umsdk:common:9.6
[app:source.exclude_patterns]
license
""",
    "requirements.txt": "-r other.txt\nplyer==2.1 ; python_version > '3' # gps\ngit+https://example.com/a#egg=b\nsentry-sdk[a]\n",
    "package.json": """{"name": "a", "dependencies": {"react-native": "0.73", "jpush-react-native": "^3"},
 "devDependencies": {"x": "1"}, "cordova": {"plugins": {"cordova-plugin-camera": {}}}}
""",
    "app.json": """{"expo": {"name": "a", "android": {"package": "a.b", "permissions": ["CAMERA", "READ_CONTACTS"]},
 "plugins": ["expo-location", ["expo-camera", {"cameraPermission": "x"}]]}}
""",
    "config.xml": f"""<?xml version='1.0'?><widget id="a.b" xmlns="http://www.w3.org/ns/widgets" {_ANDROID}>
<plugin name="cordova-plugin-geolocation" spec="4" /><platform name="android">
<config-file parent="/*" target="AndroidManifest.xml"><uses-permission android:name="android.permission.CAMERA" />
</config-file></platform></widget>
""",
    "src/main/res/layout/a.xml": f"""<LinearLayout {_ANDROID}>
<CheckBox android:id="@+id/agree" android:checked="true" android:text="@string/policy" /><include layout="@layout/b" />
</LinearLayout>
""",
    "src/main/res/values/strings.xml": """<resources>
<string name="policy">同意<b>《隐私政策》</b>与 &lt;用户协议&gt; %1$s</string><string name="x">"a \\u0041 \\'b"</string>
</resources>
""",
    "screen.kv": """#:import a b
<Main@BoxLayout>:
    CheckBox:
        active: True
    Label:
        text: '同意《隐私政策》' + (f"{root.x}")
        on_press: app.agree(*args)
""",
}
_SHARED = frozenset({"app.json", "config.xml", "package.json"})  # others use these names too: not all are about apps
_SETTINGS = "rootProject.name = 'a'\n" + "".join(f"include ':m{number}'\n" for number in range(3))


def faults(folder: Path, chance: random.Random, count: int, tally: Counter[str]) -> Iterator[str]:
    """Try a number of files in one run."""
    controls(folder)
    (folder / "settings.gradle").write_text(_SETTINGS, encoding="utf-8")
    written = {"settings.gradle"}
    for number in range(count):
        name = chance.choice(tuple(SEEDS))
        path = f"m{number}/{name}"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(mutated(SEEDS[name].encode(), chance))
        written |= {path} if name not in _SHARED else set()
    ended = run(folder)
    if isinstance(ended, str):
        yield ended
        return
    yield from broken(ended, written)
    tally.update(ended.covered[path]["reason"] or "read" for path in written & ended.covered.keys())
