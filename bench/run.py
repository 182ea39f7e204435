"""Trees and a folder of the peers' rules in; `docs/performance.md` out: privlint beside other tools.

    python bench/run.py --rules FOLDER [--privlint PROGRAM] [--ast-grep PROGRAM] [--semgrep PROGRAM]
        [--mobsfscan PROGRAM] [--flake8 PROGRAM] [--rounds N] TREE …

FOLDER holds, for a set of 50 names of methods, `android50.names` (for `rg -wF`), `android50.astgrep.yml`,
`android50.astgrep-fast.yml` (one rule a language) and `android50.semgrep.yml`: a call of one of the names on any
receiver. privlint runs with its whole catalogue and all checks. What is not installed is left out, and the page says
so. All commands of a tree run in turn, in one go. privlint runs without anything kept from an earlier run, and again
with what its own first run kept. It runs as the installed program that `--privlint` names, or else as a module.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from measure import Run, in_turn, middle, peak, ratio

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(os.path.dirname(HERE), "docs", "performance.md")
LANGUAGES = (".kt", ".java", ".py")
_TINY = "package org.example\n\nimport android.content.Context\n\nfun name(context: Context) = context.packageName\n"
_SLOW = ("Semgrep", "mobsfscan")  # they take so long that one run has to do
_PYTHON = "import os\n\n\ndef name(folder: str) -> str:\n    return os.path.basename(folder)\n"
_FOUND = (
    "package org.example\n\nimport android.telephony.TelephonyManager\n\nfun slot(phone: TelephonyManager) ="
    " phone.getImei(0)\n"
)


@dataclass(frozen=True)
class Peers:
    """The programs that are there, and the rules for them."""

    rules: str
    ast_grep: str
    semgrep: str
    mobsfscan: str
    flake8: str
    rg: str
    privlint: str


def main() -> None:
    """Measure everything and write the page."""
    arguments = _arguments()
    peers = Peers(
        os.path.abspath(arguments.rules),
        shutil.which(arguments.ast_grep) or "",
        shutil.which(arguments.semgrep) or "",
        shutil.which(arguments.mobsfscan) or "",
        shutil.which(arguments.flake8) or "",
        shutil.which("rg") or "",
        shutil.which(arguments.privlint) or "" if arguments.privlint else "",
    )
    with tempfile.TemporaryDirectory() as cache:
        os.environ["PRIVLINT_CACHE_DIR"] = cache  # what is kept is this command's own
        _write(arguments, peers)


def _write(arguments: argparse.Namespace, peers: Peers) -> None:
    trees = [_tree(tree, peers, arguments.rounds) for tree in arguments.trees]
    small = _small(peers, max(5, arguments.rounds * 3))
    edits = _lines(("editing.py", str(arguments.edits)))
    growth = _lines(("growth.py", str(arguments.rounds)))
    files, rules = growth[1:4], growth[5:8]
    with open(PAGE, "w", encoding="utf-8") as stream:
        stream.write(_page(peers, "\n\n".join(trees), small, (edits, files, rules)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("trees", nargs="+")
    parser.add_argument("--rules", required=True)
    parser.add_argument("--ast-grep", default="ast-grep")
    parser.add_argument("--semgrep", default="semgrep")
    parser.add_argument("--mobsfscan", default="mobsfscan")
    parser.add_argument("--flake8", default="flake8")
    parser.add_argument("--privlint", default="")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--edits", type=int, default=100)
    return parser.parse_args()


def _privlint(peers: Peers, *arguments: str) -> list[str]:
    program = [peers.privlint] if peers.privlint else [sys.executable, "-m", "privlint"]
    return [*program, "check", "--isolated", "--fail-on", "never", "-q", *arguments]


def _commands(tree: str, peers: Peers) -> dict[str, list[str]]:
    rules = os.path.join(peers.rules, "android50")
    commands = {
        "privlint -j2": _privlint(peers, "-j", "2", "--no-cache", tree),
        "privlint -j2, nothing changed since its last run": _privlint(peers, "-j", "2", tree),
    }
    if peers.ast_grep:
        scan = [peers.ast_grep, "scan", "-j", "2", "--json=stream"]
        commands["ast-grep, 50 patterns, -j2"] = [*scan, "--rule", f"{rules}.astgrep.yml", tree]
        commands["ast-grep, one tuned rule, -j2"] = [*scan, "--rule", f"{rules}.astgrep-fast.yml", tree]
    if peers.rg:
        rg = [peers.rg, "-c", "-w", "-F", "-j", "2", "-f", f"{rules}.names"]
        commands["rg -wF, 50 words"] = [*rg, "-t", "kotlin", "-t", "java", "-t", "py", tree]
    if peers.semgrep:
        scan = [peers.semgrep, "scan", "--metrics=off", "--disable-version-check", "--quiet", "-j", "2"]
        commands["Semgrep, 50 rules, -j2"] = [
            *scan,
            "--json",
            "-o",
            os.devnull,
            "--config",
            f"{rules}.semgrep.yml",
            tree,
        ]
    if peers.mobsfscan:
        commands["mobsfscan, its own rules"] = [peers.mobsfscan, "--json", "-o", os.devnull, tree]
    return commands


def _tree(tree: str, peers: Peers, rounds: int) -> str:
    path = os.path.abspath(tree)
    commands = _commands(path, peers)
    runs = in_turn(commands, rounds, path, [name for name in commands if name.startswith(_SLOW)])
    number, size = _size(path)
    print(f"measured {path}", file=sys.stderr, flush=True)
    head = f"### {os.path.basename(path)}: {number:,} files, {size / 1e6:.1f} MB of Kotlin, Java and Python\n\n"
    return head + _table(runs)


def _table(runs: dict[str, list[Run]]) -> str:
    ours = next(iter(runs.values()))
    lines = [
        "| | wall, s | CPU, s | CPU, × privlint | wall, × privlint | peak memory, MiB |",
        "|---|---|---|---|---|---|",
    ]
    for name, ones in runs.items():
        ratios = "1 | 1" if ones is ours else f"{ratio(ones, ours, 'cpu')} | {ratio(ones, ours, 'wall')}"
        lines.append(f"| {name} | {middle(ones, 'wall')} | {middle(ones, 'cpu')} | {ratios} | {peak(ones)} |")
    return "\n".join(lines)


def _small(peers: Peers, rounds: int) -> str:
    """One tiny file, in milliseconds of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("Clean.kt", _TINY), ("Found.kt", _FOUND), ("clean.py", _PYTHON)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
                stream.write(text)
        clean, found = os.path.join(folder, "Clean.kt"), os.path.join(folder, "Found.kt")
        python = os.path.join(folder, "clean.py")
        commands = {
            "python -I -c pass": [sys.executable, "-I", "-c", "pass"],
            "privlint, nothing to find": _privlint(peers, clean),
            "privlint, one finding": _privlint(peers, found),
            "privlint, one Python file, nothing to find": _privlint(peers, python),
        }
        if peers.flake8:
            commands["flake8, the same Python file"] = [peers.flake8, "--isolated", python]
        if peers.ast_grep:
            rule = os.path.join(peers.rules, "android50.astgrep.yml")
            commands["ast-grep, 50 patterns"] = [peers.ast_grep, "scan", "--rule", rule, found]
        if peers.rg:
            commands["rg -wF, 50 words"] = [peers.rg, "-c", "-w", "-F", "-f", f"{peers.rules}/android50.names", found]
        runs = in_turn(commands, rounds, folder)
    bare = runs["python -I -c pass"]
    lines = ["| | CPU, ms | wall, ms | CPU, × a bare interpreter |", "|---|---|---|---|"]
    for name, ones in runs.items():
        scaled = [Run(one.wall * 1000, one.cpu * 1000) for one in ones]
        times = "1" if ones is bare else ratio(ones, bare, "cpu")
        lines.append(f"| {name} | {middle(scaled, 'cpu')} | {middle(scaled, 'wall')} | {times} |")
    return "\n".join(lines)


