"""Java declarations in; classes, functions, variables and annotations out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages.java_types import (
    TYPES,
    dotted,
    in_array,
    type_of,
    type_parameters,
    types_within,
    variable_type,
)
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from privlint.languages.java import Reader


def annotation(reader: Reader, node: Node) -> code.Annotation:
    """`@Name(…)`; the region is that of the name."""
    name = node.child_by_field_name("name")
    values: list[code.Argument] = []
    arguments = node.child_by_field_name("arguments")
    for child in arguments.named_children if arguments is not None else ():
        if child.type == "element_value_pair":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None:
                values.append(code.Argument(reader.expression(value), reader.text(key)))
        else:
            values.append(code.Argument(reader.expression(child)))
    place = name or node
    return code.Annotation(place.start_byte, place.end_byte, dotted(reader, name) if name else "", tuple(values))


def modifiers(reader: Reader, node: Node) -> tuple[tuple[code.Annotation, ...], tuple[str, ...]]:
    """The annotations and the words before a declaration; `@Override` is also the word "override"."""
    first = node.named_children[0] if node.named_children else None
    if first is None or first.type != "modifiers":
        return (), ()
    annotations: list[code.Annotation] = []
    words: list[str] = []
    for child in first.children:
        if child.is_named:
            annotations.append(annotation(reader, child))
            if annotations[-1].name == "Override":
                words.append("override")
        else:
            words.append(child.type)
    return tuple(annotations), tuple(words)


def parameters(reader: Reader, node: Node | None) -> tuple[code.Parameter, ...]:
    """The parameters of a method, a constructor or a lambda; a receiver parameter is none."""
    if node is None:
        return ()
    if node.type == "identifier":
        return (code.Parameter(node.start_byte, node.end_byte, reader.text(node)),)
    found = []
    for child in node.named_children:
        if child.type == "identifier":
            found.append(code.Parameter(child.start_byte, child.end_byte, reader.text(child)))
        elif child.type in {"formal_parameter", "spread_parameter"}:
            found.append(_parameter(reader, child))
        elif child.type == "receiver_parameter":
            _note(reader, child)
    return tuple(found)


def class_body(reader: Reader, node: Node | None) -> tuple[code.Declaration | code.Block, ...]:
    """The members between the braces; initialisers, and what the parser could not place, are blocks."""
    found: list[code.Declaration | code.Block] = []
    for child in node.named_children if node is not None else ():
        if child.type == "enum_body_declarations":
            found.extend(class_body(reader, child))
        elif child.type == "enum_constant":
            found.append(_enum_constant(reader, child))
        elif child.type == "block":
            found.append(reader.block(child))
        else:
            for item in reader.statement(child):
                if isinstance(item, code.Variable | code.Function | code.Class | code.Block):
                    found.append(item)
                else:
                    found.append(code.Block(item.start, item.end, (item,)))
    return tuple(found)


def anonymous(reader: Reader, node: Node, supertypes: tuple[code.Type, ...] = ()) -> code.Class:
    """The class whose body follows `new T(…)` or an enum constant."""
    extent = (node.start_byte, node.end_byte)
    start = node.start_byte
    return code.Class(start, start, "", "class", extent, supertypes, members=class_body(reader, node))


def variables(reader: Reader, node: Node) -> list[code.Statement]:
    """Fields and locals: one record a declarator."""
    annotations, words = modifiers(reader, node)
    in_interface = node.type == "constant_declaration"
    kind = variable_type(reader, node.child_by_field_name("type"))
    found: list[code.Statement] = []
    for child in node.children_by_field_name("declarator"):
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if name is None:
            continue
        found.append(
            code.Variable(
                name.start_byte,
                name.end_byte,
                _variable_name(reader, name),
                in_array(reader, kind, child.child_by_field_name("dimensions")) if kind else None,
                reader.expression(value) if value else None,
                constant=in_interface or "final" in words,
                static=in_interface or "static" in words,
                annotations=annotations,
            )
        )
    return found


def variable(reader: Reader, node: Node, value: code.Expression | None = None) -> code.Variable | None:
    """The one variable of a `catch` or of a resource; None where it has no name."""
    name = node.child_by_field_name("name")
    annotations, _ = modifiers(reader, node)
    kind = variable_type(reader, node.child_by_field_name("type"))
    for child in node.named_children:
        if child.type == "catch_type":
            types = types_within(reader, child)
            kind = types[0] if len(types) == 1 else None
    if name is None:
        return None
    text = _variable_name(reader, name)
    return code.Variable(name.start_byte, name.end_byte, text, kind, value, constant=True, annotations=annotations)


def _class(reader: Reader, node: Node) -> list[code.Statement]:
    name = node.child_by_field_name("name")
    place = name or node
    annotations, words = modifiers(reader, node)
    supertypes: list[code.Type] = []
    for child in node.named_children:
        if child.type in {"superclass", "super_interfaces", "extends_interfaces"}:
            supertypes.extend(types_within(reader, child))
        elif child.type == "permits":
            types_within(reader, child)
    components = parameters(reader, node.child_by_field_name("parameters"))
    fields = tuple(
        code.Variable(item.start, item.end, item.name, item.type, constant=True, annotations=item.annotations)
        for item in components
    )
    return [
        code.Class(
            place.start_byte,
            place.end_byte if name else place.start_byte,
            reader.text(name) if name else "",
            _KINDS[node.type],
            (node.start_byte, node.end_byte),
            tuple(supertypes),
            members=class_body(reader, node.child_by_field_name("body")),
            parameters=fields,
            property_parameters=tuple(item.name for item in components),
            annotations=annotations,
            modifiers=words,
            type_parameters=type_parameters(reader, node.child_by_field_name("type_parameters")),
        )
    ]


def _enum_constant(reader: Reader, node: Node) -> code.Variable:
    name = node.child_by_field_name("name")
    place = name or node
    annotations, _ = modifiers(reader, node)
    arguments, body = node.child_by_field_name("arguments"), node.child_by_field_name("body")
    start, end = place.start_byte, place.end_byte
    value = code.New(
        start,
        end,
        code.Type(start, end, ""),
        tuple(map(code.Argument, reader.expressions(arguments.named_children))) if arguments else (),
        anonymous(reader, body) if body else None,
    )
    text = reader.text(name) if name else ""
    return code.Variable(start, end, text, None, value, constant=True, static=True, annotations=annotations)


def _function(reader: Reader, node: Node) -> list[code.Statement]:
    """A method, a constructor, or an element of an annotation type (its default is the body)."""
    name = node.child_by_field_name("name")
    place = name or node
    annotations, words = modifiers(reader, node)
    text = reader.text(name) if name else ""
    result = None
    if node.type in _CONSTRUCTORS:
        text = "<init>"
    elif kind := node.child_by_field_name("type"):
        result = in_array(reader, type_of(reader, kind), node.child_by_field_name("dimensions"))
    for child in node.named_children:
        if child.type in {"throws", "annotation", "marker_annotation"}:
            _note(reader, child)
    body = node.child_by_field_name("body") or node.child_by_field_name("value")
    skipped = body is not None and not reader.source.holds(body.start_byte, body.end_byte)
    return [
        code.Function(
            place.start_byte,
            place.end_byte,
            text,
            (node.start_byte, node.end_byte),
            parameters(reader, node.child_by_field_name("parameters")),
            result,
            None if body is None or skipped else reader.block(body),
            annotations=annotations,
            modifiers=words,
            type_parameters=type_parameters(reader, node.child_by_field_name("type_parameters")),
            skipped=skipped,
        )
    ]


def _parameter(reader: Reader, node: Node) -> code.Parameter:
    annotations, _ = modifiers(reader, node)
    name, dimensions = node.child_by_field_name("name"), node.child_by_field_name("dimensions")
    kind = variable_type(reader, node.child_by_field_name("type"))
    if node.type == "spread_parameter":
        for child in node.named_children:
            if child.type == "variable_declarator":
                name = child.child_by_field_name("name")
            elif child.type in TYPES:
                element = type_of(reader, child)
                kind = code.Type(element.start, element.end, "Array", (element,))
    place = name or node
    kind = in_array(reader, kind, dimensions) if kind else None
    text = _variable_name(reader, name) if name else ""
    return code.Parameter(place.start_byte, place.end_byte, text, kind, annotations=annotations)


def _variable_name(reader: Reader, node: Node) -> str:
    return reader.text(node) if node.type == "identifier" else "_"


def _initialiser(reader: Reader, node: Node) -> list[code.Statement]:
    return [reader.block(child) for child in node.named_children]


def _note(reader: Reader, node: Node) -> None:
    """Read names that have no use here: what is thrown, the type of a receiver, a module's directives."""
    stack = [node]
    while stack:
        current = stack.pop()
        if current.type in {"identifier", "type_identifier"}:
            reader.text(current)
        stack.extend(current.named_children)


def _module(reader: Reader, node: Node) -> list[code.Statement]:
    _note(reader, node)
    return []


_CONSTRUCTORS = {"constructor_declaration", "compact_constructor_declaration"}
_KINDS = {
    "class_declaration": "class",
    "interface_declaration": "interface",
    "enum_declaration": "enum",
    "record_declaration": "record",
    "annotation_type_declaration": "annotation",
}

DECLARATIONS: dict[str, Callable[[Reader, Node], list[code.Statement]]] = {
    **dict.fromkeys(_KINDS, _class),
    "annotation_type_element_declaration": _function,
    "compact_constructor_declaration": _function,
    "constant_declaration": variables,
    "constructor_declaration": _function,
    "field_declaration": variables,
    "local_variable_declaration": variables,
    "method_declaration": _function,
    "module_declaration": _module,
    "static_initializer": _initialiser,
}
