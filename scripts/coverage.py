"""A table of APIs that touch personal data in, what the catalogue knows of it out: `docs/coverage.md`.

    python scripts/coverage.py TABLE.tsv

The table has a row per API, with the columns platform, fully_qualified_class, member, kind, data_type and note. What
each row does is computed by `RULES`, first match first. A row that reads personal data is covered where an entry of
`rules/` speaks for it; else `left_out.toml` gives the reason, and a row without one is missing.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from privlint.rulebook.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.rulebook import Rulebook

toml: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "coverage.md"
LEFT_OUT = Path(__file__).with_name("left_out.toml")
PLATFORMS = ("android", "java", "kotlin", "python", "server")
_BY_KIND = {"constructor": "<init>", "subclass": "<extends>", "annotation": "<annotation>"}
SDK_READS = (
    r"get(?!Instance|AutoInstance|MANAnalytics|Grouped)[A-Z]\w*|recognize\w*|verify|extract\w*|compare\w*|detect\w*|startDetect"
    r"|start(Location|Listening|LocalPreview|LocalAudio|PublishingStream|WbFaceVerifySdk|ByNative|Trace|Gather|Assistant\w*)"
    r"|requestLocation\w*|requestSingle\w*|login(Auth)?|mobileAuth|onePass|openLoginAuth|showUser|enable(Video|Audio)"
    r"|asyncQueryAllContactsName|getGroupedContacts|calculateDriveRoute|startNavi|startMirror|startBrowse|getLastKnownLocation"
)


class Row(NamedTuple):
    """One row of the table."""

    platform: str
    owner: str
    member: str
    kind: str
    data: str
    note: str


class Known(NamedTuple):
    """What the rules speak for."""

    members: dict[str, frozenset[str]]  # class -> members, "<init>" and "<extends>"
    wanted: frozenset[str]  # constants and texts that an argument or a reader is looked at for
    parents: dict[str, tuple[str, ...]]


class Rule(NamedTuple):
    """What a row does where every given pattern is found in its column."""

    reads: str
    data: str = ""
    kind: str = ""
    owner: str = ""
    note: str = ""
    member: str = ""  # the whole member


RULES = (
    Rule("declared elsewhere", kind=r"^permission$"),
    Rule("declared elsewhere", owner=r"^(layout|manifest) "),
    Rule("an SDK", kind=r"^import$"),
    Rule(
        "a field, judged by its name",
        kind=r"^(field|annotation)$",
        owner=r"^(?!android\.|androidx\.)",
        data=r"^(?!sink)",
    ),
    Rule("a field, judged by its name", data=r"field names checked"),
    Rule("an SDK", data=r"^starts ads SDK"),
    Rule(
        "consent",
        data=r"^SDK consent|consent (state|API)|\(protective|^SDK switch|auto-init switch|^personal-data detection",
    ),
    Rule(
        "sink",
        data=r"^sink|^write to|^send (SMS|MMS)|^object to JSON|\(write\)$|^add photo|^place (a|calls)|^call / share"
        r"|^(usage events|crash data|performance data).* to (Google|Huawei)",
    ),
    Rule("request", data=r"^permission |^special access state"),
    Rule(
        "behaviour",
        data=r"^exit|^entry point|^schedule|self-start|screenshot protection|^bring app|^SDK code|^folder on shared"
        r"|^data bridge",
    ),
    Rule(
        "needs more than its name",
        data=r"decided by|shell command|^reflection|^read of a query|when from shared|returned by a picker"
        r"|^access to any|^type of a typed|^user (input|selection)|\(typed\)|^search text|^date \(birthday"
        r"|^displayed or typed|^interface name|^other apps' data|^device properties|^SMS service handle|^file metadata"
        r"|^audio recording source",
    ),
    Rule("reads", note=r"helpers?$|picker$|PictureSelector|RxAndroidBle|FastBle|FingerprintJS"),
    Rule("reads", note=r".", member=SDK_READS),
    Rule("an SDK", note=r"^(?!protection=).", owner=r"^(?!android\.|androidx\.|java\.|\()"),
    Rule("reads"),
)


def main() -> None:
    """Write the page for the table that the command line names."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python scripts/coverage.py TABLE.tsv")
    text = build(Path(sys.argv[1]))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")


def build(table: Path) -> str:
    """Make the text of the page."""
    known = known_by(load(str(ROOT / "rules")))
    reasons = left_out()
    rows = list(read(table))
    state = {row: judge(row, known, reasons) for row in rows}
    return _page(rows, state, reasons)


def read(table: Path) -> Iterator[Row]:
    """Read the rows."""
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["platform"] in PLATFORMS:
                owner = row["fully_qualified_class"].replace("$", ".")
                yield Row(row["platform"], owner, row["member"], row["kind"], row["data_type"], row["note"] or "")


def reads(row: Row) -> str:
    """Tell what a row does."""
    return next(rule.reads for rule in RULES if _matches(rule, row))


