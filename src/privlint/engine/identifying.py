"""A report in; digests of what it is about out, so that another can tell that it is about the same bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from privlint import discover
from privlint.discover import git
from privlint.errors import UsageError
from privlint.model.examined import Examined
from privlint.model.finding import Covered

if TYPE_CHECKING:
    from privlint.model.finding import Report


def identify(report: Report) -> Examined:
    """Read the examined files again, and ask git what it knows of them."""
    from hashlib import sha256

    whole = sha256()
    paths = []
    for covered in report.coverage:
        if covered.outcome != "scanned":
            continue
        data = discover.read(report.root, covered.path)
        if isinstance(data, Covered):
            raise UsageError(
                f"{covered.path} changed since it was examined: {data.detail.en}",
                message_zh=f"{covered.path} 在检查之后发生了变化：{data.detail.zh}",
                hint="Run it again on a tree that nobody is working on.",
                hint_zh="请在没有人修改的目录上重新运行。",
            )
        name = os.fsencode(covered.path)
        whole.update(sha256(data).hexdigest().encode() + b"  " + name + b"\n")
        paths.append(covered.path)
    commit, tree, modified = _commit(report.root, paths)
    return Examined(sha256=whole.hexdigest(), files=len(paths), commit=commit, tree=tree, modified=modified)


def _commit(root: str, paths: list[str]) -> tuple[str, str, int]:
    top = discover.repository(root)
    if not top:
        return "", "", 0
    inside = os.path.relpath(root, top).replace(os.sep, "/")
    names = frozenset(path if inside == "." else f"{inside}/{path}" for path in paths)
    try:
        commit, tree = git.head(top)
        if not commit:
            return "", "", 0
        return commit, tree, len(git.changed(top, names.__contains__).before)
    except UsageError:  # no git here: the digest of the files stands alone
        return "", "", 0
