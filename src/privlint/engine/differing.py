"""Two manifests and two baselines, trusted and found, in; what the found ones would change of the policy, out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.baseline import Baseline
from privlint.model.finding import Text
from privlint.model.place import Place, Position
from privlint.model.project import App, CheckSettings, LoadedManifest, Manifest, Waiver

_JUDGED = ("category", "services", "side", "minors", "paths")


class Difference(Struct, frozen=True):
    """One change that has no effect."""

    key: str  # of the manifest
    message: Text
    place: Place | None = None  # where it is not in the manifest


def differences(
    trusted: LoadedManifest | None, found: LoadedManifest, aside: Baseline | None, grown: Baseline | None, name: str
) -> Iterator[Difference]:
    """Yield the differences in the order of the manifest; then the baseline."""
    policy = trusted.manifest if trusted is not None else Manifest()
    if trusted is not None and not found.path:
        yield Difference(
            "",
            Text(
                f"the manifest of {name} was removed here; it counts all the same",
                f"{name} 的清单在此被删除；仍以其为准",
            ),
        )
        return
    if trusted is not None:
        yield from _apps(policy, found.manifest, name)
    for field in CheckSettings.__struct_fields__:
        if getattr(policy.check, field) != getattr(found.manifest.check, field):
            yield _differs(f"check.{field}", f"[check] {field}", name)
    if policy.consent != found.manifest.consent:
        yield _differs("consent.gates", "[consent] gates", name)
    yield from _waivers(policy.waive, found.manifest.waive, name)
    known = {entry.fingerprint for entry in aside.entries} if aside else set()
    fresh = [entry for entry in grown.entries if entry.fingerprint not in known] if grown else []
    if grown is not None and fresh:
        at = Position(grown.lines.get(fresh[0].fingerprint, 1), 1)
        number = len(fresh)
        entries = "1 entry that is" if number == 1 else f"{number} entries that are"
        yield Difference(
            "baseline",
            Text(
                f"the baseline has {entries} not in {name}, and put nothing aside in this run",
                f"基线中有 {number} 条不在 {name} 中，在本次检查中不生效",
            ),
            Place(grown.path, at, at),
        )


def _apps(policy: Manifest, found: Manifest, name: str) -> Iterator[Difference]:
    if policy.app is not None and found.app is not None:
        yield from _app("app", policy.app, found.app, name)
        return
    known = {app.name: app for app in (*policy.apps, *((policy.app,) if policy.app else ()))}
    here = [("app", found.app)] if found.app else [(f"apps.{index}", app) for index, app in enumerate(found.apps)]
    for key, app in here:
        if app.name in known:
            yield from _app(key, known[app.name], app, name)
        elif known:
            yield Difference(
                key,
                Text(
                    f"the app {app.name} is not in {name}; it is judged as it says of itself",
                    f"{name} 中没有应用 {app.name}；按其自身声明判断",
                ),
            )


def _app(key: str, trusted: App, found: App, name: str) -> Iterator[Difference]:
    for field in _JUDGED:
        before, now = getattr(trusted, field), getattr(found, field)
        if before != now:
            yield Difference(
                f"{key}.{field}",
                Text(
                    f"{field} is {_written(now)} here and {_written(before)} in {name}, which counts",
                    f"{field} 在此为 {_written(now)}，在 {name} 中为 {_written(before)}，以后者为准",
                ),
            )


def _waivers(trusted: tuple[Waiver, ...], found: tuple[Waiver, ...], name: str) -> Iterator[Difference]:
    for index, waiver in enumerate(found):
        if waiver not in trusted:
            what = f"{waiver.check} ({waiver.path})"
            yield Difference(
                f"waive.{index}",
                Text(
                    f"this waiver of {what} is not in {name}, and waives nothing in this run",
                    f"对 {what} 的这项豁免不在 {name} 中，在本次检查中不生效",
                ),
            )
    for waiver in trusted:
        if waiver not in found:
            what = f"{waiver.check} ({waiver.path})"
            yield Difference(
                "waive",
                Text(
                    f"the waiver of {what} in {name} was removed or changed here; it counts all the same",
                    f"{name} 中对 {what} 的豁免在此被删除或修改；仍以其为准",
                ),
            )


def _differs(key: str, what: str, name: str) -> Difference:
    return Difference(
        key,
        Text(
            f"{what} is not what {name} says, and has no effect in this run",
            f"{what} 与 {name} 不同，在本次检查中不生效",
        ),
    )


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
