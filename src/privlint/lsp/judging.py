"""The text of a file in; what is found in it, and the diagnostics that an editor shows, out. Nothing is sent here."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pygls.uris import from_fs_path

from privlint.errors import PrivlintError
from privlint.lsp.diagnostics import Converter, failure, unexamined
from privlint.lsp.documents import Documents
from privlint.model.finding import Covered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsprotocol import types
    from pygls.workspace import TextDocument

    from privlint.engine import Session
    from privlint.engine.sessions import Sessions
    from privlint.lsp.options import Options
    from privlint.lsp.whole_app import WholeApp
    from privlint.model.finding import Finding

_log = logging.getLogger("privlint")


class Listener(Protocol):
    """What is to happen when a manifest comes into play."""

    def manifest_met(self, session: Session) -> None:
        """A file of its project is about to be judged."""

    def manifest_typed(self, session: Session, news: str) -> None:
        """It was judged as an editor has it; `news` is its URI where it says something else now."""

    def manifest_broken(self, error: PrivlintError) -> None:
        """It cannot be used."""


class Judging:
    """Judges the texts of one editor, in its language and units."""

    def __init__(self, sessions: Sessions, whole: WholeApp, options: Options, heard: Listener) -> None:
        self.sessions = sessions
        self.whole = whole
        self.options = options
        self._heard = heard
        self.converter: Converter
        self.documents: Documents
        self._found: dict[str, tuple[tuple[object, ...], tuple[Finding, ...] | Covered]] = {}  # and what it stands on

    def forget(self, uri: str) -> None:
        """Forget what was found in a file."""
        self._found.pop(uri, None)

    def showing(self, document: TextDocument) -> list[types.Diagnostic]:
        """Judge one text. What goes wrong here is said in the editor, and ends nothing."""
        if not document.uri.startswith("file:"):
            return []
        try:
            if self.governs(document):
                return self._of_manifest(document)
            session = self.sessions.of(document.path)
            found = self.judge(session, document)
            if isinstance(found, Covered):
                return [unexamined(found, self.options.language)]
            return self._converted(session, document.path, document.lines, found)
        except PrivlintError as error:
            self._heard.manifest_broken(error)
            return []
        except Exception as error:
            _log.exception("could not examine %s", document.uri)
            return [failure(error)]

    def judge(self, session: Session, document: TextDocument) -> tuple[Finding, ...] | Covered:
        """Examine one text, and give what is found in it; or why it could not be examined."""
        self._heard.manifest_met(session)
        basis = (session, session.shared, session.manifest, document.source)
        known = self._found.get(document.uri)
        if known is not None and all(one is other for one, other in zip(known[0], basis, strict=True)):
            return known[1]
        covered = session.update(document.path, document.source, _named(document.language_id))
        found = covered if covered.outcome == "failed" else session.findings_for(document.path)
        self._found[document.uri] = (basis, found)
        return found

    def of_project(self, uri: str) -> list[types.Diagnostic]:
        """Give what the whole app says of a file that is not open."""
        path = Documents.path_of(uri)
        try:
            session = self.sessions.of(path)
        except PrivlintError:
            return []
        own = session.findings_for(path) if session.relative(path) == session.manifest.path else ()
        return self._converted(session, path, self.documents.lines(uri), own)

    def session_of(self, document: TextDocument) -> Session | None:
        """Give the session of an open file; None where its manifest cannot be used."""
        try:
            return self.sessions.of(document.path) if document.uri.startswith("file:") else None
        except PrivlintError:
            return None  # what is wrong was said when the file was examined

    def uri_of(self, session: Session, path: str) -> str:
        """Name a file of a project as the editor does."""
        uri = from_fs_path(str(Path(session.root, path))) or ""
        document = self.documents.opened(uri)
        return document.uri if document else uri

    def _of_manifest(self, document: TextDocument) -> list[types.Diagnostic]:
        """Judge a manifest as it is typed; while it cannot be used, what it said before counts for other files."""
        try:
            news = self.sessions.typed(document.path, document.source)
        except PrivlintError as error:
            return [self.converter.complaint(error, document.lines)]
        session = self.sessions.of(document.path)
        self._heard.manifest_typed(session, document.uri if news else "")
        return self._converted(session, document.path, document.lines, session.findings_for(document.path))

    def _converted(
        self, session: Session, path: str, lines: Sequence[str], found: tuple[Finding, ...]
    ) -> list[types.Diagnostic]:
        """Convert what was found in a file, and what the whole app adds to it."""

        def elsewhere(other: str) -> tuple[str, Sequence[str]]:
            uri = self.uri_of(session, other)
            return uri, self.documents.lines(uri)

        known = {(one.place, data) for one in found for data in one.data or (one.symbol,)}
        checks = {(one.place, one.check) for one in found}
        more = (
            one
            for one in self.whole.findings(session.root, session.relative(path))
            if (one.place, one.check) not in checks
            and not any((one.place, data) in known for data in one.data or (one.symbol,))
        )
        return [self.converter.diagnostic(one, lines, elsewhere) for one in (*found, *more) if not one.suppressed]

    def governs(self, document: TextDocument) -> bool:
        """Tell whether an open file is the manifest of its own folder."""
        return document.uri.startswith("file:") and self.sessions.governs(document.path)


def _named(language_id: str | None) -> str:
    return language_id if language_id in {"kotlin", "java", "python"} else ""
