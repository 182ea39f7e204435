"""An `[[sdk]]` table is about an SDK that is not in the app any more.

## What it finds

A table whose SDK neither a build file names nor the code imports. It is judged only where build files were read and no
dependency in them stayed unclear, and only where the table can be told from its `coordinates` or its SDK is in the
catalogue. It is information: the SDK may have been added as a file.

## Why it matters

A privacy policy that names what is not there is not true, and hides what is.

## Bad

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'androidx.core:core-ktx:1.13.0'
}
```

```toml
[app]
name = "Example Notes"
category = "utility"
policy = "https://example.com/privacy"

[[sdk]] # expect: PRV703
name = "ACRA"
purpose = "Learn of crashes"
data = ["crash-logs"]
consent = "policy"
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

## Good

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'ch.acra:acra-http:5.11.3'
}
```

```toml
[app]
name = "Example Notes"
category = "utility"
policy = "https://example.com/privacy"

[[sdk]]
name = "ACRA"
purpose = "Learn of crashes"
data = ["crash-logs"]
consent = "policy"
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

## How to fix

Remove the table, and the SDK from the privacy policy; or correct its coordinates.

## How to suppress

In a `[[waive]]` table with `check = "PRV703"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Sdk

ZH = """`[[sdk]]` 所说的 SDK 已不在应用中。

## 检查什么

构建文件没有写明、代码也没有导入的 SDK。仅在读取了构建文件且其中的依赖全部明确，并且能由 `coordinates` 判断或该 SDK
已收录在目录中时，才作判断。仅作提示：该 SDK 可能以文件形式加入。

## 为什么重要

隐私政策写着并不存在的 SDK，就不真实，也会掩盖真正存在的。

## 反例

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'androidx.core:core-ktx:1.13.0'
}
```

```toml
[app]
name = "示例笔记"
category = "utility"
policy = "https://example.com/privacy"

[[sdk]] # expect: PRV703
name = "ACRA"
purpose = "了解崩溃情况"
data = ["crash-logs"]
consent = "policy"
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

## 正例

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'ch.acra:acra-http:5.11.3'
}
```

```toml
[app]
name = "示例笔记"
category = "utility"
policy = "https://example.com/privacy"

[[sdk]]
name = "ACRA"
purpose = "了解崩溃情况"
data = ["crash-logs"]
consent = "policy"
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

## 如何修复

删除该表，并从隐私政策中删去该 SDK；或更正坐标。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV703"` 和清单的路径。
"""

CHECK = Check(
    id="PRV703",
    slug="sdk-gone",
    title=Text("Declared SDK that is not in the app", "声明的 SDK 已不在应用中"),
    severity="info",
    clauses=("cn-method-2019/2.1",),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for what shows that each declared SDK is still there."""
    declared = project.declared
    if declared is None or project.rules is None or not project.whole:
        return
    unclear = any(one.what in {"dependency", "module", "plugin"} for one in declared.unresolved)
    if unclear or declared.failed or not any(one.kind == "maven" for one in declared.dependencies):
        return
    present = packaged.sdks(project)
    for index, entry in enumerate(project.manifest.manifest.sdk):
        if not packaged.tellable(project, entry) or packaged.shipped(project, entry):
            continue
        names = tuple((found, tuple(one.name for one in found.dependencies)) for found in present)
        if not any(packaged.describes(entry, found.vendor, found.sdk, listed) for found, listed in names):
            yield _finding(project, index, entry)


def _finding(project: Project, index: int, entry: Sdk) -> Finding:
    verdict = Verdict(
        message=Text(
            f"{entry.name} is declared, but no build file names it and no code imports it",
            f"声明了 {entry.name}，但构建文件没有写明，代码也没有导入",
        ),
        why=Text(
            "What users are told has to be what the app does.",
            "告知用户的内容应当与应用的实际情况一致。",
        ),
        help=Text(
            "remove the table, and the SDK from the privacy policy; or correct its coordinates",
            "删除该表，并从隐私政策中删去该 SDK；或更正坐标",
        ),
        clauses=CHECK.clauses,
    )
    place = Entry(key=f"sdk.{index}", label=Text("not found", "未发现"), subject=f"sdk:{entry.name}")
    return at_declaration(project, CHECK, place, verdict)
