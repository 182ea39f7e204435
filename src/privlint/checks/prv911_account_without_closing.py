"""The app has accounts, and nothing in it closes one.

## What it finds

An app that shows accounts (an activity for logging in or registering in AndroidManifest.xml, a form with a password or
an account name, an SDK for logging in, or such data in a `[[collect]]` table), where neither `[rights].close_account`
nor `delete` names anything, nothing in the sources or string resources speaks of closing an account, and no policy that
could be read does. Only words are looked for.

## Why it matters

No effective way to correct or delete data or to close the account is, in our paraphrase, among the conduct that the
2019 method names (item 6.1).

## Bad

```toml
[app] # expect: PRV911
name = "Example Forum"
category = "online-community"
policy = "https://forum.example/privacy"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.forum">
    <application>
        <activity android:name=".LoginActivity" />
    </application>
</manifest>
```

```kotlin app/Login.kt
package com.example.forum

class LoginActivity
```

## Good

```toml
[app]
name = "Example Forum"
category = "online-community"
policy = "https://forum.example/privacy"

[rights]
close_account = "com.example.forum.Settings.leave"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.forum">
    <application>
        <activity android:name=".LoginActivity" />
    </application>
</manifest>
```

```kotlin app/Login.kt
package com.example.forum

class LoginActivity

class Settings {
    fun leave() = Unit
}
```

## How to fix

Build a way to close the account in the app, and name it in `[rights].close_account`. Where it is a page, give its
address.

## How to suppress

In a `[[waive]]` table with `check = "PRV911"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import asked, packaged, phrases, policy_words
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.app_rules import Topic
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project

ZH = """应用有账号，但没有注销的途径。

## 检查什么

应用表明有账号（AndroidManifest.xml 中有登录或注册的 activity、表单中有密码或账号、集成了登录 SDK，或 `[[collect]]`
声明了这类信息），而 `[rights].close_account` 和 `delete` 都为空，源代码和字符串资源中没有关于注销账号的内容，
能够读取的隐私政策中也没有。只查找词语。

## 为什么重要

未提供有效的更正、删除个人信息及注销账号功能，属于 2019 年认定方法所列的行为之一（转述，非原文；第 6.1 项）。

## 反例

```toml
[app] # expect: PRV911
name = "示例论坛"
category = "online-community"
policy = "https://forum.example/privacy"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.forum">
    <application>
        <activity android:name=".LoginActivity" />
    </application>
</manifest>
```

```kotlin app/Login.kt
package com.example.forum

class LoginActivity
```

## 正例

```toml
[app]
name = "示例论坛"
category = "online-community"
policy = "https://forum.example/privacy"

[rights]
close_account = "com.example.forum.Settings.leave"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.forum">
    <application>
        <activity android:name=".LoginActivity" />
    </application>
</manifest>
```

```kotlin app/Login.kt
package com.example.forum

class LoginActivity

class Settings {
    fun leave() = Unit
}
```

## 如何修复

在应用中提供注销账号的途径，并在 `[rights].close_account` 中写明。如果是网页，写明网址。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV911"` 和清单的路径。
"""

CHECK = Check(
    id="PRV911",
    slug="account-without-closing",
    title=Text("Account that cannot be closed", "账号没有注销途径"),
    severity="warning",
    clauses=("cn-method-2019/6.1", "cn-pipl-2021/47"),
)

_HALVES = frozenset({"log", "sign", "in", "up"})  # of LogIn and SignUp
_ACCOUNT = frozenset({"password-credential", "account-id"})
_KINDS = frozenset({"account", "one-tap-login"})


def check(project: Project) -> Iterator[Finding]:
    """Look for an account, and then for anything that closes one."""
    rights = project.rights
    if rights is None or not project.apps or "closing" in rights.told:
        return
    if project.declared is not None and asked.hybrid(project.declared):
        return
    named = project.manifest.manifest.rights
    if named.close_account.strip() or named.delete.strip():
        return
    if any(policy_words.treats(project, text, "closing") for _, text in policy_words.texts(project)):
        return
    shown = next(_accounts(project), None)
    if shown is not None:
        yield _finding(project, shown)


def _accounts(project: Project) -> Iterator[Related]:
    """Yield what shows that the app has accounts."""
    words = phrases.topic(project, "signing-in")
    for component in project.declared.components if project.declared else ():
        if component.kind == "activity" and component.reach == "release":
            simple = component.name.rpartition(".")[2]
            if _signs_in(words, simple):
                yield Related(component.place, Text(f"{simple} is here", f"此处是 {simple}"))
    for seen in project.seen():
        if seen.kind == "field" and not _ACCOUNT.isdisjoint(seen.data) and seen.place.path not in project.test_paths:
            yield Related(seen.place, Text("a field of an account", "账号的字段"))
    for index, table in enumerate(project.manifest.manifest.collect):
        if table.data in _ACCOUNT:
            yield Related(project.place(f"collect.{index}.data"), Text("declared here", "在此声明"))
    for found in packaged.sdks(project):
        if found.sdk.kind in _KINDS:
            yield Related(found.place, Text(f"{found.sdk.name_en} logs users in", f"{found.sdk.name_zh} 用于登录"))


def _signs_in(words: Topic | None, name: str) -> bool:
    """Tell whether a name says that users come to an account there, and speaks of nothing else."""
    if words is None or not phrases.parts(name) <= {*words.ids, *words.whole}:
        return False
    return any(one in words.ids and one not in _HALVES for one in (*phrases.parts(name), *phrases.pairs(name)))


def _finding(project: Project, shown: Related) -> Finding:
    where = f"{shown.place.path}:{shown.place.start.line}"
    verdict = Verdict(
        message=Text(
            f"the app has accounts ({where}), but nothing was found that closes one",
            f"应用有账号（{where}），但没有发现注销账号的途径",
        ),
        why=Text("Users must be able to close their account.", "用户应当能够注销账号。"),
        help=Text(
            "build a way to close the account, and name its code or page in [rights].close_account",
            "提供注销账号的途径，并在 [rights].close_account 中写明对应的代码或页面",
        ),
        clauses=CHECK.clauses,
        notes=(policy_words.BY_WORDS,),
        related=(shown,),
    )
    manifest = project.manifest.manifest
    key = "rights" if "rights" in project.manifest.places else "app" if manifest.app else "apps.0"
    entry = Entry(key=key, label=Text("no way to close an account", "没有注销途径"), subject="account-without-closing")
    return at_declaration(project, CHECK, entry, verdict)
