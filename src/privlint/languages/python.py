"""Python bytes in, `SourceFile` out, by tree-sitter-python 0.25."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING, TypeAlias

from privlint.languages.grammar import parser
from privlint.languages.python_expressions import (
    MAXIMUM_DEPTH,
    ExpressionLowering,
    bound_names,
    salvaged,
    type_of_expression,
)
from privlint.languages.python_patterns import PatternLowering
from privlint.languages.python_text import read_prose
from privlint.languages.source import Source
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

MANY = 20  # arms of an `if`; more are read as a `when`, so that records do not nest without end

_KEYWORDS = frozenset(keyword.kwlist)  # `from` may be a member elsewhere; here it is none
_TYPING = {"typing", "typing_extensions"}
_DECORATED = {
    "staticmethod": "static",
    "classmethod": "classmethod",
    "property": "property",
    "cached_property": "property",
}


def extract(data: bytes, words: frozenset[str] | None) -> code.SourceFile:
    """Lower one Python file; see `privlint.languages.extract`.

    What differs from the other languages: a local lives to the end of its function, so a Variable in an inner Block is
    seen after it too; `with` and the `else` of a loop are flattened into the statements around them.
    """
    prose = read_prose(data)
    root = parser("tree_sitter_python").parse(prose.code).root_node
    source = Source(data, words - _KEYWORDS if words is not None else None)
    lowering = _Lowering(source)
    items = lowering.module(root)
    return code.SourceFile(
        "python",
        "",
        tuple(lowering.imports),
        tuple(items),
        (),
        _comments(source, prose.comments),
        source.lost(prose.ranges),
        tuple(sorted((*_broken_ranges(root), *lowering.too_deep))),
        len(data),
    )


def _comments(source: Source, ranges: tuple[tuple[int, int], ...]) -> tuple[code.Comment, ...]:
    if b"privlint:" not in source.data:
        return ()
    found = []
    for start, end in ranges:
        text = source.slice(start, end)
        if "privlint:" in text:
            found.append(code.Comment(start, end, text.lstrip("#").strip()))
    return tuple(found)


def _broken_ranges(root: Node) -> tuple[tuple[int, int], ...]:
    """List the byte ranges of ERROR nodes; a MISSING node counts as one byte."""
    ranges: list[tuple[int, int]] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == "ERROR":
            ranges.append((node.start_byte, node.end_byte))
        elif node.is_missing:
            ranges.append((node.start_byte, node.start_byte + 1))
        elif node.has_error:
            stack.extend(node.children)
    return tuple(ranges)


class _Lowering(PatternLowering, ExpressionLowering):
    """One pass over one tree."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.imports: list[code.Import] = []  # of the module and its classes; those of functions stand in their bodies
        self.names: set[str] = set()  # bound so far in the scope
        self.in_function = False
        self.import_names: set[str] = set()  # bound by an import of the module

    # --- statements -------------------------------------------------------------------------------------------------

    def module(self, root: Node) -> list[code.Statement]:
        items: list[code.Statement] = []
        for child in root.named_children:
            items.extend(self.guarded_statement(child))
        return items

    def guarded_statement(self, node: Node) -> list[code.Statement]:
        try:
            return self.statement(node)
        except RecursionError:  # the caller left less room than MAXIMUM_DEPTH needs
            self.depth = 0
            self.too_deep.append((node.start_byte, node.end_byte))
            return []

    def statement(self, node: Node) -> list[code.Statement]:
        """A statement or declaration: none for `pass`, several for `with` or an unpacking."""
        if self.depth >= MAXIMUM_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return []
        lower = _STATEMENTS.get(node.type)
        if lower is None:
            return [self.expression(node)]
        self.depth += 1
        try:
            return lower(self, node)
        finally:
            self.depth -= 1

    def block(self, node: Node | None) -> code.Block:
        if node is None:
            return code.Block(0, 0)
        items: list[code.Statement] = []
        for child in node.named_children:
            items.extend(self.statement(child))
        return code.Block(node.start_byte, node.end_byte, tuple(items))

    def nothing(self, _node: Node) -> list[code.Statement]:
        return []

    def scope(self, node: Node) -> list[code.Statement]:
        """`global x`: an assignment to x is none to a new name."""
        self.names.update(self.source.text(child) for child in node.named_children if child.type == "identifier")
        return []

    def error(self, node: Node) -> list[code.Statement]:
        """What the parser could not place is still worth reading, but for its loose words."""
        found: list[code.Statement] = []
        for child, after in salvaged(node):
            if child.type in _STATEMENTS:
                found.extend(self.statement(child))
            else:
                found.append(self.rest(child, after))
        return found

    def expression_statement(self, node: Node) -> list[code.Statement]:
        found: list[code.Statement] = []
        children = node.named_children
        for child in children:
            if child.type in {"assignment", "augmented_assignment"}:
                found.extend(self.assignment(child))
            elif child.type not in {"comment", "string", "ellipsis"}:
                found.append(self.expression(child))
        return found

    def parts_only(self, node: Node) -> list[code.Statement]:
        """`assert`, `del`, Python 2's `print`: only the parts matter."""
        return list(self.parts(node))

    def jump(self, node: Node) -> list[code.Statement]:
        kind = node.type.partition("_")[0]
        parts = self.parts(node)
        value = parts[0] if len(parts) == 1 else code.Group(node.start_byte, node.end_byte, parts) if parts else None
        return [code.Jump(node.start_byte, node.end_byte, "throw" if kind == "raise" else kind, value)]

    def if_(self, node: Node) -> list[code.Statement]:
        """`elif` becomes an If inside `otherwise`, from the last to the first; a long row of them a When."""
        otherwise: code.Block | None = None
        arms = [node]
        for child in node.children_by_field_name("alternative"):
            if child.type == "elif_clause":
                arms.append(child)
            else:
                otherwise = self.block(child.child_by_field_name("body"))
        lowered = [self.arm(arm) for arm in arms]
        if len(arms) > MANY:
            branches = [code.Branch((condition,), then) for condition, then in lowered]
            branches += [code.Branch((), otherwise)] if otherwise is not None else []
            return [code.When(node.start_byte, node.end_byte, None, tuple(branches))]
        for arm, (condition, then) in zip(reversed(arms), reversed(lowered), strict=True):
            made = code.If(arm.start_byte, arm.end_byte, condition, then, otherwise)
            otherwise = code.Block(arm.start_byte, node.end_byte, (made,))
        return list(otherwise.items) if otherwise is not None else []

    def arm(self, node: Node) -> tuple[code.Expression, code.Block]:
        condition = node.child_by_field_name("condition")
        read = self.expression(condition) if condition else code.Group(node.start_byte, node.start_byte, ())
        return read, self.block(node.child_by_field_name("consequence"))

    def for_(self, node: Node) -> list[code.Statement]:
        right = node.child_by_field_name("right")
        source = self.expression(right) if right is not None else None
        left = node.child_by_field_name("left")
        variables, unpacked = self.loop_variables(left)
        self.names.update(variable.name for variable in variables)
        body = self.block(node.child_by_field_name("body"))
        body = code.Block(body.start, body.end, (*unpacked, *body.items))
        return [code.Loop(node.start_byte, node.end_byte, variables, source, body), *self.after_loop(node)]

    def while_(self, node: Node) -> list[code.Statement]:
        condition = node.child_by_field_name("condition")
        source = self.expression(condition) if condition is not None else None
        body = self.block(node.child_by_field_name("body"))
        return [code.Loop(node.start_byte, node.end_byte, (), source, body), *self.after_loop(node)]

    def after_loop(self, node: Node) -> tuple[code.Statement, ...]:
        alternative = node.child_by_field_name("alternative")
        return self.block(alternative.child_by_field_name("body")).items if alternative is not None else ()

    def with_(self, node: Node) -> list[code.Statement]:
        """`with f() as x:` reads as `x = f()` before the body."""
        found: list[code.Statement] = []
        for clause in node.named_children:
            if clause.type != "with_clause":
                continue
            for item in clause.named_children:
                found.extend(self.with_item(item))
        found.extend(self.block(node.child_by_field_name("body")).items)
        return found

    def with_item(self, node: Node) -> list[code.Statement]:
        value = node.child_by_field_name("value")
        if value is None or value.type != "as_pattern":
            return list(self.parts(node))
        alias = value.child_by_field_name("alias")
        read = self.expression(value.named_children[0])
        if alias is None or not alias.named_child_count:
            return [read]
        return self.bind(alias.named_children[0], read)

    def try_(self, node: Node) -> list[code.Statement]:
        body = self.block(node.child_by_field_name("body"))
        handlers = []
        ending = None
        for child in node.named_children:
            if child.type in {"except_clause", "except_group_clause"}:
                handlers.append(self.handler(child))
            elif child.type == "else_clause":
                body = code.Block(
                    body.start, child.end_byte, (*body.items, *self.block(child.child_by_field_name("body")).items)
                )
            elif child.type == "finally_clause":
                ending = self.block(next((part for part in child.named_children if part.type == "block"), None))
        return [code.Try(node.start_byte, node.end_byte, body, tuple(handlers), ending)]

    def handler(self, node: Node) -> code.Block:
        items: list[code.Statement] = []
        for child in node.named_children:
            if child.type == "as_pattern":
                kind = type_of_expression(self.expression(child.named_children[0]))
                alias = child.child_by_field_name("alias")
                name = next(iter(bound_names(alias)), None) if alias is not None else None
                if name is not None:
                    items.append(code.Variable(name.start_byte, name.end_byte, self.source.text(name), kind))
            elif child.type == "block":
                items.extend(self.block(child).items)
            else:
                self.expression(child)
        return code.Block(node.start_byte, node.end_byte, tuple(items))

    # --- bindings ---------------------------------------------------------------------------------------------------

    def assignment(self, node: Node) -> list[code.Statement]:
        """`a = b = value` binds b first, then a to b."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None:
            return list(self.parts(node))
        if node.type == "augmented_assignment":
            if right is None:
                return [self.expression(left)]
            added = code.Group(node.start_byte, node.end_byte, (self.expression(right),), "+=")
            return [code.Assign(node.start_byte, node.end_byte, self.expression(left), added)]
        written, annotations = self.annotated(node.child_by_field_name("type"))
        if right is None:
            return self.bind(left, None, written, annotations)
        if right.type != "assignment":
            return self.bind(left, self.expression(right), written, annotations)
        found = self.assignment(right)
        inner = right.child_by_field_name("left")
        return [*found, *self.bind(left, self.expression(inner or left))]

    def bind(
        self,
        target: Node,
        value: code.Expression | None,
        written: code.Type | None = None,
        annotations: tuple[code.Annotation, ...] = (),
    ) -> list[code.Statement]:
        """A Variable for a new name, else an Assign."""
        while target.type == "parenthesized_expression" and target.named_child_count == 1:
            target = target.named_children[0]
        start, end = target.start_byte, target.end_byte
        if target.type == "identifier":
            name = self.source.text(target)
            if (
                name in self.import_names
                and isinstance(value, code.Literal)
                and value.value is None
                and not self.in_function
            ):
                return []  # `except ImportError: gps = None`
            if name not in self.names:
                self.names.add(name)
                constant = name.isupper()
                return [code.Variable(start, end, name, written, value, constant=constant, annotations=annotations)]
            read = code.Name(start, end, name)
            return [code.Assign(start, end, read, value)] if value is not None else []
        if target.type in {"attribute", "subscript"}:
            given = value if value is not None else code.Group(start, start, ())
            given = code.Cast(start, end, given, written) if written is not None else given
            return [code.Assign(start, end, self.expression(target), given)]
        return self.unpack(target, value)

    def unpack(self, target: Node, value: code.Expression | None) -> list[code.Statement]:
        """`a, b = c, d` in pairs; else the value, then names of unknown value."""
        targets = [child for child in target.named_children if child.type != "comment"]
        starred = any(child.type in {"list_splat_pattern", "list_splat"} for child in targets)
        if isinstance(value, code.Group) and value.kind == "list" and len(value.parts) == len(targets) and not starred:
            pairs = zip(targets, value.parts, strict=True)
            return [statement for part, given in pairs for statement in self.bind(part, given)]
        found: list[code.Statement] = [value] if value is not None else []
        for part in bound_names(target):
            unknown = None if self.is_new(part) else code.Group(part.start_byte, part.start_byte, ())
            found.extend(self.bind(part, unknown))
        return found

    def is_new(self, node: Node) -> bool:
        return node.type == "identifier" and self.source.text(node) not in self.names

    # --- imports ----------------------------------------------------------------------------------------------------

    def import_(self, node: Node) -> list[code.Statement]:
        """`import a.b` binds `a`; the whole path is kept under an alias that no name can have."""
        found = []
        for child in node.children_by_field_name("name"):
            start, end = child.start_byte, child.end_byte
            path, alias = self.imported(child)
            first = path.partition(".")[0]
            if alias or first == path:
                found.append(code.Import(start, end, path, alias))
            else:
                found += (code.Import(start, end, first), code.Import(start, end, path, path))
        return self.place_imports(found)

    def import_from(self, node: Node) -> list[code.Statement]:
        module = node.child_by_field_name("module_name")
        path = "__future__" if module is None else self.module_path(module)
        found = []
        for child in node.children_by_field_name("name"):
            name, alias = self.imported(child)
            self.typing_cast |= path in _TYPING and name == "cast" and not alias
            joined = f"{path}{name}" if path.endswith(".") else f"{path}.{name}"
            found.append(code.Import(child.start_byte, child.end_byte, joined, alias))
        if any(child.type == "wildcard_import" for child in node.named_children):
            found.append(code.Import(node.start_byte, node.end_byte, path, wildcard=True))
        return self.place_imports(found)

    def imported(self, node: Node) -> tuple[str, str]:
        name, alias = node, None
        if node.type == "aliased_import":
            name = node.child_by_field_name("name") or node
            alias = node.child_by_field_name("alias")
        return self.dotted(name), self.source.text(alias) if alias is not None else ""

    def module_path(self, node: Node) -> str:
        if node.type != "relative_import":
            return self.dotted(node)
        return "".join(
            self.source.slice(child.start_byte, child.end_byte).replace(" ", "")
            if child.type == "import_prefix"
            else self.dotted(child)
            for child in node.named_children
        )

    def dotted(self, node: Node) -> str:
        return ".".join(self.source.text(child) for child in node.named_children if child.type == "identifier")

    def place_imports(self, found: list[code.Import]) -> list[code.Statement]:
        if self.in_function:
            return list(found)
        self.imports.extend(found)
        self.import_names.update(entry.alias or entry.path.rpartition(".")[2] for entry in found)
        return []

    # --- declarations -----------------------------------------------------------------------------------------------

    def decorated(self, node: Node) -> list[code.Statement]:
        definition = node.child_by_field_name("definition")
        decorators = [child for child in node.named_children if child.type == "decorator" and child.named_child_count]
        annotations = tuple(self.annotation(child.named_children[0]) for child in decorators)
        if definition is None:
            return []
        if definition.type == "class_definition":
            return [self.class_(definition, annotations)]
        return [self.function(definition, annotations)]

    def declaration(self, node: Node) -> list[code.Statement]:
        return [self.class_(node, ()) if node.type == "class_definition" else self.function(node, ())]

    def function(self, node: Node, annotations: tuple[code.Annotation, ...]) -> code.Function:
        name = node.child_by_field_name("name")
        start, end = (name.start_byte, name.end_byte) if name else (node.start_byte, node.start_byte)
        called = self.source.text(name) if name else ""
        self.names.add(called)
        body = node.child_by_field_name("body")
        parameters = self.parameters(node.child_by_field_name("parameters"))
        result, _ = self.annotated(node.child_by_field_name("return_type"))
        modifiers = ["async"] if any(child.type == "async" for child in node.children[:1]) else []
        modifiers += [word for item in annotations if (word := _DECORATED.get(item.name.rpartition(".")[2]))]
        skipped = body is not None and not self.is_wanted(body, called)
        lowered = None if skipped else self.function_body(body, parameters)
        return code.Function(
            start, end, called, (node.start_byte, node.end_byte), parameters, result, lowered, None,
            annotations, tuple(modifiers), self.type_parameters(node), skipped,
        )  # fmt: skip

    def is_wanted(self, body: Node, name: str) -> bool:
        """A body is, if it holds a wanted word; what `__init__` binds is also what other methods stand on."""
        if self.source.holds(body.start_byte, body.end_byte):
            return True
        return name == "__init__" and not self.in_function and bool(self.source.hits)

    def function_body(self, node: Node | None, parameters: tuple[code.Parameter, ...]) -> code.Block:
        outer, self.names = self.names, {parameter.name for parameter in parameters}
        was_in_function, self.in_function = self.in_function, True
        try:
            return self.block(node)
        finally:
            self.names, self.in_function = outer, was_in_function

    def type_parameters(self, node: Node) -> tuple[code.Type, ...]:
        holder = node.child_by_field_name("type_parameters")
        return tuple(self.type(child) for child in holder.named_children) if holder is not None else ()

    def class_(self, node: Node, annotations: tuple[code.Annotation, ...]) -> code.Class:
        name = node.child_by_field_name("name")
        start, end = (name.start_byte, name.end_byte) if name else (node.start_byte, node.start_byte)
        called = self.source.text(name) if name else ""
        self.names.add(called)
        supertypes, keywords = self.bases(node)
        extent = (node.start_byte, node.end_byte)
        members = self.members(node.child_by_field_name("body"))
        return code.Class(
            start, end, called, "class", extent, supertypes, keywords, members,
            annotations=annotations, type_parameters=self.type_parameters(node),
        )  # fmt: skip

    def bases(self, node: Node) -> tuple[tuple[code.Type, ...], tuple[code.Argument, ...]]:
        """Base classes, and the keywords after them (`metaclass=…`, `table=True`)."""
        types: list[code.Type] = []
        keywords: list[code.Argument] = []
        holder = node.child_by_field_name("superclasses")
        for child in holder.named_children if holder is not None else ():
            if child.type == "keyword_argument":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if name is not None and value is not None:
                    keywords.append(code.Argument(self.expression(value), self.source.text(name)))
            elif child.type == "call":  # with_metaclass(Meta, Base)
                made = self.expression(child)
                given = made.arguments if isinstance(made, code.Call) else ()
                types.extend(filter(None, (type_of_expression(argument.value) for argument in given)))
            elif child.type in {"identifier", "attribute", "subscript"}:
                types.append(self.type(child))
        return tuple(types), tuple(keywords)

    def members(self, node: Node | None) -> tuple[code.Declaration | code.Block, ...]:
        outer, self.names = self.names, set()
        was_in_function, self.in_function = self.in_function, False
        found: list[code.Declaration | code.Block] = []
        for child in node.named_children if node is not None else ():
            for item in self.statement(child):
                if isinstance(item, code.Variable | code.Function | code.Class | code.Alias):
                    found.append(item)
                else:
                    found.append(code.Block(child.start_byte, child.end_byte, (item,)))
        self.names, self.in_function = outer, was_in_function
        return tuple(found)

    def alias(self, node: Node) -> list[code.Statement]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return []
        name = self.type(left)
        return [code.Alias(name.start, name.end, name.name, self.type(right))]


_Lower: TypeAlias = "Callable[[_Lowering, Node], list[code.Statement]]"

_STATEMENTS: dict[str, _Lower] = {
    "expression_statement": _Lowering.expression_statement,
    "assignment": _Lowering.assignment,
    "augmented_assignment": _Lowering.assignment,
    "function_definition": _Lowering.declaration,
    "class_definition": _Lowering.declaration,
    "decorated_definition": _Lowering.decorated,
    "import_statement": _Lowering.import_,
    "import_from_statement": _Lowering.import_from,
    "future_import_statement": _Lowering.import_from,
    "if_statement": _Lowering.if_,
    "for_statement": _Lowering.for_,
    "while_statement": _Lowering.while_,
    "with_statement": _Lowering.with_,
    "try_statement": _Lowering.try_,
    "match_statement": _Lowering.match,
    "return_statement": _Lowering.jump,
    "raise_statement": _Lowering.jump,
    "break_statement": _Lowering.jump,
    "continue_statement": _Lowering.jump,
    "assert_statement": _Lowering.parts_only,
    "delete_statement": _Lowering.parts_only,
    "print_statement": _Lowering.parts_only,
    "exec_statement": _Lowering.parts_only,
    "global_statement": _Lowering.scope,
    "nonlocal_statement": _Lowering.scope,
    "type_alias_statement": _Lowering.alias,
    "pass_statement": _Lowering.nothing,
    "comment": _Lowering.nothing,
    "ERROR": _Lowering.error,
    "block": lambda lowering, node: list(lowering.block(node).items),
}
