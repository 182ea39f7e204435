"""Java statements in; blocks, branches, loops and jumps out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages.java_declarations import modifiers, variable
from privlint.languages.java_types import variable_type
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from privlint.languages.java import Reader


def _salvage(reader: Reader, node: Node) -> list[code.Statement]:
    return reader.salvage(node)


def _block(reader: Reader, node: Node) -> list[code.Statement]:
    return [reader.block(node)]


def _only(reader: Reader, node: Node) -> list[code.Statement]:
    """What stands in an expression statement; the value of a `yield`."""
    return reader.statements(node.named_children[-1:])


def _labelled(reader: Reader, node: Node) -> list[code.Statement]:
    label, *rest = node.named_children
    reader.text(label)
    return reader.statements(rest)


def _assert(reader: Reader, node: Node) -> list[code.Statement]:
    return [code.Group(node.start_byte, node.end_byte, reader.expressions(node.named_children))]


def _jump(reader: Reader, node: Node) -> list[code.Statement]:
    kind = node.type.partition("_")[0]
    value = None
    for child in node.named_children:
        if kind in {"return", "throw"}:
            value = reader.expression(child)
        elif child.type == "identifier":
            reader.text(child)  # a label
    return [code.Jump(node.start_byte, node.end_byte, kind, value)]


def _if(reader: Reader, node: Node) -> list[code.Statement]:
    """`if`; a long ladder of `else if` becomes a When without a subject, which says the same and is flat."""
    ladder: list[tuple[Node, code.Expression, code.Block]] = []
    current: Node | None = node
    while current is not None and current.type == "if_statement":
        condition = reader.inside(current.child_by_field_name("condition"))
        ladder.append((current, condition, reader.block(current.child_by_field_name("consequence"))))
        current = current.child_by_field_name("alternative")
    otherwise = None if current is None else reader.block(current)
    if len(ladder) > _LONG_LADDER:
        branches = [code.Branch((condition,), then) for _, condition, then in ladder]
        branches += [code.Branch((), otherwise)] if otherwise is not None else []
        return [code.When(node.start_byte, node.end_byte, None, tuple(branches))]
    for step, condition, then in reversed(ladder):
        result = code.If(step.start_byte, step.end_byte, condition, then, otherwise)
        otherwise = code.Block(step.start_byte, step.end_byte, (result,))
    return list(otherwise.items) if otherwise is not None else []


def _while(reader: Reader, node: Node) -> list[code.Statement]:
    condition = reader.inside(node.child_by_field_name("condition"))
    body = reader.block(node.child_by_field_name("body"))
    return [code.Loop(node.start_byte, node.end_byte, (), condition, body)]


def _for(reader: Reader, node: Node) -> list[code.Statement]:
    """`for (init; condition; update)`: a block of what comes first and a loop whose body ends with the update."""
    first = reader.statements(node.children_by_field_name("init"))
    condition = node.child_by_field_name("condition")
    source = reader.expression(condition) if condition is not None else None
    body = reader.block(node.child_by_field_name("body"))
    updates = reader.expressions(node.children_by_field_name("update"))
    body = code.Block(body.start, body.end, (*body.items, *updates))
    loop = code.Loop(node.start_byte, node.end_byte, (), source, body)
    return [code.Block(node.start_byte, node.end_byte, (*first, loop))] if first else [loop]


def _for_each(reader: Reader, node: Node) -> list[code.Statement]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    annotations, _ = modifiers(reader, node)
    kind = variable_type(reader, node.child_by_field_name("type"))
    parameters: tuple[code.Parameter, ...] = ()
    if name is not None:
        parameters = (code.Parameter(name.start_byte, name.end_byte, reader.text(name), kind, annotations=annotations),)
    source = reader.expression(value) if value is not None else None
    body = reader.block(node.child_by_field_name("body"))
    return [code.Loop(node.start_byte, node.end_byte, parameters, source, body)]


def _synchronized(reader: Reader, node: Node) -> list[code.Statement]:
    lock = next((child for child in node.named_children if child.type == "parenthesized_expression"), None)
    body = reader.block(node.child_by_field_name("body"))
    return [code.Block(node.start_byte, node.end_byte, (reader.inside(lock), *body.items))]


def _try(reader: Reader, node: Node) -> list[code.Statement]:
    """`try`; what it opens comes first in its body."""
    resources: list[code.Statement] = []
    specification = node.child_by_field_name("resources")
    for child in specification.named_children if specification is not None else ():
        resources.extend(_resource(reader, child))
    body = reader.block(node.child_by_field_name("body"))
    handlers: list[code.Block] = []
    ending = None
    for child in node.named_children:
        if child.type == "catch_clause":
            handlers.append(_catch(reader, child))
        elif child.type == "finally_clause":
            ending = reader.block(child.named_children[-1] if child.named_children else None)
    body = code.Block(body.start, body.end, (*resources, *body.items))
    return [code.Try(node.start_byte, node.end_byte, body, tuple(handlers), ending)]


def _resource(reader: Reader, node: Node) -> list[code.Statement]:
    value = node.child_by_field_name("value")
    if value is None:
        return reader.statements(node.named_children[-1:])
    declared = variable(reader, node, reader.expression(value))
    return [declared] if declared is not None else []


def _catch(reader: Reader, node: Node) -> code.Block:
    caught: list[code.Statement] = []
    for child in node.named_children:
        if child.type == "catch_formal_parameter":
            declared = variable(reader, child)
            caught += [declared] if declared is not None else []
    body = reader.block(node.child_by_field_name("body"))
    return code.Block(node.start_byte, node.end_byte, (*caught, *body.items))


_LONG_LADDER = 10  # steps

STATEMENTS: dict[str, Callable[[Reader, Node], list[code.Statement]]] = {
    "ERROR": _salvage,
    "assert_statement": _assert,
    "block": _block,
    "break_statement": _jump,
    "constructor_body": _block,
    "continue_statement": _jump,
    "do_statement": _while,
    "enhanced_for_statement": _for_each,
    "expression_statement": _only,
    "for_statement": _for,
    "if_statement": _if,
    "labeled_statement": _labelled,
    "return_statement": _jump,
    "synchronized_statement": _synchronized,
    "throw_statement": _jump,
    "try_statement": _try,
    "try_with_resources_statement": _try,
    "while_statement": _while,
    "yield_statement": _only,
}
