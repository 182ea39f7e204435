"""What a resolved file offers to other files: its classes, functions, properties and constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model import code
from privlint.model.facts import ClassOutline, Outline, Shape

if TYPE_CHECKING:
    from privlint.resolve.walk import Walk


def outline_of(walk: Walk) -> Outline:
    """Collect the declarations that another file may lean on."""
    names = walk.names
    classes = []
    for scope in names.scopes.values():
        offered = {name: _public(shape) for name, shape in walk.members_of(scope).items()}
        classes.append(ClassOutline(scope.name, names.lineage(scope.name)[0][1:], offered))
    members: dict[str, Shape] = {}
    for name, declaration in names.top.items():
        if isinstance(declaration, code.Variable | code.Function):
            shape = walk.declared(declaration, None)
            if shape.type or shape.signs:
                members[f"{names.package}.{name}" if names.package else name] = _public(shape)
    for name, written in names.aliases.items():
        target = names.shape(written, None, {})
        if target.type and name not in names.top:
            members[f"{names.package}.{name}" if names.package else name] = Shape(
                target.type, target.arguments, static=True, confidence=target.confidence
            )
    return Outline(tuple(classes), members, walk.handing())


def _public(shape: Shape) -> Shape:
    """What holds outside the file: placeholders for parameters do not."""
    signs = tuple(sign for sign in shape.signs if not sign.startswith("@"))
    return Shape(shape.type, shape.arguments, signs, shape.static, shape.confidence, ())
