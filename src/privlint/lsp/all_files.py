"""What the whole app says of files that are not open, for an editor that asks for it, out."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privlint.lsp.server import Server

Report = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport


def all_files(server: Server, known: Sequence[types.PreviousResultId]) -> list[Report]:
    """List each file once; one that the editor knows as it is only by name, and one that is clean now as empty."""
    server.answer_for_all()
    before = {one.uri: one.value for one in known}
    found: list[Report] = []
    said: set[str] = set()
    for root, path in server.whole.paths():
        uri = from_fs_path(os.path.join(root, path)) or ""
        if server.documents.opened(uri) is not None:
            continue
        items = server.judging.of_project(uri)
        version = _version(items)
        said.add(uri)
        if before.get(uri) == version:
            found.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, version=None, result_id=version))
        else:
            found.append(
                types.WorkspaceFullDocumentDiagnosticReport(uri=uri, version=None, items=items, result_id=version)
            )
    clean = (
        types.WorkspaceFullDocumentDiagnosticReport(uri=uri, version=None, items=[], result_id="")
        for uri in sorted(set(before) - said)
    )
    return [*found, *clean]


def _version(items: list[types.Diagnostic]) -> str:
    text = "\n".join(f"{one.range} {one.code} {one.message}" for one in items)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
