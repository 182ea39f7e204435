"""The names and texts of an app in; which categories it may be of, and the words that say so, out."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from privlint import discover
from privlint.discover.kinds import declares
from privlint.model.draft import Proposal, Sign
from privlint.model.finding import Covered, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.rulebook import Rulebook

# What a word weighs by where it stands, beside 1 in a text and in the name of a module.
_TITLE = 8  # what users know the app as
_IDENTITY = 6  # the id of the app, the name of the project
_FOLDER = 4
_LEAST = 4  # weight below which nothing is proposed
_PROPOSED = 3  # categories
_SHOWN = 5  # words of one category
_LONGEST_TITLE = 80
_LONGEST = 256 * 1024  # bytes of a file with texts

_GRADLE = re.compile(r"(?:applicationId|rootProject\.name|namespace)\s*=?\s*\(?\s*[\"']([^\"'$]+)")
_MANIFEST = re.compile(
    r"<manifest\b[^>]*?\bpackage\s*=\s*[\"']([^\"']+)|<application\b[^>]*?\bandroid:label\s*=\s*[\"']([^@\"'][^\"']*)"
)
_SPEC = re.compile(r"^(title|package\.name|package\.domain)\s*=\s*(.+)$", re.MULTILINE)
_TABLE = re.compile(r"^(?:name|description|formal_name)\s*=\s*[\"']([^\"']+)", re.MULTILINE)
_JSON = re.compile(r"\"(?:name|displayName|description)\"\s*:\s*\"([^\"]+)\"")
_CORDOVA = re.compile(r"<(?:name|description)\b[^>]*>([^<]+)<")
_STRING = re.compile(r"<string\b[^>]*?\bname\s*=\s*[\"']([^\"']+)[\"'][^>]*>([^<]*)</string>")
_PATTERNS = {
    "gradle": _GRADLE,
    "android-manifest": _MANIFEST,
    "pyproject": _TABLE,
    "expo": _JSON,
    "package-json": _JSON,
    "cordova": _CORDOVA,
}
_VALUES = ("values", "values-zh", "values-zh-rCN")
_RESOURCES = 20  # files of one folder of values
_APP_NAME = ("app_name", "application_name", "title_app")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ORDINARY = frozenset({"com", "org", "net", "io", "cn", "app", "android", "example", "the", "my", "mobile", "client"})


class Said(Struct, frozen=True):
    """A name or a text of the app."""

    text: str
    path: str
    name: bool  # a name, a label or a package
    weight: int = 1

    @property
    def title(self) -> bool:
        """Tell whether users know the app as that."""
        return self.weight == _TITLE


def read(root: str, scope: discover.Scope) -> tuple[Said, ...]:
    """Read what the build files, the Android manifests and their string resources call the app."""
    found: list[Said] = []
    for candidate in discover.discover((root,), scope).files:
        text = _text(root, candidate.path)
        if text is None or candidate.test:
            continue
        kind = declares(candidate.path) or ""
        found.extend(_names(text, kind, candidate.path))
        if kind == "android-manifest":
            found.extend(_strings(root, os.path.dirname(candidate.path)))
    return (*found, Said(os.path.basename(root), "", True, _FOLDER))


def title(said: Iterable[Said], otherwise: str) -> str:
    """Choose what users know the app as."""
    from html import unescape

    candidates = sorted((one for one in said if one.title), key=_rank)
    titles = (unescape(one.text).replace("\\", "").strip() for one in candidates)
    return next((found[:_LONGEST_TITLE] for found in titles if found and found[0] not in "@$%"), otherwise)


def _rank(said: Said) -> tuple[bool, bool, bool, int, str]:
    """Put the name of the app itself before those of its services, of development builds and of other modules."""
    path = f"/{said.path}"
    return (
        "/debug/" in path,
        path.endswith("AndroidManifest.xml"),
        not path.startswith("/app/"),
        path.count("/"),
        path,
    )


def propose(said: tuple[Said, ...], rulebook: Rulebook) -> tuple[Proposal, ...]:
    """Weigh the words of every category; the likeliest first, and none where nothing speaks for one."""
    names = {kind.id: kind for policy in rulebook.policies for kind in policy.categories}
    words = tuple((one, _words(one.text)) for one in said)
    found = []
    for hint in rulebook.hints:
        signs = [*_signs(hint.name, words, True), *_signs(hint.text, words, False)]
        weight = sum(heavy for _, heavy in signs)
        if weight >= _LEAST and hint.category in names:
            signs.sort(key=lambda sign: -sign[1])
            found.append((-weight, hint.category, tuple(dict.fromkeys(sign for sign, _ in signs))[:_SHOWN]))
    return tuple(
        Proposal(category, Text(names[category].name_en, names[category].name_zh), signs)
        for _, category, signs in sorted(found, key=lambda one: one[:2])[:_PROPOSED]
    )


def _signs(
    words: tuple[str, ...], said: tuple[tuple[Said, frozenset[str]], ...], only_names: bool
) -> Iterator[tuple[Sign, int]]:
    """Yield each word once, where it weighs most, with that weight."""
    for word in words:
        found = [one for one, known in said if (one.name or not only_names) and _holds(word, one.text, known)]
        if found:
            best = max(found, key=lambda one: one.weight)
            yield Sign(word, best.path), best.weight


def _holds(word: str, text: str, known: frozenset[str]) -> bool:
    if word.isascii() and word.isalnum():
        return word in known
    return word in text.lower()


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text)) - _ORDINARY


def _names(text: str, kind: str, path: str) -> Iterator[Said]:
    if kind == "buildozer":
        for key, value in _SPEC.findall(text):
            yield Said(value, path, True, _TITLE if key == "title" else _IDENTITY)
        return
    pattern = _PATTERNS.get(kind)
    for match in pattern.finditer(text) if pattern else ():
        value = next((group for group in match.groups() if group), "")
        yield Said(value, path, True, _weight(kind, match[0]))


def _weight(kind: str, written: str) -> int:
    if kind == "android-manifest" and "label" in written:
        return _TITLE
    return 1 if kind == "gradle" and written.startswith("namespace") else _IDENTITY


def _strings(root: str, folder: str) -> Iterator[Said]:
    """Yield the string resources beside an Android manifest; Chinese ones too. Any file of the folder may hold them."""
    real = os.path.realpath(root)
    for path in (
        path for values in _VALUES for path in _resources(root, "/".join(filter(None, (folder, "res", values))))
    ):
        full = os.path.join(root, path)
        if os.path.realpath(full) != os.path.join(real, path):
            continue  # a link on the way may lead out of the tree
        text = _text(root, path) if os.path.isfile(full) else None
        for name, value in _STRING.findall(text or ""):
            yield Said(value, path, name in _APP_NAME, _TITLE if name in _APP_NAME else 1)


def _resources(root: str, folder: str) -> list[str]:
    """List the files of a folder of values, strings.xml first."""
    try:
        names = sorted(name for name in os.listdir(os.path.join(root, folder)) if name.endswith(".xml"))
    except OSError:  # there is none
        return []
    return [f"{folder}/{name}" for name in sorted(names, key=lambda name: name != "strings.xml")[:_RESOURCES]]


def _text(root: str, path: str) -> str | None:
    data = discover.read(root, path, _LONGEST)
    return None if isinstance(data, Covered) else data.decode("utf-8", "replace")
