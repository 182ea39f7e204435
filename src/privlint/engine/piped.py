"""The text of one file that comes by a pipe, and the name it goes by, in; the report on it out.

It is judged as the file would be if it stood there: by the manifest above it, with what the rest of the app declares.
"""

from __future__ import annotations

import os

from msgspec.structs import replace

from privlint import discover
from privlint.discover import Candidate
from privlint.engine import rounds
from privlint.engine.analysis import Analysed
from privlint.engine.session import Session
from privlint.model.finding import Covered, Report, Text
from privlint.model.request import Request


def report(request: Request, data: bytes) -> Report:
    """Examine the text by itself. A name that is excluded gives nothing, as an editor expects."""
    (path,) = request.paths
    full = os.path.abspath(path)
    folder = os.path.dirname(full)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    session = Session(replace(request, paths=(folder,), force_exclude=True))
    session.given = True
    candidate = session.candidate(full, session.relative(full), "")
    if isinstance(candidate, Covered):
        session.take(Analysed(candidate))
        return session.report()
    text = _text(candidate, data)
    if isinstance(text, Covered):
        session.take(Analysed(text))
        return session.report()
    others = tuple(one for one in session.others() if one.path != candidate.path)
    shared = replace(session.shared, texts={candidate.path: text})
    done, session.shared = rounds.settle((candidate,), others, shared, request.jobs)
    session.take(*done.values(), test=candidate.test)
    return session.report()


def _text(candidate: Candidate, data: bytes) -> bytes | Covered:
    path = candidate.path
    if len(data) > discover.LARGEST:
        detail = Text(f"it has more than {discover.LARGEST:,} bytes", f"超过 {discover.LARGEST:,} 字节")
        return Covered(path, "failed", "PRV004", detail)
    contents = discover.to_utf8(path, data, candidate.language)
    return contents if isinstance(contents, Covered) else contents.data
