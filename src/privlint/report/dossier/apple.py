"""A dossier in; the table for the privacy details of the App Store out, as far as the manifest can say it.

Apple asks three things that no manifest says: whether the data leave the device, whether they are linked to the user's
identity, and whether they are used to track. Those columns are there to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.dossier import Dossier, Flow
from privlint.model.finding import Text
from privlint.report.dossier import table
from privlint.report.view import View

_HEADINGS = (
    Text("Category", "类别"),
    Text("Data type", "数据类型"),
    Text("Declared in the manifest as", "清单中的声明"),
    Text("Purpose, as declared", "声明的目的"),
    Text("Also taken by", "同时收集的第三方"),
    Text("Linked to the user", "是否与用户身份关联"),
    Text("Used to track", "是否用于跟踪"),
)
_OPEN = Text("to decide", "待决定")
_NOTES = (
    Text(
        "From privlint.toml. Apple counts as collected only what leaves the device and is kept longer than the request"
        " needs: strike what is not. Its purposes (app functionality, analytics, third-party advertising …) must be"
        " chosen by hand from the declared ones.",
        "根据 privlint.toml 生成。Apple 所称的收集仅指传出设备且保存时间超过实时处理请求所需的数据，不符合的请删去；"
        "Apple 的用途（App 功能、分析、第三方广告等）须对照声明的目的人工选择。",
    ),
)


def render(dossier: Dossier, view: View, *, commas: bool) -> Iterator[str]:
    """Yield the table: a row for each of Apple's data types."""
    made = table.Table(
        title=Text("App Store privacy details", "App Store 隐私详情"),
        headings=_HEADINGS,
        rows=tuple(_rows(dossier, view.language)),
        none=Text("The app collects no personal data.", "本应用不收集个人信息。"),
        notes=_NOTES,
    )
    return table.lines(made, dossier, view.language, commas=commas)


def _rows(dossier: Dossier, language: str) -> Iterator[tuple[str, ...]]:
    by: dict[str, list[Flow]] = {}
    for flow in dossier.flows:
        if declared(flow):
            for name in flow.apple or (_UNKNOWN[language],):
                by.setdefault(name, []).append(flow)
    comma = "、" if language.startswith("zh") else ", "
    for name in sorted(by):
        category, _, kind = name.partition(": ")
        flows = by[name]
        yield (
            category,
            kind or category,
            comma.join(flow.name[language] for flow in flows),
            ("；" if language.startswith("zh") else "; ").join(
                dict.fromkeys(use.purpose for flow in flows for use in flow.uses)
            )
            or "-",
            comma.join(dict.fromkeys(sdk for flow in flows for sdk in flow.sdks)) or "-",
            _OPEN[language],
            _OPEN[language],
        )


def declared(flow: Flow) -> bool:
    """Tell whether the manifest itself names this data type, for the app or for an SDK."""
    return bool(flow.sdks) or any(use.data == flow.data for use in flow.uses)


_UNKNOWN = Text("no name of Apple's is known", "没有对应的 Apple 名称")
