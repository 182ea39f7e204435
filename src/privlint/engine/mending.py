"""A report in; its files with what needs no decision mended out. Nothing is written here.

Safe is an edit that changes no behaviour: a marker goes that suppresses nothing. Taking away a permission that nothing
was seen to use changes the app, because a library may use it: that is unsafe, and only made when it is asked for.
An edit is made only where the file still says at that place what the finding is about; line ends, the byte order mark
and the encoding stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint import discover, suppress
from privlint.model.finding import Covered, Text
from privlint.model.mended import Mended, Mending

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.finding import Finding, Report
    from privlint.model.place import Place, Position

_UNUSED = "PRV030"
_PERMISSION = "PRV302"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_ELEMENT = re.compile(
    r"<uses-permission(?:-sdk-23|-sdk-m)?\b[^<>]*?(?:/>|>\s*</uses-permission(?:-sdk-23|-sdk-m)?\s*>)"
)
_LIST = re.compile(r"\[[^\]\n]*\]")
_BOMS = (("\ufeff".encode(), "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

Span = tuple[int, int, str, Text]  # from, to, what comes instead, what that does


def mend(report: Report, *, unsafe: bool) -> Mending:
    """Make every edit that is allowed; name those that are not."""
    by_path: dict[str, list[Finding]] = {}
    for one in report.findings:
        if one.check in {_UNUSED, _PERMISSION} and not one.suppressed:
            by_path.setdefault(one.place.path, []).append(one)
    files, hidden = [], []
    for path in sorted(by_path):
        read = _read(report.root, path)
        if read is None:
            continue
        text, mark, codec = read
        safe = tuple(_markers(text, [one for one in by_path[path] if one.check == _UNUSED]))
        risky = tuple(_permissions(text, [one for one in by_path[path] if one.check == _PERMISSION]))
        if not unsafe:
            hidden += [told for *_, told in risky]
        made = _apart((*safe, *risky) if unsafe else safe)
        after = _applied(text, made)
        if after != text:
            data = mark + after.encode(codec)
            done = tuple(told for *_, told in made)
            files.append(Mended(path=path, before=text, after=after, data=data, done=done))
    return Mending(files=tuple(files), hidden=tuple(hidden))


def _read(root: str, path: str) -> tuple[str, bytes, str] | None:
    """Decode a file so that it can be written back byte for byte; None where that cannot be."""
    data = discover.read(root, path)
    if isinstance(data, Covered):
        return None
    mark, codecs = next(
        ((mark, (codec,)) for mark, codec in _BOMS if data.startswith(mark)), (b"", ("utf-8", "gb18030"))
    )
    for codec in codecs:
        try:
            text = data[len(mark) :].decode(codec)
            if mark + text.encode(codec) == data:
                return text, mark, codec
        except UnicodeError:  # noqa: PERF203 - the next encoding may fit
            continue
    return None


# --- markers ----------------------------------------------------------------------------------------------------------


def _markers(text: str, findings: list[Finding]) -> Iterator[Span]:
    """Yield the end of each marker that covers nothing, or of the checks in it that do not."""
    stale: dict[Place, list[str]] = {}
    for one in findings:
        stale.setdefault(one.place, []).append(one.symbol)
    for place, checks in stale.items():
        start, end = _offset(text, place.start), _offset(text, place.end)
        written = suppress.parse(text[start:end]) if start is not None and end is not None else None
        if written is None or start is None or end is None or not set(checks) <= set(written.checks):
            continue  # an annotation, or another text than the one that was examined
        left = tuple(check for check in written.checks if check not in checks)
        named = ", ".join(sorted(checks))
        told = Text(
            f"{place.path}:{place.start.line}: removed the marker for {named}",
            f"{place.path}:{place.start.line}：删除了针对 {named} 的标记",
        )
        if left:
            comment = _LIST.sub(lambda _found, left=left: f"[{', '.join(left)}]", text[start:end], count=1)  # type: ignore[misc]
            yield start, end, comment, told
        elif "\n" not in text[start:end] and "\r" not in text[start:end]:
            yield (*_around(text, start, end), "", told)


# --- permissions ------------------------------------------------------------------------------------------------------


def _permissions(text: str, findings: list[Finding]) -> Iterator[Span]:
    """Yield the element that asks for each permission that nothing was seen to use."""
    for one in findings:
        at = _offset(text, one.place.start)
        element = next((found for found in _ELEMENT.finditer(text) if at and found.start() < at < found.end()), None)
        if element is None:
            continue
        place = f"{one.place.path}:{one.place.start.line}"
        name = one.symbol.rpartition(".")[2]
        told = Text(f"{place}: removed the permission {name}", f"{place}：删除了权限 {name}")
        yield (*_around(text, element.start(), element.end()), "", told)


# --- text -------------------------------------------------------------------------------------------------------------


def _offset(text: str, position: Position) -> int | None:
    """Find where a position is; None where the file has no such line or column."""
    for number, line in enumerate(_LINE.finditer(text), 1):
        if number == position.line:
            content = line[0].rstrip("\r\n")
            return line.start() + position.column - 1 if position.column - 1 <= len(content) else None
    return None


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a region: to its whole lines where nothing else stands on them, else to the blanks before it."""
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    last = end
    while last < len(text) and text[last] in " \t":
        last += 1
    alone = not text[first:start].strip(" \t")
    if alone and (last == len(text) or text[last] in "\r\n"):
        found = re.compile(r"\r\n|\r|\n").match(text, last)
        return first, found.end() if found else last
    if last < len(text) and text[last] not in "\r\n":
        return start, end  # something follows: only what was named goes
    while start > first and text[start - 1] in " \t":
        start -= 1
    return start, end


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Keep of edits that overlap the first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: one[:2]):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def _applied(text: str, spans: tuple[Span, ...]) -> str:
    for start, end, instead, _ in reversed(spans):
        text = text[:start] + instead + text[end:]
    return text
