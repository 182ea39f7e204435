"""A third-party SDK is in the app, and the privacy policy does not name it.

## What it finds

An SDK of the catalogue that may take data to somebody else, where the file in `[app].policy` has neither its name nor
its vendor's nor its package. It is information: many policies keep the list of SDKs on a page of its own.

## Why it matters

Among the conduct that the 2019 method names, in our paraphrase: not listing one by one the purpose, manner and scope of
what the app and the third-party code in it collect (item 2.1).

## Bad

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
policy = "privacy.md"

[[sdk]] # expect: PRV905
name = "ACRA"
purpose = "Learn of crashes"
data = ["crash-logs", "installation-id", "device-model", "os-version"]
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

```markdown
# Privacy policy

We collect crash logs, your device model and the version of the operating system. You can delete your data and close
your account in the settings. Complaints: privacy@example.com
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
policy = "privacy.md"

[[sdk]]
name = "ACRA"
purpose = "Learn of crashes"
data = ["crash-logs", "installation-id", "device-model", "os-version"]
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

```markdown
# Privacy policy

With ACRA we collect crash logs, your device model and the version of the operating system. You can
delete your data and close your account in the settings. Complaints: privacy@example.com
```


## How to fix

Name the SDK, its vendor, what it takes and what for, with the address of the vendor's notice.

## How to suppress

In a `[[waive]]` table with `check = "PRV905"` and the path that the finding names.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged, policy_words
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.checks.packaged import Found
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.policy import PolicyText
from privlint.model.project import App

ZH = """应用集成了第三方 SDK，隐私政策却没有写明。

## 检查什么

目录收录的、可能向他方提供信息的 SDK，在 `[app].policy` 所指的文件中既没有它的名称，也没有厂商名称和包名。仅作提示：
许多隐私政策把 SDK 清单放在单独的页面。

## 为什么重要

2019 年认定方法所列的行为中有（转述，非原文）：没有逐一列出应用及嵌入的第三方代码收集使用个人信息的目的、方式和范围
（第 2.1 项）。

## 反例

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
policy = "privacy.md"

[[sdk]] # expect: PRV905
name = "ACRA"
purpose = "了解崩溃情况"
data = ["crash-logs", "installation-id", "device-model", "os-version"]
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

```markdown
# 隐私政策

我们收集崩溃日志、设备型号和操作系统版本。您可以在设置中删除信息、注销账号。
投诉方式：privacy@example.com
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
policy = "privacy.md"

[[sdk]]
name = "ACRA"
purpose = "了解崩溃情况"
data = ["crash-logs", "installation-id", "device-model", "os-version"]
notice = "https://github.com/ACRA/acra"
coordinates = ["ch.acra:acra-http"]
```

```markdown
# 隐私政策

我们通过 ACRA 收集崩溃日志、设备型号和操作系统版本。您可以在设置中删除信息、注销账号。
投诉方式：privacy@example.com
```


## 如何修复

写明 SDK 的名称、厂商、收集内容和目的，以及厂商说明的网址。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV905"` 和提示所指的路径。
"""

CHECK = Check(
    id="PRV905",
    slug="sdk-not-in-policy",
    title=Text("SDK that the privacy policy does not name", "隐私政策没有写明的 SDK"),
    severity="info",
    clauses=("cn-method-2019/2.1", "cn-pipl-2021/23"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look in the policies for the name of every SDK."""
    if not project.whole:
        return
    readable = tuple(policy_words.texts(project))
    for found in packaged.sdks(project) if readable else ():
        if not found.collects:
            continue
        concerned = [one for one in readable if not found.apps or one[0] in found.apps]
        silent = [one for one in concerned if not policy_words.names(one[1], found)]
        if silent:
            yield _finding(project, found, silent)


def _finding(project: Project, found: Found, silent: list[tuple[App, PolicyText]]) -> Finding:
    files = ", ".join(dict.fromkeys(text.named for _, text in silent))
    entry = packaged.entry_for(project, found)
    verdict = Verdict(
        message=Text(f"{files} does not name {found.sdk.name_en}", f"{files} 没有写明 {found.sdk.name_zh}"),
        why=Text(
            "Users have to be told which third parties' code is in the app, what it takes and what for.",
            "应当告知用户应用嵌入了哪些第三方代码、收集什么、用于什么目的。",
        ),
        help=Text(
            "name it there, with its vendor, what it takes and what for; or name the page that lists the SDKs",
            "在其中写明该 SDK、厂商、收集内容和目的；或写明列出 SDK 的页面",
        ),
        clauses=CHECK.clauses,
        notes=(policy_words.BY_WORDS,),
    )
    mark = Mark(
        place=project.place(f"sdk.{entry[0]}") if entry else found.place,
        label=Text("not in the privacy policy", "隐私政策未提及"),
        subject=f"sdk:{found.sdk.id}",
        severity="info",
        confidence=Confidence.INFERRED,
        apps=tuple(app for app, _ in silent),
    )
    return at_place(project, CHECK, mark, verdict)
