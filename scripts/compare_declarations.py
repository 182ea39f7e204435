"""Folders of real projects in; how what privlint reads of their manifests and Gradle files compares to plain readings.

    python scripts/compare_declarations.py FOLDER …

Manifests: the permissions of each file, as ElementTree finds them without anything of privlint. Gradle: each line that
begins like a dependency, by a pattern; whatever stands there must have become a dependency or a named unknown.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from privlint.declare.android_manifest import read
from privlint.engine import Session
from privlint.model.finding import Covered
from privlint.model.request import Request

ANDROID = "{http://schemas.android.com/apk/res/android}"
ELEMENTS = {"uses-permission": 0, "uses-permission-sdk-23": 23, "uses-permission-sdk-m": 23}
LINE = re.compile(
    r'^\s*"?(?:(?:\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[aA]nnotationProcessor|AndroidTestUtil))'
    r"|compile|provided|debugCompile|testCompile|kapt\w*|ksp\w*|classpath|lintChecks|coreLibraryDesugaring"
    r'|androidTestUtil|baselineProfile)"?(?:\s+|\s*\()(?=["\'\w(\[])(?!=)'
)
BLOCK = re.compile(r"(?<![\w.])(?:\w+\.)?dependencies\s*\{")


def main(folders: list[str]) -> int:
    """Print the figures; the exit code says whether anything differs."""
    failed = compare_manifests(folders) + compare_gradle(folders)
    return 1 if failed else 0


def compare_manifests(folders: list[str]) -> int:
    """Compare the permission sets of every manifest."""
    read_by_both = equal = unreadable = 0
    for path in sorted(path for folder in folders for path in Path(folder).rglob("AndroidManifest*.xml")):
        data = path.read_bytes()
        ours = read(data, path.name)
        theirs = plain(data)
        if isinstance(ours, Covered) or theirs is None:
            unreadable += 1
            if not isinstance(ours, Covered) or theirs is not None:
                print(f"only one could read {path}")
                read_by_both += 1
            continue
        read_by_both += 1
        mine = sorted((one.name, one.from_sdk, one.max_sdk) for one in ours.permissions)
        lines = data.decode().splitlines()
        placed = all(
            lines[one.place.start.line - 1][one.place.start.column - 1 : one.place.end.column - 1] == one.name
            for one in ours.permissions
        )
        if mine == theirs and placed:
            equal += 1
        else:
            print(f"differs: {path}\n  {mine}\n  {theirs}")
    print(f"manifests: {read_by_both} read by both, {equal} equal, {unreadable} refused by both")
    return read_by_both - equal


def plain(data: bytes) -> list[tuple[str, int, int]] | None:
    """The permissions of a manifest by ElementTree."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - a tool for projects that were chosen by hand
    except ElementTree.ParseError:
        return None
    return sorted(
        (child.get(f"{ANDROID}name", ""), ELEMENTS[child.tag], int(child.get(f"{ANDROID}maxSdkVersion") or 0))
        for child in root
        if child.tag in ELEMENTS and child.get(f"{ANDROID}name")
    )


def compare_gradle(folders: list[str]) -> int:
    """Look for dependency lines that became nothing."""
    lines = dropped = 0
    kinds: dict[str, int] = {}
    for folder in folders:
        declared = Session(Request(paths=(folder,), isolated=True)).declarations()
        root = Path(Session(Request(paths=(folder,), isolated=True)).root)
        seen = {(one.place.path, one.place.start.line) for one in declared.dependencies}
        for one in declared.dependencies:
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
        built = {module.build_file for module in declared.modules if module.build_file}
        for path in sorted(path for path in declared.read if path in built):
            for number in dependency_lines((root / path).read_text(encoding="utf-8", errors="replace")):
                lines += 1
                if not any((path, number + offset) in seen for offset in range(4)):
                    dropped += 1
                    print(f"dropped: {root.name}/{path}:{number}")
    print(f"gradle: {lines} dependency lines, {dropped} became nothing; dependencies by kind: {kinds}")
    return dropped


def dependency_lines(text: str) -> list[int]:
    """The numbers of the lines below `dependencies {` that begin like a dependency."""
    text = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.DOTALL)
    found = []
    for block in BLOCK.finditer(text):
        depth, at = 1, block.end()
        while depth and at < len(text):
            depth += (text[at] == "{") - (text[at] == "}")
            at += 1
        first = text.count("\n", 0, block.end()) + 1
        inner = text[block.end() : at].split("\n")
        found += [first + index for index, line in enumerate(inner) if LINE.match(line)]
    return sorted(set(found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
