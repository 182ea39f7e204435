"""`privlint server`: hand the standard streams to the language server."""

from __future__ import annotations

from collections.abc import Sequence

from privlint import lsp
from privlint.cli.arguments import Parser
from privlint.model.finding import Text


def run(arguments: Sequence[str], language: str) -> int:
    """Serve an editor until it says goodbye."""
    about = Text("Serve an editor over standard input and output.", "通过标准输入输出为编辑器提供服务。")
    parser = Parser("server", language, about, "[--stdio]")
    parser.flag(
        "--stdio", help=Text("accepted for editors that say so; there is no other way", "可省略，只有这一种方式")
    )
    parser.language_options()
    if parser.read(arguments) is None:
        return 0
    return lsp.main(language)
