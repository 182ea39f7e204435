"""Kotlin bytes in, `SourceFile` out, by tree-sitter-kotlin 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages import hollow, kotlin_repair
from privlint.languages.grammar import parser
from privlint.languages.kotlin_expressions import Expressions
from privlint.languages.kotlin_types import MAXIMUM_DEPTH, TYPES
from privlint.languages.prose import Prose
from privlint.languages.source import Source, broken_ranges
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node


def extract(data: bytes, words: frozenset[str] | None) -> code.SourceFile:
    """Lower one Kotlin file; see `privlint.languages.extract`."""
    prose = Prose(data, "kotlin")
    source, whole = Source(data, words), kotlin_repair.always(prose.blanked, prose.ranges)
    text = hollow.kotlin(whole, source, prose)
    root = parser("tree_sitter_kotlin").parse(text).root_node
    if root.has_error and text is not whole:
        text = whole
        root = parser("tree_sitter_kotlin").parse(text).root_node
    if root.has_error:
        repaired = kotlin_repair.after_errors(text, prose.ranges)
        if repaired != text:
            second = parser("tree_sitter_kotlin").parse(repaired).root_node
            if _error_bytes(second) < _error_bytes(root):
                root, text = second, repaired
    lowering = _Lowering(source)
    file = lowering.file(root, prose)
    if not lowering.misread:
        return file
    # Annotations that are read as an expression take the declaration behind them along: read it without them.
    again = _Lowering(Source(data, words))
    for start, end, taken in lowering.misread:
        again.marks[kotlin_repair.next_code(text, end)] = taken
        again.source.seen.update(offset for offset in lowering.source.seen if start <= offset < end)
        text = kotlin_repair.blanked(text, start, end)
    return again.file(parser("tree_sitter_kotlin").parse(text).root_node, prose)


def _error_bytes(root: Node) -> int:
    return sum(end - start for start, end in broken_ranges(root))


class _Lowering(Expressions):
    """One pass over one tree."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.misread: list[tuple[int, int, tuple[code.Annotation, ...]]] = []

    def file(self, root: Node, prose: Prose) -> code.SourceFile:
        """The whole file."""
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
                    annotations.extend(
                        self.annotation(part) for part in child.named_children if part.type != "use_site_target"
                    )
                case _:
                    items.extend(self.statement(child))
        return code.SourceFile(
            "kotlin",
            package,
            tuple(imports),
            tuple(items),
            tuple(annotations),
            prose.spoken,
            self.source.lost(prose.ranges),
            tuple(sorted((*broken_ranges(root), *self.too_deep))),
            len(self.source.data),
        )

    def import_(self, node: Node) -> code.Import:
        """One import."""
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

    def statement(self, node: Node) -> list[code.Statement]:
        """A statement or declaration; more than one for a destructuring."""
        handler = _DECLARATIONS.get(node.type)
        if handler is not None:
            return handler(self, node)
        if node.type == "annotated_expression":
            self.misread_annotations(node)
        if node.type == "ERROR":
            return [part for child in node.named_children for part in self.statement(child)]
        return [self.expression(node)]

    def expression(self, node: Node) -> code.Expression:
        """An expression, of whatever kind."""
        if self.depth >= MAXIMUM_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return code.Group(node.start_byte, node.end_byte, ())
        self.depth += 1
        try:
            handler = _EXPRESSIONS.get(node.type)
            return handler(self, node) if handler is not None else self.group(node)
        finally:
            self.depth -= 1

    def misread_annotations(self, node: Node) -> None:
        """Note annotations before a declaration that are read as annotations of an expression."""
        inner: Node | None = node
        end = node.start_byte
        annotations: list[code.Annotation] = []
        while inner is not None and inner.type == "annotated_expression":
            annotations.extend(self.annotations_within(inner))
            parts = [child for child in inner.named_children if child.type != "comment"]
            end = max((part.end_byte for part in parts if part.type == "annotation"), default=end)
            inner = next((part for part in parts if part.type != "annotation"), None)
        if inner is not None and inner.type == "parenthesized_expression" and annotations:  # the last one's arguments
            last = annotations.pop()
            given = tuple(code.Argument(self.expression(part)) for part in inner.named_children)
            annotations.append(code.Annotation(last.start, last.end, last.name, given))
            end = inner.end_byte
        elif inner is not None and inner.type in _WHOLE:
            return
        if kotlin_repair.declares(self.source.data, end):
            self.misread.append((node.start_byte, end, tuple(annotations)))

    def group(self, node: Node, kind: str = "") -> code.Expression:
        """An expression of which only the parts matter."""
        parts: list[code.Expression] = []
        for child in node.named_children:
            if child.type in {"comment", "label"}:
                continue
            if child.type in TYPES:
                self.type(child)
                continue
            parts.extend(
                code.Block(child.start_byte, child.end_byte, (item,)) if isinstance(item, _STATEMENTS) else item
                for item in self.statement(child)
            )
        return code.Group(node.start_byte, node.end_byte, tuple(parts), kind)


_STATEMENTS = (code.Variable, code.Function, code.Class, code.Alias, code.Loop, code.Import)

_WHOLE = frozenset(  # what annotations may stand before as an expression, though it begins with a declaring word
    {"anonymous_function", "object_literal", "class_declaration", "function_declaration", "property_declaration"}
)

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
    "infix_expression": _Lowering.infix,
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
