"""Names as a file writes them in, full names out: imports, nesting, packages, and the languages' defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from privlint.model import code
from privlint.model.catalogue import Catalogue, knows
from privlint.model.facts import Confidence, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.model.facts import ClassOutline, Handed

_DEFAULT_PACKAGES = {
    "kotlin": ("kotlin", "kotlin.collections", "java.lang"),
    "java": ("java.lang",),
    "python": ("builtins",),
}
MAXIMUM_LINEAGE = 60  # supertypes followed; real hierarchies are far shorter


class Symbols(Struct, frozen=True):
    """What the other files of the project declare."""

    classes: dict[str, ClassOutline] = {}  # by full name
    members: dict[str, Shape] = {}  # top-level functions, properties and constants, by full name
    readers: dict[str, tuple[Handed, ...]] = {}  # functions that hand a parameter to a reader, by full name
    gives: dict[str, tuple[str, ...]] = {}  # declarations that hand out an identifier, by full name -> data types
    by_tail: dict[str, tuple[str, ...]] = {}  # last part of a full name -> full names; for Python's roots

    def class_named(self, name: str) -> ClassOutline | None:
        """Find a class; a Python module path may lack the folders above its root."""
        found = self.classes.get(name)
        if found is None and name:
            matches = [full for full in self.by_tail.get(name.rpartition(".")[2], ()) if full.endswith("." + name)]
            found = self.classes.get(matches[0]) if len(matches) == 1 else None
        return found

    def member_named(self, name: str) -> Shape | None:
        """Find a top-level function, property or constant."""
        found = self.members.get(name)
        if found is None and name:
            matches = [full for full in self.by_tail.get(name.rpartition(".")[2], ()) if full.endswith("." + name)]
            found = self.members.get(matches[0]) if len(matches) == 1 else None
        return found

    def explain(self, name: str) -> bool:
        """Tell whether something is known of a full name."""
        return name in self.readers or self.class_named(name) is not None or self.member_named(name) is not None

    def answer(self, question: tuple[str, str]) -> object:
        """What a file learns of a full name: a class's supertypes, one of its members, or something outside classes."""
        name, member = question
        if member == OF_TOP_LEVEL:
            return self.member_named(name), self.members.get(name), self.readers.get(name), self.gives.get(name)
        outline = self.class_named(name)
        if member == OF_CLASS:
            return name in self.classes, outline.supertypes if outline is not None else None
        return outline.members.get(member) if outline is not None else None


OF_CLASS = ""  # a question about a class as such
OF_TOP_LEVEL = "."  # a question about a function, a property or a constant


class Asked:
    """The symbols as one file sees them: each question is noted."""

    def __init__(self, symbols: Symbols) -> None:
        self._symbols = symbols
        self._classes: dict[str, ClassOutline | None] = {}
        self._members: dict[str, Shape | None] = {}
        self._exact: dict[str, Shape | None] = {}
        self.are_given = bool(symbols.gives)  # where nothing is, nobody asks; what comes to be is also a new word
        self.questions: set[tuple[str, str]] = set()  # full name, and a member of it or what else was asked

    def has_class(self, name: str) -> bool:
        """Tell whether another file declares a class; a Python module path may lack the folders above its root."""
        return self._class_named(name) is not None

    def has_exactly(self, name: str) -> bool:
        """Tell whether another file declares a class of just this full name."""
        self.questions.add((name, OF_CLASS))
        return name in self._symbols.classes

    def supertypes_of(self, name: str) -> tuple[str, ...] | None:
        """The supertypes of a class of another file; None for no such class."""
        outline = self._class_named(name)
        return outline.supertypes if outline is not None else None

    def member_of(self, owner: str, name: str) -> Shape | None:
        """What a member of a class of another file gives; None for no such member."""
        outline = self._class_named(owner)
        if outline is None:
            return None
        self.questions.add((owner, name))
        return outline.members.get(name)

    def member_named(self, name: str) -> Shape | None:
        """Find a top-level function, property or constant of another file."""
        try:
            return self._members[name]
        except KeyError:
            self.questions.add((name, OF_TOP_LEVEL))
            found = self._members[name] = self._symbols.member_named(name)
            return found

    def member_exactly(self, name: str) -> Shape | None:
        """Find something of the top level of another file by just this full name."""
        try:
            return self._exact[name]
        except KeyError:
            self.questions.add((name, OF_TOP_LEVEL))
            found = self._exact[name] = self._symbols.members.get(name)
            return found

    def given_by(self, name: str) -> tuple[str, ...]:
        """The data types of the identifier that a declaration of another file hands out."""
        self.questions.add((name, OF_TOP_LEVEL))
        return self._symbols.gives.get(name, ())

    def reader_named(self, name: str) -> tuple[Handed, ...]:
        """What a function of another file does with its arguments."""
        self.questions.add((name, OF_TOP_LEVEL))
        return self._symbols.readers.get(name, ())

    def _class_named(self, name: str) -> ClassOutline | None:
        try:
            return self._classes[name]
        except KeyError:
            self.questions.add((name, OF_CLASS))
            found = self._classes[name] = self._symbols.class_named(name)
            return found


