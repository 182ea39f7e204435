"""A permission is asked for in AndroidManifest.xml, and nothing that privlint knows uses it.

## What it finds

A `<uses-permission>` for personal data where the code shows no use of any data that the permission guards, no library
of the app is known to use it, and neither a `[[collect]]` nor an `[[sdk]]` table declares such data. Permissions that
have other good reasons, or uses that cannot be seen in code, are left out: files and media, Bluetooth connections.
Where the code also asks for the permission at run time, PRV301 reports that place instead.

A permission with a `maxSdkVersion` below the app's `minSdk` is information: no device ever asks for it. So is one of an
app that has a part in a language that privlint does not read, such as Dart or JavaScript.

Permissions that only libraries bring are seen only in a merged manifest.

## Why it matters

Asking for a permission that no function of the app uses is, in our paraphrase, among the conduct that the 2019 method
names (item 4.1: data or permissions that have nothing to do with what the app offers).

## Bad

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_CALENDAR" /> <!-- expect: PRV302 -->
    <application />
</manifest>
```

## Good

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_CALENDAR" />
    <application />
</manifest>
```

```toml
[app]
name = "Example Notes"
category = "utility"
policy = "https://example.com/privacy"

[[function]]
id = "agenda"
name = "Notes beside appointments"

[[collect]]
data = "calendar"
purpose = "Show notes beside the appointments of the day"
function = "agenda"
consent = "permission"
```

```kotlin
import android.content.ContentResolver
import android.provider.CalendarContract

fun agenda(resolver: ContentResolver) = resolver.query(CalendarContract.Events.CONTENT_URI, null, null, null, null)
```

## How to fix

Remove the permission. If a library needs it, declare the data with its real purpose in a `[[collect]]` or `[[sdk]]`
table. If a library brings it and the app does not need it, take it out with `tools:node="remove"`.

## How to suppress

Above the element: `<!-- privlint: ignore[PRV302] reason -->`, or in it `tools:ignore="PRV302: reason"`. For a whole
file, and until a day: a `[[waive]]` table with `check = "PRV302"` and the path of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import asked, wording
from privlint.checks.asked import Asked
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Severity

ZH = """AndroidManifest.xml 申请了权限，但在已知范围内没有任何使用。

## 检查什么

`<uses-permission>` 申请了涉及个人信息的权限，但没有发现使用该权限所保护信息的代码，应用的依赖库中也没有已知会使用它的，
`[[collect]]` 和 `[[sdk]]` 也没有声明这类信息。有其他合理用途、或从代码中看不出使用的权限不作判断：文件和媒体、
蓝牙连接。如果代码还在运行时申请该权限，则由 PRV301 在该处报告。

`maxSdkVersion` 低于应用 `minSdk` 的权限仅作提示：任何设备都不会申请它。应用有一部分用 privlint 不读取的语言
（如 Dart 或 JavaScript）编写时，也仅作提示。

仅由库带入的权限，只有在合并后的清单中才能看到。

## 为什么重要

申请应用功能用不到的权限，属于 2019 年认定方法所列的行为之一（转述，非原文；第 4.1 项：收集的信息或打开的权限
与应用提供的功能无关）。

## 反例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_CALENDAR" /> <!-- expect: PRV302 -->
    <application />
</manifest>
```

## 正例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_CALENDAR" />
    <application />
</manifest>
```

```toml
[app]
name = "示例笔记"
category = "utility"
policy = "https://example.com/privacy"

[[function]]
id = "agenda"
name = "在日程旁显示笔记"

[[collect]]
data = "calendar"
purpose = "在当天日程旁显示笔记"
function = "agenda"
consent = "permission"
```

```kotlin
import android.content.ContentResolver
import android.provider.CalendarContract

fun agenda(resolver: ContentResolver) = resolver.query(CalendarContract.Events.CONTENT_URI, null, null, null, null)
```

## 如何修复

