"""`privlint explain ID`: the id of a check, data type, category, clause or SDK in; all that the rules say of it out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence

from privlint import engine
from privlint.cli import cards_text, lookup, streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.finding import Text
from privlint.report import jsontext
from privlint.report.reasons import REASONS
from privlint.report.view import WIDTH, View

VERSION = 1


def run(arguments: Sequence[str], language: str) -> int:
    """Explain one thing."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    if options.notice:
        from privlint.cli import notices

        return notices.explain(options, language)
    if len(options.id) != 1:
        raise _one(options.id)
    identity = options.id[0]
    rulebook, docs = engine.rulebook(), engine.check_docs()
    card = lookup.find(identity, rulebook, docs, REASONS)
    if card is None:
        raise unknown(identity, lookup.known(rulebook, docs, REASONS))
    if wants_json(options):
        streams.write_utf8(jsontext.lines({"version": VERSION, "explained": card}))
    else:
        streams.write(cards_text.lines(card, view(options, language)))
    return 0


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Explain a check (PRV201), a data type (imei), a category (map-navigation, or 1), a clause (cn-pipl-2021/6)"
        " or an SDK (jpush, cn.jiguang.sdk:jpush, cn.jpush).",
        "说明一个检查（PRV201）、数据类型（imei）、类别（map-navigation 或 1）、条款（cn-pipl-2021/6）"
        "或 SDK（jpush、cn.jiguang.sdk:jpush、cn.jpush）。",
    )
    made = Parser(
        "explain", language, about, Text("ID | --notice TEXT [PATH ...]", "ID | --notice 文本 [路径 ...]")[language]
    )
    what = Text(
        "what to explain; with --notice, the project's files or folders", "要说明的 id；使用 --notice 时为项目的路径"
    )
    made.positional("id", what, nargs="*")
    made.option(
        "--notice",
        metavar="TEXT",
        help=Text(
            "the text of a regulator's notice, or - for standard input: which clauses it points to, and which lines"
            " of the project could have caused it",
            "监管通报的文本，或 - 表示标准输入：指出它对应的条款，以及项目中可能与之有关的代码行",
        ),
    )
    made.option(
        "--config", metavar="FILE", help=Text("with --notice: use this manifest", "用于 --notice：使用这份清单")
    )
    form(made)
    return made


def _one(given: list[str]) -> UsageError:
    if given:
        return UsageError(
            f"unexpected argument: {given[1]}",
            message_zh=f"多余的参数：{given[1]}",
            hint="`privlint explain --help` lists the options.",
            hint_zh="`privlint explain --help` 列出全部选项。",
        )
    return UsageError(
        "the following arguments are required: ID",
        message_zh="缺少参数: ID",
        hint="`privlint explain --help` lists the options.",
        hint_zh="`privlint explain --help` 列出全部选项。",
    )


def form(parser: Parser) -> None:
    """Add the options that say how to show a card."""
    parser.option(
        "--format", metavar="FORMAT", default="text", help=Text("text (the default) or json", "text（默认）或 json")
    )
    parser.language_options()


def wants_json(options: Namespace) -> bool:
    """Tell whether JSON was asked for; raises UsageError for a format that does not exist."""
    if options.format not in {"text", "json"}:
        raise Parser.wrong("--format", options.format, ("text", "json"))
    return bool(options.format == "json")


def view(options: Namespace, language: str) -> View:
    """Make the view of standard output."""
    return View(
        language=language,
        colour=streams.coloured(sys.stdout, options.color),
        width=streams.columns(sys.stdout, WIDTH),
    )


def unknown(identity: str, known: Iterable[str]) -> UsageError:
    """Say that nobody knows an id, and which one was probably meant."""
    from privlint.model.spelling import closest

    meant = closest(identity, known)
    return UsageError(
        f"nothing is known by the id `{identity}`",
        message_zh=f"没有 id 为 `{identity}` 的内容",
        hint=f"Did you mean `{meant}`?" if meant else "`privlint categories` lists the categories.",
        hint_zh=f"是否要写 `{meant}`？" if meant else "`privlint categories` 列出全部类别。",
    )
