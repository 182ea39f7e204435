"""What a run on one small file imports: nothing that it does not use, because start-up is imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = {
    "asyncio",
    "concurrent.futures",
    "dataclasses",
    "difflib",
    "email",
    "importlib.resources",
    "inspect",
    "json",
    "lsprotocol",
    "multiprocessing",
    "pathlib",
    "pathspec",
    "pygls",
    "rich",
    "sqlite3",
    "subprocess",
    "tempfile",
    "tomllib",
    "tomli",
    "tomlkit",
    "tree_sitter_java",
    "tree_sitter_kotlin",
    "tree_sitter_python",
    "tree_sitter_toml",
    "unicodedata",
    "urllib.request",
    "xml",
}
OURS = {
    "privlint.lsp",
    "privlint.languages.java",
    "privlint.languages.python",
    "privlint.declare.positions",
    "privlint.rulebook.load",
    "privlint.rulebook.compile",
    "privlint.report.sarif",
    "privlint.report.json",
    "privlint.report.dossier",
    "privlint.report.notice",
    "privlint.cli.fixing",
    "privlint.cli.waiting",
    "privlint.cli.watching",
    "privlint.engine.mending",
    "privlint.engine.answering",
}
CODE = """
import sys, msgspec, tree_sitter
before = set(sys.modules)
from privlint.cli import main
code = main(["check", "--isolated", sys.argv[1]])
print(code, *sorted(set(sys.modules) - before), file=sys.stderr)
"""
FINDING = """\
import android.telephony.TelephonyManager

fun read(phone: TelephonyManager) = phone.imei
"""
CLEAN = "fun add(a: Int, b: Int) = a + b\n"


def imported(folder: Path, text: str) -> tuple[int, set[str]]:
    """The exit code of a run, and the modules that it brought in beside those of its two libraries."""
    file = folder / "Small.kt"
    file.write_text(text, encoding="utf-8")
    environment = {**os.environ, "PRIVLINT_CACHE_DIR": str(folder / "cache")}
    done = None
    for _ in range(2):  # the first run from a checkout compiles the rules
        done = subprocess.run(
            [sys.executable, "-c", CODE, str(file)], env=environment, capture_output=True, text=True, check=True
        )
    assert done is not None
    code, *modules = done.stderr.splitlines()[-1].split()
    return int(code), set(modules)


def test_a_file_with_a_finding_imports_nothing_heavy(tmp_path):
    code, modules = imported(tmp_path, FINDING)
    assert code == 1
    assert modules & (HEAVY | OURS) == set()
    assert "privlint.languages.kotlin" in modules


def test_a_file_with_nothing_to_find_is_not_even_parsed(tmp_path):
    code, modules = imported(tmp_path, CLEAN)
    assert code == 0
    assert modules & (HEAVY | OURS) == set()
    assert "privlint.languages.kotlin" not in modules
