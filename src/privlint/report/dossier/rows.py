"""A dossier in; its findings as CSV out, one line each, those that are suppressed too."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.dossier import Dossier
from privlint.model.finding import Finding, Text
from privlint.report import words
from privlint.report.dossier import plain
from privlint.report.view import View

_HEADINGS = (
    Text("check", "检查"),
    Text("severity", "级别"),
    Text("path", "路径"),
    Text("line", "行"),
    Text("column", "列"),
    Text("data", "信息"),
    Text("finding", "发现"),
    Text("what to do", "建议"),
    Text("clauses", "条款"),
    Text("suppressed by", "抑制方式"),
    Text("reason", "理由"),
    Text("fingerprint", "指纹"),
)


def render(dossier: Dossier, view: View) -> Iterator[str]:
    """Yield the lines."""
    yield plain.csv(heading[view.language] for heading in _HEADINGS)
    for finding in dossier.report.findings:
        yield plain.csv(_cells(finding, view.language))


def _cells(finding: Finding, language: str) -> Iterator[str]:
    suppressed = words.SUPPRESSED_BY.get(finding.suppressed)
    yield finding.check
    yield words.SEVERITIES[finding.severity][language]
    yield finding.place.path
    yield str(finding.place.start.line)
    yield str(finding.place.start.column)
    yield " ".join(finding.data)
    yield finding.message[language]
    yield finding.help[language].partition("\n")[0]
    yield " ".join(finding.clauses)
    yield suppressed[language] if suppressed else finding.suppressed
    yield finding.justification
    yield finding.fingerprint
