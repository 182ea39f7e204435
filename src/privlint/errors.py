"""Errors for a person: what happened, in which file and where, and what to do."""

from __future__ import annotations


class PrivlintError(Exception):
    """Ends the run. `exit_code` follows docs/exit-codes.md."""

    exit_code = 2

    def __init__(  # noqa: PLR0913
        self,
        message: str,
        *,
        path: str = "",
        line: int = 0,
        column: int = 0,
        hint: str = "",
        message_zh: str = "",
        hint_zh: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh or message
        self.hint_zh = hint_zh or hint
        self.path = path
        self.line = line  # from 1; 0 when unknown
        self.column = column  # from 1, in code points; 0 when unknown
        self.hint = hint

    def __str__(self) -> str:
        """One line, with the place in front."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class UsageError(PrivlintError):
    """The command line asked for something that cannot be done."""


class ConfigurationError(PrivlintError):
    """privlint.toml, or the table in pyproject.toml, is wrong (PRV014)."""


class RuleError(PrivlintError):
    """A file in `rules/` is wrong."""


class OutputError(PrivlintError):
    """The report could not be written (PRV018)."""
