"""The complaint channel that the manifest names is a placeholder, is not published, or answers too late.

## What it finds

In `[contact]`:

- `complaints` that is a placeholder, or an address at a domain that is reserved for examples;
- `complaints` with an address, telephone number or page that a policy which could be read does not hold;
- `days` above 15: the method speaks of working days, so any longer promise is too long.

Whether complaints are answered is not seen.

## Why it matters

Setting up and publishing a channel for complaints, and answering within what was promised, 15 working days at most, is
what item 6.5 of the 2019 method is about, in our paraphrase; for requests to correct, delete or close, item 6.3.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[contact]
complaints = "privacy@maps.example.cn"
days = 30 # expect: PRV908
```

## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[contact]
complaints = "privacy@maps.example.cn"
days = 15
```

## How to fix

Name a channel that somebody reads, write the same into the policy, and promise an answer within 15 working days.

## How to suppress

In a `[[waive]]` table with `check = "PRV908"` and the path of the manifest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privlint.checks import phrases
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.draft import is_placeholder
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project

ZH = """清单写明的投诉渠道是占位内容、没有公布，或答复期限过长。

## 检查什么

`[contact]` 中：

- `complaints` 是占位文字，或使用了保留给示例的域名；
- `complaints` 写明的邮箱、电话或网页没有出现在能够读取的隐私政策中；
- `days` 超过 15：认定方法所说的是工作日，更长的承诺都过长。

是否实际答复无法得知。

## 为什么重要

建立并公布投诉、举报渠道，并在承诺时限内（最长 15 个工作日）受理并处理，是 2019 年认定方法第 6.5 项的内容（转述，
非原文）；更正、删除、注销的申请见第 6.3 项。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[contact]
complaints = "privacy@maps.example.cn"
days = 30 # expect: PRV908
```

## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[contact]
complaints = "privacy@maps.example.cn"
days = 15
```

## 如何修复

写明有人负责的渠道，在隐私政策中同样写明，并承诺在 15 个工作日内答复。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV908"` 和清单的路径。
"""

CHECK = Check(
    id="PRV908",
    slug="complaints-unanswered",
    title=Text("Complaint channel that cannot serve", "投诉渠道无法使用或期限过长"),
    severity="warning",
    clauses=("cn-method-2019/6.5", "cn-method-2019/6.3", "cn-pipl-2021/50"),
)

_LONGEST = 15  # working days, by item 6.5 of the method
_RESERVED = re.compile(r"[@/.]example\.(?:com|org|net)\b", re.IGNORECASE)  # RFC 2606
_ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+")
_SIGNS = re.compile(r"[\s()（）+-]")


def check(project: Project) -> Iterator[Finding]:
    """Look at what the manifest says of complaints."""
    if not project.asked(project.manifest.path):
        return
    contact = project.manifest.manifest.contact
    named = contact.complaints.strip()
    if contact.days > _LONGEST:
        yield _late(project, contact.days)
    if named and _is_no_channel(project, named):
        yield _placeholder(project, named)
    elif named and project.whole:
        yield from _unpublished(project, named)


def _is_no_channel(project: Project, named: str) -> bool:
    words = phrases.topic(project, "placeholder")
    return is_placeholder(named) or bool(_RESERVED.search(named)) or phrases.says_only(words, named)


def _unpublished(project: Project, named: str) -> Iterator[Finding]:
    """Look for the channel in every policy that could be read."""
    digits = "".join(letter for letter in named if letter.isdigit())
    address = _ADDRESS.search(named)
    if address is None and len(digits) < 7:
        return  # a page or a class of the app: a text cannot hold it
    for text in project.texts:
        plain = _SIGNS.sub("", text.text).casefold()
        wanted = address[0].casefold() if address else digits
        if text.state == "read" and _SIGNS.sub("", wanted) not in plain:
            yield _finding(
                project,
                "contact.complaints",
                Text(f"{text.named} does not name {named}", f"{text.named} 没有写明 {named}"),
                Text("write the channel into the policy too", "在隐私政策中同样写明该渠道"),
            )


def _late(project: Project, days: int) -> Finding:
    return _finding(
        project,
        "contact.days",
        Text(
            f"complaints are promised an answer within {days} days, which is longer than {_LONGEST} working days",
            f"承诺在 {days} 天内答复投诉，超过 {_LONGEST} 个工作日",
        ),
        Text(f"promise at most {_LONGEST} working days", f"承诺不超过 {_LONGEST} 个工作日"),
    )


def _placeholder(project: Project, named: str) -> Finding:
    return _finding(
        project,
        "contact.complaints",
        Text(f"the complaint channel {named} is a placeholder", f"投诉渠道 {named} 是占位内容"),
        Text("name the address, number or page that users reach", "写明用户能够联系到的邮箱、电话或网页"),
    )


def _finding(project: Project, key: str, message: Text, remedy: Text) -> Finding:
    verdict = Verdict(
        message=message,
        why=Text(
            "Users must be able to complain, and be answered within what was promised, 15 working days at most.",
            "用户应当能够投诉，并在承诺时限内（最长 15 个工作日）得到答复。",
        ),
        help=remedy,
        clauses=CHECK.clauses,
    )
    entry = Entry(key=key, label=Text("complaints", "投诉"), subject=key)
    return at_declaration(project, CHECK, entry, verdict)
