"""What is kept from one run to the next: the same report, less work, and nothing that a tree could lend."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from privlint import engine, languages
from privlint.cli import main
from privlint.engine import memory, vault
from privlint.model.request import Request

PHONE = "package a\nimport android.telephony.TelephonyManager\nclass Phone(val line: TelephonyManager)\n"
USER = "package b\nimport a.Phone\nfun id(phone: Phone) = phone.line.imei\n"
PLAIN = "package c\nfun add(a: Int, b: Int) = a + b\n"
OTHER = "package a\nclass Phone(val line: Own)\nclass Own { val imei = 1 }\n"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("PRIVLINT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "app"
    for name, text in (("a/Phone.kt", PHONE), ("b/User.kt", USER), ("c/Plain.kt", PLAIN)):
        write(root, name, text)
    return root


@pytest.fixture
def parsed(monkeypatch):
    """The languages of the files that were parsed since it was last cleared."""
    seen = []
    extract = languages.extract

    def noting(language, data, words):
        seen.append(data)
        return extract(language, data, words)

    monkeypatch.setattr(languages, "extract", noting)
    return seen


def write(root, name, text, *, age=60):
    """Write a file that was last changed a while ago, as far as its own time says."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    before = path.stat().st_mtime - age
    os.utime(path, (before, before))
    return path


def report(root, **settings):
    return engine.run(Request(paths=(str(root),), isolated=True, jobs=1, today="2026-01-02", cache=True, **settings))


def said(found):
    return found.findings, found.coverage, found.notes


def plainly(root):
    return said(engine.run(Request(paths=(str(root),), isolated=True, jobs=1, today="2026-01-02")))


def later(monkeypatch, seconds=10):
    """Let the clock be later, so that the files are old enough for their times to say something."""
    now = memory.time_ns
    monkeypatch.setattr(memory, "time_ns", lambda: now() + seconds * 1_000_000_000)


def kept(cache):
    (path,) = (cache / "results").glob("*.results")
    return path


# --- what is taken from memory ----------------------------------------------------------------------------------------


def test_an_unchanged_tree_is_neither_parsed_nor_read_again(tree, cache, parsed, monkeypatch):
    later(monkeypatch)
    first = report(tree)
    assert first.findings
    assert parsed
    parsed.clear()
    monkeypatch.setattr(memory.discover, "read_source", lambda *_: pytest.fail("read"))
    assert said(report(tree)) == said(first)
    assert parsed == []
    assert first.uncached is None
    assert stat.S_IMODE(kept(cache).stat().st_mode) == 0o600


def test_a_tree_of_the_last_moment_is_read_and_not_parsed(tree, parsed):
    first = report(tree)
    parsed.clear()
    assert said(report(tree)) == said(first)
    assert parsed == []


def test_times_that_changed_alone_change_nothing(tree, parsed, monkeypatch):
    later(monkeypatch)
    first = report(tree)
    os.utime(tree / "a" / "Phone.kt", (1, 1))
    parsed.clear()
    assert said(report(tree)) == said(first)
    assert parsed == []


