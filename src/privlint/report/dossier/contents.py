"""A dossier in; what every form of it says out: the verdict, its figures, the findings under their clauses."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from privlint.model.dossier import Dossier, Flow
from privlint.model.finding import Covered, Finding, Text
from privlint.model.rules import Policy
from privlint.report import verdict, words
from privlint.report.reasons import reason

_LEVELS = ("error", "warning", "info")


class Figure(Struct, frozen=True):
    """A number and what it counts."""

    number: int
    text: Text
    kind: str = ""  # "bad" where anything but 0 needs a decision


class Alike(Struct, frozen=True):
    """Findings with the same explanation; the first stands for all."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one whose words are shown."""
        return self.findings[0]


class Clause(Struct, frozen=True, kw_only=True):
    """A clause, its words, and the findings that rest on it before any other."""

    id: str
    title: Text
    text: Text  # "" where there is none
    verified: bool
    alike: tuple[Alike, ...]
    number: int


def state(dossier: Dossier) -> str:
    """Choose "incomplete", "findings" or "clean"."""
    if verdict.incomplete(dossier.report) or verdict.internal(dossier.report):
        return "incomplete"
    return "findings" if verdict.fails(dossier.report) else "clean"


def headline(dossier: Dossier) -> Text:
    """Say how the run went, in one sentence."""
    found = _found(dossier)
    if state(dossier) != "incomplete":
        return found
    return Text(
        f"Incomplete: not everything could be examined. {found.en} in the rest",
        f"检查不完整：有内容未能检查。其余部分：{found.zh}",
    )


def _found(dossier: Dossier) -> Text:
    level = dossier.report.fail_on
    if level == "never":
        return Text("No level of findings fails this run", "任何级别的发现都不会使本次检查失败")
    failing = _LEVELS[: _LEVELS.index(level) + 1]
    number = sum(one.severity in failing for one in verdict.counted(dossier.report))
    if not number:
        return Text(f"No finding at or above “{level}”", f"没有达到或高于“{words.SEVERITIES[level].zh}”的发现")
    return Text(
        f"{number} finding{'' if number == 1 else 's'} at or above “{level}”",
        f"{number} 项发现达到或高于“{words.SEVERITIES[level].zh}”",
    )


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """Count what matters first."""
    flows = dossier.flows
    counted = verdict.counted(dossier.report)
    by = {level: sum(1 for finding in counted if finding.severity == level) for level in _LEVELS}
    judged = any(service.category_name and not service.supply for service in dossier.services)
    found = [Figure(len(flows), Text("kinds of personal data", "种个人信息"))]
    if judged:
        unneeded = sum(flow.standing == "unnecessary" for flow in flows)
        found.append(Figure(unneeded, Text("not necessary for the basic service", "种非必要个人信息"), "bad"))
    found += [
        Figure(sum(undeclared(flow) for flow in flows), Text("not declared", "种未声明"), "bad"),
        Figure(sum(flow.sensitive for flow in flows), Text("sensitive", "种敏感个人信息")),
        Figure(by["error"], Text("errors", "项错误"), "bad"),
        Figure(by["warning"], Text("warnings", "项警告"), "bad"),
        Figure(by["info"], Text("notes", "项提示")),
        Figure(len(verdict.suppressed(dossier.report)), Text("suppressed", "项已抑制")),
    ]
    return tuple(found)


def undeclared(flow: Flow) -> bool:
    """Tell whether the code takes data that nothing declares."""
    return bool(flow.places) and not flow.uses


STANDINGS = {
    "necessary": Text("necessary", "必要"),
    "conditional": Text("only with a sub-service", "仅限子服务"),
    "unnecessary": Text("not necessary for the basic service", "非基本功能服务所必需"),
    "unjudged": Text("not judged", "未判断"),
}
CONSENTS = {
    "policy": Text("by the policy", "隐私政策"),
    "permission": Text("system permission", "系统权限"),
    "separate": Text("separate consent", "单独同意"),
}


# --- what was not examined --------------------------------------------------------------------------------------------


class Unexamined(Struct, frozen=True, kw_only=True):
    """A reason, and the paths that it holds for."""

    title: Text
    paths: tuple[Covered, ...]
    bad: bool


