"""A waiver of the manifest and the findings of a run in; which of them it covers, and whether it has ended, out."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.finding import Finding, Text
from privlint.model.place import Place, Position
from privlint.model.project import LoadedManifest, Waiver
from privlint.suppress.about import NOTICE, Run, about


class Waived:
    """A waiver, and whether it was of use."""

    def __init__(self, index: int, waiver: Waiver, manifest: LoadedManifest, run: Run) -> None:
        self.index = index
        self.waiver = waiver
        folder = manifest.path.rpartition("/")[0]
        path = f"{waiver.path}**" if waiver.path.endswith("/") else waiver.path
        self.pattern = tuple(part for part in f"{folder}/{path}".split("/") if part not in {"", "."})
        self.lapsed = run.today > waiver.until
        self.used = False

    def covers(self, finding: Finding) -> bool:
        """Tell whether the waiver suppresses a finding, and note that it was of use."""
        if self.waiver.check not in (finding.check, *finding.also) or not _matches(finding.place.path, self.pattern):
            return False
        self.used = True
        return finding.check == self.waiver.check and not self.lapsed

    def findings(self, manifest: LoadedManifest, run: Run) -> Iterator[Finding]:
        """Yield what is to be said of the waiver itself, once all findings have been shown to it."""
        waiver = self.waiver
        start = Position(1, 1)
        place = manifest.place(f"waive.{self.index}.until") or Place(manifest.path, start, start)
        until = waiver.until.isoformat()
        subject = f"{waiver.check}:{waiver.path}"
        name = Text(f"the waiver of {waiver.check} for {waiver.path}", f"{waiver.path} 中对 {waiver.check} 的豁免")
        if self.lapsed:
            message = Text(f"{name.en} lapsed on {until}", f"{name.zh}已于 {until} 失效")
            yield about("PRV040", place, message, subject)
        elif not self.used:
            if waiver.check in run.ran:
                message = Text(f"{name.en} has nothing to waive", f"{name.zh}没有可豁免的问题")
                yield about("PRV042", place, message, subject)
        elif waiver.until - run.today <= NOTICE:
            message = Text(f"{name.en} ends on {until}", f"{name.zh}将于 {until} 到期")
            yield about("PRV041", place, message, subject)


def _matches(path: str, pattern: tuple[str, ...]) -> bool:
    """Match part by part: `**` stands for any number of folders. No expression of the project's own is ever run."""
    from fnmatch import fnmatchcase

    states = _reach({0}, pattern)
    for part in path.split("/"):
        after = {state for state in states if state < len(pattern) and pattern[state] == "**"}
        after |= {state + 1 for state in states if state < len(pattern) and fnmatchcase(part, pattern[state])}
        states = _reach(after, pattern)
    return len(pattern) in states


def _reach(states: set[int], pattern: tuple[str, ...]) -> set[int]:
    for state in sorted(states):
        while state < len(pattern) and pattern[state] == "**":
            state += 1  # noqa: PLW2901 - walks on over `**`, which may stand for nothing
            states.add(state)
    return states
