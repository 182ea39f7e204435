"""The app shows advertisements of an SDK, and nothing turns off that personal data choose them.

## What it finds

An advertising SDK of the catalogue in the app, or a `[[collect]]` table whose purpose speaks of personalised
recommendations, advertisements or push, while neither the sources nor the string resources speak of a switch for them
and `[rights].opt_out` is empty. It is information: a switch of another name is not seen, and an SDK may be set up
elsewhere.

## Why it matters

Who is shown what their data choose has to be offered a way without (article 24 of the Personal Information Protection
Law). No option for other than targeted push is, in our paraphrase, among the conduct that the 2019 method names (item
3.6).

## Bad

```toml
[app]
name = "Example News"
category = "news"

[[function]]
id = "for-you"
name = "For you"

[[collect]]
data = "browsing-history"
purpose = "Personalised recommendations" # expect: PRV913
function = "for-you"
consent = "separate"
```

```python app/news.py
from pydantic import BaseModel


class Reader(BaseModel):
    browsing_history: str
```

## Good

```toml
[app]
name = "Example News"
category = "news"

[[function]]
id = "for-you"
name = "For you"

[[collect]]
data = "browsing-history"
purpose = "Personalised recommendations"
function = "for-you"
consent = "separate"
```

```python app/news.py
from pydantic import BaseModel


class Reader(BaseModel):
    browsing_history: str


def set_personal_recommendations(on: bool) -> None:
    store.put("personal", on)
```

## How to fix

Offer a switch in the settings that passes the user's choice to the SDK or the recommender, and name it in
`[rights].opt_out`.

## How to suppress

In a `[[waive]]` table with `check = "PRV913"` and the path of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import asked, packaged, phrases
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.place import Place

ZH = """应用展示 SDK 的广告，但没有关闭个性化的开关。

## 检查什么

应用集成了目录中的广告 SDK，或 `[[collect]]` 的目的涉及个性化推荐、广告或推送，而源代码和字符串资源中都没有
相应的开关，`[rights].opt_out` 也为空。仅作提示：用其他名称的开关无法识别，SDK 也可能在别处设置。

## 为什么重要

通过个人信息为用户选择内容的，应当同时提供不针对其个人特征的选项（个人信息保护法第二十四条）。未提供非定向推送信息的选项，
属于 2019 年认定方法所列的行为之一（转述，非原文；第 3.6 项）。

## 反例

```toml
[app]
name = "示例新闻"
category = "news"

[[function]]
id = "for-you"
name = "为你推荐"

[[collect]]
data = "browsing-history"
purpose = "个性化推荐" # expect: PRV913
function = "for-you"
consent = "separate"
```

```python app/news.py
from pydantic import BaseModel


class Reader(BaseModel):
    browsing_history: str
```

## 正例

```toml
[app]
name = "示例新闻"
category = "news"

[[function]]
id = "for-you"
name = "为你推荐"

[[collect]]
data = "browsing-history"
purpose = "个性化推荐"
function = "for-you"
consent = "separate"
```

```python app/news.py
from pydantic import BaseModel


class Reader(BaseModel):
    browsing_history: str


def set_personal_recommendations(on: bool) -> None:
    store.put("personal", on)
```

## 如何修复

在设置中提供开关，将用户的选择传给 SDK 或推荐程序，并在 `[rights].opt_out` 中写明。

## 如何抑制

在 `[[waive]]` 中写明 `check = "PRV913"` 和文件路径。
"""

CHECK = Check(
    id="PRV913",
    slug="no-off-switch",
    title=Text("Personalisation without an off switch", "个性化没有关闭开关"),
    severity="info",
    clauses=("cn-method-2019/3.6", "cn-pipl-2021/24"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for what chooses by personal data, and for anything that turns it off."""
    rights = project.rights
    if rights is None or "opt-out" in rights.told or project.manifest.manifest.rights.opt_out.strip():
        return
    if project.declared is not None and asked.hybrid(project.declared):
        return
    words = phrases.topic(project, "opt-out")
    for index, table in enumerate(project.manifest.manifest.collect):
        if phrases.treats(words, table.purpose):
            what = Text("a purpose of the manifest", "清单写明的目的")
            yield _finding(project, project.place(f"collect.{index}.purpose"), what, f"collect:{table.data}")
    for found in packaged.sdks(project):
        if found.sdk.kind == "ads":
            yield _finding(project, found.place, Text(found.sdk.name_en, found.sdk.name_zh), found.sdk.id)


def _finding(project: Project, place: Place, what: Text, subject: str) -> Finding:
    verdict = Verdict(
        message=Text(
            f"{what.en}: content is chosen by personal data, and no switch that turns it off was found",
            f"{what.zh}：内容由个人信息选择，但没有发现关闭的开关",
        ),
        why=Text("Users must have a way without targeting.", "应当提供不针对个人特征的选项。"),
        help=Text(
            "offer a switch, pass its choice on, and name it in [rights].opt_out",
            "提供开关并传递用户的选择，在 [rights].opt_out 中写明",
        ),
        clauses=CHECK.clauses,
        notes=(_INDICATION,),
    )
    mark = Mark(
        place=place,
        label=Text("no off switch found", "没有发现开关"),
        subject=f"off-switch:{subject}",
        severity="info",
        confidence=Confidence.INFERRED,
        apps=project.apps_at(place.path),
    )
    return at_place(project, CHECK, mark, verdict)


_INDICATION = Text("an indication: a switch of another name is not seen", "仅为迹象：用其他名称的开关无法识别")
