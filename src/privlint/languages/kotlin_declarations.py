"""Kotlin declarations, from nodes to records: classes, functions, properties, aliases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.languages.kotlin_types import TYPES, Types
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node


_CONTEXT = re.compile(rb"\bcontext\(([^()]*)\)[\s\w@.<>,]*\Z")
_CONTEXT_PARAMETER = re.compile(rb"(\w+)\s*:\s*([\w.]+)")


class Head:
    """What `head` gathers of a class-like declaration; local to the lowering."""

    def __init__(self) -> None:
        self.annotations: tuple[code.Annotation, ...] = ()
        self.modifiers: tuple[str, ...] = ()
        self.type_parameters: tuple[code.Type, ...] = ()
        self.parameters: tuple[code.Variable, ...] = ()
        self.property_parameters: tuple[str, ...] = ()
        self.supertypes: tuple[code.Type, ...] = ()
        self.super_arguments: tuple[code.Argument, ...] = ()
        self.members: tuple[code.Declaration | code.Block, ...] = ()
        self.initialisers: list[code.Expression] = []


class Declarations(Types):
    """Lowers declarations."""

    def class_(self, node: Node) -> list[code.Statement]:
        """A class, interface or object."""
        name_node = node.child_by_field_name("name")
        name = self.source.text(name_node) if name_node else ""
        start, end = (name_node.start_byte, name_node.end_byte) if name_node else (node.start_byte, node.start_byte)
        head = self.head(node)
        head.annotations = (*self.marks.get(node.start_byte, ()), *head.annotations)
        kind = "class"
        if node.type == "object_declaration":
            kind = "object"
        elif node.type == "companion_object":
            kind, name = "companion", name or "Companion"
        elif any(child.type == "interface" for child in node.children):
            kind = "interface"
        elif "enum" in head.modifiers:
            kind = "enum"
        elif "data" in head.modifiers:
            kind = "data"
        elif "annotation" in head.modifiers:
            kind = "annotation"
        return [
            code.Class(
                start,
                end,
                name,
                kind,
                (node.start_byte, node.end_byte),
                head.supertypes,
                head.super_arguments,
                head.members,
                head.parameters,
                head.property_parameters,
                head.annotations,
                head.modifiers,
                head.type_parameters,
            )
        ]

    def head(self, node: Node) -> Head:
        """Everything of a class-like declaration except its name and kind."""
        head = Head()
        for child in node.named_children:
            match child.type:
                case "modifiers":
                    head.annotations, head.modifiers = self.modifiers(child)
                case "type_parameters":
                    head.type_parameters = self.type_parameters(child)
                case "primary_constructor":
                    head.annotations = (*head.annotations, *self.annotations_within(child))
                    self.primary_constructor(child, head)
                case "type_constraints":
                    head.type_parameters = self.constrained(head.type_parameters, child)
                case "delegation_specifiers":
                    self.supertypes(child, head)
                case "class_body" | "enum_class_body":
                    head.members = tuple(self.members(child))
        return head

    def primary_constructor(self, node: Node, head: Head) -> None:
        """Take the parameters of a primary constructor; those with `val` or `var` are members too."""
        parameters = []
        properties = []
        for holder in node.named_children:
            if holder.type != "class_parameters":
                continue
            for child in holder.named_children:
                if child.type != "class_parameter":
                    continue
                parameter = self.class_parameter(child)
                parameters.append(parameter)
                if any(part.type in {"val", "var"} for part in child.children):
                    properties.append(parameter.name)
        head.parameters = tuple(parameters)
        head.property_parameters = tuple(properties)

    def class_parameter(self, node: Node) -> code.Variable:
        """One parameter of a primary constructor."""
        name = ""
        start = end = node.start_byte
        kind: code.Type | None = None
        value: code.Expression | None = None
        annotations: tuple[code.Annotation, ...] = ()
        for child in node.named_children:
            if child.type == "modifiers":
                annotations, _ = self.modifiers(child)
            elif child.type == "identifier" and not name:
                name, start, end = self.source.text(child), child.start_byte, child.end_byte
            elif child.type in TYPES:
                kind = self.type(child)
            else:
                value = self.expression(child)
        return code.Variable(start, end, name, kind, value, annotations=annotations)

    def supertypes(self, node: Node, head: Head) -> None:
        """Take the supertypes, and the arguments of the superclass."""
        types = []
        for specifier in node.named_children:
            for child in specifier.named_children:
                part = child
                if child.type == "explicit_delegation":
                    part = child.named_children[0]
                    for value in child.named_children[1:]:
                        head.initialisers.append(self.expression(value))
                if part.type == "constructor_invocation":
                    types.append(self.type(part.named_children[0]))
                    if len(part.named_children) > 1:
                        head.super_arguments = self.arguments(part.named_children[1])
                elif part.type in TYPES:
                    types.append(self.type(part))
        head.supertypes = tuple(types)

    def members(self, node: Node) -> Iterable[code.Declaration | code.Block]:
        """The members of a class body."""
        for child in node.named_children:
            if child.type == "anonymous_initializer":
                for block in child.named_children:
                    yield self.block(block)
            elif child.type == "enum_entry":
                yield self.enum_entry(child)
            elif child.type in {"modifiers", "comment"}:
                continue
            else:
                for item in self.statement(child):
                    if isinstance(item, code.Variable | code.Function | code.Class | code.Alias):
                        yield item
                    else:  # what the parser could not place is still worth reading
                        yield code.Block(child.start_byte, child.end_byte, (item,))

    def enum_entry(self, node: Node) -> code.Variable:
        """An enum constant: a value that may have a body of its own."""
        name = ""
        start = end = node.start_byte
        arguments: tuple[code.Argument, ...] = ()
        body: code.Class | None = None
        for child in node.named_children:
            if child.type == "identifier":
                name, start, end = self.source.text(child), child.start_byte, child.end_byte
            elif child.type == "value_arguments":
                arguments = self.arguments(child)
            elif child.type == "class_body":
                body = self.anonymous(child, ())
        value = code.New(start, end, code.Type(start, end, ""), arguments, body)
        return code.Variable(start, end, name, None, value, constant=True, static=True)

    def anonymous(self, body: Node, supertypes: tuple[code.Type, ...]) -> code.Class:
        """A class without a name."""
        extent = (body.start_byte, body.end_byte)
        return code.Class(
            body.start_byte, body.start_byte, "", "class", extent, supertypes, (), tuple(self.members(body))
        )

    def function(self, node: Node) -> list[code.Statement]:
        """A function, method or secondary constructor."""
        name_node = node.child_by_field_name("name")
        name = self.source.text(name_node) if name_node else ""
        start, end = (name_node.start_byte, name_node.end_byte) if name_node else (node.start_byte, node.start_byte)
        if node.type == "secondary_constructor":
            name = "<init>"
        annotations = self.marks.get(node.start_byte, ())
        modifiers: tuple[str, ...] = ()
        type_parameters: tuple[code.Type, ...] = ()
        receiver: code.Type | None = None
        result: code.Type | None = None
        body: code.Block | None = None
        delegation: list[code.Statement] = []
        skipped = False
        parameters: tuple[code.Parameter, ...] = ()
        for child in node.named_children:
            match child.type:
                case "modifiers":
                    written, modifiers = self.modifiers(child)
                    annotations = (*annotations, *written)
                case "type_parameters":
                    type_parameters = self.type_parameters(child)
                case "type_constraints":
                    type_parameters = self.constrained(type_parameters, child)
                case "function_value_parameters":
                    parameters = (*self.parameters(child), *self.context(node))
                case "function_body" | "block":
                    if child.type == "function_body" and not any(part.type == "block" for part in child.named_children):
                        modifiers = (*modifiers, "expression")  # may give the function its type: never skipped
                        body = self.body(child)
                        continue
                    skipped = not self.source.holds(child.start_byte, child.end_byte)
                    body = None if skipped else self.body(child)
                case "constructor_delegation_call":
                    delegation.append(self.delegation_call(child))
                case kind if kind in TYPES:
                    if name_node is not None and child.start_byte < name_node.start_byte:
                        receiver = self.type(child)
                    elif node.type != "secondary_constructor":
                        result = self.type(child)
        if delegation:
            items = body.items if body else ()
            body = code.Block(node.start_byte, node.end_byte, (*delegation, *items))
        return [
            code.Function(
                start, end, name, (node.start_byte, node.end_byte), parameters, result, body, receiver,
                annotations, modifiers, type_parameters, skipped,
            )
        ]  # fmt: skip

    def context(self, node: Node) -> tuple[code.Parameter, ...]:
        """The context parameters before a function; the grammar does not know them, and they are blanked for it."""
        name = node.child_by_field_name("name")
        end = name.start_byte if name is not None else node.start_byte
        first = max(0, end - 500)
        if self.source.data.find(b"context(", first, end) < 0:
            return ()
        before = self.source.data[first:end]
        match = _CONTEXT.search(before)
        if match is None:
            return ()
        parameters = []
        for given in _CONTEXT_PARAMETER.finditer(before, *match.span(1)):
            start, end, kind_start, kind_end = (first + offset for offset in (*given.span(1), *given.span(2)))
            self.source.seen.update(self.source.hits_between(start, kind_end))
            kind = code.Type(kind_start, kind_end, self.source.slice(kind_start, kind_end))
            parameters.append(code.Parameter(start, end, self.source.slice(start, end), kind))
        return tuple(parameters)

    def delegation_call(self, node: Node) -> code.Expression:
        """`: this(…)`, `: super(…)`."""
        arguments: tuple[code.Argument, ...] = ()
        for child in node.named_children:
            if child.type == "value_arguments":
                arguments = self.arguments(child)
        target = "super" if self.source.data[node.start_byte : node.start_byte + 5] == b"super" else "this"
        callee = code.Name(node.start_byte, node.start_byte + len(target), target)
        return code.Call(callee.start, callee.end, callee, arguments)

    def parameters(self, node: Node) -> tuple[code.Parameter, ...]:
        """The parameters of a function; a default value follows its parameter."""
        found: list[code.Parameter] = []
        annotations: tuple[code.Annotation, ...] = ()
        for child in node.named_children:
            if child.type == "parameter":
                found.append(self.parameter(child, annotations))
                annotations = ()
            elif child.type == "parameter_modifiers":
                annotations, _ = self.modifiers(child)
            elif child.type != "ERROR" and found:  # a default value follows its parameter
                last = found.pop()
                found.append(
                    code.Parameter(last.start, last.end, last.name, last.type, self.expression(child), last.annotations)
                )
        return tuple(found)

    def parameter(self, node: Node, annotations: tuple[code.Annotation, ...]) -> code.Parameter:
        """One parameter."""
        name = ""
        start = end = node.start_byte
        kind: code.Type | None = None
        for child in node.named_children:
            if child.type == "identifier":
                name, start, end = self.source.text(child), child.start_byte, child.end_byte
            elif child.type in TYPES:
                kind = self.type(child)
        return code.Parameter(start, end, name, kind, None, annotations)

    def property(self, node: Node) -> list[code.Statement]:
        """A property or local; one variable for each name."""
        names: list[Node] = []
        receiver: code.Type | None = None
        got: code.Type | None = None  # the type that the getter writes
        value: code.Expression | None = None
        delegate: code.Expression | None = None
        getter: code.Block | None = None
        setters: list[Node] = []
        annotations = self.marks.get(node.start_byte, ())
        modifiers: tuple[str, ...] = ()
        destructured = False
        for child in node.named_children:
            match child.type:
                case "modifiers":
                    written, modifiers = self.modifiers(child)
                    annotations = (*annotations, *written)
                case "variable_declaration":
                    names.append(child)
                case "multi_variable_declaration":
                    names.extend(child.named_children)
                    destructured = True
                case "property_delegate":
                    delegate = self.expression(child.named_children[0]) if child.named_children else None
                case "getter":
                    getter = self.accessor(child)
                    got = self.written_type(child)
                case "setter":
                    setters.append(child)
                case "type_parameters":
                    self.type_parameters(child)
                case "type_constraints":
                    self.constrained((), child)
                case other if other in TYPES and not names:
                    receiver = self.type(child)
                case _:
                    value = self.expression(child)
        constant = any(child.type == "val" for child in node.children)
        variables: list[code.Statement] = []
        for name_node in names:
            name, start, end, kind = self.variable_name(name_node)
            kind = kind or got
            if not name:
                continue
            given = self.component(value, len(variables)) if destructured and value is not None else value
            variables.append(
                code.Variable(
                    start,
                    end,
                    name,
                    kind,
                    given,
                    delegate,
                    getter,
                    receiver,
                    constant,
                    "const" in modifiers,
                    annotations,
                )
            )
        if destructured and value is not None:
            variables.insert(0, code.Variable(value.start, value.start, f"<{value.start}>", None, value, constant=True))
        kept = variables[-1].type if variables and isinstance(variables[-1], code.Variable) else None
        return variables + [setter for node in setters for setter in self.setter(node, kept)]

    def component(self, value: code.Node, index: int) -> code.Expression:
        """What destructuring takes out of a value that is kept under its offset."""
        start = value.start
        whole = code.Name(start, start, f"<{start}>")
        return code.Call(start, start, code.Member(start, start, whole, f"component{index + 1}"))

    def setter(self, node: Node, kind: code.Type | None) -> list[code.Statement]:
        """A setter, as a function without a name; its parameter has the type of the property."""
        self.annotations_within(node)
        names = [child for child in node.named_children if child.type == "identifier"]
        parameters = tuple(
            code.Parameter(name.start_byte, name.end_byte, self.source.text(name), kind) for name in names[:1]
        )
        body = self.accessor(node)
        extent = (node.start_byte, node.end_byte)
        if body is None:
            return []
        return [code.Function(node.start_byte, node.start_byte, "<set>", extent, parameters, None, body)]

    def written_type(self, node: Node) -> code.Type | None:
        """The type that an accessor writes."""
        self.annotations_within(node)
        return next((self.type(child) for child in node.named_children if child.type in TYPES), None)

    def accessor(self, node: Node) -> code.Block | None:
        """The body of a getter or setter."""
        for child in node.named_children:
            if child.type in {"function_body", "block"}:
                return self.body(child)
        return None

    def variable_name(self, node: Node) -> tuple[str, int, int, code.Type | None]:
        """The name of a variable, its region and its type."""
        name = ""
        start = end = node.start_byte
        kind: code.Type | None = None
        for child in node.named_children or [node]:
            if child.type == "identifier" and not name:
                name, start, end = self.source.text(child), child.start_byte, child.end_byte
            elif child.type in TYPES:
                kind = self.type(child)
        return name, start, end, kind

    def alias(self, node: Node) -> list[code.Statement]:
        """A type alias."""
        name = node.child_by_field_name("type")
        target = [child for child in node.named_children if child.type in TYPES]
        if name is None or not target:
            return []
        return [code.Alias(name.start_byte, name.end_byte, self.source.text(name), self.type(target[-1]))]

    def body(self, node: Node) -> code.Block:
        """A function body: a block, or one expression as a block of one item."""
        if node.type == "function_body":
            for child in node.named_children:
                if child.type == "block":
                    return self.block(child)
        return self.block(node)
