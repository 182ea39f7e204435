"""Agreement to the privacy policy is assumed: its box is ticked from the start, or there is none.

## What it finds

- A checkbox, radio button or switch that is ticked in a layout (`android:checked="true"`), a Kivy file
  (`active: True`) or code (a Compose state or a Python argument that starts as true, `isChecked = true` while a screen
  is made), and whose text, or the text beside it, asks for agreement to the privacy policy or the terms: error. Where
  only its id or name says so, warning. What code ticks in a callback or under a condition is the user's, or was stored.
- A text such as "by logging in you agree to the privacy policy" in a layout where nothing can be ticked and nothing
  refused: information. Whether another screen asks is not seen.

Texts are looked up in the string resources in Chinese and English. Boxes about something else, such as news or staying
logged in, are not judged, nor is what only a design tool shows (`tools:checked`).

## Why it matters

Consent has to be explicit. Agreement that is ticked by default is what the 2019 method names (item 3.4).

## Bad

```xml app/src/main/res/layout/login.xml
<LinearLayout xmlns:android="http://schemas.android.com/apk/res/android">
    <CheckBox
        android:id="@+id/box"
        android:checked="true" /> <!-- expect: PRV404 -->
    <TextView android:text="@string/agree" />
</LinearLayout>
```

```xml app/src/main/res/values/strings.xml
<resources>
    <string name="agree">I have read and agree to the Privacy Policy</string>
</resources>
```

## Good

```xml app/src/main/res/layout/login.xml
<LinearLayout xmlns:android="http://schemas.android.com/apk/res/android">
    <CheckBox android:id="@+id/box" />
    <TextView android:text="@string/agree" />
</LinearLayout>
```

```xml app/src/main/res/values/strings.xml
<resources>
    <string name="agree">I have read and agree to the Privacy Policy</string>
</resources>
```

## How to fix

Leave the box empty, and go on only once the user has ticked it. Where there is no box, add one, or ask in a dialog that
can be refused.

## How to suppress

Above the element: `<!-- privlint: ignore[PRV404] reason -->`, or in it `tools:ignore="PRV404: reason"`. For a whole
file, and until a day: a `[[waive]]` table with `check = "PRV404"` and the path of the layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import phrases
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.project import Severity
from privlint.model.screens import Screen, Shown, Tick

ZH = """推定用户同意隐私政策：默认勾选同意，或者没有可勾选的选项。

## 检查什么

- 布局（`android:checked="true"`）、Kivy 文件（`active: True`）或代码（初始值为真的 Compose 状态或 Python 参数、
  创建界面时的 `isChecked = true`）中默认勾选的复选框、单选按钮或开关，其文字或旁边的文字是征求对隐私政策或协议的同意：
  错误。只有 id 或名称表明这一点时为警告。在回调或条件中勾选的，是用户的操作或已保存的选择。
- “登录即代表同意隐私政策”一类的文字，而所在布局没有可以勾选或拒绝的选项：提示。其他界面是否另行征求同意无法得知。

文字在中文和英文的字符串资源中查找。关于其他事项的选项（如订阅资讯、保持登录）不作判断，
只在设计工具中显示的内容（`tools:checked`）也不作判断。

## 为什么重要

同意应当是明示的。以默认勾选等方式征求同意，属于 2019 年认定方法所列的行为之一（第 3.4 项）。

## 反例

```xml app/src/main/res/layout/login.xml
<LinearLayout xmlns:android="http://schemas.android.com/apk/res/android">
    <CheckBox
        android:id="@+id/box"
        android:checked="true" /> <!-- expect: PRV404 -->
    <TextView android:text="@string/agree" />
</LinearLayout>
```

```xml app/src/main/res/values/strings.xml
<resources>
    <string name="agree">我已阅读并同意《隐私政策》</string>
</resources>
```

## 正例

```xml app/src/main/res/layout/login.xml
<LinearLayout xmlns:android="http://schemas.android.com/apk/res/android">
    <CheckBox android:id="@+id/box" />
    <TextView android:text="@string/agree" />
</LinearLayout>
```

```xml app/src/main/res/values/strings.xml
<resources>
    <string name="agree">我已阅读并同意《隐私政策》</string>
</resources>
```

## 如何修复

默认不勾选，用户勾选之后再继续。没有选项时，增加一个，或用可以拒绝的对话框征求同意。

## 如何抑制

