"""What build files ask for in; each permission once, with its rule and the apps that get it, out; and who uses it."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from msgspec import Struct

from privlint.checks import packaged
from privlint.model.app_rules import PermissionRule
from privlint.model.declared import AppDeclarations, PermissionRequest
from privlint.model.facts import Observation
from privlint.model.finding import Related, Text
from privlint.model.judged import Project
from privlint.model.project import App

# What kinds of SDK use a permission by their very nature, where their vendor's notice was not read.
_KINDS = {
    "precise-location": ("location", "map"),
    "camera-capture": ("face", "ocr", "rtc", "captcha"),
    "microphone-audio": ("rtc", "speech"),
    "phone-number": ("one-tap-login",),
}
_HYBRIDS = ("com.facebook.react:*", "io.flutter:*", "org.apache.cordova:*", "com.getcapacitor:*", "com.capacitorjs:*")


class Asked(Struct, frozen=True):
    """One permission, at the first place that asks for it."""

    request: PermissionRequest
    rule: PermissionRule
    apps: tuple[App, ...] = ()  # that get it
    others: tuple[Related, ...] = ()  # further places that ask for it

    @property
    def short(self) -> str:
        """Its name without the package."""
        return self.request.name.rpartition(".")[2]


def asked(project: Project) -> Iterator[Asked]:
    """Yield each permission that opens personal data and is asked for in a build of the app."""
    declared, rules = project.declared, project.rules
    if declared is None or rules is None or not project.whole:
        return
    found: dict[str, list[PermissionRequest]] = {}
    for request in sorted(declared.asked(), key=lambda one: (one.reach != "release", one.source_set != "main")):
        if request.name in rules.permissions:
            found.setdefault(request.name, []).append(request)
    for name in sorted(found):
        first, *rest = found[name]
        modules = tuple(dict.fromkeys(module for one in found[name] for module in one.apps or (one.module,)))
        apps = project.apps_of(modules) or project.apps_at(first.place.path)
        others = tuple(Related(one.place, _AGAIN) for one in rest if one.place != first.place)
        yield Asked(first, rules.permissions[name], apps, others)


def living(project: Project) -> Iterator[Asked]:
    """Yield those that some device asks the user for."""
    found = tuple(one for one in asked(project) if not dead(project, one.request))
    names = {one.request.name for one in found}
    yield from (one for one in found if names.isdisjoint(one.rule.covered_by))


def dead(project: Project, request: PermissionRequest) -> int:
    """Give the first API level of the app where that is past the last for which a permission is asked; else 0."""
    first = _first_sdk(project.declared, request) if project.declared else 0
    return first if request.max_sdk and first > request.max_sdk else 0


def observed(project: Project, rule: PermissionRule) -> Iterator[Observation]:
    """Yield what the app's code obtains that the permission guards, or that needs the permission."""
    guarded = {inner for data in rule.data for inner in project.includes(data)}
    for one in project.seen():
        if one.kind == "mark" or one.place.path in project.test_paths:
            continue
        if rule.name in one.permissions or not guarded.isdisjoint(one.data):
            yield one


def requested(project: Project, rule: PermissionRule) -> bool:
    """Tell whether the code asks the user for the permission: then PRV301 weighs it, at that place."""
    return any(rule.name in one.permissions for one in project.requests())


def stated(project: Project, rule: PermissionRule) -> bool:
    """Tell whether the manifest declares anything that the permission guards, for the app or for an SDK in it."""
    manifest = project.manifest.manifest
    given = {inner for sdk in manifest.sdk for data in sdk.data for inner in project.includes(data)}
    return any(project.declarations(data) or data in given for data in rule.data)


def packaged_use(project: Project, rule: PermissionRule) -> bool:
    """Tell whether a library or an SDK of the app is known to use the permission."""
    if project.declared is None or project.rules is None:
        return False
    names = {one.name for one in project.declared.shipped()}
    if any(fnmatchcase(name, pattern) for name in names for pattern in rule.used_by):
        return True
    kinds = {kind for data in rule.data for kind in _KINDS.get(data, ())}
    for found in packaged.sdks(project):
        taken = {data for collected in found.sdk.data for data in collected.data}
        if found.sdk.kind in kinds or not taken.isdisjoint(rule.data):
            return True
    return False


def hybrid(declared: AppDeclarations) -> bool:
    """Tell whether a part of the app is written in a language that is not read: then a use may stand there."""
    if any(one.kind in {"npm", "cordova"} for one in declared.dependencies):
        return True
    if any(fnmatchcase(one.name, pattern) for one in declared.dependencies for pattern in _HYBRIDS):
        return True
    return any(name == "flutterEmbedding" for one in declared.components for name, _ in one.meta_data)


def _first_sdk(declared: AppDeclarations, request: PermissionRequest) -> int:
    """Give the lowest API level of the apps that ask; 0 where one does not say."""
    paths = request.apps or (request.module,)
    levels = []
    for path in paths:
        module = declared.module(path)
        if module is None or not module.min_sdk:
            return 0
        levels += [module.min_sdk, *(one.min_sdk for one in module.flavours if one.min_sdk)]
    return min(levels, default=0)


_AGAIN = Text("asked for here too", "此处也申请了该权限")
