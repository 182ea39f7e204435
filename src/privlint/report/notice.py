"""What a project answers to a notice in; lines of text, or a document for programs, out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.finding import Finding, Report, Text
from privlint.model.notice import Answer, Item, Notice, Point
from privlint.report import json, jsontext, prose, safe, verdict, words
from privlint.report.style import Style
from privlint.report.view import View

VERSION = 1
_SHOWN = 20  # findings of one point
_STATIC = {
    "yes": Text("source code can show it", "源代码可以判断"),
    "partly": Text("source code shows only signs of it", "源代码只能显示部分迹象"),
    "no": Text("source code cannot show it", "源代码无法判断"),
}


def text(answer: Answer, view: View) -> Iterator[str]:
    """Yield what a person reads."""
    if not answer.points:
        yield _NOTHING[view.language]
    for point in answer.points:
        yield from _point(point, view)
        yield ""
    for note in answer.report.notes:
        yield from prose.paragraph(words.NOTE[view.language], note[view.language], view)
    yield from prose.paragraph(
        words.NOTE[view.language], f"{_OURS[view.language]}{words.EVIDENCE[view.language]}", view
    )


def lines_of_json(answer: Answer) -> Iterator[str]:
    """Yield one JSON document: the points, each with its findings in the form of the JSON report."""
    return jsontext.lines(document(answer))


class _Point(Struct, frozen=True, kw_only=True):
    id: str
    said: Text
    matched: str
    verified: bool
    items: tuple[Item, ...]
    findings: tuple[json.Entry, ...]
    suppressed: tuple[json.Entry, ...]
    notices: tuple[Notice, ...]


class _Document(Struct, frozen=True, kw_only=True):
    version: int
    tool: json.Tool
    rulebook: str
    today: str
    notice: str
    points: tuple[_Point, ...]
    complete: bool
    limits: tuple[Text, ...]


def document(answer: Answer) -> _Document:
    """Make the document."""
    report = answer.report
    return _Document(
        version=VERSION,
        tool=json.Tool("privlint", report.tool),
        rulebook=report.rulebook,
        today=report.today,
        notice=answer.text,
        points=tuple(
            _Point(
                id=point.id,
                said=point.said,
                matched=point.matched,
                verified=point.verified,
                items=point.items,
                findings=json.entries(counted(point)),
                suppressed=json.entries(one for one in point.findings if one.suppressed),
                notices=point.notices,
            )
            for point in answer.points
        ),
        complete=not verdict.incomplete(report) and not verdict.internal(report),
        limits=(words.LIMITS, words.EVIDENCE),
    )


def counted(point: Point) -> tuple[Finding, ...]:
    """List the findings of a point that nothing suppresses."""
    return tuple(one for one in point.findings if not one.suppressed)


def seen(notice: Notice, language: str) -> str:
    """Say where a wording stood: the notice, what it rests on, and the time it gave."""
    chinese = language.startswith("zh")
    basis = "、".join(notice.basis)
    named = "、".join(notice.named)
    if chinese:
        told = f"{notice.issuer_zh}，{notice.issued}，《{notice.title_zh}》；依据包括{basis}"
        told += f"；整改期限 {notice.working_days} 个工作日"
        return told + (f"；通报的App有{named}等" if named else "")
    told = (
        f"{notice.issuer_en}, {notice.issued}, {notice.title_en} ({notice.title_zh}); it rests on {basis} among others"
    )
    told += f"; {notice.working_days} working days to put things right"
    return told + (f"; among the apps: {named}" if named else "")


# --- for people -------------------------------------------------------------------------------------------------------


def _point(point: Point, view: View) -> Iterator[str]:
    style = Style(view.colour)
    language = view.language
    said = point.said.zh if prose.chinese(view) else f"{point.said.zh} ({point.said.en})"
    yield style("strong", safe.visible(said))
    if not point.verified:
        yield from prose.paragraph(words.NOTE[language], _UNREAD[language], view, indent="  ")
    for notice in point.notices:
        yield from prose.paragraph(_SEEN[language], seen(notice, language), view, indent="  ")
    for item in point.items:
        yield from prose.paragraph(item.id, _item(item, language), view, indent="  ")
    yield from _lines(point, answer_to(point), view)


def answer_to(point: Point) -> Text:
    """Say in one sentence what the code shows of a point."""
    number = len(counted(point))
    if number and not point.matched:
        return Text(f"{number} finding{'' if number == 1 else 's'}", f"{number} 项发现")
    if number:
        return Text(
            f"{number} finding{'' if number == 1 else 's'} in this project could have caused it",
            f"本项目中有 {number} 项发现可能与此有关",
        )
    if not any(item.checks for item in point.items):
        return Text(
            "no check of privlint looks at this: it has to be looked at by hand",
            "privlint 没有对应的检查项，须人工核查",
        )
    return Text(
        "nothing was found in this project that could have caused it, as far as sources show",
        "就源代码而言，本项目中没有发现可能与此有关的内容",
    )


def _lines(point: Point, told: Text, view: View) -> Iterator[str]:
    style = Style(view.colour)
    yield f"  {told[view.language]}{prose.colon(view).rstrip() if point.findings else ''}"
    for one in point.findings[:_SHOWN]:
        severity = words.SEVERITIES[one.severity][view.language]
        mark = f" [{words.SUPPRESSED[view.language]}]" if one.suppressed else ""
        yield f"    {prose.place(one.place, view)}: {one.check} {style(one.severity, severity)}{mark}"
        yield f"      {safe.visible(one.message[view.language])}"
    rest = len(point.findings) - _SHOWN
    if rest > 0:
        yield Text(f"    and {rest} more", f"    另有 {rest} 项")[view.language]


def _item(item: Item, language: str) -> str:
    words_of = item.text[language]
    if item.verified and language.startswith("zh"):
        words_of = f"“{words_of}”"
    details = [_STATIC[item.static][language]] if item.static in _STATIC else []
    details.append(", ".join(item.checks) or _NO_CHECK[language])
    return f"{words_of}（{'；'.join(details)}）" if language.startswith("zh") else f"{words_of} ({'; '.join(details)})"


def faults(report: Report) -> bool:
    """Tell whether the answer rests on an incomplete run."""
    return verdict.incomplete(report) or verdict.internal(report)


_NOTHING = Text(
    "No wording that privlint knows stands in this text. It knows the six groups of the 2019 Method as notices of the"
    " Cyberspace Administration word them, and the classes of the Ministry of Industry and Information Technology.",
    "文本中没有 privlint 认识的表述。它认识国家互联网信息办公室通报所用的《App违法违规收集使用个人信息行为认定方法》"
    "六类表述，以及工业和信息化部通报的问题类别。",
)
_SEEN = Text("so worded in", "曾见于")
_UNREAD = Text("the wording is from memory: no notice with it was read", "该表述凭记忆写出，未查阅到使用它的通报原文")
_NO_CHECK = Text("no check", "无对应检查项")
_OURS = Text(
    "A notice names no line of code. Which clauses a wording points to is our reading. ",
    "通报不会指出代码行；表述对应哪些条款是我们的理解。",
)
