"""A tree of widgets in, the screen that it makes out: what is ticked, what stands beside it, what can be pressed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.model.screens import Screen, Shown, Tick, Widget

if TYPE_CHECKING:
    from collections.abc import Iterator

_TICKED = re.compile(r"check_?box|checked|switch|radio|toggle|^checkable|chip$", re.IGNORECASE)
_PRESSED = re.compile(r"button|btn", re.IGNORECASE)
_TYPED = re.compile(r"edit|input|textfield", re.IGNORECASE)
_PICTURED = re.compile(r"image|icon|^view$", re.IGNORECASE)
_CHOSEN = re.compile(r"(?:^|_)(?:cb|cbx|chk)(?:_|$)|check|select|tick|choose|gou|agree", re.IGNORECASE)


def screen(root: Widget, path: str, *, choice: bool = False) -> Screen:
    """Look over a tree. `choice` says that a screen shown within this one has something to tick."""
    every = tuple(_every(root))
    return Screen(
        path=path,
        ticks=tuple(_ticks(root, ())),
        texts=tuple(Shown(text=one.text, place=one.text_place or one.place) for one in every if one.text),
        buttons=tuple(part for one in every if _is_pressed(one) for part in (one.id, *_all_texts(one)) if part),
        choice=choice or any(is_choice(one) for one in every),
    )


def is_choice(widget: Widget) -> bool:
    """Tell whether a widget can be ticked: by what it is, or a picture by what it is called."""
    if _can_be_ticked(widget):
        return True
    return bool(_PICTURED.search(widget.name)) and bool(_CHOSEN.search(widget.id))


def has_choice(root: Widget) -> bool:
    """Tell whether there is something to tick in a tree."""
    return any(is_choice(one) for one in _every(root))


def _can_be_ticked(widget: Widget) -> bool:
    return widget.ticks or bool(_TICKED.search(widget.name))


def _is_pressed(widget: Widget) -> bool:
    if _can_be_ticked(widget):
        return False
    return bool(_PRESSED.search(widget.name) or re.match(r"(?:btn|button)(?:_|[A-Z]|$)", widget.id))


def _every(widget: Widget) -> Iterator[Widget]:
    yield widget
    for child in widget.children:
        yield from _every(child)


def _ticks(widget: Widget, above: tuple[Widget, ...]) -> Iterator[Tick]:
    if widget.ticked is not None:
        yield Tick(
            control=widget.name,
            id=widget.id,
            label=widget.text,
            beside=tuple(_beside(widget, above)),
            place=widget.ticked,
        )
    for child in widget.children:
        yield from _ticks(child, (*above, widget))


# --- what stands beside a control -------------------------------------------------------------------------------------


def _beside(widget: Widget, above: tuple[Widget, ...]) -> list[str]:
    """Give the texts by which a user understands a control that has none of its own."""
    inner = widget
    for outer in reversed(above):
        if len(outer.children) > 1:
            return _among(inner, outer)
        inner = outer
    return []


def _among(widget: Widget, parent: Widget) -> list[str]:
    at = next(index for index, one in enumerate(parent.children) if one is widget)
    before, after = parent.children[:at][::-1], parent.children[at + 1 :]
    if parent.way == "free":
        tied = [one for one in parent.children if one is not widget and _tied(one, widget)]
        return _texts(tied or after[:1])
    if parent.way == "column":
        return _texts(after[:1]) or _texts(before[:1])
    first = next((one for one in parent.children if _holds_tick(one) or _texts([one])), widget)
    many = sum(_holds_tick(one) for one in parent.children) > 1
    if many and not _holds_tick(first):
        after, before = before, after  # each label stands before its control
    return _texts(_until_next(after)) or _texts(_until_next(before))


def _tied(one: Widget, other: Widget) -> bool:
    return bool((other.id and other.id in one.names) or (one.id and one.id in other.names))


def _until_next(widgets: tuple[Widget, ...]) -> list[Widget]:
    found = []
    for one in widgets:
        if _holds_tick(one) or _is_pressed(one) or _TYPED.search(one.name):
            break
        found.append(one)
    return found


def _holds_tick(widget: Widget) -> bool:
    return any(_can_be_ticked(one) for one in _every(widget))


def _all_texts(widget: Widget) -> Iterator[str]:
    return (one.text for one in _every(widget) if one.text)


def _texts(widgets: list[Widget] | tuple[Widget, ...]) -> list[str]:
    found = (inner for one in widgets for inner in _every(one))
    return [one.text for one in found if one.text and not _is_pressed(one)]
