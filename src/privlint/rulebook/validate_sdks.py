"""Decoded SDK files in, what does not fit together in them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from privlint.model.sdks import SdkRules
from privlint.model.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.errors import RuleError
    from privlint.model.sdks import Artifact, Collected, ConsentCall, Initialiser, Package, Provider, Sdk, Switch
    from privlint.rulebook.decode import Source
    from privlint.rulebook.lines import Path

    Fact: TypeAlias = Artifact | Package | Initialiser | ConsentCall | Switch | Provider | Collected
    Owner: TypeAlias = tuple[str, Source, Path]  # id of the vendor, and where the prefix stands

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COORDINATES = re.compile(r"[\w.-]+:[\w.-]*\*?")
_PREFIX = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


def sdks(sources: tuple[Source, ...], known: frozenset[str]) -> Iterator[RuleError]:
    """Check every vendor's file by itself, and that ids, coordinates and packages belong to one SDK each."""
    seen: dict[tuple[str, str], tuple[Source, Path]] = {}
    prefixes: dict[str, Owner] = {}
    for source, rules in _files(sources):
        yield from _vendor(source, rules)
        yield from _again(source, ("vendor", "id"), seen, ("vendor", rules.vendor.id))
        for index, sdk in enumerate(rules.sdk):
            path: Path = ("sdk", index)
            yield from _sdk(source, path, sdk, known)
            yield from _again(source, (*path, "id"), seen, ("SDK", sdk.id))
            for place, artifact in enumerate(sdk.artifacts):
                for text in artifact.coordinates:
                    yield from _again(source, (*path, "artifact", place), seen, ("artifact", text))
            for place, package in enumerate(sdk.packages):
                for prefix in package.prefixes:
                    yield from _again(source, (*path, "package", place), seen, ("package", prefix))
                    prefixes.setdefault(prefix, (rules.vendor.id, source, (*path, "package", place)))
    yield from _overlaps(sources, prefixes)


def _files(sources: tuple[Source, ...]) -> Iterator[tuple[Source, SdkRules]]:
    for source in sources:
        if isinstance(source.record, SdkRules):
            yield source, source.record


def _vendor(source: Source, rules: SdkRules) -> Iterator[RuleError]:
    stem = source.file.path.split("/")[1].removesuffix(".toml")
    if rules.vendor.id != stem:
        yield source.problem(
            ("vendor", "id"), f"`{rules.vendor.id}` is not the name of its file", f'Write id = "{stem}".'
        )
    if not rules.sdk:
        yield source.problem((), "the vendor has no SDK", "Add [[sdk]], or remove the file.")
    for notice in rules.vendor.notices:
        if not notice.startswith("https://"):
            yield source.problem(("vendor", "notices"), f"`{notice}` is not an address", 'Begin it with "https://".')


def _sdk(source: Source, path: Path, sdk: Sdk, known: frozenset[str]) -> Iterator[RuleError]:
    if not _ID.fullmatch(sdk.id):
        yield source.problem(
            (*path, "id"), f"`{sdk.id}` is no id", "Use small letters, digits and hyphens: amap-location."
        )
    if not _DAY.fullmatch(sdk.read):
        yield source.problem((*path, "read"), f"`{sdk.read}` is not a day", 'Write it as read = "2026-01-31".')
    if not sdk.packages and not sdk.artifacts:
        yield source.problem(path, "nothing shows that a project has it", "Add [[sdk.package]] or [[sdk.artifact]].")
    facts: tuple[tuple[str, tuple[Fact, ...]], ...] = (
        ("artifact", sdk.artifacts),
        ("package", sdk.packages),
        ("initialiser", sdk.initialisers),
        ("consent", sdk.consents),
        ("switch", sdk.switches),
        ("provider", sdk.providers),
        ("data", sdk.data),
    )
    for name, entries in facts:
        for index, fact in enumerate(entries):
            yield from _proof(source, (*path, name, index), fact)
    yield from _spelling(source, path, sdk)
    for index, switch in enumerate(sdk.switches):
        yield from _switch(source, (*path, "switch", index), switch, known)
    for index, collected in enumerate(sdk.data):
        yield from _collected(source, (*path, "data", index), collected, known)


