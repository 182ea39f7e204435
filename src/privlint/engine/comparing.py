"""A request and a commit in; what the project has gained and lost since, in data, permissions and SDKs, out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import declare, languages
from privlint.checks import inventory
from privlint.declare import policy
from privlint.discover import git
from privlint.discover.kinds import declares
from privlint.engine.session import Session
from privlint.errors import ConfigurationError
from privlint.model.drift import Drift
from privlint.model.earlier import Earlier
from privlint.model.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.drift import Item
    from privlint.model.judged import Project
    from privlint.model.project import Manifest
    from privlint.model.request import Request

_ELSE = Text("Run it inside the repository.", "请在仓库内运行。")
_AT_ONCE = 400  # blobs that are asked of git in one go
_LARGEST = 5_000_000  # bytes of a file that is written out to be read again


def drift(request: Request, reference: str) -> Drift:
    """Compare the folder with what it was where it parted from a branch, tag or commit."""
    from tempfile import TemporaryDirectory

    session = Session(request)
    top = git.repository_of(session.root, _ELSE)
    commit, blobs = git.snapshot(top, reference)
    project = session.project()
    with TemporaryDirectory(prefix="privlint-") as folder:
        for path, data in _contents(top, os.path.relpath(session.root, top).replace(os.sep, "/"), blobs):
            _write(folder, path, data)
        os.makedirs(os.path.join(folder, ".git"), exist_ok=True)  # nothing above the folder is looked at
        before = Session(_as_it_was(request, session, folder))
        old = {(item.matter, item.id): item for item in inventory.listed(before.project())}
        broken = any(one.covered.outcome == "failed" for one in before.results.values())
    session.earlier = Earlier(
        manifest=_manifest(session, top, commit),
        had=frozenset(old),
        renewed=frozenset(_renewed(session, project, top, commit)),
    )
    report = session.report()
    new = {(item.matter, item.id): item for item in inventory.listed(project)}
    added = inventory.weighed(project, (item for key, item in new.items() if key not in old), report.findings)
    removed: tuple[Item, ...] = tuple(item for key, item in old.items() if key not in new)
    return Drift(
        reference=reference,
        commit=commit,
        app=inventory.kind(project),
        added=added,
        removed=removed,
        findings=tuple(one for one in report.findings if one.check in _COMPARED and not one.suppressed),
        fail_on=report.fail_on,
        incomplete=broken or report.count("failed") > 0,
    )


_COMPARED = ("PRV208", "PRV209")


def _manifest(session: Session, top: str, commit: str) -> Manifest | None:
    """Read the manifest as it was; one that cannot be read says nothing."""
    path = session.manifest.path
    data = git.file_at(top, commit, _inside(session, top, path)) if path else None
    if data is None:
        return None
    try:
        return declare.read(data, path, path.endswith("pyproject.toml")).manifest
    except ConfigurationError:
        return None


def _renewed(session: Session, project: Project, top: str, commit: str) -> Iterator[str]:
    """Name the apps whose policy has another text than it had."""
    for app, text in zip(project.apps, project.texts, strict=False):
        if text.state != "read":
            continue
        before = git.file_at(top, commit, _inside(session, top, text.path))
        if before is None or policy.read(before, text.named, text.path).text != text.text:
            yield app.name


def _inside(session: Session, top: str, path: str) -> str:
    return os.path.relpath(os.path.join(session.root, path), top).replace(os.sep, "/")


def _contents(top: str, inside: str, blobs: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the project that an examination reads, by their path from its root."""
    before = "" if inside == "." else f"{inside}/"
    wanted = {path[len(before) :]: blob for path, blob in blobs.items() if path.startswith(before) and _read(path)}
    paths = sorted(wanted)
    for start in range(0, len(paths), _AT_ONCE):
        chunk = paths[start : start + _AT_ONCE]
        found = git.blobs(top, tuple(wanted[path] for path in chunk))
        yield from ((path, found[wanted[path]]) for path in chunk if len(found.get(wanted[path], b"")) <= _LARGEST)


def _read(path: str) -> bool:
    name = path.rpartition("/")[2]
    return os.path.splitext(name)[1] in languages.SUFFIXES or bool(declares(path))


def _write(folder: str, path: str, data: bytes) -> None:
    """Write one file out; a name that would lead out of the folder is no name of a file."""
    parts = path.split("/")
    if any(part in {"", ".", "..", ".git"} for part in parts) or os.path.isabs(path) or "\\" in path:
        return
    target = os.path.join(folder, *parts)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as stream:
        stream.write(data)


def _as_it_was(request: Request, session: Session, folder: str) -> Request:
    """Ask for the old state under the settings of today: only what the app has is compared, not how it was judged."""
    exclude = (*session.manifest.manifest.check.exclude, *request.exclude)
    return replace(request, paths=(folder,), config="", isolated=True, exclude=exclude, merged_manifest="")
