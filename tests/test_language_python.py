from __future__ import annotations

import pytest

from privlint.languages import extract
from privlint.model import code
from show_code import show


def read(source: str, *words: str) -> code.SourceFile:
    return extract("python", source.encode(), frozenset(words) if words else None)


def lines(source: str) -> list[str]:
    return [show(item) for item in read(source).items]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a", ["import a"]),
        ("import a.b as c, d", ["import a.b as c", "import d"]),
        ("import a.b", ["import a", "import a.b as a.b"]),
        ("from a.b import c as d, e", ["import a.b.c as d", "import a.b.e"]),
        ("from a import (\n    b,\n    c,\n)", ["import a.b", "import a.c"]),
        ("from . import x", ["import .x"]),
        ("from ..p.q import x as y", ["import ..p.q.x as y"]),
        ("from m import *", ["import m.*"]),
        ("from .m import *", ["import .m.*"]),
        ("try:\n    import a\nexcept ImportError:\n    import b as a", ["import a", "import b as a"]),
        ("if x:\n    from a import b", ["import a.b"]),
        ("class A:\n    from a import b", ["import a.b"]),
    ],
)
def test_imports_of_the_module(source: str, expected: list[str]) -> None:
    assert [show(item) for item in read(source).imports] == expected


def test_an_import_in_a_function_stands_in_its_body() -> None:
    file = read("def f():\n    from plyer import gps\n    gps.start()")
    assert file.imports == ()
    assert show(file.items) == "fun f() {import plyer.gps; gps.start()}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1", ["var x = 1"]),
        ("KEY = 'k'", ['val KEY = "k"']),
        ("x = 1\nx = 2", ["var x = 1", "x := 2"]),
        ("x: int", ["var x: int"]),
        ("x = y = f()", ["var y = f()", "var x = y"]),
        ("a, b = 1, 2", ["var a = 1", "var b = 2"]),
        ("a, *b = f()", ["f()", "var a", "var b"]),
        ("a, (b, c.d) = f()", ["f()", "var a", "var b", "c.d := group()"]),
        ("a.b = 1", ["a.b := 1"]),
        ("a.b: Foo = f()", ["a.b := (f() as Foo)"]),
        ("a[0] = 1", ["a[0] := 1"]),
        ("x += 'a'", ['x := +=("a")']),
        ("f(x := g())", ["f(x := g())"]),
        ("with f() as x, g():\n    x.y()", ["var x = f()", "g()", "x.y()"]),
        ("with f() as (x, y.z):\n    pass", ["f()", "var x", "y.z := group()"]),
        ("for x in f():\n    g(x)\nelse:\n    h()", ["for x in f() {g(x)}", "h()"]),
        ("for k, v in f():\n    g(v)", ["for _ in f() {var k; var v; g(v)}"]),
        ("while f():\n    break", ["while f() {break}"]),
        ("async def f():\n    async for x in g():\n        await x", ["async fun f() {for x in g() {await(x)}}"]),
        ("def f():\n    global x\n    x = 1", ["fun f() {x := 1}"]),
        ("def f(x):\n    x = 1\n    y = 2", ["fun f(x) {x := 1; var y = 2}"]),
        ("class A:\n    x = 1\nx = 2", ["class A {var x = 1}", "var x = 2"]),
        ("type X = Foo", ["alias X = Foo"]),
    ],
)
def test_bindings(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Foo", "Foo"),
        ("a.b.Foo", "a.b.Foo"),
        ("Optional[Foo]", "Foo"),
        ("typing.Optional[a.Foo]", "a.Foo"),
        ("Foo | None", "Foo"),
        ("None | Foo", "Foo"),
        ("Foo | Bar", "Union<Foo, Bar>"),
        ("list[Foo]", "list<Foo>"),
        ("a.Map[str, Foo]", "a.Map<str, Foo>"),
        ("'Foo'", "Foo"),
        ("'Optional[a.Foo]'", "a.Foo"),
        ("'Foo | None'", "Foo"),
        ("'Foo' | None", "Foo"),
        ("list['Foo']", "list<Foo>"),
        ("ClassVar[Foo]", "Foo"),
        ("Mapped[Optional[str]]", "Mapped<str>"),
        ("Callable[[A], B]", "Callable<?<A>, B>"),
    ],
)
def test_types(written: str, expected: str) -> None:
    assert lines(f"x: {written}") == [f"var x: {expected}"]


