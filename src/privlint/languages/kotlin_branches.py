"""Kotlin blocks, branches, loops and jumps, from nodes to records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages.kotlin_declarations import Declarations
from privlint.languages.kotlin_types import TYPES
from privlint.model import code

if TYPE_CHECKING:
    from tree_sitter import Node


class Branches(Declarations):
    """Lowers what is taken or not."""

    def block(self, node: Node) -> code.Block:
        """A block."""
        items = [part for child in node.named_children if child.type != "comment" for part in self.statement(child)]
        return code.Block(node.start_byte, node.end_byte, tuple(items))

    def branch(self, node: Node | None) -> code.Block:
        """An arm: a block, or one statement as a block."""
        if node is None:
            return code.Block(0, 0)
        if node.type == "block":
            return self.block(node)
        return code.Block(node.start_byte, node.end_byte, tuple(self.statement(node)))

    def loop(self, node: Node) -> list[code.Statement]:
        """`for`, `while`, `do`."""
        variables: list[code.Parameter] = []
        rest: list[Node] = []
        for child in node.named_children:
            if (
                child.type in {"variable_declaration", "multi_variable_declaration"}
                and node.type == "for_statement"
                and not rest
            ):
                parts = child.named_children if child.type == "multi_variable_declaration" else [child]
                for part in parts:
                    name, start, end, kind = self.variable_name(part)
                    variables.append(code.Parameter(start, end, name, kind))
            elif child.type not in {"label", "annotation", "comment"}:
                rest.append(child)
        if node.type == "do_while_statement":
            rest.reverse()
        source = self.expression(rest[0]) if rest else None
        body = self.branch(rest[1] if len(rest) > 1 else None)
        return [code.Loop(node.start_byte, node.end_byte, tuple(variables), source, body)]

    def if_(self, node: Node) -> code.Expression:
        """`if` and its arms."""
        condition = node.child_by_field_name("condition")
        if condition is None:
            return self.group(node)
        before_else: list[Node] = []
        after_else: list[Node] = []
        seen_else = False
        for child in node.children:
            if child.type == "else":
                seen_else = True
            elif child.is_named and child.start_byte > condition.start_byte and child.type != "comment":
                (after_else if seen_else else before_else).append(child)
        then = self.branch(before_else[0] if before_else else None)
        otherwise = self.branch(after_else[0]) if after_else else None
        return code.If(node.start_byte, node.end_byte, self.expression(condition), then, otherwise)

    def when(self, node: Node) -> code.Expression:
        """`when`, with its subject and branches."""
        subject: code.Expression | None = None
        binding = ""
        branches = []
        for child in node.named_children:
            if child.type == "when_subject":
                for part in child.named_children:
                    if part.type == "variable_declaration":
                        binding = self.variable_name(part)[0]
                    elif part.type != "annotation":
                        subject = self.expression(part)
            elif child.type == "when_entry":
                branches.append(self.when_entry(child, subject))
        return code.When(node.start_byte, node.end_byte, subject, tuple(branches), binding)

    def when_entry(self, node: Node, subject: code.Expression | None) -> code.Branch:
        """One branch; a type test becomes a test of the subject."""
        conditions: list[code.Expression] = []
        body: Node | None = None
        marked = {child.id for child in node.children_by_field_name("condition")}
        last = node.start_byte
        for child in node.named_children:
            guards = self.source.data[last : child.start_byte].strip() == b"if"  # read as one more condition
            last = child.end_byte
            if child.id not in marked:
                body = child if child.type != "comment" else body
            elif child.type == "type_test":
                kinds = [part for part in child.named_children if part.type in TYPES]
                if kinds and subject is not None:
                    negated = any(part.type == "!is" for part in child.children)
                    conditions.append(
                        code.Test(child.start_byte, child.end_byte, subject, self.type(kinds[0]), negated)
                    )
            elif guards and conditions:
                tested = conditions.pop()
                conditions.append(code.Logic(tested.start, child.end_byte, "and", (tested, self.expression(child))))
            else:
                conditions.append(self.expression(child))
        return code.Branch(tuple(conditions), self.branch(body))

    def try_(self, node: Node) -> code.Expression:
        """`try`, its handlers and its `finally`."""
        body = code.Block(node.start_byte, node.end_byte)
        handlers = []
        ending = None
        for child in node.named_children:
            if child.type == "block":
                body = self.block(child)
            elif child.type == "catch_block":
                handlers.append(self.catch(child))
            elif child.type == "finally_block":
                ending = self.block(child.named_children[0]) if child.named_children else None
        return code.Try(node.start_byte, node.end_byte, body, tuple(handlers), ending)

    def catch(self, node: Node) -> code.Block:
        """A handler; what it catches is its first variable."""
        items: tuple[code.Statement, ...] = ()
        name: Node | None = None
        kind: code.Type | None = None
        for child in node.named_children:
            if child.type == "identifier":
                name = child
            elif child.type in TYPES:
                kind = self.type(child)
            elif child.type == "block":
                items = self.block(child).items
        if name is not None:
            items = (code.Variable(name.start_byte, name.end_byte, self.source.text(name), kind), *items)
        return code.Block(node.start_byte, node.end_byte, items)

    def jump(self, node: Node) -> code.Expression:
        """`return`, `throw`, `break`, `continue`."""
        kind = node.type.partition("_")[0]
        values = [child for child in node.named_children if child.type != "comment"]
        label = node.child_by_field_name("label")
        if label is not None:
            self.source.text(label)
        values = [child for child in values if label is None or child.id != label.id]
        return code.Jump(node.start_byte, node.end_byte, kind, self.expression(values[0]) if values else None)
