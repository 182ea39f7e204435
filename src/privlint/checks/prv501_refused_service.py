"""The app ends, or goes no further, when the user says no to something that its basic service does not need.

## What it finds

Code that runs because the user refused (the denied branch of a permission result, a callback such as `onDenied` or
`onPermissionsDenied` of the usual permission libraries, the button or callback of a privacy dialog that refuses) and
that ends the app: `finishAffinity`, `exitProcess`, `System.exit`, `killProcess`, `moveTaskToBack`, `sys.exit`, the
`stop` of a Kivy app, or `finish` of the screen that the app starts with; there, or in a routine that is called there.
Also a dialog that cannot be put away and leads to nothing but the request, or the system's settings, again.

Held against the declared category: a permission counts where the data that it guards are not necessary for the basic
service, and where the service does not plainly work by it (a navigation app may end without the location). Refusing
the privacy policy as a whole is a warning in the categories that need no personal information, elsewhere information.
Without a category it is only information.

It stays silent where another screen is opened instead, where a screen hands an answer back to the one before, and
where the app is restarted, has crashed or erases its data. `finish` of any other screen is not reported: the user is
back where they were. What goes through reflection, events or a view model is not followed, so silence is no proof.

## Why it matters

In our paraphrase, item 4.2 of the 2019 method: a function is refused because the user does not give data or permissions
that are not necessary. Article 4 of the 2021 provisions: the basic service may not be refused for that reason.

## Bad

```toml
[app]
name = "Example Reader"
category = "e-book"
```

```kotlin app/src/main/java/com/example/reader/MainActivity.kt
package com.example.reader

import android.app.Activity
import android.app.AlertDialog

class MainActivity : Activity() {
    fun showPrivacyPolicy() {
        AlertDialog.Builder(this)
            .setMessage(R.string.privacy_policy)
            .setPositiveButton(R.string.agree) { _, _ -> open() }
            .setNegativeButton(R.string.disagree) { _, _ -> finish() } // expect: PRV501
            .show()
    }

    private fun open() = Unit
}
```

## Good

```toml
[app]
name = "Example Reader"
category = "e-book"
```

```kotlin app/src/main/java/com/example/reader/MainActivity.kt
package com.example.reader

import android.app.Activity
import android.app.AlertDialog

class MainActivity : Activity() {
    fun showPrivacyPolicy() {
        AlertDialog.Builder(this)
            .setMessage(R.string.privacy_policy)
            .setPositiveButton(R.string.agree) { _, _ -> open() }
            .setNegativeButton(R.string.disagree) { _, _ -> openWithoutAccount() }
            .show()
    }

    private fun open() = Unit

    private fun openWithoutAccount() = Unit
}
```

## How to fix

Go on without it: leave out the function that needs it, say so, and offer a way to allow it later. Whoever refuses the
privacy policy should still be able to use what needs no personal information, for instance in a basic mode.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV501] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import refusing, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.project import Severity
from privlint.model.refused import Refusal

ZH = """用户拒绝提供基本功能服务并不需要的内容时，应用直接退出或不让继续使用。

## 检查什么

因用户拒绝而运行的代码（权限结果的拒绝分支，常用权限库的 `onDenied`、`onPermissionsDenied` 等回调，
隐私弹窗中表示拒绝的按钮或回调）结束了应用：`finishAffinity`、`exitProcess`、`System.exit`、`killProcess`、
`moveTaskToBack`、`sys.exit`、Kivy 应用的 `stop`，或者在启动界面调用 `finish`；直接调用，或在所调用的函数中调用。
无法关闭、且只能再次申请或前往系统设置的对话框也属于此类。

与声明的类别对照：权限所保护的信息不是基本功能服务所必需，且该服务本身并不明显依赖该权限时才报告
（导航应用没有位置权限时可以退出）。拒绝整份隐私政策时，在无须个人信息的类别中为警告，其他类别中为提示。没有声明类别时仅为提示。

转而打开其他界面、界面把结果返回给上一个界面、应用重启、崩溃处理或清除数据时不报告。其他界面的 `finish` 不报告：
用户只是回到原来的地方。通过反射、事件或 ViewModel 进行的处理不跟踪，因此没有报告并不证明没有问题。

## 为什么重要

2019 年认定方法第 4.2 项（转述，非原文）：用户不提供非必要的信息或权限，就拒绝提供功能。
2021 年规定第四条：不得因此拒绝用户使用基本功能服务。

## 反例

```toml
[app]
name = "示例阅读器"
category = "e-book"
```

```kotlin app/src/main/java/com/example/reader/MainActivity.kt
package com.example.reader

import android.app.Activity
import android.app.AlertDialog

class MainActivity : Activity() {
    fun showPrivacyPolicy() {
        AlertDialog.Builder(this)
            .setMessage(R.string.privacy_policy)
            .setPositiveButton(R.string.agree) { _, _ -> open() }
            .setNegativeButton(R.string.disagree) { _, _ -> finish() } // expect: PRV501
            .show()
    }

    private fun open() = Unit
}
```

## 正例

```toml
[app]
name = "示例阅读器"
category = "e-book"
```