def test_none_does_not_take_the_place_of_an_import() -> None:
    source = "try:\n    from plyer import gps\nexcept ImportError:\n    gps = None\n    other = None\n"
    assert lines(source) == ["try {} catch {var other = null}"]


def test_what_annotated_says_becomes_an_annotation() -> None:
    assert lines("x: Annotated[str | None, Form(max_length=3), 'note']") == ["@Form(max_length=3) var x: str"]
    assert lines("def f(x: Annotated[str, Query()]): pass") == ["fun f(@Query x: str) {}"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b.c(1, *d, e=2, **f)", "a.b.c(1, spread(d), e=2, spread(f))"),
        ("a(b)(c)[d].e", "a(b)(c)[d].e"),
        ("a[1:2, 3]", "a[group(1, 2), 3]"),
        ("f'a{x!r:>{w}}{{'", 'text("a", x, group(group(w)), "{")'),
        ("'a' f'b{c}'", 'text("a", "b", c)'),
        ("'a' 'b'", '"ab"'),
        ("'a' + b + 'c'", 'text("a", b, "c")'),
        ("'%s/%s' % (a, b)", 'text(a, "/", b)'),
        ("'%s' % a", "text(a)"),
        ("'{}-{x}{{'.format(a, x=b)", 'text(a, "-", b, "{")'),
        ("'{1}{0}'.format(a, b)", "text(b, a)"),
        ("r'\\d' + '\\n\\x41\\u00e9\\ud800'", 'text("\\\\d", "\\nAé\\\\ud800")'),
        ("x or y or z", "(x or y or z)"),
        ("not a and b", "(not a and b)"),
        ("a if b else c", "(b ? a : c)"),
        ("a == b", "==(a, b)"),
        ("a is not None", "is not(a, null)"),
        ("a < b < c", "group(a, b, c)"),
        ("isinstance(x, Foo)", "(x is Foo)"),
        ("isinstance(x, (Foo, a.Bar))", "((x is Foo) or (x is a.Bar))"),
        ("isinstance(x, kinds())", "isinstance(x, kinds())"),
        ("lambda x, y=1: x.z", "(x, y = 1) -> {x.z}"),
        ("[a, (b, c), {d}]", "list(a, list(b, c), list(d))"),
        ("{'a': b, **c}", 'dict("a", b, spread(c))'),
        ("[f(x) for x in y if z]", "comprehension({for x in y {if z {f(x)}}})"),
        ("{k: v for k, v in y}", "comprehension({for _ in y {var k; var v; group(k, v)}})"),
        ("any(x for x in y)", "any(comprehension({for x in y {x}}))"),
        ("(yield x)", "group(x)"),
        ("-1", "group(1)"),
        ("0x_1F", "31"),
        ("1.5", "1.5"),
        ("99999999999999999999", '"99999999999999999999"'),
    ],
)
def test_expressions(source: str, expected: str) -> None:
    assert lines(f"x = {source}") == [f"var x = {expected}"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from typing import cast\nx = cast(Foo, y)", "var x = (y as Foo)"),
        ("import typing\nx = typing.cast(Foo, y)", "var x = (y as Foo)"),
        ("from jnius import cast\nx = cast('a.B', y)", 'var x = cast("a.B", y)'),
    ],
)
def test_only_the_cast_of_typing_is_one(source: str, expected: str) -> None:
    assert lines(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if a:\n    b\nelif c:\n    d\nelse:\n    e", "if a {b} else {if c {d} else {e}}"),
        (
            "try:\n    a\nexcept E as e:\n    b\nexcept (F, G):\n    c\nelse:\n    d\nfinally:\n    f",
            "try {a; d} catch {var e: E; b} catch {c} finally {f}",
        ),
        ("match x:\n    case Foo(a=b) as c if d:\n        e", "when x {((x is Foo) and d) -> {var b; var c; e}}"),
        ("match x:\n    case 'a' | m.B:\n        c\n    case _:\n        d", 'when x {"a", m.B -> {c}; else -> {d}}'),
        (
            "match x:\n    case [a, *b] | {'k': c}:\n        d",
            'when x {group(), group("k") -> {var a; var b; var c; d}}',
        ),
        ("return", "return"),
        ("raise E(x) from y", "throw group(E(x), y)"),
        ("assert a, b", "a, b"),
        ("del a.b", "a.b"),
        ("print 'x', a.b", '"x", a.b'),
        ("'''a text that stands alone'''\nx.y()", "x.y()"),
    ],
)
def test_statements(source: str, expected: str) -> None:
    assert show(read(source).items) == expected


