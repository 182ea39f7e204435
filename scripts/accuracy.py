"""Labelled code in, `docs/accuracy.md` out: privlint's findings held against what people read in the same code.

    python scripts/accuracy.py EVAL PACKAGES APPS [APPS …]

EVAL is the folder with `truth/`, `map.tsv`, `score.py` and `apps/`; PACKAGES holds the packages of the truth, unpacked;
each APPS folder holds whole apps, one folder per app. Of these, the apps with labels in EVAL are scored, and those in
`docs/accuracy-judged.tsv` are held against the verdicts there. What stands below the line at the end of the generated
part is kept as it is.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import score_apps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from score_apps import Finding, Row

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "accuracy.md"
JUDGED = ROOT / "docs" / "accuracy-judged.tsv"
LINE = "<!-- Generated to here; what follows is written by hand and kept. -->\n"
CHECKS = "PRV[12].."  # what is collected: the truth says nothing of permissions, consent and the rest
ABOUT_CODE = re.compile(r"PRV[1-9]")  # not on what could not be examined, nor on suppressions
VERDICTS = ("true", "arguable", "false")


class Verdict(NamedTuple):
    """What a person said of one finding, having read the code."""

    app: str
    commit: str
    check: str
    path: str
    line: int
    data: str
    symbol: str
    verdict: str
    remark: str


def main(arguments: list[str]) -> int:
    """Run everything and write the page; 1 where the apps' labels are not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path, metavar="EVAL")
    parser.add_argument("packages", type=Path, metavar="PACKAGES")
    parser.add_argument("apps", type=Path, metavar="APPS", nargs="+")
    given = parser.parse_args(arguments)
    evaluation: Path = given.evaluation
    names = score_apps.read_map(evaluation / "map.tsv")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _privlint(given.packages, work / "packages.sarif")
        plain = _scored(evaluation, work, strict=False)
        strict = _scored(evaluation, work, strict=True)
        apps = {app.name: app for path in given.apps for app in sorted(path.iterdir()) if app.is_dir()}
        found = {name: _of_app(path, work) for name, path in apps.items()}
    rows = list(_labelled(evaluation / "apps", found, names))
    page = "\n".join([*_packages(evaluation, plain, strict), *_apps(evaluation / "apps", rows), *_read(found)])
    _write(page)
    return 1 if any(row.status in {"missed", "reported"} for row in rows) else 0


def _privlint(folder: Path, report: Path) -> None:
    """Run privlint as a user would, without a manifest; only a run that broke is an error."""
    command = [sys.executable, "-m", "privlint", "check", "--isolated", "--quiet", "--output-format"]
    done = subprocess.run([*command, f"sarif={report}", str(folder)], check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"privlint ended with exit code {done.returncode} on {folder.name}")


def _scored(evaluation: Path, work: Path, *, strict: bool) -> dict[str, Any]:
    result = work / "score.json"
    command = [sys.executable, str(evaluation / "score.py"), str(evaluation / "truth"), str(work / "packages.sarif")]
    options = ["--map", str(evaluation / "map.tsv"), "--rules", CHECKS, "--json", str(result), "--quiet"]
    subprocess.run([*command, *options, *(["--strict"] if strict else [])], check=True, stdout=subprocess.DEVNULL)
    scored: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return scored


def _of_app(folder: Path, work: Path) -> tuple[Finding, ...]:
    report = work / f"{folder.name}.sarif"
    _privlint(folder, report)
    return score_apps.read_findings(report)


def _labelled(labels: Path, found: dict[str, tuple[Finding, ...]], names: dict[str, str]) -> Iterator[Row]:
    for path in sorted(labels.glob("*.md")):
        if path.stem in found:
            yield from score_apps.score(score_apps.read_app(path), found[path.stem], names)


def _packages(evaluation: Path, plain: dict[str, Any], strict: dict[str, Any]) -> Iterator[str]:
    with (evaluation / "packages.tsv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t"))
    yield "# Accuracy on real code\n"
    yield "Written by `python scripts/accuracy.py`; every figure comes from that command.\n"
    yield f"## {len(listed)} published packages\n"
    yield (
        "A point is a statement that obtains personal data, read by hand. Places that a careful reader may judge "
        "either way count neither way; in the strict figures a finding there is a false alarm. "
        f"{plain['clean_packages']} of the packages obtain nothing: {plain['clean_fp']} false alarms there.\n"
    )
    yield from _scores("", [("all", plain["overall"]), ("all, strict", strict["overall"])])
    yield from _scores("language", sorted(plain["lang"].items()))
    yield from _scores("language, strict", sorted(strict["lang"].items()))
    yield from _scores("data", sorted(plain["type"].items()))
    yield "The packages: " + ", ".join(f"{row['name']} {row['version']}" for row in listed) + ".\n"


