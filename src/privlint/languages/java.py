"""Java bytes in, `SourceFile` out, by tree-sitter-java 0.23."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.languages import hollow
from privlint.languages.grammar import parser
from privlint.languages.java_declarations import DECLARATIONS, annotation
from privlint.languages.java_expressions import EXPRESSIONS
from privlint.languages.java_statements import STATEMENTS
from privlint.languages.java_types import dotted
from privlint.languages.prose import Prose
from privlint.languages.source import IDENTIFIER, Source, broken_ranges
from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node


def extract(data: bytes, words: frozenset[str] | None) -> code.SourceFile:
    """Lower one Java file; see `privlint.languages.extract`."""
    prose = Prose(data, "java")
    source, text = Source(data, words), prose.blanked
    root = parser("tree_sitter_java").parse(hollow.java(text, source, prose)).root_node
    if root.has_error:
        root = parser("tree_sitter_java").parse(text).root_node
    return _file(Reader(source), root, prose)


def _file(reader: Reader, root: Node, prose: Prose) -> code.SourceFile:
    package = ""
    annotations: tuple[code.Annotation, ...] = ()
    imports: list[code.Import] = []
    items: list[code.Statement] = []
    for child in root.named_children:
        if child.type == "package_declaration":
            annotations = tuple(annotation(reader, part) for part in child.named_children if "annotation" in part.type)
            package = dotted(reader, child.named_children[-1]) if child.named_children else ""
        elif child.type == "import_declaration":
            imports.append(_import(reader, child))
        else:
            items.extend(reader.statement(child))
    return code.SourceFile(
        "java",
        package,
        tuple(imports),
        tuple(items),
        annotations,
        prose.spoken,
        reader.source.lost(prose.ranges),
        tuple(sorted((*broken_ranges(root), *reader.too_deep))),
        len(reader.source.data),
    )


def _import(reader: Reader, node: Node) -> code.Import:
    kinds = {child.type for child in node.children}
    path = "".join(dotted(reader, part) for part in node.named_children if "identifier" in part.type)
    return code.Import(node.start_byte, node.end_byte, path, wildcard="asterisk" in kinds, static="static" in kinds)


class Reader:
    """Reads the nodes of one tree; the tables of the `java_…` modules say how, by kind.

    `depth` counts the records around the one that is being made, so that neither this recursion nor one over the
    records that it gives can run out of stack.
    """

    limit = 100  # a level takes up to six Python frames; the deepest of 3,000 real files had 33

    def __init__(self, source: Source) -> None:
        self.source = source
        self.depth = 0
        self.too_deep: list[tuple[int, int]] = []

    def text(self, node: Node) -> str:
        """The text of an identifier, noted as read; "" for one that the parser made up."""
        if node.start_byte == node.end_byte:
            return ""
        text = self.source.text(node)
        if "$" in text:  # one identifier here, several words to `Source`
            starts = (match.start() for match in IDENTIFIER.finditer(self.source.data, node.start_byte, node.end_byte))
            self.source.seen.update(starts)
        return text

    def expression(self, node: Node) -> code.Expression:
        """Any expression; a kind that no table knows comes back as a Group of what can be read inside."""
        kind = node.type
        if kind == "identifier":
            return code.Name(node.start_byte, node.end_byte, self.text(node))
        if self.is_too_deep(node):
            return code.Group(node.start_byte, node.end_byte, ())
        self.depth += 1
        handler = EXPRESSIONS.get(kind)
        value = handler(self, node) if handler is not None else self._unknown(node)
        self.depth -= 1
        return value

    def expressions(self, nodes: Iterable[Node]) -> tuple[code.Expression, ...]:
        """Several expressions; errors that hold nothing to read are left out."""
        values = []
        for node in nodes:
            value = self.expression(node)
            if node.type != "ERROR" or not _is_empty(value):
                values.append(value)
        return tuple(values)

    def group(self, node: Node) -> code.Group:
        """The parts of an expression that needs no record of its own."""
        return code.Group(node.start_byte, node.end_byte, self.expressions(node.named_children))

    def inside(self, node: Node | None) -> code.Expression:
        """The expression within parentheses, however many."""
        while node is not None and node.type == "parenthesized_expression" and node.named_child_count == 1:
            node = node.named_children[0]
        if node is None:
            return code.Group(0, 0, ())
        return self.group(node) if node.type == "parenthesized_expression" else self.expression(node)

    def statement(self, node: Node) -> list[code.Statement]:
        """A statement or declaration: several records for `int a, b;`, none for what says nothing."""
        handler = STATEMENTS.get(node.type) or DECLARATIONS.get(node.type)
        if handler is None:
            return [self.expression(node)]
        if self.is_too_deep(node):
            return []
        self.depth += 1
        items = handler(self, node)
        self.depth -= 1
        return items

    def statements(self, nodes: Iterable[Node]) -> list[code.Statement]:
        """Several statements in order."""
        items: list[code.Statement] = []
        for node in nodes:
            items.extend(self.statement(node))
        return items

    def block(self, node: Node | None) -> code.Block:
        """A block, or the one statement that stands for it."""
        if node is None:
            return code.Block(0, 0)
        items = self.statements(node.named_children if node.type in _BLOCKS else (node,))
        return code.Block(node.start_byte, node.end_byte, tuple(items))

    def salvage(self, node: Node) -> list[code.Statement]:
        """What can be read inside an error or a node of unknown kind.

        Names that stand there by themselves stay unread: nobody can say what they are, so the lexical pass gets them.
        """
        items = self.statements(child for child in node.named_children if child.type not in _BARE)
        return [item for item in items if not _is_empty(item)]

    def is_too_deep(self, node: Node) -> bool:
        """Is there no room for a node? If so it is given up: its wanted words become lost tokens."""
        if self.depth < self.limit:
            return False
        self.too_deep.append((node.start_byte, node.end_byte))
        return True

    def _unknown(self, node: Node) -> code.Expression:
        items = self.salvage(node)
        parts = tuple(code.Block(i.start, i.end, (i,)) if isinstance(i, _NO_VALUE) else i for i in items)
        return code.Group(node.start_byte, node.end_byte, parts)


_BLOCKS = {"block", "constructor_body"}
_BARE = {"identifier", "scoped_identifier"}
_NO_VALUE = (code.Variable, code.Function, code.Class, code.Alias, code.Loop, code.Import)


def _is_empty(item: code.Statement) -> bool:
    return isinstance(item, code.Group) and not item.parts
