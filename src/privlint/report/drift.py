"""What a change adds and removes in; lines of text, or of Markdown for a pull request, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from privlint.model.drift import Drift, Item, Matter
from privlint.model.finding import Text
from privlint.report import safe
from privlint.report.style import Style
from privlint.report.verdict import reaches
from privlint.report.view import View

FORMATS = ("text", "markdown")
_SAID = 4  # messages about one item

_MATTERS: dict[Matter, Text] = {
    "data": Text("personal data", "个人信息"),
    "permission": Text("permission", "权限"),
    "sdk": Text("SDK", "SDK"),
    "library": Text("library not in the catalogue", "目录未收录的库"),
}


def render(name: str, drift: Drift, view: View) -> Iterator[str]:
    """Yield the lines in the format `name`, one of `FORMATS`."""
    lines: Callable[[Drift, View], Iterator[str]] = _markdown if name == "markdown" else _text
    yield from lines(drift, view)


def fails(drift: Drift) -> bool:
    """Tell whether something was added about which there is a finding that fails a run."""
    grave = (*(item.severity for item in drift.added), *(one.severity for one in drift.findings))
    return any(severity is not None and reaches(severity, drift.fail_on) for severity in grave)


def _text(drift: Drift, view: View) -> Iterator[str]:
    style = Style(view.colour)
    if not drift.added and not drift.removed and not drift.findings:
        yield safe.visible(_nothing(drift)[view.language])
        return
    for item in drift.added:
        sign = style(item.severity or "info", "+")
        yield f"{sign} {_line(item, view)}"
        for note in _notes(item, view):
            yield f"    {safe.visible(note)}"
    for item in drift.removed:
        yield f"- {_named(item, view)}"
    for one in drift.findings:
        place = f"{view.path(one.place.path)}:{one.place.start.line}"
        said = f"{one.check} {one.severity}: {one.message[view.language]} ({place})"
        yield f"{style(one.severity, '!')} {safe.visible(said)}"
    yield safe.visible(_sum(drift)[view.language])


def _markdown(drift: Drift, view: View) -> Iterator[str]:
    chinese = view.language.startswith("zh")
    yield "### privlint"
    yield ""
    if not drift.added and not drift.removed and not drift.findings:
        yield safe.visible(_nothing(drift)[view.language])
        return
    if drift.added:
        head = ("新增", "是什么", "位置", "判断") if chinese else ("Added", "What", "Where", "Judgement")
        yield f"| {' | '.join(head)} |"
        yield "|---|---|---|---|"
        for item in drift.added:
            place = f"{_cell(view.path(item.place.path))}:{item.place.start.line}"
            notes = _notes(item, view) or [item.judgement[view.language]]
            judged = "<br>".join(_cell(note) for note in notes)
            yield f"| {_MATTERS[item.matter][view.language]} | {_cell(_title(item, view))} | {place} | {judged} |"
        yield ""
    if drift.removed:
        yield "**移除**" if chinese else "**Removed**"
        yield ""
        for item in drift.removed:
            yield f"- {_MATTERS[item.matter][view.language]}: {_cell(_title(item, view))}"
        yield ""
    for one in drift.findings:
        place = f"{view.path(one.place.path)}:{one.place.start.line}"
        yield f"- {one.check} {one.severity}: {_cell(one.message[view.language])} ({_cell(place)})"
    if drift.findings:
        yield ""
    yield _cell(_sum(drift)[view.language])


def _line(item: Item, view: View) -> str:
    place = safe.visible(f"{view.path(item.place.path)}:{item.place.start.line}")
    judgement = "" if _notes(item, view) else safe.visible(item.judgement[view.language])
    said = f", {judgement}" if judgement and not view.language.startswith("zh") else ""
    said = f"，{judgement}" if judgement and view.language.startswith("zh") else said
    return f"{_named(item, view)} ({place}){said}"


def _named(item: Item, view: View) -> str:
    return safe.visible(f"{_MATTERS[item.matter][view.language]}: {_title(item, view)}")


def _title(item: Item, view: View) -> str:
    name = item.name[view.language]
    return name if item.matter in {"permission", "library"} or name == item.id else f"{name} [{item.id}]"


def _notes(item: Item, view: View) -> list[str]:
    """List what the checks say of it, once each."""
    said = dict.fromkeys(
        f"{one.check} {one.severity}: {one.message[view.language]}" for one in item.findings if one.severity != "info"
    )
    return list(said)[:_SAID]


def _nothing(drift: Drift) -> Text:
    return Text(
        f"since {drift.reference}: no data, permission or SDK was added or removed",
        f"自 {drift.reference} 以来：没有新增或移除任何个人信息、权限或 SDK",
    )


def _sum(drift: Drift) -> Text:
    added, removed = len(drift.added), len(drift.removed)
    return Text(
        f"since {drift.reference} ({drift.commit[:12]}): {added} added, {removed} removed",
        f"自 {drift.reference}（{drift.commit[:12]}）以来：新增 {added} 项，移除 {removed} 项",
    )


def _cell(text: str) -> str:
    """Make a text inert inside a table of Markdown."""
    plain = safe.visible(text)
    for sign in "\\`*_[]<>|@#":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
