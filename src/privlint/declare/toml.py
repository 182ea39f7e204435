"""The bytes of a TOML file in, its tables out; what is wrong with it is said with line, column and remedy.

The file comes from the tree under examination, so the parser sees only what cannot hurt it: limited in size, in depth
and in the length of dotted keys.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from importlib import import_module
from typing import TYPE_CHECKING, Any

from privlint.errors import ConfigurationError
from privlint.model.finding import Text
from privlint.model.place import Position

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 256 * 1024  # bytes
DEEPEST = 100  # levels of brackets, and parts of a dotted key

_BOM = b"\xef\xbb\xbf"
_TOKEN = re.compile(
    rb'"""(?:[^"\\]|\\[\s\S]|"(?!""))*(?:"""|\Z)'
    rb"|'''[\s\S]*?(?:'''|\Z)"
    rb'|"(?:[^"\\\n]|\\.)*"?'
    rb"|'[^'\n]*'?"
    rb"|#[^\n]*"
    rb"|[\[\]{}.=,\n]"
)
_NAMES = re.compile(r"\((['\"][^()]*)\)")
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


class Lines:
    """Turns byte offsets of one valid UTF-8 text into positions."""

    def __init__(self, data: bytes) -> None:
        self.starts = [0, *(match.end() for match in re.finditer(rb"\n", data))]
        self.continuations = [match.start() for match in re.finditer(rb"[\x80-\xbf]", data)]

    def position(self, offset: int) -> Position:
        """The position of a byte offset."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        within = bisect_left(self.continuations, offset) - bisect_left(self.continuations, start)
        return Position(line, offset - start - within + 1)


def strip(data: bytes) -> bytes:
    """The text without a byte order mark: column 1 is after it."""
    return data.removeprefix(_BOM)


def parse(data: bytes, path: str) -> Mapping[str, Any]:
    """The tables of a TOML file. Raises ConfigurationError; `data` is what `strip` gave."""
    text = _text(data, path)
    _guard(data, path)
    library = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        tables: dict[str, Any] = library.loads(text)
    except ValueError as error:
        raise _syntax_error(error, data, path) from error
    return tables


def _text(data: bytes, path: str) -> str:
    if len(data) > LARGEST:
        raise ConfigurationError(
            f"the file is larger than {LARGEST // 1024} KB",
            message_zh=f"文件超过 {LARGEST // 1024} KB",
            path=path,
            hint="Keep the manifest small; move long texts to files of their own.",
            hint_zh="请保持清单简短，把长文本移到单独的文件中。",
        )
    if b"\0" in data:
        message = Text("the file holds a NUL byte", "文件含有 NUL 字节")
        hint = Text("Save the file as plain UTF-8 text.", "请把文件另存为 UTF-8 纯文本。")
        raise _error(message, data, data.index(b"\0"), path, hint)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = Text("the file is not valid UTF-8", "文件不是有效的 UTF-8")
        hint = Text("Save the file as UTF-8.", "请把文件另存为 UTF-8。")
        raise _error(message, data, error.start, path, hint) from error


def _guard(data: bytes, path: str) -> None:
    depth = parts = 0
    for match in _TOKEN.finditer(data):
        token = match.group()
        if token in (b"[", b"{"):
            depth, parts = depth + 1, 0
        elif token in (b"]", b"}"):
            depth, parts = depth - 1, 0
        elif token == b".":
            parts += 1
        elif token in (b"=", b",", b"\n"):
            parts = 0
        if depth > DEEPEST:
            hint = Text(
                "Write the tables and lists flat: the manifest needs no more than four levels.",
                "请不要层层嵌套：清单最多需要四层。",
            )
            message = Text(f"brackets are nested more than {DEEPEST} levels deep", f"括号嵌套超过 {DEEPEST} 层")
            raise _error(message, data, match.start(), path, hint)
        if parts >= DEEPEST:
            hint = Text(
                "Shorten the key: the manifest needs no more than four parts.", "请缩短该键：清单中的键最多四段。"
            )
            message = Text(f"a dotted key has more than {DEEPEST} parts", f"带点的键超过 {DEEPEST} 段")
            raise _error(message, data, match.start(), path, hint)


def _error(message: Text, data: bytes, offset: int, path: str, hint: Text) -> ConfigurationError:
    line, column = _pair(Lines(data).position(offset))
    return _at(message, path, line, column, hint)


def _at(message: Text, path: str, line: int, column: int, hint: Text) -> ConfigurationError:
    return ConfigurationError(
        message.en, message_zh=message.zh, path=path, line=line, column=column, hint=hint.en, hint_zh=hint.zh
    )


def _pair(position: Position) -> tuple[int, int]:
    return position.line, position.column


def _syntax_error(error: ValueError, data: bytes, path: str) -> ConfigurationError:
    text = str(error)
    found = _AT.search(text)
    if found and found.group(1):
        line, column = int(found.group(1)), int(found.group(2))
    else:
        line, column = _pair(Lines(data).position(len(data)))
    message = text[: found.start()] if found else text
    if "limit" in message and "digits" in message:
        message = "a number is too long"
    message = _NAMES.sub(_dotted, message)
    told = Text(f"not valid TOML: {message[:1].lower()}{message[1:200]}", f"不是有效的 TOML：{_chinese(message[:200])}")
    return _at(told, path, line, column, _remedy(text))


def _chinese(message: str) -> str:
    """Say in Chinese what the parser found; in its own words where they are not known here."""
    for beginning, words in _FOUND:
        if message.lower().startswith(beginning):
            named = message[len(beginning) :].strip().removesuffix("twice").strip()
            return f"{words} {named}".rstrip()
    return message


def _dotted(match: re.Match[str]) -> str:
    """The tuple ('app', 'name') as `app.name`."""
    return "`" + ".".join(name for name in re.split(r"[\s,'\"]+", match.group(1)) if name) + "`"


_FOUND = (
    ("invalid statement", "语句有误"),
    ("invalid value", "值有误"),
    ("invalid initial character for a key part", "键的首字符有误"),
    ("invalid date or datetime", "日期或时间有误"),
    ("invalid hex value", "十六进制值有误"),
    ("expected newline or end of document after a statement", "语句之后应换行或结束"),
    ("expected '=' after a key in a key/value pair", "键之后缺少 ="),
    ("expected ']' at the end of a table declaration", "表头末尾缺少 ]"),
    ("expected ']]' at the end of an array declaration", "表头末尾缺少 ]]"),
    ("unclosed array", "列表没有结束"),
    ("unclosed inline table", "行内表没有结束"),
    ("unterminated string", "文本没有结束"),
    ("unescaped '\\' in a string", "文本中有未转义的 \\"),
    ("duplicate inline table key", "行内表中的键重复："),
    ("cannot declare", "重复声明了"),
    ("cannot overwrite a value", "同一个键写了两次"),
    ("cannot mutate immutable namespace", "不能再修改已写完的表"),
    ("cannot define", "不能再次定义"),
    ("illegal character", "不允许的字符"),
    ("found invalid character", "无效的字符"),
    ("a number is too long", "数字过长"),
)


def _remedy(text: str) -> Text:
    lowered = text.lower()
    if "twice" in lowered or "overwrite" in lowered or "immutable" in lowered or "cannot mutate" in lowered:
        return Text(
            "A key or table may be written once; a list of entries repeats its header in double brackets: [[collect]].",
            "同一个键或表只能写一次；多个条目请重复双层方括号的表头：[[collect]]。",
        )
    if "invalid value" in lowered:
        return Text(
            'Put text in double quotes (name = "Example"); lists in [ ]; true and false in lower case.',
            '文本用双引号（name = "示例"），列表用 [ ]，true 和 false 用小写。',
        )
    if (
        "unterminated" in lowered
        or "unclosed" in lowered
        or "(at end of document)" in lowered
        or "illegal character" in lowered
    ):
        return Text(
            "Close the text with the quote that opened it, and each bracket with its partner.",
            "请用同样的引号结束文本，并让每个括号成对。",
        )
    if "invalid statement" in lowered:
        return Text(
            "A line is `key = value` or a [header]; a key of other signs than a-z, 0-9, - and _ stands in quotes.",
            "每行是 `键 = 值` 或 [表头]；键含有 a-z、0-9、- 和 _ 以外的字符时须加引号。",
        )
    return Text("Check the quotes, brackets and the = on this line.", "请检查该行的引号、括号和 =。")
