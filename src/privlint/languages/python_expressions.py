"""Python expressions of a tree in, records out."""

# ruff: noqa: D102 - a method is named after the construct it reads

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from privlint.languages.python_literals import number, pieces_of_format, unescaped
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from privlint.languages.source import Source

MAXIMUM_DEPTH = 120  # expressions and blocks nested deeper are left to the lexical pass
LARGE = 64  # elements; a literal collection of more is read only where it holds a wanted word

_DOTTED = re.compile(r"\s*(?:[\w.]*\bOptional\[)?\s*([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*(?:\[.*\])?\]?\s*(?:\|\s*None\s*)?")
LOOSE = {"identifier", "dotted_name", "comment"}
_TRANSPARENT = {"Optional", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "Annotated", "InitVar"}
_INNER = {"call": "function", "attribute": "object", "subscript": "value"}
_TRUTH = {"true": True, "false": False, "none": None}


class ExpressionLowering:
    """Reads expressions and types. `depth` guards the recursion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.depth = 0
        self.too_deep: list[tuple[int, int]] = []
        self.typing_cast = False  # is `cast` the one of `typing`?

    def expression(self, node: Node) -> code.Expression:
        """One expression; what has no record of its own becomes a Group."""
        lower = _EXPRESSIONS.get(node.type)
        if self.depth >= MAXIMUM_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return code.Group(node.start_byte, node.end_byte, ())
        self.depth += 1
        try:
            return lower(self, node) if lower is not None else self.group(node)
        finally:
            self.depth -= 1

    def group(self, node: Node, kind: str = "") -> code.Expression:
        return code.Group(node.start_byte, node.end_byte, self.parts(node), kind)

    def parts(self, node: Node) -> tuple[code.Expression, ...]:
        """The parts of a node. Loose words of a region that the parser lost stay unread: the lexical pass has them."""
        if node.type == "ERROR":
            return tuple(self.rest(child, after) for child, after in salvaged(node))
        return tuple(self.expression(child) for child in node.named_children if child.type != "comment")

    def rest(self, node: Node, after: Node | None) -> code.Expression:
        """What is left in a region that the parser lost; a name before an opening parenthesis is a call's."""
        value = self.expression(node)
        if node.type in {"attribute", "identifier"} and after is not None and after.type == "(":
            return code.Call(value.start, value.end, value)
        return value

    # --- names, members, calls --------------------------------------------------------------------------------------

    def name(self, node: Node) -> code.Expression:
        return code.Name(node.start_byte, node.end_byte, self.source.text(node))

    def chain(self, node: Node) -> code.Expression:
        """`a.b(c)[d].e`, however long, without recursion along it."""
        spine: list[Node] = []
        current: Node | None = node
        while current is not None and current.type in _INNER and self.depth + len(spine) < MAXIMUM_DEPTH:
            spine.append(current)
            current = current.child_by_field_name(_INNER[current.type])
        base = self.depth
        self.depth = base + len(spine)  # what is said first lies deepest
        value = self.expression(current) if current is not None else code.Group(node.start_byte, node.start_byte, ())
        for outer, link in zip(reversed(range(len(spine))), reversed(spine), strict=True):
            self.depth = base + outer
            value = self.link(link, value)
        self.depth = base
        return value

    def link(self, node: Node, value: code.Expression) -> code.Expression:
        if node.type == "attribute":
            return self.member(node, value)
        if node.type == "call":
            return self.call(node, value)
        index = tuple(self.expression(child) for child in node.children_by_field_name("subscript"))
        return code.Index(node.start_byte, node.end_byte, value, index)

    def member(self, node: Node, receiver: code.Expression) -> code.Expression:
        name = node.child_by_field_name("attribute")
        if name is None:
            return receiver
        return code.Member(name.start_byte, name.end_byte, receiver, self.source.text(name))

    def call(self, node: Node, callee: code.Expression) -> code.Expression:
        arguments = self.arguments(node.child_by_field_name("arguments"))
        match callee, arguments:
            case code.Name(name="isinstance"), (value, kinds):
                test = self.instance_test(node, value.value, kinds.value)
                if test is not None:
                    return test
            case ((code.Name(name="cast") | code.Member(name="cast")), (kind, value)) if self.is_typing_cast(callee):
                written = type_of_expression(kind.value)
                if written is not None:
                    return code.Cast(node.start_byte, node.end_byte, value.value, written)
            case code.Member(receiver=code.Literal(value=str() as text), name="format"), _:
                return code.Template(node.start_byte, node.end_byte, pieces_of_format(callee.receiver, text, arguments))
        return code.Call(callee.start, callee.end, callee, arguments)

    def is_typing_cast(self, callee: code.Expression) -> bool:
        if isinstance(callee, code.Name):
            return self.typing_cast
        return (
            isinstance(callee, code.Member)
            and isinstance(callee.receiver, code.Name)
            and callee.receiver.name == "typing"
        )

    def instance_test(self, node: Node, value: code.Expression, kinds: code.Expression) -> code.Expression | None:
        given = kinds.parts if isinstance(kinds, code.Group) and kinds.kind in {"list", "|"} else (kinds,)
        types = [type_of_expression(kind) for kind in given]
        tests = [code.Test(node.start_byte, node.end_byte, value, kind) for kind in types if kind is not None]
        if not tests or len(tests) != len(types):
            return None
        return tests[0] if len(tests) == 1 else code.Logic(node.start_byte, node.end_byte, "or", tuple(tests))

    def arguments(self, node: Node | None) -> tuple[code.Argument, ...]:
        if node is None:
            return ()
        if node.type == "generator_expression":
            return (code.Argument(self.expression(node)),)
        found = []
        for child in node.named_children:
            if child.type == "keyword_argument":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if value is not None:
                    found.append(code.Argument(self.expression(value), self.source.text(name) if name else ""))
            elif child.type != "comment":
                found.append(code.Argument(self.expression(child)))
        return tuple(found)

    # --- texts and numbers ------------------------------------------------------------------------------------------

    def string(self, node: Node) -> code.Expression:
        """A text; a Template where it interpolates."""
        opening = node.children[0]
        prefix = self.source.slice(opening.start_byte, opening.end_byte).rstrip("'\"").lower()
        parts: list[code.Expression] = []
        for child in node.named_children:
            if child.type == "string_content":
                text = self.source.slice(child.start_byte, child.end_byte)
                text = text if "r" in prefix else unescaped(text)
                if "f" in prefix or "t" in prefix:
                    text = text.replace("{{", "{").replace("}}", "}")
                parts.append(code.Literal(child.start_byte, child.end_byte, text))
            elif child.type == "interpolation":
                parts.extend(self.expression(part) for part in child.named_children if part.type != "type_conversion")
        match parts:
            case []:
                return code.Literal(node.start_byte, node.end_byte, "")
            case [code.Literal(value=str() as text)] if node.named_child_count == 3:
                return code.Literal(node.start_byte, node.end_byte, text)
        return code.Template(node.start_byte, node.end_byte, tuple(parts))

    def concatenated(self, node: Node) -> code.Expression:
        parts: list[code.Expression] = []
        for child in node.named_children:
            if child.type == "string":
                part = self.string(child)
                parts.extend(part.parts if isinstance(part, code.Template) else (part,))
        texts = [part.value for part in parts if isinstance(part, code.Literal) and isinstance(part.value, str)]
        if len(texts) == len(parts):
            return code.Literal(node.start_byte, node.end_byte, "".join(texts))
        return code.Template(node.start_byte, node.end_byte, tuple(parts))

    def literal(self, node: Node) -> code.Expression:
        if node.type in _TRUTH:
            return code.Literal(node.start_byte, node.end_byte, _TRUTH[node.type])
        return code.Literal(node.start_byte, node.end_byte, number(self.source.slice(node.start_byte, node.end_byte)))

    # --- operators --------------------------------------------------------------------------------------------------

    def binary(self, node: Node) -> code.Expression:
        operator = _operator(node)
        if operator == "%":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None and left.type in {"string", "concatenated_string"}:
                return self.percent(node, self.expression(left), self.expression(right))
        operands = self.flattened(node, "binary_operator", operator)
        if operator == "+":
            return code.Template(node.start_byte, node.end_byte, operands)
        return code.Group(node.start_byte, node.end_byte, operands, operator if operator in {"|", "*"} else "")

    def percent(self, node: Node, text: code.Expression, value: code.Expression) -> code.Expression:
        """`"… %s" % value`."""
        values = value.parts if isinstance(value, code.Group) and value.kind == "list" else (value,)
        if isinstance(text, code.Literal) and isinstance(text.value, str):
            arguments = tuple(code.Argument(part) for part in values)
            return code.Template(
                node.start_byte, node.end_byte, pieces_of_format(text, text.value, arguments, percent=True)
            )
        return code.Template(node.start_byte, node.end_byte, (text, *values))

    def logic(self, node: Node) -> code.Expression:
        operator = _operator(node)
        operands = self.flattened(node, "boolean_operator", operator)
        return code.Logic(node.start_byte, node.end_byte, operator, operands)

    def flattened(self, node: Node, kind: str, operator: str) -> tuple[code.Expression, ...]:
        """The operands of `a + b + c`, however many, without recursion."""
        operands: list[code.Expression] = []
        current: Node | None = node
        while current is not None and current.type == kind and _operator(current) == operator:
            right = current.child_by_field_name("right")
            if right is not None:
                operands.append(self.expression(right))
            current = current.child_by_field_name("left")
        if current is not None:
            operands.append(self.expression(current))
        return tuple(reversed(operands))

    def not_(self, node: Node) -> code.Expression:
        return code.Logic(node.start_byte, node.end_byte, "not", self.parts(node))

    def comparison(self, node: Node) -> code.Expression:
        operators = node.children_by_field_name("operators")
        kind = operators[0].type if len(operators) == 1 else ""
        return code.Group(node.start_byte, node.end_byte, self.parts(node), kind)

    def conditional(self, node: Node) -> code.Expression:
        parts = self.parts(node)
        if len(parts) != 3:
            return code.Group(node.start_byte, node.end_byte, parts)
        then, condition, otherwise = parts
        return code.Choice(node.start_byte, node.end_byte, condition, (then, otherwise))

    def walrus(self, node: Node) -> code.Expression:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None or value is None:
            return self.group(node)
        return code.Assign(node.start_byte, node.end_byte, self.name(name), self.expression(value))

    def only(self, node: Node) -> code.Expression:
        """`(value)`: the value itself."""
        children = [child for child in node.named_children if child.type != "comment"]
        return self.expression(children[0]) if len(children) == 1 else self.group(node)

    # --- collections, lambdas, comprehensions -----------------------------------------------------------------------

    def collection(self, node: Node) -> code.Expression:
        if self.is_idle(node):
            return code.Group(node.start_byte, node.end_byte, (), "list")
        return self.group(node, "list")

    def dictionary(self, node: Node) -> code.Expression:
        """A dict: its parts are key, value, key, value; `**other` is a part of kind "spread" between them."""
        parts: list[code.Expression] = []
        for child in () if self.is_idle(node) else node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    parts += (self.expression(key), self.expression(value))
            elif child.type != "comment":
                parts.append(self.expression(child))
        return code.Group(node.start_byte, node.end_byte, tuple(parts), "dict")

    def is_idle(self, node: Node) -> bool:
        return node.named_child_count > LARGE and not self.source.holds(node.start_byte, node.end_byte)

    def spread(self, node: Node) -> code.Expression:
        return self.group(node, "spread")

    def await_(self, node: Node) -> code.Expression:
        return self.group(node, "await")

    def lambda_(self, node: Node) -> code.Expression:
        parameters, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
        items = (self.expression(body),) if body is not None else ()
        block = code.Block(node.start_byte, node.end_byte, items)
        return code.Lambda(node.start_byte, node.end_byte, self.parameters(parameters), block)

    def comprehension(self, node: Node) -> code.Expression:
        """A Group of kind "comprehension" that holds a Block with nested Loops; the element is the innermost item."""
        body: Node | None = node.child_by_field_name("body")
        clauses = [child for child in node.named_children if child.type in {"for_in_clause", "if_clause"}]
        inner: code.Statement = (
            self.expression(body) if body is not None else code.Block(node.start_byte, node.start_byte)
        )
        for clause in reversed(clauses):
            if clause.type == "if_clause":
                condition = self.parts(clause)
                then = code.Block(clause.start_byte, clause.end_byte, (inner,))
                if condition:
                    inner = code.If(clause.start_byte, clause.end_byte, condition[0], then)
            else:
                inner = self.clause(clause, inner)
        block = code.Block(node.start_byte, node.end_byte, (inner,))
        return code.Group(node.start_byte, node.end_byte, (block,), "comprehension")

    def clause(self, node: Node, inner: code.Statement) -> code.Loop:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        variables, unpacked = self.loop_variables(left)
        body = code.Block(node.start_byte, node.end_byte, (*unpacked, inner))
        return code.Loop(node.start_byte, node.end_byte, variables, self.expression(right) if right else None, body)

    def loop_variables(self, target: Node | None) -> tuple[tuple[code.Parameter, ...], tuple[code.Statement, ...]]:
        """The variable of a loop. For several there is one without a name, and Variables without a value."""
        if target is None:
            return (), ()
        if target.type == "identifier":
            return (code.Parameter(target.start_byte, target.end_byte, self.source.text(target)),), ()
        nameless = code.Parameter(target.start_byte, target.end_byte, "")
        unpacked: list[code.Statement] = []
        for part in bound_names(target):
            if part.type == "identifier":
                unpacked.append(code.Variable(part.start_byte, part.end_byte, self.source.text(part)))
            else:
                nothing = code.Group(part.start_byte, part.start_byte, ())
                unpacked.append(code.Assign(part.start_byte, part.end_byte, self.expression(part), nothing))
        return (nameless,), tuple(unpacked)

    # --- parameters and types ---------------------------------------------------------------------------------------

    def parameters(self, node: Node | None) -> tuple[code.Parameter, ...]:
        found = []
        for child in node.named_children if node is not None else ():
            name = next(bound_names(child), None)
            if name is None or name.type != "identifier":
                continue
            kind, value = child.child_by_field_name("type"), child.child_by_field_name("value")
            starred = any(part.type.endswith("splat_pattern") for part in (child, *child.named_children[:1]))
            written, annotations = self.annotated(kind)
            found.append(
                code.Parameter(
                    name.start_byte,
                    name.end_byte,
                    self.source.text(name),
                    None if starred else written,
                    self.expression(value) if value is not None else None,
                    annotations,
                )
            )
        return tuple(found)

    def annotated(self, node: Node | None) -> tuple[code.Type | None, tuple[code.Annotation, ...]]:
        """A type as written, and what `Annotated[…]` says of it."""
        if node is None:
            return None, ()
        annotations: list[code.Annotation] = []
        return self.type(node, annotations), tuple(annotations)

    def type(self, node: Node, annotations: list[code.Annotation] | None = None) -> code.Type:
        """A type; `Optional[X]`, `X | None`, `ClassVar[X]` and `"X"` are X."""
        if self.depth >= MAXIMUM_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return code.Type(node.start_byte, node.end_byte, "")
        self.depth += 1
        try:
            return self.written_type(node, annotations)
        finally:
            self.depth -= 1

    def written_type(self, node: Node, annotations: list[code.Annotation] | None) -> code.Type:
        match node.type:
            case "type" if node.named_child_count:
                return self.type(node.named_children[0], annotations)
            case "identifier" | "attribute":
                value = self.expression(node)
                return type_of_expression(value) or code.Type(node.start_byte, node.end_byte, "")
            case "string":
                return _type_in_text(node, self.string(node))
            case "generic_type" | "subscript":
                return self.generic(node, annotations)
            case "binary_operator" | "union_type":
                kinds = [self.type(child, annotations) for child in node.named_children if child.type != "none"]
                kinds = [kind for kind in kinds if kind.name != "None"]
                return kinds[0] if len(kinds) == 1 else code.Type(node.start_byte, node.end_byte, "Union", tuple(kinds))
            case "list":
                kinds = [self.type(child) for child in node.named_children]
                return code.Type(node.start_byte, node.end_byte, "", tuple(kinds))
            case "none":
                return code.Type(node.start_byte, node.end_byte, "None")
        if annotations is not None and node.type == "call":
            self.expression(node)
        return code.Type(node.start_byte, node.end_byte, "")

    def generic(self, node: Node, annotations: list[code.Annotation] | None) -> code.Type:
        named, *rest = node.named_children
        outer = self.type(named)
        given = [
            part for child in rest for part in (child.named_children if child.type == "type_parameter" else (child,))
        ]
        simple = outer.name.rpartition(".")[2]
        if simple == "Annotated" and annotations is not None:
            annotations.extend(mark for mark in map(self.metadata, given[1:]) if mark.name)
        if simple in _TRANSPARENT and given:
            return self.type(given[0], annotations)
        return code.Type(outer.start, outer.end, outer.name, tuple(self.type(part) for part in given))

    def metadata(self, node: Node) -> code.Annotation:
        """`Field(max_length=20)` in `Annotated[str, Field(max_length=20)]`."""
        inner = node.named_children[0] if node.type == "type" and node.named_child_count else node
        return self.annotation(inner)

    def annotation(self, node: Node) -> code.Annotation:
        """A decorator, or what stands like one."""
        value = self.expression(node)
        callee, arguments = (value.callee, value.arguments) if isinstance(value, code.Call) else (value, ())
        written = type_of_expression(callee)
        return code.Annotation(node.start_byte, node.end_byte, written.name if written else "", arguments)


