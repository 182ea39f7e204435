"""The fixed words of the reports, in both languages."""

from __future__ import annotations

from privlint.model.finding import Text

SEVERITIES = {
    "error": Text("error", "错误"),
    "warning": Text("warning", "警告"),
    "info": Text("info", "提示"),
}
WHY = Text("why", "原因")
LAW = Text("law", "依据")
NOTE = Text("note", "说明")
HELP = Text("help", "建议")
SUPPRESSED = Text("suppressed", "已抑制")
AS_BEFORE = Text("why, law and help are those of {place}", "原因、依据和建议同 {place}")
WHY_AS_BEFORE = Text("as at {place}", "同 {place}")
BEFORE = Text("explained above", "说明见上文")
SUPPRESSED_BY = {
    "marker": Text("suppressed by a marker", "由行内标记抑制"),
    "waiver": Text("suppressed by a waiver", "由豁免抑制"),
    "baseline": Text("suppressed by the baseline", "由基线抑制"),
    "unchanged": Text("not on a line that changed since", "不在变更的行上，比较对象"),
}
LIMITS = Text(
    "Code inside library archives, calls made by reflection and what sources alone do not resolve were not examined.",
    "库文件内部的代码、通过反射进行的调用，以及仅凭源代码无法解析的内容不在检查范围内。",
)
EVIDENCE = Text("This is evidence, not legal advice.", "以上为证据，不构成法律意见。")
