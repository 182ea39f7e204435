"""The code takes data that a permission guards, and no AndroidManifest.xml asks for that permission.

## What it finds

A call that the platform refuses on every release without one certain permission (reading contacts, the calendar, the
call log or messages; the camera; the microphone), in an app none of whose files asks for it. Then the call fails, and
what the app tells its users about it is not true; or the permission comes from somewhere that privlint has not seen. A
library can bring a permission with it, so this is judged only where nothing but the platform's own libraries is in the
app, or where a merged manifest was given. It is information.

## Why it matters

Code that takes data and never can is dead, or it waits for a permission that a later change brings without anybody's
notice.

## Bad

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <application />
</manifest>
```

```groovy
plugins {
    id 'com.android.application'
}
```

```toml
[app]
name = "Example Chat"
category = "instant-messaging"
policy = "https://example.com/privacy"

[[function]]
id = "friends"
name = "Find friends"

[[collect]]
data = "contacts"
purpose = "Find friends in the address book"
function = "friends"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract

fun friends(resolver: ContentResolver) =
    resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null) // expect: PRV303
```

## Good

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_CONTACTS" />
    <application />
</manifest>
```

```groovy
plugins {
    id 'com.android.application'
}
```

```toml
[app]
name = "Example Chat"
category = "instant-messaging"
policy = "https://example.com/privacy"

[[function]]
id = "friends"
name = "Find friends"

[[collect]]
data = "contacts"
purpose = "Find friends in the address book"
function = "friends"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract

fun friends(resolver: ContentResolver) =
    resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null)
```

## How to fix

Remove the call, or ask for the permission in AndroidManifest.xml and declare what it is for.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV303] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.app_rules import AppRules
from privlint.model.check import Check
from privlint.model.declared import AppDeclarations
from privlint.model.facts import Confidence, Observation
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project

ZH = """代码取得了受权限保护的信息，但没有 AndroidManifest.xml 申请该权限。

## 检查什么

没有某项特定权限，平台在任何版本上都会拒绝的调用（读取通讯录、日历、通话记录、短信，使用相机、麦克风），而应用的文件
都没有申请该权限。这样的调用会失败，应用对用户的说明也就不真实；或者权限来自 privlint 没有看到的地方。库可能带入权限，
因此仅在应用只使用平台自身的库，或给出了合并后的清单时才作判断。仅作提示。

## 为什么重要

永远取不到信息的代码是死代码；或者它在等待一项日后被不经意加入的权限。

## 反例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <application />
</manifest>
```

```groovy
plugins {
    id 'com.android.application'
}
```

```toml
[app]
name = "示例聊天"
category = "instant-messaging"
policy = "https://example.com/privacy"

[[function]]
id = "friends"
name = "寻找好友"

[[collect]]
data = "contacts"
purpose = "在通讯录中寻找好友"
function = "friends"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract

fun friends(resolver: ContentResolver) =
    resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null) // expect: PRV303
```

## 正例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_CONTACTS" />
    <application />
</manifest>
```

```groovy
plugins {
    id 'com.android.application'
}
```

```toml
[app]
name = "示例聊天"
category = "instant-messaging"
policy = "https://example.com/privacy"

[[function]]
id = "friends"
name = "寻找好友"

[[collect]]
data = "contacts"
purpose = "在通讯录中寻找好友"
function = "friends"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract

fun friends(resolver: ContentResolver) =
    resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null)
```

## 如何修复

删除该调用；或在 AndroidManifest.xml 中申请权限，并声明其用途。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV303] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV303",
    slug="missing-permission",
    title=Text("Used, but its permission is not asked for", "使用了信息，但没有申请相应权限"),
    severity="info",
    clauses=("cn-method-2019/3.9",),
)


def check(project: Project) -> Iterator[Finding]:
    """Hold calls that fail without a permission against what the manifests ask for."""
    declared, rules = project.declared, project.rules
    if declared is None or rules is None or not project.whole or not _certain(declared, rules):
        return
    asked = {one.name for one in declared.permissions}
    missing: dict[str, list[Observation]] = {}
    for one in project.seen():
        if one.kind != "collect" or one.confidence is not Confidence.EXACT or len(one.permissions) != 1:
            continue
        rule = rules.permissions.get(one.permissions[0])
        outside = one.place.path in project.test_paths or declared.outside_app(one.place.path)
        if rule and rule.exact and rule.name not in asked and not outside:
            missing.setdefault(rule.name, []).append(one)
    for name in sorted(missing):
        yield _finding(project, name, missing[name])


def _certain(declared: AppDeclarations, rules: AppRules) -> bool:
    """Tell whether nothing unseen can bring a permission: no library of a third party, nothing that was not read."""
    if declared.failed or not declared.applications:
        return False
    if declared.complete:
        return True
    if any(one.what in {"dependency", "module", "plugin"} for one in declared.unresolved):
        return False
    return all(
        one.kind == "maven" and any(fnmatchcase(one.group, pattern) for pattern in rules.libraries.platform)
        for one in declared.shipped()
    )


def _finding(project: Project, name: str, uses: list[Observation]) -> Finding:
    first, *rest = uses
    short = name.rpartition(".")[2]
    verdict = Verdict(
        message=Text(f"this needs {short}, which the app does not ask for", f"此处需要 {short}，但应用没有申请"),
        why=Text(
            "Without the permission the platform refuses the call.",
            "没有该权限，平台会拒绝此调用。",
        ),
        help=Text(
            "remove the call, or ask for the permission in AndroidManifest.xml",
            "删除该调用，或在 AndroidManifest.xml 中申请该权限",
        ),
        clauses=CHECK.clauses,
        notes=(
            Text(
                "no library of a third party is in the app that could bring the permission",
                "应用中没有可能带入该权限的第三方库",
            ),
        ),
        related=tuple(Related(one.place, Text("needs it too", "此处也需要")) for one in rest[:4]),
    )
    mark = Mark(
        place=first.place,
        label=Text(f"needs {short}", f"需要 {short}"),
        subject=first.symbol,
        severity="info",
        confidence=first.confidence,
        data=first.data[:1],
        apps=project.apps_at(first.place.path),
    )
    return at_place(project, CHECK, mark, verdict)
