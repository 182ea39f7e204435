"""Trees in, one digest of all findings of each out: equal digests before and after a change prove that it changed none.

    python scripts/findings_digest.py TREE … [--jobs N] [--list FOLDER]

Every finding is written down by its check, path, line, column, data types, symbol and confidence; so is every
observation that a strict run would judge, and what became of every file that was not plainly scanned. With `--list`
these lines are kept, one file a tree, for a `diff` where two digests differ. Manifests and ignore files are not read.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from typing import TYPE_CHECKING

from privlint import engine
from privlint.model.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.facts import Observation
    from privlint.model.finding import Finding, Report
    from privlint.model.place import Place


def main() -> None:
    """Print a line for each tree: digest, findings, observations, files, CPU seconds, name."""
    arguments = _arguments()
    for tree in arguments.trees:
        before = os.times()
        session = engine.Session(Request(paths=(tree,), isolated=True, jobs=arguments.jobs, today="2026-01-01"))
        report = session.report()
        spent = sum(os.times()[:4]) - sum(before[:4])
        seen = [one for found in session.results.values() if found.result for one in found.result.observations]
        lines = sorted([*_of_files(report), *map(_of_finding, report.findings), *map(_of_observation, seen)])
        text = "".join(f"{line}\n" for line in lines)
        name = os.path.basename(os.path.abspath(tree))
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        counts = f"{len(report.findings):6} {len(seen):6} {len(report.coverage):6}"
        print(f"{digest} {counts} {spent:8.2f} {name}", flush=True)
        if arguments.list:
            os.makedirs(arguments.list, exist_ok=True)
            with open(os.path.join(arguments.list, f"{name}.txt"), "w", encoding="utf-8") as stream:
                stream.write(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("trees", nargs="+")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", default="", help="a folder for the findings of each tree")
    return parser.parse_args()


def _of_files(report: Report) -> Iterator[str]:
    for covered in report.coverage:
        if covered.reason:
            yield f"{covered.path} {covered.outcome} {covered.reason} {covered.detail.en}"


def _of_finding(finding: Finding) -> str:
    data = ",".join(finding.data)
    return f"{_where(finding.place)} {finding.check} {data} {finding.symbol} {finding.confidence} {finding.severity}"


def _of_observation(seen: Observation) -> str:
    data = ",".join(seen.data)
    return f"{_where(seen.place)} {seen.kind} {data} {seen.symbol} {seen.confidence} {seen.enclosing}"


def _where(place: Place) -> str:
    return f"{place.path}:{place.start.line}:{place.start.column}"


if __name__ == "__main__":
    main()
