"""One project whose names, identifiers, texts and literals all attack the reader, through every format there is."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hostile_runs import put
from privlint import report
from privlint.cli import main
from privlint.report import dossier

SECRET = "hunter2-hunter2-hunter2-sk-live-51H8xyz"
ATTACKS = {
    "escape": "x\x1b]0;forged\x07\x1b[2J",
    "command": "x\n::error file=a.kt::forged",
    "azure": "##[error]forged ##vso[task.setvariable variable=a]b",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;",
    "formula": "=cmd|'/C calc'!A0",
    "plus": "+1+cmd|x",
    "at": "@SUM(1)",
    "table": "a|b\\|c`d`[e](javascript:f)**g**\n| h |",
    "direction": "a\u202eb\u2066c\u200bd",
    "percent": "a%0A::error::b,line=1",
}
NAMES = {  # of files; a slash ends a folder
    "escape": "e\x1b[2J\x07.kt",
    "command": "c\n::error file=a.kt::forged.kt",
    "azure": "##[error]forged.kt",
    "markup": "<img src=x onerror=alert(3)>.kt",
    "formula": "=cmd|'C calc'!A0.kt",
    "table": "a|b`[e](javascript:f).kt",
    "direction": "r\u202etk.kt",
    "bytes": "\udcff\udcfe.kt",
    "above": "..%2f..%2fjavascript:alert(1).kt",
}


def _toml(text: str) -> str:
    return json.dumps(text).replace("\\/", "/")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("output") / "tree"
    for number, name in enumerate(NAMES.values()):
        body = "<script>x</script>" if number % 2 else "=cmd|x"
        put(
            root,
            f"src/{name}",
            "import android.telephony.TelephonyManager\n"
            f"class A{number} {{ fun `::error::{body}`(t: TelephonyManager) = "
            f'log(t.imei, "{SECRET}") // ::error::x ##[error] <b> \x1b[2J \u202e\n}}\n',
        )
    put(root, "src/<b>=1.py", b"\0")
    texts = list(ATTACKS.values())
    lines = ["[app]", f"name = {_toml(texts[3])}", 'category = "other"', f"policy = {_toml('docs/' + texts[3])}", ""]
    for number, text in enumerate(texts):
        lines += ["[[function]]", f'id = "f{number}"', f"name = {_toml(text)}", ""]
        lines += ["[[collect]]", f'data = "{_DATA[number]}"', f"purpose = {_toml(text)}", f'function = "f{number}"']
        lines += [f"recipient = {_toml(text)}", f"retention = {_toml(text)}", f"subject = {_toml(text)}", ""]
        lines += [
            "[[sdk]]",
            f"name = {_toml(f'{text} {number}')}",
            f"purpose = {_toml(text)}",
            f"notice = {_toml(text)}",
            "",
        ]
        lines += ["[[waive]]", 'check = "PRV202"', f"path = {_toml(f'{number}/**')}", f"reason = {_toml(text)}"]
        lines += [f"owner = {_toml(text)}", "until = 2099-01-01", ""]
    lines += ["[contact]", f"complaints = {_toml(texts[3])}", "", "[rights]", f"delete = {_toml(texts[4])}"]
    put(root, "privlint.toml", "\n".join(lines) + "\n")
    return root


_DATA = (
    "imei",
    "precise-location",
    "contacts",
    "sms-content",
    "android-id",
    "photos",
    "call-log",
    "clipboard",
    "installed-apps",
    "phone-number",
)


@pytest.fixture(scope="module")
def outputs(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every format of a check in one run, and every form of a report, as text."""
    folder = tmp_path_factory.mktemp("written")
    common = ["--today", "2026-01-02", str(project)]
    targets = [part for name in report.FORMATS for part in ("--output-format", f"{name}={folder / name}")]
    assert main(["check", "--no-cache", "-v", *targets, *common]) == 3
    made = {name: (folder / name).read_text(encoding="utf-8") for name in report.FORMATS}
    for name in (name for name in dossier.FORMATS if name != "play-data-safety"):
        path = folder / f"report-{name}"
        assert main(["report", "--format", name, "--output", str(path), *common]) in {0, 3}, name
        made[f"report {name}"] = path.read_text(encoding="utf-8")
    for name in dossier.LISTS:
        path = folder / f"{name}.csv"
        assert main(["report", "--format", name, "--output", str(path), *common]) in {0, 3}, name
        made[f"report {name} csv"] = path.read_text(encoding="utf-8-sig")
    return made


