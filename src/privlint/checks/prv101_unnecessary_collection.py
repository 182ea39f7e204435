"""Personal data is collected that the basic service does not need.

## What it finds

A place in the code that collects personal data which is not on the list of necessary personal information of the
category in `[app].category`, and which the manifest does not assign to an extended function: it is declared as basic,
or not declared at all. In the second case PRV201 holds as well; one finding is shown, and PRV201 is a note in it.

It is silent for an app with `side = "supply"` and for the category `other`, because the list does not apply to them.

## Why it matters

Article 4 of the 2021 provisions on necessary personal information: an app must not refuse its basic service because a
user does not agree to give what is not necessary. Collecting more is possible, but it must be optional, with its own
purpose and consent.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"
```

```kotlin
import android.telephony.TelephonyManager

class Start(private val telephony: TelephonyManager) {
    fun device(): String? = telephony.imei // expect: PRV101
}
```

## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[function]]
id = "anti-theft"
name = "Find a lost phone"

[[collect]]
data = "imei"
purpose = "Recognise the lost phone"
function = "anti-theft"
consent = "separate"
```

```kotlin
import android.telephony.TelephonyManager

class Start(private val telephony: TelephonyManager) {
    fun device(): String? = telephony.imei
}
```

## How to fix

Remove the call. If a further function of the app needs the data, declare that function with `[[function]]`, assign
the data to it with `[[collect]]`, and let users refuse it without losing the basic service.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV101] reason` (in Python `# privlint: …`). For a
whole file, and until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import wording
from privlint.checks.findings import Use, Verdict, at_use
from privlint.model.check import Check
from privlint.model.facts import Observation
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.project import App

ZH = """收集了基本功能服务并不需要的个人信息。

## 检查什么

代码收集的个人信息不在 `[app].category` 所声明类别的必要个人信息范围内，清单也没有把它归入某项扩展功能：
要么声明为基本功能所需，要么根本没有声明。后一种情况同时符合 PRV201，只报告一条，PRV201 作为附注列出。

`side = "supply"`（服务供给侧）的应用和类别 `other` 不适用该范围，本检查不作判断。

## 为什么重要

2021 年必要个人信息范围规定第四条：不得因为用户不同意提供非必要个人信息，而拒绝用户使用其基本功能服务。
可以收集更多信息，但必须可选，并有单独的目的和同意。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"
```

```kotlin
import android.telephony.TelephonyManager

class Start(private val telephony: TelephonyManager) {
    fun device(): String? = telephony.imei // expect: PRV101
}
```

## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[function]]
id = "anti-theft"
name = "查找丢失的手机"

[[collect]]
data = "imei"
purpose = "识别丢失的手机"
function = "anti-theft"
consent = "separate"
```

```kotlin
import android.telephony.TelephonyManager

class Start(private val telephony: TelephonyManager) {
    fun device(): String? = telephony.imei
}
```

## 如何修复

删除该调用。如果应用的其他功能确实需要，用 `[[function]]` 声明该扩展功能，用 `[[collect]]` 把数据归入其中，
并保证用户拒绝后仍能使用基本功能服务。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV101] 理由`（Python 用 `# privlint: …`）。
针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV101",
    slug="unnecessary-collection",
    title=Text("Collected, but not necessary for the basic service", "收集了非基本功能所必需的个人信息"),
    severity="error",
    clauses=("cn-necessary-2021/5", "cn-necessary-2021/4", "cn-method-2019/4.1", "cn-pipl-2021/6"),
)


def check(project: Project) -> Iterator[Finding]:
    """Hold every collection against the list of its app's category."""
    for observation in project.seen():
        if observation.kind in {"mark", "verify"}:
            continue
        for app in project.apps_at(observation.place.path):
            for data in observation.data:
                if project.standing(app, data) != "unnecessary":
                    continue
                if all(declared.function == "basic" for _, declared in project.declarations(data)):
                    yield _finding(project, observation, data, app)


def _finding(project: Project, observation: Observation, data: str, app: App) -> Finding:
    categories = (project.categories[app.category],)
    kind = wording.app_kind(categories)
    verdict = Verdict(
        message=Text(
            f"{wording.opening(project, data)} collected but not necessary for the basic service of {kind.en}",
            f"收集了{wording.name(project, data).zh}，但它不是{kind.zh}基本功能服务的必要个人信息",
        ),
        why=Text(
            "What the basic service does not need must be optional, with its own purpose and consent.",
            "基本功能服务不需要的信息必须可选，并有单独的目的和同意。",
        ),
        help=_help(project, data, app),
        clauses=wording.category_clauses(categories, CHECK.clauses),
        leading="cn-necessary-2021/4",
        notes=wording.necessary(project, categories),
        related=tuple(
            Related(project.place(f"collect.{index}"), Text("declared as basic here", "此处声明为基本功能所需"))
            for index, _ in project.declarations(data)
        ),
    )
    return at_use(project, CHECK, Use(observation, data, app), verdict)


def _help(project: Project, data: str, app: App) -> Text:
    function = wording.extended_function(project, data)
    new = Text("", "") if function else wording.function_table(project)
    function = function or "extended-function"
    file = wording.manifest_name(project)
    if project.declarations(data):
        change = Text(
            f'remove it, or make it optional: set function = "{function}" in its [[collect]] table in {file}',
            f'删除该调用，或改为可选：在 {file} 的对应 [[collect]] 中设置 function = "{function}"',
        )
        tables = new
    else:
        change = Text(
            f"remove it, or make it optional: declare it for an extended function in {file}",
            f"删除该调用，或改为可选：在 {file} 中为扩展功能声明它",
        )
        table = wording.collect_table(project, data, app, function)
        tables = Text(f"{new.en}\n\n{table.en}".strip(), f"{new.zh}\n\n{table.zh}".strip())
    return Text(f"{change.en}\n{tables.en}".rstrip(), f"{change.zh}\n{tables.zh}".rstrip())
