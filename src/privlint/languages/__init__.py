"""Bytes in, `SourceFile` out; the only code that knows a syntax tree of a source. One adapter a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privlint.model.code import SourceFile

SUFFIXES = {".kt": "kotlin", ".kts": "kotlin", ".java": "java", ".py": "python", ".pyi": "python"}


def extract(language: str, data: bytes, words: frozenset[str] | None) -> SourceFile:
    """Read one file. Never fails on bad code: it returns what it got and says what is broken.

    `data` is UTF-8. `words` are the identifiers worth looking at (None: all of them); a function whose body holds none
    of them comes back `skipped`. Raises ValueError for a language without an adapter.
    """
    if language == "kotlin":
        from privlint.languages import kotlin

        return kotlin.extract(data, words)
    if language == "java":
        from privlint.languages import java

        return java.extract(data, words)
    if language == "python":
        from privlint.languages import python

        return python.extract(data, words)
    raise ValueError(language)
