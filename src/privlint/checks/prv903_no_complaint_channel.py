"""The privacy policy names no way to complain.

## What it finds

A policy that could be read, without a word about complaints or about how to reach the app's makers, while
`[contact].complaints` names no channel either. Only words are looked for.

## Why it matters

Publishing no channel for complaints is, in our paraphrase, among the conduct that the 2019 method names (item 6.5).
Answers are due within what was promised, and 15 working days at most.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# Privacy policy <!-- expect: PRV903 -->

We collect your precise location to navigate. You can delete your data and close your account in the settings.
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

Write into the policy how users can complain and within how many days they are answered, and name the channel in
`[contact]`.

## How to suppress

In a `[[waive]]` table with `check = "PRV903"` and the path of the policy.
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

ZH = """隐私政策没有写明投诉方式。

## 检查什么

能够读取的隐私政策中没有关于投诉或联系方式的词语，`[contact].complaints` 也没有写明渠道。只查找词语。

## 为什么重要

未公布投诉、举报方式，属于 2019 年认定方法所列的行为之一（转述，非原文；第 6.5 项）。应在承诺时限内（最长 15
个工作日）受理并处理。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"
```

```markdown
# 隐私政策 <!-- expect: PRV903 -->

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、注销账号。
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

在隐私政策中写明投诉方式和答复期限，并在 `[contact]` 中写明渠道。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV903"` 和隐私政策的路径。
"""

CHECK = Check(
    id="PRV903",
    slug="no-complaint-channel",
    title=Text("No complaint channel", "没有投诉渠道"),
    severity="warning",
    clauses=("cn-method-2019/6.5", "cn-pipl-2021/50"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look in the policies, and in the manifest, for a way to complain."""
    manifest = project.manifest.manifest
    if not project.whole or manifest.contact.complaints.strip():
        return
    for app, text in policy_words.texts(project):
        if not any(policy_words.treats(project, text, topic) for topic in ("complaint", "contact")):
            yield _finding(project, app, text)


def _finding(project: Project, app: App, text: PolicyText) -> Finding:
    verdict = Verdict(
        message=Text(
            f"{text.named} names no way to complain or to reach whoever makes the app",
            f"{text.named} 没有写明投诉或联系方式",
        ),
        why=Text(
            "Users must be able to complain, and be answered within what was promised, 15 working days at most.",
            "用户应当能够投诉，并在承诺时限内（最长 15 个工作日）得到答复。",
        ),
        help=Text(
            "name the channel in the policy, and in [contact].complaints",
            "在隐私政策和 [contact].complaints 中写明渠道",
        ),
        clauses=CHECK.clauses,
        notes=(policy_words.BY_WORDS,),
    )
    return at_place(project, CHECK, policy_words.absent(app, text, "no-complaint-channel"), verdict)
