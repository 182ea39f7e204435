"""The texts that an editor has open: changes by region in, whole texts and their lines out.

pygls breaks lines as Python does, at form feeds and other separators too; the protocol knows only LF, CRLF and CR.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pygls.uris import to_fs_path
from pygls.workspace import TextDocument, Workspace

from privlint.model.place import Position

if TYPE_CHECKING:
    from lsprotocol import types


class Document(TextDocument):
    """One open file."""

    @property
    def lines(self) -> Sequence[str]:
        """The lines, with their ends, as the protocol counts them."""
        return lines_of(self.source)


class Documents(Workspace):
    """All open files."""

    def lines(self, uri: str) -> Sequence[str]:
        """Give the lines of a file as the editor has it, or else as the disk does; none when it cannot be read."""
        document = self.opened(uri)
        return lines_of(document.source) if document else lines_on_disk(uri)

    def opened(self, uri: str) -> TextDocument | None:
        """Give the file if it is open. An editor and pygls may quote a URI differently."""
        found: TextDocument | None = self.text_documents.get(unquote(uri))
        return found

    @staticmethod
    def path_of(uri: str) -> str:
        """Give the path of a file on the disk; the URI itself where it names none."""
        return to_fs_path(uri) or uri

    def _create_text_document(
        self, doc_uri: str, source: str | None = None, version: int | None = None, language_id: str | None = None
    ) -> TextDocument:
        return Document(
            doc_uri,
            source=source,
            version=version,
            language_id=language_id,
            sync_kind=self._sync_kind,
            position_codec=self.position_codec,
        )


def position_in(document: TextDocument, at: types.Position) -> Position:
    """Convert a position of the editor, whose columns are in its own units."""
    if at.line >= len(document.lines):
        return Position(at.line + 1, 1)
    point = document.position_codec.position_from_client_units(document.lines, at)
    return Position(point.line + 1, point.character + 1)


def lines_of(text: str) -> Sequence[str]:
    """Break a text into lines, with their ends, as the protocol counts them."""
    return tuple(io.StringIO(text, newline=""))


def lines_on_disk(uri: str) -> Sequence[str]:
    """Give the lines of a file on the disk; none when it cannot be read."""
    path = to_fs_path(uri)
    try:
        return lines_of(Path(path).read_bytes().decode("utf-8-sig", "replace")) if path else ()
    except OSError:
        return ()
