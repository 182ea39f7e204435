"""`privlint baseline create|update|prune|show`: the only command that writes a baseline; a check never does."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.baseline import Entry, Standing
from privlint.model.finding import Text
from privlint.model.request import Request
from privlint.report import baseline, safe, summary, verdict
from privlint.report.view import View

_VERBS = ("create", "update", "prune", "show")


def run(arguments: Sequence[str], language: str) -> int:
    """Do what the verb says."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    if options.verb not in _VERBS:
        raise Parser.wrong("baseline", options.verb, _VERBS)
    if len(options.path) > 1:
        raise UsageError(
            f"unexpected argument: {options.path[1]}",
            message_zh=f"多余的参数：{options.path[1]}",
            hint="One project at a time: there is one baseline for each.",
            hint_zh="一次处理一个项目：每个项目只有一份基线。",
        )
    request = Request(
        paths=tuple(options.path) or (".",), config=options.config, baseline=options.baseline, today=options.today
    )
    held = engine.baseline(request)
    if options.verb == "create":
        _refuse_to_overwrite(held)
    elif held.known is None:
        raise _none(held)
    view = View(language=language)
    gate = verdict.Gate(allow_incomplete=options.allow_incomplete)
    code = verdict.exit_code(held.report, verdict.Gate(allow_incomplete=options.allow_incomplete, exit_zero=True))
    if code:
        streams.tell([*summary.faults(held.report, view), summary.count(held.report, view, gate)])
        if options.verb != "show":
            streams.tell([_NOT_WRITTEN[language]])
            return code
    streams.write(_done(options, held, language))
    return code


def _done(options: Namespace, held: Standing, language: str) -> Iterator[str]:
    """Write the file, and yield what to say about it."""
    name = safe.visible(os.path.basename(held.file))
    if options.verb == "show":
        for mark, entries in ((_USED, held.used), (_UNSURE, held.unsure), (_STALE, held.stale)):
            for entry in entries:
                yield f"{mark[language]}  {_described(entry)}"
        yield _counts(held, name, language)
        return
    kept = (*held.used, *held.unsure)
    added = held.fresh if options.verb != "prune" else ()
    streams.write_file(held.file, baseline.lines((*kept, *added)))
    removed = held.stale
    yield Text(
        f"{name}: {len(kept) + len(added)} entries, {len(added)} added, {len(removed)} removed",
        f"{name}：共 {len(kept) + len(added)} 条，新增 {len(added)} 条，移除 {len(removed)} 条",
    )[language]


def _described(entry: Entry) -> str:
    subject = entry.symbol if entry.symbol else entry.enclosing
    parts = (entry.check, safe.path(entry.path), ", ".join(entry.data), subject)
    return "  ".join(safe.visible(part) for part in parts if part)


def _counts(held: Standing, name: str, language: str) -> str:
    total = len(held.known or ())
    english = f"{name}: {total} entries, {len(held.used)} still found, {len(held.stale)} stale"
    chinese = f"{name}：共 {total} 条，仍存在 {len(held.used)} 条，已过时 {len(held.stale)} 条"
    if held.unsure:
        english += f", {len(held.unsure)} in files that could not be examined"
        chinese += f"，{len(held.unsure)} 条所在的文件未能检查"
    if held.stale:
        english += "; `privlint baseline prune` removes the stale ones"
        chinese += "；`privlint baseline prune` 可移除已过时的条目"
    return Text(english, chinese)[language]


_USED = Text("found", "存在")
_STALE = Text("stale", "过时")
_UNSURE = Text("not examined", "未检查")
_NOT_WRITTEN = Text("nothing was written: the run was incomplete", "没有写入：检查不完整")


def _refuse_to_overwrite(held: Standing) -> None:
    if held.known is None:
        return
    name = os.path.basename(held.file)
    raise UsageError(
        f"there is a baseline already: {name}",
        message_zh=f"基线已存在：{name}",
        hint="`privlint baseline update` takes new findings in; `prune` only removes what is stale.",
        hint_zh="`privlint baseline update` 会加入新的发现；`prune` 只移除已过时的条目。",
    )


def _none(held: Standing) -> UsageError:
    name = os.path.basename(held.file)
    return UsageError(
        f"there is no baseline: {name}",
        message_zh=f"没有基线：{name}",
        hint="`privlint baseline create` writes one.",
        hint_zh="`privlint baseline create` 可创建。",
    )


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Put aside what is found today, so that a check speaks only of what is new. create: write the first baseline;"
        " update: take new findings in and remove stale entries; prune: only remove stale entries; show: list them.",
        "搁置现有的发现，使检查只报告新增的问题。create：创建基线；update：加入新的发现并移除过时条目；"
        "prune：只移除过时条目；show：列出条目。",
    )
    usage = Text("create|update|prune|show [options] [PATH]", "create|update|prune|show [选项] [路径]")
    made = Parser("baseline", language, about, usage[language])
    made.positional("verb", Text("what to do", "动作"))
    made.positional(
        "path", Text("a path in the project; the working folder if none", "项目中的路径；省略时为当前文件夹"), nargs="*"
    )
    made.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
    made.option(
        "--baseline", metavar="FILE", help=Text("instead of privlint-baseline.json", "代替 privlint-baseline.json")
    )
    made.option(
        "--today", metavar="DATE", help=Text("the day on which waivers are judged", "判断豁免是否到期所用的日期")
    )
    made.flag("--allow-incomplete", help=Text("write although files could not be examined", "有文件未能检查时仍写入"))
    made.language_options()
    return made
