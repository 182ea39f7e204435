"""The checks on the shipped rules: every clause they name exists, and every text they write is complete."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from privlint import checks
from privlint.checks import wording
from privlint.model.judged import Project
from privlint.model.rules import Category, DataType, Policy
from small_rules import declared, project, seen

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

RULES = Path(__file__).parent.parent / "rules"


def policy(folder: Path) -> Policy:
    tables = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    if (folder / "categories.toml").exists():
        tables |= tomllib.loads((folder / "categories.toml").read_text(encoding="utf-8"))
    return msgspec.convert(tables, Policy)


@pytest.fixture(scope="module")
def shipped() -> Project:
    tables = tomllib.loads((RULES / "data-types.toml").read_text(encoding="utf-8"))
    kinds = msgspec.convert(tables["type"], tuple[DataType, ...])
    policies = tuple(policy(path.parent) for path in sorted(RULES.glob("policies/*/pack.toml")))
    return replace(project(), data_types={kind.id: kind for kind in kinds}, policies=policies)


def test_every_clause_that_a_check_names_is_there(shipped):
    articles = {f"{law.id}/{article.id.rpartition('/')[2]}" for law in shipped.policies for article in law.articles}
    named = {clause for module in checks.CHECKS for clause in module.CHECK.clauses}
    assert named <= articles | {"cn-necessary-2021/5"}


def test_a_category_is_cited_by_its_number(shipped):
    for category in shipped.categories.values():
        text = wording.citations(shipped, (), f"cn-necessary-2021/5.{category.number}")
        assert f"article 5, category {category.number} (" in text.en
        assert f"第5条第{category.number}类（{category.name_zh}）" in text.zh


def test_every_category_can_be_shown(shipped):
    assert len(shipped.categories) == 39
    for category in shipped.categories.values():
        (text,) = wording.necessary(shipped, (category,))
        whole(text.en)
        whole(text.zh)
        assert ("wording not verified" in text.en) is not category.verified
        quoted = [clause.text_zh for clause in category.clauses if f"“{clause.text_zh}”" in text.zh]
        assert len(quoted) == (len(category.clauses) if category.verified else 0)


def test_every_data_type_gives_a_whole_finding(shipped):
    for data in shipped.data_types:
        judged = replace(
            shipped,
            observations=(seen(data),),
            manifest=declared('[app]\nname = "A"\ncategory = "utility"\n'),
        )
        (finding,) = checks.run(judged)
        assert (finding.check, finding.also) == ("PRV101", ("PRV201",))
        for text in (finding.message, finding.label, finding.reason, finding.help, *finding.notes):
            whole(text.en)
            whole(text.zh)
        assert re.match(
            r"\S.* (is|are) collected but not necessary for the basic service of a utilities app$", finding.message.en
        )


def test_the_table_that_a_finding_shows_mends_it(shipped):
    """Paste the help into the manifest: the finding is gone and no other comes."""
    for data in shipped.data_types:
        manifest = '[app]\nname = "A"\ncategory = "utility"\n'
        judged = replace(shipped, observations=(seen(data),), manifest=declared(manifest))
        (finding,) = checks.run(judged)
        for text in (finding.help.en, finding.help.zh):
            table = text.partition("\n")[2]
            assert table.startswith("[[function]]")
            assert checks.run(replace(judged, manifest=declared(manifest + table))) == ()


def test_what_a_category_needs_is_never_unnecessary(shipped):
    for category in shipped.categories.values():
        app = f'[app]\nname = "A"\ncategory = "{category.id}"\nservices = {list(conditions(category))!r}\n'
        needed = sorted({data for clause in category.clauses for data in clause.data})
        judged = replace(
            shipped,
            observations=tuple(seen(data, line) for line, data in enumerate(needed, 1)),
            manifest=declared(app.replace("'", '"')),
        )
        findings = checks.run(judged)
        assert [(finding.check, finding.also, finding.data) for finding in findings] == [
            ("PRV201", (), (data,)) for data in needed
        ]


def conditions(category: Category) -> tuple[str, ...]:
    return tuple(sorted({clause.condition for clause in category.clauses if clause.condition}))


def whole(text: str) -> None:
    assert text
    assert text == text.strip()
    assert not re.search(r"\{|\}|\bNone\b|\(\)|（）|。。|\.\.(?!\.)|: ?[;.]|：[；。]", text), text
