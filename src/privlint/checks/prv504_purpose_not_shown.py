"""A permission is asked for, and nothing around it tells the user what for.

## What it finds

A screen that asks for a permission which opens personal data, where nothing in the same class tells the purpose: no
`shouldShowRequestPermissionRationale`, no dialog, hint or message, no string resource, no sentence handed to anything.
It is information: a layout, a screen before it or the button that the user pressed may tell it.

Requests outside of a screen (in a class that asks on behalf of others) are not judged, as the purpose may be told by
whoever calls it.

## Why it matters

Among the conduct that the 2019 method names: when asking for a permission that can collect personal information, not
telling the user the purpose at the same time (item 2.3).

## Bad

```toml
[[collect]]
data = "camera-capture"
purpose = "What the user gets for it"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity

class ScanActivity : Activity() {
    override fun onStart() {
        super.onStart()
        setUp()
    }

    fun setUp() {
        val once = getPreferences(0).getBoolean("asked", false)
        if (!once) requestPermissions(arrayOf(Manifest.permission.CAMERA), 1) // expect: PRV504
    }
}
```

## Good

```toml
[[collect]]
data = "camera-capture"
purpose = "What the user gets for it"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import android.app.AlertDialog

class ScanActivity : Activity() {
    override fun onStart() {
        super.onStart()
        setUp()
    }

    fun setUp() {
        val once = getPreferences(0).getBoolean("asked", false)
        if (once) return
        AlertDialog.Builder(this)
            .setMessage("The camera is used to scan the code on your ticket")
            .setPositiveButton("Go on") { _, _ -> requestPermissions(arrayOf(Manifest.permission.CAMERA), 1) }
            .show()
    }
}
```

## How to fix

Tell the purpose where you ask, in a sentence that names the function: "to scan the code on your ticket".

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV504] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import refusing
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project

ZH = """申请权限时，周围没有任何内容告知用户用途。

## 检查什么

界面申请可收集个人信息的权限，而同一个类中没有任何内容告知用途：没有 `shouldShowRequestPermissionRationale`，
没有对话框、提示或消息，没有字符串资源，也没有传给其他代码的语句。此类为提示：布局、前一个界面或用户点击的按钮可能已经说明。

不在界面中的申请（由某个类代为申请）不作判断，因为用途可能由调用者告知。

## 为什么重要

《认定方法》列举的行为包括：申请打开可收集个人信息的权限时，未同步告知用户其目的（第2.3项）。

## 反例

```toml
[[collect]]
data = "camera-capture"
purpose = "为用户提供的功能"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity

class ScanActivity : Activity() {
    override fun onStart() {
        super.onStart()
        setUp()
    }

    fun setUp() {
        val once = getPreferences(0).getBoolean("asked", false)
        if (!once) requestPermissions(arrayOf(Manifest.permission.CAMERA), 1) // expect: PRV504
    }
}
```

## 正例

```toml
[[collect]]
data = "camera-capture"
purpose = "为用户提供的功能"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import android.app.AlertDialog

class ScanActivity : Activity() {
    override fun onStart() {
        super.onStart()
        setUp()
    }

    fun setUp() {
        val once = getPreferences(0).getBoolean("asked", false)
        if (once) return
        AlertDialog.Builder(this)
            .setMessage("相机用于扫描票面上的二维码")
            .setPositiveButton("继续") { _, _ -> requestPermissions(arrayOf(Manifest.permission.CAMERA), 1) }
            .show()
    }
}
```

## 如何修复

在申请处用一句话说明用途，并写明功能，例如“用于扫描票面上的二维码”。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV504] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV504",
    slug="purpose-not-shown",
    title=Text("Asked for without telling what for", "申请权限时未告知用途"),
    severity="info",
    clauses=("cn-method-2019/2.3",),
)


def check(project: Project) -> Iterator[Finding]:
    """Tell of each request that stands alone."""
    if project.trace is None:
        return
    for one in project.trace.refused.unexplained:
        names = refusing.short(one.permissions)
        verdict = Verdict(
            message=Text(
                f"{names} is asked for, and nothing in this class tells the user what for",
                f"申请了 {names}，但该类中没有告知用户用途的内容",
            ),
            why=Text("The purpose has to be told when the permission is asked for.", "申请权限时应当同步告知目的。"),
            help=Text(
                "tell the purpose where you ask, in a sentence that names the function",
                "在申请处用一句话说明用途，并写明功能",
            ),
            clauses=CHECK.clauses,
            notes=(
                Text(
                    "layouts and the screens before are not read for it, so this is only information",
                    "不检查布局和之前的界面，因此仅作提示",
                ),
            ),
        )
        mark = Mark(
            place=one.place,
            label=Text("asks here", "在此处申请"),
            subject=f"{one.enclosing}: {names}",
            severity="info",
            apps=project.apps_at(one.place.path),
        )
        yield at_place(project, CHECK, mark, verdict)
