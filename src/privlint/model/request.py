"""What a front end asks the engine for: which paths, under which settings."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Request(Struct, frozen=True, kw_only=True):
    """One run. What is empty here is taken from the manifest; what is given wins over it."""

    paths: tuple[str, ...] = (".",)  # as given: files or folders, relative to the working folder or absolute
    config: str = ""  # the manifest to use instead of the nearest one
    trusted_config: str = ""  # a commit, or a file elsewhere, that the policy is taken from
    isolated: bool = False  # read no manifest and no ignore file
    select: tuple[str, ...] = ()  # check ids or their beginnings
    ignore: tuple[str, ...] = ()  # wins over `select`
    exclude: tuple[str, ...] = ()  # patterns, on top of the manifest's
    force_exclude: bool = False  # exclusions also hold for paths named in `paths`
    merged_manifest: str = ""  # the AndroidManifest.xml that a build wrote: it counts before the sources
    fail_on: str = ""  # "error", "warning", "info", "never"; goes back in `Report.fail_on`
    today: str = ""  # ISO date; "" is the date of the run
    cache: bool = False  # take what earlier runs found of the same bytes, and keep what this one finds
    profile: bool = False  # say where the time went
    jobs: int = 0  # processes; 0 is as many as there are processors
    name_only: bool = False  # also judge uses known by nothing but their name
    full_tests: bool = False  # test code keeps the full severity
    no_ignores: bool = False  # markers, waivers and baseline suppress nothing
    baseline: str = ""  # the baseline to use instead of the one at the root
    no_baseline: bool = False  # what the baseline puts aside counts
    changed: Literal["", "staged", "changed"] = ""  # only files that git knows as changed since the last commit
    since: str = ""  # only files that changed since a branch, tag or commit
    diff_only: bool = False  # of those, what does not stand on a changed line does not count
    text: bytes | None = None  # of the one file in `paths`, which need not be on the disk
