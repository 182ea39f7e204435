"""An SDK is told that the user agreed, although nobody was asked, or it is told too late.

## What it finds

- A call that tells an SDK of the user's consent with a value written into the code, and that runs when the app starts
  with nothing on the way that speaks of consent (`updatePrivacyAgree(context, true)` in `onCreate`): warning. The SDK
  then takes data as if the user had agreed.
- A call that tells an SDK of consent after the SDK was started, in the same function: warning.
- An SDK that is started although it offers such a call, and the app makes it nowhere: information. Versions of the SDK
  differ, and the SDK may be told in code that is not seen.

A call behind a condition, or in the answer of a dialog, is as it should be; so is a value that is read from somewhere.

## Why it matters

Consent has to be given by the user. Among the conduct that the 2019 method names: starting to collect personal
information before obtaining the user's consent (item 3.1), and third-party code that takes data without it (item 5.1).

## Bad

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[sdk]]
name = "Amap map"
purpose = "Show the map"
data = ["precise-location"]
consent = "policy"
notice = "https://lbs.amap.com/pages/privacy/"
```

```java app/src/main/java/com/example/notes/App.java
package com.example.notes;

import android.app.Application;
import com.amap.api.maps.MapsInitializer;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        MapsInitializer.updatePrivacyShow(this, true, true); // expect: PRV403
        MapsInitializer.updatePrivacyAgree(this, true); // expect: PRV403
    }
}
```

## Good

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[sdk]]
name = "Amap map"
purpose = "Show the map"
data = ["precise-location"]
consent = "policy"
notice = "https://lbs.amap.com/pages/privacy/"
```

```java app/src/main/java/com/example/notes/App.java
package com.example.notes;

import android.app.Application;
import com.amap.api.maps.MapsInitializer;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        boolean agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false);
        MapsInitializer.updatePrivacyShow(this, agreed, agreed);
        MapsInitializer.updatePrivacyAgree(this, agreed);
    }
}
```

## How to fix

Pass the stored answer of the privacy dialog, and make the call before the SDK is started.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV403] reason`. For a whole file, and until a day: a
`[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from privlint.checks import packaged
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Related, Text
from privlint.model.flow import AtStart, SdkCall, Trace
from privlint.model.judged import Project
from privlint.model.sdks import Sdk

ZH = """没有征求用户同意就告知 SDK 用户已同意，或告知得太晚。

## 检查什么

- 以写死的值告知 SDK 用户已同意，并在应用启动时运行，路径上没有任何与同意有关的条件
  （如在 `onCreate` 中调用 `updatePrivacyAgree(context, true)`）：警告。此后 SDK 按已获同意收集信息。
- 在同一函数中先启动 SDK，之后才告知同意：警告。
- SDK 提供了告知同意的接口，应用启动了该 SDK，但没有任何位置调用该接口：提示。SDK 各版本不同，
  也可能在未看到的代码中告知。

位于条件之内、对话框回调之内，或传入的是读取到的值时不报告。

## 为什么重要

同意应当由用户作出。《认定方法》列举的行为包括：征得用户同意前就开始收集个人信息（第3.1项），
以及嵌入的第三方代码未经同意收集信息（第5.1项）。

## 反例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[sdk]]
name = "Amap map"
purpose = "Show the map"
data = ["precise-location"]
consent = "policy"
notice = "https://lbs.amap.com/pages/privacy/"
```

```java app/src/main/java/com/example/notes/App.java
package com.example.notes;

import android.app.Application;
import com.amap.api.maps.MapsInitializer;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        MapsInitializer.updatePrivacyShow(this, true, true); // expect: PRV403
        MapsInitializer.updatePrivacyAgree(this, true); // expect: PRV403
    }
}
```

## 正例

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <application android:name=".App" />
</manifest>
```

```toml
[[sdk]]
name = "Amap map"
purpose = "Show the map"
data = ["precise-location"]
consent = "policy"
notice = "https://lbs.amap.com/pages/privacy/"
```

```java app/src/main/java/com/example/notes/App.java
package com.example.notes;

import android.app.Application;
import com.amap.api.maps.MapsInitializer;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        boolean agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false);
        MapsInitializer.updatePrivacyShow(this, agreed, agreed);
        MapsInitializer.updatePrivacyAgree(this, agreed);
    }
}
```

## 如何修复

