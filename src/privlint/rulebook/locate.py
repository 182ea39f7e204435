"""Where the rules are, and where their compiled form is kept."""

from __future__ import annotations

import os

import privlint
from privlint.errors import RuleError

COMPILED = "{}.msgpack"  # one file for each part of the compiled rules


def rules_folder() -> str:
    """Find the rules: inside the package when it was installed from a wheel, else in the checkout."""
    package = os.path.dirname(os.path.abspath(privlint.__file__))
    inside = os.path.join(package, "_rules")
    if os.path.isdir(inside):
        return inside
    beside = os.path.join(os.path.dirname(os.path.dirname(package)), "rules")
    if os.path.isdir(beside):
        return beside
    raise RuleError("the rules are missing from this installation", hint="Install privlint again.")


def cache_folder() -> str:
    """Name the user's cache folder, which may not exist; "" where there is none."""
    chosen = os.environ.get("PRIVLINT_CACHE_DIR")
    if chosen:
        return chosen
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.expanduser("~/.cache")
    return os.path.join(base, "privlint") if os.path.isabs(base) else ""
