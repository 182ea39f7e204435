"""What one file says of calls and conditions: routines, sites, and the regions in which a condition holds."""

from __future__ import annotations

import pytest

from privlint import flow, languages, observe
from privlint.model.flow import CREATE, LOAD, FileFlow


def read(language: str, text: str) -> FileFlow:
    data = text.encode()
    lines = observe.Lines("a", data)
    return flow.extract(languages.extract(language, data, None), "a", "pkg.mod", lines.place)


def holding(found: FileFlow, text: str, mark: str) -> set[tuple[str, bool]]:
    """The first word of each condition around a place, and whether it holds there."""
    offset = text.encode().index(mark.encode())
    return {(one.words[0], one.holds) for one in found.guards if one.start <= offset < one.end}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("if (a) MARK()", {("a", True)}),
        ("if (!a) MARK()", {("a", False)}),
        ("if (a) b() else MARK()", {("a", False)}),
        ("if (!a) return\nMARK()", {("a", True)}),
        ("if (a) { b() }\nMARK()", set()),
        ("if (a && !b) MARK()", {("a", True), ("b", False)}),
        ("if (a || b) return\nMARK()", {("a", False), ("b", False)}),
        ("if (a == false) MARK()", {("a", False)}),
        ("if (a != null) MARK()", {("a", True)}),
        ("if (!a.b()) MARK()", {("a", False)}),
        ("when { a -> b(); else -> MARK() }", {("a", False)}),
        ("when (a) { 1 -> MARK() }", {("a", True)}),
        ("val x = a ?: return\nMARK(x)", {("a", True)}),
        ("a && MARK()", {("a", True)}),
        ("while (a) { MARK() }", {("a", True)}),
    ],
)
def test_conditions_of_kotlin(body, expected):
    text = f"fun f() {{\n{body}\n}}\n"
    assert holding(read("kotlin", text), text, "MARK") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("if (!a) { return; } MARK();", {("a", True)}),
        ("if (a) { b(); } else { MARK(); }", {("a", False)}),
        ("int x = a ? MARK() : b();", {("a", True)}),
    ],
)
def test_conditions_of_java(body, expected):
    text = f"class A {{ int f() {{ {body} return 1; }} }}\n"
    assert holding(read("java", text), text, "MARK") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("if not a:\n        return\n    MARK()", {("a", True)}),
        ("if a:\n        b()\n    else:\n        MARK()", {("a", False)}),
    ],
)
def test_conditions_of_python(body, expected):
    text = f"def f():\n    {body}\n"
    assert holding(read("python", text), text, "MARK") == expected


def test_a_local_stands_for_what_it_was_made_of():
    found = read("kotlin", 'fun f(p: Prefs) {\n val ok = p.getBoolean("agreed", false)\n if (ok) go()\n}\n')
    assert "agreed" in next(one for one in found.guards if one.words[0] == "ok").words


def test_who_runs_a_site():
    found = read(
        "kotlin",
        "class A {\n val x = made()\n init { started() }\n companion object { val y = loaded() }\n"
        " fun f() { called(); post { later() } }\n val z by lazy { lazily() }\n}\n",
    )
    around = {site.member: found.routines[site.routine] for site in found.sites}
    assert around["made"].name == around["started"].name == CREATE
    assert around["loaded"].name == LOAD
    assert (around["called"].name, around["called"].owner) == ("f", "A")
    assert found.sites[around["later"].handed].member == "post"
    assert around["lazily"].name == "z"


@pytest.mark.parametrize(
    ("language", "text", "member", "owner"),
    [
        ("kotlin", "import a.b.C\nfun f() { C.go() }", "go", "a.b.C"),
        ("kotlin", "import a.b.C\nfun f(c: C) { c.go() }", "go", "a.b.C"),
        ("kotlin", "import a.b.C\nfun f() { val c = C(); c.go() }", "go", "a.b.C"),
        ("kotlin", "import a.b.C\nfun f() { C.getInstance().go() }", "go", "a.b.C"),
        ("kotlin", "package p\nclass A { fun f() { this.go() } }", "go", "p.A"),
        ("kotlin", "import a.b.C\nclass A(private val c: C) { fun f() { c.go() } }", "go", "a.b.C"),
        ("java", "import a.b.C; class A { C c; void f() { c.go(); } }", "go", "a.b.C"),
        ("java", "class A { void f() { a.b.C.go(); } }", "go", "a.b.C"),
        ("python", "from a.b import C\ndef f():\n    C().go()", "go", "a.b.C"),
        ("python", "import a\ndef f():\n    a.go()", "go", "a"),
    ],
)
def test_the_type_of_a_receiver(language, text, member, owner):
    found = read(language, text)
    assert next(site.owner for site in found.sites if site.member == member) == owner


def test_arguments_say_what_they_are():
    found = read("kotlin", 'fun f() { go(1, "text", flag = true, null, { it }, name) }')
    given = next(site.arguments for site in found.sites if site.member == "go")
    assert [(one.name, one.value) for one in given] == [
        ("", "1"),
        ("", "text"),
        ("flag", "true"),
        ("", "null"),
        ("", None),
        ("", None),
    ]
    assert given[4].routine >= 0
    assert given[5].words == ("name",)
