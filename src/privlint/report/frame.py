"""A place and the text of its file in; the quoted line with a caret under exactly the region out.

Columns count code points; the caret is set by display width, so wide characters, emoji, tabs and escapes keep it in its
place. A long line is cut around the region.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.place import Place
from privlint.report import literals, safe
from privlint.report.style import Style
from privlint.report.view import View
from privlint.report.width import width, wrap

TAB = 4  # columns
CUT = "..."
_NEAR = 1000  # code points to look at on each side of the region: a line may have millions


class Pointed(Struct, frozen=True, kw_only=True):
    """One place to show, with its words. A literal that is part of `known`, a text of our own rules, is not hidden."""

    place: Place
    label: str
    role: str  # for the colour
    mark: str = "^"
    known: str = ""
    literals: bool = False  # show long literals


class _Quoted(Struct, frozen=True):
    """A line ready to print, and where the region is in it, in columns."""

    text: str
    start: int
    end: int


def line_of(text: str | None, number: int) -> str | None:
    """Find a line of a text; only LF, CR LF and CR end one, as editors and parsers count."""
    if text is None:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
        if not start:
            return None
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def frame(pointed: Pointed, gutter: int, view: View) -> Iterator[str]:
    """Yield the lines of one frame; only the label when there is no text to quote. `gutter` columns hold the number."""
    style = Style(view.colour)
    edge = style("gutter", f"{' ' * gutter} |")
    line = line_of(view.source(pointed.place.path), pointed.place.start.line)
    if line is None:
        if pointed.label:
            yield f"{edge} {style(pointed.role, safe.visible(pointed.label))}"
        return
    quoted = _quote(line, pointed, max(view.width - gutter - 3, 20))
    yield edge
    yield f"{style('gutter', f'{pointed.place.start.line:>{gutter}} |')} {quoted.text}".rstrip()
    for under in _under(quoted, pointed, view.width - gutter - 3):
        yield f"{edge} {under[0]}{style(pointed.role, under[1])}"


def parts(pointed: Pointed, view: View) -> tuple[str, str, str] | None:
    """Give a quoted line in three parts, the region in the middle; None when there is no text to quote."""
    line = line_of(view.source(pointed.place.path), pointed.place.start.line)
    if line is None:
        return None
    quoted = _quote(line, pointed, view.width)
    first = _index(quoted.text, quoted.start)
    last = max(_index(quoted.text, quoted.end), first)
    return quoted.text[:first], quoted.text[first:last], quoted.text[last:]


def _index(text: str, columns: int) -> int:
    """Find the character that begins at a column."""
    used = 0
    for index, character in enumerate(text):
        if used >= columns:
            return index
        used += width(character)
    return len(text)


def _quote(line: str, pointed: Pointed, columns: int) -> _Quoted:
    """Make a line safe, hide long literals, cut it to size, and find the region in it."""
    place = pointed.place
    first = min(place.start.column - 1, len(line))
    last = place.end.column - 1 if place.end.line == place.start.line else len(line)
    last = min(max(last, first + 1), max(len(line), first + 1))
    low, high = max(first - _NEAR, 0), min(last + _NEAR, len(line))
    cells = _cells(line[low:high], (first - low, last - low), pointed)
    widths = [width(cell) for cell in cells]
    left, right = _window(widths, first - low, min(last - low, len(cells)), columns, cut=(low > 0, high < len(line)))
    head = CUT if low + left > 0 else ""
    tail = CUT if low + right < len(line) else ""
    before = len(head) + sum(widths[left : first - low])
    region = sum(widths[first - low : min(last - low, right)])
    return _Quoted(f"{head}{''.join(cells[left:right])}{tail}", before, before + max(region, 1))


def _cells(line: str, region: tuple[int, int], pointed: Pointed) -> list[str]:
    """Give what to print for each code point."""
    cells = list(safe.cells(line))
    if "\t" in line:
        column = 0
        for index, character in enumerate(line):
            if character == "\t":
                cells[index] = " " * (TAB - column % TAB)
            column += width(cells[index])
    if not pointed.literals and ('"' in line or "'" in line):
        for index in literals.hidden(line, region, pointed.known):
            cells[index] = "*" * width(cells[index])
    return cells


def _window(widths: list[int], first: int, last: int, columns: int, cut: tuple[bool, bool]) -> tuple[int, int]:
    """Choose which cells to show: all of them if they fit, else those around the region, most of them behind it."""
    if not any(cut) and sum(widths) <= columns:
        return 0, len(widths)
    room = columns - 2 * len(CUT) - sum(widths[first:last])
    left = first
    ahead = 0 if sum(widths[:last]) <= columns * 3 // 4 and not cut[0] else columns // 2
    while left and room - widths[left - 1] >= ahead:
        left -= 1
        room -= widths[left]
    right = max(last, first)
    if room < 0:  # the region alone is too long
        right = first
        room = columns - 2 * len(CUT)
    while right < len(widths) and room >= widths[right]:
        room -= widths[right]
        right += 1
    while left and room >= widths[left - 1]:
        left -= 1
        room -= widths[left]
    return left, right


def _under(quoted: _Quoted, pointed: Pointed, columns: int) -> Iterator[tuple[str, str]]:
    """Yield the caret line, as blanks and words; a label that does not fit beside the caret goes below it."""
    blanks = " " * quoted.start
    carets = pointed.mark * (quoted.end - quoted.start)
    label = safe.visible(pointed.label)
    if not label:
        yield blanks, carets
    elif quoted.end + 1 + width(label) <= columns:
        yield blanks, f"{carets} {label}"
    else:
        yield blanks, carets
        for line in wrap(label, max(columns, 20)):
            yield " " * max(0, min(quoted.start, columns - width(line))), line
