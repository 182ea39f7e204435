"""What governs a run, and the state of an installation, as they are shown to people."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Text


class Setting(Struct, frozen=True, kw_only=True):
    """One setting in force, and where it comes from."""

    name: str  # as the manifest writes it: check.fail_on
    value: str
    origin: Text  # privlint.toml:12, "the default", PRIVLINT_LANG …


class Fact(Struct, frozen=True, kw_only=True):
    """One thing that an installation has or lacks."""

    name: Text
    value: Text
    fault: Text | None = None  # what is wrong with it, and what to do


class Settings(Struct, frozen=True, kw_only=True):
    """What governs one run."""

    manifest: str  # its path from the root, or ""
    settings: tuple[Setting, ...]
