"""Kotlin types, modifiers and annotations, from nodes to records; and what the parts of the lowering share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages.source import Source
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

TYPES = frozenset({"user_type", "nullable_type", "function_type", "parenthesized_type", "non_nullable_type"})
MAXIMUM_DEPTH = 100  # expressions and types nested deeper are left to the lexical pass


class Types:
    """Reads types. `depth` guards the recursion; what lies deeper is left to the lexical pass."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.depth = 0
        self.too_deep: list[tuple[int, int]] = []
        self.marks: dict[int, tuple[code.Annotation, ...]] = {}  # start of a declaration -> annotations taken from it

    def statement(self, node: Node) -> list[code.Statement]:
        """A statement or declaration; more than one for a destructuring."""
        raise NotImplementedError

    def expression(self, node: Node) -> code.Expression:
        """An expression, of whatever kind."""
        raise NotImplementedError

    def arguments(self, node: Node) -> tuple[code.Argument, ...]:
        """The arguments of a call."""
        raise NotImplementedError

    def group(self, node: Node, kind: str = "") -> code.Expression:
        """An expression of which only the parts matter."""
        raise NotImplementedError

    def block(self, node: Node) -> code.Block:
        """A block of statements."""
        raise NotImplementedError

    def dotted(self, node: Node) -> str:
        """A dotted name."""
        if node.type == "identifier":
            return self.source.text(node)
        return ".".join(self.source.text(child) for child in node.named_children if child.type == "identifier")

    def type(self, node: Node) -> code.Type:
        """A type, without nullability."""
        if self.depth >= MAXIMUM_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return code.Type(node.start_byte, node.end_byte, "")
        self.depth += 1
        try:
            return self._type(node)
        finally:
            self.depth -= 1

    def _type(self, node: Node) -> code.Type:
        self.annotations_within(node)
        while node.type in {"nullable_type", "parenthesized_type", "non_nullable_type", "type_projection"}:
            inner = [child for child in node.named_children if child.type in TYPES]
            if not inner:
                return code.Type(node.start_byte, node.end_byte, "")
            node = inner[0]
            self.annotations_within(node)
        if node.type == "function_type":
            return code.Type(node.start_byte, node.end_byte, "", tuple(self.types_within(node)))
        names: list[str] = []
        arguments: list[code.Type] = []
        start, end = node.start_byte, node.end_byte
        for child in node.named_children:
            if child.type == "identifier":
                names.append(self.source.text(child))
                start, end = child.start_byte, child.end_byte
            elif child.type == "type_arguments":
                arguments.extend(self.type(part) for part in child.named_children)
        return code.Type(start, end, ".".join(names), tuple(arguments))

    def types_within(self, node: Node) -> Iterable[code.Type]:
        """The types that a function type is made of."""
        for child in node.named_children:
            if child.type in TYPES:
                yield self.type(child)
            elif child.type == "function_type_parameters":
                for part in child.named_children:
                    self.names_within(part)
                    holder = (
                        part if part.type in TYPES else next((p for p in part.named_children if p.type in TYPES), None)
                    )
                    if holder is not None:
                        yield self.type(holder)

    def names_within(self, node: Node) -> None:
        """Note names that say nothing by themselves: the parameters of a function type, labels."""
        for child in node.named_children:
            if child.type == "identifier":
                self.source.text(child)

    def annotations_within(self, node: Node) -> tuple[code.Annotation, ...]:
        """The annotations right inside a node, or in its modifiers."""
        found: list[code.Annotation] = []
        for child in node.named_children:
            if child.type in {"type_modifiers", "modifiers"}:
                found.extend(self.annotations_within(child))
            elif child.type == "annotation":
                found.extend(
                    self.annotation(part)
                    for part in child.named_children
                    if part.type in {"user_type", "constructor_invocation"}
                )
        return tuple(found)

    def type_of(self, node: Node) -> code.Type:
        """The type that an expression before `::class` spells."""
        if node.type == "identifier":
            return code.Type(node.start_byte, node.end_byte, self.source.text(node))
        if node.type == "navigation_expression":
            names = [self.type_of(child).name for child in node.named_children]
            return code.Type(node.start_byte, node.end_byte, ".".join(names))
        if node.type in TYPES:
            return self.type(node)
        self.expression(node)
        return code.Type(node.start_byte, node.end_byte, "")

    def type_parameters(self, node: Node) -> tuple[code.Type, ...]:
        """Type parameters, each with its bound."""
        found = []
        for child in node.named_children:
            names = [part for part in child.named_children if part.type == "identifier"]
            bounds = [self.type(part) for part in child.named_children if part.type in TYPES]
            if names:
                found.append(code.Type(child.start_byte, child.end_byte, self.source.text(names[0]), tuple(bounds)))
        return tuple(found)

    def modifiers(self, node: Node) -> tuple[tuple[code.Annotation, ...], tuple[str, ...]]:
        """Annotations, and the other modifiers as words."""
        words = [
            self.source.slice(child.start_byte, child.end_byte)
            for child in node.named_children
            if child.type != "annotation"
        ]
        return self.annotations_within(node), tuple(words)

    def constrained(self, parameters: tuple[code.Type, ...], node: Node) -> tuple[code.Type, ...]:
        """Type parameters with the bounds that a `where` gives them; the first bound of each is kept."""
        bounds: dict[str, code.Type] = {}
        for child in node.named_children:
            if child.type == "type_constraint":
                names = [part for part in child.named_children if part.type == "identifier"]
                types = [self.type(part) for part in child.named_children if part.type in TYPES]
                if names and types:
                    bounds.setdefault(self.source.text(names[0]), types[0])
        return tuple(
            code.Type(kind.start, kind.end, kind.name, (bounds[kind.name],))
            if kind.name in bounds and not kind.arguments
            else kind
            for kind in parameters
        )

    def annotation(self, node: Node) -> code.Annotation:
        """One annotation."""
        arguments: tuple[code.Argument, ...] = ()
        named = node
        if node.type == "constructor_invocation":
            named = node.named_children[0]
            if len(node.named_children) > 1:
                arguments = self.arguments(node.named_children[1])
        return code.Annotation(node.start_byte, node.end_byte, self.type(named).name, arguments)