def test_functions() -> None:
    source = "def f(a, b: int, /, c=1, *args: int, d: str = 'x', **rest) -> List[int]:\n    return a"
    assert lines(source) == ['fun f(a, b: int, c = 1, args, d: str = "x", rest): List<int> {return a}']
    source = "class A:\n    @staticmethod\n    async def f(): ...\n    @a.b(1)\n    @property\n    def g(self): ..."
    assert lines(source) == [
        "class A {@staticmethod async static fun f() {}; @a.b(1) @property property fun g(self) {}}"
    ]


def test_classes() -> None:
    head = "@d(x=1)\nclass A(B, m.C[int], metaclass=M):\n    'doc'\n"
    source = head + "    x: str = F(1)\n    y = F()\n    f()\n    class Meta: pass"
    assert lines(source) == [
        "@d(x=1) class A: B, m.C<int>(metaclass=M) {var x: str = F(1); var y = F(); {f()}; class Meta {}}"
    ]
    assert lines("class A(with_metaclass(M, B)): pass") == ["class A: M, B {}"]


def test_a_region_is_the_name_token() -> None:
    source = "tm.é.getDeviceId ( 1 )\nclass A:\n    def f(self): pass"
    data = source.encode()
    call, made = read(source).items
    assert isinstance(call, code.Call)
    assert isinstance(made, code.Class)
    found = [data[item.start : item.end] for item in (call, call.callee, made, made.members[0])]
    assert found == [b"getDeviceId", b"getDeviceId", b"A", b"f"]
    assert data[slice(*made.extent)].startswith(b"class A")


def test_a_body_without_a_wanted_word_is_skipped() -> None:
    source = "def f():\n    a.b()\ndef g():\n    a.wanted()\nclass A:\n    def __init__(self):\n        self.x = R()\n"
    expected = "fun f() …, fun g() {a.wanted()}, class A {fun __init__(self) {self.x := R()}}"
    assert show(read(source, "wanted").items) == expected


def test_a_keyword_is_no_wanted_word() -> None:
    file = read("from a import b\ndef f():\n    from c import d\n", "from")
    assert file.lost == ()
    assert show(file.items) == "fun f() …"


def test_comments_that_speak_to_privlint() -> None:
    file = read("x = 1  # privlint: ignore[PRV201] because\n# other\ny = '# privlint: no'\n")
    assert [(item.text, item.start) for item in file.comments] == [("privlint: ignore[PRV201] because", 7)]


