"""A device identifier is used away from the place that obtains it.

## What it finds

A use of a property or function of the project that hands out a device identifier (an Android ID, an IMEI, a MAC
address, an advertising id …) which another file obtains. The place that obtains it is judged by PRV101 and PRV201; here
it is told where the identifier goes, once for each function.

It is information. Only what is handed out as it was obtained is followed, and only one step: a value that is hashed,
stored or passed on is not.

## Why it matters

A purpose is declared for an identifier, and each use has to fit it. Collecting is to be limited to the smallest scope
that the purpose needs (article 6 of the Personal Information Protection Law).

## Bad

```toml
[app]
name = "Example Notes"
category = "utility"

[[function]]
id = "sync"
name = "Sync between devices"

[[collect]]
data = "android-id"
purpose = "Tell the user's devices apart"
function = "sync"
```

```kotlin app/Device.kt
package com.example.notes

import android.content.Context
import android.provider.Settings

class Device(private val context: Context) {
    fun id(): String = Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)
}
```

```kotlin app/Share.kt
package com.example.notes

class Share(private val device: Device) {
    fun link() = "https://notes.example/?d=" + device.id() // expect: PRV801
}
```

## Good

```toml
[app]
name = "Example Notes"
category = "utility"

[[function]]
id = "sync"
name = "Sync between devices"

[[collect]]
data = "android-id"
purpose = "Tell the user's devices apart"
function = "sync"
```

```kotlin app/Device.kt
package com.example.notes

import android.content.Context
import android.provider.Settings

class Device(private val context: Context) {
    private fun id(): String = Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)

    fun isSame(other: String) = other == id()
}
```

```kotlin app/Share.kt
package com.example.notes

class Share(private val device: Device) {
    fun link(other: String) = "https://notes.example/?same=" + device.isSame(other)
}
```

## How to fix

Check that the use fits the purpose that the manifest declares for the identifier. Where it does not, keep the
identifier private to the code that needs it, or use a random id of the app's own.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV801] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import wording
from privlint.checks.findings import Use, Verdict, at_use
from privlint.model.check import Check
from privlint.model.facts import Observation
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project

ZH = """设备标识符在取得它的位置之外被使用。

## 检查什么

使用了项目中某个属性或函数，而它交出的是另一文件取得的设备标识符（Android ID、IMEI、MAC 地址、广告标识符等）。
取得该标识符的位置由 PRV101 和 PRV201 判断；这里说明标识符去了哪里，每个函数只报告一次。

仅作提示。只跟踪原样交出的值，且只跟踪一步：经过哈希、存储或再次传递的值不跟踪。

## 为什么重要

声明标识符时写明了目的，每一处使用都应与之相符。收集个人信息应当限于实现处理目的的最小范围（个人信息保护法第六条）。

## 反例

```toml
[app]
name = "示例笔记"
category = "utility"

[[function]]
id = "sync"
name = "设备间同步"

[[collect]]
data = "android-id"
purpose = "区分用户的设备"
function = "sync"
```

```kotlin app/Device.kt
package com.example.notes

import android.content.Context
import android.provider.Settings

class Device(private val context: Context) {
    fun id(): String = Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)
}
```

```kotlin app/Share.kt
package com.example.notes

class Share(private val device: Device) {
    fun link() = "https://notes.example/?d=" + device.id() // expect: PRV801
}
```

## 正例

```toml
[app]
name = "示例笔记"
category = "utility"

[[function]]
id = "sync"
name = "设备间同步"

[[collect]]
data = "android-id"
purpose = "区分用户的设备"
function = "sync"
```

```kotlin app/Device.kt
package com.example.notes

import android.content.Context
import android.provider.Settings

class Device(private val context: Context) {
    private fun id(): String = Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)

    fun isSame(other: String) = other == id()
}
```

```kotlin app/Share.kt
package com.example.notes

class Share(private val device: Device) {
    fun link(other: String) = "https://notes.example/?same=" + device.isSame(other)
}
```

## 如何修复

核对该处使用是否符合清单为该标识符声明的目的。不符合时，让标识符只在需要它的代码内部使用，或改用应用自己的随机标识符。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV801] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV801",
    slug="identifier-handed-on",
    title=Text("Device identifier used elsewhere", "设备标识符在别处使用"),
    severity="info",
    clauses=("cn-pipl-2021/6",),
)


def check(project: Project) -> Iterator[Finding]:
    """Tell of each function, once, that it uses an identifier which another file obtains."""
    told = set()
    for seen in project.given_on():
        for data in seen.data:
            key = (seen.place.path, seen.enclosing, data)
            if key not in told and seen.place.path not in project.test_paths:
                told.add(key)
                yield _finding(project, seen, data)


def _finding(project: Project, seen: Observation, data: str) -> Finding:
    name = wording.name(project, data)
    member = ".".join(seen.symbol.split(".")[-2:])
    verdict = Verdict(
        message=Text(f"{name.en} is used here, handed out by {member}", f"此处使用了 {member} 交出的{name.zh}"),
        why=Text(
            "Each use of an identifier has to fit its declared purpose.", "标识符的每一处使用都应符合所声明的目的。"
        ),
        help=Text(
            "check that this use fits the purpose declared for it; else keep the identifier private, or use a random id"
            " of the app's own",
            "核对该处使用是否符合所声明的目的；否则让标识符只在内部使用，或改用应用自己的随机标识符",
        ),
        clauses=CHECK.clauses,
    )
    return at_use(project, CHECK, Use(seen, data, project.app_at(seen.place.path)), verdict)
