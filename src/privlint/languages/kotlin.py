"""Kotlin bytes in, `SourceFile` out, by tree-sitter-kotlin 1.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.languages import kotlin_repair
from privlint.languages.grammar import parser
from privlint.languages.prose import blank_comments, prose
from privlint.languages.source import Source, broken_ranges
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tree_sitter import Node

MAXIMUM_DEPTH = 100  # expressions nested deeper are left to the lexical pass

_SIMPLE_TEMPLATE = re.compile(r"\$([^\W\d]\w*)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "'": "'", '"': '"', "\\": "\\", "$": "$"}
_TRUTH = {"true": True, "false": False, "null": None}
_LIST_MAKERS = {"arrayOf", "listOf", "setOf", "mutableListOf", "intArrayOf", "arrayListOf", "mutableSetOf", "listOfNotNull"}
_TYPES = {"user_type", "nullable_type", "function_type", "parenthesized_type", "non_nullable_type"}


def extract(data: bytes, words: frozenset[str] | None) -> code.SourceFile:
    """Lower one Kotlin file; see `privlint.languages.extract`."""
    quiet = prose(data, "kotlin")
    text = kotlin_repair.always(blank_comments(data, "kotlin"), quiet)
    tree = parser("tree_sitter_kotlin").parse(text)
    if tree.root_node.has_error:
        repaired = kotlin_repair.after_errors(text)
        if repaired != text:
            second = parser("tree_sitter_kotlin").parse(repaired)
            if _error_bytes(second.root_node) < _error_bytes(tree.root_node):
                tree = second
    source = Source(data, words)
    return _Lowering(source).file(tree.root_node, quiet)


def _error_bytes(root: Node) -> int:
    return sum(end - start for start, end in broken_ranges(root))


class _Lowering:
    """One pass over one tree. `depth` guards the recursion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.depth = 0
        self.too_deep: list[tuple[int, int]] = []

    # --- the file ---------------------------------------------------------------------------------------------------

    def file(self, root: Node, quiet: tuple[tuple[int, int], ...]) -> code.SourceFile:
        package = ""
        imports: list[code.Import] = []
        items: list[code.Statement] = []
        annotations: list[code.Annotation] = []
        for child in root.named_children:
            match child.type:
                case "package_header":
                    package = self.dotted(child.named_children[0]) if child.named_children else ""
                case "import":
                    imports.append(self.import_(child))
                case "file_annotation":
                    annotations.extend(self.annotation(part) for part in child.named_children if part.type != "use_site_target")
                case _:
                    items.extend(self.statement(child))
        return code.SourceFile(
            "kotlin",
            package,
            tuple(imports),
            tuple(items),
            tuple(annotations),
            self.comments(quiet),
            self.source.lost(quiet),
            tuple(sorted((*broken_ranges(root), *self.too_deep))),
            len(self.source.data),
        )

    def comments(self, quiet: Iterable[tuple[int, int]]) -> tuple[code.Comment, ...]:
        if b"privlint:" not in self.source.data:
            return ()
        found = []
        for start, end in quiet:
            text = self.source.slice(start, end)
            if "privlint:" in text and text.startswith("/"):
                found.append(code.Comment(start, end, text.strip("/*").strip()))
        return tuple(found)

    def import_(self, node: Node) -> code.Import:
        path = alias = ""
        for child in node.named_children:
            if child.type == "qualified_identifier":
                path = self.dotted(child)
            elif child.type == "identifier":
                if path:
                    alias = self.source.text(child)
                else:
                    path = self.source.text(child)
        wildcard = self.source.data[node.start_byte : node.end_byte].rstrip(b" ;\r\n").endswith(b"*")
        return code.Import(node.start_byte, node.end_byte, path, alias, wildcard)

    def dotted(self, node: Node) -> str:
        if node.type == "identifier":
            return self.source.text(node)
        return ".".join(self.source.text(child) for child in node.named_children if child.type == "identifier")

    # --- declarations -----------------------------------------------------------------------------------------------

    def statement(self, node: Node) -> list[code.Statement]:
        """A statement or declaration; more than one for a destructuring."""
        handler = _DECLARATIONS.get(node.type)
        if handler is not None:
            return handler(self, node)
        if node.type == "ERROR":
            return [part for child in node.named_children for part in self.statement(child)]
        return [self.expression(node)]

    def class_(self, node: Node) -> list[code.Statement]:
        name_node = node.child_by_field_name("name")
        name = self.source.text(name_node) if name_node else ""
        start, end = (name_node.start_byte, name_node.end_byte) if name_node else (node.start_byte, node.start_byte)
        head = self.head(node)
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

    def head(self, node: Node) -> _Head:
        """Everything of a class-like declaration except its name and kind."""
        head = _Head()
        for child in node.named_children:
            match child.type:
                case "modifiers":
                    head.annotations, head.modifiers = self.modifiers(child)
                case "type_parameters":
                    head.type_parameters = self.type_parameters(child)
                case "primary_constructor":
                    self.primary_constructor(child, head)
                case "delegation_specifiers":
                    self.supertypes(child, head)
                case "class_body" | "enum_class_body":
                    head.members = tuple(self.members(child))
        return head

    def primary_constructor(self, node: Node, head: _Head) -> None:
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
            elif child.type in _TYPES:
                kind = self.type(child)
            else:
                value = self.expression(child)
        return code.Variable(start, end, name, kind, value, annotations=annotations)

    def supertypes(self, node: Node, head: _Head) -> None:
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
                elif part.type in _TYPES:
                    types.append(self.type(part))
        head.supertypes = tuple(types)

    def members(self, node: Node) -> Iterable[code.Declaration | code.Block]:
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
        extent = (body.start_byte, body.end_byte)
        return code.Class(body.start_byte, body.start_byte, "", "class", extent, supertypes, (), tuple(self.members(body)))

    def function(self, node: Node) -> list[code.Statement]:
        name_node = node.child_by_field_name("name")
        name = self.source.text(name_node) if name_node else ""
        start, end = (name_node.start_byte, name_node.end_byte) if name_node else (node.start_byte, node.start_byte)
        if node.type == "secondary_constructor":
            name = "<init>"
        annotations: tuple[code.Annotation, ...] = ()
        modifiers: tuple[str, ...] = ()
        type_parameters: tuple[code.Type, ...] = ()
        parameters: tuple[code.Parameter, ...] = ()
        receiver: code.Type | None = None
        result: code.Type | None = None
        body: code.Block | None = None
        delegation: list[code.Statement] = []
        skipped = False
        for child in node.named_children:
            match child.type:
                case "modifiers":
                    annotations, modifiers = self.modifiers(child)
                case "type_parameters":
                    type_parameters = self.type_parameters(child)
                case "function_value_parameters":
                    parameters = self.parameters(child)
                case "function_body" | "block":
                    if child.type == "function_body" and not any(part.type == "block" for part in child.named_children):
                        modifiers = (*modifiers, "expression")  # may give the function its type: never skipped
                        body = self.body(child)
                        continue
                    skipped = not self.source.holds(child.start_byte, child.end_byte)
                    body = None if skipped else self.body(child)
                case "constructor_delegation_call":
                    delegation.append(self.delegation_call(child))
                case kind if kind in _TYPES:
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

    def delegation_call(self, node: Node) -> code.Expression:
        arguments: tuple[code.Argument, ...] = ()
        for child in node.named_children:
            if child.type == "value_arguments":
                arguments = self.arguments(child)
        target = "super" if self.source.data[node.start_byte : node.start_byte + 5] == b"super" else "this"
        callee = code.Name(node.start_byte, node.start_byte + len(target), target)
        return code.Call(callee.start, callee.end, callee, arguments)

    def parameters(self, node: Node) -> tuple[code.Parameter, ...]:
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
                found.append(code.Parameter(last.start, last.end, last.name, last.type, self.expression(child), last.annotations))
        return tuple(found)

    def parameter(self, node: Node, annotations: tuple[code.Annotation, ...]) -> code.Parameter:
        name = ""
        start = end = node.start_byte
        kind: code.Type | None = None
        for child in node.named_children:
            if child.type == "identifier":
                name, start, end = self.source.text(child), child.start_byte, child.end_byte
            elif child.type in _TYPES:
                kind = self.type(child)
        return code.Parameter(start, end, name, kind, None, annotations)

    def type_parameters(self, node: Node) -> tuple[code.Type, ...]:
        found = []
        for child in node.named_children:
            names = [part for part in child.named_children if part.type == "identifier"]
            bounds = [self.type(part) for part in child.named_children if part.type in _TYPES]
            if names:
                found.append(code.Type(child.start_byte, child.end_byte, self.source.text(names[0]), tuple(bounds)))
        return tuple(found)

    def modifiers(self, node: Node) -> tuple[tuple[code.Annotation, ...], tuple[str, ...]]:
        annotations: list[code.Annotation] = []
        words: list[str] = []
        for child in node.named_children:
            if child.type == "annotation":
                annotations.extend(
                    self.annotation(part) for part in child.named_children if part.type in {"user_type", "constructor_invocation"}
                )
            else:
                words.append(self.source.slice(child.start_byte, child.end_byte))
        return tuple(annotations), tuple(words)

    def annotation(self, node: Node) -> code.Annotation:
        arguments: tuple[code.Argument, ...] = ()
        named = node
        if node.type == "constructor_invocation":
            named = node.named_children[0]
            if len(node.named_children) > 1:
                arguments = self.arguments(node.named_children[1])
        return code.Annotation(node.start_byte, node.end_byte, self.type(named).name, arguments)

    def property(self, node: Node) -> list[code.Statement]:
        names: list[Node] = []
        kind = receiver = None
        value: code.Expression | None = None
        delegate: code.Expression | None = None
        getter: code.Block | None = None
        extra: list[code.Statement] = []
        annotations: tuple[code.Annotation, ...] = ()
        modifiers: tuple[str, ...] = ()
        destructured = False
        for child in node.named_children:
            match child.type:
                case "modifiers":
                    annotations, modifiers = self.modifiers(child)
                case "variable_declaration":
                    names.append(child)
                case "multi_variable_declaration":
                    names.extend(child.named_children)
                    destructured = True
                case "property_delegate":
                    delegate = self.expression(child.named_children[0]) if child.named_children else None
                case "getter":
                    getter = self.accessor(child)
                case "setter":
                    body = self.accessor(child)
                    if body is not None:
                        extra.append(self.nameless(child, body))
                case "type_parameters" | "type_constraints":
                    continue
                case other if other in _TYPES and not names:
                    receiver = self.type(child)
                case _:
                    value = self.expression(child)
        constant = any(child.type == "val" for child in node.children)
        variables: list[code.Statement] = []
        for name_node in names:
            name, start, end, kind = self.variable_name(name_node)
            if not name:
                continue
            given = None if destructured else value
            variables.append(
                code.Variable(start, end, name, kind, given, delegate, getter, receiver, constant, "const" in modifiers, annotations)
            )
        if destructured and value is not None:
            variables.insert(0, value)
        return variables + extra

    def nameless(self, node: Node, body: code.Block) -> code.Function:
        extent = (node.start_byte, node.end_byte)
        return code.Function(node.start_byte, node.start_byte, "<set>", extent, (), None, body)

    def accessor(self, node: Node) -> code.Block | None:
        for child in node.named_children:
            if child.type in {"function_body", "block"}:
                return self.body(child)
        return None

    def variable_name(self, node: Node) -> tuple[str, int, int, code.Type | None]:
        name = ""
        start = end = node.start_byte
        kind: code.Type | None = None
        for child in node.named_children or [node]:
            if child.type == "identifier" and not name:
                name, start, end = self.source.text(child), child.start_byte, child.end_byte
            elif child.type in _TYPES:
                kind = self.type(child)
        return name, start, end, kind

    def alias(self, node: Node) -> list[code.Statement]:
        name = node.child_by_field_name("type")
        target = [child for child in node.named_children if child.type in _TYPES]
        if name is None or not target:
            return []
        return [code.Alias(name.start_byte, name.end_byte, self.source.text(name), self.type(target[-1]))]

    # --- types ------------------------------------------------------------------------------------------------------

    def type(self, node: Node) -> code.Type:
        while node.type in {"nullable_type", "parenthesized_type", "non_nullable_type", "type_projection"}:
            inner = [child for child in node.named_children if child.type in _TYPES]
            if not inner:
                return code.Type(node.start_byte, node.end_byte, "")
            node = inner[0]
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
        for child in node.named_children:
            if child.type in _TYPES:
                yield self.type(child)
            elif child.type == "function_type_parameters":
                for part in child.named_children:
                    holder = part if part.type in _TYPES else next((p for p in part.named_children if p.type in _TYPES), None)
                    if holder is not None:
                        yield self.type(holder)

    # --- statements -------------------------------------------------------------------------------------------------

    def block(self, node: Node) -> code.Block:
        items = [part for child in node.named_children if child.type != "comment" for part in self.statement(child)]
        return code.Block(node.start_byte, node.end_byte, tuple(items))

    def body(self, node: Node) -> code.Block:
        """A function body: a block, or one expression as a block of one item."""
        if node.type == "function_body":
            for child in node.named_children:
                if child.type == "block":
                    return self.block(child)
        return self.block(node)

    def branch(self, node: Node | None) -> code.Block:
        if node is None:
            return code.Block(0, 0)
        if node.type == "block":
            return self.block(node)
        return code.Block(node.start_byte, node.end_byte, tuple(self.statement(node)))

    def loop(self, node: Node) -> list[code.Statement]:
        variables: list[code.Parameter] = []
        rest: list[Node] = []
        for child in node.named_children:
            if child.type in {"variable_declaration", "multi_variable_declaration"} and node.type == "for_statement" and not rest:
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

    # --- expressions ------------------------------------------------------------------------------------------------

    def expression(self, node: Node) -> code.Expression:
        if self.depth >= MAXIMUM_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return code.Group(node.start_byte, node.end_byte, ())
        self.depth += 1
        try:
            handler = _EXPRESSIONS.get(node.type)
            return handler(self, node) if handler is not None else self.group(node)
        finally:
            self.depth -= 1

    def group(self, node: Node, kind: str = "") -> code.Expression:
        parts: list[code.Expression] = []
        for child in node.named_children:
            if child.type in {"comment", "label"}:
                continue
            if child.type in _TYPES:
                self.type(child)
                continue
            for item in self.statement(child):
                parts.append(code.Block(child.start_byte, child.end_byte, (item,)) if isinstance(item, _STATEMENTS) else item)
        return code.Group(node.start_byte, node.end_byte, tuple(parts), kind)

    def only(self, node: Node) -> code.Expression:
        inner = [child for child in node.named_children if child.type not in {"comment", "label", "annotation"}]
        return self.expression(inner[-1]) if len(inner) == 1 else self.group(node)

    def name(self, node: Node) -> code.Expression:
        name = self.source.text(node)
        if name in _TRUTH:
            return code.Literal(node.start_byte, node.end_byte, _TRUTH[name])
        return code.Name(node.start_byte, node.end_byte, name.strip("`"))

    def keyword(self, node: Node) -> code.Expression:
        name = "super" if node.type == "super_expression" else "this"
        label = [child for child in node.named_children if child.type == "identifier"]
        text = f"{name}@{self.source.text(label[0])}" if label else name
        return code.Name(node.start_byte, node.end_byte, text)

    def literal(self, node: Node) -> code.Expression:
        text = self.source.slice(node.start_byte, node.end_byte)
        if text in _TRUTH:
            return code.Literal(node.start_byte, node.end_byte, _TRUTH[text])
        try:
            value: str | int = int(text.rstrip("uUlL").replace("_", ""), 0)
        except ValueError:
            value = text
        return code.Literal(node.start_byte, node.end_byte, value)

    def string(self, node: Node) -> code.Expression:
        parts: list[code.Expression] = []
        text = ""
        position = node.start_byte
        for child in node.named_children:
            if child.type == "interpolation":
                parts.extend(self.pieces(text, position))
                parts.extend(self.expression(part) for part in child.named_children)
                text, position = "", child.end_byte
            elif child.type == "escape_sequence":
                text += _unescape(self.source.slice(child.start_byte, child.end_byte))
            else:
                text += self.source.slice(child.start_byte, child.end_byte)
        parts.extend(self.pieces(text, position))
        if len(parts) == 1 and isinstance(parts[0], code.Literal):
            return code.Literal(node.start_byte, node.end_byte, parts[0].value)
        if not parts:
            return code.Literal(node.start_byte, node.end_byte, "")
        return code.Template(node.start_byte, node.end_byte, tuple(parts))

    def pieces(self, text: str, position: int) -> Iterable[code.Expression]:
        """Literal text, and the `$name` that the grammar leaves inside it."""
        last = 0
        for match in _SIMPLE_TEMPLATE.finditer(text):
            if match.start() > last:
                yield code.Literal(position, position, text[last : match.start()])
            yield code.Name(position, position, match.group(1))
            last = match.end()
        if last < len(text):
            yield code.Literal(position, position, text[last:])

    def member(self, node: Node) -> code.Expression:
        children = node.named_children
        if len(children) < 2:
            return self.group(node)
        receiver, last = children[0], children[-1]
        if last.type != "identifier":
            return self.group(node)
        name = self.source.text(last).strip("`")
        if any(child.type == "::" for child in node.children):
            if name == "class":
                return code.ClassLiteral(last.start_byte, last.end_byte, self.type_of(receiver))
            return code.Reference(last.start_byte, last.end_byte, self.expression(receiver), name)
        target = self.expression(receiver)
        if name in {"java", "javaObjectType"} and isinstance(target, code.ClassLiteral):
            return target
        return code.Member(last.start_byte, last.end_byte, target, name)

    def type_of(self, node: Node) -> code.Type:
        """The type that an expression before `::class` spells."""
        if node.type == "identifier":
            return code.Type(node.start_byte, node.end_byte, self.source.text(node))
        if node.type == "navigation_expression":
            names = []
            for child in node.named_children:
                names.append(self.type_of(child).name)
            return code.Type(node.start_byte, node.end_byte, ".".join(names))
        if node.type in _TYPES:
            return self.type(node)
        self.expression(node)
        return code.Type(node.start_byte, node.end_byte, "")

    def reference(self, node: Node) -> code.Expression:
        names = [child for child in node.named_children if child.type == "identifier"]
        types = [child for child in node.named_children if child.type in _TYPES]
        if not names:
            return self.group(node)
        receiver: code.Expression | None = None
        if types:
            kind = self.type(types[0])
            receiver = code.Name(kind.start, kind.end, kind.name)
        elif len(names) > 1:
            receiver = self.expression(names[0])
        last = names[-1]
        return code.Reference(last.start_byte, last.end_byte, receiver, self.source.text(last))

    def call(self, node: Node) -> code.Expression:
        callee: Node | None = None
        arguments: tuple[code.Argument, ...] = ()
        types: tuple[code.Type, ...] = ()
        for child in node.named_children:
            match child.type:
                case "value_arguments":
                    arguments = (*arguments, *self.arguments(child))
                case "type_arguments":
                    types = tuple(self.type(part) for part in child.named_children)
                case "annotated_lambda" | "lambda_literal":
                    arguments = (*arguments, code.Argument(self.only(child) if child.type == "annotated_lambda" else self.lambda_(child)))
                case "comment":
                    continue
                case _:
                    callee = callee or child
        if callee is None:
            return self.group(node)
        target = self.expression(callee)
        if isinstance(target, code.Call) and callee.type == "call_expression" and len(arguments) == 1 and not types:
            if isinstance(arguments[0].value, code.Lambda):  # `f(a) { … }` is one call with two arguments
                return code.Call(target.start, target.end, target.callee, (*target.arguments, *arguments), target.types)
        return self.made_call(target, arguments, types)

    def made_call(
        self, target: code.Expression, arguments: tuple[code.Argument, ...], types: tuple[code.Type, ...]
    ) -> code.Expression:
        if isinstance(target, code.Name) and target.name in _LIST_MAKERS and not types:
            return code.Group(target.start, target.end, tuple(argument.value for argument in arguments), "list")
        if isinstance(target, code.Name | code.Member):
            return code.Call(target.start, target.end, target, arguments, types)
        return code.Call(target.start, target.end, target, arguments, types)

    def arguments(self, node: Node) -> tuple[code.Argument, ...]:
        found = []
        for child in node.named_children:
            if child.type != "value_argument":
                if child.type != "comment":
                    found.append(code.Argument(self.expression(child)))
                continue
            parts = [part for part in child.named_children if part.type not in {"comment", "annotation"}]
            if not parts:
                continue
            named = len(parts) > 1 and parts[0].type == "identifier" and any(part.type == "=" for part in child.children)
            name = self.source.text(parts[0]) if named else ""
            found.append(code.Argument(self.expression(parts[-1]), name))
        return tuple(found)

    def lambda_(self, node: Node) -> code.Expression:
        parameters: list[code.Parameter] = []
        items: list[code.Statement] = []
        for child in node.named_children:
            if child.type == "lambda_parameters":
                for part in child.named_children:
                    if part.type == "multi_variable_declaration":
                        parameters.append(code.Parameter(part.start_byte, part.end_byte, ""))
                        items.extend(
                            code.Variable(start, end, name, kind)
                            for name, start, end, kind in map(self.variable_name, part.named_children)
                        )
                    else:
                        name, start, end, kind = self.variable_name(part)
                        parameters.append(code.Parameter(start, end, name, kind))
            elif child.type != "comment":
                items.extend(self.statement(child))
        return code.Lambda(node.start_byte, node.end_byte, tuple(parameters), code.Block(node.start_byte, node.end_byte, tuple(items)))

    def anonymous_function(self, node: Node) -> code.Expression:
        parameters: tuple[code.Parameter, ...] = ()
        body = code.Block(node.start_byte, node.end_byte)
        for child in node.named_children:
            if child.type == "function_value_parameters":
                parameters = self.parameters(child)
            elif child.type == "function_body":
                body = self.body(child)
            elif child.type in _TYPES:
                self.type(child)
        return code.Lambda(node.start_byte, node.end_byte, parameters, body)

    def object_literal(self, node: Node) -> code.Expression:
        head = self.head(node)
        extent = (node.start_byte, node.end_byte)
        first = head.supertypes[0] if head.supertypes else code.Type(node.start_byte, node.start_byte, "")
        body = code.Class(node.start_byte, node.start_byte, "", "object", extent, head.supertypes, (), head.members)
        return code.New(first.start, first.end, first, head.super_arguments, body)

    def cast(self, node: Node) -> code.Expression:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        return code.Cast(node.start_byte, node.end_byte, self.expression(left), self.type(right))

    def test(self, node: Node) -> code.Expression:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        negated = any(child.type == "!is" for child in node.children)
        return code.Test(node.start_byte, node.end_byte, self.expression(left), self.type(right), negated)

    def binary(self, node: Node) -> code.Expression:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        operator = self.operator(node)
        if operator == "+":
            return self.chain(node)
        misread = self.misread_call(node, operator, left, right)
        if misread is not None:
            return misread
        operands = (self.expression(left), self.expression(right))
        if operator in {"&&", "||"}:
            return code.Logic(node.start_byte, node.end_byte, "and" if operator == "&&" else "or", operands)
        if operator == "?:":
            return code.Choice(node.start_byte, node.end_byte, None, operands)
        return code.Group(node.start_byte, node.end_byte, operands, operator if operator in {"==", "!=", "===", "!=="} else "")

    def operator(self, node: Node) -> str:
        token = node.child_by_field_name("operator")
        if token is None:
            token = next((child for child in node.children if not child.is_named), None)
        return token.type if token is not None else ""

    def chain(self, node: Node) -> code.Expression:
        """`a + b + c`, however long, without recursion."""
        parts: list[code.Expression] = []
        current: Node | None = node
        while current is not None and current.type == "binary_expression" and self.operator(current) == "+":
            right = current.child_by_field_name("right")
            if right is not None:
                parts.append(self.expression(right))
            current = current.child_by_field_name("left")
        if current is not None:
            parts.append(self.expression(current))
        return code.Template(node.start_byte, node.end_byte, tuple(reversed(parts)))

    def misread_call(self, node: Node, operator: str, left: Node, right: Node) -> code.Expression | None:
        """`f<A.B>(x)` and `f<A.B> { }` are read as two comparisons, without an error."""
        if operator != ">" or left.type != "binary_expression" or self.operator(left) != "<":
            return None
        callee, argument = left.child_by_field_name("left"), left.child_by_field_name("right")
        if callee is None or argument is None or right.type not in {"parenthesized_expression", "lambda_literal", "annotated_lambda"}:
            return None
        kind = self.type_of(argument)
        if not kind.name:
            return None
        target = self.expression(callee)
        if right.type == "parenthesized_expression":
            given = tuple(code.Argument(self.expression(child)) for child in right.named_children)
        else:
            given = (code.Argument(self.expression(right)),)
        return self.made_call(target, given, (kind,))

    def assignment(self, node: Node) -> code.Expression:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        target, value = self.expression(left), self.expression(right)
        if self.source.data[left.end_byte : right.start_byte].strip() == b"=":
            return code.Assign(node.start_byte, node.end_byte, target, value)
        return code.Group(node.start_byte, node.end_byte, (target, value))

    def if_(self, node: Node) -> code.Expression:
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
        conditions = []
        body: Node | None = None
        marked = {child.id for child in node.children_by_field_name("condition")}
        for child in node.named_children:
            if child.id not in marked:
                body = child if child.type != "comment" else body
            elif child.type == "type_test":
                kinds = [part for part in child.named_children if part.type in _TYPES]
                if kinds and subject is not None:
                    negated = any(part.type == "!is" for part in child.children)
                    conditions.append(code.Test(child.start_byte, child.end_byte, subject, self.type(kinds[0]), negated))
            else:
                conditions.append(self.expression(child))
        return code.Branch(tuple(conditions), self.branch(body))

    def try_(self, node: Node) -> code.Expression:
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
        items: tuple[code.Statement, ...] = ()
        name: Node | None = None
        kind: code.Type | None = None
        for child in node.named_children:
            if child.type == "identifier":
                name = child
            elif child.type in _TYPES:
                kind = self.type(child)
            elif child.type == "block":
                items = self.block(child).items
        if name is not None:
            items = (code.Variable(name.start_byte, name.end_byte, self.source.text(name), kind), *items)
        return code.Block(node.start_byte, node.end_byte, items)

    def jump(self, node: Node) -> code.Expression:
        kind = node.type.partition("_")[0]
        values = [child for child in node.named_children if child.type != "comment"]
        label = node.child_by_field_name("label")
        values = [child for child in values if label is None or child.id != label.id]
        return code.Jump(node.start_byte, node.end_byte, kind, self.expression(values[0]) if values else None)

    def unary(self, node: Node) -> code.Expression:
        argument = node.child_by_field_name("argument")
        if argument is None:
            return self.group(node)
        token = next((child.type for child in node.children if not child.is_named), "")
        if token == "!!":
            return self.expression(argument)
        if token == "!":
            return code.Logic(node.start_byte, node.end_byte, "not", (self.expression(argument),))
        return code.Group(node.start_byte, node.end_byte, (self.expression(argument),))

    def index(self, node: Node) -> code.Expression:
        children = [child for child in node.named_children if child.type != "comment"]
        if len(children) < 2:
            return self.group(node)
        index = tuple(self.expression(child) for child in children[1:])
        return code.Index(node.start_byte, node.end_byte, self.expression(children[0]), index)

    def collection(self, node: Node) -> code.Expression:
        return self.group(node, "list")


