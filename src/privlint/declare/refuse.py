"""The bytes of a declaring file in; why they are not looked at out, or None."""

from __future__ import annotations

from privlint.errors import PrivlintError
from privlint.model.finding import Covered, Text

LARGEST = 1_000_000  # bytes


def oversized(data: bytes, path: str) -> Covered | None:
    """A file that is larger than any that people write."""
    if len(data) <= LARGEST:
        return None
    en = f"it has {len(data):,} bytes; the limit is {LARGEST:,}"
    return refused(path, "PRV004", en, f"文件大小为 {len(data):,} 字节，上限为 {LARGEST:,} 字节")


def binary(data: bytes, path: str) -> Covered | None:
    """A file that is no text."""
    if b"\0" not in data:
        return None
    return refused(path, "PRV006", "it holds NUL bytes, as binary files do", "文件含有 NUL 字节，是二进制文件")


def refused(path: str, reason: str, en: str, zh: str) -> Covered:
    """A file that should have been read and was not."""
    return Covered(path, "failed", reason, Text(en, zh))


def bad_toml(error: PrivlintError, path: str) -> Covered:
    """A TOML file that cannot be read, and where it is wrong."""
    line = f"line {error.line}: " if error.line else ""
    zh = f"第 {error.line} 行：" if error.line else ""
    return refused(path, "PRV014", f"{line}{error.message}", f"{zh}{error.message}")
