"""The walk through one file: scopes, receivers and the shape of every expression; references are noted on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from privlint.model import code
from privlint.model.catalogue import knows
from privlint.model.facts import Confidence, FieldFact, Handed, Passed, Reference, Resolved, Shape
from privlint.resolve import shapes
from privlint.resolve.names import Scope
from privlint.resolve.shapes import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from privlint.model.facts import Form, Outline
    from privlint.resolve.names import Names

_CLASS_BY_NAME = {"jnius.autoclass", "java.jclass", "java.lang.Class.forName", "android.os.Class.forName"}
_CAST_BY_NAME = {"jnius.cast"}
_LABELS = {"verbose_name", "label", "help_text", "comment", "title", "description", "doc"}
_FOR_NAME = {"getMethod", "getDeclaredMethod", "getField", "getDeclaredField"}
_OWN_FIELD_TYPES = {"android.net.Uri", "java.lang.String", "android.hardware.Sensor", "android.content.Intent", "kotlin.String"}
_PLATFORM = ("android.", "androidx.", "java.", "javax.", "kotlin.", "kotlinx.", "com.google.android.")
MAXIMUM_DEPTH = 60  # lazily worked out declarations, one inside another
MAXIMUM_ROUNDS = 3  # constants handed through parameters, from function to function


class Receiver(Struct):
    """Something whose members can be named without saying so: a class, a lambda's `this`."""

    shape: Shape
    scope: Scope | None = None


class _Call(Struct, frozen=True):
    """A call of a function of the same file."""

    start: int
    end: int
    function: code.Function
    arguments: tuple[Passed, ...]
    enclosing: str

    def position(self, index: int) -> int:
        """The parameter that an argument goes to, from 0; `self` counts."""
        parameters = self.function.parameters
        name = self.arguments[index].name
        if name:
            return next((place for place, parameter in enumerate(parameters) if parameter.name == name), index)
        return index + (1 if parameters and parameters[0].name in {"self", "cls"} else 0)


