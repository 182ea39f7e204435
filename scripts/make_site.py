"""The documents of the repository in; the documentation site in English and in Chinese out: build/site.

    python scripts/make_site.py            # needs the dependency group docs
    python scripts/make_site.py --stage    # only lay the pages out, in build/site-pages

A page `name.zh.md` is the Chinese twin of `name.md`. A page without a twin stands in both sites as it is. Links that
lead out of `docs/` lead to the repository. The build is strict: a link that leads nowhere ends it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
STAGE = ROOT / "build" / "site-pages"
SITE = ROOT / "build" / "site"
REPOSITORY = "https://github.com/OWNER/privlint"
LANGUAGES = ("en", "zh")
# The pages in their order: the section, and the names of its pages without their ending.
SECTIONS = (
    (("Start", "开始"), ("tutorial", "faq")),
    (
        ("How to", "操作指南"),
        ("ci", "editors", "flake8", "suppressions", "notices", "lists", "attestation", "screens"),
    ),
    (
        ("Reference", "参考"),
        (
            "checks",
            "method-coverage",
            "declarations",
            "catalogue/README",
            "sdks",
            "exit-codes",
            "json-output",
            "report-json",
        ),
    ),
    (("Background", "背景"), ("architecture", "comparison", "accuracy", "coverage", "performance", "reliability")),
)
HOME = {"en": "README.md", "zh": "README.zh-CN.md"}
TITLES = {"en": "privlint", "zh": "privlint 文档"}
_LINK = re.compile(r"(!?\[[^\]]*\]\()([^)\s]+)(\))")
_FENCE = re.compile(r"^(```\w+) ([\w./-]+)$", re.MULTILINE)  # a file's name beside the language is its title
_OTHER_HOME = re.compile(r"^\[[^\]]+\]\(README[\w.-]*\.md\)\n\n", re.MULTILINE)  # the site has a menu of languages
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def main() -> int:
    """Lay the pages out and build both sites."""
    shutil.rmtree(STAGE, ignore_errors=True)
    for language in LANGUAGES:
        stage(language)
    if "--stage" in sys.argv[1:]:
        return 0
    shutil.rmtree(SITE, ignore_errors=True)
    for language in LANGUAGES:
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", "zensical.toml"]
        done = subprocess.run(command, cwd=STAGE / language, check=False)
        if done.returncode != 0:
            return done.returncode
        target = SITE if language == "en" else SITE / language
        shutil.copytree(STAGE / language / "site", target, dirs_exist_ok=True)
    sys.stdout.write(f"{SITE.relative_to(ROOT)}/index.html\n")
    return 0


def stage(language: str) -> None:
    """Lay out the pages of one language, and the configuration of its site."""
    folder = STAGE / language / "docs"
    for name, source in pages(language):
        target = folder / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_linked(source, name, language), encoding="utf-8")
    shutil.copytree(DOCS / "img", folder / "img")
    (STAGE / language / "zensical.toml").write_text(configuration(language), encoding="utf-8")


def pages(language: str) -> Iterator[tuple[str, Path]]:
    """Yield each page: the name that it has in the site, and the file that it is made of."""
    yield "index", ROOT / HOME[language]
    yield "architecture", ROOT / "ARCHITECTURE.md"
    for path in sorted(DOCS.rglob("*.md")):
        name = path.relative_to(DOCS).with_suffix("").as_posix()
        if name.endswith(".zh"):
            continue
        twin = path.with_name(f"{path.stem}.zh.md")
        yield name, twin if language == "zh" and twin.exists() else path


def configuration(language: str) -> str:
    """Write the configuration of one site."""
    known = dict(pages(language))
    lines = [
        "[project]",
        f'site_name = "{TITLES[language]}"',
        "use_directory_urls = false",
        "nav = [",
        f'  {{ "{ {"en": "Overview", "zh": "概览"}[language] }" = "index.md" }},',
    ]
    for titles, names in SECTIONS:
        title = titles[LANGUAGES.index(language)]
        listed = [f'{{ "{_title(known[name])}" = "{name}.md" }}' for name in names if name in known]
        lines.append(f'  {{ "{title}" = [{", ".join(listed)}] }},')
    # The theme's own link to the repository makes every reader's browser ask the host of it for figures.
    lines.append(f'  {{ "{ {"en": "Repository", "zh": "代码仓库"}[language] }" = "{REPOSITORY}" }},')
    alternate = {"en": "../", "zh": ""} if language == "zh" else {"en": "", "zh": "zh/"}
    lines += [
        "]",
        "[project.theme]",
        f'language = "{language}"',
        'features = ["navigation.sections", "navigation.top", "toc.follow", "content.code.copy"]',
        "font = false",
        '[[project.theme.palette]]\nmedia = "(prefers-color-scheme: light)"\nscheme = "default"',
        '[[project.theme.palette]]\nmedia = "(prefers-color-scheme: dark)"\nscheme = "slate"',
        f'[[project.extra.alternate]]\nname = "English"\nlink = "{alternate["en"] or "./"}"\nlang = "en"',
        f'[[project.extra.alternate]]\nname = "中文"\nlink = "{alternate["zh"] or "./"}"\nlang = "zh"',
        "[project.markdown_extensions.tables]",
        "[project.markdown_extensions.attr_list]",
        "[project.markdown_extensions.toc]\npermalink = true",
        "[project.markdown_extensions.pymdownx.superfences]",
        "[project.markdown_extensions.pymdownx.highlight]\nanchor_linenums = true",
    ]
    return "\n".join(lines) + "\n"


def _title(path: Path) -> str:
    found = _HEADING.search(path.read_text(encoding="utf-8"))
    return (found[1] if found else path.stem).replace('"', "").replace("`", "")


def _linked(source: Path, name: str, language: str) -> str:
    """Turn the links of a page: to another page of the site, or out of it to the repository."""
    known = {path.resolve(): page for page, path in pages(language)}
    other = {path.resolve(): page for page, path in pages("en" if language == "zh" else "zh")}
    depth = "../" * name.count("/")

    def turned(match: re.Match[str]) -> str:
        before, target, after = match.groups()
        path, hash_, anchor = target.partition("#")
        if "://" in target or not path or target.startswith("mailto:"):
            return match[0]
        file = (source.parent / path).resolve()
        page = known.get(file) or other.get(file)
        if page is not None:
            return f"{before}{depth}{page}.md{hash_}{anchor}{after}"
        if file.is_relative_to(DOCS / "img"):
            return f"{before}{depth}img/{file.name}{after}"
        kind = "tree" if file.is_dir() else "blob"
        return f"{before}{REPOSITORY}/{kind}/main/{file.relative_to(ROOT).as_posix()}{hash_}{anchor}{after}"

    text = _FENCE.sub(r'\1 title="\2"', source.read_text(encoding="utf-8"))
    if name == "index":
        text = _OTHER_HOME.sub("", text, count=1)
    return _LINK.sub(turned, text)


if __name__ == "__main__":
    raise SystemExit(main())
