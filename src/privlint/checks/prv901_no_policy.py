"""There is no privacy policy: the manifest names none, or what it names is not there or holds no text.

## What it finds

`[app].policy` names a file that is missing, is empty or is no text; or an app that has build files names no policy at
all. An address is not fetched: then nothing is held against the text, and the report says so. Name the file in the
repository from which the published policy is made.

## Why it matters

No privacy policy, or one without rules on collecting and using personal information, is the first item of the 2019
method (1.1).

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "docs/privacy.md" # expect: PRV901
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager)
```


## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# Privacy policy

We collect your precise location to navigate. You can delete your data and close your account in the settings.
Complaints: privacy@example.com
```


## How to fix

Write the policy, and name its file in `[app].policy`. Markdown, HTML and plain text are read.

## How to suppress

In a `[[waive]]` table with `check = "PRV901"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.policy import PolicyText
from privlint.model.project import App

ZH = """没有隐私政策：清单没有写明，或写明的文件不存在、没有内容。

## 检查什么

`[app].policy` 所写的文件不存在、为空或不是文本；或者应用有构建文件，却没有写明隐私政策。网址不会联网读取：
此时不与其文本对照，并在报告中说明。请写明仓库中用于发布隐私政策的文件。

## 为什么重要

没有隐私政策，或隐私政策中没有收集使用个人信息规则，是 2019 年认定方法的第一项（第 1.1 项）。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "docs/privacy.md" # expect: PRV901
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager)
```


## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# 隐私政策

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、注销账号。
投诉方式：privacy@example.com
```


## 如何修复

撰写隐私政策，并在 `[app].policy` 中写明其文件。可读取 Markdown、HTML 和纯文本。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV901"` 和清单的路径。
"""

CHECK = Check(
    id="PRV901",
    slug="no-policy",
    title=Text("No privacy policy", "没有隐私政策"),
    severity="warning",
    clauses=("cn-method-2019/1.1", "cn-pipl-2021/17"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look at what became of the policy of every app."""
    if not project.whole:
        return
    for index, (app, text) in enumerate(zip(project.apps, project.texts, strict=False)):
        message = _message(project, app, text)
        if message:
            yield _finding(project, index, app, message)


def _message(project: Project, app: App, text: PolicyText) -> Text | None:
    match text.state:
        case "missing":
            return Text(f"the privacy policy {text.named} is not there", f"隐私政策 {text.named} 不存在")
        case "empty":
            return Text(f"the privacy policy {text.named} holds no text", f"隐私政策 {text.named} 没有内容")
        case "unreadable":
            return Text(
                f"the privacy policy {text.named} cannot be read: {text.detail.en}",
                f"无法读取隐私政策 {text.named}：{text.detail.zh}",
            )
        case "not-named" if _built(project):
            return Text(f"the manifest names no privacy policy for {app.name}", f"清单没有写明 {app.name} 的隐私政策")
    return None


def _built(project: Project) -> bool:
    """Tell whether this is an app with build files, and not a piece of code with a manifest."""
    declared = project.declared
    return declared is not None and bool(declared.applications or declared.permissions or declared.components)


def _finding(project: Project, index: int, app: App, message: Text) -> Finding:
    key = "app" if project.manifest.manifest.app else f"apps.{index}"
    verdict = Verdict(
        message=message,
        why=Text(
            "Users can only agree to what they are told.",
            "用户只能对被告知的事项表示同意。",
        ),
        help=Text(
            "name the file of the published policy in `policy`; Markdown, HTML and plain text are read",
            "在 `policy` 中写明所发布隐私政策的文件；可读取 Markdown、HTML 和纯文本",
        ),
        clauses=CHECK.clauses,
    )
    named = f"{key}.policy" if app.policy else key
    entry = Entry(key=named, label=Text("no policy to read", "没有可读取的隐私政策"), subject=f"policy:{app.name}")
    return at_declaration(project, CHECK, entry, verdict)
