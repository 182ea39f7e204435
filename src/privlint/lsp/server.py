"""What the editor says (opened, changed, saved, closed, asked) in; what it shows out.

A text is examined when the editor has nothing more to say about it: of many quick changes only the last one counts.
What other files declare is read from the disk after a file was opened or saved.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path

from privlint import __version__
from privlint.engine import Session
from privlint.engine.sessions import Sessions
from privlint.errors import PrivlintError
from privlint.lsp.diagnostics import Converter, explained, failure, unexamined
from privlint.lsp.documents import Documents, lines_on_disk
from privlint.lsp.incoming import Incoming
from privlint.model.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pygls.workspace import TextDocument

LATEST = 0.3  # seconds after a change at which it is examined although more has come
AGAIN = 0.002  # seconds until it is seen whether more has come
SETTLED = 0.05  # seconds after opening or saving until other files are read

MANIFESTS = ("**/privlint.toml", "**/.privlint.toml", "**/pyproject.toml")

_log = logging.getLogger("privlint")


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self, language: str) -> None:
        super().__init__("privlint", __version__)
        self.language = language or "en"
        self.sessions = Sessions(Request(jobs=1))
        self.pulls = False  # the editor asks for diagnostics; nothing is pushed then but what concerns a manifest
        self.incoming = Incoming(sys.stdin.fileno())
        self.done = False  # the editor said goodbye
        self.converter: Converter
        self.documents: Documents
        self._waiting: dict[str, asyncio.TimerHandle] = {}  # what is about to happen, by URI; "" reads other files
        self._since: dict[str, float] = {}  # when a text changed that was not examined since, by URI
        self._told: dict[str, list[types.Diagnostic]] = {}  # what was said about manifests, by URI
        self._judged: list[Session] = []  # those whose manifest was judged

    # --- what happens to files ----------------------------------------------------------------------------------------

    def start(self, params: types.InitializeParams) -> None:
        """Take over what the editor is able to do."""
        self.language = _language(params) or self.language
        capabilities = params.capabilities.text_document
        push = capabilities.publish_diagnostics if capabilities else None
        self.pulls = capabilities is not None and capabilities.diagnostic is not None
        given = self.workspace
        folders = list(given.folders.values())
        self.documents = Documents(given.root_uri, self._text_document_sync_kind, folders, given.position_encoding)
        self.protocol._workspace = self.documents  # pygls offers no other way to break lines as the protocol does
        related = push is not None and bool(push.related_information)
        self.converter = Converter(given.position_codec, self.language, related=related)

    def watch(self) -> None:
        """Ask to be told when a manifest changes."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is None or not watching.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in MANIFESTS]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        self.client_register_capability(types.RegistrationParams([types.Registration("manifests", method, options)]))

    def opened(self, uri: str) -> None:
        """Examine a file that was opened or saved: a manifest may have changed meanwhile, and other files too."""
        if not self.manifests_changed():
            self.changed(uri)
        self._later("", SETTLED, self._look_around)

    def changed(self, uri: str) -> None:
        """Examine a file a moment after its last change."""
        if not self.pulls:
            self._since.setdefault(uri, monotonic())
            self._later(uri, 0, self._push, uri)

    def closed(self, document: TextDocument) -> None:
        """Forget a file, and take back what was said about it."""
        if waiting := self._waiting.pop(document.uri, None):
            waiting.cancel()
        if not self.pulls:
            self._publish(document.uri, [])
        if session := self._session(document):
            session.forget(document.path)

    def manifests_changed(self) -> bool:
        """Begin anew when a manifest was changed, made or removed; tell so."""
        if not self.sessions.refresh():
            return False
        for uri in self._told:
            self._publish(uri, [])
        self._told.clear()
        self._judged.clear()
        self._again()
        self._later("", SETTLED, self._look_around)
        return True

    def examine(self, document: TextDocument) -> list[types.Diagnostic]:
        """Judge one text. What goes wrong here is said in the editor, and ends nothing."""
        if not document.uri.startswith("file:"):
            return []
        try:
            session = self.sessions.of(document.path)
            self._judge_manifest(session)
            covered = session.update(document.path, document.source, _named(document.language_id))
            if covered.outcome == "failed":
                return [unexamined(covered, self.language)]
            return self._convert(session, document.path, document.lines)
        except PrivlintError as error:
            self._complain(error)
            return []
        except Exception as error:
            _log.exception("could not examine %s", document.uri)
            return [failure(error)]

    # --- how it is done -----------------------------------------------------------------------------------------------

    def _later(self, key: str, seconds: float, what: Callable[..., None], *arguments: str) -> None:
        """Do something soon, and only once: what was waiting under the same key is dropped."""
        if waiting := self._waiting.pop(key, None):
            waiting.cancel()
        self._waiting[key] = asyncio.get_running_loop().call_later(seconds, self._now, key, what, *arguments)

    def _now(self, key: str, what: Callable[..., None], *arguments: str) -> None:
        self._waiting.pop(key, None)
        what(*arguments)

    def _push(self, uri: str) -> None:
        if self.incoming.waiting() and monotonic() - self._since.get(uri, 0) < LATEST:
            self._later(uri, AGAIN, self._push, uri)
            return
        self._since.pop(uri, None)
        if document := self.documents.opened(uri):
            self._publish(uri, self.examine(document), document.version)

    def _again(self) -> None:
        """Examine everything that is open."""
        if not self.pulls:
            for document in self.documents.text_documents.values():
                self.changed(document.uri)
            return
        workspace = self.client_capabilities.workspace
        if workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    def _look_around(self) -> None:
        """Read what other files declare, for each project with open files; then judge those again."""
        projects: dict[int, tuple[Session, list[str]]] = {}
        for document in self.documents.text_documents.values():
            session = self._session(document)
            if session is not None:
                projects.setdefault(id(session), (session, []))[1].append(document.path)
        learnt = [session.look_around(paths) for session, paths in projects.values()]
        if any(learnt):
            self._again()

    def _session(self, document: TextDocument) -> Session | None:
        try:
            return self.sessions.of(document.path) if document.uri.startswith("file:") else None
        except PrivlintError:
            return None  # what is wrong was said when the file was examined

    def _convert(self, session: Session, path: str, lines: Sequence[str]) -> list[types.Diagnostic]:
        def elsewhere(other: str) -> tuple[str, Sequence[str]]:
            uri = _uri(session, other)
            return uri, self.documents.lines(uri)

        found = session.findings_for(path)
        return [self.converter.diagnostic(one, lines, elsewhere) for one in found if not one.suppressed]

    def _judge_manifest(self, session: Session) -> None:
        if any(session is one for one in self._judged):
            return
        self._judged.append(session)
        if session.manifest.path:
            uri = _uri(session, session.manifest.path)
            path = str(Path(session.root, session.manifest.path))
            self._tell(uri, self._convert(session, path, lines_on_disk(uri)))

    def _complain(self, error: PrivlintError) -> None:
        """Show what is wrong with a manifest, there and, once, in a message."""
        uri = from_fs_path(error.path) if error.path else ""
        if (uri or str(error)) in self._told:
            return
        if uri:
            self._tell(uri, [self.converter.complaint(error, lines_on_disk(uri))])
        else:
            self._told[str(error)] = []
        place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
        text = explained(error, self.language)
        message = f"privlint: {place}: {text}" if place else f"privlint: {text}"
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    def _tell(self, uri: str, diagnostics: list[types.Diagnostic]) -> None:
        self._told[uri] = diagnostics
        self._publish(uri, diagnostics)

    def _publish(self, uri: str, diagnostics: list[types.Diagnostic], version: int | None = None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))


