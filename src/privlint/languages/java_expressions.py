"""Java expressions in; calls, members, values and conditions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages.java_declarations import annotation, anonymous, parameters
from privlint.languages.java_literals import number_value, resolve_escapes, text_value
from privlint.languages.java_operators import assign, binary, choice, unary
from privlint.languages.java_switch import matches, switch
from privlint.languages.java_types import TYPES, type_of, types_within
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from privlint.languages.java import Reader


def _inside(reader: Reader, node: Node) -> code.Expression:
    return reader.inside(node)


def _group(reader: Reader, node: Node) -> code.Expression:
    return reader.group(node)


def _list(reader: Reader, node: Node) -> code.Group:
    """`{a, b}`. A long one without a wanted word is a table, and stays unread."""
    start, end = node.start_byte, node.end_byte
    if end - start > _TABLE and not reader.source.holds(start, end):
        return code.Group(start, end, (), "list")
    return code.Group(start, end, reader.expressions(node.named_children), "list")


def _keyword(_reader: Reader, node: Node) -> code.Name:
    return code.Name(node.start_byte, node.end_byte, node.type)


def _number(reader: Reader, node: Node) -> code.Literal:
    return code.Literal(
        node.start_byte, node.end_byte, number_value(reader.source.slice(node.start_byte, node.end_byte))
    )


def _constant(_reader: Reader, node: Node) -> code.Literal:
    return code.Literal(node.start_byte, node.end_byte, _CONSTANTS[node.type])


def _text(reader: Reader, node: Node) -> code.Literal | code.Template:
    text = reader.source.slice(node.start_byte, node.end_byte)
    if "\\{" in text and any(child.type == "string_interpolation" for child in node.named_children):
        return _interpolated(reader, node)
    return code.Literal(node.start_byte, node.end_byte, text_value(text))


def _interpolated(reader: Reader, node: Node) -> code.Template:
    parts: list[code.Expression] = []
    for child in node.named_children:
        if child.type == "string_interpolation":
            parts.extend(reader.expressions(child.named_children))
        else:
            start, end = child.start_byte, child.end_byte
            parts.append(code.Literal(start, end, resolve_escapes(reader.source.slice(start, end))))
    return code.Template(node.start_byte, node.end_byte, tuple(parts))


def _string_template(reader: Reader, node: Node) -> code.Template:
    """`STR."…"`; the processor is a part only where it may do something itself."""
    processor, text = node.child_by_field_name("template_processor"), node.child_by_field_name("template_argument")
    parts: list[code.Expression] = []
    for value in reader.expressions(child for child in (processor, text) if child is not None):
        if isinstance(value, code.Template):
            parts.extend(value.parts)
        elif not isinstance(value, code.Name):
            parts.append(value)
    return code.Template(node.start_byte, node.end_byte, tuple(parts))


def _chain(reader: Reader, node: Node) -> code.Expression:
    """`a.b().c.d()`: no recursion over its links, but each is one level deeper than the next."""
    depth = reader.depth
    links: list[Node] = []
    current: Node | None = node
    while current is not None and current.type in _LINKS and reader.depth < reader.limit:
        links.append(current)
        current = current.child_by_field_name("object")
        reader.depth += 1
    value = reader.expression(current) if current is not None else None
    for link in reversed(links):
        reader.depth -= 1
        value = _call(reader, link, value) if link.type == "method_invocation" else _member(reader, link, value)
    reader.depth = depth
    return value if value is not None else code.Group(node.start_byte, node.end_byte, ())


def _call(reader: Reader, node: Node, receiver: code.Expression | None) -> code.Call:
    name, types = node.child_by_field_name("name"), node.child_by_field_name("type_arguments")
    place = name or node
    start, end = place.start_byte, place.end_byte
    text = reader.text(name) if name is not None else ""
    callee: code.Expression = code.Name(start, end, text)
    if receiver is not None:
        callee = code.Member(start, end, _super_of(node, receiver), text)
    given = types_within(reader, types) if types is not None else ()
    return code.Call(start, end, callee, _arguments(reader, node), given)


def _arguments(reader: Reader, node: Node) -> tuple[code.Argument, ...]:
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        return ()
    return tuple(map(code.Argument, reader.expressions(arguments.named_children)))


def _member(reader: Reader, node: Node, receiver: code.Expression | None) -> code.Expression:
    field = node.child_by_field_name("field")
    if field is None or receiver is None:
        return code.Group(node.start_byte, node.end_byte, () if receiver is None else (receiver,))
    if field.type == "this":  # `a.Outer.this`, in the spelling that all languages share
        outer = receiver.name if isinstance(receiver, code.Name | code.Member) else ""
        return code.Name(field.start_byte, field.end_byte, f"this@{outer}" if outer else "this")
    receiver = _super_of(node, receiver)
    return code.Member(field.start_byte, field.end_byte, receiver, reader.text(field))


def _super_of(node: Node, receiver: code.Expression) -> code.Expression:
    """The receiver of `A.super.f()`, which is `super` whichever supertype A names, or the one given."""
    if node.named_child_count > 2:
        for child in node.named_children[1:]:
            if child.type == "super":
                return code.Name(child.start_byte, child.end_byte, "super")
    return receiver


def _constructor_call(reader: Reader, node: Node) -> code.Call:
    """An explicit constructor call: `this(…)`, `super(…)`, `outer.super(…)`."""
    keyword, outer = node.child_by_field_name("constructor"), node.child_by_field_name("object")
    place = keyword or node
    callee: code.Expression = code.Name(place.start_byte, place.end_byte, place.type)
    if outer is not None:
        callee = code.Member(place.start_byte, place.end_byte, reader.expression(outer), place.type)
    types = node.child_by_field_name("type_arguments")
    given = types_within(reader, types) if types is not None else ()
    return code.Call(place.start_byte, place.end_byte, callee, _arguments(reader, node), given)


def _new(reader: Reader, node: Node) -> code.Expression:
    """`new T(…) {…}`; what stands before `outer.new T()` is kept beside it if it is more than a name."""
    kind = node.child_by_field_name("type")
    if kind is None:
        return reader.group(node)
    made = type_of(reader, kind)
    arguments = _arguments(reader, node)
    body = None
    beside: list[code.Expression] = []
    for child in node.named_children:
        if child.type == "class_body":
            body = anonymous(reader, child, (made,))
        elif child.type == "type_arguments":
            types_within(reader, child)
        elif child.type != "argument_list" and child.id != kind.id:
            beside.append(reader.expression(child))
    new = code.New(made.start, made.end, made, arguments, body)
    beside = [value for value in beside if not isinstance(value, code.Name | code.New)]
    return code.Group(node.start_byte, node.end_byte, (*beside, new)) if beside else new


def _new_array(reader: Reader, node: Node) -> code.Group:
    """`new T[] {a, b}` is the list of its elements; `new T[n]` only has its sizes to read."""
    for child in node.named_children:
        if child.type in TYPES:
            type_of(reader, child)
    value = node.child_by_field_name("value")
    if value is not None:
        return _list(reader, value)
    sizes = [part for child in node.named_children if child.type == "dimensions_expr" for part in child.named_children]
    return code.Group(node.start_byte, node.end_byte, reader.expressions(sizes))


def _reference(reader: Reader, node: Node) -> code.Expression:
    """`T::name`, `value::name`, `T::new`."""
    first, last = node.children[0], node.children[-1]
    for child in node.named_children[1:]:
        if child.type == "type_arguments":
            types_within(reader, child)
    if last.type not in {"identifier", "new"}:
        return reader.group(node)
    receiver: code.Expression
    if first.type in TYPES:
        kind = type_of(reader, first)
        receiver = code.Name(kind.start, kind.end, kind.name)
    else:
        receiver = reader.expression(first)
    name = reader.text(last) if last.type == "identifier" else "new"
    return code.Reference(last.start_byte, last.end_byte, receiver, name)


def _class_literal(reader: Reader, node: Node) -> code.Expression:
    if not node.named_children:
        return reader.group(node)
    return code.ClassLiteral(node.start_byte, node.end_byte, type_of(reader, node.named_children[0]))


def _index(reader: Reader, node: Node) -> code.Expression:
    array, index = node.child_by_field_name("array"), node.child_by_field_name("index")
    if array is None or index is None:
        return reader.group(node)
    return code.Index(node.start_byte, node.end_byte, reader.expression(array), (reader.expression(index),))


def _lambda(reader: Reader, node: Node) -> code.Expression:
    given = parameters(reader, node.child_by_field_name("parameters"))
    return code.Lambda(node.start_byte, node.end_byte, given, reader.block(node.child_by_field_name("body")))


def _cast(reader: Reader, node: Node) -> code.Expression:
    types, value = node.children_by_field_name("type"), node.child_by_field_name("value")
    if not types or value is None:
        return reader.group(node)
    kinds = [type_of(reader, child) for child in types]
    return code.Cast(node.start_byte, node.end_byte, reader.expression(value), kinds[0])


def _instance_of(reader: Reader, node: Node) -> code.Expression:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    name, pattern = node.child_by_field_name("name"), node.child_by_field_name("pattern")
    if left is None:
        return reader.group(node)
    value = reader.expression(left)
    if pattern is not None:
        return matches(reader, pattern, value)
    if right is None:
        return code.Group(node.start_byte, node.end_byte, (value,))
    binding = reader.text(name) if name is not None else ""
    return code.Test(node.start_byte, node.end_byte, value, type_of(reader, right), binding=binding)


def _annotation(reader: Reader, node: Node) -> code.New:
    """An annotation as the value of another one's argument."""
    made = annotation(reader, node)
    return code.New(made.start, made.end, code.Type(made.start, made.end, made.name), made.arguments)


