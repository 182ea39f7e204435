"""A finding in; the changes of the manifest that would answer it out: declare the data, or make them optional.

Only lines are added, or one value is replaced: comments and everything else stay as they are. A text that would not be
a manifest any more, or would not say what was meant, is never offered.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from privlint import declare
from privlint.checks import wording
from privlint.errors import ConfigurationError
from privlint.model.amendment import Amendment, Edit
from privlint.model.finding import Text
from privlint.model.place import Place, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.engine.session import Session
    from privlint.model.finding import Finding
    from privlint.model.judged import Project

NEW_FUNCTION = "extended-function"

_PURPOSE = {"en": "TODO: what the user gets for it", "zh": "待填写：用户由此得到什么"}
_NAME = {"en": "TODO: what users call it", "zh": "待填写：用户看到的功能名称"}
_ABOUT = {
    "en": "# [app] is missing: name = …, category = … (`privlint categories` lists the ids)",
    "zh": "# 还缺少 [app]：name = …、category = …（`privlint categories` 可列出类别）",
}
_UNDECLARED = "PRV201"
_BASIC = ("PRV101", "PRV102", "PRV103")


def changes(session: Session, finding: Finding, before: str | None, language: str) -> tuple[Amendment, ...]:
    """Offer what fits; `before` is the text of the manifest as the editor has it, None where there is none."""
    tongue = "zh" if language.startswith("zh") else "en"
    return tuple(_Writer(session, finding.place.path, before, tongue).offers(finding))


class _Writer:
    """Writes changes of one manifest."""

    def __init__(self, session: Session, path: str, before: str | None, tongue: str) -> None:
        self.session = session
        self.manifest = session.manifest.manifest
        self.project: Project = session.project_of(os.path.join(session.root, path))
        self.before = before
        self.tongue = tongue
        self.path = session.manifest.path or "privlint.toml"
        self.end = "\r\n" if "\r\n" in (before or "") else "\n"

    def offers(self, finding: Finding) -> Iterator[Amendment]:
        if len(finding.data) != 1:
            return
        (data,) = finding.data
        says = {finding.check, *finding.also}
        app = self.project.app_at(finding.place.path)
        optional = self.project.standing(app, data) in {"unnecessary", "conditional"}
        if _UNDECLARED in says and not optional:
            title = Text(f"Declare {self._name(data).en} in {self.path}", f"在 {self.path} 中声明{self._name(data).zh}")
            yield from self._appended("declare", title, data, "basic", ())
        if says.isdisjoint(_BASIC) and not (_UNDECLARED in says and optional):
            return
        yield from self._extended(data)

    def _extended(self, data: str) -> Iterator[Amendment]:
        """Offer each extended function that is declared, and a new one."""
        known = [(function.id, function.name) for function in self.manifest.function]
        tables = [index for index, table in self.project.declarations(data) if table.function == "basic"]
        name = self._name(data)
        for identity, called in known:
            title = Text(
                f"Mark {name.en} as needed only by the extended function “{called}”",
                f"把{name.zh}标为仅由扩展功能“{called}”需要",
            )
            yield from self._moved(title, data, identity, tables, ())
        if NEW_FUNCTION not in dict(known):
            title = Text(
                f"Mark {name.en} as needed only by a new extended function",
                f"把{name.zh}标为仅由新的扩展功能需要",
            )
            head = f"[[{self._prefix}function]]"
            function = (head, f'id = "{NEW_FUNCTION}"', f'name = "{_NAME[self.tongue]}"', "")
            yield from self._moved(title, data, NEW_FUNCTION, tables, function)

    def _moved(
        self, title: Text, data: str, function: str, tables: list[int], first: tuple[str, ...]
    ) -> Iterator[Amendment]:
        """Give the data's own table another function; where there is none, write one."""
        if not tables:
            yield from self._appended("extend", title, data, function, first)
            return
        edits = [self._function(index, function) for index in tables]
        if first:
            edits.append(self._tail(first[:-1]))
        yield from self._checked(Amendment(kind="extend", title=title, edits=tuple(edits)), data, function)

    def _function(self, index: int, function: str) -> Edit:
        key = f"collect.{index}.function"
        place = self.session.manifest.places.get(key)
        if place is not None:
            return Edit(place, f'"{function}"')
        line = self.session.manifest.places[f"collect.{index}.data"].end.line
        rows = (self.before or "").split("\n")
        after = Position(line, len(rows[line - 1].rstrip("\r")) + 1) if line <= len(rows) else Position(line, 1)
        return Edit(Place(self.path, after, after), f'{self.end}function = "{function}"')

    def _appended(
        self, kind: str, title: Text, data: str, function: str, first: tuple[str, ...]
    ) -> Iterator[Amendment]:
        sensitive = self.project.sensitive(data, next(iter(self.project.apps), None))
        table = (
            *first,
            f"[[{self._prefix}collect]]",
            f'data = "{data}"',
            f'purpose = "{_PURPOSE[self.tongue]}"',
            *((f'function = "{function}"',) if function != "basic" else ()),
            f'consent = "{"separate" if sensitive or function != "basic" else "policy"}"',
        )
        creates = ""
        if self.before is None:
            creates = self.path
            table = (_ABOUT[self.tongue], "", *table)
        made = Amendment(
            kind="declare" if kind == "declare" else "extend",
            title=title,
            edits=(self._tail(table),),
            creates=creates,
        )
        yield from self._checked(made, data, function)

    def _tail(self, lines: tuple[str, ...]) -> Edit:
        """Write lines after everything else, an empty line before them."""
        before = self.before or ""
        rows = before.replace("\r\n", "\n").split("\n")
        at = Position(len(rows), len(rows[-1]) + 1)
        gap = "" if not before.strip() else self.end if before.endswith("\n") else self.end * 2
        return Edit(Place(self.path, at, at), gap + self.end.join((*lines, "")))

    def _checked(self, made: Amendment, data: str, function: str) -> Iterator[Amendment]:
        """Offer it only if the text is a manifest that declares just that."""
        text = applied(self.before or "", made.edits)
        try:
            loaded = declare.read(text.encode("utf-8", "replace"), self.path, self.path.endswith("pyproject.toml"))
        except ConfigurationError:
            return
        if any(table.data == data and table.function == function for table in loaded.manifest.collect):
            yield made

    def _name(self, data: str) -> Text:
        return wording.name(self.project, data)

    @property
    def _prefix(self) -> str:
        return wording.prefix(self.project)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """Make the edits: those further down first, so that places stay true."""
    lines = text.split("\n")
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: Position) -> int:
        if position.line > len(lines):
            return len(text)
        return min(starts[position.line - 1] + position.column - 1, len(text))

    for edit in sorted(edits, key=lambda one: one.place.start, reverse=True):
        text = text[: offset(edit.place.start)] + edit.text + text[offset(edit.place.end) :]
    return text
