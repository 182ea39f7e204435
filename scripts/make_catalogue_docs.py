"""`rules/apis/` in, a page for each family out: `docs/catalogue/<family>.md`.

    python scripts/make_catalogue_docs.py

A test compares the pages with what this makes: run it again after a change to the rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from privlint.rulebook.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.rules import Api, Constraint, DataType, Family, Reader, Sign

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "catalogue"

_HOW = {
    "call": "call",
    "property": "read",
    "constructor": "made",
    "constant": "used",
    "override": "overridden",
    "subclass": "extended",
    "annotation": "annotated",
}


def main() -> None:
    """Write the pages, and remove those of families that are gone."""
    pages = build()
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in TARGET.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (TARGET / name).write_text(text, encoding="utf-8")


def build() -> dict[str, str]:
    """Make the pages: file name -> text."""
    rules = load(str(ROOT / "rules"))
    names = {kind.id: kind for kind in rules.data_types}
    families = sorted(rules.families, key=lambda family: (family.platform, family.id))
    pages = {f"{family.id}.md": _page(family, names) for family in families}
    return {"README.md": _index(families), **pages}


def _index(families: list[Family]) -> str:
    lines = [
        "# The catalogue",
        "",
        "What privlint knows of APIs that give personal data; generated from `rules/apis/` by",
        "`python scripts/make_catalogue_docs.py`.",
        "",
        "| platform | family | 名称 | entries |",
        "|---|---|---|--:|",
    ]
    for family in families:
        count = len(family.api) + len(family.sign) + len(family.reader)
        lines.append(f"| {family.platform} | [{family.name_en}]({family.id}.md) | {family.name_zh} | {count} |")
    return "\n".join([*lines, ""])


def _page(family: Family, names: dict[str, DataType]) -> str:
    lines = [f"# {_both(family.name_en, family.name_zh)}", ""]
    lines += [f"Generated from `rules/apis/{family.platform}/{family.id}.toml`.", ""]
    if family.note:
        lines += [family.note.strip(), ""]
    if family.api:
        lines += ["## What fires", "", "| API | how | data | permission | API level |", "|---|---|---|---|---|"]
        lines += [f"| {_api(api)} | {_how(api)} | {_data(api, names)} | {_ends(api)} |" for api in family.api]
        lines.append("")
    if family.sign:
        lines += [
            "## What fires where a reader takes it",
            "",
            "| constant or value | kind | data | permission | API level |",
        ]
        lines += ["|---|---|---|---|---|"]
        lines += [f"| {_sign(sign)} | {sign.kind} | {_data(sign, names)} | {_ends(sign)} |" for sign in family.sign]
        lines.append("")
    if family.reader:
        lines += ["## What reads", "", "| API | reads | argument |", "|---|---|--:|", *map(_reader, family.reader), ""]
    lines += [*_silent(family), *_platform(family)]
    return "\n".join([*lines, "## Sources", "", *_sources(family), ""])


def _api(api: Api) -> str:
    members = ", ".join(f"`{member}`" for member in api.members)
    text = f"`{api.owner}`" + (f": {members}" if members else "")
    conditions = "; ".join(map(_condition, api.when))
    return f"{text}, where {conditions}" if conditions else text


def _condition(constraint: Constraint) -> str:
    what = constraint.name or ("the receiver" if constraint.argument < 0 else f"argument {constraint.argument + 1}")
    parts = []
    if constraint.is_:
        parts.append(f"is {_codes(constraint.is_)}")
    if constraint.prefix:
        parts.append(f"starts with {_codes(constraint.prefix)}")
    if constraint.type:
        parts.append(f"is of the type {_codes(constraint.type)}")
    if constraint.absent:
        parts.append("is not given")
    text = " or ".join(parts)
    if constraint.not_:
        text = f"{text} and is not {_codes(constraint.not_)}" if text else f"is not {_codes(constraint.not_)}"
    return f"{what} {text}"


def _codes(texts: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{text}`" if text != "*" else "anything fixed in the code" for text in texts)
    return shown.replace("|", "\\|")


def _how(api: Api) -> str:
    return _HOW[api.kind] + ("" if api.verified else ", not verified")


def _sign(sign: Sign) -> str:
    constants = tuple(f"{sign.owner}.{member}" for member in sign.members)
    return _codes((*constants, *sign.values))


def _data(entry: Api | Sign, names: dict[str, DataType]) -> str:
    text = ", ".join(_both(names[kind].name_en, names[kind].name_zh) for kind in entry.data)
    return text + {"mark": " (marked only)", "verify": " (checked by the system)"}.get(entry.act, "")


def _both(english: str, chinese: str) -> str:
    return english if english == chinese else f"{english} · {chinese}"


def _ends(entry: Api | Sign) -> str:
    permissions = ", ".join(f"`{name.removeprefix('android.permission.')}`" for name in entry.permissions)
    levels = [f"from {entry.since}"] if entry.since else []
    levels += [f"deprecated in {entry.deprecated}"] if entry.deprecated else []
    return f"{permissions} | {', '.join(levels)}"


def _reader(reader: Reader) -> str:
    members = ", ".join(f"`{member}`" for member in reader.members if member != "<init>")
    text = f"`{reader.owner}`" + (f": {members}" if members else "")
    return f"| {text} | {reader.reads} | {reader.argument + 1} |"


def _silent(family: Family) -> Iterator[str]:
    """The lines that must not speak, without those that only say that an own class of the project is not meant."""
    entries: tuple[Api | Sign, ...] = (*family.api, *family.sign)
    lines = dict.fromkeys(entry.silent for entry in entries if "Own" not in entry.silent)
    yield from ("## What does not fire", "", "A class of the project that bears the same name; and:" if lines else "")
    if not lines:
        yield from ("A class of the project that bears the same name.", "")
        return
    language = "python" if family.platform == "python" else "kotlin"
    yield from ("", f"```{language}", *lines, "```", "")


def _platform(family: Family) -> Iterator[str]:
    notes = dict.fromkeys((api.platform_note_en, api.platform_note_zh) for api in family.api if api.platform_note_en)
    if notes:
        yield from ("## What the platform does", "")
        for english, chinese in notes:
            yield f"- {english} {chinese}"
        yield ""


def _sources(family: Family) -> Iterator[str]:
    entries: tuple[Api | Sign | Reader, ...] = (*family.api, *family.sign, *family.reader)
    for source in sorted({family.source, *(entry.source for entry in entries if entry.source)}):
        yield f"- <{source}>"
    yield from ("", f"Read on {family.read}.")


if __name__ == "__main__":
    main()
