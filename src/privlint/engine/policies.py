"""The manifest in, the privacy policies that it names out: read from the project, never from the network."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from privlint import discover
from privlint.model.finding import Covered, Text
from privlint.model.policy import PolicyText

if TYPE_CHECKING:
    from privlint.model.project import App, LoadedManifest

LARGEST = 1_000_000  # bytes

_OUTSIDE = Text("it lies outside the project", "它位于项目之外")


def read(root: str, loaded: LoadedManifest) -> tuple[PolicyText, ...]:
    """Read the policy of every app, in the order of the apps."""
    manifest = loaded.manifest
    apps = (manifest.app,) if manifest.app else manifest.apps
    folder = posixpath.dirname(loaded.path)
    return tuple(_read(root, folder, app) for app in apps)


def _read(root: str, folder: str, app: App) -> PolicyText:
    from privlint.declare import policy

    named = app.policy.strip()
    if not named:
        return PolicyText(named="", state="not-named")
    if "://" in named:
        return PolicyText(named=named, state="address")
    path = posixpath.normpath(posixpath.join(folder, named.replace("\\", "/")))
    if path.startswith(("../", "/")) or path == "..":
        return PolicyText(named=named, path=path, state="unreadable", detail=_OUTSIDE)
    if not os.path.realpath(f"{root}/{path}").startswith(os.path.realpath(root).rstrip(os.sep) + os.sep):
        return PolicyText(named=named, path=path, state="unreadable", detail=_OUTSIDE)
    data = discover.read(root, path, LARGEST)
    if isinstance(data, Covered):
        missing = data.reason == "PRV011"
        return PolicyText(named=named, path=path, state="missing" if missing else "unreadable", detail=data.detail)
    return policy.read(data, named, path)
