"""A dossier in; a record of processing out: what is handled, for what, on which ground, for whom, how long."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.dossier import Dossier, Flow, Party
from privlint.model.finding import Text
from privlint.report.dossier import table
from privlint.report.dossier.contents import CONSENTS, STANDINGS
from privlint.report.view import View

_HEADINGS = (
    Text("Activity", "处理活动"),
    Text("Personal data", "个人信息种类"),
    Text("Whose", "信息主体"),
    Text("Purpose", "处理目的"),
    Text("Ground", "合法性基础"),
    Text("Necessary for the basic service", "是否为必要个人信息"),
    Text("Sensitive", "敏感个人信息"),
    Text("Recipient", "接收方"),
    Text("Kept for", "保存期限"),
    Text("Impact assessment first", "事前影响评估"),
    Text("Places in the code", "代码位置"),
)
_NOTES = (
    Text(
        "From privlint.toml, with the places where the code takes each kind of data. Article 55 of the Personal"
        " Information"
        " Protection Law asks for an impact assessment before handling sensitive data and before giving data to others,"
        " among other things; the column follows those two.",
        "根据 privlint.toml 生成，并附代码中收集各类信息的位置。个人信息保护法第五十五条要求在处理敏感个人信息、"
        "向他人提供个人信息等情形下事前进行影响评估；“事前影响评估”一栏按这两种情形填写。",
    ),
)
_YES = Text("yes", "是")
_NO = Text("no", "否")
_USER = Text("the user", "用户本人")
_CONSENT = Text("consent", "同意")
_PLACES = 5


def render(dossier: Dossier, view: View, *, commas: bool) -> Iterator[str]:
    """Yield the record: what the app does, then what SDKs do."""
    made = table.Table(
        title=Text("Record of processing activities", "个人信息处理活动记录"),
        headings=_HEADINGS,
        rows=(*_own(dossier, view.language), *_of_parties(dossier, view.language)),
        none=Text("The manifest declares no processing.", "清单没有声明处理活动。"),
        notes=_NOTES,
    )
    return table.lines(made, dossier, view.language, commas=commas)


def _own(dossier: Dossier, language: str) -> Iterator[tuple[str, ...]]:
    for flow in dossier.flows:
        for use in flow.uses:
            if use.data != flow.data:
                continue
            colon = "：" if language.startswith("zh") else ": "
            agreed = f"{_CONSENT[language]}{colon}{CONSENTS[use.consent][language]}"
            yield (
                use.function[language],
                flow.name[language],
                use.subject or _USER[language],
                use.purpose,
                agreed if use.basis == "consent" else use.basis,
                STANDINGS[flow.standing][language],
                (_YES if flow.sensitive else _NO)[language],
                use.recipient or "-",
                use.retention or "-",
                (_YES if flow.sensitive or use.recipient else _NO)[language],
                _places(flow, language),
            )


def _places(flow: Flow, language: str) -> str:
    named = [f"{place.path}:{place.start.line}" for place in flow.places[:_PLACES]]
    rest = len(flow.places) - _PLACES
    if rest > 0:
        named.append(Text(f"{rest} more", f"另有 {rest} 处")[language])
    return ("、" if language.startswith("zh") else ", ").join(named) or "-"


def _of_parties(dossier: Dossier, language: str) -> Iterator[tuple[str, ...]]:
    for party in dossier.parties:
        if party.declared:
            yield _of_party(party, language)


def _of_party(party: Party, language: str) -> tuple[str, ...]:
    comma, colon = ("、", "：") if language.startswith("zh") else (", ", ": ")
    place = f"{party.place.path}:{party.place.start.line}" if party.place else "-"
    return (
        f"SDK{colon}{party.name[language]}",
        comma.join(kind[language] for kind in party.data) or "-",
        _USER[language],
        party.purpose,
        f"{_CONSENT[language]}{colon}{CONSENTS[party.consent][language]}",
        "-",
        "-",
        party.name[language],
        "-",
        _YES[language],
        place,
    )
