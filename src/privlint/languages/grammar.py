"""The name of a grammar in, its parser out.

A grammar's package imports `importlib.resources` and `typing` only to offer query files that nobody here reads: 7 ms of
every start. So its extension module is loaded by itself; where that does not work, the package is imported as usual.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec, module_from_spec, spec_from_file_location

import tree_sitter


@cache
def parser(package: str) -> tree_sitter.Parser:
    """Give the parser of a grammar package such as "tree_sitter_kotlin"; one a process, as it keeps no state."""
    return tree_sitter.Parser(tree_sitter.Language(_language(package)))


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
