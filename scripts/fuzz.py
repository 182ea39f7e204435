"""A kind of input and a seed in; whether privlint kept its promises on damaged and random input, out.

    scripts/fuzz.py [--kind sources] [--files 3000] [--seed 1] [--keep FOLDER]

docs/reliability.md says what each kind promises, and what was run.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from fuzzing import caches, messages, programs, projects, settings, sources

Faults = Callable[[Path, random.Random, int, Counter[str]], Iterator[str]]
KINDS: dict[str, tuple[Faults, int]] = {  # and how many are tried at once
    "sources": (sources.faults, 100),
    "programs": (programs.faults, 100),
    "projects": (projects.faults, 100),
    "settings": (settings.faults, 100),
    "messages": (messages.faults, 200),
    "caches": (caches.faults, 20),
}


def main() -> int:
    """Run the batches, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=KINDS, default="sources")
    parser.add_argument("--files", type=int, default=3_000, help="files, projects, messages or runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to put the batches that went wrong")
    options = parser.parse_args()
    tally: Counter[str] = Counter()
    slowest = 0.0
    for number, faults, folder, seconds in batches(options.kind, options.files, options.seed, tally):
        slowest = max(slowest, seconds)
        for fault in faults:
            sys.stdout.write(f"batch {number}: {fault}\n")
        if faults and options.keep:
            shutil.copytree(folder, options.keep / f"{options.kind}-{options.seed}-{number}", symlinks=True)
        sys.stdout.flush()
    told = ", ".join(f"{tally[key]:,} {key}" for key in sorted(tally))
    sys.stdout.write(f"{options.kind}, seed {options.seed}: {told}; slowest batch {slowest:.1f} s\n")
    return 1 if tally["broken promises"] else 0


def batches(kind: str, files: int, seed: int, tally: Counter[str]) -> Iterator[tuple[int, list[str], Path, float]]:
    """Run batch after batch; each gives its number, what broke, its folder and the seconds it took."""
    run, size = KINDS[kind]
    chance = random.Random(seed)  # noqa: S311 - a seed must give the same files again
    for number in range(0, files, size):
        with tempfile.TemporaryDirectory() as name:
            began = time.monotonic()
            count = min(size, files - number)
            faults = list(run(Path(name), chance, count, tally))
            tally["tried"] += count
            tally["broken promises"] += len(faults)
            yield number // size, faults, Path(name), time.monotonic() - began


if __name__ == "__main__":
    raise SystemExit(main())
