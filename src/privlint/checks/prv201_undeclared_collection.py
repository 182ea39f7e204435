"""Personal data is collected that the manifest does not declare.

## What it finds

A place in the code that collects personal data for which no `[[collect]]` table exists. A declaration covers what its
data type includes: who declares `precise-location` need not declare `coarse-location`, but not the other way round.
An `[[sdk]]` table declares what the SDK takes by itself, not what the app's own code collects.

Where the data is moreover not necessary for the basic service, PRV101 is shown and this check is a note in it: that
is the graver fault, because writing a declaration alone does not mend it. Without a manifest every collection is
PRV201.

A dialog in which the system checks a fingerprint and tells the app yes or no, and a use in test code, is information. A
picker that hands over only what the user chooses is reported with `--strict` only, as information.

## Why it matters

Users can only agree to what they are told. Among the conduct that the 2019 method names, in our paraphrase: not
listing one by one the purpose, manner and scope of what the app and its SDKs collect (item 2.1), and collecting in
breach of the app's own rules (item 3.9).

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER) // expect: PRV201
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

Add the `[[collect]]` table that the finding shows, with the real purpose, and say the same in the privacy policy. Or
remove the call.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV201] reason` (in Python `# privlint: …`). For a
whole file, and until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import wording
from privlint.checks.findings import Use, Verdict, at_use
from privlint.model.check import Check
from privlint.model.facts import Observation
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import App

ZH = """收集了清单中没有声明的个人信息。

## 检查什么

代码收集了个人信息，但没有对应的 `[[collect]]`。声明某类信息即涵盖它所包含的信息：声明了 `precise-location`
就不必再声明 `coarse-location`，反之不然。`[[sdk]]` 声明的是 SDK 自行收集的信息，不涵盖应用自身代码的收集。

如果该信息同时不是基本功能服务所必需的，则报告 PRV101，本检查作为附注列出：那是更重的问题，仅补一条声明并不能解决。
没有清单时，每一处收集都报告为 PRV201。

由系统核验指纹、只把结果告知应用的对话框，以及测试代码中的使用，均仅作提示。只交出用户选定内容的系统选择器，
仅在 `--strict` 时作为提示报告。

## 为什么重要

用户只能对被告知的事项表示同意。2019 年认定方法所列的行为中有（转述，非原文）：没有逐一说明应用及其 SDK 收集使用
个人信息的目的、方式和范围（第 2.1 项）；收集使用个人信息违反应用自己声明的规则（第 3.9 项）。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER) // expect: PRV201
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

按提示加入 `[[collect]]`，写明真实目的，并在隐私政策中作同样的说明；或者删除该调用。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV201] 理由`（Python 用 `# privlint: …`）。
针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV201",
    slug="undeclared-collection",
    title=Text("Collected, but not declared", "收集了个人信息，但没有声明"),
    severity="error",
    clauses=("cn-method-2019/2.1", "cn-method-2019/3.9"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for a declaration of everything that the code obtains or touches."""
    for observation in project.seen():
        for data in observation.data:
            if not project.declarations(data):
                for app in project.apps_at(observation.place.path) or (None,):
                    yield _finding(project, observation, data, app)


def _finding(project: Project, observation: Observation, data: str, app: App | None) -> Finding:
    zh = wording.name(project, data).zh
    verb = wording.opening(project, data)
    if observation.kind == "mark":
        message = Text(f"{verb} touched here but not declared", f"此处涉及{zh}，但清单中没有声明")
    elif observation.kind == "verify":
        message = Text(f"{verb} checked by the system here but not declared", f"此处由系统核验{zh}，但清单中没有声明")
    else:
        message = Text(f"{verb} collected but not declared", f"收集了{zh}，但清单中没有声明")
    file = wording.manifest_name(project)
    table = wording.collect_table(project, data, app, _function(project, data, app))
    verdict = Verdict(
        message=message,
        why=Text(
            "Users can only agree to what they are told: each kind of data with its purpose, manner and scope.",
            "用户只能对被告知的事项表示同意：应逐一说明所收集信息的目的、方式和范围。",
        ),
        help=Text(
            f"declare it in {file}, or remove the call\n{table.en}",
            f"在 {file} 中声明，或删除该调用\n{table.zh}",
        ),
        clauses=CHECK.clauses,
        notes=_narrower(project, data),
    )
    return at_use(project, CHECK, Use(observation, data, app), verdict)


def _function(project: Project, data: str, app: App | None) -> str:
    if project.standing(app, data) not in {"unnecessary", "conditional"}:
        return "basic"
    return wording.extended_function(project, data) or "extended-function"


def _narrower(project: Project, data: str) -> tuple[Text, ...]:
    declared = {table.data for table in project.manifest.manifest.collect}
    inner = sorted(declared & project.includes(data))
    if not inner:
        return ()
    names = wording.names(project, inner)
    wide = wording.name(project, data)
    return (
        Text(
            f"the manifest declares {names.en}; {wide.en} goes further", f"清单声明了{names.zh}；{wide.zh}超出了该范围"
        ),
    )
