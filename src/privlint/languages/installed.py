"""The parsers that are installed, told apart by their files: another version may read the same bytes differently."""

from __future__ import annotations

import os
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec

_PACKAGES = ("tree_sitter", "tree_sitter_kotlin", "tree_sitter_java", "tree_sitter_python")


def stamps() -> list[str]:
    """List path, time and size of their libraries, without loading one."""
    found = []
    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for name in sorted(os.listdir(folder)):
                if name.endswith(tuple(EXTENSION_SUFFIXES)):
                    path = os.path.join(folder, name)
                    status = os.stat(path)
                    found.append(f"{path} {status.st_mtime_ns} {status.st_size}")
    return found
