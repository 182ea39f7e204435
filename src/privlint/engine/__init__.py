"""A request in, a report out: the one pipeline that every front end uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint.engine.session import Session

if TYPE_CHECKING:
    from privlint.engine.waiving import Amended
    from privlint.model.baseline import Standing
    from privlint.model.check import CheckDoc
    from privlint.model.dossier import Dossier
    from privlint.model.draft import Draft
    from privlint.model.drift import Drift
    from privlint.model.examined import Examined
    from privlint.model.finding import Report
    from privlint.model.mended import Mending
    from privlint.model.notice import Answer
    from privlint.model.project import Waiver
    from privlint.model.request import Request
    from privlint.model.rulebook import Rulebook
    from privlint.model.settings import Fact, Settings

__all__ = [
    "Session",
    "answer",
    "baseline",
    "check_docs",
    "clean",
    "doctor",
    "dossier",
    "draft",
    "drift",
    "identify",
    "mend",
    "rulebook",
    "run",
    "settings",
    "source",
    "waive",
]


def run(request: Request) -> Report:
    """Examine what the request names. Raises PrivlintError for a request or a manifest that cannot be used."""
    if request.text is not None:
        from privlint.engine import piped

        return piped.report(request, request.text)
    if request.changed or request.since:
        from privlint.engine import changes

        return changes.report(Session(replace(request, force_exclude=True)))
    return Session(request).report()


def baseline(request: Request) -> Standing:
    """Hold the baseline of a project against what its code has now, wherever in it the request points."""
    from privlint.engine.standing import standing

    alone = replace(request, no_baseline=True)
    return standing(Session(replace(alone, paths=(Session(alone).root,))))


def dossier(request: Request) -> Dossier:
    """Examine what the request names, and put together all that a privacy officer is shown of it."""
    from privlint.engine import gathering

    return gathering.dossier(request)


def answer(report: Report, text: str) -> Answer:
    """Hold a report against the text of a notice; without one, against the groups of the 2019 Method."""
    from privlint.engine import answering

    return answering.answer(report, text)


def draft(request: Request, category: str = "") -> Draft:
    """Find out what a first manifest for the folder of the request would say."""
    from privlint.engine import drafting

    return drafting.draft(request, category)


def drift(request: Request, reference: str) -> Drift:
    """Say what a project has gained and lost since a commit: data, permissions, SDKs."""
    from privlint.engine import comparing

    return comparing.drift(request, reference)


def waive(request: Request, waiver: Waiver) -> Amended:
    """Add a waiver to the text of the manifest that governs the request."""
    from privlint.engine import waiving

    return waiving.waive(request, waiver)


def identify(report: Report) -> Examined:
    """Give digests of the files of a report, and of the commit that they are of."""
    from privlint.engine import identifying

    return identifying.identify(report)


def mend(report: Report, *, unsafe: bool = False) -> Mending:
    """Make in the files of a report what needs no decision; nothing is written."""
    from privlint.engine import mending

    return mending.mend(report, unsafe=unsafe)


def rulebook() -> Rulebook:
    """Everything in `rules/`, for explanations."""
    from privlint.rulebook import open_rulebook

    return open_rulebook()


def clean() -> tuple[int, int]:
    """Remove what earlier runs kept; how many files that were, and their bytes. Raises OutputError for what stays."""
    from privlint.engine import vault
    from privlint.errors import OutputError

    try:
        return vault.clean()
    except OSError as error:
        raise OutputError(
            f"cannot be removed: {error.strerror}",
            message_zh=f"无法删除：{error.strerror}",
            path=str(error.filename or ""),
            hint="Remove the folder by hand.",
            hint_zh="请手动删除该文件夹。",
        ) from error


def check_docs() -> tuple[CheckDoc, ...]:
    """The documentation of every check that can be explained."""
    from privlint import checks, suppress

    found = (checks.explain(check) or suppress.explain(check) for check in checks.KNOWN)
    return tuple(doc for doc in found if doc is not None)


def settings(request: Request) -> Settings:
    """Give every setting that would govern a run, and where it comes from."""
    from privlint.engine import governing

    return governing.settings(request)


def doctor(folder: str) -> tuple[Fact, ...]:
    """Say what this installation consists of, and what is wrong with it."""
    from privlint.engine import examining

    return tuple(examining.doctor(folder))


def source(root: str, path: str) -> str | None:
    """Read the text of a file of a report again, to quote a line of it; None when it cannot be read any more."""
    from privlint import discover, languages

    language = languages.SUFFIXES.get(path[path.rfind(".") :], "")
    found = discover.read_source(root, path, language)
    return found.data.decode("utf-8", "replace") if isinstance(found, discover.Contents) else None
