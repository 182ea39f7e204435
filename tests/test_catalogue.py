"""Every catalogue entry, by itself: what it says must speak speaks, and its look-alikes stay silent."""

from __future__ import annotations

import keyword
from pathlib import Path

import pytest

from catalogue_code import Case, alike, declared, reading, spelt, taken, taken_alike, through_pyjnius, written
from privlint.discover import Candidate
from privlint.engine import analysis
from privlint.model.facts import Confidence, Observation
from privlint.model.rules import Api, Family, Sign
from privlint.rulebook.load import load

RULEBOOK = load(str(Path(__file__).parent.parent / "rules"))
CONTEXT = analysis.context("")
FAMILIES = [pytest.param(family, id=f"{family.platform}/{family.id}") for family in RULEBOOK.families]
JVM = [given for given in FAMILIES if not str(given.id).startswith("python/")]
SIGNS = [sign for family in RULEBOOK.families for sign in family.sign if sign.act != "mark"]
TYPICAL = {kind: next(sign for sign in SIGNS if sign.kind == kind) for kind in sorted({sign.kind for sign in SIGNS})}


@pytest.mark.parametrize("family", FAMILIES)
def test_written_lines(family: Family) -> None:
    wrong = []
    entries: tuple[Api | Sign, ...] = (*family.api, *family.sign)
    for entry in entries:
        name = _name(entry)
        case = written(family, entry, "fires", name)
        if not any(_says(found, entry, family) for found in observed(case)):
            wrong.append(_failure(case))
        case = written(family, entry, "silent", name)
        if any(not set(found.data).isdisjoint(entry.data) for found in observed(case)):
            wrong.append(_failure(case))
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("family", JVM)
def test_every_member_in_every_spelling(family: Family) -> None:
    wrong = [
        _failure(case)
        for api in _plain(family)
        for case in spelt(api)
        if not any(_says(found, api, family) for found in observed(case))
    ]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("family", JVM)
def test_every_class_that_is_made_or_extended(family: Family) -> None:
    wrong = []
    for api in family.api:
        if api.kind in {"constructor", "override", "subclass"} and not api.when:
            for case in declared(api):
                speaks = any(_says(found, api, family) for found in observed(case))
                if speaks == ("own class" in case.name):
                    wrong.append(_failure(case))
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("family", JVM)
def test_own_classes_of_the_same_name(family: Family) -> None:
    wrong = [_failure(case) for api in _plain(family) for case in alike(api) if observed(case)]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("family", JVM)
def test_classes_reached_from_python(family: Family) -> None:
    classes = [api for api in _plain(family) if api.owner.rpartition(".")[2][:1].isupper()]
    cases = [(api, through_pyjnius(api)) for api in classes if not all(map(keyword.iskeyword, api.members))]
    wrong = [_failure(case) for api, case in cases if not any(_says(found, api, family) for found in observed(case))]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("family", JVM)
def test_every_constant_and_value(family: Family) -> None:
    signs = [(sign, case) for sign in family.sign for case in taken(sign)]
    wrong = [_failure(case) for sign, case in signs if not any(_says(found, sign, family) for found in observed(case))]
    wrong += [_failure(case) for sign in family.sign for case in taken_alike(sign) if observed(case)]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("family", JVM)
def test_every_reader(family: Family) -> None:
    wrong = []
    for reader in family.reader:
        sign = TYPICAL[reader.reads]
        for case in reading(reader, sign):
            kind = "mark" if reader.act == "mark" else sign.act
            if not any(found.data == sign.data and found.kind == kind for found in observed(case)):
                wrong.append(_failure(case))
    assert not wrong, "\n\n".join(wrong)


def observed(case: Case) -> tuple[Observation, ...]:
    """What one file says, without uses that are known by their name only and without fields of models."""
    candidate = Candidate(case.path, case.language)
    result = analysis.analyse_bytes(candidate, case.text.encode(), CONTEXT).result
    found = result.observations if result is not None else ()
    return tuple(one for one in found if one.confidence > Confidence.NAME_ONLY and one.kind != "field")


def _plain(family: Family) -> list[Api]:
    return [api for api in family.api if api.kind in {"call", "property"} and not api.when]


def _says(found: Observation, entry: Api | Sign, family: Family) -> bool:
    return found.data == entry.data and found.family == family.id and found.kind == entry.act


def _name(entry: Api | Sign) -> str:
    what = ", ".join(entry.members or (entry.values if isinstance(entry, Sign) else ()))
    return f"{entry.owner} [{what}]"


def _failure(case: Case) -> str:
    found = [f"{one.kind} {', '.join(one.data)} ({one.symbol})" for one in observed(case)]
    return f"{case.name}\n{case.text}-> {'; '.join(found) or 'nothing'}"
