"""The bytes of a source file in, the same text as UTF-8 out; or the reason why there is no text in it."""

from __future__ import annotations

import re

from msgspec import Struct

from privlint.model.finding import Covered, Text

NOTHING = Text("", "")

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
_BLANK = re.compile(rb"[ \t\f]*(?:#.*)?\r?")
# Codecs that change more than letters, or take quadratic time.
_REFUSED = frozenset(
    {"punycode", "idna", "utf-7", "unicode_escape", "raw_unicode_escape", "unicode-escape", "undefined"}
)


class Contents(Struct, frozen=True):
    """The text of one file, and what its reader should know of it."""

    data: bytes  # UTF-8, without a byte order mark; where `note` says so with stray bytes that are not UTF-8
    note: Text = NOTHING


def to_utf8(path: str, data: bytes, language: str) -> Contents | Covered:
    """Decode a file. A lone carriage return ends a line too, and becomes a line feed."""
    found = _decode(path, data, language)
    if isinstance(found, Covered):
        return found
    if b"\0" in found.data:
        return refused(path, "PRV006", "it holds NUL bytes, as binary files do", "文件含有 NUL 字节，是二进制文件")
    if b"\r" in found.data:
        return Contents(re.sub(rb"\r(?!\n)", b"\n", found.data), found.note)
    return found


def refused(path: str, reason: str, en: str, zh: str) -> Covered:
    """Say why a file that should have been examined was not."""
    return Covered(path, "failed", reason, Text(en, zh))


def _decode(path: str, data: bytes, language: str) -> Contents | Covered:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _with_mark(path, data[len(mark) :], codec)
    if b"\0" in data:
        if _is_wide(data):
            en = "it looks like UTF-16 without a byte order mark; save it as UTF-8"
            return refused(path, "PRV005", en, "看起来是没有字节顺序标记的 UTF-16；请另存为 UTF-8")
        return Contents(data)
    if language == "python" and (name := _cookie(data)):
        return _declared(path, data, name)
    return _plain(data)


def _with_mark(path: str, data: bytes, codec: str) -> Contents | Covered:
    if codec == "utf-8":
        return _plain(data)
    try:
        return Contents(data.decode(codec).encode())
    except UnicodeError:
        name = codec.upper()[:6]
        en = f"its byte order mark says {name}, but it is not valid {name}; save it as UTF-8"
        return refused(path, "PRV005", en, f"字节顺序标记表明是 {name}，但内容不是有效的 {name}；请另存为 UTF-8")


def _plain(data: bytes) -> Contents:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        en = f"line {line} is not valid UTF-8; it was examined as it is"
        return Contents(data, Text(en, f"第 {line} 行不是有效的 UTF-8；已按原样检查"))
    return Contents(data)


def _is_wide(data: bytes) -> bool:
    """Tell whether nearly every other byte of the beginning is zero."""
    head = data[: 4096 & ~1]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) * 4 > len(head) and min(even, odd) * 20 <= len(head)


def _cookie(data: bytes) -> str:
    """The encoding that a Python file declares in its first two lines."""
    for line in data[:1024].split(b"\n", 2)[:2]:
        if match := _COOKIE.match(line):
            return match.group(1).decode("ascii")
        if not _BLANK.fullmatch(line):
            return ""
    return ""


def _declared(path: str, data: bytes, name: str) -> Contents | Covered:
    import codecs

    try:
        codec = codecs.lookup(name)
    except LookupError:
        return _unknown(path, name)
    if codec.name in _REFUSED or not getattr(codec, "_is_text_encoding", True):
        return _unknown(path, name)
    if codec.name == "utf-8":
        return _plain(data)
    try:
        return Contents(codec.decode(data, "strict")[0].encode())
    except UnicodeError:
        en = f"it declares {name} and is not valid {name}; it was examined as it is"
        return Contents(data, Text(en, f"声明为 {name}，但不是有效的 {name}；已按原样检查"))


def _unknown(path: str, name: str) -> Covered:
    en = f"it declares the encoding {name}, which cannot be read; save it as UTF-8"
    return refused(path, "PRV005", en, f"声明的编码 {name} 无法读取；请另存为 UTF-8")
