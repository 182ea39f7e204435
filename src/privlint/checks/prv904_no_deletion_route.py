"""The privacy policy names no way to delete data or to close the account.

## What it finds

A policy that could be read, without a word about deleting data or closing the account, while `[rights]` names neither
`delete` nor `close_account`. Only words are looked for.

## Why it matters

No way to correct or delete data or to close the account is, in our paraphrase, among the conduct that the 2019 method
names (item 6.1).

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# Privacy policy <!-- expect: PRV904 -->

We collect your precise location to navigate. Complaints: privacy@example.com
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

Write into the policy how users delete their data and close their account, and name the code or page in `[rights]`.

## How to suppress

In a `[[waive]]` table with `check = "PRV904"` and the path of the policy.
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

ZH = """隐私政策没有写明删除信息或注销账号的方式。

## 检查什么

能够读取的隐私政策中没有关于删除信息或注销账号的词语，`[rights]` 也没有写明 `delete` 或 `close_account`。只查找词语。

## 为什么重要

未提供有效的更正、删除个人信息及注销账号功能，属于 2019 年认定方法所列的行为之一（转述，非原文；第 6.1 项）。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# 隐私政策 <!-- expect: PRV904 -->

我们收集您的精准定位信息，用于导航。投诉方式：privacy@example.com
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

在隐私政策中写明如何删除信息、注销账号，并在 `[rights]` 中写明对应的代码或页面。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV904"` 和隐私政策的路径。
"""

CHECK = Check(
    id="PRV904",
    slug="no-deletion-route",
    title=Text("No way to delete data or close the account", "没有删除信息或注销账号的方式"),
    severity="warning",
    clauses=("cn-method-2019/6.1", "cn-pipl-2021/47"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look in the policies, and in the manifest, for a way to delete data."""
    manifest = project.manifest.manifest
    if not project.whole or manifest.rights.delete.strip() or manifest.rights.close_account.strip():
        return
    for app, text in policy_words.texts(project):
        if not any(policy_words.treats(project, text, topic) for topic in ("deletion", "closing")):
            yield _finding(project, app, text)


def _finding(project: Project, app: App, text: PolicyText) -> Finding:
    verdict = Verdict(
        message=Text(
            f"{text.named} names no way to delete data or to close the account",
            f"{text.named} 没有写明删除信息或注销账号的方式",
        ),
        why=Text(
            "Users must be able to have their data deleted and their account closed.",
            "用户应当能够删除个人信息、注销账号。",
        ),
        help=Text(
            "name the way in the policy, and the code or page in [rights]",
            "在隐私政策中写明方式，在 [rights] 中写明对应的代码或页面",
        ),
        clauses=CHECK.clauses,
        notes=(policy_words.BY_WORDS,),
    )
    return at_place(project, CHECK, policy_words.absent(app, text, "no-deletion-route"), verdict)
