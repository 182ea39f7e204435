"""A waiver in; the text of the manifest with it out. Everything that was there stays as it is, byte for byte.

The table goes to the end of the file, where TOML takes a table of a list wherever the others stand. So nothing of the
project's own writing is ever formatted anew, and no library has to be trusted with it.
"""

from __future__ import annotations

import os

from msgspec import Struct

from privlint import declare, discover
from privlint.engine.session import Session
from privlint.errors import ConfigurationError, UsageError
from privlint.model.project import Waiver
from privlint.model.request import Request


class Amended(Struct, frozen=True):
    """A manifest to be written."""

    file: str  # absolute path
    shown: str  # its path as reports name it
    text: str
    waiver: Waiver  # as it stands there


def waive(request: Request, waiver: Waiver) -> Amended:
    """Add a waiver; its path is as the caller sees it from the working folder, or a pattern from the manifest's."""
    session = Session(request)
    if not session.manifest.path:
        raise UsageError(
            "there is no privlint.toml to write the waiver to",
            message_zh="没有可写入豁免的 privlint.toml",
            hint="Write one with [app], name and category first; `privlint categories` lists the categories.",
            hint_zh="请先写一份包含 [app]、name 和 category 的清单；`privlint categories` 可列出类别。",
        )
    file = os.path.abspath(request.config) if request.config else os.path.join(session.root, session.manifest.path)
    embedded = file.endswith("pyproject.toml")
    waiver = Waiver(
        check=waiver.check,
        path=_from_manifest(waiver.path, os.path.dirname(file)),
        reason=waiver.reason,
        owner=waiver.owner,
        until=waiver.until,
    )
    before = discover.read_configuration(file, session.manifest.path).decode()
    text = before + _table(waiver, before, "tool.privlint.waive" if embedded else "waive")
    try:
        written = declare.read(text.encode(), session.manifest.path, embedded).manifest.waive
    except ConfigurationError as error:
        raise _not_to_be_added(session.manifest.path) from error
    if waiver not in written:
        raise _not_to_be_added(session.manifest.path)
    return Amended(file, session.manifest.path, text, waiver)


def _from_manifest(path: str, folder: str) -> str:
    full = os.path.abspath(path)
    if not os.path.lexists(full):
        if any(letter in path for letter in "*?["):
            return path.replace(os.sep, "/")
        raise UsageError(
            f"no such file or folder: {path}",
            message_zh=f"没有这个文件或文件夹：{path}",
            hint="Name a file or folder that exists, or write a pattern such as `legacy/**`.",
            hint_zh="请指定存在的文件或文件夹，或写成 `legacy/**` 这样的模式。",
        )
    inner = os.path.relpath(os.path.realpath(full), os.path.realpath(folder)).replace(os.sep, "/")
    if inner.startswith("../") or inner in {".", ".."}:
        raise UsageError(
            f"not below the folder of the manifest: {path}",
            message_zh=f"不在清单所在的文件夹之内：{path}",
            hint="A waiver is for files of the project; for all of them write `**`.",
            hint_zh="豁免只针对项目内的文件；要覆盖全部文件可写 `**`。",
        )
    return f"{inner}/" if os.path.isdir(full) else inner


def _table(waiver: Waiver, before: str, name: str) -> str:
    end = "\r\n" if "\r\n" in before else "\n"
    lines = [] if not before or before.endswith("\n") else [""]
    lines += [
        "",
        f"[[{name}]]",
        f"check = {_quoted(waiver.check)}",
        f"path = {_quoted(waiver.path)}",
        f"reason = {_quoted(waiver.reason)}",
        f"owner = {_quoted(waiver.owner)}",
        f"until = {waiver.until.isoformat()}",
        "",
    ]
    return end.join(lines)


def _quoted(text: str) -> str:
    """Write a basic string of TOML."""
    kept = (letter if letter.isprintable() and letter not in '"\\' else _escaped(letter) for letter in text)
    return f'"{"".join(kept)}"'


def _escaped(letter: str) -> str:
    return f"\\{letter}" if letter in '"\\' else f"\\U{ord(letter):08x}"


def _not_to_be_added(path: str) -> ConfigurationError:
    return ConfigurationError(
        "the waivers there are written as a list of inline tables, to which no [[waive]] can be added",
        message_zh="此处的豁免以内联表列表书写，无法追加 [[waive]]",
        path=path,
        hint="Write each as a table [[waive]] of its own, or add the new one by hand.",
        hint_zh="请把每个豁免写成单独的 [[waive]] 表，或手动添加。",
    )