```kotlin app/src/main/java/com/example/reader/MainActivity.kt
package com.example.reader

import android.app.Activity
import android.app.AlertDialog

class MainActivity : Activity() {
    fun showPrivacyPolicy() {
        AlertDialog.Builder(this)
            .setMessage(R.string.privacy_policy)
            .setPositiveButton(R.string.agree) { _, _ -> open() }
            .setNegativeButton(R.string.disagree) { _, _ -> openWithoutAccount() }
            .show()
    }

    private fun open() = Unit

    private fun openWithoutAccount() = Unit
}
```

## 如何修复

没有该权限也继续运行：停用需要它的功能，告知用户，并提供以后再授权的途径。拒绝隐私政策的用户，也应能使用不需要个人信息的功能，
例如提供基本模式。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV501] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV501",
    slug="refused-service",
    title=Text("Service refused because the user said no", "因用户拒绝而不提供服务"),
    severity="error",
    clauses=("cn-method-2019/4.2", "cn-necessary-2021/4"),
)


def check(project: Project) -> Iterator[Finding]:
    """Tell of each place that ends or blocks the app."""
    if project.trace is None:
        return
    for one in project.trace.refused.refusals:
        found = _policy(project, one) if one.what == "policy" else _permission(project, one)
        if found is not None:
            yield found


def _policy(project: Project, one: Refusal) -> Finding:
    apps = project.apps_at(one.place.path)
    categories = tuple(filter(None, (project.category_of(app) for app in apps)))
    none_needed = [category for category in categories if not category.clauses]
    severity: Severity = "warning" if none_needed else "info"
    kind = wording.app_kind(tuple(none_needed or categories)[:1])
    if none_needed:
        note = Text(
            f"the basic service of {kind.en} needs no personal information", f"{kind.zh}的基本功能服务无须个人信息"
        )
    elif categories:
        note = Text(
            f"the basic service of {kind.en} needs some personal information, so refusing all of it may end the"
            " service; what works without should stay open",
            f"{kind.zh}的基本功能服务需要部分个人信息，全部拒绝时可以无法提供服务；不需要个人信息的功能仍应开放",
        )
    else:
        note = refusing.UNJUDGED
    verdict = Verdict(
        message=Text(
            f"{one.call} ends the app when the user does not agree to the policy or the terms",
            f"用户不同意隐私政策或协议时，应用通过 {one.call} 退出",
        ),
        why=Text(
            "Who does not agree to the collection of information that is not necessary must still be served.",
            "用户不同意收集非必要个人信息时，不得拒绝提供服务。",
        ),
        help=Text(
            "offer a way to use what needs no personal information, for instance a basic mode, and take nothing there",
            "提供无须个人信息即可使用的途径（例如基本模式），并且在其中不收集个人信息",
        ),
        clauses=CHECK.clauses,
        leading=CHECK.clauses[1] if categories else "",
        notes=(note,),
        related=_related(one),
    )
    return at_place(project, CHECK, _mark(project, one, severity, ()), verdict)


def _permission(project: Project, one: Refusal) -> Finding | None:
    held = refusing.held(project, one.permissions, one.place.path)
    if one.permissions and not held.unnecessary and not held.unjudged:
        return None
    told = held.unnecessary or held.unjudged
    names = Text(
        ", ".join(name.rpartition(".")[2] for name in told) or "a permission",
        "、".join(name.rpartition(".")[2] for name in told) or "权限",
    )
    severity: Severity = "error" if held.unnecessary else "info"
    if one.way == "ends":
        message = Text(
            f"{one.call} ends the app when the user refuses {names.en}",
            f"用户拒绝 {names.zh} 时，应用通过 {one.call} 退出",
        )
    else:
        message = Text(
            f"when the user refuses {names.en}, a dialog that cannot be put away only asks again",
            f"用户拒绝 {names.zh} 后，弹出无法关闭、只能再次授权的对话框",
        )
    verdict = Verdict(
        message=message,
        why=Text(
            "Who refuses what is not necessary for the basic service must still be served.",
            "用户拒绝基本功能服务所不需要的权限时，不得拒绝提供服务。",
        ),
        help=Text(
            "go on without it: leave out what needs it, and offer to allow it when the user comes to use that",
            "没有该权限也继续运行：停用需要它的功能，在用户使用该功能时再申请",
        ),
        clauses=CHECK.clauses,
        leading=CHECK.clauses[1] if held.unnecessary else "",
        notes=held.notes,
        related=_related(one),
    )
    return at_place(project, CHECK, _mark(project, one, severity, held.data), verdict)


def _mark(project: Project, one: Refusal, severity: Severity, data: tuple[str, ...]) -> Mark:
    return Mark(
        place=one.place,
        label=Text("runs because the user said no", "因用户拒绝而运行"),
        subject=f"{one.enclosing}: {one.call}",
        severity="info" if one.place.path in project.test_paths else severity,
        data=data,
        apps=project.apps_at(one.place.path),
    )


def _related(one: Refusal) -> tuple[Related, ...]:
    found = [Related(one.denied, Text("here the code learns that the user refused", "此处得知用户已拒绝"))]
    found += [Related(place, Text("asked for here", "在此处申请")) for place in one.asked]
    if one.through is not None:
        found.append(Related(one.through, Text("the app ends here", "应用在此处退出")))
    return tuple(dict.fromkeys(found))
