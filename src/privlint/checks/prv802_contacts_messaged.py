"""Contacts of the user are sent messages or invitations.

## What it finds

A value that was read from the address book and is given to what sends an SMS (`SmsManager.sendTextMessage` and the
like), to the messaging app (`smsto:`), or to a call named after inviting: in the routine that reads the contacts, in
one that calls it, or in one of the same file that it calls. Values are followed by the names of locals, collections
and parameters.

Sending is a warning; an invitation through a call of the app's own, and a message that the user still sees in the
messaging app, are information. It is information as well where the manifest declares contacts with a purpose that says
it. A contact that the user picks (`ACTION_PICK`) was not read from the address book.

## Why it matters

The people in an address book have agreed to nothing, and get messages that the user may never have seen. Article 6 of
the Personal Information Protection Law ties processing to a clear purpose; the 2019 method names collecting in breach
of the app's own rules (item 3.9, in our paraphrase).

## Bad

```toml
[app]
name = "Example Community"
category = "other"

[[collect]]
data = "contacts"
purpose = "Find friends"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.telephony.SmsManager

class Friends(private val resolver: ContentResolver, private val sms: SmsManager) {
    fun tell() {
        val rows = resolver.query(Phone.CONTENT_URI, null, null, null, null) ?: return
        while (rows.moveToNext()) {
            val number = rows.getString(0)
            sms.sendTextMessage(number, null, "Join me", null, null) // expect: PRV802
        }
    }
}
```

## Good

```toml
[app]
name = "Example Community"
category = "other"

[[collect]]
data = "contacts"
purpose = "Find friends"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.telephony.SmsManager

class Friends(private val resolver: ContentResolver, private val sms: SmsManager) {
    fun known(): Int = resolver.query(Phone.CONTENT_URI, null, null, null, null)?.count ?: 0

    fun tell(chosen: String) = sms.sendTextMessage(chosen, null, "Join me", null, null)
}
```

## How to fix

Let the user choose whom to write to, show the text, and send only then. Say in the purpose and in the privacy policy
that contacts are used for invitations.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV802] reason` (in Python `# privlint: …`). For a
whole file, and until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import served
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.manner import Sending
from privlint.model.project import Severity

ZH = """向用户的联系人发送短信或邀请。

## 检查什么

从通讯录读取的值被交给发送短信的调用（`SmsManager.sendTextMessage` 等）、短信应用（`smsto:`）或名称含有邀请之意的调用：
位于读取联系人的函数中、调用它的函数中，或同一文件中由它调用的函数中。按局部变量、集合和参数的名称跟踪。

发送为警告；通过应用自己的调用发出邀请，以及用户仍可在短信应用中看到的短信，为提示。清单为联系人声明的目的已写明时也为提示。
用户自行选取的联系人（`ACTION_PICK`）不属于读取通讯录。

## 为什么重要

通讯录中的人没有同意过任何事，却会收到用户可能从未看到的短信。个人信息保护法第六条要求处理个人信息具有明确的目的；
2019 年认定方法列举了违反应用自己声明的规则收集使用个人信息（第 3.9 项，转述，非原文）。

## 反例

```toml
[app]
name = "示例社区"
category = "other"

[[collect]]
data = "contacts"
purpose = "查找好友"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.telephony.SmsManager

class Friends(private val resolver: ContentResolver, private val sms: SmsManager) {
    fun tell() {
        val rows = resolver.query(Phone.CONTENT_URI, null, null, null, null) ?: return
        while (rows.moveToNext()) {
            val number = rows.getString(0)
            sms.sendTextMessage(number, null, "Join me", null, null) // expect: PRV802
        }
    }
}
```

## 正例

```toml
[app]
name = "示例社区"
category = "other"

[[collect]]
data = "contacts"
purpose = "查找好友"
consent = "separate"
```

```kotlin
import android.content.ContentResolver
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.telephony.SmsManager

class Friends(private val resolver: ContentResolver, private val sms: SmsManager) {
    fun known(): Int = resolver.query(Phone.CONTENT_URI, null, null, null, null)?.count ?: 0

    fun tell(chosen: String) = sms.sendTextMessage(chosen, null, "Join me", null, null)
}
```

## 如何修复

由用户选择收件人并看到内容之后再发送。在 purpose 和隐私政策中写明联系人用于邀请。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV802] 理由`（Python 用 `# privlint: …`）。
针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV802",
    slug="contacts-messaged",
    title=Text("Contacts are sent messages or invitations", "向联系人发送短信或邀请"),
    severity="warning",
    clauses=("cn-pipl-2021/6", "cn-method-2019/3.9"),
)

_CONTACTS = "contacts"
_WAYS = {
    "sms": Text("contacts from the address book are sent an SMS", "向通讯录中的联系人发送短信"),
    "composed": Text(
        "contacts from the address book are handed to the messaging app as recipients",
        "把通讯录中的联系人作为收件人交给短信应用",
    ),
    "invitation": Text(
        "contacts from the address book are given to a call that invites", "把通讯录中的联系人交给邀请接口"
    ),
}


def check(project: Project) -> Iterator[Finding]:
    """Report what sends to contacts."""
    rules = project.rules.manner if project.rules else None
    if project.manner is None or rules is None:
        return
    words = rules.invite
    said = served.by_purpose(project, (_CONTACTS,), (*words.purposes_zh, *words.purposes_en))
    for one in project.manner.sendings:
        yield _finding(project, one, said=said)


def _severity(project: Project, one: Sending, *, said: bool) -> Severity:
    sends = one.way == "sms" and not said
    return "warning" if sends and one.place.path not in project.test_paths else "info"


def _finding(project: Project, one: Sending, *, said: bool) -> Finding:
    verdict = Verdict(
        message=_WAYS[one.way],
        why=Text(
            "The people in an address book have agreed to nothing, and the user may not have chosen whom to write to.",
            "通讯录中的人没有同意过任何事，用户也可能没有选择过收件人。",
        ),
        help=Text(
            "let the user choose whom to write to, show the text, then send; say so in the purpose of contacts",
            "由用户选择收件人并看到内容之后再发送；在联系人的 purpose 中写明",
        ),
        clauses=CHECK.clauses,
        related=(
            Related(one.source, Text("the contacts are read here", "联系人在此读取")),
            *(Related(step.place, Text(f"calls {step.name}", f"调用 {step.name}")) for step in one.steps),
        ),
    )
    mark = Mark(
        place=one.place,
        label=Text("made of contacts", "来自通讯录"),
        subject=one.symbol,
        severity=_severity(project, one, said=said),
        data=(_CONTACTS,),
        apps=project.apps_at(one.place.path),
    )
    return at_place(project, CHECK, mark, verdict)
