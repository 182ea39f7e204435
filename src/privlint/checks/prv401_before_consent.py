"""The app takes personal data when it starts, before the user can agree.

## What it finds

A place that takes personal data, asks for a permission that opens them, or starts an SDK that takes them, and that runs
when the app starts: called, directly or over several routines, from what the system calls by itself (the `Application`,
content providers, App Startup initialisers, the launcher activity, a receiver of the device's start; in Python the top
level of a module, a Kivy app's `build`, a start-up hook). The finding shows the way from there, call by call.

It stays silent where something on the way speaks of consent: a condition on a flag, a function or a dialog whose name
or text says privacy, agreement or consent, or that `[consent].gates` names; the callback of a dialog's button that
agrees; a setting that the user has to turn on; a log-in. What only runs behind a granted permission is not reported
either: then the place that asks for the permission is.

Calls are followed by names and written types, at most six of them, with at most one condition of which nothing is
known; then the finding is information. What goes through reflection, through layouts and navigation graphs, or through
one of many classes of a common parent is not followed, so silence is no proof.

## Why it matters

Among the conduct that the 2019 method names: starting to collect personal information, or opening permissions that can
collect it, before obtaining the user's consent (item 3.1).

## Bad

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[collect]]
data = "android-id"
purpose = "Tell the user's devices apart"
```

```kotlin app/src/main/java/com/example/notes/App.kt
package com.example.notes

import android.app.Application
import android.provider.Settings

class App : Application() {
    override fun onCreate() {
        super.onCreate()
        register()
    }

    private fun register() {
        Settings.Secure.getString(contentResolver, Settings.Secure.ANDROID_ID) // expect: PRV401
    }
}
```

## Good

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[collect]]
data = "android-id"
purpose = "Tell the user's devices apart"
```

```kotlin app/src/main/java/com/example/notes/App.kt
package com.example.notes

import android.app.Application
import android.provider.Settings

class App : Application() {
    override fun onCreate() {
        super.onCreate()
        val agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)
        if (agreed) register()
    }

    private fun register() {
        Settings.Secure.getString(contentResolver, Settings.Secure.ANDROID_ID)
    }
}
```

## How to fix

Ask first: show the privacy policy on the first start, store the answer, and let this run only where the user has
agreed. Where a function of the app's own tells that, name it in `[consent].gates`.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV401] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Related, Text
from privlint.model.flow import AtStart
from privlint.model.judged import Project
from privlint.model.place import Place
from privlint.model.project import Severity
from privlint.model.sdks import Sdk

ZH = """应用在启动时就收集个人信息，此时用户还无从表示同意。

## 检查什么

收集个人信息、申请可收集个人信息的权限或启动会收集信息的 SDK 的代码，在应用启动时就会运行：从系统自动调用的入口
（`Application`、内容提供者、App Startup 初始化器、启动 Activity、开机广播接收器；Python 中为模块顶层、
Kivy 应用的 `build`、启动钩子）出发，直接或经过若干次调用即可到达。问题中逐步列出调用路径。

路径上有与同意有关的内容时不报告：条件中的标志、函数或对话框的名称或文字涉及隐私、协议或同意，
或者由 `[consent].gates` 写明；
对话框中表示同意的按钮的回调；需要用户主动开启的设置；登录。仅在已获得权限后才运行的代码也不报告，此时报告的是申请权限的位置。

调用按名称和书写的类型跟踪，最多六步，且其中最多有一个含义不明的条件，此时仅作提示。通过反射、布局文件、导航图，
或通过同一父类的众多子类之一进行的调用不跟踪，因此没有报告并不证明没有问题。

## 为什么重要

《认定方法》列举的行为包括：征得用户同意前就开始收集个人信息或打开可收集个人信息的权限（第3.1项）。

## 反例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[collect]]
data = "android-id"
purpose = "区分用户的设备"
```

```kotlin app/src/main/java/com/example/notes/App.kt
package com.example.notes

