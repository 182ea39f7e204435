"""The manifest names a category that does not exist.

## What it finds

A `category` in `[app]` or `[[apps]]` that is neither one of the 39 ids nor `other`. Until it is mended, nothing of
that app is held against a list of necessary personal information.

## Why it matters

The category decides what is necessary: article 5 of the 2021 provisions on necessary personal information.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigatoin" # expect: PRV204
```

## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"
```

## How to fix

Write one of the ids that `privlint categories` lists, or `other` if none fits. The main service decides.

## How to suppress

It cannot be left standing sensibly: correct the id. `ignore = ["PRV204"]` in `[check]` silences it.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.spelling import closest

ZH = """清单写了不存在的类别。

## 检查什么

`[app]` 或 `[[apps]]` 的 `category` 既不是 39 个类别 id 之一，也不是 `other`。
改正之前，该应用不会与任何必要个人信息范围对照。

## 为什么重要

类别决定哪些信息是必要的：见 2021 年必要个人信息范围规定第五条。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigatoin" # expect: PRV204
```

## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"
```

## 如何修复

填写 `privlint categories` 列出的 id 之一；都不符合时填 `other`。以主要服务为准。

## 如何抑制

应当改正 id，不宜保留。`[check]` 中的 `ignore = ["PRV204"]` 可使其不再显示。
"""

CHECK = Check(
    id="PRV204",
    slug="unknown-category",
    title=Text("Unknown category", "未知的类别"),
    severity="error",
)


def check(project: Project) -> Iterator[Finding]:
    """Look up the category of every app."""
    single = project.manifest.manifest.app is not None
    for index, app in enumerate(project.apps):
        if app.category != "other" and app.category not in project.categories:
            yield _finding(project, "app.category" if single else f"apps.{index}.category", app.category)


def _finding(project: Project, key: str, category: str) -> Finding:
    meant = closest(category, (*project.categories, "other"))
    english = f'did you mean "{meant}"? ' if meant else ""
    chinese = f"是否要写 “{meant}”？" if meant else ""
    verdict = Verdict(
        message=Text(f'unknown category "{category}"', f"未知的类别 “{category}”"),
        why=Text(
            "Without a category nothing of this app can be held against a list of necessary personal information.",
            "没有类别，就无法将该应用与必要个人信息范围对照。",
        ),
        help=Text(
            f'{english}`privlint categories` lists the ids; write "other" if none fits',
            f"{chinese}`privlint categories` 列出全部 id；都不符合时填 “other”",
        ),
    )
    entry = Entry(key=key, label=Text("no such category", "没有这个类别"), subject=f"category:{category}")
    return at_declaration(project, CHECK, entry, verdict)