def serve(language: str = "") -> int:
    """Speak with one editor over standard input and output until it says goodbye; 1 if it just went away."""
    server = make(language)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)  # an exception would wait for the thread that reads
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anything prints must not get between the messages
        server.start_io(server.incoming, output)  # type: ignore[arg-type]  # it reads lines and bytes, no more
    return 0 if server.done else 1


def make(language: str) -> Server:
    """Tie the protocol's messages to what the server does."""
    server = Server(language)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.start(params)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        server.watch()

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.done = True

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(server.documents.get_text_document(params.text_document.uri))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(_: types.DidChangeWatchedFilesParams) -> None:
        server.manifests_changed()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(_: types.DidChangeConfigurationParams) -> None:
        """All settings stand in the manifest; some editors say this at the start."""

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="privlint"),
    )
    def diagnostic(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        document = server.documents.opened(params.text_document.uri)
        return types.RelatedFullDocumentDiagnosticReport(server.examine(document) if document else [])

    return server


def _language(params: types.InitializeParams) -> str:
    """Read `{"language": "zh-CN"}` in the editor's options for this server, or else the editor's own language."""
    options = params.initialization_options
    chosen = options.get("language") if isinstance(options, dict) else None
    tag = chosen if isinstance(chosen, str) else params.locale or ""
    return {"zh": "zh-CN", "en": "en"}.get(tag.lower().replace("_", "-").partition("-")[0], "")


def _named(language_id: str | None) -> str:
    return language_id if language_id in {"kotlin", "java", "python"} else ""


def _uri(session: Session, path: str) -> str:
    return from_fs_path(str(Path(session.root, path))) or ""
