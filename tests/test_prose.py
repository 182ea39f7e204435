"""Comments and literals are told from code, in linear time, whatever the bytes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privlint.languages.prose import Prose, ascii_identifiers, blank_comments, prose

LANGUAGES = ("java", "kotlin", "python")

TOKENS = r"/* */ // # ' ` \ $ $$ ${ { } {{ }} ( ) [ ] : rb' t' x 深度 \N{ imei"
QUOTES = ('"', '"""', "'''", '$$"', 'f"', 'fr"""', "\n", "\r\n")
PIECES = st.sampled_from((*TOKENS.split(), *QUOTES))
SOURCES = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=60).map(lambda parts: "".join(parts).encode()))


def marked(source: str, language: str) -> str:
    """The source with its prose between « and »."""
    data = source.encode()
    position, parts = 0, []
    for start, end in prose(data, language):
        parts += [data[position:start], "«".encode(), data[start:end], "»".encode()]
        position = end
    return b"".join([*parts, data[position:]]).decode()


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("java", 'a // b "c"\nd', 'a «// b "c"»\nd'),
        ("java", "a /* b\n // */ c /** d **/ e", "a «/* b\n // */» c «/** d **/» e"),
        ("java", r'f("a \" // b", "") + g', r'f(«"a \" // b"», «""») + g'),
        ("java", r"""'"' + '\'' + 'a' + b""", r"""«'"'» + «'\''» + «'a'» + b"""),
        ("java", 'a """\n "b" \\""" \n""" c', 'a «"""\n "b" \\""" \n"""» c'),
        ("java", 'a "open\nb', 'a «"open»\nb'),
        ("java", "a /* open", "a «/* open»"),
        ("java", 'a """open', 'a «"""open»'),
        ("kotlin", "a /* b /* c */ d */ e", "a «/* b /* c */ d */» e"),
        ("kotlin", "a // b\nc", "a «// b»\nc"),
        ("kotlin", '"a ${b("c ${d} e")} f" + g', '«"a $»{b(«"c $»{d«} e"»)«} f"» + g'.replace("$»{", "${»")),
        ("kotlin", '"a $b c $`d e` $1 $" + f', '«"a $»b« c $»`d e`« $1 $"» + f'),
        ("kotlin", '"${ if (a) { b } else { "}" } }" + c', '«"${» if (a) { b } else { «"}"» } «}"» + c'),
        ("kotlin", '$$"a ${b} $${c} $d $$e" + f', '«$$"a ${b} $${»c«} $d $$»e«"» + f'),
        ("kotlin", '"""a "b" \\ ${c} """" + d', '«"""a "b" \\ ${»c«} """"» + d'),
        ("kotlin", '"""""" + a + "" + b', '«""""""» + a + «""» + b'),
        ("kotlin", r"""'"' + '\'' + `a "b` + c""", r"""«'"'» + «'\''» + `a "b` + c"""),
        ("kotlin", 'a "open $b\nc', 'a «"open $»b\nc'),
        ("python", "a # b 'c'\nd", "a «# b 'c'»\nd"),
        ("python", "a 'b \\' # c' + rb'd' + f", "a «'b \\' # c'» + «rb'd'» + f"),
        ("python", "bar'x' + b", "bar«'x'» + b"),
        ("python", 'a """b "c"\n\\""" """ + d', 'a «"""b "c"\n\\""" """» + d'),
        ("python", "f'a {b(\"c\")} {{d}} {e!r:>{w}.2f} g' + h", "«f'a {»b(«\"c\"»)«} {{d}} {»e!r«:>»{w}.2f«} g'» + h"),
        ("python", 'rf\'\\{a}\' + F"""{b\n}""" + c', '«rf\'\\{»a«}\'» + «F"""{»b\n«}"""» + c'),
        (
            "python",
            "f'{a['b']}' + f'\\N{DASH}' + f'{x[1:2]:#x}'",
            "«f'{»a[«'b'»]«}'» + «f'\\N{DASH}'» + «f'{»x[1:2]«:#x»«}'»",
        ),
        ("python", "'open\na", "«'open»\na"),
        ("python", "f'open {a}\nb", "«f'open {»a«}»\nb"),
        ("python", "'joined \\\n line' + a", "«'joined \\\n line'» + a"),
    ],
)
def test_prose_is_told_from_code(language: str, source: str, expected: str) -> None:
    assert marked(source, language) == expected


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("java", 'a("//x"); // b\r\nc /* d\n e */ f', 'a("//x");     \r\nc     \n      f'),
        ("kotlin", "a /* b /* \n */ */ c", "a         \n       c"),
        ("python", "a = '#'  # 深度\nb", "a = '#'  " + " " * 8 + "\nb"),
    ],
)
def test_comments_become_spaces_of_equal_length(language: str, source: str, expected: str) -> None:
    assert blank_comments(source.encode(), language).decode() == expected


def test_identifiers_become_ascii_and_offsets_stay() -> None:
    data = "\ufeffval 深度 = 名.imei".encode()
    plain = ascii_identifiers(data)
    assert plain.decode("ascii").split() == ["val", "xxxxxx", "=", "xxx.imei"]
    assert plain.index(b"imei") == data.index(b"imei")


def test_comments_that_speak_to_privlint() -> None:
    source = 'a("privlint: no") // privlint: ignore[PRV101] why\n/* other */ /** privlint:x */'
    spoken = Prose(source.encode(), "java").spoken
    assert [comment.text for comment in spoken] == ["privlint: ignore[PRV101] why", "privlint:x"]
    assert source[spoken[0].start : spoken[0].end] == "// privlint: ignore[PRV101] why"
    assert [comment.text for comment in Prose(b"a # privlint: b\n", "python").spoken] == ["privlint: b"]


@given(SOURCES, st.sampled_from(LANGUAGES))
def test_ranges_are_sorted_disjoint_and_in_bounds(data: bytes, language: str) -> None:
    position = 0
    for start, end in prose(data, language):
        assert position <= start < end <= len(data)
        position = end


@given(SOURCES, st.sampled_from(LANGUAGES))
def test_blanking_keeps_length_and_line_ends(data: bytes, language: str) -> None:
    blanked = blank_comments(data, language)
    assert [byte for byte in blanked if byte in b"\r\n"] == [byte for byte in data if byte in b"\r\n"]
    assert all(new in (old, ord(" ")) for new, old in zip(blanked, data, strict=True))
    assert len(ascii_identifiers(data)) == len(data)
    assert ascii_identifiers(data).isascii()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece",
    [
        "/*",
        "*/",
        "* ",
        "/**",
        '"',
        '"""',
        "'",
        "'''",
        "`",
        "$",
        '"${',
        '$$"""',
        "`$",
        'f"{',
        "f'''{",
        "f'{x:",
        "\\",
        '"\\',
    ],
)
def test_time_is_linear_in_openers(language: str, piece: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        prose(piece.encode() * count, language)
        return time.process_time() - start

    assert seconds(40_000) < 0.2 + 12 * seconds(8_000)
