"""Calls in, shapes out: constructors, factories, carriers, scope functions, functions of the project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.model import code
from privlint.model.catalogue import knows
from privlint.model.facts import Confidence, Passed, Shape
from privlint.resolve import shapes
from privlint.resolve.lookup import Lookup
from privlint.resolve.shapes import NOTHING
from privlint.resolve.state import CallInside, Given

if TYPE_CHECKING:
    from privlint.model.catalogue import FactoryEntry
    from privlint.model.rules import LambdaFacts

_CLASS_BY_NAME = {"jnius.autoclass", "java.jclass", "java.lang.Class.forName", "android.os.Class.forName"}
_CAST_BY_NAME = {"jnius.cast"}
_FORMATS = {"format", "formatted"}
_PLACE = re.compile(r"%(?:\d+\$)?[-#+ 0,(]*\d*(?:\.\d+)?[a-zA-Z]")
_COLLECTS = {
    ("java.util.List", "of"),
    ("java.util.Set", "of"),
    ("java.util.Arrays", "asList"),
    ("java.util.Collections", "singletonList"),
    ("java.util.Collections", "singleton"),
}
_FOR_NAME = {"getMethod", "getDeclaredMethod", "getField", "getDeclaredField"}


class Calls(Lookup):
    """Works calls out."""

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
        if name.startswith("component") and not arguments and name[9:].isdigit():
            return self.component(receiver, int(name[9:]) - 1)
        if name in _FORMATS:
            formatted = self._formatted(receiver, arguments)
            if formatted is not None:
                return formatted
        if receiver.static and (receiver.type, name) in _COLLECTS:
            inner = shapes.join(passed.shape for passed in arguments)
            return Shape("java.util.List", (inner,), inner.signs)
        return self._result(item, receiver, name, arguments)

    def _constructed(self, item: code.Call, full: str, arguments: tuple[Passed, ...]) -> Shape | None:
        """A call that may be a constructor, or one of pyjnius's ways to name a class."""
        if full in _CLASS_BY_NAME:
            text = _text(arguments, 0).replace("$", ".")
            return (
                Shape(text, (), (text,), static=self.language == "python")
                if text and self.language == "python"
                else (Shape("java.lang.Class", (Shape(text),)) if text else None)
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
        return Shape(
            full, tuple(self.names.shape(kind, self.class_scope(), self.parameters) for kind in item.types), carried
        )

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
        scoped = self._scoped(item, NOTHING, arguments)
        if scoped is not None:
            return scoped
        if name[:1].isupper() and self.language != "java":
            full, sure, need = self.names.full_name(name, self.class_scope())
            confidence = Confidence.EXACT if sure else Confidence.INFERRED
            self.note(item, "<init>", "new", Shape(full, confidence=confidence, need=need), arguments)
            carried = self._carried(full, "<init>", NOTHING, arguments)
            kinds = tuple(self.names.shape(kind, self.class_scope(), self.parameters) for kind in item.types)
            return Shape(full, kinds, carried, confidence=confidence, need=need)
        for package in self.names.wildcards:
            if knows(self.catalogue, package) and (
                name in self.catalogue.members.get(package, ()) or self._catalogued(package, name, "call")
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
        for owner in self.names.lineage(receiver.type)[0] if receiver.type and name in self.spoken.making else ():
            made = self._made(self.catalogue.factories.get(owner, {}).get(name), item, arguments)
            if made is not None:
                return made
            carried = self._carried(owner, name, receiver, arguments)
            if carried:
                given = self.member_of(receiver, name) or NOTHING
                return shapes.with_signs(
                    given if given.type else Shape("android.net.Uri" if "Uri" in owner else ""), carried
                )
        if receiver.type:
            self._pass_to(item, receiver.type, name, arguments)
            found = self.member_of(receiver, name)
            if found is not None:
                signs = found.signs or (f"{receiver.type}.{name}",)
                return shapes.with_signs(shapes.weaken(found, Confidence.INFERRED), signs)
        scoped = self._scoped(item, receiver, arguments)
        if scoped is not None:
            return scoped
        if not receiver.type or self.names.lineage(receiver.type)[1]:
            made = self._made(self.catalogue.loose_factories.get(name), item, arguments)
            if made is not None:
                return made
        if len(item.types) == 1:
            kind = self.names.shape(item.types[0], self.class_scope(), self.parameters)
            if knows(self.catalogue, kind.type):
                return shapes.weaken(kind, Confidence.INFERRED)
        carried = self._carried("", name, receiver, arguments)
        guessed = self._guessed(receiver, name)
        return shapes.with_signs(guessed, carried) if carried else guessed

    def _made(self, factory: FactoryEntry | None, item: code.Call, arguments: tuple[Passed, ...]) -> Shape | None:
        """What a factory gives for these arguments; None for no factory, or one that does not know them."""
        if factory is None:
            return None
        if factory.class_argument:
            if item.types:
                return shapes.weaken(
                    self.names.shape(item.types[0], self.class_scope(), self.parameters), Confidence.INFERRED
                )
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

    def _formatted(self, receiver: Shape, arguments: tuple[Passed, ...]) -> Shape | None:
        """`String.format("content://%s", x)`, `"…".format(x)`: a text, as far as its parts are known."""
        given = [passed.shape for passed in arguments]
        if receiver.static and receiver.type.endswith(".String"):
            while given and self._told(given[0]) is None:  # a locale may come first
                given.pop(0)
            pattern = given.pop(0) if given else NOTHING
        elif receiver.type.endswith(".String"):
            pattern = receiver
        else:
            return None
        written = self._told(pattern)
        if written is None:
            return None
        text = ""
        position = 0
        for match in _PLACE.finditer(written):
            text += written[position : match.start()]
            position = match.end()
            told = self._told(given.pop(0)) if given and "$" not in match.group() else None
            if told is None:
                return Shape("java.lang.String", (), (f"^{text}",) if text else ())
            text += told
        return Shape("java.lang.String", (), (f"={text}{written[position:]}",))

    def _told(self, shape: Shape) -> str | None:
        """The one text that a value stands for: a literal, or a constant whose text is known."""
        texts = {sign[1:] if sign[:1] == "=" else self.catalogue.constants.get(sign) for sign in shape.signs}
        texts.discard(None)
        return texts.pop() if len(texts) == 1 else None

    def _pass_to(self, item: code.Node, owner: str, name: str, arguments: tuple[Passed, ...]) -> None:
        for kind in self.names.lineage(owner)[0]:
            scope = self.names.scopes.get(kind)
            for place in (scope, scope.companion) if scope else ():
                for member in place.members.get(name, ()) if place else ():
                    if isinstance(member, code.Function):
                        self._pass(item, member, arguments)

    def _pass(self, item: code.Node, function: code.Function, arguments: tuple[Passed, ...]) -> None:
        """Note which constants the parameters of a function of this file are given."""
        call = CallInside(item.start, item.end, function, arguments, ".".join(self.enclosing))
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
                callee = item.callee
                to = callee.name if isinstance(callee, code.Name | code.Member) else ""
                shape = self.lambda_(value, *inner, Given(to, facts.place))
                found.append(Passed(Shape("<lambda>", (shape,)), argument.name))
                continue
            shape = self.expression(value)
            if position == 0:
                first = shape
            found.append(Passed(shape, argument.name))
        return tuple(found)

    def _scope_facts(self, item: code.Call, receiver: Shape) -> LambdaFacts | None:
        """How the called function types a lambda; the facts for the receiver's own class go first."""
        callee = item.callee
        name = callee.name if isinstance(callee, code.Name | code.Member) else ""
        best = None
        for facts in self.catalogue.scopes.get(name, ()):
            if facts.on and facts.on not in (self.names.lineage(receiver.type)[0] if receiver.type else ()):
                continue
            if best is None or facts.on:
                best = facts
        return best

    def _lambda_shapes(self, facts: LambdaFacts, receiver: Shape, first: Shape) -> tuple[Shape, Shape | None]:
        """What the lambda's first parameter and its `this` are."""
        if not receiver.type and not receiver.need and self.receivers:
            receiver = self.receivers[-1].shape
        choices = {"receiver": receiver, "element": shapes.element(receiver), "argument": first}
        it = choices.get(facts.it, NOTHING)
        this = choices.get(facts.this)
        return it, this

    def _scoped(self, item: code.Call, receiver: Shape, arguments: tuple[Passed, ...]) -> Shape | None:
        """What a scope or collection function gives."""
        facts = self._scope_facts(item, receiver)
        if facts is None:
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


def _text(arguments: tuple[Passed, ...], index: int) -> str:
    """The literal text of an argument, or ""."""
    if index >= len(arguments):
        return ""
    return next((sign[1:] for sign in arguments[index].shape.signs if sign.startswith("=")), "")
