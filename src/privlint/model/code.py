"""What a source file says, in one vocabulary for Kotlin, Java and Python.

A language adapter turns bytes into a `SourceFile`; nothing behind it knows a syntax tree. The vocabulary keeps what the
later stages need (names, receivers, arguments, types as written, scopes, branches) and drops the rest. Offsets are byte
offsets into the decoded-and-checked source that the adapter was given; `start` and `end` of a name, member, call or
declaration delimit its *name token*, which is where a caret belongs.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Node(Struct, frozen=True, gc=False):
    """Anything with a region in the source."""

    start: int  # byte offset
    end: int  # byte offset, exclusive


class Type(Node, frozen=True, gc=False):
    """A type as written, without nullability: `Map<String, Foo.Bar>?` is Map with two arguments."""

    name: str  # dotted as written; "" when it has no name (function types)
    arguments: tuple[Type, ...] = ()


# --- expressions ------------------------------------------------------------------------------------------------------


class Name(Node, frozen=True, gc=False):
    """A bare identifier: `x`, `this`, `super`, `self`."""

    name: str


class Literal(Node, frozen=True, gc=False):
    """A constant: text (escapes resolved where simple), number, truth value, or None for null."""

    value: str | int | float | bool | None


class Template(Node, frozen=True, gc=False):
    """Text put together from parts: an interpolated string, an f-string, `a + b`."""

    parts: tuple[Expression, ...]


class Member(Node, frozen=True, gc=False):
    """`receiver.name`, `receiver?.name`, without a call."""

    receiver: Expression
    name: str


class Argument(Struct, frozen=True, gc=False):
    """One argument of a call; `name` where it was passed by name. A trailing lambda is the last argument."""

    value: Expression
    name: str = ""


class Call(Node, frozen=True, gc=False):
    """`callee(arguments)`. The region is that of the called name."""

    callee: Expression
    arguments: tuple[Argument, ...] = ()
    types: tuple[Type, ...] = ()  # explicit type arguments


class New(Node, frozen=True, gc=False):
    """Java `new T(…) {…}` and Kotlin `object : T(…) {…}`. The region is that of the type's name."""

    type: Type
    arguments: tuple[Argument, ...] = ()
    body: Class | None = None


class Cast(Node, frozen=True, gc=False):
    """`value as T`, `value as? T`, `(T) value`."""

    value: Expression
    type: Type


class Test(Node, frozen=True, gc=False):
    """`value is T`, `value instanceof T name`, `isinstance(value, T)`."""

    value: Expression
    type: Type
    negated: bool = False
    binding: str = ""


class Lambda(Node, frozen=True, gc=False):
    """A function without a name. Without parameters a Kotlin lambda has `it`."""

    parameters: tuple[Parameter, ...]
    body: Block


class Reference(Node, frozen=True, gc=False):
    """`receiver::name`, not called. The region is that of `name`; no receiver means the enclosing scope."""

    receiver: Expression | None
    name: str


class ClassLiteral(Node, frozen=True, gc=False):
    """`T::class`, `T::class.java`, `T.class`."""

    type: Type


class Index(Node, frozen=True, gc=False):
    """`receiver[index]`."""

    receiver: Expression
    index: tuple[Expression, ...]


class Choice(Node, frozen=True, gc=False):
    """One of several values: elvis, ternary, `a or b`. `condition` is None where there is none to read."""

    condition: Expression | None
    values: tuple[Expression, ...]


class Logic(Node, frozen=True, gc=False):
    """`and`, `or`, `not` over conditions; kept apart because branches are judged by it."""

    operator: str  # "and" | "or" | "not"
    operands: tuple[Expression, ...]


class Group(Node, frozen=True, gc=False):
    """Any other expression: only its parts matter. Collections, arithmetic, comparisons, await, spread."""

    parts: tuple[Expression, ...]
    kind: str = ""  # "list" (a collection), "==" / "!=", "*" (a product), "await", "sign" (-a), else ""


# --- statements -------------------------------------------------------------------------------------------------------


class Block(Node, frozen=True, gc=False):
    """Statements in order. In Kotlin the last one is the value."""

    items: tuple[Statement, ...] = ()


class Assign(Node, frozen=True, gc=False):
    """`target = value`; also Python's walrus."""

    target: Expression
    value: Expression


class If(Node, frozen=True, gc=False):
    """`if`/`elif`/`else`, also as a value; an `elif` is an If inside `otherwise`."""

    condition: Expression
    then: Block
    otherwise: Block | None = None


class Branch(Struct, frozen=True, gc=False):
    """One arm of a `When`: taken if any of the conditions holds; no condition is the default arm."""

    conditions: tuple[Expression, ...]
    body: Block


