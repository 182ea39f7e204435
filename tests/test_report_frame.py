"""The code frame: the caret stands under exactly the region, whatever is in the line."""

from __future__ import annotations

import pytest

import reports
from privlint.model.place import Place, Position
from privlint.report.frame import Pointed, frame
from privlint.report.view import View
from privlint.report.width import pad, width, wrap


def shown(line, word, *, columns=100, path="A.kt", label="", literals=False, known=""):
    start = line.index(word) + 1
    pointed = Pointed(
        place=reports.at(1, start, start + len(word), path), label=label, role="error", known=known, literals=literals
    )
    _, quoted, caret, *rest = frame(pointed, 1, View(width=columns, source={path: line + "\n"}.get))
    return quoted, caret, rest


@pytest.mark.parametrize(
    "line",
    [
        "val id = telephony.imei",
        "\tval id = telephony.imei",
        "val\tid\t=\ttelephony.imei",
        "val 编号 = 电话.imei",
        '读("🧑‍💻"); telephony.imei',
        "e\u0301tat = telephony.imei",
        "/* \x1b[31m */ telephony.imei",
        "/* \u202e */ telephony.imei",
        "ｆｕｌｌ = telephony.imei",
    ],
)
def test_the_caret_stands_under_the_word(line):
    quoted, caret, _ = shown(line, "imei")
    assert width(quoted[: quoted.rindex("imei")]) == caret.index("^")
    assert caret.count("^") == 4


def test_a_wide_name_gets_carets_as_wide():
    quoted, caret, _ = shown("val x = 电话号码()", "电话号码")
    assert caret.count("^") == 8
    assert width(quoted[: quoted.index("电话号码")]) == caret.index("^")


def test_tabs_are_drawn_as_blanks():
    quoted, _, _ = shown("\tx\t= imei", "imei")
    assert quoted == "1 |     x   = imei"


def test_control_and_direction_characters_are_drawn():
    quoted, _, _ = shown("a\x1b]52;c;x\x07 \u202e\u200b imei", "imei")
    assert quoted == "1 | a\\x1b]52;c;x\\x07 \\u{202e}\\u{200b} imei"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_do(ends):
    source = {"A.kt": ends.join(["one\x0c\x85\u2028still one", "two", "imei"])}
    pointed = Pointed(place=reports.at(3, 1, 5), label="", role="error")
    view = View(source=lambda _path: source["A.kt"])
    assert list(frame(pointed, 1, view)) == ["  |", "3 | imei", "  | ^^^^"]


def test_a_line_of_five_million_characters_is_cut_around_the_region():
    quoted, caret, _ = shown("x = 1; " * 700_000 + "telephony.imei" + "; y = 2" * 10, "imei", columns=80)
    assert width(quoted) <= 80
    assert quoted.startswith("1 | ...")
    assert quoted.endswith("...")
    assert quoted[caret.index("^") :].startswith("imei")


def test_a_region_longer_than_the_line_is_cut():
    quoted, caret, _ = shown("a" * 500, "a" * 400, columns=60)
    assert width(quoted) <= 60
    assert width(caret) <= 60


def test_a_region_that_the_file_no_longer_has():
    pointed = Pointed(place=Place("A.kt", Position(1, 50), Position(1, 60)), label="here", role="error")
    assert list(frame(pointed, 1, View(source=lambda _path: "short"))) == ["  |", "1 | short", "  |      ^ here"]
    gone = Pointed(place=Place("A.kt", Position(9, 1), Position(9, 2)), label="here", role="error")
    assert list(frame(gone, 1, View(source=lambda _path: "short"))) == ["  | here"]


def test_a_region_over_several_lines_is_marked_to_the_end_of_the_first():
    pointed = Pointed(place=Place("A.kt", Position(1, 3), Position(2, 2)), label="", role="error")
    assert list(frame(pointed, 1, View(source=lambda _path: "a bcd\nef")))[2] == "  |   ^^^"


def test_a_label_without_room_goes_below():
    _, caret, rest = shown("x" * 50 + " imei", "imei", columns=60, label="收集国际移动设备识别码")
    assert caret.endswith("^^^^")
    assert rest[0].strip(" |") == "收集国际移动设备识别码"
    assert width(rest[0]) <= 60


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('imei("short")', 'imei("short")'),
        ('imei("a secret token")', 'imei("a secret******")'),
        ("imei('a secret token')", "imei('a secret******')"),
        ('imei("密码是一二三四五六七")', 'imei("密码是一二三四五****")'),
        (r'imei("12345678\"90")', r'imei("12345678****")'),
        ('imei("""a secret token""")', 'imei("""a secr**********")'),
        ('imei("token=${account.token} and more")', 'imei("token=${account.token} a*******")'),
        ('imei(f"token={account.token} and more")', 'imei(f"token={account.token} a*******")'),
        ('imei("{ json and more }")', 'imei("{ json a*********")'),
        ("imei() // don't show what isn't code", "imei() // don't show what isn't code"),
        ('imei("unclosed literal', 'imei("unclosed********'),
    ],
)
def test_long_literals_are_hidden_and_keep_their_width(line, expected):
    quoted, _, _ = shown(line, "imei")
    assert width(quoted) == width(f"1 | {line}")
    assert quoted == f"1 | {expected}"


def test_literals_are_shown_where_they_are_no_secret():
    line = 'imei("content://com.android.contacts/data")'
    assert shown(line, "imei", literals=True)[0] == f"1 | {line}"
    assert shown(line, "imei", known="content://com.android.contacts/data")[0] == f"1 | {line}"
    template = 'log("the number is ${telephony.imei}")'
    assert "telephony.imei}" in shown(template, "imei")[0]


def test_width_and_padding():
    assert width("abc") == 3
    assert width("电话 a") == 6
    assert width("e\u0301") == 1
    assert pad("电话", 6) == "电话  "


def test_wrapping_keeps_punctuation_with_its_word():
    assert wrap("一二三四，五六", 8) == ["一二三", "四，五六"]
    assert wrap("见（甲）乙", 4) == ["见", "（甲）", "乙"]
    assert wrap("a long_word_that_does_not_fit b", 8) == ["a", "long_word_that_does_not_fit", "b"]
    assert wrap("", 10) == [""]
