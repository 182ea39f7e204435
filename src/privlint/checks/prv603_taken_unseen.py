"""Personal data is taken while the user need not be looking.

## What it finds

- Location, microphone, camera, clipboard, screen, contacts, call log, messages or the list of apps, taken by what the
  system runs without a screen: a worker or job, a service that is started and shows no notification, a receiver of
  broadcasts that the system sends by itself. The call may be up to three calls away.
- The clipboard or the list of apps, read each time that the app comes to the front (`onResume`, `onStart`,
  `onWindowFocusChanged` of a screen): information. Where PRV401 reports the place, it is left to it.

Microphone, camera, clipboard and screen are a warning; so is anything that the manifest does not declare, where the
app names its category. The rest is information: whether a function needs it, only people can say. A purpose that
speaks of the background, of reminders, tracks, synchronising and the like makes it silent.

It is silent where the component shows itself (`startForeground`, `setForeground`, a `foregroundServiceType`), and
where a setting that the user turned on, or what another component handed over, decides. The permission for the
location in the background is PRV305.

## Why it matters

Users expect an app to take something when they use it. Among the conduct that the 2019 method names, in our
paraphrase: collecting more often, or otherwise more, than the business function really needs (item 4.4).

## Bad

```toml
[[collect]]
data = "microphone-audio"
purpose = "Record spoken notes"
consent = "separate"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <uses-permission android:name="android.permission.RECORD_AUDIO" />
    <uses-permission android:name="android.permission.FOREGROUND_SERVICE" />
    <application>
        <service android:name=".Recording" />
    </application>
</manifest>
```

```kotlin app/src/main/java/com/example/notes/Recording.kt
package com.example.notes

import android.app.Notification
import android.app.Service
import android.content.Intent
import android.media.MediaRecorder
import android.os.IBinder

class Recording(private val recorder: MediaRecorder, private val shown: Notification) : Service() {
    override fun onBind(intent: Intent): IBinder? = null

    override fun onStartCommand(intent: Intent, flags: Int, id: Int): Int {
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC) // expect: PRV603
        return START_STICKY
    }
}
```

## Good

```toml
[[collect]]
data = "microphone-audio"
purpose = "Record spoken notes"
consent = "separate"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <uses-permission android:name="android.permission.RECORD_AUDIO" />
    <uses-permission android:name="android.permission.FOREGROUND_SERVICE" />
    <application>
        <service android:name=".Recording" />
    </application>
</manifest>
```

```kotlin app/src/main/java/com/example/notes/Recording.kt
package com.example.notes

import android.app.Notification
import android.app.Service
import android.content.Intent
import android.media.MediaRecorder
import android.os.IBinder

class Recording(private val recorder: MediaRecorder, private val shown: Notification) : Service() {
    override fun onBind(intent: Intent): IBinder? = null

    override fun onStartCommand(intent: Intent, flags: Int, id: Int): Int {
        startForeground(1, shown)
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
        return START_STICKY
    }
}
```

## How to fix

Take it while the user sees the app, or in a foreground service with a notification that the user starts. Where a
function needs it in the background, say so in the purpose of the `[[collect]]` table.

## How to suppress

On the line, or alone on the line above it: `// privlint: ignore[PRV603] reason` (in Python `# privlint: …`). For a
whole file, and until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import served, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.manner import Behind
from privlint.model.manner_rules import Background
from privlint.model.project import Severity

ZH = """在用户可能没有看到应用时收集个人信息。

## 检查什么

- 由系统在没有界面时运行的代码收集位置、录音、相机、剪贴板、屏幕内容、联系人、通话记录、短信或应用列表：
  后台任务（worker、job）、已启动但不显示通知的服务、系统自行发送的广播的接收器。最多可经过三次调用。
- 每次应用回到前台（界面的 `onResume`、`onStart`、`onWindowFocusChanged`）都读取剪贴板或应用列表：提示。
  PRV401 已报告的位置不再重复。

录音、相机、剪贴板和屏幕内容为警告；应用写明了类别而清单没有声明的数据也为警告。其余为提示：功能是否需要，只有人能判断。
声明的目的提到后台、提醒、轨迹、同步等时不报告。

组件会显示自己（`startForeground`、`setForeground`、`foregroundServiceType`）时不报告；由用户开启的设置，
或其他组件传入的内容决定时也不报告。后台定位权限由 PRV305 报告。

## 为什么重要

用户认为应用只在使用时收集信息。2019 年认定方法所列的行为中有（转述，非原文）：收集个人信息的频度等超出业务功能实际需要
（第 4.4 项）。

## 反例

```toml
[[collect]]
data = "microphone-audio"
purpose = "录制语音笔记"
consent = "separate"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <uses-permission android:name="android.permission.RECORD_AUDIO" />
    <uses-permission android:name="android.permission.FOREGROUND_SERVICE" />
    <application>
        <service android:name=".Recording" />
    </application>
</manifest>
```