def _scores(title: str, rows: Iterable[tuple[str, list[int]]]) -> Iterator[str]:
    yield f"| {title} | points | found | false alarms | missed | precision | recall | F1 |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name, (hit, wrong, missed) in rows:
        precision, recall = _share(hit, hit + wrong), _share(hit, hit + missed)
        f1 = _share(2 * hit, 2 * hit + wrong + missed)
        yield f"| {name} | {hit + missed} | {hit} | {wrong} | {missed} | {precision} | {recall} | {f1} |"
    yield ""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _apps(labels: Path, rows: list[Row]) -> Iterator[str]:
    named = [score_apps.read_app(path) for path in sorted(labels.glob("*.md"))]
    yield f"## {len(named)} whole apps, against their labels\n"
    yield "Found: a finding of a fitting data type within two lines. " + score_apps.summary(rows) + "\n"
    yield score_apps.table(rows) + "\n"
    yield "| app | repository | commit |"
    yield "|---|---|---|"
    for app in named:
        yield f"| {app.name} | {app.repository} | {app.commit[:12]} |"
    yield ""


def _read(found: dict[str, tuple[Finding, ...]]) -> Iterator[str]:
    """Hold what is reported now against the verdicts on record."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        verdicts = [_verdict(row) for row in csv.DictReader(file, delimiter="\t")]
    commits = {verdict.app: verdict.commit for verdict in verdicts}
    said = {(one.app, one.check, one.path, one.line, one.data): one.verdict for one in verdicts}
    by_app: dict[str, Counter[str]] = defaultdict(Counter)
    by_check: dict[str, Counter[str]] = defaultdict(Counter)
    by_data: dict[str, Counter[str]] = defaultdict(Counter)
    for app in sorted(commits.keys() & found.keys()):
        for one in found[app]:
            if one.level != "note" and ABOUT_CODE.match(one.check):
                verdict = said.get((app, one.check, one.path, one.line, " ".join(one.data)), "unread")
                by_app[app][verdict] += 1
                by_check[one.check][verdict] += 1
                by_data[" ".join(one.data[:1])][verdict] += 1
    yield "## Every finding on whole apps, read in the code\n"
    yield (
        "Every finding above information, judged in [accuracy-judged.tsv](accuracy-judged.tsv). Precision: true of "
        "true and false. With arguable: true of all three.\n"
    )
    yield "| | commit | findings | true | arguable | false | not yet read | precision | with arguable |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    yield from (_line(app, commits[app][:12], counts) for app, counts in by_app.items())
    yield from (_line(check, "", by_check[check]) for check in sorted(by_check))
    yield _line("all", "", sum(by_app.values(), Counter()))
    yield "\nThe same by data, or by the first where a place gives several:\n"
    yield "| | | findings | true | arguable | false | not yet read | precision | with arguable |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    yield from (_line(data or "(of no data)", "", by_data[data]) for data in sorted(by_data))
    yield ""


def _verdict(row: dict[str, str]) -> Verdict:
    app, commit, check, path, line, data, symbol, verdict, remark = (row[name] for name in Verdict._fields)
    return Verdict(app, commit, check, path, int(line), data, symbol, verdict, remark)


def _line(name: str, commit: str, counts: Counter[str]) -> str:
    right, arguable, wrong = (counts[verdict] for verdict in VERDICTS)
    return (
        f"| {name} | {commit} | {counts.total()} | {right} | {arguable} | {wrong} | {counts['unread']} "
        f"| {_share(right, right + wrong)} | {_share(right, right + arguable + wrong)} |"
    )


def _write(page: str) -> None:
    kept = TARGET.read_text(encoding="utf-8").partition(LINE)[2] if TARGET.is_file() else ""
    TARGET.write_text(f"{page}\n{LINE}{kept}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
