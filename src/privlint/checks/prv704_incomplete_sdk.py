"""An `[[sdk]]` table does not say what users have to be told.

## What it finds

A table without data or without the address of the vendor's notice; and one that leaves out data
which the vendor's published notice names, where that notice was read for the catalogue. Data that an SDK takes only
when the app switches it on is not asked for.

## Why it matters

Among the conduct that the 2019 method names, in our paraphrase: not listing one by one the purpose, manner and scope of
what the app and the third-party code in it collect (item 2.1).

## Bad

```toml
[app]
name = "Example Notes"
category = "utility"

[[sdk]] # expect: PRV704
name = "Example Crashes"
purpose = "Learn of crashes"
data = ["crash-logs"]
```

## Good

```toml
[app]
name = "Example Notes"
category = "utility"

[[sdk]]
name = "Example Crashes"
purpose = "Learn of crashes"
data = ["crash-logs"]
notice = "https://example.com/crashes/privacy"
```

## How to fix

Add what is missing, from the vendor's published notice; and say the same in the privacy policy.

## How to suppress

In a `[[waive]]` table with `check = "PRV704"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import packaged, wording
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Sdk

ZH = """`[[sdk]]` 没有写全应当告知用户的内容。

## 检查什么

缺少信息类型或厂商说明网址的表；以及遗漏了厂商公开说明所列信息的表（仅限编目时读过该说明的）。
应用主动开启后 SDK 才收集的信息不作要求。

## 为什么重要

2019 年认定方法所列的行为中有（转述，非原文）：没有逐一列出应用及嵌入的第三方代码收集使用个人信息的目的、方式和范围
（第 2.1 项）。

## 反例

```toml
[app]
name = "示例笔记"
category = "utility"

[[sdk]] # expect: PRV704
name = "示例崩溃统计"
purpose = "了解崩溃情况"
data = ["crash-logs"]
```

## 正例

```toml
[app]
name = "示例笔记"
category = "utility"

[[sdk]]
name = "示例崩溃统计"
purpose = "了解崩溃情况"
data = ["crash-logs"]
notice = "https://example.com/crashes/privacy"
```

## 如何修复

依据厂商公开的说明补全，并在隐私政策中作同样的说明。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV704"` 和清单的路径。
"""

CHECK = Check(
    id="PRV704",
    slug="incomplete-sdk",
    title=Text("SDK declared incompletely", "SDK 声明不完整"),
    severity="warning",
    clauses=("cn-method-2019/2.1", "cn-pipl-2021/17"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look at every table for what is missing."""
    if not project.asked(project.manifest.path):
        return
    for index, entry in enumerate(project.manifest.manifest.sdk):
        missing = [*_missing(entry), *_left_out(project, entry)]
        if missing:
            yield _finding(project, index, entry, missing)


def _missing(entry: Sdk) -> Iterator[Text]:
    if not entry.data:
        yield Text("the data that it takes", "收集的信息")
    if not entry.notice.startswith(("https://", "http://")):
        yield Text("the address of its vendor's notice", "厂商说明的网址")


def _left_out(project: Project, entry: Sdk) -> Iterator[Text]:
    """Name what the vendor's notice says and the table does not; nothing for a table without any data."""
    if project.rules is None or not entry.data:
        return
    given = {inner for data in entry.data for inner in project.includes(data)}
    for vendor, sdk in packaged.catalogue(project):
        if not packaged.describes(entry, vendor, sdk):
            continue
        stated = [data for data in sdk.stated if data not in given]
        if stated:
            names = wording.names(project, stated)
            yield Text(f"{names.en}, which its vendor's notice names", f"厂商说明所列的{names.zh}")
        return


def _finding(project: Project, index: int, entry: Sdk, missing: list[Text]) -> Finding:
    english = "; ".join(one.en for one in missing)
    chinese = "；".join(one.zh for one in missing)
    verdict = Verdict(
        message=Text(f"the table about {entry.name} lacks {english}", f"关于 {entry.name} 的表缺少{chinese}"),
        why=Text(
            "Users have to be told which third parties' code is in the app, what it takes and what for.",
            "应当告知用户应用嵌入了哪些第三方代码、收集什么、用于什么目的。",
        ),
        help=Text(
            "add it from the vendor's published notice, and say the same in the privacy policy",
            "依据厂商公开的说明补全，并在隐私政策中作同样的说明",
        ),
        clauses=CHECK.clauses,
    )
    place = Entry(key=f"sdk.{index}", label=Text("incomplete", "不完整"), subject=f"sdk:{entry.name}")
    return at_declaration(project, CHECK, place, verdict)
