"""How long an edit of a Kotlin file takes until its findings are there, for several lengths; prints rows of a table.

    python bench/editing.py [EDITS]

The file is made up: functions that test, call and build things, every twentieth of which reads something personal. An
edit changes one character in the middle; each is a new text, as an editor sends it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

from privlint import engine
from privlint.model.request import Request

LENGTHS = (200, 2_000, 10_000)  # lines
_HEAD = """package org.example.notes

import android.content.Context
import android.telephony.TelephonyManager

class Notes(private val context: Context) {
    private val phone = context.getSystemService(TelephonyManager::class.java)
"""
_PLAIN = """
    fun note{n}(text: String, count: Int): String {{
        val parts = text.split(",").map {{ it.trim() }}.filter {{ it.length > count }}
        if (parts.isEmpty()) {{
            return context.getString(count) + "{n}"
        }}
        return parts.joinToString("/") {{ part -> part.lowercase() }}
    }}
"""
_TELLING = """
    fun note{n}(count: Int): String? {{
        val slot = if (count > {n}) count else {n}
        return phone?.getImei(slot)
    }}
"""


def main() -> None:
    """Print the median and the 95th percentile for each length."""
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for length in LENGTHS:
        taken = sorted(measured(length, edits))
        print(f"| {length:,} | {taken[len(taken) // 2]:.1f} | {taken[int(len(taken) * 0.95)]:.1f} |")


def measured(length: int, edits: int) -> list[float]:
    """Milliseconds of each edit."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "Notes.kt")
        session = engine.Session(Request(paths=(folder,), isolated=True, jobs=1))
        session.update(path, text_of(length, 0))
        session.findings_for(path)
        taken = []
        for number in range(edits):
            text = text_of(length, number + 1)
            start = time.perf_counter()
            session.update(path, text)
            found = session.findings_for(path)
            taken.append((time.perf_counter() - start) * 1000)
            if not found:
                raise RuntimeError("nothing was found")
        return taken


def text_of(length: int, edit: int) -> str:
    """A file of so many lines; the number of the edit stands in its middle."""
    parts = [_HEAD]
    lines = _HEAD.count("\n")
    while lines < length - 1:
        made = (_TELLING if len(parts) % 20 == 1 else _PLAIN).format(n=len(parts))
        if len(parts) == length // 16:
            made = made.replace('"/"', f'"{edit}"')
        parts.append(made)
        lines += made.count("\n")
    return "".join((*parts, "}\n"))


if __name__ == "__main__":
    main()
