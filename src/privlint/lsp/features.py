"""The protocol's messages in; what the server does about each, and its answer, out.

pygls answers a request that fails with an error, and goes on; so does this for what is only shown (hover, lens, links):
there an error is written to the log, and the editor gets nothing.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

from privlint.lsp import actions, completion, hover, lens, links
from privlint.lsp.all_files import all_files
from privlint.lsp.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from pygls.workspace import TextDocument

WATCHED = (
    "**/privlint.toml",
    "**/.privlint.toml",
    "**/pyproject.toml",
    "**/AndroidManifest*.xml",
    "**/*.gradle",
    "**/*.gradle.kts",
    "**/gradle.properties",
    "**/*.versions.toml",
)

_log = logging.getLogger("privlint")

Answer = TypeVar("Answer")


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
    _life(server)
    _texts(server)
    _questions(server)
    return server


def _life(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.start(params)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        _watch(server)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.done = True

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(_: types.DidChangeConfigurationParams) -> None:
        """All settings stand in the manifest; some editors say this at the start."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        server.files_changed([change.uri for change in params.changes])


def _texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.typed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(server.documents.get_text_document(params.text_document.uri))

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="privlint"),
    )
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        await server.quiet()
        return types.RelatedFullDocumentDiagnosticReport(server.pull(params.text_document.uri))

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        await server.quiet()
        return types.WorkspaceDiagnosticReport(all_files(server, params.previous_result_ids))


def _questions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: types.HoverParams) -> types.Hover | None:
        return await _answered(
            server, params.text_document.uri, lambda document: _hover(server, document, params.position), None
        )

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=['"', "[", "="], resolve_provider=False),
    )
    async def on_completion(params: types.CompletionParams) -> types.CompletionList:
        def found(document: TextDocument) -> types.CompletionList:
            if not server.sessions.governs(document.path):
                return types.CompletionList(is_incomplete=False, items=[])
            return completion.items(server, document, params.position)

        return await _answered(server, params.text_document.uri, found, types.CompletionList(False, []))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    async def on_code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await _answered(
            server, params.text_document.uri, lambda document: actions.actions(server, document, params), []
        )

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    async def on_code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        return await _answered(server, params.text_document.uri, lambda document: lens.lenses(server, document), [])

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, types.DocumentLinkOptions(resolve_provider=False))
    async def on_document_link(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        return await _answered(server, params.text_document.uri, lambda document: links.links(server, document), [])

    @server.command(actions.OPEN_CLAUSE)
    def open_clause(clause: str) -> None:
        actions.open_clause(server, clause)


async def _answered(server: Server, uri: str, work: Callable[[TextDocument], Answer], nothing: Answer) -> Answer:
    """Answer when the editor has said all that it has to say; what fails is written down, and answered with nothing."""
    await server.quiet()
    document = server.documents.opened(uri)
    if document is None or not uri.startswith("file:"):
        return nothing
    try:
        return work(document)
    except Exception:
        _log.exception("could not answer for %s", uri)
        return nothing


def _hover(server: Server, document: TextDocument, at: types.Position) -> types.Hover | None:
    if server.sessions.governs(document.path):
        return hover.in_manifest(server, document, at)
    if document.path.endswith(".xml"):
        return hover.in_xml(server, document, at)
    return hover.in_code(server, document, at)


def _watch(server: Server) -> None:
    """Ask to be told when a manifest or a build file changes."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    server.client_register_capability(types.RegistrationParams([types.Registration("manifests", method, options)]))
