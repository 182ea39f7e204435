"""The manifest declares data that the code was not seen to collect.

## What it finds

A `[[collect]]` table for whose data type no place in the code was found. Only a run over the whole app can tell, so
runs over given files leave this check out. Data that an `[[sdk]]` table names as well is taken by the SDK and is not
reported.

This is information: a server, a web form or a file of another kind may collect the data. Uses in test code do not
count.

## Why it matters

A declaration that the app does not need invites collection later without a fresh look, and users are told of more
than happens. Article 6 of the Personal Information Protection Law asks for the smallest scope.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-location" # expect: PRV202
purpose = "Show the user's position and navigate"
consent = "separate"
```

```kotlin
class Here {
    fun title() = "Map"
}
```

## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "Show the user's position and navigate"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

## How to fix

Remove the table if nothing collects the data any more. If something outside the sources does, keep it.

## How to suppress

A `[[waive]]` table with `check = "PRV202"` and the path of the manifest, or `ignore = ["PRV202"]` in `[check]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import wording
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Collect

ZH = """清单声明了某项信息，但代码中没有发现收集。

## 检查什么

`[[collect]]` 声明的信息在代码中找不到收集之处。只有检查整个应用时才能判断，因此只检查指定文件时不运行本检查。
`[[sdk]]` 中也列出的信息由 SDK 收集，不报告。

本检查仅作提示：服务器、网页表单或其他类型的文件也可能收集该信息。测试代码中的使用不计。

## 为什么重要

多余的声明会使日后的收集不再被重新审视，也使用户被告知的多于实际发生的。个人信息保护法第六条要求限于最小范围。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-location" # expect: PRV202
purpose = "显示用户位置并导航"
consent = "separate"
```

```kotlin
class Here {
    fun title() = "Map"
}
```

## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "显示用户位置并导航"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

## 如何修复

如果已不再收集，删除该声明；如果由源代码以外的部分收集，保留即可。

## 如何抑制

使用 `[[waive]]`，其中 `check = "PRV202"`，路径为清单文件；或在 `[check]` 中设置 `ignore = ["PRV202"]`。
"""

CHECK = Check(
    id="PRV202",
    slug="never-seen",
    title=Text("Declared, but never seen in the code", "已声明，但代码中没有发现收集"),
    severity="info",
    clauses=("cn-pipl-2021/6",),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for every declaration in the code of a whole app."""
    if not project.whole:
        return
    seen = {
        data
        for observation in project.observations
        if observation.place.path not in project.test_paths
        for data in observation.data
    }
    obtained = {inner for data in seen for inner in project.includes(data)}
    by_sdks = {data for sdk in project.manifest.manifest.sdk for data in sdk.data}
    for index, declared in enumerate(project.manifest.manifest.collect):
        if declared.data in project.data_types and declared.data not in obtained | by_sdks:
            yield _finding(project, index, declared, sorted(seen & project.includes(declared.data)))


def _finding(project: Project, index: int, declared: Collect, parts: list[str]) -> Finding:
    zh = wording.name(project, declared.data).zh
    names = wording.names(project, parts)
    verb = wording.opening(project, declared.data)
    verdict = Verdict(
        message=Text(
            f"{verb} declared but never seen in the code",
            f"清单声明了{zh}，但代码中没有发现收集",
        ),
        why=Text(
            "What is declared and not collected tells users of more than happens.",
            "已声明却没有收集，使用户被告知的多于实际发生的。",
        ),
        help=Text(
            "remove this table if nothing collects the data; keep it if a server, a web form or an SDK does",
            "如果已不再收集，删除该声明；如果由服务器、网页表单或 SDK 收集，保留即可",
        ),
        clauses=CHECK.clauses,
        notes=(Text(f"the code collects only {names.en}", f"代码只收集了{names.zh}"),) if parts else (),
    )
    entry = Entry(
        key=f"collect.{index}.data",
        label=Text("not seen in the code", "代码中没有发现"),
        subject=f"collect:{declared.data}:{declared.function}",
        data=declared.data,
    )
    return at_declaration(project, CHECK, entry, verdict)
