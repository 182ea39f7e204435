"""flake8 and the language server hand texts to a session; the command line lets it read files: both find the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from privlint.engine import Session
from privlint.engine.sessions import Sessions
from privlint.model.finding import Finding
from privlint.model.request import Request

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "privlint.toml").exists())
SUFFIXES = {".kt", ".java", ".py"}
TODAY = "2026-01-01"


def essence(finding: Finding) -> tuple[object, ...]:
    return finding.place, finding.check, finding.severity, finding.message, finding.suppressed, finding.fingerprint


@pytest.mark.parametrize("name", FOLDERS)
def test_text_by_text_as_file_by_file(name: str) -> None:
    files = [path for path in sorted((EXAMPLES / name).rglob("*")) if path.suffix in SUFFIXES]
    sessions = Sessions(Request(jobs=1, today=TODAY))
    seen = 0
    for path in files:
        session = sessions.of(str(path))
        session.look_around([str(path)])
        session.update(str(path), path.read_text(encoding="utf-8"))
        shown = [essence(one) for one in session.findings_for(str(path))]
        run = Session(Request(paths=(str(path),), jobs=1, today=TODAY, force_exclude=True)).report()
        own = [one for one in run.findings if one.place.path == session.relative(str(path))]
        assert shown == [essence(one) for one in own], path
        seen += len(shown)
    assert seen > 0 or not name.endswith("-undeclared")