class Walk:
    """One run over one file. `emitting` is off while a declaration is worked out ahead of its turn."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.catalogue = names.catalogue
        self.language = names.file.language
        self.locals: list[dict[str, Shape]] = [{}]
        self.receivers: list[Receiver] = []
        self.parameters: dict[str, code.Type | None] = {}  # type parameters in scope, with their bounds
        self.emitting = True
        self.enclosing: list[str] = []
        self.references: dict[tuple[int, str, str], Reference] = {}
        self.fields: list[FieldFact] = []
        self.open: set[str] = set()
        self.passed: dict[str, set[str]] = {}  # "@offset:index" of a parameter -> the constants it was given
        self.handed: dict[str, set[str]] = {}  # "@offset:index" of a parameter -> the kinds of sign it is read as
        self.calls: list[_Call] = []
        self.functions: dict[int, tuple[str, code.Function]] = {}
        self.returned: list[Shape] = []
        self.base = 0  # the scope of the function that is being walked
        self.depth = 0
        self._declared: dict[int, Shape] = {}
        self._assigned: dict[str, dict[str, Shape]] = {}
        self._local_classes: dict[int, Scope] = {}

    def run(self, outline: Callable[[Walk], Outline]) -> Resolved:
        """Walk the whole file."""
        for item in self.names.file.items:
            self.statement(item)
        self._lexical()
        self._handed_inside()
        references = tuple(sorted(map(self._settled, self.references.values()), key=lambda found: (found.start, found.member)))
        self.emitting = False
        return Resolved(references, tuple(self.fields), outline(self), tuple(sorted(self.open)))

    # --- notes ------------------------------------------------------------------------------------------------------

    def note(
        self,
        node: code.Node,
        member: str,
        form: Form,
        receiver: Shape,
        arguments: tuple[Passed, ...] = (),
        owners: tuple[str, ...] | None = None,
    ) -> None:
        """Note a use of a catalogued name; of an unknown receiver, what would have to be known."""
        if not self.emitting:
            return
        if form == "call" and any(map(self._bears_sign, arguments)) and self._note_handed(node, member, receiver, arguments):
            return
        if not member.startswith("<") and member not in self.catalogue.uses:
            return
        if owners is None:
            owners = self.names.lineage(receiver.type)[0] if receiver.type else ()
        if not member.startswith("<"):
            self._ask(receiver)
        confidence = receiver.confidence if owners else Confidence.NAME_ONLY
        arguments = tuple(self._with_kinds(passed) for passed in arguments)
        key = (node.start, member, form)
        earlier = self.references.get(key)
        if earlier is not None and earlier.owners and not owners:
            return
        self._note_handing(owners, member, arguments)
        enclosing = ".".join(self.enclosing)
        self.references[key] = Reference(node.start, node.end, owners, member, form, confidence, arguments, receiver, enclosing)

    def _bears_sign(self, passed: Passed) -> bool:
        """Tell whether an argument is a sign, or a parameter that may be given one."""
        return any(
            sign in self.catalogue.signs or (sign.startswith("@") and passed.shape.type == "android.net.Uri")
            for sign in passed.shape.signs
        )

    def _note_handing(self, owners: tuple[str, ...], member: str, arguments: tuple[Passed, ...]) -> None:
        """Note which parameters of the enclosing functions reach a reader; ask for what an argument stands for."""
        for owner in owners:
            for entry in self.catalogue.readers.get(owner, {}).get(member, ()):
                reader = entry.reader
                for passed in arguments:
                    self._ask(passed.shape)
                for index, passed in enumerate(arguments):
                    if passed.name == reader.name if passed.name and reader.name else index == reader.argument:
                        self._hand(passed, reader.reads)

    def _hand(self, passed: Passed, reads: str) -> None:
        for sign in passed.shape.signs:
            if sign.startswith("@"):
                self.handed.setdefault(sign, set()).add(reads)

    def _note_handed(self, node: code.Node, member: str, receiver: Shape, arguments: tuple[Passed, ...]) -> bool:
        """Note a call that gives a sign to a project function which hands it to a reader; else ask what it does."""
        names = self.names
        owners = names.lineage(receiver.type)[0] if receiver.type else ()
        imported = names.imports.get(member)
        guesses = (imported,) if imported else names.guesses(member)
        self._ask(receiver)
        self.open.update(guess for guess in guesses if not guess.startswith(_PLATFORM))
        for full in (*(f"{owner}.{member}" for owner in owners), *guesses):
            through = names.symbols.readers.get(full)
            if through:
                for handed in through:
                    for index, passed in enumerate(arguments):
                        if passed.name == handed.name if passed.name else index == handed.index:
                            self._hand(passed, handed.reads)
                self.references[(node.start, member, "call")] = Reference(
                    node.start, node.end, (full,), member, "call", Confidence.INFERRED, arguments, receiver,
                    ".".join(self.enclosing), through,
                )  # fmt: skip
                return True
        return False

    def handing(self) -> dict[str, tuple[Handed, ...]]:
        """The functions of this file that hand a parameter to a reader, by full name."""
        found: dict[str, set[tuple[int, str, str]]] = {}
        for sign, kinds in self.handed.items():
            start, _, index = sign[1:].partition(":")
            full, function = self.functions.get(int(start), ("", None))
            if function is None:
                continue
            offset = 1 if function.parameters and function.parameters[0].name in {"self", "cls"} else 0
            name = function.parameters[int(index)].name
            found.setdefault(full, set()).update((int(index) - offset, name, reads) for reads in kinds)
        return {full: tuple(Handed(*one) for one in sorted(ones)) for full, ones in sorted(found.items())}

    def _with_kinds(self, passed: Passed) -> Passed:
        """Say of what kinds an argument is, where its class is one of the project's own."""
        kinds = self.names.lineage(passed.shape.type)[0] if passed.shape.type else ()
        return Passed(passed.shape, passed.name, kinds[1:]) if len(kinds) > 1 else passed

    def _ask(self, receiver: Shape) -> None:
        """Ask other files for what would explain a receiver; the platform's own classes are in none of them."""
        unknown = self.names.lineage(receiver.type)[1] if receiver.type else ()
        self.open.update(name for name in (*unknown, *receiver.need) if not name.startswith(_PLATFORM))

    def _lexical(self) -> None:
        for token in self.names.file.lost:
            if token.name in self.catalogue.uses and token.member:
                form: Form = "lexical"
                reference = Reference(token.start, token.end, (), token.name, form, Confidence.LEXICAL, (), Shape())
                self.references.setdefault((token.start, token.name, form), reference)

    def _settled(self, reference: Reference) -> Reference:
        """Put the constants that callers pass in the place of the parameters they pass through.

        Not for a reader: what it reads is said where the constant is given, see `_handed_inside`.
        """
        if not any(sign.startswith("@") for passed in reference.arguments for sign in passed.shape.signs):
            return reference
        reads = any(reference.member in self.catalogue.readers.get(owner, ()) for owner in reference.owners)
        arguments = tuple(
            Passed(
                shapes.with_signs(passed.shape, _without_parameters(passed.shape.signs) if reads else self._constants(passed.shape.signs)),
                passed.name,
                passed.kinds,
            )
            for passed in reference.arguments
        )
        return structs.replace(reference, confidence=min(reference.confidence, Confidence.INFERRED), arguments=arguments)

    def _handed_inside(self) -> None:
        """Note the calls that give a sign to a function of this file which hands it to a reader."""
        for _ in range(MAXIMUM_ROUNDS):
            for call in self.calls:
                for index, passed in enumerate(call.arguments):
                    for reads in self.handed.get(f"@{call.function.start}:{call.position(index)}", set()).copy():
                        self._hand(passed, reads)
        for call in self.calls:
            through = {
                Handed(index, passed.name, reads)
                for index, passed in enumerate(call.arguments)
                for reads in self.handed.get(f"@{call.function.start}:{call.position(index)}", ())
            }
            given = [sign for passed in call.arguments for sign in passed.shape.signs]
            if through and any(not sign.startswith("@") for sign in given):
                full = self.functions.get(call.function.start, (call.function.name, call.function))[0]
                arguments = tuple(
                    Passed(shapes.with_signs(passed.shape, _without_parameters(passed.shape.signs)), passed.name)
                    for passed in call.arguments
                )
                self.references.setdefault(
                    (call.start, call.function.name, "handed"),
                    Reference(
                        call.start, call.end, (full,), call.function.name, "call", Confidence.INFERRED, arguments, NOTHING,
                        call.enclosing, tuple(sorted(through, key=lambda handed: (handed.index, handed.reads))),
                    ),
                )  # fmt: skip

    def _constants(self, signs: tuple[str, ...]) -> tuple[str, ...]:
        found = list(signs)
        for _ in range(MAXIMUM_ROUNDS):
            found = [sign for given in found for sign in (sorted(self.passed.get(given, ())) if given.startswith("@") else (given,))]
        return tuple(dict.fromkeys(sign for sign in found if not sign.startswith("@")))[: shapes.MAXIMUM_SIGNS]

    # --- statements -------------------------------------------------------------------------------------------------

    def statement(self, item: code.Statement) -> Shape:
        """Walk one statement or declaration; its value, if it has one."""
        match item:
            case code.Class():
                self.class_(item)
            case code.Function():
                self.function(item)
            case code.Variable():
                return self.variable(item)
            case code.Loop():
                self.loop(item)
            case code.Import():
                name, path = self.names.bind_import(item)
                if name:
                    self.locals[-1][name] = Shape(path, static=True, signs=(path,))
            case code.Alias():
                self.names.aliases.setdefault(item.name, item.type)
            case _:
                return self.expression(item)
        return NOTHING

    def block(self, block: code.Block | None) -> Shape:
        """Walk a block in a scope of its own; the value of its last statement."""
        if block is None:
            return NOTHING
        self.locals.append({})
        try:
            return self._items(block)
        finally:
            self.locals.pop()

    def _items(self, block: code.Block) -> Shape:
        for item in block.items:
            if isinstance(item, code.Class) and item.name:
                self._local_scope(item)
        last = NOTHING
        for item in block.items:
            last = self.statement(item)
            if isinstance(item, code.If) and item.otherwise is None and _leaves(item.then):
                self._narrow(item.condition, False)
        return last

    def class_(self, item: code.Class) -> None:
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
        self.parameters = {**saved, **{kind.name: kind.arguments[0] if kind.arguments else None for kind in item.type_parameters}}
        self.receivers.append(Receiver(owner, scope))
        if item.name:
            self.enclosing.append(item.name)
        constructor: dict[str, Shape] = {}
        self.locals.append(constructor)
        for parameter in item.parameters:
            constructor[parameter.name] = self.names.shape(parameter.type, scope, self.parameters)
            if parameter.value is not None:
                self.expression(parameter.value)
        if item.kind == "data":
            for parameter in item.parameters:
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

    def field(self, variable: code.Variable, owner: code.Class) -> None:
        """Note a field of a class for the lexicon of personal fields."""
        if not self.emitting:
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
        scope = self._class_scope()
        self.fields.append(
            FieldFact(
                variable.start, variable.end, owner.name, self.names.lineage(scope.name)[0][1:] if scope else (), variable.name,
                constructor, variable.type.name.rpartition(".")[2] if variable.type else "",
                tuple(annotation.name for annotation in owner.annotations), labels,
            )
        )  # fmt: skip

    def annotations(self, annotations: tuple[code.Annotation, ...], scope: Scope | None) -> None:
        for annotation in annotations:
            full, sure, need = self.names.full_name(annotation.name, scope)
            confidence = Confidence.EXACT if sure else Confidence.INFERRED
            self.note(annotation, "<annotation>", "annotation", Shape(full, confidence=confidence, need=need))
            for argument in annotation.arguments:
                self.expression(argument.value)

    def function(self, item: code.Function) -> Shape:
        """Walk a function in a scope of its own; what its returns give."""
        scope = self._class_scope()
        if "override" in item.modifiers or scope is not None:
            self._overriding(item, scope)
        self.annotations(item.annotations, scope)
        if item.body is None:
            return NOTHING
        saved_parameters, saved_returned = self.parameters, self.returned
        self.parameters = {**saved_parameters, **{kind.name: kind.arguments[0] if kind.arguments else None for kind in item.type_parameters}}
        self.returned = []
        saved_base, self.base = self.base, len(self.locals)
        self.locals.append(self._parameters(item, scope))
        if item.receiver is not None:
            self.receivers.append(Receiver(self.names.shape(item.receiver, scope, self.parameters)))
        self.enclosing.append(item.name)
        try:
            last = self._items(item.body)
            if "expression" in item.modifiers:
                return last
            return shapes.join(self.returned)
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
            signs = (f"@{item.start}:{index}",)
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
        scope = self._class_scope()
        self.annotations(item.annotations, scope)
        value = NOTHING
        if item.value is not None:
            value = self.expression(item.value)
        elif item.delegate is not None:
            value = self._delegated(item.delegate)
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

    def _delegated(self, delegate: code.Expression) -> Shape:
        """`by lazy { … }` gives what its lambda gives; `by inject<T>()` a T."""
        given = self.expression(delegate)
        if isinstance(delegate, code.Call):
            if delegate.types and len(delegate.types) == 1:
                return self.names.shape(delegate.types[0], self._class_scope(), self.parameters)
            for argument in delegate.arguments:
                if isinstance(argument.value, code.Lambda):
                    return self._quietly(lambda value=argument.value: self.lambda_(value, NOTHING, None))
        return given

    def loop(self, item: code.Loop) -> None:
        self.locals.append({})
        source = self.expression(item.source) if item.source is not None else NOTHING
        if not item.variables and item.source is not None:
            self._narrow(item.source, True)
        inner = shapes.element(source) if shapes.is_list(source) or len(source.arguments) == 1 else Shape(need=source.need)
        for variable in item.variables:
            written = self.names.shape(variable.type, self._class_scope(), self.parameters)
            self.locals[-1][variable.name] = written if written.type else (inner if len(item.variables) == 1 else NOTHING)
        if len(item.variables) == 2:  # `(index, value) in list.withIndex()`, `index, value in enumerate(list)`
            self.locals[-1][item.variables[1].name] = inner
        self.block(item.body)
        self.locals.pop()

    # --- expressions ------------------------------------------------------------------------------------------------

    def expression(self, item: code.Statement) -> Shape:
        """Walk an expression; its shape."""
        match item:
            case code.Name():
                return self.name(item)
            case code.Member():
                return self.member(item)
            case code.Call():
                return self.call(item)
            case code.Literal():
                return shapes.literal(item.value)
            case code.Template():
                return self.template(item)
            case code.Assign():
                return self.assign(item)
            case code.New():
                return self.new(item)
            case code.Cast():
                value = self.expression(item.value)
                written = self.names.shape(item.type, self._class_scope(), self.parameters)
                return shapes.with_signs(written, value.signs) if written.type else value
            case code.Lambda():
                return self.lambda_(item, NOTHING, None)
            case code.Reference():
                return self.reference(item)
            case code.ClassLiteral():
                return Shape("java.lang.Class", (self.names.shape(item.type, self._class_scope(), self.parameters),))
            case code.Index():
                return self.index(item)
            case code.Choice():
                return self.choice(item)
            case code.Logic():
                return self.logic(item)
            case code.Test():
                self.expression(item.value)
                return NOTHING
            case code.If():
                return self.if_(item)
            case code.When():
                return self.when(item)
            case code.Try():
                return self.try_(item)
            case code.Jump():
                value = self.expression(item.value) if item.value is not None else NOTHING
                if item.kind == "return":
                    self.returned.append(value)
                return NOTHING
            case code.Block():
                return self.block(item)
            case code.Group():
                return self.group(item)
            case _:
                return self.statement(item)

    def name(self, item: code.Name) -> Shape:
        """A bare name: a local, a member of an implicit receiver, something imported, a class."""
        name = item.name
        if name.startswith(("this", "super")) and self.language != "python":
            return self._this(name)
        for table in reversed(self.locals):
            if name in table:
                return table[name]
        found = self._implicit(item, name, (), "member")
        if found is not None:
            return found
        return self._global(item, name)

    def _this(self, name: str) -> Shape:
        label = name.partition("@")[2]
        for receiver in reversed(self.receivers):
            if label and (receiver.scope is None or receiver.scope.declaration.name != label):
                continue
            return receiver.shape
        return NOTHING

    def _implicit(self, node: code.Node, name: str, arguments: tuple[Passed, ...], form: Form) -> Shape | None:
        """Look a bare name up in the implicit receivers, the nearest first."""
        need: list[str] = []
        for receiver in reversed(self.receivers):
            if not receiver.shape.type:
                need.extend(receiver.shape.need)
                continue
            found = self.member_of(receiver.shape, name)
            if found is not None:
                self.note(node, name, form, shapes.weaken(receiver.shape, receiver.shape.confidence), arguments)
                return found
            if self._catalogued(receiver.shape.type, name, form):
                self.note(node, name, form, receiver.shape, arguments)
                return Shape(signs=(f"{receiver.shape.type}.{name}",))
            need.extend(self.names.lineage(receiver.shape.type)[1])
        if need and not self._top_level(name):
            return self._unexplained(node, name, arguments, form, tuple(dict.fromkeys(need)))
        return None

    def _top_level(self, name: str) -> bool:
        return name in self.names.top or name in self.names.imports or name in self.names.aliases

    def _unexplained(self, node: code.Node, name: str, arguments: tuple[Passed, ...], form: Form, need: tuple[str, ...]) -> Shape | None:
        """A name that a supertype in another file may declare: ask for it, and go by a telling name meanwhile."""
        if name[:1].isupper() and form == "member":
            return None
        self.note(node, name, form, Shape(need=need), arguments)
        loose = self.catalogue.loose.get(name)
        if loose is not None:
            return Shape(loose.type, loose.arguments, loose.signs, False, Confidence.INFERRED)
        if form == "member":
            return Shape(need=(*need, *self.names.guesses(name)))
        return None

    def _global(self, node: code.Node, name: str) -> Shape:
        names = self.names
        declaration = names.top.get(name)
        if declaration is not None:
            return self.declared(declaration, None)
        scope = self._class_scope()
        if name in names.imports:
            return self._imported(node, names.imports[name])
        for package in names.wildcards:
            if f"{package}.{name}" in self.catalogue.signs or name in self.catalogue.apis.get(package, ()):
                return self.static_member(node, package, name)
        if name[:1].isupper() or self.language == "python":
            full, sure, need = names.full_name(name, scope)
            outside = names.symbols.member_named(full)
            if outside is not None:
                return outside
            if sure or (name[:1].isupper() and not name.isupper()):
                return Shape(full, (), (full,), static=True, confidence=Confidence.EXACT if sure else Confidence.INFERRED, need=need)
        for guess in names.guesses(name):
            outside = names.symbols.member_named(guess)
            if outside is not None:
                return shapes.weaken(outside, Confidence.INFERRED)
        if name in self.catalogue.packages:
            return Shape(name, static=True)
        loose = self.catalogue.loose.get(name)
        if loose is not None and self.language != "python":
            return Shape(loose.type, loose.arguments, loose.signs, False, Confidence.INFERRED)
        return Shape(need=names.guesses(name))

    def _imported(self, node: code.Node, path: str) -> Shape:
        owner, _, name = path.rpartition(".")
        outside = self.names.symbols.member_named(path)
        if outside is not None:
            return outside
        if owner and (knows(self.catalogue, owner) or owner in self.names.scopes or path in self.catalogue.signs) and not knows(self.catalogue, path):
            outline = self.names.symbols.class_named(owner)
            if outline is not None and name in outline.members:
                return outline.members[name]
            return self.static_member(node, owner, name)
        outline = self.names.symbols.class_named(owner)
        if outline is not None and name in outline.members:
            return outline.members[name]
        lowercase = not name[:1].isupper() and self.language != "python"
        need = (path, owner) if lowercase or name.isupper() else ()
        return Shape("" if lowercase else path, (), (path,), static=not lowercase, need=need)

    def member(self, item: code.Member) -> Shape:
        """`receiver.name`."""
        receiver = self.expression(item.receiver)
        narrowed = self._narrowed(item)
        if receiver.static and receiver.type:
            found = self.static_member(item, receiver.type, item.name)
            return narrowed or found
        self.note(item, item.name, "member", receiver)
        if narrowed is not None:
            return narrowed
        return self._given(receiver, item.name)

    def static_member(self, node: code.Node, owner: str, name: str) -> Shape:
        """A member of a class, object or module named by itself."""
        full = f"{owner}.{name}"
        receiver = Shape(owner, static=True)
        scope = self.names.scopes.get(owner)
        if scope is not None and name in scope.nested:
            return Shape(scope.nested[name].name, (), (full,), static=True)
        found = self.member_of(receiver, name)
        literal = self.catalogue.constants.get(full)
        signs = (full,) if literal is None else (full, f"={literal}")
        self.note(node, name, "member", receiver)
        if found is not None:
            return shapes.with_signs(found, tuple(dict.fromkeys((*found.signs, *signs)))[: shapes.MAXIMUM_SIGNS])
        if knows(self.catalogue, full) or full in self.names.scopes or self.names.symbols.class_named(full) is not None:
            return Shape(full, (), signs, static=True)
        outside = self.names.symbols.member_named(full)
        if outside is not None:
            return outside
        if full in self.catalogue.packages or (name[:1].isupper() and not name.isupper()) or owner in self.catalogue.packages:
            return Shape(full, (), signs, static=True)
        unknown = self.names.lineage(owner)[1]
        return Shape(signs=signs, need=tuple(unknown) if unknown else (), static=self.language == "python", type=full if self.language == "python" else "")

    def _given(self, receiver: Shape, name: str) -> Shape:
        """What a member that is not called gives."""
        found = self.member_of(receiver, name) if receiver.type else None
        if found is not None:
            return shapes.weaken(found, Confidence.INFERRED)
        return self._guessed(receiver, name)

    def _guessed(self, receiver: Shape, name: str) -> Shape:
        need = receiver.need
        if receiver.type:
            unknown = self.names.lineage(receiver.type)[1]
            if not unknown:
                return Shape(signs=(f"{receiver.type}.{name}",))
            need = unknown
        loose = self.catalogue.loose.get(name)
        if loose is not None and self.language != "python":
            return Shape(loose.type, loose.arguments, loose.signs, False, Confidence.INFERRED)
        return Shape(need=need)

    def member_of(self, receiver: Shape, name: str) -> Shape | None:
        """What a member of a known class gives; None when nobody declares it."""
        for owner in self.names.lineage(receiver.type)[0]:
            scope = self.names.scopes.get(owner)
            if scope is not None:
                found = self._own_member(scope, name)
                if found is not None:
                    return found
                continue
            outline = self.names.symbols.class_named(owner)
            if outline is not None:
                if name in outline.members:
                    return shapes.weaken(outline.members[name], Confidence.INFERRED)
                if f"get{name[:1].upper()}{name[1:]}" in outline.members and self.language == "kotlin":
                    return shapes.weaken(outline.members[f"get{name[:1].upper()}{name[1:]}"], Confidence.INFERRED)
            given = self.catalogue.members.get(owner, {}).get(name)
            if given is not None:
                return self._bound(receiver, shapes.weaken(given, Confidence.INFERRED))
        return None

    def _bound(self, receiver: Shape, given: Shape) -> Shape:
        """Put the receiver's type argument in the place of a lone T."""
        if given.type == "T":
            return shapes.element(receiver)
        if any(argument.type == "T" for argument in given.arguments) and receiver.arguments:
            arguments = tuple(receiver.arguments[-1] if argument.type == "T" else argument for argument in given.arguments)
            return Shape(given.type, arguments, given.signs, given.static, given.confidence)
        return given

    def _own_member(self, scope: Scope, name: str) -> Shape | None:
        for place in (scope, scope.companion):
            if place is None:
                continue
            if name in place.members:
                return self.declared(place.members[name][0], place)
            if name in place.declaration.property_parameters:
                for parameter in place.declaration.parameters:
                    if parameter.name == name:
                        return self.names.shape(parameter.type, place, self.parameters)
        return self._self_assigned(scope).get(name) if self.language == "python" else None

    def _catalogued(self, owner: str, name: str, form: Form) -> bool:
        for kind in self.names.lineage(owner)[0]:
            if kind in self.names.scopes:
                continue
            if name in self.catalogue.apis.get(kind, ()) or name in self.catalogue.readers.get(kind, ()):
                return True
            if form == "call" and (name in self.catalogue.factories.get(kind, ()) or name in self.catalogue.carriers.get(kind, ())):
                return True
        return False

    # --- calls ------------------------------------------------------------------------------------------------------

    def call(self, item: code.Call) -> Shape:
        """`callee(arguments)`."""
        callee = item.callee
        if isinstance(callee, code.Member):
            return self._member_call(item, callee)
        if isinstance(callee, code.Name):
            return self._name_call(item, callee)
        target = self.expression(callee)
        self._arguments(item, target)
        return shapes.element(target) if target.static else NOTHING

    def _member_call(self, item: code.Call, callee: code.Member) -> Shape:
        receiver = self.expression(callee.receiver)
        arguments = self._arguments(item, receiver)
        name = callee.name
        if receiver.static and receiver.type and name not in self.catalogue.apis.get(receiver.type, ()):
            made = self._constructed(item, f"{receiver.type}.{name}", arguments)
            if made is not None:
                return made
        self.note(item, name, "call", receiver, arguments)
        self._reflected(item, receiver, name, arguments)
        return self._result(item, receiver, name, arguments)

    def _constructed(self, item: code.Call, full: str, arguments: tuple[Passed, ...]) -> Shape | None:
        """A call that may be a constructor, or one of pyjnius's ways to name a class."""
        if full in _CLASS_BY_NAME:
            text = _text(arguments, 0).replace("$", ".")
            return Shape(text, (), (text,), static=self.language == "python") if text and self.language == "python" else (
                Shape("java.lang.Class", (Shape(text),)) if text else None
            )
        if full in _CAST_BY_NAME:
            text = _text(arguments, 0).replace("$", ".")
            return Shape(text) if text else None
        if not full.rpartition(".")[2][:1].isupper():
            return None
        if self.language == "java":
            return None
        self.note(item, "<init>", "new", Shape(full), arguments)
        carried = self._carried(full, "<init>", NOTHING, arguments)
        return Shape(full, tuple(self.names.shape(kind, self._class_scope(), self.parameters) for kind in item.types), carried)

    def _name_call(self, item: code.Call, callee: code.Name) -> Shape:
        name = callee.name
        for table in reversed(self.locals):
            if name in table:
                return self._local_call(item, callee, table[name])
        arguments = self._arguments(item, NOTHING)
        found = self._called_implicitly(item, name, arguments)
        if found is not None:
            return found
        declaration = self.names.top.get(name)
        if isinstance(declaration, code.Function):
            self._pass(item, declaration, arguments)
            return self.declared(declaration, None)
        path = self.names.imports.get(name, "")
        if path:
            made = self._constructed(item, path, arguments)
            if made is not None:
                return made
            return self._imported_call(item, path, arguments)
        return self._free_call(item, name, arguments)

    def _local_call(self, item: code.Call, callee: code.Name, target: Shape) -> Shape:
        arguments = self._arguments(item, NOTHING)
        if target.static and target.type:
            made = self._constructed(item, target.type, arguments)
            if made is not None:
                return made
            owner, _, name = target.type.rpartition(".")
            if owner and self.language == "python":
                self.note(item, name, "call", Shape(owner, static=True), arguments)
                return self._result(item, Shape(owner, static=True), name, arguments)
            return Shape(target.type)
        self.note(item, callee.name, "call", NOTHING, arguments)
        return shapes.element(target)

    def _called_implicitly(self, item: code.Call, name: str, arguments: tuple[Passed, ...]) -> Shape | None:
        if name in {"this", "super"}:
            return NOTHING
        need: list[str] = []
        for receiver in reversed(self.receivers):
            kind = receiver.shape.type
            if not kind:
                need.extend(receiver.shape.need)
                continue
            found = self.member_of(receiver.shape, name)
            if found is not None or self._catalogued(kind, name, "call"):
                self.note(item, name, "call", receiver.shape, arguments)
                self._pass_to(item, kind, name, arguments)
                return self._result(item, receiver.shape, name, arguments)
            need.extend(self.names.lineage(kind)[1])
        if need and not self._top_level(name) and not name[:1].isupper():
            self.note(item, name, "call", Shape(need=tuple(dict.fromkeys(need))), arguments)
            made = self._made(self.catalogue.loose_factories.get(name), item, arguments)
            if made is not None:
                return made
            loose = self.catalogue.loose.get(name)
            if loose is not None:
                return Shape(loose.type, loose.arguments, loose.signs, False, Confidence.INFERRED)
        return None

    def _imported_call(self, item: code.Call, path: str, arguments: tuple[Passed, ...]) -> Shape:
        owner, _, name = path.rpartition(".")
        outside = self.names.symbols.member_named(path)
        self.note(item, name, "call", Shape(owner, static=True), arguments)
        if outside is not None:
            return shapes.weaken(outside, Confidence.INFERRED)
        result = self._result(item, Shape(owner, static=True), name, arguments)
        return result if result.type or result.signs else Shape(need=(path,))

    def _free_call(self, item: code.Call, name: str, arguments: tuple[Passed, ...]) -> Shape:
        """A call of a bare name that nothing in this file explains."""
        scoped = self._scoped(item, name, NOTHING, arguments)
        if scoped is not None:
            return scoped
        if name[:1].isupper() and self.language != "java":
            full, sure, need = self.names.full_name(name, self._class_scope())
            confidence = Confidence.EXACT if sure else Confidence.INFERRED
            self.note(item, "<init>", "new", Shape(full, confidence=confidence, need=need), arguments)
            carried = self._carried(full, "<init>", NOTHING, arguments)
            kinds = tuple(self.names.shape(kind, self._class_scope(), self.parameters) for kind in item.types)
            return Shape(full, kinds, carried, confidence=confidence, need=need)
        for package in self.names.wildcards:
            if knows(self.catalogue, package) and (
                name in self.catalogue.apis.get(package, ()) or name in self.catalogue.members.get(package, ())
            ):
                self.note(item, name, "call", Shape(package, static=True), arguments)
                return self._result(item, Shape(package, static=True), name, arguments)
        for guess in self.names.guesses(name):
            outside = self.names.symbols.member_named(guess)
            if outside is not None:
                return shapes.weaken(outside, Confidence.INFERRED)
        self.note(item, name, "call", Shape(need=self.names.guesses(name)), arguments)
        return self._result(item, Shape(need=self.names.guesses(name)), name, arguments)

    def _result(self, item: code.Call, receiver: Shape, name: str, arguments: tuple[Passed, ...]) -> Shape:
        """What a call gives."""
        for owner in self.names.lineage(receiver.type)[0] if receiver.type else ():
            made = self._made(self.catalogue.factories.get(owner, {}).get(name), item, arguments)
            if made is not None:
                return made
            carried = self._carried(owner, name, receiver, arguments)
            if carried:
                given = self.member_of(receiver, name) or NOTHING
                return shapes.with_signs(given if given.type else Shape("android.net.Uri" if "Uri" in owner else ""), carried)
        if receiver.type:
            self._pass_to(item, receiver.type, name, arguments)
            found = self.member_of(receiver, name)
            if found is not None:
                signs = found.signs or (f"{receiver.type}.{name}",)
                return shapes.with_signs(shapes.weaken(found, Confidence.INFERRED), signs)
        scoped = self._scoped(item, name, receiver, arguments)
        if scoped is not None:
            return scoped
        if not receiver.type or self.names.lineage(receiver.type)[1]:
            made = self._made(self.catalogue.loose_factories.get(name), item, arguments)
            if made is not None:
                return made
        if len(item.types) == 1:
            kind = self.names.shape(item.types[0], self._class_scope(), self.parameters)
            if knows(self.catalogue, kind.type):
                return shapes.weaken(kind, Confidence.INFERRED)
        carried = self._carried("", name, receiver, arguments)
        guessed = self._guessed(receiver, name)
        return shapes.with_signs(guessed, carried) if carried else guessed

    def _made(self, factory: object, item: code.Call, arguments: tuple[Passed, ...]) -> Shape | None:
        from privlint.model.catalogue import FactoryEntry

        if not isinstance(factory, FactoryEntry):
            return None
        if factory.class_argument:
            if item.types:
                return shapes.weaken(self.names.shape(item.types[0], self._class_scope(), self.parameters), Confidence.INFERRED)
            for passed in arguments:
                if passed.shape.type == "java.lang.Class" and passed.shape.arguments:
                    return shapes.weaken(passed.shape.arguments[0], Confidence.INFERRED)
                if self.language == "python" and passed.shape.static and passed.shape.type in self.catalogue.apis:
                    return Shape(passed.shape.type, confidence=Confidence.INFERRED)
        if factory.argument < len(arguments):
            for sign in arguments[factory.argument].shape.signs:
                key = sign[1:] if sign.startswith("=") else self.catalogue.constants.get(sign, sign)
                given = factory.gives.get(key) or factory.gives.get(sign)
                if given is not None:
                    return shapes.weaken(given, Confidence.INFERRED)
        return None

    def _carried(self, owner: str, name: str, receiver: Shape, arguments: tuple[Passed, ...]) -> tuple[str, ...]:
        """The constants that a call hands on: `Uri.parse(text)`."""
        index = self.catalogue.carriers.get(owner, {}).get(name) if owner else None
        if index is None:
            return ()
        if index < 0:
            return receiver.signs
        return arguments[index].shape.signs if index < len(arguments) else ()

    def _reflected(self, item: code.Call, receiver: Shape, name: str, arguments: tuple[Passed, ...]) -> None:
        """`Class.forName("…").getMethod("getDeviceId")`."""
        if name in _FOR_NAME and receiver.type == "java.lang.Class" and receiver.arguments:
            member = _text(arguments, 0)
            if member:
                self.note(item, member, "reference", shapes.weaken(receiver.arguments[0], Confidence.INFERRED))

    def _pass_to(self, item: code.Node, owner: str, name: str, arguments: tuple[Passed, ...]) -> None:
        for kind in self.names.lineage(owner)[0]:
            scope = self.names.scopes.get(kind)
            for place in (scope, scope.companion) if scope else ():
                for member in place.members.get(name, ()) if place else ():
                    if isinstance(member, code.Function):
                        self._pass(item, member, arguments)

    def _pass(self, item: code.Node, function: code.Function, arguments: tuple[Passed, ...]) -> None:
        """Note which constants the parameters of a function of this file are given."""
        call = _Call(item.start, item.end, function, arguments, ".".join(self.enclosing))
        for index, passed in enumerate(arguments):
            if passed.shape.signs:
                self.passed.setdefault(f"@{function.start}:{call.position(index)}", set()).update(passed.shape.signs)
        if self.emitting and any(passed.shape.signs for passed in arguments):
            self.calls.append(call)

    def _arguments(self, item: code.Call, receiver: Shape) -> tuple[Passed, ...]:
        """Walk the arguments; a lambda is typed by the function that it is given to."""
        found = []
        facts = self._scope_facts(item, receiver)
        first = NOTHING
        for position, argument in enumerate(item.arguments):
            value = argument.value
            if isinstance(value, code.Lambda) and facts is not None:
                inner = self._lambda_shapes(facts, receiver, first)
                shape = self.lambda_(value, *inner)
                found.append(Passed(Shape("<lambda>", (shape,)), argument.name))
                continue
            shape = self.expression(value)
            if position == 0:
                first = shape
            found.append(Passed(shape, argument.name))
        return tuple(found)

    def _scope_facts(self, item: code.Call, receiver: Shape) -> object:
        callee = item.callee
        name = callee.name if isinstance(callee, code.Name | code.Member) else ""
        best = None
        for facts in self.catalogue.scopes.get(name, ()):
            if facts.on and facts.on not in (self.names.lineage(receiver.type)[0] if receiver.type else ()):
                continue
            if best is None or facts.on:
                best = facts
        return best

    def _lambda_shapes(self, facts: object, receiver: Shape, first: Shape) -> tuple[Shape, Shape | None]:
        from privlint.model.rules import LambdaFacts

        if not isinstance(facts, LambdaFacts):
            return NOTHING, None
        if not receiver.type and not receiver.need and self.receivers:
            receiver = self.receivers[-1].shape
        choices = {"receiver": receiver, "element": shapes.element(receiver), "argument": first}
        it = choices.get(facts.it, NOTHING)
        this = choices.get(facts.this)
        return it, this

    def _scoped(self, item: code.Call, name: str, receiver: Shape, arguments: tuple[Passed, ...]) -> Shape | None:
        """What a scope or collection function gives."""
        from privlint.model.rules import LambdaFacts

        facts = self._scope_facts(item, receiver)
        if not isinstance(facts, LambdaFacts):
            return None
        result = facts.result
        if not receiver.type and isinstance(item.callee, code.Name) and self.receivers and not receiver.need:
            receiver = self.receivers[-1].shape
        if result == "receiver":
            return receiver
        if result == "element":
            return shapes.element(receiver)
        if result == "argument":
            return arguments[0].shape if arguments else NOTHING
        inner = next((passed.shape.arguments[0] for passed in arguments if passed.shape.type == "<lambda>"), NOTHING)
        if result == "lambda":
            return inner
        if result == "list":
            return Shape("kotlin.collections.List", (inner,), confidence=Confidence.INFERRED)
        return NOTHING

    # --- the other expressions --------------------------------------------------------------------------------------

    def new(self, item: code.New) -> Shape:
        scope = self._class_scope()
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

    def lambda_(self, item: code.Lambda, it: Shape, this: Shape | None) -> Shape:
        """Walk a lambda; what it gives."""
        table: dict[str, Shape] = {}
        for index, parameter in enumerate(item.parameters):
            written = self.names.shape(parameter.type, self._class_scope(), self.parameters)
            table[parameter.name] = written if written.type else (it if index == 0 else NOTHING)
        if not item.parameters and self.language == "kotlin":
            table["it"] = it
        if this is not None:
            self.receivers.append(Receiver(this))
        self.locals.append(table)
        saved = self.returned
        self.returned = []
        try:
            return self._items(item.body)
        finally:
            self.returned = saved
            self.locals.pop()
            if this is not None:
                self.receivers.pop()

    def reference(self, item: code.Reference) -> Shape:
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
            if len(shape.signs) != 1 or not shape.signs[0].startswith("="):
                break
            text += shape.signs[0][1:]
        else:
            return Shape("java.lang.String", (), (f"={text}",))
        if text:
            return Shape("java.lang.String", (), (f"^{text}",))
        signs = tuple("^" + sign[1:] if sign.startswith("=") else sign for sign in first.signs)
        return Shape("java.lang.String", (), signs)

    def assign(self, item: code.Assign) -> Shape:
        value = self.expression(item.value)
        target = item.target
        if isinstance(target, code.Name):
            self._reassign(target.name, value)
        elif isinstance(target, code.Member):
            receiver = self.expression(target.receiver)
            path = _path(target)
            if path:
                self._bind(path, value)
            if receiver.type and receiver.type in self.names.scopes:
                known = self._assigned.setdefault(receiver.type, {})
                known[target.name] = shapes.join((value, known.get(target.name, NOTHING)))
        else:
            self.expression(target)
        return value

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
        scope = self._class_scope()
        if scope is not None and self.language != "python":
            known = self._assigned.setdefault(scope.name, {})
            known[name] = shapes.join((value, known.get(name, NOTHING)))
        elif self.language == "python":
            self._bind(name, value)

    def index(self, item: code.Index) -> Shape:
        receiver = self.expression(item.receiver)
        index = tuple(Passed(self.expression(part)) for part in item.index)
        if self.language == "python" or receiver.type:
            get = "__getitem__" if self.language == "python" else "get"
            self.note(item, get, "call", receiver, index)
        return shapes.element(receiver)

    def choice(self, item: code.Choice) -> Shape:
        if item.condition is None:
            return shapes.join([self.expression(value) for value in item.values])
        self.expression(item.condition)
        found = []
        for number, value in enumerate(item.values):
            self.locals.append({})
            self._narrow(item.condition, number == 0)
            found.append(self.expression(value))
            self.locals.pop()
        return shapes.join(found)

    def logic(self, item: code.Logic) -> Shape:
        found = []
        self.locals.append({})
        for operand in item.operands:
            found.append(self.expression(operand))
            self._narrow(operand, item.operator == "and")
        self.locals.pop()
        return shapes.join(found) if item.operator == "or" else NOTHING

    def if_(self, item: code.If) -> Shape:
        self.expression(item.condition)
        self.locals.append({})
        self._narrow(item.condition, True)
        then = self.block(item.then)
        self.locals.pop()
        if item.otherwise is None:
            return then
        self.locals.append({})
        self._narrow(item.condition, False)
        otherwise = self.block(item.otherwise)
        self.locals.pop()
        return shapes.join((then, otherwise))

    def when(self, item: code.When) -> Shape:
        self.locals.append({})
        subject = self.expression(item.subject) if item.subject is not None else NOTHING
        if item.binding:
            self._bind(item.binding, subject)
        found = []
        for branch in item.branches:
            self.locals.append({})
            for condition in branch.conditions:
                self.expression(condition)
                if len(branch.conditions) == 1:
                    self._narrow(condition, True)
                    if isinstance(condition, code.Test) and item.binding and not condition.negated:
                        self._bind(item.binding, self.names.shape(condition.type, self._class_scope(), self.parameters))
            found.append(self.block(branch.body))
            self.locals.pop()
        self.locals.pop()
        return shapes.join(found)

    def try_(self, item: code.Try) -> Shape:
        found = [self._python_block(item.body)]
        found.extend(self._python_block(handler) for handler in item.handlers)
        if item.ending is not None:
            self._python_block(item.ending)
        return shapes.join(found)

    def _python_block(self, block: code.Block) -> Shape:
        """In Python a block has no scope of its own."""
        return self._items(block) if self.language == "python" else self.block(block)

    def group(self, item: code.Group) -> Shape:
        found = [self.expression(part) for part in item.parts]
        if item.kind == "list":
            return Shape("kotlin.collections.List", (shapes.join(found),), shapes.join(found).signs)
        if item.kind == "await" and found:
            inner = found[0]
            return shapes.element(inner) if inner.arguments else inner
        if len(found) == 1 and not item.kind:
            return found[0]
        if item.kind in {"", "|"}:  # flags: `A or B`
            return Shape(signs=shapes.join(Shape(signs=shape.signs) for shape in found).signs)
        return NOTHING

    # --- narrowing --------------------------------------------------------------------------------------------------

    def _narrow(self, condition: code.Expression, truth: bool) -> None:
        """Note what a condition says of the types of names."""
        match condition:
            case code.Test() if condition.negated != truth:
                shape = self.names.shape(condition.type, self._class_scope(), self.parameters)
                path = _path(condition.value)
                if path:
                    self.locals[-1][path] = shape
                if condition.binding:
                    self.locals[-1][condition.binding] = shape
            case code.Logic(operator="not"):
                self._narrow(condition.operands[0], not truth)
            case code.Logic(operator="and") if truth:
                for operand in condition.operands:
                    self._narrow(operand, True)
            case code.Logic(operator="or") if not truth:
                for operand in condition.operands:
                    self._narrow(operand, False)
            case _:
                return

    def _narrowed(self, item: code.Member) -> Shape | None:
        path = _path(item)
        if not path:
            return None
        for table in reversed(self.locals):
            if path in table:
                return table[path]
        return None

    def _bind(self, name: str, value: Shape) -> None:
        """Bind a name in this scope; in Python that is the function's, and one of several arms may have done it."""
        if self.language == "python" and "." not in name and len(self.locals) > self.base + 1:
            table = self.locals[self.base]
            table[name] = shapes.join((value, table.get(name, NOTHING)))
        elif name:
            self.locals[-1][name] = value

    # --- declarations, worked out when they are asked for -----------------------------------------------------------

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
                given = self.function(declaration)
                signs = tuple(sign for sign in given.signs if not sign.startswith("@"))
                return shapes.with_signs(written if written.type else given, signs)
            return NOTHING
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
                parameter.name: self.names.shape(parameter.type, around, self.parameters) for parameter in around.declaration.parameters
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
                for member in sorted(scope.declaration.members, key=lambda member: getattr(member, "name", "") != "__init__"):
                    if isinstance(member, code.Function) and member.body is not None:
                        self._elsewhere(scope, lambda member=member: self.function(member))
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
            for parameter in place.declaration.parameters if place else ():
                if place is not None and parameter.name in place.declaration.property_parameters:
                    table[parameter.name] = self.names.shape(parameter.type, place, {})
        if self.language == "python":
            table.update({name: shape for name, shape in self._self_assigned(scope).items() if name not in table})
        return table

    # --- where we are -----------------------------------------------------------------------------------------------

    def _class_scope(self) -> Scope | None:
        for receiver in reversed(self.receivers):
            if receiver.scope is not None:
                return receiver.scope
        return None

    def _scope_of(self, item: code.Class) -> Scope:
        around = self._class_scope()
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
        named = code.Class(
            item.start, item.end, item.name or f"<{item.extent[0]}>", item.kind, item.extent, item.supertypes, item.super_arguments,
            item.members, item.parameters, item.property_parameters, item.annotations, item.modifiers, item.type_parameters,
        )  # fmt: skip
        scope = self.names.declare_class(named, self._class_scope())
        self._local_classes[id(item)] = scope
        self._local_classes[id(named)] = scope
        return scope


def _leaves(block: code.Block) -> bool:
    """Tell whether a block always ends in a jump."""
    return bool(block.items) and isinstance(block.items[-1], code.Jump)


def _path(item: code.Expression) -> str:
    """`a`, `a.b`, `this.a` as a text; "" for anything else. Names that cannot be local are kept apart by the dot."""
    parts: list[str] = []
    while isinstance(item, code.Member):
        parts.append(item.name)
        item = item.receiver
    if not isinstance(item, code.Name) or len(parts) > 4:
        return ""
    return ".".join([item.name, *reversed(parts)])


def _without_parameters(signs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sign for sign in signs if not sign.startswith("@"))


def _dotted(item: code.Expression) -> str:
    """`a.b.c` as written; "" when it is anything else."""
    parts: list[str] = []
    while isinstance(item, code.Member):
        parts.append(item.name)
        item = item.receiver
    return ".".join([item.name, *reversed(parts)]) if isinstance(item, code.Name) else ""


def _text(arguments: tuple[Passed, ...], index: int) -> str:
    """The literal text of an argument, or ""."""
    if index >= len(arguments):
        return ""
    return next((sign[1:] for sign in arguments[index].shape.signs if sign.startswith("=")), "")
