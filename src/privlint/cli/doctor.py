"""`privlint doctor`: what an issue report needs to say of this installation out, and what is wrong with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.model.finding import Text
from privlint.model.settings import Fact
from privlint.report import safe
from privlint.report.width import pad, width

_ENVIRONMENT = ("PRIVLINT_LANG", "PRIVLINT_CACHE_DIR", "LC_ALL", "LANG", "NO_COLOR", "FORCE_COLOR", "TERM")
_BROKEN = 1


def run(arguments: Sequence[str], language: str) -> int:
    """Look at the installation; 1 where something is wrong with it."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    facts = (*engine.doctor(os.getcwd()), *_terminal(options.color, language))
    streams.write(_lines(facts, language))
    return _BROKEN if any(fact.fault for fact in facts) else 0


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Show versions, grammars, cache, manifest and terminal, for an issue report. No path names the user.",
        "显示版本、语法、缓存、清单和终端的情况，供报告问题使用。路径中不含用户名。",
    )
    made = Parser("doctor", language, about, Text("[options]", "[选项]")[language])
    made.section(Text("output", "输出"))
    made.language_options()
    return made


def _terminal(choice: str, language: str) -> Iterator[Fact]:
    out = sys.stdout
    number = streams.columns(out, 0)
    told = Text(
        f"{'yes' if out.isatty() else 'no'}, colour: {'yes' if streams.coloured(out, choice) else 'no'},"
        f" {number or '-'} columns, {out.encoding}",
        f"{'是' if out.isatty() else '否'}，颜色：{'是' if streams.coloured(out, choice) else '否'}，"
        f"{number or '-'} 列，{out.encoding}",
    )
    yield Fact(name=Text("terminal", "终端"), value=told)
    yield Fact(name=Text("language", "语言"), value=Text(language, language))
    home = os.path.expanduser("~")
    for name in _ENVIRONMENT:
        if name in os.environ:
            value = os.environ[name].replace(home, "~") if home != "/" else os.environ[name]
            yield Fact(name=Text(name, name), value=Text(value, value))


def _lines(facts: Sequence[Fact], language: str) -> Iterator[str]:
    columns = max(width(fact.name[language]) for fact in facts)
    for fact in facts:
        yield f"{pad(fact.name[language], columns)}  {safe.visible(fact.value[language])}"
        if fact.fault is not None:
            yield f"{' ' * columns}  {'！' if language.startswith('zh') else '! '}{safe.visible(fact.fault[language])}"
