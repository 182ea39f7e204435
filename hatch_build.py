"""The rules in, their compiled form in the wheel out: an installed privlint never reads TOML."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface[Any]):
    """Checks and compiles `rules/` for a wheel; an editable install reads the checkout and needs nothing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add `privlint/_rules/*.msgpack`. A wrong rule file ends the build."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from privlint.rulebook import parts_of, shipped_stamp, store
        from privlint.rulebook.load import load
        from privlint.rulebook.locate import COMPILED

        self._folder = TemporaryDirectory()
        for part in parts_of(load(str(root / "rules"))):
            name = COMPILED.format(type(part).__name__.lower())
            path = Path(self._folder.name) / name
            store.write(part, str(path), shipped_stamp())
            build_data["force_include"][str(path)] = f"privlint/_rules/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what `initialize` made."""
        folder = getattr(self, "_folder", None)
        if folder:
            folder.cleanup()
