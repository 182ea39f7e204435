"""What an app was at the commit that it is compared with, as far as users were told."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.project import Manifest


class Earlier(Struct, frozen=True, kw_only=True):
    """An earlier state of the app."""

    manifest: Manifest | None  # None: there was none, or it could not be read
    had: frozenset[tuple[str, str]]  # matter and id of what it took, asked for and brought
    renewed: frozenset[str] = frozenset()  # names of the apps whose policy has another text now
