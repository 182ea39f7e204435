"""A run and what it examined in; the same run again whenever that changes, until it is interrupted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from time import sleep, time_ns

from privlint.cli import streams
from privlint.errors import PrivlintError, UsageError
from privlint.model.finding import Report
from privlint.model.request import Request

EVERY = 0.4  # seconds between two looks
_CLEARED = "\x1b[2J\x1b[3J\x1b[H"

Seen = dict[str, tuple[int, int]]  # path -> time of its last change, size


def watch(once: Callable[[], tuple[int, Report]], request: Request, language: str) -> int:
    """Run, wait for a change, run again. The exit code is that of the last run."""
    if request.text is not None:
        raise UsageError(
            "--watch needs files on the disk",
            message_zh="--watch 需要磁盘上的文件",
            hint="Name files or folders instead of `-`.",
            hint_zh="请指定文件或文件夹，而不是 `-`。",
        )
    code = 0
    try:
        while True:
            code, before = _round(once, request, language)
            while _look(before) == before:
                sleep(EVERY)
            sleep(EVERY / 4)  # an editor may still be writing
            if sys.stdout.isatty():
                sys.stdout.write(_CLEARED)
    except KeyboardInterrupt:
        return code


def _round(once: Callable[[], tuple[int, Report]], request: Request, language: str) -> tuple[int, Seen]:
    """Run once; a manifest that is wrong for a moment ends nothing."""
    started = time_ns()
    try:
        code, report = once()
    except PrivlintError as error:
        streams.complain(error, language)
        return error.exit_code, _look(dict.fromkeys(_around(request), (0, 0)))
    streams.flush()
    paths = {os.path.join(report.root, covered.path) for covered in report.coverage}
    paths |= {os.path.join(report.root, report.manifest)} if report.manifest else set()
    folders = {os.path.dirname(path) for path in paths} | {report.root}
    now = _look(dict.fromkeys(sorted(paths | folders), (0, 0)))
    # What changed during the run counts as not seen yet. Folders do: a report may be written into one.
    return code, {path: (0, 0) if path in paths and seen[0] >= started else seen for path, seen in now.items()}


def _around(request: Request) -> list[str]:
    """What to look at when nothing could be examined: the given paths, and what lies in them."""
    found = [os.path.abspath(path) for path in request.paths]
    found += [entry.path for path in found if os.path.isdir(path) for entry in os.scandir(path)]
    return found


def _look(paths: Seen) -> Seen:
    """Tell when each path was last changed; one that has gone counts as changed."""
    return {path: _state(path) for path in paths}


def _state(path: str) -> tuple[int, int]:
    try:
        state = os.stat(path)
    except OSError:
        return -1, -1
    return state.st_mtime_ns, state.st_size
