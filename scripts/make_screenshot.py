"""The real output of privlint on an example in, the pictures of docs/img/ out.

`--check` writes nothing and ends with 1 when a picture is not what privlint says today.
"""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape, unescape
from io import StringIO
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
EXAMPLE = "examples/maps-undeclared"
SOURCE = f"{EXAMPLE}/app/src/main/java/com/example/maps/share/Friends.kt"
PICTURES = {"en": "finding.svg", "zh-CN": "finding.zh-CN.svg"}
WIDTH = 102  # columns; a report that is not on a terminal is 100 wide
FONTS = "ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', Menlo, Consolas, monospace"

_FONT_FILE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # a picture must not load anything
_FONT_NAME = re.compile(r"font-family: (?:Fira Code|arial)[^;]*")
_TEXT = re.compile(r'<text class="([\w-]+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"([^>]*)>([^<]*)</text>')
_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_CELL = 12.2  # what rich gives each column
_THEME = TerminalTheme(
    (30, 33, 39),
    (220, 223, 228),
    [
        (40, 44, 52),
        (224, 108, 117),
        (152, 195, 121),
        (229, 192, 123),
        (97, 175, 239),
        (198, 120, 221),
        (86, 182, 194),
        (220, 223, 228),
    ],
)


def main() -> int:
    """Make every picture, or compare it."""
    stale = []
    for language, name in PICTURES.items():
        path = ROOT / "docs" / "img" / name
        made = picture(output(language), f"privlint check …/{SOURCE.rpartition('/')[2]}")
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != made:
            stale.append(name)
    for name in stale:
        sys.stderr.write(f"docs/img/{name} is not what privlint says; run scripts/make_screenshot.py\n")
    return 1 if stale else 0


def output(language: str) -> str:
    """What a terminal would show, with its colours."""
    command = [sys.executable, "-m", "privlint", "check", "--color", "always", "--lang", language, SOURCE]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode != 1:
        raise SystemExit(f"privlint ended with {done.returncode}, and 1 was expected")
    return done.stdout.decode("utf-8").rstrip()


def picture(text: str, title: str, *, fold: bool = False) -> str:
    """An SVG that looks like a terminal; with `fold`, one that breaks lines that are too long for it."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(text), soft_wrap=not fold, overflow="fold", no_wrap=False)
    made = console.export_svg(title=title, theme=_THEME)
    made = _FONT_NAME.sub(f"font-family: {FONTS}", _FONT_FILE.sub("", made))
    made = _TEXT.sub(_measured, made)
    return "\n".join(line.rstrip() for line in made.splitlines()) + "\n"


def _measured(found: re.Match[str]) -> str:
    """The same text with its true length: rich counts a Chinese character as one column, and it takes two."""
    kind, start, y, rest, content = found.groups()
    column = float(start) / _CELL
    parts = []
    for run in _RUN.findall(unescape(content).replace("\xa0", " ")):
        place = f'x="{column * _CELL:g}" y="{y}" textLength="{cell_len(run) * _CELL:g}"'
        parts.append(f'<text class="{kind}" {place}{rest}>{escape(run).replace(" ", "&#160;")}</text>')
        column += cell_len(run)
    return "".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