class Scope(Struct):
    """A class of this file and where it stands."""

    name: str  # full name
    declaration: code.Class
    outer: Scope | None = None
    companion: Scope | None = None
    nested: dict[str, Scope] = {}
    members: dict[str, list[code.Variable | code.Function]] = {}  # by name; overloads in order

    def chain(self) -> Iterator[Scope]:
        """The class and the ones around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer


class Names:
    """The names that one file can see."""

    def __init__(self, file: code.SourceFile, module: str, catalogue: Catalogue, symbols: Symbols) -> None:
        self.file = file
        self.catalogue = catalogue
        self.symbols = Asked(symbols)
        self.package = module if file.language == "python" else file.package
        self.imports: dict[str, str] = {}
        self.wildcards: list[str] = []
        self.scopes: dict[str, Scope] = {}  # full name -> class of this file
        self.top: dict[str, code.Variable | code.Function] = {}
        self.extensions: dict[str, list[code.Variable | code.Function]] = {}  # by name
        self.aliases: dict[str, code.Type] = {}
        self._lineages: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for entry in file.imports:
            self.bind_import(entry)
        self._declare(file.items, None)

    def bind_import(self, entry: code.Import) -> tuple[str, str]:
        """Note an import; the bound name and its full path."""
        path = self._absolute(entry.path)
        if entry.wildcard:
            self.wildcards.append(path)
            return "", path
        name = entry.alias or path.rpartition(".")[2]
        self.imports[name] = path
        return name, path

    def _absolute(self, path: str) -> str:
        """Make a Python import with leading dots absolute."""
        dots = len(path) - len(path.lstrip("."))
        if not dots:
            return path
        parts = self.package.split(".")
        kept = parts[: len(parts) - dots]
        return ".".join([*kept, path.lstrip(".")]) if kept else path.lstrip(".")

    def _declare(self, items: tuple[object, ...], outer: Scope | None) -> None:
        for item in items:
            if isinstance(item, code.Class) and item.name:
                self.declare_class(item, outer)
            elif isinstance(item, code.Alias):
                self.aliases[item.name] = item.type
            elif outer is None and isinstance(item, code.Variable | code.Function):
                self.top.setdefault(item.name, item)
                if item.receiver is not None:
                    self.extensions.setdefault(item.name, []).append(item)

    def declare_class(self, declaration: code.Class, outer: Scope | None) -> Scope:
        """Note a class of this file and its nested ones."""
        prefix = outer.name if outer else self.package
        name = f"{prefix}.{declaration.name}" if prefix else declaration.name
        members: dict[str, list[code.Variable | code.Function]] = {}
        for member in declaration.members:
            if isinstance(member, code.Variable | code.Function):
                members.setdefault(member.name, []).append(member)
        scope = Scope(name, declaration, outer, None, {}, members)
        self.scopes[name] = scope
        if outer is not None:
            outer.nested[declaration.name] = scope
            if declaration.kind == "companion":
                outer.companion = scope
        self._declare(declaration.members, scope)
        return scope

    # --- types ------------------------------------------------------------------------------------------------------

    def shape(self, written: code.Type | None, scope: Scope | None, parameters: dict[str, code.Type | None]) -> Shape:
        """The shape of a value declared with a written type."""
        if written is None or not written.name:
            return Shape()
        if written.name in parameters:
            return self.shape(parameters[written.name], scope, {})
        alias = self.aliases.get(written.name)
        if alias is not None and alias.arguments:
            return self.shape(alias, None, {})
        full, sure, need = self.full_name(written.name, scope)
        elsewhere = self.symbols.member_exactly(full)
        if elsewhere is not None and elsewhere.static:  # a type alias of another file
            return Shape(elsewhere.type, elsewhere.arguments, (), False, Confidence.INFERRED)
        arguments = tuple(self.shape(argument, scope, parameters) for argument in written.arguments)
        return Shape(full, arguments, (), False, Confidence.EXACT if sure else Confidence.INFERRED, need)

    def full_name(self, name: str, scope: Scope | None) -> tuple[str, bool, tuple[str, ...]]:
        """A written class name to (full name, certain?, what other files would have to confirm)."""
        head, _, rest = name.partition(".")
        found = self._known(head, scope)
        if found is not None:
            # A class of this package would come before that of a wildcard import: another file may declare it.
            doubted = (
                () if head in self.imports or found.rpartition(".")[0] not in self.wildcards else (self._own(head),)
            )
            return (f"{found}.{rest}" if rest else found), True, doubted
        if rest and not head[:1].isupper() and self.file.language != "python":
            return name, True, ()
        guesses = self.guesses(name)
        told = next((guess for guess in guesses if self.symbols.member_exactly(guess) is not None), guesses[0])
        return told, False, guesses

    def guesses(self, name: str) -> tuple[str, ...]:
        """The full names that an unexplained name may have: same package first, then the wildcard imports."""
        return (self._own(name), *(f"{package}.{name}" for package in self.wildcards))

    def _own(self, name: str) -> str:
        return f"{self.package}.{name}" if self.package else name

    def _known(self, head: str, scope: Scope | None) -> str | None:
        for around in scope.chain() if scope else ():
            if around.declaration.name == head:
                return around.name
            if head in around.nested:
                return around.nested[head].name
            for parent in self.lineage(around.name)[0][1:]:
                inherited = f"{parent}.{head}"
                if inherited in self.scopes or self.symbols.has_exactly(inherited) or knows(self.catalogue, inherited):
                    return inherited
        if head in self.aliases:
            target = self.aliases[head]
            return self.full_name(target.name, None)[0] if target.name != head else None
        if head in self.imports:
            return self.imports[head]
        own = self._own(head)
        if own in self.scopes or self.symbols.has_exactly(own):
            return own
        for package in (*self.wildcards, *_DEFAULT_PACKAGES[self.file.language]):
            full = f"{package}.{head}"
            if knows(self.catalogue, full) or self.symbols.has_class(full):
                return full
        return None

    # --- inheritance ------------------------------------------------------------------------------------------------

    def lineage(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """A class and its supertypes, nearest first; and those of them that nothing is known of."""
        cached = self._lineages.get(name)
        if cached is not None:
            return cached
        self._lineages[name] = ((name,), ())  # while it is being worked out, and for cycles
        found = [name]
        unknown: list[str] = []
        index = 0
        while index < len(found) < MAXIMUM_LINEAGE:
            current = found[index]
            index += 1
            parents = self._parents(current)
            if parents is None:
                unknown.append(current)
                continue
            found.extend(parent for parent in parents if parent and parent not in found)
        result = (tuple(found), tuple(unknown))
        self._lineages[name] = result
        return result

    def _parents(self, name: str) -> tuple[str, ...] | None:
        scope = self.scopes.get(name)
        if scope is not None:
            return tuple(
                self.full_name(written.name, scope.outer)[0] for written in scope.declaration.supertypes if written.name
            )
        declared = self.symbols.supertypes_of(name)
        if declared is not None:
            return declared
        if name in self.catalogue.supertypes:
            return self.catalogue.supertypes[name]
        return () if knows(self.catalogue, name) else None
