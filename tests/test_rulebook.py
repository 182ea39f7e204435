"""The rules: what loads, what every kind of wrong file says, and how their compiled form is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from privlint import rulebook
from privlint.errors import RuleError
from privlint.model.rulebook import Rulebook
from privlint.rulebook import open_rulebook, shipped_stamp, store
from privlint.rulebook.files import read_files, version_of
from privlint.rulebook.lines import line_of
from privlint.rulebook.load import load, problems_in
from privlint.rulebook.locate import cache_folder

ROOT = Path(__file__).parent.parent
HERE = "# <-"  # marks the line that an error must name

SMALL = {
    "data-types.toml": """
[[group]]
id = "device"
name_zh = "设备"
name_en = "Device"

[[type]]
id = "imei"
name_zh = "IMEI"
name_en = "IMEI"
group = "device"

[[type]]
id = "device-model"
name_zh = "型号"
name_en = "Model"
group = "device"
includes = []
""",
    "policies/law/pack.toml": """
id = "law"
title_zh = "法"
title_en = "Law"
number = "1"
issued = "2021-01-01"
in_force = "2021-01-01"
source = "https://example.com/law"

[[article]]
id = "1"
summary_en = "Be good"
verification = "Two copies agree."

[[condition]]
id = "etc"
name_zh = "ETC服务"
name_en = "ETC"

[[subject]]
id = "user"
name_zh = "用户"
name_en = "User"

[[group]]
id = "first"
name_zh = "第一"
name_en = "First"
""",
    "policies/law/categories.toml": """
[[category]]
number = 1
id = "tools"
name_zh = "工具"
name_en = "Tools"
basic_service_zh = "工具"
basic_service_en = "Tools"
verification = "One copy."

[[category]]
number = 2
id = "phones"
name_zh = "电话"
name_en = "Phones"
basic_service_zh = "电话"
basic_service_en = "Phones"
verification = "One copy."

  [[category.clause]]
  text_zh = "型号"
  text_en = "Model"
  data = ["device-model"]
  subject = "user"

  [[category.clause]]
  text_zh = "设备号"
  text_en = "Device number"
  data = ["imei"]
  subject = "user"
  condition = "etc"
""",
    "apis/android/telephony.toml": '''
id = "telephony"
platform = "android"
name_en = "Telephony"
name_zh = "电话"
source = "https://example.com/api"
read = "2026-11-24"
note = """
[[api]] in a text is no table, and neither is
members = 3
"""

[[api]]
class = "a.Manager"
members = [
    "getImei", # [[api]]
    "getDeviceId",
]
data = ["imei"]
since = 23
fires = "x.imei"
silent = "y.imei"

[[api]]
class = "a.Manager"
members = ["getModel"]
data = ["device-model"]
when = [{ argument = 0, is = ["a.B"] }]
fires = "x.model"
silent = "y.model"

[[sign]]
kind = "key"
values = ["imei"]
data = ["imei"]
fires = "x.get('imei')"
silent = "y.get('imei')"

[[reader]]
class = "a.Settings"
members = ["get"]
reads = "key"
''',
    "types/android.toml": """
platform = "android"

[[type]]
name = "a.Manager"
loose = ["getModel"]
members = { getImei = "java.lang.String" }

[[factory]]
class = "a.Context"
members = ["getService"]
gives = { phone = "a.Manager" }
""",
    "fields/en.toml": """
language = "en"

[[field]]
data = ["imei"]
names = ["imei"]

