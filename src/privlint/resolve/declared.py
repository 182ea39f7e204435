"""Declarations of this file, worked out when they are asked for: what a field, a property or a function gives."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import structs

from privlint.model import code
from privlint.model.facts import Shape
from privlint.resolve import shapes
from privlint.resolve.names import Scope
from privlint.resolve.notes import Notes
from privlint.resolve.shapes import NOTHING
from privlint.resolve.state import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable

_OWN_FIELD_TYPES = {  # what is assigned to a field of these types elsewhere in its class is worth knowing
    "android.net.Uri",
    "java.lang.String",
    "android.hardware.Sensor",
    "android.content.Intent",
    "kotlin.String",
}
MAXIMUM_DEPTH = 60  # lazily worked out declarations, one inside another


class Declared(Notes):
    """Works declarations out, each at most once."""

    def declared(self, declaration: code.Variable | code.Function, scope: Scope | None) -> Shape:
        """What a declaration of this file gives; nothing while it is being worked out."""
        key = id(declaration)
        if key in self._declared:
            return self._declared[key]
        if self.depth >= MAXIMUM_DEPTH:
            return NOTHING
        self._declared[key] = NOTHING
        self.depth += 1
        try:
            shape = self._elsewhere(scope, lambda: self._work_out(declaration, scope))
        finally:
            self.depth -= 1
        self._declared[key] = shape
        return shape

    def _work_out(self, declaration: code.Variable | code.Function, scope: Scope | None) -> Shape:
        if isinstance(declaration, code.Function):
            kinds = {kind.name: kind.arguments[0] if kind.arguments else None for kind in declaration.type_parameters}
            written = self.names.shape(declaration.result, scope, {**self.parameters, **kinds})
            if written.type and declaration.body is None:
                return written
            if written.type or "expression" in declaration.modifiers or self.language == "python":
                given = self._walked.get(id(declaration)) or self.function(declaration)
                signs = tuple(sign for sign in given.signs if not sign.startswith("@"))
                return shapes.with_signs(written if written.type else given, signs)
            return NOTHING
        if scope is not None and _is_constant(declaration, scope):
            return Shape(scope.name, signs=(f"{scope.name}.{declaration.name}",))
        written = self.names.shape(declaration.type, scope, self.parameters)
        if declaration.value is not None:
            value = self.expression(declaration.value)
        elif declaration.delegate is not None:
            value = self._delegated(declaration.delegate)
        elif declaration.getter is not None:
            value = self._getter(declaration.getter)
        else:
            value = NOTHING
        if scope is not None and not declaration.constant and (not written.type or written.type in _OWN_FIELD_TYPES):
            value = shapes.join((value, self._assigned.get(scope.name, {}).get(declaration.name, NOTHING)))
        if not written.type:
            return value
        return Shape(written.type, written.arguments, value.signs, False, written.confidence, written.need)

    def _delegated(self, delegate: code.Expression) -> Shape:
        """`by lazy { … }` gives what its lambda gives; `by inject<T>()` a T."""
        given = self.expression(delegate)
        if isinstance(delegate, code.Call):
            if delegate.types and len(delegate.types) == 1:
                return self.names.shape(delegate.types[0], self.class_scope(), self.parameters)
            for argument in delegate.arguments:
                if isinstance(argument.value, code.Lambda):
                    return self._quietly(partial(self.lambda_, argument.value, NOTHING, None))
        return given

    def _getter(self, getter: code.Block) -> Shape:
        saved, self.returned = self.returned, []
        last = self.block(getter)
        returned, self.returned = self.returned, saved
        return shapes.join((last, *returned))

    def _elsewhere(self, scope: Scope | None, work: Callable[[], Shape]) -> Shape:
        """Work something out as if standing in another class of the file."""
        saved = (self.locals, self.receivers, self.enclosing, self.base)
        self.locals = [{}]
        self.base = 0
        self.receivers = []
        for around in reversed(list(scope.chain())) if scope else ():
            self.receivers.append(Receiver(Shape(around.name), around))
            constructor = {
                parameter.name: self.names.shape(parameter.type, around, self.parameters)
                for parameter in around.declaration.parameters
            }
            self.locals.append(constructor)
        try:
            return self._quietly(work)
        finally:
            self.locals, self.receivers, self.enclosing, self.base = saved

    def _quietly(self, work: Callable[[], Shape]) -> Shape:
        saved = self.emitting
        self.emitting = False
        try:
            return work()
        finally:
            self.emitting = saved

    def _self_assigned(self, scope: Scope) -> dict[str, Shape]:
        """What the methods of a Python class assign to `self`."""
        if scope.name not in self._assigned:
            self._assigned[scope.name] = {}
            if self.depth < MAXIMUM_DEPTH:
                self.depth += 1
                for member in sorted(
                    scope.declaration.members, key=lambda member: getattr(member, "name", "") != "__init__"
                ):
                    if isinstance(member, code.Function) and member.body is not None:
                        self._elsewhere(scope, partial(self.function, member))
                self.depth -= 1
        return self._assigned[scope.name]

    def members_of(self, scope: Scope) -> dict[str, Shape]:
        """Everything that a class of this file offers, with what is known of it."""
        table: dict[str, Shape] = {}
        for place in (scope, scope.companion):
            for member in place.declaration.members if place else ():
                if isinstance(member, code.Variable | code.Function) and member.name not in table:
                    shape = self.declared(member, place)
                    table[member.name] = shape
            for index, parameter in enumerate(place.declaration.parameters if place else ()):
                if place is not None and parameter.name in place.declaration.property_parameters:
                    table[parameter.name] = self.names.shape(parameter.type, place, {})
                    if place.declaration.kind == "data":
                        table[f"component{index + 1}"] = table[parameter.name]
        table.update(self.constants_of(scope))
        if self.language == "python":
            table.update({name: shape for name, shape in self._self_assigned(scope).items() if name not in table})
        return table

    def constants_of(self, scope: Scope) -> dict[str, Shape]:
        """What the constants of an enum are made with, as `CONSTANT.property`. One may refer to another."""
        if scope.name in self._made_with:
            return self._made_with[scope.name]
        table = self._made_with[scope.name] = {}
        names = [parameter.name for parameter in scope.declaration.parameters]
        for member in scope.declaration.members:
            if not isinstance(member, code.Variable) or not _is_constant(member, scope):
                continue
            for index, argument in enumerate(member.value.arguments if isinstance(member.value, code.New) else ()):
                name = argument.name or (names[index] if index < len(names) else "")
                if name in scope.declaration.property_parameters:
                    table[f"{member.name}.{name}"] = self._elsewhere(scope, partial(self.expression, argument.value))
        return table

    def _scope_of(self, item: code.Class) -> Scope:
        around = self.class_scope()
        if around is not None and item.name in around.nested and around.nested[item.name].declaration is item:
            return around.nested[item.name]
        for scope in self.names.scopes.values():
            if scope.declaration is item:
                return scope
        return self._local_scope(item)

    def _local_scope(self, item: code.Class) -> Scope:
        """A class declared inside a function, or without a name."""
        known = self._local_classes.get(id(item))
        if known is not None:
            return known
        named = structs.replace(item, name=item.name or f"<{item.extent[0]}>")
        scope = self.names.declare_class(named, self.class_scope())
        self._local_classes[id(item)] = scope
        self._local_classes[id(named)] = scope
        return scope


def _is_constant(declaration: code.Variable, scope: Scope) -> bool:
    """Tell whether a member is one of the constants of an enum."""
    made = declaration.value
    return scope.declaration.kind == "enum" and declaration.static and isinstance(made, code.New) and not made.type.name
