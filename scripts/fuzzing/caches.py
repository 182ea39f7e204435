"""Damaged files in the cache folder: each run says what the run before the damage said, byte for byte."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fuzzing.mutation import mutated
from fuzzing.running import SECONDS, controls


def faults(folder: Path, chance: random.Random, count: int, tally: Counter[str]) -> Iterator[str]:
    """Try a number of runs."""
    tree, cache, whole = folder / "tree", folder / "cache", folder / "whole"
    controls(tree)
    first = _run(tree, cache)
    if first[0] != 1:
        yield f"the first run ended with {first[0]}"
        return
    shutil.copytree(cache, whole)
    files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
    if not files:
        yield "nothing was cached"
    for number in range(count):
        shutil.rmtree(cache)
        shutil.copytree(whole, cache)
        names = chance.sample(files, chance.choice((1, 1, 2, len(files))))
        how = chance.choice((_damaged, _cut, _empty, _grown, _random, _other, _folder))
        for name in names:
            how(cache / name, whole / chance.choice(files), chance)
        tally[how.__name__.strip("_")] += 1
        for again in ("", " and again"):  # what was damaged must not have been kept either
            if _run(tree, cache) != first:
                yield f"run {number}: {how.__name__.strip('_')} {[str(name) for name in names]}{again}: another answer"
                break


def _run(tree: Path, cache: Path) -> tuple[int, bytes, bool]:
    command = [sys.executable, "-m", "privlint", "check", "--today", "2026-01-02", "--output-format", "json", str(tree)]
    environment = {**os.environ, "PRIVLINT_CACHE_DIR": str(cache)}
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)
    return done.returncode, done.stdout, b"PRV099" in done.stderr  # that nothing could be kept may be said there


def _damaged(path: Path, _other: Path, chance: random.Random) -> None:
    path.write_bytes(mutated(path.read_bytes(), chance))


def _cut(path: Path, _other: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size + 1))


def _empty(path: Path, _other: Path, _chance: random.Random) -> None:
    path.write_bytes(b"")


def _grown(path: Path, _other: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.randrange(1, 100)))


def _random(path: Path, _other: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(chance.randrange(10_000)))


def _other(path: Path, other: Path, _chance: random.Random) -> None:
    path.write_bytes(other.read_bytes())


def _folder(path: Path, _other: Path, _chance: random.Random) -> None:
    path.unlink()
    path.mkdir()
