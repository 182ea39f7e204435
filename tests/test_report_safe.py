"""Nothing that comes from the scanned tree acts on a terminal or a build log, in any format."""

from __future__ import annotations

import json
import re

import pytest
from msgspec.structs import replace

import reports
from privlint.model.finding import Covered, Text
from privlint.report import FORMATS, render, safe, summary, tables
from privlint.report.view import View

HOSTILE = "a\x1b]52;c;eA==\x07\n::error file=x::b\x9b\u202e\u2066\u200b##[error]##vso[task]\udcff.kt"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, 中文, 🧑‍💻", "plain, 中文, 🧑‍💻"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x7f\x9b", r"\x7f\x9b"),
        ("\u202e\u2066\u200b\ufeff", r"\u{202e}\u{2066}\u{200b}\u{feff}"),
        ("a\u200db", r"a\u{200d}b"),
        ("\udcff\udc80", r"\xff\x80"),
        ("\ud800", r"\u{d800}"),
        ("全\u3000角", "全\u3000角"),
        ("::error::x", r"\x3a:error::x"),
        ("a ::error::x", r"a \x3a:error::x"),
        ("String::class", "String::class"),
        ("x ##[error] ##vso[a]", r"x \x23#[error] \x23#vso[a]"),
    ],
)
def test_visible(text, shown):
    assert safe.visible(text) == shown


def test_a_path_never_reads_as_an_option_or_a_command():
    assert safe.path("-rf.kt") == "./-rf.kt"
    assert safe.path("##[error].kt") == r"\x23#[error].kt"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_inert(name, language):
    text = Text(HOSTILE, HOSTILE)
    finding = replace(
        reports.FINDING,
        message=text,
        label=text,
        reason=text,
        help=text,
        notes=(text,),
        symbol=HOSTILE,
        enclosing=HOSTILE,
        place=reports.at(1, 1, 3, HOSTILE),
        justification=HOSTILE,
        suppressed="marker",
    )
    report = reports.report(
        finding,
        replace(finding, suppressed=""),
        coverage=(Covered(HOSTILE, "failed", "PRV001", text), Covered(HOSTILE, "skipped", "excluded", text)),
        notes=(text,),
        category=HOSTILE,
    )
    view = View(language=language, source=lambda _path: HOSTILE, verbose=True)
    lines = list(render(name, report, view))
    for_people = name in ("full", "concise", "markdown")
    if for_people:
        lines += [*summary.render(report, view), *tables.statistics(report, view), *tables.files(report, view)]
    for line in lines:
        assert line.isprintable()
        assert "\n" not in line
        if name == "github":
            assert re.match(r"::(error|warning|notice) (file=[^,:]+,line=\d+,col=\d+,endColumn=\d+,)?", line)
            assert "::error" not in line.split("::", 2)[2]
        else:
            assert not line.lstrip().startswith("::")
        if not for_people:
            line.encode()  # legal UTF-8
        else:
            assert "##[" not in line.replace("\\x23#[", "")
    if name in ("json", "sarif"):
        json.loads("\n".join(lines))
