"""The rules about permissions, libraries and policies: shipped ones fit together, wrong ones say what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privlint.rulebook import open_app_rules
from privlint.rulebook.load import load, problems_in

RULES = Path(__file__).parent.parent / "rules"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def test_every_permission_says_what_it_guards_and_which_way_is_narrower():
    rules = open_app_rules()
    assert len(rules.permissions) > 25
    for name, rule in rules.permissions.items():
        assert name == rule.name
        assert rule.data
        assert set(rule.covered_by) <= set(rules.permissions)
        if rule.narrower:
            texts = (rule.narrower.reach_en, rule.narrower.reach_zh, rule.narrower.way_en, rule.narrower.way_zh)
            assert all(texts)
            assert rule.narrower.source.startswith("https://")
            assert set(rule.narrower.unless) <= set(rule.data)


def test_permissions_that_signs_know_keep_their_data():
    rules = open_app_rules()
    assert rules.permissions["android.permission.ACCESS_FINE_LOCATION"].data[0] == "precise-location"
    assert rules.permissions["android.permission.READ_PHONE_STATE"].data[0] == "phone-call-state"


def test_policies_have_words_in_both_languages():
    rules = open_app_rules()
    assert {"complaint", "contact", "deletion", "closing", "collection", "denial"} <= set(rules.topics)
    for words in (*rules.words.values(), *rules.topics.values()):
        assert words.zh
        assert words.en


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("permissions/android.toml", 'unless = ["files"]', 'unless = ["fiels"]', "there is no data type `fiels`"),
        ("permissions/android.toml", 'serves = ["audio-video"]', 'serves = ["radio"]', "there is no category `radio`"),
        (
            "permissions/android.toml",
            'name = "android.permission.READ_CALENDAR"',
            'name = "android.permission.READ_CALENDAR"\ndata = ["calendar"]',
            "a sign says what `android.permission.READ_CALENDAR` guards",
        ),
        (
            "permissions/android.toml",
            'name = "android.permission.READ_CALENDAR"',
            'name = "android.permission.CAMERA"',
            "`android.permission.CAMERA` is there twice",
        ),
        (
            "permissions/android.toml",
            'name = "android.permission.READ_CALENDAR"',
            'name = "android.permission.READ_DREAMS"',
            "`android.permission.READ_DREAMS` guards nothing",
        ),
        ("lexicon/privacy-policy.toml", 'data = ["contacts"]', 'data = ["friends"]', "there is no data type `friends`"),
        ("lexicon/privacy-policy.toml", '"address book"', '"Address book"', "`Address book` has capitals"),
        ("lexicon/privacy-policy.toml", 'id = "closing"', 'id = "closure"', '`id` cannot be "closure"'),
        ("libraries.toml", "platform = [", "plattform = [", "unknown key `plattform`"),
    ],
)
def test_wrong_rules_say_what_is_wrong(path, old, new, says, copied):
    file = copied / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = problems_in(str(copied))
    assert [problem.message for problem in found if says in problem.message]
    assert all(problem.path == f"rules/{path}" and problem.line for problem in found)


def test_a_copy_of_the_rules_loads(copied):
    assert load(str(copied)).libraries
