"""`privlint init`: what it proposes, what it drafts, and that the first check then asks only for decisions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privlint import declare, engine
from privlint.cli import main
from privlint.model.draft import is_placeholder
from privlint.model.project import Manifest
from privlint.model.request import Request

EXAMPLES = Path(__file__).parent.parent / "examples"
CATEGORIES = {"maps": "map-navigation", "rides": "ride-hailing", "tickets": "transport-ticketing"}
# What a declaration can settle by itself is settled; what stays asks the team, or is in other files than the manifest.
SETTLED = {"PRV101", "PRV102", "PRV201", "PRV202", "PRV203", "PRV204", "PRV205", "PRV701", "PRV703"}


@pytest.fixture(params=sorted(CATEGORIES))
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / str(request.param)
    shutil.copytree(EXAMPLES / f"{request.param}-undeclared", folder)
    (folder / "privlint.toml").unlink()
    return folder


def written(folder: Path) -> Manifest:
    return declare.read((folder / "privlint.toml").read_bytes(), "privlint.toml").manifest


def checks_of(folder: Path) -> set[str]:
    report = engine.run(Request(paths=(str(folder),), today="2026-11-24", jobs=1))
    return {finding.check for finding in report.findings if finding.severity != "info"}


def test_without_a_category_it_is_proposed_and_not_decided(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(app)]) == 0
    text = (app / "privlint.toml").read_text(encoding="utf-8")
    assert written(app).app is not None
    assert written(app).app.category == "other"
    assert f"To decide: this may be {CATEGORIES[app.name]} (" in text
    assert text.startswith("#:schema ")
    assert f"it may be {CATEGORIES[app.name]}" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("chosen", [True, False])
def test_the_first_check_asks_only_for_decisions(app: Path, language: str, chosen: bool) -> None:
    choice = ["--category", CATEGORIES[app.name]] if chosen else []
    assert main(["init", str(app), "--lang", language, *choice]) == 0
    manifest = written(app)
    assert manifest.collect
    assert all(is_placeholder(table.purpose) for table in manifest.collect)
    assert "PRV206" in checks_of(app)
    assert checks_of(app) & SETTLED == set()


def test_what_the_category_does_not_need_gets_a_function_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    shutil.copytree(EXAMPLES / "maps-undeclared", folder)
    (folder / "privlint.toml").unlink()
    assert main(["init", str(folder), "--category", "map-navigation"]) == 0
    manifest = written(folder)
    declared = {table.data: (table.function, table.consent) for table in manifest.collect}
    assert declared["precise-location"] == ("basic", "separate")
    assert declared["contacts"] == ("extended-contacts", "separate")
    assert declared["android-id"] == ("extended-android-id", "policy")
    assert {function.id for function in manifest.function} == {
        function for function, _ in declared.values() if function != "basic"
    }
    assert manifest.app is not None
    assert manifest.app.name == "Example Maps"


def test_it_drafts_a_table_for_each_sdk(tmp_path: Path) -> None:
    folder = tmp_path / "rides"
    shutil.copytree(EXAMPLES / "rides-undeclared", folder)
    (folder / "privlint.toml").unlink()
    assert main(["init", str(folder)]) == 0
    assert ("com.amap.api:3dmap",) in {sdk.coordinates for sdk in written(folder).sdk}
    assert "PRV701" not in checks_of(folder)


@pytest.mark.parametrize("name", ["privlint.toml", ".privlint.toml"])
def test_it_never_overwrites(app: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (app / name).write_text("# ours\n")
    assert main(["init", str(app)]) == 2
    assert (app / name).read_text() == "# ours\n"
    assert f"there is a manifest already: {name}" in capsys.readouterr().err


def test_nor_does_it_follow_a_link_that_leads_nowhere(app: Path, tmp_path: Path) -> None:
    (app / "privlint.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert main(["init", str(app)]) == 2
    assert not (tmp_path / "elsewhere.toml").exists()


def test_print_writes_nothing(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(app), "--print"]) == 0
    out, err = capsys.readouterr()
    assert declare.read(out.encode(), "privlint.toml").manifest.collect
    assert "may be" in err
    assert not (app / "privlint.toml").exists()


def test_an_unknown_category_is_refused(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(app), "--category", "map-navigaton"]) == 2
    assert "Did you mean `map-navigation`?" in capsys.readouterr().err
    assert not (app / "privlint.toml").exists()


def test_a_folder_without_sources_gets_no_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path)]) == 3
    assert list(tmp_path.iterdir()) == []
    assert "nothing was written" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "missing")]) == 2


def test_names_from_the_tree_cannot_leave_their_place(tmp_path: Path) -> None:
    sources = tmp_path / "a\n[x]\n" / "src"
    sources.mkdir(parents=True)
    (sources / "A.kt").write_text("import android.telephony.TelephonyManager\nfun a(t: TelephonyManager) = t.imei\n")
    (tmp_path / "buildozer.spec").write_text('[app]\ntitle = Chat "\\u0022 \x1b[31m\n')
    assert main(["init", str(tmp_path)]) == 0
    text = (tmp_path / "privlint.toml").read_text(encoding="utf-8")
    assert "\x1b" not in text
    manifest = written(tmp_path)
    assert manifest.app is not None
    assert manifest.app.name.startswith('Chat "')
    assert [table.data for table in manifest.collect] == ["imei"]


def test_every_category_has_its_words() -> None:
    rulebook = engine.rulebook()
    categories = {category.id for policy in rulebook.policies for category in policy.categories}
    assert {hint.category for hint in rulebook.hints} == categories
    for hint in rulebook.hints:
        assert [word for word in (*hint.name, *hint.text) if word != word.lower()] == []


def test_the_name_of_the_app_weighs_more_than_those_of_its_modules(tmp_path: Path) -> None:
    files = {
        "app/src/main/AndroidManifest.xml": '<manifest><application><service android:label="Chat"/></application>',
        "app/src/main/res/values/strings.xml": '<resources><string name="app_name">Fast Mail</string></resources>',
        "app/src/main/java/A.kt": "import android.telephony.TelephonyManager\nfun a(t: TelephonyManager) = t.imei\n",
        "message/build.gradle": 'android { namespace = "com.example.message.chat.im" }\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = engine.draft(Request(paths=(str(tmp_path),), jobs=1))
    assert found.name == "Fast Mail"
    assert found.proposals[0].category == "mail-cloud-storage"
    assert [(sign.word, sign.path) for sign in found.proposals[0].signs] == [
        ("mail", "app/src/main/res/values/strings.xml")
    ]


def policy_in(folder: Path) -> str:
    assert main(["init", str(folder)]) == 0
    app = written(folder).app
    assert app is not None
    return app.policy


def test_it_names_the_file_that_looks_like_the_privacy_policy(tmp_path: Path) -> None:
    app = tmp_path / "app"
    (app / "docs").mkdir(parents=True)
    (app / "a.py").write_text("import uuid\nprint(uuid.getnode())\n", encoding="utf-8")
    (app / "docs" / "privacy.md").write_text("# Privacy\nWe collect what we need to show the way.\n", encoding="utf-8")
    (app / "docs" / "隐私政策.md").write_text("本应用收集的个人信息包括设备信息，用于安全。请仔细阅读。\n", "utf-8")
    assert policy_in(app) == "docs/隐私政策.md"
    text = (app / "privlint.toml").read_text(encoding="utf-8")
    assert "# The privacy policy, or one of: docs/privacy.md." in text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "# App\nThis app takes the privacy of personal data seriously, it really does."),
        ("privacy.md", ""),
        ("privacy.md", "to be written, by somebody, some day, when there is time for it"),
        ("privacy.kt", "val privacy = 1 // we collect personal data and more and more"),
        ("test/privacy-policy.md", "We collect personal data of the people in this test and of others."),
    ],
)
def test_and_none_where_nothing_looks_like_one(tmp_path: Path, name: str, text: str) -> None:
    app = tmp_path / "app"
    file = app / name
    file.parent.mkdir(parents=True)
    (app / "a.py").write_text("import uuid\nprint(uuid.getnode())\n", encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    assert policy_in(app) == ""


def test_the_name_may_stand_in_any_file_of_the_resources(tmp_path: Path) -> None:
    app = tmp_path / "app"
    for source, name in (("main", "Walks"), ("debug", "Walks (Debug)")):
        values = app / "src" / source / "res" / "values"
        values.mkdir(parents=True)
        (app / "src" / source / "AndroidManifest.xml").write_text("<manifest/>", encoding="utf-8")
        file = "do_not_translate.xml" if source == "main" else "strings.xml"
        text = f'<resources><string name="app_name" translatable="false">{name}</string></resources>'
        (values / file).write_text(text, encoding="utf-8")
    (app / "a.py").write_text("import uuid\nprint(uuid.getnode())\n", encoding="utf-8")
    assert main(["init", str(app)]) == 0
    assert written(app).app is not None
    assert written(app).app.name == "Walks"
