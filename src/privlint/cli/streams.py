"""Lines in; bytes on the standard streams and in files out.

A reader who goes away is no error; a full disk is one (PRV018). A file appears whole or not at all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from privlint.errors import OutputError, PrivlintError

MOST = 5_000_000  # bytes of standard input
WIDEST = 140  # columns: longer lines of prose do not read well


def prepare() -> None:
    """Let what a stream cannot encode become an escape, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def write(lines: Iterable[str]) -> None:
    """Write lines for people to standard output."""
    with _output() as stream:
        for line in lines:
            stream.write(f"{line}\n")


def write_utf8(lines: Iterable[str]) -> None:
    """Write lines for programs to standard output: UTF-8, whatever the locale says."""
    with _output() as stream:
        stream.flush()
        for line in lines:
            stream.buffer.write(f"{line}\n".encode())


def read() -> bytes:
    """Read what stands on standard input, up to what a source file may have and one byte more."""
    if sys.stdin is None:
        return b""
    return sys.stdin.buffer.read(MOST + 1)


def flush() -> None:
    """Make sure that all of it has been written."""
    if sys.stdout is not None:
        with _output() as stream:
            stream.flush()


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard error; nobody needs to read them."""
    if sys.stderr is not None:
        with suppress(OSError):
            for line in lines:
                sys.stderr.write(f"{line}\n")
            sys.stderr.flush()


def abandon() -> None:
    """Give up standard output, so that closing it at the end of the process cannot fail again."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def write_file(path: str, lines: Iterable[str]) -> None:
    """Write a file. It is replaced in one step; a device or a pipe is written to as it is."""
    try:
        if _is_special(path):
            _pour(os.open(path, os.O_WRONLY), lines)
        else:
            _replace(path, lines)
    except OSError as error:
        raise _not_written(path, error) from error


def replace_file(path: str, data: bytes) -> None:
    """Put other bytes in a file, in one step; its mode stays, and a link is never written through."""
    temporary = f"{path}.{os.getpid()}.part"
    try:
        if os.path.islink(path):
            raise OSError(40, os.strerror(40), path)
        mode = os.stat(path).st_mode & 0o7777
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, mode)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise _not_written(path, error) from error


def write_new_file(path: str, lines: Iterable[str]) -> None:
    """Write a file that is not there yet; whatever has come to be there meanwhile stays as it is."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError as error:
        raise OutputError(
            f"there is such a file already: {path}; nothing was written",
            message_zh=f"文件已存在：{path}；没有写入任何内容",
        ) from error
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        _pour(descriptor, lines, keep=True)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(path)
        if isinstance(error, OSError):
            raise _not_written(path, error) from error
        raise


def coloured(stream: TextIO | None, choice: str) -> bool:
    """Tell whether to colour a stream; `choice` is "auto", "always" or "never"."""
    if choice != "auto" or stream is None:
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO | None, otherwise: int) -> int:
    """Measure the terminal behind a stream; `otherwise` where there is none."""
    if stream is None or not stream.isatty():
        return otherwise
    with suppress(OSError, ValueError):
        return min(os.get_terminal_size(stream.fileno()).columns, WIDEST) or otherwise
    return otherwise


def complain(error: PrivlintError, language: str) -> None:
    """Tell a person what went wrong, where, and what to do."""
    from privlint.report import safe

    chinese = language.startswith("zh")
    place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
    message = error.message_zh if chinese else error.message
    hint = error.hint_zh if chinese else error.hint
    opening = "错误：" if chinese else "error: "
    first, *rest = message.split("\n")
    lines = [opening + safe.visible(f"{place}: {first}" if place else first)]
    lines += [f"  {safe.visible(line)}" for line in rest]
    if hint:
        lines.append(("帮助：" if chinese else "help: ") + safe.visible(hint))
    tell(lines)


def _not_written(path: str, error: OSError) -> OutputError:
    return OutputError(
        f"PRV018: could not write {path}: {error.strerror}",
        message_zh=f"PRV018：无法写入 {path}：{error.strerror}",
        hint="Name a file in a folder that exists and can be written to.",
        hint_zh="请指定一个位于可写文件夹中的文件。",
    )


@contextmanager
def _output() -> Iterator[TextIO]:
    if sys.stdout is None:
        raise OutputError(
            "PRV018: standard output is closed",
            message_zh="PRV018：标准输出已关闭",
            hint="Write the report to a file: --output-format full=report.txt",
            hint_zh="可把结果写入文件：--output-format full=report.txt",
        )
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon()
        raise OutputError(
            f"PRV018: could not write to standard output: {error.strerror}",
            message_zh=f"PRV018：无法写入标准输出：{error.strerror}",
            hint="Nothing that was printed is complete; free some space and run it again.",
            hint_zh="已输出的内容并不完整；请腾出空间后重新运行。",
        ) from error


def _is_special(path: str) -> bool:
    """Tell what must not be replaced: a device, a pipe, /dev/stdout even where it leads to a file."""
    if os.path.abspath(path).startswith(("/dev/", "/proc/")):
        return True
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _replace(path: str, lines: Iterable[str]) -> None:
    if os.path.isdir(path):
        raise IsADirectoryError(21, os.strerror(21), path)
    temporary = f"{path}.{os.getpid()}.part"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        _pour(descriptor, lines, keep=True)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _pour(descriptor: int, lines: Iterable[str], *, keep: bool = False) -> None:
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for line in lines:
            file.write(f"{line}\n")
        file.flush()
        if keep:
            os.fsync(file.fileno())
