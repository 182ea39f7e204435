"""Files that come one by one, as an editor or flake8 has them, in; the session of each one's project out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint.engine.session import Session, anchor_of
from privlint.errors import PrivlintError
from privlint.model.baseline import NAME

if TYPE_CHECKING:
    from privlint.model.request import Request

MANIFESTS = ("privlint.toml", ".privlint.toml", "pyproject.toml")


class Sessions:
    """One session for each project, made when its first file comes. All share the settings of one request."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._anchors: dict[str, str] = {}  # folder -> what governs it
        self._sessions: dict[str, Session | PrivlintError] = {}
        self._stamps: dict[str, tuple[int, ...]] = {}  # what governs -> its times and sizes when it was read
        self._lost = False  # there was a folder for which nothing could be found out
        self._typed: dict[str, bytes] = {}  # manifests as an editor has them, where they can be used

    def of(self, path: str) -> Session:
        """Give the session for a file. Raises PrivlintError, each time, while its manifest cannot be used."""
        folder = _folder(path)
        try:
            anchor = self._anchors.get(folder) or anchor_of(folder, self.request)
        except PrivlintError as error:
            self._lost = True
            raise _whole(error) from error
        self._anchors[folder] = anchor
        found = self._sessions.get(anchor)
        if found is None:
            found = self._sessions[anchor] = self._make(folder, anchor)
        if isinstance(found, PrivlintError):
            raise found
        return found

    def refresh(self) -> bool:
        """Make all sessions anew, when they are next asked for, if a manifest was changed, made or removed; tell so."""
        if not any(self._moved(folder, anchor) for folder, anchor in self._anchors.items()) and not self._lost:
            return False
        self._forget()
        return True

    def _forget(self) -> None:
        self._anchors.clear()
        self._sessions.clear()
        self._stamps.clear()
        self._lost = False

    def governs(self, path: str) -> bool:
        """Tell whether a file is the manifest of its own folder."""
        try:
            return anchor_of(_folder(path), self.request) == os.path.abspath(path)
        except PrivlintError:
            return os.path.basename(path) in MANIFESTS

    def typed(self, path: str, text: str) -> bool:
        """Take the text of a manifest as an editor has it; tell if that makes a difference.

        Raises PrivlintError while it cannot be used: then what it said before still counts.
        """
        anchor = os.path.abspath(path)
        data = text.encode("utf-8", "replace")
        if self._typed.get(anchor) == data:
            return False
        found = self._sessions.get(anchor)
        if isinstance(found, Session):
            changed = found.redeclare(data)
        else:
            folder = os.path.dirname(anchor)
            self._sessions[anchor] = Session(replace(self.request, paths=(folder,)), {anchor: data})
            self._stamps[anchor] = _stamp(anchor)
            changed = True
        self._typed[anchor] = data
        return changed

    def untyped(self, path: str) -> bool:
        """Go back to the manifest on the disk: its editor closed it. Tell if there was another text."""
        data = self._typed.pop(os.path.abspath(path), None)
        if data is None:
            return False
        try:
            with open(path, "rb") as file:
                same = file.read() == data
        except OSError:
            same = False
        if not same:
            self._forget()
        return not same

    def _moved(self, folder: str, anchor: str) -> bool:
        try:
            return anchor_of(folder, self.request) != anchor or _stamp(anchor) != self._stamps.get(anchor)
        except PrivlintError:
            return True

    def _make(self, folder: str, anchor: str) -> Session | PrivlintError:
        self._stamps[anchor] = _stamp(anchor)
        if self.request.config:
            folder = os.getcwd()  # as on the command line: what is examined stands below it
        elif os.path.isdir(anchor):
            folder = anchor
        try:
            return Session(replace(self.request, paths=(folder,)), self._typed)
        except PrivlintError as error:
            return _whole(error, anchor)


def _folder(path: str) -> str:
    """Find the nearest folder that exists: a file that is new may stand in one that is new too."""
    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def _stamp(anchor: str) -> tuple[int, ...]:
    """Tell versions of a manifest, and of the baseline beside it, apart; a folder without either has but one."""
    folder = anchor if os.path.isdir(anchor) else os.path.dirname(anchor)
    return (*_version(anchor), *_version(os.path.join(folder, NAME)))


def _version(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0)
    return (0, 0) if os.path.isdir(path) else (status.st_mtime_ns, status.st_size)


def _whole(error: PrivlintError, anchor: str = "") -> PrivlintError:
    """Name the file of an error in full: the reader does not know what a path would be relative to."""
    if error.path and not os.path.isabs(error.path):
        error.path = os.path.join(os.path.dirname(anchor), error.path)
    return error
