"""The bytes of gradle.properties in, its keys and values out."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"[ \t]*([^#!\s=:][^\s=:]*)[ \t]*[=:][ \t]*([^\r\n]*)")
_LARGEST = 256 * 1024  # bytes; beyond, nobody wrote it by hand


def read(data: bytes) -> dict[str, str]:
    """Read the entries, one a line; of several the last counts, as in Java."""
    text = data[:_LARGEST].decode("utf-8", "replace")
    matches = (_ENTRY.match(line) for line in text.split("\n"))
    return {match.group(1): match.group(2).strip() for match in matches if match is not None}
