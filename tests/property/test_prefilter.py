"""The pre-filter never costs a finding: what the analysis of everything in every file reports, a run reports too."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue_code import taken, written
from privlint import engine, prefilter
from privlint.engine.analysis import How
from privlint.engine.keeping import Comparison
from privlint.model.facts import Confidence
from privlint.model.request import Request
from privlint.model.rules import Api, Family, Sign
from privlint.rulebook.compile import property_name
from privlint.rulebook.load import load

if TYPE_CHECKING:
    from privlint.model.catalogue import Evidence

ROOT = Path(__file__).parents[2]
RULES = load(str(ROOT / "rules"))
JVM = [family for family in RULES.families if family.platform != "python"]
USED = [
    api
    for family in JVM
    for api in family.api
    if api.kind in {"call", "property"} and not api.when and api.owner.rpartition(".")[2][:1].isupper() and api.members
]
SIGNS = [sign for family in JVM for sign in family.sign if sign.kind in {"uri", "key"}]
LINES = [(family, entry) for family in RULES.families for entry in (*family.api, *family.sign) if entry.fires]
NOISE = (
    "package own.noise\nfun trimmed(all: List<String>) = all.map { it.trim() }.filter { it.length > 2 }\n",
    "package own.noise\n// zip a, skip at: see https://example.org\nclass Kept(val id: Long, val name: String)\n",
    "package own.noise\nimport android.content.Intent\nfun go(there: Class<*>) = Intent(null, there)\n",
)
WAYS = ("import", "property", "alias", "wildcard", "inline", "field", "base", "helper property")
QUIET = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def observed(folder: str) -> set[tuple[object, ...]]:
    """What a run over a folder sees; uses that are known by nothing but a name are another matter."""
    session = engine.Session(Request(paths=(folder,), isolated=True, jobs=1, today="2026-01-01"))
    session.scan()
    return {
        (one.place.path, one.place.start, one.kind, one.data, one.symbol)
        for found in session.results.values()
        if found.result is not None
        for one in found.result.observations
        if one.confidence > Confidence.NAME_ONLY
    }


def everything(data: bytes, language: str, evidence: Evidence) -> prefilter.Look:
    """A look that finds every word of every file worth reading."""
    del language, evidence
    spelt = data.translate(prefilter.WORDS_APART)
    words = frozenset(word.decode("utf-8", "replace") for word in spelt.split())
    return prefilter.Look(True, False, words, spelt, frozenset())


def in_full(folder: str) -> set[tuple[object, ...]]:
    """What the analysis of everything sees, with nothing kept from one round to the next."""
    with (
        mock.patch.object(prefilter, "look", everything),
        mock.patch.object(Comparison, "holds", return_value=False),
        mock.patch.object(Comparison, "unless", return_value=How()),
    ):
        return observed(folder)


def assert_nothing_missed(files: dict[str, str]) -> set[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        full = in_full(folder)
        missed = full - observed(folder)
    assert not missed, "\n\n".join((str(missed), *files.values()))
    return full


def in_kotlin(api: Api, member: str, how: str) -> dict[str, str]:
    """One use of a member, with its class named in one of the ways that Kotlin has, or named in another file only."""
    package, _, simple = api.owner.rpartition(".")
    use = member if api.kind == "property" else f"{member}()"
    if api.kind == "call" and api.property and how.endswith("property") and property_name(member):
        use = property_name(member)
    imported = f"import {api.owner}\n"
    ways = {
        "import": {"A.kt": f"package own.app\n{imported}fun f(x: {simple}) = x.{use}\n"},
        "property": {"A.kt": f"package own.app\n{imported}fun f(x: {simple}) = x.{use}\n"},
        "alias": {"A.kt": f"package own.app\nimport {api.owner} as Other\nfun f(x: Other) = x.{use}\n"},
        "wildcard": {"A.kt": f"package own.app\nimport {package}.*\nfun f(x: {simple}) = x.{use}\n"},
        "inline": {"A.kt": f"package own.app\nfun f(x: {api.owner}) = x.{use}\n"},
        "field": {
            "A.kt": f"package own.app\n{imported}class Holder(val heldValue: {simple})\n",
            "B.kt": f"package own.app\nfun f(holder: Holder) = holder.heldValue.{use}\n",
        },
        "base": {
            "A.kt": f"package own.base\n{imported}open class Base {{ lateinit var heldValue: {simple} }}\n",
            "B.kt": f"package own.app\nimport own.base.Base\nclass Sub : Base() {{ fun f() = heldValue.{use} }}\n",
        },
        "helper property": {
            "A.kt": f"package own.app\n{imported}fun provided(): {simple} = TODO()\n",
            "B.kt": f"package own.app\nfun f() = provided().{use}\n",
        },
    }
    return {f"src/main/kotlin/own/{name}": text for name, text in ways[how].items()}


@QUIET
@given(st.data())
def test_a_member_however_its_class_is_named(data: st.DataObject) -> None:
    files: dict[str, str] = {}
    for number in range(data.draw(st.integers(1, 3))):
        api = data.draw(st.sampled_from(USED))
        made = in_kotlin(api, data.draw(st.sampled_from(api.members)), data.draw(st.sampled_from(WAYS)))
        for path, text in made.items():
            files[path.replace("own/", f"own{number}/")] = text.replace("own.", f"own{number}.")
    for number, text in enumerate(data.draw(st.lists(st.sampled_from(NOISE), unique=True))):
        files[f"src/main/kotlin/noise/N{number}.kt"] = text
    assert_nothing_missed(files)


@QUIET
@given(st.sampled_from(SIGNS), st.booleans(), st.data())
def test_a_sign_here_or_in_another_file(sign: Sign, elsewhere: bool, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from([one for one in taken(sign) if one.language == "kotlin"]))
    text = case.name.rpartition(" in ")[0]
    if not elsewhere or text not in case.text or "(" in text:
        assert_nothing_missed({case.path: case.text})
        return
    constant = f"package own.app\nobject Signs {{ const val TAKEN = {text} }}\n"
    user = case.text.replace(text, "Signs.TAKEN")
    assert_nothing_missed({"src/main/kotlin/own/Signs.kt": constant, case.path: user})


@QUIET
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.lists(st.sampled_from(NOISE), unique=True))
def test_the_lines_of_the_catalogue(lines: list[tuple[Family, Api | Sign]], noise: list[str]) -> None:
    files = {f"src/main/kotlin/noise/N{number}.kt": text for number, text in enumerate(noise)}
    for number, (family, entry) in enumerate(lines):
        case = written(family, entry, "fires", "case")
        files[case.path.replace("Case", f"part{number}/Case")] = case.text
    assert assert_nothing_missed(files)


EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())
GIVEN = [Path(path) for path in os.environ.get("PRIVLINT_TREES", "").split(os.pathsep) if path]


@pytest.mark.parametrize("tree", [pytest.param(path, id=path.name) for path in (*EXAMPLES, *GIVEN)])
def test_whole_apps(tree: Path) -> None:
    assert in_full(str(tree)) <= observed(str(tree))
