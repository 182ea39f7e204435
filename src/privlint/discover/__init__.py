"""Paths in, the source files to examine out, and their bytes; what is not examined is named with a reason.

`walk` finds files, `reading` opens them, `encoding` makes UTF-8 of them, `kinds` tells app code from other code.
"""

from privlint.discover.encoding import Contents, to_utf8
from privlint.discover.ignoring import repository
from privlint.discover.kinds import is_build_code, is_generated, is_test
from privlint.discover.reading import LARGEST, read, read_configuration, read_source
from privlint.discover.scope import DEFAULT_EXCLUDES, Candidate, Discovery, Scope
from privlint.discover.walk import discover

__all__ = [
    "DEFAULT_EXCLUDES",
    "LARGEST",
    "Candidate",
    "Contents",
    "Discovery",
    "Scope",
    "discover",
    "is_build_code",
    "is_generated",
    "is_test",
    "read",
    "read_configuration",
    "read_source",
    "repository",
    "to_utf8",
]
