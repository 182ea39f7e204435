"""The manifest names a data type, service, category of a function, or check that does not exist.

## What it finds

An id that nothing answers to: a data type in `[[collect]]` or `[[sdk]]`, a sub-service in `services`, the `category`
of a `[[function]]`, a check in `[check]` or `[[waive]]`.

## Why it matters

A misspelt declaration declares nothing, and a misspelt waiver waives nothing. Said aloud, it is mended in a minute.

## Bad

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-locaton" # expect: PRV205
purpose = "Show the user's position and navigate"
consent = "separate"
```

## Good

```toml
[app]
name = "Example Maps"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "Show the user's position and navigate"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

## How to fix

Correct the id; the finding suggests the nearest one. `privlint explain ID` tells what an id means.

## How to suppress

It cannot be left standing sensibly: correct the id. `ignore = ["PRV205"]` in `[check]` silences it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from privlint.checks.findings import Entry, Verdict, at_declaration
from privlint.model.check import Check
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.spelling import closest

ZH = """清单写了不存在的数据类型、子服务、功能类别或检查。

## 检查什么

找不到对应项的 id：`[[collect]]` 或 `[[sdk]]` 中的数据类型，`services` 中的子服务，`[[function]]` 的 `category`，
`[check]` 或 `[[waive]]` 中的检查编号。

## 为什么重要

拼错的声明等于没有声明，拼错的豁免等于没有豁免。及时指出，一分钟即可改正。

## 反例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-locaton" # expect: PRV205
purpose = "显示用户位置并导航"
consent = "separate"
```

## 正例

```toml
[app]
name = "示例地图"
category = "map-navigation"

[[collect]]
data = "precise-location"
purpose = "显示用户位置并导航"
consent = "separate"
```

```kotlin
import android.location.LocationManager

class Here(private val locations: LocationManager) {
    fun last() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
```

## 如何修复

改正 id，提示中会给出最接近的一个。`privlint explain ID` 说明某个 id 的含义。

## 如何抑制

应当改正 id，不宜保留。`[check]` 中的 `ignore = ["PRV205"]` 可使其不再显示。
"""

CHECK = Check(
    id="PRV205",
    slug="unknown-name",
    title=Text("Unknown data type, service, function category or check", "未知的数据类型、子服务、功能类别或检查"),
    severity="error",
)


class _Unknown(Struct, frozen=True):
    key: str
    name: str
    kind: Text
    known: tuple[str, ...]
    hint: Text


_DATA = Text("data type", "数据类型")
_EXPLAIN = Text("`privlint explain` lists what it knows", "`privlint explain` 可查看已知的 id")


def check(project: Project) -> Iterator[Finding]:
    """Look up every id that the manifest uses, but the category."""
    for unknown in (*_data(project), *_services(project), *_functions(project), *_checks(project)):
        yield _finding(project, unknown)


def _data(project: Project) -> Iterator[_Unknown]:
    known = project.data_types
    for index, table in enumerate(project.manifest.manifest.collect):
        if table.data not in known:
            yield _Unknown(f"collect.{index}.data", table.data, _DATA, tuple(known), _EXPLAIN)
    for index, sdk in enumerate(project.manifest.manifest.sdk):
        for position, data in enumerate(sdk.data):
            if data not in known:
                yield _Unknown(f"sdk.{index}.data.{position}", data, _DATA, tuple(known), _EXPLAIN)


def _services(project: Project) -> Iterator[_Unknown]:
    known = tuple(project.conditions)
    kind = Text("sub-service", "子服务")
    single = project.manifest.manifest.app is not None
    for number, app in enumerate(project.apps):
        for position, service in enumerate(app.services):
            if service not in project.conditions:
                key = f"app.services.{position}" if single else f"apps.{number}.services.{position}"
                yield _Unknown(
                    key, service, kind, known, Text(f"known: {', '.join(known)}", f"已知：{'、'.join(known)}")
                )


def _functions(project: Project) -> Iterator[_Unknown]:
    categories = (*project.categories, "other")
    listed = Text("`privlint categories` lists the ids", "`privlint categories` 列出全部 id")
    for index, function in enumerate(project.manifest.manifest.function):
        if function.category and function.category not in categories:
            kind = Text("function category", "功能类别")
            yield _Unknown(f"function.{index}.category", function.category, kind, categories, listed)


def _checks(project: Project) -> Iterator[_Unknown]:
    from privlint.checks import KNOWN

    kind = Text("check", "检查")
    settings = project.manifest.manifest.check
    for key, chosen in (("select", settings.select), ("ignore", settings.ignore)):
        for position, prefix in enumerate(chosen):
            if not _any_starts(KNOWN, prefix):
                yield _Unknown(f"check.{key}.{position}", prefix, kind, _alike(prefix, KNOWN), _EXPLAIN)
    for name in settings.severity:
        if name not in KNOWN:
            yield _Unknown(f"check.severity.{name}", name, kind, _alike(name, KNOWN), _EXPLAIN)
    for index, waiver in enumerate(project.manifest.manifest.waive):
        if waiver.check not in KNOWN:
            yield _Unknown(f"waive.{index}.check", waiver.check, kind, _alike(waiver.check, KNOWN), _EXPLAIN)


def _alike(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Another number is no hint: a well-formed id that does not exist resembles all of them."""
    return () if name[3:].isdigit() else known


def _any_starts(known: Iterable[str], prefix: str) -> bool:
    return bool(prefix) and any(name.startswith(prefix) for name in known)


def _finding(project: Project, unknown: _Unknown) -> Finding:
    meant = closest(unknown.name, unknown.known)
    english = f'did you mean "{meant}"? ' if meant else ""
    chinese = f"是否要写 “{meant}”？" if meant else ""
    verdict = Verdict(
        message=Text(f'unknown {unknown.kind.en} "{unknown.name}"', f"未知的{unknown.kind.zh} “{unknown.name}”"),
        why=Text("What is misspelt here has no effect.", "此处拼写有误，因而不起作用。"),
        help=Text(english + unknown.hint.en, chinese + unknown.hint.zh),
    )
    entry = Entry(
        key=unknown.key,
        label=Text(f"no such {unknown.kind.en}", f"没有这个{unknown.kind.zh}"),
        subject=f"{unknown.key.partition('.')[0]}:{unknown.name}",
    )
    return at_declaration(project, CHECK, entry, verdict)
