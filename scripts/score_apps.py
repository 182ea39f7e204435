"""Labels of whole apps and privlint's findings in, what was found and what was wrongly reported out.

    python scripts/score_apps.py LABELS FINDINGS --map MAP.tsv

LABELS holds one Markdown file per app, FINDINGS one SARIF file per app with the same name. A `collect` row is found
where a finding of a fitting data type lies within two lines of it; at a `clean` row nothing may be reported above
information. A row whose remark says "arguable" counts neither way. MAP.tsv gives the labels' data types for privlint's.
Exit code 1 where a row is missed or a clean one is reported.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOLERANCE = 2  # lines
JUDGED = re.compile(r"PRV[12]\d\d")  # the checks on what is collected
_REPOSITORY = re.compile(r"^- repository: (\S+) @ ([0-9a-f]{7,40})", re.MULTILINE)


class Finding(NamedTuple):
    """One result of a SARIF file."""

    check: str
    level: str  # "error", "warning" or "note"
    path: str
    line: int
    data: tuple[str, ...]


class Label(NamedTuple):
    """One row of an app's labels that is about places: `collect` or `clean`."""

    kind: str
    data: str  # "" for any
    path: str  # "" for the whole app
    line: int
    remark: str


class App(NamedTuple):
    """What is known of one app before it is examined."""

    name: str
    repository: str
    commit: str
    labels: tuple[Label, ...]


class Row(NamedTuple):
    """One label, judged."""

    app: str
    label: Label
    status: str  # "found", "missed", "clean", "reported" or "arguable"
    seen: str  # what lies there, or the nearest of its kind in the file


def read_app(path: Path) -> App:
    """The labels of one app."""
    text = path.read_text(encoding="utf-8")
    named = _REPOSITORY.search(text)
    labels = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 4 and cells[0] in {"collect", "clean"}:
            kind, data, where, remark = cells
            file, _, number = where.rpartition(":")
            labels.append(
                Label(kind, "" if data == "-" else data, file, int(number) if number.isdigit() else 0, remark)
            )
    return App(path.stem, named[1] if named else "", named[2] if named else "", tuple(labels))


def read_map(path: Path) -> dict[str, str]:
    """Read what the labels call privlint's data types."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file, delimiter="\t") if len(row) > 1}


def read_findings(path: Path) -> tuple[Finding, ...]:
    """What privlint reports, without what is suppressed."""
    return tuple(_results(json.loads(path.read_text(encoding="utf-8"))))


def score(app: App, findings: tuple[Finding, ...], names: Mapping[str, str]) -> Iterator[Row]:
    """Judge every label of an app."""
    collects = any(label.kind == "collect" for label in app.labels)
    for label in app.labels:
        if label.path:
            yield _judge(app.name, label, [found for found in findings if found.path == label.path], names)
        elif label.kind == "clean" and not collects:  # an app that collects nothing
            loud = [found for found in findings if found.level != "note" and JUDGED.fullmatch(found.check)]
            seen = ", ".join(f"{found.path}:{found.line}" for found in loud)
            yield Row(app.name, label, "reported" if loud else "clean", seen)


def table(rows: list[Row]) -> str:
    """A Markdown table of judged labels."""
    lines = ["| app | label | data | place | verdict | seen there |", "|---|---|---|---|---|---|"]
    for row in rows:
        place = f"{row.label.path.rpartition('/')[2]}:{row.label.line}" if row.label.path else "the whole app"
        lines.append(
            f"| {row.app} | {row.label.kind} | {row.label.data or 'any'} | {place} | {row.status} | {row.seen} |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print the table; 1 where something is missed or wrongly reported."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("findings", type=Path)
    parser.add_argument("--map", type=Path, required=True)
    given = parser.parse_args(arguments)
    names = read_map(given.map)
    rows: list[Row] = []
    for path in sorted(given.labels.glob("*.md")):
        report = given.findings / f"{path.stem}.sarif"
        if report.is_file():
            rows += score(read_app(path), read_findings(report), names)
    print(table(rows))
    print("\n" + summary(rows))
    return 1 if any(row.status in {"missed", "reported"} for row in rows) else 0


def summary(rows: list[Row]) -> str:
    """The counts of a table, in a sentence."""
    count = {status: sum(row.status == status for row in rows) for status in ("found", "missed", "clean", "reported")}
    return (
        f"{count['found']} of {count['found'] + count['missed']} `collect` rows found; "
        f"{count['reported']} of {count['clean'] + count['reported']} `clean` rows reported; "
        f"{sum(row.status == 'arguable' for row in rows)} arguable rows not counted."
    )


def _results(document: Any) -> Iterator[Finding]:
    for run in document["runs"]:
        for result in run["results"]:
            if result.get("suppressions"):
                continue
            place = result["locations"][0]["physicalLocation"]
            yield Finding(
                result["ruleId"],
                result.get("level", "warning"),
                unquote(place["artifactLocation"]["uri"]),
                place.get("region", {}).get("startLine", 1),
                tuple(result.get("properties", {}).get("dataTypes", ())),
            )


def _judge(app: str, label: Label, here: list[Finding], names: Mapping[str, str]) -> Row:
    fitting = [found for found in here if not label.data or _fits(found, label.data, names)]
    near = [found for found in fitting if abs(found.line - label.line) <= TOLERANCE]
    loud = [found for found in near if found.level != "note"]
    seen = ", ".join(dict.fromkeys(map(_shown, near)))
    if label.kind == "clean":
        status = "reported" if loud else "clean"
    else:
        status = "found" if loud else "missed"
        if not near and fitting:
            nearest = min(fitting, key=lambda found: abs(found.line - label.line))
            seen = f"nearest in the file: {nearest.line}"
    return Row(app, label, "arguable" if "arguable" in label.remark else status, seen)


def _shown(found: Finding) -> str:
    what = " ".join(found.data) or found.check
    return f"{found.line}: {what}" + (" (information)" if found.level == "note" else "")


def _fits(found: Finding, data: str, names: Mapping[str, str]) -> bool:
    wanted = set(data.split("|"))
    return any(one in wanted or names.get(one, one) in wanted for one in found.data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
