"""One run, or one editor's life: where the root is, what the manifest says, what every file gave, what that means."""

from __future__ import annotations

import os
from contextlib import nullcontext
from functools import cached_property, partial
from math import inf
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from privlint import __version__, checks, declare, discover, languages, rulebook, suppress
from privlint.engine import declarations, policies, profiling, rounds, settling
from privlint.engine.analysis import Analysed, Context, analyse_text, context
from privlint.engine.cut import cut, noted
from privlint.engine.stages import Stages
from privlint.engine.standing import baseline_of
from privlint.errors import UsageError
from privlint.model.facts import Confidence
from privlint.model.finding import Covered, Report, Text
from privlint.model.judged import Project
from privlint.model.manner import Followed
from privlint.model.project import LoadedManifest, Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from privlint.declare.tree import Declared
    from privlint.discover import Candidate
    from privlint.engine.exploring import Explored
    from privlint.engine.memory import Memory
    from privlint.engine.trusting import Trust
    from privlint.model.declared import AppDeclarations
    from privlint.model.earlier import Earlier
    from privlint.model.facts import Imported, Observation
    from privlint.model.finding import Finding
    from privlint.model.request import Request


R = TypeVar("R")

_TRACING = Text("following the calls of the app", "跟踪应用的调用")
_EXPLORING = Text("looking for users' rights in the code", "在代码中查找用户权利")
_POLICIES = Text("reading the privacy policies", "读取隐私政策")
_SUPPRESSING = Text("applying markers, waivers and the baseline", "应用标记、豁免和基线")


