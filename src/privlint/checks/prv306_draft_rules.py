"""Something that the draft rules of 2026 would ask for otherwise. They are a draft: nothing here is law.

## What it finds

- the location in the background, asked for in AndroidManifest.xml;
- a permission for pictures, contacts, messages or storage for which the system has a picker of its own, where nothing
  declares the data;
- a `[[collect]]` table that names a recipient, where consent is not separate and the basic service does not need the
  data.

All of it is information. `ignore = ["PRV306"]` in `[check]` leaves the draft out.

## Why it matters

The draft of January 2026 shows what regulators may ask next. It was published for comment, and no promulgation had been
found when the rules were written. Its wording was not compared, so our summaries are not quotations.

## Bad

```toml
[app]
name = "Example Forum"
category = "online-community"

[[function]]
id = "sync"
name = "Sync with partners"

[[collect]]
data = "account-id"
purpose = "Sync bookmarks with a partner"
function = "sync"
recipient = "Partner Ltd" # expect: PRV306
```

## Good

```toml
[app]
name = "Example Forum"
category = "online-community"

[[function]]
id = "sync"
name = "Sync with partners"

[[collect]]
data = "account-id"
purpose = "Sync bookmarks with a partner"
function = "sync"
recipient = "Partner Ltd"
consent = "separate"
```

## How to fix

Nothing has to be fixed today. Who wants to be early takes the way that the finding names.

## How to suppress

In a `[[waive]]` table with `check = "PRV306"` and the path of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import asked, wording
from privlint.checks.asked import Asked
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Collect

ZH = """2026 年的征求意见稿会有不同要求的内容。它是征求意见稿，不是现行规定。

## 检查什么

- AndroidManifest.xml 申请了后台定位；
- 申请了图片、通讯录、短信或存储权限，而系统提供了选择方式，且没有声明相应信息；
- `[[collect]]` 写明了接收方，但不是单独同意，且基本功能服务不需要该信息。

均为提示。`[check]` 中的 `ignore = ["PRV306"]` 可以不检查征求意见稿。

## 为什么重要

2026 年 1 月的征求意见稿反映了监管部门今后可能的要求。它仅公开征求意见，编写规则时没有发现正式发布。
其原文未经核对，因此概要均为转述，不是引用。

## 反例

```toml
[app]
name = "示例论坛"
category = "online-community"

[[function]]
id = "sync"
name = "与合作方同步"

[[collect]]
data = "account-id"
purpose = "与合作方同步书签"
function = "sync"
recipient = "合作方公司" # expect: PRV306
```

## 正例

```toml
[app]
name = "示例论坛"
category = "online-community"

[[function]]
id = "sync"
name = "与合作方同步"

[[collect]]
data = "account-id"
purpose = "与合作方同步书签"
function = "sync"
recipient = "合作方公司"
consent = "separate"
```

## 如何修复

目前无须修复。希望提前准备的，可采用提示中给出的方式。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV306"` 和文件路径。
"""

CHECK = Check(
    id="PRV306",
    slug="draft-rules",
    title=Text("What draft rules of 2026 would ask otherwise", "2026 年征求意见稿会有不同要求"),
    severity="info",
    clauses=("cn-draft-2026/background-location", "cn-draft-2026/storage-access", "cn-draft-2026/third-parties"),
)

_BACKGROUND = "android.permission.ACCESS_BACKGROUND_LOCATION"
_PICKED = frozenset({"photos", "videos", "contacts", "sms", "files", "audio-files"})


def check(project: Project) -> Iterator[Finding]:
    """Look at permissions and recipients."""
    if not any(policy.draft for policy in project.policies):
        return
    for one in asked.living(project):
        if one.request.name == _BACKGROUND:
            yield _permission(project, one, "background-location")
        elif (
            one.rule.narrower is not None
            and not _PICKED.isdisjoint(one.rule.data)
            and not asked.stated(project, one.rule)
        ):
            yield _permission(project, one, "storage-access")
    if project.asked(project.manifest.path):
        for index, table in enumerate(project.manifest.manifest.collect):
            needed = all(project.standing(app, table.data) == "necessary" for app in project.apps or (None,))
            if _is_shared(table) and not needed and table.consent != "separate" and table.basis == "consent":
                yield _recipient(project, index, table)


def _is_shared(table: Collect) -> bool:
    return table.recipient.strip().lower() not in {"", "none", "无"}


def _permission(project: Project, one: Asked, item: str) -> Finding:
    way = one.rule.narrower
    verdict = Verdict(
        message=Text(
            f"{one.short}: draft rules would ask for a narrower way", f"{one.short}：征求意见稿会要求采用范围更小的方式"
        ),
        why=_DRAFT,
        help=Text(way.way_en, way.way_zh) if way is not None else _FOREGROUND,
        clauses=(f"cn-draft-2026/{item}",),
    )
    mark = Mark(
        place=one.request.place,
        label=Text("in a draft only", "仅见于征求意见稿"),
        subject=f"draft:{one.request.name}",
        severity="info",
        data=one.rule.data[:1],
        apps=one.apps,
    )
    return at_place(project, CHECK, mark, verdict)


def _recipient(project: Project, index: int, table: Collect) -> Finding:
    name = wording.name(project, table.data)
    verdict = Verdict(
        message=Text(
            f"{name.en} goes to {table.recipient}: draft rules would ask for separate consent",
            f"{name.zh}提供给{table.recipient}：征求意见稿会要求单独同意",
        ),
        why=_DRAFT,
        help=Text('ask for consent by itself, and set consent = "separate"', '单独征求同意，并设 consent = "separate"'),
        clauses=("cn-draft-2026/third-parties",),
    )
    mark = Mark(
        place=project.place(f"collect.{index}.recipient"),
        label=Text("in a draft only", "仅见于征求意见稿"),
        subject=f"draft:recipient:{table.data}:{table.function}",
        severity="info",
        data=(table.data,),
    )
    return at_place(project, CHECK, mark, verdict)


_DRAFT = Text("This is a draft for comment, and not in force.", "这是征求意见稿，尚未施行。")
_FOREGROUND = Text("take the location while the app is in use", "仅在使用应用时获取位置")
