"""What an editor asks the real server for, beside diagnostics: hover, actions, completion, lens, links, all files."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from lsp_editor import BROKEN_MANIFEST, MANIFEST, PULLING, SERVER, SOURCE, UNITS, Editor, editor

MAPS = """\
[app]
name = "Example Maps"
category = "map-navigation" # decided in 2026

[[collect]]
data = "precise-location"
purpose = "Show the position"
consent = "separate"
"""
BUTTON = types.Position(3, UNITS["utf-16"] + 1)


def where(session: Editor, name: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(session.uri(name))


async def hovered(session: Editor, name: str, at: types.Position) -> str:
    found = await session.client.text_document_hover_async(types.HoverParams(where(session, name), at))
    if found is None:
        return ""
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def offered(session: Editor, name: str, at: types.Position) -> dict[str, types.CodeAction]:
    params = types.CodeActionParams(where(session, name), types.Range(at, at), types.CodeActionContext(diagnostics=[]))
    found = await session.client.text_document_code_action_async(params)
    return {
        action.title: action if isinstance(action, types.CodeAction) else types.CodeAction(action.title, command=action)
        for action in found or ()  # the client takes an action with a command for a command
    }


async def completed(session: Editor, name: str, line: int, character: int) -> dict[str, types.CompletionItem]:
    params = types.CompletionParams(where(session, name), types.Position(line, character))
    found = await session.client.text_document_completion_async(params)
    assert isinstance(found, types.CompletionList)
    return {item.label: item for item in found.items}


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """Make the edits of an action, whose columns are in UTF-16 here."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        assert edit.range.start.line == edit.range.end.line
        line = lines[edit.range.start.line].encode("utf-16-le")
        start, end = edit.range.start.character * 2, edit.range.end.character * 2
        lines[edit.range.start.line] = (line[:start] + edit.new_text.encode("utf-16-le") + line[end:]).decode(
            "utf-16-le"
        )
    return "\n".join(lines)


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    assert action.edit is not None
    found: list[types.TextEdit] = []
    for change in action.edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            assert change.text_document.uri == uri
            found.extend(edit for edit in change.edits if isinstance(edit, types.TextEdit))
    return found or list((action.edit.changes or {}).get(uri, ()))


# --- hover ------------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["IMEI", "cannot be reset", "not necessary for the basic service", "not declared", "article 4"]),
        ("zh-CN", ["IMEI", "用户无法重置", "不是地图导航类App基本功能服务的必要个人信息", "没有声明", "第4条"]),
    ],
)
async def test_hover_on_an_api(project: Path, environment: dict[str, str], language: str, words: list[str]) -> None:
    (project / "privlint.toml").write_text(MAPS, encoding="utf-8")
    async with editor(project, environment, options={"language": language}) as session:
        session.open("Phone.kt", SOURCE)
        said = await hovered(session, "Phone.kt", BUTTON)
        for word in ("android.telephony.TelephonyManager.getImei", *words):
            assert word in said
        assert await hovered(session, "Phone.kt", types.Position(2, 5)) == ""
        assert await hovered(session, "Phone.kt", types.Position(4000, 5)) == ""


@pytest.mark.asyncio
async def test_hover_says_permission_and_declaration(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MAPS, encoding="utf-8")
    text = (
        "import android.location.LocationManager\n\n"
        'fun here(manager: LocationManager) = manager.getLastKnownLocation("gps")\n'
    )
    async with editor(project, environment) as session:
        session.open("Here.kt", text)
        said = await hovered(session, "Here.kt", types.Position(2, text.splitlines()[2].index("getLast") + 3))
        assert "android.permission.ACCESS_FINE_LOCATION" in said
        assert "necessary for the basic service of a map and navigation app" in said
        assert "declared in privlint.toml for the basic service (Show the position; consent: separate)" in said