def _lines(command: tuple[str, ...]) -> list[str]:
    found = subprocess.run(
        [sys.executable, os.path.join(HERE, command[0]), *command[1:]], check=True, capture_output=True, text=True
    )
    return found.stdout.splitlines()


def _size(tree: str) -> tuple[int, int]:
    sizes = [
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(tree)
        for name in names
        if name.endswith(LANGUAGES) and not os.path.islink(os.path.join(folder, name))
    ]
    return len(sizes), sum(sizes)


def _version(program: str) -> str:
    if not program:
        return "not installed, left out"
    found = subprocess.run([program, "--version"], check=False, capture_output=True, text=True)
    return (found.stdout or found.stderr).strip().partition("\n")[0]


def _page(peers: Peers, trees: str, small: str, others: tuple[list[str], list[str], list[str]]) -> str:
    edits, files, rules = ("\n".join(lines) for lines in others)
    versions = (
        f"Python {platform.python_version()}; ast-grep: {_version(peers.ast_grep)}; ripgrep: {_version(peers.rg)};"
        f" Semgrep: {_version(peers.semgrep)}; mobsfscan: {_version(peers.mobsfscan)}; flake8: {_version(peers.flake8)}"
    )
    with open(os.path.join(HERE, "page.md"), encoding="utf-8") as stream:
        text = stream.read()
    for name, value in {
        "machine": f"{os.cpu_count()} shared cores, {platform.system()} on {platform.machine()}",
        "versions": versions,
        "how": _INSTALLED if peers.privlint else _CHECKOUT,
        "trees": trees,
        "small": small,
        "edits": edits,
        "files": files,
        "rules": rules,
    }.items():
        text = text.replace("{" + name + "}", value)
    return text


_INSTALLED = "privlint ran as the program that its wheel installs, in an environment of its own."
_CHECKOUT = (
    "privlint ran as `python -m privlint` in the environment that ran the command: a checkout under development, which"
    " starts slower\nthan an installed wheel."
)


if __name__ == "__main__":
    main()
