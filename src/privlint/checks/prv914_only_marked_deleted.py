"""A function of the server that deletes an account only marks it as deleted.

## What it finds

A Python function that closes or deletes an account, by its name, and that sets a flag (`is_deleted`, `is_active`,
`status`, `deleted_at` …), while it calls nothing that deletes, erases or anonymises, and nothing in the sources purges
later. It is information: a job outside this code may delete what is marked.

## Why it matters

The user is told that it is done while the server has not completed it: in our paraphrase, item 6.4 of the 2019 method.
Article 47 of the Personal Information Protection Law asks for deletion.

## Bad

```toml
[app]
name = "Example Forum"
category = "online-community"

[rights]
close_account = "server/account.py"
```

```python server/account.py
def delete_account(user, session):  # expect: PRV914
    user.is_deleted = True
    session.commit()
    return {"ok": True}
```

## Good

```toml
[app]
name = "Example Forum"
category = "online-community"

[rights]
close_account = "server/account.py"
```

```python server/account.py
def delete_account(user, session):
    user.is_deleted = True
    session.commit()
    return {"ok": True}


def purge_deleted(session):
    session.query(User).filter(User.is_deleted).delete()
```

## How to fix

Delete or anonymise the data, at once or by a job that runs within the promised time.

## How to suppress

On the line, or alone on the line above it: `# privlint: ignore[PRV914] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import phrases
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.rights import Deletion

ZH = """服务端删除账号的函数只作了已删除的标记。

## 检查什么

名称表明用于注销或删除账号的 Python 函数只设置了标记（`is_deleted`、`is_active`、`status`、`deleted_at` 等），
没有调用删除、清除或匿名化的函数，源代码中也没有之后清除的代码。仅作提示：这些代码之外的任务可能会删除已标记的数据。

## 为什么重要

用户被告知已完成，而后台并未完成：2019 年认定方法第 6.4 项（转述，非原文）。个人信息保护法第四十七条要求删除。

## 反例

```toml
[app]
name = "示例论坛"
category = "online-community"

[rights]
close_account = "server/account.py"
```

```python server/account.py
def delete_account(user, session):  # expect: PRV914
    user.is_deleted = True
    session.commit()
    return {"ok": True}
```

## 正例

```toml
[app]
name = "示例论坛"
category = "online-community"

[rights]
close_account = "server/account.py"
```

```python server/account.py
def delete_account(user, session):
    user.is_deleted = True
    session.commit()
    return {"ok": True}


def purge_deleted(session):
    session.query(User).filter(User.is_deleted).delete()
```

## 如何修复

立即删除或匿名化数据，或由在承诺时限内运行的任务完成。

## 如何抑制

写在该行，或单独写在上一行：`# privlint: ignore[PRV914] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV914",
    slug="only-marked-deleted",
    title=Text("Account only marked as deleted", "账号只作了删除标记"),
    severity="info",
    clauses=("cn-method-2019/6.4", "cn-pipl-2021/47"),
)

_SOFT = frozenset({"soft", "logical", "mark"})  # soft_delete(user) deletes nothing


def check(project: Project) -> Iterator[Finding]:
    """Look at the functions that delete accounts, unless something purges later."""
    rights = project.rights
    if rights is None or "purging" in rights.told:
        return
    flag, erasing = phrases.topic(project, "flag"), phrases.topic(project, "erasing")
    for one in rights.deletions:
        flags = [name for name in one.sets if phrases.named(flag, name)]
        erases = any(phrases.named(erasing, call) and phrases.parts(call).isdisjoint(_SOFT) for call in one.calls)
        if flags and not erases:
            yield _finding(project, one, flags[0])


def _finding(project: Project, one: Deletion, flag: str) -> Finding:
    verdict = Verdict(
        message=Text(
            f"{one.name} only sets {flag}; nothing that deletes the data was found",
            f"{one.name} 只设置了 {flag}，没有发现删除数据的代码",
        ),
        why=Text(
            "Users are told that their account is gone, while the data stays.", "用户被告知账号已注销，数据却仍然保留。"
        ),
        help=Text(
            "delete or anonymise the data, at once or by a job within the promised time",
            "立即删除或匿名化数据，或由在承诺时限内运行的任务完成",
        ),
        clauses=CHECK.clauses,
        notes=(_INDICATION,),
    )
    mark = Mark(
        place=one.place,
        label=Text("marks, and deletes nothing", "只作标记，没有删除"),
        subject=f"deletion:{one.name}",
        severity="info",
        confidence=Confidence.INFERRED,
        apps=project.apps_at(one.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


_INDICATION = Text(
    "an indication: a job outside this code may delete what is marked",
    "仅为迹象：这些代码之外的任务可能会删除已标记的数据",
)
