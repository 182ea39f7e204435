"""Where the time of a run went."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Text


class Spent(Struct, frozen=True):
    """What one stage or file took."""

    name: Text
    seconds: float  # of processor time


class Profile(Struct, frozen=True):
    """All of it."""

    stages: tuple[Spent, ...]  # in the order of the run
    files: tuple[Spent, ...]  # the slowest first; over all examinations of a file