_TABLE = 2_000  # bytes
_LINKS = {"method_invocation", "field_access"}
_CONSTANTS = {"true": True, "false": False, "null_literal": None}
EXPRESSIONS: dict[str, Callable[[Reader, Node], code.Expression]] = {
    "annotation": _annotation,
    "argument_list": _group,
    "array_access": _index,
    "array_creation_expression": _new_array,
    "array_initializer": _list,
    "assignment_expression": assign,
    "binary_expression": binary,
    "binary_integer_literal": _number,
    "cast_expression": _cast,
    "character_literal": _text,
    "class_literal": _class_literal,
    "decimal_floating_point_literal": _number,
    "decimal_integer_literal": _number,
    "element_value_array_initializer": _list,
    "explicit_constructor_invocation": _constructor_call,
    "false": _constant,
    "field_access": _chain,
    "hex_floating_point_literal": _number,
    "hex_integer_literal": _number,
    "instanceof_expression": _instance_of,
    "lambda_expression": _lambda,
    "marker_annotation": _annotation,
    "method_invocation": _chain,
    "method_reference": _reference,
    "null_literal": _constant,
    "object_creation_expression": _new,
    "octal_integer_literal": _number,
    "parenthesized_expression": _inside,
    "string_literal": _text,
    "super": _keyword,
    "switch_expression": switch,
    "template_expression": _string_template,
    "ternary_expression": choice,
    "this": _keyword,
    "true": _constant,
    "unary_expression": unary,
    "update_expression": _group,
}
