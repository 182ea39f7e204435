"""The 31 items of the 2019 Method and the cards of the checks in; docs/method-coverage.md and its Chinese twin out.

`--check` writes nothing and ends with 1 when one of them is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from privlint import engine
from privlint.model.check import CheckDoc
from privlint.model.finding import Text
from privlint.model.rules import Article, Policy

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"en": DOCS / "method-coverage.md", "zh": DOCS / "method-coverage.zh.md"}
METHOD = "cn-method-2019"


def main() -> int:
    """Write the pages, or compare them."""
    stale = []
    for language, path in PAGES.items():
        text = "\n".join(page(language)) + "\n"
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        sys.stderr.write(f"{', '.join(stale)}: not what the checks say; run scripts/make_coverage_docs.py\n")
    return 1 if stale else 0


def page(language: str) -> Iterator[str]:
    """One page: what stands where, the count, and a table for each group."""
    policy = next(one for one in engine.rulebook().policies if one.id == METHOD)
    documents = engine.check_docs()
    items = {article.id: _serving(article, documents) for article in policy.articles}
    served = sum(bool(found) for found in items.values())
    words = WORDS[language]
    yield f"# {words['title']}"
    yield ""
    yield words["other"]
    yield ""
    yield words["about"].format(title=_title(policy, language), number=policy.number, source=policy.source)
    yield ""
    yield words["count"].format(served=served, all=len(items), rest=len(items) - served)
    for group in policy.groups:
        yield ""
        yield f"## {Text(group.name_en, group.name_zh)[language]}"
        yield ""
        yield words["head"]
        yield "|---|---|---|---|---|"
        for article in policy.articles:
            if article.group == group.id:
                yield _row(article, items[article.id], language)


def _serving(article: Article, documents: tuple[CheckDoc, ...]) -> list[CheckDoc]:
    return [one for one in documents if f"{METHOD}/{article.id}" in one.check.clauses]


def _title(policy: Policy, language: str) -> str:
    return Text(f"{policy.title_en}, 《{policy.title_zh}》", f"《{policy.title_zh}》")[language]


def _row(article: Article, serving: list[CheckDoc], language: str) -> str:
    links = [
        f"[{one.check.id}](checks.md#{one.check.id.lower()}-{one.check.slug}) {one.check.title[language]}"
        for one in serving
    ]
    decided = Text(article.decided_en, article.decided_zh)[language] if serving else ""
    cells = (
        article.id,
        _item(article, language),
        "<br>".join(links) or WORDS[language]["none"],
        decided or "–",
        Text(article.open_en, article.open_zh)[language],
    )
    return f"| {' | '.join(cells)} |"


def _item(article: Article, language: str) -> str:
    """Quote the item where its wording was verified; else tell it in our words, and say so."""
    if article.verified and article.text_zh:
        quoted = f"“{article.text_zh}”"
        return quoted if language == "zh" else f"{article.text_en} (unofficial translation)<br>{quoted}"
    own = Text(article.summary_en, article.summary_zh)[language]
    return f"{own} {Text('(our words; wording not verified)', '（转述；原文未经核实）')[language]}"


WORDS = {
    "en": {
        "title": "The 31 items of the 2019 method",
        "other": "中文：[method-coverage.zh.md](method-coverage.zh.md)",
        "about": (
            "Made by `scripts/make_coverage_docs.py` from the checks and from `rules/policies/cn-method-2019/`. The"
            " text is\n{title},\n{number} (<{source}>). It is quoted only where its\nwording was verified."
            " `privlint explain cn-method-2019/3.1` shows one item. A finding is evidence, not legal\nadvice; an item"
            " without a finding is not thereby fulfilled."
        ),
        "count": (
            "{served} of {all} items have a check that decides a part of them; {rest} have none, each with its reason."
        ),
        "head": "| item | what it is about | checks | what is decided | what is not |",
        "none": "none",
    },
    "zh": {
        "title": "2019 年认定方法的 31 项",
        "other": "English: [method-coverage.md](method-coverage.md)",
        "about": (
            "由 `scripts/make_coverage_docs.py` 根据检查项和 `rules/policies/cn-method-2019/` 生成。依据为\n"
            "{title}，{number}\n（<{source}>）。只有核实过的原文才会引用。\n"
            "`privlint explain cn-method-2019/3.1` 可查看其中一项。发现是证据，不是法律意见；没有发现不等于符合要求。"
        ),
        "count": "{all} 项中有 {served} 项由检查判断其中一部分；{rest} 项没有，并逐一说明原因。",
        "head": "| 项 | 内容 | 检查 | 判断什么 | 不判断什么 |",
        "none": "无",
    },
}


if __name__ == "__main__":
    raise SystemExit(main())
