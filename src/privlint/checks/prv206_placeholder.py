"""A text of the manifest still waits to be written.

## What it finds

A `purpose` in `[[collect]]` or `[[sdk]]`, or a `name` in `[[function]]`, that begins with `TODO`, or with its Chinese
counterpart, as `privlint init` drafts them.

## Why it matters

Personal data needs a clear purpose (article 6 of the Personal Information Protection Law), and the purpose is told to
users one by one. A scan can see that data is taken, and not what for.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "TODO: what it is taken for" # expect: PRV206
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

Write what the data is taken for, in words that users understand. If nobody knows, stop collecting it.

## How to suppress

It cannot be left standing sensibly: write the text. `ignore = ["PRV206"]` in `[check]` silences it.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.draft import is_placeholder
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project

ZH = """清单中有一处文字尚未填写。

## 检查什么

`[[collect]]` 或 `[[sdk]]` 的 `purpose`、`[[function]]` 的 `name` 以 `TODO` 或 `待填写` 开头，
即 `privlint init` 生成的占位文字。

## 为什么重要

处理个人信息应当具有明确的目的（个人信息保护法第六条），并逐一告知用户。扫描能看到收集了什么，看不到目的。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "待填写：收集目的" # expect: PRV206
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

用用户能看懂的话写明收集目的。如果没有人知道目的，就停止收集。

## 如何抑制

应当填写，不宜保留。`[check]` 中的 `ignore = ["PRV206"]` 可使其不再显示。
"""

CHECK = Check(
    id="PRV206",
    slug="placeholder",
    title=Text("Purpose or name not written yet", "目的或名称尚未填写"),
    severity="warning",
    clauses=("cn-pipl-2021/6", "cn-method-2019/2.1"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for texts that a draft left to the team."""
    if not project.asked(project.manifest.path):
        return
    manifest = project.manifest.manifest
    for index, table in enumerate(manifest.collect):
        if is_placeholder(table.purpose):
            yield _finding(project, f"collect.{index}.purpose", f"collect:{table.data}:{table.function}")
    for index, sdk in enumerate(manifest.sdk):
        if is_placeholder(sdk.purpose):
            yield _finding(project, f"sdk.{index}.purpose", f"sdk:{sdk.name}")
    for index, function in enumerate(manifest.function):
        if is_placeholder(function.name):
            yield _finding(project, f"function.{index}.name", f"function:{function.id}")


def _finding(project: Project, key: str, subject: str) -> Finding:
    named = key.endswith(".name")
    what = Text("the name of a function", "功能名称") if named else Text("a purpose", "收集目的")
    verdict = Verdict(
        message=Text(f"{what.en} is not written yet", f"{what.zh}尚未填写"),
        why=Text(
            "What data is taken for must be clear, and be told to users.",
            "收集个人信息的目的应当明确，并告知用户。",
        ),
        help=Text(
            "write it in words that users understand; if nobody knows it, stop collecting the data",
            "用用户能看懂的话填写；如果没有人知道，就停止收集",
        ),
        clauses=CHECK.clauses,
    )
    entry = Entry(key=key, label=Text("still the placeholder", "仍是占位文字"), subject=subject)
    return at_declaration(project, CHECK, entry, verdict)
