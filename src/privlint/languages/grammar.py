"""The name of a grammar in, its parser out, which gives up when a file takes too long.

A grammar's package imports `importlib.resources` and `typing` only to offer query files that nobody here reads: 7 ms of
every start. So its extension module is loaded by itself; where that does not work, the package is imported as usual.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from time import monotonic, thread_time

import tree_sitter

from privlint.model.limits import SECONDS_PER_FILE, Overdue

_CHUNK = 1 << 16


class Parser:
    """The parser of one grammar. All of them take quadratic time on some inputs of a few kilobytes."""

    def __init__(self, package: str) -> None:
        self._parser = tree_sitter.Parser(tree_sitter.Language(_language(package)))

    def parse(self, data: bytes, seconds: float = SECONDS_PER_FILE) -> tree_sitter.Tree:
        """Parse a source. Raises Overdue when that takes more processor time than a file may have."""
        end, soonest = thread_time() + seconds, monotonic() + seconds

        def read(offset: int, _point: object) -> bytes:  # a parser that is given bytes never asks whether to go on
            return data[offset : offset + _CHUNK]

        def is_over(_offset: int, _has_error: bool) -> bool:
            return monotonic() > soonest and thread_time() > end  # the first costs a tenth of the second

        try:
            return self._parser.parse(read, progress_callback=is_over)
        except ValueError:
            self._parser.reset()
            raise Overdue from None


@cache
def parser(package: str) -> Parser:
    """Give the parser of a grammar package such as "tree_sitter_kotlin"; one a process."""
    return Parser(package)


def _language(package: str) -> object:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for suffix in EXTENSION_SUFFIXES:
            path = os.path.join(folder, f"_binding{suffix}")
            if not os.path.exists(path):
                continue
            found = spec_from_file_location(f"{package}._binding", path)
            if found is None or found.loader is None:
                continue
            module = module_from_spec(found)
            found.loader.exec_module(module)
            return module.language()
    return import_module(package).language()
