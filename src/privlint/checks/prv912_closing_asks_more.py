"""Closing the account asks for data that the app takes nowhere else.

## What it finds

A function or class that closes an account, by its name or because `[rights]` points at it, and that collects a face, an
identity document or its number, or a bank card, while no other code of the app collects the same.

## Why it matters

Unnecessary or unreasonable conditions for correcting, deleting or closing are, in our paraphrase, among the conduct
that the 2019 method names (item 6.2). Data that the app never had proves nothing about who closes the account.

## Bad

```toml
[app]
name = "Example Forum"
category = "online-community"

[[function]]
id = "leave"
name = "Close the account"

[[collect]]
data = "id-document-number"
purpose = "Check who closes the account"
function = "leave"
consent = "separate"
```

```python server/account.py
from pydantic import BaseModel


class CloseAccountRequest(BaseModel):
    reason: str
    id_card_number: str  # expect: PRV912
```

## Good

```toml
[app]
name = "Example Forum"
category = "online-community"

[[function]]
id = "verify"
name = "Verified badge"

[[collect]]
data = "id-document-number"
purpose = "Show the verified badge"
function = "verify"
consent = "separate"
```

```python server/account.py
from pydantic import BaseModel


class VerifyRequest(BaseModel):
    id_card_number: str


class CloseAccountRequest(BaseModel):
    reason: str
```

## How to fix

Ask for what the account already has: the password, or a code sent to the number that it was registered with.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV912] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import phrases, wording
from privlint.checks.findings import Use, Verdict, at_use
from privlint.model.check import Check
from privlint.model.facts import Observation
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project

ZH = """注销账号时要求提供应用在其他地方从未收集的信息。

## 检查什么

名称表明用于注销账号、或由 `[rights]` 指向的函数或类，收集了人脸、身份证件或其号码、银行卡，
而应用的其他代码没有收集同样的信息。

## 为什么重要

为更正、删除或注销设置不必要或不合理的条件，属于 2019 年认定方法所列的行为之一（转述，非原文；第 6.2 项）。
应用从未有过的信息，不能证明是谁在注销账号。

## 反例

```toml
[app]
name = "示例论坛"
category = "online-community"

[[function]]
id = "leave"
name = "注销账号"

[[collect]]
data = "id-document-number"
purpose = "核对注销账号的人"
function = "leave"
consent = "separate"
```

```python server/account.py
from pydantic import BaseModel


class CloseAccountRequest(BaseModel):
    reason: str
    id_card_number: str  # expect: PRV912
```

## 正例

```toml
[app]
name = "示例论坛"
category = "online-community"

[[function]]
id = "verify"
name = "认证标识"

[[collect]]
data = "id-document-number"
purpose = "显示认证标识"
function = "verify"
consent = "separate"
```

```python server/account.py
from pydantic import BaseModel


class VerifyRequest(BaseModel):
    id_card_number: str


class CloseAccountRequest(BaseModel):
    reason: str
```

## 如何修复

使用账号已有的信息核对：密码，或发送到注册手机号的验证码。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV912] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV912",
    slug="closing-asks-more",
    title=Text("Closing the account asks for more data", "注销账号要求提供更多信息"),
    severity="warning",
    clauses=("cn-method-2019/6.2", "cn-pipl-2021/47", "cn-pipl-2021/6"),
)

_PROOF = frozenset(
    {"face-data", "fingerprint-data", "id-document-copy", "id-document-number", "passport", "bank-card-number"}
)


def check(project: Project) -> Iterator[Finding]:
    """Look at what code collects that closes accounts, and nowhere else."""
    if not project.whole:
        return
    within: list[tuple[Observation, str]] = []
    elsewhere: set[str] = set()
    for seen in project.seen():
        if seen.kind not in {"collect", "field"} or seen.place.path in project.test_paths:
            continue
        for data in sorted(_PROOF.intersection(seen.data)):
            if _closes(project, seen):
                within.append((seen, data))
            else:
                elsewhere.add(data)
    for seen, data in within:
        if data not in elsewhere:
            yield _finding(project, seen, data)


def _closes(project: Project, seen: Observation) -> bool:
    """Tell whether a place is in what closes an account."""
    words = phrases.topic(project, "closing")
    where = (seen.enclosing or seen.symbol).lower().replace("_", "")
    if words is not None and any(one in where for one in words.code):
        return True
    for pointer in project.rights.pointers if project.rights else ():
        if pointer.key in {"rights.close_account", "rights.delete"} and pointer.place is not None and pointer.symbol:
            named = pointer.symbol.rpartition(".")[2].lower()
            if pointer.place.path == seen.place.path and named in where.split("."):
                return True
    return False


def _finding(project: Project, seen: Observation, data: str) -> Finding:
    name = wording.name(project, data)
    verdict = Verdict(
        message=Text(
            f"closing the account asks for {name.en}, which the app takes nowhere else",
            f"注销账号要求提供{name.zh}，而应用在其他地方没有收集该信息",
        ),
        why=Text(
            "Closing an account must not depend on more than is needed to know whose it is.",
            "注销账号的条件不应超出核对账号归属所需。",
        ),
        help=Text(
            "ask for what the account already has: the password, or a code sent to its number",
            "使用账号已有的信息核对：密码，或发送到注册手机号的验证码",
        ),
        clauses=CHECK.clauses,
    )
    return at_use(project, CHECK, Use(seen, data, project.app_at(seen.place.path)), verdict)
