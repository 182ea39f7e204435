"""The files of an app in; what it does when the user says no, and how it asks for permissions, out.

Only files are read for their calls that work with permissions, or that both end something and speak of consent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint import discover, link
from privlint.model.finding import Covered
from privlint.model.refused import Refused

if TYPE_CHECKING:
    from privlint.discover import Candidate
    from privlint.engine.tracing import Seen
    from privlint.model.app_rules import ConsentWords, RefusalWords
    from privlint.model.declared import AppDeclarations
    from privlint.model.flow import FileFlow

MOST_FILES = 400  # read for their calls
MOST_FURTHER = 40  # that declare what is called where the user said no


class Files(Struct, frozen=True):
    """How the files of a run are asked for."""

    holding: Callable[[Iterable[str]], list[str]]  # those that hold one of some words
    declaring: Callable[[Iterable[str]], list[str]]  # those that declare one
    naming: Callable[[Iterable[str]], list[str]]  # those that name what only some files declare
    read: Callable[[Sequence[str]], None]  # for their calls


def refused(seen: Seen, search: link.Search, files: Files) -> Refused:
    """Look for it."""
    words = seen.rules.refusal
    if words is None:
        return Refused()
    candidates = {one.path: one for one in seen.candidates}
    fronts = _fronts(seen.declared)
    asking = set(files.holding(_asking(search, words)))
    ending = set(files.holding(_ending(words)))
    speaks = (_speaks(search.vocabulary.words.consent), _refuses(words))
    leaving = [
        path for path in files.holding(_app_ending(words)) if _holds(seen.root, candidates[path], (_ends(words),))
    ]
    maybe = ending.union(files.naming(leaving)) - asking
    saying = [path for path in sorted(maybe) if _holds(seen.root, candidates[path], speaks)]
    paths = sorted({*asking, *saying})[:MOST_FILES]
    files.read(sorted({*paths, *files.declaring(name.rpartition(".")[2] for name in fronts)}))
    flows = search.graph.flows
    known = [path for path in paths if path in flows and not flows[path].failed]
    reading = link.Reading(search.vocabulary, words, search.graph, seen.rules.permissions, _next(search, fronts))
    further = [path for path in files.declaring(reading.open_calls(known)) if path in ending]
    files.read(sorted(further)[:MOST_FURTHER])
    return reading.result(known, search.targets())


def _asking(search: link.Search, words: RefusalWords) -> tuple[str, ...]:
    permission = search.vocabulary.words.permission
    return (
        *permission.asks,
        *permission.contracts,
        *words.denied.results,
        *words.denied.annotations,
        *words.denied.files,
    )


def _app_ending(words: RefusalWords) -> tuple[str, ...]:
    qualified = tuple(part for one in words.ends.qualified for part in one.split(".")[-1:])
    return (*words.ends.app, *words.ends.running, *qualified)


def _ending(words: RefusalWords) -> tuple[str, ...]:
    return (*_app_ending(words), *words.ends.screen)


@cache
def _ends(words: RefusalWords) -> re.Pattern[bytes]:
    """A call that ends the whole app."""
    names = (*words.ends.app, *words.ends.qualified)
    return re.compile(rb"\b(?:" + b"|".join(re.escape(one.encode()) for one in names) + rb")[ \t]*\(")


@cache
def _refuses(words: RefusalWords) -> re.Pattern[bytes]:
    """What the bytes of a file hold that lets the user say no."""
    refuses = words.refuses
    english = [re.escape(one.encode()) for one in (*refuses.firm, *refuses.weak) if len(one) > 3]
    chinese = [re.escape(one.encode()) for one in (*refuses.firm_zh, *refuses.weak_zh)]
    return re.compile(b"(?i:" + b"|".join(english) + b")|" + b"|".join(chinese))


@cache
def _speaks(consent: ConsentWords) -> re.Pattern[bytes]:
    """What the bytes of a file hold that speaks of consent: whole parts are weighed later."""
    english = [re.escape(one.encode()) for one in consent.says if len(one) > 3]
    chinese = [re.escape(one.encode()) for one in (*consent.says_zh, "拒绝")]
    pairs = [one[0].encode() for one in consent.pairs]
    return re.compile(b"(?i:" + b"|".join((*english, *pairs)) + b")|" + b"|".join(chinese))


def _holds(root: str, candidate: Candidate, wanted: Iterable[re.Pattern[bytes]]) -> bool:
    contents = discover.read_source(root, candidate.path, candidate.language)
    return not isinstance(contents, Covered) and all(one.search(contents.data) for one in wanted)


def _fronts(declared: AppDeclarations | None) -> tuple[str, ...]:
    """The screens that the launcher opens, by their full names."""
    found = {
        (one.target or one.name).replace("$", ".")
        for one in (declared.components if declared else ())
        if one.launcher and one.enabled and one.reach != "none"
    }
    return tuple(sorted(filter(None, found)))


def _next(search: link.Search, fronts: tuple[str, ...]) -> tuple[str, ...]:
    """These screens, with those that one of them opens before it ends itself."""
    found = dict.fromkeys(fronts)
    for front in fronts:
        for flow in _declaring(search, front):
            ends = {one.routine for one in flow.sites if one.member == "finish"}
            for site in flow.sites:
                if site.form == "class" and site.routine in ends and site.owner.endswith("Activity"):
                    kind = search.graph.kind(site.owner)
                    found[kind.name if kind else f"{flow.package}.{site.owner}"] = None
    return tuple(found)


def _declaring(search: link.Search, name: str) -> list[FileFlow]:
    kind = search.graph.kind(name)
    if kind is None:
        return []
    return [one for one in search.graph.flows.values() if any(each.name == kind.name for each in one.kinds)]
