"""What the code does, what the project says and what the rules know in (a `Project`); findings come out.

One file per check: its documentation with examples that run, its card, its verdict. A check is registered by its line
in `_NAMES`, and loaded when it is run; a test sees to it that no file is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Protocol

from msgspec.structs import replace

from privlint.checks.findings import IN_APP
from privlint.checks.harm import LEVEL
from privlint.model.check import COVERAGE_IDS, SUPPRESSION_IDS, Check, CheckDoc, selected
from privlint.model.declared import AppDeclarations
from privlint.model.finding import Finding, Text
from privlint.model.fingerprint import finished
from privlint.model.flow import Trace
from privlint.model.judged import Project
from privlint.model.place import Place
from privlint.model.project import CheckSettings


class CheckModule(Protocol):
    """What a file of this folder has to have."""

    __doc__: str | None
    CHECK: Check
    ZH: str

    def check(self, project: Project) -> Iterator[Finding]:
        """Judge the project."""


_NAMES = (
    "prv101_unnecessary_collection",
    "prv102_not_basic",
    "prv103_missing_service",
    "prv104_required_for_improvement",
    "prv201_undeclared_collection",
    "prv202_never_seen",
    "prv203_no_separate_consent",
    "prv204_unknown_category",
    "prv205_unknown_name",
    "prv206_placeholder",
    "prv207_vague_purpose",
    "prv208_change_without_notice",
    "prv209_more_required",
    "prv301_undeclared_request",
    "prv302_unused_permission",
    "prv303_missing_permission",
    "prv304_unnecessary_permission",
    "prv305_narrower_way",
    "prv306_draft_rules",
    "prv401_before_consent",
    "prv402_starts_by_itself",
    "prv403_assumed_consent",
    "prv404_assumed_agreement",
    "prv405_reset_on_update",
    "prv501_refused_service",
    "prv502_bundled_request",
    "prv503_asked_again",
    "prv504_purpose_not_shown",
    "prv601_too_often",
    "prv602_permanent_identifier",
    "prv603_taken_unseen",
    "prv701_undeclared_sdk",
    "prv702_unknown_sdk",
    "prv703_sdk_gone",
    "prv704_incomplete_sdk",
    "prv801_identifier_handed_on",
    "prv802_contacts_messaged",
    "prv901_no_policy",
    "prv902_data_not_in_policy",
    "prv903_no_complaint_channel",
    "prv904_no_deletion_route",
    "prv905_sdk_not_in_policy",
    "prv906_policy_says_more",
    "prv907_policy_not_chinese",
    "prv908_complaints_unanswered",
    "prv909_no_withdrawal_route",
    "prv910_right_leads_nowhere",
    "prv911_account_without_closing",
    "prv912_closing_asks_more",
    "prv913_no_off_switch",
    "prv914_only_marked_deleted",
)
IDS = tuple(name[:6].upper() for name in _NAMES)
KNOWN = (*COVERAGE_IDS, *SUPPRESSION_IDS, *IDS)


def run(project: Project) -> tuple[Finding, ...]:
    """Run every active check and settle what they say."""
    return settle(finding for check in active(project) for finding in judge(check, project))


def active(project: Project) -> tuple[str, ...]:
    """List the checks that the settings leave on."""
    return tuple(check for check in IDS if selected(project.manifest.manifest.check, check))


def asks_for_calls(settings: CheckSettings) -> bool:
    """Tell whether a check is left on that asks what calls what."""
    return any(selected(settings, check) for check in IDS if check.startswith((*_FROM_CALLS, "PRV802")))


def judge(check: str, project: Project) -> tuple[Finding, ...]:
    """Run one check; one that has nothing to go by is not even loaded."""
    if not project.whole and not project.manifest.path and check not in _ALONE:
        return ()
    return tuple(_module(check).check(project))


def settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep one finding for each place and data type, the graver one with the others as notes; sort and fingerprint.

    When and how something is taken has other remedies than that it is taken: those findings stand by themselves.
    """
    groups: dict[tuple[Place, tuple[str, ...] | str, str], list[Finding]] = {}
    for finding in findings:
        kind = finding.check[:4] if finding.check.startswith(_FROM_CALLS) else ""
        groups.setdefault((finding.place, finding.data or finding.symbol, kind), []).append(finding)
    return finished(_graver(group) for group in groups.values())