```kotlin app/src/main/java/com/example/notes/Recording.kt
package com.example.notes

import android.app.Notification
import android.app.Service
import android.content.Intent
import android.media.MediaRecorder
import android.os.IBinder

class Recording(private val recorder: MediaRecorder, private val shown: Notification) : Service() {
    override fun onBind(intent: Intent): IBinder? = null

    override fun onStartCommand(intent: Intent, flags: Int, id: Int): Int {
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC) // expect: PRV603
        return START_STICKY
    }
}
```

## 正例

```toml
[[collect]]
data = "microphone-audio"
purpose = "录制语音笔记"
consent = "separate"
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.notes">
    <uses-permission android:name="android.permission.RECORD_AUDIO" />
    <uses-permission android:name="android.permission.FOREGROUND_SERVICE" />
    <application>
        <service android:name=".Recording" />
    </application>
</manifest>
```

```kotlin app/src/main/java/com/example/notes/Recording.kt
package com.example.notes

import android.app.Notification
import android.app.Service
import android.content.Intent
import android.media.MediaRecorder
import android.os.IBinder

class Recording(private val recorder: MediaRecorder, private val shown: Notification) : Service() {
    override fun onBind(intent: Intent): IBinder? = null

    override fun onStartCommand(intent: Intent, flags: Int, id: Int): Int {
        startForeground(1, shown)
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
        return START_STICKY
    }
}
```

## 如何修复

在用户看到应用时收集，或由用户启动并显示通知的前台服务收集。功能确实需要在后台收集时，请在 `[[collect]]` 的 purpose
中写明。

## 如何抑制

写在该行，或单独写在上一行：`// privlint: ignore[PRV603] 理由`（Python 用 `# privlint: …`）。
针对整个文件并设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV603",
    slug="taken-unseen",
    title=Text("Taken while the user need not be looking", "在用户可能未察觉时收集"),
    severity="warning",
    clauses=("cn-method-2019/4.4",),
)

_BY = {
    "worker": Text("by a worker, without a screen", "由后台任务在没有界面时"),
    "service": Text("by a service that shows no notification", "由不显示通知的服务"),
    "receiver": Text("by a receiver of a broadcast that the system sends by itself", "由系统广播的接收器"),
    "front": Text("each time that the app comes to the front", "在每次应用回到前台时"),
}


def check(project: Project) -> Iterator[Finding]:
    """Judge what is taken unseen."""
    rules = project.rules.manner if project.rules else None
    if project.manner is None or rules is None:
        return
    words = rules.background
    groups: dict[object, list[Behind]] = {}
    told = {one.target.place for one in project.trace.at_start} if project.trace else set()
    for one in project.manner.behind:
        if one.by == "front" and one.target.place in told:
            continue  # PRV401 says that it is taken at the start already
        if not served.by_purpose(project, one.target.data, (*words.purposes_zh, *words.purposes_en)):
            groups.setdefault((one.target.data, one.by, one.steps), []).append(one)
    for group in groups.values():
        yield _finding(project, group, words)


def _severity(project: Project, one: Behind, words: Background) -> Severity:
    path = one.target.place.path
    if one.by == "front" or path in project.test_paths:
        return "info"
    if not set(words.grave).isdisjoint(one.target.data):
        return "warning"
    judged = any(app.category for app in project.apps_at(path))
    return "warning" if judged and not served.declared(project, one.target.data) else "info"


def _finding(project: Project, group: list[Behind], words: Background) -> Finding:
    one, *others = sorted(group, key=lambda one: one.target.place)
    target, how = one.target, _BY[one.by]
    kinds = [kind for kind in target.data if kind in words.data]
    names, opening = wording.names(project, kinds), wording.opening(project, kinds[0])
    again = Text(" again and again", "反复") if one.repeated else Text("", "")
    way = " → ".join(step.name for step in one.steps)
    verdict = Verdict(
        message=Text(f"{opening} taken{again.en} {how.en}", f"{how.zh}{again.zh}收集{names.zh}"),
        why=Text(
            "Users expect an app to take something while they use it, and when they do something for it.",
            "用户认为应用只在使用期间、因其操作而收集信息。",
        ),
        help=Text(
            "take it where the user sees it: after an action, or in a foreground service with a notification; where a"
            " function needs it in the background, say so in the purpose of its [[collect]] table",
            "在用户可见时收集：由用户操作触发，或使用显示通知的前台服务；功能确实需要在后台收集时，"
            "请在对应 [[collect]] 的 purpose 中写明",
        ),
        clauses=CHECK.clauses,
        notes=(Text(f"the way: {way}", f"调用路径：{way}"),),
        related=tuple(_related(one, others)),
    )
    mark = Mark(
        place=target.place,
        label=Text(f"taken {how.en}", f"{how.zh}收集"),
        subject=target.symbol,
        severity=_severity(project, one, words),
        confidence=Confidence(target.confidence),
        data=tuple(kinds),
        apps=project.apps_at(target.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


def _related(one: Behind, others: list[Behind]) -> Iterator[Related]:
    for number, step in enumerate(one.steps):
        if number == 0:
            yield Related(step.place, Text(f"the system calls {step.name}", f"系统调用 {step.name}"))
        else:
            yield Related(step.place, Text(f"calls {step.name}", f"调用 {step.name}"))
    for other in others:
        yield Related(other.target.place, Text("also taken here", "此处也收集"))
