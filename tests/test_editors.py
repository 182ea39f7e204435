"""The files below editors/: that each is what its editor reads, and that they agree with the server."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

from privlint.lsp import manifest_words
from privlint.model import project

EDITORS = Path(__file__).parent.parent / "editors"
LANGUAGES = {"kotlin", "java", "python"}


def test_json_is_json() -> None:
    files = [file for file in EDITORS.rglob("*.json") if "node_modules" not in file.parts]
    assert len(files) >= 5
    for file in files:
        json.loads(file.read_text(encoding="utf-8"))


def test_both_languages_of_the_extension_say_the_same() -> None:
    english = json.loads((EDITORS / "vscode" / "package.nls.json").read_text(encoding="utf-8"))
    chinese = json.loads((EDITORS / "vscode" / "package.nls.zh-cn.json").read_text(encoding="utf-8"))
    assert english.keys() == chinese.keys()
    package = (EDITORS / "vscode" / "package.json").read_text(encoding="utf-8")
    assert all(f"%{key}%" in package for key in english)
    said = json.loads((EDITORS / "vscode" / "l10n" / "bundle.l10n.zh-cn.json").read_text(encoding="utf-8"))
    code = (EDITORS / "vscode" / "src" / "extension.js").read_text(encoding="utf-8")
    assert all(json.dumps(text)[1:-1] in code for text in said)
    assert code.count("l10n.t(") == len(said)


def test_helix_knows_the_server() -> None:
    toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    settings = toml.loads((EDITORS / "helix" / "languages.toml").read_text(encoding="utf-8"))
    assert settings["language-server"]["privlint"]["args"] == ["server"]
    named = {one["name"] for one in settings["language"] if "privlint" in one["language-servers"]}
    assert named >= LANGUAGES


def test_the_template_for_intellij_maps_every_language() -> None:
    template = json.loads((EDITORS / "lsp4ij" / "privlint" / "template.json").read_text(encoding="utf-8"))
    assert {one["languageId"] for one in template["fileTypeMappings"]} >= LANGUAGES
    assert all("server" in command for command in template["programArgs"].values())


@pytest.mark.parametrize("name", project.Manifest.__struct_fields__)
def test_every_key_of_the_manifest_is_explained(name: str) -> None:
    """What the editor completes and explains are the keys that the records have."""
    records = {
        "app": project.App,
        "apps": project.App,
        "function": project.Function,
        "collect": project.Collect,
        "sdk": project.Sdk,
        "consent": project.ConsentSettings,
        "rights": project.Rights,
        "contact": project.Contact,
        "check": project.CheckSettings,
        "waive": project.Waiver,
    }
    keys = set(records[name].__struct_fields__) - ({"paths"} if name == "app" else set())
    assert set(manifest_words.KEYS[name]) == keys
    assert manifest_words.about(name, "") is not None
