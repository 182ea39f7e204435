"""The path of a source file, and how it begins, in; what kind of code it is out: test, generated, or a build's own.

Paths are relative to the root, with forward slashes. Where a Gradle source set is named (`src/main/java`), it alone
decides: an app may well have a package `test` or a class `SpeedTest`.
"""

from __future__ import annotations

import re

HEAD = 4096  # bytes in which a generator says that it was one

_TEST_SET = re.compile(r"(?:test|androidTest)(?:[A-Z]\w*)?|[a-z]\w*Test|[a-z]\w*(?:Unit|Instrumented)Test\w*")
_TEST_NAME = re.compile(r"test_.*\.pyi?|.*_test\.pyi?|conftest\.py|.*(?:Test|Tests|TestCase)\.(?:kt|kts|java)")
_TEST_FOLDERS = frozenset({"test", "tests", "androidTest", "__tests__"})
_SOURCE_FOLDERS = frozenset({"java", "kotlin", "python", "aidl", "groovy", "scala"})

_BUILD_FOLDERS = frozenset({"buildSrc", "build-logic", "buildLogic", "build-plugins", "gradle"})
_BUILD_SCRIPTS = frozenset({"setup.py", "noxfile.py", "docs/conf.py", "doc/conf.py", "docs/source/conf.py"})

_DECLARING_NAMES = {
    "app.json": "expo",
    "buildozer.spec": "buildozer",
    "config.xml": "cordova",
    "gradle.properties": "gradle-properties",
    "package.json": "package-json",
    "plugin.xml": "cordova",
    "pyproject.toml": "pyproject",
}
_DECLARING_ENDINGS = (
    (".gradle", "gradle"),
    (".gradle.kts", "gradle"),
    (".versions.toml", "catalog"),
    (".kv", "kivy"),
)
_RESOURCES = re.compile(r"(?:^|/)(?:(layout)(?:-[\w+-]+)?|values(?:-(?:zh|en|b\+zh|b\+en)[\w+-]*)?)/[^/]+\.xml$")

_PRELUDE = re.compile(rb'\s+|//[^\n]*|#[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|[rR]?"""[\s\S]*?(?:"""|\Z)|package[ \t][^\n]*')
_SAYS_SO = re.compile(
    rb"generated\b[\s\S]{0,200}?\b(?:do not|don't|not) (?:hand[- ]?)?(?:edit|modify|change)"
    rb"|\b(?:do not|don't) (?:hand[- ]?)?(?:edit|modify|change)\b[\s\S]{0,200}?generated"
    rb"|(?<![\w.@])@generated\b"
    rb"|generated (?:by|from|with)[^\n]{0,80}\b(?:protocol buffer|protoc|grpc|antlr|thrift|jooq|swig|openapi|swagger"
    rb"|django \d|flatbuffers|wire|apollo|dagger|kapt|ksp|aapt|aidl|view binder)",
    re.IGNORECASE,
)
_SAYS_SO_ZH = re.compile("自动生成[^\n]{0,40}(?:请勿|不要|禁止|勿)[^\n]{0,10}(?:修改|编辑|改动)".encode())
_ANNOTATED = re.compile(rb"^@(?:\w+\.)*(?:Dagger)?Generated\b", re.MULTILINE)


def is_test(path: str) -> bool:
    """Tell whether this code tests the app and is never shipped with it."""
    *folders, name = path.split("/")
    if "src" in folders:
        after = folders[folders.index("src") + 1 :]
        before = folders[: folders.index("src")]
        if after and _TEST_SET.fullmatch(after[0]):
            return True
        if len(after) > 1 and after[1] in _SOURCE_FOLDERS:
            return bool(_TEST_FOLDERS.intersection(before))
    return bool(_TEST_FOLDERS.intersection(folders)) or _TEST_NAME.fullmatch(name) is not None


def is_build_code(path: str) -> bool:
    """Tell whether this code builds the app, and is no part of it."""
    *folders, name = path.split("/")
    if name.endswith(".gradle.kts"):
        return True
    outside = folders[: folders.index("src")] if "src" in folders else folders
    return path in _BUILD_SCRIPTS or bool(_BUILD_FOLDERS.intersection(outside))


def declares(path: str) -> str | None:
    """Tell what a file declares of the app, by its name: "android-manifest", "gradle" … None for other files."""
    name = path.rpartition("/")[2]
    if (kind := _DECLARING_NAMES.get(name)) is not None:
        return kind
    for ending, kind in _DECLARING_ENDINGS:
        if name.endswith(ending):
            return kind
    if name.startswith("AndroidManifest") and name.endswith(".xml"):
        return "android-manifest"
    if name.endswith(".xml") and (resource := _RESOURCES.search(path)) is not None:
        return "layout" if resource[1] else "strings"
    if name.endswith(".txt") and (name.startswith("requirements") or "/requirements/" in f"/{path}"):
        return "requirements"
    if name.endswith((".kt", ".java", ".groovy")) and _BUILD_FOLDERS.intersection(path.split("/")[:-1]):
        return "gradle-source"
    return None


def is_generated(path: str, head: bytes) -> bool:
    """Tell whether a program wrote this file. `head` is its UTF-8 text, of which the beginning is looked at."""
    *folders, name = path.split("/")
    if "/build/generated/" in f"/{path}" or name.endswith(("_pb2.py", "_pb2_grpc.py")):
        return True
    if "src" in folders and "generated" in folders[folders.index("src") + 1 :][:2]:
        return True
    head = head[:HEAD]
    if b"enerated" not in head and b"GENERATED" not in head and "生成".encode() not in head:
        return False
    prelude = head[: _prelude(head)]
    return bool(_SAYS_SO.search(prelude) or _SAYS_SO_ZH.search(prelude) or _ANNOTATED.search(head))


def _prelude(head: bytes) -> int:
    """Where the comments end that a file begins with."""
    end = 0
    while match := _PRELUDE.match(head, end):
        end = match.end()
    return end
