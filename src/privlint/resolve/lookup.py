"""Names and members in, shapes out: locals, implicit receivers, imports, the members of known classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privlint.model import code
from privlint.model.catalogue import knows
from privlint.model.facts import Confidence, Form, Passed, Shape
from privlint.resolve import shapes
from privlint.resolve.declared import Declared
from privlint.resolve.names import Scope
from privlint.resolve.shapes import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lookup(Declared):
    """Finds out what a name stands for."""

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
            if label and label not in {receiver.label, receiver.scope.declaration.name if receiver.scope else ""}:
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

    def _unexplained(
        self, node: code.Node, name: str, arguments: tuple[Passed, ...], form: Form, need: tuple[str, ...]
    ) -> Shape | None:
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
        scope = self.class_scope()
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
                return Shape(
                    full,
                    (),
                    (full,),
                    static=True,
                    confidence=Confidence.EXACT if sure else Confidence.INFERRED,
                    need=need,
                )
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
        if (
            owner
            and (knows(self.catalogue, owner) or owner in self.names.scopes or path in self.catalogue.signs)
            and not knows(self.catalogue, path)
        ):
            inside = self.names.symbols.member_of(owner, name)
            return inside if inside is not None else self.static_member(node, owner, name)
        inside = self.names.symbols.member_of(owner, name)
        if inside is not None:
            return inside
        lowercase = not name[:1].isupper() and self.language != "python"
        need = (path, owner) if lowercase or name.isupper() else ()
        return Shape("" if lowercase else path, (), (path,), static=not lowercase, need=need)

    def member(self, item: code.Member) -> Shape:
        """`receiver.name`."""
        receiver = self.expression(item.receiver)
        narrowed = self.narrowed(item)
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
        if knows(self.catalogue, full) or full in self.names.scopes or self.names.symbols.has_class(full):
            return Shape(full, (), signs, static=True)
        outside = self.names.symbols.member_named(full)
        if outside is not None:
            return outside
        if (
            full in self.catalogue.packages
            or (name[:1].isupper() and not name.isupper())
            or owner in self.catalogue.packages
        ):
            return Shape(full, (), signs, static=True)
        unknown = self.names.lineage(owner)[1]
        return Shape(
            signs=signs,
            need=tuple(unknown) if unknown else (),
            static=self.language == "python",
            type=full if self.language == "python" else "",
        )

    def _given(self, receiver: Shape, name: str) -> Shape:
        """What a member that is not called gives."""
        constant = self._of_constant(receiver, name)
        if constant is not None:
            return constant
        found = self.member_of(receiver, name) if receiver.type else None
        if found is not None:
            return shapes.weaken(found, Confidence.INFERRED)
        return self._guessed(receiver, name)

    def _of_constant(self, receiver: Shape, name: str) -> Shape | None:
        """What an enum constant was made with: `Key.PERSON.text`."""
        for sign in receiver.signs if receiver.type else ():
            owner, _, constant = sign.rpartition(".")
            if owner != receiver.type:
                continue
            scope = self.names.scopes.get(owner)
            if scope is not None:
                return self.constants_of(scope).get(f"{constant}.{name}")
            if self.names.symbols.has_class(owner):
                return self.names.symbols.member_of(owner, f"{constant}.{name}")
        return None

    def _guessed(self, receiver: Shape, name: str) -> Shape:
        extension = self._extension(receiver, name)
        if extension is not None:
            return extension
        need = receiver.need
        if receiver.type:
            unknown = self.names.lineage(receiver.type)[1]
            if not unknown:
                return Shape(signs=(f"{receiver.type}.{name}",), need=self._extended_elsewhere(name))
            need = unknown
        loose = self.catalogue.loose.get(name)
        if loose is not None and self.language != "python":
            return Shape(loose.type, loose.arguments, loose.signs, False, Confidence.INFERRED)
        return Shape(need=need)

    def _extension(self, receiver: Shape, name: str) -> Shape | None:
        """What an extension function or property gives, of this file or another."""
        if self.language != "kotlin" or not receiver.type:
            return None
        lineage = self.names.lineage(receiver.type)[0]
        for declaration in self.names.extensions.get(name, ()):
            kinds = {kind.name for kind in getattr(declaration, "type_parameters", ())}
            written = declaration.receiver
            if written is None:
                continue
            if written.name in kinds or self.names.full_name(written.name, None)[0] in lineage:
                return shapes.weaken(self.declared(declaration, None), Confidence.INFERRED)
        for full in self._extended_elsewhere(name):
            outside = self.names.symbols.member_exactly(full)
            if outside is not None and not outside.static:
                return shapes.weaken(outside, Confidence.INFERRED)
        return None

    def _extended_elsewhere(self, name: str) -> tuple[str, ...]:
        """The full names that an extension of another file may have."""
        if self.language != "kotlin" or name in self.names.extensions:
            return ()
        imported = self.names.imports.get(name)
        return (imported,) if imported else self.names.guesses(name)

    def member_of(self, receiver: Shape, name: str) -> Shape | None:
        """What a member of a known class gives; None when nobody declares it."""
        if self._scopes != len(self.names.scopes):
            self._steps.clear()
            self._scopes = len(self.names.scopes)
        key = (receiver.type, name)
        steps = self._steps.get(key)
        if steps is None:
            steps = self._steps[key] = tuple(self._places_of(receiver.type, name))
        for step in steps:
            if isinstance(step, Shape):
                return step
            if isinstance(step, tuple):
                return self._bound(receiver, step[0])
            found = self._own_member(step, name)
            if found is not None:
                return found
        return None

    def _places_of(self, kind: str, name: str) -> Iterator[Scope | Shape | tuple[Shape]]:
        """The classes of this file that may have a member; at last what a file gives or, in a tuple, the rules."""
        symbols = self.names.symbols
        for owner in self.names.lineage(kind)[0]:
            scope = self.names.scopes.get(owner)
            if scope is not None:
                yield scope
                continue
            if symbols.has_class(owner):
                inside = symbols.member_of(owner, name)
                if inside is None and self.language == "kotlin":
                    inside = symbols.member_of(owner, f"get{name[:1].upper()}{name[1:]}")
                if inside is not None:
                    yield shapes.weaken(inside, Confidence.INFERRED)
                    return
            given = self.catalogue.members.get(owner, {}).get(name)
            if given is not None:
                yield (shapes.weaken(given, Confidence.INFERRED),)
                return

    def _bound(self, receiver: Shape, given: Shape) -> Shape:
        """Put the receiver's type argument in the place of a lone T."""
        if given.type == "T":
            return shapes.element(receiver)
        if given.arguments and receiver.arguments:
            arguments = tuple(
                receiver.arguments[-1] if argument.type == "T" else self._bound(receiver, argument)
                for argument in given.arguments
            )
            return Shape(given.type, arguments, given.signs, given.static, given.confidence)
        return given

    def _own_member(self, scope: Scope, name: str) -> Shape | None:
        for place in (scope, scope.companion):
            if place is None:
                continue
            if name in place.members:
                return self.declared(place.members[name][0], place)
            if name.startswith("component") and place.declaration.kind == "data":
                return self._component(place, name)
            if name in place.declaration.property_parameters:
                for parameter in place.declaration.parameters:
                    if parameter.name == name:
                        return self.names.shape(parameter.type, place, self.parameters)
        return self._self_assigned(scope).get(name) if self.language == "python" else None

    def _component(self, scope: Scope, name: str) -> Shape | None:
        parameters = scope.declaration.parameters
        number = name.removeprefix("component")
        if not number.isdigit() or not 0 < int(number) <= len(parameters):
            return None
        return self.names.shape(parameters[int(number) - 1].type, scope, self.parameters)

    def component(self, receiver: Shape, index: int) -> Shape:
        """What destructuring gives at a place, from 0."""
        found = self.member_of(receiver, f"component{index + 1}") if receiver.type else None
        if found is not None:
            return shapes.weaken(found, Confidence.INFERRED)
        if shapes.is_list(receiver):
            return shapes.element(receiver)
        kind = receiver.type.rpartition(".")[2]
        if kind in {"Pair", "Entry", "Triple"} and index < len(receiver.arguments):
            return receiver.arguments[index]
        return Shape(need=receiver.need)

    def _catalogued(self, owner: str, name: str, form: Form) -> bool:
        if name not in self.spoken.obtaining and (form != "call" or name not in self.spoken.making):
            return False
        for kind in self.names.lineage(owner)[0]:
            if kind in self.names.scopes:
                continue
            if name in self.catalogue.apis.get(kind, ()) or name in self.catalogue.readers.get(kind, ()):
                return True
            if form == "call" and (
                name in self.catalogue.factories.get(kind, ()) or name in self.catalogue.carriers.get(kind, ())
            ):
                return True
        return False
