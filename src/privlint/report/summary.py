"""A report in; what the reader must know besides the findings out: what was not examined, the limits, the count.

It ends with one line that always adds up: discovered = scanned + skipped + failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privlint.model.finding import Covered, Report, Text
from privlint.report import prose, safe, verdict, words
from privlint.report.reasons import reason
from privlint.report.style import Style
from privlint.report.verdict import Gate
from privlint.report.view import View

LISTED = 50  # paths named before the rest is counted


def render(report: Report, view: View, gate: Gate = Gate(), seconds: float | None = None) -> Iterator[str]:  # noqa: B008
    """Yield the summary. `seconds` only for a reader who watches the run: it differs from run to run."""
    if view.verbose:
        yield from _settings(report, view)
    for note in report.notes:
        yield from prose.paragraph(words.NOTE[view.language], note[view.language], view)
    yield from faults(report, view)
    yield from _skipped(report, view)
    if report.uncached is not None:
        told = Text(f"PRV019 {_UNCACHED.en}", f"PRV019 {_UNCACHED.zh}")[view.language]
        yield from prose.paragraph(told, safe.visible(report.uncached[view.language]), view, role="warning")
    limits = (words.LIMITS[view.language], words.EVIDENCE[view.language])
    yield from prose.paragraph(
        Text("limits", "范围")[view.language], ("" if prose.chinese(view) else " ").join(limits), view
    )
    yield Style(view.colour)("strong", count(report, view, gate, seconds))


def faults(report: Report, view: View) -> Iterator[str]:
    """Yield what should have been examined and was not, or only in part, by name."""
    if verdict.nothing_collected(report):
        why = _NOTHING if report.judged else _NO_CHECK
        yield from prose.paragraph("PRV020", why[view.language], view, role="error")
    elif report.given and not report.count("scanned") and not report.count("failed"):
        yield from prose.paragraph(words.NOTE[view.language], _NONE_OF_THESE[view.language], view)
    for fault in report.faults:
        yield from prose.paragraph(verdict.INTERNAL_ID, safe.visible(fault[view.language]), view, role="error")
    yield from _listed(Text("not examined", "未能检查"), verdict.failed(report), view, "error")
    yield from _listed(Text("examined in part", "部分检查"), verdict.degraded(report), view, "warning")
    yield from _listed(
        Text("more findings than are shown", "发现过多，未全部列出"), verdict.cut(report), view, "warning"
    )


def count(report: Report, view: View, gate: Gate = Gate(), seconds: float | None = None) -> str:  # noqa: B008
    """Write the one line that adds up."""
    scanned, skipped, failed = report.count("scanned"), report.count("skipped"), report.count("failed")
    findings = verdict.counted(report)
    hidden = verdict.suppressed(report)
    aside = sum(1 for finding in hidden if finding.suppressed == "baseline")
    degraded = len(verdict.degraded(report))
    by = {level: sum(1 for finding in findings if finding.severity == level) for level in ("error", "warning", "info")}
    allowed = gate.allow_incomplete and verdict.incomplete(report, gate)
    if prose.chinese(view):
        split = "、".join(f"{number} 项{words.SEVERITIES[level].zh}" for level, number in by.items() if number)
        parts = [
            f"{len(findings)} 项发现" + (f"（{split}）" if split else ""),
            f"{len(hidden)} 项已抑制" + (f"（其中 {aside} 项在基线中）" if aside else ""),
        ]
        parts += [f"{degraded} 个文件仅部分检查"] if degraded else []
        parts += ["检查不完整，--allow-incomplete 允许"] if allowed else []
        parts += [f"{seconds:.1f} 秒"] if seconds is not None else []
        total = len(report.coverage)
        return f"发现文件 {total} = 已检查 {scanned} + 跳过 {skipped} + 失败 {failed}；" + "，".join(parts)
    split = ", ".join(_number(number, level if level != "info" else "note") for level, number in by.items() if number)
    parts = [
        _number(len(findings), "finding") + (f" ({split})" if split else ""),
        f"{len(hidden)} suppressed" + (f" ({aside} in the baseline)" if aside else ""),
    ]
    parts += [f"{degraded} examined in part"] if degraded else []
    parts += ["incomplete, which --allow-incomplete allows"] if allowed else []
    parts += [f"{seconds:.1f} s"] if seconds is not None else []
    total = len(report.coverage)
    return f"{total} discovered = {scanned} scanned + {skipped} skipped + {failed} failed; " + ", ".join(parts)


_NOTHING = Text(
    "nothing to examine: no Kotlin, Java or Python source was found here that is not excluded",
    "没有可检查的内容：此处没有未被排除的 Kotlin、Java 或 Python 源文件",
)
_UNCACHED = Text("results are not kept for later runs", "未保存供以后使用的结果")
_NO_CHECK = Text(
    "nothing was judged: `select` and `ignore` leave no check on",
    "没有进行任何判断：select 和 ignore 没有留下任何检查",
)
_NONE_OF_THESE = Text(
    "none of the given files is to be examined: they are excluded or of other kinds",
    "给出的文件均无须检查：已被排除或属于其他类型",
)


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _settings(report: Report, view: View) -> Iterator[str]:
    manifest = safe.visible(view.path(report.manifest)) if report.manifest else "-"
    yield (
        f"privlint {report.tool}, rulebook {report.rulebook}, today {report.today}, manifest {manifest},"
        f" category {safe.visible(report.category) or '-'}, fail-on {report.fail_on}"
    )


def _listed(title: Text, paths: tuple[Covered, ...], view: View, role: str) -> Iterator[str]:
    if not paths:
        return
    style = Style(view.colour)
    number = f"（{len(paths)}）：" if prose.chinese(view) else f" ({len(paths)}):"
    yield style(role, f"{title[view.language]}{number}")
    shown = paths if view.verbose else paths[:LISTED]
    for covered in shown:
        yield f"  {described(covered, view)}"
    if len(paths) > len(shown):
        rest = len(paths) - len(shown)
        yield (
            f"  以及另外 {rest} 个（-v 全部列出）" if prose.chinese(view) else f"  and {rest} more (-v lists them all)"
        )


def described(covered: Covered, view: View) -> str:
    """Write a path with the reason for what became of it."""
    told = safe.visible(reason(covered.reason, skipped=covered.outcome == "skipped")[view.language])
    detail = safe.visible(covered.detail[view.language])
    why = (told, detail) if covered.outcome == "skipped" else (f"{covered.reason} {detail or told}".strip(),)
    return prose.colon(view).join(part for part in (safe.path(view.path(covered.path)), *why) if part)


def _skipped(report: Report, view: View) -> Iterator[str]:
    """Yield how many paths each reason left out."""
    counts: dict[str, int] = {}
    for covered in report.coverage:
        if covered.outcome == "skipped":
            counts[covered.reason] = counts.get(covered.reason, 0) + 1
    if counts:
        comma = "，" if prose.chinese(view) else ", "
        told: Iterable[str] = (
            f"{counts[key]} {safe.visible(reason(key, skipped=True)[view.language])}" for key in sorted(counts)
        )
        yield from prose.paragraph(Text("skipped", "跳过")[view.language], comma.join(told), view)
