"""A decoded manifest in, the first thing out that its records cannot forbid: a name twice, a reason left out.

Whether a category, a data type or a check exists is not asked here: that is a check's question, put to the rulebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.model.finding import Text
from privlint.model.spelling import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.project import App, CheckSettings, Collect, Manifest


class Problem(Struct, frozen=True):
    """What is wrong, at which key, and what to do."""

    key: str  # dotted path; the nearest table stands in where the key is not written
    message: Text
    hint: Text


def problems(manifest: Manifest) -> Iterator[Problem]:
    """Everything that does not fit together, in the order in which a reader meets it."""
    yield from _apps(manifest)
    yield from _functions(manifest)
    known = ("basic", *(function.id for function in manifest.function))
    for index, collect in enumerate(manifest.collect):
        yield from _collect(f"collect.{index}", collect, known)
    yield from _required(manifest)
    yield from _settings(manifest.check)
    if manifest.contact.days < 1:
        yield Problem(
            "contact.days",
            Text("`contact.days` is less than one day", "`contact.days` 少于一天"),
            Text("Write the days an answer takes: days = 15", "请写明答复所需的天数：days = 15"),
        )


def _apps(manifest: Manifest) -> Iterator[Problem]:
    if manifest.app is not None and manifest.apps:
        hint = Text(
            "Write [app] for one app, or [[apps]] with `paths` in each for several; not both.",
            "只有一个应用时写 [app]；有多个应用时写 [[apps]]，每个都要有 `paths`。两者不能同时出现。",
        )
        yield Problem("apps.0", Text("both [app] and [[apps]] are written", "同时写了 [app] 和 [[apps]]"), hint)
    if manifest.app is not None and manifest.app.paths:
        hint = Text(
            "Leave it out: one app is the whole project. For several apps write [[apps]].",
            "请删去：只有一个应用时，它就是整个项目。有多个应用时请写 [[apps]]。",
        )
        yield Problem("app.paths", Text("`paths` has no meaning in [app]", "`paths` 在 [app] 中没有意义"), hint)
    seen: set[str] = set()
    for index, app in enumerate(manifest.apps):
        key = f"apps.{index}"
        if app.name in seen:
            yield Problem(
                f"{key}.name",
                Text(f'two apps are named "{app.name}"', f"有两个应用都叫“{app.name}”"),
                Text("Give each app a name of its own.", "请给每个应用不同的名称。"),
            )
        seen.add(app.name)
        yield from _paths(key, app)


def _paths(key: str, app: App) -> Iterator[Problem]:
    if not app.paths:
        yield Problem(
            f"{key}.paths",
            Text("[[apps]] has no `paths`", "[[apps]] 缺少 `paths`"),
            Text('Name the folders of this app: paths = ["apps/map"]', '请写明该应用的文件夹：paths = ["apps/map"]'),
        )
    for index, path in enumerate(app.paths):
        steps = path.replace("\\", "/").split("/")
        if not path.strip() or steps[0] == "" or ":" in steps[0] or ".." in steps:
            hint = Text(
                'Write a folder below the manifest, with forward slashes: paths = ["apps/map"]',
                '请写清单所在文件夹之下的文件夹，使用正斜杠：paths = ["apps/map"]',
            )
            message = Text(f'"{path}" is not a folder of this project', f"“{path}” 不是本项目的文件夹")
            yield Problem(f"{key}.paths.{index}", message, hint)


def _functions(manifest: Manifest) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, function in enumerate(manifest.function):
        key = f"function.{index}.id"
        if function.id == "basic":
            hint = Text(
                'Choose another id: "basic" always means the basic service of the category.',
                "请换一个 id：“basic” 始终表示该类别的基本功能服务。",
            )
            yield Problem(key, Text('a function cannot have the id "basic"', "功能的 id 不能是 “basic”"), hint)
        elif function.id in seen:
            yield Problem(
                key,
                Text(f'two functions have the id "{function.id}"', f"有两个功能的 id 都是 “{function.id}”"),
                Text("Give each function an id of its own.", "请给每个功能不同的 id。"),
            )
        seen.add(function.id)


def _collect(key: str, collect: Collect, functions: tuple[str, ...]) -> Iterator[Problem]:
    if collect.function not in functions:
        meant = closest(collect.function, functions)
        listed = ", ".join(f'"{name}"' for name in functions)
        chinese = "、".join(f"“{name}”" for name in functions)
        hint = Text(
            f"{f'Did you mean `{meant}`? ' if meant else ''}It is one of {listed}; declare another with [[function]].",
            f"{f'是否要写 `{meant}`？' if meant else ''}可用的有 {chinese}；其他功能请用 [[function]] 声明。",
        )
        name = collect.function[:80]
        message = Text(f'no function has the id "{name}"', f"没有 id 为 “{name}” 的功能")
        yield Problem(f"{key}.function", message, hint)
    if collect.basis != "consent" and not collect.reason.strip():
        hint = Text(
            'Add the line: reason = "…", which says why this legal basis holds here.',
            '请添加一行 reason = "…"，说明为何适用该合法性基础。',
        )
        basis = collect.basis[:80]
        message = Text(f'the legal basis "{basis}" needs a reason', f"合法性基础 “{basis}” 需要写明理由")
        yield Problem(f"{key}.basis", message, hint)


def _required(manifest: Manifest) -> Iterator[Problem]:
    """Text that must say something."""
    apps = [("app", manifest.app)] if manifest.app is not None else []
    apps += [(f"apps.{index}", app) for index, app in enumerate(manifest.apps)]
    for key, app in apps:
        yield from _filled(key, app, ("name", "category"))
    for index, function in enumerate(manifest.function):
        yield from _filled(f"function.{index}", function, ("id", "name"))
    for index, collect in enumerate(manifest.collect):
        yield from _filled(f"collect.{index}", collect, ("data", "purpose", "function", "basis"))
    for index, sdk in enumerate(manifest.sdk):
        yield from _filled(f"sdk.{index}", sdk, ("name", "purpose"))
    for index, waiver in enumerate(manifest.waive):
        yield from _filled(f"waive.{index}", waiver, ("check", "path", "reason", "owner"))
    for index, gate in enumerate(manifest.consent.gates):
        if not gate.strip():
            hint = Text(
                'Write the full name of the function that asks: "com.example.privacy.Consent.isGranted".',
                '请写判断用户是否同意的函数的全名："com.example.privacy.Consent.isGranted"。',
            )
            message = Text("an entry of `consent.gates` is empty", "`consent.gates` 中有空的条目")
            yield Problem(f"consent.gates.{index}", message, hint)


def _filled(key: str, record: Struct, names: tuple[str, ...]) -> Iterator[Problem]:
    for name in names:
        if not getattr(record, name).strip():
            table = key.partition(".")[0]
            yield Problem(
                f"{key}.{name}",
                Text(f"`{table}.{name}` is empty", f"`{table}.{name}` 为空"),
                Text("Write the text, or remove the whole entry.", "请填写内容，或删除整个条目。"),
            )


def _settings(check: CheckSettings) -> Iterator[Problem]:
    for index, pattern in enumerate(check.exclude):
        bare = pattern.strip().removeprefix("!")
        if not bare or bare.endswith("\\") or any(character in pattern for character in "\n\r\0"):
            hint = Text(
                'Write a pattern as in .gitignore: "third_party/**".', '请写成 .gitignore 中的模式："third_party/**"。'
            )
            message = Text("an entry of `check.exclude` is not a pattern", "`check.exclude` 中有一项不是模式")
            yield Problem(f"check.exclude.{index}", message, hint)
