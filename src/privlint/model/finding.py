"""What privlint reports: findings, and what was and was not examined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from privlint.model.facts import Confidence
from privlint.model.place import Place
from privlint.model.project import Severity

if TYPE_CHECKING:
    from privlint.model.profile import Profile


class Text(Struct, frozen=True):
    """One message in both languages."""

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        """The text for a language tag such as "zh-CN" or "en"."""
        return self.zh if language.startswith("zh") else self.en


class Related(Struct, frozen=True):
    """A second place that belongs to a finding."""

    place: Place
    text: Text


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to look at. Severity is the harm; confidence is our certainty."""

    check: str  # PRV201
    severity: Severity
    confidence: Confidence
    message: Text  # what
    place: Place  # where
    reason: Text  # why it matters
    help: Text  # what to do
    label: Text  # a few words under the caret
    clauses: tuple[str, ...] = ()  # ids such as cn-necessary-2021/5.1
    notes: tuple[Text, ...] = ()
    data: tuple[str, ...] = ()  # data-type ids
    symbol: str = ""
    enclosing: str = ""
    related: tuple[Related, ...] = ()
    way: bool = False  # the related places are steps, in the order in which they run, and lead to the place
    suppressed: str = ""  # why it does not count: "marker", "waiver", "baseline"; "" when it counts
    justification: str = ""  # the reason given for the suppression
    fingerprint: str = ""
    also: tuple[str, ...] = ()  # checks that said the same of this place and data, and stand here as notes


Outcome = Literal["scanned", "skipped", "failed"]


class Covered(Struct, frozen=True):
    """What became of one discovered path."""

    path: str
    outcome: Outcome
    reason: str = ""  # PRV001 … PRV021, PRV099, or a word for a skip: "excluded", "ignored", "generated", "language"
    detail: Text = Text("", "")
    degraded: bool = False  # scanned, but only lexically in part (PRV008)


class Report(Struct, frozen=True):
    """The result of a run."""

    findings: tuple[Finding, ...]  # sorted by path, place, check
    coverage: tuple[Covered, ...]  # sorted by path
    notes: tuple[Text, ...]  # what the reader should know: no manifest, supply side, limits
    tool: str  # version of privlint
    rulebook: str  # version of the rules
    today: str  # ISO date used for waivers
    manifest: str  # its path, or ""
    category: str  # declared category, or ""
    root: str  # absolute path of the run's root; never written into a report
    collected: tuple[str, ...] = ()  # data-type ids seen in the code, sorted
    fail_on: str = "warning"  # what fails the run: as asked, else as the manifest says; "never" for nothing
    faults: tuple[Text, ...] = ()  # parts of privlint itself that failed (PRV099), besides those that coverage names
    judged: bool = True  # False: `select` and `ignore` leave no check on, so that nothing could be found
    profile: Profile | None = None  # where the time went, if that was asked for
    uncached: Text | None = None  # why nothing could be kept for later runs; it changes nothing else
    given: bool = False  # only files were asked for, as a hook does: then it is no fault if none was to be examined

    def count(self, outcome: Outcome) -> int:
        """How many paths had this outcome."""
        return sum(1 for covered in self.coverage if covered.outcome == outcome)
