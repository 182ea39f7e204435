"""A real client speaks with the real `privlint server`, a process of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from lsprotocol import types

from lsp_editor import BROKEN_MANIFEST, MANIFEST, PULLING, SERVER, SOURCE, UNITS, editor, insertion
from privlint.lsp.documents import lines_of
from privlint.lsp.incoming import Incoming


@pytest.mark.asyncio
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_finding_after_an_emoji_comes_and_goes(project: Path, environment: dict[str, str], encoding: str) -> None:
    async with editor(project, environment, encoding=encoding) as session:
        assert session.result.capabilities.position_encoding == encoding
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        (found,) = session.shown("Phone.kt")
        start = UNITS[encoding]
        assert found.range == types.Range(types.Position(3, start), types.Position(3, start + len("imei")))
        assert found.severity == types.DiagnosticSeverity.Error
        assert found.source == "privlint"
        assert found.data["data"] == ["imei"]
        end = types.Position(3, start + len("imei"))
        gone = types.TextDocumentContentChangePartial(
            range=types.Range(types.Position(3, start), end), text="hashCode()"
        )
        session.change("Phone.kt", gone)
        await session.until(lambda: session.codes("Phone.kt") == [])
        both = types.Range(types.Position(3, start), types.Position(3, start + len("hashCode()")))
        session.change(
            "Phone.kt",
            insertion(0, 0, "// 😀\n"),
            types.TextDocumentContentChangePartial(
                range=types.Range(
                    types.Position(both.start.line + 1, both.start.character),
                    types.Position(both.end.line + 1, both.end.character),
                ),
                text="imei",
            ),
        )
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        assert session.shown("Phone.kt")[0].range.start == types.Position(4, start)


@pytest.mark.asyncio
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_lines_are_counted_as_editors_do(project: Path, environment: dict[str, str], end: str) -> None:
    """A form feed and a line separator end no line; a lone carriage return does."""
    text = ("// a\fb\u2028c\x85d\n" + SOURCE).replace("\n", end)
    async with editor(project, environment) as session:
        session.open("Phone.kt", text)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        assert session.shown("Phone.kt")[0].range.start == types.Position(4, UNITS["utf-16"])
        session.change("Phone.kt", insertion(4, 4, "/* 中 */ "))
        await session.until(lambda: session.shown("Phone.kt")[0].range.start.character > UNITS["utf-16"])
        assert session.shown("Phone.kt")[0].range.start == types.Position(4, UNITS["utf-16"] + len("/* 中 */ "))


@pytest.mark.asyncio
async def test_quick_typing_ends_with_the_last_text(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        for _ in range(200):
            session.change("Phone.kt", insertion(0, 0, "\n"))
        await session.until(lambda: [one.range.start.line for one in session.shown("Phone.kt")] == [203])


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        (
            "src/Phone.java",
            "java",
            "import android.telephony.TelephonyManager;\nclass Phone {\n"
            "  String read(TelephonyManager manager) { return manager.getImei(); }\n}\n",
        ),
        (
            "phone.py",
            "python",
            'from jnius import cast\nmanager = cast("android.telephony.TelephonyManager", None)\nmanager.getImei()\n',
        ),
    ],
)
async def test_other_languages(project: Path, environment: dict[str, str], name: str, language: str, text: str) -> None:
    async with editor(project, environment) as session:
        session.open(name, text, language)
        await session.until(lambda: session.codes(name) == ["PRV201"])


@pytest.mark.asyncio
async def test_editor_that_asks_is_answered_and_not_told(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment, PULLING) as session:
        session.open("Phone.kt", SOURCE)
        (found,) = await session.ask("Phone.kt")
        assert found.code == "PRV201"
        assert session.result.capabilities.position_encoding == "utf-8"
        assert found.range.start == types.Position(3, UNITS["utf-8"])
        session.change("Phone.kt", types.TextDocumentContentChangeWholeDocument(text="class Nothing\n"))
        assert await session.ask("Phone.kt") == []
        assert session.uri("Phone.kt") not in session.client.diagnostics


@pytest.mark.asyncio
async def test_closing_takes_the_diagnostics_back(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        session.close("Phone.kt")
        await session.until(lambda: session.codes("Phone.kt") == [])


@pytest.mark.asyncio
async def test_declaring_the_data_silences_it(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        manifest = project / "privlint.toml"
        manifest.write_text(MANIFEST, encoding="utf-8")
        event = types.FileEvent(manifest.as_uri(), types.FileChangeType.Created)
        session.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await session.until(lambda: session.codes("Phone.kt") == [])
        manifest.unlink()  # an editor that watches nothing: noticed when a file is saved
        session.save("Phone.kt")
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])


@pytest.mark.asyncio
async def test_wrong_manifest_is_shown_and_ends_nothing(project: Path, environment: dict[str, str]) -> None:
    manifest = project / "privlint.toml"
    manifest.write_text(BROKEN_MANIFEST, encoding="utf-8")
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("privlint.toml") == ["PRV014"])
        (found,) = session.shown("privlint.toml")
        assert found.range.start == types.Position(2, 0)
        assert "category" in found.message
        assert session.codes("Phone.kt") == []
        await session.until(lambda: len(session.client.messages) == 1)
        assert str(manifest) in session.client.messages[0].message
        session.change("Phone.kt", insertion(0, 0, "\n"))
        manifest.write_text(MANIFEST.replace("imei", "precise-location"), encoding="utf-8")
        session.save("Phone.kt")
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        assert session.codes("privlint.toml") == []
        assert len(session.client.messages) == 1


@pytest.mark.asyncio
async def test_findings_about_the_manifest_stand_there(project: Path, environment: dict[str, str]) -> None:
    text = MANIFEST.replace('"other"', '"map-navigatoin"').replace("Example", "例😀")
    (project / "privlint.toml").write_text(text, encoding="utf-8")
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("privlint.toml") == ["PRV204"])
        assert session.shown("privlint.toml")[0].range.start.line == 2


@pytest.mark.asyncio
async def test_type_that_another_file_declares(project: Path, environment: dict[str, str]) -> None:
    base = (
        "package app\n\nimport android.telephony.TelephonyManager\n\nopen class Base(val manager: TelephonyManager)\n"
    )
    (project / "app").mkdir()
    (project / "app" / "Base.kt").write_text(base, encoding="utf-8")
    text = (
        "package app\n\nimport android.telephony.TelephonyManager\n\n"
        "class Phone(manager: TelephonyManager) : Base(manager) {\n    fun read(base: Base) = base.manager.imei\n}\n"
    )
    async with editor(project, environment) as session:
        session.open("app/Phone.kt", text)
        await session.until(lambda: session.codes("app/Phone.kt") == ["PRV201"])


@pytest.mark.asyncio
async def test_related_place_is_a_link(project: Path, environment: dict[str, str]) -> None:
    """A declaration that is not enough is linked from the call."""
    text = MANIFEST.replace('"other"', '"map-navigation"').replace("Tell", "例😀")
    (project / "privlint.toml").write_text(text, encoding="utf-8")
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV101"])
        (related,) = session.shown("Phone.kt")[0].related_information or ()
        assert related.location.uri == session.uri("privlint.toml")
        assert text.splitlines()[related.location.range.start.line].startswith(("[[collect]]", "data"))
        assert related.message


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("locale", "options", "word"),
    [
        ("zh-cn", None, "声明"),
        ("en", {"language": "zh-CN"}, "声明"),
        ("zh-CN", {"language": "en"}, "declared"),
        ("fr", None, "declared"),
        (None, "nonsense", "declared"),
    ],
)
async def test_language(
    project: Path, environment: dict[str, str], locale: str | None, options: object, word: str
) -> None:
    async with editor(project, environment, locale=locale, options=options) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        assert word in session.shown("Phone.kt")[0].message


@pytest.mark.asyncio
async def test_bad_requests_end_nothing(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment) as session:
        session.version = 1
        session.change("Never.kt", insertion(0, 0, "x"))
        session.close("Never.kt")
        session.client.protocol.notify("workspace/noSuchThing", None)
        session.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem("untitled:Untitled-1", "kotlin", 1, SOURCE))
        )
        session.open("Half.kt", SOURCE.replace("😀", "\\ud83d").replace("return", "\x00return"))
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])


@pytest.mark.asyncio
async def test_folder_that_does_not_exist_yet(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment) as session:
        item = types.TextDocumentItem(session.uri("new/folder/Phone.kt"), "kotlin", 1, SOURCE)
        session.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await session.until(lambda: session.codes("new/folder/Phone.kt") == ["PRV201"])


def test_server_ends_with_its_editor(environment: dict[str, str]) -> None:
    done = subprocess.run(SERVER, env=environment, input=b"", capture_output=True, timeout=60, check=False)
    assert done.stdout == b""
    assert done.returncode == 1


def test_server_ends_when_the_system_asks(environment: dict[str, str]) -> None:
    with subprocess.Popen(SERVER, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(b'Content-Length: 46\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"initialize"}')
        server.stdin.flush()
        assert server.stdout.readline().startswith(b"Content-")  # it runs, and says what was wrong with that
        server.terminate()
        server.wait(10)


def test_missing_extra_is_explained(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError(\"No module named 'pygls'\", name='pygls')\n")
    paths = os.pathsep.join(filter(None, (str(tmp_path), environment.get("PYTHONPATH", ""))))
    done = subprocess.run(
        SERVER, env={**environment, "PYTHONPATH": paths}, input=b"", capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert b'pip install "privlint[lsp]"' in done.stderr
    assert b"Traceback" not in done.stderr


def test_incoming_bytes_are_cut_as_asked() -> None:
    reading, writing = os.pipe()
    incoming = Incoming(reading)
    assert not incoming.waiting()
    os.write(writing, "one\r\ntwo😀th".encode())
    assert incoming.waiting()
    assert incoming.readline() == b"one\r\n"
    assert incoming.read(3) == b"two"
    assert incoming.waiting()
    assert incoming.read(4) == "😀".encode()
    os.close(writing)
    assert incoming.readline() == b"th"
    assert incoming.readline() == b""
    assert incoming.read(5) == b""
    os.close(reading)


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\nb\rc\nd", "\r", "\f\x0b\x1c\x1d\x1e\x85\u2028\u2029", "\n\n"])
def test_lines_keep_every_letter(text: str) -> None:
    lines = lines_of(text)
    assert "".join(lines) == text
    assert all(line.rstrip("\r\n").find("\n") == -1 for line in lines)
