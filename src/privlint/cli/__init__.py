"""A command line in; an exit code out. One file for each subcommand, imported when it is asked for.

Findings go to standard output, everything else to standard error. docs/exit-codes.md explains the codes.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from privlint.cli import ending, language, streams
from privlint.errors import PrivlintError, UsageError

COMMANDS = (
    "check",
    "diff",
    "init",
    "report",
    "rectify",
    "attest",
    "baseline",
    "waive",
    "explain",
    "categories",
    "config",
    "doctor",
    "clean",
    "completion",
    "server",
)
_ALLOCATIONS = 100_000  # between collections: records hold no cycles, and looking for them costs every start
_BROKEN_PIPE = 141
_INTERRUPTED = 130
_INTERNAL = 4


def main(argv: Sequence[str] | None = None) -> int:
    """Run privlint. Every end of a run comes through here."""
    gc.set_threshold(_ALLOCATIONS)
    arguments = list(sys.argv[1:] if argv is None else argv)
    chosen = language.choose(arguments, os.environ)
    try:
        with ending.terminable():
            streams.prepare()
            code = _run(arguments, chosen)
            streams.flush()
    except PrivlintError as error:
        streams.complain(error, chosen)
        return error.exit_code
    except BrokenPipeError:
        streams.abandon()
        return _BROKEN_PIPE
    except (KeyboardInterrupt, ending.Terminated) as end:
        streams.abandon()
        streams.tell(["PRV021: 被中断" if chosen.startswith("zh") else "PRV021: interrupted"])
        return _INTERRUPTED if isinstance(end, KeyboardInterrupt) else ending.EXIT_CODE
    except Exception as error:  # the one place where a bug of ours becomes a message
        streams.tell(_apology(error, arguments, chosen))
        return _INTERNAL
    return code


def command() -> NoReturn:
    """Run privlint as a program of its own, and end at once: taking its tables apart costs a sixth of a small run."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # what could not be written has been told
            stream.flush()
    os._exit(code)


def _run(arguments: list[str], chosen: str) -> int:
    """Find the subcommand and hand it the rest."""
    for index, argument in enumerate(arguments):
        if argument in COMMANDS:
            module = import_module(f"privlint.cli.{argument}")
            code: int = module.run([*arguments[:index], *arguments[index + 1 :]], chosen)
            return code
        if argument in {"--version", "-V"}:
            return _version(chosen)
        if argument in {"--help", "-h", "help"}:
            break
        if not _is_language(arguments, index):
            _refuse(argument)
    streams.write(_OVERVIEW_ZH if chosen.startswith("zh") else _OVERVIEW_EN)
    return 0


def _is_language(arguments: list[str], index: int) -> bool:
    """Tell whether this is `--lang` or its value, which may stand before the subcommand."""
    before = arguments[index - 1] if index else ""
    return arguments[index].startswith(("--lang=", "--color=")) or "--lang" in {arguments[index], before}


def _refuse(argument: str) -> None:
    from privlint.model.spelling import closest

    meant = closest(argument, COMMANDS)
    hint, chinese = "`privlint --help` lists the commands.", "`privlint --help` 列出全部命令。"
    if meant:
        hint, chinese = f"Did you mean `privlint {meant}`?", f"是否要写 `privlint {meant}`？"
    elif os.path.lexists(argument):
        hint, chinese = f"To examine it: `privlint check {argument}`", f"如需检查它：`privlint check {argument}`"
    kind, kind_zh = ("option", "选项") if argument.startswith("-") else ("command", "命令")
    raise UsageError(
        f"no such {kind}: {argument}", message_zh=f"没有这个{kind_zh}：{argument}", hint=hint, hint_zh=chinese
    )


def _version(chosen: str) -> int:
    """Print what an issue report needs: the tool, the rules, the legal texts."""
    from privlint import __version__, engine

    rulebook = engine.rulebook()
    chinese = chosen.startswith("zh")
    lines = [f"privlint {__version__}", f"{'规则库' if chinese else 'rulebook'} {rulebook.version}"]
    for policy in rulebook.policies:
        if chinese:
            lines.append(f"{policy.id}：《{policy.title_zh}》，{policy.number}，自 {policy.in_force} 起施行")
        else:
            lines.append(f"{policy.id}: {policy.title_en}, {policy.number}, in force from {policy.in_force}")
    streams.write(lines)
    return 0


