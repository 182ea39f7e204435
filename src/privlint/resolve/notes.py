"""What the walk finds: references to catalogued names, calls that hand a sign on, and what other files must say."""

from __future__ import annotations

from msgspec import structs

from privlint.model import code
from privlint.model.facts import Confidence, Form, Handed, Passed, Reference, Shape
from privlint.model.rules import SignKind
from privlint.resolve import shapes
from privlint.resolve.state import State

_PLATFORM = ("android.", "androidx.", "java.", "javax.", "kotlin.", "kotlinx.", "com.google.android.")
MAXIMUM_ROUNDS = 3  # constants handed through parameters, from function to function


class Notes(State):
    """Takes notes of references."""

    def note(  # noqa: PLR0913, PLR0917 - a use is that many facts
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
        if self.names.symbols.are_given and form in {"call", "member"}:
            self._note_given(node, member, receiver)
        if (
            form == "call"
            and any(map(self._bears_sign, arguments))
            and self._note_handed(node, member, receiver, arguments)
        ):
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
        self.references[key] = Reference(
            node.start, node.end, owners, member, form, confidence, arguments, receiver, enclosing
        )

    def _note_given(self, node: code.Node, member: str, receiver: Shape) -> None:
        """Note the use of an identifier that another file's declaration hands out."""
        for owner in self.names.lineage(receiver.type)[0] if receiver.type else ():
            data = self.names.symbols.given_by(f"{owner}.{member}")
            if data and owner not in self.names.scopes:
                self.references[(node.start, member, "given")] = Reference(
                    node.start,
                    node.end,
                    (owner,),
                    member,
                    "given",
                    Confidence.INFERRED,
                    enclosing=".".join(self.enclosing),
                    data=data,
                )

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

    def _hand(self, passed: Passed, reads: SignKind) -> None:
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
            through = names.symbols.reader_named(full)
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
        found: dict[str, set[tuple[int, str, SignKind]]] = {}
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
        readers = self.catalogue.readers
        reads = bool(reference.through) or any(reference.member in readers.get(owner, ()) for owner in reference.owners)
        arguments = tuple(
            Passed(
                shapes.with_signs(
                    passed.shape,
                    _without_parameters(passed.shape.signs) if reads else self._constants(passed.shape.signs),
                ),
                passed.name,
                passed.kinds,
            )
            for passed in reference.arguments
        )
        return structs.replace(
            reference, confidence=min(reference.confidence, Confidence.INFERRED), arguments=arguments
        )

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
                        call.start,
                        call.end,
                        (full,),
                        call.function.name,
                        "call",
                        Confidence.INFERRED,
                        arguments,
                        enclosing=call.enclosing,
                        through=tuple(sorted(through, key=lambda handed: (handed.index, handed.reads))),
                    ),
                )

    def _constants(self, signs: tuple[str, ...]) -> tuple[str, ...]:
        found = list(signs)
        for _ in range(MAXIMUM_ROUNDS):
            found = [
                sign
                for given in found
                for sign in (sorted(self.passed.get(given, ())) if given.startswith("@") else (given,))
            ]
        return tuple(dict.fromkeys(sign for sign in found if not sign.startswith("@")))[: shapes.MAXIMUM_SIGNS]


def _without_parameters(signs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sign for sign in signs if not sign.startswith("@"))
