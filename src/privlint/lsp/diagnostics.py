"""A finding and the lines that it stands in, in; the diagnostic that an editor shows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from privlint.errors import ConfigurationError, PrivlintError
from privlint.model.place import Place, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pygls.workspace import PositionCodec

    from privlint.model.finding import Covered, Finding

SOURCE = "privlint"

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


class Converter:
    """Makes diagnostics for one editor: in its language, with columns in its units."""

    def __init__(self, codec: PositionCodec, language: str, *, related: bool) -> None:
        self.codec = codec
        self.language = language
        self.related = related  # it can show a second place

    def diagnostic(
        self, finding: Finding, lines: Sequence[str], elsewhere: Callable[[str], tuple[str, Sequence[str]]]
    ) -> types.Diagnostic:
        """Convert one finding; `elsewhere` gives the URI and the lines of another file of the project."""
        related = []
        for one in finding.related if self.related else ():
            uri, other_lines = elsewhere(one.place.path)
            where = types.Location(uri, self.range(one.place, other_lines))
            related.append(types.DiagnosticRelatedInformation(where, one.text[self.language]))
        return types.Diagnostic(
            range=self.range(finding.place, lines),
            message=f"{finding.message[self.language]}\n{_advice(finding.help[self.language])}",
            severity=_SEVERITIES[finding.severity],
            code=finding.check,
            source=SOURCE,
            related_information=related or None,
            data={"data": list(finding.data), "symbol": finding.symbol, "fingerprint": finding.fingerprint},
        )

    def complaint(self, error: PrivlintError, lines: Sequence[str]) -> types.Diagnostic:
        """Convert what is wrong with a manifest, or with the rules of this installation."""
        start = Position(max(error.line, 1), max(error.column, 1))
        width = len(lines[start.line - 1].rstrip("\r\n")) if start.line <= len(lines) else 0
        place = Place(error.path, start, Position(start.line, max(width + 1, start.column)))
        return types.Diagnostic(
            range=self.range(place, lines),
            message=explained(error, self.language),
            severity=types.DiagnosticSeverity.Error,
            code="PRV014" if isinstance(error, ConfigurationError) else "PRV099",
            source=SOURCE,
        )

    def range(self, place: Place, lines: Sequence[str]) -> types.Range:
        """Convert a place. Where the lines are not known, columns stay code points."""
        return types.Range(self._position(place.start, lines), self._position(place.end, lines))

    def _position(self, position: Position, lines: Sequence[str]) -> types.Position:
        point = types.Position(position.line - 1, position.column - 1)
        if point.line >= len(lines):
            return point
        return self.codec.position_to_client_units(lines, point)


def _advice(text: str) -> str:
    """Take the sentence, and not the tables to write: an action writes them."""
    return text.partition("\n")[0]


def explained(error: PrivlintError, language: str) -> str:
    """Say what is wrong and what to do."""
    if language.startswith("zh"):
        return "\n".join(part for part in (error.message_zh, error.hint_zh) if part)
    return "\n".join(part for part in (error.message, error.hint) if part)


def failure(error: Exception) -> types.Diagnostic:
    """Say that privlint itself failed on a file."""
    start = types.Position(0, 0)
    return types.Diagnostic(
        range=types.Range(start, start),
        message=f"internal error: {type(error).__name__}: {error}",
        severity=types.DiagnosticSeverity.Information,
        code="PRV099",
        source=SOURCE,
    )


def unexamined(covered: Covered, language: str) -> types.Diagnostic:
    """Say why a file could not be examined."""
    start = types.Position(0, 0)
    return types.Diagnostic(
        range=types.Range(start, start),
        message=covered.detail[language],
        severity=types.DiagnosticSeverity.Warning,
        code=covered.reason,
        source=SOURCE,
    )
