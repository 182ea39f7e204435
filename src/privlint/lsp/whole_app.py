"""The root of a project in; what only a run over the whole app can say out, some seconds later.

The run is a process of its own at low priority: the editor never waits for it, and it ends with the server. There is
one at a time; of several wishes for the same root the last one counts.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from math import inf
from typing import TYPE_CHECKING

from privlint import engine
from privlint.errors import PrivlintError
from privlint.model.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from privlint.model.finding import Finding, Report

DELAY = 1.0  # seconds after a file was saved


class WholeApp:
    """The latest report on each project."""

    def __init__(self, told: Callable[[str, frozenset[str]], None], request: Request) -> None:
        self._told = told  # is told of a new report: the root, and the paths of which it says something else
        self._request = request
        self._reports: dict[
            str, tuple[int, dict[str, tuple[Finding, ...]]]
        ] = {}  # by root: number of the run, findings
        self._sure: dict[str, float] = {}  # by absolute path: the first run that has seen its present text
        self._number = 0  # of the latest run that was begun
        self._wanted: dict[str, asyncio.TimerHandle | None] = {}
        self._running = ""

    def ask(self, root: str, delay: float = DELAY) -> None:
        """Examine a project soon."""
        if waiting := self._wanted.get(root):
            waiting.cancel()
        self._wanted[root] = asyncio.get_running_loop().call_later(delay, self._due, root)

    def known(self, root: str) -> bool:
        """Tell whether a project was examined, or will be."""
        return root in self._reports or root in self._wanted or root == self._running

    def typed(self, path: str) -> None:
        """Note that the text of a file is not that of the disk any more."""
        self._sure[path] = inf

    def saved(self, path: str) -> None:
        """Note that the disk has a new text of a file: only a run to come knows it."""
        self._sure[path] = self._number + 1

    def closed(self, path: str) -> None:
        """Note that what counts of a file is on the disk."""
        if self._sure.get(path) == inf:
            del self._sure[path]

    def findings(self, root: str, path: str) -> tuple[Finding, ...]:
        """Give what is known of one file, named as places name it; nothing while its text is another."""
        number, found = self._reports.get(root, (0, {}))
        return found.get(path, ()) if number >= self._sure.get(os.path.join(root, path), 0) else ()

    def paths(self) -> tuple[tuple[str, str], ...]:
        """List each root with each path of which there is something to say."""
        return tuple((root, path) for root, (_, found) in sorted(self._reports.items()) for path in sorted(found))

    def _due(self, root: str) -> None:
        self._wanted[root] = None
        self._next()

    def _next(self) -> None:
        if self._running:
            return
        root = next((root for root, waiting in self._wanted.items() if waiting is None), "")
        if not root:
            return
        del self._wanted[root]
        self._running = root
        self._number += 1
        loop = asyncio.get_running_loop()
        number = self._number

        def done(report: Report | None) -> None:
            loop.call_soon_threadsafe(self._done, root, number, report)

        context = multiprocessing.get_context("spawn")
        receiving, sending = context.Pipe(duplex=False)
        request = Request(
            paths=(root,),
            config=self._request.config,
            no_baseline=self._request.no_baseline,
            fail_on="never",
            cache=True,
        )
        process = context.Process(target=_examine, args=(request, sending), daemon=True)
        process.start()
        sending.close()
        threading.Thread(target=_wait, args=(receiving, done), daemon=True).start()

    def _done(self, root: str, number: int, report: Report | None) -> None:
        self._running = ""
        if report is not None:
            before = self._reports.get(root, (0, {}))[1]
            found: dict[str, tuple[Finding, ...]] = {}
            for one in report.findings:
                if not one.suppressed:
                    found[one.place.path] = (*found.get(one.place.path, ()), one)
            self._reports[root] = (number, found)
            self._told(root, frozenset({*before, *found}))
        self._next()


def _examine(request: Request, sending: Connection) -> None:
    """Run in the other process."""
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        sending.send(engine.run(request))
    except PrivlintError:
        sending.send(None)  # what is wrong with the manifest is said where it is judged


def _wait(receiving: Connection, done: Callable[[Report | None], None]) -> None:
    try:
        report = receiving.recv()
    except (EOFError, OSError):
        report = None  # it failed; what it wrote about that is on the standard error
    try:
        done(report)
    except RuntimeError:
        return  # the server has ended meanwhile
