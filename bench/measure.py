"""Commands in; what each run took out: wall and processor seconds of the whole process tree, and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAMPLE = 0.015  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """One run of one command."""

    wall: float
    cpu: float  # user and system, with all processes that it started
    memory: int = 0  # KiB: the largest sum of proportional set sizes over the process tree; 0 where it was not sampled
    code: int = 0


def in_turn(
    commands: Mapping[str, Sequence[str]], rounds: int, folder: str, slow: Sequence[str] = ()
) -> dict[str, list[Run]]:
    """Run the commands one after the other (A B C A B C …): on a shared machine only what stands side by side compares.

    A first round warms the file cache and is not counted; a last one samples memory. What is `slow` runs only in that.
    """
    quick = {name: command for name, command in commands.items() if name not in slow}
    for command in quick.values():
        once(command, folder)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in quick.items():
            runs[name].append(once(command, folder))
    for name, command in commands.items():
        sampled = once(command, folder, sample=True)
        if name in quick:
            last = runs[name].pop()
            sampled = Run(last.wall, last.cpu, sampled.memory, last.code)
        runs[name].append(sampled)
    return runs


def once(command: Sequence[str], folder: str, *, sample: bool = False) -> Run:
    """Run one command; what it prints is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    while sample and os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        peak = max(peak, sum(map(_proportional, _tree(process.pid))))
        time.sleep(SAMPLE)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, process.returncode)


def middle(runs: Sequence[Run], what: str) -> str:
    """The median of one figure and its range: `1.20 (1.15–1.31)`."""
    values = [getattr(run, what) for run in runs]
    if len(values) == 1:
        return f"{values[0]:.2f}"
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def ratio(runs: Sequence[Run], ours: Sequence[Run], what: str) -> str:
    """How many times ours a figure is, compared round by round: the median and the range."""
    beside = ours[-len(runs) :]
    values = [getattr(one, what) / max(getattr(own, what), 0.001) for one, own in zip(runs, beside, strict=True)]
    if len(values) == 1:
        return f"{values[0]:.2g}"
    return f"{statistics.median(values):.2g} ({min(values):.2g}–{max(values):.2g})"


def peak(runs: Sequence[Run]) -> str:
    """The sampled peak of memory."""
    return f"{max(run.memory for run in runs) / 1024:.0f}"


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        found.extend(_children(one))
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):  # it has ended
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as stream:
                found.extend(map(int, stream.read().split()))
    return found


def _proportional(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as stream:
            return next((int(line.split()[1]) for line in stream if line.startswith("Pss:")), 0)
    except OSError:
        return 0
