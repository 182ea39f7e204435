"""A request in; the baseline of its project out, alone or held against what the code has now."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import discover, suppress
from privlint.errors import ConfigurationError
from privlint.model.baseline import NAME, Baseline, Standing, entry
from privlint.model.check import COVERAGE_IDS, SUPPRESSION_IDS

if TYPE_CHECKING:
    from privlint.engine.session import Session
    from privlint.model.request import Request


def baseline_of(root: str, request: Request) -> Baseline | None:
    """Read the baseline of a project; None when there is none. Raises ConfigurationError for one that is wrong."""
    if request.no_baseline or (request.isolated and not request.baseline):
        return None
    file = file_of(root, request)
    if not os.path.lexists(file):
        if request.baseline:
            raise ConfigurationError(
                "there is no such baseline",
                message_zh="没有这份基线",
                path=request.baseline,
                hint="Name a file that `privlint baseline create` wrote.",
                hint_zh="请指定由 `privlint baseline create` 生成的文件。",
            )
        return None
    shown = request.baseline or NAME
    found = discover.read(os.path.dirname(file), os.path.basename(file), suppress.LARGEST)
    if isinstance(found, bytes):
        return suppress.read_baseline(found, shown)
    raise ConfigurationError(
        f"the baseline was not read: {found.detail.en}",
        message_zh=f"未能读取基线：{found.detail.zh}",
        path=shown,
        hint="Replace it by a regular file that can be read.",
        hint_zh="请换成可读取的普通文件。",
    )


def file_of(root: str, request: Request) -> str:
    """Name the file of the baseline."""
    return os.path.abspath(request.baseline) if request.baseline else os.path.join(root, NAME)


def standing(session: Session) -> Standing:
    """Examine the whole project, and hold its baseline against it. The session must be over the root, without one."""
    request = replace(session.request, no_baseline=False)
    file = file_of(session.root, request)
    known = baseline_of(session.root, request) if os.path.lexists(file) else None
    report = session.report()
    aside = {*COVERAGE_IDS, *SUPPRESSION_IDS}
    found = {
        finding.fingerprint: entry(finding)
        for finding in report.findings
        if not finding.suppressed and finding.check not in aside
    }
    failed = {covered.path for covered in report.coverage if covered.outcome == "failed"}
    entries = known.entries if known else ()
    gone = tuple(one for one in entries if one.fingerprint not in found)
    listed = {one.fingerprint for one in entries}
    return Standing(
        file=file,
        known=known.entries if known else None,
        used=tuple(one for one in entries if one.fingerprint in found),
        stale=tuple(one for one in gone if one.path not in failed),
        unsure=tuple(one for one in gone if one.path in failed),
        fresh=tuple(one for one in found.values() if one.fingerprint not in listed),
        report=report,
    )
