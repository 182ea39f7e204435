"""A name in a manifest in, the name that a build gives it out: placeholders filled in, classes completed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privlint.declare.merging.parts import Part, module_path
from privlint.model.declared import Module, Unresolved
from privlint.model.finding import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PLACEHOLDER = re.compile(r"\$\{([^${}]+)\}")


def filled(name: str, part: Part, modules: Mapping[str, Module]) -> tuple[str, ...]:
    """A name with its placeholders filled in: as many names as flavours give it; as written where nobody says."""
    found = [name]
    for match in _PLACEHOLDER.finditer(name):
        values = _placeholder(match.group(1), part.module, modules)
        found = [one.replace(match.group(), value) for one in found for value in values] or found
    return tuple(dict.fromkeys(found))


def _placeholder(name: str, module: Module, modules: Mapping[str, Module]) -> tuple[str, ...]:
    for one in (module, *(modules[path] for path in module.apps if path in modules)):
        values = [flavour.placeholders[name] for flavour in one.flavours if name in flavour.placeholders]
        if name in one.placeholders:
            values.insert(0, one.placeholders[name])
        if name in ("applicationId", "packageName") and one.kind == "application":
            values.append(one.application_id or one.namespace)
        if values := [value for value in values if value]:
            return tuple(values)
    return ()


def unfilled(part: Part, modules: Mapping[str, Module]) -> Iterator[Unresolved]:
    """Yield the placeholders of permissions that no build file explains."""
    for permission in part.manifest.permissions:
        for name in filled(permission.name, part, modules):
            for match in _PLACEHOLDER.finditer(name):
                if match.group(1) == "applicationId":
                    continue  # the app's own, whatever it is
                reason = Text("no build file says what the placeholder is", "没有构建文件说明该占位符的值")
                yield Unresolved(
                    what="placeholder", text=name, place=permission.place, module=module_path(part), reason=reason
                )


def class_name(name: str, part: Part, parts: Iterable[Part]) -> str:
    """The full name of a class: `.Main` and `Main` are below the namespace."""
    if not name or ("." in name and not name.startswith(".")):
        return name
    package = part.module.namespace or part.manifest.package
    if not package:
        mine = (one.manifest.package for one in parts if one.module.path == part.module.path)
        package = next((one for one in mine if one), "")
    return f"{package}.{name.lstrip('.')}" if package else name