传入隐私弹窗中保存的选择，并在启动 SDK 之前调用。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV403] 理由`。针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV403",
    slug="assumed-consent",
    title=Text("SDK told of consent that nobody gave", "告知 SDK 的同意并非用户作出"),
    severity="warning",
    clauses=("cn-method-2019/3.1", "cn-method-2019/5.1"),
)

_WHY = Text("Consent has to be given by the user, and before an SDK starts.", "同意应当由用户作出，并先于 SDK 的启动。")
_HELP = Text(
    "pass the stored answer of the privacy dialog, before the SDK is started",
    "在启动 SDK 之前，传入隐私弹窗中保存的选择",
)


def check(project: Project) -> Iterator[Finding]:
    """Look at what SDKs are told, when, and whether at all."""
    trace = project.trace
    if trace is None:
        return
    sdks = packaged.by_id(project)
    early = {one.target.place for one in trace.at_start if one.target.kind == "consent"}
    for reached in trace.at_start:
        if reached.target.kind == "consent" and reached.target.sdk in sdks:
            yield _hard_coded(project, reached, sdks[reached.target.sdk])
    for told, started in _late(trace):
        if told.place not in early and told.sdk in sdks:
            yield _too_late(project, told, started, sdks[told.sdk])
    yield from _never(project, trace, sdks)


def _late(trace: Trace) -> Iterator[tuple[SdkCall, SdkCall]]:
    """Yield what an SDK is told after it was started, in one function."""
    for told in trace.sdk_calls:
        if told.means not in {"given", "informed"}:
            continue
        for one in trace.sdk_calls:
            together = one.means == "init" and one.sdk == told.sdk and one.routine == told.routine
            if together and one.place.path == told.place.path and one.place.start < told.place.start:
                yield told, one
                break


def _hard_coded(project: Project, reached: AtStart, sdk: Sdk) -> Finding:
    member = reached.target.symbol.rpartition(".")[2]
    way = " → ".join(step.name for step in reached.steps)
    mark = Mark(
        place=reached.target.place,
        label=Text(f"{member} with a value written into the code", f"{member} 传入写死的值"),
        subject=f"told:{sdk.id}:{member}",
        severity="warning",
        confidence=Confidence(reached.confidence),
    )
    return _finding(
        project,
        mark,
        Text(
            f"{sdk.name_en} is told that the user agreed when the app starts, although nothing on the way asks",
            f"应用启动时即告知{sdk.name_zh}用户已同意，但路径上没有任何征求同意的条件",
        ),
        notes=(Text(f"the way: {way}", f"调用路径：{way}"),),
        related=tuple(Related(step.place, Text(f"runs {step.name}", f"运行 {step.name}")) for step in reached.steps),
    )


def _too_late(project: Project, told: SdkCall, started: SdkCall, sdk: Sdk) -> Finding:
    member = told.symbol.rpartition(".")[2]
    label = Text("told here", "在此告知")
    return _finding(
        project,
        Mark(place=told.place, label=label, subject=f"late:{sdk.id}:{member}", severity="warning"),
        Text(
            f"{sdk.name_en} is told of the user's consent only after it was started",
            f"在启动{sdk.name_zh}之后才告知用户的同意",
        ),
        related=(Related(started.place, Text("started here", "在此启动")),),
    )


def _never(project: Project, trace: Trace, sdks: dict[str, Sdk]) -> Iterator[Finding]:
    told = {one.sdk for one in trace.sdk_calls if one.means != "init"}
    seen = set()
    for one in sorted(trace.sdk_calls, key=lambda call: call.place):
        sdk = sdks.get(one.sdk)
        if one.means != "init" or sdk is None or one.sdk in told or one.sdk in seen:
            continue
        offered = [call for call in sdk.consents if call.means == "given" and call.verified and call.known]
        if not offered:
            continue
        seen.add(one.sdk)
        member = f"{offered[0].owner.rpartition('.')[2]}.{offered[0].members[0]}"
        mark = Mark(
            place=one.place,
            label=Text("started here", "在此启动"),
            subject=f"never:{sdk.id}",
            severity="info",
            confidence=Confidence.INFERRED,
        )
        yield _finding(
            project,
            mark,
            Text(
                f"{sdk.name_en} is started, but never told whether the user agreed ({member})",
                f"启动了{sdk.name_zh}，但没有告知用户是否同意（{member}）",
            ),
        )


def _finding(
    project: Project,
    mark: Mark,
    message: Text,
    *,
    notes: tuple[Text, ...] = (),
    related: tuple[Related, ...] = (),
) -> Finding:
    if mark.place.path in project.test_paths:
        mark = replace(mark, severity="info")
    mark = replace(mark, apps=project.apps_at(mark.place.path))
    verdict = Verdict(message=message, why=_WHY, help=_HELP, clauses=CHECK.clauses, notes=notes, related=related)
    return at_place(project, CHECK, mark, verdict)
