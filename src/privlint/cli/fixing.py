"""A report and what may be mended in; a patch, or mended files, out."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator

from privlint import engine
from privlint.cli import streams
from privlint.errors import UsageError
from privlint.model.finding import Report, Text
from privlint.model.mended import Mending
from privlint.report import safe


def refuse(options: Namespace) -> None:
    """Raise UsageError for options that do not go together."""
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError(
            "--unsafe-fixes needs --fix or --diff",
            message_zh="--unsafe-fixes 需要与 --fix 或 --diff 一起使用",
            hint="See first what would change: --diff --unsafe-fixes",
            hint_zh="请先查看将有哪些变更：--diff --unsafe-fixes",
        )
    if (options.fix or options.diff) and options.paths == ["-"]:
        raise UsageError(
            "--fix and --diff need files on the disk",
            message_zh="--fix 和 --diff 需要磁盘上的文件",
            hint="Name files or folders instead of `-`.",
            hint_zh="请指定文件或文件夹，而不是 `-`。",
        )


def show(found: Report, options: Namespace, language: str) -> bool:
    """Write the patch to standard output, and change nothing; tell whether there is one."""
    mending = engine.mend(found, unsafe=options.unsafe_fixes)
    streams.write_utf8(_patch(mending))
    streams.tell(_hidden(mending, language))
    return bool(mending.files)


def fix(found: Report, options: Namespace, language: str) -> bool:
    """Write the mended files, each whole or not at all; tell whether any was."""
    mending = engine.mend(found, unsafe=options.unsafe_fixes)
    for file in mending.files:
        streams.replace_file(os.path.join(found.root, file.path), file.data)
        streams.tell(safe.visible(told[language]) for told in file.done)
    streams.tell(_hidden(mending, language))
    return bool(mending.files)


def _patch(mending: Mending) -> Iterator[str]:
    from difflib import unified_diff

    for file in mending.files:
        before, after = file.before.splitlines(), file.after.splitlines()
        name = safe.path(file.path)
        for line in unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm=""):
            yield "".join(safe.cells(line))


def _hidden(mending: Mending, language: str) -> list[str]:
    number = len(mending.hidden)
    if not number:
        return []
    told = Text(
        f"{number} more with --unsafe-fixes: permissions that nothing was seen to use",
        f"另有 {number} 项可用 --unsafe-fixes 修改：没有发现使用之处的权限",
    )
    return [told[language]]
