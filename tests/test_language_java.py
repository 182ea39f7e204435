"""What the Java adapter makes of each construct, of broken code, and of code that nests too deeply."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privlint.languages.java import extract
from privlint.model import code
from show_code import show, show_file


def file(source: str, words: set[str] | None = None) -> code.SourceFile:
    return extract(source.encode(), None if words is None else frozenset(words))


def body(statements: str) -> str:
    """The records of some statements, shown."""
    result = file(f"class A {{ void f() {{ {statements} }} }}")
    assert not result.broken
    (outer,) = result.items
    assert isinstance(outer, code.Class)
    (method,) = outer.members
    assert isinstance(method, code.Function)
    return show(method.body)[1:-1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("package a.b;", "package a.b"),
        ("@A package a;", "package a\n@A"),
        ("import a.B;", "import a.B"),
        ("import a.b.*;", "import a.b.*"),
        ("import static a.B.c;", "import static a.B.c"),
        ("import static a.B.*;", "import static a.B.*"),
        ("class A {}", "class A {}"),
        ("public final class A<T extends B & C, U> {}", "public final class A<T<B, C>, U> {}"),
        ("class A extends a.B<C> implements D, E {}", "class A: a.B<C>, D, E {}"),
        ("sealed interface A extends B, C permits D {}", "sealed interface A: B, C {}"),
        ("interface A { int X = 1; void f(); default int g() { return X; } }",
         "interface A {static val X: int = 1; fun f(): void; default fun g(): int {return X}}"),
        ("enum A implements B { C, D(1) { void f() {} }; int x; A(int y) {} }",
         "enum A: B {static val C = new ?(); static val D = new ?(1) class {fun f(): void {}}; "
         "var x: int; fun <init>(y: int) {}}"),
        ("record A<T>(int b, @C String d) implements E { A { f(); } static int g; }",
         "record A<T>(val b: int, @C val d: String): E {fun <init>() {f()}; static var g: int}"),
        ("@interface A { int b() default 1; String[] c(); }",
         "annotation A {fun b(): int {1}; fun c(): Array<String>}"),
        ("class A { class B {} static class C { enum D {} } }",
         "class A {class B {}; static class C {enum D {}}}"),
        ("class A { static final int X = 1; private String y, z[] = {}; }",
         "class A {static val X: int = 1; var y: String; var z: Array<String> = list()}"),
        ("class A { { f(); } static { g(); } }", "class A {{f()}; {g()}}"),
        ("class A { A() { this(1); } A(int x) { super(x); } }",
         "class A {fun <init>() {this(1)}; fun <init>(x: int) {super(x)}}"),
        ("class A { @Override public <T> T f(final @B int x, C... y) throws D, E { return null; } }",
         "class A {@Override override public fun f<T>(@B x: int, y: Array<C>): T {return null}}"),
        ("class A { abstract void f(A this, int[] x); }", "class A {abstract fun f(x: Array<int>): void}"),
        ("@A(1) @B(c = \"d\", e = {F.g, 2}) @H(@I) class J {}",
         '@A(1) @B(c="d", e=list(F.g, 2)) @H(new I()) class J {}'),
        ("class A { Map<String, List<? extends B>> x; a.b.C<D>.E<F> y; List<?> z; @G H i; }",
         "class A {var x: Map<String, List<B>>; var y: a.b.C.E<F>; var z: List<?>; @G var i: H}"),
        ("void main() { f(); } int x = 1;", "fun main(): void {f()}\nvar x: int = 1"),
        ("@A open module a.b { requires transitive c; exports d to e; uses f.G; provides h.I with j.K; }", ""),
    ],
)  # fmt: skip
def test_declarations(source: str, expected: str) -> None:
    result = file(source)
    assert show_file(result) == expected
    assert result.broken == ()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("int a = 1, b;", "var a: int = 1; var b: int"),
        ("final var a = f();", "val a = f()"),
        ("android.telephony.TelephonyManager tm = (TelephonyManager) get(\"phone\");",
         'var tm: android.telephony.TelephonyManager = (get("phone") as TelephonyManager)'),
        ("x = (A & B) y;", "x := (y as A)"),
        ("a.b().c(1, d).e.f();", "a.b().c(1, d).e.f()"),
        ("android.provider.Settings.Secure.getString(r, ANDROID_ID);",
         "android.provider.Settings.Secure.getString(r, ANDROID_ID)"),
        ("this.x = this.<T>f(); super.g(); B.super.h(); A.this.y(); x.B.this.z();",
         "this.x := this.f<T>(); super.g(); super.h(); this@A.y(); this@B.z()"),
        ("new B<>(1); new a.B() { int x; }; y.new C(); y().new C();",
         "new B(1); new a.B() class: a.B {var x: int}; new C(); group(y(), new C())"),
        ("x = new int[n()][]; x = new int[] {1, 2}; int[] y = {3, {4}};",
         "x := group(n()); x := list(1, 2); var y: Array<int> = list(3, list(4))"),
        ("a[1][b] = ~c;", "a[1][b] := group(c)"),
        ("f(A::b, this::c, super::d, A::new, int[]::new, a.b.C::<T>d, List<A>::size);",
         "f(A::b, this::c, super::d, A::new, Array::new, a.b.C::d, List::size)"),
        ("f(A.class, int[].class, a.b.C.class);", "f(A.class, Array<int>.class, a.b.C.class)"),
        ("f(() -> {}, x -> g(x), (y, z) -> y, (int a, final var b) -> { return a; });",
         "f(() -> {}, (x) -> {g(x)}, (y, z) -> {y}, (a: int, b) -> {return a})"),
        ("x = a ? b : c ? d : e;", "x := (a ? b : (c ? d : e))"),
        ("x = !a && b && (c || d); y = e == null; z = f != 1;",
         "x := (not a and b and (c or d)); y := ==(e, null); z := !=(f, 1)"),
        ("x += 1; y++; --z;", "group(x, 1); group(y); group(z)"),
        ("x = \"a\" + b + 'c' + 1; y = 1 + 2; z = a + b - c + \"px\"; w = a * b / c; v = A | B | c;",
         'x := text("a", b, "c", 1); y := group(1, 2); z := text(group(a, b, c), "px"); w := group(a, b, c); '
             "v := |(A, B, c)"),
        ("if (x instanceof A) {} if (x instanceof final A a && !(x instanceof B b)) {}",
         "if (x is A) {}; if ((x is A a) and not (x is B b)) {}"),
        ("if (x instanceof P(int a, Q(var b, _))) {}",
         "if ((x is P) and (group() is int a) and (group() is Q) and (group() is ? b)) {}"),
        ("if (a) b(); else if (c) { d(); } else e();", "if a {b()} else {if c {d()} else {e()}}"),
        ("for (int i = 0, j; i < n; i++, f()) g();",
         "{var i: int = 0; var j: int; while group(i, n) {g(); group(i); f()}}"),
        ("for (;;) { break; } for (final A a : b) c(a);", "while none {break}; for a: A in b {c(a)}"),
        ("while (a()) b(); do { c(); } while (d);", "while a() {b()}; while d {c()}"),
        ("try (var a = b(); c; this.d) { e(); } catch (F | G h) { i(); } catch (J k) {} finally { l(); }",
         "try {val a = b(); c; this.d; e()} catch {val h; i()} catch {val k: J} finally {l()}"),
        ("synchronized (a) { b(); } c: for (;;) { continue c; } assert d : e(); ; throw new F(); ",
         "{a; b()}; while none {continue}; group(d, e()); throw new F()"),
        ("class B { int x; } record C(int y) {}", "class B {var x: int}; record C(val y: int) {}"),
        ("switch (x) { case 1: case A: f(); break; case 2: default: g(); }",
         "when x {1, A -> {f(); break}; 2 -> {}; else -> {g()}}"),
        ("y = switch (x) { case A, B -> 1; case C -> { f(); yield 2; } default -> throw new D(); };",
         "y := when x {A, B -> {1}; C -> {f(); 2}; else -> {throw new D()}}"),
        ("switch (x) { case A a when a.b() -> c(); case P(int d) -> e(); case F _ -> g(); case null, default -> h(); }",
         "when x {((x is A a) and a.b()) -> {c()}; ((x is P) and (group() is int d)) -> {e()}; "
         "(x is F) -> {g()}; null -> {}; else -> {h()}}"),
        ("x = STR.\"a \\{b.c()} d\";", 'x := text("a ", b.c(), " d")'),
        ("int _ = f(); g(_ -> 1);", "var _: int = f(); g((_) -> {1})"),
    ],
)  # fmt: skip
def test_statements_and_expressions(source: str, expected: str) -> None:
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r'"a\n\t\"\\\101\u4e2d\s"', 'a\n\t"\\A中 '),
        (r"'\''", "'"),
        ('"""\n      a "b" \\\n      c\n\n        d\n      """', 'a "b" c\n\n  d\n'),
        ('"""\n  a\n    b"""', "a\n  b"),
        ("0x1F", 31),
        ("0b101L", 5),
        ("017", 15),
        ("1_000", 1000),
        ("-2", -2),
        ("1.5e3f", 1500.0),
        ("0x1p3", 8.0),
        ("09", 0),
        ("true", True),
        ("null", None),
    ],
)
def test_literals(source: str, expected: object) -> None:
    result = file(f"class A {{ Object x = {source}; }}").items[0]
    assert isinstance(result, code.Class)
    field = result.members[0]
    assert isinstance(field, code.Variable)
    assert isinstance(field.value, code.Literal)
    assert (field.value.value, type(field.value.value)) == (expected, type(expected))


def test_a_long_ladder_is_flat() -> None:
    ladder = " else ".join(f"if (x == {number}) f();" for number in range(300))
    assert body(ladder + " else g();").startswith("when none {==(x, 0) -> {f()}; ==(x, 1) -> {f()};")


def test_regions_are_those_of_the_name() -> None:
    source = "class A { a.B c = d.e().f; void g(int h) { i::j; new k.L<M>(); this(); } }"
    found = {source[item.start : item.end] for item in records(file(source)) if item.start < item.end}
    assert {"A", "B", "c", "e", "f", "g", "h", "j", "L", "M", "this"} <= found


def test_bodies_without_a_wanted_word_are_skipped() -> None:
    result = file("class A { void f() { imei(); } void g(int x) { h(); } A() {} int y = z(); }", {"imei"})
    assert show_file(result) == (
        "class A {fun f(): void {imei()}; fun g(x: int): void …; fun <init>() …; var y: int = z()}"
    )


def test_long_tables_without_a_wanted_word_stay_unread() -> None:
    table = "class A { int[] x = {" + "1, " * 1000 + "}; int[] y = {" + "2, " * 1000 + "IMEI}; }"
    first, second = file(table, {"IMEI"}).items[0].members
    assert (len(first.value.parts), len(second.value.parts)) == (0, 1001)


def test_comments_that_speak_to_privlint() -> None:
    result = file("class A { // privlint: ignore[PRV101] reason\n int x; /* other */ }")
    assert [comment.text for comment in result.comments] == ["privlint: ignore[PRV101] reason"]


def test_words_in_comments_and_strings_are_not_lost() -> None:
    assert file('class A { /* imei */ String x = "imei"; } // imei', {"imei"}).lost == ()


def test_an_error_gives_up_only_what_it_must() -> None:
    source = "class A { void f() { tm.getImei(; } void g() { x.imei(); } ) int y; }"
    result = file(source, {"getImei", "imei"})
    assert result.broken
    assert {(token.name, token.call, token.member) for token in result.lost} == {("getImei", True, True)}
    assert "x.imei()" in show_file(result)


@pytest.mark.parametrize(
    "source", ["class A { void f( { a.imei(); }", "class A { int imei ) = ; }", "imei", "( imei ("]
)
def test_a_wanted_word_is_read_or_lost(source: str) -> None:
    result = file(source, {"imei"})
    at = source.index("imei")
    read = {item.start for item in records(result) if not isinstance(item, code.Token)}
    assert at in read or [token.start for token in result.lost] == [at]


WRAPPERS = {
    "and": ("a && (b || ", ")"),
    "anonymous": ("new A() { void f() { g(", "); } }"),
    "array": ("{", "}"),
    "assign": ("a = ", ""),
    "call": ("f(", ")"),
    "cast": ("(A) ", ""),
    "chain": ("", ".a(1)"),
    "index": ("a[", "]"),
    "lambda": ("() -> ", ""),
    "lambda block": ("() -> { a = ", "; }"),
    "not": ("!", ""),
    "switch": ("switch (a) { default -> ", "; }"),
    "ternary": ("a ? b : ", ""),
}


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS.keys())
@pytest.mark.parametrize("count", [1_000, 20_000])
def test_what_nests_too_deeply_is_left_to_the_lexical_pass(wrapper: tuple[str, str], count: int) -> None:
    opening, closing = wrapper
    source = "class A { Object x = " + opening * count + "tm.imei()" + closing * count + "; int y = z.imei(); }"
    result = file(source, {"imei"})
    assert result.lost[0].name == "imei"
    assert result.broken
    assert max(depth for depth in depths(result)) < 400


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("if (a) {", "}"),
        ("for (;;) ", ""),
        ("try {", "} finally {}"),
        ("switch (a) { case 1:", "}"),
        ("{", "}"),
        ("a: ", ""),
    ],
)
def test_statements_that_nest_too_deeply(opening: str, closing: str) -> None:
    result = file("class A { void f() { " + opening * 1_000 + "tm.imei();" + closing * 1_000 + " } }", {"imei"})
    assert [token.name for token in result.lost] == ["imei"]


def test_long_flat_expressions_are_read_whole() -> None:
    source = "class A { Object x = a" + " + b" * 5_000 + "; boolean y = c" + " && d" * 5_000 + "; }"
    first, second = file(source).items[0].members
    assert (len(first.value.parts), len(second.value.operands)) == (5_001, 5_001)


SAMPLE = """package a; import b.C; @D class E<F> extends G implements H {
static final String I = "j" + 'k'; int[] l = {1};
E(int m) { super(m); } <N> N o(P<?>... q) throws R { if (s instanceof T u && !v) { w.x(y -> z, A::new); }
for (var b : c) switch (b) { case D e -> f(); default -> { yield 1; } }
try (g) { h[0]++; } catch (I | J k) {} return (L) m; } }
"""


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 4), st.sampled_from([*"(){}[];,.<>\"'@:?", "->", "深"]))
    )
)
def test_damaged_code_never_fails(damages: list[tuple[int, int, str]]) -> None:
    source = SAMPLE
    for place, length, text in damages:
        source = source[:place] + text + source[place + length :]
    data = source.encode()
    result = extract(data, None)
    assert result.size == len(data)
    assert all(0 <= item.start <= item.end <= len(data) for item in records(result))


@given(st.binary(max_size=300))
def test_no_bytes_fail(data: bytes) -> None:
    extract(data.decode("utf-8", "replace").encode(), frozenset({"a"}))


def records(item: object) -> list[code.Node]:
    """Every record with a region inside another, itself included."""
    found, stack = [], [item]
    while stack:
        current = stack.pop()
        if isinstance(current, tuple):
            stack.extend(current)
        elif hasattr(current, "__struct_fields__"):
            stack.extend(getattr(current, name) for name in current.__struct_fields__)
            if isinstance(current, code.Node):
                found.append(current)
    return found


def depths(item: object) -> list[int]:
    """How many records lie around each record."""
    found, stack = [], [(item, 0)]
    while stack:
        current, depth = stack.pop()
        if isinstance(current, tuple):
            stack.extend((part, depth) for part in current)
        elif hasattr(current, "__struct_fields__"):
            found.append(depth)
            stack.extend((getattr(current, name), depth + 1) for name in current.__struct_fields__)
    return found
