"""Personal data is taken more often than the declared function needs.

## What it finds

How often is what the code itself says: the interval of location updates (`requestLocationUpdates`, `LocationRequest`,
the options of AMap, Baidu, Tencent and Huawei location), the rate of sensors, and timers, alarms, periodic work and
waiting loops around something that takes personal data. Numbers, products such as `60 * 1000`, constants and locals of
the same file, `TimeUnit`, `Duration` and Kotlin's durations are followed; other values are not, and nothing is said of
them.

A position every second is what navigation, rides and sports need: an app of such a category, a function of one, or a
declared purpose with such words is silent. So is one update (`setOnceLocation`, updates that are removed when the
first one arrives), a passive request, and one that waits for a distance. Otherwise a position more often than every 5
seconds is a warning, more often than every 30 seconds information. An identifier does not change: reading it every
hour or more often is a warning. Contacts, messages, the clipboard or the list of apps every minute or more often is a
warning. A sensor at its fastest rate is information. Without a category, everything is information: there is no
function to hold it against. No public text gives figures; these are our reading, and stand with their reasons in
`rules/lexicon/manner.toml`.

## Why it matters

Among the conduct that the 2019 method names, in our paraphrase: collecting more often than the business function
really needs (item 4.4).

## Bad

```toml
[app]
name = "Example Shop"
category = "online-shopping"

[[collect]]
data = "precise-location"
purpose = "Show shops close by"
function = "nearby"
consent = "separate"

[[function]]
id = "nearby"
name = "Shops close by"
```

```kotlin
import android.location.LocationListener
import android.location.LocationManager

class Near(private val locations: LocationManager, private val listener: LocationListener) {
    fun start() = locations.requestLocationUpdates(LocationManager.GPS_PROVIDER, 1000L, 0f, listener) // expect: PRV601
}
```

## Good

```toml
[app]
name = "Example Shop"
category = "online-shopping"

[[collect]]
data = "precise-location"
purpose = "Show shops close by"
function = "nearby"
consent = "separate"

[[function]]
id = "nearby"
name = "Shops close by"
```

```kotlin
import android.location.LocationListener
import android.location.LocationManager

class Near(private val locations: LocationManager, private val listener: LocationListener) {
    fun start() = locations.requestLocationUpdates(LocationManager.GPS_PROVIDER, 60 * 1000L, 0f, listener)
}
```

## How to fix

Take a longer interval, a minimum distance, or one position where one is enough. Where the function does need it, say
so in the purpose of the `[[collect]]` table, in words that users understand.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV601] reason` (in Python `# privlint: …`). For a
whole file, and until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import served, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.manner import Rate
from privlint.model.manner_rules import Often
from privlint.model.project import Severity

ZH = """收集个人信息的频率超出所声明功能的需要。

## 检查什么

频率以代码本身为准：位置更新的间隔（`requestLocationUpdates`、`LocationRequest`，高德、百度、腾讯和华为定位的选项）、
传感器采样率，以及围绕收集个人信息的代码的定时器、闹钟、周期任务和带等待的循环。能识别数字、`60 * 1000` 之类的乘积、
同一文件中的常量和局部变量、`TimeUnit`、`Duration` 和 Kotlin 的时长；其他取值不跟踪，也不作判断。

导航、网约车和运动需要逐秒的位置：应用或相应功能属于这些类别，或声明的目的含有此类字样时不报告。只取一次
（`setOnceLocation`、收到首次更新即停止）、被动请求以及以移动距离为条件的请求也不报告。此外，位置更新短于 5 秒为警告，
短于 30 秒为提示。标识符不会变化：每小时或更频繁地读取为警告。每分钟或更频繁地读取联系人、短信、剪贴板或应用列表为警告。
传感器使用最高采样率为提示。没有写明类别时一律为提示，因为没有可对照的功能。公开文本没有给出数值；
这些数值是我们的理解，连同理由写在 `rules/lexicon/manner.toml` 中。

## 为什么重要

2019 年认定方法所列的行为中有（转述，非原文）：收集个人信息的频度等超出业务功能实际需要（第 4.4 项）。

## 反例

```toml
[app]
name = "示例商城"
category = "online-shopping"

[[collect]]
data = "precise-location"
purpose = "展示附近商家"
function = "nearby"
consent = "separate"

[[function]]
id = "nearby"
name = "附近商家"
```

```kotlin
import android.location.LocationListener
import android.location.LocationManager

class Near(private val locations: LocationManager, private val listener: LocationListener) {
    fun start() = locations.requestLocationUpdates(LocationManager.GPS_PROVIDER, 1000L, 0f, listener) // expect: PRV601
}
```

## 正例

```toml
[app]
name = "示例商城"
category = "online-shopping"

[[collect]]
data = "precise-location"
purpose = "展示附近商家"
function = "nearby"
consent = "separate"

[[function]]
id = "nearby"
name = "附近商家"
```

