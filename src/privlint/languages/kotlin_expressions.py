"""Kotlin expressions, from nodes to records: names, members, calls, lambdas, operators, texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.languages.kotlin_branches import Branches
from privlint.languages.kotlin_types import TYPES
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tree_sitter import Node

_SIMPLE_TEMPLATE = re.compile(rb"\$([A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*|`[^`\r\n]*`)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "'": "'", '"': '"', "\\": "\\", "$": "$"}
_TRUTH = {"true": True, "false": False, "null": None}
_JUMPS = {"break", "continue"}  # names to the grammar
_SIGN = "sign"
_OPERATORS = {"to", "and", "or", "xor", "shl", "shr", "ushr", "until", "downTo", "step", "zip", "matches"}
_LIST_MAKERS = {
    "arrayOf",
    "listOf",
    "setOf",
    "mutableListOf",
    "intArrayOf",
    "arrayListOf",
    "mutableSetOf",
    "listOfNotNull",
}


class Expressions(Branches):
    """Lowers expressions."""

    def name(self, node: Node) -> code.Expression:
        """A bare name; the truth values, null and some jumps are names to the grammar."""
        name = self.source.text(node)
        if name in _TRUTH:
            return code.Literal(node.start_byte, node.end_byte, _TRUTH[name])
        if name in _JUMPS and self.source.data[node.start_byte] != ord("`"):
            return code.Jump(node.start_byte, node.end_byte, name)
        return code.Name(node.start_byte, node.end_byte, name)

    def keyword(self, node: Node) -> code.Expression:
        """The words `this` and `super`, with their labels."""
        name = "super" if node.type == "super_expression" else "this"
        label = [child for child in node.named_children if child.type == "identifier"]
        text = f"{name}@{self.source.text(label[0])}" if label else name
        return code.Name(node.start_byte, node.end_byte, text)

    def literal(self, node: Node) -> code.Expression:
        """A number or truth value."""
        text = self.source.slice(node.start_byte, node.end_byte)
        if text in _TRUTH:
            return code.Literal(node.start_byte, node.end_byte, _TRUTH[text])
        try:
            value: str | int = int(text.rstrip("uUlL").replace("_", ""), 0)
        except ValueError:
            value = text
        return code.Literal(node.start_byte, node.end_byte, value)

    def string(self, node: Node) -> code.Expression:
        """A text, with what it interpolates."""
        parts: list[code.Expression] = []
        text = ""
        for part in self.pieces(node):
            if isinstance(part, str):
                text += part
                continue
            if text:
                parts.append(code.Literal(part.start, part.start, text))
                text = ""
            parts.append(part)
        if text:
            parts.append(code.Literal(node.end_byte, node.end_byte, text))
        if len(parts) == 1 and isinstance(parts[0], code.Literal):
            return code.Literal(node.start_byte, node.end_byte, parts[0].value)
        if not parts:
            return code.Literal(node.start_byte, node.end_byte, "")
        return code.Template(node.start_byte, node.end_byte, tuple(parts))

    def pieces(self, node: Node) -> Iterable[str | code.Expression]:
        """What a text is made of; the grammar leaves `$name` in what it takes for plain content, cut in pieces."""
        start = end = node.start_byte
        for child in node.named_children:
            if child.type == "string_content" and child.start_byte == end:
                end = child.end_byte
                continue
            yield from self.plain(start, end)
            start, end = child.start_byte, child.end_byte
            if child.type == "escape_sequence":
                yield _unescape(self.source.slice(start, end))
                start = end
            elif child.type != "string_content":
                yield from map(self.expression, child.named_children)
                start = end
        yield from self.plain(start, end)

    def plain(self, start: int, end: int) -> Iterable[str | code.Expression]:
        """Literal text, and the `$name` in it."""
        for match in _SIMPLE_TEMPLATE.finditer(self.source.data, start, end):
            first, last = match.span(1)
            yield self.source.slice(start, match.start())
            self.source.seen.update(self.source.hits_between(first, last))
            yield code.Name(first, last, self.source.slice(first, last).strip("`"))
            start = last
        yield self.source.slice(start, end)

    def member(self, node: Node) -> code.Expression:
        """`receiver.name`, `T::class`, `receiver::name`."""
        children = node.named_children
        if len(children) < 2:
            return self.group(node)
        receiver, last = children[0], children[-1]
        if last.type != "identifier":
            return self.group(node)
        name = self.source.text(last)
        if any(child.type == "::" for child in node.children):
            if name == "class":
                return code.ClassLiteral(last.start_byte, last.end_byte, self.type_of(receiver))
            return code.Reference(last.start_byte, last.end_byte, self.expression(receiver), name)
        target = self.expression(receiver)
        if name in {"java", "javaObjectType"} and isinstance(target, code.ClassLiteral):
            return target
        return _before(receiver, target, lambda inner: code.Member(last.start_byte, last.end_byte, inner, name))

    def reference(self, node: Node) -> code.Expression:
        """`::name`."""
        names = [child for child in node.named_children if child.type == "identifier"]
        types = [child for child in node.named_children if child.type in TYPES]
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
        """A call; `f(a) { … }` is one call with two arguments."""
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
                    arguments = (
                        *arguments,
                        code.Argument(self.only(child) if child.type == "annotated_lambda" else self.lambda_(child)),
                    )
                case "comment":
                    continue
                case _:
                    callee = callee or child
        if callee is None:
            return self.group(node)
        loop = self.misread_loop(callee, arguments)
        if loop is not None:
            return loop
        target = self.expression(callee)
        trailing = len(arguments) == 1 and not types and isinstance(arguments[0].value, code.Lambda)
        if trailing and callee.type == "call_expression" and isinstance(target, code.Call):
            return code.Call(target.start, target.end, target.callee, (*target.arguments, *arguments), target.types)
        return _before(callee, target, lambda inner: self.made_call(inner, arguments, types))

    def misread_loop(self, callee: Node, arguments: tuple[code.Argument, ...]) -> code.Expression | None:
        """`for (x in y) { }` and `while (x) { }` after an annotation or `else` are read as calls of such functions."""
        if callee.type != "call_expression" or len(arguments) != 1 or not isinstance(arguments[0].value, code.Lambda):
            return None
        words = callee.named_children
        if len(words) != 2 or words[0].text not in {b"for", b"while"} or words[1].type != "value_arguments":
            return None
        heads = [part for given in words[1].named_children for part in given.named_children]
        if len(heads) != 1:
            return None
        variables: tuple[code.Parameter, ...] = ()
        source = heads[0]
        if words[0].text == b"for":
            left, right = source.child_by_field_name("left"), source.child_by_field_name("right")
            if source.type != "in_expression" or left is None or right is None or left.type != "identifier":
                return None
            variables = (code.Parameter(left.start_byte, left.end_byte, self.source.text(left)),)
            source = right
        loop = code.Loop(
            callee.start_byte, callee.end_byte, variables, self.expression(source), arguments[0].value.body
        )
        return code.Block(callee.start_byte, callee.end_byte, (loop,))

    def made_call(
        self, target: code.Expression, arguments: tuple[code.Argument, ...], types: tuple[code.Type, ...]
    ) -> code.Expression:
        """A call, or the list that a maker of lists makes."""
        if isinstance(target, code.Name) and target.name in _LIST_MAKERS and not types:
            return code.Group(target.start, target.end, tuple(argument.value for argument in arguments), "list")
        return code.Call(target.start, target.end, target, arguments, types)

    def arguments(self, node: Node) -> tuple[code.Argument, ...]:
        """The arguments of a call."""
        found = []
        for child in node.named_children:
            if child.type != "value_argument":
                if child.type != "comment":
                    found.append(code.Argument(self.expression(child)))
                continue
            self.annotations_within(child)
            parts = [part for part in child.named_children if part.type not in {"comment", "annotation"}]
            if not parts:
                continue
            named = (
                len(parts) > 1 and parts[0].type == "identifier" and any(part.type == "=" for part in child.children)
            )
            name = self.source.text(parts[0]) if named else ""
            found.append(code.Argument(self.expression(parts[-1]), name))
        return tuple(found)

    def lambda_(self, node: Node) -> code.Expression:
        """A lambda."""
        parameters: list[code.Parameter] = []
        items: list[code.Statement] = []
        for child in node.named_children:
            if child.type == "lambda_parameters":
                for part in child.named_children:
                    if part.type == "multi_variable_declaration":
                        whole = code.Parameter(part.start_byte, part.end_byte, f"<{part.start_byte}>")
                        parameters.append(whole)
                        items.extend(
                            code.Variable(start, end, name, kind, self.component(whole, index))
                            for index, (name, start, end, kind) in enumerate(
                                map(self.variable_name, part.named_children)
                            )
                        )
                    else:
                        name, start, end, kind = self.variable_name(part)
                        parameters.append(code.Parameter(start, end, name, kind))
            elif child.type != "comment":
                items.extend(self.statement(child))
        return code.Lambda(
            node.start_byte, node.end_byte, tuple(parameters), code.Block(node.start_byte, node.end_byte, tuple(items))
        )

    def anonymous_function(self, node: Node) -> code.Expression:
        """`fun(…) { … }`."""
        parameters: tuple[code.Parameter, ...] = ()
        body = code.Block(node.start_byte, node.end_byte)
        for child in node.named_children:
            if child.type == "function_value_parameters":
                parameters = self.parameters(child)
            elif child.type == "function_body":
                body = self.body(child)
            elif child.type in TYPES:
                self.type(child)
        return code.Lambda(node.start_byte, node.end_byte, parameters, body)

    def object_literal(self, node: Node) -> code.Expression:
        """`object : T(…) { … }`."""
        head = self.head(node)
        extent = (node.start_byte, node.end_byte)
        first = head.supertypes[0] if head.supertypes else code.Type(node.start_byte, node.start_byte, "")
        body = code.Class(node.start_byte, node.start_byte, "", "object", extent, head.supertypes, (), head.members)
        return code.New(first.start, first.end, first, head.super_arguments, body)

    def cast(self, node: Node) -> code.Expression:
        """`as`, `as?`."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        return code.Cast(node.start_byte, node.end_byte, self.expression(left), self.type(right))

    def test(self, node: Node) -> code.Expression:
        """`is`, `!is`."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        negated = any(child.type == "!is" for child in node.children)
        return code.Test(node.start_byte, node.end_byte, self.expression(left), self.type(right), negated)

    def binary(self, node: Node) -> code.Expression:
        """An operator between two operands."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        operator = self.operator_of(node)
        if operator == "+":
            return self.chain(node)
        misread = self.misread_call(operator, left, right)
        if misread is not None:
            return misread
        operands = (self.expression(left), self.expression(right))
        if operator in {"&&", "||"}:
            return code.Logic(node.start_byte, node.end_byte, "and" if operator == "&&" else "or", operands)
        if operator == "?:":
            return code.Choice(node.start_byte, node.end_byte, None, operands)
        kept = operator in {"==", "!=", "===", "!==", "*"}
        return code.Group(node.start_byte, node.end_byte, operands, operator if kept else "")

    def infix(self, node: Node) -> code.Expression:
        """`a name b`: a call of a member, unless the language's own functions are meant."""
        parts = [child for child in node.named_children if child.type != "comment"]
        if len(parts) != 3 or parts[1].type != "identifier":
            return self.group(node)
        left, name, right = self.expression(parts[0]), self.source.text(parts[1]), self.expression(parts[2])
        if name in _OPERATORS:
            return code.Group(node.start_byte, node.end_byte, (left, right))
        start, end = parts[1].start_byte, parts[1].end_byte
        return code.Call(start, end, code.Member(start, end, left, name), (code.Argument(right),))

    def operator_of(self, node: Node) -> str:
        """The operator of a node."""
        found = node.child_by_field_name("operator")
        if found is None:
            found = next((child for child in node.children if not child.is_named), None)
        return found.type if found is not None else ""

    def chain(self, node: Node) -> code.Expression:
        """`a + b + c`, however long, without recursion."""
        parts: list[code.Expression] = []
        current: Node | None = node
        while current is not None and current.type == "binary_expression" and self.operator_of(current) == "+":
            right = current.child_by_field_name("right")
            if right is not None:
                parts.append(self.expression(right))
            current = current.child_by_field_name("left")
        if current is not None:
            parts.append(self.expression(current))
        return code.Template(node.start_byte, node.end_byte, tuple(reversed(parts)))

    def misread_call(self, operator: str, left: Node, right: Node) -> code.Expression | None:
        """`f<A.B>(x)` and `f<A.B> { }` are read as two comparisons, without an error."""
        if operator != ">" or left.type != "binary_expression" or self.operator_of(left) != "<":
            return None
        callee, argument = left.child_by_field_name("left"), left.child_by_field_name("right")
        if (
            callee is None
            or argument is None
            or right.type not in {"parenthesized_expression", "lambda_literal", "annotated_lambda"}
        ):
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
        """`=`; the others only read and write."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.group(node)
        target, value = self.expression(left), self.expression(right)
        if self.source.data[left.end_byte : right.start_byte].strip() == b"=":
            return code.Assign(node.start_byte, node.end_byte, target, value)
        return code.Group(node.start_byte, node.end_byte, (target, value))

    def unary(self, node: Node) -> code.Expression:
        """An operator with one operand; `!!` says nothing of the value."""
        argument = node.child_by_field_name("argument")
        if argument is None:
            return self.group(node)
        sign = next((child.type for child in node.children if not child.is_named), "")
        if sign == "!!":
            return self.expression(argument)
        if sign == "!":
            return code.Logic(node.start_byte, node.end_byte, "not", (self.expression(argument),))
        before = argument.start_byte > node.start_byte
        return code.Group(node.start_byte, node.end_byte, (self.expression(argument),), _SIGN if before else "")

    def index(self, node: Node) -> code.Expression:
        """`receiver[index]`."""
        children = [child for child in node.named_children if child.type != "comment"]
        if len(children) < 2:
            return self.group(node)
        index = tuple(self.expression(child) for child in children[1:])
        target = self.expression(children[0])
        return _before(children[0], target, lambda inner: code.Index(node.start_byte, node.end_byte, inner, index))

    def collection(self, node: Node) -> code.Expression:
        """`[a, b]` in an annotation."""
        return self.group(node, "list")

    def only(self, node: Node) -> code.Expression:
        """What parentheses, labels and annotations stand around; a jump with a label is read as a labelled name."""
        self.annotations_within(node)
        first = node.named_children[0] if node.named_children else node
        if first.type == "label":
            jump = self.source.text(first).rstrip("@").strip()
            if jump in _JUMPS:
                return code.Jump(node.start_byte, node.end_byte, jump)
        inner = [child for child in node.named_children if child.type not in {"comment", "label", "annotation"}]
        return self.expression(inner[-1]) if len(inner) == 1 else self.group(node)


def _before(node: Node, target: code.Expression, make: Callable[[code.Expression], code.Expression]) -> code.Expression:
    """Make something of a receiver; the grammar reads `!a.b()` as `(!a).b()`, but means `!(a.b())`."""
    if node.type != "parenthesized_expression":
        match target:
            case code.Logic(operator="not"):
                return code.Logic(target.start, target.end, "not", (make(target.operands[0]),))
            case code.Group(kind="sign"):
                return code.Group(target.start, target.end, (make(target.parts[0]),), _SIGN)
            case _:
                pass
    return make(target)


def _unescape(text: str) -> str:
    if text.startswith("\\u") and len(text) == 6:
        try:
            value = int(text[2:], 16)
        except ValueError:
            return text
        return text if 0xD800 <= value <= 0xDFFF else chr(value)  # half a pair could not be written out again
    return _ESCAPES.get(text[1:], text)