def unexamined(dossier: Dossier) -> tuple[Unexamined, ...]:
    """Group the paths that were not, or not wholly, examined: first what failed."""
    groups: dict[tuple[int, str], list[Covered]] = {}
    for covered in dossier.report.coverage:
        if covered.outcome == "failed":
            groups.setdefault((0, covered.reason), []).append(covered)
        elif covered.outcome == "skipped":
            groups.setdefault((2, covered.reason), []).append(covered)
        elif covered.degraded or covered.reason:
            groups.setdefault((1, covered.reason), []).append(covered)
    what = (Text("not examined", "未能检查"), Text("examined in part", "部分检查"), Text("skipped", "跳过"))
    found = []
    for (rank, identity), paths in sorted(groups.items()):
        why = reason(identity, skipped=rank == 2)
        mark = f"{identity} " if identity.startswith("PRV") and rank < 2 else ""
        title = Text(f"{what[rank].en}: {mark}{why.en}", f"{what[rank].zh}：{mark}{why.zh}")
        found.append(Unexamined(title=title, paths=tuple(paths), bad=rank < 2))
    return tuple(found)


def counts(dossier: Dossier) -> Text:
    """Write the sum that adds up."""
    report = dossier.report
    scanned, skipped, failed = report.count("scanned"), report.count("skipped"), report.count("failed")
    total = len(report.coverage)
    return Text(
        f"{total} files discovered = {scanned} scanned + {skipped} skipped + {failed} failed",
        f"发现文件 {total} = 已检查 {scanned} + 跳过 {skipped} + 失败 {failed}",
    )


# --- findings by clause -----------------------------------------------------------------------------------------------


def clauses(dossier: Dossier) -> tuple[Clause, ...]:
    """Group the findings that count under the clause that each rests on first, the gravest clause first."""
    groups: dict[str, dict[tuple[object, ...], list[Finding]]] = {}
    for finding in verdict.counted(dossier.report):
        same = groups.setdefault(finding.clauses[0] if finding.clauses else "", {})
        key = (finding.check, finding.severity, finding.data, finding.reason, finding.help)
        same.setdefault(key, []).append(finding)
    found = [_clause(identity, same, dossier.policies) for identity, same in groups.items()]
    return tuple(sorted(found, key=lambda one: (_gravest(one), one.id == "", one.id)))


def _clause(identity: str, same: dict[tuple[object, ...], list[Finding]], policies: tuple[Policy, ...]) -> Clause:
    alike = sorted((Alike(tuple(findings)) for findings in same.values()), key=_order)
    law, _, number = identity.partition("/")
    policy = next((policy for policy in policies if policy.id == law), None)
    title, text, verified = (_OWN, Text("", ""), False) if policy is None else _words(policy, number)
    return Clause(
        id=identity,
        title=title,
        text=text,
        verified=verified,
        alike=tuple(alike),
        number=sum(len(one.findings) for one in alike),
    )


_OWN = Text("About the manifest and its marks", "关于清单及其标记")


def _words(policy: Policy, number: str) -> tuple[Text, Text, bool]:
    """Give the title of a clause, its words, and whether they were verified."""
    for category in policy.categories:
        if number == f"5.{category.number}":
            where = Text(
                f"article 5, category {category.number}: {category.name_en}",
                f"第五条第（{category.number}）项：{category.name_zh}",
            )
            return _title(policy, where), Text("", ""), category.verified
    where = Text(f"item {number}", f"第 {number} 项") if "." in number else Text(f"article {number}", f"第 {number} 条")
    article = next((one for one in policy.articles if one.id.rpartition("/")[2] == number), None)
    if article is None:
        return _title(policy, where), Text("", ""), False
    if article.verified and article.text_zh:
        return _title(policy, where), Text(article.text_en or article.summary_en, article.text_zh), True
    return _title(policy, where), Text(article.summary_en, article.summary_zh or article.summary_en), False


def _title(policy: Policy, where: Text) -> Text:
    return Text(f"{policy.title_en}, {where.en}", f"《{policy.title_zh}》{where.zh}")


def _order(alike: Alike) -> tuple[object, ...]:
    first = alike.first
    return _LEVELS.index(first.severity), first.check, first.place, first.data


def _gravest(clause: Clause) -> int:
    return min(_LEVELS.index(one.first.severity) for one in clause.alike)


# --- waivers ----------------------------------------------------------------------------------------------------------


def provenance(dossier: Dossier) -> Iterator[tuple[Text, str]]:
    """Yield what the report rests on: versions, hashes, the day."""
    report = dossier.report
    yield Text("privlint", "privlint"), report.tool
    yield Text("rulebook (SHA-256, beginning)", "规则库（SHA-256 前段）"), report.rulebook
    yield Text("day of the run", "检查日期"), report.today
    yield Text("manifest", "清单"), report.manifest or "-"
    if dossier.manifest_hash:
        yield Text("manifest (SHA-256)", "清单（SHA-256）"), dossier.manifest_hash
    for policy in dossier.policies:
        yield Text(policy.title_en, f"《{policy.title_zh}》"), f"{policy.id}, {policy.number}, {policy.in_force}"
