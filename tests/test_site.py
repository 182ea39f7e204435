"""The documentation site: every link leads somewhere, in both languages, and what is in twins is in both of them."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)

_spec = importlib.util.spec_from_file_location("make_site", ROOT / "scripts" / "make_site.py")
assert _spec is not None
assert _spec.loader is not None
make_site = importlib.util.module_from_spec(_spec)
sys.modules["make_site"] = make_site
_spec.loader.exec_module(make_site)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda path: str(path.relative_to(DOCS)))
def test_links_of_a_page_lead_to_files(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [target.partition("#")[0] for target in LINK.findall(text) if "://" not in target]
    assert [target for target in targets if target and not (page.parent / target).exists()] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_laid_out_with_links_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(make_site, "STAGE", tmp_path)
    make_site.stage(language)
    folder = tmp_path / language / "docs"
    laid = sorted(folder.rglob("*.md"))
    assert len(laid) > 60
    for page in laid:
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        for target in LINK.findall(text):
            path = target.partition("#")[0]
            if path and "://" not in target:
                assert (page.parent / path).resolve().is_relative_to(folder), f"{page.name}: {target}"
                assert (page.parent / path).exists(), f"{page.name}: {target}"
    configuration = (tmp_path / language / "zensical.toml").read_text(encoding="utf-8")
    named = re.findall(r'= "([\w/-]+\.md)"', configuration)
    assert {"index.md", "tutorial.md", "faq.md", "comparison.md", "checks.md", "architecture.md"} <= set(named)
    assert [name for name in named if not (folder / name).exists()] == []


def test_a_page_about_people_has_a_twin() -> None:
    for name in (
        "tutorial",
        "faq",
        "comparison",
        "notices",
        "lists",
        "attestation",
        "method-coverage",
        "exit-codes",
        "suppressions",
    ):
        english = (DOCS / f"{name}.md").read_text(encoding="utf-8")
        chinese = (DOCS / f"{name}.zh.md").read_text(encoding="utf-8")
        assert re.findall(r"^(#+) ", FENCE.sub("", english), re.MULTILINE) == re.findall(
            r"^(#+) ", FENCE.sub("", chinese), re.MULTILINE
        ), name
        commands = [
            [line for fence in FENCE.findall(text) for line in fence.splitlines() if line.startswith("$ privlint")]
            for text in (english, chinese)
        ]
        assert len(commands[0]) == len(commands[1]), name
