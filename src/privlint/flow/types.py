"""Types as far as one file writes them: of locals, parameters, fields, and of what makes an object of its own class."""

from __future__ import annotations

from privlint.model import code

# Members of a class that give an object of it, by the usage of Kotlin and Java (singletons, builders, factories).
GIVERS = frozenset(
    {
        "INSTANCE",
        "Companion",
        "instance",
        "getInstance",
        "get",
        "getDefault",
        "shared",
        "sharedInstance",
        "of",
        "create",
    }
    | {"newInstance", "with", "from", "getInstanceFor", "newBuilder", "builder", "instance_", "singleton", "default"}
)
SAME = frozenset({"apply", "also", "takeIf", "takeUnless"})  # give what they are called on


class Types:
    """The names of one file's types, and what is known of its variables."""

    def __init__(self, file: code.SourceFile, module: str) -> None:
        self.python = file.language == "python"
        self.package = module if self.python else file.package
        self.imports: dict[str, str] = {}
        self.packages: list[str] = []
        for item in file.imports:
            self.take(item)
        self.declared: dict[str, str] = {}  # simple name -> full name of the classes of this file
        self.fields: dict[str, dict[str, str]] = {}  # class -> field -> type
        self.results: dict[str, dict[str, str]] = {}  # class -> method -> type of its result

    def take(self, item: code.Import) -> None:
        """Note an import; Python has them inside functions too."""
        path = _absolute(item.path, self.package) if self.python else item.path
        if item.wildcard:
            self.packages.append(path)
        else:
            self.imports[item.alias or path.rpartition(".")[2]] = path

    def full(self, name: str) -> str:
        """The full name of a type as written; as it is where only other files can tell."""
        head, dot, rest = name.partition(".")
        known = self.declared.get(head) or self.imports.get(head)
        if known:
            return known + dot + rest
        return name

    def written(self, kind: code.Type | None) -> str:
        """The full name of a written type; of Lazy<T>, Provider<T> and the like T."""
        if kind is None or not kind.name:
            return ""
        if kind.name.rpartition(".")[2] in {"Lazy", "Provider", "Optional"} and len(kind.arguments) == 1:
            return self.written(kind.arguments[0])
        return self.full(kind.name)

    def is_class(self, name: str) -> bool:
        """Tell whether a bare name stands for a class."""
        return name in self.declared or (name[:1].isupper() and not name.isupper()) or self._imports_class(name)

    def _imports_class(self, name: str) -> bool:
        return name in self.imports and self.imports[name].rpartition(".")[2][:1].isupper()

    def of(self, item: object, locals_: dict[str, str], owners: tuple[str, ...]) -> str:
        """The type of an expression; "" when unknown. `owners` are the classes around it, innermost first."""
        match item:
            case code.Name(name="this" | "self") if owners:
                return owners[0]
            case code.Name():
                return self._named(item.name, locals_, owners)
            case code.Member():
                return self._member(item, locals_, owners)
            case code.Call(callee=code.Name() as callee):
                if self.is_class(callee.name):
                    return self.full(callee.name)
                return next(filter(None, (self.results.get(one, {}).get(callee.name) for one in owners)), "")
            case code.Call(callee=code.Member() as callee):
                return self._called(callee, locals_, owners)
            case code.New() | code.Cast():
                return self.written(item.type)
            case code.Choice():
                return next(filter(None, (self.of(value, locals_, owners) for value in item.values)), "")
            case code.Group(parts=(only,), kind=""):
                return self.of(only, locals_, owners)
            case _:
                return ""

    def _named(self, name: str, locals_: dict[str, str], owners: tuple[str, ...]) -> str:
        if name in locals_:
            return locals_[name]
        for owner in owners:
            if name in self.fields.get(owner, {}):
                return self.fields[owner][name]
        if self.python and name in self.imports:
            return self.imports[name]  # a module
        return self.full(name) if self.is_class(name) else ""

    def _member(self, item: code.Member, locals_: dict[str, str], owners: tuple[str, ...]) -> str:
        if item.name == "this" or (isinstance(item.receiver, code.Name) and item.name == "class"):
            return self.of(item.receiver, locals_, owners)
        receiver = self.of(item.receiver, locals_, owners)
        if not receiver:
            dotted = dotted_name(item)
            if dotted and dotted.partition(".")[0] in self.imports:
                return self.full(dotted)
            return dotted if dotted and _is_full(dotted) else ""
        if item.name in GIVERS:
            return receiver
        known = self.fields.get(receiver, {}).get(item.name)
        if known is not None:
            return known
        return f"{receiver}.{item.name}" if item.name[:1].isupper() and not item.name.isupper() else ""

    def _called(self, callee: code.Member, locals_: dict[str, str], owners: tuple[str, ...]) -> str:
        receiver = self.of(callee.receiver, locals_, owners)
        if callee.name in SAME or (receiver and callee.name in GIVERS):
            return receiver
        if receiver and callee.name in self.results.get(receiver, {}):
            return self.results[receiver][callee.name]
        if receiver.rpartition(".")[2] == "Builder":
            return receiver.rpartition(".")[0] if callee.name == "build" else receiver
        if receiver and callee.name == "Builder" and not self.python:
            return f"{receiver}.Builder"  # Kotlin has no word for making an object
        dotted = dotted_name(callee)
        if self.python and dotted and callee.name[:1].isupper():
            return self.full(dotted)
        return ""


def dotted_name(item: object) -> str:
    """`a.b.c` of names alone; "" for anything else."""
    match item:
        case code.Name():
            return item.name
        case code.Member():
            before = dotted_name(item.receiver)
            return f"{before}.{item.name}" if before else ""
        case _:
            return ""


def _is_full(name: str) -> bool:
    parts = name.split(".")
    return len(parts) > 2 and parts[0].islower() and parts[-1][:1].isupper()


def _absolute(path: str, module: str) -> str:
    dots = len(path) - len(path.lstrip("."))
    if not dots:
        return path
    parts = module.split(".")
    return ".".join((*parts[: max(0, len(parts) - dots)], path[dots:]))
