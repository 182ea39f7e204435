"""`privlint server`: hand the standard streams to the language server."""

from __future__ import annotations

from collections.abc import Sequence

from privlint import lsp
from privlint.cli.arguments import Parser
from privlint.model.finding import Text


def run(arguments: Sequence[str], language: str) -> int:
    """Serve an editor until it says goodbye."""
    if parser(language).read(arguments) is None:
        return 0
    return lsp.main(language)


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text("Serve an editor over standard input and output.", "通过标准输入输出为编辑器提供服务。")
    made = Parser("server", language, about, "[--stdio]")
    made.flag("--stdio", help=Text("accepted for editors that say so; there is no other way", "可省略，只有这一种方式"))
    made.language_options()
    return made
