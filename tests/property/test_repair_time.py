"""The repairs of Kotlin take linear time: nothing can interrupt an expression while it runs."""

from __future__ import annotations

import time

import pytest

from privlint.languages import kotlin_repair

PIECES = (
    *(b"\n", b" ", b"$", b"by ", b"@A\n", b"@A(x)\n", b"a\n", b"a if ", b"class A\n", b"class A<", b"class A{ "),
    *(b"object { {} ", b"context(", b"suspend ", b": @A", b"get(\n", b"is A\n", b"is a, ", b", ", b"} ", b"open "),
    *(b"x\n field ", b"=[", b" \n", b"is ", b"set(a"),
)
STARTS = (b"", b"class A", b"class ", b"is", b"is ", b"a", b",", b"=[", b"@A", b"x: ")
SIZE = 12_000
SECONDS = 2.0  # of processor time: quadratic ones took more for a tenth of what a file may hold


@pytest.mark.parametrize("piece", PIECES)
def test_repairs_are_linear(piece: bytes) -> None:
    for start in STARTS:
        data = start + piece * (SIZE // len(piece))
        began = time.process_time()
        kotlin_repair.after_errors(data)
        kotlin_repair.always(data, ())
        assert time.process_time() - began < SECONDS, (start, piece)
