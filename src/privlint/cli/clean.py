"""`privlint clean`: what earlier runs kept in the user's cache folder, out; nothing else is touched."""

from __future__ import annotations

from collections.abc import Sequence

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.model.finding import Text


def run(arguments: Sequence[str], language: str) -> int:
    """Remove what was kept, and say how much it was."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    number, size = engine.clean()
    told = Text(
        f"{number} file{'' if number == 1 else 's'} removed, {size:,} bytes",
        f"已删除 {number} 个文件，共 {size:,} 字节",
    )
    streams.write([told[language]])
    return 0


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Remove the results and compiled rules that earlier runs kept in the cache folder of this user.",
        "删除以前的运行保存在该用户缓存文件夹中的结果和已编译的规则。",
    )
    made = Parser("clean", language, about, Text("[options]", "[选项]")[language])
    made.section(Text("output", "输出"))
    made.language_options()
    return made
