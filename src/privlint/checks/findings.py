"""The parts of a verdict in; a finding comes out, with the notes that every finding of its kind carries."""

from __future__ import annotations

from msgspec import Struct

from privlint.checks import harm, wording
from privlint.model.check import Check
from privlint.model.facts import Confidence, Observation
from privlint.model.finding import Finding, Related, Text
from privlint.model.judged import Project
from privlint.model.place import Place
from privlint.model.project import App, Severity

IN_APP = "in the app "  # how a note begins that names an app


class Use(Struct, frozen=True):
    """One data type that one place in the code obtains, in one app."""

    observation: Observation
    data: str
    app: App | None


class Entry(Struct, frozen=True, kw_only=True):
    """One place in the manifest; `subject` names it for the fingerprint, `data` weighs it."""

    key: str  # collect.0.data
    label: Text
    subject: str
    data: str = ""


class Mark(Struct, frozen=True, kw_only=True):
    """One place in a build file or a text; `subject` names it for the fingerprint."""

    place: Place
    label: Text
    subject: str
    severity: Severity
    confidence: Confidence = Confidence.EXACT
    data: tuple[str, ...] = ()
    apps: tuple[App, ...] = ()  # that it concerns


class Verdict(Struct, frozen=True, kw_only=True):
    """What a check says: what, why it matters, what to do."""

    message: Text
    why: Text  # one sentence; the clauses follow it
    help: Text
    clauses: tuple[str, ...] = ()
    leading: str = ""  # the clause to quote; the first when none is named
    notes: tuple[Text, ...] = ()
    related: tuple[Related, ...] = ()
    way: bool = False  # the related places are steps that lead to the place


def at_use(project: Project, check: Check, use: Use, verdict: Verdict) -> Finding:
    """Report a place in the code."""
    observation = use.observation
    return Finding(
        check=check.id,
        severity=harm.of_use(project, check, observation, use.data, use.app),
        confidence=observation.confidence,
        message=verdict.message,
        place=observation.place,
        reason=_reason(project, verdict),
        help=verdict.help,
        label=_label(project, observation, use.data),
        clauses=verdict.clauses,
        notes=(*verdict.notes, *_notes(project, observation), *in_apps(project, (use.app,) if use.app else ())),
        data=(use.data,),
        symbol=observation.symbol,
        enclosing=observation.enclosing,
        related=verdict.related,
    )


def at_declaration(project: Project, check: Check, entry: Entry, verdict: Verdict) -> Finding:
    """Report a place in the manifest."""
    return Finding(
        check=check.id,
        severity=harm.of_declaration(project, check, entry.data),
        confidence=Confidence.EXACT,
        message=verdict.message,
        place=project.place(entry.key),
        reason=_reason(project, verdict),
        help=verdict.help,
        label=entry.label,
        clauses=verdict.clauses,
        notes=verdict.notes,
        data=(entry.data,) if entry.data else (),
        symbol=entry.subject,
        related=verdict.related,
    )


def at_place(project: Project, check: Check, mark: Mark, verdict: Verdict) -> Finding:
    """Report a place in a build file or a text."""
    chosen = project.manifest.manifest.check.severity.get(check.id)
    return Finding(
        check=check.id,
        severity=chosen or mark.severity,
        confidence=mark.confidence,
        message=verdict.message,
        place=mark.place,
        reason=_reason(project, verdict),
        help=verdict.help,
        label=mark.label,
        clauses=verdict.clauses,
        notes=(*verdict.notes, *in_apps(project, mark.apps)),
        data=mark.data,
        symbol=mark.subject,
        related=verdict.related,
        way=verdict.way,
    )


def in_apps(project: Project, apps: tuple[App, ...]) -> tuple[Text, ...]:
    """Name the apps, where the manifest declares several."""
    if len(project.apps) < 2 or not apps:
        return ()
    names = [app.name for app in apps]
    return (Text(f"{IN_APP}{', '.join(names)}", f"所属应用：{'、'.join(names)}"),)


def _reason(project: Project, verdict: Verdict) -> Text:
    if not verdict.clauses:
        return verdict.why
    cited = wording.citations(project, verdict.clauses, verdict.leading or verdict.clauses[0])
    return Text(f"{verdict.why.en} {cited.en}", f"{verdict.why.zh}{cited.zh}")


def _label(project: Project, observation: Observation, data: str) -> Text:
    name = wording.name(project, data)
    match observation.kind:
        case "field":
            return Text(f"a field for {name.en}", f"{name.zh}字段")
        case "mark":
            return Text(f"touches {name.en} without obtaining it", f"涉及{name.zh}，但并未取得")
        case "verify":
            return Text(
                f"has the system check {name.en}; the app only learns the answer",
                f"由系统核验{name.zh}，应用只得到结果",
            )
        case "given":
            return Text(f"uses {name.en}", f"使用{name.zh}")
        case "request":
            return Text(f"asks for {name.en}", f"申请{name.zh}")
        case _:
            return Text(f"collects {name.en}", f"收集{name.zh}")


def _notes(project: Project, observation: Observation) -> list[Text]:
    notes = []
    if observation.place.path in project.test_paths:
        notes.append(Text("this is test code, so it is only information", "这是测试代码，仅作提示"))
    if observation.confidence is Confidence.LEXICAL:
        notes.append(
            Text(
                "found by its name in a part of the file that the parser could not read, so at most a warning",
                "该处代码无法解析，仅按名称识别，因此最高为警告",
            )
        )
    if observation.confidence is Confidence.NAME_ONLY:
        notes.append(Text("known by nothing but its name, so at most a warning", "仅凭名称识别，因此最高为警告"))
    if observation.platform_note_en or observation.platform_note_zh:
        english = observation.platform_note_en or observation.platform_note_zh
        notes.append(Text(english, observation.platform_note_zh or observation.platform_note_en))
    if observation.permissions:
        notes.append(
            Text(
                f"guarded by {', '.join(observation.permissions)}", f"受权限控制：{'、'.join(observation.permissions)}"
            )
        )
    return notes