在元素上方写 `<!-- privlint: ignore[PRV404] 理由 -->`，或在元素中写 `tools:ignore="PRV404: 理由"`。
针对整个文件并设定期限：`[[waive]]`，写明 `check = "PRV404"` 和布局文件的路径。
"""

CHECK = Check(
    id="PRV404",
    slug="assumed-agreement",
    title=Text("Agreement to the policy is assumed", "推定用户同意隐私政策"),
    severity="error",
    clauses=("cn-method-2019/3.4", "cn-pipl-2021/14"),
)

_TOGETHER = 3  # texts of a screen that make one sentence
_LONGEST = 40  # characters of a text that a message quotes


def check(project: Project) -> Iterator[Finding]:
    """Look at what the screens of the app tick, and at what they take for granted."""
    if not project.whole:
        return
    for screen in project.screens:
        if project.declared is not None and project.declared.outside_app(screen.path):
            continue
        for tick in screen.ticks:
            severity = _about_agreement(project, tick)
            if severity is not None:
                yield _ticked(project, tick, severity)
        if not screen.choice:
            yield from _assumed(project, screen)


# --- what is ticked ---------------------------------------------------------------------------------------------------


def _about_agreement(project: Project, tick: Tick) -> Severity | None:
    """Tell how surely a control asks for agreement; None where it is about something else."""
    other = phrases.topic(project, "other-offer")
    said = tick.label or "\n".join(tick.beside)
    if phrases.treats(other, said) or phrases.named(other, tick.id):
        return None
    if said and not said.startswith("@string/"):
        return "error" if _asks(project, said, tick) else None
    agreement = phrases.topic(project, "agreement")
    named = phrases.named(agreement, tick.id) or phrases.named(agreement, said)
    return "warning" if named and not _is_switch(tick) else None


def _asks(project: Project, said: str, tick: Tick) -> bool:
    agreement, assent = phrases.topic(project, "agreement"), phrases.topic(project, "assent")
    if phrases.says_only(assent, said):
        return True
    if agreement is not None and not _is_switch(tick) and phrases.holds(said, agreement.firm):
        return True
    return phrases.treats(agreement, said) and phrases.treats(assent, said)


def _is_switch(tick: Tick) -> bool:
    """Tell whether it is a control of settings, which name much that nobody agrees to there."""
    return "switch" in tick.control.lower() or "toggle" in tick.control.lower()


def _ticked(project: Project, tick: Tick, severity: Severity) -> Finding:
    said = tick.label or " ".join(tick.beside)
    known = said and not said.startswith("@string/")
    named = _quoted(said) if known else Text(f"`{tick.id or said}`", f"“{tick.id or said}”")
    verdict = Verdict(
        message=Text(
            f"{tick.control} {named.en} is ticked before the user has chosen",
            f"{tick.control} {named.zh} 在用户选择之前已被勾选",
        ),
        why=Text("Users have to give their agreement by an act of their own.", "同意应当由用户主动作出。"),
        help=Text(
            "leave it unticked, and go on only once the user has ticked it",
            "默认不勾选，用户勾选之后再继续",
        ),
        clauses=CHECK.clauses,
        notes=() if known else (_BY_NAME,),
    )
    mark = Mark(
        place=tick.place,
        label=Text("ticked from the start", "默认勾选"),
        subject=f"tick:{tick.id or tick.control}",
        severity=severity,
        confidence=Confidence.EXACT if known else Confidence.INFERRED,
        apps=project.apps_at(tick.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


_BY_NAME = Text("known by its name alone: no text was found for it", "仅凭名称识别：没有找到它的文字")


# --- what is taken for granted ----------------------------------------------------------------------------------------


def _assumed(project: Project, screen: Screen) -> Iterator[Finding]:
    """Look for a text that takes something else for agreement, where the user can neither tick nor refuse."""
    refusal, assent = phrases.topic(project, "refusal"), phrases.topic(project, "assent")
    for button in screen.buttons:
        if phrases.treats(refusal, button) or phrases.named(refusal, button) or phrases.treats(assent, button):
            return
    for index, shown in enumerate(screen.texts):
        near = "\n".join(one.text for one in screen.texts[index : index + _TOGETHER])  # names of documents are links
        about = phrases.treats(phrases.topic(project, "agreement"), near)
        if about and all(phrases.treats(phrases.topic(project, name), shown.text) for name in ("assumed", "assent")):
            yield _taken_for_granted(project, shown)
            return


def _taken_for_granted(project: Project, shown: Shown) -> Finding:
    named = _quoted(shown.text)
    verdict = Verdict(
        message=Text(
            f"{named.en} takes something else for agreement, and this screen has nothing to tick or to refuse",
            f"{named.zh} 将其他操作视为同意，而此界面没有可以勾选或拒绝的选项",
        ),
        why=Text("Users have to give their agreement by an act of their own.", "同意应当由用户主动作出。"),
        help=Text(
            "add an unticked box beside the text, unless another screen has asked before",
            "在文字旁增加默认不勾选的选项，除非此前已有其他界面征求同意",
        ),
        clauses=CHECK.clauses,
        notes=(_ONE_SCREEN,),
    )
    mark = Mark(
        place=shown.place,
        label=Text("no choice beside it", "旁边没有选项"),
        subject="assumed-agreement",
        severity="info",
        confidence=Confidence.INFERRED,
        apps=project.apps_at(shown.place.path),
    )
    return at_place(project, CHECK, mark, verdict)


_ONE_SCREEN = Text(
    "an indication: whether another screen asks first cannot be seen from here",
    "仅为迹象：无法得知其他界面是否先征求同意",
)


def _quoted(said: str) -> Text:
    lines = said.split("\n")
    chinese = next((line for line in lines if not line.isascii()), lines[0])
    return Text(f'"{_short(lines[0])}"', f"“{_short(chinese)}”")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
