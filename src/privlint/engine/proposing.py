"""A folder in; the files of it that may be the published privacy policy out, the likeliest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint import discover
from privlint.model.finding import Covered

if TYPE_CHECKING:
    from privlint.model.policy import PolicyText

LARGEST = 1_000_000  # bytes
SUFFIXES = dict.fromkeys((".md", ".markdown", ".html", ".htm", ".txt"), "text")
_SHOWN = 3

_NAME = re.compile(r"privacy|隐私|yinsi", re.IGNORECASE)
_WHOLE = re.compile(
    r"privacy[-_. ]?(?:policy|statement|notice|agreement)|隐私(?:政策|声明|协议|条款|权)", re.IGNORECASE
)
_ABOUT = re.compile(r"(?:个人|用户)信息|隐私|收集|personal (?:data|information)|privacy|\bcollect", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def policies(root: str) -> tuple[str, ...]:
    """Find files that are called a privacy policy and speak of personal data."""
    from privlint.declare import policy

    found = []
    for candidate in discover.discover((root,), discover.Scope(root=root, suffixes=SUFFIXES)).files:
        name = candidate.path.rpartition("/")[2]
        if candidate.test or not _NAME.search(name):
            continue
        data = discover.read(root, candidate.path, LARGEST)
        if isinstance(data, Covered):
            continue
        read = policy.read(data, candidate.path, candidate.path)
        if read.state == "read" and _speaks(read):
            found.append((_rank(name, read), candidate.path.count("/"), candidate.path))
    return tuple(path for *_, path in sorted(found))[:_SHOWN]


def _speaks(read: PolicyText) -> bool:
    return any(_ABOUT.search(line) for line in read.lines)


def _rank(name: str, read: PolicyText) -> int:
    """Put a file first that is called a policy in full, and one in Chinese before its translation."""
    chinese = sum(len(_CHINESE.findall(line)) for line in read.lines) > read.letters / 4
    return (0 if _WHOLE.search(name) else 2) + (0 if chinese else 1)