def _apology(error: Exception, arguments: list[str], chosen: str) -> list[str]:
    """Say where it broke, in one line; `-v` adds the traceback."""
    import traceback

    from privlint.report import safe

    frames = traceback.extract_tb(error.__traceback__)
    where = ""
    if frames:
        inside = frames[-1].filename.replace(os.sep, "/").rpartition("/privlint/")[2]
        where = f" ({inside}:{frames[-1].lineno})"
    told = safe.visible(f"{type(error).__name__}: {error}")
    if chosen.startswith("zh"):
        lines = [f"PRV099：内部错误：{told}{where}", "这是 privlint 的缺陷；加上 -v 可得到报告缺陷所需的细节。"]
    else:
        lines = [f"PRV099: internal error: {told}{where}", "This is a bug of privlint; -v gives the details to report."]
    if "-v" in arguments or "--verbose" in arguments:
        text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        lines += [safe.visible(line) for line in text.splitlines()]
    return lines


_OVERVIEW_EN = (
    "privlint tells which personal data an app takes that its service does not need or that it never declared.",
    "",
    "usage: privlint COMMAND …",
    "",
    "commands:",
    "  check [PATH …]       examine the sources of an app",
    "  diff REF             say what a change adds to the app and removes from it",
    "  init [FOLDER]        write a first privlint.toml from what the code takes",
    "  report [PATH …]      write a page, tables or the two lists for a privacy officer",
    "  rectify [PATH …]     answer a regulator's notice: clauses, problems, places, measures, deadline",
    "  attest [PATH …]      write a statement of the verdict for an auditor, without source code",
    "  baseline VERB        put today's findings aside: create, update, prune or show",
    "  waive CHECK PATH     write a waiver to the manifest, with a reason, an owner and a last day",
    "  explain ID           explain a check, a data type, a category or a clause; --notice: a notice",
    "  categories [ID]      list the 39 categories and what their basic services need",
    "  config show [PATH]   show the settings in force, and where each comes from",
    "  doctor               show versions, grammars, cache and terminal, for an issue report",
    "  clean                remove what earlier runs kept in the cache folder",
    "  completion SHELL     write a script that completes commands: bash, zsh or fish",
    "  server               serve editors, over standard input and output",
    "",
    "options:",
    "  --version            show the versions of privlint, its rules and the legal texts",
    "  --lang en|zh-CN      choose the language",
    "  -h, --help           show this help; `privlint COMMAND --help` shows a command's",
)
_OVERVIEW_ZH = (
    "privlint 指出应用收集了哪些其服务并不需要、或从未声明的个人信息。",
    "",
    "用法：privlint 命令 …",
    "",
    "命令：",
    "  check [路径 …]       检查应用的源代码",
    "  diff REF             指出一次变更为应用新增和移除了什么",
    "  init [文件夹]        根据代码收集的信息生成第一份 privlint.toml",
    "  report [路径 …]      为隐私负责人生成报告页面、表格或两份清单",
    "  rectify [路径 …]     回应监管通报，生成整改报告：条款、问题、代码位置、措施和期限",
    "  attest [路径 …]      为审计生成检查结论的声明，不含源代码",
    "  baseline 动作        搁置现有的发现：create、update、prune 或 show",
    "  waive 检查 路径      向清单写入一项豁免，包含理由、负责人和期限",
    "  explain ID           说明一个检查项、数据类型、类别或条款；--notice：说明监管通报",
    "  categories [ID]      列出 39 个类别及其基本功能服务的必要个人信息",
    "  config show [路径]   显示起作用的设置及其来源",
    "  doctor               显示版本、语法、缓存和终端的情况，供报告问题使用",
    "  clean                删除以前的运行保存在缓存文件夹中的内容",
    "  completion SHELL     生成补全脚本：bash、zsh 或 fish",
    "  server               通过标准输入输出为编辑器提供服务",
    "",
    "选项：",
    "  --version            显示 privlint、规则和法规文本的版本",
    "  --lang en|zh-CN      选择语言",
    "  -h, --help           显示本帮助；`privlint 命令 --help` 显示某个命令的帮助",
)
