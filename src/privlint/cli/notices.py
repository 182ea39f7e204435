"""The text of a notice and the paths of a project in; the clauses and the lines that it points to out."""

from __future__ import annotations

import sys
from argparse import Namespace

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.request import Request
from privlint.report import notice, summary, verdict
from privlint.report.view import WIDTH, View


def explain(options: Namespace, language: str) -> int:
    """Answer `privlint explain --notice`."""
    if options.format not in {"text", "json"}:
        raise Parser.wrong("--format", options.format, ("text", "json"))
    text = read(options.notice)
    found = engine.run(Request(paths=tuple(options.id) or (".",), config=options.config))
    answer = engine.answer(found, text)
    if options.format == "json":
        streams.write_utf8(notice.lines_of_json(answer))
    else:
        view = View(
            language=language,
            colour=streams.coloured(sys.stdout, options.color),
            width=streams.columns(sys.stdout, WIDTH),
        )
        streams.write(notice.text(answer, view))
    streams.tell([*summary.faults(found, View(language=language))])
    return verdict.exit_code(found, verdict.Gate(exit_zero=True))


def read(given: str) -> str:
    """Take the text as given, or from standard input. Raises UsageError where there is none."""
    text = given if given != "-" else streams.read().decode("utf-8-sig", "replace")
    if not text.strip():
        raise UsageError(
            "--notice: there is no text",
            message_zh="--notice：没有文本",
            hint="Quote the sentence of the notice that names the problem.",
            hint_zh="请引用通报中指出问题的句子。",
        )
    return text.strip()
