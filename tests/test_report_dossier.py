"""`privlint report`: the page, the tables and the lists, in both languages, and what hostile trees do to them."""

from __future__ import annotations

import csv
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from privlint.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples"
TODAY = ("--today", "2026-11-24")
VOID = {"meta", "br", "link", "img", "input", "hr"}
XSS = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>'


class Page(HTMLParser):
    """Reads a page, and complains where tags do not fit together."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.seen for key, value in attributes.items() if key == name]


def report(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["report", *TODAY, *arguments]) == code
    return capsys.readouterr().out


def page(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Page:
    return Page(report(capsys, *arguments, code=code))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("name", ["maps", "maps-undeclared", "rides-undeclared", "tickets-undeclared"])
def test_the_page_is_whole_and_needs_nothing_else(capsys: pytest.CaptureFixture[str], name: str, language: str) -> None:
    found = page(capsys, str(EXAMPLES / name), "--lang", language)
    tags = {tag for tag, _ in found.seen}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base"})
    assert found.attributes("src") == []
    assert all(target.startswith("#") for target in found.attributes("href"))
    identities = found.attributes("id")
    assert len(identities) == len(set(identities))
    assert {target[1:] for target in found.attributes("href")} <= set(identities)
    for named in found.attributes("aria-labelledby"):
        assert named in identities
    assert not [attribute for _, attributes in found.seen for attribute in attributes if attribute.startswith("on")]


def test_the_policy_of_the_page_lets_nothing_in(capsys: pytest.CaptureFixture[str]) -> None:
    text = report(capsys, str(EXAMPLES / "maps"))
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert not re.search(r"url\(|@import|https?://[^<\s]*\.(?:js|css|woff)", text)


def test_it_says_what_the_check_says(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", *TODAY, str(EXAMPLES / "rides-undeclared"), "--output-format", "concise"])
    lines = capsys.readouterr().out.splitlines()
    text = " ".join(page(capsys, str(EXAMPLES / "rides-undeclared")).text.split())
    assert len(lines) > 5
    for line in lines:
        place, check, severity, message = re.fullmatch(r"(\S+):\d+: (PRV\d+) (\w+) (.*)", line).groups()  # type: ignore[union-attr]
        assert place.partition("-undeclared/")[2] in text
        assert f"{severity} {check}" in text
        assert message in text


def test_both_languages_are_whole(capsys: pytest.CaptureFixture[str]) -> None:
    chinese = page(capsys, str(EXAMPLES / "rides-undeclared"), "--lang", "zh-CN")
    assert ("html", {"lang": "zh-Hans"}) in chinese.seen
    assert "网络约车类" in chinese.text
    for words in ("Verdict", "not declared", "Why", "What to do", "Data map", "Personal data"):
        assert words not in chinese.text
    english = page(capsys, str(EXAMPLES / "rides-undeclared"), "--lang", "en")
    body = english.text.rpartition("Versions and hashes")[0]  # the numbers of the laws come after it
    assert len(body) > 10_000
    assert not re.search("[\u4e00-\u9fff]", body)


def test_the_map_leads_from_code_to_recipient(capsys: pytest.CaptureFixture[str]) -> None:
    text = report(capsys, str(EXAMPLES / "maps"))
    picture = text[text.index("<svg") : text.index("</svg>")]
    for box in ("Friends.kt", "Address book (contacts)", "Let the user choose", "nobody else"):
        assert box in picture
    assert picture.count("<path") >= 6
    undeclared = report(capsys, str(EXAMPLES / "maps-undeclared"))
    assert 'class="undeclared"' in undeclared


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    code = f'package a\nimport android.telephony.TelephonyManager\nfun a(t: TelephonyManager) = t.imei // "{XSS}"\n'
    names = ("a<img src=x onerror=alert(1)>.kt", 'b" onmouseover="x.kt', "c\n::error::x.kt", "d\x1b[31m.kt", "=e.kt")
    for name in names:
        (tmp_path / "src" / name).write_text(code)
    quoted = XSS.replace('"', '\\"')
    (tmp_path / "privlint.toml").write_text(
        f'[app]\nname = "{quoted}"\ncategory = "utility"\n[[collect]]\ndata = "contacts"\npurpose = "{quoted}"\n'
        f'recipient = "{quoted}"\nconsent = "separate"\n[[sdk]]\nname = "=cmd|{quoted}"\npurpose = "|x\\n\\u001b[31m"\n'
        f'notice = "javascript:alert(1)"\n[[waive]]\ncheck = "PRV101"\npath = "src/=e.kt"\nreason = "{quoted}"\n'
        f'owner = "@everybody"\nuntil = 2027-01-01\n'
    )
    return tmp_path


def test_nothing_from_the_tree_acts_on_the_page(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = page(capsys, str(hostile))
    tags = [tag for tag, _ in found.seen]
    assert "script" not in tags
    assert "img" not in tags
    assert not [name for _, attributes in found.seen for name in attributes if name.startswith("on")]
    assert XSS in found.text
    assert "\x1b" not in found.text


@pytest.mark.parametrize("name", ["markdown", "collected-list", "sharing-list"])
def test_nor_in_markdown(hostile: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    text = report(capsys, str(hostile), "--format", name)
    assert "<img" not in text
    assert "<script" not in text
    assert "\x1b" not in text
    assert not re.search(r"(?m)^\s*::error", text)
    assert "@everybody" not in text


@pytest.mark.parametrize("name", ["csv", "sharing-list"])
def test_nor_in_a_spreadsheet(hostile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    out = tmp_path / "out.csv"
    report(capsys, str(hostile), "--format", name, "--output", str(out))
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@")) and cell != "-"]


def test_what_was_not_examined_is_told_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "A.kt").write_text("fun a() = 1\n")
    (tmp_path / "Broken.kt").write_bytes(b"\0\1\2" * 100)
    text = report(capsys, str(tmp_path), code=3)
    assert "Incomplete: not everything could be examined" in text
    assert text.index("Broken.kt") < text.index('id="map"')
    report(capsys, str(tmp_path), "--allow-incomplete")


def test_two_thousand_findings_are_all_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "\n".join(f"    fun f{number}() = t.imei" for number in range(50))
    code = f"package a\nimport android.telephony.TelephonyManager\nclass A(val t: TelephonyManager) {{\n{lines}\n}}\n"
    for number in range(40):
        (tmp_path / f"A{number}.kt").write_text(code)
    text = report(capsys, str(tmp_path))
    places = {f"A{number}.kt:{line}" for number in range(40) for line in range(4, 54)}
    assert places <= set(re.findall(r"A\d+\.kt:\d+", text))
    assert len(text) < 500_000


@pytest.mark.parametrize("suffix", [".md", ".csv"])
@pytest.mark.parametrize("name", ["collected-list", "sharing-list"])
def test_a_list_that_was_published_is_held_against_the_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, suffix: str
) -> None:
    app = tmp_path / "app"
    shutil.copytree(EXAMPLES / "maps", app)
    published = tmp_path / f"list{suffix}"
    report(capsys, str(app), "--format", name, "--output", str(published))
    assert "as the manifest says" in report(capsys, str(app), "--format", name, "--check", str(published))
    manifest = app / "privlint.toml"
    line = 'data = "contacts"\n'
    manifest.write_text(manifest.read_text().replace(line, f'{line}recipient = "Friends Ltd"\n'))
    code = 1 if name == "sharing-list" else 0
    text = report(capsys, str(app), "--format", name, "--check", str(published), code=code)
    assert ("Friends Ltd" in text) == (name == "sharing-list")
    before = published.read_text()
    manifest.write_text(manifest.read_text().replace("Find the way there", "Find the way"))
    report(capsys, str(app), "--format", name, "--check", str(published), code=1)
    assert published.read_text() == before


def test_the_lists_hold_what_the_manifest_says(capsys: pytest.CaptureFixture[str]) -> None:
    text = report(capsys, str(EXAMPLES / "maps"), "--format", "collected-list", "--lang", "zh-CN")
    assert text.startswith("# 已收集个人信息清单：Example Maps\n")
    assert "| 精准定位信息 | Show where the user is, and navigate | 基本功能服务 | 单独同意 | not stored | 是 |" in text
    text = report(capsys, str(EXAMPLES / "maps"), "--format", "sharing-list", "--lang", "zh-CN")
    assert "本应用不向第三方共享个人信息。" in text


def test_wrong_options_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(capsys, str(EXAMPLES / "maps"), "--format", "htm", code=2)
    report(capsys, str(EXAMPLES / "maps"), "--check", "list.md", code=2)
    missing = str(tmp_path / "missing.md")
    report(capsys, str(EXAMPLES / "maps"), "--format", "sharing-list", "--check", missing, code=2)
