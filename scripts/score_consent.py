"""Hold the findings on consent and refusal against labelled lines of public projects (`docs/consent-labels.tsv`).

    python scripts/score_consent.py TREES [NAME …]

TREES holds one folder for each labelled project, at the commit that the labels name. A label is met by a finding of the
checks of its kind within two lines, in its own place or on the way that the finding shows.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent.parent / "docs" / "consent-labels.tsv"
CHECKS = {"before-consent": ("PRV401", "PRV402", "PRV403"), "deny-exit": ("PRV501",)}
NEAR = 2  # lines


def main(trees: Path, names: list[str]) -> None:
    """Print each label with what became of it, then the findings that no label is about, then the sums."""
    labels: dict[str, list[dict[str, str]]] = {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            labels.setdefault(row["app"], []).append(row)
    sums: Counter[tuple[str, str, str]] = Counter()
    for name in names or sorted(labels):
        if not (trees / name).is_dir():
            print(f"{name}: not there")
            continue
        findings = _findings(trees / name)
        met: set[int] = set()
        for row in labels[name]:
            checks = CHECKS.get(row["kind"], ("PRV4", "PRV5"))
            hits = {
                number
                for number, one in enumerate(findings)
                if one["check"].startswith(checks) and _touches(one, row["path"], int(row["line"]))
            }
            met |= hits
            said = [f"{findings[number]['check']} {findings[number]['severity']}" for number in sorted(hits)]
            sums[row["kind"], row["sure|arguable"], "found" if hits else "silent"] += 1
            print(name, row["kind"], row["sure|arguable"], f"{row['path']}:{row['line']}", said or "-", row["reason"])
        for number, one in enumerate(findings):
            if number not in met and one["check"].startswith(("PRV401", "PRV402", "PRV403", "PRV501")):
                print(name, "UNLABELLED", one["check"], one["severity"], _at(one), one["message"])
    for key, count in sorted(sums.items()):
        print(*key, count)


def _findings(folder: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "privlint", "check", str(folder), "--output-format", "json", "--isolated"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(run.stdout)["findings"]
    return found


def _touches(finding: dict[str, Any], path: str, line: int) -> bool:
    return any(
        place["path"] == path and abs(place["start"]["line"] - line) <= NEAR for place in (finding, *_related(finding))
    )


def _related(finding: dict[str, Any]) -> list[dict[str, Any]]:
    related: list[dict[str, Any]] = finding.get("related", [])
    return related


def _at(finding: dict[str, Any]) -> str:
    return f"{finding['path']}:{finding['start']['line']}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
