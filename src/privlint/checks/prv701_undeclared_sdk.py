"""A third-party SDK is in the app, and no `[[sdk]]` table says so.

## What it finds

An SDK of privlint's catalogue, by its coordinates in a build file or by a package that the code imports, without an
`[[sdk]]` table for it. A table is about an SDK when its `coordinates` name one of the SDK's artifacts or its `name`
names the SDK. Libraries that run in the app for the app, and are not known to talk to anybody else, need no table. What
only test code or a build tool uses does not count.

What the SDK takes is said only where its vendor's published notice was read; otherwise the finding says that it is not
stated here.

## Why it matters

Among the conduct that the 2019 method names, in our paraphrase: not listing one by one the purpose, manner and scope of
what the app and the third-party code in it collect (item 2.1), and third-party code that takes data without consent
(item 5.1).

## Bad

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'ch.acra:acra-http:5.11.3' // expect: PRV701
}
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
data = ["crash-logs", "installation-id", "device-model", "os-version"]
consent = "policy"
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

## How to fix

Write the table that the finding shows, with the real purpose, what the vendor's notice says that the SDK takes, and the
address of that notice; and say the same in the privacy policy. Or remove the SDK.

## How to suppress

On the line of the dependency, or alone above it: `// privlint: ignore[PRV701] reason` (`#` in a version catalog). For a
whole file, and until a day: a `[[waive]]` table with `check = "PRV701"` and its path.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.checks.packaged import Found
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project

ZH = """应用集成了第三方 SDK，但没有 `[[sdk]]` 说明。

## 检查什么

应用集成了目录收录的 SDK（依据构建文件中的坐标，或代码导入的包），但没有对应的 `[[sdk]]`。`coordinates` 写有该 SDK
的构件，或 `name` 写有该 SDK 的名称，即视为对应。只在应用内为应用运行、且未知会与他方通信的库不需要说明。
仅测试代码或构建工具使用的不计。

只有读过厂商公开说明的，才写明该 SDK 收集什么；否则提示中写明此处没有记载。

## 为什么重要

2019 年认定方法所列的行为中有（转述，非原文）：没有逐一列出应用及嵌入的第三方代码收集使用个人信息的目的、方式和范围
（第 2.1 项）；嵌入的第三方代码未经同意提供个人信息（第 5.1 项）。

## 反例

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'ch.acra:acra-http:5.11.3' // expect: PRV701
}
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
data = ["crash-logs", "installation-id", "device-model", "os-version"]
consent = "policy"
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

## 如何修复

写入提示给出的 `[[sdk]]`，写明真实目的、厂商说明中列出的收集内容和说明的网址，并在隐私政策中作同样的说明；或者移除该
SDK。

## 如何抑制

写在该依赖所在行，或单独写在上一行：`// privlint: ignore[PRV701] 理由`（版本目录中用 `#`）。
针对整个文件并设定期限：`[[waive]]`，写明 `check = "PRV701"` 和文件路径。
"""

CHECK = Check(
    id="PRV701",
    slug="undeclared-sdk",
    title=Text("SDK in the app, but not declared", "集成了 SDK，但没有声明"),
    severity="warning",
    clauses=("cn-method-2019/2.1", "cn-method-2019/5.1", "cn-pipl-2021/23"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for a table about every SDK that may take data to somebody else."""
    if not project.whole:
        return
    for found in packaged.sdks(project):
        if found.collects and packaged.entry_for(project, found) is None:
            yield _finding(project, found)


def _finding(project: Project, found: Found) -> Finding:
    name = Text(_called(found.vendor.name_en, found.sdk.name_en), _called(found.vendor.name_zh, found.sdk.name_zh))
    shown = found.dependencies[0].name if found.dependencies else found.imports[0].package
    table = _table(project, found, name)
    file = wording.manifest_name(project)
    verdict = Verdict(
        message=Text(
            f"{name.en} is in the app ({shown}), but no [[sdk]] table declares it",
            f"应用集成了 {name.zh}（{shown}），但没有 [[sdk]] 声明",
        ),
        why=Text(
            "Users have to be told which third parties' code is in the app, what it takes and what for.",
            "应当告知用户应用嵌入了哪些第三方代码、收集什么、用于什么目的。",
        ),
        help=Text(f"declare it in {file}, or remove it\n{table.en}", f"在 {file} 中声明，或移除该 SDK\n{table.zh}"),
        clauses=CHECK.clauses,
        notes=(_takes(project, found),),
        related=_related(found),
    )
    mark = Mark(
        place=found.place,
        label=Text(f"brings {name.en}", f"引入 {name.zh}"),
        subject=f"sdk:{found.sdk.id}",
        severity="info" if _debug_only(found) else "warning",
        apps=found.apps,
    )
    return at_place(project, CHECK, mark, verdict)


def _called(vendor: str, sdk: str) -> str:
    """Name an SDK with its vendor, once."""
    maker = vendor.partition(" (")[0].partition("（")[0]
    return sdk if maker.lower() in sdk.lower() else f"{maker} {sdk}"


def _debug_only(found: Found) -> bool:
    return bool(found.dependencies) and all(one.reach == "debug" for one in found.dependencies)


def _takes(project: Project, found: Found) -> Text:
    stated = found.sdk.stated
    if not stated:
        return Text(
            "what it takes is not stated here: its vendor's notice was not read",
            "此处没有记载它收集什么：未读过厂商的说明",
        )
    names = wording.names(project, stated)
    sources = ", ".join(dict.fromkeys(one.source for one in found.sdk.data if not one.optional))
    return Text(f"its vendor's notice names {names.en} ({sources})", f"厂商的说明列出：{names.zh}（{sources}）")


def _related(found: Found) -> tuple[Related, ...]:
    places = [*(one.place for one in found.dependencies), *(one.place for one in found.imports)]
    return tuple(Related(place, Text("here too", "此处也有")) for place in places[1:4])


def _table(project: Project, found: Found, name: Text) -> Text:
    data = sorted(found.sdk.stated)
    listed = ", ".join(f'"{one}"' for one in data)
    notice = found.vendor.notices[0] if found.vendor.notices else "https://…"
    names = list(dict.fromkeys(one.name for one in found.dependencies))[:4]
    coordinates = ", ".join(f'"{one}"' for one in names)
    tail = f'data = [{listed}]\nconsent = "policy"\nnotice = "{notice}"'
    tail += f"\ncoordinates = [{coordinates}]" if names else ""
    head = f"[[{wording.prefix(project)}sdk]]\n"
    return Text(
        f'{head}name = "{name.en}"\npurpose = "What the app uses it for"\n{tail}',
        f'{head}name = "{name.zh}"\npurpose = "应用用它做什么"\n{tail}',
    )
