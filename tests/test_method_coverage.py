"""The 31 items of the 2019 Method: each has a check with what it decides, or says why it has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from privlint import engine
from privlint.cli import main

METHOD = next(policy for policy in engine.rulebook().policies if policy.id == "cn-method-2019")
SERVED = {clause for document in engine.check_docs() for clause in document.check.clauses}
PAGES = {"en": "docs/method-coverage.md", "zh": "docs/method-coverage.zh.md"}
ROOT = Path(__file__).parent.parent


def test_there_are_31_items_in_six_groups():
    assert (len(METHOD.articles), len(METHOD.groups)) == (31, 6)


@pytest.mark.parametrize("article", METHOD.articles, ids=lambda article: article.id)
def test_an_item_says_what_is_decided_and_what_is_not(article):
    served = f"cn-method-2019/{article.id}" in SERVED
    assert bool(article.decided_en) == bool(article.decided_zh) == served, "tell in pack.toml what the checks decide"
    assert article.open_en
    assert re.search(r"[一-鿿]", article.open_zh)
    assert not re.search(r"[一-鿿]", article.open_en + article.decided_en)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_verified_wording_is_quoted_on_the_pages(language):
    text = (ROOT / PAGES[language]).read_text(encoding="utf-8")
    for article in METHOD.articles:
        assert f"\n| {article.id} | " in text
        if article.text_zh:
            assert (article.text_zh in text) == article.verified


def test_explain_shows_an_item_with_its_checks(capsys):
    assert main(["explain", "cn-method-2019/3.4", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "checks: PRV404" in out
    assert "  decided: Boxes for the policy" in out
    assert "  not decided: Pictures" in out
    assert main(["explain", "cn-method-2019/1.3", "--lang", "zh-CN"]) == 0
    out = capsys.readouterr().out
    assert "  不判断：需要点击几次" in out
    assert "  判断：" not in out
