"""What one Gradle script says, before any name in it is looked up: the records of `script`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from privlint.declare.gradle.statements import Range
from privlint.declare.gradle.tokens import Text

Setting = Literal["application_id", "suffix", "namespace", "min_sdk", "target_sdk", "debuggable", "dimension"]

MAKERS = frozenset({"create", "register", "named", "getByName", "maybeCreate", "findByName"})
EVERY = frozenset({"all", "configureEach", "forEach", "each", "whenObjectAdded"})


class Expression(Struct, frozen=True, gc=False):
    """A piece of a script that stands for a value."""

    script: Script
    range: Range
    loop: Range | None = None  # where it is the parameter of a loop: the statement that loops

    def written(self) -> str:
        """Quote it."""
        return self.script.text.written(*self.range)


class WrittenDependency(Struct, frozen=True, gc=False):
    """One argument of one configuration."""

    configuration: str
    expression: Expression
    named: dict[str, Expression] = {}  # group, name, version: where they are passed by name
    build: bool = False  # it is for the build itself: buildscript, constraints
    source_set: str = ""  # of a Kotlin Multiplatform module
    target: str = ""  # the module that it is for, where another one says it; "*" for all


class WrittenSetting(Struct, frozen=True, gc=False):
    """One Android setting, of the module or of a flavour or build type."""

    name: Setting
    value: Expression
    flavour: str = ""


class WrittenFlavour(Struct, frozen=True, gc=False):
    """A product flavour or a build type that the script makes or changes."""

    name: str
    build_type: bool


class Placeholder(Struct, frozen=True, gc=False):
    """One entry of manifestPlaceholders."""

    name: str
    value: Expression
    flavour: str = ""


class Plugin(Struct, frozen=True, gc=False):
    """A plugin that the script applies: by its id, or by an accessor."""

    id: str  # "" where `accessor` says it
    accessor: str
    expression: Expression


class Include(Struct, frozen=True, gc=False):
    """One argument of `include`, or a module's folder where `folder` is set."""

    expression: Expression
    folder: Expression | None = None
    flat: bool = False


class Script:
    """All that one script says, in the order of its text."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.path = text.path
        self.plugins: list[Plugin] = []
        self.dependencies: list[WrittenDependency] = []
        self.settings: list[WrittenSetting] = []
        self.flavours: list[WrittenFlavour] = []
        self.placeholders: list[Placeholder] = []
        self.includes: list[Include] = []
        self.applied: list[Expression] = []  # other scripts
        self.manifests: list[tuple[str, Expression, bool]] = []  # source set, file, whether a condition is around it
        self.folders: list[Expression] = []  # strings that lead out of the module's folder
        self.constants: dict[str, Expression] = {}
        self.registered: dict[str, str] = {}  # plugin id -> class, of `gradlePlugin { … }`
        self.calls: set[str] = set()  # what is called by its bare name
        self.functions: dict[str, Script] = {}  # what each function says when it is called
        self.dynamic = False  # flavours are made by code that the text does not show


def first_string(expression: Expression) -> str:
    """The text of an expression that begins with a string; "" for others."""
    tokens = expression.script.text.tokens[slice(*expression.range)]
    return tokens[0].text if tokens and tokens[0].kind == "string" else ""
