"""Python `match` statements of a tree in, records out."""

# ruff: noqa: D102 - a method is named after the construct it reads

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages.python_expressions import ExpressionLowering
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

_LITERALS = {"string", "concatenated_string", "integer", "float", "true", "false", "none"}


class PatternLowering(ExpressionLowering):
    """Reads `match`. A class pattern is a Test of the subject; what a pattern captures is a Variable of its arm."""

    def block(self, node: Node | None) -> code.Block:
        raise NotImplementedError

    def match(self, node: Node) -> list[code.Statement]:
        subjects = [self.expression(child) for child in node.children_by_field_name("subject")]
        subject: code.Expression | None = None
        if len(subjects) == 1:
            subject = subjects[0]
        elif subjects:
            subject = code.Group(subjects[0].start, subjects[-1].end, tuple(subjects), "list")
        body = node.child_by_field_name("body")
        clauses = body.children_by_field_name("alternative") if body is not None else []
        branches = tuple(self.case(clause, subject) for clause in clauses if clause.type == "case_clause")
        return [code.When(node.start_byte, node.end_byte, subject, branches)]

    def case(self, node: Node, subject: code.Expression | None) -> code.Branch:
        conditions: list[code.Expression] = []
        captures: list[code.Statement] = []
        for child in node.named_children:
            if child.type == "case_pattern":
                conditions.extend(self.conditions(child, subject))
                captures.extend(self.captures(child))
        guard = node.child_by_field_name("guard")
        if guard is not None:
            conditions = self.guarded(guard, conditions)
        body = self.block(node.child_by_field_name("consequence"))
        return code.Branch(tuple(conditions), code.Block(body.start, body.end, (*captures, *body.items)))

    def guarded(self, guard: Node, conditions: list[code.Expression]) -> list[code.Expression]:
        parts = self.parts(guard)
        if not conditions:
            return list(parts)
        start, end = conditions[0].start, guard.end_byte
        held = conditions[0] if len(conditions) == 1 else code.Logic(start, guard.start_byte, "or", tuple(conditions))
        return [code.Logic(start, end, "and", (held, *parts))]

    def conditions(self, node: Node, subject: code.Expression | None) -> Iterable[code.Expression]:
        """What must hold for one pattern; nothing for a capture or `_`."""
        stack = [node]
        while stack:
            current = stack.pop()
            children = current.named_children
            if current.type in {"case_pattern", "union_pattern"}:
                stack.extend(reversed(children))
            elif current.type == "as_pattern":
                stack.extend(children[:1])
            elif current.type == "class_pattern" and subject is not None and children:
                yield code.Test(current.start_byte, current.end_byte, subject, self.class_of(children[0]))
            elif current.type == "dotted_name" and len(children) > 1:
                yield self.constant(current)
            elif current.type in _LITERALS:
                yield self.expression(current)
            elif current.type not in {"dotted_name", "identifier"}:
                yield code.Group(current.start_byte, current.end_byte, self.texts(current))

    def class_of(self, node: Node) -> code.Type:
        name = ".".join(self.source.text(child) for child in node.named_children)
        return code.Type(node.start_byte, node.end_byte, name)

    def constant(self, node: Node) -> code.Expression:
        value: code.Expression | None = None
        for child in node.named_children:
            start, end, name = child.start_byte, child.end_byte, self.source.text(child)
            value = code.Name(start, end, name) if value is None else code.Member(start, end, value, name)
        return value if value is not None else code.Group(node.start_byte, node.end_byte, ())

    def texts(self, node: Node) -> tuple[code.Expression, ...]:
        """The literals anywhere in a pattern."""
        found: list[code.Expression] = []
        stack = [node]
        while stack:
            current = stack.pop()
            if current.type in _LITERALS:
                found.append(self.expression(current))
            else:
                stack.extend(reversed(current.named_children))
        return tuple(found)

    def captures(self, node: Node) -> Iterable[code.Variable]:
        stack = list(reversed(node.named_children))
        while stack:
            current = stack.pop()
            children = current.named_children
            if current.type == "identifier" or (current.type == "dotted_name" and len(children) == 1):
                yield code.Variable(current.start_byte, current.end_byte, self.source.text(current))
            elif current.type in {"class_pattern", "keyword_pattern"}:
                stack.extend(reversed(children[1:]))
            elif current.type != "dotted_name":
                stack.extend(reversed(children))
