"""The bytes of a privacy policy in (Markdown, HTML, plain text), its text line by line out, without markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from privlint.model.finding import Text
from privlint.model.policy import PolicyText

LARGEST = 1_000_000  # bytes
FEWEST = 20  # letters; a file with fewer holds no policy

_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg"})
_LINK = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"\x89PNG")


def read(data: bytes, named: str, path: str) -> PolicyText:
    """Read a policy; one that is not text, or holds next to none, says so."""
    text = _decoded(data)
    if text is None:
        why = Text(
            "it is not a text file; give it as Markdown, HTML or plain text",
            "不是文本文件；请提供 Markdown、HTML 或纯文本",
        )
        return PolicyText(named=named, path=path, state="unreadable", detail=why)
    suffix = path.rpartition(".")[2].lower()
    if suffix in {"html", "htm", "xhtml"}:
        lines = _html(text)
    else:
        lines = _markdown(text) if suffix in {"md", "markdown", "mdx"} else text.split("\n")
    letters = sum(letter.isalpha() for line in lines for letter in line)
    return PolicyText(
        named=named,
        path=path,
        state="read" if letters >= FEWEST else "empty",
        lines=tuple(lines),
        letters=letters,
    )


def _decoded(data: bytes) -> str | None:
    """Decode: by a byte order mark, as UTF-8, or as the encoding of older Chinese files."""
    if data.startswith(_BINARY):
        return None
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    if b"\0" in data:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _markdown(text: str) -> list[str]:
    """Take out comments, tags and the addresses of links; every line stays where it was."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return [_TAG.sub(" ", _LINK.sub("]", line)) for line in text.split("\n")]


def _html(text: str) -> list[str]:
    reader = _Reader(text.count("\n") + 1)
    reader.feed(text)
    reader.close()
    return [" ".join("".join(parts).split()) for parts in reader.lines]


class _Reader(HTMLParser):
    """Collects what a browser shows, by the line on which it stands."""

    def __init__(self, count: int) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[] for _ in range(count)]
        self._hidden = ""  # the element whose content is not shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if not self._hidden and tag in _HIDDEN:
            self._hidden = tag
        self._put(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        self._put(" ")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        line = self.getpos()[0] - 1
        for offset, part in enumerate(data.split("\n")):
            if line + offset < len(self.lines):
                self.lines[line + offset].append(part)

    def _put(self, text: str) -> None:
        line = self.getpos()[0] - 1
        if line < len(self.lines):
            self.lines[line].append(text)
