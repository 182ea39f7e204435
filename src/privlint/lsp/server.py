"""What the editor says (opened, changed, saved, closed, asked) in; which diagnostics it shows out.

A text is examined when the editor has nothing more to say about it: of many quick changes only the last one counts.
What other files declare is read from the disk after a file was opened or saved; so is the whole app, elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from time import monotonic
from typing import TYPE_CHECKING

from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path

from privlint import __version__
from privlint.engine.sessions import Sessions
from privlint.errors import PrivlintError
from privlint.lsp.board import Board
from privlint.lsp.diagnostics import Converter
from privlint.lsp.documents import Documents
from privlint.lsp.incoming import Incoming
from privlint.lsp.judging import Judging
from privlint.lsp.options import Options
from privlint.lsp.whole_app import WholeApp
from privlint.model.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsprotocol import types
    from pygls.workspace import TextDocument

    from privlint.engine import Session

LATEST = 0.3  # seconds after a change at which it is examined although more has come
AGAIN = 0.002  # seconds until it is seen whether more has come
SETTLED = 0.05  # seconds after opening or saving until other files are read

_log = logging.getLogger("privlint")


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self, language: str) -> None:
        super().__init__("privlint", __version__)
        self.options = Options(language=language or "en")
        request = Request(jobs=1)
        self.sessions = Sessions(request)
        self.whole = WholeApp(self._learnt, request)
        self.pulls = False  # the editor asks for the diagnostics of what is open
        self.asks_for_all = False  # and for those of all other files
        self.incoming = Incoming(sys.stdin.fileno())
        self.done = False  # the editor said goodbye
        self.judging = Judging(self.sessions, self.whole, self.options, self)
        self._waiting: dict[str, asyncio.TimerHandle] = {}  # what is about to happen, by URI; "" reads other files
        self._since: dict[str, float] = {}  # when a text changed that was not examined since, by URI
        self.board = Board(self)
        self._judged: list[Session] = []  # those whose manifest was judged

    @property
    def documents(self) -> Documents:
        """What the editor has open."""
        return self.judging.documents

    @property
    def converter(self) -> Converter:
        """Makes diagnostics in its language and units."""
        return self.judging.converter

    @property
    def language(self) -> str:
        """The language of what it says."""
        return self.options.language

    # --- what happens to files ----------------------------------------------------------------------------------------

    def start(self, params: types.InitializeParams) -> None:
        """Take over what the editor is able to do."""
        self.options = self.judging.options = Options.of(params, self.options)
        capabilities = params.capabilities.text_document
        push = capabilities.publish_diagnostics if capabilities else None
        self.pulls = capabilities is not None and capabilities.diagnostic is not None
        given = self.workspace
        folders = list(given.folders.values())
        self.judging.documents = Documents(
            given.root_uri, self._text_document_sync_kind, folders, given.position_encoding
        )
        self.protocol._workspace = self.documents  # pygls offers no other way to break lines as the protocol does
        related = push is not None and bool(push.related_information)
        self.judging.converter = Converter(given.position_codec, self.language, related=related)

    def opened(self, uri: str) -> None:
        """Examine a file that was opened or saved: a manifest may have changed meanwhile, and other files too."""
        if not self.manifests_changed():
            self.changed(uri)
        self._later("", SETTLED, self._look_around)

    def saved(self, uri: str) -> None:
        """Examine a file that was saved, and what it may mean for others."""
        if document := self.documents.opened(uri):
            self.whole.saved(document.path)
        self.opened(uri)
        self.look_at_all(uri)

    def typed(self, uri: str) -> None:
        """Examine a file whose text changed."""
        if document := self.documents.opened(uri):
            self.whole.typed(document.path)
        self.changed(uri)

    def changed(self, uri: str) -> None:
        """Examine a file a moment after its last change."""
        document = self.documents.opened(uri)
        if not self.pulls or (document is not None and self.judging.governs(document)):
            self._since.setdefault(uri, monotonic())
            self._later(uri, 0, self._push, uri)

    def closed(self, document: TextDocument) -> None:
        """Forget a file, and take back what was said about it; what the whole app says of it stays."""
        if waiting := self._waiting.pop(document.uri, None):
            waiting.cancel()
        self.whole.closed(document.path)
        self.judging.forget(document.uri)
        self.board.closed(document.uri)
        if self.judging.governs(document):
            if self.sessions.untyped(document.path):
                self._begin_anew()
        elif session := self.judging.session_of(document):
            session.forget(document.path)
            self._show(session, session.relative(document.path))

    def files_changed(self, uris: Sequence[str]) -> None:
        """Take note of files of the project that changed on the disk: manifests, build files."""
        self.manifests_changed()
        for uri in uris:
            self.look_at_all(uri)

    def manifests_changed(self) -> bool:
        """Begin anew when a manifest was changed, made or removed; tell so."""
        if not self.sessions.refresh():
            return False
        self._begin_anew()
        return True

    def look_at_all(self, uri: str) -> None:
        """Examine the whole app that a file belongs to, where its manifest says what it is."""
        if not self.options.whole_app:
            return
        try:
            session = self.sessions.of(Documents.path_of(uri))
        except PrivlintError:
            return
        manifest = session.manifest.manifest
        if manifest.app or manifest.apps:
            self.whole.ask(session.root)

    async def quiet(self) -> None:
        """Wait until the editor has nothing more to say: that may be a change, or that it needs no answer any more."""
        end = monotonic() + LATEST
        while self.incoming.waiting() and monotonic() < end:
            await asyncio.sleep(AGAIN)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def pull(self, uri: str) -> list[types.Diagnostic]:
        """Answer an editor that asks for the diagnostics of an open file."""
        document = self.documents.opened(uri)
        if document is None:
            return []
        self.board.asked(document.uri)
        return self.judging.showing(document)

    def answer_for_all(self) -> None:
        """Note that the editor asks for files that are not open, too: from now on they are not told unasked."""
        if not self.asks_for_all:
            self.asks_for_all = True
            self.board.take_back_kept()

    # --- how it is done -----------------------------------------------------------------------------------------------

    def _later(self, key: str, seconds: float, action: Callable[..., None], *arguments: str) -> None:
        if waiting := self._waiting.pop(key, None):
            waiting.cancel()

        def act() -> None:
            self._waiting.pop(key, None)
            action(*arguments)

        self._waiting[key] = asyncio.get_running_loop().call_later(seconds, act)

    def _push(self, uri: str) -> None:
        if self.incoming.waiting() and monotonic() - self._since.get(uri, 0) < LATEST:
            self._later(uri, AGAIN, self._push, uri)
            return
        self._since.pop(uri, None)
        if document := self.documents.opened(uri):
            self.board.publish(document.uri, self.judging.showing(document), document.version)

    def _again(self, but: str = "") -> None:
        """Examine everything that is open."""
        for document in self.documents.text_documents.values():
            if document.uri != but:
                self.changed(document.uri)
        workspace = self.client_capabilities.workspace
        if self.pulls and workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    def _begin_anew(self) -> None:
        self.board.begin_anew()
        self._judged.clear()
        self._again()
        self._later("", SETTLED, self._look_around)

    def _look_around(self) -> None:
        """Read what other files declare, for each project with open files; then judge those again."""
        projects: dict[int, tuple[Session, list[str]]] = {}
        for document in self.documents.text_documents.values():
            session = self.judging.session_of(document)
            if session is not None:
                projects.setdefault(id(session), (session, []))[1].append(document.path)
        learnt = [session.look_around(paths) for session, paths in projects.values()]
        if any(learnt):
            self._again()
        for session, paths in projects.values():
            if not self.whole.known(session.root):
                self.look_at_all(from_fs_path(paths[0]) or "")

    def _learnt(self, root: str, paths: frozenset[str]) -> None:
        """Show what a run over the whole app found."""
        for path in sorted(paths):
            uri = from_fs_path(os.path.join(root, path)) or ""
            if self.documents.opened(uri) is None and not self.asks_for_all:
                self.board.keep(uri, self.judging.of_project(uri))
        self._again()

    def _show(self, session: Session, path: str) -> None:
        if self.whole.findings(session.root, path) and not self.asks_for_all:
            uri = self.judging.uri_of(session, path)
            self.board.keep(uri, self.judging.of_project(uri))

    def _note(self, session: Session) -> bool:
        """Note that the manifest of a session was judged; tell if it had not been."""
        if any(session is one for one in self._judged):
            return False
        self._judged.append(session)
        return True

    def manifest_met(self, session: Session) -> None:
        """Judge the manifest of a file that is judged, once."""
        if not self._note(session) or not session.manifest.path:
            return
        uri = self.judging.uri_of(session, session.manifest.path)
        if self.documents.opened(uri) is None:
            self.board.keep(uri, self.judging.of_project(uri))

    def manifest_typed(self, session: Session, news: str) -> None:
        """Judge everything else again when the manifest says something else."""
        if news:
            self._again(news)
        self._note(session)

    def manifest_broken(self, error: PrivlintError) -> None:
        """Show what is wrong with a manifest, there and, once, in a message."""
        uri = from_fs_path(error.path) if error.path else ""
        if uri and self.documents.opened(uri) is None and not self.board.keeps(uri):
            self.board.keep(uri, [self.converter.complaint(error, self.documents.lines(uri))])
        self.board.complain(error, uri or str(error))
