"""A report in; for people: every finding with its line of code, the reason, the clauses and the remedy.

An explanation is told once: later findings with the same one refer to it, and after the third they take one line each,
so that five hundred findings stay readable. Nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.finding import Finding, Related, Report
from privlint.report import prose, safe, words
from privlint.report.frame import Pointed, frame
from privlint.report.style import Style
from privlint.report.view import View
from privlint.report.width import width, wrap

FRAMES = 3  # findings with one explanation that are shown with their code


class _Told:
    """What this report has explained already, and at which finding."""

    def __init__(self) -> None:
        self.remedies: dict[tuple[object, ...], list[Finding]] = {}
        self.reasons: dict[tuple[object, ...], Finding] = {}

    def alike(self, finding: Finding) -> list[Finding]:
        """List the findings so far, with this one, that say the same of the same data."""
        key = (finding.check, finding.severity, finding.data, finding.reason, finding.help)
        found = self.remedies.setdefault(key, [])
        found.append(finding)
        return found

    def reason(self, finding: Finding) -> Finding:
        """Find the finding that gave this reason first; it may be this one."""
        return self.reasons.setdefault((finding.check, finding.reason, finding.clauses), finding)


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the report line by line. Suppressed findings are shown only to those who want to see all."""
    told = _Told()
    brief = False  # whether the line before was one of a list
    for finding in report.findings:
        if finding.suppressed and not view.verbose:
            continue
        alike = told.alike(finding)
        if len(alike) > FRAMES and not view.verbose:
            yield _line(finding, view)
            brief = True
            continue
        if brief:
            yield ""
            brief = False
        yield from _shown(finding, report, view, finding if view.verbose else alike[0], told)
        yield ""
    if brief:
        yield ""


def _line(finding: Finding, view: View) -> str:
    opening = Style(view.colour)(_role(finding), _opening(finding, view))
    label = finding.label[view.language] or finding.message[view.language]
    after = f"（{words.BEFORE.zh}）" if prose.chinese(view) else f" ({words.BEFORE.en})"
    return f"{opening} {prose.place(finding.place, view)}{prose.colon(view)}{safe.visible(label)}{after}"


def _role(finding: Finding) -> str:
    return "suppressed" if finding.suppressed else finding.severity


def _opening(finding: Finding, view: View) -> str:
    heading = words.SUPPRESSED if finding.suppressed else words.SEVERITIES[finding.severity]
    return f"{heading[view.language]}[{finding.check}]"


def _shown(finding: Finding, report: Report, view: View, first: Finding, told: _Told) -> Iterator[str]:
    """Yield one finding; `first` is the one that told the same explanation before."""
    style = Style(view.colour)
    opening = _opening(finding, view)
    taken = width(opening) + 2
    message, *rest = wrap(safe.visible(finding.message[view.language]), max(view.width, prose.NARROWEST), taken)
    yield f"{style(_role(finding), opening)}: {style('strong', message)}"
    for line in rest:
        yield f"  {style('strong', line)}"
    gutter = max(len(str(of.start.line)) for of in (finding.place, *(also.place for also in finding.related)))
    yield from _places(finding, report, view, gutter, first)
    yield style("gutter", f"{' ' * gutter} |")
    reason = finding if view.verbose else told.reason(finding)
    for word, text in _explanations(finding, view, first, reason):
        role = "help" if word == words.HELP[view.language] else "strong"
        yield from prose.paragraph(word, text, view, indent=f"{' ' * gutter} = ", role=role)


def _places(finding: Finding, report: Report, view: View, gutter: int, first: Finding) -> Iterator[str]:
    style = Style(view.colour)
    yield f"{' ' * gutter}{style('gutter', '-->')} {prose.place(finding.place, view)}"
    yield from frame(_pointed(finding, report, view), gutter, view)
    for related in finding.related:
        if first is not finding and related in first.related:
            continue
        yield f"{' ' * gutter}{style('gutter', '..>')} {prose.place(related.place, view)}"
        yield from frame(_also(related, report, view), gutter, view)


def _pointed(finding: Finding, report: Report, view: View) -> Pointed:
    return Pointed(
        place=finding.place,
        label=finding.label[view.language],
        role=_role(finding),
        known=finding.symbol,
        literals=view.show_literals or finding.place.path == report.manifest,
    )


def _also(related: Related, report: Report, view: View) -> Pointed:
    return Pointed(
        place=related.place,
        label=related.text[view.language],
        role="gutter",
        mark="-",
        literals=view.show_literals or related.place.path == report.manifest,
    )


def _explanations(finding: Finding, view: View, first: Finding, reason: Finding) -> Iterator[tuple[str, str]]:
    """Yield each word with its text: why, law, notes, help; or the finding at which it was told."""
    language = view.language
    if finding.suppressed:
        by = words.SUPPRESSED_BY[finding.suppressed][language]
        yield words.NOTE[language], f"{by}{prose.colon(view)}{finding.justification}".rstrip(" :：")
    if reason is finding:
        if finding.reason[language]:
            yield words.WHY[language], finding.reason[language]
        if finding.clauses:
            yield words.LAW[language], ", ".join(finding.clauses)
    elif first is finding:
        yield words.WHY[language], words.WHY_AS_BEFORE[language].format(place=prose.place(reason.place, view))
    for note in finding.notes:
        if reason is finding or note not in (*reason.notes, *(first.notes if first is not finding else ())):
            yield words.NOTE[language], note[language]
    if first is not finding:
        yield words.NOTE[language], words.AS_BEFORE[language].format(place=prose.place(first.place, view))
    elif finding.help[language]:
        yield words.HELP[language], finding.help[language]
