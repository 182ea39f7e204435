"""`privlint diff REF`: a commit in; what the change since then adds to the app and removes from it, out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from privlint import engine
from privlint.cli import streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.finding import Text
from privlint.model.request import Request
from privlint.report import drift as shown
from privlint.report.view import View

_LEVELS = ("error", "warning", "info", "never")
_FOUND = 1
_INCOMPLETE = 3


def run(arguments: Sequence[str], language: str) -> int:
    """Compare, report, and say by the exit code how it went."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    name, _, path = (options.output_format or "text").partition("=")
    if name not in shown.FORMATS:
        raise Parser.wrong("--output-format", name, shown.FORMATS)
    request = _request(options)
    if not options.reference.strip():
        raise UsageError(
            "name the branch, tag or commit to compare with",
            message_zh="请写明要比较的分支、标签或提交",
            hint="For a pull request: privlint diff origin/main",
            hint_zh="用于合并请求：privlint diff origin/main",
        )
    found = engine.drift(request, options.reference)
    if path and path != "-":
        streams.write_file(path, shown.render(name, found, View(language=language)))
    elif name == "markdown":
        streams.write_utf8(shown.render(name, found, View(language=language)))
    else:
        view = View(language=language, colour=streams.coloured(sys.stdout, options.color))
        streams.write(shown.render(name, found, view))
    if found.incomplete and not options.allow_incomplete:
        streams.tell([_UNREAD[language]])
        return _INCOMPLETE
    return _FOUND if shown.fails(found) and not options.exit_zero else 0


_UNREAD = Text(
    "some files could not be examined, so something may be missing here; `privlint check` names them",
    "有文件未能检查，结果可能不完整；`privlint check` 会列出这些文件",
)


def _request(options: Namespace) -> Request:
    if options.fail_on and options.fail_on not in _LEVELS:
        raise Parser.wrong("--fail-on", options.fail_on, _LEVELS)
    return Request(paths=(options.path or ".",), config=options.config, fail_on=options.fail_on)


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Say what a change adds to an app and removes from it: personal data, permissions and third-party SDKs."
        " The folder is compared with the commit where it parted from REF.",
        "指出一次变更为应用新增和移除了什么：个人信息、权限和第三方 SDK。将当前文件夹与它从 REF 分出时的提交比较。",
    )
    made = Parser("diff", language, about, Text("[options] REF [PATH]", "[选项] REF [路径]")[language])
    made.positional("reference", Text("a branch, tag or commit, e.g. origin/main", "分支、标签或提交，如 origin/main"))
    folder = Text("the folder of the app; the working folder if none is given", "应用的文件夹；省略时为当前文件夹")
    made.positional("path", folder, nargs="?")
    made.section(Text("options", "选项"))
    made.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
    made.option(
        "--output-format",
        metavar="FORMAT",
        help=Text(
            "text (the default) or markdown; FORMAT=FILE writes a file",
            "text（默认）或 markdown；写成 FORMAT=文件 则写入文件",
        ),
    )
    made.option(
        "--fail-on",
        metavar="LEVEL",
        help=Text(
            "fail when there is such a finding about what was added: error, warning (the default), info or never",
            "新增内容存在该级别的发现时失败：error、warning（默认）、info 或 never",
        ),
    )
    made.flag("--exit-zero", help=Text("findings do not fail the run", "有发现也不算失败"))
    made.flag("--allow-incomplete", help=Text("files that were not examined do not", "允许有文件未能检查"))
    made.language_options()
    return made
