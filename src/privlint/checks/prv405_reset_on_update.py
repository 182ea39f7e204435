"""A setting of consent is turned on when the app was updated.

## What it finds

A place that runs after an update (a condition that compares the version with the one that ran before, a receiver of
`MY_PACKAGE_REPLACED`, a routine named `onUpgrade`, `migrate…` and the like) and stores `true` under a name that speaks
of consent, the privacy policy, or a switch on personal data. It may be one call away.

It is silent where an old value is carried over, where a condition asks what the user had said, where `false` is
stored, and where the app is only made to ask again.

## Why it matters

What the user has refused stays refused after an update. The 2019 method names resetting permissions to their default
state when the app updates (item 3.5, in our paraphrase).

## Bad

```toml
[app]
name = "Example Notes"
category = "other"
```

```kotlin app/src/main/java/com/example/notes/Updates.kt
package com.example.notes

import android.content.SharedPreferences

class Updates(private val settings: SharedPreferences) {
    fun check() {
        val last = settings.getInt("last_version", 0)
        if (last < BuildConfig.VERSION_CODE) {
            settings.edit().putBoolean("privacy_agreed", true).apply() // expect: PRV405
        }
    }
}
```

## Good

```toml
[app]
name = "Example Notes"
category = "other"
```

```kotlin app/src/main/java/com/example/notes/Updates.kt
package com.example.notes

import android.content.SharedPreferences

class Updates(private val settings: SharedPreferences) {
    fun check() {
        val last = settings.getInt("last_version", 0)
        if (last < BuildConfig.VERSION_CODE) {
            settings.edit().putBoolean("privacy_agreed", settings.getBoolean("agreed", false)).apply()
        }
    }
}
```

## How to fix

Leave the setting as it is, or carry the old value over. Where the policy has changed, store `false` and ask again.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV405] reason` (in Python `# privlint: …`). For a
whole file, and until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.manner import Reset

ZH = """应用更新后，与同意有关的设置被自动打开。

## 检查什么

在更新后运行的代码（比较当前版本与此前版本的条件、`MY_PACKAGE_REPLACED` 的接收器、名为 `onUpgrade`、`migrate…`
等的函数）以表示同意、隐私政策或个人信息开关的名称保存了 `true`。可以相隔一次调用。

沿用旧值、以用户此前的选择为条件、保存 `false`，以及只是重新询问用户时，均不报告。

## 为什么重要

用户拒绝过的内容，更新后仍应保持拒绝。2019 年认定方法列举了更新时把用户设置的权限恢复到默认状态（第 3.5 项，转述，
非原文）。

## 反例

```toml
[app]
name = "示例笔记"
category = "other"
```

```kotlin app/src/main/java/com/example/notes/Updates.kt
package com.example.notes

import android.content.SharedPreferences

class Updates(private val settings: SharedPreferences) {
    fun check() {
        val last = settings.getInt("last_version", 0)
        if (last < BuildConfig.VERSION_CODE) {
            settings.edit().putBoolean("privacy_agreed", true).apply() // expect: PRV405
        }
    }
}
```

## 正例

```toml
[app]
name = "示例笔记"
category = "other"
```

```kotlin app/src/main/java/com/example/notes/Updates.kt
package com.example.notes

import android.content.SharedPreferences

class Updates(private val settings: SharedPreferences) {
    fun check() {
        val last = settings.getInt("last_version", 0)
        if (last < BuildConfig.VERSION_CODE) {
            settings.edit().putBoolean("privacy_agreed", settings.getBoolean("agreed", false)).apply()
        }
    }
}
```

## 如何修复

保持原有设置，或沿用旧值。隐私政策有变更时，保存 `false` 并重新征求同意。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV405] 理由`（Python 用 `# privlint: …`）。
针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV405",
    slug="reset-on-update",
    title=Text("Consent turned on by an update", "更新时自动打开同意设置"),
    severity="warning",
    clauses=("cn-method-2019/3.5",),
)

_BY = {
    "replaced": Text("in the receiver of the app's own update", "在应用更新广播的接收器中"),
    "version": Text("where the version is compared with the one that ran before", "在比较当前版本与此前版本的条件之下"),
    "migration": Text("in a routine that carries an old state over", "在迁移旧状态的函数中"),
}


def check(project: Project) -> Iterator[Finding]:
    """Report what turns consent on after an update."""
    if project.manner is None:
        return
    for one in project.manner.resets:
        yield _finding(project, one)


def _finding(project: Project, one: Reset) -> Finding:
    how = _BY[one.by]
    verdict = Verdict(
        message=Text(f"`{one.name}` is set to true {how.en}", f"{how.zh}将 `{one.name}` 设为 true"),
        why=Text(
            "What the user has refused stays refused after an update; only the user turns it on.",
            "用户拒绝过的内容，更新后仍应保持拒绝；只有用户自己可以打开。",
        ),
        help=Text(
            "leave it as it is, or carry the old value over; where the policy has changed, store false and ask again",
            "保持原有设置，或沿用旧值；隐私政策有变更时，保存 false 并重新征求同意",
        ),
        clauses=CHECK.clauses,
    )
    mark = Mark(
        place=one.place,
        label=Text("turned on by the update", "更新时被打开"),
        subject=one.name,
        severity="info" if one.place.path in project.test_paths else "warning",
        apps=project.apps_at(one.place.path),
    )
    return at_place(project, CHECK, mark, verdict)
