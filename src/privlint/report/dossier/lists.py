"""A dossier in; the list of what is collected, or of what third parties get, out: as the manifest declares it.

Each is to be published beside the privacy policy. What the code takes and nothing declares is not in it: a list that
says so would hide the finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.dossier import Dossier, Flow, Use
from privlint.model.finding import Text
from privlint.report.dossier import table
from privlint.report.dossier.contents import CONSENTS
from privlint.report.view import View

_COLLECTED = (
    Text("Personal data", "个人信息种类"),
    Text("Purpose", "收集目的"),
    Text("Used in", "使用场景"),
    Text("Consent", "同意方式"),
    Text("Kept for", "保存期限"),
    Text("Sensitive", "敏感个人信息"),
)
_SHARED = (
    Text("Third party", "第三方名称"),
    Text("Personal data", "共享的个人信息种类"),
    Text("Purpose", "使用目的"),
    Text("Used in", "使用场景"),
    Text("How", "共享方式"),
    Text("Its notice", "第三方隐私说明"),
)
_TITLES = {
    "collected-list": Text("Personal data collected", "已收集个人信息清单"),
    "sharing-list": Text("Personal data shared with third parties", "第三方信息共享清单"),
}
_NONE = {
    "collected-list": Text("The app collects no personal data.", "本应用不收集个人信息。"),
    "sharing-list": Text("The app shares no personal data with third parties.", "本应用不向第三方共享个人信息。"),
}
_YES = Text("yes", "是")
_NO = Text("no", "否")
_BY_SDK = Text("by the SDK in the app", "由应用内集成的 SDK 直接收集")
_BY_APP = Text("handed on by the app", "由本应用提供")


def render(name: str, dossier: Dossier, view: View, *, commas: bool) -> Iterator[str]:
    """Yield the list `name`, in CSV or in Markdown."""
    collected = name == "collected-list"
    made = table.Table(
        title=_TITLES[name],
        headings=_COLLECTED if collected else _SHARED,
        rows=tuple((_collected if collected else _shared)(dossier, view.language)),
        none=_NONE[name],
    )
    return table.lines(made, dossier, view.language, commas=commas)


def _collected(dossier: Dossier, language: str) -> Iterator[tuple[str, ...]]:
    for flow in dossier.flows:
        for use in flow.uses:
            if use.data == flow.data:
                yield _of_use(flow, use, language)


def _of_use(flow: Flow, use: Use, language: str) -> tuple[str, ...]:
    name = flow.name[language]
    if use.subject:
        name += f" ({use.subject})" if not language.startswith("zh") else f"（{use.subject}）"
    return (
        name,
        use.purpose,
        use.function[language],
        CONSENTS[use.consent][language],
        use.retention or "-",
        (_YES if flow.sensitive else _NO)[language],
    )


def _shared(dossier: Dossier, language: str) -> Iterator[tuple[str, ...]]:
    comma = "、" if language.startswith("zh") else ", "
    for party in dossier.parties:
        if party.declared:
            kinds = comma.join(kind[language] for kind in party.data)
            yield party.name[language], kinds, party.purpose, "-", _BY_SDK[language], party.notice or "-"
    for flow in dossier.flows:
        for use in flow.uses:
            if use.recipient and use.data == flow.data:
                yield (
                    use.recipient,
                    flow.name[language],
                    use.purpose,
                    use.function[language],
                    _BY_APP[language],
                    "-",
                )
