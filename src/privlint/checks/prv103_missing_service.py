"""Data is taken as basic that is necessary only with a sub-service which the manifest does not name.

## What it finds

Some items of the 39 lists count only where the app offers a certain sub-service: the licence plate in a ticketing app
only with ETC. This check finds such data declared as basic, in the manifest and where the code collects it, while
`[app].services` does not name the sub-service. Data that is not declared at all is PRV201; this check is then a note.

## Why it matters

Without that sub-service the data is not necessary for the basic service, and article 4 of the 2021 provisions on
necessary personal information applies: users who do not agree to give it must not be refused the basic service.

## Bad

```toml
[app]
name = "Example Tickets"
category = "transport-ticketing"

[[collect]]
data = "licence-plate" # expect: PRV103
purpose = "Pay the toll"
consent = "separate"
```

```python
from pydantic import BaseModel


class Passenger(BaseModel):
    licence_plate: str  # expect: PRV103
```

## Good

```toml
[app]
name = "Example Tickets"
category = "transport-ticketing"
services = ["etc"]

[[collect]]
data = "licence-plate"
purpose = "Pay the toll"
consent = "separate"
```

```python
from pydantic import BaseModel


class Passenger(BaseModel):
    licence_plate: str
```

## How to fix

If the app offers the sub-service, name it in `[app].services`. If not, assign the data to an extended function, or
remove it.

## How to suppress

On the line, or alone on the line above it: `# privlint: ignore[PRV103] reason` (in Kotlin and Java `// privlint: …`).
In the manifest, or until a day: a `[[waive]]` table.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import declared_basic, wording
from privlint.checks.findings import Entry, Use, Verdict, at_declaration, at_use
from privlint.model.check import Check
from privlint.model.facts import Observation
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.project import App, Collect
from privlint.model.rules import Category

ZH = """某项信息只在提供特定子服务时才属于必要个人信息，而清单没有写明该子服务。

## 检查什么

39 类范围中有些条目只适用于特定子服务：例如交通票务类应用只有提供 ETC 服务时，车牌号才是必要个人信息。
如果这类信息被声明为基本功能所需（清单和代码中的收集处都会指出），而 `[app].services` 没有写明该子服务，本检查予以提示。
完全没有声明的信息报告为 PRV201，本检查作为附注列出。

## 为什么重要

没有该子服务时，这项信息就不是基本功能服务所必需的，适用 2021 年必要个人信息范围规定第四条：
不得因为用户不同意提供非必要个人信息，而拒绝用户使用其基本功能服务。

## 反例

```toml
[app]
name = "示例票务"
category = "transport-ticketing"

[[collect]]
data = "licence-plate" # expect: PRV103
purpose = "缴纳通行费"
consent = "separate"
```

```python
from pydantic import BaseModel


class Passenger(BaseModel):
    licence_plate: str  # expect: PRV103
```

## 正例

```toml
[app]
name = "示例票务"
category = "transport-ticketing"
services = ["etc"]

[[collect]]
data = "licence-plate"
purpose = "缴纳通行费"
consent = "separate"
```

```python
from pydantic import BaseModel


class Passenger(BaseModel):
    licence_plate: str
```

## 如何修复

如果应用提供该子服务，把它写入 `[app].services`；否则把该信息归入某项扩展功能，或不再收集。

## 如何抑制

写在该行，或单独写在上一行：`# privlint: ignore[PRV103] 理由`（Kotlin 和 Java 用 `// privlint: …`）。
针对清单或设定期限：使用 `[[waive]]`。
"""

CHECK = Check(
    id="PRV103",
    slug="missing-service",
    title=Text("Necessary only with a sub-service that is not named", "仅在特定子服务下必要，但清单未写明该子服务"),
    severity="warning",
    clauses=("cn-necessary-2021/5", "cn-necessary-2021/4"),
)


def check(project: Project) -> Iterator[Finding]:
    """Look for conditional items, in the manifest and in the code."""
    for index, declared, standing in declared_basic.standings(project):
        if standing == "conditional":
            yield _in_manifest(project, index, declared)
    for observation in project.seen():
        if observation.kind in {"mark", "verify"}:
            continue
        for app in project.apps_at(observation.place.path):
            for data in observation.data:
                if project.standing(app, data) != "conditional":
                    continue
                if all(declared.function == "basic" for _, declared in project.declarations(data)):
                    yield _in_code(project, observation, data, app)


def _in_manifest(project: Project, index: int, declared: Collect) -> Finding:
    verdict = _verdict(project, declared.data, declared_basic.categories(project), ())
    entry = Entry(
        key=f"collect.{index}.data",
        label=Text("necessary only with a sub-service", "仅在特定子服务下必要"),
        subject=f"collect:{declared.data}:{declared.function}",
        data=declared.data,
    )
    return at_declaration(project, CHECK, entry, verdict)


def _in_code(project: Project, observation: Observation, data: str, app: App) -> Finding:
    related = tuple(
        Related(project.place(f"collect.{index}"), Text("declared as basic here", "此处声明为基本功能所需"))
        for index, _ in project.declarations(data)
    )
    verdict = _verdict(project, data, (project.categories[app.category],), related)
    return at_use(project, CHECK, Use(observation, data, app), verdict)


def _verdict(project: Project, data: str, categories: tuple[Category, ...], related: tuple[Related, ...]) -> Verdict:
    kind = wording.app_kind(categories)
    services = _services(project, data, categories)
    first = services[0]
    english = " or ".join(f'"{service}" ({_name(project, service).en})' for service in services)
    chinese = "或".join(f"“{service}”（{_name(project, service).zh}）" for service in services)
    return Verdict(
        message=Text(
            f"{wording.opening(project, data)} necessary for the basic service of {kind.en} only with the sub-service"
            f" {english}, which the manifest does not name",
            f"{wording.name(project, data).zh}只有在{kind.zh}提供子服务{chinese}时才是必要个人信息，"
            "但清单没有写明该子服务",
        ),
        why=Text(
            "Without that sub-service it is not necessary for the basic service, and so must be optional.",
            "没有该子服务时，它不是基本功能服务所必需的，因此必须可选。",
        ),
        help=Text(
            f'if the app offers it, add "{first}" to services in [app]; if not, declare the data for an extended'
            " function, or remove it",
            f'如果应用提供该子服务，在 [app] 的 services 中加入 "{first}"；否则把该信息声明给扩展功能，或不再收集',
        ),
        clauses=wording.category_clauses(categories, CHECK.clauses),
        leading="cn-necessary-2021/4",
        notes=wording.necessary(project, categories),
        related=related,
    )


def _services(project: Project, data: str, categories: tuple[Category, ...]) -> tuple[str, ...]:
    clauses = (clause for category in categories for clause in project.clauses(category, data))
    return tuple(dict.fromkeys(clause.condition for clause in clauses))


def _name(project: Project, service: str) -> Text:
    condition = project.conditions.get(service)
    return Text(condition.name_en, condition.name_zh) if condition else Text(service, service)
