"""A commit in; the manifest and the baseline as it has them out: a change cannot loosen what it is judged by.

Where the commit has no manifest yet, that of the folder counts: before it, nothing was declared at all.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint import declare
from privlint.discover import git
from privlint.discover.reading import LARGEST_CONFIGURATION
from privlint.errors import UsageError
from privlint.model.baseline import NAME
from privlint.model.finding import Text

if TYPE_CHECKING:
    from privlint.model.request import Request

_ELSE = Text("Leave --config-from out.", "请去掉 --config-from。")


class Governing(Struct, frozen=True):
    """What a commit says."""

    path: str  # absolute path of the manifest, as if it were on the disk
    manifest: bytes
    baseline: bytes | None
    note: Text


def of_commit(start: str, request: Request) -> Governing | None:
    """Look for the manifest from a folder up to the root of its repository; None where the commit has none."""
    if request.config or request.baseline or request.isolated:
        raise UsageError(
            "--config-from cannot be used together with --config, --baseline or --isolated",
            message_zh="--config-from 不能与 --config、--baseline 或 --isolated 同时使用",
            hint="Leave one of them out.",
            hint_zh="请去掉其中之一。",
        )
    top = git.repository_of(start, _ELSE)
    commit = git.commit_of(top, request.config_from)
    for path in _candidates(start, top):
        data = git.file_at(top, commit, os.path.relpath(path, top).replace(os.sep, "/"))
        if data is None or len(data) > LARGEST_CONFIGURATION:
            continue
        if os.path.basename(path) == "pyproject.toml" and not declare.embeds(data, path):
            continue
        beside = os.path.relpath(os.path.join(os.path.dirname(path), NAME), top).replace(os.sep, "/")
        shown = os.path.basename(path)
        return Governing(
            path=path,
            manifest=data,
            baseline=git.file_at(top, commit, beside),
            note=Text(
                f"{shown} and the baseline are those of {request.config_from} ({commit[:12]}), not of the folder",
                f"{shown} 和基线取自 {request.config_from}（{commit[:12]}），而不是当前文件夹",
            ),
        )
    return None


def _candidates(start: str, top: str) -> list[str]:
    folder = os.path.abspath(start)
    top = os.path.abspath(top)
    found: list[str] = []
    while True:
        found.extend(os.path.join(folder, name) for name in declare.NAMES)
        if folder == top or os.path.dirname(folder) == folder:
            return found
        folder = os.path.dirname(folder)
