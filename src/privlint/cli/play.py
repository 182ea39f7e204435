"""The options of `privlint report --format play-data-safety` and a dossier in; the lines of the filled form out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from privlint import engine
from privlint.cli import streams
from privlint.errors import UsageError
from privlint.model.dossier import Dossier
from privlint.report import safe
from privlint.report.dossier import play


def lines(options: Namespace, found: Dossier, language: str) -> Iterator[str]:
    """Fill the form, and tell what the manifest does not answer."""
    rulebook = engine.rulebook()
    known = frozenset(kind.id for kind in rulebook.data_types)
    on_device = frozenset(filter(None, (name.strip() for name in options.on_device.split(","))))
    for name in sorted(on_device - known):
        raise _unknown(name, known)
    form = next(store for store in rulebook.stores if store.id == "google-play")
    filled = play.fill(found, form, _exported(options.template or options.check), on_device)
    streams.tell(safe.visible(note[language]) for note in filled.notes)
    return iter(filled.lines)


def _exported(path: str) -> str:
    if not path:
        raise UsageError(
            "--format play-data-safety needs --template",
            message_zh="--format play-data-safety 需要 --template",
            hint="Export the form in the Play Console (App content, Data safety, Export to CSV), and name that file.",
            hint_zh="请在 Play 管理中心导出表单（应用内容 → 数据安全 → 导出为 CSV），并指定该文件。",
        )
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"--template: cannot read {path}: {error}",
            message_zh=f"--template：无法读取 {path}：{error}",
            hint="Export the form in the Play Console again; it is UTF-8.",
            hint_zh="请从 Play 管理中心重新导出表单，编码为 UTF-8。",
        ) from None


def _unknown(name: str, known: frozenset[str]) -> UsageError:
    from privlint.model.spelling import closest

    meant = closest(name, known)
    return UsageError(
        f"--on-device: no such data type: {name}",
        message_zh=f"--on-device：没有这个数据类型：{name}",
        hint=f"Did you mean `{meant}`?" if meant else "`privlint explain ID` explains a data type.",
        hint_zh=f"是否要写 `{meant}`？" if meant else "`privlint explain ID` 可说明某个数据类型。",
    )
