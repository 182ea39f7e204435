"""The summary: it adds up, names what was not examined, and never claims more than it knows."""

from __future__ import annotations

from msgspec.structs import replace

import reports
from privlint.model.finding import Covered, Text
from privlint.report import summary, tables
from privlint.report.verdict import Gate
from privlint.report.view import View

COVERAGE = (
    Covered("a.kt", "scanned"),
    Covered("b.kt", "scanned", "PRV008", Text("the parser could not read 2.0%", "解析器无法读取 2.0%"), degraded=True),
    Covered("c.kt", "failed", "PRV006", Text("it holds NUL bytes", "文件含有 NUL 字节")),
    Covered("d/", "skipped", "excluded", Text("by --exclude", "由 --exclude 排除")),
    Covered("e.txt", "skipped", "language"),
    Covered("f.txt", "skipped", "language"),
)
REPORT = reports.report(
    reports.FINDING,
    replace(reports.FINDING, severity="info"),
    replace(reports.FINDING, suppressed="marker"),
    coverage=COVERAGE,
    notes=(Text("there is no privlint.toml; write:\n[app]", "没有 privlint.toml；请写入：\n[app]"),),
)
ENGLISH = """\
note: there is no privlint.toml; write:
    [app]
not examined (1):
  c.kt: PRV006 it holds NUL bytes
examined in part (1):
  b.kt: PRV008 the parser could not read 2.0%
skipped: 1 excluded, 2 other kinds of file
limits: Code inside library archives, calls made by reflection and what sources alone do not resolve
  were not examined. This is evidence, not legal advice.
6 discovered = 2 scanned + 3 skipped + 1 failed; 2 findings (1 error, 1 note), 1 suppressed, 1 examined in part"""
CHINESE = """\
说明：没有 privlint.toml；请写入：
    [app]
未能检查（1）：
  c.kt：PRV006 文件含有 NUL 字节
部分检查（1）：
  b.kt：PRV008 解析器无法读取 2.0%
跳过：1 已排除，2 其他类型的文件
范围：库文件内部的代码、通过反射进行的调用，以及仅凭源代码无法解析的内容不在检查范围内。以上为证据，
  不构成法律意见。
发现文件 6 = 已检查 2 + 跳过 3 + 失败 1；2 项发现（1 项错误、1 项提示），1 项已抑制，1 个文件仅部分检查"""


def text(report, *, gate=None, seconds=None, **view):
    return "\n".join(summary.render(report, View(**view), gate or Gate(), seconds))


def test_english():
    assert text(REPORT) == ENGLISH


def test_chinese():
    assert text(REPORT, language="zh-CN") == CHINESE


def test_the_time_only_for_who_watches():
    assert text(REPORT, seconds=1.83).endswith(", 1.8 s")
    assert text(REPORT, seconds=1.83, language="zh-CN").endswith("，1.8 秒")


def test_only_the_first_fifty_paths_are_named():
    many = tuple(Covered(f"{number:03}.kt", "failed", "PRV001") for number in range(120))
    lines = text(reports.report(coverage=many)).split("\n")
    assert sum("PRV001 cannot be read" in line for line in lines) == 50
    assert "  and 70 more (-v lists them all)" in lines
    assert text(reports.report(coverage=many), verbose=True).count("PRV001") == 120


def test_nothing_to_examine():
    assert text(reports.report(coverage=())).startswith("PRV020: nothing to examine")
    given = text(reports.report(coverage=(), given=True))
    assert given.startswith("note: none of the given files is to be examined")


def test_an_incomplete_run_that_is_allowed_says_so():
    report = reports.report(coverage=(Covered("a.kt", "failed", "PRV001"),))
    assert "incomplete, which --allow-incomplete allows" in text(report, gate=Gate(allow_incomplete=True))
    assert "allow-incomplete" not in text(report)


def test_the_settings_on_demand():
    first = text(REPORT, verbose=True).split("\n")[0]
    assert first == (
        "privlint 0.1.0, rulebook abc123, today 2026-01-02, manifest privlint.toml, category map-navigation,"
        " fail-on warning"
    )


def test_statistics():
    other = replace(reports.FINDING, check="PRV201", data=("imsi",))
    assert list(tables.statistics(reports.report(reports.FINDING, reports.FINDING, other), View())) == [
        "by check:",
        "  2  PRV101",
        "  1  PRV201",
        "by data type:",
        "  2  imei",
        "  1  imsi",
    ]
    assert list(tables.statistics(reports.report(), View())) == []


def test_the_files():
    assert list(tables.files(REPORT, View())) == [
        "scanned  a.kt",
        "scanned  b.kt: PRV008 the parser could not read 2.0%",
        "failed   c.kt: PRV006 it holds NUL bytes",
        "skipped  d/: excluded: by --exclude",
        "skipped  e.txt: other kinds of file",
        "skipped  f.txt: other kinds of file",
    ]
    assert next(tables.files(REPORT, View(language="zh-CN"))) == "已检查  a.kt"