@pytest.mark.asyncio
async def test_hover_in_the_manifest(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment) as session:
        session.open("privlint.toml", MAPS, "toml")
        assert "Basic service" in await hovered(session, "privlint.toml", types.Position(2, 15))
        assert "separate consent" in await hovered(session, "privlint.toml", types.Position(5, 12))
        assert "words for users" in await hovered(session, "privlint.toml", types.Position(6, 2))
        assert "the app collects this" in await hovered(session, "privlint.toml", types.Position(4, 4))
        assert await hovered(session, "privlint.toml", types.Position(2, 40)) == ""  # a comment


@pytest.mark.asyncio
async def test_hover_on_a_permission(project: Path, environment: dict[str, str]) -> None:
    text = '<manifest>\n  <uses-permission android:name="android.permission.READ_CONTACTS"/>\n</manifest>\n'
    async with editor(project, environment) as session:
        session.open("AndroidManifest.xml", text, "xml")
        assert "`contacts`" in await hovered(session, "AndroidManifest.xml", types.Position(1, 50))
        assert await hovered(session, "AndroidManifest.xml", types.Position(1, 5)) == ""


# --- code actions -----------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_declaring_keeps_comments_and_silences(project: Path, environment: dict[str, str]) -> None:
    text = '# 我们的清单 😀\n[app]\nname = "Example" # as in the store\ncategory = "other"\n'
    async with editor(project, environment) as session:
        session.open("privlint.toml", text, "toml")
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        actions = await offered(session, "Phone.kt", BUTTON)
        action = actions["Declare IMEI in privlint.toml"]
        assert [one.code for one in action.diagnostics or ()] == ["PRV201"]
        after = applied(text, edits_of(action, session.uri("privlint.toml")))
        assert after.startswith(text)
        assert '[[collect]]\ndata = "imei"\npurpose = "TODO' in after
        session.change("privlint.toml", types.TextDocumentContentChangeWholeDocument(text=after))  # not saved
        await session.until(lambda: session.codes("Phone.kt") == [])
        await session.until(lambda: session.codes("privlint.toml") == ["PRV206"])  # the purpose is still to be written


@pytest.mark.asyncio
async def test_declaring_where_there_is_no_manifest(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment, options={"language": "zh-CN"}) as session:
        session.open("Phone.kt", SOURCE)
        actions = await offered(session, "Phone.kt", BUTTON)
        action = next(one for title, one in actions.items() if title.startswith("在 privlint.toml 中声明"))
        assert action.edit is not None
        made, change = action.edit.document_changes or ()
        assert isinstance(made, types.CreateFile)
        assert made.uri == session.uri("privlint.toml")
        assert isinstance(change, types.TextDocumentEdit)
        (edit,) = change.edits
        assert isinstance(edit, types.TextEdit)
        (project / "privlint.toml").write_text(edit.new_text, encoding="utf-8")
        session.save("Phone.kt")
        await session.until(lambda: session.codes("Phone.kt") == [])


@pytest.mark.asyncio
@pytest.mark.parametrize("declared", [False, True])
async def test_marking_as_extended_function(project: Path, environment: dict[str, str], declared: bool) -> None:
    text = MAPS
    if declared:
        text += '\n[[collect]]\ndata = "imei" # 😀 old\npurpose = "Tell devices apart"\nconsent = "separate"\n'
    async with editor(project, environment) as session:
        session.open("privlint.toml", text, "toml")
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV101"])
        actions = await offered(session, "Phone.kt", BUTTON)
        assert not [title for title in actions if title.startswith("Declare")]
        (action,) = [one for title, one in actions.items() if title.startswith("Mark")]
        after = applied(text, edits_of(action, session.uri("privlint.toml")))
        assert "# decided in 2026" in after
        assert after.count('data = "imei"') == 1
        session.change("privlint.toml", types.TextDocumentContentChangeWholeDocument(text=after))
        await session.until(lambda: session.codes("Phone.kt") == [])


