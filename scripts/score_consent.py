"""Hold the findings on consent and refusal against labelled lines of public projects, and write what came of it.

    python scripts/score_consent.py TREES [NAME …]

TREES holds one folder for each project of `docs/consent-labels.tsv`, at the commit that the labels name. A label is met
by a finding of its kind within two lines, in its own place or on the way that the finding shows. What no label is about
was judged by reading (`docs/consent-judged.tsv`). Without names, `docs/consent-accuracy.md` is written.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent.parent / "docs"
CHECKS = {"before-consent": ("PRV401", "PRV402", "PRV403"), "deny-exit": ("PRV501",)}
JUDGED = ("PRV401", "PRV402", "PRV403", "PRV501")
NEAR = 2  # lines
GRAVE = {"error", "warning"}

Row = dict[str, str]
Sums = Counter[tuple[str, str, str]]


def main(trees: Path, names: list[str]) -> None:
    """Print each label and each other finding with what became of it; then the sums."""
    labels: dict[str, list[Row]] = {}
    for row in _rows("consent-labels.tsv"):
        labels.setdefault(row["app"], []).append(row)
    judged = {
        (one["app"], one["check"], one["path"], one["line"]): one["verdict"] for one in _rows("consent-judged.tsv")
    }
    met: Counter[tuple[str, str, str]] = Counter()
    verdicts: Counter[tuple[str, str, str]] = Counter()
    for name in names or sorted(labels):
        if not (trees / name).is_dir():
            print(f"{name}: not there")
            continue
        findings = [one for one in _findings(trees / name) if one["check"] in JUDGED]
        about: dict[int, set[str]] = {}
        for row in labels[name]:
            checks = CHECKS.get(row["kind"], JUDGED)
            hits = [index for index, one in enumerate(findings) if one["check"] in checks and _touches(one, row)]
            for index in hits:
                about.setdefault(index, set()).add(f"{row['kind']} {row['sure|arguable']}")
            met[row["kind"], row["sure|arguable"], "found" if hits else "silent"] += 1
            said = ", ".join(f"{findings[index]['check']} {findings[index]['severity']}" for index in hits)
            print(name, row["kind"], row["sure|arguable"], f"{row['path']}:{row['line']}", f"[{said}]", row["reason"])
        for index, one in enumerate(findings):
            at = (name, one["check"], one["path"], str(one["start"]["line"]))
            verdict = _verdict(about.get(index, set()), judged.get(at, ""))
            verdicts[one["check"], "warning and error" if one["severity"] in GRAVE else "information", verdict] += 1
            if index not in about:
                print(name, "OTHER", verdict, one["check"], one["severity"], f"{at[2]}:{at[3]}", one["message"]["en"])
    for key, count in [*sorted(met.items()), *sorted(verdicts.items())]:
        print(*key, count)
    if not names:
        (DOCS / "consent-accuracy.md").write_text(_page(met, verdicts, labels), encoding="utf-8")


def _verdict(about: set[str], judged: str) -> str:
    """A finding that meets a label of its kind is as true as the label; a reader's word counts for the others."""
    if {"before-consent sure", "deny-exit sure"} & about:
        return "true"
    if judged:
        return judged
    if {"before-consent arguable", "deny-exit arguable"} & about:
        return "arguable"
    return "false" if about else "not judged"


def _rows(name: str) -> list[Row]:
    with (DOCS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _findings(folder: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "privlint", "check", str(folder), "--output-format", "json", "--isolated"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if not run.stdout:
        raise SystemExit(f"no report on {folder.name}: {run.stderr[-500:]}")
    found: list[dict[str, Any]] = json.loads(run.stdout)["findings"]
    return found


def _touches(finding: dict[str, Any], row: Row) -> bool:
    return any(
        place["path"] == row["path"] and abs(place["start"]["line"] - int(row["line"])) <= NEAR
        for place in (finding, *finding.get("related", ()))
    )


def _page(
    met: Counter[tuple[str, str, str]], verdicts: Counter[tuple[str, str, str]], labels: dict[str, list[Row]]
) -> str:
    lines = [
        "# Accuracy on consent and refusal",
        "",
        "Written by `python scripts/score_consent.py`; every figure but that of the first run comes from that command.",
        "",
        f"{sum(len(rows) for rows in labels.values())} lines of {len(labels)} public projects were labelled by reading,"
        " and committed before any of these checks had run on them ([consent-labels.tsv](consent-labels.tsv), with"
        " repository and commit). Most are demos of SDKs and small apps, where such lines are frequent; few are large.",
        "",
        "| label | how sure | found | not found |",
        "|---|---|--:|--:|",
    ]
    lines += [
        f"| {kind} | {sure} | {met[kind, sure, 'found']} | {met[kind, sure, 'silent']} |"
        for kind in ("before-consent", "deny-exit", "clean")
        for sure in ("sure", "arguable")
    ]
    lines += [
        "",
        "A `clean` line that is found is a false alarm within two lines of it. The first run, before anything was"
        " changed, found 34 of the 45 sure `before-consent` lines and none of the clean ones; what it missed were"
        " mostly calls that start an SDK and that the rules did not know. PRV501 did not exist then.",
        "",
        "## Every finding, judged",
        "",
        "A finding that meets a sure label is true. The others were read along the whole way that they show"
        " ([consent-judged.tsv](consent-judged.tsv)); precision is of true and false. The checks were mended after that"
        " reading, so that these projects are no longer unseen.",
        "",
        "| check | severity | true | arguable | false | not judged | precision |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for check in JUDGED:
        for grave in ("warning and error", "information"):
            true, arguable, false, unread = (
                verdicts[check, grave, verdict] for verdict in ("true", "arguable", "false", "not judged")
            )
            precision = f"{true / (true + false):.2f}" if true + false else "–"
            lines.append(f"| {check} | {grave} | {true} | {arguable} | {false} | {unread} | {precision} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
