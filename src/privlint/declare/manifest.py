"""The bytes of privlint.toml, or of pyproject.toml, in; the manifest with the places of its keys out."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from privlint.declare import toml
from privlint.errors import ConfigurationError
from privlint.model.project import LoadedManifest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from privlint.declare.positions import Positions

NAMES = ("privlint.toml", ".privlint.toml")
EMBEDDED = "pyproject.toml"

_HEADER = re.compile(rb"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*[\"']?privlint\b", re.MULTILINE)


def find(start: str, read: Callable[[str], bytes], exists: Callable[[str], bool] = os.path.lexists) -> str | None:
    """The nearest manifest, from the folder `start` up to the root of its repository; None when there is none.

    privlint.toml goes before .privlint.toml, and both before a pyproject.toml with a table [tool.privlint]. `read`
    opens a file safely; its ConfigurationError for a file that is not a regular one goes through. `exists` tells
    whether there is a file: another state of the project has others than the disk.
    """
    folder = os.path.abspath(start)  # pathlib costs a start-up that has nothing else to do with it
    while True:
        for name in NAMES:
            candidate = os.path.join(folder, name)
            if exists(candidate):
                return candidate
        candidate = os.path.join(folder, EMBEDDED)
        if exists(candidate) and _embeds(read(candidate), candidate):
            return candidate
        above = os.path.dirname(folder)
        if above == folder or os.path.lexists(os.path.join(folder, ".git")):
            return None
        folder = above


def read(data: bytes, path: str, embedded: bool = False) -> LoadedManifest:
    """Decode a manifest. `embedded`: it is the table [tool.privlint] of a pyproject.toml. Raises ConfigurationError."""
    from privlint.declare.coherence import problems
    from privlint.declare.positions import locate
    from privlint.declare.shape import convert

    data = toml.strip(data)
    tables = toml.parse(data, path)
    positions = locate(data, path)
    if embedded:
        tables = _table(tables, path)
        positions = _below(positions, "tool.privlint.")
    manifest = convert(tables, positions)
    loaded = LoadedManifest(manifest, path, positions.values, positions.remarks, positions.headers)
    for problem in problems(manifest):
        place = loaded.place(problem.key)
        line, column = (place.start.line, place.start.column) if place else (1, 1)
        raise ConfigurationError(
            problem.message.en,
            message_zh=problem.message.zh,
            path=path,
            line=line,
            column=column,
            hint=problem.hint.en,
            hint_zh=problem.hint.zh,
        )
    return loaded


def _embeds(data: bytes, path: str) -> bool:
    """Has this pyproject.toml our table? A file of others that is broken is not ours to complain about."""
    if b"privlint" not in data:
        return False
    data = toml.strip(data)
    try:
        tool = toml.parse(data, path).get("tool")
    except ConfigurationError:
        return _HEADER.search(data) is not None
    return isinstance(tool, dict) and "privlint" in tool


def _table(tables: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    tool = tables.get("tool", {})
    own = tool.get("privlint", {}) if isinstance(tool, dict) else {}
    if isinstance(own, dict):
        return own
    raise ConfigurationError(
        "`tool.privlint` must be a table",
        message_zh="`tool.privlint` 必须是表",
        path=path,
        line=1,
        column=1,
        hint="Write the header in single brackets: [tool.privlint]",
        hint_zh="请用单层方括号写表头：[tool.privlint]",
    )


def _below(positions: Positions, prefix: str) -> Positions:
    """The positions of one table, its own under ""."""

    def cut(places: Mapping[str, Any]) -> dict[str, Any]:
        inner = {key[len(prefix) :]: place for key, place in places.items() if key.startswith(prefix)}
        own = places.get(prefix.rstrip("."))
        return {"": own, **inner} if own else inner

    return replace(positions, keys=cut(positions.keys), values=cut(positions.values), prefix=prefix)