@pytest.mark.asyncio
async def test_suppressing_waits_for_a_reason(project: Path, environment: dict[str, str]) -> None:
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        action = (await offered(session, "Phone.kt", BUTTON))["Suppress PRV201 here: write the reason"]
        after = applied(SOURCE, edits_of(action, session.uri("Phone.kt")))
        assert "\n    // privlint: ignore[PRV201] \n    val smile" in after
        session.change("Phone.kt", types.TextDocumentContentChangeWholeDocument(text=after))
        await session.until(lambda: sorted(session.codes("Phone.kt")) == ["PRV031", "PRV201"])
        given = after.replace("ignore[PRV201] ", "ignore[PRV201] agreed with the lawyers")
        session.change("Phone.kt", types.TextDocumentContentChangeWholeDocument(text=given))
        await session.until(lambda: session.codes("Phone.kt") == [])


@pytest.mark.asyncio
async def test_suppressing_puts_the_cursor_where_the_reason_goes(project: Path, environment: dict[str, str]) -> None:
    def snippets(capabilities: types.ClientCapabilities) -> None:
        assert capabilities.workspace is not None
        capabilities.workspace.workspace_edit = types.WorkspaceEditClientCapabilities(
            document_changes=True, snippet_edit_support=True
        )

    text = (
        'from jnius import cast\nm = cast("android.telephony.TelephonyManager", None)\nx = f"""\n{m.getImei()}\n"""\n'
    )
    async with editor(project, environment, capable=snippets) as session:
        session.open("phone.py", text, "python")
        session.open("Phone.kt", SOURCE)
        action = (await offered(session, "Phone.kt", BUTTON))["Suppress PRV201 here: write the reason"]
        assert action.edit is not None
        (change,) = action.edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        (edit,) = change.edits
        assert isinstance(edit, types.SnippetTextEdit)
        assert edit.snippet.value == "    // privlint: ignore[PRV201] $0\n"
        inside = await offered(session, "phone.py", types.Position(3, 4))  # in a text of several lines: no place for it
        assert not [title for title in inside if title.startswith("Suppress")]
        assert [title for title in inside if title.startswith("Declare")]


@pytest.mark.asyncio
async def test_suppressing_a_permission(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MAPS, encoding="utf-8")
    (project / "build.gradle").write_text('plugins { id "com.android.application" }\n', encoding="utf-8")
    name = "src/main/AndroidManifest.xml"
    text = (
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android">\n  <uses-permission\n'
        '    android:name="android.permission.READ_CONTACTS"/>\n  <application/>\n</manifest>\n'
    )
    async with editor(project, environment, whole=True) as session:
        session.open(name, text, "xml")
        await session.until(lambda: session.codes(name) != [])
        at = types.Position(2, 30)
        title, action = next(item for item in (await offered(session, name, at)).items() if "Suppress" in item[0])
        after = applied(text, edits_of(action, session.uri(name)))
        assert f"\n  <!-- privlint: ignore[{title.split()[1]}]  -->\n  <uses-permission\n" in after
        given = after.replace("]  -->", "] agreed -->")
        (project / name).write_text(given, encoding="utf-8")
        session.change(name, types.TextDocumentContentChangeWholeDocument(text=given))
        await session.until(lambda: session.codes(name) == [])  # of a text that changed nothing is known
        session.save(name)
        await asyncio.sleep(3)
        assert session.codes(name) == []


@pytest.mark.asyncio
async def test_clause_is_opened(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MAPS, encoding="utf-8")
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        actions = await offered(session, "Phone.kt", BUTTON)
        titles = [title for title in actions if title.startswith("Open ")]
        assert "Open article 4 of Provisions on the Scope of Necessary Personal Information" in " ".join(titles)
        assert any("'cn-necessary-2021/4'" in str(actions[title].command) for title in titles)
        await session.client.workspace_execute_command_async(
            types.ExecuteCommandParams("privlint.openClause", ["cn-necessary-2021/4"])
        )
        await session.until(lambda: bool(session.client.messages))
        assert "article 4" in session.client.messages[-1].message
        assert "https://" in session.client.messages[-1].message


