"""Where the time of a run went, in; lines for a reader out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model.finding import Text
from privlint.report import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.profile import Profile
    from privlint.report.view import View

_STAGES = Text("processor time by stage, in seconds", "各阶段的处理器时间（秒）")
_FILES = Text("slowest files, over all examinations", "最慢的文件（各次检查合计）")
_NONE = Text("no file was examined: the results are those of an earlier run", "没有检查文件：结果来自以前的运行")


def lines(profile: Profile, view: View) -> Iterator[str]:
    """Write both tables."""
    colon = "：" if view.language.startswith("zh") else ":"
    yield _STAGES[view.language] + colon
    for one in profile.stages:
        yield f"  {one.seconds:8.3f}  {one.name[view.language]}"
    if not profile.files:
        yield _NONE[view.language]
        return
    yield _FILES[view.language] + colon
    for one in profile.files:
        yield f"  {one.seconds:8.3f}  {safe.path(view.path(one.name.en))}"
