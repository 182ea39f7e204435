"""`SourceFile` in, `Resolved` out: which class every catalogued name belongs to, as far as the code can say.

Types come from imports, declarations, casts, tests, factories and scope functions. What another file must say is
asked for by name (`Resolved.open`) and answered through `Symbols` on a second run. The parts of the walk build on one
another: `state` < `notes` < `declared` < `lookup` < `calls` < `branches` < `walk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.resolve.names import Names, Symbols
from privlint.resolve.outline import outline_of
from privlint.resolve.walk import Walk

if TYPE_CHECKING:
    from privlint.model.catalogue import Catalogue
    from privlint.model.code import SourceFile
    from privlint.model.facts import Resolved

__all__ = ["Symbols", "resolve"]


def resolve(file: SourceFile, module: str, catalogue: Catalogue, symbols: Symbols) -> Resolved:
    """Resolve one file. `module` is the dotted path of a Python file, "" for other languages."""
    walk = Walk(Names(file, module, catalogue, symbols))
    return walk.run(outline_of)
