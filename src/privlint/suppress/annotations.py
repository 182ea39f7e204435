"""A source file with its annotations in; the markers that `@Suppress` and `@SuppressWarnings` hold out.

The form is `@Suppress("privlint:PRV201: reason")`: what Kotlin and Java people know, with the reason behind a colon. A
marker covers the declaration that is annotated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from privlint.model.code import Annotation, Argument, Class, Expression, Function, Group, Literal, Node, SourceFile
from privlint.model.facts import Marker
from privlint.model.place import Place
from privlint.suppress.comments import Written

PREFIX = "privlint:"
_NAMES = frozenset({"Suppress", "SuppressWarnings"})
_BREAKS = ": \t"


def annotated(file: SourceFile, place: Callable[[int, int], Place]) -> Iterator[Marker]:
    """Yield the markers in the annotations of a file; `place` gives the place of two byte offsets."""
    for annotation, end in _annotations(file):
        for literal in _literals(annotation.arguments):
            written = parse(str(literal.value))
            if written is not None:
                first = place(annotation.start, annotation.end).start.line
                last = place(annotation.start, max(end, literal.end)).end.line
                at = place(literal.start, literal.end)
                yield Marker(at, written.checks, written.reason, (first, last), written.until)


def parse(text: str) -> Written | None:
    """Read `privlint:PRV201: reason`, also with several checks and `until=2027-03-31`; None for any other text."""
    if not text.startswith(PREFIX):
        return None
    rest = text.removeprefix(PREFIX).replace(", ", ",").strip()
    end = next((index for index, letter in enumerate(rest) if letter in _BREAKS), len(rest))
    words = rest[end:].lstrip(_BREAKS).split()
    until = next((word.removeprefix("until=") for word in words if word.startswith("until=")), "")
    reason = " ".join(word for word in words if not word.startswith("until="))
    checks = tuple(check for check in rest[:end].split(",") if check)
    return Written(checks, reason if any(letter.isalnum() for letter in reason) else "", until)


def _annotations(file: SourceFile) -> Iterator[tuple[Annotation, int]]:
    """Yield each annotation that may suppress, with the offset at which what it stands before ends."""
    for annotation in file.annotations:
        if _suppresses(annotation):
            yield annotation, file.size
    waiting: list[object] = [file.items]
    while waiting:
        thing = waiting.pop()
        for annotation in getattr(thing, "annotations", ()):
            if _suppresses(annotation):
                yield annotation, _end(thing)
        waiting.extend(_parts(thing))


def _suppresses(annotation: Annotation) -> bool:
    return annotation.name.rpartition(".")[2] in _NAMES


def _end(thing: object) -> int:
    """Find where a declaration ends: a variable has no extent of its own, so the last of its parts tells."""
    if isinstance(thing, (Class, Function)):
        return thing.extent[1]
    end, waiting = 0, [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Node):
            end = max(end, part.end)
        waiting.extend(_parts(part))
    return end


def _parts(thing: object) -> Iterator[object]:
    if isinstance(thing, tuple):
        yield from thing
    elif hasattr(thing, "__struct_fields__"):
        for field in thing.__struct_fields__:
            value = getattr(thing, field)
            if isinstance(value, tuple) or hasattr(value, "__struct_fields__"):
                yield value


def _literals(arguments: tuple[Argument, ...]) -> Iterator[Literal]:
    """Yield the texts of an annotation: by themselves, or in an array."""
    waiting: list[Expression] = [argument.value for argument in arguments]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, Literal) and isinstance(value.value, str):
            yield value
        elif isinstance(value, Group):
            waiting.extend(value.parts)
