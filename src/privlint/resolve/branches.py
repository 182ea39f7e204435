"""Branches and loops: what a condition says of types, and what several arms give together."""

from __future__ import annotations

from privlint.model import code
from privlint.model.facts import Shape
from privlint.resolve import shapes
from privlint.resolve.calls import Calls
from privlint.resolve.shapes import NOTHING
from privlint.resolve.state import path_of


class Branches(Calls):
    """Walks what is taken or not."""

    def choice(self, item: code.Choice) -> Shape:
        """Elvis and ternary: one of several values."""
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
        """`and` and `or`; each operand knows what the ones before it have told."""
        found = []
        self.locals.append({})
        for operand in item.operands:
            found.append(self.expression(operand))
            self._narrow(operand, item.operator == "and")
        self.locals.pop()
        return shapes.join(found) if item.operator == "or" else NOTHING

    def if_(self, item: code.If) -> Shape:
        """An `if`, also as a value."""
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
        """A `when`, `switch` or `match`, also as a value."""
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
                        self._bind(item.binding, self.names.shape(condition.type, self.class_scope(), self.parameters))
            found.append(self.block(branch.body))
            self.locals.pop()
        self.locals.pop()
        return shapes.join(found)

    def try_(self, item: code.Try) -> Shape:
        """A `try` with its handlers."""
        found = [self._python_block(item.body)]
        found.extend(self._python_block(handler) for handler in item.handlers)
        if item.ending is not None:
            self._python_block(item.ending)
        return shapes.join(found)

    def _python_block(self, block: code.Block) -> Shape:
        """In Python a block has no scope of its own."""
        return self.items(block) if self.language == "python" else self.block(block)

    def loop(self, item: code.Loop) -> Shape:
        """A loop; its variables hold the elements of its source."""
        self.locals.append({})
        source = self.expression(item.source) if item.source is not None else NOTHING
        if not item.variables and item.source is not None:
            self._narrow(item.source, True)
        inner = (
            shapes.element(source) if shapes.is_list(source) or len(source.arguments) == 1 else Shape(need=source.need)
        )
        for index, variable in enumerate(item.variables):
            written = self.names.shape(variable.type, self.class_scope(), self.parameters)
            alone = len(item.variables) == 1
            self.locals[-1][variable.name] = (
                written if written.type else inner if alone else self.component(inner, index)
            )
        if len(item.variables) == 2 and not self.component(inner, 0).type:
            self.locals[-1][item.variables[1].name] = inner  # `(index, value) in list.withIndex()`
        self.block(item.body)
        self.locals.pop()
        return NOTHING

    def _narrow(self, condition: code.Expression, truth: bool) -> None:
        """Note what a condition says of the types of names."""
        match condition:
            case code.Test() if condition.negated != truth:
                shape = self.names.shape(condition.type, self.class_scope(), self.parameters)
                path = path_of(condition.value)
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

    def narrowed(self, item: code.Member) -> Shape | None:
        """What a test or an assignment says of `a.b`, if anything."""
        path = path_of(item)
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
