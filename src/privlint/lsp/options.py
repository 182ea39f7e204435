"""What an editor says at the start in; the settings of the server out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from lsprotocol import types


class Options(Struct, frozen=True):
    """The settings."""

    language: str = "en"  # of everything that it says
    whole_app: bool = True  # examine the whole app after a file was saved

    @classmethod
    def of(cls, params: types.InitializeParams, default: Options) -> Options:
        """Read `{"language": "zh-CN", "wholeApp": false}`; for the language, else what the editor itself speaks."""
        given = params.initialization_options
        said = given if isinstance(given, dict) else {}
        chosen = said.get("language")
        tag = chosen if isinstance(chosen, str) else params.locale or ""
        language = {"zh": "zh-CN", "en": "en"}.get(tag.lower().replace("_", "-").partition("-")[0], default.language)
        whole = said.get("wholeApp")
        return cls(language, whole if isinstance(whole, bool) else default.whole_app)