# --- completion -------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_completion_in_the_manifest(project: Path, environment: dict[str, str]) -> None:
    text = (
        '[app]\nname = "例😀"\ncategory = "map"\nservices = ["", ]\n[[function]]\nid = "share"\nname = "分享"\n'
        '[[collect]]\ndata = \nfunction = ""\n\n[check]\nignore = [\n  "PRV2"\n]\n[\n# category = ""\n'
    )
    async with editor(project, environment, options={"language": "zh-CN"}) as session:
        session.open("privlint.toml", '[[function]]\nid = "share"\nname = "分享"\n', "toml")
        await session.until(lambda: session.uri("privlint.toml") in session.client.diagnostics)
        session.change("privlint.toml", types.TextDocumentContentChangeWholeDocument(text=text))
        categories = await completed(session, "privlint.toml", 2, 15)
        assert len(categories) == 40
        edit = categories["map-navigation"].text_edit
        assert isinstance(edit, types.TextEdit)
        assert (edit.new_text, edit.range) == (
            "map-navigation",
            types.Range(types.Position(2, 12), types.Position(2, 15)),
        )
        assert "地图导航" in (categories["map-navigation"].filter_text or "")
        assert "etc" in await completed(session, "privlint.toml", 3, 13)
        data = await completed(session, "privlint.toml", 8, 7)
        edit = data["imei"].text_edit
        assert isinstance(edit, types.TextEdit)
        assert edit.new_text == '"imei"'
        assert set(await completed(session, "privlint.toml", 9, 12)) == {"basic", "share"}
        assert {"purpose", "consent"} <= set(await completed(session, "privlint.toml", 10, 0))
        assert "PRV201" in await completed(session, "privlint.toml", 13, 7)
        assert "app" in await completed(session, "privlint.toml", 15, 1)
        assert await completed(session, "privlint.toml", 16, 14) == {}
        session.open("Phone.kt", SOURCE)
        assert await completed(session, "Phone.kt", 3, 4) == {}


@pytest.mark.asyncio
async def test_completion_in_pyproject_only_in_our_tables(project: Path, environment: dict[str, str]) -> None:
    text = '[project]\nname = ""\n\n[tool.privlint.app]\nname = "Example"\ncategory = ""\n'
    async with editor(project, environment) as session:
        session.open("pyproject.toml", text, "toml")
        assert await completed(session, "pyproject.toml", 1, 8) == {}
        assert "hotel" in await completed(session, "pyproject.toml", 5, 12)


# --- the manifest while it is typed -----------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_manifest_counts_as_it_is_typed(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MANIFEST, encoding="utf-8")
    async with editor(project, environment) as session:
        session.open("privlint.toml", MANIFEST, "toml")
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.uri("Phone.kt") in session.client.diagnostics)
        assert session.codes("Phone.kt") == []
        other = MANIFEST.replace('"imei"', '"precise-location"').replace("Example", "例😀")
        session.change("privlint.toml", types.TextDocumentContentChangeWholeDocument(text=other))
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        session.change("privlint.toml", types.TextDocumentContentChangeWholeDocument(text=BROKEN_MANIFEST))
        await session.until(lambda: session.codes("privlint.toml") == ["PRV014"])
        assert session.shown("privlint.toml")[0].range.start == types.Position(2, 0)
        assert session.codes("Phone.kt") == ["PRV201"]  # by what it said while it could be read
        session.close("privlint.toml")  # without saving: the disk counts
        await session.until(lambda: session.codes("Phone.kt") == [])
        await session.until(lambda: session.codes("privlint.toml") == [])


@pytest.mark.asyncio
async def test_broken_manifest_is_mended_in_the_editor(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(BROKEN_MANIFEST, encoding="utf-8")
    async with editor(project, environment) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("privlint.toml") == ["PRV014"])
        session.open("privlint.toml", BROKEN_MANIFEST, "toml")
        session.change("privlint.toml", types.TextDocumentContentChangeWholeDocument(text=MANIFEST))
        await session.until(lambda: session.codes("privlint.toml") == [])
        session.change(
            "privlint.toml", types.TextDocumentContentChangeWholeDocument(text=MANIFEST.replace("imei", "x"))
        )
        await session.until(lambda: session.codes("privlint.toml") == ["PRV205"])
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])


