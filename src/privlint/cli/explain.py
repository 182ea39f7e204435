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
    about = Text(
        "Explain a check (PRV201), a data type (imei), a category (map-navigation, or 1), a clause (cn-pipl-2021/6)"
        " or an SDK (jpush, cn.jiguang.sdk:jpush, cn.jpush).",
        "说明一个检查（PRV201）、数据类型（imei）、类别（map-navigation 或 1）、条款（cn-pipl-2021/6）"
        "或 SDK（jpush、cn.jiguang.sdk:jpush、cn.jpush）。",
    )
    parser = Parser("explain", language, about, "ID")
    parser.positional("id", Text("what to explain", "要说明的 id"))
    form(parser)
    options = parser.read(arguments)
    if options is None:
        return 0
    rulebook, docs = engine.rulebook(), engine.check_docs()
    card = lookup.find(options.id, rulebook, docs, REASONS)
    if card is None:
        raise unknown(options.id, lookup.known(rulebook, docs, REASONS))
    if wants_json(options):
        streams.write_utf8(jsontext.lines({"version": VERSION, "explained": card}))
    else:
        streams.write(cards_text.lines(card, view(options, language)))
    return 0


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
