"""A purpose in the manifest tells users nothing.

## What it finds

A `purpose` in `[[collect]]` or `[[sdk]]` that says no more than "provide services" or "improve the experience", or that
leaves the list open with "other purposes". For sensitive data, and where a permission is the consent, it is a warning;
otherwise information. Only words are looked for.

## Why it matters

The purpose has to be clear, and be told when permissions and sensitive data are asked for. An unclear one is among the
conduct that the 2019 method names (item 2.3).

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "Provide better services" # expect: PRV207
consent = "separate"
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

## How to fix

Write what the user gets for the data, in words that name the function.

## How to suppress

In a `[[waive]]` table with `check = "PRV207"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from privlint.checks import phrases
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.app_rules import Topic
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project

ZH = """清单中的某个目的没有告诉用户任何内容。

## 检查什么

`[[collect]]` 或 `[[sdk]]` 的 `purpose` 只写了“提供服务”“改善体验”一类的话，或用“其他用途”留出空白。
涉及敏感个人信息、或以系统权限征求同意的，为警告；其他为提示。只查找词语。

## 为什么重要

目的应当明确，并在申请权限或敏感个人信息时告知用户。目的不明确属于 2019 年认定方法所列的行为之一（第 2.3 项）。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "为您提供更好的服务" # expect: PRV207
consent = "separate"
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

## 如何修复

写明用户由此得到什么，并说出功能的名称。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV207"` 和清单的路径。
"""

CHECK = Check(
    id="PRV207",
    slug="vague-purpose",
    title=Text("Purpose that tells users nothing", "目的不明确"),
    severity="warning",
    clauses=("cn-method-2019/2.3", "cn-pipl-2021/6", "cn-pipl-2021/17"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look at the purposes of the manifest."""
    words = phrases.topic(project, "vague-purpose")
    if words is None or not project.asked(project.manifest.path):
        return
    manifest = project.manifest.manifest
    for index, table in enumerate(manifest.collect):
        if _is_vague(words, table.purpose):
            apps = project.apps or (None,)
            grave = table.consent == "permission" or any(project.sensitive(table.data, app) for app in apps)
            subject = f"collect:{table.data}:{table.function}"
            yield _finding(project, f"collect.{index}", subject, table.data, grave=grave)
    for index, sdk in enumerate(manifest.sdk):
        if _is_vague(words, sdk.purpose):
            yield _finding(project, f"sdk.{index}", f"sdk:{sdk.name}")


def _is_vague(words: Topic, purpose: str) -> bool:
    parts = phrases.clauses(purpose)
    return phrases.treats(words, purpose) or (bool(parts) and all(part in words.whole for part in parts))


def _finding(project: Project, table: str, subject: str, data: str = "", *, grave: bool = False) -> Finding:
    verdict = Verdict(
        message=Text("the purpose tells users nothing", "目的没有告诉用户任何内容"),
        why=Text(
            "The purpose has to be clear to those who are asked to agree.", "征求同意时，目的应当明确、易于理解。"
        ),
        help=Text("name the function, and what the user gets for the data", "写明功能的名称，以及用户由此得到什么"),
        clauses=CHECK.clauses,
    )
    label = Text("says nothing of what the user gets", "没有说明用户得到什么")
    entry = Entry(key=f"{table}.purpose", label=label, subject=subject, data=data)
    found = at_declaration(project, CHECK, entry, verdict)
    chosen = CHECK.id in project.manifest.manifest.check.severity
    return found if grave or chosen else replace(found, severity="info")
