"""A trusted state of the project in; the policy that governs a run, and what the examined tree would change of it, out.

Whoever writes a change must not judge it. So `[check]`, the category, the gates of consent, the waivers, the markers
and the baseline count as they stand in a commit, or in a file elsewhere, that the change cannot reach. What the app
declares of its data comes from the tree: that is what the run examines.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import declare, discover, suppress
from privlint.discover import git
from privlint.engine.differing import differences
from privlint.errors import ConfigurationError, UsageError
from privlint.model.baseline import NAME, Baseline
from privlint.model.finding import Text
from privlint.model.place import Place, Position
from privlint.model.project import LoadedManifest, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.facts import Marker
    from privlint.model.finding import Finding
    from privlint.model.project import App


_START = Position(1, 1)
_POLICY = ("app", "apps", "check", "waive", "consent")  # keys of the manifest that are trusted, with what is below them


def of(reference: str, start: str) -> Trust:
    """Open what is trusted. `start` is the folder that is examined. Raises UsageError, ConfigurationError."""
    top = discover.repository(start)
    pinned = git.pinned(top, reference) if top else None
    if pinned is not None:
        return _Commit(reference, top, start, *pinned)
    if os.path.lexists(reference):
        return _File(reference, top or start)
    raise UsageError(
        f"--trusted-config: there is neither a commit nor a file `{reference}`",
        message_zh=f"--trusted-config：既没有提交也没有文件 `{reference}`",
        hint="Name a commit that was fetched, such as the base of the pull request, or a file outside the project.",
        hint_zh="请指定已获取的提交（例如合并请求的目标分支），或项目之外的文件。",
    )


class Trust:
    """What a run takes from the trusted state."""

    name: str  # as reports call it
    governs: str = ""  # where the manifest stands in the tree, as an absolute path; "" where the tree may say
    manifest: LoadedManifest | None = None
    found: LoadedManifest = LoadedManifest(Manifest())  # what the tree says
    aside: Baseline | None = None
    grown: Baseline | None = None  # the baseline of the tree

    def over(self, found: LoadedManifest) -> LoadedManifest:
        """The manifest of the tree, judged by the trusted policy."""
        self.found = found
        trusted = self.manifest
        policy = trusted.manifest if trusted is not None else Manifest()
        manifest = _judged(found.manifest, policy)
        manifest = replace(manifest, check=policy.check, waive=policy.waive, consent=policy.consent)
        path = found.path or (trusted.path if trusted is not None else "")
        places = {key: place for key, place in found.places.items() if not key.startswith(_POLICY[2:])}
        for key in trusted.places if trusted is not None else ():
            places.setdefault(key, Place(path, _START, _START))
        return LoadedManifest(manifest, path, places, found.remarks, found.headers)

    def baseline(self, found: Baseline | None) -> Baseline | None:
        """The trusted baseline instead of the one that was found in the tree."""
        self.aside = self._baseline()
        self.grown = found
        return self.aside

    def approved(self, markers: Iterable[Marker], root: str) -> tuple[list[Marker], list[Finding]]:
        """Tell the markers that stand in the trusted state as well from those that do not, which count for nothing."""
        by_path: dict[str, list[Marker]] = {}
        for marker in markers:
            by_path.setdefault(marker.place.path, []).append(marker)
        before = self._texts(root, tuple(by_path)) if by_path else {}
        kept: list[Marker] = []
        fresh: list[Finding] = []
        for path, here in by_path.items():
            now = discover.read(root, path)
            lines = _lines(now) if isinstance(now, bytes) else []
            known = Counter(_contexts(_lines(before.get(path, b""))))
            for marker in here:
                context = _context(lines, marker.place.start.line - 1)
                if known[context] > 0:
                    known[context] -= not _shares(here, marker)
                    kept.append(marker)
                else:
                    fresh.append(suppress.about("PRV015", marker.place, self._unknown(), ",".join(marker.checks)))
        return kept, fresh

    def findings(self) -> Iterator[Finding]:
        """Yield what the tree would change of the policy."""
        start = Place(self.found.path or NAME, _START, _START)
        for difference in differences(self.manifest, self.found, self.aside, self.grown, self.name):
            place = difference.place or self.found.place(difference.key) or start
            yield suppress.about("PRV015", place, difference.message, difference.key)

    def note(self) -> Text:
        """Say where the policy comes from."""
        if self.manifest is None:
            return Text(
                f"there is no manifest in {self.name}: the default settings count, and no waiver, marker or baseline of"
                " the examined tree",
                f"{self.name} 中没有清单：采用默认设置，被检查目录中的豁免、标记和基线均不生效",
            )
        return Text(
            f"policy, category, waivers, markers and baseline are those of {self.name}; what differs in the examined"
            " tree has no effect (PRV015)",
            f"检查规则、类别、豁免、标记和基线均以 {self.name} 为准；被检查目录中的不同之处不生效（PRV015）",
        )

    def _unknown(self) -> Text:
        return Text(
            f"this marker is not in {self.name}, and suppresses nothing in this run",
            f"该标记不在 {self.name} 中，在本次检查中不起作用",
        )

    def _baseline(self) -> Baseline | None:
        raise NotImplementedError

    def _texts(self, root: str, paths: tuple[str, ...]) -> dict[str, bytes]:
        raise NotImplementedError


class _Commit(Trust):
    """What stands in a commit of the repository."""

    def __init__(self, reference: str, top: str, start: str, commit: str, files: dict[str, str]) -> None:
        self.top = top
        self.files = files
        self.name = commit[:12] if commit.startswith(reference) else f"{reference} ({commit[:12]})"
        path = declare.find(start, self._read, self._exists)
        if path is not None:
            self.governs = path
            shown = os.path.basename(path)
            self.manifest = declare.read(self._read(path), shown, path.endswith("pyproject.toml"))

    def _inner(self, path: str) -> str:
        return os.path.relpath(path, self.top).replace(os.sep, "/")

    def _exists(self, path: str) -> bool:
        return self._inner(path) in self.files

    def _read(self, path: str) -> bytes:
        name = self.files[self._inner(path)]
        return git.blobs(self.top, (name,)).get(name, b"")

    def _baseline(self) -> Baseline | None:
        folder = os.path.dirname(self.governs) if self.governs else self.top
        path = os.path.join(folder, NAME)
        return suppress.read_baseline(self._read(path), NAME) if self._exists(path) else None

    def _texts(self, root: str, paths: tuple[str, ...]) -> dict[str, bytes]:
        names = {path: self.files.get(self._inner(os.path.join(root, path)), "") for path in paths}
        found = git.blobs(self.top, tuple(names.values()))
        return {path: found[name] for path, name in names.items() if name in found}


class _File(Trust):
    """A manifest that stands elsewhere, with the baseline beside it. It has no markers: none of the tree count."""

    def __init__(self, path: str, project: str) -> None:
        full = os.path.realpath(path)
        if os.path.commonpath([full, os.path.realpath(project)]) == os.path.realpath(project):
            raise UsageError(
                f"--trusted-config: the file is part of what is examined: {path}",
                message_zh=f"--trusted-config：该文件属于被检查的目录：{path}",
                hint="Name a file outside the project, or a commit: a change could rewrite this one.",
                hint_zh="请指定项目之外的文件，或某个提交：待审变更可以改写这个文件。",
            )
        self.name = path
        self.folder = os.path.dirname(full)
        data = discover.read_configuration(full, path)
        self.manifest = declare.read(data, os.path.basename(path), path.endswith("pyproject.toml"))

    def _baseline(self) -> Baseline | None:
        path = os.path.join(self.folder, NAME)
        if not os.path.lexists(path):
            return None
        found = discover.read(self.folder, NAME, suppress.LARGEST)
        if isinstance(found, bytes):
            return suppress.read_baseline(found, path)
        raise ConfigurationError(
            f"the baseline was not read: {found.detail.en}",
            message_zh=f"未能读取基线：{found.detail.zh}",
            path=path,
            hint="Replace it by a regular file that can be read.",
            hint_zh="请换成可以读取的普通文件。",
        )

    def _texts(self, root: str, paths: tuple[str, ...]) -> dict[str, bytes]:  # noqa: ARG002 - it has none
        return {}


def _judged(ours: Manifest, policy: Manifest) -> Manifest:
    """The apps of the tree, each judged as the trusted app of the same name; a single app as the single one."""
    if ours.app is not None and policy.app is not None:
        return replace(ours, app=_as(ours.app, policy.app))
    if ours.app is None and not ours.apps:
        return replace(ours, app=policy.app, apps=policy.apps)
    known = {app.name: app for app in (*policy.apps, *((policy.app,) if policy.app else ()))}
    app = _as(ours.app, known[ours.app.name]) if ours.app and ours.app.name in known else ours.app
    apps = tuple(_as(one, known[one.name]) if one.name in known else one for one in ours.apps)
    return replace(ours, app=app, apps=apps)


def _as(ours: App, trusted: App) -> App:
    return replace(
        ours,
        category=trusted.category,
        services=trusted.services,
        side=trusted.side,
        minors=trusted.minors,
        paths=trusted.paths,
    )


def _lines(data: bytes) -> list[str]:
    return [line.strip() for line in data.decode("utf-8", "replace").splitlines()]


def _contexts(lines: list[str]) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(lines):
        if "privlint" in line:
            yield _context(lines, index)


def _context(lines: list[str], index: int) -> tuple[str, str]:
    """The line of a marker, and the next one that is not empty: a marker that moves to other code is another."""
    after = next((line for line in lines[index + 1 :] if line), "")
    return (lines[index] if index < len(lines) else "", after)


def _shares(markers: list[Marker], marker: Marker) -> bool:
    """Tell whether another marker that comes later stands on the same line."""
    return any(
        other.place.start.line == marker.place.start.line and other.place.start.column > marker.place.start.column
        for other in markers
    )
