"""Expressions in, the names and texts of which they are made out; and what a condition says where it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privlint.model import code

MOST = 16  # names and texts that are kept of one expression


def words(item: object, known: dict[str, tuple[str, ...]] | None = None) -> tuple[str, ...]:
    """The names and texts of an expression, in order; `known` are those of the locals that it may name."""
    found: dict[str, None] = {}
    for word, is_name in _words(item):
        found[word] = None
        for more in (known or {}).get(word, ()) if is_name else ():
            found.setdefault(more)
        if len(found) >= MOST:
            break
    return tuple(found)[:MOST]


def _words(item: object) -> Iterator[tuple[str, bool]]:
    """Each name and text, and whether it is a name."""
    match item:
        case code.Name():
            yield item.name, True
        case code.Literal(value=str() as text) if text.strip():
            yield text.strip()[:80], False
        case code.Literal(value=bool() as truth):
            yield str(truth).lower(), False
        case code.Literal(value=None):
            yield "null", False
        case code.Member() | code.Reference():
            if item.receiver is not None:
                yield from _words(item.receiver)
            yield item.name, True
        case code.Call():
            yield from _words(item.callee)
            yield from _all(argument.value for argument in item.arguments)
        case code.New():
            yield item.type.name.rpartition(".")[2], True
            yield from _all(argument.value for argument in item.arguments)
        case code.Cast() | code.Test():
            yield from _words(item.value)
        case code.Index():
            yield from _words(item.receiver)
            yield from _all(item.index)
        case code.Choice():
            yield from _all((item.condition, *item.values))
        case code.Logic():
            yield from _all(item.operands)
        case code.Template() | code.Group():
            yield from _all(item.parts)
        case code.Assign():
            yield from _words(item.value)
        case code.ClassLiteral():
            yield item.type.name.rpartition(".")[2], True
        case code.Lambda() if len(item.body.items) == 1:
            yield from _words(item.body.items[0])
        case code.Jump():
            yield from _words(item.value)
        case _:
            return


def _all(items: Iterable[object]) -> Iterator[tuple[str, bool]]:
    for item in items:
        yield from _words(item)


def facts(condition: object, holds: bool) -> Iterator[tuple[code.Expression, bool]]:
    """What is known where a condition holds or does not: parts of it, each with whether it holds.

    Of `a or b` both are known where it does not hold; where it does, only that it is about one of them: then its parts
    are given as one, if they are all meant in the same way.
    """
    match condition:
        case code.Logic(operator="not"):
            yield from facts(condition.operands[0], not holds)
        case code.Logic(operator="and" | "or"):
            if (condition.operator == "and") == holds:
                for operand in condition.operands:
                    yield from facts(operand, holds)
            else:
                parts = tuple(part for operand in condition.operands for part in facts(operand, holds))
                if len({truth for _, truth in parts}) == 1:
                    yield code.Group(condition.start, condition.end, tuple(part for part, _ in parts)), parts[0][1]
        case code.Group(kind="==" | "!=", parts=(left, right)):
            same = (condition.kind == "==") == holds
            for part, other in ((left, right), (right, left)):
                if isinstance(part, code.Literal) and isinstance(part.value, bool):
                    yield from facts(other, part.value == same)
                    return
                if isinstance(part, code.Literal) and part.value is None:
                    yield condition, not same  # that it is there
                    return
            yield condition, same
        case code.Group(parts=(only,), kind=""):
            yield from facts(only, holds)
        case code.Name() | code.Member() | code.Call() | code.Index() | code.Group() | code.Test() | code.Choice():
            yield condition, holds
        case _:
            return


def leaves(block: code.Block | None) -> bool:
    """Tell whether what follows a block is never reached from inside it."""
    if block is None or not block.items:
        return False
    match block.items[-1]:
        case code.Jump():
            return True
        case code.If() as last:
            return leaves(last.then) and leaves(last.otherwise)
        case code.Block() as last:
            return leaves(last)
        case _:
            return False