def notes(project: Project) -> tuple[Text, ...]:
    """Say what the reader of the report should know of the judgement as a whole."""
    found = []
    file = project.manifest.path
    if not project.apps:
        found.append(_no_category(file))
    if any(app.side == "supply" for app in project.apps):
        found.append(_SUPPLY)
    if any(app.category == "other" and app.side == "consumer" for app in project.apps):
        found.append(_OTHER)
    found.extend(_not_fetched(text.named) for text in project.texts if text.state == "address")
    if project.rights and project.rights.unread:
        found.append(_unread(project.rights.unread))
    if project.trace is not None and project.trace.cut:
        found.append(_followed(project.trace))
    if project.declared:
        found.extend(project.declared.notes)
        found.extend(_unclear(project.declared))
    if project.apps and any(project.app_at(seen.place.path) is None for seen in project.seen()):
        found.append(_OUTSIDE)
    return tuple(found)


def _unclear(declared: AppDeclarations) -> Iterator[Text]:
    """Count and name what the build files say and their text alone cannot tell."""
    found = [one for one in declared.unresolved if one.what in {"dependency", "module", "plugin"}]
    if not found:
        return
    named = [f"{one.text} ({one.place.path}:{one.place.start.line})" for one in found[:_NAMED]]
    more = len(found) - len(named)
    count = f"{len(found)} entries of build files" if len(found) > 1 else "1 entry of a build file"
    yield Text(
        f"{count} could not be told from the text, and nothing was judged there: {', '.join(named)}"
        + (f" and {more} more" if more else ""),
        f"构建文件中有 {len(found)} 处仅凭文本无法确定，因此没有判断其引入的内容：{'、'.join(named)}"
        + (f"，另有 {more} 处" if more else ""),
    )


def _unread(paths: tuple[str, ...]) -> Text:
    more = len(paths) - _NAMED
    return Text(
        f"not searched for users' rights and ticked boxes, being too large or too deep: {', '.join(paths[:_NAMED])}"
        + (f" and {more} more" if more > 0 else ""),
        f"以下文件过大或嵌套过深，没有在其中查找用户权利和默认勾选：{'、'.join(paths[:_NAMED])}"
        + (f"，另有 {more} 个" if more > 0 else ""),
    )


def _followed(trace: Trace) -> Text:
    return Text(
        f"calls were followed back through {trace.routines} routines, and not further at {trace.cut} places (large"
        f" files, names that too much leads to); at {trace.unresolved} calls the type of the receiver stayed unknown:"
        " more may run at the start than is reported",
        f"调用向上跟踪了 {trace.routines} 个函数，另有 {trace.cut} 处没有继续跟踪（文件过大，或涉及该名称的位置过多）；"
        f"有 {trace.unresolved} 处调用的接收者类型未知：启动时运行的内容可能多于所报告的",
    )


def _not_fetched(address: str) -> Text:
    return Text(
        f"the privacy policy at {address} is not fetched, so nothing was held against its text;"
        " name its file in `policy`",
        f"不会联网读取 {address} 处的隐私政策，因此没有与其文本对照；可在 `policy` 中写明其文件",
    )


def explain(check: str) -> CheckDoc | None:
    """Give a check's documentation; None when there is no such check here."""
    if check not in IDS:
        return None
    module = _module(check)
    return CheckDoc(module.CHECK, Text((module.__doc__ or "").strip(), module.ZH.strip()))


