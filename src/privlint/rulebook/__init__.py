"""The rules: from `rules/*.toml`, or from their compiled form when that is still true, to a `Rulebook`."""

# ruff: noqa: PTH100, PTH118, PTH120

from __future__ import annotations

import os
from binascii import crc32

import privlint
from privlint.model.rules import Rulebook
from privlint.rulebook import store
from privlint.rulebook.compile import compile_rulebook
from privlint.rulebook.files import stamp_of
from privlint.rulebook.locate import COMPILED, cache_folder, rules_folder

__all__ = ["checkout_stamp", "compile_rulebook", "open_rulebook", "shipped_stamp"]


def open_rulebook() -> Rulebook:
    """Give the rules, by the quickest way that is right: shipped compiled, kept compiled, or read and then kept."""
    folder = rules_folder()
    shipped = store.read(os.path.join(folder, COMPILED), Rulebook, shipped_stamp())
    if shipped is not None:
        return shipped
    stamp = checkout_stamp(folder)
    cache = cache_folder()
    path = os.path.join(cache, f"rules-{crc32(folder.encode()):08x}.msgpack") if cache else ""
    kept = store.read(path, Rulebook, stamp) if path else None
    if kept is not None:
        return kept
    from privlint.rulebook.load import load  # noqa: PLC0415 - compiled rules need no reading

    rulebook = load(folder)
    if path:
        _keep(rulebook, path, stamp)
    return rulebook


def shipped_stamp() -> str:
    """Say what a wheel's compiled rules must have been made by."""
    return f"privlint {privlint.__version__}"


def checkout_stamp(folder: str) -> str:
    """Say what compiled rules of a checkout were made from: the rule files, and the code that reads them."""
    package = os.path.dirname(os.path.abspath(privlint.__file__))
    code = [stamp_of(os.path.join(package, part), ".py") for part in ("model", "rulebook")]
    return "\n".join((shipped_stamp(), stamp_of(folder), *code))


def _keep(rulebook: Rulebook, path: str, stamp: str) -> None:
    try:
        store.write(rulebook, path, stamp)
    except OSError:
        return  # a read-only place only costs time
