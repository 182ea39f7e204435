"""`privlint config show [PATH]`: a project in; every setting in force, and the place that it comes from, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.finding import Text
from privlint.model.request import Request
from privlint.model.settings import Settings
from privlint.report import jsontext, safe
from privlint.report.width import pad, width

VERSION = 1
_VERBS = ("show",)
_FORMATS = ("text", "json")


def run(arguments: Sequence[str], language: str) -> int:
    """Show the settings."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    if options.verb not in _VERBS:
        raise Parser.wrong("config", options.verb, _VERBS)
    if options.format not in _FORMATS:
        raise Parser.wrong("--format", options.format, _FORMATS)
    if len(options.path) > 1:
        raise UsageError(
            f"unexpected argument: {options.path[1]}",
            message_zh=f"多余的参数：{options.path[1]}",
            hint="One place at a time: each has one manifest.",
            hint_zh="一次查看一处：每处由一份清单决定。",
        )
    found = engine.settings(Request(paths=tuple(options.path) or (".",), config=options.config))
    if options.format == "json":
        streams.write_utf8(jsontext.lines({"version": VERSION, "manifest": found.manifest, "settings": found.settings}))
    else:
        streams.write(_lines(found, language))
    return 0


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Show the settings that govern a path, and where each comes from: a line of the manifest, or the default.",
        "显示对某个路径起作用的设置及其来源：清单中的某一行，或默认值。",
    )
    made = Parser("config", language, about, Text("show [options] [PATH]", "show [选项] [路径]")[language])
    made.positional("verb", Text("what to do: show", "动作：show"))
    made.positional(
        "path", Text("a path in the project; the working folder if none", "项目中的路径；省略时为当前文件夹"), nargs="*"
    )
    made.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
    made.option(
        "--format", metavar="FORMAT", default="text", help=Text("text (the default) or json", "text（默认）或 json")
    )
    made.language_options()
    return made


def _lines(found: Settings, language: str) -> Iterator[str]:
    names = max(width(one.name) for one in found.settings)
    for one in found.settings:
        value = safe.visible(one.value) or "-"
        gap = "" if language.startswith("zh") else " "
        origin = safe.visible(one.origin[language])
        opening, closing = ("（", "）") if language.startswith("zh") else ("(", ")")
        yield f"{pad(one.name, names)}  {value}{gap}{opening}{origin}{closing}"
