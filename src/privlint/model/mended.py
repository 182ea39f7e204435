"""What can be mended without a decision, and what a mended file would hold."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.finding import Text


class Mended(Struct, frozen=True, kw_only=True):
    """One file with edits made."""

    path: str  # from the root
    before: str
    after: str
    data: bytes  # of `after`, in the encoding of the file
    done: tuple[Text, ...]  # what each edit does


class Mending(Struct, frozen=True, kw_only=True):
    """All that a report lets mend."""

    files: tuple[Mended, ...]
    hidden: tuple[Text, ...] = ()  # edits that are only made when unsafe ones are asked for
