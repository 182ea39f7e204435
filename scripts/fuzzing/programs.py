"""Valid programs made at random: nothing is lost by the parser, and each planted use is found on its line."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from fuzzing.running import SECONDS

DEEPEST = 4  # statements inside statements
_HEADS = {
    ".kt": "import android.telephony.TelephonyManager\n\nclass Made(val t: TelephonyManager) {\n",
    ".java": "import android.telephony.TelephonyManager;\n\nclass Made {\n    TelephonyManager t;\n",
    ".py": "from plyer import gps\n",
}
_PLANTED = {".kt": "t.imei", ".java": "t.getImei()", ".py": "gps.start(minTime=1)"}


class Program:
    """One program that grows, line by line."""

    def __init__(self, suffix: str, chance: random.Random) -> None:
        self.suffix = suffix
        self.chance = chance
        self.lines = _HEADS[suffix].splitlines()
        self.planted: list[int] = []
        self.names = 0

    def make(self) -> str:
        """Write a few functions."""
        opening = {
            ".kt": "fun f{0}(a: Int, b: List<Int>): Any? {",
            ".java": "Object f{0}(int a, int[] b) {",
            ".py": "def f{0}(a, b):",
        }
        closing = {".kt": "return null }", ".java": "return null; }", ".py": "return None"}
        inner = "" if self.suffix == ".py" else "    "
        for number in range(self.chance.randrange(1, 4)):
            self.put(inner, filled(opening[self.suffix], str(number)))
            self.block(inner + "    ", 1)
            self.put(inner + "    ", closing[self.suffix])
        if self.suffix != ".py":
            self.lines.append("}")
        return "\n".join(self.lines) + "\n"

    def put(self, indent: str, line: str) -> None:
        """Write a line."""
        self.lines += (indent + line).split("\n")

    def name(self) -> str:
        """Think of a name."""
        self.names += 1
        return f"v{self.names}"

    def block(self, indent: str, depth: int) -> None:
        """Write some statements."""
        for _ in range(self.chance.randrange(1, 4)):
            if self.chance.random() < 0.2:
                self.plant(indent)
            else:
                self.chance.choice(_STATEMENTS[self.suffix] if depth < DEEPEST else [_simple])(self, indent, depth)

    def plant(self, indent: str) -> None:
        """Write a use that must be found."""
        use = _PLANTED[self.suffix]
        forms = {
            ".kt": (
                f"val {self.name()} = {use}",
                f"println({use})",
                f"listOf(1).forEach {{ println({use}) }}",
                f"if ({use} == null) b.size",
            ),
            ".java": (
                f"String {self.name()} = {use};",
                f"f0({use}.length(), b);",
                f"Runnable {self.name()} = () -> {use};",
            ),
            ".py": (use, f"{self.name()} = {use}", f"print([{use}, a])", f"{self.name()} = lambda x: {use}"),
        }
        self.put(indent, self.chance.choice(forms[self.suffix]))
        self.planted.append(len(self.lines))

    def value(self, depth: int = 0) -> str:
        """Think of an expression."""
        if depth > 2:
            return self.chance.choice(("a", "1", "0x1F", "b", '"x"'))
        inner = [self.value(depth + 1) for _ in range(3)]
        return filled(self.chance.choice(_VALUES[self.suffix]), *inner)


def filled(form: str, *parts: str) -> str:
    """Put parts in their places; other braces stay as they are."""
    for number, part in enumerate(parts):
        form = form.replace(f"{{{number}}}", part.replace("{", "\0"))
    return form.replace("\0", "{")


_VALUES = {
    ".kt": (
        "{0}.hashCode()",
        "({0} to {1})",
        "listOf({0}, {1}, {2})",
        "if (a > 1) {0} else {1}",
        '"x ${{0}} $a"',
        "{0} ?: {1}",
        "when (a) { 1, 2 -> {0}; in 3..9 -> {1}; else -> {2} }",
        "b.map { it + a }.filter { x -> x > 1 }",
        "({0} as? Int)?.let { {1} }",
        "try { {0} } catch (e: Exception) { {1} }",
        "object : Runnable { override fun run() { println({0}) } }",
        "{0}::class",
        '"""raw \\ "quoted" ${{0}}"""',
        "mapOf({0} to {1})[{0}]",
        "a.run { {0} }",
        "fun(x: Int): Any? = {0}",
        "!(a in 1 until 9)",
    ),
    ".java": (
        "String.valueOf({0})",
        "(Object) {0}",
        "java.util.List.of({0}, {1})",
        "(a > 1 ? {0} : {1})",
        "new Object[] { {0}, {1} }",
        "new Object() { int y = a; }",
        "(Object) switch (a) { case 1, 2 -> {0}; default -> {1}; }",
        "b.clone()",
        "b[a]",
        "-a << 3 >>> 1",
        '"""\n            raw "x" \\\n            """',
        "(java.util.function.Supplier<Object>) () -> {0}",
        "(Runnable) this::toString",
        "int[].class",
    ),
    ".py": (
        "str({0})",
        "[{0}, *[{1}]]",
        "{'k': {0}, **{}}",
        "({0} if a else {1})",
        "f'{a!r:>{a}} {b}'",
        "[x for x in b if x != ({0})]",
        "(lambda *x, k=1, **y: {0})",
        "({0}, {1})",
        "b[1:-1]",
        "(not ({0} or {1}))",
        "{x: y for x, y in zip(b, b)}",
        "(yy := {0})",
        "rb'x' + b'\\x00'",
        "a ** -1 // 2 @ 3",
        "'''x\n\"\"\" y'''",
        "sorted(b, key=lambda i: -i)[0]",
    ),
}


def _simple(program: Program, indent: str, _depth: int) -> None:
    form = {".kt": "val {0} = {1}", ".java": "Object {0} = {1};", ".py": "{0} = {1}"}[program.suffix]
    program.put(indent, filled(form, program.name(), program.value()))


def _nested(*pieces: str) -> Callable[[Program, str, int], None]:
    """A statement of lines, with a block after each but the last; the last closes it."""

    def write(program: Program, indent: str, depth: int) -> None:
        for piece in pieces[:-1]:
            program.put(indent, filled(piece, program.name(), program.value(2)))
            program.block(indent + "    ", depth + 1)
        if pieces[-1]:
            program.put(indent, pieces[-1])

    return write


_STATEMENTS: dict[str, list[Callable[[Program, str, int], None]]] = {
    ".kt": [
        _simple,
        _simple,
        _simple,
        _nested("if (a > 1) {", "} else if (b.isEmpty()) {", "} else {", "}"),
        _nested("for (({0}, y) in b.withIndex()) {", "}"),
        _nested("while (a < 3) {", "}"),
        _nested("do {", "} while (a > 3)"),
        _nested("when { a > 1 -> {", "} b.isEmpty() -> {", "}}"),
        _nested("try {", "} catch (e: Exception) {", "} finally {", "}"),
        _nested("b.forEach {0}@{ x ->", "}"),
        _nested("a.apply {", "}.let { it }"),
        _nested("fun {0}(x: Int = 1, vararg y: String) {", "}"),
        _nested("val {0} = object : Runnable { override fun run() {", "} }"),
        _nested("val {0}: Any by lazy {", "1 }"),
        _nested("with(b) {", "}"),
        _nested("run outer@{", "return@outer }"),
    ],
    ".java": [
        _simple,
        _simple,
        _simple,
        _nested("if (a > 1) {", "} else if (b == null) {", "} else {", "}"),
        _nested("for (int {0} = 0; {0} < 3; {0}++) {", "}"),
        _nested("for (int {0} : b) {", "}"),
        _nested("{0}: while (a < 3) {", "}"),
        _nested("do {", "} while (a > 3);"),
        _nested("switch (a) { case 1: {", "} default: {", "} }"),
        _nested("switch (a) { case 1, 2 -> {", "} default -> {", "} }"),
        _nested(
            'try (var {0} = new java.io.StringReader("")) {',
            "} catch (RuntimeException | Error e) {",
            "} finally {",
            "}",
        ),
        _nested("synchronized (this) {", "}"),
        _nested("new Thread(() -> {", "}).start();"),
        _nested("Object {0} = new Object() { public String toString() {", 'return ""; } };'),
        _nested("class C{0} { void g() {", "} }"),
        _nested("if (!(b instanceof Object o{0})) {", "}"),
    ],
    ".py": [
        _simple,
        _simple,
        _simple,
        _nested("if a > 1:", "elif (n := {1}):", "else:", ""),
        _nested("for {0}, *y in b:", "else:", ""),
        _nested("while a < 3:", ""),
        _nested("try:", "except (ValueError, KeyError) as e:", "else:", "finally:", ""),
        _nested("with open({1}) as {0}, (b) as z:", ""),
        _nested("def {0}(x, /, y=1, *z, k: int = 2, **w) -> None:", ""),
        _nested("async def {0}():", ""),
        _nested("class C{0}(dict, metaclass=type):", ""),
    ],
}


_DRIVER = """
import json, sys
from privlint.engine import Session
from privlint.model.request import Request
session = Session(Request(paths=(sys.argv[1],), jobs=1))
session.scan()
seen = {}
for path, one in session.results.items():
    observations = one.result.observations if one.result else ()
    seen[path] = (one.covered.reason, [each.place.start.line for each in observations])
print(json.dumps(seen))
"""


def _is_valid(text: str) -> bool:
    try:
        compile(text, "made.py", "exec")
    except SyntaxError:
        return False
    return True


def faults(folder: Path, chance: random.Random, count: int, tally: Counter[str]) -> Iterator[str]:
    """Try a number of programs in one run."""
    planted: dict[str, list[int]] = {}
    for number in range(count):
        suffix = chance.choice(tuple(_HEADS))
        program = Program(suffix, chance)
        text = program.make()
        name = f"f{number}{suffix}"
        if suffix == ".py" and not _is_valid(text):
            tally["made wrongly"] += 1
            continue
        (folder / name).write_text(text, encoding="utf-8")
        planted[name] = program.planted
    command = [sys.executable, "-c", _DRIVER, str(folder)]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode != 0:
        yield f"exit code {done.returncode}: {done.stderr[-300:].decode('utf-8', 'replace')}"
        return
    seen = json.loads(done.stdout)
    for name, lines in planted.items():
        tally["planted uses"] += len(lines)
        reason, found = seen.get(name, ("not accounted for", []))
        if missing := sorted(set(lines) - set(found)):
            yield f"{name}: not seen on the lines {missing}"
        if reason:
            yield f"{name}: {reason} for a valid program"
