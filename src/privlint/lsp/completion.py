"""A position in a manifest in; what may be written there out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from msgspec import Struct

from privlint.engine.vocabulary import vocabulary
from privlint.lsp import manifest_text, manifest_words
from privlint.lsp.documents import position_in
from privlint.model.finding import Text
from privlint.model.vocabulary import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygls.workspace import TextDocument

    from privlint.lsp.manifest_text import Cursor
    from privlint.lsp.server import Server

_BASIC = Word("basic", Text("The basic service", "基本功能服务"))
_PREFIX = "tool.privlint."


class _Choice(Struct, frozen=True):
    """One thing that may be written."""

    label: str
    text: str  # what is inserted
    detail: str = ""
    about: str = ""
    kind: types.CompletionItemKind = types.CompletionItemKind.Value


def items(server: Server, document: TextDocument, at: types.Position) -> types.CompletionList:
    """List what fits at a position."""
    embedded = document.path.endswith("pyproject.toml")
    cursor = manifest_text.at(document.lines, position_in(document, at), embedded)
    if cursor is None:
        return types.CompletionList(is_incomplete=False, items=[])
    where = server.converter.range(cursor.place, document.lines)
    language = server.language
    if cursor.part == "header":
        choices = _headers(document, at, language, embedded)
    elif cursor.part == "key" and not cursor.quoted:
        choices = _keys(cursor, language)
    else:
        choices = _values(server, document, cursor)
    found = [
        types.CompletionItem(
            label=choice.label,
            kind=choice.kind,
            detail=choice.detail or None,
            label_details=types.CompletionItemLabelDetails(description=choice.detail) if choice.detail else None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, choice.about) if choice.about else None,
            filter_text=f"{choice.label} {choice.detail}" if choice.detail else choice.label,  # 位置 finds it too
            sort_text=f"{number:04}",
            text_edit=types.TextEdit(where, choice.text),
        )
        for number, choice in enumerate(choices)
    ]
    return types.CompletionList(is_incomplete=False, items=found)


def _headers(document: TextDocument, at: types.Position, language: str, embedded: bool) -> Iterator[_Choice]:
    line = document.lines[at.line] if at.line < len(document.lines) else ""
    double = line.lstrip().startswith("[[")
    for name, about in manifest_words.TABLES.items():
        if double == (name in manifest_words.LISTS):
            full = f"{_PREFIX}{name}" if embedded else name
            yield _Choice(full, full, about[language], kind=types.CompletionItemKind.Module)


def _keys(cursor: Cursor, language: str) -> Iterator[_Choice]:
    for key, about in manifest_words.KEYS.get(cursor.table, {}).items():
        value = '""'
        if manifest_words.is_list(cursor.table, key):
            value = "[]"
        elif key in ("minors", "required"):
            value = "true"
        elif (cursor.table, key) == ("check", "severity"):
            value = "{}"
        elif key in ("until", "days"):
            value = ""
        yield _Choice(key, f"{key} = {value}", about[language], kind=types.CompletionItemKind.Property)


def _values(server: Server, document: TextDocument, cursor: Cursor) -> Iterator[_Choice]:
    for word in _words(server, document, cursor):
        text = word.id if cursor.quoted else f'"{word.id}"'
        yield _Choice(word.id, text, word.name[server.language], word.about[server.language])


def _words(server: Server, document: TextDocument, cursor: Cursor) -> tuple[Word, ...]:
    known = vocabulary()
    match manifest_words.kind_of(cursor.table, cursor.key):
        case "category":
            return tuple(word for word in known.categories if cursor.table != "function" or word.id != "other")
        case "data":
            return known.data
        case "check":
            return known.checks
        case "service":
            return known.services
        case "function":
            return (_BASIC, *_functions(server, document))
        case _:
            return tuple(Word(one, Text("", "")) for one in manifest_words.choices(cursor.table, cursor.key))


def _functions(server: Server, document: TextDocument) -> Iterator[Word]:
    session = server.judging.session_of(document)
    for function in session.manifest.manifest.function if session else ():
        yield Word(function.id, Text(function.name, function.name))
