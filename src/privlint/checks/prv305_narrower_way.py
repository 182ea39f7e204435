"""A permission opens more than is likely to be needed, and the platform offers a narrower way.

## What it finds

- all files of the shared storage (`MANAGE_EXTERNAL_STORAGE`), the location in the background, the list of all apps
  (`QUERY_ALL_PACKAGES`), all messages (`READ_SMS`, `RECEIVE_SMS`): warning;
- all pictures or videos where the photo picker would do, the whole address book where a contact picker would do:
  information;
- the precise location where the manifest declares the approximate one only: warning.

A `[[collect]]` table for the wide data itself (`files`, `installed-apps`, `photos` …) settles it: the team has
decided for it, and PRV101 or PRV102 judge it. The location in the background has no declaration of its own yet.

## Why it matters

Article 6 of the Personal Information Protection Law asks for the way that affects people least, and for the smallest
scope that serves the purpose.

## Bad

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.MANAGE_EXTERNAL_STORAGE" /> <!-- expect: PRV305 -->
    <application />
</manifest>
```

## Good

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <queries>
        <intent>
            <action android:name="android.intent.action.OPEN_DOCUMENT" />
        </intent>
    </queries>
    <application />
</manifest>
```

## How to fix

Take the way that the finding names. Where none serves, declare the data with the purpose that needs it.

## How to suppress

Above the element: `<!-- privlint: ignore[PRV305] reason -->`, or in it `tools:ignore="PRV305: reason"`. For a whole
file, and until a day: a `[[waive]]` table with `check = "PRV305"` and the path of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import asked, wording
from privlint.checks.asked import Asked
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.app_rules import Narrower
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Severity

ZH = """权限开放的范围很可能超出需要，而平台提供了范围更小的方式。

## 检查什么

- 共享存储中的全部文件（`MANAGE_EXTERNAL_STORAGE`）、后台定位、全部应用列表（`QUERY_ALL_PACKAGES`）、
  全部短信（`READ_SMS`、`RECEIVE_SMS`）：警告；
- 照片选择器即可满足时申请全部图片或视频，联系人选择器即可满足时申请整个通讯录：提示；
- 清单只声明了粗略位置，却申请精确定位：警告。

用 `[[collect]]` 声明了相应的大范围信息（`files`、`installed-apps`、`photos` 等）即不再报告：团队已作出决定，由 PRV101
或 PRV102 判断。后台定位目前没有单独的声明方式。

## 为什么重要

个人信息保护法第六条要求采取对个人权益影响最小的方式，收集限于实现目的的最小范围。

## 反例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <uses-permission android:name="android.permission.MANAGE_EXTERNAL_STORAGE" /> <!-- expect: PRV305 -->
    <application />
</manifest>
```

## 正例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android">
    <queries>
        <intent>
            <action android:name="android.intent.action.OPEN_DOCUMENT" />
        </intent>
    </queries>
    <application />
</manifest>
```

## 如何修复

采用提示中给出的方式。确实无法满足时，声明该信息并写明需要它的目的。

## 如何抑制

在元素上方写 `<!-- privlint: ignore[PRV305] 理由 -->`，或在元素中写 `tools:ignore="PRV305: 理由"`。
针对整个文件并设定期限：`[[waive]]`，写明 `check = "PRV305"` 和文件路径。
"""

CHECK = Check(
    id="PRV305",
    slug="narrower-way",
    title=Text("A narrower way would do", "有范围更小的方式"),
    severity="warning",
    clauses=("cn-pipl-2021/6", "cn-method-2019/4.1", "cn-method-2019/3.3"),
)

_FINE = "android.permission.ACCESS_FINE_LOCATION"
_COARSE_WAY = Narrower(
    "warning",
    "the precise location, while the manifest declares the approximate one only",
    "精确位置，而清单只声明了粗略位置",
    "ask for ACCESS_COARSE_LOCATION only, or declare precise-location if that is what the app takes",
    "仅申请 ACCESS_COARSE_LOCATION；如果应用确实获取精确位置，请声明 precise-location",
    "https://developer.android.com/develop/sensors-and-location/location/permissions",
)


def check(project: Project) -> Iterator[Finding]:
    """Look for permissions that have a narrower way, which no declaration settles."""
    for one in asked.living(project):
        way = one.rule.narrower
        if way and not any(project.declarations(data) for data in way.unless):
            yield _finding(project, one, way)
        if one.request.name == _FINE and _coarse_only(project):
            yield _finding(project, one, _COARSE_WAY)


def _coarse_only(project: Project) -> bool:
    return bool(project.declarations("coarse-location")) and not project.declarations("precise-location")


def _finding(project: Project, one: Asked, way: Narrower) -> Finding:
    note = Text(f"the platform's own advice: {way.source}", f"平台的建议：{way.source}")
    verdict = Verdict(
        message=Text(f"{one.short} opens {way.reach_en}", f"{one.short} 开放{way.reach_zh}"),
        why=Text(
            "Of several ways that serve the purpose, the one that affects people least is to be taken.",
            "有多种方式可以实现目的时，应当采取对个人权益影响最小的方式。",
        ),
        help=Text(way.way_en, way.way_zh),
        clauses=CHECK.clauses if way is _COARSE_WAY else CHECK.clauses[:2],
        notes=(note,),
        related=one.others,
    )
    name = wording.name(project, one.rule.data[0])
    mark = Mark(
        place=one.request.place,
        label=Text(f"opens {name.en}", f"涉及{name.zh}"),
        subject=one.request.name,
        severity=_severity(one, way),
        data=one.rule.data[:1],
        apps=one.apps,
    )
    return at_place(project, CHECK, mark, verdict)


def _severity(one: Asked, way: Narrower) -> Severity:
    return "info" if one.request.reach == "debug" else way.severity
