"""Keeps the tests away from the machine: its home folder, its language, its terminal."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["PRIVLINT_CACHE_DIR"] = str(Path(__file__).parent.parent / ".pytest_cache" / "privlint")
os.environ["LC_ALL"] = "C.UTF-8"
for name in ("PRIVLINT_LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
    os.environ.pop(name, None)
