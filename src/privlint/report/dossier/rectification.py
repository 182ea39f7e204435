"""A rectification in; the report for the regulator's file out, as Markdown or as one HTML page."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.finding import Text
from privlint.model.notice import Item
from privlint.model.rectification import Rectification
from privlint.report import safe, words
from privlint.report.dossier import contents, plain, rectifying
from privlint.report.dossier.rectifying import Section
from privlint.report.verdict import suppressed
from privlint.report.view import View

FORMATS = ("markdown", "html")
_PLACES = 20  # of one problem that are named in a table


def render(name: str, answered: Rectification, view: View) -> Iterator[str]:
    """Yield the lines in the format `name`."""
    if name == "html":
        from privlint.report.dossier.page import environment

        yield from environment().get_template("rectification.html.jinja").render(_values(answered, view)).splitlines()
        return
    yield from _markdown(answered, view.language)


def _values(answered: Rectification, view: View) -> dict[str, object]:
    language = view.language

    def text(english: Text | str, chinese: str = "") -> str:
        chosen = english if isinstance(english, Text) else Text(english, chinese)
        return safe.visible(chosen[language])

    return {
        "t": text,
        "language": "zh-Hans" if language.startswith("zh") else "en",
        "gap": "" if language.startswith("zh") else " ",
        "report": answered.dossier.report,
        "title": rectifying.title(answered),
        "facts": tuple(rectifying.facts(answered)),
        "named": rectifying.named(answered),
        "others": rectifying.others(answered),
        "headings": rectifying.HEADINGS,
        "waived": suppressed(answered.dossier.report),
        "suppressed_by": words.SUPPRESSED_BY,
        "unexamined": contents.unexamined(answered.dossier),
        "counts": contents.counts(answered.dossier),
        "provenance": tuple(contents.provenance(answered.dossier)),
        "words": rectifying,
        "limits": words.LIMITS,
        "evidence": words.EVIDENCE,
        "cited": answered.answer.cited,
        "safe_text": safe.visible,
        "shown_places": _PLACES,
    }


def _markdown(answered: Rectification, language: str) -> Iterator[str]:
    yield f"# {plain.markdown(rectifying.title(answered)[language])}"
    yield ""
    yield plain.row(("", ""))
    yield plain.row(("---", "---"))
    for name, value in rectifying.facts(answered):
        yield plain.row((name[language], plain.markdown(value[language])))
    yield ""
    if answered.answer.text and not answered.answer.points:
        yield UNKNOWN[language]
        yield ""
    for section in rectifying.named(answered):
        yield from _section(section, language)
    others = rectifying.others(answered)
    if others:
        yield f"## {rectifying.OTHERS[language]}"
        yield ""
    for section in others:
        yield from _section(section, language, level="###")
    yield from _waived(answered, language)
    yield from _end(answered, language)


def _section(section: Section, language: str, level: str = "##") -> Iterator[str]:
    stop = "。" if language.startswith("zh") else "."
    yield f"{level} {section.number}. {plain.markdown(section.title[language])}"
    yield ""
    yield f"{plain.markdown(section.told[language])}{stop}"
    yield ""
    for item in section.items:
        yield f"- {plain.markdown(clause(item, language))}"
    yield ""
    if section.rows:
        yield plain.row(heading[language] for heading in rectifying.HEADINGS)
        yield plain.row("---" for _ in rectifying.HEADINGS)
    for row in section.rows:
        places = [plain.markdown(place) for place in row.places[:_PLACES]]
        if len(row.places) > _PLACES:
            places.append(
                Text(f"and {len(row.places) - _PLACES} more", f"另有 {len(row.places) - _PLACES} 处")[language]
            )
        yield plain.row(
            (
                row.number,
                "<br>".join(row.clauses),
                plain.markdown(f"{row.severity[language]} {row.check} {row.problem[language]}"),
                "<br>".join(places),
                plain.markdown(row.fix[language]),
                row.due or "-",
                "",
                rectifying.OPEN[language],
            )
        )
    if section.rows:
        yield ""
    if section.by_hand:
        yield rectifying.BY_HAND[language]
        yield ""
        for item in section.by_hand:
            yield f"- [ ] {plain.markdown(clause(item, language))}"
        yield ""


def clause(item: Item, language: str) -> str:
    """Write a clause: its words in quotation marks where they are the law's, else our summary."""
    said = item.text[language]
    if item.verified and language.startswith("zh"):
        return f"{item.name.zh}：“{said}”"
    if not item.verified and said and language.startswith("zh"):
        return f"{item.name.zh}：{said}（我们的概括）"
    colon = "：" if language.startswith("zh") else ": "
    return f"{item.name[language]}{colon}{said}" if said else item.name[language]


def _waived(answered: Rectification, language: str) -> Iterator[str]:
    hidden = suppressed(answered.dossier.report)
    if not hidden:
        return
    yield f"## {rectifying.WAIVED[language]}"
    yield ""
    for one in hidden:
        by = words.SUPPRESSED_BY.get(one.suppressed)
        told = f"{one.check} {one.place.path}:{one.place.start.line} {one.message[language]}"
        why = f"{by[language] if by else one.suppressed} {one.justification}".strip()
        yield f"- {plain.markdown(told)}{'：' if language.startswith('zh') else ': '}{plain.markdown(why)}"
    yield ""


def _end(answered: Rectification, language: str) -> Iterator[str]:
    yield f"## {Text('What was not examined', '未检查的内容')[language]}"
    yield ""
    stop = "。" if language.startswith("zh") else ". "
    yield f"{contents.counts(answered.dossier)[language]}{stop}{words.LIMITS[language]}"
    yield ""
    for group in contents.unexamined(answered.dossier):
        yield f"- {len(group.paths)} {plain.markdown(group.title[language])}"
    if contents.unexamined(answered.dossier):
        yield ""
    if answered.answer.cited:
        yield f"## {rectifying.CITED[language]}"
        yield ""
        for item in answered.answer.cited:
            yield f"- {item.id}{'：' if language.startswith('zh') else ': '}{plain.markdown(item.name[language])}"
        yield ""
    yield f"## {Text('Versions and hashes', '版本与哈希')[language]}"
    yield ""
    for name, value in contents.provenance(answered.dossier):
        yield f"- {name[language]}{'：' if language.startswith('zh') else ': '}{plain.markdown(value)}"
    yield ""
    gap = "" if language.startswith("zh") else " "
    yield f"{rectifying.LIMITS[language]}{gap}{rectifying.RUN_AGAIN[language]}{gap}{words.EVIDENCE[language]}"


UNKNOWN = Text(
    "No wording that privlint knows stands in the text of the notice; what was found stands below.",
    "通报文本中没有 privlint 认识的表述；检查发现的问题见下文。",
)
