"""The house around the code: what documents promise, what no file may hold, who imports whom."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from privlint import checks

ROOT = Path(__file__).parent.parent.parent
READMES = ("README.md", "README.zh-CN.md")
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "THREAT_MODEL.md", "CHANGELOG.md")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(((?!https?:)[^)#]+)[^)]*\)")


def fences(readme: str) -> list[tuple[str, str]]:
    return FENCE.findall((ROOT / readme).read_text(encoding="utf-8"))


def untranslated(text: str) -> str:
    """A fence without what differs between the languages: comments, and the texts of a manifest."""
    return re.sub(r'(name|purpose) = ".*?"', r"\1", re.sub(r"#.*", "#", text))


def tracked() -> list[Path]:
    """Every text file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a checkout")
    paths = [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_two_commands_are_make_targets() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for readme in READMES:
        commands = [line for kind, text in fences(readme) if kind == "console" for line in text.splitlines()]
        assert commands[:2] == ["$ make demo", "$ make test"]
        assert {command.split()[2] for command in commands if command.startswith("$ make ")} <= set(targets)


def test_continuous_integration_runs_the_second_command() -> None:
    assert "exec make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_both_readmes_say_the_same() -> None:
    english, chinese = ([(kind, untranslated(text)) for kind, text in fences(readme)] for readme in READMES)
    assert english == chinese
    headings = [re.findall(r"^(#+) ", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE) for readme in READMES]
    assert headings[0] == headings[1]


@pytest.mark.parametrize("document", [*READMES, *PAGES])
def test_links_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [target for target in LINK.findall(text) if not (ROOT / target).exists()] == []


def test_every_check_is_documented() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [check for check in checks.KNOWN if f"{check} " not in page and f"[{check}]" not in page] == []


@pytest.mark.parametrize(
    "script",
    ["make_check_list.py", "make_coverage_docs.py", "make_screenshot.py", "make_sdk_docs.py", "make_man_page.py"],
)
def test_made_files_are_fresh(script: str) -> None:
    done = run(f"scripts/{script}", "--check")
    assert done.returncode == 0, done.stderr


def test_no_file_names_a_registry_or_a_machine() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org"]
    folders = ["/ro" + "ot/", "/wo" + "rk/main", "/ho" + "me/", "/tm" + "p/", "C:" + "\\Users"]
    forbidden = re.compile("|".join(re.escape(word) for word in (*hosts, *folders)))
    allowed = {"tests", "rules"}  # an input of a test, or a path that a rule is about, may be such a folder
    found = [
        f"{path.relative_to(ROOT)}:{number}: {hit}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for hit in forbidden.findall(line)
        if hit in hosts or path.relative_to(ROOT).parts[0] not in allowed
    ]
    assert found == []


def test_only_languages_and_declare_name_a_grammar() -> None:
    package = ROOT / "src" / "privlint"
    named = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        if re.search(r"^[^#\n]*\btree_sitter", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named == {"languages", "declare"}


@pytest.mark.slow
def test_imports_keep_to_the_contracts() -> None:
    done = run("-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))")
    assert done.returncode == 0, done.stdout
