"""A region of a file in; the changes and commands that would answer the findings there out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from privlint.engine import amending, marking
from privlint.engine.clauses import cited
from privlint.lsp.documents import position_in
from privlint.model.finding import Covered, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pygls.workspace import TextDocument

    from privlint.engine import Session
    from privlint.lsp.server import Server
    from privlint.model.amendment import Amendment, Edit
    from privlint.model.finding import Finding

OPEN_CLAUSE = "privlint.openClause"

_OPEN = Text("Open ", "打开")


def actions(server: Server, document: TextDocument, params: types.CodeActionParams) -> list[types.CodeAction]:
    """List what may be done about the findings in a region."""
    session = server.judging.session_of(document)
    if session is None or not _wanted(params.context.only):
        return []
    start, end = position_in(document, params.range.start), position_in(document, params.range.end)
    found = [one for one in _findings(server, session, document) if one.place.start <= end and one.place.end >= start]
    made: list[types.CodeAction] = []
    for finding in found:
        shown = server.converter.diagnostic(finding, document.lines, lambda _path: ("", ()))
        shown.related_information = None
        of_it = list(_of(server, session, document, finding))
        for action in of_it:
            if action.title not in {one.title for one in made}:
                action.diagnostics = [shown]
                made.append(action)
    return made


def open_clause(server: Server, clause: str) -> None:
    """Show the published text of a clause; where the editor cannot, its words."""
    found = cited(clause)
    if found is None:
        return
    window = server.client_capabilities.window
    if window and window.show_document and window.show_document.support:
        server.window_show_document(types.ShowDocumentParams(found.source, external=True))
    message = f"{found.text[server.language]}\n{found.source}"
    server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))


def _findings(server: Server, session: Session, document: TextDocument) -> tuple[Finding, ...]:
    relative = session.relative(document.path)
    own: tuple[Finding, ...] = ()
    if relative == session.manifest.path:
        own = session.findings_for(document.path)
    elif not relative.endswith(".xml"):
        judged = server.judging.judge(session, document)
        own = () if isinstance(judged, Covered) else judged
    known = {(one.check, one.place) for one in own}
    more = (one for one in server.whole.findings(session.root, relative) if (one.check, one.place) not in known)
    return tuple(one for one in (*own, *more) if not one.suppressed)


def _of(server: Server, session: Session, document: TextDocument, finding: Finding) -> Iterator[types.CodeAction]:
    path = session.manifest.path or "privlint.toml"
    uri = server.judging.uri_of(session, path)
    lines = server.documents.lines(uri)
    exists = bool(session.manifest.path)
    for amendment in amending.changes(session, finding, "".join(lines) if exists else None, server.language):
        edit = _edit(server, uri, lines, amendment)
        yield types.CodeAction(amendment.title[server.language], types.CodeActionKind.QuickFix, edit=edit)
    mark = marking.mark(session, finding, document.lines, document.language_id or "")
    if mark is not None:
        edit = _edit(server, document.uri, document.lines, mark)
        yield types.CodeAction(mark.title[server.language], types.CodeActionKind.QuickFix, edit=edit)
    for clause in finding.clauses:
        found = cited(clause)
        if found is not None:
            title = f"{_OPEN[server.language]}{_short(found.name[server.language])}"
            command = types.Command(title, OPEN_CLAUSE, arguments=[clause])
            yield types.CodeAction(title, types.CodeActionKind.QuickFix, command=command)


def _edit(server: Server, uri: str, lines: Sequence[str], amendment: Amendment) -> types.WorkspaceEdit:
    document = server.documents.opened(uri)
    version = document.version if document else None
    edits: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit] = [
        _text_edit(server, lines, edit) for edit in amendment.edits
    ]
    change = types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, version), edits)
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    if able is not None and able.document_changes:
        first = (
            [types.CreateFile(uri=uri, options=types.CreateFileOptions(ignore_if_exists=True))]
            if amendment.creates
            else []
        )
        return types.WorkspaceEdit(document_changes=[*first, change])
    plain = [edit for edit in edits if isinstance(edit, types.TextEdit)]
    return types.WorkspaceEdit(changes={uri: plain})


def _text_edit(server: Server, lines: Sequence[str], edit: Edit) -> types.TextEdit | types.SnippetTextEdit:
    where = server.converter.range(edit.place, lines)
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    if edit.cursor >= 0 and able is not None and able.snippet_edit_support and able.document_changes:
        text = f"{_plain(edit.text[: edit.cursor])}$0{_plain(edit.text[edit.cursor :])}"
        return types.SnippetTextEdit(where, types.StringValue(text))
    return types.TextEdit(where, edit.text)


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _wanted(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    return not only or any("quickfix".startswith(str(getattr(kind, "value", kind))) for kind in only)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
