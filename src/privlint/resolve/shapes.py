"""Small operations on shapes: join, literals, elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model.facts import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = Shape()
MAXIMUM_SIGNS = 8  # a value that may come from more constants than this says little

_LISTS = frozenset(
    [
        "Array",
        "ArrayList",
        "Collection",
        "Deferred",
        "Flow",
        "Iterable",
        "Iterator",
        "List",
        "ListenableFuture",
        "LiveData",
        "MutableList",
        "MutableSet",
        "Optional",
        "Result",
        "Sequence",
        "Set",
        "StateFlow",
        "Task",
        "list",
        "set",
        "tuple",
    ]
)


def join(shapes: Iterable[Shape]) -> Shape:
    """One of several values: a type if they agree on one, and all the constants."""
    known = [shape for shape in shapes if shape is not NOTHING and (shape.type or shape.signs or shape.need)]
    if not known:
        return NOTHING
    if len(known) == 1:
        return known[0]
    typed = [shape for shape in known if shape.type]
    first = typed[0] if typed else known[0]
    signs = tuple(dict.fromkeys(sign for shape in known for sign in shape.signs))[:MAXIMUM_SIGNS]
    need = tuple(dict.fromkeys(name for shape in known for name in shape.need))
    confidence = min(shape.confidence for shape in known)
    return Shape(first.type, first.arguments, signs, first.static, confidence, () if first.type else need)


def literal(value: object) -> Shape:
    """The shape of a literal."""
    if isinstance(value, bool) or value is None:
        return Shape(signs=("=null" if value is None else f"={value}".lower(),))
    kind = "java.lang.String" if isinstance(value, str) else ""
    return Shape(kind, (), (f"={value}",))


def element(shape: Shape) -> Shape:
    """What a collection, a task or a flow holds."""
    if shape.arguments:
        inner = shape.arguments[-1]
        signs = inner.signs or shape.signs
        return Shape(
            inner.type, inner.arguments, signs, inner.static, min(inner.confidence, shape.confidence), inner.need
        )
    return Shape(need=shape.need, signs=shape.signs)


def is_list(shape: Shape) -> bool:
    """Tell whether iterating or indexing gives the type argument."""
    return bool(shape.arguments) and shape.type.rpartition(".")[2] in _LISTS


def with_signs(shape: Shape, signs: tuple[str, ...]) -> Shape:
    """The same value, from these constants."""
    return Shape(shape.type, shape.arguments, signs, shape.static, shape.confidence, shape.need)


def weaken(shape: Shape, confidence: int) -> Shape:
    """The same value, at most this sure."""
    if shape.confidence <= confidence:
        return shape
    return Shape(shape.type, shape.arguments, shape.signs, shape.static, confidence, shape.need)