def salvaged(error: Node) -> Iterator[tuple[Node, Node | None]]:
    """What the parser kept of a lost region, each with what follows it; loose words are left to the lexical pass."""
    children = error.children
    for child, after in zip_longest(children, children[1:]):
        called = after is not None and after.type == "("
        if child.is_named and (child.type not in LOOSE or (child.type == "identifier" and called)):
            yield child, after


def bound_names(node: Node) -> Iterator[Node]:
    """What a target binds: names, and members or items of something, in order; of a parameter, its name."""
    stack = [node]
    while stack:
        current = stack.pop()
        if current.type in {"identifier", "attribute", "subscript"}:
            yield current
        elif current.type in {"typed_parameter", "default_parameter", "typed_default_parameter"}:
            stack.extend(current.named_children[:1])
        elif current.type in _PATTERNS:
            stack.extend(reversed(current.named_children))


def type_of_expression(value: code.Expression) -> code.Type | None:
    """The type that a name or a dotted name stands for."""
    names: list[str] = []
    current = value
    while isinstance(current, code.Member):
        names.append(current.name)
        current = current.receiver
    if not isinstance(current, code.Name):
        return None
    return code.Type(value.start, value.end, ".".join((current.name, *reversed(names))))


def _type_in_text(node: Node, value: code.Expression) -> code.Type:
    text = value.value if isinstance(value, code.Literal) and isinstance(value.value, str) else ""
    match = _DOTTED.fullmatch(text)
    return code.Type(node.start_byte, node.end_byte, match.group(1) if match else "")


