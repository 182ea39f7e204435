"""A dossier in; the table for the privacy policy's chapter on collection out, by function."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.dossier import Dossier, Flow, Use
from privlint.model.finding import Text
from privlint.report.dossier import table
from privlint.report.dossier.contents import CONSENTS
from privlint.report.view import View

_HEADINGS = (
    Text("Function", "业务功能"),
    Text("Personal data", "个人信息种类"),
    Text("Purpose", "处理目的"),
    Text("How you agree", "同意方式"),
    Text("Permission", "系统权限"),
    Text("If you refuse", "拒绝的影响"),
    Text("Kept for", "保存期限"),
    Text("Given to", "接收方"),
    Text("Sensitive: why necessary, and the effect on you", "敏感个人信息的必要性及对您权益的影响"),
)
_OPEN = Text("to be written", "待填写")
_NOTES = (
    Text(
        "Personal data that this app collects, for each of its functions. What third-party SDKs collect stands"
        " in the list of data shared with third parties.",
        "以下按业务功能列出本应用收集的个人信息。第三方 SDK 收集的信息见《第三方信息共享清单》。",
    ),
)


def render(dossier: Dossier, view: View, *, commas: bool) -> Iterator[str]:
    """Yield the table: first the basic service, then the extended functions."""
    made = table.Table(
        title=Text("What we collect and why", "我们收集哪些个人信息及目的"),
        headings=_HEADINGS,
        rows=tuple(_rows(dossier, view.language)),
        none=Text("The app collects no personal data.", "本应用不收集个人信息。"),
        notes=_NOTES,
    )
    return table.lines(made, dossier, view.language, commas=commas)


def _rows(dossier: Dossier, language: str) -> Iterator[tuple[str, ...]]:
    found = [(flow, use) for flow in dossier.flows for use in flow.uses if use.data == flow.data]
    for flow, use in sorted(found, key=lambda one: (not one[1].basic, one[1].function.en, one[0].data)):
        yield _row(flow, use, language)


def _row(flow: Flow, use: Use, language: str) -> tuple[str, ...]:
    name = flow.name[language]
    if use.subject:
        name += f"（{use.subject}）" if language.startswith("zh") else f" ({use.subject})"
    return (
        use.function[language],
        name,
        use.purpose,
        CONSENTS[use.consent][language] if use.basis == "consent" else use.basis,
        ", ".join(flow.permissions) or "-",
        (_STOPS if use.required or (use.basic and flow.standing == "necessary") else _GOES_ON)[language],
        use.retention or _OPEN[language],
        use.recipient or "-",
        _OPEN[language] if flow.sensitive else "-",
    )


_STOPS = Text("this function cannot be used", "无法使用该功能")
_GOES_ON = Text("everything else goes on working", "不影响其他功能")