[typed]
ModelField = ["device-model"]
""",
}


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    for path, text in SMALL.items():
        write(folder / path, text)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(folder: Path, path: str, old: str, new: str) -> int:
    """Change one place in a file; give the line that is marked, 0 where none is."""
    text = (folder / path).read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    text = text.replace(old, new, 1)
    write(folder / path, text)
    return text[: text.index(HERE)].count("\n") + 1 if HERE in text else 0


# --- what loads -------------------------------------------------------------------------------------------------------


def test_the_shipped_rules_fit_together():
    assert [f"{error} ({error.hint})" for error in problems_in(str(ROOT / "rules"))] == []


def test_the_shipped_rules_are_all_read():
    found = load(str(ROOT / "rules"))
    files = [file.relative_to(ROOT / "rules").parts for file in (ROOT / "rules").rglob("*.toml")]
    assert len(found.families) == sum(parts[0] == "apis" for parts in files)
    assert len(found.types) == sum(parts[0] == "types" for parts in files)
    assert len(found.fields) == sum(parts[0] == "fields" for parts in files)
    assert {policy.id for policy in found.policies} == {parts[1] for parts in files if parts[0] == "policies"}
    assert found.data_types


def test_a_small_folder_loads(rules):
    found = load(str(rules))
    assert [kind.id for kind in found.data_types] == ["imei", "device-model"]
    assert [category.id for category in found.policies[0].categories] == ["tools", "phones"]
    assert found.policies[0].categories[1].clauses[1].condition == "etc"
    assert found.families[0].api[0].members == ("getImei", "getDeviceId")
    assert found.fields[0].typed == {"ModelField": ("device-model",)}


def test_the_version_follows_the_content_and_nothing_else(rules):
    first = version_of(read_files(str(rules)))
    path = rules / "fields/en.toml"
    os.utime(path, (0, 0))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert version_of(read_files(str(rules))) == first == load(str(rules)).version
    change(rules, "fields/en.toml", "names = [", 'names = ["imei_code", ')
    assert version_of(read_files(str(rules))) != first


def test_hidden_files_are_no_rules(rules):
    write(rules / ".draft.toml", "=")
    write(rules / "apis/.old/x.toml", "=")
    assert load(str(rules)).families


# --- files that cannot be read ----------------------------------------------------------------------------------------

API = "apis/android/telephony.toml"
CATEGORIES = "policies/law/categories.toml"
PACK = "policies/law/pack.toml"
TYPES = "types/android.toml"

UNREADABLE = {
    "a quote is missing": (API, 'id = "telephony"', f'id = "telephony  {HERE}', "is not valid TOML", "quote"),
    "a key twice": (API, "since = 23", f"since = 23\nsince = 24 {HERE}", "is not valid TOML", "TOML"),
    "an unknown key": (API, "since = 23", f"sinse = 23 {HERE}", "unknown key `sinse` in [[api]]", "`since`"),
    "an unknown key that is near nothing": (API, "since = 23", f"zzzz = 1 {HERE}", "`zzzz`", "known here are class,"),
    "an unknown key of the file": (API, "read =", f"red = 1 {HERE}\nread =", "unknown key `red`", "`read`"),
    "an unknown key in a constraint": (
        API,
        'when = [{ argument = 0, is = ["a.B"] }]',
        f'when = [{{ arguments = 0, is = ["a.B"] }}] {HERE}',
        "unknown key `arguments` in [[api.when]]",
        "`argument`",
    ),
    "a key is missing": (
        API,
        '[[api]]\nclass = "a.Manager"\nmembers = ["getModel"]',
        f'[[api]] {HERE}\nmembers = ["getModel"]',
        "`class` is missing in [[api]]",
        "Add `class",
    ),
    "a word that may not be there": (
        API,
        'platform = "android"',
        f'platform = "andriod" {HERE}',
        '`platform` cannot be "andriod"',
        "Did you mean `android`? It may be",
    ),
    "no list": (
        API,
        'members = ["getModel"]',
        f'members = "getModel" {HERE}',
        "`members` must be a list, not `str`",
        'members = ["',
    ),
    "a text for a number": (API, "since = 23", f'since = "23" {HERE}', "`since`: expected `int`", "rules.py"),
    "a number in a list": (API, 'data = ["imei"]\nsince', f"data = [1] {HERE}\nsince", "`data`: expected `str`", ""),
    "a value in a table": (
        TYPES,
        'members = { getImei = "java.lang.String" }',
        f"members = {{ getImei = 1 }} {HERE}",
        "`members`: expected `str`",
        "",
    ),
    "the second clause of the second category": (
        CATEGORIES,
        '  condition = "etc"',
        f'  conditon = "etc" {HERE}',
        "unknown key `conditon` in [[category.clause]]",
        "`condition`",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_named_with_line_and_remedy(rules, case):
    path, old, new, message, hint = UNREADABLE[case]
    line = change(rules, path, old, new)
    with pytest.raises(RuleError) as caught:
        load(str(rules))
    error = caught.value
    assert (error.path, error.line) == (f"rules/{path}", line)
    assert message in error.message
    assert hint in error.hint
    assert error.hint


def test_a_syntax_error_has_its_column(rules):
    change(rules, API, "since = 23", "since = = 23")
    with pytest.raises(RuleError) as caught:
        load(str(rules))
    assert caught.value.column == len("since = ") + 1


def test_a_file_that_is_not_utf8_is_named(rules):
    path = rules / API
    path.write_bytes(path.read_bytes().replace("电话".encode(), "电话".encode("gb18030")))
    with pytest.raises(RuleError, match="not UTF-8") as caught:
        load(str(rules))
    assert (caught.value.line, caught.value.hint) == (5, "Save the file as UTF-8.")


@pytest.mark.parametrize("path", ["extra.toml", "apis/lost.toml", "policies/law/more.toml", "types/deep/down.toml"])
def test_a_file_in_a_place_that_nobody_reads_is_named(rules, path):
    write(rules / path, "")
    with pytest.raises(RuleError, match="no rule file is read") as caught:
        load(str(rules))
    assert caught.value.path == f"rules/{path}"
    assert "apis/<platform>/<family>.toml" in caught.value.hint


def test_every_unreadable_file_is_listed(rules):
    change(rules, API, "since = 23", "since = = 23")
    change(rules, TYPES, "platform", "plattform")
    assert [error.path for error in problems_in(str(rules))] == [f"rules/{API}", f"rules/{TYPES}"]
    with pytest.raises(RuleError) as caught:
        load(str(rules))
    assert "1 more problem follows" in caught.value.hint
    assert f"rules/{TYPES}" in caught.value.hint


# --- files that do not fit together -----------------------------------------------------------------------------------

SECOND_API = '[[api]]\nclass = "a.Manager"\nmembers = ["getModel"]'
MODEL = 'when = [{ argument = 0, is = ["a.B"] }]'

UNFIT = {
    "data of an API": (
        API,
        'data = ["device-model"]',
        f'data = ["device-modell"] {HERE}',
        "`device-modell`",
        "model`?",
    ),
    "data of a sign": (
        API,
        'values = ["imei"]\ndata = ["imei"]',
        f'values = ["x"]\ndata = ["imai"] {HERE}',
        "imai",
        "imei",
    ),
    "data of a clause": (CATEGORIES, 'data = ["imei"]', f'data = ["meid"] {HERE}', "no data type `meid`", "imei"),
    "no data in a clause": (CATEGORIES, 'data = ["imei"]', f"data = [] {HERE}", "covers no data type", "at least one"),
    "data of a field": (
        "fields/en.toml",
        'data = ["imei"]',
        f'data = ["imy"] {HERE}',
        "no data type `imy`",
        "ids are in",
    ),
    "data of a typed field": ("fields/en.toml", '["device-model"]', f'["model"] {HERE}', "`model`", "data-types.toml"),
    "a field without names": ("fields/en.toml", 'names = ["imei"]', "names = []", "no names", "exact"),
    "included data": ("data-types.toml", "includes = []", f'includes = ["imee"] {HERE}', "`imee`", "`imei`?"),
    "data that includes itself": (
        "data-types.toml",
        "includes = []",
        f'includes = ["device-model"] {HERE}',
        "`device-model` includes itself",
        "direction",
    ),
    "a group of data": (
        "data-types.toml",
        'group = "device"',
        f'group = "divice" {HERE}',
        "no group `divice`",
        "device",
    ),
    "a data type twice": (
        "data-types.toml",
        'id = "device-model"',
        f'id = "imei" {HERE}',
        "`imei` is there already, in line 8",
        "own id",
    ),
    "a condition": (CATEGORIES, 'condition = "etc"', f'condition = "ect" {HERE}', "no condition `ect`", "`etc`"),
    "a subject": (CATEGORIES, 'subject = "user"', f'subject = "usr" {HERE}', "no subject `usr`", "`user`"),
    "a group of articles": (PACK, 'id = "1"\n', f'id = "1"\ngroup = "frist" {HERE}\n', "no group `frist`", "`first`"),
    "a category twice": (CATEGORIES, 'id = "phones"', f'id = "tools" {HERE}', "`tools` is there already", "own id"),
    "a number out of order": (CATEGORIES, "number = 2", f"number = 3 {HERE}", "number 3 stands in place 2", "1 to 2"),
    "an alternative that is not in data": (
        CATEGORIES,
        '  condition = "etc"',
        f'  alternatives = [["device-model"]] {HERE}',
        "`device-model` is an alternative",
        'Add "device-model"',
    ),
    "a category without verification": (CATEGORIES, 'verification = "One copy."\n', "\n", "how it was verified", "Add"),
    "an article without verification": (
        PACK,
        'verification = "Two copies agree."',
        "",
        "article 1 does not say how it was verified",
        "Add",
    ),
    "verified words that are not there": (
        PACK,
        'verification = "Two',
        f'verified = true {HERE}\nverification = "Two',
        "not here",
        "text_zh",
    ),
    "a policy that is not its folder": (PACK, 'id = "law"', f'id = "lore" {HERE}', "name of its folder", 'id = "law"'),
    "categories in the pack": (
        PACK,
        "[[condition]]",
        SMALL[CATEGORIES][: SMALL[CATEGORIES].index("[[category]]", 5)] + "[[condition]]",
        "holds categories",
        "Move",
    ),
    "a family that is not its file": (API, 'id = "telephony"', f'id = "phone" {HERE}', "name of its file", "telephony"),
    "a platform that is not its folder": (
        API,
        'platform = "android"',
        f'platform = "java" {HERE}',
        "folder",
        "android",
    ),
    "no source": (API, 'source = "https://example.com/api"', f'source = "" {HERE}', "no source", "read"),
    "a day that is none": (API, 'read = "2026-11-24"', f'read = "November" {HERE}', "`November` is not a day", "2026"),
    "no line that fires": (API, 'fires = "x.model"', f'fires = "" {HERE}', "`fires` is missing", "must speak"),
    "no line that is silent": (API, 'silent = "y.model"', f'silent = " " {HERE}', "`silent` is missing", "must not"),
    "the same member twice": (API, '["getModel"]', f'["getModel", "getModel"] {HERE}', "named twice", "Remove one"),
    "the same API twice": (
        API,
        f'{SECOND_API}\ndata = ["device-model"]\n{MODEL}',
        f'[[api]] {HERE}\nclass = "a.Manager"\nmembers = ["getImei"]\ndata = ["imei"]',
        "`a.Manager.getImei` is described already, at rules/apis/android/telephony.toml:13",
        "Keep one",
    ),
    "a constraint that says nothing": (API, MODEL, f"when = [{{ argument = 1 }}] {HERE}", "always fails", "`prefix`"),
    "a call without members": (API, 'members = ["getModel"]\n', f"members = [] {HERE}\n", "needs members", "members"),
    "a constructor with members": (
        API,
        SECOND_API,
        f'[[api]]\nclass = "a.M"\nkind = "constructor"\nmembers = ["a"] {HERE}',
        "about the class",
        "Remove",
    ),
    "an API without data": (API, 'data = ["device-model"]\n', f"data = [] {HERE}\n", "no data", "data"),
    "deprecated before it came": (
        API,
        "since = 23",
        f"since = 23\ndeprecated = 22 {HERE}",
        "API 22, before",
        "Correct",
    ),
    "a sign of nothing": (API, 'values = ["imei"]\n', "\n", "no constant and no value", "values"),
    "a sign with half a constant": (
        API,
        'values = ["imei"]\n',
        'values = ["imei"]\nclass = "a.B"\n',
        "need each other",
        "Add",
    ),
    "a reader without members": (API, 'members = ["get"]', f"members = [] {HERE}", "needs members", "members"),
    "a loose member that is none": (
        TYPES,
        'loose = ["getModel"]',
        f'loose = ["getModul"] {HERE}',
        "`getModul`",
        "getModel",
    ),
    "a type twice": (
        TYPES,
        "[[factory]]",
        f'[[type]] {HERE}\nname = "a.Manager"\n\n[[factory]]',
        "the type `a.Manager`",
        "Keep one",
    ),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_does_not_fit_is_named_with_line_and_remedy(rules, case):
    path, old, new, message, hint = UNFIT[case]
    line = change(rules, path, old, new)
    error = next(error for error in problems_in(str(rules)) if message in error.message)
    assert error.path == f"rules/{path}"
    assert error.line == line or not line
    assert error.line
    assert hint in error.hint
    with pytest.raises(RuleError):
        load(str(rules))


def test_an_api_of_two_families_is_named_with_both(rules):
    text = SMALL[API].replace('id = "telephony"', 'id = "zoo"').replace('values = ["imei"]', 'values = ["other"]')
    write(rules / "apis/android/zoo.toml", text.replace("a.Settings", "a.Other"))
    found = problems_in(str(rules))
    assert {error.path for error in found} == {"rules/apis/android/zoo.toml"}
    assert all("at rules/apis/android/telephony.toml:" in error.message for error in found)
    assert len(found) == 3  # getImei, getDeviceId, getModel


def test_the_same_member_with_other_constraints_is_another_api(rules):
    text = SMALL[API]
    entry = text[text.index(SECOND_API) : text.index("[[sign]]")]
    write(rules / API, text.replace(entry, entry + entry.replace("a.B", "a.C")))
    assert problems_in(str(rules)) == ()


def test_a_circle_over_several_types_is_found(rules):
    path = rules / "data-types.toml"
    text = path.read_text(encoding="utf-8").replace("includes = []", 'includes = ["imei"]')
    write(path, text.replace('group = "device"\n', 'group = "device"\nincludes = ["device-model"]\n', 1))
    assert [error.message for error in problems_in(str(rules))] == [
        "`imei` includes itself, by way of device-model",
        "`device-model` includes itself, by way of imei",
    ]


def test_categories_need_their_law(rules):
    (rules / PACK).unlink()
    assert "no pack.toml" in problems_in(str(rules))[0].message


def test_the_vocabulary_must_be_there(rules):
    (rules / "data-types.toml").unlink()
    with pytest.raises(RuleError, match=r"data-types.toml: the file is missing"):
        load(str(rules))


# --- lines ------------------------------------------------------------------------------------------------------------


def test_lines_are_those_of_the_tables_and_keys():
    text = SMALL[API]
    assert text.splitlines()[line_of(text, ("api", 0)) - 1] == "[[api]]"
    assert text.splitlines()[line_of(text, ("api", 1, "members")) - 1] == 'members = ["getModel"]'
    assert text.splitlines()[line_of(text, ("reader", 0, "reads")) - 1] == 'reads = "key"'
    assert line_of(text, ("nowhere",)) == 0


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a.b = 1\n", ("a", "b"), 1),
        ('"a.b" = 1\n', ("a.b",), 1),
        ("[a]\n[a.b]\nc = 1\n", ("a", "b", "c"), 3),
        ("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\n[[a.b]]\nc = 1\n", ("a", 1, "b", 1, "c"), 6),
        ("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 1\n", ("a", 1, "b", "c"), 6),
        ("a = '''\nb = 1\n'''\nb = 2\n", ("b",), 4),
        ('a = """\\\n  "" \\""" b\n"""\nb = 2\n', ("b",), 4),
        ('a = [ # ]\n  \']\', "]\\"]",\n]\nb = 2\n', ("b",), 4),
        ("# [a]\n\n\t[ a ] # x\n b = 1", ("a", "b"), 4),
        ("a = [\n  1,\n", ("a", 0), 1),
        ("[[a]]\r\nb = 1\r\n", ("a", 0, "b"), 2),
    ],
)
def test_lines_follow_toml(text, path, line):
    assert line_of(text, path) == line


