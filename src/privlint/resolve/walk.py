"""The walk through one file: statements, declarations and expressions, in order; references are noted on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privlint.model import code
from privlint.model.facts import Confidence, FieldFact, Passed, Resolved, Shape
from privlint.resolve import shapes
from privlint.resolve.branches import Branches
from privlint.resolve.names import Scope
from privlint.resolve.shapes import NOTHING
from privlint.resolve.state import ALONE, Given, Receiver, path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from privlint.model.facts import Outline

_LABELS = {"verbose_name", "label", "help_text", "comment", "title", "description", "doc"}


class Walk(Branches):
    """One run over one file."""

    def run(self, outline: Callable[[Walk], Outline]) -> Resolved:
        """Walk the whole file."""
        for item in self.names.file.items:
            self.statement(item)
        self._lexical()
        self._handed_inside()
        references = tuple(
            sorted(map(self._settled, self.references.values()), key=lambda found: (found.start, found.member))
        )
        self.emitting = False
        offered = outline(self)
        asked = frozenset(self.names.symbols.questions)
        return Resolved(references, tuple(self.fields), offered, tuple(sorted(self.open)), asked)

    def statement(self, item: code.Statement) -> Shape:
        """Walk one statement or declaration; its value, if it has one."""
        return _WALKED[type(item)](self, item)

    def import_(self, item: code.Import) -> Shape:
        """An import inside a function."""
        name, path = self.names.bind_import(item)
        if name:
            self.locals[-1][name] = Shape(path, static=True, signs=(path,))
        return NOTHING

    def alias(self, item: code.Alias) -> Shape:
        """Another name for a type."""
        self.names.aliases.setdefault(item.name, item.type)
        return NOTHING

    def block(self, block: code.Block | None) -> Shape:
        """Walk a block in a scope of its own; the value of its last statement."""
        if block is None:
            return NOTHING
        self.locals.append({})
        try:
            return self.items(block)
        finally:
            self.locals.pop()

    def items(self, block: code.Block) -> Shape:
        """Walk the statements of a block in the scope at hand; a branch that leaves tells the rest what it tested."""
        for item in block.items:
            if isinstance(item, code.Class) and item.name:
                self._local_scope(item)
        last = NOTHING
        for item in block.items:
            last = self.statement(item)
            if isinstance(item, code.If) and item.otherwise is None and _leaves(item.then):
                self._narrow(item.condition, False)
        return last

    def class_(self, item: code.Class) -> Shape:
        """Walk a class: its supertypes, its fields, its functions."""
        scope = self._scope_of(item)
        owner = Shape(scope.name)
        for written in item.supertypes:
            full, sure, need = self.names.full_name(written.name, scope.outer)
            confidence = Confidence.EXACT if sure else Confidence.INFERRED
            self.note(written, "<extends>", "extends", Shape(full, confidence=confidence, need=need))
        self.annotations(item.annotations, scope.outer)
        for argument in item.super_arguments:
            self.expression(argument.value)
        saved = self.parameters
        self.parameters = {
            **saved,
            **{kind.name: kind.arguments[0] if kind.arguments else None for kind in item.type_parameters},
        }
        self.receivers.append(Receiver(owner, scope))
        if item.name:
            self.enclosing.append(item.name)
        constructor: dict[str, Shape] = {}
        self.locals.append(constructor)
        for parameter in item.parameters:
            constructor[parameter.name] = self.names.shape(parameter.type, scope, self.parameters)
            if parameter.value is not None:
                self.expression(parameter.value)
        for parameter in item.parameters:
            if item.kind == "record" or parameter.name in item.property_parameters:
                self.field(parameter, item)
        for member in item.members:
            if isinstance(member, code.Variable):
                self.field(member, item)
                self.variable(member, is_member=True)
            elif isinstance(member, code.Block):
                self.block(member)
            else:
                self.statement(member)
        self.locals.pop()
        if item.name:
            self.enclosing.pop()
        self.receivers.pop()
        self.parameters = saved
        return NOTHING

    def field(self, variable: code.Variable, owner: code.Class) -> None:
        """Note a field of a class for the lexicon of personal fields."""
        if not self.emitting:
            return
        if self.language != "python":
            marks = (*owner.annotations, *variable.annotations)
            self._carried_field(variable, ".".join(self.enclosing), marks, static=variable.static)
            return
        constructor = ""
        labels: tuple[str, ...] = ()
        if isinstance(variable.value, code.Call):
            constructor = _dotted(variable.value.callee)
            labels = tuple(
                part.value
                for argument in variable.value.arguments
                if argument.name in _LABELS
                for part in (argument.value, *(inner.value for inner in getattr(argument.value, "arguments", ())))
                if isinstance(part, code.Literal) and isinstance(part.value, str)
            )
        scope = self.class_scope()
        self.fields.append(
            FieldFact(
                variable.start,
                variable.end,
                owner.name,
                self.names.lineage(scope.name)[0][1:] if scope else (),
                variable.name,
                constructor,
                variable.type.name.rpartition(".")[2] if variable.type else "",
                tuple(annotation.name for annotation in owner.annotations),
                labels,
            )
        )

    def _carried_field(
        self,
        variable: code.Variable | code.Parameter,
        owner: str,
        annotations: tuple[code.Annotation, ...],
        *,
        static: bool = False,
    ) -> None:
        """Note a field or parameter that an annotation, its own or of its class, says is kept or sent."""
        if static or not annotations or variable.type is None:
            return
        scope = self.class_scope()
        self.fields.append(
            FieldFact(
                variable.start,
                variable.end,
                owner,
                (),
                variable.name,
                type=variable.type.name.rpartition(".")[2],
                marks=tuple(full for annotation in annotations for full in self._may_be(annotation.name, scope)),
                wire=tuple(
                    part.value
                    for annotation in variable.annotations
                    for argument in annotation.arguments
                    if argument.name in {"", "value", "name"}
                    for part in getattr(argument.value, "parts", (argument.value,))
                    if isinstance(part, code.Literal) and isinstance(part.value, str)
                ),
            )
        )

    def _may_be(self, name: str, scope: Scope | None) -> tuple[str, ...]:
        """The full names that a written one may have; a wildcard import may bring it."""
        full, sure, guesses = self.names.full_name(name, scope)
        return (full,) if sure else guesses

    def annotations(self, annotations: tuple[code.Annotation, ...], scope: Scope | None) -> None:
        """Note annotations, and walk their arguments."""
        for annotation in annotations:
            full, sure, need = self.names.full_name(annotation.name, scope)
            confidence = Confidence.EXACT if sure else Confidence.INFERRED
            self.note(annotation, "<annotation>", "annotation", Shape(full, confidence=confidence, need=need))
            for argument in annotation.arguments:
                self.expression(argument.value)

    def function(self, item: code.Function) -> Shape:
        """Walk a function in a scope of its own; what its returns give."""
        scope = self.class_scope()
        if "override" in item.modifiers or scope is not None:
            self._overriding(item, scope)
        self.annotations(item.annotations, scope)
        if self.language != "python" and self.emitting:
            for parameter in item.parameters:
                self._carried_field(parameter, item.name, parameter.annotations)
        if item.body is None:
            return NOTHING
        saved_parameters, saved_returned = self.parameters, self.returned
        self.parameters = {
            **saved_parameters,
            **{kind.name: kind.arguments[0] if kind.arguments else None for kind in item.type_parameters},
        }
        self.returned = []
        saved_base, self.base = self.base, len(self.locals)
        self.locals.append(self._parameters(item, scope))
        if item.receiver is not None:
            self.receivers.append(Receiver(self.names.shape(item.receiver, scope, self.parameters), label=item.name))
        self.enclosing.append(item.name)
        try:
            last = self.items(item.body)
            given = last if "expression" in item.modifiers else shapes.join(self.returned)
            if self.emitting and self.language != "python":
                self._walked[id(item)] = given
            return given
        finally:
            self.enclosing.pop()
            if item.receiver is not None:
                self.receivers.pop()
            self.locals.pop()
            self.parameters, self.returned, self.base = saved_parameters, saved_returned, saved_base

    def _overriding(self, item: code.Function, scope: Scope | None) -> None:
        if scope is not None and item.name in self.catalogue.uses:
            owners = self.names.lineage(scope.name)[0][1:]
            if owners:
                self.note(item, item.name, "override", Shape(scope.name), (), owners)

    def _parameters(self, item: code.Function, scope: Scope | None) -> dict[str, Shape]:
        table: dict[str, Shape] = {}
        around = scope.name if scope is not None else self.names.package
        self.functions[item.start] = (f"{around}.{item.name}" if around else item.name, item)
        for index, parameter in enumerate(item.parameters):
            given = self.names.shape(parameter.type, scope, self.parameters)
            signs: tuple[str, ...] = (f"@{item.start}:{index}",)
            if parameter.value is not None:
                default = self.expression(parameter.value)
                signs = (*signs, *default.signs)
                given = given if given.type else default
            if not given.type and self.language == "python":
                given = self._by_convention(parameter.name)
            table[parameter.name] = shapes.with_signs(given, signs)
        if self.language == "python" and scope is not None and item.parameters and "staticmethod" not in item.modifiers:
            first = item.parameters[0].name
            if first in {"self", "cls"}:
                table[first] = Shape(scope.name, static=first == "cls")
        return table

    def _by_convention(self, name: str) -> Shape:
        """What a framework calls a parameter, in a file that imports the framework: `request` of a view."""
        for framework, full in self.catalogue.parameters.get(name, ()):
            if any(path == framework or path.startswith(f"{framework}.") for path in self.names.imports.values()):
                return Shape(full, confidence=Confidence.INFERRED)
        return NOTHING

    def variable(self, item: code.Variable, *, is_member: bool = False) -> Shape:
        """Walk a variable and bind it, unless it is a member."""
        scope = self.class_scope()
        self.annotations(item.annotations, scope)
        value = NOTHING
        if is_member:
            self.enclosing.append(item.name)
        if item.value is not None:
            value = self.expression(item.value)
        elif item.delegate is not None:
            value = self._delegated(item.delegate)
        if is_member:
            self.enclosing.pop()
        written = self.names.shape(item.type, scope, self.parameters)
        if written.type:
            value = Shape(written.type, written.arguments, value.signs, False, written.confidence, written.need)
        if item.getter is not None:
            if item.receiver is not None:
                self.receivers.append(Receiver(self.names.shape(item.receiver, scope, self.parameters)))
            self.enclosing.append(item.name)
            self.block(item.getter)
            self.enclosing.pop()
            if item.receiver is not None:
                self.receivers.pop()
        if not is_member:
            self._bind(item.name, value)
        return NOTHING

    def expression(self, item: code.Statement) -> Shape:
        """Walk an expression; its shape."""
        return _WALKED[type(item)](self, item)

    def cast(self, item: code.Cast) -> Shape:
        """`value as T`: a T that comes from where the value does."""
        value = self.expression(item.value)
        written = self.names.shape(item.type, self.class_scope(), self.parameters)
        return shapes.with_signs(written, value.signs) if written.type else value

    def class_literal(self, item: code.ClassLiteral) -> Shape:
        """`T::class`."""
        return Shape("java.lang.Class", (self.names.shape(item.type, self.class_scope(), self.parameters),))

    def jump(self, item: code.Jump) -> Shape:
        """`return value` and the like."""
        value = self.expression(item.value) if item.value is not None else NOTHING
        if item.kind == "return":
            self.returned.append(value)
        return NOTHING

    def new(self, item: code.New) -> Shape:
        """`new T(…)`, `object : T(…)`; an anonymous body is a class of its own."""
        scope = self.class_scope()
        shape = self.names.shape(item.type, scope, self.parameters)
        arguments = tuple(Passed(self.expression(argument.value), argument.name) for argument in item.arguments)
        carried: tuple[str, ...] = ()
        if shape.type:
            self.note(item, "<init>", "new", shape, arguments)
            carried = self._carried(shape.type, "<init>", NOTHING, arguments)
            if item.body is not None:
                self.note(item, "<extends>", "extends", shape)
        if item.body is not None:
            body = item.body
            if not body.supertypes and item.type.name:
                body = code.Class(
                    body.start, body.end, body.name, body.kind, body.extent, (item.type,), (), body.members,
                )  # fmt: skip
            self._anonymous(body)
        return shapes.with_signs(shape, carried)

    def _anonymous(self, body: code.Class) -> None:
        scope = self._local_scope(body)
        self.receivers.append(Receiver(Shape(scope.name), scope))
        for member in body.members:
            if isinstance(member, code.Variable):
                self.variable(member, is_member=True)
            elif isinstance(member, code.Block):
                self.block(member)
            else:
                self.statement(member)
        self.receivers.pop()

    def lambda_(self, item: code.Lambda, it: Shape, this: Shape | None, given: Given = ALONE) -> Shape:
        """Walk a lambda; what it gives. `given` says to which function, and which parameter `it` is."""
        table: dict[str, Shape] = {}
        for index, parameter in enumerate(item.parameters):
            written = self.names.shape(parameter.type, self.class_scope(), self.parameters)
            table[parameter.name] = written if written.type else (it if index == given.place else NOTHING)
        if not item.parameters and self.language == "kotlin":
            table["it"] = it
        if this is not None:
            self.receivers.append(Receiver(this, label=given.to))
        self.locals.append(table)
        saved = self.returned
        self.returned = []
        try:
            return self.items(item.body)
        finally:
            self.returned = saved
            self.locals.pop()
            if this is not None:
                self.receivers.pop()

    def reference(self, item: code.Reference) -> Shape:
        """`receiver::name`."""
        if item.receiver is None:
            for receiver in reversed(self.receivers):
                if receiver.shape.type and self._catalogued(receiver.shape.type, item.name, "reference"):
                    self.note(item, item.name, "reference", receiver.shape)
            return NOTHING
        receiver_shape = self.expression(item.receiver)
        self.note(item, item.name, "reference", receiver_shape)
        return self._given(receiver_shape, item.name)

    def template(self, item: code.Template) -> Shape:
        """A text that begins with a constant stands for it; any part may be what it is made of."""
        parts = [self.expression(part) for part in item.parts]
        first = parts[0] if parts else NOTHING
        text = ""
        for shape in parts:
            told = self._told(shape)
            if told is None:
                break
            text += told
        else:
            return Shape("java.lang.String", (), (f"={text}",))
        if text:
            return Shape("java.lang.String", (), (f"^{text}",))
        signs = tuple("^" + sign[1:] if sign.startswith("=") else sign for sign in first.signs)
        return Shape("java.lang.String", (), signs)

    def assign(self, item: code.Assign) -> Shape:
        """Walk an assignment, and keep what it says."""
        value = self.expression(item.value)
        target = item.target
        if isinstance(target, code.Name):
            if not any(target.name in table for table in self.locals):
                for around in reversed(self.receivers):
                    self._set(target, target.name, around.shape, value)
            self._reassign(target.name, value)
        elif isinstance(target, code.Member):
            receiver = self.expression(target.receiver)
            self._set(target, target.name, receiver, value)
            path = path_of(target)
            if path:
                self._bind(path, value)
            if receiver.type and receiver.type in self.names.scopes:
                known = self._assigned.setdefault(receiver.type, {})
                known[target.name] = shapes.join((value, known.get(target.name, NOTHING)))
        elif isinstance(target, code.Index):  # written to, not read
            for part in (target.receiver, *target.index):
                self.expression(part)
        else:
            self.expression(target)
        return value

    def _set(self, node: code.Node, name: str, receiver: Shape, value: Shape) -> None:
        """In Kotlin, assigning to a property of a Java class is calling its setter."""
        if self.language != "kotlin" or not receiver.type or receiver.type in self.names.scopes:
            return
        bare = name[2:] if name.startswith("is") and name[2:3].isupper() else name
        setter = f"set{bare[:1].upper()}{bare[1:]}"
        if any(setter in self.catalogue.apis.get(owner, ()) for owner in self.names.lineage(receiver.type)[0]):
            self.note(node, setter, "call", receiver, (Passed(value),))

    def _reassign(self, name: str, value: Shape) -> None:
        for table in reversed(self.locals):
            if name in table:
                earlier = table[name]
                if self.language == "python":
                    table[name] = shapes.join((value, earlier))
                elif earlier.type:
                    table[name] = shapes.with_signs(earlier, shapes.join((value, earlier)).signs)
                else:
                    table[name] = value if value.type else shapes.join((earlier, value))
                return
        scope = self.class_scope()
        if scope is not None and self.language != "python":
            known = self._assigned.setdefault(scope.name, {})
            known[name] = shapes.join((value, known.get(name, NOTHING)))
        elif self.language == "python":
            self._bind(name, value)

    def index(self, item: code.Index) -> Shape:
        """`receiver[index]`."""
        receiver = self.expression(item.receiver)
        index = tuple(Passed(self.expression(part)) for part in item.index)
        if self.language == "python" or receiver.type:
            get = "__getitem__" if self.language == "python" else "get"
            self.note(item, get, "call", receiver, index)
        return shapes.element(receiver)

    def group(self, item: code.Group) -> Shape:
        """Any other expression: a list holds its parts, flags are all of theirs."""
        found = [self.expression(part) for part in item.parts]
        if item.kind == "list":
            return Shape("kotlin.collections.List", (shapes.join(found),), shapes.join(found).signs)
        if item.kind == "await" and found:
            inner = found[0]
            return shapes.element(inner) if inner.arguments else inner
        if len(found) == 1 and not item.kind:
            return found[0]
        if item.kind in {"", "|", "*"}:  # flags: `A or B`
            return Shape(signs=shapes.join(Shape(signs=shape.signs) for shape in found).signs)
        return NOTHING


def _leaves(block: code.Block) -> bool:
    """Tell whether a block always ends in a jump."""
    return bool(block.items) and isinstance(block.items[-1], code.Jump)


def _dotted(item: code.Expression) -> str:
    """`a.b.c` as written; "" when it is anything else."""
    parts: list[str] = []
    while isinstance(item, code.Member):
        parts.append(item.name)
        item = item.receiver
    return ".".join([item.name, *reversed(parts)]) if isinstance(item, code.Name) else ""


def _no_value(_walked: object) -> Shape:
    return NOTHING


_WALKED: dict[type, Callable[[Walk, Any], Shape]] = {
    code.Alias: Walk.alias,
    code.Assign: Walk.assign,
    code.Block: Walk.block,
    code.Call: Walk.call,
    code.Cast: Walk.cast,
    code.Choice: Walk.choice,
    code.Class: Walk.class_,
    code.ClassLiteral: Walk.class_literal,
    code.Function: lambda walk, item: _no_value(walk.function(item)),
    code.Group: Walk.group,
    code.If: Walk.if_,
    code.Import: Walk.import_,
    code.Index: Walk.index,
    code.Jump: Walk.jump,
    code.Lambda: lambda walk, item: walk.lambda_(item, NOTHING, None),
    code.Literal: lambda _walk, item: shapes.literal(item.value),
    code.Logic: Walk.logic,
    code.Loop: Walk.loop,
    code.Member: Walk.member,
    code.Name: Walk.name,
    code.New: Walk.new,
    code.Reference: Walk.reference,
    code.Template: Walk.template,
    code.Test: lambda walk, item: _no_value(walk.expression(item.value)),
    code.Try: Walk.try_,
    code.Variable: Walk.variable,
    code.When: Walk.when,
}