import android.app.Application
import android.provider.Settings

class App : Application() {
    override fun onCreate() {
        super.onCreate()
        register()
    }

    private fun register() {
        Settings.Secure.getString(contentResolver, Settings.Secure.ANDROID_ID) // expect: PRV401
    }
}
```

## 正例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[collect]]
data = "android-id"
purpose = "区分用户的设备"
```

```kotlin app/src/main/java/com/example/notes/App.kt
package com.example.notes

import android.app.Application
import android.provider.Settings

class App : Application() {
    override fun onCreate() {
        super.onCreate()
        val agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)
        if (agreed) register()
    }

    private fun register() {
        Settings.Secure.getString(contentResolver, Settings.Secure.ANDROID_ID)
    }
}
```

## 如何修复

先征得同意：首次启动时展示隐私政策并保存用户的选择，只有用户同意后才运行这段代码。如果由应用自己的函数判断是否已同意，
请在 `[consent].gates` 中写明该函数。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV401] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV401",
    slug="before-consent",
    title=Text("Taken at the start, before the user can agree", "启动时即收集，用户尚未同意"),
    severity="error",
    clauses=("cn-method-2019/3.1",),
)

_STARTS = {
    "application": Text("the application object", "Application 对象"),
    "factory": Text("the component factory", "组件工厂"),
    "provider": Text("a content provider, before the application object", "内容提供者（早于 Application）"),
    "initializer": Text(
        "an App Startup initialiser, before the application object", "App Startup 初始化器（早于 Application）"
    ),
    "activity": Text("the launcher activity", "启动 Activity"),
    "boot": Text("a receiver that runs when the device has started", "开机时运行的广播接收器"),
    "module": Text("the top level of a module, when it is imported", "模块顶层代码（导入时运行）"),
    "hook": Text("a start-up hook", "启动钩子"),
}
_NAMED = 5  # permissions that a message lists
_TAKING = frozenset(
    {"ads", "analytics", "anti-fraud", "attribution", "identifier", "location", "one-tap-login", "push"}
)


def check(project: Project) -> Iterator[Finding]:
    """Tell of each place that the start leads to."""
    if project.trace is None:
        return
    places: dict[tuple[Place, str], list[AtStart]] = {}
    for one in project.trace.at_start:
        if one.target.kind == "consent":
            continue  # PRV403 speaks of it
        places.setdefault((one.target.place, one.target.kind), []).append(one)
    told: set[tuple[str, Place]] = set()  # an SDK is started once, whichever of its calls come after that
    for group in places.values():
        first = group[0]
        if first.target.kind == "init":
            key = (first.target.sdk, first.steps[0].place)
            if key in told:
                continue
            told.add(key)
        if first.target.kind != "request" or first.target.data or _guarding(project):
            yield _finding(project, group)


def _guarding(project: Project) -> tuple[str, ...]:
    """The permissions of the app that open personal data: a request may be for any of them where it names none."""
    rules = project.rules.permissions if project.rules else {}
    asked = project.declared.asked() if project.declared else ()
    return tuple(dict.fromkeys(one.short for one in asked if one.name in rules and rules[one.name].data))


