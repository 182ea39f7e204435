"""Does an argument come from what a rule names? Shapes and constraints in, yes or no out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

_SEPARATOR = re.compile(r"[;|&`\n]+|\$\(|\b(?:sh|su|bash) (?:-c )?")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from privlint.model.catalogue import Catalogue, SignEntry
    from privlint.model.facts import Passed, Reference, Shape
    from privlint.model.rules import Constraint, Reader


def argument(reference: Reference, index: int, name: str) -> Passed | None:
    """Find an argument by name, or else by position; -1 is the receiver."""
    from privlint.model.facts import Passed

    if index < 0:
        return Passed(reference.receiver)
    if name:
        for passed in reference.arguments:
            if passed.name == name:
                return passed
    if index < len(reference.arguments) and (not reference.arguments[index].name or not name):
        return reference.arguments[index]
    return None


def holds(
    constraint: Constraint, reference: Reference, catalogue: Catalogue, lineage: Callable[[str], Iterable[str]]
) -> bool:
    """Tell whether a constraint on an argument is met."""
    passed = argument(reference, constraint.argument, constraint.name)
    if passed is None:
        return constraint.absent
    signs = _spellings(passed.shape, catalogue)
    if any(_same(sign, wanted) for sign in signs for wanted in constraint.not_):
        return False
    if not (constraint.is_ or constraint.prefix or constraint.type):
        return True
    if any(_same(sign, wanted) for sign in signs for wanted in constraint.is_):
        return True
    literals = [sign[1:] for sign in signs if sign[:1] in {"=", "^"}]
    if any(text.startswith(prefix) for text in literals for prefix in constraint.prefix):
        return True
    return bool(constraint.type) and any(
        kind in constraint.type for kind in (*lineage(passed.shape.type), *passed.kinds)
    )


def signs_read(reader: Reader, reference: Reference, catalogue: Catalogue) -> tuple[tuple[SignEntry, str], ...]:
    """The signs of the reader's kind that its argument carries, each as the code spells it."""
    passed = argument(reference, reader.argument, reader.name)
    if passed is None:
        return ()
    found: dict[int, str] = {}
    values = catalogue.sign_values.get(reader.reads, {})
    for sign in passed.shape.signs:
        for number in catalogue.signs.get(sign.lstrip("^"), ()):
            if catalogue.sign_entries[number].sign.kind == reader.reads:
                found.setdefault(number, sign.lstrip("^"))
        literal = sign[1:] if sign[:1] in {"=", "^"} else catalogue.constants.get(sign, "")
        for number in _by_value(values, literal, reader.reads) if literal else ():
            found.setdefault(number, literal if sign[:1] in {"=", "^"} else sign)
    if reader.reads == "command":
        line = _command_line(reference, reader.argument)
        for number in _command(values, line):
            found.setdefault(number, line)
    return tuple((catalogue.sign_entries[number], spelt) for number, spelt in found.items())


def _command_line(reference: Reference, first: int) -> str:
    """A command that is given in parts: a list of texts, or one text after another."""
    texts = [
        sign[1:] for passed in reference.arguments[first:] for sign in passed.shape.signs if sign[:1] in {"=", "^"}
    ]
    return " ".join(texts)


def _command(values: dict[str, tuple[int, ...]], line: str) -> tuple[int, ...]:
    """The commands that a shell line runs: at its start or after a separator, whatever the program's folder."""
    runs = [run.strip(" \t'\"") for run in _SEPARATOR.split(" ".join(line.split()))]
    named = [" ".join([run.partition(" ")[0].rpartition("/")[2], run.partition(" ")[2]]).strip() for run in runs if run]
    return tuple(
        entry
        for value, entries in values.items()
        if any(run == value or run.startswith(value + " ") for run in named)
        for entry in entries
    )


def _by_value(values: dict[str, tuple[int, ...]], literal: str, kind: str) -> tuple[int, ...]:
    """A URI or path also stands for what continues it; the longest known start wins."""
    if literal in values:
        return values[literal]
    if kind == "command":
        return _command(values, literal)
    if kind not in {"uri", "path"}:
        return ()
    text = literal
    while "/" in text:
        text = text.rpartition("/")[0]
        if text in values:
            return values[text]
    return ()


def _spellings(shape: Shape, catalogue: Catalogue) -> tuple[str, ...]:
    literal = tuple(f"={catalogue.constants[sign]}" for sign in shape.signs if sign in catalogue.constants)
    return (*shape.signs, *literal)


def _same(sign: str, wanted: str) -> bool:
    if sign.startswith("@"):
        return False
    if wanted == "*":
        return True
    if wanted.startswith("*."):
        return sign.endswith(wanted[1:]) and sign[:1] not in {"=", "^"}
    if sign[:1] in {"=", "^"}:
        return sign[1:] == wanted
    return sign == wanted
