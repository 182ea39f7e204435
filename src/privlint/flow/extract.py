"""One walk through a `SourceFile`: routines, sites, and the regions in which a condition holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from msgspec.structs import replace

from privlint.flow.amounts import Amount, amount
from privlint.flow.types import Types, dotted_name
from privlint.flow.words import MOST, facts, leaves, words
from privlint.model import code
from privlint.model.flow import CREATE, LOAD, TOP, FileFlow, Given, Guard, Kind, Routine, Site
from privlint.model.place import Place

Placed = Callable[[int, int], Place]
SHORT = 4  # statements of a function of which the answers are kept
_STATIC_KINDS = {"object", "companion"}
_FILLS = frozenset({"add", "addAll", "append", "extend", "offer", "plusAssign", "push", "put", "set"})


def extract(file: code.SourceFile, path: str, module: str, place: Placed) -> FileFlow:
    """Read the flow of one file. `module` is the dotted name of a Python file, `place` turns offsets into a place."""
    walk = _Walk(file, module, place)
    walk.run()
    return FileFlow(
        path,
        file.language,
        walk.types.package,
        walk.types.imports,
        tuple(walk.types.packages),
        tuple(walk.kinds),
        tuple(walk.routines),
        tuple(walk.sites),
        tuple(walk.guards),
        tuple(walk.loops),
        tuple(walk.whiles),
    )


class _Walk:
    """The state of one walk: the classes, the routine and the locals around where it is."""

    def __init__(self, file: code.SourceFile, module: str, place: Placed) -> None:
        self.file = file
        self.place = place
        self.types = Types(file, module)
        self.kinds: list[Kind] = []
        self.routines: list[Routine] = []
        self.sites: list[Site] = []
        self.guards: list[Guard] = []
        self.loops: list[tuple[int, int]] = []
        self.whiles: list[tuple[int, int]] = []
        self.owners: tuple[str, ...] = ()  # innermost first
        self.routine = -1
        self.types_of: dict[str, str] = {}  # locals
        self.words_of: dict[str, tuple[str, ...]] = {}  # locals, and fields of this file
        self.assigned: dict[str, tuple[str, ...]] = {}  # fields that a method assigned
        self.amounts: dict[str, Amount] = {}  # of constants of this file, and of locals
        self.locals: frozenset[str] = frozenset()
        self.given: tuple[int, str] = (-1, "")  # site and argument that the next lambda or object is handed to
        self.naming = ""  # the variable that the next lambda belongs to

    def run(self) -> None:
        """Walk the whole file."""
        for item in self.file.items:
            self._declare(item, "")
        top = self._open(TOP, self.types.package, (0, self.file.size), code.Name(0, 0, ""))
        for item in self.file.items:
            self._statement(item)
        self.routine = top

    # --- declarations -------------------------------------------------------------------------------------------------

    def _declare(self, item: object, outer: str) -> None:
        """Note the classes of the file before anything is read, with their fields and what their methods give."""
        if isinstance(item, code.Variable) and item.constant:
            found = amount(item.value, self.amounts)
            if found is not None:
                self.amounts.setdefault(item.name, found)
        if isinstance(item, code.Class) and not item.name:
            for member in item.members:
                if isinstance(member, code.Variable):  # the constants of a companion
                    self._declare(member, outer)
        if not isinstance(item, code.Class) or not item.name:
            return
        prefix = outer or self.types.package
        full = f"{prefix}.{item.name}" if prefix else item.name
        self.types.declared.setdefault(item.name, full)
        for member in item.members:
            self._declare(member, full)

    def _members(self, item: code.Class, full: str) -> None:
        fields = self.types.fields.setdefault(full, {})
        results = self.types.results.setdefault(full, {})
        for parameter in item.parameters:
            fields[parameter.name] = self.types.written(parameter.type)
        for member in item.members:
            match member:
                case code.Variable():
                    kind = self.types.written(member.type)
                    fields[member.name] = kind or self._initial(member, full)
                    self.words_of.setdefault(member.name, words(member.value or member.delegate))
                case code.Function() if member.result is not None:
                    results[member.name] = self.types.written(member.result)
                case code.Class(kind="companion"):
                    self._members(member, full)

    def _initial(self, variable: code.Variable, full: str) -> str:
        value: object = variable.value
        if variable.delegate is not None and isinstance(variable.delegate, code.Call):
            if variable.delegate.types:
                return self.types.written(variable.delegate.types[0])
            for argument in variable.delegate.arguments:
                if isinstance(argument.value, code.Lambda) and argument.value.body.items:
                    value = argument.value.body.items[-1]
        return self.types.of(value, {}, (full,))

    def _class(self, item: code.Class) -> None:
        """Walk a class; its initialisers run as one routine, those of the class itself as another."""
        before = (self.owners, self.routine, self.types_of, self.given, self.locals)
        if item.name:
            prefix = (self.owners[0] if self.owners else "") or self.types.package
            full = f"{prefix}.{item.name}" if prefix else item.name
        else:
            full = f"{self.owners[0] if self.owners else self.types.package}.{item.start}"
        if item.kind == "companion":
            full = self.owners[0] if self.owners else full
        handed = self.given
        self.given = (-1, "")
        self._members(item, full)
        local = self.routine if self.routine >= 0 and self.routines[self.routine].name != TOP else -1
        injected = [self.types.written(one.type) for one in item.parameters] if _injects(item) else []
        injected += [
            self.types.written(one.type)
            for one in item.members
            if isinstance(one, code.Variable) and one.type is not None and _is_injected(one)
        ]
        if item.kind != "companion":
            supertypes = tuple(filter(None, (self.types.written(one) for one in item.supertypes)))
            self.kinds.append(Kind(full, supertypes, tuple(filter(None, injected)), local))
        self.owners = (full, *self.owners)
        static = item.kind in _STATIC_KINDS
        if injected:
            self._in(CREATE, item, item.extent, lambda: None)
        for argument in item.super_arguments:
            value = argument.value
            self._in(LOAD if static else CREATE, item, (value.start, value.end), partial(self._expression, value))
        for member in item.members:
            self._member_of(item, member, static=static, handed=handed, local=local)
        self.owners, self.routine, self.types_of, self.given, self.locals = before

    def _member_of(
        self, item: code.Class, member: object, *, static: bool, handed: tuple[int, str], local: int
    ) -> None:
        match member:
            case code.Function():
                self._function(member, method=True, handed=handed, outer=local)
            case code.Class():
                self._class(member)
            case code.Variable():
                where = LOAD if static or member.static else CREATE
                if member.getter is not None:
                    self._routine(member.name, member, member.getter, method=True)
                if member.value is not None or member.delegate is not None:
                    self._in(where, item, _extent(member), lambda: self._variable(member))
            case code.Block():
                # Java's are static as good as always, and run before anything of the class
                loads = static or self.file.language == "java"
                self._in(LOAD if loads else CREATE, item, (member.start, member.end), lambda: self._block(member))
            case code.Alias():
                return
            case code.Node():
                extent = (member.start, member.end)
                self._in(LOAD if static else CREATE, item, extent, lambda: self._statement(member))

    def _in(self, name: str, item: code.Class, extent: tuple[int, int], work: Callable[[], object]) -> None:
        """Do something as part of the initialisers of the class around."""
        before = self.routine, self.types_of, self.locals
        self._open(name, self.owners[0], extent, item, method=True)
        self.types_of, self.locals = {}, frozenset()
        work()
        self.routine, self.types_of, self.locals = before

    def _open(
        self,
        name: str,
        owner: str,
        extent: tuple[int, int],
        at: code.Node,
        **more: object,
    ) -> int:
        self.routines.append(Routine(name, owner, *extent, self.place(at.start, at.end), **more))  # type: ignore[arg-type]
        self.routine = len(self.routines) - 1
        return self.routine

    def _function(
        self, item: code.Function, *, method: bool = False, handed: tuple[int, str] = (-1, ""), outer: int = -1
    ) -> None:
        if item.body is None or item.skipped:
            return
        owner = self.owners[0] if method else self.types.package
        if not method and self.routine >= 0 and self.routines[self.routine].name != TOP:
            outer = self.routine  # a function inside a function
        before = self.routine, self.types_of, self.words_of, self.locals
        amounts = self.amounts
        hidden = {one.name for one in item.parameters}
        self.amounts = {name: one for name, one in amounts.items() if name not in hidden}
        self.locals = (self.locals if outer >= 0 else frozenset()) | hidden
        kinds = tuple(self.types.written(one.type) for one in item.parameters)
        self.types_of = dict(self.types_of) if outer >= 0 else {}
        self.types_of.update({one.name: kind for one, kind in zip(item.parameters, kinds, strict=True) if kind})
        if item.receiver is not None and not method:
            self.types_of["this"] = self.types.written(item.receiver)
        self.words_of = dict(self.words_of)
        self._open(
            item.name,
            owner,
            item.extent,
            item,
            outer=outer,
            handed=handed[0],
            under=handed[1],
            parameters=tuple(one.name for one in item.parameters),
            types=kinds,
            annotations=tuple(one.name.rpartition(".")[2] for one in item.annotations),
            answers=_answers(item),
            overrides="override" in item.modifiers or any(one.name == "Override" for one in item.annotations),
            method=method,
            function=True,
        )
        for one in item.parameters:
            if one.value is not None:
                self._expression(one.value)
        self._block(item.body)
        self.routine, self.types_of, self.words_of, self.locals = before
        self.amounts = amounts

    def _routine(self, name: str, at: code.Node, body: code.Block, *, method: bool) -> None:
        before = self.routine, self.types_of, self.locals
        self.types_of, self.locals = {}, frozenset()
        owner = self.owners[0] if method and self.owners else self.types.package
        self._open(name, owner, (body.start, body.end), at, method=method, answers=_said(body))
        self._block(body)
        self.routine, self.types_of, self.locals = before

    def _variable(self, item: code.Variable) -> None:
        before = self.naming
        self.naming = item.name
        if item.getter is not None and not self._is_member(item):
            self._routine(item.name, item, item.getter, method=False)
        for value in (item.value, item.delegate):
            if value is not None:
                self._expression(value)
        self.naming = before
        kind = self.types.written(item.type) or self.types.of(item.value, self.types_of, self.owners)
        if kind:
            self.types_of[item.name] = kind
        if self.routine >= 0 and self.routines[self.routine].name not in {CREATE, LOAD, TOP}:
            self.locals |= {item.name}
        if item.value is not None or item.delegate is not None:
            self.words_of[item.name] = words(item.value or item.delegate, self.words_of)
            if not self._is_member(item):
                self._measure(item.name, item.value)

    def _measure(self, name: str, value: object) -> None:
        """Note the amount of a local, or that it is not known any more."""
        found = amount(value, self.amounts)
        if found is not None:
            self.amounts[name] = found
        else:
            self.amounts.pop(name, None)

    def _is_member(self, item: code.Variable) -> bool:
        return bool(self.owners) and item.name in self.types.fields.get(self.owners[0], {})

    # --- statements ---------------------------------------------------------------------------------------------------

    def _block(self, block: code.Block | None) -> None:
        """Statements in order: what follows one that leaves under a condition runs under its contrary."""
        if block is None:
            return
        for item in block.items:
            self._statement(item)
            match item:
                case code.If() if item.otherwise is None or leaves(item.otherwise) or leaves(item.then):
                    if leaves(item.then) and not leaves(item.otherwise):
                        self._guard(item.condition, False, item.then.end, block.end)
                    elif leaves(item.otherwise):
                        self._guard(item.condition, True, item.then.end, block.end)
                case code.Variable(value=code.Choice(condition=None) as value) | (code.Choice(condition=None) as value):
                    if isinstance(value.values[-1], code.Jump):
                        self._guard(value.values[0], True, value.end, block.end)
                case _:
                    continue

    def _guard(self, condition: object, holds: bool, start: int, end: int) -> None:
        for part, truth in facts(condition, holds):
            found = words(part, self.words_of)
            if found and start < end:
                self.guards.append(Guard(found, truth, start, end))

    def _statement(self, item: object) -> None:
        match item:
            case code.Class():
                self._class(item)
            case code.Function():
                self._function(item)
            case code.Variable():
                self._variable(item)
            case code.Loop():
                if item.source is not None:
                    self._expression(item.source)
                for one in item.variables:
                    self.words_of[one.name] = words(item.source, self.words_of)
                    self.amounts.pop(one.name, None)
                self.loops.append((item.body.start, item.body.end))
                if not item.variables:
                    self.whiles.append((item.body.start, item.body.end))
                if not item.variables and item.source is not None:
                    self._guard(item.source, True, item.body.start, item.body.end)
                self._block(item.body)
            case code.Import():
                self.types.take(item)
            case code.Alias() | None:
                return
            case _:
                self._expression(item)

    # --- expressions --------------------------------------------------------------------------------------------------

    def _expression(self, item: object) -> None:
        match item:
            case code.Name():
                if item.name not in self.locals and item.name not in {"this", "self", "super"}:
                    self._site(item, item.name, "member", "", "")
            case code.Member():
                self._receiver(item.receiver)
                kind = self.types.of(item.receiver, self.types_of, self.owners)
                self._site(item, item.name, "member", kind, dotted_name(item.receiver) or "?")
            case code.Call():
                self._call(item)
            case code.New():
                self._new(item)
            case code.Reference():
                if item.receiver is not None:
                    self._receiver(item.receiver)
                kind = self.types.of(item.receiver, self.types_of, self.owners) if item.receiver is not None else ""
                self._site(item, item.name, "reference", kind, dotted_name(item.receiver))
            case code.ClassLiteral():
                full = self.types.full(item.type.name)
                self._site(item, full.rpartition(".")[2], "class", full, "")
            case code.Lambda():
                self._lambda(item)
            case code.If():
                self._expression(item.condition)
                self._guard(item.condition, True, item.then.start, item.then.end)
                self._block(item.then)
                if item.otherwise is not None:
                    self._guard(item.condition, False, item.otherwise.start, item.otherwise.end)
                    self._block(item.otherwise)
            case code.When():
                self._when(item)
            case code.Try():
                for block in (item.body, *item.handlers, item.ending):
                    self._block(block)
            case code.Logic(operator="and" | "or"):
                for number, operand in enumerate(item.operands):
                    for earlier in item.operands[:number]:
                        self._guard(earlier, item.operator == "and", operand.start, operand.end)
                    self._expression(operand)
            case code.Choice() if item.condition is not None:
                self._expression(item.condition)
                for number, value in enumerate(item.values):
                    self._guard(item.condition, number == 0, value.start, value.end)
                    self._expression(value)
            case code.Assign():
                self._assign(item)
            case code.Block():
                self._block(item)
            case code.Variable() | code.Function() | code.Class() | code.Loop():
                self._statement(item)
            case _:
                self._parts(_children(item))

    def _parts(self, items: Iterable[object]) -> None:
        for item in items:
            self._expression(item)

    def _receiver(self, item: object) -> None:
        if not (isinstance(item, code.Name) and self.types.is_class(item.name)):
            self._expression(item)

    def _site(self, item: code.Node, member: str, form: str, owner: str, receiver: str) -> int:
        place = self.place(item.start, item.end)
        made_of = self.words_of.get(receiver) or self.assigned.get(receiver, ()) if receiver else ()
        self.sites.append(Site(item.start, item.end, place, member, form, owner, receiver, (), self.routine, made_of))
        return len(self.sites) - 1

    def _call(self, item: code.Call) -> None:
        callee = item.callee
        match callee:
            case code.Name():
                made = self.types.is_class(callee.name) and not callee.name.isupper()
                owner = self.types.full(callee.name) if made else ""
                if not made and callee.name in self.types.imports:
                    owner = self.types.imports[callee.name].rpartition(".")[0]
                number = self._site(item, callee.name, "new" if made else "call", owner, "")
            case code.Member():
                self._receiver(callee.receiver)
                kind = self.types.of(callee.receiver, self.types_of, self.owners)
                number = self._site(item, callee.name, "call", kind, dotted_name(callee.receiver) or "?")
            case _:
                self._expression(callee)
                number = self._site(item, "", "call", "", "")
        for kind_ in item.types:
            full = self.types.written(kind_)
            if full:
                self._site(kind_, full.rpartition(".")[2], "class", full, "")
        self._arguments(number, item.arguments)
        if isinstance(callee, code.Member) and callee.name in _FILLS and isinstance(callee.receiver, code.Name):
            self._fill(callee.receiver.name, item.arguments)

    def _fill(self, name: str, arguments: tuple[code.Argument, ...]) -> None:
        """Note that a collection holds what is put into it."""
        held = dict.fromkeys(self.words_of.get(name, ()))
        held.update(dict.fromkeys(word for one in arguments for word in words(one.value, self.words_of)))
        self.words_of[name] = tuple(held)[:MOST]

    def _new(self, item: code.New) -> None:
        full = self.types.full(item.type.name)
        number = self._site(item, full.rpartition(".")[2], "new", full, "")
        outer = self.given
        self._arguments(number, item.arguments)
        if item.body is not None:
            self.given = outer if outer[0] >= 0 else (number, self.naming)
            self._class(item.body)
            self.given = (-1, "")

    def _arguments(self, number: int, arguments: tuple[code.Argument, ...]) -> None:
        """Walk the arguments of a call, so that what is handed over knows to what."""
        given = []
        before = self.given
        for argument in arguments:
            value = argument.value
            self.given = (number, argument.name)
            first = len(self.routines)
            self._expression(value)
            routine = -1
            if isinstance(value, code.Lambda) or (isinstance(value, code.New) and value.body is not None):
                routine = first if len(self.routines) > first else -1
            self.given = (-1, "")
            kind = self.types.of(value, self.types_of, self.owners)
            size = amount(value, self.amounts)
            given.append(
                Given(
                    argument.name,
                    _constant(value),
                    words(value, self.words_of),
                    routine,
                    kind,
                    size.value if size is not None else None,
                    size is not None and size.duration,
                )
            )
        self.given = before
        self.sites[number] = replace(self.sites[number], arguments=tuple(given))

    def _lambda(self, item: code.Lambda) -> None:
        before = self.routine, self.types_of, self.given, self.locals
        handed, under = self.given
        naming = self.naming
        self.given, self.naming = (-1, ""), ""
        self.types_of = dict(self.types_of)
        kinds = tuple(self.types.written(one.type) for one in item.parameters)
        self.types_of.update({one.name: kind for one, kind in zip(item.parameters, kinds, strict=True) if kind})
        self.locals |= {"it", *(one.name for one in item.parameters)}
        self._open(
            naming,
            self.owners[0] if self.owners else self.types.package,
            (item.start, item.end),
            item,
            outer=before[0],
            handed=handed,
            under=under,
            parameters=tuple(one.name for one in item.parameters) or ("it",),
            types=kinds,
        )
        names = tuple(one.name for one in item.parameters) or ("it",)
        hidden = {name: self.words_of.get(name) for name in names}
        on = self.sites[handed] if handed >= 0 else None  # a collection hands its elements on
        for name in names:
            self.words_of[name] = (on.receiver, *on.made_of)[:MOST] if on is not None and on.receiver else ()
        self._block(item.body)
        self.routine, self.types_of, self.given, self.locals = before
        self.naming = naming
        for name, held in hidden.items():
            if held is None:
                self.words_of.pop(name, None)
            else:
                self.words_of[name] = held

    def _when(self, item: code.When) -> None:
        if item.subject is not None:
            self._expression(item.subject)
        subject = words(item.subject, self.words_of) if item.subject is not None else ()
        for number, branch in enumerate(item.branches):
            for condition in branch.conditions:
                self._expression(condition)
            body = branch.body
            if item.subject is not None and branch.conditions:
                found = tuple(
                    dict.fromkeys(
                        (*subject, *(word for one in branch.conditions for word in words(one, self.words_of)))
                    )
                )
                if found:
                    self.guards.append(Guard(found, True, body.start, body.end))
            elif len(branch.conditions) == 1:
                self._guard(branch.conditions[0], True, body.start, body.end)
            if item.subject is None:
                for earlier in item.branches[:number]:
                    if len(earlier.conditions) == 1:
                        self._guard(earlier.conditions[0], False, body.start, body.end)
            self._block(body)

    def _assign(self, item: code.Assign) -> None:
        target = item.target
        name = target.name if isinstance(target, code.Name | code.Member) else ""
        if isinstance(target, code.Member):
            self._receiver(target.receiver)
            kind = self.types.of(target.receiver, self.types_of, self.owners)
            number = self._site(target, target.name, "set", kind, dotted_name(target.receiver) or "?")
        elif isinstance(target, code.Index):
            self._set_item(target, item.value)
            return
        else:
            number = self._site(target, name, "set", "", "") if name else -1
        before = self.naming
        self.naming = name
        if number >= 0:
            self._arguments(number, (code.Argument(item.value),))
        else:
            self._expression(item.value)
        self.naming = before
        if isinstance(target, code.Name):
            found = self.types.of(item.value, self.types_of, self.owners)
            if found:
                self.types_of[name] = found
            self.words_of[name] = words(item.value, self.words_of)
            self._measure(name, item.value)
        if name and name not in self.locals:
            self.assigned[name] = words(item.value, self.words_of)

    def _set_item(self, target: code.Index, value: code.Expression) -> None:
        """`a[b] = c`: a call that is given b and c."""
        self._receiver(target.receiver)
        kind = self.types.of(target.receiver, self.types_of, self.owners)
        number = self._site(target, "[]", "set", kind, dotted_name(target.receiver))
        self._arguments(number, (*(code.Argument(one) for one in target.index), code.Argument(value)))


def _extent(item: code.Variable) -> tuple[int, int]:
    """Where a field is initialised: from its name to the end of its value."""
    ends = [one.end for one in (item.value, item.delegate) if one is not None]
    return item.start, max([item.end, *ends])


def _children(item: object) -> Iterable[object]:
    match item:
        case code.Cast() | code.Test():
            return (item.value,)
        case code.Index():
            return (item.receiver, *item.index)
        case code.Choice():
            return item.values
        case code.Logic():
            return item.operands
        case code.Template() | code.Group():
            return item.parts
        case code.Jump():
            return (item.value,) if item.value is not None else ()
        case _:
            return ()


def _constant(value: object) -> str | None:
    if not isinstance(value, code.Literal):
        return None
    if value.value is None:
        return "null"
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)


def _answers(item: code.Function) -> tuple[str, ...]:
    return _said(item.body) if item.body is not None else ()


def _said(body: code.Block) -> tuple[str, ...]:
    """What a short body returns, by its names and texts."""
    if len(body.items) > SHORT:
        return ()
    found: dict[str, None] = {}
    for item in body.items:
        match item:
            case code.Jump(kind="return"):
                found.update(dict.fromkeys(words(item.value)))
            case code.Variable():
                found.update(dict.fromkeys(words(item.value)))
            case code.If():
                found.update(dict.fromkeys(words(item.condition)))
            case _ if len(body.items) == 1:
                found.update(dict.fromkeys(words(item)))
            case _:
                continue
    return tuple(found)


_INJECT = {"Inject", "Autowired", "BindValue"}


def _is_injected(item: code.Variable) -> bool:
    if any(one.name.rpartition(".")[2] in _INJECT for one in item.annotations):
        return True
    delegate = item.delegate
    return (
        isinstance(delegate, code.Call)
        and isinstance(delegate.callee, code.Name)
        and delegate.callee.name in {"inject", "viewModels", "activityViewModels", "koinViewModel", "viewModel"}
    )


def _injects(item: code.Class) -> bool:
    """Tell whether a container makes the objects of a class, so that its constructor's arguments are made too."""
    return any(one.name.rpartition(".")[2].startswith(("Inject", "Hilt", "Singleton")) for one in item.annotations)
