"""Permissions of several unrelated groups are asked for at once.

## What it finds

One request that names permissions of several groups (location, contacts, phone …) which no single function plainly
needs together; camera and microphone, or location and nearby devices, do not count. By itself it is information: what
the request is for is not in the code. Where the app ends or blocks when one of them is refused, it is a warning, and an
error where the request also runs when the app starts.

Only permissions that the request, or the function around it, names are counted. A request made of permissions that
come from somewhere else is not judged.

## Why it matters

In our paraphrase, item 4.6 of the 2019 method: several permissions have to be granted at once, or the app cannot be
used.

## Bad

```toml
[[collect]]
data = "contacts"
purpose = "What the user gets for it"
consent = "separate"

[[collect]]
data = "precise-location"
purpose = "What the user gets for it"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun askForAll(activity: Activity) {
    val wanted = arrayOf(Manifest.permission.READ_CONTACTS, Manifest.permission.ACCESS_FINE_LOCATION)
    ActivityCompat.requestPermissions(activity, wanted, 1) // expect: PRV502
}
```

## Good

```toml
[[collect]]
data = "contacts"
purpose = "What the user gets for it"
consent = "separate"

[[collect]]
data = "precise-location"
purpose = "What the user gets for it"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun nearby(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.ACCESS_FINE_LOCATION), 1)
}

fun friends(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.READ_CONTACTS), 2)
}
```

## How to fix

Ask for each permission when the user comes to the function that needs it, and let everything else work without.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV502] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import refusing
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.project import Severity
from privlint.model.refused import Bundle

ZH = """一次申请了多组互不相关的权限。

## 检查什么

一次申请中包含多组权限（位置、通讯录、电话等），而没有哪一项功能明显同时需要它们；相机与麦克风、位置与附近的设备不计在内。
仅有这一点时为提示，因为代码中看不出申请的用途。如果拒绝其中之一时应用会退出或无法继续，则为警告；申请同时还在启动时进行，则为错误。

只统计申请处或所在函数中写明的权限。权限由其他地方传入的申请不作判断。

## 为什么重要

2019 年认定方法第 4.6 项（转述，非原文）：要求一次同意多项权限，否则无法使用。

## 反例

```toml
[[collect]]
data = "contacts"
purpose = "为用户提供的功能"
consent = "separate"

[[collect]]
data = "precise-location"
purpose = "为用户提供的功能"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun askForAll(activity: Activity) {
    val wanted = arrayOf(Manifest.permission.READ_CONTACTS, Manifest.permission.ACCESS_FINE_LOCATION)
    ActivityCompat.requestPermissions(activity, wanted, 1) // expect: PRV502
}
```

## 正例

```toml
[[collect]]
data = "contacts"
purpose = "为用户提供的功能"
consent = "separate"

[[collect]]
data = "precise-location"
purpose = "为用户提供的功能"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun nearby(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.ACCESS_FINE_LOCATION), 1)
}

fun friends(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.READ_CONTACTS), 2)
}
```

## 如何修复

在用户使用到需要权限的功能时再逐项申请，其他功能在没有该权限时也能使用。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV502] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV502",
    slug="bundled-request",
    title=Text("Several unrelated permissions in one request", "一次申请多组互不相关的权限"),
    severity="error",
    clauses=("cn-method-2019/4.6",),
)


def check(project: Project) -> Iterator[Finding]:
    """Tell of each such request."""
    if project.trace is None:
        return
    at_start = {one.target.place for one in project.trace.at_start if one.target.kind == "request"}
    for one in project.trace.refused.bundles:
        yield _finding(project, one, starts=one.asked.place in at_start)


def _finding(project: Project, one: Bundle, *, starts: bool) -> Finding:
    groups = project.rules.refusal.group if project.rules and project.rules.refusal else ()
    named = [group for group in groups if group.id in one.groups]
    names = Text(", ".join(each.name_en for each in named), "、".join(each.name_zh for each in named))
    notes = [
        Text(f"asked for: {refusing.short(one.asked.permissions)}", f"申请了：{refusing.short(one.asked.permissions)}")
    ]
    if starts:
        notes.append(Text("it runs when the app starts", "应用启动时即进行申请"))
    if one.blocks is None:
        notes.append(
            Text(
                "no place was found where the app ends when one of them is refused, so this is only information",
                "没有发现因拒绝其中之一而退出的代码，因此仅作提示",
            )
        )
    verdict = Verdict(
        message=Text(
            f"permissions of {len(named)} groups are asked for at once: {names.en}",
            f"一次申请了 {len(named)} 组权限：{names.zh}",
        ),
        why=Text(
            "Permissions may not be made one take-it-or-leave-it choice.",
            "不得把多项权限变成要么全部同意、要么无法使用的选择。",
        ),
        help=Text(
            "ask for each when the user comes to the function that needs it",
            "在用户使用到需要该权限的功能时再逐项申请",
        ),
        clauses=CHECK.clauses,
        notes=tuple(notes),
        related=(Related(one.blocks, Text("ends or blocks when refused", "拒绝后退出或无法继续")),)
        if one.blocks
        else (),
    )
    severity: Severity = "info" if one.blocks is None else "error" if starts else "warning"
    mark = Mark(
        place=one.asked.place,
        label=Text("asks for all of them", "一并申请"),
        subject=f"{one.asked.enclosing}: {', '.join(one.groups)}",
        severity="info" if one.asked.place.path in project.test_paths else severity,
        apps=project.apps_at(one.asked.place.path),
    )
    return at_place(project, CHECK, mark, verdict)
