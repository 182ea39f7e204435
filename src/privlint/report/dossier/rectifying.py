"""A rectification in; what both of its forms say out: the points, their clauses, and a row for each problem."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.finding import Finding, Text
from privlint.model.notice import Item, Point
from privlint.model.rectification import Rectification
from privlint.report import words
from privlint.report.notice import answer_to, counted

OPEN = Text("to be done", "待整改")


class Row(Struct, frozen=True, kw_only=True):
    """One problem, at all its places."""

    number: str
    clauses: tuple[str, ...]
    check: str
    severity: Text
    problem: Text
    places: tuple[str, ...]
    fix: Text
    code: Text  # to copy; "" without
    due: str


class Section(Struct, frozen=True, kw_only=True):
    """One point of the notice, or one group of the Method."""

    number: int
    title: Text
    told: Text  # what the code shows of it
    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    by_hand: tuple[Item, ...]  # what no check looks at


def title(answered: Rectification) -> Text:
    """Name the report."""
    names = [service.name for service in answered.dossier.services if service.name]
    if not names:
        return Text("Rectification report", "整改报告")
    return Text(f"Rectification report: {', '.join(names)}", f"{'、'.join(names)}整改报告")


def facts(answered: Rectification) -> Iterator[tuple[Text, Text]]:
    """Yield what the head of the report says."""
    report = answered.dossier.report
    unknown = Text("to be filled in", "待填写")
    if answered.answer.text:
        yield Text("What the notice says", "通报内容"), Text(answered.answer.text, answered.answer.text)
    noticed = str(answered.noticed) if answered.noticed else ""
    yield Text("Day of the notice", "通报日期"), Text(noticed, noticed) if noticed else unknown
    due = str(answered.due) if answered.due else ""
    yield Text("To be finished by", "整改期限"), Text(due, due) if due else unknown
    if answered.counted is not None:
        yield Text("How it was counted", "期限计算依据"), answered.counted
    for service in answered.dossier.services:
        category = service.category_name or Text(service.category, service.category)
        yield Text("Declared category", "声明的类别"), category
    yield Text("Examined on", "检查日期"), Text(report.today, report.today)


def named(answered: Rectification) -> tuple[Section, ...]:
    """List the points of the notice; without one, the groups with findings."""
    due = str(answered.due) if answered.due else ""
    return tuple(_section(index, point, due) for index, point in enumerate(answered.answer.points, 1))


def others(answered: Rectification) -> tuple[Section, ...]:
    """List what the notice does not name and was found all the same."""
    first = len(answered.answer.points) + 1
    return tuple(_section(first + index, point, "") for index, point in enumerate(answered.answer.others))


def _section(number: int, point: Point, due: str) -> Section:
    return Section(
        number=number,
        title=point.said,
        told=answer_to(point),
        items=tuple(item for item in point.items if _cited(item, point)) or point.items,
        rows=tuple(_rows(number, point, due)),
        by_hand=tuple(item for item in point.items if not item.checks or item.static == "no"),
    )


def _cited(item: Item, point: Point) -> bool:
    return any(item.id in finding.clauses for finding in point.findings)


def _rows(number: int, point: Point, due: str) -> Iterator[Row]:
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in counted(point):
        alike.setdefault((one.check, one.severity, one.message, one.help), []).append(one)
    for index, same in enumerate(sorted(alike.values(), key=_order), 1):
        first = same[0]
        english, _, english_code = first.help.en.partition("\n")
        chinese, _, chinese_code = first.help.zh.partition("\n")
        yield Row(
            number=f"{number}.{index}",
            clauses=first.clauses,
            check=first.check,
            severity=words.SEVERITIES[first.severity],
            problem=first.message,
            places=tuple(f"{one.place.path}:{one.place.start.line}" for one in same),
            fix=Text(english, chinese),
            code=Text(english_code, chinese_code),
            due=due,
        )


def _order(same: list[Finding]) -> tuple[object, ...]:
    first = same[0]
    return ("error", "warning", "info").index(first.severity), first.check, first.place


HEADINGS = (
    Text("No.", "序号"),
    Text("Clause", "条款"),
    Text("Problem", "问题"),
    Text("Places in the code", "代码位置"),
    Text("What to do", "整改措施"),
    Text("By", "期限"),
    Text("Who", "责任人"),
    Text("State", "整改情况"),
)
LIMITS = Text(
    "privlint finds what may have caused a notice; whether it did, and whether a measure is enough, people decide. "
    "Which clauses a wording points to is our reading.",
    "privlint 指出可能导致通报的原因；是否确为原因、措施是否充分，须由人判断。表述对应哪些条款是我们的理解。",
)
OTHERS = Text("Found besides, not named by the notice", "通报未提及、检查中另外发现的问题")
BY_HAND = Text("To be looked at by hand, because no check decides it:", "须人工核查（检查项不能判断）：")
WAIVED = Text("Accepted for now, by a decision of the team", "经团队决定暂予接受的事项")
CITED = Text("Clauses cited", "条款编号说明")
RUN_AGAIN = Text(
    "When the measures are done, `privlint rectify` with the same options shows what is left.",
    "整改完成后，以相同选项再次运行 `privlint rectify`，即可看到尚未解决的问题。",
)
