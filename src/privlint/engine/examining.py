"""An installation in; what it consists of, and what is wrong with it, out: made to be pasted into an issue.

Nothing in it names a user: a path below the home folder begins with `~`.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from typing import TYPE_CHECKING

import privlint
from privlint import discover, languages, rulebook
from privlint.discover import git
from privlint.errors import PrivlintError, UsageError
from privlint.model.finding import Text
from privlint.model.settings import Fact
from privlint.rulebook.locate import cache_folder, rules_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = (
    "tree-sitter",
    "tree-sitter-kotlin",
    "tree-sitter-java",
    "tree-sitter-python",
    "tree-sitter-toml",
    "msgspec",
)
_EXTRAS = ("jinja2", "pathspec", "pygls", "flake8")
_NOTHING = Text("-", "-")
_BROKEN = (ImportError, TypeError, ValueError, OSError, RuntimeError, AttributeError)  # what a wrong wheel raises
_TRIED = {"kotlin": b"fun f(a: Int) = a\n", "java": b"class A { int f; }\n", "python": b"def f(): pass\n"}


def doctor(folder: str) -> Iterator[Fact]:
    """Yield what there is to know, in the order in which a person asks for it."""
    yield Fact(name=Text("privlint", "privlint"), value=_same(f"{privlint.__version__} ({_kind()})"))
    yield Fact(name=Text("Python", "Python"), value=_same(f"{platform.python_version()} {sys.implementation.name}"))
    yield Fact(
        name=Text("system", "系统"), value=_same(f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPU")
    )
    for name in (*_PACKAGES, *_EXTRAS):
        yield _package(name, needed=name in _PACKAGES)
    yield from _grammars()
    yield _rules()
    yield _cache()
    yield _git(folder)
    yield _manifest(folder)


def _kind() -> str:
    inside = os.path.join(os.path.dirname(os.path.abspath(privlint.__file__)), "_rules")
    return "wheel" if os.path.isdir(inside) else "checkout"


def _package(name: str, *, needed: bool) -> Fact:
    called = Text(name, name)
    try:
        return Fact(name=called, value=_same(metadata.version(name)))
    except metadata.PackageNotFoundError:
        missing = Text("not installed: install privlint again", "未安装：请重新安装 privlint")
        return Fact(name=called, value=_NOTHING, fault=missing if needed else None)


def _grammars() -> Iterator[Fact]:
    """Try each grammar on a line: a wheel for another version loads and then fails."""
    for language, source in _TRIED.items():
        name = Text(f"grammar: {language}", f"语法：{language}")
        try:
            languages.extract(language, source, None)
        except _BROKEN as error:
            fault = f"{type(error).__name__}: {error}"
            yield Fact(name=name, value=_NOTHING, fault=Text(f"does not parse: {fault}", f"无法解析：{fault}"))
        else:
            yield Fact(name=name, value=_same("ok"))


def _rules() -> Fact:
    name = Text("rulebook", "规则库")
    try:
        rules = rulebook.open_rulebook()
    except PrivlintError as error:
        return Fact(name=name, value=_NOTHING, fault=Text(error.message, error.message_zh))
    members = sum(len(family.api) for family in rules.families)
    folder = _redacted(rules_folder())
    told = Text(f"{rules.version}, {members} API entries, {folder}", f"{rules.version}，{members} 条 API，{folder}")
    return Fact(name=name, value=told)


def _cache() -> Fact:
    name = Text("cache folder", "缓存文件夹")
    folder = cache_folder()
    if not folder:
        return Fact(
            name=name,
            value=_NOTHING,
            fault=Text("none: set PRIVLINT_CACHE_DIR to keep results", "没有：设置 PRIVLINT_CACHE_DIR 可保留结果"),
        )
    above = folder
    while not os.path.isdir(above) and os.path.dirname(above) != above:
        above = os.path.dirname(above)
    if not os.access(above, os.W_OK):
        fault = Text("cannot be written: every run starts anew", "无法写入：每次运行都要重新分析")
        return Fact(name=name, value=_same(_redacted(folder)), fault=fault)
    return Fact(name=name, value=_same(_redacted(folder)))


def _git(folder: str) -> Fact:
    name = Text("git", "git")
    try:
        version = git.version(folder)
    except UsageError as error:
        return Fact(name=name, value=_same(f"- ({error.message.rpartition(': ')[2]})"))
    inside = (
        Text("in a repository", "位于仓库中") if discover.repository(folder) else Text("no repository", "不在仓库中")
    )
    return Fact(name=name, value=Text(f"{version}, {inside.en}", f"{version}，{inside.zh}"))


def _manifest(folder: str) -> Fact:
    from privlint import declare

    name = Text("manifest", "清单")
    try:
        found = declare.find(folder, discover.read_configuration)
        if found is None:
            return Fact(name=name, value=_NOTHING)
        shown = os.path.relpath(found, folder).replace(os.sep, "/")
        declare.read(discover.read_configuration(found, shown), shown, found.endswith("pyproject.toml"))
    except PrivlintError as error:
        return Fact(name=name, value=_NOTHING, fault=Text(str(error), error.message_zh))
    return Fact(name=name, value=_same(shown))


def _same(text: str) -> Text:
    return Text(text, text)


def _redacted(path: str) -> str:
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if home != "/" and path.startswith(home + os.sep) else path
