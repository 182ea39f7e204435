"""A short run of the fuzzer over every kind of input; `scripts/fuzz.py` makes the long ones."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "scripts"))
import fuzz

FEW = {"sources": 40, "programs": 40, "projects": 60, "settings": 40, "messages": 60, "caches": 2}


@pytest.mark.parametrize("kind", fuzz.KINDS)
def test_promises_are_kept(kind: str) -> None:
    tally: Counter[str] = Counter()
    faults = [fault for _, found, _, _ in fuzz.batches(kind, FEW[kind], 7, tally) for fault in found]
    assert faults == []
    assert tally["tried"] == FEW[kind]


def test_seed_gives_the_same_files_again() -> None:
    import random

    from fuzzing import programs
    from fuzzing.mutation import mutated

    texts = [mutated(b"class A { val b = 1 }" * 20, random.Random(3)) for _ in range(2)]
    assert texts[0] == texts[1]
    made = [programs.Program(".kt", random.Random(3)).make() for _ in range(2)]
    assert made[0] == made[1]
