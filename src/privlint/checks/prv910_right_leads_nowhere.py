"""An entry of `[rights]` points at code or a page that is not there.

## What it finds

`withdraw`, `correct`, `delete`, `close_account` and the other entries name a class, function or property by its dotted
name, a file, or a route (`/account/close`). What no source of the app declares, and no file is, is reported; so is a
placeholder. An address is not fetched, and a description in words is not looked up. Where a part of the app is written
in a language that is not read, nothing is reported. Whether what is there does its work is not seen.

## Why it matters

The manifest tells a privacy officer where users withdraw, correct, delete and close. When code is renamed or removed,
the right may go with it. Items 3.8 and 6.1 of the 2019 method are about ways that are not there, in our paraphrase.

## Bad

```toml
[app]
name = "Example Forum"
category = "online-community"

[rights]
close_account = "com.example.account.CloseAccountActivity" # expect: PRV910
```

```kotlin app/Settings.kt
package com.example.account

class SettingsActivity
```

## Good

```toml
[app]
name = "Example Forum"
category = "online-community"

[rights]
close_account = "com.example.account.CloseAccountActivity"
```

```kotlin app/Settings.kt
package com.example.account

class CloseAccountActivity
```

## How to fix

Name what serves the right today. If nothing does, build it before the release.

## How to suppress

In a `[[waive]]` table with `check = "PRV910"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import asked
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.rights import Pointer

ZH = """`[rights]` 中的某一项指向不存在的代码或页面。

## 检查什么

`withdraw`、`correct`、`delete`、`close_account` 等用带点的全名写明类、函数或属性，或写明文件、路由
（`/account/close`）。应用的源代码没有声明、也没有这样的文件时报告；占位文字同样报告。网址不会联网读取，
文字说明不作查找。应用有一部分用不读取的语言编写时不报告。所指的代码是否有效无法得知。

## 为什么重要

清单告诉隐私负责人用户在哪里撤回、更正、删除和注销。代码改名或删除之后，相应的途径可能随之消失。2019 年认定方法第 3.8 项
和第 6.1 项涉及缺少这些途径（转述，非原文）。

## 反例

```toml
[app]
name = "示例论坛"
category = "online-community"

[rights]
close_account = "com.example.account.CloseAccountActivity" # expect: PRV910
```

```kotlin app/Settings.kt
package com.example.account

class SettingsActivity
```

## 正例

```toml
[app]
name = "示例论坛"
category = "online-community"

[rights]
close_account = "com.example.account.CloseAccountActivity"
```

```kotlin app/Settings.kt
package com.example.account

class CloseAccountActivity
```

## 如何修复

写明现在提供该项权利的代码或页面。如果没有，请在发布前实现。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV910"` 和清单的路径。
"""

CHECK = Check(
    id="PRV910",
    slug="right-leads-nowhere",
    title=Text("Right that leads nowhere", "权利途径指向不存在的代码或页面"),
    severity="warning",
    clauses=("cn-method-2019/6.1", "cn-method-2019/3.8", "cn-pipl-2021/15", "cn-pipl-2021/46", "cn-pipl-2021/47"),
)

_CLAUSES = {
    "rights.withdraw": ("cn-method-2019/3.8", "cn-pipl-2021/15"),
    "rights.correct": ("cn-method-2019/6.1", "cn-pipl-2021/46"),
    "rights.access": ("cn-pipl-2021/45",),
    "rights.opt_out": ("cn-method-2019/3.6", "cn-pipl-2021/24"),
}
_DELETING = ("cn-method-2019/6.1", "cn-pipl-2021/47")


def check(project: Project) -> Iterator[Finding]:
    """Report what was looked for and not found."""
    if project.rights is None or (project.declared is not None and asked.hybrid(project.declared)):
        return
    for pointer in project.rights.pointers:
        if pointer.state == "missing":
            yield _finding(project, pointer)


def _finding(project: Project, pointer: Pointer) -> Finding:
    related: tuple[Related, ...] = ()
    if pointer.near is not None:
        related = (Related(pointer.near, Text(f"this one is {pointer.symbol}", f"此处是 {pointer.symbol}")),)
    verdict = Verdict(
        message=Text(
            f"`{pointer.key}` names {pointer.named}, which was not found",
            f"`{pointer.key}` 写明了 {pointer.named}，但没有找到",
        ),
        why=Text("Users need a way that is really there.", "用户需要真实存在的途径。"),
        help=Text(
            "name the class, function, file or route that serves it today; if there is none, build it",
            "写明现在提供该途径的类、函数、文件或路由；如果没有，请实现",
        ),
        clauses=_CLAUSES.get(pointer.key, _DELETING),
        related=related,
    )
    entry = Entry(key=pointer.key, label=Text("not found", "没有找到"), subject=pointer.key)
    return at_declaration(project, CHECK, entry, verdict)
