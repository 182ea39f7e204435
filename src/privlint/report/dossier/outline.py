"""A dossier in; the same as its page, without the picture, in Markdown out."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.dossier import Dossier, Flow
from privlint.model.finding import Text
from privlint.report import words
from privlint.report.dossier import contents, plain
from privlint.report.dossier.contents import CONSENTS, STANDINGS
from privlint.report.verdict import suppressed
from privlint.report.view import View

_TITLE = Text("Personal data in ", "个人信息检查报告：")
_THIS = Text("this app", "本应用")
_FURTHER = 3  # places of one explanation that are named in full sentences


def render(dossier: Dossier, view: View) -> Iterator[str]:
    """Yield the lines."""
    say = _Words(view.language)
    names = say.comma.join(service.name for service in dossier.services)
    yield f"# {say(_TITLE)}{plain.markdown(names or say(_THIS))}"
    yield ""
    yield f"**{say(contents.headline(dossier))}**"
    yield ""
    for figure in contents.figures(dossier):
        yield f"- {figure.number} {say(figure.text)}"
    for note in dossier.report.notes:
        yield f"- {plain.markdown(say(note).partition(chr(10))[0])}"
    yield ""
    yield from _unexamined(dossier, say)
    yield from _map(dossier, say)
    yield from _findings(dossier, say)
    yield from _tables(dossier, say)
    yield f"## {say(Text('Versions and hashes', '版本与哈希'))}"
    yield ""
    for name, value in contents.provenance(dossier):
        yield f"- {say(name)}{say.colon}{plain.markdown(value)}"
    yield ""
    yield say(words.EVIDENCE)


class _Words:
    """The language of the page, and its punctuation."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.comma = "、" if language.startswith("zh") else ", "
        self.colon = "：" if language.startswith("zh") else ": "

    def __call__(self, text: Text) -> str:
        return text[self.language]


def _unexamined(dossier: Dossier, say: _Words) -> Iterator[str]:
    yield f"## {say(Text('What was not examined', '未检查的内容'))}"
    yield ""
    yield f"{say(contents.counts(dossier))}{say(Text('. ', '。'))}{say(words.LIMITS)}"
    yield ""
    for fault in dossier.report.faults:
        yield f"- PRV099{say.colon}{plain.markdown(say(fault))}"
    for group in contents.unexamined(dossier):
        yield f"- {len(group.paths)} {plain.markdown(say(group.title))}"
        if group.bad:
            for covered in group.paths:
                detail = say(covered.detail)
                yield f"  - {plain.markdown(covered.path + (say.colon + detail if detail else ''))}"
    yield ""


def _map(dossier: Dossier, say: _Words) -> Iterator[str]:
    yield f"## {say(Text('Data map', '数据流向'))}"
    yield ""
    headings = (
        Text("Personal data", "个人信息"),
        Text("Basic service", "基本功能服务"),
        Text("Where it comes from", "来源"),
        Text("What for", "目的"),
        Text("Consent", "同意方式"),
        Text("Who gets it", "接收方"),
    )
    yield plain.row(say(heading) for heading in headings)
    yield plain.row("---" for _ in headings)
    for flow in dossier.flows:
        yield plain.row(plain.markdown(cell) for cell in _cells(flow, say))
    yield ""


def _cells(flow: Flow, say: _Words) -> Iterator[str]:
    sensitive = say(Text(" (sensitive)", "（敏感）")) if flow.sensitive else ""
    yield say(flow.name) + sensitive
    yield say(STANDINGS[flow.standing])
    sources = [f"{place.path}:{place.start.line}" for place in flow.places[:_FURTHER]]
    if len(flow.places) > _FURTHER:
        rest = len(flow.places) - _FURTHER
        sources.append(say(Text(f"{rest} more", f"另有 {rest} 处")))
    yield say.comma.join((*sources, *flow.sdks)) or say(Text("not seen in the code", "代码中未见"))
    missing = say(Text("not declared", "未声明"))
    yield say.comma.join(f"{use.purpose} ({say(use.function)})" for use in flow.uses) or (
        missing if flow.places else ""
    )
    yield say.comma.join(dict.fromkeys(say(CONSENTS[use.consent]) for use in flow.uses))
    nobody = say(Text("nobody else", "不提供给他人"))
    yield say.comma.join(dict.fromkeys((*(use.recipient or nobody for use in flow.uses), *flow.sdks)))


def _findings(dossier: Dossier, say: _Words) -> Iterator[str]:
    yield f"## {say(Text('Findings by clause', '按条款列出的发现'))}"
    yield ""
    for clause in contents.clauses(dossier):
        yield f"### {plain.markdown(say(clause.title))} ({clause.number})"
        yield ""
        if say(clause.text):
            doubt = "" if clause.verified else say(Text(" (wording not verified)", "（原文未核实）"))
            yield f"> {plain.markdown(say(clause.text))}{doubt}"
            yield ""
        for alike in clause.alike:
            first = alike.first
            severity = say(words.SEVERITIES[first.severity])
            yield f"- **{severity} {first.check}** {plain.markdown(say(first.message))}"
            for finding in alike.findings:
                place = f"{finding.place.path}:{finding.place.start.line}"
                yield f"  - {plain.markdown(place)}"
            remedy = say(first.help).partition("\n")[0]
            yield f"  - {say(words.WHY)}{say.colon}{plain.markdown(say(first.reason))}"
            if remedy:
                yield f"  - {say(words.HELP)}{say.colon}{plain.markdown(remedy)}"
        yield ""
    hidden = suppressed(dossier.report)
    if hidden:
        yield f"### {say(words.SUPPRESSED)} ({len(hidden)})"
        yield ""
        for finding in hidden:
            place = f"{finding.place.path}:{finding.place.start.line}"
            yield f"- {finding.check} {plain.markdown(f'{place} {finding.justification}'.rstrip())}"
        yield ""


def _tables(dossier: Dossier, say: _Words) -> Iterator[str]:
    if dossier.permissions:
        yield f"## {say(Text('Permissions that open personal data', '涉及个人信息的权限'))}"
        yield ""
        for asked in dossier.permissions:
            kinds = say.comma.join(say(kind) for kind in asked.data)
            place = f"{asked.place.path}:{asked.place.start.line}"
            yield f"- {plain.markdown(f'{asked.name}{say.colon}{kinds} ({place})')}"
        yield ""
    if dossier.parties:
        yield f"## {say(Text('Third parties', '第三方'))}"
        yield ""
        for party in dossier.parties:
            state = say(Text("declared", "已声明") if party.declared else Text("not declared", "未声明"))
            kinds = say.comma.join(say(kind) for kind in party.data)
            yield f"- {plain.markdown(f'{say(party.name)} ({state}){say.colon if kinds else str()}{kinds}')}"
        yield ""
    if dossier.waivers:
        yield f"## {say(Text('Waivers', '豁免'))}"
        yield ""
        for waiver in dossier.waivers:
            told = f"{waiver.check} {waiver.path}{say.colon}{waiver.reason} ({waiver.owner}, {waiver.until})"
            yield f"- {plain.markdown(told)}"
        yield ""
