"""A button or a callback in; whether it says no, and what the dialog that it belongs to is about, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from privlint.link.graph import tail
from privlint.link.vocabulary import parts

if TYPE_CHECKING:
    from privlint.link.vocabulary import Vocabulary
    from privlint.model.app_rules import RefusalWords
    from privlint.model.flow import FileFlow, Routine, Site

What = Literal["permission", "policy"]
LONG = 40  # a longer text is prose: it names nothing
_BESIDE = 90  # bytes before a call without a named receiver in which the receiver stands
_AFTER = 2000  # bytes after a button in which the rest of its dialog stands
_NOT = frozenset({"not", "dont", "don"})


class Buttons:
    """Reads what dialogs say."""

    def __init__(self, vocabulary: Vocabulary, words: RefusalWords) -> None:
        self.vocabulary = vocabulary
        self.words = words
        refuses = words.refuses
        self._firm = frozenset(refuses.firm)
        self._weak = frozenset(refuses.weak)
        self._permission = frozenset(refuses.permission)
        self._opens = frozenset(refuses.opens)
        self._agrees = frozenset(vocabulary.words.consent.agrees)

    def of_policy(self, word: str) -> bool:
        """Tell whether a word speaks of consent; who disagrees does so with an agreement."""
        return self.vocabulary.of_consent(word) or (len(word) <= LONG and "disagree" in parts(word))

    def refused(self, flow: FileFlow, routine: Routine, site: Site) -> What | None:
        """What is refused by what a lambda, or an object, is handed to."""
        said = self.said(flow, routine, site)
        firm, weak = self._says_no(said)
        if not (firm or weak):
            return None
        topic = self.topic(flow, routine, site)
        if topic is None and any(self.of_policy(word) for word in said):
            topic = "policy"
        return topic

    def said(self, flow: FileFlow, routine: Routine, site: Site) -> tuple[str, ...]:
        """The names and texts of the button that a routine is handed to."""
        own = [routine.under, site.member, *site.receiver.strip("?").split(".")]
        if routine.method:
            own.append(routine.name)
        before: tuple[str, ...] = ()
        inside: list[str] = []
        found = False
        for one in site.arguments:
            if one.routine >= 0 and flow.routines[one.routine].start <= routine.start < flow.routines[one.routine].end:
                found = True
                own.extend(before)
            elif one.routine >= 0:
                inside.extend(one.words if site.member[:1].isupper() else ())
                before = ()
            else:
                before = one.words
        if not found:
            own.extend(before)
        if site.receiver in {"", "?"}:
            near = (one for one in flow.sites if one.routine == site.routine and 0 < site.start - one.end < _BESIDE)
            if site.member.startswith(("setOn", "onClick", "clicks")):
                last = max(near, key=lambda one: one.end, default=None)
                own.extend((last.member, *(word for one in last.arguments for word in one.words)) if last else ())
        return tuple(filter(None, (*own, *site.made_of, *inside)))

    def _says_no(self, said: Iterable[str]) -> tuple[bool, bool]:
        """Whether a button says no for sure, and whether it may."""
        refuses = self.words.refuses
        firm = weak = False
        for word in said:
            if any(one in word for one in refuses.firm_zh):
                firm = True
            elif any(one in word for one in refuses.weak_zh):
                weak = True
            if len(word) > LONG:
                continue
            found = parts(word)
            firm = firm or not found.isdisjoint(self._firm)
            firm = firm or (not found.isdisjoint(_NOT) and not found.isdisjoint(self._agrees))
            weak = weak or not found.isdisjoint(self._weak) or word.lower() in self._weak
        return firm, weak

    def agrees(self, said: Iterable[str]) -> bool:
        """Tell whether a button says yes."""
        said = tuple(said)
        if any(self._says_no(said)):
            return False
        zh = self.vocabulary.words.consent.agrees_zh
        return any(any(one in word for one in zh) for word in said) or any(
            not parts(word).isdisjoint(self._agrees) for word in said if len(word) <= LONG
        )

    def topic(self, flow: FileFlow, routine: Routine, site: Site | None) -> What | None:
        """What a dialog is about: by its own words, then by the names of what is around it."""
        for words in (
            (self._of_dialog(flow, site), self._around(flow, routine)) if site else (self._around(flow, routine),)
        ):
            listed = tuple(words)
            if any(self.of_policy(word) for word in listed):
                return "policy"
            if any(self._is_permission(word) for word in listed):
                return "permission"
        return None

    def _is_permission(self, word: str) -> bool:
        if any(one in word for one in self.words.refuses.permission_zh):
            return True
        return len(word) <= LONG and not parts(word).isdisjoint(self._permission)

    def _of_dialog(self, flow: FileFlow, site: Site) -> Iterator[str]:
        """The words of the dialog that a button belongs to."""
        same = [one for one in flow.sites if one.routine == site.routine and one.form in {"call", "new", "set"}]
        openers = [one.start for one in same if self._opens_dialog(one)]
        first = max((start for start in openers if start <= site.start), default=site.start)
        last = min((start for start in openers if start > site.start), default=site.end + _AFTER)
        for one in same:
            if first <= one.start < last:
                yield from (one.member, *one.owner.split(".")[-2:])
                yield from (word for each in one.arguments if each.routine < 0 for word in each.words)
        index = site.routine
        if index >= 0 and flow.routines[index].handed >= 0:
            around = flow.sites[flow.routines[index].handed]
            yield from (around.member, *around.owner.split(".")[-2:])
            yield from (word for each in around.arguments if each.routine < 0 for word in each.words)

    def _opens_dialog(self, site: Site) -> bool:
        if site.form == "set":
            return False
        named = parts(site.member) | (parts(tail(site.owner)) if site.form == "new" else frozenset())
        return not named.isdisjoint(self._opens) and not site.member.startswith(("set", "on"))

    def _around(self, flow: FileFlow, routine: Routine) -> Iterator[str]:
        """The names of the routines and classes around."""
        index = routine.outer
        current = routine
        while True:
            if current.name and current.method and "granted" not in parts(current.name):
                yield current.name
            yield from (one for one in current.owner.split(".") if one[:1].isupper())
            if index < 0:
                return
            current = flow.routines[index]
            if current.name and not current.method and "granted" not in parts(current.name):
                yield current.name
            index = current.outer
