"""What the Kotlin adapter makes of each construct, of what the grammar misreads, and of code that nests too deeply."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privlint.languages.kotlin import extract
from privlint.model import code
from show_code import show, show_file


def file(source: str, words: set[str] | None = None) -> code.SourceFile:
    return extract(source.encode(), None if words is None else frozenset(words))


def body(statements: str) -> str:
    """The records of some statements, shown."""
    result = file(f"fun f() {{\n{statements}\n}}\n")
    assert not result.broken
    (function,) = result.items
    assert isinstance(function, code.Function)
    return show(function.body)[1:-1]


PARTS = ["class A ", "{", "}", "fun f(", ")", "=", "@A ", "val x", "\n", '"$a"', " by ", "<", ">", "é", "when ", "->"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("package a.b", "package a.b"),
        ('@file:Suppress("x")', '@Suppress("x")'),
        ("import a.B", "import a.B"),
        ("import a.B as C", "import a.B as C"),
        ("import a.*", "import a.*"),
        ("import a.`in`.B", "import a.in.B"),
        ("class A", "class A {}"),
        ("open class A<T : B, U>(x: Int, private val y: C? = null, var z: D) : E<T>(x), F",
         "open class A<T<B>, U>(var x: Int, var y: C = null, var z: D): E<T>, F(x) {}"),
        ("class A @Inject constructor(val b: B)", "@Inject class A(var b: B) {}"),
        ("class A<T> where T : B, T : C", "class A<T<B>> {}"),
        ("interface A { fun f(); val x: B }", "interface A {fun f(); val x: B}"),
        ("fun interface A { fun f() }", "interface A {fun f()}"),
        ('data class A(@B("c") val d: E)', 'data data A(@B("c") var d: E) {}'),
        ("enum class A(val x: Int) { B(1), C(2) { override fun f() = 3 }; fun g() {} }",
         "enum enum A(var x: Int) {static val B = new ?(1); static val C = new ?(2) "
         "class {override expression fun f() {3}}; fun g() {}}"),
        ("annotation class A", "annotation annotation A {}"),
        ('object A : B() { const val C = "d" }', 'object A: B {static val C = "d"}'),
        ("class A { companion object { val B = 1 } }", "class A {companion Companion {val B = 1}}"),
        ("class A { companion object C : D }", "class A {companion C: D {}}"),
        ("sealed interface A { data object B : A }", "sealed interface A {data object B: A {}}"),
        ("class A { init { f() } }", "class A {{f()}}"),
        ("class A(x: Int) { constructor() : this(1) { f() } }", "class A(var x: Int) {fun <init>() {this(1); f()}}"),
        ("class A : B { constructor(x: Int) : super(x) }", "class A: B {fun <init>(x: Int) {super(x)}}"),
        ("class A(b: B) : B by b { fun f() {} }", "class A(var b: B): B {fun f() {}}"),
        ("typealias A = B<C>", "alias A = B<C>"),
        ("fun f() {}", "fun f() {}"),
        ("suspend fun <T : B> C.f(x: Int = 1, @D vararg y: E): F = g()",
         "suspend expression fun C.f<T<B>>(x: Int = 1, @D y: E): F {g()}"),
        ("fun <T> f(x: T): T where T : A = x", "expression fun f<T<A>>(x: T): T {x}"),
        ("context(a: A) fun f() = a.x", "expression fun f(a: A) {a.x}"),
        ("fun f(x: (a: B, C) -> D, y: E.() -> F) {}", "fun f(x: ?<B, C, D>, y: ?<E, F>) {}"),
        ("val a: B = c", "val a: B = c"),
        ("val a by lazy { b }", "val a by lazy(() -> {b})"),
        ("val a get(): B { return c }", "val a: B get {return c}"),
        ("val A.b get() = this.c", "val A.b get {this.c}"),
        ("lateinit var a: B", "var a: B"),
        ("fun `a b`() {}", "fun a b() {}"),
        ("var a: B\n    get() = c\n    set(v) { f(v) }", "var a: B get {c}\nfun <set>(v: B) {f(v)}"),
        ("val (a, b) = c", "val <13> = c\nval a = <13>.component1()\nval b = <13>.component2()"),
        ("val `is` = 1", "val is = 1"),
    ],
)  # fmt: skip
def test_declarations(source: str, expected: str) -> None:
    result = file(source + "\n")
    assert not result.broken
    assert show_file(result) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x.y", "x.y"),
        ("x?.y", "x.y"),
        ("x!!.y", "x.y"),
        ("this.x", "this.x"),
        ("this@A.x", "this@A.x"),
        ("super.x()", "super.x()"),
        ("`is`.x", "is.x"),
        ("1L", "1"),
        ("0x1F", "31"),
        ("1.5f", '"1.5f"'),
        ("true", "true"),
        ("null", "null"),
        ("'a'", "group()"),
        ('"a"', '"a"'),
        ('"a$b c${d.e}f"', 'text("a", b, " c", d.e, "f")'),
        ('"""a$b"""', 'text("a", b)'),
        ('$$"a $b"', 'text("a ", b)'),
        ('a + b + "c"', 'text(a, b, "c")'),
        ("a - b", "group(a, b)"),
        ("f(x, y = z, *w)", "f(x, y=z, w)"),
        ("f<A>(x)", "f<A>(x)"),
        ("f<A.B>(x)", "f<A.B>(x)"),
        ("f(x) { y }", "f(x, () -> {y})"),
        ("f { a, (b, c) -> d }", "f((a, <17>) -> {var b = <17>.component1(); var c = <17>.component2(); d})"),
        ("f { a: B -> c }", "f((a: B) -> {c})"),
        ("a.f { it }", "a.f(() -> {it})"),
        ("l@ { x }", "() -> {x}"),
        ("fun(x: A): B { return x }", "(x: A) -> {return x}"),
        ("object : A(x), B { val c = 1 }", "new A(x) object: A, B {val c = 1}"),
        ("object { val c = 1 }", "new ?() object {val c = 1}"),
        ("A::class", "A.class"),
        ("A::class.java", "A.class"),
        ("a::b", "a::b"),
        ("::b", "::b"),
        ("x as A", "(x as A)"),
        ("x as? A<B>", "(x as A<B>)"),
        ("x is A", "(x is A)"),
        ("x !is A", "(x !is A)"),
        ("x == y", "==(x, y)"),
        ("x != y", "!=(x, y)"),
        ("a && b || !c", "((a and b) or not c)"),
        ("a ?: b", "(none ? a : b)"),
        ("a..b", "group(a, b)"),
        ("a in b", "group(a, b)"),
        ("a to b", "group(a, b)"),
        ("a[b, c]", "a[b, c]"),
        ("a[b] = c", "a[b] := c"),
        ("a = b", "a := b"),
        ("a += b", "group(a, b)"),
        ("a++", "group(a)"),
        ("listOf(a, b)", "list(a, b)"),
        ("arrayOf<A>(b)", "arrayOf<A>(b)"),
        ("if (a) b else c", "if a {b} else {c}"),
        ("if (a) { b } else if (c) { d }", "if a {b} else {if c {d}}"),
        ("when (x) { a, b -> c; is D -> e; !is F -> g; in h -> i; else -> j }",
         "when x {a, b -> {c}; (x is D) -> {e}; (x !is F) -> {g}; group(h) -> {i}; else -> {j}}"),
        ("when (val x = f()) { is A -> x.b }", "when x = f() {(f() is A) -> {x.b}}"),
        ("when { a -> b }", "when none {a -> {b}}"),
        ("for (x in y) f(x)", "for x in y {f(x)}"),
        ("for ((a, b) in c) { }", "for a, b in c {}"),
        ("for (x: A in y) { }", "for x: A in y {}"),
        ("while (a) { b }", "while a {b}"),
        ("do { a } while (b)", "while b {a}"),
        ("l@ for (a in b) { continue@l }", "for a in b {continue}"),
        ("for (a in b) { break }", "for a in b {break}"),
        ("try { a } catch (e: B) { c } finally { d }", "try {a} catch {var e: B; c} finally {d}"),
        ("throw a", "throw a"),
        ("return", "return"),
        ("return a", "return a"),
        ("return@f a", "return a"),
        ("val a: B = c", "val a: B = c"),
        ("val (a, b) = c", "val <23> = c; val a = <23>.component1(); val b = <23>.component2()"),
        ("var a by b", "var a by b"),
        ("fun f() { a }", "fun f() {a}"),
        ("class A", "class A {}"),
        ("@A val b = c", "@A val b = c"),
        ("@A f(x)", "f(x)"),
        ("@A for (x in y) { f(x) }", "{for x in y {f(x)}}"),
        ("if (a) b else for (x in y) { f(x) }", "if a {b} else {{for x in y {f(x)}}}"),
        ("if (a) b else while (c) { f(x) }", "if a {b} else {{while c {f(x)}}}"),
        ("a infix b", "a.infix(b)"),
        ("a.b<C>(d)?.e { f }", "a.b<C>(d).e(() -> {f})"),
        ('"\\n\\$"', '"\\n$"'),
    ],
)  # fmt: skip
def test_statements_and_expressions(source: str, expected: str) -> None:
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class A {\n    val a: S<B>\n        field = c\n}", "class A {val a: S<B> = c}"),
        ('@A("b")\n@C\nprivate fun f() = c', '@A("b") @C private expression fun f() {c}'),
        ("@A(B.C)\n@D(E.F)\nannotation class G", "@A(B.C) @D(E.F) annotation annotation G {}"),
        ('@N("a b c")\nobject O {\n}', '@N("a b c") object O {}'),
        ("class A(\n    @B value: Long,\n) : C(value) {\n}", "class A(@B var value: Long): C(value) {}"),
        ("fun f(a: @B (C.() -> D)) {\n}", "fun f(a: ?<C, D>) {}"),
        ("fun f(a: suspend (C.() -> D)) {\n}", "fun f(a: ?<C, D>) {}"),
        ("class A\n@B\ninternal constructor(\n    val c: D,\n) {\n    @E\n    constructor(f: F) : this(c = f)\n}",
         "class A(var c: D) {@E fun <init>(f: F) {this(c=f)}}"),
        ("fun f() {\n    g(h = { override = true }, m = 1)\n}", "fun f() {g(h=() -> {override := true}, m=1)}"),
        ("@A(x = [])\nclass B {\n}", '@A(x="") class B {}'),
        ("fun f(): A {\n    val b = c()\n    get(b)\n    return b\n}", "fun f(): A {val b = c(); get(b); return b}"),
        ("context(a: B, c: D.E)\nfun f(g: H) = a.x", "expression fun f(g: H, a: B, c: D.E) {a.x}"),
        ("@A\ncontext(a: B)\nprivate fun C.f() = a.x", "@A private expression fun C.f(a: B) {a.x}"),
        ("var A.b: C\n    get() =\n        d\n\n    @E(F.G)\n    set(h) {\n        i(h)\n    }",
         "var A.b: C get {d}\nfun <set>(h: C) {i(h)}"),
        ("val a = mapOf(\n    '（' to b,\n)", "val a = mapOf(group(group(), b))"),
        ("class A { companion object { val B = 1 } }", "class A {companion Companion {val B = 1}}"),
        ("class A(b: B) : C by b {\n    fun f() = d\n}", "class A(var b: B): C {expression fun f() {d}}"),
        ("fun f() = when (a) {\n    is B if a.c -> d\n    else if e -> g\n    else -> h\n}",
         "expression fun f() {when a {((a is B) and a.c) -> {d}; e -> {g}; else -> {h}}}"),
        ("val a = if (b) c<D>(e) else f<G.H> { i }", "val a = if b {c<D>(e)} else {f<G.H>(() -> {i})}"),
        ("val a = suspend { b }", "val a = () -> {b}"),
    ],
)  # fmt: skip
def test_what_the_grammar_misreads(source: str, expected: str) -> None:
    """In silence or as an error: the records are those of the language."""
    result = file(source + "\n")
    assert not result.broken
    assert show_file(result) == expected


@pytest.mark.parametrize(
    "source",
    [
        'fun f() = "a $wanted b ${wanted.x}"',
        "fun `wanted by nobody`() {}",
        "fun f() { g { return@wanted } }",
        "fun f(x: (wanted: A) -> B) {}",
        "fun <T> f(x: T) where T : wanted {}",
        "var a: B = c\n    set(wanted) {}",
        "class A\n    @wanted\n    constructor(val b: B)",
        "fun f(x: List<@wanted A>, y: @wanted () -> B) {}",
        "fun f() {\n    @wanted\n    g()\n}",
        "fun f() { a.b wanted@{ c } }",
    ],
)
def test_every_name_is_read(source: str) -> None:
    result = file(source + "\n", {"wanted"})
    assert not result.broken
    assert not result.lost


def test_names_in_a_text_stand_where_they_are_written() -> None:
    source = 'val a = "id: $name!"'
    (variable,) = file(source).items
    assert isinstance(variable, code.Variable)
    assert isinstance(variable.value, code.Template)
    name = variable.value.parts[1]
    assert source[name.start : name.end] == "name"


def test_a_function_without_a_wanted_word_is_not_read_inside() -> None:
    result = file("fun f() { a() }\nfun g() { wanted() }\nfun h() = a()\n", {"wanted"})
    assert show_file(result) == "fun f() …\nfun g() {wanted()}\nexpression fun h() {a()}"


def test_a_comment_that_ends_in_a_quote_is_a_comment() -> None:
    assert body('when (a) {\n1 -> b.c // "d"\n2 -> e // it\'s\n}') == "when a {1 -> {b.c}; 2 -> {e}}"


def test_a_lost_word_becomes_a_token() -> None:
    result = file("class A {\n    fun broken( = ) {\n    fun read() = a.wanted()\n}\n", {"wanted"})
    assert result.broken
    (token,) = result.lost
    assert (token.name, token.call, token.member) == ("wanted", True, True)


@pytest.mark.parametrize("opening", ["(", "f(", "a[", "{ ", "listOf(", "!(", "if (a) ", "a ?: ("])
def test_depth_ends_before_the_stack_does(opening: str) -> None:
    closing = "".join({"(": ")", "[": "]", "{": "}"}.get(mark, "") for mark in reversed(opening))
    result = file("fun f() {\n x = " + opening * 300 + "a.wanted()" + closing * 300 + "\n}\n", {"wanted"})
    assert "wanted" in show_file(result) or [token.name for token in result.lost] == ["wanted"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS)))
def test_nothing_raises(parts: list[str]) -> None:
    source = "".join(parts)
    result = file(source, {"x", "f", "A"})
    assert result.size == len(source.encode())