# --- the whole app ----------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_whole_app_is_told_after_saving(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MAPS, encoding="utf-8")
    (project / "Other.kt").write_text(SOURCE, encoding="utf-8")
    async with editor(project, environment, whole=True) as session:
        session.open("Phone.kt", "class Phone\n")
        await session.until(lambda: "PRV202" in session.codes("privlint.toml"))  # declared, never seen
        await session.until(lambda: session.codes("Other.kt") == ["PRV101"])
        assert session.codes("Phone.kt") == []
        (project / "Other.kt").write_text("class Other\n", encoding="utf-8")
        session.save("Phone.kt")
        await session.until(lambda: session.codes("Other.kt") == [])
        assert "PRV202" in session.codes("privlint.toml")


@pytest.mark.asyncio
async def test_whole_app_is_told_when_a_build_file_changes(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MAPS, encoding="utf-8")
    (project / "build.gradle").write_text('plugins { id "com.android.application" }\n', encoding="utf-8")
    folder = project / "src" / "main"
    folder.mkdir(parents=True)
    asking = (
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android">\n'
        '  <uses-permission android:name="android.permission.READ_CONTACTS"/>\n  <application/>\n</manifest>\n'
    )
    manifest = folder / "AndroidManifest.xml"
    manifest.write_text(asking.replace("READ_CONTACTS", "INTERNET"), encoding="utf-8")
    name = "src/main/AndroidManifest.xml"
    async with editor(project, environment, whole=True) as session:
        session.open("Phone.kt", "class Phone\n")
        await session.until(lambda: "PRV202" in session.codes("privlint.toml"))
        assert session.codes(name) == []
        manifest.write_text(asking, encoding="utf-8")
        event = types.FileEvent(manifest.as_uri(), types.FileChangeType.Changed)
        session.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await session.until(lambda: session.codes(name) != [])
        assert session.shown(name)[0].range.start.line == 1


@pytest.mark.asyncio
async def test_whole_app_is_answered_to_an_editor_that_asks(project: Path, environment: dict[str, str]) -> None:
    (project / "privlint.toml").write_text(MAPS, encoding="utf-8")
    (project / "Other.kt").write_text(SOURCE, encoding="utf-8")
    async with editor(project, environment, PULLING, whole=True) as session:
        session.open("Phone.kt", "class Phone\n")
        items: dict[str, list[str]] = {}
        known: list[types.PreviousResultId] = []
        for _ in range(100):
            report = await session.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
            items = {one.uri: [str(each.code) for each in getattr(one, "items", ())] for one in report.items}
            if items:
                break
            await asyncio.sleep(0.1)
        assert items[session.uri("Other.kt")] == ["PRV101"]
        assert "PRV202" in items[session.uri("privlint.toml")]
        known = [types.PreviousResultId(one.uri, one.result_id or "") for one in report.items]
        again = await session.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
        assert {one.kind for one in again.items} == {"unchanged"}
        assert not any(session.client.diagnostics.values())  # nothing is told twice


@pytest.mark.asyncio
async def test_without_a_category_only_open_files_are_examined(project: Path, environment: dict[str, str]) -> None:
    (project / "Other.kt").write_text(SOURCE, encoding="utf-8")
    async with editor(project, environment, whole=True) as session:
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])
        await asyncio.sleep(3)
        assert session.codes("Other.kt") == []


# --- lens and links ---------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Personal data: IMEI ×2 · 2 findings"),
        ("zh-CN", "个人信息：IMEI ×2 · 2 项发现"),
    ],
)
async def test_lens_sums_up(project: Path, environment: dict[str, str], language: str, title: str) -> None:
    async with editor(project, environment, options={"language": language}) as session:
        session.open("Phone.kt", SOURCE + "fun more(manager: TelephonyManager) = manager.imei\n")
        session.open("None.kt", "class None\n")
        params = types.CodeLensParams(where(session, "Phone.kt"))
        (lens,) = await session.client.text_document_code_lens_async(params) or ()
        assert lens.command is not None
        assert lens.command.title == title
        assert not await session.client.text_document_code_lens_async(types.CodeLensParams(where(session, "None.kt")))


