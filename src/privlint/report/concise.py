"""A report in; one line for each finding out: `path:line:column: PRV201 error message`.

The words that programs match on (the id, the severity) are the same in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.finding import Report
from privlint.report import prose, safe
from privlint.report.style import Style
from privlint.report.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the lines."""
    style = Style(view.colour)
    for finding in report.findings:
        if finding.suppressed and not view.verbose:
            continue
        role = "suppressed" if finding.suppressed else finding.severity
        message = safe.visible(finding.message[view.language])
        yield f"{prose.place(finding.place, view)}: {style(role, f'{finding.check} {role}')} {message}"
