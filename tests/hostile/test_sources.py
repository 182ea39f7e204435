"""Hostile bytes in a source: it is examined or named, and what stands beside it is found all the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hostile_runs import CONTROLS, SUFFIXES, check, controls, put, source

FOUND = ""
_COMMENT = {"kotlin": "// ", "java": "// ", "python": "# "}


def _value(language: str, expression: str) -> str:
    return {
        "kotlin": f"val x = {expression}\n",
        "java": f"class X {{ Object x = {expression}; }}\n",
        "python": f"x = {expression}\n",
    }[language]


def _bytes(*beyond: int) -> bytes:
    return random.Random(1).randbytes(20_000) + bytes(beyond)


def _soup() -> str:
    return " ".join(random.Random(2).choices("(){}[]<>@#$%&*;:,.?!'\"`|\\", k=20_000))


def _else_ifs(language: str) -> str:
    if language == "python":
        return "if x == 0:\n  pass\n" + "".join(f"elif x == {number}:\n  pass\n" for number in range(2_000))
    chain = "".join(f"if (x == {number}) {{ }} else " for number in range(2_000)) + "{ }"
    return f"fun g(x: Int) {{ {chain} }}\n" if language == "kotlin" else f"class X {{ void g(int x) {{ {chain} }} }}\n"


def _generics(language: str) -> str:
    kind = "List<" * 3_000 + "String" + ">" * 3_000
    return f"val x: {kind} = y\n" if language == "kotlin" else f"class X {{ {kind} x; }}\n"


Make = Callable[[str], str | bytes]
CASES: dict[str, tuple[Make, set[str]]] = {
    # bytes
    "byte order mark": (lambda la: b"\xef\xbb\xbf" + source(la).encode(), {FOUND}),
    "UTF-16 little-endian": (lambda la: b"\xff\xfe" + source(la).encode("utf-16-le"), {FOUND}),
    "UTF-16 big-endian": (lambda la: b"\xfe\xff" + source(la).encode("utf-16-be"), {FOUND}),
    "UTF-16 without a mark": (lambda la: source(la).encode("utf-16-le"), {"PRV005"}),
    "stray bytes": (lambda la: source(la).encode() + _COMMENT[la].encode() + b"caf\xe9 \xff\xfe\x80\n", {FOUND}),
    "GBK": (lambda la: (_COMMENT[la] + "读取\n").encode("gbk") + source(la).encode(), {FOUND}),
    "lone carriage returns": (lambda la: source(la).replace("\n", "\r"), {FOUND}),
    "form feed and strange line ends": (lambda la: _COMMENT[la] + "\u2028\u0085\x0b\x0c\n" + source(la), {FOUND}),
    "NUL": (lambda la: source(la) + _COMMENT[la] + "\0\n", {"PRV006"}),
    "random": (lambda _: _bytes(0), {"PRV006"}),
    "direction marks": (lambda la: source(la) + _COMMENT[la] + "\u202e } \u2066 begin\n", {FOUND}),
    # broken
    "conflict": (lambda la: source(la) + "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n", {FOUND}),
    "end within a text": (lambda la: source(la) + 'x = "abc', {FOUND}),
    "end within a comment": (lambda la: source(la) + ("'''" if la == "python" else "/*") + " no end\n", {FOUND}),
    "soup": (lambda la: source(la) + _soup(), {FOUND}),
    # nested, long
    "parentheses": (lambda la: source(la) + _value(la, "(" * 20_000 + "1" + ")" * 20_000), {FOUND}),
    "openers": (lambda la: source(la) + _value(la, "([{" * 10_000), {FOUND}),
    "calls": (lambda la: source(la) + _value(la, "f(" * 10_000 + ")" * 10_000), {FOUND}),
    "minus": (lambda la: source(la) + _value(la, "- " * 20_000 + "y"), {FOUND}),
    "sum": (lambda la: source(la) + _value(la, "1" + "+1" * 30_000), {FOUND}),
    "chain": (lambda la: source(la) + _value(la, "b" + ".a()" * 10_000), {FOUND}),
    "else if": (lambda la: source(la) + _else_ifs(la), {FOUND}),
    "one long line": (lambda la: source(la) + _COMMENT[la] + "x" * 1_000_000, {FOUND}),
    "bait for expressions": (lambda la: source(la) + _value(la, '"' + "a" * 30_000 + " " * 30_000 + '"'), {FOUND}),
    "too large": (lambda la: source(la) + _COMMENT[la] + "x" * 5_000_000, {"PRV004"}),
}
ONE_LANGUAGE: dict[str, tuple[str, Make, set[str]]] = {
    "generics, Kotlin": ("kotlin", lambda la: source(la) + _generics(la), {FOUND}),
    "generics, Java": ("java", lambda la: source(la) + _generics(la), {FOUND}),
    "templates": ("kotlin", lambda la: source(la) + _value(la, '"${' * 2_000 + "1" + '}"' * 2_000), {FOUND}),
    "comment openers": ("kotlin", lambda la: source(la) + "/*" * 8_000, {FOUND, "PRV007"}),
    "comment lines": ("python", lambda la: "# nothing\n" * 4_000 + source(la), {FOUND}),
    "angles": ("java", lambda la: source(la) + "a<" * 8_000, {FOUND, "PRV007", "PRV010"}),
    "indentation": ("python", lambda la: source(la) + "".join(" " * n + "if x:\n" for n in range(400)), {FOUND}),
    "encoding of another kind": ("python", lambda la: b"# coding: utf-7\n" + source(la).encode(), {"PRV005"}),
    "declared GBK": ("python", lambda la: ("# coding: gbk\n# 读取\n" + source(la)).encode("gbk"), {FOUND}),
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """What is found in the innocent files alone."""
    root = tmp_path_factory.mktemp("clean")
    controls(root)
    found = check(root).of(*CONTROLS)
    assert {finding["path"] for finding in found} == set(CONTROLS)
    return found


@pytest.mark.parametrize("name", CASES)
def test_in_every_language(name: str, tmp_path: Path, clean: list[dict[str, object]]) -> None:
    make, allowed = CASES[name]
    controls(tmp_path)
    for language, suffix in SUFFIXES.items():
        put(tmp_path, f"hostile{suffix}", make(language))
    run = check(tmp_path)
    assert run.of(*CONTROLS) == clean
    for suffix in SUFFIXES.values():
        path = f"hostile{suffix}"
        assert path in run.found() if FOUND in allowed else run.reasons().get(path) in allowed, path
    assert run.code == (1 if FOUND in allowed else 3)
    assert "Traceback" not in run.errors


@pytest.mark.parametrize("name", ONE_LANGUAGE)
def test_in_one_language(name: str, tmp_path: Path, clean: list[dict[str, object]]) -> None:
    language, make, allowed = ONE_LANGUAGE[name]
    controls(tmp_path)
    path = f"hostile{SUFFIXES[language]}"
    put(tmp_path, path, make(language))
    run = check(tmp_path)
    assert run.of(*CONTROLS) == clean
    found = path in run.found()
    assert (found and FOUND in allowed) or run.reasons()[path] in allowed
    assert run.code == (1 if found else 3)


def test_flood_of_findings_keeps_the_gravest(tmp_path: Path) -> None:
    put(tmp_path, "flood.py", "from plyer import gps\n" + "gps.start(minTime=1)\n" * 1_500)
    run = check(tmp_path)
    assert run.code == 1
    assert len(run.report["findings"]) == 1_000
    assert run.reasons() == {"flood.py": "PRV017"}
    assert re.search(r"1,000 of [3-9],000 findings|1,000 of 1,500 findings", run.errors)  # each line may say several
