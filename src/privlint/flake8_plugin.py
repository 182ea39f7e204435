"""One Python file as flake8 read it in; the findings that this file alone can show out, as flake8 codes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from privlint import __version__
from privlint.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    import ast
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from typing import ClassVar, Protocol, TypeAlias

    from privlint.engine import Session
    from privlint.engine.sessions import Sessions
    from privlint.model.finding import Finding

    # line from 1; column from 0, in code points; "PRV201 what it is"; the plugin
    Problem: TypeAlias = tuple[int, int, str, type["Plugin"]]

    class OptionManager(Protocol):
        """The part of flake8's own that is used."""

        def add_option(self, *names: str, **settings: object) -> None:
            """Add an option."""


LEVELS = ("error", "warning", "info")  # the gravest first


class Plugin:
    """What the entry point `PRV` names. flake8 makes one for each file, in processes that share nothing."""

    name = "privlint"
    version = __version__

    _config: ClassVar[str] = ""
    _severity: ClassVar[str] = "warning"
    _language: ClassVar[str] = "en"
    _sessions: ClassVar[Sessions | None] = None

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:  # noqa: ARG002 - `tree` means: once
        self.filename = filename
        self.lines = lines

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Tell flake8 the options; each may stand in its configuration file too."""
        manager.add_option(
            "--privlint-config",
            metavar="FILE",
            default="",
            parse_from_config=True,
            normalize_paths=True,
            help="the privlint.toml or pyproject.toml to use instead of the nearest one",
        )
        manager.add_option(
            "--privlint-severity",
            metavar="LEVEL",
            choices=LEVELS,
            default="warning",
            parse_from_config=True,
            help="report what is at least this grave: error, warning (default) or info",
        )
        manager.add_option(
            "--privlint-lang",
            metavar="LANG",
            choices=("en", "zh-CN"),
            default="en",
            parse_from_config=True,
            help="language of the messages: en (default) or zh-CN",
        )

    @classmethod
    def parse_options(cls, options: Namespace) -> None:
        """Take the options over."""
        cls._config = options.privlint_config
        cls._severity = options.privlint_severity
        cls._language = options.privlint_lang
        cls._sessions = None

    def run(self) -> Iterator[Problem]:
        """Examine the file. Never raises: flake8 would lose the results of all other files."""
        try:
            yield from self._problems()
        except (ConfigurationError, UsageError) as error:
            yield 1, 0, _line("PRV014", self._explained(error)), type(self)
        except Exception as error:
            yield 1, 0, _line("PRV099", f"internal error: {type(error).__name__}: {error}"), type(self)

    def _problems(self) -> list[Problem]:
        path = os.path.abspath(self.filename)
        session = self._session_for(path)
        language = "" if path.endswith((".py", ".pyi")) else "python"
        covered = session.update(path, "".join(self.lines), language)
        found = session.findings_for(path)
        session.forget(path)
        if covered.outcome == "failed":  # green must mean examined
            return [(1, 0, _line(covered.reason, covered.detail[self._language]), type(self))]
        wanted = LEVELS[: LEVELS.index(self._severity) + 1]
        kept = (finding for finding in found if not finding.suppressed and finding.severity in wanted)
        return [self._problem(finding) for finding in kept]

    def _session_for(self, path: str) -> Session:
        if Plugin._sessions is None:
            from privlint.engine.sessions import Sessions
            from privlint.model.request import Request

            Plugin._sessions = Sessions(Request(config=self._config))
        return Plugin._sessions.of(path)

    def _problem(self, finding: Finding) -> Problem:
        start = finding.place.start
        return start.line, start.column - 1, _line(finding.check, finding.message[self._language]), type(self)

    def _explained(self, error: ConfigurationError | UsageError) -> str:
        chinese = self._language.startswith("zh")
        place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
        message = error.message_zh if chinese else error.message
        hint = error.hint_zh if chinese else error.hint
        return " ".join(part for part in (f"{place}:" if place else "", message, hint) if part)


def _line(code: str, text: str) -> str:
    from privlint.report.safe import visible

    return f"{code} {visible(' '.join(text.split()))}"
