"""The bytes of one AndroidManifest.xml in, what it says out, at exact places; nothing is merged yet.

Names are resolved as Android does: attributes by the URI of their namespace, classes by the package. A file that cannot
be understood is named as failed: an empty answer would read like "asks for nothing".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from privlint.declare import xml
from privlint.model.finding import Covered, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privlint.declare.xml import Attribute, Element
    from privlint.model.declared import ComponentKind
    from privlint.model.place import Place

ANDROID = "http://schemas.android.com/apk/res/android"
TOOLS = "http://schemas.android.com/tools"

REMOVING = frozenset({"remove", "removeAll"})

_PERMISSIONS = {"uses-permission": 0, "uses-permission-sdk-23": 23, "uses-permission-sdk-m": 23}
_COMPONENTS: dict[str, ComponentKind] = {
    "activity": "activity",
    "activity-alias": "activity-alias",
    "service": "service",
    "receiver": "receiver",
    "provider": "provider",
}
_QUERIES: dict[str, Literal["package", "intent", "provider"]] = {
    "package": "package",
    "intent": "intent",
    "provider": "provider",
}
_DEFINITIONS = ("permission", "permission-group", "permission-tree")
_MAIN = "android.intent.action.MAIN"
_LAUNCHERS = frozenset({"android.intent.category.LAUNCHER", "android.intent.category.LEANBACK_LAUNCHER"})


class Marks(Struct, frozen=True):
    """What the element tells the merger, in the namespace `tools`."""

    node: str = ""  # merge, replace, strict, remove, removeAll, merge-only-attributes
    selector: str = ""  # the package of the library that a removal is about
    replace: tuple[str, ...] = ()  # attributes that win: "android:label"
    remove: tuple[str, ...] = ()  # attributes that are taken out


class WrittenPermission(Struct, frozen=True, kw_only=True):
    """One `<uses-permission>` as written; `name` is "" for a removeAll."""

    name: str
    place: Place
    element: str = "uses-permission"
    from_sdk: int = 0
    max_sdk: int = 0
    marks: Marks = Marks()


class WrittenComponent(Struct, frozen=True, kw_only=True):
    """One component as written, its class names as far as the package of this file can complete them."""

    kind: ComponentKind
    name: str
    place: Place
    marks: Marks = Marks()
    factory: str = ""
    target: str = ""
    permission: str = ""
    exported: bool | None = None
    enabled: bool = True
    launcher: bool = False
    foreground_types: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    meta_data: tuple[tuple[str, str], ...] = ()
    removed_meta: tuple[tuple[str, Place], ...] = ()  # <meta-data> that it takes out of lower manifests


class WrittenQuery(Struct, frozen=True):
    """One thing below `<queries>`."""

    kind: Literal["package", "intent", "provider"]
    name: str
    place: Place


class Defined(Struct, frozen=True):
    """A permission or permission group that the app itself defines."""

    name: str
    place: Place
    element: str


class AndroidManifest(Struct, frozen=True, kw_only=True):
    """What one file says."""

    path: str
    package: str = ""
    min_sdk: int = 0
    target_sdk: int = 0
    permissions: tuple[WrittenPermission, ...] = ()
    components: tuple[WrittenComponent, ...] = ()  # the application itself is the first
    queries: tuple[WrittenQuery, ...] = ()
    defines: tuple[Defined, ...] = ()


def read(data: bytes, path: str) -> AndroidManifest | Covered:
    """Read one AndroidManifest.xml."""
    root = xml.parse(data, path)
    if isinstance(root, Covered):
        return root
    if root.name != "manifest" or root.space:
        en = f"line {root.place.start.line}: its root is <{root.name[:40]}> and not <manifest>"
        zh = f"第 {root.place.start.line} 行：根元素是 <{root.name[:40]}>，不是 <manifest>"
        return Covered(path, "failed", "PRV013", Text(en, zh))
    return from_element(root, path)


def from_element(root: Element, path: str) -> AndroidManifest:
    """Read what an element holds that is a `<manifest>`, or stands for one."""
    package = _plain(root, "package")
    sdk = next(root.each("uses-sdk"), None)
    return AndroidManifest(
        path=path,
        package=package,
        min_sdk=_number(sdk, "minSdkVersion"),
        target_sdk=_number(sdk, "targetSdkVersion"),
        permissions=tuple(_permissions(root)),
        components=tuple(_components(root)),
        queries=tuple(_queries(root)),
        defines=tuple(
            Defined(name.value, name.place, child.name)
            for child in root.each(*_DEFINITIONS)
            if (name := child.get(ANDROID, "name")) is not None
        ),
    )


def _permissions(root: Element) -> Iterator[WrittenPermission]:
    for child in root.each(*_PERMISSIONS):
        name = child.get(ANDROID, "name")
        marks = _marks(child)
        if name is None and marks.node != "removeAll":
            continue  # the build refuses it
        yield WrittenPermission(
            name=name.value.strip() if name is not None else "",
            place=name.place if name is not None else child.place,
            element="uses-permission" if child.name == "uses-permission" else "uses-permission-sdk-23",
            from_sdk=_PERMISSIONS[child.name],
            max_sdk=_number(child, "maxSdkVersion"),
            marks=marks,
        )


def _components(root: Element) -> Iterator[WrittenComponent]:
    for application in root.each("application"):
        name = application.get(ANDROID, "name")
        yield WrittenComponent(
            kind="application",
            name=_value(name),
            place=name.place if name is not None else application.place,
            marks=_marks(application),
            factory=_value(application.get(ANDROID, "appComponentFactory")),
            meta_data=_meta_data(application),
            removed_meta=_removed_meta(application),
        )
        for child in application.each(*_COMPONENTS):
            yield _component(child)


def _component(element: Element) -> WrittenComponent:
    name = element.get(ANDROID, "name")
    filters = tuple(element.each("intent-filter"))
    exported = _value(element.get(ANDROID, "exported"))
    return WrittenComponent(
        kind=_COMPONENTS[element.name],
        name=_value(name),
        place=name.place if name is not None else element.place,
        marks=_marks(element),
        target=_value(element.get(ANDROID, "targetActivity")),
        permission=_value(element.get(ANDROID, "permission")),
        exported={"true": True, "false": False}.get(exported),
        enabled=_value(element.get(ANDROID, "enabled")) != "false",
        launcher=any(_launches(one) for one in filters),
        foreground_types=_split(_value(element.get(ANDROID, "foregroundServiceType")), "|"),
        actions=_named(filters, "action"),
        categories=_named(filters, "category"),
        authorities=_split(_value(element.get(ANDROID, "authorities")), ";"),
        meta_data=_meta_data(element),
        removed_meta=_removed_meta(element),
    )


def _launches(intent_filter: Element) -> bool:
    actions, categories = _named((intent_filter,), "action"), _named((intent_filter,), "category")
    return _MAIN in actions and not _LAUNCHERS.isdisjoint(categories)


def _queries(root: Element) -> Iterator[WrittenQuery]:
    for queries in root.each("queries"):
        for child in queries.each("package", "intent", "provider"):
            holder = next(child.each("action"), child) if child.name == "intent" else child
            name = holder.get(ANDROID, "authorities" if child.name == "provider" else "name")
            place = name.place if name is not None else child.place
            yield WrittenQuery(_QUERIES[child.name], _value(name), place)


def _meta_data(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_value(one.get(ANDROID, "name")), _value(one.get(ANDROID, "value") or one.get(ANDROID, "resource")))
        for one in element.each("meta-data")
        if _marks(one).node not in REMOVING
    )


def _removed_meta(element: Element) -> tuple[tuple[str, Place], ...]:
    return tuple(
        (_value(name), name.place if name is not None else one.place)
        for one in element.each("meta-data")
        if _marks(one).node in REMOVING
        for name in (one.get(ANDROID, "name"),)
    )


def _marks(element: Element) -> Marks:
    if not any(one.space == TOOLS for one in element.attributes):
        return Marks()
    return Marks(
        node=_value(element.get(TOOLS, "node")),
        selector=_value(element.get(TOOLS, "selector")),
        replace=_split(_value(element.get(TOOLS, "replace")), ","),
        remove=_split(_value(element.get(TOOLS, "remove")), ","),
    )


def _named(elements: tuple[Element, ...], child: str) -> tuple[str, ...]:
    names = (_value(one.get(ANDROID, "name")) for element in elements for one in element.each(child))
    return tuple(dict.fromkeys(name for name in names if name))


def _value(attribute: Attribute | None) -> str:
    return attribute.value.strip() if attribute is not None else ""


def _plain(element: Element, name: str) -> str:
    return _value(element.get("", name))


def _split(value: str, by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(by) if part.strip())


def _number(element: Element | None, name: str) -> int:
    value = _value(element.get(ANDROID, name)) if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 10 else 0
