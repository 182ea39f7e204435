"""A permission opens personal data that the category's basic service does not need, and no function declares it.

## What it finds

A permission in AndroidManifest.xml (or in another packager's file) whose main data the list of the app's category
does not name, while no `[[collect]]` table declares any of the data that the permission guards. The lists of the 2021
provisions name data and no permissions: which permission opens which data is our own derivation, and the finding says
so. A permission that the basic service plainly works by, such as the camera of a video conference, is information.

Data that is declared is judged by PRV101 and PRV102, at its declaration and in the code.

## Why it matters

An app must not refuse its basic service because a user denies what that service does not need. A permission for more
has to be optional: asked for when the user turns to the function, with its own purpose and consent.

## Bad

```toml
[app]
name = "Example Keyboard"
category = "input-method"
policy = "https://example.com/privacy"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_MEDIA_AUDIO" /> <!-- expect: PRV304 -->
    <application />
</manifest>
```

## Good

```toml
[app]
name = "Example Keyboard"
category = "input-method"
policy = "https://example.com/privacy"

[[function]]
id = "sounds"
name = "Own sounds for keys"

[[collect]]
data = "audio-files"
purpose = "Play a sound of the user's own at each key, when the user chooses one"
function = "sounds"
consent = "permission"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_MEDIA_AUDIO" />
    <application />
</manifest>
```

```kotlin
import android.content.ContentResolver
import android.provider.MediaStore

fun sounds(resolver: ContentResolver) =
    resolver.query(MediaStore.Audio.Media.EXTERNAL_CONTENT_URI, null, null, null, null)
```

## How to fix

Remove the permission, or declare what it is for: an extended function with its own `[[collect]]` table. Ask for it only
when the user turns to that function, and let the rest of the app work without it.

## How to suppress

Above the element: `<!-- privlint: ignore[PRV304] reason -->`, or in it `tools:ignore="PRV304: reason"`. For a whole
file, and until a day: a `[[waive]]` table with `check = "PRV304"` and the path of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import asked, wording
from privlint.checks.asked import Asked
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.project import App, Severity

ZH = """权限涉及的个人信息不是该类别基本功能服务所必需，也没有任何功能声明它。

## 检查什么

AndroidManifest.xml（或其他打包工具的文件）中的权限，其主要涉及的信息不在应用所属类别的必要个人信息范围内，且该权限
所保护的信息均没有 `[[collect]]` 声明。2021 年规定列出的是信息而不是权限：权限与信息的对应关系由我们推导，提示中会说明。
基本功能服务显然依靠该权限实现的（如视频会议的相机），仅作提示。

已经声明的信息由 PRV101 和 PRV102 在声明处和代码中判断。

## 为什么重要

不得因用户不同意提供非必要个人信息而拒绝其使用基本功能服务。超出范围的权限必须可选：在用户使用相应功能时申请，
并有单独的目的和同意。

## 反例

```toml
[app]
name = "示例输入法"
category = "input-method"
policy = "https://example.com/privacy"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_MEDIA_AUDIO" /> <!-- expect: PRV304 -->
    <application />
</manifest>
```

## 正例

```toml
[app]
name = "示例输入法"
category = "input-method"
policy = "https://example.com/privacy"

[[function]]
id = "sounds"
name = "自定义按键音"

[[collect]]
data = "audio-files"
purpose = "用户选择后，按键时播放用户自己的声音"
function = "sounds"
consent = "permission"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.READ_MEDIA_AUDIO" />
    <application />
</manifest>
```

```kotlin
import android.content.ContentResolver
import android.provider.MediaStore

fun sounds(resolver: ContentResolver) =
    resolver.query(MediaStore.Audio.Media.EXTERNAL_CONTENT_URI, null, null, null, null)
```

## 如何修复

删除该权限，或声明其用途：作为扩展功能，写入单独的 `[[collect]]`。仅在用户使用该功能时申请，拒绝后其余功能仍可使用。

