"""A decoded manifest in, the first thing out that its records cannot forbid: a name twice, a reason left out.

Whether a category, a data type or a check exists is not asked here: that is a check's question, put to the rulebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.model.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.project import App, CheckSettings, Collect, Manifest


class Problem(Struct, frozen=True):
    """What is wrong, at which key, and what to do."""

    key: str  # dotted path; the nearest table stands in where the key is not written
    message: str
    hint: str


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
            "contact.days", "`contact.days` is less than one day", "Write the days an answer takes: days = 15"
        )


def _apps(manifest: Manifest) -> Iterator[Problem]:
    if manifest.app is not None and manifest.apps:
        hint = "Write [app] for one app, or [[apps]] with `paths` in each for several; not both."
        yield Problem("apps.0", "both [app] and [[apps]] are written", hint)
    if manifest.app is not None and manifest.app.paths:
        hint = "Leave it out: one app is the whole project. For several apps write [[apps]]."
        yield Problem("app.paths", "`paths` has no meaning in [app]", hint)
    seen: set[str] = set()
    for index, app in enumerate(manifest.apps):
        key = f"apps.{index}"
        if app.name in seen:
            yield Problem(f"{key}.name", f'two apps are named "{app.name}"', "Give each app a name of its own.")
        seen.add(app.name)
        yield from _paths(key, app)


def _paths(key: str, app: App) -> Iterator[Problem]:
    if not app.paths:
        yield Problem(f"{key}.paths", "[[apps]] has no `paths`", 'Name the folders of this app: paths = ["apps/map"]')
    for index, path in enumerate(app.paths):
        steps = path.replace("\\", "/").split("/")
        if not path.strip() or steps[0] == "" or ":" in steps[0] or ".." in steps:
            hint = 'Write a folder below the manifest, with forward slashes: paths = ["apps/map"]'
            yield Problem(f"{key}.paths.{index}", f'"{path}" is not a folder of this project', hint)


def _functions(manifest: Manifest) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, function in enumerate(manifest.function):
        key = f"function.{index}.id"
        if function.id == "basic":
            hint = 'Choose another id: "basic" always means the basic service of the category.'
            yield Problem(key, 'a function cannot have the id "basic"', hint)
        elif function.id in seen:
            yield Problem(key, f'two functions have the id "{function.id}"', "Give each function an id of its own.")
        seen.add(function.id)


def _collect(key: str, collect: Collect, functions: tuple[str, ...]) -> Iterator[Problem]:
    if collect.function not in functions:
        listed = ", ".join(f'"{name}"' for name in functions)
        meant = did_you_mean(collect.function, functions)
        hint = f"{meant} It is one of {listed}; declare another with [[function]].".lstrip()
        yield Problem(f"{key}.function", f'no function has the id "{collect.function[:80]}"', hint)
    if collect.basis != "consent" and not collect.reason.strip():
        hint = 'Add the line: reason = "…", which says why this legal basis holds here.'
        yield Problem(f"{key}.basis", f'the legal basis "{collect.basis[:80]}" needs a reason', hint)


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
            hint = 'Write the full name of the function that asks: "com.example.privacy.Consent.isGranted".'
            yield Problem(f"consent.gates.{index}", "an entry of `consent.gates` is empty", hint)


def _filled(key: str, record: Struct, names: tuple[str, ...]) -> Iterator[Problem]:
    for name in names:
        if not getattr(record, name).strip():
            table = key.partition(".")[0]
            yield Problem(f"{key}.{name}", f"`{table}.{name}` is empty", "Write the text, or remove the whole entry.")


def _settings(check: CheckSettings) -> Iterator[Problem]:
    for index, pattern in enumerate(check.exclude):
        bare = pattern.strip().removeprefix("!")
        if not bare or bare.endswith("\\") or any(character in pattern for character in "\n\r\0"):
            hint = 'Write a pattern as in .gitignore: "third_party/**".'
            yield Problem(f"check.exclude.{index}", "an entry of `check.exclude` is not a pattern", hint)
