"""`--profile`: where the time of a run went, on standard error, and nothing else that is different."""

from __future__ import annotations

import pytest

from privlint.cli import main

SOURCE = "import android.telephony.TelephonyManager\nfun id(phone: TelephonyManager) = phone.imei\n"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.setenv("PRIVLINT_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "app"
    root.mkdir()
    (root / "Phone.kt").write_text(SOURCE, encoding="utf-8")
    return root


def run(capsys, tree, *options):
    main(["check", "--isolated", "--output-format", "json", "--today", "2026-01-02", *options, str(tree)])
    return capsys.readouterr()


@pytest.mark.parametrize(
    ("language", "stage", "file"),
    [("en", "examine the sources", "slowest files"), ("zh-CN", "检查源代码", "最慢的文件")],
)
def test_stages_and_files_are_named(language, stage, file, tree, capsys):
    out, err = run(capsys, tree, "--profile", "--lang", language)
    assert stage in err
    assert file in err
    assert "Phone.kt" in err.partition(file)[2]
    assert out == run(capsys, tree, "--lang", language, "--no-cache").out


def test_without_it_nothing_is_told(tree, capsys):
    assert "slowest" not in run(capsys, tree).err


def test_from_memory_no_file_was_examined(tree, capsys, monkeypatch):
    from privlint.engine import memory

    now = memory.time_ns
    monkeypatch.setattr(memory, "time_ns", lambda: now() + 10_000_000_000)
    run(capsys, tree)
    assert "those of an earlier run" in run(capsys, tree, "--profile").err
