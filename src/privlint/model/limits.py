"""The limits of a run, which nothing in the examined tree can raise, and what is raised where one is passed."""

from __future__ import annotations

SECONDS_PER_FILE = 5  # of processor time
MEGABYTES_PER_FILE = 512  # of address space, on top of what a process has before it sees the file
SECONDS_PER_RUN = 600
FINDINGS_PER_FILE = 1_000
FINDINGS_PER_RUN = 50_000
LARGE = 200_000  # bytes; a larger file is never examined in the process that writes the report
DEEP = 100  # brackets inside brackets; the same
ANGLES = 1_000  # of "<"; the same: unclosed ones cost the Java grammar quadratic time in one step


class Overdue(Exception):  # noqa: N818 - a file's fault, not ours
    """A file took longer than SECONDS_PER_FILE."""