class Session:
    """Holds what a run has learnt. `update` replaces the text of one file; `report` judges what is known."""

    def __init__(self, request: Request, typed: Mapping[str, bytes] | None = None) -> None:
        """Find the root and the manifest; `typed` holds manifests as an editor has them, by their absolute path."""
        self.request = request
        targets = [os.path.abspath(path) for path in request.paths]
        for path, target in zip(request.paths, targets, strict=True):
            if not os.path.lexists(target):
                raise UsageError(
                    f"no such file or folder: {path}",
                    message_zh=f"没有这个文件或文件夹：{path}",
                    hint="Name files or folders that exist.",
                    hint_zh="请指定存在的文件或文件夹。",
                )
        self.trust = _trust(request, targets)
        self.root, self.manifest = _anchor(request, targets, typed or {}, self.trust)
        self.baseline = baseline_of(self.root, request)
        if self.trust is not None and not (request.baseline or request.no_baseline):
            self.baseline = self.trust.baseline(self.baseline)
        self.targets = targets
        self.given = bool(targets) and not any(os.path.isdir(target) for target in targets)
        self.law = rulebook.open_law()
        self._shared: Context | Callable[[], Context] = context(self.root)
        self._stages = Stages()
        self._ends = inf  # of the scan that is under way
        self._memory: Memory | None = None  # what earlier runs found, where that counts
        self._watch = profiling.Stopwatch() if request.profile else None
        if self._watch is not None:
            self._shared = replace(self.shared, seconds=self._watch.files)
        self.results: dict[str, Analysed] = {}
        self.tests: set[str] = set()
        self._code: tuple[Candidate, ...] = ()  # what a scan examined
        self._scanned = False
        self._discovered: frozenset[str] = frozenset()
        self._files: tuple[Candidate, ...] = ()  # the sources of the app
        self.earlier: Earlier | None = None  # what the app was before, once it is known
        self._candidates: dict[str, Candidate | Covered] = {}

    def scan(self) -> None:
        """Examine everything that the request names."""
        self._stages = Stages()
        self._ends = self._stages.ends
        try:
            self._scan()
        finally:
            self._ends = inf
        self._scanned = True

    def _scan(self) -> None:
        with self._stage(profiling.LIST):
            found = discover.discover(self.targets, self._scope())
        if not self.given:
            found = declarations.within_app(found, self.declarations())
        self._files = found.files
        self._discovered = frozenset((*(one.path for one in found.files), *(one.path for one in found.covered)))
        self.results = {covered.path: Analysed(covered) for covered in found.covered}
        others: tuple[Candidate, ...] = ()
        if self.given:  # the rest of the app is read only where a given file leans on it
            asked = {candidate.path for candidate in found.files}
            others = tuple(one for one in discover.discover((self.root,), self._scope()).files if one.path not in asked)
        jobs, ends = self.request.jobs, self._stages.ends
        with self._stage(profiling.EXAMINE):
            if self.request.cache and not self.given:
                settled = settling.settle(found.files, self.shared, jobs, ends)
                done, self._shared, self._memory = settled.done, settled.shared, settled.memory
            else:
                done, self._shared = rounds.settle(found.files, others, self.shared, jobs, ends)
        self.results.update(done)
        if not self.given:
            packaging = declarations.asked_for(self._declared, self.root, self.targets)
            self.results.update({covered.path: Analysed(covered) for covered in packaging})
        self.tests = {candidate.path for candidate in found.files if candidate.test}
        self._code = found.files

    def _stage(self, name: Text) -> AbstractContextManager[None]:
        return self._watch.stage(name) if self._watch is not None else nullcontext()

    @property
    def shared(self) -> Context:
        """What every analysis may know; after a run from memory it is worked out when this is first asked for."""
        if callable(self._shared):
            self._shared = self._shared()
        return self._shared

    @shared.setter
    def shared(self, known: Context) -> None:
        self._shared = known

    def declarations(self) -> AppDeclarations:
        """What the build and packaging files of the project say; they are read when this is first asked for."""
        return self._declared.app

    @cached_property
    def _declared(self) -> Declared:
        with self._stage(profiling.BUILD):
            return declarations.read(self.root, self._scope(), self.request.merged_manifest)

    def update(self, path: str, text: str, language: str = "") -> Covered:
        """Take the text of one file as an editor has it, instead of what the disk holds; tell what became of it.

        `language` need only be said where the name does not tell it. A file that is excluded gives nothing.
        """
        relative = self.relative(path)
        candidate = self.candidate(path, relative, language)
        self._scanned = True
        if isinstance(candidate, Covered):
            self.results[relative] = Analysed(candidate)
            return candidate
        if candidate.test:
            self.tests.add(relative)
        found = self.results[relative] = analyse_text(candidate, text, self.shared)
        return found.covered

    def redeclare(self, data: bytes) -> bool:
        """Take the text of the manifest as an editor has it; tell if it says something else than before.

        Raises ConfigurationError, and keeps what it said before, where it cannot be used.
        """
        shown = self.manifest.path
        loaded = _with(self.request, declare.read(data, shown, shown.endswith("pyproject.toml")))
        if loaded == self.manifest:
            return False
        self._candidates.clear()  # it may exclude other files now
        self.manifest = loaded
        return True

    def take(self, *found: Analysed, test: bool = False) -> None:
        """Take what was learnt elsewhere instead of examining what the request names; it may be nothing."""
        for one in found:
            self.results[one.covered.path] = one
            if test:
                self.tests.add(one.covered.path)
        self._scanned = True

    def forget(self, path: str) -> None:
        """Drop what was learnt of one file: it was closed."""
        self.results.pop(self.relative(path), None)
        self._discovered -= {self.relative(path)}

    def look_around(self, paths: Sequence[str]) -> bool:
        """Read from the disk what other files declare that these lean on, for updates to come; tell if it is news."""
        before = self.shared.symbols
        found = self.others()
        asked = {self.relative(path) for path in paths}
        mine = tuple(candidate for candidate in found if candidate.path in asked)
        others = tuple(candidate for candidate in found if candidate.path not in asked)
        _, self.shared = rounds.settle(mine, others, self.shared, jobs=1)
        return self.shared.symbols != before

    def others(self) -> tuple[Candidate, ...]:
        """List the files of the project; none where nothing says where it ends."""
        if not self.manifest.path and not discover.repository(self.root):
            return ()
        return discover.discover((self.root,), self._scope()).files

    def findings_for(self, path: str) -> tuple[Finding, ...]:
        """Judge one updated file by itself, or the manifest; what only a whole app can show is left out."""
        relative = self.relative(path)
        project = self._project((relative,))
        return tuple(one for one in self._suppressed(checks.run(project), project) if one.place.path == relative)

    def project_of(self, path: str) -> Project:
        """What the checks look at when one updated file is judged by itself."""
        return self._project((self.relative(path),))

    def relative(self, path: str) -> str:
        """Name a file as places name it: below the root, with forward slashes."""
        return os.path.relpath(os.path.abspath(path), self.root).replace(os.sep, "/")

    def report(self) -> Report:
        """Judge what is known; examines first if nothing has been examined yet."""
        if self._scanned:
            self._stages = Stages()
        else:
            self.scan()
        project = self._project()
        with self._stage(profiling.JUDGE):
            judged = self._judged(project)
        findings, shown = cut(self._do(_SUPPRESSING, lambda: self._suppressed(judged, project), judged))
        app = self.manifest.manifest.app
        return Report(
            findings=findings,
            coverage=self._coverage(shown),
            notes=(*((self.trust.note(),) if self.trust else ()), *checks.notes(project)),
            tool=__version__,
            rulebook=self.law.version,
            today=self._today().isoformat(),
            manifest=self.manifest.path,
            category=app.category if app else "",
            root=self.root,
            collected=project.collected(),
            fail_on=self.request.fail_on or self.manifest.manifest.check.fail_on or "warning",
            given=self.given,
            faults=tuple(self._stages.faults),
            judged=bool(checks.active(project)),
            uncached=self._saved(),
            profile=self._watch.profile() if self._watch is not None else None,
        )

    def project(self) -> Project:
        """What the checks look at; examines first if nothing has been examined yet."""
        if not self._scanned:
            self.scan()
        return self._project()

    # --- the parts of a report --------------------------------------------------------------------------------------

    def _project(self, only: tuple[str, ...] | None = None) -> Project:
        """Give the checks what they look at: all that was examined, or a few files by themselves."""
        paths = tuple(sorted(self.results)) if only is None else only
        whole = only is None and not self.given
        declared = self.declarations() if whole else None
        if declared is not None and not declared.read:
            declared = None  # nothing here is built as an app
        observations = self._observations(paths)
        explored = self._do(_EXPLORING, lambda: self._explored, None) if whole else None
        imported = tuple(one for path in paths if path in self.results for one in self.results[path].imported)
        followed = self._do(_TRACING, lambda: self._trace(observations, imported, declared), None) if whole else None
        return Project(
            observations=observations,
            manifest=self.manifest,
            data_types={kind.id: kind for kind in self.law.data_types},
            policies=self.law.policies,
            test_paths=frozenset() if self.request.full_tests else frozenset(self.tests),
            given=frozenset(paths) if self.given or only is not None else None,
            name_only=self.request.name_only,
            declared=declared,
            rules=rulebook.open_app_rules() if self._needs_app_rules(paths, whole=whole) else None,
            imported=imported,
            trace=followed.trace if followed else None,
            manner=followed.manner if followed else None,
            texts=self._do(_POLICIES, lambda: policies.read(self.root, self.manifest), ()) if whole else (),
            screens=(*self._declared.screens, *(explored.screens if explored else ())) if whole else (),
            earlier=self.earlier if whole else None,
            rights=explored.rights if explored and self._files and self.manifest.path else None,
        )

    @cached_property
    def _explored(self) -> Explored:
        """What the code shows of users' rights and of screens, and whether what the manifest points at is there."""
        from privlint.engine import exploring

        topics = rulebook.open_app_rules().topics
        sought = exploring.Sought(self.root, self.manifest, topics, self._declared.texts)

        def explore() -> Explored:
            return exploring.explore(sought, self._files)

        with self._stage(profiling.RIGHTS):
            if self._memory is None:
                found = explore()
            else:
                found = self._memory.draw("explored", exploring.basis(sought), exploring.Explored, explore)
        return replace(found, rights=replace(found.rights, told=found.rights.told | self._declared.told))

    def _needs_app_rules(self, paths: tuple[str, ...], *, whole: bool) -> bool:
        """Tell whether build files, SDKs or the words of the manifest are held against anything."""
        return whole or bool(self.manifest.manifest.sdk) or self.manifest.path in paths

    def _trace(
        self, observations: tuple[Observation, ...], imported: tuple[Imported, ...], declared: AppDeclarations | None
    ) -> Followed | None:
        """Follow the calls of the app, if a check is on that asks what they lead to."""
        if not checks.asks_for_calls(self.manifest.manifest.check):
            return None
        gates = self.manifest.manifest.consent.gates

        def trace() -> Followed:
            from privlint.engine import tracing  # only a run over an app needs it

            return tracing.trace(
                tracing.Seen(
                    root=self.root,
                    jobs=self.request.jobs,
                    candidates=tuple(one for one in self._code if not one.test),
                    observations=observations,
                    imported=imported,
                    declared=declared,
                    rules=rulebook.open_app_rules(),
                    gates=gates,
                    memory=self._memory,
                )
            )

        with self._stage(profiling.CALLS):
            if self._memory is None:
                return trace()
            return self._memory.draw("trace", (observations, imported, declared, gates), Followed, trace)

    def _saved(self) -> Text | None:
        """Keep what was found for later runs; tell why that could not be done."""
        if self._memory is None:
            return None
        return self._memory.save(part=any(target != self.root for target in self.targets))

    def _observations(self, paths: tuple[str, ...]) -> tuple[Observation, ...]:
        """What was seen; a strict run takes what only a name speaks for, too."""
        results = (self.results[path].result for path in paths if path in self.results)
        seen = (observation for result in results if result is not None for observation in result.observations)
        if self.request.name_only:
            return tuple(seen)
        return tuple(one for one in seen if one.confidence > Confidence.NAME_ONLY)

    def _do(self, name: Text, work: Callable[[], R], otherwise: R) -> R:
        return self._stages.do(name, work, otherwise)

    def _judged(self, project: Project) -> tuple[Finding, ...]:
        """Run the checks. A bug in one, or the want of time, costs what it would have found, and is told."""
        found: list[Finding] = []
        for check in checks.active(project):
            found.extend(self._do(Text(check, check), partial(checks.judge, check, project), ()))
        return checks.settle(found)

    def _coverage(self, shown: dict[str, tuple[int, int]]) -> tuple[Covered, ...]:
        """What became of every path. A path that was discovered and has no outcome would be green without a look."""
        missing = self._discovered.difference(self.results)
        if missing or any(path != one.covered.path for path, one in self.results.items()):
            raise RuntimeError(f"the coverage does not add up: {sorted(missing)[:3]}")
        paths = sorted(self.results, key=os.fsencode)
        unreached = self._stages.unreached()
        first = (unreached,) if unreached is not None and unreached.path not in self.results else ()
        return (*first, *(noted(self.results[path].covered, shown.get(path)) for path in paths))

    def _suppressed(self, findings: tuple[Finding, ...], project: Project) -> tuple[Finding, ...]:
        if self.request.no_ignores:
            return findings
        run = suppress.Run(
            today=self._today(),
            known=frozenset(checks.KNOWN),
            ran=frozenset(checks.active(project)),
            whole=project.whole,
        )
        markers = [marker for one in self.results.values() if one.result for marker in one.result.markers]
        markers.extend(suppress.in_manifest(self.manifest))
        if project.whole:
            others = (one for one in self.declarations().remarks if one.place.path != self.manifest.path)
            markers.extend(suppress.in_files(others))
        if self.trust is None:
            return suppress.apply(findings, markers, self.manifest, run, self.baseline)
        markers, fresh = self.trust.approved(markers, self.root)
        marked = suppress.apply(findings, markers, self.manifest, run, self.baseline)
        return suppress.joined(marked, (*fresh, *self.trust.findings()), self.manifest.manifest.check)

    def _today(self) -> date:
        from datetime import date

        if not self.request.today:
            return date.today()  # a waiver ends on a day of the calendar on the wall
        try:
            return date.fromisoformat(self.request.today)
        except ValueError:
            raise UsageError(
                f"not a date: {self.request.today}",
                message_zh=f"不是日期：{self.request.today}",
                hint="Write it as 2026-12-31.",
                hint_zh="请写成 2026-12-31。",
            ) from None

    def candidate(self, path: str, relative: str, language: str) -> Candidate | Covered:
        """Find out once what the settings say of a file; one that is not on the disk yet is taken as it is."""
        known = self._candidates.get(relative)
        if known is not None:
            return known
        suffix = languages.SUFFIXES.get(os.path.splitext(path)[1], "")
        candidate: Candidate | Covered = discover.Candidate(relative, language or suffix, discover.is_test(relative))
        if not language and not suffix:
            candidate = Covered(relative, "skipped", "language")
        elif suffix and os.path.lexists(path) and not relative.startswith("../"):
            found = discover.discover((os.path.abspath(path),), replace(self._scope(), force_exclude=True))
            candidate = found.files[0] if found.files else found.covered[0]
        self._candidates[relative] = candidate
        return candidate

    def _scope(self) -> discover.Scope:
        settings = self.manifest.manifest.check
        return discover.Scope(
            root=self.root,
            suffixes=languages.SUFFIXES,
            exclude=(*settings.exclude, *self.request.exclude),
            exclude_source=self.manifest.path or "--exclude",
            force_exclude=self.request.force_exclude,
            gitignore=not self.request.isolated,
            ends=self._ends,
        )


