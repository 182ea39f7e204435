"""The command line and the environment in; the language to speak out: "en" or "zh-CN"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_VARIABLES = ("PRIVLINT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Take `--lang` wherever it stands, so that errors of the command line speak it too; then the environment."""
    chosen = ""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            chosen = arguments[index + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    if not chosen:
        chosen = next((value for name in _VARIABLES if (value := environment.get(name, ""))), "")
    return tag(chosen) or "en"


def tag(text: str) -> str:
    """Give the language that a tag or a locale's name means: "zh_CN.UTF-8" is "zh-CN"; "" for any that is not known."""
    language = text.replace("_", "-").partition(".")[0].lower().partition("-")[0]
    return {"zh": "zh-CN", "en": "en"}.get(language, "")
