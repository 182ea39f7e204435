"""Layouts, string resources and Kivy files: what is read of them, what is refused, and what is not even parsed."""

from __future__ import annotations

import pytest

from privlint.declare import kivy, layouts, tree
from privlint.declare.layouts import Layout, Screens
from privlint.discover.kinds import declares
from privlint.model.finding import Covered
from privlint.model.screens import Screen

NEEDLES = (b"privacy", "隐私".encode())
ANDROID = 'xmlns:android="http://schemas.android.com/apk/res/android"'
BOX = f'<LinearLayout {ANDROID}>\n  <CheckBox android:id="@+id/a" android:checked="true"/>\n</LinearLayout>'


def read(text: str, strings: str = "", path: str = "app/src/main/res/layout/a.xml", **others: str) -> Screen | Covered:
    files = [Layout(path, text.encode())]
    files += [Layout(f"app/src/main/res/layout/{name}.xml", other.encode()) for name, other in others.items()]
    texts = []
    if strings:
        found = layouts.strings(f"<resources>{strings}</resources>".encode(), "app/src/main/res/values/s.xml", NEEDLES)
        assert isinstance(found, layouts.Strings)
        texts.append(found)
    return Screens(files, texts, NEEDLES).read(files[0])


def screen(*arguments: str, **others: str) -> Screen:
    found = read(*arguments, **others)
    assert isinstance(found, Screen)
    return found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("app/src/main/res/layout/a.xml", "layout"),
        ("res/layout-sw600dp-land/a.xml", "layout"),
        ("app/src/main/res/values/strings.xml", "strings"),
        ("app/src/main/res/values-zh-rCN/arrays.xml", "strings"),
        ("app/src/main/res/values-b+zh+Hans/strings.xml", "strings"),
        ("app/src/main/res/values-de/strings.xml", None),
        ("app/src/main/res/layouts.xml", None),
        ("app/src/main/res/drawable/a.xml", None),
        ("ui/main.kv", "kivy"),
    ],
)
def test_which_files_are_read(path, kind):
    assert declares(path) == kind


def test_a_place_is_that_of_the_value():
    (tick,) = screen(BOX).ticks
    assert (tick.place.start.line, tick.place.start.column, tick.place.end.column) == (2, 50, 54)


def test_a_string_of_the_module_goes_before_those_of_others():
    here = layouts.strings(
        b"<resources><string name='x'>privacy here</string></resources>", "a/res/values/s.xml", NEEDLES
    )
    there = layouts.strings(b"<resources><string name='x'>privacy</string></resources>", "b/res/values/s.xml", NEEDLES)
    assert isinstance(here, layouts.Strings)
    assert isinstance(there, layouts.Strings)
    layout = Layout("a/res/layout/l.xml", BOX.replace("android:id", 'android:text="@string/x" android:id').encode())
    found = Screens([layout], [there, here], NEEDLES).read(layout)
    assert isinstance(found, Screen)
    assert found.ticks[0].label == "privacy here"


def test_a_string_that_nobody_knows_stays_a_name_and_a_binding_says_nothing():
    named = screen(BOX.replace("android:id", 'android:text="@string/gone" android:id'))
    bound = screen(BOX.replace("android:id", 'android:text="@{model.text}" android:id'))
    assert (named.ticks[0].label, bound.ticks[0].label) == ("@string/gone", "")


def test_markup_and_escapes_in_a_string():
    strings = r"<string name='x'>I\'ve read\nthe <u>privacy</u> policy</string>"
    found = screen(BOX.replace("android:id", 'android:text="@string/x" android:id'), strings)
    assert set(found.ticks[0].label.split()) == {"I've", "read", "the", "privacy", "policy"}


def test_strings_with_a_doctype_are_read_as_text():
    data = (
        b'<!DOCTYPE resources [<!ENTITY app "Maps">]><resources>'
        b'<string name="x">&app; and <b>privacy</b></string><string name="y"><![CDATA[terms]]></string></resources>'
    )
    found = layouts.strings(data, "app/src/main/res/values/s.xml", NEEDLES)
    assert isinstance(found, layouts.Strings)
    assert found.texts == (("x", "&app; and privacy"), ("y", "terms"))


def test_layouts_that_include_one_another_come_to_an_end():
    circle = f'<FrameLayout {ANDROID}><include layout="@layout/a"/></FrameLayout>'
    assert screen(circle, b=circle).choice is False
    assert screen(circle.replace("layout/a", "layout/b"), b=BOX).choice is True


def test_what_is_not_worth_it_is_not_parsed():
    broken = b"<LinearLayout"
    files = [
        tree.File("app/src/main/res/layout/a.xml", "layout", broken),
        tree.File("app/src/main/res/layout/b.xml", "layout", broken + b' checked="true"'),
        tree.File("app/src/main/res/layout/c.xml", "layout", b"<!DOCTYPE a><a>privacy</a>"),
        tree.File("app/src/main/res/values/strings.xml", "strings", b"<resources>privacy"),
        tree.File("app/src/main/res/values/colors.xml", "strings", b"<broken"),
    ]
    found = tree.read(files, sought=tree.Sought(NEEDLES))
    assert [(one.path[-8:], one.outcome, one.reason) for one in found.coverage] == [
        ("ut/a.xml", "scanned", ""),
        ("ut/b.xml", "failed", "PRV013"),
        ("ut/c.xml", "failed", "PRV012"),
        ("lors.xml", "scanned", ""),
        ("ings.xml", "failed", "PRV013"),
    ]
    assert (found.screens, found.app.read) == ((), ())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe\xff", "PRV005"),
        (b"".join(b" " * depth + b"Box:\n" for depth in range(300)), "PRV009"),
        (b"A:\n" * 400_000, "PRV004"),
    ],
)
def test_a_kivy_file_that_is_refused(data, reason):
    found = kivy.read(data, "a.kv")
    assert isinstance(found, Covered)
    assert found.reason == reason


def test_kivy_rules_toggles_and_handlers():
    text = (
        "<Form>:\n\tToggleButton:\n\t\tid: agree\n\t\tstate: \"down\"\n\t\ton_state:\n\t\t\tapp.x = {'active': True}\n"
        "Box:\n\tCheckBox:\n\t\tactive: True\n"
    )
    found = kivy.read(text.encode(), "a.kv")
    assert not isinstance(found, Covered)
    assert [[(one.control, one.id, one.place.start.line) for one in each.ticks] for each in found] == [
        [("ToggleButton", "agree", 4)],
        [("CheckBox", "", 9)],
    ]