def anchor_of(folder: str, request: Request) -> str:
    """Name what governs the files of a folder: its manifest, or else its repository, or else the folder itself."""
    if request.config:
        return os.path.abspath(request.config)
    found = None if request.isolated else declare.find(folder, discover.read_configuration)
    return found or discover.repository(folder) or folder


def _start(targets: list[str]) -> str:
    """The folder that holds everything that was named."""
    common = os.path.commonpath(targets) if targets else os.getcwd()
    return common if os.path.isdir(common) else os.path.dirname(common)


def _trust(request: Request, targets: list[str]) -> Trust | None:
    if not request.trusted_config:
        return None
    from privlint.engine import trusting

    return trusting.of(request.trusted_config, _start(targets))


def _anchor(
    request: Request, targets: list[str], typed: Mapping[str, bytes], trust: Trust | None = None
) -> tuple[str, LoadedManifest]:
    """The root of the run, and the manifest there: its folder, or else the repository, or else what was named."""
    start = _start(targets)
    if trust is not None:
        if trust.governs and not os.path.lexists(trust.governs):
            return os.path.dirname(trust.governs), _with(request, trust.over(LoadedManifest(Manifest())))
        root, found = _anchor(replace(request, config=trust.governs, select=(), ignore=()), targets, typed)
        return root, _with(request, trust.over(found))
    if request.isolated:
        return discover.repository(start) or start, _with(request, LoadedManifest(Manifest()))
    path = os.path.abspath(request.config) if request.config else declare.find(start, discover.read_configuration)
    if path is None:
        return discover.repository(start) or start, _with(request, LoadedManifest(Manifest()))
    root = os.path.dirname(path)
    if os.path.commonpath([root, start]) != root:  # a manifest named by --config may lie elsewhere
        root = discover.repository(start) or start
    shown = os.path.relpath(path, root).replace(os.sep, "/")
    data = typed.get(path)
    data = discover.read_configuration(path, shown) if data is None else data
    loaded = declare.read(data, shown, path.endswith("pyproject.toml"))
    return root, _with(request, loaded)


def _with(request: Request, loaded: LoadedManifest) -> LoadedManifest:
    """What the command line selects goes before what the manifest does."""
    settings = loaded.manifest.check
    settings = replace(
        settings,
        select=request.select or settings.select,
        ignore=(*settings.ignore, *request.ignore),
    )
    return replace(loaded, manifest=replace(loaded.manifest, check=settings))
