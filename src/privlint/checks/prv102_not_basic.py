"""The manifest declares data as basic that the basic service does not need.

## What it finds

A `[[collect]]` table with `function = "basic"`, also by default, whose data is not on the list of necessary personal
information of the app's category. The finding stands in the manifest. Where several apps share one manifest, the data
has to be necessary for at least one of them.

It is silent for an app with `side = "supply"` and for the category `other`, because the list does not apply to them.

## Why it matters

What is declared as basic is what a user must give to use the app at all. Article 4 of the 2021 provisions on
necessary personal information: an app must not refuse its basic service because a user does not agree to give what is
not necessary.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "contacts" # expect: PRV102
purpose = "Share a route with friends"
consent = "separate"
```

## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[function]]
id = "share-route"
name = "Share a route with friends"

[[collect]]
data = "contacts"
purpose = "Choose the friend who gets the route"
function = "share-route"
consent = "separate"
```

## How to fix

Declare the extended function that needs the data with `[[function]]`, and set `function` to its id. If no function
needs the data, remove the declaration and the collection.

## How to suppress

A `[[waive]]` table with `check = "PRV102"` and the path of the manifest, or `ignore = ["PRV102"]` in `[check]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import declared_basic, wording
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Collect

ZH = """清单把基本功能服务并不需要的信息声明为基本功能所需。

## 检查什么

`[[collect]]` 中 `function = "basic"`（省略时也是），而该信息不在应用所属类别的必要个人信息范围内。问题标在清单上。
多个应用共用一份清单时，只要其中一个应用需要即可。

`side = "supply"`（服务供给侧）的应用和类别 `other` 不适用该范围，本检查不作判断。

## 为什么重要

声明为基本功能所需，意味着用户不提供就无法使用应用。2021 年必要个人信息范围规定第四条：
不得因为用户不同意提供非必要个人信息，而拒绝用户使用其基本功能服务。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "contacts" # expect: PRV102
purpose = "与好友分享路线"
consent = "separate"
```

## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[function]]
id = "share-route"
name = "与好友分享路线"

[[collect]]
data = "contacts"
purpose = "选择接收路线的好友"
function = "share-route"
consent = "separate"
```

## 如何修复

用 `[[function]]` 声明需要该信息的扩展功能，并把 `function` 设为它的 id。如果没有功能需要，删除该声明和收集行为。

## 如何抑制

使用 `[[waive]]`，其中 `check = "PRV102"`，路径为清单文件；或在 `[check]` 中设置 `ignore = ["PRV102"]`。
"""

CHECK = Check(
    id="PRV102",
    slug="not-basic",
    title=Text("Declared as basic, but not necessary for the basic service", "声明为基本功能所需，但并非必要个人信息"),
    severity="error",
    clauses=("cn-necessary-2021/5", "cn-necessary-2021/4", "cn-method-2019/4.1"),
)


def check(project: Project) -> Iterator[Finding]:
    """Hold every basic declaration against the categories' lists."""
    for index, declared, standing in declared_basic.standings(project):
        if standing == "unnecessary":
            yield _finding(project, index, declared)


def _finding(project: Project, index: int, declared: Collect) -> Finding:
    categories = declared_basic.categories(project)
    kind = wording.app_kind(categories)
    zh = wording.name(project, declared.data).zh
    function = wording.extended_function(project, declared.data)
    new = Text("", "") if function else wording.function_table(project)
    function = function or "extended-function"
    verdict = Verdict(
        message=Text(
            f"{wording.opening(project, declared.data)} declared as basic but not necessary for the basic service of"
            f" {kind.en}",
            f"{zh}被声明为基本功能所需，但它不是{kind.zh}基本功能服务的必要个人信息",
        ),
        why=Text(
            "What is declared as basic must be given to use the app at all; what is not necessary must be optional.",
            "声明为基本功能所需，意味着不提供就无法使用应用；非必要的信息必须可选。",
        ),
        help=Text(
            f'set function = "{function}" here, or remove the declaration and the collection\n{new.en}'.rstrip(),
            f'在此设置 function = "{function}"，或删除该声明和收集行为\n{new.zh}'.rstrip(),
        ),
        clauses=wording.category_clauses(categories, CHECK.clauses),
        leading="cn-necessary-2021/4",
        notes=wording.necessary(project, categories),
    )
    entry = Entry(
        key=f"collect.{index}.data",
        label=Text("not necessary for the basic service", "非基本功能服务所必需"),
        subject=f"collect:{declared.data}:{declared.function}",
        data=declared.data,
    )
    return at_declaration(project, CHECK, entry, verdict)
