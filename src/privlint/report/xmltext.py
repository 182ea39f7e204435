"""Text in; text for an XML document out, without a character that XML 1.0 or a log would act on."""

from __future__ import annotations

from privlint.report import safe

_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


def attribute(text: str) -> str:
    """Write the value of an attribute, with its quotes; line ends survive."""
    return f'"{"".join("&#10;" if letter == chr(10) else _shown(letter) for letter in text)}"'


def content(text: str) -> str:
    """Write what stands between two tags; each line is made safe to stand at the margin of a log."""
    return "&#10;".join("".join(map(_shown, safe.visible(line))) for line in text.split("\n"))


def element(name: str, /, **values: object) -> str:
    """Write the inside of a start tag: the name and its attributes, in the order given."""
    return " ".join((name, *(f"{key}={attribute(str(value))}" for key, value in values.items())))


def _shown(letter: str) -> str:
    if letter in _MARKUP:
        return _MARKUP[letter]
    return letter if letter.isprintable() else safe.escape(letter)
