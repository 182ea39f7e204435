"""A function that users have already requires data now that it did without before.

## What it finds

In `privlint diff`, compared with an earlier commit: a `[[collect]]` table with `required = true` that is new, or was
not required before, for a function that the earlier manifest had too; unless the data is necessary for the category's
basic service. A new function may require what it needs.

## Why it matters

Refusing what users already have because they do not agree to what a new function takes is, in our paraphrase, among the
conduct that the 2019 method names (item 4.3).

## Bad

```toml before/privlint.toml
[app]
name = "Example Notes"
category = "utility"

[[function]]
id = "sync"
name = "Sync between devices"
```

```toml
[app]
name = "Example Notes"
category = "utility"
policy_version = "2"

[[function]]
id = "sync"
name = "Sync between devices"

[[collect]]
data = "phone-number"
purpose = "Find friends who take notes too"
function = "sync"
required = true # expect: PRV209
```

## Good

```toml before/privlint.toml
[app]
name = "Example Notes"
category = "utility"

[[function]]
id = "sync"
name = "Sync between devices"
```

```toml
[app]
name = "Example Notes"
category = "utility"
policy_version = "2"

[[function]]
id = "sync"
name = "Sync between devices"

[[function]]
id = "friends"
name = "Find friends"

[[collect]]
data = "phone-number"
purpose = "Find friends who take notes too"
function = "friends"
required = true
```

## How to fix

Give the new data a function of its own, and let what users had go on without it.

## How to suppress

In a `[[waive]]` table with `check = "PRV209"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import wording
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Collect

ZH = """用户已有的功能现在要求必须提供以前不需要的信息。

## 检查什么

`privlint diff` 与较早的提交比较时：`required = true` 的 `[[collect]]` 是新增的或以前不是必须的，
而较早的清单已有该功能；属于该类别基本功能服务必要个人信息的除外。新功能可以要求其所需的信息。

## 为什么重要

因用户不同意新增功能收集信息而拒绝提供原有功能，属于 2019 年认定方法所列的行为之一（转述，非原文；第 4.3 项）。

## 反例

```toml before/privlint.toml
[app]
name = "示例笔记"
category = "utility"

[[function]]
id = "sync"
name = "设备间同步"
```

```toml
[app]
name = "示例笔记"
category = "utility"
policy_version = "2"

[[function]]
id = "sync"
name = "设备间同步"

[[collect]]
data = "phone-number"
purpose = "寻找同样使用笔记的好友"
function = "sync"
required = true # expect: PRV209
```

## 正例

```toml before/privlint.toml
[app]
name = "示例笔记"
category = "utility"

[[function]]
id = "sync"
name = "设备间同步"
```

```toml
[app]
name = "示例笔记"
category = "utility"
policy_version = "2"

[[function]]
id = "sync"
name = "设备间同步"

[[function]]
id = "friends"
name = "寻找好友"

[[collect]]
data = "phone-number"
purpose = "寻找同样使用笔记的好友"
function = "friends"
required = true
```

## 如何修复

为新增的信息单独设置功能，原有功能在用户不同意时仍可使用。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV209"` 和清单的路径。
"""

CHECK = Check(
    id="PRV209",
    slug="more-required",
    title=Text("An existing function requires more than before", "原有功能要求提供更多信息"),
    severity="error",
    clauses=("cn-method-2019/4.3", "cn-pipl-2021/16"),
)


def check(project: Project) -> Iterator[Finding]:
    """Compare with the earlier manifest, where there is one."""
    if project.earlier is None or project.earlier.manifest is None:
        return
    old = project.earlier.manifest
    functions = {"basic", *(function.id for function in old.function)}
    required = {(one.data, one.function) for one in old.collect if one.required}
    for index, table in enumerate(project.manifest.manifest.collect):
        if not table.required or table.basis != "consent" or table.function not in functions:
            continue
        if (table.data, table.function) in required:
            continue
        if table.function == "basic" and all(project.standing(app, table.data) == "necessary" for app in project.apps):
            continue
        yield _finding(project, index, table)


def _finding(project: Project, index: int, table: Collect) -> Finding:
    name = wording.name(project, table.data)
    verdict = Verdict(
        message=Text(
            f"{name.en} became required for a function that did without before",
            f"原有功能现在要求必须提供{name.zh}",
        ),
        why=Text(
            "What users already have may not be refused for the sake of what is new.",
            "不得因用户不同意新增的收集而拒绝提供原有功能。",
        ),
        help=Text(
            "give it a function of its own, or set required = false",
            "单独设置功能，或设 required = false",
        ),
        clauses=CHECK.clauses,
    )
    entry = Entry(
        key=f"collect.{index}.required",
        label=Text("not required before", "以前不是必须的"),
        subject=f"collect:{table.data}:{table.function}",
        data=table.data,
    )
    return at_declaration(project, CHECK, entry, verdict)
