"""A privacy policy as read: its text without markup, or why there is none."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.model.finding import Text

PolicyState = Literal["read", "empty", "missing", "unreadable", "address", "not-named"]
# address: a URL, which is never fetched · not-named: the manifest names none


class PolicyText(Struct, frozen=True, kw_only=True):
    """What became of the file that `[app].policy` names."""

    named: str  # as the manifest writes it; "" when it names none
    path: str = ""  # below the root of the run
    state: PolicyState = "not-named"
    detail: Text = Text("", "")  # why it could not be read
    lines: tuple[str, ...] = ()  # of the file, without markup; line 1 is the first
    letters: int = 0  # letters and Chinese characters in it

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines)
