"""The rules: from `rules/*.toml`, or from their compiled form when that is still true, to a `Rulebook`."""

from __future__ import annotations

import os
from binascii import crc32
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import privlint
from privlint.model.app_rules import AppRules
from privlint.model.catalogue import Catalogue, Evidence
from privlint.model.rules import Law
from privlint.rulebook import store
from privlint.rulebook.files import stamp_of
from privlint.rulebook.locate import COMPILED, cache_folder, rules_folder

if TYPE_CHECKING:
    from privlint.model.rulebook import Rulebook

__all__ = [
    "checkout_stamp",
    "open_app_rules",
    "open_catalogue",
    "open_evidence",
    "open_law",
    "open_rulebook",
    "parts_of",
    "shipped_stamp",
]

T = TypeVar("T")


def open_rulebook() -> Rulebook:
    """Give everything in the rules, for explanations."""
    from privlint.model.rulebook import Rulebook

    return _open(Rulebook)


def open_law() -> Law:
    """Give what checks hold the code against."""
    return _open(Law)


def open_catalogue() -> Catalogue:
    """Give the lookup tables of resolving and observing."""
    return _open(Catalogue)


def open_evidence() -> Evidence:
    """Give the words of the pre-filter."""
    return _open(Evidence)


def open_app_rules() -> AppRules:
    """Give what checks hold build files and privacy policies against."""
    return _open(AppRules)


def parts_of(rulebook: Rulebook) -> tuple[Rulebook, Law, Catalogue, Evidence, AppRules]:
    """Compile a rulebook: each part is opened only by those who need it."""
    from privlint.rulebook.app_rules import compile_app_rules
    from privlint.rulebook.compile import compile_rulebook
    from privlint.rulebook.evidence import compile_evidence

    catalogue = compile_rulebook(rulebook)
    law = Law(rulebook.version, rulebook.data_types, rulebook.policies)
    return rulebook, law, catalogue, compile_evidence(rulebook, catalogue), compile_app_rules(rulebook)


def _open(kind: type[T]) -> T:
    """Give one part, by the quickest way that is right: shipped compiled, kept compiled, or read and then kept."""
    name = kind.__name__.lower()
    folder = rules_folder()
    shipped = store.read(os.path.join(folder, COMPILED.format(name)), kind, shipped_stamp())
    if shipped is not None:
        return shipped
    stamp = checkout_stamp(folder)
    cache = cache_folder()
    path = os.path.join(cache, f"rules-{crc32(folder.encode()):08x}-{{}}.msgpack") if cache else ""
    kept = store.read(path.format(name), kind, stamp) if path else None
    if kept is not None:
        return kept
    parts = _read(folder, stamp)
    if path:
        for part in parts:
            _keep(part, path.format(type(part).__name__.lower()), stamp)
    return next(part for part in parts if isinstance(part, kind))


@lru_cache(maxsize=1)
def _read(folder: str, stamp: str) -> tuple[Rulebook, Law, Catalogue, Evidence, AppRules]:  # noqa: ARG001 - part of the key
    """Read the rules, once for each state that they are in: `stamp` tells one from another."""
    from privlint.rulebook.load import load

    return parts_of(load(folder))


def shipped_stamp() -> str:
    """Say what a wheel's compiled rules must have been made by."""
    return f"privlint {privlint.__version__}"


def checkout_stamp(folder: str) -> str:
    """Say what compiled rules of a checkout were made from: the rule files, and the code that reads them."""
    package = os.path.dirname(os.path.abspath(privlint.__file__))
    code = [stamp_of(os.path.join(package, part), ".py") for part in ("model", "rulebook")]
    return "\n".join((shipped_stamp(), stamp_of(folder), *code))


def _keep(part: object, path: str, stamp: str) -> None:
    try:
        store.write(part, path, stamp)
    except OSError:
        return  # a read-only place only costs time
