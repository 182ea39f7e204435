"""Calls of many files as one: the worst cases come to an end, and say what was cut."""

from __future__ import annotations

from itertools import pairwise

import pytest

from privlint import link, rulebook
from privlint.link.vocabulary import parts
from privlint.model.flow import CREATE, FileFlow, Guard, Kind, Routine, Site, Target, Trace
from privlint.model.place import Place, Position

WORDS = rulebook.open_app_rules().calls
assert WORDS is not None
VOCABULARY = link.Vocabulary(WORDS)
STARTS = {"p.App": ("application",)}


def place(path: str, line: int = 1) -> Place:
    return Place(path, Position(line, 1), Position(line, 2))


def method(owner: str, name: str, *calls: tuple[str, str]) -> FileFlow:
    """A file with one class of one method that calls others."""
    path = f"{owner}.kt"
    at = place(path)
    sites = tuple(
        Site(10 + index, 11 + index, place(path, index + 2), called, "call", to, to.rpartition(".")[2])
        for index, (to, called) in enumerate(calls)
    )
    routine = Routine(name, owner, 0, 1_000_000, at, overrides=name == "onCreate", method=True, function=True)
    return FileFlow(path, "kotlin", "p", kinds=(Kind(owner),), routines=(routine,), sites=sites)


def search(target: str, *flows: FileFlow) -> Trace:
    """Who leads to the first routine of a file."""
    found = link.Search(VOCABULARY, STARTS)
    for one in flows:
        found.take(one)
    found.aim(Target("collect", "x", place(target), ("imei",)), 5)
    for _ in range(2000):
        if not found.wants():
            break
        found.follow()
    return found.result()


def test_a_way_of_six_calls_is_found_and_a_longer_one_is_not():
    def chain(length: int) -> Trace:
        names = ["p.App", *(f"p.C{index}" for index in range(length))]
        flows = [method("p.App", "onCreate", ("p.C0", "go"))]
        for one, after in pairwise([*names[1:], ""]):
            flows.append(method(one, "go", *([(after, "go")] if after else [])))
        return search(f"p.C{length - 1}.kt", *flows)

    assert len(chain(6).at_start[0].steps) == 7
    assert chain(7).at_start == ()
    assert chain(1000).at_start == ()


def test_mutual_recursion_ends():
    ring = [method(f"p.R{index}", "go", (f"p.R{(index + 1) % 50}", "go")) for index in range(50)]
    assert search("p.R0.kt", *ring).at_start == ()
    found = search("p.R0.kt", method("p.App", "onCreate", ("p.R47", "go")), *ring)
    assert [step.name for step in found.at_start[0].steps] == ["App.onCreate", "R47.go", "R48.go", "R49.go", "R0.go"]


def test_ten_thousand_callers_of_one_method_are_cut_and_it_is_said():
    callers = [method(f"p.C{index}", "run", ("p.Hub", "go")) for index in range(10_000)]
    found = search("p.Hub.kt", method("p.Hub", "go"), *callers)
    assert found.cut > 0
    assert found.at_start == ()


def test_a_class_of_another_package_with_the_same_name_is_another():
    assert search("p.Tool.kt", method("p.Tool", "go"), method("p.App", "onCreate", ("q.Tool", "go"))).at_start == ()
    assert search("p.Tool.kt", method("p.Tool", "go"), method("p.App", "onCreate", ("p.Tool", "go"))).at_start


def test_parts_of_names():
    assert parts("isAgreePrivacy") == {"is", "agree", "privacy"}
    assert parts("KEY_USER_AGREED") == {"key", "user", "agreed"}
    assert parts("hasURLPolicy2") == {"has", "url", "policy", "2"}


@pytest.mark.parametrize(
    ("words", "holds", "gates"),
    [
        (("isAgreePrivacy",), True, {"consent"}),
        (("isAgreePrivacy",), False, set()),
        (("needShowPrivacy",), False, {"consent"}),
        (("needShowPrivacy",), True, {"maybe"}),
        (("prefs", "getBoolean", "隐私"), True, {"consent"}),
        (("isFirstStart",), False, {"first"}),
        (("isFirstStart",), True, {"maybe"}),
        (("checkSelfPermission", "PERMISSION_GRANTED"), True, {"permission"}),
        (("isLoggedIn",), True, {"account"}),
        (("analyticsEnabled",), True, {"opted"}),
        (("prefs", "getBoolean", "geo", "false"), True, {"opted"}),
        (("intent", "hasExtra"), True, {"brought"}),
        (("SDK_INT",), True, set()),
        (("BuildConfig", "DEBUG"), True, {"debug"}),
        (("whatever",), True, {"maybe"}),
    ],
)
def test_what_a_condition_says(words, holds, gates):
    assert VOCABULARY.gates(Guard(words, holds, 0, 1)) == gates


@pytest.mark.parametrize(
    ("member", "under", "fate"),
    [
        ("post", "", "runs"),
        ("launch", "", "runs"),
        ("setOnClickListener", "", "waits"),
        ("Button", "onClick", "waits"),
        ("Column", "content", "runs"),
        ("registerForActivityResult", "", "waits"),
        ("PrivacyDialog", "onAgree", "agreed"),
        ("showPrivacyDialog", "onRefuse", "refused"),
        ("ensureConsent", "", "agreed"),
    ],
)
def test_when_a_lambda_runs(member, under, fate):
    assert VOCABULARY.handed(Site(0, 1, place("a"), member, "call"), under) == fate


def test_what_is_made_is_made():
    made = Site(10, 11, place("p.App.kt", 2), "Tool", "new", "p.Tool")
    app = method("p.App", "onCreate")
    app = FileFlow(app.path, "kotlin", "p", kinds=app.kinds, routines=app.routines, sites=(made,))
    tool = FileFlow(
        "p.Tool.kt",
        "kotlin",
        "p",
        kinds=(Kind("p.Tool"),),
        routines=(Routine(CREATE, "p.Tool", 0, 99, place("p.Tool.kt"), method=True),),
    )
    assert [step.name for step in search("p.Tool.kt", app, tool).at_start[0].steps] == ["App.onCreate", "Tool"]
