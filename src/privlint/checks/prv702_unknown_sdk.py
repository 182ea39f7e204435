"""A dependency comes from a third party that privlint's catalogue does not know.

## What it finds

A library that is in the app, is no building block of Android, Kotlin or Java and none of the widely known libraries for
pictures, networking or databases, and is neither in the catalogue of SDKs nor named in an `[[sdk]]` table. What it
takes is not known: it may well be nothing. It is information.

A library whose coordinates speak of analytics, advertising, crashes or the like has a finding of its own. So has every
group of coordinates once the manifest holds an `[[sdk]]` table; before that, the others are listed together.

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

On the line of the dependency, or alone above it: `// privlint: ignore[PRV702] reason` (`#` in a version catalog). For a
whole file, and until a day: a `[[waive]]` table with `check = "PRV702"` and its path; or for the whole project with
`ignore = ["PRV702"]` in `[check]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privlint.checks import packaged
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.app_rules import AppRules
from privlint.model.check import Check
from privlint.model.declared import Dependency
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project

ZH = """依赖来自目录未收录的第三方。

## 检查什么

应用中的库既不是 Android、Kotlin、Java 的基础组件，也不是常见的图片、网络、数据库等库，SDK 目录没有收录，`[[sdk]]`
也没有写明。它收集什么并不清楚，很可能什么也不收集。仅作提示。

坐标中带有统计、广告、崩溃等字样的库单独报告。清单中有了 `[[sdk]]` 之后，每个坐标组单独报告；在此之前，其余的合并列出。

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

写在该依赖所在行，或单独写在上一行：`// privlint: ignore[PRV702] 理由`（版本目录中用 `#`）。
针对整个文件并设定期限：`[[waive]]`，写明 `check = "PRV702"` 和文件路径；
或在 `[check]` 中写 `ignore = ["PRV702"]`，对整个项目生效。
"""

CHECK = Check(
    id="PRV702",
    slug="unknown-sdk",
    title=Text("Third-party library that nobody here knows", "目录未收录的第三方库"),
    severity="info",
    clauses=("cn-method-2019/2.1",),
)
_SHOWN = 20  # places that a finding points to


def check(project: Project) -> Iterator[Finding]:
    """Name what nobody knows: by groups of coordinates, or all together while no SDK is declared."""
    if not project.whole or project.rules is None:
        return
    rest: list[Dependency] = []
    for group, dependencies in packaged.unknown(project).items():
        if project.manifest.manifest.sdk or any(_tells(one.name, project.rules) for one in dependencies):
            yield _finding(project, dependencies, group)
        else:
            rest.extend(dependencies)
    if rest:
        yield _finding(project, tuple(sorted(rest, key=lambda one: one.place)), "rest")


def _tells(name: str, rules: AppRules) -> bool:
    """Tell whether coordinates name what collects."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    return any(word in rules.libraries.telling for word in words)


def _finding(project: Project, dependencies: tuple[Dependency, ...], subject: str) -> Finding:
    first, *rest = dependencies
    names = list(dict.fromkeys(one.name for one in dependencies))
    verdict = Verdict(
        message=_message(names),
        why=Text(
            "Only somebody who knows what a library does can say whether users have to be told of it.",
            "只有了解库的作用，才能判断是否需要告知用户。",
        ),
        help=Text(
            "if it collects anything, declare it in an [[sdk]] table with its coordinates",
            "如果它收集信息，在 [[sdk]] 中声明并写明坐标",
        ),
        clauses=CHECK.clauses,
        notes=_listed(names),
        related=tuple(Related(one.place, Text(one.name, one.name)) for one in rest[:_SHOWN]),
    )
    apps = {app.name for one in dependencies for app in project.apps_of(one.apps) or project.apps_at(one.place.path)}
    mark = Mark(
        place=first.place,
        label=Text("not in the catalogue", "目录未收录"),
        subject=f"unknown:{subject}",
        severity="info",
        apps=tuple(app for app in project.apps if app.name in apps),
    )
    return at_place(project, CHECK, mark, verdict)


def _message(names: list[str]) -> Text:
    if len(names) == 1:
        return Text(f"{names[0]} is in the app and not in the catalogue", f"应用使用了 {names[0]}，目录没有收录")
    return Text(
        f"{len(names)} third-party libraries are in the app and not in the catalogue: {names[0]} and others",
        f"应用使用了 {len(names)} 个目录没有收录的第三方库：{names[0]} 等",
    )


def _listed(names: list[str]) -> tuple[Text, ...]:
    if len(names) == 1:
        return ()
    return (Text(f"they are {', '.join(names)}", f"包括 {'、'.join(names)}"),)
