"""The documentation of the checks in, docs/checks.md out. `--check` writes nothing and ends with 1 when it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from privlint import engine
from privlint.model.check import CheckDoc
from privlint.report.reasons import REASONS

PAGE = Path(__file__).parent.parent / "docs" / "checks.md"


def main() -> int:
    """Write the page, or compare it."""
    text = "\n".join(page()) + "\n"
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/checks.md is not what the checks say; run scripts/make_check_list.py\n")
    return 1


def page() -> Iterator[str]:
    """Every check with its card; the list first, then what each says of itself."""
    documents = engine.check_docs()
    yield "# Checks 检查项"
    yield ""
    yield "Made by `scripts/make_check_list.py` from the checks themselves. `privlint explain PRV101` shows one."
    yield ""
    yield "由 `scripts/make_check_list.py` 根据检查项自身生成。`privlint explain PRV101` 可查看其中一项。"
    yield ""
    yield "| id | name | gravest | what 说明 | clauses 条款 |"
    yield "|---|---|---|---|---|"
    for document in documents:
        yield _row(document)
    yield ""
    yield "## Reasons why something was not examined 未能检查的原因"
    yield ""
    yield "| id | what | 说明 |"
    yield "|---|---|---|"
    for reason, text in sorted(REASONS.items()):
        yield f"| {reason} | {text.en} | {text.zh} |"
    for document in documents:
        card = document.check
        yield ""
        yield f"## {card.id} {card.slug}"
        for language in ("en", "zh"):
            yield ""
            yield from _deeper(document.text[language])


def _row(document: CheckDoc) -> str:
    card = document.check
    link = f"[{card.id}](#{card.id.lower()}-{card.slug})"
    what = f"{card.title.en}<br>{card.title.zh}"
    return f"| {link} | {card.slug} | {card.severity} | {what} | {'<br>'.join(card.clauses)} |"


def _deeper(text: str) -> Iterator[str]:
    """The same text with its headings one level lower; what stands in a fence stays."""
    fenced = False
    for line in text.splitlines():
        fenced = fenced != line.startswith("```")
        yield f"#{line}" if line.startswith("## ") and not fenced else line.rstrip()


if __name__ == "__main__":
    raise SystemExit(main())