def judge(row: Row, known: Known, reasons: dict[tuple[str, str], str]) -> str:
    """Tell of a reading row whether it is "covered", "left out" or "missing"; of another one, what it does."""
    what = reads(row)
    if what != "reads":
        return what
    if covered(row, known):
        return "covered"
    return "left out" if _reason(row, reasons) else "missing"


def covered(row: Row, known: Known) -> bool:
    """Tell whether an entry, a reader or a sign of the rules speaks for a row."""
    member = "<init>" if row.member == "constructor" else row.member
    for owner in _lineage(row.owner, known):
        members = known.members.get(owner, frozenset())
        if member in members or "<extends>" in members or (row.member == "*" and members):
            return True
    if row.platform == "python":
        module, _, name = row.owner.rpartition(".")
        return f"{row.owner}.{row.member}" in known.members or (
            row.member == "*"
            and (name in known.members.get(module, ()) or any(one.startswith(f"{row.owner}.") for one in known.members))
        )
    if row.kind not in {"const", "uri", "field"}:
        return False
    named = {f"{row.owner}.{row.member}", f"*.{row.member}", row.member}
    return bool(named & known.wanted) or any(row.member.startswith(f"{value}/") for value in known.wanted)


def known_by(rules: Rulebook) -> Known:
    """Index what the rules speak for."""
    members: dict[str, set[str]] = defaultdict(set)
    wanted: set[str] = set()
    for family in rules.families:
        for api in family.api:
            members[api.owner].update(api.members or (_BY_KIND[api.kind],))
            wanted.update(value for constraint in api.when for value in constraint.is_)
        for reader in family.reader:
            members[reader.owner].update(reader.members or ("<init>",))
        for sign in family.sign:
            members[sign.owner].update(sign.members)
            wanted.update(sign.values)
    parents = {facts.name: facts.extends for types in rules.types for facts in types.type}
    for types in rules.types:
        for facts in types.type if types.platform == "python" else ():
            parents.update({f"{facts.name}.{name}": (given,) for name, given in facts.members.items()})
    return Known({owner: frozenset(names) for owner, names in members.items()}, frozenset(wanted), parents)


def left_out() -> dict[tuple[str, str], str]:
    """Read the reasons: (class, member) -> why there is no entry."""
    with LEFT_OUT.open("rb") as file:
        groups = toml.load(file)["left_out"]
    return {
        (owner, member): group["reason"]
        for group in groups
        for owner in group["classes"]
        for member in group.get("members", ["*"])
    }


def _matches(rule: Rule, row: Row) -> bool:
    columns = (rule.data, row.data), (rule.kind, row.kind), (rule.owner, row.owner), (rule.note, row.note)
    found = all(re.search(pattern, text) for pattern, text in columns if pattern)
    return found and (not rule.member or re.fullmatch(rule.member, row.member) is not None)


def _reason(row: Row, reasons: dict[tuple[str, str], str]) -> str:
    return reasons.get((row.owner, row.member), "") or reasons.get((row.owner, "*"), "")


def _lineage(owner: str, known: Known) -> Iterator[str]:
    todo = [owner]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            yield name
            todo.extend(known.parents.get(name, ()))


def _page(rows: list[Row], state: dict[Row, str], reasons: dict[tuple[str, str], str]) -> str:
    lines = [
        "# What the catalogue covers",
        "",
        "Generated by `python scripts/coverage.py TABLE.tsv` from a table of APIs that touch personal data.",
        "What a row does is computed by the rules in that script; why a reading row has no entry is said in",
        "`scripts/left_out.toml`. Fields of models and forms are judged by their names, SDKs by `rules/sdks/`.",
        "",
        "| platform | rows | read personal data | covered | left out | missing | covered or left out |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(_summary(platform, [row for row in rows if row.platform == platform], state) for platform in PLATFORMS),
        "",
        "## What the other rows do",
        "",
        "| platform | what | rows |",
        "|---|---|--:|",
    ]
    others = Counter((row.platform, reads(row)) for row in rows)
    lines += [f"| {where} | {what} | {count} |" for (where, what), count in sorted(others.items()) if what != "reads"]
    lines += ["", "## Left out", "", "| API | reason |", "|---|---|"]
    lines += sorted({f"| {_api(row)} | {_reason(row, reasons)} |" for row in rows if state[row] == "left out"})
    missing = sorted({f"| {row.platform} | {_api(row)} | {row.data} |" for row in rows if state[row] == "missing"})
    if missing:
        lines += ["", "## Missing", "", "| platform | API | data |", "|---|---|---|", *missing]
    return "\n".join([*lines, ""])


def _api(row: Row) -> str:
    return f"`{row.owner}.{row.member}`"


def _summary(platform: str, rows: list[Row], state: dict[Row, str]) -> str:
    count = Counter(state[row] for row in rows)
    reading = count["covered"] + count["left out"] + count["missing"]
    done = (count["covered"] + count["left out"]) / reading if reading else 1.0
    figures = (len(rows), reading, count["covered"], count["left out"], count["missing"])
    return f"| {platform} | " + " | ".join(map(str, figures)) + f" | {done:.1%} |"


if __name__ == "__main__":
    main()
