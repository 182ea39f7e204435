"""Streams of damaged messages from an editor: the server lives, answers the next good one, and ends when it is told."""

from __future__ import annotations

import json
import os
import queue
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from fuzzing.mutation import mutated
from fuzzing.running import CONTROLS

SECONDS = 60  # for an answer
_TEXT = CONTROLS["control.kt"]


class Editor:
    """One server process, and what it has said so far."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "privlint", "server"]
        pipe = subprocess.PIPE
        self.errors = (folder / "errors.txt").open("wb")
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self.errors, cwd=folder)
        self.said: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def send(self, body: bytes) -> None:
        """Send the bytes of one message."""
        assert self.process.stdin is not None  # noqa: S101 - it was asked for
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def say(self, method: str, params: object = None, identity: int | None = None) -> None:
        """Send one good message."""
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        self.send(json.dumps(message if identity is None else {**message, "id": identity}).encode())

    def waits_for(self, wanted: str) -> bool:
        """Tell whether a message came that holds a text."""
        try:
            while (message := self.said.get(timeout=SECONDS)) is not None:
                if wanted in json.dumps(message):
                    return True
        except queue.Empty:
            return False
        return False

    def close(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        self.listener.join()
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            if stream is not None:
                with suppress(OSError):  # what it never read is lost
                    stream.close()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None  # noqa: S101 - it was asked for
        while (head := stream.readline()).lower().startswith(b"content-length:"):
            while stream.readline().strip():
                pass
            self.said.put(json.loads(stream.read(int(head.split(b":")[1]))))
        self.said.put(None)


def faults(folder: Path, chance: random.Random, count: int, tally: Counter[str]) -> Iterator[str]:
    """Send one server a number of messages."""
    (folder / "app").mkdir()
    (folder / "app" / ".git").mkdir()
    editor = Editor(folder)
    uri = (folder / "app" / "a.kt").as_uri()
    try:
        yield from _told(editor, chance, count, tally, uri)
    except (BrokenPipeError, subprocess.TimeoutExpired) as error:
        yield f"the server went away or did not end: {type(error).__name__}"
    finally:
        editor.close()
    if b"PRV099" in (folder / "errors.txt").read_bytes():
        yield "an internal error on standard error"


def _told(editor: Editor, chance: random.Random, count: int, tally: Counter[str], uri: str) -> Iterator[str]:
    editor.say("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {}}, 1)
    if not editor.waits_for('"capabilities"'):
        yield "no answer to initialize"
        return
    editor.say("initialized", {})
    for number in range(count):
        kind, body = _message(chance, uri, number)
        tally[kind] += 1
        editor.send(body)
    good = uri.replace("a.kt", "good.kt")
    editor.say(
        "textDocument/didOpen", {"textDocument": {"uri": good, "languageId": "kotlin", "version": 1, "text": _TEXT}}
    )
    editor.say("textDocument/diagnostic", {"textDocument": {"uri": good}}, 1_000_001)
    if not editor.waits_for("PRV201"):
        yield "no diagnostics for a good file after the others"
    editor.say("shutdown", None, 1_000_002)
    if not editor.waits_for("1000002"):
        yield "no answer to shutdown"
    editor.say("exit")
    if (code := editor.process.wait(SECONDS)) != 0:
        yield f"the server ended with {code}"


def _message(chance: random.Random, uri: str, number: int) -> tuple[str, bytes]:
    """Make one message: its kind, and its bytes."""
    place = {"line": chance.choice((0, 1, 2, 99, -1, 1 << 31)), "character": chance.choice((0, 3, 40, 9_999, -5))}
    other = {"line": chance.choice((0, 1, 2, 3)), "character": chance.choice((0, 5, 1 << 31))}
    document = {
        "uri": chance.choice((uri, uri, uri, "file:///", "untitled:1", "", "file://x/%00%ff", "file:///gone/b.py"))
    }
    text = chance.choice((_TEXT, mutated(_TEXT.encode(), chance).decode("utf-8", "replace"), "\ud800x", ""))
    piece = {"range": {"start": place, "end": other}, "text": text[: chance.randrange(60)]}
    opened = {
        **document,
        "languageId": chance.choice(("kotlin", "java", "python", "x")),
        "version": number,
        "text": text,
    }
    changed = {
        "textDocument": {**document, "version": number},
        "contentChanges": [piece, *([{"text": text}] * chance.randrange(2))],
    }
    messages: dict[str, object] = {
        "textDocument/didOpen": {"textDocument": opened},
        "textDocument/didChange": changed,
        "textDocument/didSave": {"textDocument": document},
        "textDocument/didClose": {"textDocument": document},
        "textDocument/diagnostic": {"textDocument": document},
        "workspace/diagnostic": {"previousResultIds": []},
        "textDocument/codeAction": {"textDocument": document, "range": piece["range"], "context": {"diagnostics": []}},
        "textDocument/hover": {"textDocument": document, "position": place},
        "textDocument/completion": {"textDocument": document, "position": place},
        "workspace/didChangeWatchedFiles": {"changes": [{"uri": uri, "type": chance.randrange(5)}]},
        "workspace/didChangeConfiguration": {"settings": None},
        "$/cancelRequest": {"id": number - 1},
        "$/unknown": [1],
        "unknown/method": {},
    }
    method = chance.choice(tuple(messages))
    message: dict[str, object] = {"jsonrpc": "2.0", "method": method, "params": messages[method]}
    if not method.startswith("$/") and "/did" not in method:
        message["id"] = chance.choice((number + 2, str(number)))
    body = json.dumps(message).encode()
    match chance.randrange(10):
        case 0:
            return "damaged", mutated(body, chance)
        case 1:
            del message[chance.choice(tuple(message))]
            return "lacking", json.dumps(message).encode()
        case 2:
            message[chance.choice(tuple(message))] = chance.choice((None, [], {}, "x", -1, 1e308))
            return "odd", json.dumps(message).encode()
        case _:
            return "good", body
