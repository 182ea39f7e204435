"""A session on an example in; the recording docs/img/session.cast, and a picture of its end for each language, out.

    python scripts/make_recording.py

The commands really run, on a terminal, in a copy of the example; what they write is kept with the time it came at.
Play it with `asciinema play docs/img/session.cast`. It is no test: times differ from one run to the next.
"""

from __future__ import annotations

import json
import os
import pty
import shutil
import sys
import tempfile
from pathlib import Path
from time import monotonic

from make_screenshot import picture

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "img"
EXAMPLE = ROOT / "examples" / "maps-undeclared"
COLUMNS, ROWS = 100, 40
COMMANDS = (
    ("init", "--category", "map-navigation"),
    ("check", "--output-format", "concise"),
    ("categories", "map-navigation"),
)
LETTER = 0.04  # seconds for each letter that is typed
PAUSE = 1.2  # after a command
NAMES = {"en": "session.svg", "zh-CN": "session.zh-CN.svg"}


def main() -> int:
    """Record both languages; the English one is kept as a recording too."""
    for language, name in NAMES.items():
        events = record(language)
        if language == "en":
            head = {
                "version": 2,
                "width": COLUMNS,
                "height": ROWS,
                "title": "privlint",
                "env": {"TERM": "xterm-256color"},
            }
            lines = [json.dumps(head), *(json.dumps(event, ensure_ascii=False) for event in events)]
            (IMAGES / "session.cast").write_text("\n".join(lines) + "\n", encoding="utf-8")
        text = "".join(str(text) for _, _, text in events).replace("\r\n", "\n").rstrip()
        (IMAGES / name).write_text(picture(text, "privlint", fold=True), encoding="utf-8")
    return 0


def record(language: str) -> list[tuple[float, str, str]]:
    """Type and run the commands in a copy of the example without its manifest."""
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "maps"
        shutil.copytree(EXAMPLE, app)
        (app / "privlint.toml").unlink()
        events: list[tuple[float, str, str]] = []
        now = 0.0
        for command in COMMANDS:
            for letter in f"$ privlint {' '.join(command)}":
                events.append((round(now, 3), "o", letter))
                now += LETTER
            events.append((round(now, 3), "o", "\r\n"))
            for after, text in run(app, (*command, "--lang", language)):
                events.append((round(now + after, 3), "o", text))
            now = events[-1][0] + PAUSE
        return events


def run(folder: Path, arguments: tuple[str, ...]) -> list[tuple[float, str]]:
    """Run privlint on a terminal of its own; give what it wrote, and when."""
    began = monotonic()
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT / "src")}
        os.execve(sys.executable, [sys.executable, "-m", "privlint", *arguments], environment)  # noqa: S606
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    pieces: list[tuple[float, bytes]] = []
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # the terminal is gone with its process
            break
        if not data:
            break
        pieces.append((monotonic() - began, data))
    os.waitpid(process, 0)
    os.close(terminal)
    # A piece may end inside a letter: what is incomplete goes to the next one.
    found, kept = [], b""
    for after, data in pieces:
        text, kept = _letters(kept + data)
        if text:
            found.append((after, text))
    return found


def _letters(data: bytes) -> tuple[str, bytes]:
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode(), data[len(data) - cut :]
        except UnicodeDecodeError:  # noqa: PERF203
            continue
    return data.decode(errors="replace"), b""


if __name__ == "__main__":
    raise SystemExit(main())
