"""A report in; the counts for each check and data type, or every discovered path, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from privlint.model.finding import Report, Text
from privlint.report import prose, safe, summary, verdict
from privlint.report.style import Style
from privlint.report.view import View
from privlint.report.width import pad, width

_OUTCOMES = {
    "scanned": Text("scanned", "已检查"),
    "skipped": Text("skipped", "跳过"),
    "failed": Text("failed", "失败"),
}


def statistics(report: Report, view: View) -> Iterator[str]:
    """Yield how many findings each check and each data type has, most first."""
    findings = verdict.counted(report)
    titles = {doc.check.id: doc.check.title[view.language] for doc in view.checks}
    checks = Counter(finding.check for finding in findings)
    data = Counter(kind for finding in findings for kind in finding.data)
    yield from _table(Text("by check", "按检查项")[view.language], checks, titles, view)
    yield from _table(Text("by data type", "按数据类型")[view.language], data, {}, view)


def files(report: Report, view: View) -> Iterator[str]:
    """Yield every discovered path with what became of it and why."""
    names = {outcome: name[view.language] for outcome, name in _OUTCOMES.items()}
    columns = max(width(name) for name in names.values())
    for covered in report.coverage:
        yield f"{pad(names[covered.outcome], columns)}  {summary.described(covered, view)}"


def _table(title: str, counts: Counter[str], names: dict[str, str], view: View) -> Iterator[str]:
    if not counts:
        return
    yield Style(view.colour)("strong", f"{title}{prose.colon(view).rstrip()}")
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    digits = len(str(rows[0][1]))
    columns = max(width(key) for key in counts)
    for key, number in rows:
        yield f"  {number:>{digits}}  {pad(safe.visible(key), columns)}  {names.get(key, '')}".rstrip()
