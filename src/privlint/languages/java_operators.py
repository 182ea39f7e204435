"""Java operators in; templates, conditions, choices and assignments out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model import code

if TYPE_CHECKING:
    from tree_sitter import Node

    from privlint.languages.java import Reader


def choice(reader: Reader, node: Node) -> code.Expression:
    """`condition ? value : other`."""
    condition = node.child_by_field_name("condition")
    values = [node.child_by_field_name("consequence"), node.child_by_field_name("alternative")]
    test = reader.expression(condition) if condition is not None else None
    return code.Choice(
        node.start_byte, node.end_byte, test, reader.expressions(value for value in values if value is not None)
    )


def assign(reader: Reader, node: Node) -> code.Expression:
    """`target = value`; of `target += value` only the parts."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None:
        return reader.group(node)
    target, value = reader.expression(left), reader.expression(right)
    if operator is not None and operator.type != "=":
        return code.Group(node.start_byte, node.end_byte, (target, value))
    return code.Assign(node.start_byte, node.end_byte, target, value)


def unary(reader: Reader, node: Node) -> code.Expression:
    """`!a`, `-1`, `~a`."""
    operand, operator = node.child_by_field_name("operand"), node.child_by_field_name("operator")
    if operand is None or operator is None:
        return reader.group(node)
    value = reader.expression(operand)
    if operator.type == "!":
        return code.Logic(node.start_byte, node.end_byte, "not", (value,))
    if operator.type == "-" and isinstance(value, code.Literal) and isinstance(value.value, int | float):
        return code.Literal(node.start_byte, node.end_byte, -value.value)
    return code.Group(node.start_byte, node.end_byte, (value,))


def binary(reader: Reader, node: Node) -> code.Expression:
    """`a + b + c`, however long, at one go: operators of one level make one record."""
    operators: list[str] = []
    operands: list[Node] = []
    current: Node | None = node
    level = _LEVELS.get(_operator(node), 0)
    while current is not None and current.type == "binary_expression":
        operator = _operator(current)
        right = current.child_by_field_name("right")
        if right is None or _LEVELS.get(operator) != level:
            break
        operators.append(operator)
        operands.append(right)
        current = current.child_by_field_name("left")
    if current is None or not operators:
        return reader.group(node)
    operands.append(current)
    values = reader.expressions(reversed(operands))
    return _combined(node, values, operators[::-1])


def _operator(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


def _combined(node: Node, values: tuple[code.Expression, ...], operators: list[str]) -> code.Expression:
    start, end = node.start_byte, node.end_byte
    if operators[0] in _LOGIC:
        return code.Logic(start, end, _LOGIC[operators[0]], values)
    if operators[0] in {"==", "!="}:
        return code.Group(start, end, values, operators[0] if len(operators) == 1 else "")
    if set(operators) == {"*"}:
        return code.Group(start, end, values, "*")
    if operators[0] == "|":  # flags
        return code.Group(start, end, values, "|")
    if operators[-1] != "+" or len(values) != len(operators) + 1 or all(map(_is_number, values)):
        return code.Group(start, end, values)
    numbers = max((index for index, operator in enumerate(operators, 1) if operator == "-"), default=0)
    if numbers:  # only what follows the last minus can be text
        first = code.Group(values[0].start, values[numbers].end, values[: numbers + 1])
        values = (first, *values[numbers + 1 :])
    return code.Template(start, end, values)


def _is_number(value: code.Expression) -> bool:
    return isinstance(value, code.Literal) and isinstance(value.value, int | float)


_LOGIC = {"&&": "and", "||": "or"}
_LEVELS = {
    operator: level
    for level, operators in enumerate(("+ -", "* / %", "<< >> >>>", "< <= > >=", "== !=", "&", "^", "|", "&&", "||"), 1)
    for operator in operators.split()
}
