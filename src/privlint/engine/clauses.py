"""The id of a clause in; what it is called, what it says and where its text is published, out."""

from __future__ import annotations

from msgspec import Struct

from privlint import rulebook
from privlint.checks import wording
from privlint.model.finding import Text
from privlint.model.judged import Project
from privlint.model.project import LoadedManifest, Manifest


class Cited(Struct, frozen=True):
    """One clause of a legal text."""

    id: str  # cn-pipl-2021/6
    name: Text  # number and title
    text: Text  # title, number, and the words where they are verified
    source: str  # address of the published text


def cited(clause: str) -> Cited | None:
    """Cite a clause; None where the rules do not know its law."""
    law = rulebook.open_law()
    policy = next((policy for policy in law.policies if policy.id == clause.partition("/")[0]), None)
    if policy is None:
        return None
    project = Project(
        observations=(),
        manifest=LoadedManifest(Manifest()),
        data_types={kind.id: kind for kind in law.data_types},
        policies=law.policies,
    )
    text = wording.citations(project, (clause,), clause)
    return Cited(clause, wording.named(project, clause), text, policy.source)
