"""What runs after an update in, the settings of consent that it turns on out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from privlint.link.around import leading
from privlint.link.vocabulary import parts
from privlint.model.manner import Reset

if TYPE_CHECKING:
    from privlint.link.around import Reach
    from privlint.link.behind import Components
    from privlint.link.graph import Graph
    from privlint.link.start import Search
    from privlint.link.vocabulary import Vocabulary
    from privlint.model.flow import FileFlow, Site
    from privlint.model.manner_rules import Update

_By = Literal["replaced", "version", "migration"]


def resets(search: Search, words: Update, known: Components) -> Iterator[Reset]:
    """Find where a setting of consent is set to true because the app was updated."""
    for flow in search.graph.flows.values():
        for site in flow.sites:
            name = _setting(site, words, search.vocabulary)
            if not name:
                continue
            found = _updating(search, flow, site, words, known)
            if found is not None:
                yield Reset(site.place, f"{site.member}", name, found)


def _setting(site: Site, words: Update, vocabulary: Vocabulary) -> str:
    """The name of the setting that a place turns on; "" for none."""
    if not site.arguments or site.arguments[-1].value != "true":
        return ""
    names: tuple[str, ...] = ()
    if site.member in words.sets and len(site.arguments) > 1:
        names = site.arguments[0].words
    elif site.form == "set" or (site.member.startswith("set") and len(site.arguments) == 1):
        names = (site.member,)
    return next((name for name in names if _of_consent(name, words, vocabulary)), "")


def _of_consent(name: str, words: Update, vocabulary: Vocabulary) -> bool:
    found = parts(name)
    if not found.isdisjoint(vocabulary.words.consent.before):
        return False
    return vocabulary.of_consent(name) or (not found.isdisjoint(words.settings) and not found.isdisjoint(words.beside))


def _updating(search: Search, flow: FileFlow, site: Site, words: Update, known: Components) -> _By | None:
    """By which way a place runs after an update; None where not, or where a condition asks what the user said."""
    for reach in leading(search.graph, flow.path, site.start, 1):
        standing = search.stands(reach.node.path, reach.offset)
        if standing.fate != "runs" or not standing.gates.isdisjoint({"consent", "opted"}):
            return None
        found = _by(search.graph, reach, words, known)
        if found is not None:
            return found
    return None


def _by(graph: Graph, reach: Reach, words: Update, known: Components) -> _By | None:
    flow = graph.flows[reach.node.path]
    guards = [one for one in flow.guards if one.start <= reach.offset < one.end]
    if any(not set(words.replaced).isdisjoint(one.words) for one in guards if one.holds):
        return "replaced"
    routine = graph.routine(reach.node)
    if routine.name == "onReceive" and not known.actions.get(routine.owner, frozenset()).isdisjoint(words.replaced):
        others = known.actions[routine.owner].difference(words.replaced)
        return "replaced" if not others else None
    for guard in guards:
        rest = [word for word in guard.words if word not in words.versions]
        if len(rest) < len(guard.words) and any(
            word in words.stored or not parts(word).isdisjoint(words.stored) for word in rest
        ):
            return "version"
    return "migration" if _migrates(routine.name, words.migrations) else None


def _migrates(name: str, patterns: tuple[str, ...]) -> bool:
    return any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in patterns)
