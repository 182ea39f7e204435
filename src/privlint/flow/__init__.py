"""A `SourceFile` in, a `FileFlow` out: what runs what, under which conditions, in one file. No rule is known here."""

from privlint.flow.extract import extract

__all__ = ["extract"]
