"""A manifest in; the files and addresses that it names, as links, out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygls.workspace import TextDocument

    from privlint.lsp.server import Server
    from privlint.model.project import Manifest


def links(server: Server, document: TextDocument) -> list[types.DocumentLink]:
    """List them; a file that is not there is no link."""
    session = server.judging.session_of(document)
    if session is None or session.relative(document.path) != session.manifest.path:
        return []
    found = []
    for key, value in _named(session.manifest.manifest):
        place = session.manifest.places.get(key)
        target = _target(os.path.dirname(document.path), value)
        if place is None or not target:
            continue
        where = server.converter.range(place, document.lines)
        where.start.character += 1  # without the quotes
        where.end.character -= 1
        found.append(types.DocumentLink(where, target))
    return found


def _named(manifest: Manifest) -> Iterator[tuple[str, str]]:
    if manifest.app:
        yield "app.policy", manifest.app.policy
    for index, app in enumerate(manifest.apps):
        yield f"apps.{index}.policy", app.policy
    for index, sdk in enumerate(manifest.sdk):
        yield f"sdk.{index}.notice", sdk.notice
    for index, waiver in enumerate(manifest.waive):
        yield f"waive.{index}.path", waiver.path
    yield "contact.complaints", manifest.contact.complaints
    for name in ("withdraw", "correct", "delete", "close_account", "access", "opt_out"):
        yield f"rights.{name}", getattr(manifest.rights, name)


def _target(folder: str, value: str) -> str:
    if value.startswith(("https://", "http://")):
        return value
    path = os.path.normpath(os.path.join(folder, value))
    inside = path.startswith(folder + os.sep)
    return (from_fs_path(path) or "") if value and inside and os.path.isfile(path) else ""