def __getattr__(name: str) -> tuple[CheckModule, ...]:
    """Give `CHECKS`, all of them: whoever asks for that needs each."""
    if name == "CHECKS":
        return tuple(map(_module, IDS))
    raise AttributeError(name)


def _module(check: str) -> CheckModule:
    name = _NAMES[IDS.index(check)]
    module: CheckModule = import_module(f"privlint.checks.{name}")
    return module


_ALONE = frozenset({"PRV201", "PRV205", "PRV801"})  # they have something to say of single files without a manifest
_FROM_CALLS = ("PRV4", "PRV5", "PRV6")  # the hundreds that hold checks on consent, refusal and manner
# Where two findings are as grave: a missing declaration is written in a minute, an unneeded collection is a decision.
_RANK = {
    check: rank
    for rank, check in enumerate(("PRV101", "PRV102", "PRV201", "PRV203", "PRV103", "PRV202", "PRV305", "PRV304"))
}


def _graver(group: list[Finding]) -> Finding:
    group.sort(
        key=lambda finding: (-LEVEL[finding.severity], _RANK.get(finding.check, 9), finding.check, finding.symbol)
    )
    first = group[0]
    first = replace(first, notes=(*first.notes, *_other_apps(first, group)))
    others = {finding.check: finding for finding in reversed(group) if finding.check != first.check}
    if not others:
        return first
    rest = tuple(others[check] for check in sorted(others))
    return replace(
        first,
        also=tuple(other.check for other in rest),
        notes=(
            *(
                Text(f"also {other.check}: {other.message.en}", f"同时符合 {other.check}：{other.message.zh}")
                for other in rest
            ),
            *first.notes,
        ),
        clauses=tuple(dict.fromkeys((*first.clauses, *(clause for other in rest for clause in other.clauses)))),
    )


def _other_apps(first: Finding, group: list[Finding]) -> tuple[Text, ...]:
    """Name the further apps of a shared module about which a check says the same."""
    found = (note for one in group if one.check == first.check for note in one.notes if note.en.startswith(IN_APP))
    return tuple(dict.fromkeys(note for note in found if note not in first.notes))


def _no_category(file: str) -> Text:
    table = '[app]\nname = "{}"\ncategory = "map-navigation"'
    if file:
        english, chinese = f"{file} names no category", f"{file} 没有写明类别"
    else:
        english, chinese = "there is no privlint.toml", "没有 privlint.toml"
    if file.rpartition("/")[2] == "pyproject.toml":
        table = table.replace("[app]", "[tool.privlint.app]")
    where = file or "privlint.toml"
    return Text(
        f"{english}: what the code collects is reported, but not held against a category; write to {where}, with the id"
        f" that fits (`privlint categories` lists them):\n{table.format('Name of the app')}",
        f"{chinese}：报告了代码收集的信息，但没有与类别对照；请在 {where} 中写入以下内容，"
        f"category 换成相符的 id（`privlint categories` 可列出）：\n{table.format('应用名称')}",
    )


_NAMED = 5  # unclear entries that a note names
_SUPPLY = Text(
    'side = "supply": the 2021 provisions cover only users on the consumer side (article 3), so necessity is not judged'
    " here; what is collected still has to be declared",
    'side = "supply"：2021 年规定只涉及消费侧用户（第三条），因此不判断必要性；收集的信息仍须声明',
)
_OTHER = Text(
    'category = "other": none of the 39 lists applies, so necessity is not judged; article 6 of the Personal'
    " Information Protection Law does apply, with the functions and purposes that the manifest itself declares",
    'category = "other"：39 类范围均不适用，因此不判断必要性；'
    "仍适用个人信息保护法第六条，以清单自己声明的功能和目的为准",
)
_OUTSIDE = Text(
    "some files lie outside the paths of every [[apps]] table: they are held against the declarations, but not against"
    " a category",
    "部分文件不在任何 [[apps]] 的 paths 之内：只与声明对照，不与类别对照",
)
