"""A permission is asked for at run time, and no declaration tells of what it guards.

## What it finds

A request for a permission (`requestPermissions`, a launcher's `launch`, Accompanist, RxPermissions, XXPermissions)
where no `[[collect]]` table declares any data that the permission guards.

Where the code does not collect such data either, it is a warning: either nothing uses the permission, or something does
that the catalogue does not know. Where the code collects it, the collection itself is judged by PRV101 and PRV201, and
the request is information: it shows where the user is asked. So it is where the user hands over one item (a picker,
the camera app), where a library that the build files name is known to use the permission, and where plain file access
may. A run over given files only does not judge requests, because the use may stand in another file.

## Why it matters

Asking for a permission that no function of the app uses is, in our paraphrase, among the conduct that the 2019 method
names (item 4.1: data or permissions that have nothing to do with what the app offers). If a library takes the data,
users have to be told so.

## Bad

```toml
[app]
name = "Example Notes"
category = "utility"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun ask(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.CAMERA), 1) // expect: PRV301
}
```

## Good

```toml
[app]
name = "Example Notes"
category = "utility"

[[function]]
id = "scan"
name = "Scan a page"

[[collect]]
data = "camera-capture"
purpose = "Scan a page into a note, when the user asks for it"
function = "scan"
consent = "permission"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun ask(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.CAMERA), 1)
}
```

## How to fix

Remove the request and the permission, if nothing uses it. If a library uses it, declare the data with its real purpose
in a `[[collect]]` table.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV301] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from privlint.checks import asked, wording
from privlint.checks.findings import Use, Verdict, at_use
from privlint.model.check import Check
from privlint.model.facts import Observation
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.place import Place

ZH = """运行时申请了权限，但没有声明该权限所保护的信息。

## 检查什么

代码申请了某项权限（`requestPermissions`、启动器的 `launch`、Accompanist、RxPermissions、XXPermissions），但没有
`[[collect]]` 声明该权限所保护的任何信息。

如果代码也没有收集这类信息，则为警告：要么没有代码使用该权限，要么使用它的是目录未收录的代码。如果代码收集了这类信息，
收集本身由 PRV101 和 PRV201 判断，申请处仅作提示，说明在哪里征求用户同意。由用户自己交出单项内容（选择器、系统相机）、
构建文件中的库已知会使用该权限、或普通文件读写可能使用该权限时，同样仅作提示。只检查给定文件时不作判断，因为使用处可能在其他文件中。

## 为什么重要

申请应用功能用不到的权限，属于 2019 年认定方法所列的行为之一（转述，非原文；第 4.1 项：收集的信息或打开的权限
与应用提供的功能无关）。如果由第三方库取得信息，也应当告知用户。

## 反例

```toml
[app]
name = "示例笔记"
category = "utility"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun ask(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.CAMERA), 1) // expect: PRV301
}
```

## 正例

```toml
[app]
name = "示例笔记"
category = "utility"

[[function]]
id = "scan"
name = "扫描页面"

[[collect]]
data = "camera-capture"
purpose = "用户主动扫描页面并存入笔记"
function = "scan"
consent = "permission"
```

```kotlin
import android.Manifest
import android.app.Activity
import androidx.core.app.ActivityCompat

fun ask(activity: Activity) {
    ActivityCompat.requestPermissions(activity, arrayOf(Manifest.permission.CAMERA), 1)
}
```

## 如何修复

没有用处时，删除申请和权限。由第三方库使用时，在 `[[collect]]` 中声明该信息并写明真实目的。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV301] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV301",
    slug="undeclared-request",
    title=Text("Permission asked for, but its data not declared", "申请了权限，但没有声明相应信息"),
    severity="warning",
    clauses=("cn-method-2019/4.1",),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for a use, or a declaration, of what each permission guards."""
    if not project.whole:
        return
    uses = chain((one for one in project.seen() if one.kind != "verify"), project.touched())
    seen = (data for one in uses for data in one.data)
    taken = {inner for data in seen for inner in project.includes(data)}
    places: dict[Place, list[Observation]] = {}
    for request in project.requests():
        if not any(project.declarations(data) for data in request.data):
            places.setdefault(request.place, []).append(request)
    for requests in places.values():
        for request in requests:
            if not any(_covers(project, other, request) for other in requests if other is not request):
                used = any(not taken.isdisjoint(project.includes(data)) for data in request.data)
                used = used or _used_elsewhere(project, request)
                yield _used(project, request) if used else _unused(project, request)


def _covers(project: Project, wide: Observation, narrow: Observation) -> bool:
    """Tell whether one request at a place says all that another does: fine location, approximate location."""
    return wide.data[0] != narrow.data[0] and narrow.data[0] in project.includes(wide.data[0])


def _used_elsewhere(project: Project, request: Observation) -> bool:
    """Tell whether plain file access, which no class speaks of, or a library of the app may use what is asked for."""
    known = project.rules.permissions if project.rules else {}
    rules = (known[name] for name in request.permissions if name in known)
    return any(not rule.telling or asked.packaged_use(project, rule) for rule in rules)


def _short(request: Observation) -> str:
    return request.permissions[0].rpartition(".")[2] if request.permissions else request.symbol


def _used(project: Project, request: Observation) -> Finding:
    data = request.data[0]
    name = wording.name(project, data)
    short = _short(request)
    verdict = Verdict(
        message=Text(
            f"{short} is asked for here, but {name.en} is not declared", f"此处申请了 {short}，但没有声明{name.zh}"
        ),
        why=Text(
            "Users have to be told the purpose when they are asked; the manifest names none.",
            "征求同意时应当告知目的；清单中没有写明。",
        ),
        help=Text(
            "declare the data with its purpose in a [[collect]] table, and tell that purpose before asking",
            "在 [[collect]] 中声明该信息及其目的，并在申请前告知用户",
        ),
        clauses=CHECK.clauses,
    )
    found = at_use(project, CHECK, Use(request, data, project.app_at(request.place.path)), verdict)
    return found if CHECK.id in project.manifest.manifest.check.severity else replace(found, severity="info")


def _unused(project: Project, request: Observation) -> Finding:
    data = request.data[0]
    name = wording.name(project, data)
    short = _short(request)
    verdict = Verdict(
        message=Text(
            f"{short} is asked for, but nothing that takes {name.en} was found",
            f"申请了 {short}，但没有发现取得{name.zh}的代码",
        ),
        why=Text(
            "A permission that no function of the app uses must not be asked for; if a library uses it, users have to"
            " be told.",
            "应用功能用不到的权限不应申请；如果由第三方库使用，应当告知用户。",
        ),
        help=Text(
            "remove the request and the permission; or, if a library takes the data, declare it with its purpose in a"
            " [[collect]] table",
            "删除申请和权限；如果由第三方库取得信息，在 [[collect]] 中声明并写明目的",
        ),
        clauses=CHECK.clauses,
    )
    return at_use(project, CHECK, Use(request, data, project.app_at(request.place.path)), verdict)
