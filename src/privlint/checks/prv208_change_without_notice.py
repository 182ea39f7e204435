"""A change takes more data, or for another purpose, and the privacy policy stays as it was.

## What it finds

In `privlint diff`, compared with an earlier commit: data or an SDK that the code did not have before, or a
`[[collect]]` table that is new or has another purpose, function or recipient, while neither the text of the policy nor
`[app].policy_version` has changed. Where the policy is an address, whose text is not fetched, and no version is
written, it is information. Whether users are shown the new policy is not seen.

## Why it matters

When the purpose, manner or scope of collection changes, users are to be told in a suitable way, such as by a renewed
policy that they are asked to read (item 2.2 of the 2019 method).

## Bad

```toml before/privlint.toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "Navigate"
consent = "separate"
```

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md" # expect: PRV208

[[collect]]
data = "precise-location"
purpose = "Navigate, and show the way to friends"
consent = "separate"
```

```markdown before/privacy.md
# Privacy policy

We collect your precise location to navigate. You can delete your data and withdraw your consent in the settings.
Complaints: privacy@example.com
```

```markdown
# Privacy policy

We collect your precise location to navigate. You can delete your data and withdraw your consent in the settings.
Complaints: privacy@example.com
```

## Good

```toml before/privlint.toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "Navigate"
consent = "separate"
```

```toml
[app]
name = "Example Maps"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "Navigate, and show the way to friends"
consent = "separate"
```

```markdown before/privacy.md
# Privacy policy

We collect your precise location to navigate. You can delete your data and withdraw your consent in the settings.
Complaints: privacy@example.com
```

```markdown
# Privacy policy

We collect your precise location to navigate, and to show friends your way if you want to. You can delete your data and
withdraw your consent in the settings. Complaints: privacy@example.com
```

## How to fix

Write the change into the policy, raise `policy_version`, and have the app ask users to read it.

## How to suppress

In a `[[waive]]` table with `check = "PRV208"` and the path of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from privlint.checks import inventory, wording
from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.earlier import Earlier
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.project import App, Collect

ZH = """变更增加了收集的信息或改变了目的，而隐私政策没有变化。

## 检查什么

`privlint diff` 与较早的提交比较时：代码新增了信息或 SDK，或 `[[collect]]` 有新增，或改变了目的、功能或接收方，
而隐私政策的文本和 `[app].policy_version` 都没有变化。隐私政策是网址（不会联网读取）且没有写明版本时，仅作提示。
是否提醒用户阅读新的隐私政策无法得知。

## 为什么重要

收集使用个人信息的目的、方式、范围发生变化时，应当以适当方式通知用户，例如更新隐私政策并提醒用户阅读
（2019 年认定方法第 2.2 项）。

## 反例

```toml before/privlint.toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "导航"
consent = "separate"
```

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md" # expect: PRV208

[[collect]]
data = "precise-location"
purpose = "导航，并向好友展示路线"
consent = "separate"
```

```markdown before/privacy.md
# 隐私政策

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、撤回同意。
投诉方式：privacy@example.com
```

```markdown
# 隐私政策

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、撤回同意。
投诉方式：privacy@example.com
```

## 正例

```toml before/privlint.toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "导航"
consent = "separate"
```

```toml
[app]
name = "示例地图"
category = "map-navigation"
policy = "privacy.md"

[[collect]]
data = "precise-location"
purpose = "导航，并向好友展示路线"
consent = "separate"
```

```markdown before/privacy.md
# 隐私政策

我们收集您的精准定位信息，用于导航。您可以在设置中删除信息、撤回同意。
投诉方式：privacy@example.com
```

```markdown
# 隐私政策

我们收集您的精准定位信息，用于导航，并在您需要时向好友展示您的路线。您可以在设置中删除信息、撤回同意。
投诉方式：privacy@example.com
```

## 如何修复

在隐私政策中写明变化，更新 `policy_version`，并在应用中提醒用户阅读。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV208"` 和清单的路径。
"""

CHECK = Check(
    id="PRV208",
    slug="change-without-notice",
    title=Text("More data or another purpose, and the same policy", "收集范围或目的变化，而隐私政策未更新"),
    severity="warning",
    clauses=("cn-method-2019/2.2", "cn-pipl-2021/14", "cn-pipl-2021/17"),
)

_NAMED = 5  # changes that a message names


def check(project: Project) -> Iterator[Finding]:
    """Compare with the earlier state, where there is one."""
    earlier = project.earlier
    if earlier is None or earlier.manifest is None:
        return
    before = {app.name: app for app in (earlier.manifest.app, *earlier.manifest.apps) if app is not None}
    changes = tuple(_changes(project, earlier, earlier.manifest.collect))
    for index, app in enumerate(project.apps):
        old = before.get(app.name)
        mine = [(what, place) for what, place, apps in changes if not apps or app in apps]
        if old is None or not mine or app.name in earlier.renewed or app.policy_version != old.policy_version:
            continue
        yield _finding(project, index, app, mine)


Change = tuple[Text, Related, tuple[App, ...]]


def _changes(project: Project, earlier: Earlier, before: tuple[Collect, ...]) -> Iterator[Change]:
    """Yield what users would have to be told: new tables, other purposes, and what only the code shows."""
    known = {(one.data, one.function): one for one in before}
    told = set()
    for index, table in enumerate(project.manifest.manifest.collect):
        old = known.get((table.data, table.function))
        name = wording.name(project, table.data)
        if old is None:
            told.add(table.data)
            what = name
        elif (old.purpose, old.recipient) != (table.purpose, table.recipient):
            what = Text(f"the purpose or recipient of {name.en}", f"{name.zh}的目的或接收方")
        else:
            continue
        yield what, Related(project.place(f"collect.{index}"), what), ()
    for item in inventory.listed(project):
        new = (item.matter, item.id) not in earlier.had
        if new and item.matter in {"data", "sdk"} and item.id not in told:
            yield item.name, Related(item.place, item.name), project.apps_at(item.place.path)


def _finding(project: Project, index: int, app: App, changes: list[tuple[Text, Related]]) -> Finding:
    names = [what for what, _ in changes[:_NAMED]]
    more = len(changes) - len(names)
    english = ", ".join(name.en for name in names) + (f" and {more} more" if more else "")
    chinese = "、".join(name.zh for name in names) + (f"等 {len(changes)} 项" if more else "")
    verdict = Verdict(
        message=Text(
            f"new or changed: {english}; the privacy policy stays as it was",
            f"新增或变化：{chinese}；而隐私政策没有更新",
        ),
        why=Text(
            "Users are to be told when what is collected, or why, changes.", "收集的范围或目的变化时，应当通知用户。"
        ),
        help=Text(
            "write the change into the policy, raise policy_version, and ask users to read it",
            "在隐私政策中写明变化，更新 policy_version，并提醒用户阅读",
        ),
        clauses=CHECK.clauses,
        related=tuple(related for _, related in changes[:_NAMED]),
    )
    key = "app" if project.manifest.manifest.app else f"apps.{index}"
    written = "policy_version" if app.policy_version else "policy"
    entry = Entry(key=f"{key}.{written}", label=Text("as before", "没有变化"), subject=f"policy-version:{app.name}")
    found = at_declaration(project, CHECK, entry, verdict)
    untold = "://" in app.policy and not app.policy_version
    chosen = CHECK.id in project.manifest.manifest.check.severity
    return replace(found, severity="info") if untold and not chosen else found
