"""The privacy policy of an app for Chinese users has no simplified Chinese text.

## What it finds

A policy that could be read and holds next to no Chinese, or only traditional characters, while the manifest itself is
written in Chinese: its users are. How the text looks (size, colour) is not seen, and an address is not fetched.

## Why it matters

A policy that is hard to read, for one because there is no simplified Chinese version, is, in our paraphrase, among the
conduct that the 2019 method names (item 1.4).

## Bad

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# Privacy policy <!-- expect: PRV907 -->

We collect your precise location to navigate. You can delete your data and close your account in the settings, and
withdraw your consent there. Complaints: privacy@example.com
```

## Good

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# 隐私政策

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、注销账号、撤回同意。
投诉方式：privacy@example.com
```

## How to fix

Write the policy in simplified Chinese, and name that file in `[app].policy`; a translation can stand beside it.

## How to suppress

In a `[[waive]]` table with `check = "PRV907"` and the path of the policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from privlint.checks.findings import Verdict, at_place
from privlint.checks.policy_words import absent
from privlint.model.app_rules import Script
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.policy import PolicyText
from privlint.model.project import App

ZH = """面向中文用户的应用，其隐私政策没有简体中文文本。

## 检查什么

能够读取的隐私政策几乎不含中文，或只有繁体中文，而清单本身以中文写成，即用户使用中文。
文字的外观（大小、颜色）无法得知；网址不会联网读取。

## 为什么重要

隐私政策难以阅读，例如未提供简体中文版，属于 2019 年认定方法所列的行为之一（转述，非原文；第 1.4 项）。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# Privacy policy <!-- expect: PRV907 -->

We collect your precise location to navigate. You can delete your data and close your account in the settings, and
withdraw your consent there. Complaints: privacy@example.com
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

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、注销账号、撤回同意。
投诉方式：privacy@example.com
```

## 如何修复

用简体中文撰写隐私政策，并在 `[app].policy` 中写明该文件；译文可以另附。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV907"` 和隐私政策的路径。
"""

CHECK = Check(
    id="PRV907",
    slug="policy-not-chinese",
    title=Text("Privacy policy without simplified Chinese", "隐私政策没有简体中文文本"),
    severity="warning",
    clauses=("cn-method-2019/1.4",),
)

_SHARE = 0.05  # of the letters of a text, below which it is not in Chinese


def check(project: Project) -> Iterator[Finding]:
    """Look at the language of the policies, where the manifest shows that users read Chinese."""
    script = project.rules.script if project.rules else None
    if not project.whole or script is None:
        return
    for app, text in zip(project.apps, project.texts, strict=False):
        if text.state != "read" or not _speaks_chinese(project, app):
            continue
        if _chinese(text.text) < _SHARE * text.letters:
            yield _finding(project, app, text, Text("holds next to no Chinese text", "几乎没有中文文本"))
        elif _is_traditional(text.text, script):
            yield _finding(project, app, text, Text("is in traditional characters only", "只有繁体中文"))


def _speaks_chinese(project: Project, app: App) -> bool:
    manifest = project.manifest.manifest
    texts = chain([app.name], (one.purpose for one in manifest.collect), (one.name for one in manifest.function))
    return any(_chinese(text) for text in texts)


def _chinese(text: str) -> int:
    """Count Chinese characters."""
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text)


def _is_traditional(text: str, script: Script) -> bool:
    simplified = sum(letter in script.simplified for letter in text)
    return sum(letter in script.traditional for letter in text) > simplified


def _finding(project: Project, app: App, text: PolicyText, what: Text) -> Finding:
    verdict = Verdict(
        message=Text(f"the privacy policy {text.named} {what.en}", f"隐私政策 {text.named} {what.zh}"),
        why=Text("Users have to be able to read the policy.", "用户应当能够读懂隐私政策。"),
        help=Text(
            "name a simplified Chinese version in `policy`; a translation can stand beside it",
            "在 `policy` 中写明简体中文版；译文可以另附",
        ),
        clauses=CHECK.clauses,
    )
    return at_place(project, CHECK, absent(app, text, "policy-not-chinese"), verdict)
