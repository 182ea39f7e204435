"""How a report is to be shown: language, width, colour, and where the quoted lines come from."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from privlint.model.check import CheckDoc

WIDTH = 100  # columns, where there is no terminal to ask


def _no_source(_path: str) -> str | None:
    return None


def _as_it_is(path: str) -> str:
    return path


class View(Struct, frozen=True, kw_only=True):
    """The settings of one rendering. A report reads no file: `source` gives the text of a path, or None."""

    language: str = "en"  # or "zh-CN"
    colour: bool = False
    width: int = WIDTH  # columns
    source: Callable[[str], str | None] = _no_source
    path: Callable[[str], str] = _as_it_is  # how a path of the report reads for this reader; text formats only
    checks: tuple[CheckDoc, ...] = ()  # what the checks say of themselves, for formats that carry their help
    show_literals: bool = False  # quote long string literals in full
    verbose: bool = False  # suppressed findings, every explanation, every path
