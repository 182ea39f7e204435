"""`@Suppress`, `@SuppressWarnings` and comments of the manifest: which lines they cover, and what they must say."""

from __future__ import annotations

from datetime import date

import pytest

from privlint import declare, languages, suppress
from privlint.model.facts import Confidence
from privlint.model.finding import Finding, Text
from privlint.model.place import Place, Position
from privlint.observe import Lines
from privlint.suppress.annotations import parse
from privlint.suppress.comments import Written

NOTHING = Text("", "")


def covered(language: str, source: str) -> list[tuple[tuple[str, ...], str, tuple[int, int]]]:
    data = source.encode()
    file = languages.extract(language, data, frozenset({"imei", "getImei"}))
    found = suppress.annotated(file, Lines("a", data).place)
    return sorted((marker.checks, marker.reason, marker.covers) for marker in found)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("privlint:PRV201: asked in the dialog", Written(("PRV201",), "asked in the dialog", "")),
        ("privlint:PRV201:asked", Written(("PRV201",), "asked", "")),
        ("privlint:PRV201 asked", Written(("PRV201",), "asked", "")),
        ("privlint:PRV201,PRV101: 已在弹窗中征得同意", Written(("PRV201", "PRV101"), "已在弹窗中征得同意", "")),
        ("privlint:PRV201, PRV101: two", Written(("PRV201", "PRV101"), "two", "")),
        ("privlint:PRV201: until=2027-03-31 why", Written(("PRV201",), "why", "2027-03-31")),
        ("privlint:PRV201", Written(("PRV201",), "", "")),
        ("privlint:PRV201: --", Written(("PRV201",), "", "")),
        ("privlint:", Written((), "", "")),
    ],
)
def test_what_the_text_says(text: str, written: Written) -> None:
    assert parse(text) == written


@pytest.mark.parametrize("text", ["unused", "detekt:TooManyFunctions", "see privlint:PRV201: why", ""])
def test_other_texts_are_not_ours(text: str) -> None:
    assert parse(text) is None


KOTLIN = """\
package a
@Suppress("privlint:PRV201: class", "unused")
class A(val t: TelephonyManager) {
    @Suppress("privlint:PRV202: property")
    val x =
        t.imei

    @Suppress(names = ["privlint:PRV203: function"])
    fun f() {
        @Suppress("privlint:PRV204: local")
        val z = t.imei
        foo(z)
    }
}
val w = 1
"""
JAVA = """\
package a;
@SuppressWarnings("privlint:PRV201: class")
class A {
    @SuppressWarnings({"unused", "privlint:PRV202: field"})
    String x =
        t.getImei();

    @SuppressWarnings(value = {"privlint:PRV203: method", "privlint:PRV101: method"})
    void f() {
        @SuppressWarnings("privlint:PRV204: local")
        String z = t.getImei();
    }
}
"""


def test_kotlin() -> None:
    assert covered("kotlin", KOTLIN) == [
        (("PRV201",), "class", (2, 14)),
        (("PRV202",), "property", (4, 6)),
        (("PRV203",), "function", (8, 13)),
        (("PRV204",), "local", (10, 11)),
    ]


def test_the_whole_file_in_kotlin() -> None:
    source = '@file:Suppress("privlint:PRV201: file")\npackage a\n\nval x = t.imei\n'
    assert covered("kotlin", source) == [(("PRV201",), "file", (1, 5))]


def test_java() -> None:
    assert covered("java", JAVA) == [
        (("PRV101",), "method", (8, 12)),
        (("PRV201",), "class", (2, 13)),
        (("PRV202",), "field", (4, 6)),
        (("PRV203",), "method", (8, 12)),
        (("PRV204",), "local", (10, 11)),
    ]


@pytest.mark.parametrize(
    "source",
    [
        '@SuppressLint("privlint:PRV201: another annotation") val x = t.imei',
        '@Suppress("unused") val x = t.imei',
        'val x = t.imei // @Suppress("privlint:PRV201: a comment")',
        'val text = """@Suppress("privlint:PRV201: a text")"""; val x = t.imei',
    ],
)
def test_nothing_else_is_a_marker(source: str) -> None:
    assert covered("kotlin", source) == []


# --- the manifest -----------------------------------------------------------------------------------------------------

MANIFEST = """\
# privlint: ignore[PRV204] the category is new
[app]
name = "A"
category = "map-navigation"  # privlint: ignore[PRV205] end of line

[[collect]] # privlint: ignore[PRV203] asked by the system
data = "imei"
purpose = "p"

[[collect]]
# privlint: ignore[PRV202] a web form takes it
data = "oaid"
purpose = '''
# privlint: ignore[PRV201] a text
[app]
'''

[check]
exclude = [
    # privlint: ignore[PRV101] within a list
    "a/**",
]
"""


def test_markers_in_the_manifest() -> None:
    loaded = declare.read(MANIFEST.encode(), "privlint.toml")
    found = [(marker.checks[0], marker.covers) for marker in suppress.in_manifest(loaded)]
    assert found == [
        ("PRV204", (1, 5)),
        ("PRV205", (4, 4)),
        ("PRV203", (6, 9)),
        ("PRV202", (11, 12)),
        ("PRV101", (20, 21)),
    ]


def test_the_last_table_goes_to_the_end() -> None:
    text = '[tool.privlint.app]\nname = "A"\ncategory = "other"\n# privlint: ignore[PRV202] why\n'
    text += '[[tool.privlint.collect]]\ndata = "imei"\npurpose = "p"\n'
    (marker,) = suppress.in_manifest(declare.read(text.encode(), "pyproject.toml", embedded=True))
    assert marker.covers[0] == 4
    assert marker.covers[1] > 7


def test_a_marker_of_the_manifest_is_idle_only_in_whole_runs() -> None:
    loaded = declare.read(MANIFEST.encode(), "privlint.toml")
    at = Place("privlint.toml", Position(7, 8), Position(7, 14))
    finding = Finding(
        check="PRV203", severity="error", confidence=Confidence.EXACT, message=NOTHING, place=at, reason=NOTHING,
        help=NOTHING, label=NOTHING,
    )  # fmt: skip
    ran = frozenset({"PRV203", "PRV202"})
    run = suppress.Run(today=date(2026, 1, 2), known=ran | {"PRV101", "PRV204", "PRV205"}, ran=ran)
    markers = tuple(suppress.in_manifest(loaded))
    whole = suppress.apply((finding,), markers, loaded, run)
    assert [(one.check, one.suppressed, one.justification) for one in whole] == [
        ("PRV203", "marker", "asked by the system"),
        ("PRV030", "", ""),
    ]
    part = suppress.Run(today=run.today, known=run.known, ran=ran, whole=False)
    assert [one.check for one in suppress.apply((finding,), markers, loaded, part)] == ["PRV203"]