# --- the compiled form ------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(rules, tmp_path, monkeypatch):
    """The small rules, in the place of the shipped ones."""
    monkeypatch.setenv("PRIVLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(rulebook, "rules_folder", lambda: str(rules))
    return rules


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").iterdir())


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make reading TOML fail."""
    monkeypatch.setattr("privlint.rulebook.load.load", None)


def test_compiled_rules_come_back_whole(rules, tmp_path):
    path = str(tmp_path / "new" / "x.msgpack")
    for folder in (rules, ROOT / "rules"):
        found = load(str(folder))
        store.write(found, path, "stamp")
        assert store.read(path, Rulebook, "stamp") == found
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["x.msgpack"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:10],
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content[:-3] + b"\x00" + content[-2:],
        lambda content: content.replace(b"rules 1", b"rules 0", 1),
        lambda _: b"\x80\x04N.",  # a pickle
    ],
)
def test_a_damaged_file_is_no_file(rules, tmp_path, damage):
    path = tmp_path / "x.msgpack"
    store.write(load(str(rules)), str(path), "stamp")
    path.write_bytes(damage(path.read_bytes()))
    assert store.read(str(path), Rulebook, "stamp") is None


def test_other_rules_or_records_are_no_file(rules, tmp_path):
    path = str(tmp_path / "x.msgpack")
    store.write(load(str(rules)), path, "stamp")
    assert store.read(path, Rulebook, "other") is None
    assert store.read(path, int, "stamp") is None
    assert store.read(str(tmp_path / "nothing"), Rulebook, "stamp") is None
    assert store.read(str(tmp_path), Rulebook, "stamp") is None


PARTS = 5


def test_rules_are_kept_after_the_first_reading(opened, tmp_path, monkeypatch):
    first = open_rulebook()
    assert first == load(str(opened))
    assert len(kept(tmp_path)) == PARTS
    unread(monkeypatch)
    assert open_rulebook() == first


def test_a_changed_rule_is_read_again(opened, tmp_path):
    first = open_rulebook()
    change(opened, "fields/en.toml", "names = [", 'names = ["imei_code", ')
    second = open_rulebook()
    assert second.version != first.version
    assert second == load(str(opened))
    assert len(kept(tmp_path)) == PARTS


def test_a_new_and_a_lost_file_are_noticed(opened):
    write(opened / "fields/zh.toml", 'language = "zh"\n')
    assert len(open_rulebook().fields) == 2
    (opened / "fields/zh.toml").unlink()
    assert len(open_rulebook().fields) == 1


def test_damaged_kept_rules_are_made_again(opened, tmp_path, monkeypatch):
    first = open_rulebook()
    assert first == load(str(opened))
    for part in kept(tmp_path):
        part.write_bytes(b"broken")
    assert open_rulebook() == first
    unread(monkeypatch)
    assert open_rulebook() == first


def test_a_place_that_cannot_be_written_only_costs_time(opened, tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert open_rulebook() == load(str(opened))
    monkeypatch.setattr(os, "replace", refuse)
    (tmp_path / "cache").unlink()
    assert open_rulebook() == load(str(opened))
    assert kept(tmp_path) == []


def refuse(*_: object) -> None:
    raise PermissionError("read-only")


def test_wrong_rules_are_never_kept(opened, tmp_path):
    change(opened, API, "since = 23", "sinse = 23")
    with pytest.raises(RuleError):
        open_rulebook()
    assert not (tmp_path / "cache").exists()


def test_shipped_rules_are_taken_if_this_version_made_them(opened):
    path = opened / "rulebook.msgpack"
    found = load(str(opened))
    store.write(found, str(path), shipped_stamp())
    change(opened, "fields/en.toml", "names = [", 'names = ["imei_code", ')
    assert open_rulebook() == found
    store.write(found, str(path), "privlint 0")
    assert open_rulebook() == load(str(opened)) != found


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"PRIVLINT_CACHE_DIR": "/a/b", "XDG_CACHE_HOME": "/c"}, "/a/b"),
        ({"PRIVLINT_CACHE_DIR": "", "XDG_CACHE_HOME": "/c"}, "/c/privlint"),
        ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/d"}, "/d/.cache/privlint"),
        ({"HOME": "/d"}, "/d/.cache/privlint"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the paths are those of POSIX")
def test_the_place_to_keep_them(monkeypatch, environment, expected):
    for name in ("PRIVLINT_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == expected


def test_kept_rules_need_no_toml(tmp_path):
    """Only the first run from a checkout imports what reads, checks and hashes."""
    code = (
        "import sys; from privlint.rulebook import open_rulebook; print(open_rulebook().version);"
        "print(sorted({'tomllib', 'tomli', 'hashlib', 'difflib', 'pathlib', 'inspect'} & set(sys.modules) - before))"
    )
    code = "import sys, msgspec, re; before = set(sys.modules);" + code
    environment = {**os.environ, "PRIVLINT_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT / "src")}
    runs = [
        subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0].splitlines()[0] == runs[1].splitlines()[0]
    assert runs[1].splitlines()[1] == "[]"


def test_the_wheel_gets_compiled_rules():
    pytest.importorskip("hatchling")
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(module)
        hook = module.CompileRules(str(ROOT), {}, None, None, "", "wheel")
        data: dict[str, dict[str, str]] = {"force_include": {}}
        hook.initialize("editable", data)
        assert data == {"force_include": {}}
        hook.initialize("standard", data)
        shipped = {inside.rpartition("/")[2]: path for path, inside in data["force_include"].items()}
        assert set(data["force_include"].values()) == {f"privlint/_rules/{name}" for name in shipped}
        assert set(shipped) == {f"{part}.msgpack" for part in ("rulebook", "law", "catalogue", "evidence", "apprules")}
        path = shipped["rulebook.msgpack"]
        assert store.read(path, Rulebook, shipped_stamp()) == load(str(ROOT / "rules"))
        hook.finalize("standard", data, "")
        assert not Path(path).exists()
    finally:
        sys.path[:] = before
