"""How the cost grows with files and with rules: ×1, ×4 and ×16; prints rows of a table.

    python bench/growth.py [ROUNDS]

A made-up app is copied with other package names; its files lean on one another, and one in four reads something
personal. Rules grow by entries for classes that no file names.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import engine, rulebook
from privlint.model.catalogue import Catalogue, Evidence
from privlint.model.request import Request
from privlint.rulebook import parts_of

if TYPE_CHECKING:
    from privlint.engine.analysis import Context
    from privlint.model.rulebook import Rulebook

TIMES = (1, 4, 16)
MODULES = 12  # of the tree that is ×1
_FILES = {
    "Phones.kt": """package org.example.m{n}
import android.content.Context
import android.telephony.TelephonyManager
open class Phones(val context: Context) {{
    val manager: TelephonyManager = context.getSystemService(TelephonyManager::class.java)
}}
""",
    "Slots.kt": """package org.example.m{n}
import android.content.Context
class Slots(context: Context) : Phones(context) {{
    fun first(): String? = manager.getImei(0)
    fun names(all: List<String>) = all.map {{ it.trim() }}.filter {{ it.length > 2 }}
}}
""",
    "Texts.java": """package org.example.m{n};
import java.util.List;
public class Texts {{
    private final List<String> all;
    public Texts(List<String> all) {{ this.all = all; }}
    public String text(int index) {{ return index < all.size() ? all.get(index) : ""; }}
}}
""",
    "Screen.kt": """package org.example.m{n}
class Screen(private val slots: Slots, private val texts: Texts) {{
    fun show(): String {{
        val found = slots.first() ?: texts.text({n})
        return if (found.isEmpty()) "none" else found.uppercase()
    }}
}}
""",
}


def main() -> None:
    """Print both tables' rows."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("files")
    _print([_of_files(MODULES * times, rounds) for times in TIMES])
    print("rules")
    _print([_of_rules(times, rounds) for times in TIMES])


def _print(taken: list[float]) -> None:
    for times, seconds in zip(TIMES, taken, strict=True):
        print(f"| ×{times} | {seconds:.3f} | {seconds / taken[0]:.2f} |")


def _of_files(modules: int, rounds: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        _write(folder, modules)
        return statistics.median(_seconds(folder, None) for _ in range(rounds))


def _of_rules(times: int, rounds: int) -> float:
    grown = _grown(rulebook.open_rulebook(), times)
    parts = parts_of(grown)
    catalogue = next(part for part in parts if isinstance(part, Catalogue))
    evidence = next(part for part in parts if isinstance(part, Evidence))
    with tempfile.TemporaryDirectory() as folder:
        _write(folder, MODULES * 4)
        session = engine.Session(Request(paths=(folder,), isolated=True, jobs=1))
        session.shared.tables.__dict__["catalogue"] = catalogue
        shared = replace(session.shared, evidence=evidence)
        return statistics.median(_seconds(folder, shared) for _ in range(rounds))


def _write(folder: str, modules: int) -> None:
    for number in range(modules):
        inside = os.path.join(folder, "src", "main", "kotlin", "org", "example", f"m{number}")
        os.makedirs(inside)
        for name, text in _FILES.items():
            with open(os.path.join(inside, name), "w", encoding="utf-8") as stream:
                stream.write(text.format(n=number))


def _seconds(folder: str, shared: Context | None) -> float:
    session = engine.Session(Request(paths=(folder,), isolated=True, jobs=1))
    if shared is not None:
        session.shared = replace(shared, root=session.root)
    start = time.process_time()
    session.scan()
    return time.process_time() - start


def _grown(rules: Rulebook, times: int) -> Rulebook:
    """Add to the rules, for classes that nobody has, as many entries again as there are, so many times less one."""
    families = list(rules.families)
    for number in range(1, times):
        for family in rules.families:
            api = tuple(replace(entry, owner=f"none{number}.{entry.owner}None{number}") for entry in family.api)
            families.append(replace(family, id=f"{family.id}-{number}", api=api, sign=(), reader=()))
    return replace(rules, families=tuple(families))


if __name__ == "__main__":
    main()
