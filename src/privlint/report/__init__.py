"""A report in; its text in one of the output formats out. One file for each format.

A renderer yields lines without their ends. It reads no file but through the `View`, and holds no clock: the same report
gives the same bytes. The formats are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from privlint.model.finding import Report
from privlint.report.view import View

FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjsonl", "markdown")
FOR_PROGRAMS = FORMATS[2:]  # UTF-8 on every machine, and nothing else in the same stream


def render(name: str, report: Report, view: View) -> Iterator[str]:
    """Yield the lines of a report in the format `name`, one of `FORMATS`."""
    lines: Iterator[str] = import_module(f"privlint.report.{name}").render(report, view)
    return lines
