"""Java `switch` and patterns in; branches and tests with bindings out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages.java_types import TYPES, type_of, variable_type
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from privlint.languages.java import Reader


def matches(reader: Reader, pattern: Node, value: code.Expression) -> code.Expression:
    """What must hold for a value to match a pattern; each part that is bound is a Test with a binding."""
    tests = tuple(_tests(reader, pattern, value))
    return tests[0] if len(tests) == 1 else code.Logic(pattern.start_byte, pattern.end_byte, "and", tests)


def _tests(reader: Reader, node: Node, value: code.Expression) -> Iterator[code.Expression]:
    """A record pattern is tested first, then its components, whose value is some part that nothing names."""
    start, end = node.start_byte, node.end_byte
    if node.type in {"type_pattern", "record_pattern_component"}:
        types = [child for child in node.named_children if child.type in TYPES]
        names = [child for child in node.named_children if child.type == "identifier"]
        if types:
            binding = reader.text(names[-1]) if names else ""
            kind = variable_type(reader, types[0]) or code.Type(start, start, "")
            yield code.Test(start, end, value, kind, binding="" if binding == "_" else binding)
        return
    for child in node.named_children:
        part = code.Group(child.start_byte, child.end_byte, ())
        if child.type == "identifier":
            kind = code.Type(child.start_byte, child.end_byte, reader.text(child))
            yield code.Test(start, end, value, kind)
        elif child.type in TYPES:
            yield code.Test(start, end, value, type_of(reader, child))
        elif not reader.is_too_deep(child):
            reader.depth += 1
            yield from _tests(reader, child, value if node.type == "pattern" else part)
            reader.depth -= 1


def switch(reader: Reader, node: Node) -> code.Expression:
    """A `switch` statement or expression, with colons or arrows."""
    subject = reader.inside(node.child_by_field_name("condition"))
    body = node.child_by_field_name("body")
    branches: list[code.Branch] = []
    waiting: tuple[code.Expression, ...] = ()  # `case A:` without statements falls through to the next
    for child in body.named_children if body is not None else ():
        if child.type == "ERROR":
            parts = reader.salvage(child)
            branches += [code.Branch((), code.Block(child.start_byte, child.end_byte, tuple(parts)))] if parts else []
            continue
        labels = [part for part in child.named_children if part.type == "switch_label"]
        rest = [part for part in child.named_children if part.type != "switch_label"]
        default = False
        for label in labels:
            conditions, is_default = _label(reader, label, subject)
            waiting += conditions
            default = default or is_default
        if default and waiting:
            branches.append(code.Branch(waiting, code.Block(child.start_byte, child.start_byte)))
            waiting = ()
        if rest or default:
            branches.append(code.Branch(waiting, _arm(reader, child, rest)))
            waiting = ()
    return code.When(node.start_byte, node.end_byte, subject, tuple(branches))


def _label(reader: Reader, node: Node, subject: code.Expression) -> tuple[tuple[code.Expression, ...], bool]:
    """The conditions of `case …`, and whether it is the default arm too."""
    conditions: list[code.Expression] = []
    default = any(child.type == "default" for child in node.children)
    for child in node.named_children:
        if child.type == "pattern":
            conditions.append(matches(reader, child, subject))
        elif child.type == "guard":
            guard = reader.expressions(child.named_children)
            whole = code.Logic(node.start_byte, node.end_byte, "and", (*conditions, *guard))
            conditions = [whole]
        elif child.type == "identifier" and reader.source.slice(child.start_byte, child.end_byte) == "default":
            default = True  # `case null, default`: the grammar takes it for a name
        else:
            conditions.extend(reader.expressions([child]))
    return tuple(conditions), default


def _arm(reader: Reader, node: Node, statements: list[Node]) -> code.Block:
    if len(statements) == 1:
        return reader.block(statements[0])
    return code.Block(node.start_byte, node.end_byte, tuple(reader.statements(statements)))