def _proof(source: Source, path: Path, fact: Fact) -> Iterator[RuleError]:
    if fact.verified and not fact.source:
        yield source.problem(
            (*path, "verified"), "it is verified, but names no source", "Write where it was read, or verified = false."
        )


def _spelling(source: Source, path: Path, sdk: Sdk) -> Iterator[RuleError]:
    for index, artifact in enumerate(sdk.artifacts):
        for text in artifact.coordinates:
            if not _COORDINATES.fullmatch(text):
                yield source.problem(
                    (*path, "artifact", index),
                    f"`{text}` is not group:artifact",
                    'Write "com.example:sdk", no version.',
                )
    for index, package in enumerate(sdk.packages):
        for prefix in package.prefixes:
            if not _PREFIX.fullmatch(prefix):
                yield source.problem(
                    (*path, "package", index), f"`{prefix}` is not a package", 'Write "com.example", without a star.'
                )


def _switch(source: Source, path: Path, switch: Switch, known: frozenset[str]) -> Iterator[RuleError]:
    if switch.kind == "manifest" and switch.owner:
        yield source.problem((*path, "class"), "a <meta-data> has no class", "Remove `class`.")
    if switch.kind != "manifest" and not switch.owner:
        yield source.problem(path, f"the {switch.kind} has no class", 'Add class = "com.example.Settings".')
    if switch.kind == "call" and switch.off:
        yield source.problem(
            (*path, "off"), "a call is turned off by its arguments", "Say in [[sdk.switch.when]] which."
        )
    if switch.kind != "call" and switch.when:
        yield source.problem(path, f"the {switch.kind} has no arguments", 'Write off = "false".')
    if switch.data and not switch.verified:
        yield source.problem(
            (*path, "data"),
            "what is from memory does not say what an SDK takes",
            "Remove `data`, or verify it and name the source.",
        )
    yield from _known(source, (*path, "data"), switch.data, known)


def _collected(source: Source, path: Path, collected: Collected, known: frozenset[str]) -> Iterator[RuleError]:
    if not collected.source or not collected.verified:
        yield source.problem(
            path,
            "what an SDK takes is said without a published notice",
            "Name the notice in `source`, with verified = true; or remove the table: then it is not stated.",
        )
    if not collected.data and not collected.note:
        yield source.problem(
            (*path, "data"),
            "the list is empty",
            "Name the data types; where a notice says that there are none, a note.",
        )
    yield from _known(source, (*path, "data"), collected.data, known)


def _known(source: Source, path: Path, data: tuple[str, ...], known: frozenset[str]) -> Iterator[RuleError]:
    for kind in data:
        if kind not in known:
            hint = did_you_mean(kind, known) or "The ids are in data-types.toml."
            yield source.problem(path, f"there is no data type `{kind}`", hint)


def _overlaps(sources: tuple[Source, ...], prefixes: dict[str, Owner]) -> Iterator[RuleError]:
    """Find packages below those of another vendor, unless the file says why."""
    within = {
        (prefix, package.within)
        for _, rules in _files(sources)
        for sdk in rules.sdk
        for package in sdk.packages
        for prefix in package.prefixes
        if package.reason
    }
    for prefix, (vendor, source, path) in prefixes.items():
        parts = prefix.split(".")
        for end in range(1, len(parts)):
            outer = prefixes.get(".".join(parts[:end]))
            if outer and outer[0] != vendor and (prefix, outer[0]) not in within:
                yield source.problem(
                    path,
                    f"`{prefix}` lies below `{'.'.join(parts[:end])}`, a package of {outer[0]}",
                    f'Move it there, or add within = "{outer[0]}" and a reason.',
                )


def _again(
    source: Source, path: Path, seen: dict[tuple[str, str], tuple[Source, Path]], key: tuple[str, str]
) -> Iterator[RuleError]:
    first, place = seen.setdefault(key, (source, path))
    if first is not source or place != path:
        earlier = first.problem(place, "", "")
        yield source.problem(
            path, f"the {key[0]} `{key[1]}` is there already, at {earlier.path}:{earlier.line}", "Keep one of the two."
        )
