"""An editor for tests: the real client of pytest-lsp, which speaks with the real `privlint server`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PUSHING = "visual-studio-code@1.65"
PULLING = "neovim@0.11"
SERVER = [sys.executable, "-m", "privlint.cli", "server"]

SOURCE = """\
import android.telephony.TelephonyManager

fun read(manager: TelephonyManager): String {
    val smile = "😀中文"; return smile + manager.imei
}
"""
LINE = SOURCE.splitlines()[3]
BEFORE = LINE[: LINE.index("imei")]
UNITS = {"utf-8": len(BEFORE.encode()), "utf-16": len(BEFORE.encode("utf-16-le")) // 2, "utf-32": len(BEFORE)}

MANIFEST = """\
[app]
name = "Example"
category = "other"

[[collect]]
data = "imei"
purpose = "Tell devices apart"
consent = "separate"
"""
BROKEN_MANIFEST = '[app]\nname = "例😀"\ncategroy = "other"\n'


class Editor:
    """One editor with one folder."""

    def __init__(self, client: LanguageClient, folder: Path, result: types.InitializeResult) -> None:
        self.client = client
        self.folder = folder
        self.result = result
        self.version = 0

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "kotlin") -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8", newline="")
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.version = 1
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    def save(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def shown(self, name: str) -> list[types.Diagnostic]:
        return list(self.client.diagnostics.get(self.uri(name), ()))

    def codes(self, name: str) -> list[str]:
        return [str(one.code) for one in self.shown(name)]

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(3000):
            if condition():
                return
            await asyncio.sleep(0.01)
        pytest.fail(f"not within half a minute; shown: {self.client.diagnostics}")

    async def ask(self, name: str) -> list[types.Diagnostic]:
        document = types.TextDocumentIdentifier(self.uri(name))
        report = await self.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)


@asynccontextmanager
async def editor(
    folder: Path,
    environment: dict[str, str],
    spec: str = PUSHING,
    *,
    encoding: str = "",
    locale: str | None = None,
    options: object = None,
    whole: bool = False,
    server: Sequence[str] = SERVER,
    capable: Callable[[types.ClientCapabilities], None] | None = None,
) -> AsyncIterator[Editor]:
    client = await ClientServerConfig(server_command=list(server), server_env=environment).start()
    assert isinstance(client, LanguageClient)
    capabilities = client_capabilities(spec)
    if encoding:
        capabilities.general = types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(encoding)]
        )
    if capable is not None:
        capable(capabilities)
    result = await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            root_uri=folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
            locale=locale,
            initialization_options={"wholeApp": whole, **(options or {})}
            if options is None or isinstance(options, dict)
            else options,
        )
    )
    try:
        yield Editor(client, folder, result)
    finally:
        await client.shutdown_session()
        await client.stop()


def insertion(line: int, character: int, text: str) -> types.TextDocumentContentChangePartial:
    at = types.Position(line, character)
    return types.TextDocumentContentChangePartial(range=types.Range(at, at), text=text)
