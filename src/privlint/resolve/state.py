"""The state of one walk: scopes, receivers, what was noted; and what the parts of the walk ask of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.model import code
from privlint.model.facts import Shape
from privlint.resolve.index import index_of
from privlint.resolve.names import Scope

if TYPE_CHECKING:
    from privlint.model.facts import FieldFact, Passed, Reference
    from privlint.model.rules import SignKind
    from privlint.resolve.names import Names


class Receiver(Struct):
    """Something whose members can be named without saying so: a class, a lambda's `this`."""

    shape: Shape
    scope: Scope | None = None
    label: str = ""  # the function whose lambda it is: `this@apply`


class Given(Struct, frozen=True):
    """What a lambda is given to."""

    to: str = ""  # name of the function
    place: int = 0  # from 0: the parameter whose type the function tells


ALONE = Given()


class CallInside(Struct, frozen=True):
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


class State:
    """What every part of the walk works on. `emitting` is off while a declaration is worked out ahead of its turn."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.catalogue = names.catalogue
        self.spoken = index_of(names.catalogue)
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
        self.handed: dict[str, set[SignKind]] = {}  # "@offset:index" of a parameter -> the kinds of sign it is read as
        self.calls: list[CallInside] = []
        self.functions: dict[int, tuple[str, code.Function]] = {}
        self.returned: list[Shape] = []
        self.base = 0  # the scope of the function that is being walked
        self.depth = 0
        self._declared: dict[int, Shape] = {}
        self._walked: dict[int, Shape] = {}  # functions walked in their turn -> what their returns give
        self._steps: dict[
            tuple[str, str], tuple[Scope | Shape | tuple[Shape], ...]
        ] = {}  # type, member -> where to look for it
        self._scopes = 0  # how many classes of this file were known to them
        self._assigned: dict[str, dict[str, Shape]] = {}
        self._made_with: dict[str, dict[str, Shape]] = {}
        self._local_classes: dict[int, Scope] = {}

    # What one part asks of another; the walk itself has them all.

    def statement(self, item: code.Statement) -> Shape:
        """Walk one statement or declaration; its value, if it has one."""
        raise NotImplementedError

    def expression(self, item: code.Statement) -> Shape:
        """Walk an expression; its shape."""
        raise NotImplementedError

    def block(self, block: code.Block | None) -> Shape:
        """Walk a block in a scope of its own; the value of its last statement."""
        raise NotImplementedError

    def function(self, item: code.Function) -> Shape:
        """Walk a function in a scope of its own; what its returns give."""
        raise NotImplementedError

    def lambda_(self, item: code.Lambda, it: Shape, this: Shape | None, given: Given = ALONE) -> Shape:
        """Walk a lambda; what it gives."""
        raise NotImplementedError

    def member_of(self, receiver: Shape, name: str) -> Shape | None:
        """What a member of a known class gives; None when nobody declares it."""
        raise NotImplementedError

    def narrowed(self, item: code.Member) -> Shape | None:
        """What a test or an assignment says of `a.b`, if anything."""
        raise NotImplementedError

    def items(self, block: code.Block) -> Shape:
        """Walk the statements of a block in the scope at hand."""
        raise NotImplementedError

    def class_scope(self) -> Scope | None:
        """The innermost class of this file around the place at hand."""
        for receiver in reversed(self.receivers):
            if receiver.scope is not None:
                return receiver.scope
        return None


def path_of(item: code.Expression) -> str:
    """`a`, `a.b`, `this.a` as a text; "" for anything else. Names that cannot be local are kept apart by the dot."""
    parts: list[str] = []
    while isinstance(item, code.Member):
        parts.append(item.name)
        item = item.receiver
    if not isinstance(item, code.Name) or len(parts) > 4:
        return ""
    return ".".join([item.name, *reversed(parts)])