@pytest.mark.asyncio
async def test_links_of_the_manifest(project: Path, environment: dict[str, str]) -> None:
    (project / "policy.md").write_text("# Policy\n", encoding="utf-8")
    text = (
        '[app]\nname = "例😀"\ncategory = "other"\npolicy = "policy.md"\n\n[[sdk]]\nname = "Maps"\npurpose = "Maps"\n'
        'notice = "https://example.com/notice"\n\n[rights]\ndelete = "gone.md"\n'
    )
    async with editor(project, environment) as session:
        session.open("privlint.toml", text, "toml")
        params = types.DocumentLinkParams(where(session, "privlint.toml"))
        found = await session.client.text_document_document_link_async(params) or ()
        assert [(one.range.start.line, one.target) for one in found] == [
            (3, session.uri("policy.md")),
            (8, "https://example.com/notice"),
        ]
        assert found[0].range == types.Range(types.Position(3, 10), types.Position(3, 19))


# --- what must not end it ---------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_fault_in_a_request_ends_nothing(project: Path, environment: dict[str, str]) -> None:
    fault = "def fail(*_):\n    raise RuntimeError('on purpose')\n"
    script = (
        f"{fault}\nfrom privlint.lsp import hover, judging\nhover.in_code = fail\n"
        "judge = judging.Judging.judge\n"
        "judging.Judging.judge = lambda self, s, d: fail() if 'fail' in d.source else judge(self, s, d)\n"
        "from privlint.cli import main\nraise SystemExit(main(['server']))\n"
    )
    async with editor(project, environment, server=[sys.executable, "-c", script]) as session:
        session.open("Bad.kt", "// fail\n")
        await session.until(lambda: session.codes("Bad.kt") == ["PRV099"])
        assert await hovered(session, "Bad.kt", types.Position(0, 1)) == ""
        assert await offered(session, "Bad.kt", types.Position(0, 1)) == {}
        session.open("Phone.kt", SOURCE)
        await session.until(lambda: session.codes("Phone.kt") == ["PRV201"])


def test_request_that_is_cancelled_is_not_answered(project: Path, environment: dict[str, str]) -> None:
    """All of it comes in one piece, so that the server knows of the end before it has begun."""

    def message(method: str, params: object, identity: int = 0) -> bytes:
        head = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps({**head, "id": identity} if identity else head).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    uri = (project / "Phone.kt").as_uri()
    capabilities = {"textDocument": {"diagnostic": {}}}
    asked = {"textDocument": {"uri": uri}}
    opened = {"textDocument": {"uri": uri, "languageId": "kotlin", "version": 1, "text": SOURCE}}
    with subprocess.Popen(SERVER, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None

        def answer(identity: int) -> dict[str, Any]:
            assert server.stdout is not None
            while True:
                length = int(server.stdout.readline().partition(b":")[2])
                while server.stdout.readline() != b"\r\n":
                    pass
                found: dict[str, Any] = json.loads(server.stdout.read(length))
                if found.get("id") == identity and "method" not in found:
                    return found

        started = {"processId": None, "rootUri": project.as_uri(), "capabilities": capabilities}
        server.stdin.write(message("initialize", started, 1))
        server.stdin.flush()
        answer(1)
        pieces = [
            message("initialized", {}),
            message("textDocument/didOpen", opened),
            message("textDocument/diagnostic", asked, 2),
            message("$/cancelRequest", {"id": 2}),
            message("textDocument/diagnostic", asked, 3),
        ]
        server.stdin.write(b"".join(pieces))
        server.stdin.flush()
        assert answer(2)["error"]["code"] == -32800  # it was cancelled
        assert [one["code"] for one in answer(3)["result"]["items"]] == ["PRV201"]
        server.kill()
