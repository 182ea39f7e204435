"""What the server has told its editor unasked, so that nothing stands there twice and nothing is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from privlint.lsp.diagnostics import explained

if TYPE_CHECKING:
    from privlint.errors import PrivlintError
    from privlint.lsp.server import Server


class Board:
    """The diagnostics that the editor shows because it was told them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._kept: set[str] = set()  # of files that are not open, by URI
        self._shown: set[str] = set()  # where something stands
        self._pulled: set[str] = set()  # what the editor asks for itself
        self._said: set[str] = set()  # in messages

    def publish(self, uri: str, diagnostics: list[types.Diagnostic], version: int | None = None) -> None:
        """Show what stands in a file, unless the editor asks for it itself."""
        if uri in self._pulled:
            return
        self._shown.discard(uri)
        if diagnostics:
            self._shown.add(uri)
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def keep(self, uri: str, diagnostics: list[types.Diagnostic]) -> None:
        """Show what stands in a file that is not open: it stays until the next beginning."""
        self._kept.add(uri)
        self.publish(uri, diagnostics)

    def keeps(self, uri: str) -> bool:
        """Tell whether something was told of a file that is not open."""
        return uri in self._kept

    def take_back(self, uri: str) -> None:
        """Take back what was told of a file."""
        if uri in self._shown:
            self.publish(uri, [])

    def take_back_kept(self) -> None:
        """Take back what was told of files that are not open."""
        for uri in tuple(self._kept):
            self.take_back(uri)
        self._kept.clear()

    def begin_anew(self) -> None:
        """Forget what was said of manifests."""
        self.take_back_kept()
        self._said.clear()

    def asked(self, uri: str) -> None:
        """Note that the editor asks for a file itself: what was told of it would stand there twice."""
        if uri not in self._pulled:
            self.take_back(uri)
            self._pulled.add(uri)

    def closed(self, uri: str) -> None:
        """Note that a file was closed."""
        self._pulled.discard(uri)
        self.take_back(uri)

    def complain(self, error: PrivlintError, key: str) -> None:
        """Say in a message, once, what is wrong with a manifest."""
        if key in self._said:
            return
        self._said.add(key)
        place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
        text = explained(error, self._server.language)
        message = f"privlint: {place}: {text}" if place else f"privlint: {text}"
        self._server.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))
