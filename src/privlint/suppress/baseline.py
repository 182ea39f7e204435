"""The bytes of a baseline in; its entries out, and by how much it grew since an earlier state.

An entry holds no line number, so that code may move. A baseline is only ever written by `privlint baseline`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from privlint.errors import ConfigurationError
from privlint.model.baseline import VERSION, Baseline, Entry
from privlint.model.finding import Finding, Text
from privlint.model.place import Place, Position
from privlint.suppress.about import about

LARGEST = 10_000_000  # bytes: some 30,000 entries


class _File(Struct, frozen=True):
    version: int
    entries: tuple[Entry, ...]


def read(data: bytes, path: str) -> Baseline:
    """Decode a baseline. Raises ConfigurationError."""
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(
            f"this is not a baseline of privlint: {error}",
            message_zh=f"这不是 privlint 的基线：{error}",
            path=path,
            hint="Take the last version that was right, or remove it and run `privlint baseline create`.",
            hint_zh="请恢复最近一次正确的版本，或删除后运行 `privlint baseline create`。",
        ) from error
    if file.version != VERSION:
        raise ConfigurationError(
            f"the baseline has the version {file.version}; this privlint reads {VERSION}",
            message_zh=f"基线的版本为 {file.version}；此 privlint 读取版本 {VERSION}",
            path=path,
            hint="Use the privlint that wrote it, or write it anew.",
            hint_zh="请使用生成它的 privlint，或重新生成。",
        )
    return Baseline(path, file.entries, _lines(data, file.entries))


def growth(before: Baseline | None, after: Baseline) -> Iterator[Finding]:
    """Yield one finding when there are entries that were not there before; a moved file is no growth."""
    old = before.entries if before else ()
    known = {entry.fingerprint for entry in old}
    fresh = [entry for entry in after.entries if entry.fingerprint not in known]
    kept = {entry.fingerprint for entry in after.entries}
    moved = Counter(_without_path(entry) for entry in old if entry.fingerprint not in kept)
    grown = []
    for entry in fresh:
        key = _without_path(entry)
        if moved[key]:
            moved[key] -= 1
        else:
            grown.append(entry)
    if grown:
        line = after.lines.get(grown[0].fingerprint, 1)
        yield about("PRV043", _at(after.path, line), _grew(grown, new=before is None), str(len(grown)))


def _lines(data: bytes, entries: tuple[Entry, ...]) -> dict[str, int]:
    lines: dict[str, int] = {}
    offset, line = 0, 1
    for entry in entries:
        found = data.find(entry.fingerprint.encode("utf-8", "replace"), offset)
        if found >= 0:
            line += data.count(b"\n", offset, found)
            offset = found
            lines[entry.fingerprint] = line
    return lines


def _without_path(entry: Entry) -> tuple[str, ...]:
    return (entry.check, entry.enclosing, entry.symbol, *entry.data)


def _at(path: str, line: int) -> Place:
    return Place(path, Position(line, 1), Position(line, 1))


def _grew(grown: list[Entry], *, new: bool) -> Text:
    number = len(grown)
    findings = "1 finding" if number == 1 else f"{number} findings"
    if new:
        return Text(f"the baseline is new and puts {findings} aside", f"基线为新建，搁置了 {number} 项发现")
    where = "、".join(sorted({entry.check for entry in grown}))
    return Text(
        f"the baseline grew: {findings} more put aside ({where.replace('、', ', ')})",
        f"基线变大了：又搁置了 {number} 项发现（{where}）",
    )
