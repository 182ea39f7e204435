"""The name of a field, its class and its constructor in; the kinds of personal data that it holds out.

A pure lookup over `rules/fields/`. A field speaks by its constructor (`EmailField`), by a term in its name
(`home_phone_number`), by its whole name where the class is about a person (`name` of a Customer, not of a Product), or
by a label that its constructor is given (`verbose_name="身份证号"`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.facts import FieldFact
    from privlint.model.rules import FieldRules, FieldTerm

About = Literal["person", "near", "thing", ""]

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*|\d+|[^\x00-\x7f]+")
_LONGEST_RUN = 5  # words
_SHORTEST_JOINED = 5  # letters; "phonenumber" is "phone_number", but "id_no" is not found in "idno"


class Field(NamedTuple):
    """What a caller knows of one member of a class."""

    name: str
    class_name: str
    constructor: str = ""  # dotted as written: "models.CharField"; "" for a plain `name: type` of a record class
    type_name: str = ""  # the annotation, without `Optional`
    labels: tuple[str, ...] = ()  # texts that the constructor is given: verbose_name, label, help_text, comment


def match(field_name: str, class_name: str, constructor: str, rules: tuple[FieldRules, ...]) -> tuple[str, ...]:
    """Name the data types of one field; () when it holds nothing personal. For many fields make one `Lexicon`."""
    return Lexicon(rules).match(Field(field_name, class_name, constructor))


class Lexicon:
    """All of `rules/fields/` as lookup tables."""

    def __init__(self, rules: tuple[FieldRules, ...]) -> None:
        self._calls = _Patterns(call for rule in rules for call in rule.calls)
        self._never = _Patterns(call for rule in rules for call in rule.never)
        self._forms = {name for rule in rules for name in rule.forms}
        self._asked = {name for rule in rules for name in rule.asked}
        self._carriers = {name for rule in rules for name in (*rule.carriers, *rule.wire)}
        self._sent = {_singular(word) for rule in rules for word in rule.sent}
        self._received = {_singular(word) for rule in rules for word in rule.received}
        self._doubted = {data for rule in rules for data in rule.doubted}
        self._plain = {name for rule in rules for name in rule.plain}
        self._records = {name for rule in rules for name in rule.records}
        self._dates = _Patterns(call for rule in rules for call in rule.dates)
        self._typed = {call: data for rule in rules for call, data in rule.typed.items()}
        self._typed_patterns = _Patterns(self._typed)
        self._person = _runs(word for rule in rules for word in rule.person)
        self._person_last = self._person | _runs(word for rule in rules for word in rule.person_last)
        self._thing = _runs(word for rule in rules for word in rule.thing)
        self._neither = _runs(word for rule in rules for word in rule.neither)
        self._alone = {_singular(word) for rule in rules for word in rule.alone}
        self._neutral = {_singular(word) for rule in rules for word in rule.neutral}
        self._unless = {_singular(word) for rule in rules for word in rule.unless}
        self._terms: dict[tuple[str, ...], list[_Term]] = {}
        self._labels: list[tuple[str, FieldTerm]] = []
        for rule in rules:
            for term in rule.field:
                self._add(term)
                if rule.language == "zh":
                    self._labels += [(name, term) for name in (*term.names, *term.exact)]
        self._labels.sort(key=lambda pair: -len(pair[0]))

    def is_field(self, constructor: str) -> bool:
        """Say whether a call of this name makes a field that can hold a value."""
        return not self._never.hold(constructor) and (
            self._calls.hold(constructor) or self._typed_patterns.hold(constructor)
        )

    def match_fact(self, fact: FieldFact) -> tuple[str, ...]:
        """Name the data types of a member of a class, if it is a field at all; () otherwise."""
        if fact.marks:
            return self._match_carried(fact)
        if fact.constructor:
            if not self.is_field(fact.constructor):
                return ()
        elif not fact.type or not self._is_record(fact):
            return ()
        return self.match(Field(fact.name, fact.class_name, fact.constructor, fact.type, fact.labels))

    def _match_carried(self, fact: FieldFact) -> tuple[str, ...]:
        """A field of Kotlin or Java: one that is kept or sent, by its own name or the one that it is sent under."""
        if fact.type not in self._plain:
            return ()
        names = (fact.name, *fact.wire)
        matched = (self.match(Field(name, fact.class_name, type_name=fact.type)) for name in names)
        data = next((found for found in matched if found), ())
        return data if data and self._is_own(fact, data) else ()

    def _is_own(self, fact: FieldFact, data: tuple[str, ...]) -> bool:
        """Tell whether a field is filled by the app: sent in a form or a request, or kept of a person."""
        if not self._forms.isdisjoint(fact.marks):
            return True
        if not self._asked.isdisjoint(fact.marks):
            return self._doubted.isdisjoint(data)
        words = _words(fact.class_name)
        if self._carriers.isdisjoint(fact.marks) or not self._received.isdisjoint(words):
            return False
        if not self._sent.isdisjoint(words):
            return True
        return self.about(fact.class_name) == "person" and self._doubted.isdisjoint(data)

    def _is_record(self, fact: FieldFact) -> bool:
        named = (*fact.supertypes, *fact.annotations)
        return any(name in self._records or name.rpartition(".")[2] in self._records for name in named)

    def match(self, field: Field) -> tuple[str, ...]:
        """Name the data types of one field; () when it holds nothing personal."""
        if field.constructor and not self.is_field(field.constructor):
            return ()
        if field.type_name and self._never.hold(field.type_name):
            return ()
        about = self.about(field.class_name)
        if about == "thing":
            return ()
        return self._by_type(field) or self._by_name(field, about) or self._by_label(field, about)

    def about(self, class_name: str) -> About:
        """Say whether a class is about a person, something near one (an order of a customer) or a thing.

        Its last word decides, if that says something.
        """
        words = _words(class_name)
        plain = [word for word in words if word not in self._neutral]
        said = [word for word in plain if word not in self._alone]
        if plain and not said:
            return "person"
        person = self._tail(said, self._person_last)
        thing = max(self._tail(words, self._thing), self._tail(said, self._thing))
        neither = max(self._tail(words, self._neither), self._tail(said, self._neither))
        if person and person >= max(thing, neither):
            return "person"
        if thing > neither:
            return "" if self._names_person(said[:-1]) else "thing"
        if neither:
            return ""
        return "near" if self._names_person(said) else ""

    def _tail(self, words: list[str], runs: set[tuple[str, ...]]) -> int:
        """Count the words at the end that are one of some runs; the longest counts."""
        lengths = range(min(_LONGEST_RUN, len(words)), 0, -1)
        return next((length for length in lengths if tuple(words[-length:]) in runs), 0)

    def _names_person(self, words: list[str]) -> bool:
        return any(tuple(words[start:end]) in self._person for start, end in _spans(words))

    def _add(self, term: FieldTerm) -> None:
        for kind, names in (("run", term.names), ("exact", term.exact), ("weak", term.weak)):
            for name in names:
                words = tuple(_words(name))
                joined = "".join(words)
                forms = {words, (joined,)} if len(joined) >= _SHORTEST_JOINED else {words}
                for form in forms:
                    self._terms.setdefault(form, []).append(_Term(kind, term))

    def _by_type(self, field: Field) -> tuple[str, ...]:
        unless = self._unless.intersection(_words(field.name))
        for written in (field.constructor, field.type_name):
            pattern = self._typed_patterns.find(written) if written and not unless else ""
            if pattern:
                return self._typed[pattern]
        return ()

    def _by_name(self, field: Field, about: About) -> tuple[str, ...]:
        """Find the longest run of words that is a term; of equal ones the last."""
        words = _words(field.name)
        while len(words) > 1 and words[-1].isdigit():  # address_line_1
            words.pop()
        plain = [word.rstrip("0123456789") or word for word in words]
        best: tuple[int, int, FieldTerm] | None = None
        for start, end in _spans(words):
            whole = end - start == len(words)
            before = words[:start] if end == len(words) else []
            runs = {tuple(words[start:end]), tuple(plain[start:end])}
            for run in (*runs, ("".join(words),)) if whole else runs:
                for kind, term in self._terms.get(run, ()):
                    rank = (end - start, start)
                    if best is not None and rank < best[:2]:
                        continue
                    owned = kind == "weak" and self._is_owned(term, before)
                    speaks = kind == "run" or (whole and self._speaks(kind, term, about)) or owned
                    others = words[:start] + words[end:]
                    if speaks and self._fits(term, field, others) and (owned or self._is_within(term, field)):
                        best = (*rank, term)
        return best[2].data if best else ()

    def _speaks(self, kind: str, term: FieldTerm, about: About) -> bool:
        """Say whether a term that is the whole name of a field speaks in such a class."""
        return kind == "exact" or about == "person" or (about == "near" and not term.head)

    def _fits(self, term: FieldTerm, field: Field, others: list[str]) -> bool:
        """Say whether the other words of the name and its constructor allow it."""
        if others and others[-1] == "id" and _words(field.name)[-1] == "id":
            return False
        unless = {_singular(word) for word in term.unless}
        if any(word in self._unless or word in unless for word in others):
            return False
        dated = any(self._dates.hold(written) for written in (field.constructor, field.type_name))
        return term.date or not dated

    def _is_owned(self, term: FieldTerm, before: list[str]) -> bool:
        """Say whether the words before a weak name make it a person's: `billing_detail_city`, `passenger_age`."""
        telling = [word for word in before if word not in self._neutral]
        if not telling or (term.head and "person-name" not in term.data):
            return False
        after = {_singular(word) for word in term.after}
        return all((word,) in self._person or word in after for word in telling)

    def _is_within(self, term: FieldTerm, field: Field) -> bool:
        words = _words(field.class_name)
        held = {tuple(words[start:end]) for start, end in _spans(words)}
        return not term.within or any(tuple(_words(name)) in held for name in term.within)

    def _by_label(self, field: Field, about: About) -> tuple[str, ...]:
        named = () if field.name.isascii() else (field.name,)
        for label in (*named, *field.labels):
            for name, term in self._labels:
                if name in label and not any(word in label for word in term.unless):
                    return term.data
            if about == "person":
                found = next((term.data for _, term in self._labels if label in term.weak), ())
                if found:
                    return found
        return ()


