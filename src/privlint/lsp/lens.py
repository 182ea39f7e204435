"""An open file in; a line above it that says which personal data it takes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from privlint.engine import telling
from privlint.model.finding import Covered

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

    from privlint.lsp.server import Server

_NAMED = 4  # data types


def lenses(server: Server, document: TextDocument) -> list[types.CodeLens]:
    """Give the summary; nothing for a file that takes nothing."""
    session = server.judging.session_of(document)
    if session is None or isinstance(found := server.judging.judge(session, document), Covered):
        return []
    taken = telling.summary(session, document.path)
    if not taken:
        return []
    chinese = server.language.startswith("zh")
    join = "、" if chinese else ", "
    names = [name[server.language] + (f" ×{number}" if number > 1 else "") for _, name, number in taken]
    listed = join.join(names[:_NAMED])
    more = len(names) - _NAMED
    count = sum(1 for one in found if not one.suppressed)
    if chinese:
        title = f"个人信息：{listed}{f' 等 {len(names)} 类' if more > 0 else ''} · {count} 项发现"
    else:
        findings = "1 finding" if count == 1 else f"{count} findings"
        title = f"Personal data: {listed}{f' and {more} more' if more > 0 else ''} · {findings}"
    top = types.Position(0, 0)
    return [types.CodeLens(types.Range(top, top), types.Command(title, ""))]
