"""`privlint init [FOLDER]`: a folder of sources in; its first privlint.toml out, drafted from what the code takes."""

from __future__ import annotations

import os
from collections.abc import Sequence

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.draft import Draft
from privlint.model.finding import Text
from privlint.model.request import Request
from privlint.report import draft, safe, summary, verdict
from privlint.report.view import View

NAME = "privlint.toml"


def run(arguments: Sequence[str], language: str) -> int:
    """Draft the manifest and write it, where there is none yet."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    if len(options.folder) > 1:
        raise UsageError(
            f"unexpected argument: {options.folder[1]}",
            message_zh=f"多余的参数：{options.folder[1]}",
            hint="One folder at a time: each app has one manifest.",
            hint_zh="一次处理一个文件夹：每个应用一份清单。",
        )
    folder = options.folder[0] if options.folder else "."
    _know(options.category)
    made = engine.draft(Request(paths=(folder,), exclude=tuple(options.exclude)), options.category)
    if verdict.nothing_collected(made.report):
        streams.tell([*summary.faults(made.report, View(language=language)), _NOT_WRITTEN[language]])
        return verdict.INCOMPLETE
    lines = tuple(draft.lines(made, language))
    if options.print:
        streams.write_utf8(lines)
    else:
        streams.write_new_file(os.path.join(folder, NAME), lines)
    told = _told(made, language, written=not options.print)
    if options.print:
        streams.tell(told)
    else:
        streams.write(told)
    streams.tell(summary.faults(made.report, View(language=language)))
    return verdict.exit_code(made.report, verdict.Gate(exit_zero=True))


def _told(made: Draft, language: str, *, written: bool) -> list[str]:
    number = len(made.taken)
    kinds = f"{number} kind{'' if number == 1 else 's'} of personal data"
    file = Text(f"{NAME}: {kinds}", f"{NAME}：{number} 种个人信息")
    lines = [file[language]] if written else []
    if not made.chosen and made.proposals:
        first = made.proposals[0]
        why = ", ".join(dict.fromkeys(safe.visible(sign.word) for sign in first.signs))
        lines.append(
            Text(
                f'category: "other" until you decide; it may be {first.category} ({first.name.en}), because of: {why}',
                f"类别：暂为 “other”，待你决定；可能是 {first.category}（{first.name.zh}），依据：{why}",
            )[language]
        )
    elif not made.chosen:
        lines.append(_NO_CATEGORY[language])
    if written:
        lines.append(_NEXT[language])
    return lines


def _know(category: str) -> None:
    """Refuse a category that does not exist."""
    if category in {"", "other"}:
        return
    known = [found.id for policy in engine.rulebook().policies for found in policy.categories]
    if category not in known:
        from privlint.model.spelling import closest

        meant = closest(category, known)
        raise UsageError(
            f"no such category: {category}",
            message_zh=f"没有这个类别：{category}",
            hint=f"Did you mean `{meant}`?" if meant else "`privlint categories` lists them.",
            hint_zh=f"是否要写 `{meant}`？" if meant else "`privlint categories` 可列出全部类别。",
        )


_NOT_WRITTEN = Text("nothing was written", "没有写入任何内容")
_NO_CATEGORY = Text(
    'category: "other" until you decide; `privlint categories` lists the 39',
    "类别：暂为 “other”，待你决定；`privlint categories` 可列出 39 个类别",
)
_NEXT = Text(
    "next: read it, replace every text that begins with TODO, then run `privlint check`",
    "下一步：核对该文件，填写所有以“待填写”开头的内容，然后运行 `privlint check`",
)


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Write a first privlint.toml, drafted from what the code of an app takes. It never overwrites one.",
        "根据应用代码收集的信息生成第一份 privlint.toml。绝不覆盖已有的清单。",
    )
    made = Parser("init", language, about, Text("[options] [FOLDER]", "[选项] [文件夹]")[language])
    made.positional(
        "folder",
        Text("the app's folder; the working folder if none", "应用所在的文件夹；省略时为当前文件夹"),
        nargs="*",
    )
    made.option(
        "--category",
        metavar="ID",
        help=Text("what the app is; without it a category is only proposed", "应用的类别；省略时只给出建议"),
    )
    made.repeated(
        "--exclude", metavar="PATTERN", help=Text("leave these paths out; may be repeated", "排除这些路径，可重复")
    )
    made.flag("--print", help=Text("show the draft and write nothing", "只显示草稿，不写入文件"))
    made.language_options()
    return made
