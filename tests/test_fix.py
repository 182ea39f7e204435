"""`privlint check --fix` and `--diff`: what goes, what stays, and that nothing else in the file changes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from privlint.cli import main

KOTLIN = """\
import android.telephony.TelephonyManager

fun a(t: TelephonyManager) = 1 // privlint: ignore[PRV201] it went
// privlint: ignore[PRV201] this one too

fun b(t: TelephonyManager) = t.imei // privlint: ignore[PRV201, PRV101] 需要
fun c(t: TelephonyManager) = t.meid // privlint: ignore[PRV201] needed
"""
MENDED = """\
import android.telephony.TelephonyManager

fun a(t: TelephonyManager) = 1

fun b(t: TelephonyManager) = t.imei // privlint: ignore[PRV201] 需要
fun c(t: TelephonyManager) = t.meid // privlint: ignore[PRV201] needed
"""
ANDROID = """\
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="a.b">
    <uses-permission android:name="android.permission.READ_CALENDAR" />
    <uses-permission
        android:name="android.permission.READ_PHONE_STATE"
        android:maxSdkVersion="30" />
    <uses-permission android:name="android.permission.INTERNET" />
    <application android:label="x" />
</manifest>
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["check", "--lang", "en", "--output-format", "concise", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "A.kt"
    file.write_text(KOTLIN, encoding="utf-8")
    return file


def test_a_stale_marker_goes_and_one_in_use_stays(capsys: pytest.CaptureFixture[str], source: Path) -> None:
    assert "PRV030" in run(capsys, str(source.parent))[1]
    _, out, err = run(capsys, str(source.parent), "--fix")
    # The second marker stood alone above the blank line and `fun b`, which it covered: it was of use.
    assert source.read_text(encoding="utf-8").count("privlint: ignore") == 3
    assert "PRV030" not in out
    assert "A.kt:3: removed the marker for PRV201" in err
    assert "A.kt:6: removed the marker for PRV101" in err


def test_a_marker_on_a_line_of_its_own_goes_with_the_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "A.kt"
    text = KOTLIN.replace("fun b(t: TelephonyManager) = t.imei", "val x = 1\nfun b(t: TelephonyManager) = t.imei")
    file.write_text(text, encoding="utf-8")
    run(capsys, str(tmp_path), "--fix")
    wanted = MENDED.replace("fun b(", "val x = 1\nfun b(")
    assert file.read_text(encoding="utf-8") == wanted
    assert run(capsys, str(tmp_path), "--fix")[2].count("removed") == 0


def test_a_patch_changes_nothing(capsys: pytest.CaptureFixture[str], source: Path) -> None:
    code, out, _ = run(capsys, str(source.parent), "--diff")
    assert code == 1
    assert (
        "-fun a(t: TelephonyManager) = 1 // privlint: ignore[PRV201] it went\n+fun a(t: TelephonyManager) = 1\n" in out
    )
    assert out.startswith("--- a/A.kt\n+++ b/A.kt\n")
    assert source.read_text(encoding="utf-8") == KOTLIN
    run(capsys, str(source.parent), "--fix")
    assert run(capsys, str(source.parent), "--diff")[:2] == (0, "")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_encoding_mark_and_line_ends_stay(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str, codec: str
) -> None:
    file = tmp_path / "A.kt"
    before = KOTLIN.replace("\n", ending).encode(codec)
    file.write_bytes(before)
    run(capsys, str(tmp_path), "--fix")
    gone = "fun a(t: TelephonyManager) = 1 // privlint: ignore[PRV201] it went"
    after = KOTLIN.replace(gone, gone.partition(" //")[0]).replace("[PRV201, PRV101]", "[PRV201]")
    assert file.read_bytes() == after.replace("\n", ending).encode(codec)


def test_the_mode_stays_and_no_link_is_written_through(capsys: pytest.CaptureFixture[str], source: Path) -> None:
    source.chmod(0o640)
    run(capsys, str(source.parent), "--fix")
    assert stat.S_IMODE(source.stat().st_mode) == 0o640
    assert os.listdir(source.parent) == ["A.kt"]


def test_an_annotation_is_left_to_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = (
        "import android.telephony.TelephonyManager\n"
        '@Suppress("privlint:PRV201: it went")\nfun a(t: TelephonyManager) = 1\n'
    )
    file = tmp_path / "A.kt"
    file.write_text(text, encoding="utf-8")
    assert "PRV030" in run(capsys, str(tmp_path), "--fix")[1]
    assert file.read_text(encoding="utf-8") == text


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app" / "src" / "main"
    folder.mkdir(parents=True)
    (folder / "AndroidManifest.xml").write_text(ANDROID, encoding="utf-8")
    (folder / "A.kt").write_text("fun a() = 1\n", encoding="utf-8")
    return tmp_path


def test_an_unused_permission_is_shown_and_stays(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    manifest = app / "app" / "src" / "main" / "AndroidManifest.xml"
    _, _, err = run(capsys, str(app), "--fix")
    assert "2 more with --unsafe-fixes" in err
    assert manifest.read_text(encoding="utf-8") == ANDROID


def test_and_goes_when_that_is_asked_for(capsys: pytest.CaptureFixture[str], app: Path) -> None:
    manifest = app / "app" / "src" / "main" / "AndroidManifest.xml"
    code, out, _ = run(capsys, str(app), "--diff", "--unsafe-fixes")
    assert code == 1
    assert '-    <uses-permission android:name="android.permission.READ_CALENDAR" />' in out
    run(capsys, str(app), "--fix", "--unsafe-fixes")
    lines = ANDROID.splitlines(keepends=True)
    assert manifest.read_text(encoding="utf-8") == "".join([lines[0], *lines[5:]])


@pytest.mark.parametrize("given", [("--unsafe-fixes",), ("-", "--stdin-filename", "a.py", "--fix")])
def test_options_that_do_not_go_together(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...]
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x = 1\n")))
    code, _, err = run(capsys, *given)
    assert code == 2
    assert "--fix" in err