class _Head:
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


def _unescape(text: str) -> str:
    if text.startswith("\\u") and len(text) == 6:
        try:
            return chr(int(text[2:], 16))
        except ValueError:
            return text
    return _ESCAPES.get(text[1:], text)


_STATEMENTS = (code.Variable, code.Function, code.Class, code.Alias, code.Loop, code.Import)

_DECLARATIONS: dict[str, Callable[[_Lowering, Node], list[code.Statement]]] = {
    "class_declaration": _Lowering.class_,
    "object_declaration": _Lowering.class_,
    "companion_object": _Lowering.class_,
    "function_declaration": _Lowering.function,
    "secondary_constructor": _Lowering.function,
    "property_declaration": _Lowering.property,
    "type_alias": _Lowering.alias,
    "for_statement": _Lowering.loop,
    "while_statement": _Lowering.loop,
    "do_while_statement": _Lowering.loop,
    "comment": lambda _lowering, _node: [],
    "line_comment": lambda _lowering, _node: [],
    "block_comment": lambda _lowering, _node: [],
}

_EXPRESSIONS: dict[str, Callable[[_Lowering, Node], code.Expression]] = {
    "identifier": _Lowering.name,
    "this_expression": _Lowering.keyword,
    "super_expression": _Lowering.keyword,
    "number_literal": _Lowering.literal,
    "float_literal": _Lowering.literal,
    "boolean_literal": _Lowering.literal,
    "null": _Lowering.literal,
    "string_literal": _Lowering.string,
    "multiline_string_literal": _Lowering.string,
    "navigation_expression": _Lowering.member,
    "callable_reference": _Lowering.reference,
    "call_expression": _Lowering.call,
    "lambda_literal": _Lowering.lambda_,
    "annotated_lambda": _Lowering.only,
    "anonymous_function": _Lowering.anonymous_function,
    "object_literal": _Lowering.object_literal,
    "as_expression": _Lowering.cast,
    "is_expression": _Lowering.test,
    "binary_expression": _Lowering.binary,
    "assignment": _Lowering.assignment,
    "if_expression": _Lowering.if_,
    "when_expression": _Lowering.when,
    "try_expression": _Lowering.try_,
    "return_expression": _Lowering.jump,
    "throw_expression": _Lowering.jump,
    "break_expression": _Lowering.jump,
    "continue_expression": _Lowering.jump,
    "parenthesized_expression": _Lowering.only,
    "labeled_expression": _Lowering.only,
    "annotated_expression": _Lowering.only,
    "spread_expression": _Lowering.only,
    "unary_expression": _Lowering.unary,
    "index_expression": _Lowering.index,
    "collection_literal": _Lowering.collection,
    "block": _Lowering.block,
}
