"""The threat model holds what it says: each row has an id of its own and names a test that exists."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| (T\d+) \| (.+?) \| (.+?) \| (none|`(\S+)::(\w+)(?:\[(.+?)\])?`) \| ([\w ]+) \|$", re.MULTILINE)
TEXT = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
ROWS = ROW.findall(TEXT)


@lru_cache
def read_tests(path: str) -> tuple[str, dict[str, str]]:
    """The source of a file of tests, and of each test in it."""
    source = (ROOT / path).read_text(encoding="utf-8")
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            decorated = "\n".join(ast.unparse(decorator) for decorator in node.decorator_list)
            found[node.name] = decorated
    return source, found


def test_every_row_is_read() -> None:
    assert len(ROWS) == len(re.findall(r"^\| T\d+", TEXT, re.MULTILINE)) > 80
    assert [row[0] for row in ROWS] == [f"T{number}" for number in range(1, len(ROWS) + 1)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_row_names_a_test_that_exists(row: tuple[str, ...]) -> None:
    _, threat, _, _, path, name, case, status = row
    assert status in {"held", "held in part", "accepted", "open"}, threat
    if not path:
        assert status in {"open", "held in part"}, f"held by nothing: {threat}"
        return
    source, found = read_tests(path)
    assert name in found, f"{path} has no test {name}"
    if case:
        assert "parametrize" in found[name]
        assert f'"{case}"' in source, f"{path} has no case {case}"


def test_security_page_links_the_model() -> None:
    assert "(THREAT_MODEL.md)" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
