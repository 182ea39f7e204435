"""What a team answers a notice with: what was held against the app, where it comes from, what is done, and by when."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from privlint.model.dossier import Dossier
from privlint.model.finding import Text
from privlint.model.notice import Answer


class Rectification(Struct, frozen=True, kw_only=True):
    """The whole."""

    dossier: Dossier
    answer: Answer
    noticed: date | None = None  # day of the notice
    due: date | None = None
    counted: Text | None = None  # how the last day was counted
