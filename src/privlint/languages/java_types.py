"""Java type nodes in, `Type` records and dotted names out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model import code

if TYPE_CHECKING:
    from tree_sitter import Node

    from privlint.languages.java import Reader

TYPES = {
    "type_identifier",
    "scoped_type_identifier",
    "generic_type",
    "array_type",
    "annotated_type",
    "void_type",
    "integral_type",
    "floating_point_type",
    "boolean_type",
}

_MOST_BRACKETS = 10


def type_of(reader: Reader, node: Node) -> code.Type:
    """The type as written; `T[]` and `T...` are `Array` with one argument, `?` has no name.

    The region is that of the last part of the name.
    """
    kind = node.type
    if kind == "type_identifier":
        return code.Type(node.start_byte, node.end_byte, reader.text(node))
    if kind in {"scoped_type_identifier", "generic_type"}:
        return _named(reader, node)
    if kind == "array_type":
        element = node.child_by_field_name("element")
        if element is not None:
            return in_array(reader, type_of(reader, element), node.child_by_field_name("dimensions"))
    if kind in {"annotated_type", "wildcard"}:
        return _bounded(reader, node)
    return code.Type(node.start_byte, node.end_byte, reader.source.slice(node.start_byte, node.end_byte))


def variable_type(reader: Reader, node: Node | None) -> code.Type | None:
    """The type of a variable; None for `var`, whose type is that of its value."""
    if node is None:
        return None
    kind = type_of(reader, node)
    return None if kind.name == "var" else kind


def in_array(reader: Reader, kind: code.Type, dimensions: Node | None) -> code.Type:
    """Wrap a type in as many arrays as there are brackets, within reason."""
    brackets = 0
    for child in dimensions.children if dimensions is not None else ():
        if child.is_named:
            reader.expression(child)
        elif child.type == "[" and brackets < _MOST_BRACKETS:
            brackets += 1
            kind = code.Type(kind.start, kind.end, "Array", (kind,))
    return kind


def type_parameters(reader: Reader, node: Node | None) -> tuple[code.Type, ...]:
    """`<A, B extends C & D>` as types whose arguments are the bounds."""
    found = []
    for parameter in node.named_children if node is not None else ():
        name = next((child for child in parameter.named_children if child.type == "type_identifier"), None)
        bounds = [child for child in parameter.named_children if child.type == "type_bound"]
        if name is not None:
            types = tuple(type_of(reader, child) for bound in bounds for child in bound.named_children)
            found.append(code.Type(name.start_byte, name.end_byte, reader.text(name), types))
    return tuple(found)


def types_within(reader: Reader, node: Node) -> tuple[code.Type, ...]:
    """The types that stand in a list: type arguments, `implements`, `throws`."""
    found: list[code.Type] = []
    for child in node.named_children:
        if child.type in TYPES or child.type == "wildcard":
            found.append(type_of(reader, child))
        elif child.type == "type_list":
            found.extend(types_within(reader, child))
    return tuple(found)


def dotted(reader: Reader, node: Node) -> str:
    """`a.b.C` from an identifier or a scoped one."""
    names = []
    current: Node | None = node
    while current is not None and current.type == "scoped_identifier":
        name = current.child_by_field_name("name")
        if name is not None:
            names.append(reader.text(name))
        current = current.child_by_field_name("scope")
    if current is not None:
        names.append(reader.text(current))
    return ".".join(reversed(names))


def _named(reader: Reader, node: Node) -> code.Type:
    """`a.B<C>.D<E>`: D's arguments are those of the type; C is only noted as read."""
    names: list[str] = []
    last = node
    arguments: tuple[code.Type, ...] = ()
    current: Node | None = node
    while current is not None:
        inner: Node | None = None
        for child in reversed(current.named_children or [current]):
            if child.type == "type_arguments":
                given = _arguments(reader, child)
                arguments = arguments if names else given
            elif child.type in {"scoped_type_identifier", "generic_type"}:
                inner = child
            elif child.type == "type_identifier":
                last = last if names else child
                names.append(reader.text(child))
            else:
                reader.expression(child)
        current = inner
    return code.Type(last.start_byte, last.end_byte, ".".join(reversed(names)), arguments)


def _arguments(reader: Reader, node: Node) -> tuple[code.Type, ...]:
    if reader.is_too_deep(node):
        return ()
    reader.depth += 1
    types = types_within(reader, node)
    reader.depth -= 1
    return types


def _bounded(reader: Reader, node: Node) -> code.Type:
    """`@A T`, `? extends T`, `? super T`: T; the annotations are only noted as read."""
    kind = code.Type(node.start_byte, node.end_byte, "")
    for child in node.named_children:
        if child.type in TYPES:
            kind = type_of(reader, child)
        else:
            reader.expression(child)
    return kind
