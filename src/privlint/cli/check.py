"""`privlint check`: a command line in; a request to the engine, the report in the wanted formats, an exit code out."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import lru_cache
from time import monotonic

from msgspec.structs import replace

from privlint import engine, report
from privlint.cli import check_arguments, streams
from privlint.model.finding import Report
from privlint.model.request import Request
from privlint.report import summary, tables, verdict
from privlint.report.view import WIDTH, View

parser = check_arguments.parser


def run(arguments: Sequence[str], language: str) -> int:
    """Examine, report, and say by the exit code how it went."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    targets = check_arguments.targets(options.output_format)
    request = check_arguments.request(options)
    if options.fix or options.diff or options.unsafe_fixes:
        from privlint.cli import fixing

        fixing.refuse(options)
    if options.watch:
        from privlint.cli import watching

        return watching.watch(lambda: _once(options, language, targets, request), request, language)
    return _once(options, language, targets, request)[0]


def _once(options: Namespace, language: str, targets: list[tuple[str, str]], request: Request) -> tuple[int, Report]:
    """Examine once; give the exit code, and the report behind it."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    started = monotonic()
    if watched and not options.quiet:
        from privlint.cli import waiting

        with waiting.shown(language):
            found = engine.run(request)
    else:
        found = engine.run(request)
    seconds = monotonic() - started
    if options.diff or options.fix:
        from privlint.cli import fixing

        if options.diff:
            return int(fixing.show(found, options, language)), found
        if fixing.fix(found, options, language):
            found = engine.run(request)
    gate = verdict.Gate(
        strict_coverage=options.strict_coverage or options.strict,
        allow_incomplete=options.allow_incomplete,
        exit_zero=options.exit_zero,
    )
    view = _view(options, language, found, request)
    for name, path in targets:
        if path != "-":
            streams.write_file(path, report.render(name, found, view))
    _show(found, view, [name for name, path in targets if path == "-"], options)
    streams.tell(_summary(found, view, gate, options, seconds if watched else None))
    if found.profile is not None:
        from privlint.report import profiled

        streams.tell(profiled.lines(found.profile, view))
    return verdict.exit_code(found, gate), found


# --- what is shown ----------------------------------------------------------------------------------------------------


def _view(options: Namespace, language: str, found: Report, request: Request) -> View:
    """Make the view for files: no colour, a fixed width."""

    @lru_cache(maxsize=2)
    def source(path: str) -> str | None:
        if request.text is not None and path == _below(found.root, request.paths[0]):
            return request.text.decode("utf-8-sig", "replace")
        text: str | None = engine.source(found.root, path)
        return text

    carries_help = options.statistics or any(text.startswith("sarif") for text in options.output_format)
    return View(
        language=language,
        source=source,
        path=_reader(found.root),
        checks=engine.check_docs() if carries_help else (),
        show_literals=options.show_literals,
        verbose=options.verbose,
    )


def _below(root: str, path: str) -> str:
    return os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")


def _reader(root: str) -> Callable[[str], str]:
    """Choose how paths read: as the reader would open them from the working folder."""
    here = os.getcwd()
    if root == here:
        return str
    if _holds(here, root):
        before = root[len(here.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
        return lambda path: f"{before}/{path}"
    if _holds(root, here):
        return lambda path: os.path.relpath(f"{root}/{path}", here).replace(os.sep, "/")
    return lambda path: f"{root}/{path}".replace(os.sep, "/")


def _holds(folder: str, inner: str) -> bool:
    return inner.startswith(folder.rstrip(os.sep) + os.sep)


def _show(found: Report, view: View, names: list[str], options: Namespace) -> None:
    """Write to standard output: one format, and the tables that were asked for."""
    for_people = replace(
        view, colour=streams.coloured(sys.stdout, options.color), width=streams.columns(sys.stdout, WIDTH)
    )
    extra = [tables.statistics] if options.statistics else []
    extra += [tables.files] if options.show_files else []
    for name in names:
        if name in report.FOR_PROGRAMS:
            streams.write_utf8(report.render(name, found, view))
            for table in extra:
                streams.tell(table(found, view))
            return
        streams.write(report.render(name, found, for_people))
    for table in extra:
        streams.write(table(found, for_people))


def _summary(found: Report, view: View, gate: verdict.Gate, options: Namespace, seconds: float | None) -> list[str]:
    """Give what goes to standard error; a quiet run still names what it did not examine."""
    view = replace(
        view,
        colour=streams.coloured(sys.stderr, options.color),
        width=streams.columns(sys.stderr, WIDTH),
    )
    streams.flush()
    if not options.quiet:
        return [*summary.render(found, view, gate, seconds)]
    if verdict.incomplete(found, gate):
        return [*summary.faults(found, view), summary.count(found, view, gate)]
    return []
