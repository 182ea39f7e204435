"""A permission is asked for again and again, or something is taken although the user refused.

## What it finds

A request for a permission that comes back without the user's doing: each time that the screen is shown again
(`onResume`, `onStart`, …), at once in the branch where it was refused, or in a loop until it is granted. A condition
that is about anything but the permission (a note that it was asked for, a time, a button) makes it silent. This is
information.

Also data that are taken, or an SDK that is started, in the code that runs because the user refused the privacy
policy. This is a warning.

## Why it matters

Among the conduct that the 2019 method names: collecting, or opening permissions, after the user has clearly refused, or
asking so often that normal use is disturbed (item 3.2). How often is too often the method does not say; not to ask
again within 48 hours is industry practice.

## Bad

```toml
[[collect]]
data = "precise-location"
purpose = "What the user gets for it"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import android.content.pm.PackageManager

class NearbyActivity : Activity() {
    override fun onResume() {
        super.onResume()
        if (checkSelfPermission(Manifest.permission.ACCESS_FINE_LOCATION) != PackageManager.PERMISSION_GRANTED) {
            setTitle(R.string.why_location)
            requestPermissions(arrayOf(Manifest.permission.ACCESS_FINE_LOCATION), 1) // expect: PRV503
        }
    }
}
```

## Good

```toml
[[collect]]
data = "precise-location"
purpose = "What the user gets for it"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import android.content.pm.PackageManager

class NearbyActivity : Activity() {
    private var askedBefore = false

    override fun onResume() {
        super.onResume()
        if (checkSelfPermission(Manifest.permission.ACCESS_FINE_LOCATION) == PackageManager.PERMISSION_GRANTED) return
        if (!askedBefore) {
            askedBefore = true
            setTitle(R.string.why_location)
            requestPermissions(arrayOf(Manifest.permission.ACCESS_FINE_LOCATION), 1)
        }
    }
}
```

## How to fix

Ask when the user comes to the function that needs it, once. Keep that, and when, the user refused, and do not ask again
by yourself; say in the settings how it can be allowed later. Take nothing where the user refused.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV503] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged, refusing, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.refused import Repeat

ZH = """反复申请权限，或者在用户拒绝后仍然收集信息。

## 检查什么

并非由用户操作引起的再次申请：每次界面重新显示时（`onResume`、`onStart` 等），在被拒绝的分支中立即再次申请，
或者在循环中直到获得授权。条件中有与权限无关的内容（是否申请过的标记、时间、按钮）时不报告。此类为提示。

另外，在用户拒绝隐私政策后运行的代码中收集信息或启动 SDK，为警告。

## 为什么重要

《认定方法》列举的行为包括：用户明确表示不同意后，仍收集个人信息或打开可收集个人信息的权限，或频繁征求用户同意、
干扰用户正常使用（第3.2项）。多频繁算频繁，该方法没有规定；48 小时内不再询问属于行业惯例。

## 反例

```toml
[[collect]]
data = "precise-location"
purpose = "为用户提供的功能"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import android.content.pm.PackageManager

class NearbyActivity : Activity() {
    override fun onResume() {
        super.onResume()
        if (checkSelfPermission(Manifest.permission.ACCESS_FINE_LOCATION) != PackageManager.PERMISSION_GRANTED) {
            setTitle(R.string.why_location)
            requestPermissions(arrayOf(Manifest.permission.ACCESS_FINE_LOCATION), 1) // expect: PRV503
        }
    }
}
```

## 正例

```toml
[[collect]]
data = "precise-location"
purpose = "为用户提供的功能"
consent = "separate"
```

```kotlin
import android.Manifest
import android.app.Activity
import android.content.pm.PackageManager

class NearbyActivity : Activity() {
    private var askedBefore = false

    override fun onResume() {
        super.onResume()
        if (checkSelfPermission(Manifest.permission.ACCESS_FINE_LOCATION) == PackageManager.PERMISSION_GRANTED) return
        if (!askedBefore) {
            askedBefore = true
            setTitle(R.string.why_location)
            requestPermissions(arrayOf(Manifest.permission.ACCESS_FINE_LOCATION), 1)
        }
    }
}
```

## 如何修复

在用户使用到需要权限的功能时申请一次。记录用户拒绝及其时间，不再主动询问；在设置中说明以后如何授权。用户拒绝后不收集信息。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV503] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV503",
    slug="asked-again",
    title=Text("Asked again, or taken, after the user refused", "用户拒绝后反复询问或仍然收集"),
    severity="warning",
    clauses=("cn-method-2019/3.2",),
)

_HOW = {
    "return": Text("each time that the screen is shown again", "每次界面重新显示时"),
    "denied": Text("at once when the user has refused", "用户拒绝后立即"),
    "loop": Text("in a loop until the user allows it", "在循环中直到用户允许"),
}
_PRACTICE = Text(
    "how often is too often the method does not say; not to ask again within 48 hours is industry practice",
    "该方法没有规定多频繁算频繁；48 小时内不再询问属于行业惯例",
)


def check(project: Project) -> Iterator[Finding]:
    """Tell of each request that comes back, and of what is taken all the same."""
    if project.trace is None:
        return
    for one in project.trace.refused.repeats:
        yield _taken(project, one) if one.how == "taken" else _asked(project, one)


def _asked(project: Project, one: Repeat) -> Finding:
    how = _HOW[one.how]
    names = refusing.short(one.permissions)
    what = Text(names or "a permission", names or "权限")
    verdict = Verdict(
        message=Text(
            f"{what.en} is asked for {how.en}, and nothing keeps that the user refused",
            f"{how.zh}申请 {what.zh}，没有记录用户的拒绝",
        ),
        why=Text("Users must not be asked so often that it disturbs them.", "不得频繁征求用户同意、干扰用户正常使用。"),
        help=Text(
            "ask once, when the user comes to the function; keep that the user refused, and when",
            "在用户使用到该功能时申请一次；记录用户拒绝及其时间",
        ),
        clauses=CHECK.clauses,
        notes=(_PRACTICE,),
        related=_related(one),
    )
    mark = Mark(
        place=one.place,
        label=Text("asks again", "再次申请"),
        subject=f"{one.enclosing}: {one.call}",
        severity="info",
        apps=project.apps_at(one.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


def _taken(project: Project, one: Repeat) -> Finding:
    names = wording.names(project, one.data)
    sdk = packaged.by_id(project).get(one.sdk)
    if sdk is not None:
        what = Text(f"{sdk.name_en} is started", f"启动了{sdk.name_zh}")
    else:
        what = Text(f"{names.en or one.call}: taken", f"收集了{names.zh or one.call}")
    verdict = Verdict(
        message=Text(f"{what.en} although the user has refused the privacy policy", f"用户拒绝隐私政策后仍{what.zh}"),
        why=Text("After a refusal nothing may be collected.", "用户明确表示不同意后，不得收集个人信息。"),
        help=Text("leave it out where the user refused", "用户拒绝后不要运行这段代码"),
        clauses=CHECK.clauses,
        related=_related(one),
    )
    mark = Mark(
        place=one.place,
        label=Text("runs because the user refused", "因用户拒绝而运行"),
        subject=f"{one.enclosing}: {one.call}",
        severity="info" if one.place.path in project.test_paths else "warning",
        data=one.data if sdk is None else (),
        apps=project.apps_at(one.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


def _related(one: Repeat) -> tuple[Related, ...]:
    if one.denied is None:
        return ()
    return (Related(one.denied, Text("here the code learns that the user refused", "此处得知用户已拒绝")),)