@pytest.mark.parametrize(
    "source",
    [
        "# wanted()\nx = 'wanted'\n'''\n# wanted\n'''\n",
        "x = f'wanted {a.wanted()} wanted {{wanted}}'",
        "x = b'wanted' + r'\\\\' 'wanted'",
        '"""\n# not a comment: """; x.wanted()',
        "@wanted.f(wanted=1)\nclass A(wanted.B, wanted=C): x: wanted = 1",
        "def f(wanted: wanted = wanted) -> wanted: pass",
        "import wanted.a as b\nfrom wanted import wanted as wanted",
        "match x:\n    case wanted.A(b=wanted) | wanted.B: pass",
        "global wanted\ndel wanted\n[wanted for wanted in wanted]",
        "def wanted[wanted](): pass\ntype wanted = wanted",
        "try: a\nexcept wanted as wanted: pass",
    ],
)
def test_every_word_in_good_code_is_read(source: str) -> None:
    file = read(source, "wanted")
    assert (file.lost, file.broken) == ((), ())


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("class A:\n    def f(self:\n        x = tm.wanted(\n    y", 1),
        ("x = " + "(" * 500 + "tm.wanted()" + ")" * 500, 1),
        ("x = " + "[" * 3000 + "tm.wanted()" + "]" * 3000, 1),
        ("x = " + "lambda: " * 3000 + "tm.wanted()", 1),
        ("x = tm.wanted()" + ".a()" * 3000, 1),
        ("".join(" " * depth + "if a:\n" for depth in range(300)) + " " * 300 + "tm.wanted()", 1),
    ],
)
def test_what_is_broken_or_too_deep_is_left_to_the_lexical_pass(source: str, lost: int) -> None:
    file = read(source, "wanted")
    assert [(token.name, token.call, token.member) for token in file.lost] == [("wanted", True, True)] * lost
    assert file.broken


@pytest.mark.parametrize(
    "opening", ["f(", "[", "f(x=[", "{1: ", "f(*[", "a[", "(a, ", "lambda: (", "not (", "-(", "[x for x in ("]
)
def test_depth_ends_before_the_stack_does(opening: str) -> None:
    closing = "".join({"(": ")", "[": "]", "{": "}"}.get(mark, "") for mark in reversed(opening))
    source = "class A:\n    x = 1\n    def f(self):\n        y = " + opening * 400 + "tm.wanted()" + closing * 400
    file = read(source, "wanted")
    assert show(file.items).startswith("class A {var x = 1; fun f(self) {var y = ")
    assert [token.name for token in file.lost] == ["wanted"]


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "'a' + " * 5000 + "tm.wanted()",
        "x = " + "a or " * 5000 + "tm.wanted()",
        "if a: b\n" + "elif c: d\n" * 2000 + "else: tm.wanted()",
        "x" + ".a()" * 55 + ".wanted()",
        "# note\n" * 4000 + "def f():\n" + "    # note\n" * 4000 + "    tm.wanted()",
    ],
)
def test_long_is_not_deep(source: str) -> None:
    file = read(source, "wanted")
    assert (file.lost, file.broken) == ((), ())


def test_a_byte_order_mark_and_odd_line_ends_move_nothing() -> None:
    for data in (b"\xef\xbb\xbfx.wanted()", b"# c\rx.wanted()\ry = 1\r", b"y = 1\r\nx.wanted()\r\n"):
        file = extract("python", data, frozenset({"wanted"}))
        call = next(item for item in file.items if isinstance(item, code.Call))
        assert data[call.start : call.end] == b"wanted"
        assert file.broken == ()


@pytest.mark.parametrize(
    "junk", [b"\x00", b"\xff\xfe", b"'''", b'f"{', b"}{" * 50, b"\\", b"@", b"match", b"\r\r\r", b"%s" * 99]
)
def test_bad_code_never_raises(junk: bytes) -> None:
    sound = b"def f(a):\n    x = tm.wanted()\n    return f'{x}'\n"
    for cut in range(0, len(sound), 3):
        extract("python", sound[:cut] + junk + sound[cut:], frozenset({"wanted"}))


def test_a_large_literal_without_a_wanted_word_is_not_read() -> None:
    table = ", ".join(str(number) for number in range(100))
    assert lines(f"x = [{table}]")[0].startswith("var x = list(0, 1")
    assert show(read(f"x = [{table}]", "wanted").items) == "var x = list()"
    assert show(read(f"x = [{table}, wanted]", "wanted").items).endswith("wanted)")