## 如何抑制

在元素上方写 `<!-- privlint: ignore[PRV304] 理由 -->`，或在元素中写 `tools:ignore="PRV304: 理由"`。
针对整个文件并设定期限：`[[waive]]`，写明 `check = "PRV304"` 和文件路径。
"""

CHECK = Check(
    id="PRV304",
    slug="unnecessary-permission",
    title=Text("Permission that the basic service does not need", "权限不是基本功能服务所必需"),
    severity="warning",
    clauses=("cn-necessary-2021/5", "cn-necessary-2021/4", "cn-method-2019/4.1", "cn-method-2019/4.2"),
)

_DERIVED = Text(
    "the lists of the provisions name data, not permissions; that this permission is about this data is our derivation",
    "规定列出的是信息而非权限；该权限涉及此类信息是我们的推导",
)


def check(project: Project) -> Iterator[Finding]:
    """Hold the main data of every permission against the list of its app's category."""
    for one in asked.living(project):
        if not one.rule.judged or any(project.declarations(data) for data in one.rule.data):
            continue
        apps = tuple(app for app in one.apps if _needless(project, app, one.rule.data[0]))
        if apps:
            yield _finding(project, one, apps)


def _needless(project: Project, app: App, data: str) -> bool:
    return project.standing(app, data) in {"unnecessary", "conditional"}


def _finding(project: Project, one: Asked, apps: tuple[App, ...]) -> Finding:
    data = one.rule.data[0]
    name = wording.name(project, data)
    categories = tuple({app.category: project.categories[app.category] for app in apps}.values())
    kind = wording.app_kind(categories)
    uses = tuple(asked.observed(project, one.rule))[:1]
    plain = all(app.category in one.rule.serves for app in apps)
    verdict = Verdict(
        message=Text(
            f"{one.short} opens {name.en}, which is not necessary for the basic service of {kind.en},"
            " and nothing declares it",
            f"{one.short} 涉及{name.zh}，不是{kind.zh}基本功能服务的必要个人信息，也没有声明",
        ),
        why=Text(
            "What the basic service does not need must be optional, with its own purpose and consent.",
            "基本功能服务不需要的信息必须可选，并有单独的目的和同意。",
        ),
        help=_help(project, data, apps[0]),
        clauses=wording.category_clauses(categories, CHECK.clauses),
        leading="cn-necessary-2021/4",
        notes=(_DERIVED, *_plainly(plain)),
        related=(*(Related(use.place, Text("used here", "此处使用")) for use in uses), *one.others),
    )
    mark = Mark(
        place=one.request.place,
        label=Text(f"opens {name.en}", f"涉及{name.zh}"),
        subject=one.request.name,
        severity=_severity(one, plain),
        confidence=Confidence.INFERRED,
        data=(data,),
        apps=apps,
    )
    return at_place(project, CHECK, mark, verdict)


def _severity(one: Asked, plain: bool) -> Severity:
    return "info" if plain or one.request.reach == "debug" else "warning"


def _plainly(plain: bool) -> tuple[Text, ...]:
    if not plain:
        return ()
    return (
        Text(
            "the basic service plainly works by it, so this is only information: ask when the user turns to it",
            "基本功能服务显然依靠该权限实现，仅作提示：请在用户使用时申请",
        ),
    )


def _help(project: Project, data: str, app: App) -> Text:
    file = wording.manifest_name(project)
    function = wording.extended_function(project, data)
    new = Text("", "") if function else wording.function_table(project)
    table = wording.collect_table(project, data, app, function or "extended-function")
    return Text(
        f"remove it, or declare what it is for in {file}\n{new.en}\n\n{table.en}".replace("\n\n\n", "\n"),
        f"删除该权限，或在 {file} 中声明其用途\n{new.zh}\n\n{table.zh}".replace("\n\n\n", "\n"),
    )
