"""A `SourceFile` in, the screens that its code builds out: Compose, toolkits of Python, and views ticked by name.

Only what a screen is like before anybody touches it counts: callbacks and conditions are not entered for ticks, and a
state counts as ticked only where the file starts it as true and nowhere as false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from privlint.model import code
from privlint.model.screens import Way, Widget
from privlint.observe.lines import Lines

_CONTROL = re.compile(r"check_?box|check_?button|switch|radio_?button|toggle|booleanfield", re.IGNORECASE)
_TICKING = frozenset({"checked", "selected", "active", "value", "initial", "default", "is_checked", "isChecked"})
_LABELLING = frozenset({"text", "label", "title", "description", "help_text", "verbose_name", ""})
_CALLBACK = re.compile(r"on_?[A-Z_]|command$|callback|listener", re.IGNORECASE)
_STATES = frozenset({"mutableStateOf", "MutableStateFlow", "MutableLiveData", "BooleanVar", "BooleanProperty", "ref"})
_HOLDS = frozenset({"value", "get", "collectAsState", "collectAsStateWithLifecycle", "observeAsState"})
_HANDING = frozenset({"component1", "asStateFlow", "asLiveData", *_HOLDS})
_STEPS = 3  # from the state of a model to what a screen shows of it
_COLUMNS = frozenset({"Column", "LazyColumn"})
_SCOPES = frozenset({"apply", "with", "run", "also", "let"})
_FIRST = re.compile(
    r"<init>|__init__|on(?:Create\w*|ViewCreated|ActivityCreated|Start|Resume|FinishInflate|AttachedToWindow|Attach)"
    r"|(?:init|setup|set_up|bind|build|configure)\w*|on_start|on_pre_enter|on_enter"
)


def screens(file: code.SourceFile, lines: Lines, texts: dict[str, str]) -> tuple[Widget, ...]:
    """Read one file. `texts` are the string resources, by name."""
    reader = _Reader(lines, texts, _states(file.items))
    found = []
    top = tuple(reader.widgets(code.Block(0, file.size, file.items))) if file.language == "python" else ()
    if top:
        found.append(Widget(name="", place=top[0].place, way="column", children=top))
    for function in _functions(file.items):
        children = tuple(reader.widgets(function.body))
        if children:
            found.append(_root(function, lines, children, "column"))
        ticked = tuple(reader.views(function))
        if ticked:
            found.append(_root(function, lines, ticked, "free"))
    for one in _classes(file.items):
        fields = tuple(widget for member in one.members for widget in reader.fields(member))
        if fields:
            found.append(_root(one, lines, fields, "free"))
    return tuple(found)


def _root(node: code.Function | code.Class, lines: Lines, children: tuple[Widget, ...], way: Way) -> Widget:
    return Widget(name=node.name, place=lines.place(node.start, node.end), way=way, children=children)


class _Reader:
    """What is known of one file while it is read."""

    def __init__(self, lines: Lines, texts: dict[str, str], ticked: frozenset[str]) -> None:
        self.lines = lines
        self.texts = texts
        self.ticked = ticked  # names of states that start as true

    # --- screens that are built by calls ------------------------------------------------------------------------------

    def widgets(self, node: object) -> Iterator[Widget]:
        """Yield the widgets that a block makes, in order."""
        match node:
            case code.Block():
                for item in node.items:
                    yield from self.widgets(item)
            case code.Variable(value=code.Call() as call):
                yield from self.call(call, node.name)
            case code.Assign(value=code.Call() as call):
                yield from self.call(call, _last(node.target))
            case code.Call():
                yield from self.call(node, "")
            case code.If():
                yield from self.widgets(node.then)
                yield from self.widgets(node.otherwise)
            case code.Loop() | code.Try():
                yield from self.widgets(node.body)
            case code.Jump(value=code.Call() as call):
                yield from self.call(call, "")

    def call(self, call: code.Call, assigned: str) -> Iterator[Widget]:
        """Read one call: a control, a text, a container, or something that such are handed to."""
        name = _last(call.callee)
        if _CONTROL.search(name) and not name.startswith(("set", "on", "is", "get")):
            yield self.control(call, name, assigned)
            return
        children = tuple(self.children(call))
        if name[:1].isupper():
            text = self.label(call) if "Text" in name or "Label" in name or "Button" in name else ""
            if text or children:
                place = self.lines.place(call.start, call.end)
                way: Way = "column" if name in _COLUMNS else "row"
                yield Widget(name=name, place=place, id=assigned, text=text, way=way, children=children)
        else:
            yield from children

    def children(self, call: code.Call) -> Iterator[Widget]:
        for argument in call.arguments:
            if argument.name and _CALLBACK.match(argument.name):
                continue
            if isinstance(argument.value, code.Lambda):
                yield from self.widgets(argument.value.body)
            elif isinstance(argument.value, code.Call):
                yield from self.widgets(argument.value)

    def control(self, call: code.Call, name: str, assigned: str) -> Widget:
        """Read a control, with what ticks it."""
        ticked = None
        for argument in call.arguments:
            if argument.name in _TICKING and self.is_true(argument.value) and isinstance(argument.value, code.Node):
                ticked = self.lines.place(argument.value.start, argument.value.end)
        named = next((one.value for one in call.arguments if one.name in {"id", "key", "name"}), None)
        identity = named.value if isinstance(named, code.Literal) and isinstance(named.value, str) else assigned
        place = self.lines.place(call.start, call.end)
        return Widget(name=name, place=place, id=identity, text=self.label(call), ticked=ticked, ticks=True)

    def label(self, call: code.Call) -> str:
        """Put together what a call shows: literal texts, and string resources."""
        found: list[str] = []
        for argument in call.arguments:
            if argument.name in _LABELLING and not isinstance(argument.value, code.Lambda):
                found.extend(self.said(argument.value))
        return " ".join(" ".join(found).split())

    def said(self, node: object) -> Iterator[str]:
        for one in _every(node):
            if isinstance(one, code.Literal) and isinstance(one.value, str):
                yield one.value
            elif isinstance(one, code.Member) and _last(one.receiver) == "string":
                yield self.texts.get(one.name, f"@string/{one.name}")

    def is_true(self, value: object) -> bool:
        """Tell whether a value is true at the start."""
        match value:
            case code.Literal():
                return value.value is True
            case code.Name():
                return value.name in self.ticked
            case code.Member() if value.name in _HOLDS:
                return _last(value.receiver) in self.ticked
            case code.Member():
                return value.name in self.ticked
            case code.Call() if _last(value.callee) in _HOLDS and isinstance(value.callee, code.Member):
                return _last(value.callee.receiver) in self.ticked
        return False

    # --- controls that code ticks -------------------------------------------------------------------------------------

    def views(self, function: code.Function) -> Iterator[Widget]:
        """Yield the views that a function ticks while the screen is made."""
        if _FIRST.fullmatch(function.name):
            yield from self.ticking(function.body, "", _ids(function.body))

    def ticking(self, node: object, this: str, ids: dict[str, str]) -> Iterator[Widget]:
        match node:
            case code.Block():
                for item in node.items:
                    yield from self.ticking(item, this, ids)
            case code.Try():
                yield from self.ticking(node.body, this, ids)
            case code.Assign(target=code.Member() | code.Name() as target, value=code.Literal() | code.Name()):
                if target.name in {"isChecked", "checked"} and self.is_true(node.value):
                    yield self.view(node.value, target.receiver if isinstance(target, code.Member) else None, this, ids)
            case code.Call(callee=code.Member(name="setChecked") as callee, arguments=[one]):
                if isinstance(one.value, code.Literal) and one.value.value is True:
                    yield self.view(one.value, callee.receiver, this, ids)
            case code.Call(callee=code.Member(name=name) as callee) if name in _SCOPES:
                for argument in node.arguments:
                    if isinstance(argument.value, code.Lambda):
                        yield from self.ticking(argument.value.body, _identity(callee.receiver, ids), ids)

    def view(self, value: code.Node, receiver: object, this: str, ids: dict[str, str]) -> Widget:
        place = self.lines.place(value.start, value.end)
        identity = _identity(receiver, ids) if receiver is not None else this
        return Widget(name="CheckBox", place=place, id=identity, ticked=place, ticks=True)

    def fields(self, member: object) -> Iterator[Widget]:
        """Yield the form fields of a class that start as ticked."""
        if isinstance(member, code.Variable) and isinstance(member.value, code.Call):
            name = _last(member.value.callee)
            if _CONTROL.search(name):
                yield self.control(member.value, name, member.name)


def _states(items: tuple[object, ...]) -> frozenset[str]:
    """Find the states of a file that start as true and nowhere as false."""
    starts: dict[str, set[bool]] = {}
    for one in _every(items):
        named: str = ""
        value: object = None
        if isinstance(one, code.Variable):
            named, value = one.name, one.delegate or one.value
        elif isinstance(one, code.Assign):
            named, value = _last(one.target), one.value
        if not named:
            continue
        if isinstance(one, code.Variable) and isinstance(value, code.Literal) and isinstance(value.value, bool):
            starts.setdefault(named, set()).add(value.value)
        for call in _every(value):
            if isinstance(call, code.Call) and _last(call.callee) in _STATES:
                for argument in call.arguments:
                    if isinstance(argument.value, code.Literal) and isinstance(argument.value.value, bool):
                        starts.setdefault(named, set()).add(argument.value.value)
    ticked = {name for name, values in starts.items() if values == {True}}
    for _ in range(_STEPS):
        ticked.update(name for name in _handed(items, ticked) if starts.get(name, {True}) == {True})
    return frozenset(ticked)


def _handed(items: tuple[object, ...], ticked: set[str]) -> Iterator[str]:
    """Yield the names that a state is handed on to: `val agreed = _agreed.asStateFlow()`, `val (agreed, set) = …`."""
    for one in _every(items):
        call = (one.delegate or one.value) if isinstance(one, code.Variable) else None
        if not isinstance(one, code.Variable) or not isinstance(call, code.Call):
            continue
        callee = call.callee
        if isinstance(callee, code.Member) and callee.name in _HANDING and _last(callee.receiver) in ticked:
            yield one.name


def _ids(body: object) -> dict[str, str]:
    """Find what locals stand for: the id that a view was looked up by."""
    found = {}
    for one in _every(body):
        if isinstance(one, code.Variable | code.Assign) and isinstance(one.value, code.Call | code.Cast):
            identity = _looked_up(one.value)
            if identity:
                found[one.name if isinstance(one, code.Variable) else _last(one.target)] = identity
    return found


def _identity(node: object, ids: dict[str, str]) -> str:
    """Name a view: by the id that it was looked up by, else as code calls it."""
    name = _last(node)
    return _looked_up(node) or ids.get(name, name)


def _looked_up(node: object) -> str:
    """Give the last part of R.id.box in findViewById(R.id.box)."""
    for one in _every(node):
        if isinstance(one, code.Member) and _last(one.receiver) == "id":
            return one.name
    return ""


def _last(node: object) -> str:
    """The name that an expression ends in."""
    match node:
        case code.Name() | code.Member():
            return node.name
        case code.Call():
            return _last(node.callee)
        case code.Cast():
            return _last(node.value)
    return ""


def _functions(items: tuple[object, ...]) -> Iterator[code.Function]:
    for item in items:
        if isinstance(item, code.Function):
            yield item
        elif isinstance(item, code.Class):
            yield from _functions(item.members)


def _classes(items: tuple[object, ...]) -> Iterator[code.Class]:
    for item in items:
        if isinstance(item, code.Class):
            yield item
            yield from _classes(item.members)


def _every(node: object) -> Iterator[Struct]:
    """Yield a node with all that is in it, in the order of the text."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(reversed(one))
        elif isinstance(one, Struct):
            yield one
            waiting.extend(getattr(one, field) for field in reversed(one.__struct_fields__))
