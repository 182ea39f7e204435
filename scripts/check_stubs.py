"""The catalogue and the platform's published stubs in, what the two do not agree on out.

    python scripts/check_stubs.py [FOLDER]

Every `android.` and `java.` class and member that `rules/apis/` and `rules/types/` name must exist in the
stubs, with the API level and the literal value that the rules give. Names that the platform hides or has removed are
marked as such in the rules (`verified = false`, or a platform note) and only counted. FOLDER keeps the stubs between
runs; they come from npm (`@nativescript/types-android`: API 21 to 37 in one file). Exit code 1 where one disagrees.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from privlint.rulebook.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.rulebook import Rulebook
    from privlint.model.rules import Api, Carrier, Factory, Reader, Sign

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "@nativescript/types-android@9.1.1"
STUBS = ("package/lib/android/android-platform-21-37-merged.d.ts", "package/lib/android/androidx-32.d.ts")
OLDEST = 21  # the stubs know no API level below it

_OPENS = re.compile(
    r"^\s*(?:declare|export) (?:abstract )?(module|class) ([\w.]+)(?:<.*?>)?(?: extends ([\w.]+))?(.*)\{$"
)
_MEMBER = re.compile(r"^\s*public (?:static )?(\w+)(?:: (.*);|[(<].*)$")
_SINCE = re.compile(r"@since (\d+)")
_DEPRECATED = re.compile(r"Deprecated in API (\d+)")
_EXTENDED = "java.lang."  # Kotlin adds members to these
_PLATFORM = ("android.", "java.")
_SUPPORT = ("android.support.", "androidx.")
_HIDDEN = {
    "android.os.SystemProperties",  # not public, reached by reflection all the same
    "android.media.session.MediaSessionManager",  # public since API 21, but the stubs lack its package
}


@dataclass
class Member:
    """What the stubs say of one member, over all its overloads."""

    since: set[int] = field(default_factory=set)  # API levels, 0 for one that all the stubs have
    deprecated: set[int] = field(default_factory=set)
    value: str = ""  # of a constant: its literal


@dataclass
class Kind:
    """What the stubs say of one class."""

    since: int
    deprecated: int
    parents: tuple[str, ...]
    members: dict[str, Member] = field(default_factory=dict)


def main() -> int:
    """Compare, print and count."""
    if len(sys.argv) > 1:
        kinds = read(fetch(Path(sys.argv[1])))
    else:
        with tempfile.TemporaryDirectory() as folder:
            kinds = read(fetch(Path(folder)))
    rules = load(str(ROOT / "rules"))
    rows = sorted({*missing(rules, kinds), *wrong_levels(rules, kinds), *wrong_values(rules, kinds)})
    for row in rows:
        print(row)
    marked = sum(1 for _, entry in _entries(rules) if _is_platform(entry.owner) and _marked(entry))
    print(
        f"{len(rows)} rows do not agree; {marked} entries are marked as hidden, removed or not verified",
        file=sys.stderr,
    )
    return 1 if rows else 0


def fetch(folder: Path) -> tuple[Path, ...]:
    """Get the stubs by npm, unless the folder has them."""
    paths = tuple(folder / name for name in STUBS)
    if not all(path.exists() for path in paths):
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", PACKAGE]
        made = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        with tarfile.open(folder / made.stdout.split()[-1]) as archive:
            for name in STUBS:
                source = archive.extractfile(name)
                if source is not None:
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_bytes(source.read())
    return paths


def read(paths: tuple[Path, ...]) -> dict[str, Kind]:
    """Read every class of the stubs, by its full name with dots."""
    kinds: dict[str, Kind] = {}
    for path in paths:
        _read(path, kinds)
    return kinds


def missing(rules: Rulebook, kinds: dict[str, Kind]) -> Iterator[str]:
    """Give the classes and members that the rules name and the stubs do not have."""
    for family, entry in _entries(rules):
        if _is_platform(entry.owner) and not _marked(entry):
            yield from _absent(family, entry.owner, entry.members, kinds)
    for rule in rules.types:
        if rule.platform in {"android", "java"}:
            for facts in rule.type:
                if facts.name in kinds and not facts.name.startswith(_EXTENDED):
                    yield from _absent("types", facts.name, (*facts.members, *facts.constants), kinds)
            calls: tuple[Factory | Carrier, ...] = (*rule.factory, *rule.carrier)
            for call in calls:
                if call.owner in kinds and not call.owner.startswith(_EXTENDED):
                    yield from _absent("types", call.owner, call.members, kinds)


def wrong_levels(rules: Rulebook, kinds: dict[str, Kind]) -> Iterator[str]:
    """Give the entries whose API levels are not those of the stubs; levels below the oldest stub stay unproven."""
    for family in rules.families:
        entries: tuple[Api | Sign, ...] = (*family.api, *family.sign)
        for entry in entries:
            if not _is_platform(entry.owner) or _marked(entry):
                continue
            found = [one for one in (_find(entry.owner, member, kinds) for member in entry.members) if one]
            if not entry.members and entry.owner in kinds:
                found = [Member({kinds[entry.owner].since}, {kinds[entry.owner].deprecated})]
            for name in ("since", "deprecated") if found else ():
                said = {level if level > OLDEST else 0 for one in found for level in getattr(one, name)}
                given = getattr(entry, name)
                if (given if given > OLDEST else 0) not in said:
                    stubs = ", ".join(str(level or f"{OLDEST} or less, or none") for level in sorted(said))
                    yield f"{family.id}: {_name(entry)}: {name} = {given}, the stubs say {stubs}"


def wrong_values(rules: Rulebook, kinds: dict[str, Kind]) -> Iterator[str]:
    """Give the constants whose literal value is another in the stubs."""
    for rule in rules.types:
        for facts in rule.type:
            for name, value in facts.constants.items():
                found = _find(facts.name, name, kinds)
                if found is not None and found.value and found.value != value:
                    yield f"types: {facts.name}.{name} = {value!r}, the stubs say {found.value}"


def _read(path: Path, kinds: dict[str, Kind]) -> None:
    around: list[tuple[str, Kind | None]] = []  # module or class -> itself; what is no declaration is "" with the class
    note = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith(("/**", "*")):
            note = text if text.startswith("/**") else note + text
            continue
        opened = _OPENS.match(line)
        if opened:
            parent = next((name for name, _ in reversed(around) if name), "")
            name = f"{parent}.{opened[2]}" if parent else opened[2]
            kind = _kind(opened, note) if opened[1] == "class" else None
            if kind is not None:
                kinds.setdefault(name, kind)
            around.append((name, kinds[name] if kind is not None else None))
        else:
            inside = around[-1] if around else ("", None)
            if inside[0] and inside[1] is not None:
                _member(inside[1], line, note)
            if text.endswith("{"):
                around.append(("", None))
            if text.startswith("}"):
                around.pop()
        note = ""


def _kind(opened: re.Match[str], note: str) -> Kind:
    implemented = re.sub(r"<[^<>]*>", "", re.sub(r"<[^<>]*>", "", opened[4]))
    parents = [opened[3] or "", *implemented.replace("implements", "").split(",")]
    return Kind(
        _level(_SINCE, note), _level(_DEPRECATED, note), tuple(name.strip() for name in parents if name.strip())
    )


def _member(kind: Kind, line: str, note: str) -> None:
    found = _MEMBER.match(line)
    if found is None:
        return
    member = kind.members.setdefault(found[1], Member())
    member.since.add(max(_level(_SINCE, note), kind.since))
    member.deprecated.add(_level(_DEPRECATED, note) or kind.deprecated)
    if found[2] and found[2][:1] in '"-0123456789':
        member.value = found[2].strip('"')


def _level(pattern: re.Pattern[str], note: str) -> int:
    found = pattern.search(note)
    return int(found[1]) if found else 0


def _entries(rules: Rulebook) -> Iterator[tuple[str, Api | Sign | Reader]]:
    for family in rules.families:
        if family.platform != "python":
            entries: tuple[Api | Sign | Reader, ...] = (*family.api, *family.sign, *family.reader)
            yield from ((family.id, entry) for entry in entries)


def _absent(family: str, owner: str, members: tuple[str, ...], kinds: dict[str, Kind]) -> Iterator[str]:
    if owner not in kinds:
        yield f"{family}: {owner} is not in the stubs"
        return
    for member in members:
        if not member.startswith("<") and _find(owner, member, kinds) is None:
            yield f"{family}: {owner}.{member} is not in the stubs"


def _find(owner: str, member: str, kinds: dict[str, Kind]) -> Member | None:
    todo = [owner]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        kind = kinds.get(name)
        if kind is None or name in seen:
            continue
        seen.add(name)
        if member in kind.members:
            return kind.members[member]
        todo.extend(kind.parents)
    return None


def _is_platform(owner: str) -> bool:
    return owner.startswith(_PLATFORM) and not owner.startswith(_SUPPORT)


def _marked(entry: Api | Sign | Reader) -> bool:
    note = getattr(entry, "platform_note_en", "").lower()
    return entry.owner in _HIDDEN or not getattr(entry, "verified", True) or "hidden" in note or "removed" in note


def _name(entry: Api | Sign) -> str:
    return f"{entry.owner} {list(entry.members)}"


if __name__ == "__main__":
    sys.exit(main())
