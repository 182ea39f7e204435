"""Where something stands: a file, and a region of it."""

from __future__ import annotations

from msgspec import Struct


class Position(Struct, frozen=True, order=True, array_like=True):
    """A point in a text file."""

    line: int  # from 1
    column: int  # from 1, in code points; other units are made at the edge


class Place(Struct, frozen=True, order=True):
    """A region of one file. `path` is relative to the root of the run, with forward slashes."""

    path: str
    start: Position
    end: Position  # exclusive