```kotlin
import android.location.LocationListener
import android.location.LocationManager

class Near(private val locations: LocationManager, private val listener: LocationListener) {
    fun start() = locations.requestLocationUpdates(LocationManager.GPS_PROVIDER, 60 * 1000L, 0f, listener)
}
```

## 如何修复

延长间隔、设置最小移动距离，或在一次足够时只取一次。功能确实需要时，请在 `[[collect]]` 的 purpose
中用用户能理解的文字写明。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV601] 理由`（Python 用 `# privlint: …`）。
针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV601",
    slug="too-often",
    title=Text("Taken more often than the function needs", "收集频率超出功能需要"),
    severity="warning",
    clauses=("cn-method-2019/4.4",),
)

_BY = {
    "location": Text("the interval of its updates", "更新间隔"),
    "sensor": Text("the rate of the sensor", "传感器采样率"),
    "timer": Text("a timer", "定时器"),
    "alarm": Text("a repeating alarm", "重复闹钟"),
    "work": Text("periodic work", "周期任务"),
    "loop": Text("a loop that waits", "带等待的循环"),
}


def check(project: Project) -> Iterator[Finding]:
    """Hold every rate against what the declared functions need."""
    rules = project.rules.manner if project.rules else None
    if project.manner is None or rules is None:
        return
    for rate in project.manner.rates:
        often = next((one for one in rules.often if _is_for(one, rate)), None)
        severity = _severity(project, rate, often) if often is not None else None
        if severity is not None and often is not None:
            yield _finding(project, rate, often, severity)


def _is_for(often: Often, rate: Rate) -> bool:
    return not set(often.data).isdisjoint(rate.data) and (not often.kinds or rate.kind in often.kinds)


def _severity(project: Project, rate: Rate, often: Often) -> Severity | None:
    seconds = rate.every / 1000
    if seconds >= often.info:
        return None
    apps = project.apps_at(rate.place.path)
    if served.by_category(project, apps, rate.data, often.categories):
        return None
    if served.by_purpose(project, rate.data, (*often.purposes_zh, *often.purposes_en)):
        return None
    judged = any(app.category for app in apps) and rate.place.path not in project.test_paths
    return "warning" if judged and seconds < often.warning and not rate.hint else "info"


def _finding(project: Project, rate: Rate, often: Often, severity: Severity) -> Finding:
    kinds = [kind for kind in rate.data if kind in often.data]
    names, opening = wording.names(project, kinds), wording.opening(project, kinds[0])
    how = _BY[rate.kind]
    every = _every(rate.every)
    needs = _needs(project, rate, kinds)
    verdict = Verdict(
        message=Text(
            f"{opening} taken {every.en}, by {how.en}; {needs.en}",
            f"{every.zh}收集一次{names.zh}（{how.zh}），{needs.zh}",
        ),
        why=Text(
            f"How often data is taken has to follow from the function: {often.reason_en}.",
            f"收集的频率应由功能决定：{often.reason_zh}。",
        ),
        help=Text(
            "take a longer interval, or one value where one is enough; where the function needs it, say so in the"
            " purpose of its [[collect]] table",
            "延长间隔，或在一次足够时只取一次；功能确实需要时，请在对应 [[collect]] 的 purpose 中写明",
        ),
        clauses=CHECK.clauses,
        notes=(
            Text(
                "no public text gives a figure; this threshold is our reading, in rules/lexicon/manner.toml",
                "公开文本没有给出数值；该阈值是我们的理解，见 rules/lexicon/manner.toml",
            ),
        ),
        related=(Related(rate.target, Text("taken here", "在此收集")),) if rate.target else (),
    )
    mark = Mark(
        place=rate.place,
        label=Text(every.en, every.zh),
        subject=rate.symbol,
        severity=severity,
        data=tuple(kinds),
        apps=project.apps_at(rate.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


def _needs(project: Project, rate: Rate, kinds: list[str]) -> Text:
    them = "them" if len(kinds) > 1 else "it"
    if any(app.category for app in project.apps_at(rate.place.path)):
        return Text(f"no declared function needs {them} as often", "所声明的功能都不需要这样的频率")
    return Text(f"the manifest names no function that needs {them} as often", "清单没有写明哪项功能需要这样的频率")


def _every(milliseconds: float) -> Text:
    if milliseconds <= 0:
        return Text("as often as the device can", "以设备能达到的最高频率")
    for size, english, chinese in ((3_600_000, "hour", "小时"), (60_000, "minute", "分钟"), (1000, "second", "秒")):
        if milliseconds >= size and milliseconds % size == 0:
            number = int(milliseconds / size)
            return Text(f"every {english}" if number == 1 else f"every {number} {english}s", f"每 {number} {chinese}")
    return Text(f"every {milliseconds:g} milliseconds", f"每 {milliseconds:g} 毫秒")
