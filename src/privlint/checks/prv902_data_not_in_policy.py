"""The app takes or declares a data type of which the privacy policy says nothing.

## What it finds

A data type that the code collects, or that a `[[collect]]` table declares, for which the file in `[app].policy` has no
word: neither its name nor any of the words that policies use for it, in Chinese and English. Words are all that is
looked for. That a word is there does not show that the policy says the right thing; that none is there is a strong
sign that it says nothing.

Sensitive data and permanent identifiers give a warning, other data is information. A policy at an address, or in
another language, is not judged.

## Why it matters

Among the conduct that the 2019 method names, in our paraphrase: not listing one by one the purpose, manner and scope of
what is collected (item 2.1).

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location" # expect: PRV902
purpose = "Navigate"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

```markdown
# Privacy policy

We collect your phone number. You can delete your data, close your account
and withdraw your consent in the settings.
Complaints: privacy@example.com
```


## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "Navigate"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

```markdown
# Privacy policy

We collect your precise location to navigate. You can delete your data, close your account
and withdraw your consent in the settings.
Complaints: privacy@example.com
```


## How to fix

Write into the policy what is taken, what for and how; or stop taking it.

## How to suppress

In a `[[waive]]` table with `check = "PRV902"` and the path that the finding names.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import policy_words, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.place import Place
from privlint.model.policy import PolicyText
from privlint.model.project import App

ZH = """应用收集或声明了某类信息，隐私政策却没有提到。

## 检查什么

代码收集的、或 `[[collect]]` 声明的信息类型，在 `[app].policy` 所指的文件中没有任何对应的词语：既没有它的名称，
也没有隐私政策常用的中英文说法。只查找词语：有词语不说明内容正确；没有词语则很可能没有说明。

敏感个人信息和永久标识符为警告，其他信息为提示。以网址给出的、或其他语言的隐私政策不作判断。

## 为什么重要

2019 年认定方法所列的行为中有（转述，非原文）：没有逐一列出收集使用个人信息的目的、方式和范围（第 2.1 项）。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location" # expect: PRV902
purpose = "导航"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

```markdown
# 隐私政策

我们收集您的手机号。您可以在设置中删除信息、注销账号、撤回同意。
投诉方式：privacy@example.com
```


## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "导航"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

```markdown
# 隐私政策

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、注销账号、撤回同意。
投诉方式：privacy@example.com
```


## 如何修复

在隐私政策中写明收集什么、用于什么、如何收集；或者停止收集。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV902"` 和提示所指的路径。
"""

CHECK = Check(
    id="PRV902",
    slug="data-not-in-policy",
    title=Text("Data that the privacy policy does not mention", "隐私政策没有提到的信息"),
    severity="warning",
    clauses=("cn-method-2019/2.1", "cn-pipl-2021/17"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look in the policies for a word about everything that is declared or collected."""
    readable = tuple(policy_words.texts(project))
    if not project.whole or not readable or len(readable) < len(project.apps):
        return
    known: set[str] = set()
    for index, table in enumerate(project.manifest.manifest.collect):
        if table.data in known or table.data not in project.data_types:
            continue
        known.add(table.data)
        silent = [one for one in readable if not policy_words.mentions(project, one[1], table.data)]
        if len(silent) == len(readable):
            yield _finding(project, table.data, project.place(f"collect.{index}.data"), silent)
    for observation in project.seen():
        if observation.kind != "collect" or observation.place.path in project.test_paths:
            continue
        apps = project.apps_at(observation.place.path)
        for data in observation.data:
            if data in known or project.declarations(data):
                continue
            known.add(data)
            silent = [one for one in readable if one[0] in apps and not policy_words.mentions(project, one[1], data)]
            if silent:
                yield _finding(project, data, observation.place, silent)


def _finding(project: Project, data: str, place: Place, silent: list[tuple[App, PolicyText]]) -> Finding:
    name = wording.name(project, data)
    files = ", ".join(dict.fromkeys(text.named for _, text in silent))
    verdict = Verdict(
        message=Text(f"{files} has no word about {name.en}", f"{files} 没有提到{name.zh}"),
        why=Text(
            "Users have to be told of each kind of data, with its purpose, manner and scope.",
            "应当逐一告知用户所收集信息的目的、方式和范围。",
        ),
        help=Text("write into the policy what is taken and what for", "在隐私政策中写明收集什么、用于什么"),
        clauses=CHECK.clauses,
        notes=(policy_words.BY_WORDS,),
    )
    grave = project.permanent(data) or any(project.sensitive(data, app) for app, _ in silent)
    mark = Mark(
        place=place,
        label=Text("not in the privacy policy", "隐私政策未提及"),
        subject=f"policy:{data}",
        severity="warning" if grave else "info",
        confidence=Confidence.INFERRED,
        data=(data,),
        apps=tuple(app for app, _ in silent),
    )
    return at_place(project, CHECK, mark, verdict)
