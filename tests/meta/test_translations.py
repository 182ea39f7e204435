"""What users read, in both languages: no text, error, option or rule that says less in one of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from privlint import engine
from privlint.cli import completion, main

PACKAGE = Path(__file__).parent.parent.parent / "src" / "privlint"
CHINESE = re.compile(r"[\u3400-\u9fff]")
ERRORS = {"UsageError", "ConfigurationError", "OutputError", "PrivlintError"}
SAME = {"SDK", "SDKs", "an SDK"}  # what Chinese has no other word for
WRONG = {  # what people write, and what is then said in both languages
    '[app]\nname = "x"\ncategroy = "utility"\n': ("unknown key", "这个键"),
    '[app]\nname = "x"\n': ("has no", "缺少"),
    "[app]\nname = 3\ncategory = 'utility'\n": ("must be text", "必须是文本"),
    '[app]\nname = "x"\ncategory = "utility"\nside = "sup"\n': ("cannot be", "不能是"),
    '[app]\nname = "x"\ncategory = "utility"\nservices = "etc"\n': ("must be a list", "必须是列表"),
    '[app]\nname = "x"\ncategory = "utility"\n[[collect]]\ndata = "imei"\npurpose = "x"\nfunction = "y"\n': (
        "no function has the id",
        "没有 id 为",
    ),
    '[app]\nname = "x"\ncategory = ""\n': ("is empty", "为空"),
    '[app\nname = "x"\n': ("Expected", "缺少 ]"),
    "[app]\nname = x\n": ("invalid value", "值有误"),
    '[app]\nname = "x\n': ("llegal", "字符"),
    '[app]\nname = "x"\nname = "y"\n': ("overwrite", "两次"),
    '[app]\nname = "x"\ncategory = "utility"\n[check]\nexclude = [""]\n': ("not a pattern", "不是模式"),
}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call in the package: where it is, itself, and the name that is called."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node, name


def said(node: ast.expr) -> str | None:
    """The words of a literal, with {} for what is put in; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def test_no_text_lacks_one_of_its_languages() -> None:
    number, lacking = 0, []
    for place, call, name in calls():
        if name != "Text" or len(call.args) != 2:
            continue
        english, chinese = said(call.args[0]), said(call.args[1])
        if english is None or chinese is None:
            continue
        number += 1
        # A text that is put together of others has no words of its own.
        words = re.search("[A-Za-z]{2}", re.sub(r"\{\}|`[^`]*`", "", english)) and re.sub(r"[\W\d]", "", chinese)
        if bool(english.strip()) != bool(chinese.strip()):
            lacking.append(f"{place}: {english!r} {chinese!r}")
        elif english != chinese and english not in SAME and words and not CHINESE.search(chinese):
            lacking.append(f"{place}: {chinese!r} is not Chinese")
    assert number > 900
    assert lacking == []


def test_every_error_is_as_full_in_chinese() -> None:
    number, lacking = 0, []
    for place, call, name in calls():
        if name not in ERRORS:
            continue
        number += 1
        given = {keyword.arg for keyword in call.keywords}
        if "message_zh" not in given or ("hint" in given and "hint_zh" not in given):
            lacking.append(f"{place}: {name}")
    assert number > 50
    assert lacking == []


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_with_a_manifest_is_told_in_both(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    (tmp_path / "privlint.toml").write_text(text, encoding="utf-8")
    told = {}
    for language in ("en", "zh-CN"):
        assert main(["check", str(tmp_path), "--lang", language]) == 2
        told[language] = capsys.readouterr().err.splitlines()
    english, chinese = WRONG[text]
    assert english.lower() in told["en"][0].lower()
    assert chinese in told["zh-CN"][0]
    assert len(told["en"]) == len(told["zh-CN"]) == 2
    assert CHINESE.search(told["zh-CN"][1])
    place = re.compile(r"privlint\.toml:\d+:\d+")
    assert place.findall(told["en"][0]) == place.findall(told["zh-CN"][0]) != []


def test_every_option_is_explained_in_both() -> None:
    english, chinese = completion.commands("en"), completion.commands("zh-CN")
    for name, made in english.items():
        assert CHINESE.search(str(chinese[name].description))
        assert not CHINESE.search(re.sub(r"\+?\d+ 个工作日", "", str(made.description)))
        for one, other in zip(made.options(), chinese[name].options(), strict=True):
            assert one.names == other.names
            assert one.help
            assert CHINESE.search(other.help) or one.help == other.help, f"{name} {other.names}: {other.help}"


def test_every_rule_that_is_shown_has_both() -> None:
    rulebook = engine.rulebook()
    lacking = [kind.id for kind in rulebook.data_types if not (kind.name_en and kind.name_zh)]
    lacking += [group.id for group in rulebook.groups if not (group.name_en and group.name_zh)]
    for policy in rulebook.policies:
        lacking += [one.id for one in policy.categories if not (one.name_en and one.name_zh and one.basic_service_zh)]
        lacking += [one.id for one in policy.articles if not one.summary_en or not (one.summary_zh or one.text_zh)]
    lacking += [
        wording.id
        for notices in rulebook.notices
        for wording in notices.wordings
        if not CHINESE.search(wording.said_zh)
    ]
    noted = [
        *rulebook.data_types,
        *rulebook.policies,
        *(one for policy in rulebook.policies for one in policy.categories),
    ]
    noted += [one for rules in rulebook.sdks for one in (rules.vendor, *rules.sdk)]
    lacking += [f"the note of {one.id}" for one in noted if bool(one.note) != bool(CHINESE.search(one.note_zh))]
    assert lacking == []


def test_every_check_is_documented_in_both() -> None:
    for doc in engine.check_docs():
        assert CHINESE.search(doc.text.zh), doc.check.id
        assert CHINESE.search(doc.check.title.zh), doc.check.id
        prose = re.sub(r"```.*?```|“[^”]*”|《[^》]*》|\([^)]*\)", "", doc.text.en, flags=re.DOTALL)
        assert len(CHINESE.findall(prose)) < 60, doc.check.id
        assert doc.text.en.count("\n## ") == doc.text.zh.count("\n## "), doc.check.id
