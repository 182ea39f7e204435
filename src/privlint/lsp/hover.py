"""A position in a file in; what is to be said of the word there, as Markdown, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from privlint.engine import telling
from privlint.engine.vocabulary import vocabulary
from privlint.lsp import manifest_text, manifest_words
from privlint.lsp.documents import position_in
from privlint.model.finding import Covered, Text
from privlint.report.safe import visible

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

    from privlint.lsp.server import Server
    from privlint.model.place import Place
    from privlint.model.told import Told, ToldData
    from privlint.model.vocabulary import Word

_PERMISSIONS = Text("permissions: ", "权限：")
_NEEDED = Text("this category: ", "本类别：")
_DECLARED = Text("declared: ", "声明：")
_CLAUSE = Text("clause: ", "条款：")


def in_code(server: Server, document: TextDocument, at: types.Position) -> types.Hover | None:
    """Tell what the code at a position does with personal data."""
    session = server.judging.session_of(document)
    if session is None or isinstance(server.judging.judge(session, document), Covered):
        return None
    told = telling.at(session, document.path, position_in(document, at))
    if not told:
        return None
    where = min((one.place for one in told), key=_length)
    texts = [_told(one, server.language) for one in told]
    return _hover("\n\n---\n\n".join(texts), server.converter.range(where, document.lines))


def in_manifest(server: Server, document: TextDocument, at: types.Position) -> types.Hover | None:
    """Explain a key or an id of the manifest."""
    cursor = manifest_text.at(document.lines, position_in(document, at), document.path.endswith("pyproject.toml"))
    if cursor is None or not cursor.word:
        return None
    where = server.converter.range(cursor.place, document.lines)
    if cursor.part == "value":
        word = _word(cursor.word, manifest_words.kind_of(cursor.table, cursor.key))
        return _hover(_explained(word, server.language), where) if word else None
    if cursor.part == "header":
        about = manifest_words.about(cursor.word.removeprefix("tool.privlint."), "")
    else:
        about = manifest_words.about(cursor.table, cursor.word)
    return _hover(f"`{cursor.word}`\n\n{about[server.language]}", where) if about else None


def in_xml(server: Server, document: TextDocument, at: types.Position) -> types.Hover | None:
    """Explain a permission of an AndroidManifest.xml."""
    position = position_in(document, at)
    line = document.lines[position.line - 1] if position.line <= len(document.lines) else ""
    name, start = manifest_text.quoted_at(line, position.column - 1)
    word = next((word for word in vocabulary().permissions if word.id == name), None)
    if word is None or not word.about.en:
        return None
    begin = types.Position(at.line, start)
    end = types.Position(at.line, start + len(name))
    codec = server.converter.codec
    span = types.Range(*(codec.position_to_client_units(document.lines, one) for one in (begin, end)))
    return _hover(f"`{word.id}`\n\n{word.about[server.language]}", span)


def _word(identity: str, kind: str) -> Word | None:
    words: dict[str, tuple[Word, ...]] = {
        "category": vocabulary().categories,
        "data": vocabulary().data,
        "check": vocabulary().checks,
        "service": vocabulary().services,
    }
    return next((word for word in words.get(kind, ()) if word.id == identity), None)


def _explained(word: Word, language: str) -> str:
    return f"**{word.name[language]}** `{word.id}`\n\n{word.about[language]}".strip()


def _told(told: Told, language: str) -> str:
    parts = [f"**{told.act[language]}** `{visible(told.symbol)}`"]
    parts.extend(_data(one, language) for one in told.data)
    if told.permissions:
        names = ", ".join(f"`{visible(name)}`" for name in told.permissions)
        parts.append(f"{_PERMISSIONS[language]}{names}")
    parts.extend(f"{_CLAUSE[language]}{visible(clause[language])}" for clause in told.clauses)
    parts.extend(remark[language] for remark in told.remarks)
    return "\n\n".join(parts)


def _data(data: ToldData, language: str) -> str:
    traits = "".join(f" · {trait[language]}" for trait in data.traits)
    lines = [f"**{data.name[language]}** `{data.id}`{traits}"]
    lines.extend(f"- {_NEEDED[language]}{visible(said[language])}" for said in data.needed)
    lines.append(f"- {_DECLARED[language]}{visible(data.declared[language])}")
    return "\n".join(lines)


def _length(place: Place) -> tuple[int, int]:
    return place.end.line - place.start.line, place.end.column - place.start.column


def _hover(text: str, where: types.Range) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), where)
