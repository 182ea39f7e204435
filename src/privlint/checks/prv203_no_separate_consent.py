"""Sensitive data is declared without separate consent.

## What it finds

A `[[collect]]` table for sensitive personal data that rests on consent and whose `consent` is not `"separate"`. In an
app with `minors = true` every data type counts as sensitive. A table with another legal basis (`basis`) is not
reported.

## Why it matters

Article 29 of the Personal Information Protection Law: sensitive personal information needs the person's separate
consent. A ticked privacy policy is not that, and neither is the system's permission dialog alone: it states neither
the purpose nor the effect on the person. This also holds where the data is necessary for the basic service.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "Show the user's position and navigate"
consent = "permission" # expect: PRV203
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

Ask for this data by itself, with its purpose, its necessity and its effect on the person, at the moment the function
is used; then set `consent = "separate"`. Setting the word without the dialog mends nothing.

## How to suppress

A `[[waive]]` table with `check = "PRV203"` and the path of the manifest, or `ignore = ["PRV203"]` in `[check]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import wording
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Collect

ZH = """声明了敏感个人信息，但没有单独同意。

## 检查什么

`[[collect]]` 声明了基于同意处理的敏感个人信息，而 `consent` 不是 `"separate"`。`minors = true` 的应用中，
所有信息都视为敏感个人信息。声明了其他合法性基础（`basis`）的不报告。

## 为什么重要

个人信息保护法第二十九条：处理敏感个人信息应当取得个人的单独同意。勾选隐私政策不是单独同意；
仅有系统权限弹窗也不是，因为它没有说明目的和对个人的影响。即使该信息是基本功能服务所必需的，也是如此。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "显示用户位置并导航"
consent = "permission" # expect: PRV203
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

在使用该功能时就这项信息单独征求同意，说明目的、必要性和对个人的影响，然后设置 `consent = "separate"`。
只改这个值而没有相应的弹窗，问题依然存在。

## 如何抑制

使用 `[[waive]]`，其中 `check = "PRV203"`，路径为清单文件；或在 `[check]` 中设置 `ignore = ["PRV203"]`。
"""

CHECK = Check(
    id="PRV203",
    slug="no-separate-consent",
    title=Text("Sensitive data declared without separate consent", "声明了敏感个人信息，但没有单独同意"),
    severity="error",
    clauses=("cn-pipl-2021/28", "cn-pipl-2021/29"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for sensitive declarations that rest on a lesser consent."""
    if not project.asked(project.manifest.path):
        return
    for index, declared in enumerate(project.manifest.manifest.collect):
        if declared.consent == "separate" or declared.basis != "consent" or declared.data not in project.data_types:
            continue
        if any(project.sensitive(declared.data, app) for app in (None, *project.apps)):
            yield _finding(project, index, declared)


def _finding(project: Project, index: int, declared: Collect) -> Finding:
    zh = wording.name(project, declared.data).zh
    of_minors = not project.sensitive(declared.data)
    verdict = Verdict(
        message=Text(
            f"{wording.opening(project, declared.data)} sensitive but declared without separate consent",
            f"{zh}属于敏感个人信息，但声明的同意方式不是单独同意",
        ),
        why=Text(
            "Sensitive data needs consent of its own, apart from the policy and from the system's permission dialog.",
            "敏感个人信息需要单独同意，勾选隐私政策或系统权限弹窗都不能代替。",
        ),
        help=Text(
            'ask for it by itself, with its purpose and effect, and set consent = "separate"',
            '就该信息单独征求同意，说明目的和影响，并设置 consent = "separate"',
        ),
        clauses=CHECK.clauses,
        leading="cn-pipl-2021/29",
        notes=(
            Text(
                "the app is directed at children under 14 (minors = true), so all its data is sensitive",
                "应用面向不满十四周岁的未成年人（minors = true），其所有信息均为敏感个人信息",
            ),
        )
        if of_minors
        else (),
    )
    entry = Entry(
        key=f"collect.{index}.consent",
        label=Text("not separate consent", "不是单独同意"),
        subject=f"collect:{declared.data}:{declared.function}",
        data=declared.data,
    )
    return at_declaration(project, CHECK, entry, verdict)
