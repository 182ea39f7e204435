"""A use or a declaration of personal data in; how grave a finding about it is comes out.

Severity is the harm, confidence our certainty; certainty only ever caps the harm, it never adds to it.
"""

from __future__ import annotations

from privlint.model.check import Check
from privlint.model.facts import Confidence, Observation
from privlint.model.judged import Project
from privlint.model.project import App, Severity

LEVEL: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}


def of_use(project: Project, check: Check, observation: Observation, data: str, app: App | None) -> Severity:
    """Weigh one data type that one place in the code obtains."""
    severity = project.manifest.manifest.check.severity.get(check.id) or _lower(check.severity, _of(project, data, app))
    if observation.kind in {"mark", "verify"} or observation.place.path in project.test_paths:
        return "info"
    if observation.confidence <= Confidence.LEXICAL:
        return _lower(severity, "warning")
    if observation.kind == "field" and not project.sensitive(data, app):
        return _lower(severity, "warning")
    return severity


def of_declaration(project: Project, check: Check, data: str = "") -> Severity:
    """Weigh something that the manifest says; without a data type the check's own severity counts."""
    chosen = project.manifest.manifest.check.severity.get(check.id)
    if chosen or not data:
        return chosen or check.severity
    return _lower(
        check.severity, max((_of(project, data, app) for app in project.apps or (None,)), key=LEVEL.__getitem__)
    )


def _of(project: Project, data: str, app: App | None) -> Severity:
    return "error" if project.sensitive(data, app) or project.permanent(data) else "warning"


def _lower(one: Severity, other: Severity) -> Severity:
    return min(one, other, key=LEVEL.__getitem__)