删除该权限。由第三方库使用时，在 `[[collect]]` 或 `[[sdk]]` 中声明该信息并写明真实目的。由库带入而应用并不需要时，
用 `tools:node="remove"` 去除。

## 如何抑制

在元素上方写 `<!-- privlint: ignore[PRV302] 理由 -->`，或在元素中写 `tools:ignore="PRV302: 理由"`。
针对整个文件并设定期限：`[[waive]]`，写明 `check = "PRV302"` 和文件路径。
"""

CHECK = Check(
    id="PRV302",
    slug="unused-permission",
    title=Text("Permission in AndroidManifest.xml, but no use of it found", "清单申请了权限，但未发现使用"),
    severity="warning",
    clauses=("cn-method-2019/4.1",),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for a use, or a declaration, of what each permission guards."""
    for one in asked.asked(project):
        first = asked.dead(project, one.request)
        if first:
            yield _dead(project, one, first)
    for one in asked.living(project):
        rule = one.rule
        if not rule.telling or asked.requested(project, rule) or asked.stated(project, rule):
            continue
        if next(asked.observed(project, rule), None) is None and not asked.packaged_use(project, rule):
            yield _unused(project, one)


def _unused(project: Project, one: Asked) -> Finding:
    name = wording.name(project, one.rule.data[0])
    verdict = Verdict(
        message=Text(
            f"{one.short} is asked for, but nothing that takes {name.en} was found",
            f"申请了 {one.short}，但没有发现取得{name.zh}的代码",
        ),
        why=Text(
            "A permission that no function of the app uses must not be asked for; if a library uses it, users have to"
            " be told.",
            "应用功能用不到的权限不应申请；如果由第三方库使用，应当告知用户。",
        ),
        help=Text(
            "remove the permission; or, if a library takes the data, declare it with its purpose in a [[collect]] or"
            " [[sdk]] table",
            "删除该权限；如果由第三方库取得信息，在 [[collect]] 或 [[sdk]] 中声明并写明目的",
        ),
        clauses=CHECK.clauses,
        notes=_doubts(project, one),
        related=one.others,
    )
    return at_place(project, CHECK, _mark(project, one, _severity(project, one)), verdict)


def _severity(project: Project, one: Asked) -> Severity:
    if one.request.reach == "debug" or one.request.origin not in {"android-manifest", "merged-manifest"}:
        return "info"
    return "info" if project.declared and asked.hybrid(project.declared) else "warning"


def _doubts(project: Project, one: Asked) -> tuple[Text, ...]:
    found = []
    if project.declared and asked.hybrid(project.declared):
        found.append(
            Text(
                "a part of the app is written in a language that is not read; a use may stand there",
                "应用有一部分用未读取的语言编写，使用处可能在其中",
            )
        )
    if one.request.reach == "debug":
        found.append(Text("only builds for development ask for it", "仅开发构建申请该权限"))
    return tuple(found)


def _dead(project: Project, one: Asked, first: int) -> Finding:
    last = one.request.max_sdk
    verdict = Verdict(
        message=Text(
            f"{one.short} is asked for up to API level {last}, but the app runs from {first}: it has no effect",
            f"{one.short} 仅在 API {last} 及以下申请，而应用最低支持 {first}：该权限不起作用",
        ),
        why=Text(
            "Who reads what the app asks for finds a permission that it never has.",
            "查看应用权限的人会看到一项应用从不使用的权限。",
        ),
        help=Text("remove it", "删除该权限"),
        clauses=CHECK.clauses,
        related=one.others,
    )
    return at_place(project, CHECK, _mark(project, one, "info"), verdict)


def _mark(project: Project, one: Asked, severity: Severity) -> Mark:
    name = wording.name(project, one.rule.data[0])
    return Mark(
        place=one.request.place,
        label=Text(f"opens {name.en}", f"涉及{name.zh}"),
        subject=one.request.name,
        severity=severity,
        confidence=Confidence.INFERRED,
        data=one.rule.data[:1],
        apps=one.apps,
    )
