"""The privacy policy names data that neither the code nor the manifest shows.

## What it finds

A policy that names, in so many words and outside a sentence that denies it, data such as the address book, the list of
installed apps or the IMEI, while no code collects it, no `[[collect]]` or `[[sdk]]` table declares it and no SDK's
notice names it. It is judged only where the manifest declares data at all. It is information: a server or a web page
may collect it.

## Why it matters

A policy that claims more than the app does asks users to agree to what nobody needs, and hides what is taken.

## Bad

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

We collect your precise location to navigate.
We read your address book. <!-- expect: PRV906 -->
You can delete your data and withdraw your consent. Complaints: privacy@example.com
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
We do not collect your address book. Complaints: privacy@example.com
```


## How to fix

Take it out of the policy, or declare what takes it.

## How to suppress

In a `[[waive]]` table with `check = "PRV906"` and the path of the policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged, policy_words, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.place import Place, Position
from privlint.model.policy import PolicyText
from privlint.model.project import App

ZH = """隐私政策写明了代码和清单都没有的信息。

## 检查什么

隐私政策明确写明（且不是否认）通讯录、已安装应用列表、IMEI 等信息，但没有代码收集，`[[collect]]` 和 `[[sdk]]` 没有声明，
SDK 厂商的说明也没有列出。仅在清单声明了信息时判断。仅作提示：可能由服务器或网页收集。

## 为什么重要

隐私政策写得比应用实际做的更多，就是要求用户同意并不需要的事项，也会掩盖真正收集的信息。

## 反例

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

我们收集您的精准定位信息，用于导航。
我们读取您的通讯录。 <!-- expect: PRV906 -->
您可以删除信息、撤回同意。投诉方式：privacy@example.com
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
我们不会收集您的通讯录。投诉方式：privacy@example.com
```


## 如何修复

从隐私政策中删去；或声明收集该信息的用途。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV906"` 和隐私政策的路径。
"""

CHECK = Check(
    id="PRV906",
    slug="policy-says-more",
    title=Text("Privacy policy names data that nothing shows", "隐私政策写明了未见收集的信息"),
    severity="info",
    clauses=("cn-method-2019/2.1",),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for what the policies surely name and nothing takes."""
    manifest = project.manifest.manifest
    if not project.whole or not manifest.collect:
        return
    taken = [*project.collected(), *(table.data for table in manifest.collect)]
    taken += [data for entry in manifest.sdk for data in entry.data]
    taken += [data for found in packaged.sdks(project) for one in found.sdk.data for data in one.data]
    known = {inner for data in taken for inner in project.includes(data)}
    for app, text in policy_words.texts(project):
        for data, line in policy_words.said(project, text).items():
            if data in project.data_types and not _covered(project, data, known):
                yield _finding(project, app, text, data, line)


def _covered(project: Project, data: str, known: set[str]) -> bool:
    """Tell whether anything that the same words may mean is taken."""
    words = project.rules.words[data].firm if project.rules else ()
    same = {other for other, one in project.rules.words.items() if one.firm == words} if project.rules else set()
    return not known.isdisjoint({data, *same})


def _finding(project: Project, app: App, text: PolicyText, data: str, line: int) -> Finding:
    name = wording.name(project, data)
    verdict = Verdict(
        message=Text(
            f"the policy names {name.en}, which no code and no declaration shows",
            f"隐私政策写明了{name.zh}，但没有代码收集，也没有声明",
        ),
        why=Text(
            "What users are told has to be what the app does.",
            "告知用户的内容应当与应用的实际情况一致。",
        ),
        help=Text("take it out of the policy, or declare what takes it", "从隐私政策中删去，或声明收集该信息的用途"),
        clauses=CHECK.clauses,
        notes=(policy_words.BY_WORDS,),
    )
    mark = Mark(
        place=Place(text.path, Position(line, 1), Position(line, 1)),
        label=Text(f"names {name.en}", f"写明{name.zh}"),
        subject=f"policy:{data}",
        severity="info",
        confidence=Confidence.INFERRED,
        data=(data,),
        apps=(app,),
    )
    return at_place(project, CHECK, mark, verdict)
