"""An inline marker and the findings of a run in; which of them it covers, and what is wrong with it, out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from privlint.model.facts import Marker
from privlint.model.finding import Finding, Text
from privlint.model.spelling import closest
from privlint.suppress.about import NOTICE, Run, about


class Mark:
    """A marker, and which of its checks were of use."""

    def __init__(self, marker: Marker, run: Run) -> None:
        self.marker = marker
        self.until = _day(marker.until)
        self.complete = bool(marker.checks and marker.reason and "*" not in marker.checks)
        self.complete = self.complete and (not marker.until or self.until is not None)
        self.expired = self.until is not None and run.today > self.until
        self.used: set[str] = set()

    def covers(self, finding: Finding) -> bool:
        """Tell whether the marker suppresses a finding, and note that it was of use."""
        first, last = self.marker.covers
        if finding.place.end.line < first or finding.place.start.line > last:
            return False
        self.used.update({finding.check, *finding.also} & set(self.marker.checks))
        return self.complete and not self.expired and finding.check in self.marker.checks

    def findings(self, run: Run) -> Iterator[Finding]:
        """Yield what is to be said of the marker itself, once all findings have been shown to it."""
        place = self.marker.place
        if not self.complete:
            yield about("PRV031", place, self._lacks(), ",".join(self.marker.checks))
            return
        for check in self.marker.checks:
            if check not in run.known:
                yield about("PRV032", place, _unknown(check, run), check)
            elif check not in self.used and check in run.ran:
                message = Text(
                    f"the marker for {check} has nothing to suppress", f"针对 {check} 的标记没有可抑制的问题"
                )
                yield about("PRV030", place, message, check)
        if self.until is None or not self.used:
            return
        until = self.until.isoformat()
        subject = ",".join(sorted(self.used))
        if self.expired:
            yield about("PRV033", place, Text(f"the marker ended on {until}", f"标记已于 {until} 到期"), subject)
        elif self.until - run.today <= NOTICE:
            yield about("PRV034", place, Text(f"the marker ends on {until}", f"标记将于 {until} 到期"), subject)

    def _lacks(self) -> Text:
        if not self.marker.checks or "*" in self.marker.checks:
            return Text(
                "the marker names no check and suppresses nothing: write ignore[PRV201] reason",
                "标记没有写明检查编号，不起作用：请写成 ignore[PRV201] 理由",
            )
        if not self.marker.reason:
            return Text("the marker gives no reason and suppresses nothing", "标记没有写明理由，不起作用")
        return Text(
            f'"{self.marker.until}" is not a day, and so the marker suppresses nothing: write until=2027-03-31',
            f"“{self.marker.until}” 不是日期，标记不起作用：请写成 until=2027-03-31",
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
    except ValueError:
        return None


def _unknown(check: str, run: Run) -> Text:
    meant = "" if check[3:].isdigit() else closest(check, run.known)  # another number is no hint
    english = f"; did you mean {meant}?" if meant else ""
    chinese = f"；是否要写 {meant}？" if meant else ""
    return Text(f'"{check}" is not a check that can be suppressed{english}', f"“{check}” 不是可以抑制的检查{chinese}")
