"""An identifier that the user cannot reset is taken where a resettable one would serve.

## What it finds

A place that takes the IMEI, MEID, IMSI, ICCID, the serial number or a MAC address, which the manifest declares for an
extended function, with a purpose that does not speak of anything that needs such an identifier: fraud or theft, device
management, the SIM card or the carrier, pairing with other devices, showing it to the user. One finding for each
declaration, at the first place; the others are named in it.

What is not declared is PRV201, what is declared as basic and not necessary PRV101: this check leaves them alone. It is
silent for the category `security`, for identifiers that the category's list names as necessary, and for uses that
another check covers.

## Why it matters

Article 6 of the Personal Information Protection Law asks for the way that affects people least. An identifier that
outlives the app, the account and a factory reset ties a person's whole life with the device together; Android's own
guide recommends resettable ones, and since Android 10 ordinary apps do not get most of the others.

## Bad

```toml
[app]
name = "Example Shop"
category = "online-shopping"

[[collect]]
data = "imei"
purpose = "Recognise the device of a member"
function = "membership"
consent = "separate"

[[function]]
id = "membership"
name = "Membership"
```

```kotlin
import android.telephony.TelephonyManager

class Device(private val telephony: TelephonyManager) {
    fun id(): String? = telephony.imei // expect: PRV602
}
```

## Good

```toml
[app]
name = "Example Shop"
category = "online-shopping"

[[collect]]
data = "imei"
purpose = "Find fraud with stolen devices"
function = "fraud"
consent = "separate"

[[function]]
id = "fraud"
name = "Fraud detection"
```

```kotlin
import android.telephony.TelephonyManager

class Device(private val telephony: TelephonyManager) {
    fun id(): String? = telephony.imei
}
```

## How to fix

Take an identifier of the installation (a random UUID that the app keeps), or, for advertising and statistics, OAID or
the advertising id, which the user can reset. Where only the permanent one will do, say in the purpose what for.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV602] reason` (in Python `# privlint: …`). For a
whole file, and until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import served, wording
from privlint.checks.findings import Use, Verdict, at_use
from privlint.model.check import Check
from privlint.model.facts import Observation
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.project import App

ZH = """使用可重置标识符即可时，收集了用户无法重置的标识符。

## 检查什么

收集 IMEI、MEID、IMSI、ICCID、设备序列号或 MAC 地址，清单为扩展功能声明了它，但目的中没有提到任何需要此类标识符的用途：
反欺诈、防盗、设备管理、SIM 卡或运营商业务、与其他设备配对、向用户展示。每条声明报告一次，位于第一处收集的位置，
其余位置列在其中。

没有声明的属于 PRV201，声明为基本功能但并非必要的属于 PRV101，本检查不重复报告。类别为 `security`、
该类别必要范围已列明的标识符，以及由其他检查涵盖的使用，均不报告。

## 为什么重要

个人信息保护法第六条要求采取对个人权益影响最小的方式。在卸载应用、更换账号、恢复出厂设置之后仍然不变的标识符，
会把一个人使用该设备的全部经历联系起来；Android 官方指南建议使用可重置的标识符，且自 Android 10 起普通应用已无法取得
其中大多数。

## 反例

```toml
[app]
name = "示例商城"
category = "online-shopping"

[[collect]]
data = "imei"
purpose = "识别会员的设备"
function = "membership"
consent = "separate"

[[function]]
id = "membership"
name = "会员"
```

```kotlin
import android.telephony.TelephonyManager

class Device(private val telephony: TelephonyManager) {
    fun id(): String? = telephony.imei // expect: PRV602
}
```

## 正例

```toml
[app]
name = "示例商城"
category = "online-shopping"

[[collect]]
data = "imei"
purpose = "识别失窃设备，反欺诈"
function = "fraud"
consent = "separate"

[[function]]
id = "fraud"
name = "反欺诈"
```

```kotlin
import android.telephony.TelephonyManager

class Device(private val telephony: TelephonyManager) {
    fun id(): String? = telephony.imei
}
```

## 如何修复

使用安装级标识符（应用自行保存的随机 UUID）；广告和统计使用用户可以重置的 OAID 或广告标识符。
确实只能使用不可重置的标识符时，请在 purpose 中写明用途。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV602] 理由`（Python 用 `# privlint: …`）。
针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV602",
    slug="permanent-identifier",
    title=Text("A permanent identifier where a resettable one serves", "可用可重置标识符，却收集永久标识符"),
    severity="warning",
    clauses=("cn-pipl-2021/6",),
)

_MOST = 5  # further places that a finding names


def check(project: Project) -> Iterator[Finding]:
    """Hold every permanent identifier that is declared against the purpose that it is declared for."""
    rules = project.rules.manner if project.rules else None
    if rules is None or project.manner is None:
        return
    needed = rules.permanent
    places: dict[str, list[Observation]] = {}
    for observation in project.seen():
        for data in observation.data:
            if observation.kind == "collect" and project.permanent(data):
                places.setdefault(data, []).append(observation)
    for data, found in places.items():
        app = project.app_at(found[0].place.path)
        apps = project.apps_at(found[0].place.path)
        if not _is_optional(project, app, data):
            continue
        if served.by_category(project, apps, (data,), needed.categories):
            continue
        if not served.by_purpose(project, (data,), (*needed.purposes_zh, *needed.purposes_en)):
            yield _finding(project, found, data, app)


def _is_optional(project: Project, app: App | None, data: str) -> bool:
    """Tell whether it is declared, and neither necessary nor what PRV101 speaks of."""
    declared = project.declarations(data)
    if not declared or project.standing(app, data) in {"necessary", "conditional"}:
        return False
    basic = all(one.function == "basic" for _, one in declared)
    return not (basic and project.standing(app, data) == "unnecessary")


def _finding(project: Project, found: list[Observation], data: str, app: App | None) -> Finding:
    first, *others = sorted(found, key=lambda one: one.place)
    chinese = wording.name(project, data).zh
    index, _ = project.declarations(data)[0]
    verdict = Verdict(
        message=Text(
            f"{wording.opening(project, data)} taken, which the user cannot reset; the declared purpose does not say"
            " why a resettable identifier will not do",
            f"收集了用户无法重置的{chinese}，而声明的目的没有说明为何不能使用可重置的标识符",
        ),
        why=Text(
            "An identifier that outlives the app and the account ties everything done with the device together.",
            "在卸载应用、更换账号之后仍然不变的标识符，会把在该设备上的一切行为联系起来。",
        ),
        help=Text(
            "use a random UUID that the app keeps, or for advertising and statistics OAID or the advertising id; where"
            " only this one will do, say in the purpose what for",
            "改用应用自行保存的随机 UUID；广告和统计使用 OAID 或广告标识符；确实只能使用它时，请在 purpose 中写明用途",
        ),
        clauses=CHECK.clauses,
        related=(
            Related(project.place(f"collect.{index}.purpose"), Text("declared for this", "声明的目的")),
            *(Related(one.place, Text("also taken here", "此处也收集")) for one in others[:_MOST]),
        ),
    )
    return at_use(project, CHECK, Use(first, data, app), verdict)
