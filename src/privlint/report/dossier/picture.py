"""The flows of a dossier in; the data map out: boxes in four columns, and the ribbons between them, in pixels.

Columns are where the data comes from, the data types, the purposes, and who gets them. What there is no room for is
gathered in one box that says how many it stands for; the table below the picture has them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.dossier import Dossier, Flow
from privlint.model.draft import is_placeholder
from privlint.model.finding import Text
from privlint.report import safe
from privlint.report.width import width

COLUMNS = (0, 300, 600, 900)  # where each begins
BOX = 212  # pixels wide
HEAD = 34  # for the titles
_HIGH = 26
_GAP = 8
_MOST = (12, 24, 14, 10)  # boxes in each column
_LETTER = 7.6  # pixels of one column of text
_PAD = 16


class Box(Struct, frozen=True, kw_only=True):
    """One thing."""

    column: int
    key: str
    text: str  # cut to the box
    full: str
    kind: str  # CSS class: plain, sensitive, missing, basic, nobody, more
    x: float
    y: float
    high: float


class Ribbon(Struct, frozen=True, kw_only=True):
    """What leads from one thing to another."""

    path: str  # of SVG
    kind: str  # CSS class
    thick: float
    full: str


class Picture(Struct, frozen=True, kw_only=True):
    """The whole picture."""

    wide: int
    high: float
    titles: tuple[tuple[float, str], ...]
    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]


class _Node(Struct, frozen=True):
    key: str
    full: str
    kind: str


class _Way(Struct, frozen=True):
    """One way of one data type through the four columns."""

    nodes: tuple[_Node, _Node, _Node, _Node]
    kind: str


_TITLES = (
    Text("Where it comes from", "来源"),
    Text("Personal data", "个人信息"),
    Text("What for", "目的"),
    Text("Who gets it", "接收方"),
)
_UNSEEN = Text("not seen in the code", "代码中未见")
_MISSING = Text("not declared", "未声明")
_NOBODY = Text("nobody else", "不提供给他人")
_UNKNOWN = Text("not declared", "未声明")


def draw(dossier: Dossier, language: str) -> Picture | None:
    """Lay out the map; None where there is nothing to show."""
    ways = [way for flow in _graver_first(dossier.flows) for way in _ways(flow, language)]
    if not ways:
        return None
    columns = [_column(ways, index, language) for index in range(4)]
    tall = max(len(column) for column in columns) * (_HIGH + _GAP) - _GAP
    boxes = {}
    for index, column in enumerate(columns):
        gap = _GAP
        used = len(column) * (_HIGH + gap) - gap
        top = HEAD + (tall - used) / 2
        for place, node in enumerate(column.values()):
            boxes[index, node.key] = _box(index, node, top + place * (_HIGH + gap))
    placed = {index: _represented(ways, index, columns[index]) for index in range(4)}
    ribbons = tuple(_ribbons(ways, boxes, placed))
    titles = tuple((float(COLUMNS[index]), title[language]) for index, title in enumerate(_TITLES))
    return Picture(
        wide=COLUMNS[3] + BOX, high=HEAD + tall + 4, titles=titles, boxes=tuple(boxes.values()), ribbons=ribbons
    )


def _graver_first(flows: tuple[Flow, ...]) -> list[Flow]:
    order = {"unnecessary": 0, "conditional": 1, "unjudged": 2, "necessary": 3}
    return sorted(flows, key=lambda flow: (order[flow.standing], not flow.sensitive, flow.data))


def _ways(flow: Flow, language: str) -> Iterator[_Way]:
    files = tuple(dict.fromkeys(place.path for place in flow.places))
    sources = [_Node(path, safe.visible(path), "plain") for path in files]
    sources += [_Node(f"sdk {name}", safe.visible(name), "party") for name in flow.sdks]
    sources = sources or [_Node("unseen", _UNSEEN[language], "missing")]
    kind = "sensitive" if flow.sensitive else "ordinary"
    mark = "✕ " if flow.standing == "unnecessary" else ""
    data = _Node(flow.data, mark + flow.name[language], kind)
    ends = []
    for use in flow.uses:
        kind_of = "missing" if is_placeholder(use.purpose) else "basic" if use.basic else "extended"
        purpose = _Node(use.purpose, safe.visible(use.purpose), kind_of)
        recipient = (
            _Node(use.recipient, safe.visible(use.recipient), "party")
            if use.recipient
            else _Node("", _NOBODY[language], "nobody")
        )
        ends.append((purpose, recipient))
    for name in flow.sdks:
        purpose = _Node(f"sdk {name}", safe.visible(name), "extended")
        ends.append((purpose, _Node(name, safe.visible(name), "party")))
    if not flow.uses and (flow.places or not flow.sdks):
        ends.append((_Node("?", _MISSING[language], "missing"), _Node("?", _UNKNOWN[language], "missing")))
    lost = "undeclared" if not flow.uses and flow.places else kind
    for source in sources:
        for purpose, recipient in ends:
            yield _Way((source, data, purpose, recipient), lost)


def _column(ways: list[_Way], index: int, language: str) -> dict[str, _Node]:
    """Choose the boxes of one column, in the order in which the data types lead to them."""
    nodes = {way.nodes[index].key: way.nodes[index] for way in reversed(ways)}
    ordered = dict.fromkeys(way.nodes[index].key for way in ways)
    kept = {key: nodes[key] for key in list(ordered)[: _MOST[index]]}
    rest = len(ordered) - len(kept)
    if rest == 1:
        return {key: nodes[key] for key in ordered}
    if rest:
        text = Text(f"{rest} more: see the table", f"另有 {rest} 项，见下表")[language]
        kept["…more"] = _Node("…more", text, "more")
    return kept


def _represented(ways: list[_Way], index: int, column: dict[str, _Node]) -> dict[str, str]:
    """Say which box stands for each thing."""
    return {way.nodes[index].key: way.nodes[index].key if way.nodes[index].key in column else "…more" for way in ways}


def _box(column: int, node: _Node, y: float) -> Box:
    name = node.full
    if column == 0 and node.kind == "plain":
        name = name.rpartition("/")[2]
    return Box(
        column=column,
        key=node.key,
        text=_cut(name),
        full=node.full,
        kind=node.kind,
        x=float(COLUMNS[column]),
        y=y,
        high=float(_HIGH),
    )


def _cut(text: str) -> str:
    room = int((BOX - _PAD) / _LETTER)
    if width(text) <= room:
        return text
    kept = ""
    used = 1
    for character in text:
        used += width(character)
        if used > room:
            break
        kept += character
    return f"{kept}…"


def _ribbons(
    ways: list[_Way], boxes: dict[tuple[int, str], Box], placed: dict[int, dict[str, str]]
) -> Iterator[Ribbon]:
    """Yield each connection once; the more data types it carries, the thicker."""
    found: dict[tuple[int, str, str], tuple[set[str], str]] = {}
    order = ("ordinary", "sensitive", "undeclared")
    for way in ways:
        for index in range(3):
            key = (index, placed[index][way.nodes[index].key], placed[index + 1][way.nodes[index + 1].key])
            names, kind = found.setdefault(key, (set(), way.kind))
            names.add(way.nodes[1].full)
            if order.index(way.kind) > order.index(kind):
                found[key] = (names, way.kind)
    for (index, start, end), (names, kind) in found.items():
        first, second = boxes[index, start], boxes[index + 1, end]
        x, y = first.x + BOX, first.y + first.high / 2
        to_x, to_y = second.x, second.y + second.high / 2
        middle = (x + to_x) / 2
        yield Ribbon(
            path=f"M{x:.0f} {y:.1f}C{middle:.0f} {y:.1f} {middle:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}",
            kind=kind,
            thick=min(1.5 + len(names), 10.0),
            full=f"{first.full} → {second.full}",
        )