class When(Node, frozen=True, gc=False):
    """Kotlin `when`, Java `switch`, Python `match`. A type pattern is a Test of the subject."""

    subject: Expression | None
    branches: tuple[Branch, ...]
    binding: str = ""  # `when (val x = …)`


class Loop(Node, frozen=True, gc=False):
    """`for` over a source, or `while` over a condition (then `variables` is empty)."""

    variables: tuple[Parameter, ...]
    source: Expression | None
    body: Block


class Try(Node, frozen=True, gc=False):
    """`try`, its handlers and its `finally`."""

    body: Block
    handlers: tuple[Block, ...] = ()
    ending: Block | None = None


class Jump(Node, frozen=True, gc=False):
    """`return`, `throw`, `break`, `continue`."""

    kind: str  # "return" | "throw" | "break" | "continue"
    value: Expression | None = None


# --- declarations -----------------------------------------------------------------------------------------------------


class Annotation(Node, frozen=True, gc=False):
    """`@Name(arguments)`; a Python decorator."""

    name: str  # dotted as written
    arguments: tuple[Argument, ...] = ()


class Parameter(Node, frozen=True, gc=False):
    """A parameter, a loop variable or a lambda parameter."""

    name: str
    type: Type | None = None
    value: Expression | None = None  # default value
    annotations: tuple[Annotation, ...] = ()


class Variable(Node, frozen=True, gc=False):
    """A local, a field, a Kotlin property, a Python assignment to a new name."""

    name: str
    type: Type | None = None
    value: Expression | None = None
    delegate: Expression | None = None  # `by lazy { … }`
    getter: Block | None = None
    receiver: Type | None = None  # extension property
    constant: bool = False  # val, final, const, UPPER_CASE in Python
    static: bool = False
    annotations: tuple[Annotation, ...] = ()


class Function(Node, frozen=True, gc=False):
    """A function, method or constructor (`name` is then "<init>"). `skipped` bodies held no wanted word."""

    name: str
    extent: tuple[int, int]  # byte offsets of the whole declaration
    parameters: tuple[Parameter, ...] = ()
    result: Type | None = None
    body: Block | None = None
    receiver: Type | None = None  # extension function
    annotations: tuple[Annotation, ...] = ()
    modifiers: tuple[str, ...] = ()  # "override", "abstract", "static", "suspend", "expression" (body is one value) …
    type_parameters: tuple[Type, ...] = ()  # name, with its bound as the only argument
    skipped: bool = False


class Class(Node, frozen=True, gc=False):
    """A class, interface, object, enum, record. `name` is "" for an anonymous one."""

    name: str
    kind: str  # "class" | "interface" | "object" | "companion" | "enum" | "annotation" | "record" | "data"
    extent: tuple[int, int]
    supertypes: tuple[Type, ...] = ()
    super_arguments: tuple[Argument, ...] = ()  # arguments of the superclass constructor
    members: tuple[Declaration | Block, ...] = ()  # a Block is an initialiser
    parameters: tuple[Variable, ...] = ()  # primary constructor; `property_parameters` of them are members too
    property_parameters: tuple[str, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    modifiers: tuple[str, ...] = ()
    type_parameters: tuple[Type, ...] = ()


class Alias(Node, frozen=True, gc=False):
    """`typealias Name = Type`."""

    name: str
    type: Type


class Import(Node, frozen=True, gc=False):
    """`import path`, `import path as alias`, `import path.*`, `from . import x` (`path` then starts with dots)."""

    path: str
    alias: str = ""
    wildcard: bool = False
    static: bool = False


class Token(Node, frozen=True, gc=False):
    """A wanted word in the code (not in a comment or string) for which the parser gave no node."""

    name: str
    call: bool  # followed by an opening parenthesis
    member: bool  # preceded by a dot or `::`


class Comment(Node, frozen=True, gc=False):
    """A comment that speaks to privlint; `text` without its delimiters."""

    text: str


class SourceFile(Struct, frozen=True, gc=False):
    """One parsed file."""

    language: str  # "kotlin" | "java" | "python"
    package: str = ""
    imports: tuple[Import, ...] = ()
    items: tuple[Statement, ...] = ()
    annotations: tuple[Annotation, ...] = ()  # of the file
    comments: tuple[Comment, ...] = ()  # those that hold "privlint:"
    lost: tuple[Token, ...] = ()
    broken: tuple[tuple[int, int], ...] = ()  # byte ranges that the parser marked as errors
    size: int = 0  # bytes


Expression: TypeAlias = (
    "Name | Literal | Template | Member | Call | New | Cast | Test | Lambda | Reference | ClassLiteral | Index | Choice"
    " | Logic | Group | Assign | If | When | Try | Jump | Block"
)
Declaration: TypeAlias = "Variable | Function | Class | Alias"
Statement: TypeAlias = "Expression | Declaration | Loop | Import"