def _operator(node: Node) -> str:
    token = node.child_by_field_name("operator")
    return token.type if token is not None else ""


_PATTERNS = {
    "pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "dictionary_splat_pattern", "list_splat",
    "expression_list", "tuple", "list", "parenthesized_expression", "as_pattern_target", "type",
}  # fmt: skip

_Lower: TypeAlias = "Callable[[ExpressionLowering, Node], code.Expression]"

_EXPRESSIONS: dict[str, _Lower] = {
    "identifier": ExpressionLowering.name,
    "call": ExpressionLowering.chain,
    "attribute": ExpressionLowering.chain,
    "subscript": ExpressionLowering.chain,
    "string": ExpressionLowering.string,
    "concatenated_string": ExpressionLowering.concatenated,
    "integer": ExpressionLowering.literal,
    "float": ExpressionLowering.literal,
    "true": ExpressionLowering.literal,
    "false": ExpressionLowering.literal,
    "none": ExpressionLowering.literal,
    "binary_operator": ExpressionLowering.binary,
    "boolean_operator": ExpressionLowering.logic,
    "not_operator": ExpressionLowering.not_,
    "comparison_operator": ExpressionLowering.comparison,
    "conditional_expression": ExpressionLowering.conditional,
    "named_expression": ExpressionLowering.walrus,
    "parenthesized_expression": ExpressionLowering.only,
    "list": ExpressionLowering.collection,
    "set": ExpressionLowering.collection,
    "tuple": ExpressionLowering.collection,
    "expression_list": ExpressionLowering.collection,
    "dictionary": ExpressionLowering.dictionary,
    "list_splat": ExpressionLowering.spread,
    "dictionary_splat": ExpressionLowering.spread,
    "await": ExpressionLowering.await_,
    "lambda": ExpressionLowering.lambda_,
    "list_comprehension": ExpressionLowering.comprehension,
    "set_comprehension": ExpressionLowering.comprehension,
    "dictionary_comprehension": ExpressionLowering.comprehension,
    "generator_expression": ExpressionLowering.comprehension,
}
