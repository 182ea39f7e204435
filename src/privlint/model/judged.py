"""All that a check may look at: what the code does, what the project says, what the rules know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from privlint.model.facts import Confidence, Imported, Observation
from privlint.model.place import Place, Position
from privlint.model.project import App, Collect, LoadedManifest
from privlint.model.rules import Category, Clause, Condition, DataType, Policy

if TYPE_CHECKING:
    from privlint.model.app_rules import AppRules
    from privlint.model.declared import AppDeclarations, Module
    from privlint.model.earlier import Earlier
    from privlint.model.flow import Trace
    from privlint.model.manner import Manner
    from privlint.model.policy import PolicyText
    from privlint.model.rights import Rights
    from privlint.model.screens import Screen

Standing = Literal["unjudged", "necessary", "conditional", "unnecessary"]


class Project(Struct, frozen=True, kw_only=True, dict=True):
    """The input of every check. `dict=True` only keeps the lookup tables below once they are made."""

    observations: tuple[Observation, ...]
    manifest: LoadedManifest
    data_types: dict[str, DataType]  # by id
    policies: tuple[Policy, ...]
    test_paths: frozenset[str] = frozenset()  # paths of test code: its findings are information
    given: frozenset[str] | None = None  # the files that were asked for; None judges the whole app
    name_only: bool = False  # also judge uses known by nothing but their name
    declared: AppDeclarations | None = None  # what build files say; None where none was read
    rules: AppRules | None = None  # about permissions, SDKs and policies; None where nothing is held against them
    imported: tuple[Imported, ...] = ()  # from third-party SDKs, by app code
    trace: Trace | None = None  # what following the calls gave; None where they were not followed
    manner: Manner | None = None  # how often, unseen, after an update, to whom; None where that was not looked for
    texts: tuple[PolicyText, ...] = ()  # the privacy policies of the apps, in their order
    rights: Rights | None = None  # what the code shows of users' rights; None where that was not looked for
    earlier: Earlier | None = None  # what the app was before; only where two states are compared
    screens: tuple[Screen, ...] = ()  # what the app shows: those that tick something, or name an agreement

    @property
    def whole(self) -> bool:
        """Tell whether this is a run over the whole app."""
        return self.given is None

    def asked(self, path: str) -> bool:
        """Tell whether findings in this file belong to the run."""
        return self.given is None or path in self.given

    def seen(self) -> Iterator[Observation]:
        """Yield the observations to judge; requests for permissions and identifiers handed on are apart.

        A strict run judges mere touches too (a picker, where the user hands over one item).
        """
        for observation in self.observations:
            if observation.kind in {"request", "given"} or (observation.kind == "mark" and not self.name_only):
                continue
            if observation.confidence is Confidence.NAME_ONLY and not self.name_only:
                continue
            if self.asked(observation.place.path):
                yield observation

    def touched(self) -> Iterator[Observation]:
        """Yield the mere touches, whether or not they are judged: they explain a permission or a declaration."""
        for observation in self.observations:
            if observation.kind == "mark" and self.asked(observation.place.path):
                yield observation

    def collected(self) -> tuple[str, ...]:
        """List the data types that the code obtains, sorted."""
        return tuple(sorted({data for one in self.seen() if one.kind in {"collect", "field"} for data in one.data}))

    def given_on(self) -> Iterator[Observation]:
        """Yield the uses of an identifier that a declaration of another file hands out."""
        for observation in self.observations:
            if observation.kind == "given" and self.asked(observation.place.path):
                yield observation

    def requests(self) -> Iterator[Observation]:
        """Yield the requests for permissions at run time."""
        for observation in self.observations:
            if observation.kind == "request" and self.asked(observation.place.path):
                yield observation

    # --- the apps and their categories --------------------------------------------------------------------------------

    @cached_property
    def apps(self) -> tuple[App, ...]:
        """The declared apps: one, several, or none."""
        manifest = self.manifest.manifest
        return (manifest.app,) if manifest.app else manifest.apps

    def app_at(self, path: str) -> App | None:
        """Find the app that a file belongs to: the only one, or of several the one with the longest matching folder."""
        return next(iter(self.apps_at(path)), None)

    def apps_at(self, path: str) -> tuple[App, ...]:
        """Find the apps that a file belongs to: a module outside their folders counts for each app that contains it."""
        if self.manifest.manifest.app:
            return (self.manifest.manifest.app,)
        own = self._owner(path)
        if own is not None:
            return (own,)
        module = self.module_at(path)
        return self.apps_of(module.apps) if module else ()

    def apps_of(self, modules: tuple[str, ...]) -> tuple[App, ...]:
        """Find the apps that application modules stand for, in the order of the manifest."""
        if self.manifest.manifest.app:
            return (self.manifest.manifest.app,)
        known = {one.path: one.folder for one in self.declared.modules} if self.declared else {}
        owners = [self._owner(f"{known[path]}/build.gradle".lstrip("/")) for path in modules if path in known]
        return tuple(app for app in self.apps if app in owners)

    def module_at(self, path: str) -> Module | None:
        """Find the module of the build that a file lies in: the one with the longest matching folder."""
        modules = self.declared.modules if self.declared else ()
        inside = [one for one in modules if not one.folder or path.startswith(one.folder + "/")]
        return max(inside, key=lambda one: len(one.folder), default=None)

    def _owner(self, path: str) -> App | None:
        """Find the app with the longest folder around a file."""
        best: App | None = None
        length = -1
        for app in self.apps:
            for folder in app.paths:
                prefix = folder.removeprefix("./").rstrip("/*")
                inside = prefix in {"", "."} or path == prefix or path.startswith(prefix + "/")
                if inside and len(prefix) > length:
                    best, length = app, len(prefix)
        return best

    @cached_property
    def categories(self) -> dict[str, Category]:
        """The law's categories, by id."""
        return {category.id: category for policy in self.policies for category in policy.categories}

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """What `[app].services` may hold, by id."""
        return {condition.id: condition for policy in self.policies for condition in policy.conditions}

    def category_of(self, app: App | None) -> Category | None:
        """Find the category whose list binds this app; none for "other", for unknown ones and for the supply side."""
        if app is None or app.side == "supply":
            return None
        return self.categories.get(app.category)

    # --- data types ---------------------------------------------------------------------------------------------------

    def includes(self, data: str) -> frozenset[str]:
        """Give a data type with all that it includes: who has a precise location has an approximate one too."""
        found = self._closures.get(data)
        if found is None:
            found = self._closures[data] = includes(self.data_types, data)
        return found

    @cached_property
    def _closures(self) -> dict[str, frozenset[str]]:
        return {}

    def sensitive(self, data: str, app: App | None = None) -> bool:
        """Tell whether it is sensitive, or about a child under 14."""
        kind = self.data_types.get(data)
        return (kind is not None and kind.sensitive) or (app is not None and app.minors)

    def permanent(self, data: str) -> bool:
        """Tell whether it is an identifier that the user cannot reset."""
        kind = self.data_types.get(data)
        return kind is not None and kind.permanent

    # --- declarations -------------------------------------------------------------------------------------------------

    @cached_property
    def _declared(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for index, declaration in enumerate(self.manifest.manifest.collect):
            for data in self.includes(declaration.data):
                found[data] = (*found.get(data, ()), index)
        return found

    def declarations(self, data: str) -> tuple[tuple[int, Collect], ...]:
        """List the `[[collect]]` tables that cover a data type, with their numbers."""
        tables = self.manifest.manifest.collect
        return tuple((index, tables[index]) for index in self._declared.get(data, ()))

    def place(self, key: str) -> Place:
        """Find where a key of the manifest stands; its first line when that is not known."""
        start = Position(1, 1)
        return self.manifest.place(key) or Place(self.manifest.path or "privlint.toml", start, start)

    # --- necessity ----------------------------------------------------------------------------------------------------

    def clauses(self, category: Category, data: str) -> tuple[Clause, ...]:
        """List the clauses of a category that cover a data type."""
        table = self._needs.get(category.id)
        if table is None:
            table = {}
            for clause in category.clauses:
                for kind in sorted({inner for outer in clause.data for inner in self.includes(outer)}):
                    table[kind] = (*table.get(kind, ()), clause)
            self._needs[category.id] = table
        return table.get(data, ())

    @cached_property
    def _needs(self) -> dict[str, dict[str, tuple[Clause, ...]]]:
        return {}

    def standing(self, app: App | None, data: str) -> Standing:
        """Judge whether a data type is necessary for the basic service of an app's category."""
        category = self.category_of(app)
        if app is None or category is None:
            return "unjudged"
        clauses = self.clauses(category, data)
        if any(not clause.condition or clause.condition in app.services for clause in clauses):
            return "necessary"
        return "conditional" if clauses else "unnecessary"


def includes(data_types: dict[str, DataType], data: str) -> frozenset[str]:
    """Follow `includes` to its end, and count the data type itself."""
    found = {data}
    waiting = [data]
    while waiting:
        kind = data_types.get(waiting.pop())
        for inner in kind.includes if kind else ():
            if inner not in found:
                found.add(inner)
                waiting.append(inner)
    return frozenset(found)
