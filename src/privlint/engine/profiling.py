"""The stages of a run and the files that it examined in; where the time went out."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from privlint.model.finding import Text
from privlint.model.profile import Profile, Spent

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = Text("list the files", "列出文件")
BUILD = Text("read build files", "读取构建文件")
EXAMINE = Text("examine the sources", "检查源代码")
CALLS = Text("follow the calls", "追踪调用")
RIGHTS = Text("look for users' rights", "查找用户权利的实现")
JUDGE = Text("judge", "作出判断")
_MOST = 20  # files that are named


class Stopwatch:
    """Processor time, of this process and of those that it started, by stage and by file."""

    def __init__(self) -> None:
        self.files: dict[str, float] = {}
        self._stages: dict[str, tuple[Text, float]] = {}
        self._inner = 0.0  # what stages within the present one took

    @contextmanager
    def stage(self, name: Text) -> Iterator[None]:
        """Count what the block takes, less what stages within it take."""
        start, before = _now(), self._inner
        self._inner = 0.0
        try:
            yield
        finally:
            whole = _now() - start
            known = self._stages.get(name.en, (name, 0.0))[1]
            self._stages[name.en] = (name, known + whole - self._inner)
            self._inner = before + whole

    def profile(self) -> Profile:
        """Give what was counted, the slowest files first."""
        slowest = sorted(self.files.items(), key=lambda one: (-one[1], one[0]))[:_MOST]
        return Profile(
            tuple(Spent(Text(name.en, name.zh), seconds) for name, seconds in self._stages.values()),
            tuple(Spent(Text(path, path), seconds) for path, seconds in slowest),
        )


def _now() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
