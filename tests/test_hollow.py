"""Bodies that nobody looks into are blank before a file is parsed, and what is read of it stays the same."""

from __future__ import annotations

import pytest

from privlint import languages
from privlint.languages import hollow
from privlint.languages.prose import Prose
from privlint.languages.source import Source

LONG = "val aaaaaaaaaaaaaaaaaaaaaa = bbbbbbbbbbbbbbbbbbbbbbbbb(1)"
KOTLIN = [
    f"class A {{ fun f() {{ {LONG} }}\n fun g(x: T) {{ x.imei }} }}",
    f"fun f(x: () -> Unit = {{ }}): Map<String, Int>\n{{ {LONG} }}\nfun g() = imei",
    f"interface A {{ fun f(): Int\n fun g() {{ {LONG} }} }}",
    f'fun f() {{ val s = "}} ${{ if (a) "{{" else b }} {{"; {LONG} }}\nval x = imei',
    f"fun <T : Any> List<T>.f() where T : B {{ {LONG} }}\nfun g() {{ imei }}",
    f"fun (A).f() {{ {LONG} }}\nval x = fun(a: Int) {{ {LONG} }}",
    f"fun `a {{ b`() {{ {LONG} }}\nfun g() {{ imei }}",
    f"class A {{ init {{ {LONG} }}\n val x: Int get() {{ {LONG} }}\n constructor() {{ {LONG} }} }}",
    f"fun f() {{ object : B {{ override fun g() {{ {LONG} }}\n fun h() {{ imei }} }} }}",
    f"fun f() {{ '{{'; /* }} */ {LONG} // }}\n}}\nfun g() {{ imei }}",
    f"fun f() {{ {LONG}\n",
    f"fun f() }} {{ {LONG} }}",
    f"@A({{ 1 }}) fun f() {{ {LONG} }}",
    f"private inline fun f() {{ {LONG} }}\nsuspend fun g() {{ {LONG}; imei }}",
]
LINE = "int aaaaaaaaaaaaaaaaaaaaaaaaaaaa = bbbbbbbbbbbbbbbbbbbbbbbbbbbbb(1);"
JAVA = [
    f"class A {{ void f() {{ {LINE} }} void g(T x) {{ x.imei(); }} }}",
    f"class A {{ A() throws B, C {{ {LINE} }} static {{ {LINE} }} {{ {LINE} }} }}",
    f"enum A {{ X(1) {{ void f() {{ {LINE} }} }}, Y {{ }}; int z() {{ {LINE} imei(); }} void g() {{ {LINE} }} }}",
    f"class A {{ char c = '}}'; String s = \"{{\"; void f() {{ char d = '{{'; {LINE} }} int x = imei(); }}",
    f"class A {{ B b = new B() {{ void f() {{ {LINE} }} void g() {{ imei(); }} }}; int[] i = {{ 1, 2 }}; }}",
    f"class A {{ B b = () -> {{ {LINE} }}; @C({{1, 2}}) void f() {{ {LINE} }} }}",
    f"@interface A {{ int f() default 1; class B {{ void g() {{ {LINE} }} }} }}",
    f"record A(int x) {{ A {{ {LINE} }} void f() {{ {LINE} imei(); }} }}",
    f"class A {{ @B(x = 1) <T> T f() {{ {LINE} }} int y = new int[] {{ 1 }}[0]; }}",
    f"class A {{ void f() {{ {LINE} }}",
    f"class A {{ void f() {{ {LINE} }} }} }} class B {{ void g() {{ {LINE} }} }}",
    f"interface A {{ default void f() {{ {LINE} }} void g(); }}",
]
CASES = [("kotlin", text) for text in KOTLIN] + [("java", text) for text in JAVA]


@pytest.mark.parametrize(("language", "text"), CASES)
@pytest.mark.parametrize("word", ["imei", ".imei", "aaaaaaaaaaaaaaaaaaaaaa"])
def test_what_is_read_of_a_file_is_the_same(language, text, word, monkeypatch):
    words = frozenset({word})
    data = text.encode()
    found = languages.extract(language, data, words)
    monkeypatch.setattr(hollow, language, lambda text, _source, _prose: text)
    assert found == languages.extract(language, data, words)


@pytest.mark.parametrize(("language", "text"), [CASES[0], CASES[len(KOTLIN)]])
def test_a_body_without_a_wanted_word_is_blank(language, text):
    data = text.encode()
    words = frozenset({"imei"})
    blank = getattr(hollow, language)(data, Source(data, words), Prose(data, language))
    assert len(blank) == len(data)
    assert b"aaaa" not in blank
    assert b"imei" in blank
    every = getattr(hollow, language)(data, Source(data, None), Prose(data, language))
    assert every == data


def test_an_error_within_a_body_is_no_loss_where_no_word_stands():
    text = f"fun f() {{ {LONG} ) ) ( }}\nfun g() {{ imei }}"
    assert languages.extract("kotlin", text.encode(), frozenset({"imei"})).broken == ()
    assert languages.extract("kotlin", text.encode(), None).broken


def test_a_word_with_a_dot_counts_as_a_member_or_call_only():
    bodies = ("int type = 1; type++;", "x.type = 1;", "type();", "A::type;")
    text = (
        "class A {" + "".join(f" void {name}() {{ {body} }}" for name, body in zip("fghi", bodies, strict=True)) + " }"
    )
    (found,) = languages.extract("java", text.encode(), frozenset({".type"})).items
    assert [one.name for one in found.members if one.skipped] == ["f"]
    (found,) = languages.extract("java", text.encode(), frozenset({"type"})).items
    assert not any(one.skipped for one in found.members)
