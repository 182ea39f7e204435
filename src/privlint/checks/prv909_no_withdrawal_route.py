"""Neither the privacy policy nor the manifest names a way to withdraw consent.

## What it finds

A policy that could be read, without a word about withdrawing consent, while `[[collect]]` rests on consent and
`[rights].withdraw` is empty. Only words are looked for; where `withdraw` names code, PRV910 looks whether it is there.

## Why it matters

Who has agreed may withdraw that, in a convenient way (article 15 of the Personal Information Protection Law). No way to
do so is, in our paraphrase, among the conduct that the 2019 method names (item 3.8).

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
# Privacy policy <!-- expect: PRV909 -->

We collect your precise location to navigate. You can delete your data and close your account in the settings.
Complaints: privacy@maps.example
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

We collect your precise location to navigate. You can delete your data, close your account and withdraw your
consent in the settings. Complaints: privacy@maps.example
```

## How to fix

Give users a switch or page where they withdraw their consent, say in the policy where it is, and name the code or page
in `[rights].withdraw`.

## How to suppress

In a `[[waive]]` table with `check = "PRV909"` and the path of the policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import policy_words
from privlint.checks.findings import Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.policy import PolicyText
from privlint.model.project import App

ZH = """隐私政策和清单都没有写明撤回同意的方式。

## 检查什么

能够读取的隐私政策中没有关于撤回同意的词语，而 `[[collect]]` 以同意为依据，`[rights].withdraw` 也为空。只查找词语；
`withdraw` 写明代码时，由 PRV910 检查其是否存在。

## 为什么重要

同意之后有权以便捷的方式撤回（个人信息保护法第十五条）。没有撤回同意的途径，属于 2019 年认定方法所列的行为之一
（转述，非原文；第 3.8 项）。

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
# 隐私政策 <!-- expect: PRV909 -->

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、注销账号。
投诉方式：privacy@maps.example
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
投诉方式：privacy@maps.example
```

## 如何修复

提供撤回同意的开关或页面，在隐私政策中写明位置，并在 `[rights].withdraw` 中写明对应的代码或页面。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV909"` 和隐私政策的路径。
"""

CHECK = Check(
    id="PRV909",
    slug="no-withdrawal-route",
    title=Text("No way to withdraw consent", "没有撤回同意的方式"),
    severity="warning",
    clauses=("cn-method-2019/3.8", "cn-pipl-2021/15"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look in the policies, and in the manifest, for a way to withdraw."""
    manifest = project.manifest.manifest
    if not project.whole or manifest.rights.withdraw.strip():
        return
    if not any(table.basis == "consent" for table in manifest.collect):
        return
    for app, text in policy_words.texts(project):
        if not policy_words.treats(project, text, "withdrawal"):
            yield _finding(project, app, text)


def _finding(project: Project, app: App, text: PolicyText) -> Finding:
    verdict = Verdict(
        message=Text(f"{text.named} names no way to withdraw consent", f"{text.named} 没有写明撤回同意的方式"),
        why=Text("Who has agreed must be able to withdraw that, in a convenient way.", "同意之后应当能够便捷地撤回。"),
        help=Text(
            "name the way in the policy, and the code or page in [rights].withdraw",
            "在隐私政策中写明方式，在 [rights].withdraw 中写明对应的代码或页面",
        ),
        clauses=CHECK.clauses,
        notes=(policy_words.BY_WORDS,),
    )
    return at_place(project, CHECK, policy_words.absent(app, text, "no-withdrawal-route"), verdict)