FORMS = (
    *report.FORMATS,
    *(f"report {name}" for name in dossier.FORMATS if name != "play-data-safety"),
    *(f"report {name} csv" for name in dossier.LISTS),
)
MARKUP = ("markdown", "report markdown", *(f"report {name}" for name in dossier.LISTS))


@pytest.mark.parametrize("name", FORMS)
def test_nothing_acts_on_a_terminal_or_a_build_log(name: str, outputs: dict[str, str]) -> None:
    text = outputs[name]
    assert len(text) > 100
    assert not set(text) & (set(map(chr, (*range(9), *range(11, 32), *range(127, 160)))) - {"\r"})
    assert not set(text) & set("\u202e\u2066\u200b\udcff")
    for line in text.splitlines():
        if name == "github":
            assert re.match(r"::(error|warning|notice)[ :]", line), line
            assert "\n" not in line
        else:
            assert not line.lstrip(" |\"'>-").startswith(("::", "##[", "##vso")), line


@pytest.mark.parametrize("name", FORMS)
def test_secrets_are_cut(name: str, outputs: dict[str, str]) -> None:
    assert SECRET not in outputs[name]
    assert SECRET[12:] not in outputs[name]


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml(name: str, outputs: dict[str, str]) -> None:
    found = ElementTree.fromstring(outputs[name])
    assert {element.tag for element in found.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out", "properties", "property"),
        *("checkstyle", "file"),
    }


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "report json"])
def test_json(name: str, outputs: dict[str, str]) -> None:
    json.loads(outputs[name])


def test_every_line_of_rdjsonl_is_json(outputs: dict[str, str]) -> None:
    assert all(json.loads(line) for line in outputs["rdjsonl"].splitlines())


def test_sarif_names_only_what_is_below_the_root(outputs: dict[str, str]) -> None:
    uris = re.findall(r'"uri": ?"([^"]*)"', outputs["sarif"])
    inside = [uri for uri in uris if not uri.startswith("https://")]
    assert len(inside) > len(NAMES)
    for uri in inside:
        assert re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=@%/:-]*", uri), uri
        assert not uri.startswith(("/", "..", "javascript:", "file:"))
        assert "/../" not in uri
        assert ":" not in uri.split("/")[0]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_html_is_inert(outputs: dict[str, str]) -> None:
    page = _Page()
    page.feed(outputs["report html"])
    policies = [
        given.get("content") or "" for tag, given in page.tags if given.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'")
    assert "unsafe-eval" not in policies[0]
    for tag, given in page.tags:
        assert tag not in {"iframe", "object", "embed", "base", "form", "img", "link"}, tag
        assert not any(name.startswith("on") for name in given), given
        assert not (given.get("href") or "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        assert "src" not in given
    assert "<script>alert" not in outputs["report html"]
    assert "<script>x" not in outputs["report html"]
    assert "&lt;script&gt;alert(1)" in outputs["report html"]


@pytest.mark.parametrize("name", ["report csv", *(f"report {one} csv" for one in dossier.LISTS)])
def test_no_cell_is_a_formula(name: str, outputs: dict[str, str]) -> None:
    rows = list(csv.reader(io.StringIO(outputs[name])))
    assert len(rows) > 2
    for row in rows:
        assert not any(cell.strip().startswith(("=", "+", "-", "@")) and cell != "-" for cell in row), row


@pytest.mark.parametrize("name", MARKUP)
def test_markdown_holds_no_markup_of_others(name: str, outputs: dict[str, str]) -> None:
    text = outputs[name]
    code = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    assert not re.search(r"<(?!br>|/?details|/?summary|!--)[a-zA-Z/]", code), re.search(r".*<[a-zA-Z/].*", code)
    assert not re.search(r"(?<!\\)\]\(javascript:", code)
    for table in re.findall(r"(?m)(?:^\|.*\|$\n?)+", text):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table
