"""What is looked for in all sources: where it is found, what costs nothing, and what could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from privlint import engine
from privlint.engine import Session
from privlint.model.request import Request
from privlint.model.rights import Rights
from repositories import write

APP = '[app]\nname = "Forum"\ncategory = "online-community"\npolicy = "https://forum.example/p"\n'


def rights(folder: Path, files: dict[str, str], named: str = "") -> Rights:
    toml = APP + (f'[rights]\nclose_account = "{named}"\n' if named else "")
    write(folder, {"privlint.toml": toml, **files})
    found = Session(Request(paths=(str(folder),), jobs=1)).project().rights
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("named", "path", "code", "symbol"),
    [
        ("com.example.Close", "a/Close.kt", "package com.example\nobject Close", "com.example.Close"),
        ("Close.now", "a/Close.java", "package a; class Close { void now() {} }", "a.Close.now"),
        ("Close#now()", "a/Close.kt", "package a\nclass Close { fun now() = 1 }", "a.Close.now"),
        ("Outer$Close", "a/O.java", "package a; class Outer { class Close {} }", "a.Outer.Close"),
        ("shop.views.Close.post", "shop/views.py", "class Close:\n    def post(self): pass", "shop.views.Close.post"),
        ("views.close", "server/shop/views.py", "def close(): pass", "server.shop.views.close"),
        ("close", "shop/__init__.py", "close = 1", "shop.close"),
    ],
)
def test_a_name_is_found_where_it_is_declared(named, path, code, symbol, tmp_path):
    (pointer,) = rights(tmp_path, {path: code + "\n"}, named).pointers
    assert (pointer.state, pointer.symbol) == ("found", symbol)
    assert pointer.place is not None
    assert pointer.place.path == path


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("com.example.Close", "package com.other\nclass Close"),
        ("com.example.Close", 'package com.example\n// class Close\nval text = "class Close"'),
        ("Close.now", "package a\nclass Open { fun now() = 1 }"),
        ("../outside.html", "package a"),
        ("/account/close", 'package a\nval x = "/account/open"'),
    ],
)
def test_a_name_that_nothing_declares_is_missing(named, code, tmp_path):
    (pointer,) = rights(tmp_path, {"a/A.kt": code + "\n"}, named).pointers
    assert pointer.state == "missing"


@pytest.mark.parametrize(
    ("named", "state"),
    [("mailto:a@b.cn", "address"), ("https://a.cn/x", "address"), ("a@b.cn", "address"), ("设置 > 隐私", "words")],
)
def test_addresses_and_words_are_not_looked_up(named, state, tmp_path):
    (pointer,) = rights(tmp_path, {"a/A.kt": "package a\n"}, named).pointers
    assert pointer.state == state


def test_tests_do_not_count(tmp_path):
    found = rights(tmp_path, {"app/src/test/java/a/Close.kt": "package a\nclass Close\n"}, "a.Close")
    assert found.pointers[0].state == "missing"
    assert rights(tmp_path, {"tests/test_a.py": "def delete_account(user):\n    user.status = 1\n"}).deletions == ()


def test_a_file_that_is_too_deep_is_named(tmp_path):
    deep = f"def delete_account(user):\n    user.status = {'(' * 9000}1{')' * 9000}\n"
    write(
        tmp_path, {"privlint.toml": APP, "deep.py": deep, "fine.py": "def close_account(user):\n    user.status = 1\n"}
    )
    report = engine.run(Request(paths=(str(tmp_path),), today="2026-11-24", jobs=1))
    assert any("deep.py" in note.en and "deep.py" in note.zh for note in report.notes)
    assert [one.place.path for one in report.findings if one.check == "PRV914"] == ["fine.py"]


def test_single_files_are_not_explored(tmp_path):
    write(tmp_path, {"privlint.toml": APP, "a.py": "def delete_account(user):\n    user.status = 1\n"})
    assert Session(Request(paths=(str(tmp_path / "a.py"),), jobs=1)).project().rights is None
