"""A dependency comes from a third party that privlint's catalogue does not know.

## What it finds

A library that is in the app, comes neither from Android, Google's or Square's building blocks, Kotlin nor Java, and is
neither in the catalogue of SDKs nor named in an `[[sdk]]` table: one finding for each group of coordinates. What it
takes is not known: it may well be nothing. It is information.

## Why it matters

Only somebody who knows what a library does can say whether users have to be told of it.

## Bad

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'com.example.ads:banner:2.1' // expect: PRV702
}
```

## Good

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'androidx.core:core-ktx:1.13.0'
}
```

## How to fix

Find out whether it collects anything. If it does, declare it in an `[[sdk]]` table with its coordinates. If it does
not, a `[[waive]]` table keeps the answer.

## How to suppress

In a `[[waive]]` table with `check = "PRV702"` and the path of the build file; or for the whole project with
`ignore = ["PRV702"]` in `[check]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.declared import Dependency
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project

ZH = """依赖来自目录未收录的第三方。

## 检查什么

应用中的库既不来自 Android、Google 或 Square 的基础组件、Kotlin、Java，也不在 SDK 目录中，`[[sdk]]` 也没有写明：
每个坐标组报告一处。它收集什么并不清楚，很可能什么也不收集。仅作提示。

## 为什么重要

只有了解库的作用，才能判断是否需要告知用户。

## 反例

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'com.example.ads:banner:2.1' // expect: PRV702
}
```

## 正例

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'androidx.core:core-ktx:1.13.0'
}
```

## 如何修复

弄清它是否收集信息。收集的，在 `[[sdk]]` 中声明并写明坐标；不收集的，用 `[[waive]]` 记下结论。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV702"` 和构建文件的路径；或在 `[check]` 中写 `ignore = ["PRV702"]`，对整个项目生效。
"""

CHECK = Check(
    id="PRV702",
    slug="unknown-sdk",
    title=Text("Third-party library that nobody here knows", "目录未收录的第三方库"),
    severity="info",
    clauses=("cn-method-2019/2.1",),
)


def check(project: Project) -> Iterator[Finding]:
    """Name every group of coordinates that nobody knows."""
    if not project.whole:
        return
    for group, dependencies in packaged.unknown(project).items():
        yield _finding(project, group, dependencies)


def _finding(project: Project, group: str, dependencies: tuple[Dependency, ...]) -> Finding:
    first, *rest = dependencies
    names = list(dict.fromkeys(one.name for one in dependencies))
    listed = names[0] if len(names) == 1 else f"{group} ({', '.join(name.partition(':')[2] for name in names[:5])})"
    verdict = Verdict(
        message=Text(f"{listed} is in the app and not in the catalogue", f"应用使用了 {listed}，目录没有收录"),
        why=Text(
            "Whether it collects anything is not known here.",
            "此处不清楚它是否收集信息。",
        ),
        help=Text(
            "if it collects anything, declare it in an [[sdk]] table with its coordinates",
            "如果它收集信息，在 [[sdk]] 中声明并写明坐标",
        ),
        clauses=CHECK.clauses,
        related=tuple(Related(one.place, Text("here too", "此处也有")) for one in rest[:3]),
    )
    apps = {app.name for one in dependencies for app in project.apps_of(one.apps) or project.apps_at(one.place.path)}
    mark = Mark(
        place=first.place,
        label=Text("not in the catalogue", "目录未收录"),
        subject=f"group:{group}",
        severity="info",
        apps=tuple(app for app in project.apps if app.name in apps),
    )
    return at_place(project, CHECK, mark, verdict)