def _finding(project: Project, group: list[AtStart]) -> Finding:
    first = group[0]
    target = first.target
    data = tuple(dict.fromkeys(one.target.data[0] for one in group if one.target.data))
    if target.kind == "init":
        data = target.data
    sdk = packaged.by_id(project).get(target.sdk)
    what = _what(project, target.kind, data, sdk)
    verdict = Verdict(
        message=what,
        why=Text(
            "Personal information may be taken only after the user has agreed.",
            "征得用户同意之后，才可以收集个人信息。",
        ),
        help=Text(
            "run this only after the user has agreed: behind the stored answer to the privacy dialog; name the function"
            " that tells it in [consent].gates",
            "只在用户同意之后运行：以隐私弹窗中保存的选择为条件；判断是否同意的函数请写入 [consent].gates",
        ),
        clauses=CHECK.clauses,
        notes=_notes(first),
        related=tuple(_related(first)),
        way=True,
    )
    mark = Mark(
        place=target.place,
        label=_label(first),
        subject=target.symbol,
        severity=_severity(project, first, data, sdk),
        confidence=Confidence(first.confidence),
        data=data if target.kind != "init" else (),
        apps=project.apps_at(target.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


def _what(project: Project, kind: str, data: tuple[str, ...], sdk: Sdk | None) -> Text:
    names = [wording.name(project, one) for one in data]
    english, chinese = ", ".join(name.en for name in names), "、".join(name.zh for name in names)
    if kind == "init":
        name = Text(sdk.name_en, sdk.name_zh) if sdk else Text("an SDK", "SDK")
        taken = Text(f" (its notice names {english})", f"（其公示收集{chinese}）") if data else Text("", "")
        return Text(
            f"{name.en}{taken.en} is started when the app starts, before the user can agree",
            f"应用启动时即初始化{name.zh}{taken.zh}，此时用户尚未同意",
        )
    if kind == "request" and not data:
        listed = _guarding(project)[:_NAMED]
        return Text(
            "permissions are asked for when the app starts, before the user can agree to the privacy policy; which, the"
            f" code does not say (AndroidManifest.xml has {', '.join(listed)})",
            "应用启动时即申请权限，此时用户尚未同意隐私政策；代码没有写明是哪些权限"
            f"（AndroidManifest.xml 中有 {'、'.join(listed)}）",
        )
    if kind == "request":
        return Text(
            f"the permission for {english} is asked for when the app starts, before the user can agree to the privacy"
            " policy",
            f"应用启动时即申请{chinese}的权限，此时用户尚未同意隐私政策",
        )
    return Text(
        f"{wording.opening(project, data[0]) if len(data) == 1 else english + ' are'} taken when the app starts,"
        " before the user can agree",
        f"应用启动时即收集{chinese}，此时用户尚未同意",
    )


def _severity(project: Project, first: AtStart, data: tuple[str, ...], sdk: Sdk | None) -> Severity:
    if first.target.place.path in project.test_paths or first.unknown:
        return "info"
    kinds = [project.data_types[one] for one in data if one in project.data_types]
    if first.target.kind == "init":
        if not data and (sdk is None or sdk.kind not in _TAKING):
            return "info"  # nobody here has read what it takes
        severity: Severity = "error" if any(kind.permanent for kind in kinds) else "warning"
    elif any(kind.sensitive or kind.permanent or kind.identifier for kind in kinds) and first.target.kind == "collect":
        severity = "error"
    elif kinds and all(kind.technical for kind in kinds):
        severity = "info"
    else:
        severity = "warning"
    return "warning" if severity == "error" and first.confidence <= Confidence.LEXICAL else severity


def _label(first: AtStart) -> Text:
    start = _STARTS.get(first.start, Text("the start of the app", "应用启动"))
    return Text(f"reached from {start.en}", f"由{start.zh}到达")


def _notes(first: AtStart) -> tuple[Text, ...]:
    way = " → ".join(step.name for step in first.steps)
    notes = [Text(f"the way: {way}", f"调用路径：{way}")]
    if first.confidence <= Confidence.LEXICAL:
        notes.append(
            Text(
                "one call on the way was matched by its name alone, so at most a warning",
                "路径上有一次调用仅按名称匹配，因此最高为警告",
            )
        )
    if first.unknown:
        notes.append(
            Text(
                "a condition on the way could not be told, so this is only information",
                "路径上有一个条件的含义无法判断，因此仅作提示",
            )
        )
    return tuple(notes)


def _related(first: AtStart) -> Iterator[Related]:
    for number, step in enumerate(first.steps):
        if number == 0:
            yield Related(step.place, Text(f"the system calls {step.name}", f"系统调用 {step.name}"))
        else:
            yield Related(step.place, Text(f"calls {step.name}", f"调用 {step.name}"))
