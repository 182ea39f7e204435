"""An assignment in Kotlin to a property of a Java class speaks as the call of its setter does."""

from __future__ import annotations

import pytest

from privlint.discover import Candidate
from privlint.engine import analysis

CONTEXT = analysis.context("")


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("intent.action = Intent.ACTION_GET_CONTENT", True),
        ("intent.action = KEPT", True),
        ("intent.apply { action = Intent.ACTION_GET_CONTENT }", True),
        ("with(intent) { action = Intent.ACTION_GET_CONTENT }", True),
        ("intent.action = Intent.ACTION_VIEW", False),
        ("own.action = Intent.ACTION_GET_CONTENT", False),
        ("own.apply { action = Intent.ACTION_GET_CONTENT }", False),
        ("intent.apply { val action: String\n action = Intent.ACTION_GET_CONTENT }", False),
        ("val found = intent.action == Intent.ACTION_GET_CONTENT", False),
    ],
)
def test_an_assigned_property_is_its_setter(line: str, speaks: bool) -> None:
    source = (
        "package own\nimport android.content.Intent\nconst val KEPT = Intent.ACTION_GET_CONTENT\n"
        f'class Own {{ var action = "" }}\nfun f(intent: Intent, own: Own) {{\n{line}\n}}\n'
    )
    analysed = analysis.analyse_bytes(Candidate("app/Case.kt", "kotlin"), source.encode(), CONTEXT)
    found = analysed.result.observations if analysed.result is not None else ()
    assert [one.data for one in found if one.symbol.endswith("setAction")] == ([("files",)] if speaks else [])