def test_a_change_that_keeps_size_and_time_is_seen(tree, monkeypatch):
    later(monkeypatch)
    report(tree)
    path = tree / "b" / "User.kt"
    before = path.stat()
    path.write_text(USER.replace("imei", "same"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert report(tree).findings == ()


def test_of_one_changed_file_only_that_one_is_parsed(tree, parsed, monkeypatch):
    later(monkeypatch)
    report(tree)
    write(tree, "b/User.kt", USER + "\n// more\n")
    parsed.clear()
    assert said(report(tree)) == plainly(tree)
    write(tree, "b/User.kt", USER + "\n// still more\n")
    parsed.clear()
    report(tree)
    assert {data for data in parsed if b"package a" in data} == set()
    assert any(b"still more" in data for data in parsed)


def test_who_leans_on_a_declaration_is_examined_again_when_it_changes(tree, monkeypatch):
    later(monkeypatch)
    assert {one.place.path for one in report(tree).findings} == {"b/User.kt"}
    write(tree, "a/Phone.kt", OTHER)
    assert report(tree).findings == ()
    assert plainly(tree)[0] == ()
    write(tree, "a/Phone.kt", PHONE)
    assert {one.place.path for one in report(tree).findings} == {"b/User.kt"}


def test_files_that_come_and_go_are_noticed(tree, monkeypatch):
    later(monkeypatch)
    report(tree)
    (tree / "a" / "Phone.kt").unlink()
    write(tree, "d/More.kt", PHONE.replace("package a", "package a"))
    found = report(tree)
    assert said(found) == plainly(tree)
    assert {one.path for one in found.coverage} == {"b/User.kt", "c/Plain.kt", "d/More.kt"}


def test_a_part_of_the_tree_leaves_the_rest_in_memory(tree, parsed):
    report(tree)
    report(tree / "a")
    parsed.clear()
    assert said(report(tree)) == plainly(tree)
    parsed.clear()
    report(tree)
    assert parsed == []


@pytest.mark.parametrize("part", ["rules", "code"])
def test_other_rules_or_other_code_trust_nothing(part, tree, parsed, monkeypatch):
    later(monkeypatch)
    first = report(tree)
    parsed.clear()
    memory._stamp.cache_clear()
    if part == "rules":
        law = memory.rulebook.open_law()
        other = memory.replace(law, version="other")
        monkeypatch.setattr(memory.rulebook, "open_law", lambda: other)
    else:
        monkeypatch.setattr(memory, "stamp_of", lambda *_: "other")
    again = report(tree)
    memory._stamp.cache_clear()
    assert parsed
    assert again.findings == first.findings


# --- what must not be believed ----------------------------------------------------------------------------------------


def test_a_damaged_file_is_no_file(tree, cache, monkeypatch):
    later(monkeypatch)
    first = said(report(tree))
    path = kept(cache)
    whole = path.read_bytes()
    step = max(1, len(whole) // 60)
    for at in [*range(60), *range(60, len(whole), step)]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert said(report(tree)) == first
    for length in (0, 1, 30, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert said(report(tree)) == first
    path.write_bytes(os.urandom(5000))
    assert said(report(tree)) == first


def test_well_formed_nonsense_is_no_result(tree, monkeypatch):
    later(monkeypatch)
    first = said(report(tree))
    place = vault.place(str(tree))
    for part in (b"", b"\xc0", b"\x90", b"\x80", b"\x94\x01\x02\x03\x04", b"\xdf\xff\xff\xff\xff", b"\x91" * 5000):
        assert vault.write(place, part, part) is None
        assert said(report(tree)) == first


def test_a_cache_within_the_tree_is_neither_read_nor_written(tree, monkeypatch):
    monkeypatch.setenv("PRIVLINT_CACHE_DIR", str(tree / ".cache"))
    found = report(tree)
    assert not (tree / ".cache" / "results").exists()
    assert found.uncached == vault.INSIDE
    link = tree.parent / "elsewhere"
    link.symlink_to(tree / ".cache")
    monkeypatch.setenv("PRIVLINT_CACHE_DIR", str(link))
    assert report(tree).uncached == vault.INSIDE


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes say nothing here")
def test_what_others_may_write_is_not_believed(tree, cache, parsed, monkeypatch):
    later(monkeypatch)
    report(tree)
    path = kept(cache)
    path.chmod(0o666)
    parsed.clear()
    report(tree)
    assert parsed
    (cache / "results").chmod(0o777)
    parsed.clear()
    assert report(tree).uncached == vault.STRANGE
    assert parsed


def test_a_link_in_the_place_of_the_file_is_not_followed(tree, cache, parsed, monkeypatch):
    later(monkeypatch)
    report(tree)
    path = kept(cache)
    aside = cache / "aside"
    path.rename(aside)
    path.symlink_to(aside)
    before = aside.read_bytes()
    parsed.clear()
    report(tree)
    assert parsed
    assert not path.is_symlink()
    assert aside.read_bytes() == before


# --- where nothing can be kept ----------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_costs_only_time(tree, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PRIVLINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    found = report(tree)
    assert said(found) == plainly(tree)
    assert found.uncached is not None
    assert main(["check", "--isolated", "--exit-zero", str(tree)]) == 0
    assert "PRV019" in capsys.readouterr().err


def test_a_full_disk_costs_only_time(tree, cache, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vault.os, "write", full)
    found = report(tree)
    monkeypatch.undo()
    assert said(found) == plainly(tree)
    assert found.uncached is not None
    assert "No space" in found.uncached.en
    assert [*(cache / "results").iterdir()] == []


def test_more_than_a_file_may_hold_is_not_kept(tree, cache, monkeypatch):
    later(monkeypatch)
    monkeypatch.setattr(vault, "LARGEST", 2_000)
    report(tree)
    assert kept(cache).stat().st_size < 2_000


def test_projects_of_long_ago_make_room(tree, cache, monkeypatch):
    report(tree)
    for number in range(4):
        path = cache / "results" / f"{number}.results"
        path.write_bytes(b"old")
        os.utime(path, (number, number))
    part = cache / "results" / "x.results.1.part"
    part.write_bytes(b"unfinished")
    os.utime(part, (1, 1))
    monkeypatch.setattr(vault, "MOST", 2)
    write(tree, "c/Plain.kt", PLAIN + PHONE.replace("package a", ""))
    report(tree)
    left = {path.name for path in (cache / "results").iterdir()}
    assert left == {"3.results", os.path.basename(vault.place(str(tree)).path)}


# --- the command line -------------------------------------------------------------------------------------------------


def command(tree, cache, *options):
    code = "from privlint.cli import main; raise SystemExit(main())"
    arguments = ["check", "--isolated", "--exit-zero", "--output-format", "json", "--today", "2026-01-02", *options]
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments, str(tree)],
        env={**os.environ, "PRIVLINT_CACHE_DIR": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def many(tree):
    for number in range(60):
        write(tree, f"m/M{number}.kt", USER.replace("fun id", f"fun id{number}"))


def test_the_report_is_the_same_to_the_byte(tree, cache):
    many(tree)
    runs = [("-j1", "--no-cache"), ("-j1",), ("-j4",), ("-j1",), ("-j4", "--no-cache")]
    outputs = [command(tree, cache, *options).communicate() for options in runs]
    assert json.loads(outputs[0][0])["findings"]
    assert len(set(outputs)) == 1


def test_two_runs_at_once_are_both_right(tree, cache):
    many(tree)
    alone = command(tree, cache, "--no-cache").communicate()
    for _ in range(2):
        both = [command(tree, cache, "-j2") for _ in range(3)]
        assert {one.communicate() for one in both} == {alone}
    assert not [*(cache / "results").glob("*.part")]


def test_without_a_cache_nothing_is_kept(tree, cache):
    assert main(["check", "--isolated", "--exit-zero", "--no-cache", "-q", str(tree)]) == 0
    assert not (cache / "results").exists()


def test_given_files_use_no_memory(tree, cache):
    main(["check", "--isolated", "--exit-zero", "-q", str(tree / "b" / "User.kt")])
    assert not (cache / "results").exists()


@pytest.mark.parametrize(("language", "told"), [("en", "removed"), ("zh-CN", "已删除")])
def test_clean_removes_what_was_kept_and_nothing_else(language, told, tree, cache, capsys):
    report(tree)
    (cache / "mine.txt").write_text("keep")
    assert main(["clean", "--lang", language]) == 0
    assert told in capsys.readouterr().out
    assert [path.name for path in cache.iterdir()] == ["mine.txt"]
    assert main(["clean"]) == 0
    assert capsys.readouterr().out == "0 files removed, 0 bytes\n"


def test_a_literal_of_half_a_pair_can_be_kept(tree, parsed, monkeypatch):
    later(monkeypatch)
    text = 'package d;\nimport android.telephony.TelephonyManager;\nclass D {\n  static final String F = "\\ud83d";\n'
    write(tree, "d/D.java", text + "  TelephonyManager line;\n  Object id() { return line.getImei(); }\n}\n")
    first = report(tree)
    parsed.clear()
    assert said(report(tree)) == said(first)
    assert first.uncached is None
    assert parsed == []


def test_a_name_that_is_no_text_costs_only_time(tree):
    path = os.path.join(os.fsencode(tree), b"c", b"\xff.kt")
    try:
        Path(os.fsdecode(path)).write_text(PHONE.replace("package a", "package c") + USER, encoding="utf-8")
    except OSError:
        pytest.skip("no such names here")
    assert said(report(tree)) == plainly(tree)
