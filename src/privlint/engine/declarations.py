"""The root of a run in, what its build and packaging files declare out, with what became of each of them."""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint import discover
from privlint.engine.guard import guarded, run_over
from privlint.errors import UsageError
from privlint.model.finding import Covered, Text

if TYPE_CHECKING:
    from privlint.declare.tree import Declared, File
    from privlint.discover import Discovery, Scope
    from privlint.model.app_rules import AppRules
    from privlint.model.declared import AppDeclarations

LARGEST = 1_000_000  # bytes of one such file

_ELSEWHERE = Text("in a module that no app module depends on", "位于没有任何应用模块依赖的模块中")


def read(root: str, scope: Scope, merged_manifest: str = "") -> Declared:
    """Read all that is below `root`, and the merged manifest if one is given."""
    from privlint import rulebook
    from privlint.declare import tree
    from privlint.engine import exploring

    found = discover.discover((root,), replace(scope, declaring=True, force_exclude=False))
    files: list[File] = []
    others = list(found.covered)
    for candidate in found.files:
        if monotonic() > scope.ends:
            others.append(run_over(candidate.path))
            continue
        data = discover.read(root, candidate.path, LARGEST)
        if isinstance(data, Covered):
            others.append(data)
        else:
            files.append(tree.File(candidate.path, candidate.language, data, candidate.test))
    merged = _merged(root, merged_manifest) if merged_manifest else None
    if isinstance(merged, Covered):
        others.append(merged)
        merged = None
    rules = rulebook.open_app_rules()
    wanted = exploring.needles(rules.topics)
    sought = tree.Sought(_needles(rules), lambda data: exploring.told(data, wanted))
    return tree.read(files, others, merged, guarded, sought)


def _needles(rules: AppRules) -> tuple[bytes, ...]:
    """Give the words that make a screen worth a look: those that name an agreement."""
    topic = rules.topics.get("agreement")
    return tuple(word.lower().encode() for word in (*topic.zh, *topic.en)) if topic else ()


def within_app(found: Discovery, app: AppDeclarations) -> Discovery:
    """Leave out the sources of modules that no app contains; they are named as skipped."""
    if not any(module.outside for module in app.modules):
        return found
    outside = [one for one in found.files if app.outside_app(one.path)]
    names = {one.path for one in outside}
    skipped = (Covered(one.path, "skipped", "build", _ELSEWHERE) for one in outside)
    covered = sorted((*found.covered, *skipped), key=lambda one: os.fsencode(one.path))
    return replace(found, files=tuple(one for one in found.files if one.path not in names), covered=tuple(covered))


def asked_for(declared: Declared, root: str, targets: list[str]) -> tuple[Covered, ...]:
    """What the coverage shows: every failure, and of the rest what stands below the targets."""
    folders = [os.path.relpath(target, root).replace(os.sep, "/") for target in targets] or ["."]

    def below(path: str) -> bool:
        return any(folder in (".", path) or path.startswith(folder + "/") for folder in folders)

    return tuple(one for one in declared.coverage if one.outcome == "failed" or below(one.path))


def _merged(root: str, path: str) -> File | Covered:
    from privlint.declare import tree

    full = os.path.abspath(path)
    if not os.path.lexists(full):
        raise UsageError(
            f"no such file: {path}",
            message_zh=f"没有这个文件：{path}",
            hint="Give the AndroidManifest.xml that the build wrote, below build/intermediates/merged_manifests/.",
            hint_zh="请提供构建生成的 AndroidManifest.xml，位于 build/intermediates/merged_manifests/ 之下。",
        )
    below = os.path.relpath(full, root).replace(os.sep, "/")
    shown = os.path.basename(full) if below.startswith("../") else below
    data = discover.read(os.path.dirname(full), os.path.basename(full), LARGEST)
    return replace(data, path=shown) if isinstance(data, Covered) else tree.File(shown, "android-manifest", data)
