"""Data is required for no other purpose than to improve the service, to advertise or to develop products.

## What it finds

A `[[collect]]` table with `required = true` and consent as its basis, where every part of the purpose speaks of service
quality, user experience, targeted push, advertising, analytics or new products. A purpose that also names something the
user gets is silent. Only words are looked for.

## Why it matters

Making users agree merely for the sake of such purposes is, in our paraphrase, among the conduct that the 2019 method
names (item 4.5).

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "Improve the user experience and show targeted advertising" # expect: PRV104
consent = "separate"
required = true
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
required = true
```

## How to fix

Make it optional (`required = false`), and let the function work when the user refuses; or name what the user gets for
it.

## How to suppress

In a `[[waive]]` table with `check = "PRV104"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import phrases, wording
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Collect

ZH = """仅以改善服务、推送广告或研发产品等为由，要求用户必须提供信息。

## 检查什么

`[[collect]]` 写明 `required = true`、以同意为依据，而目的的每一部分都只是服务质量、用户体验、定向推送、广告、
数据分析或研发新产品。目的中还写明了用户得到什么的，不作提示。只查找词语。

## 为什么重要

仅以此类理由强制要求用户同意，属于 2019 年认定方法所列的行为之一（转述，非原文；第 4.5 项）。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "提升用户体验和定向推送" # expect: PRV104
consent = "separate"
required = true
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
required = true
```

## 如何修复

改为可选（`required = false`），用户不同意时功能仍可使用；或者写明用户由此得到什么。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV104"` 和清单的路径。
"""

CHECK = Check(
    id="PRV104",
    slug="required-for-improvement",
    title=Text("Required only to improve, advertise or develop", "仅以改善、推送或研发为由要求必须提供"),
    severity="error",
    clauses=("cn-method-2019/4.5", "cn-pipl-2021/16"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look at the purposes of what is required."""
    if not project.asked(project.manifest.path):
        return
    words = phrases.topic(project, "improvement")
    for index, table in enumerate(project.manifest.manifest.collect):
        parts = phrases.clauses(table.purpose)
        if table.required and table.basis == "consent" and parts and all(phrases.treats(words, one) for one in parts):
            yield _finding(project, index, table)


def _finding(project: Project, index: int, table: Collect) -> Finding:
    name = wording.opening(project, table.data)
    verdict = Verdict(
        message=Text(
            f"{name} required, only to improve, advertise or develop",
            f"仅以改善、推送或研发为由，要求必须提供{wording.name(project, table.data).zh}",
        ),
        why=Text(
            "Users may not be made to agree for the sake of such purposes alone.",
            "不得仅以此类理由强制要求用户同意。",
        ),
        help=Text(
            "set required = false and let the function work without it, or name what the user gets for it",
            "设 required = false，并使功能在用户不同意时仍可使用；或写明用户由此得到什么",
        ),
        clauses=CHECK.clauses,
    )
    entry = Entry(
        key=f"collect.{index}.purpose",
        label=Text("the only purpose", "仅此目的"),
        subject=f"collect:{table.data}:{table.function}",
        data=table.data,
    )
    return at_declaration(project, CHECK, entry, verdict)