class _Term(NamedTuple):
    kind: str  # "run" | "exact" | "weak"
    term: FieldTerm


class _Patterns:
    """Names of calls: "Column" is the last name, "*Field" the end of one, "fields.*" the name before the last."""

    def __init__(self, patterns: Iterable[str]) -> None:
        given = sorted(set(patterns))
        self._ends = tuple(pattern[1:] for pattern in given if pattern.startswith("*"))
        self._owners = {pattern[:-2] for pattern in given if pattern.endswith(".*")}
        self._names = {pattern for pattern in given if "*" not in pattern}

    def hold(self, written: str) -> bool:
        return bool(self.find(written))

    def find(self, written: str) -> str:
        """Find the pattern that a dotted name falls under, or ""."""
        owner, _, name = written.rpartition(".")
        if name in self._names:
            return name
        owner = owner.rpartition(".")[2]
        if f"{owner}.{name}" in self._names:
            return f"{owner}.{name}"
        ends = [end for end in self._ends if name.endswith(end)]
        if ends:
            return "*" + max(ends, key=len)
        return f"{owner}.*" if owner and owner in self._owners else ""


def _runs(names: Iterable[str]) -> set[tuple[str, ...]]:
    return {tuple(_words(name)) for name in names}


def _spans(words: list[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST_RUN) + 1):
            yield start, end


def _words(name: str) -> list[str]:
    """`homePhoneNumbers` and `home_phone_numbers` are home, phone, number."""
    return [_singular(word.lower()) for word in _WORD.findall(name)]


def _singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "sms")):
        return word[:-1]
    return word
