"""A report in; for code-scanning services: one SARIF 2.1.0 log out.

Addresses are relative to SRCROOT, percent-encoded, and never lead out of it. Fingerprints hold no line numbers. What
was not examined stands in the notifications, suppressed findings in the results with their suppression.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath

from privlint.model.finding import Covered, Finding, Report
from privlint.model.place import Place
from privlint.report import jsontext, safe, verdict, words
from privlint.report.reasons import reason
from privlint.report.view import View

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 25_000  # results in a run: code-scanning services take no more
ROOT = "SRCROOT"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_RANKS = {"error": 0, "warning": 1, "info": 2}

Object = dict[str, object]


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the lines of the log."""
    return jsontext.lines({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, view)]})


def address(path: str) -> str:
    """Write a path of the report as a relative, percent-encoded URI; a path outside the root is known by its name."""
    from urllib.parse import quote

    inside = normpath(path)
    if inside.startswith(("/", "../")) or inside == "..":
        inside = inside.rpartition("/")[2].replace("..", "")
    return quote(inside.encode("utf-8", "surrogateescape"), safe="/-._~")


def _run(report: Report, view: View) -> Object:
    findings = _gravest(report.findings)
    rules = _rules(findings, view)
    index = {str(rule["id"]): number for number, rule in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": "privlint",
                "version": report.tool,
                "semanticVersion": report.tool,
                "rules": rules,
                "notifications": _descriptors(report, view),
                "properties": {"rulebook": report.rulebook},
            }
        },
        "language": "zh-CN" if view.language.startswith("zh") else "en",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the examined project"}}},
        "invocations": [
            {
                "executionSuccessful": not verdict.internal(report),
                "toolExecutionNotifications": [*_notifications(report, view)],
            }
        ],
        "results": [_result(finding, index, view) for finding in findings],
        "properties": {
            "today": report.today,
            "manifest": report.manifest or None,
            "category": report.category or None,
            "collected": list(report.collected),
            "complete": not verdict.incomplete(report) and not verdict.internal(report),
            "coverage": {
                "discovered": len(report.coverage),
                "scanned": report.count("scanned"),
                "skipped": report.count("skipped"),
                "failed": report.count("failed"),
                "degraded": len(verdict.degraded(report)),
            },
        },
    }


def _gravest(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Keep as many as a service takes, the gravest, in the order of the report."""
    if len(findings) <= MOST:
        return findings
    ranked = sorted(
        range(len(findings)), key=lambda number: (bool(findings[number].suppressed), _RANKS[findings[number].severity])
    )
    return tuple(findings[number] for number in sorted(ranked[:MOST]))


# --- rules ------------------------------------------------------------------------------------------------------------


def _rules(findings: tuple[Finding, ...], view: View) -> list[Object]:
    """Describe every check that is known, and those that only a finding knows."""
    described = {doc.check.id: _rule(number, view) for number, doc in enumerate(view.checks)}
    for finding in findings:
        described.setdefault(finding.check, {"id": finding.check})
    return [described[check] for check in sorted(described)]


def _rule(number: int, view: View) -> Object:
    doc = view.checks[number]
    text = doc.text[view.language]
    title = doc.check.title[view.language]
    return {
        "id": doc.check.id,
        "name": "".join(part.title() for part in doc.check.slug.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": text.partition("\n\n")[0].replace("\n", " ") or title},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[doc.check.severity]},
        "properties": {"tags": ["privacy"], "clauses": list(doc.check.clauses)},
    }


# --- results ----------------------------------------------------------------------------------------------------------


def _result(finding: Finding, index: dict[str, int], view: View) -> Object:
    result: Object = {
        "ruleId": finding.check,
        "ruleIndex": index[finding.check],
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding, view)},
        "locations": [_location(finding.place, finding.enclosing)],
        "partialFingerprints": {"privlint/v1": finding.fingerprint} if finding.fingerprint else {},
        "properties": {
            "dataTypes": list(finding.data),
            "clauses": list(finding.clauses),
            "confidence": finding.confidence.name.lower().replace("_", "-"),
            "symbol": finding.symbol,
            "also": list(finding.also),
        },
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": related.text[view.language]}, **_location(related.place)}
            for number, related in enumerate(finding.related)
        ]
    if finding.way:
        steps = [
            *((related.place, related.text) for related in finding.related),
            (finding.place, finding.label),
        ]
        result["codeFlows"] = [
            {
                "threadFlows": [
                    {
                        "locations": [
                            {"location": {**_location(place), "message": {"text": text[view.language]}}}
                            for place, text in steps
                        ]
                    }
                ]
            }
        ]
    result["suppressions"] = [_suppression(finding)] if finding.suppressed else []
    return result


def _text(finding: Finding, view: View) -> str:
    """Say what, why and what to do; the first sentence stands alone."""
    parts = (finding.message, finding.reason, finding.help)
    return "\n\n".join(part[view.language] for part in parts if part[view.language])


def _location(place: Place, enclosing: str = "") -> Object:
    location: Object = {
        "physicalLocation": {
            "artifactLocation": {"uri": address(place.path), "uriBaseId": ROOT},
            "region": {
                "startLine": place.start.line,
                "startColumn": place.start.column,
                "endLine": place.end.line,
                "endColumn": place.end.column,
            },
        }
    }
    if enclosing:
        location["logicalLocations"] = [{"fullyQualifiedName": enclosing}]
    return location


def _suppression(finding: Finding) -> Object:
    kind = "inSource" if finding.suppressed == "marker" else "external"
    suppression: Object = {"kind": kind, "status": "accepted"}
    if finding.justification:
        suppression["justification"] = finding.justification
    return suppression


# --- what was not examined --------------------------------------------------------------------------------------------


def _descriptors(report: Report, view: View) -> list[Object]:
    listed = (*verdict.failed(report), *verdict.degraded(report), *verdict.cut(report))
    named = {covered.reason for covered in listed if covered.reason}
    named |= {verdict.INTERNAL_ID} if report.faults else set()
    named |= {"PRV020"} if verdict.nothing_collected(report) else set()
    named |= {"PRV017"} if len(report.findings) > MOST else set()
    return [{"id": name, "shortDescription": {"text": reason(name)[view.language]}} for name in sorted(named)]


def _notifications(report: Report, view: View) -> Iterator[Object]:
    language = view.language
    for fault in report.faults:
        text = safe.visible(fault[language])
        yield {"level": "error", "descriptor": {"id": verdict.INTERNAL_ID}, "message": {"text": text}}
    for covered in (*verdict.failed(report), *verdict.degraded(report), *verdict.cut(report)):
        yield _notification(covered, view)
    if verdict.nothing_collected(report):
        yield {"level": "error", "descriptor": {"id": "PRV020"}, "message": {"text": reason("PRV020")[language]}}
    if len(report.findings) > MOST:
        text = f"{reason('PRV017')[language]}: {MOST} / {len(report.findings)}"
        yield {"level": "warning", "descriptor": {"id": "PRV017"}, "message": {"text": text}}
    for note in (*report.notes, words.LIMITS, words.EVIDENCE):
        yield {"level": "note", "message": {"text": note[language]}}


def _notification(covered: Covered, view: View) -> Object:
    told = reason(covered.reason)[view.language] or covered.outcome
    detail = covered.detail[view.language]
    notification: Object = {
        "level": "error" if covered.outcome == "failed" else "warning",
        "message": {"text": f"{safe.visible(covered.path)}: {told}" + (f": {detail}" if detail else "")},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": address(covered.path), "uriBaseId": ROOT}}}],
    }
    if covered.reason:
        notification["descriptor"] = {"id": covered.reason}
    return notification
