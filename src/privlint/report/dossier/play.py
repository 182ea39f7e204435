"""A dossier and a form exported from the Play Console in; the same form, filled from the manifest, out.

privlint answers which data types are collected or shared, and whether a user may do without. Whether data are handled
only in memory, and which of Google's purposes they serve, the manifest does not say: what the form has there stays.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from msgspec import Struct

from privlint.errors import UsageError
from privlint.model.dossier import Dossier, Flow
from privlint.model.finding import Text
from privlint.model.stores import StoreForm
from privlint.report.dossier.apple import declared

_ANY = "PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA"
_TYPES = "PSL_DATA_TYPES_"
_USAGE = "PSL_DATA_USAGE_RESPONSES"
_WAY = "PSL_DATA_USAGE_COLLECTION_AND_SHARING"
_CONTROL = "DATA_USAGE_USER_CONTROL"


class Answered(Struct, frozen=True):
    """What is said of one of Google's data types."""

    shared: bool
    required: bool


class Filled(Struct, frozen=True, kw_only=True):
    """The form, and what is to be told about it."""

    lines: tuple[str, ...]
    notes: tuple[Text, ...]


def fill(dossier: Dossier, form: StoreForm, exported: str, on_device: frozenset[str]) -> Filled:
    """Fill the form. `on_device` are data types that never leave the device: Google does not count them."""
    rows = _rows(exported, form)
    responses = {kind.name: kind.response for kind in form.types}
    flows = [flow for flow in dossier.flows if declared(flow) and flow.data not in on_device]
    answers = _answers(flows, responses)
    true, false = ("true", "false") if any(row[2] in {"true", "false"} for row in rows[1:]) else ("TRUE", "FALSE")
    seen: set[str] = set()
    lines = [_line(rows[0])]
    purposes: dict[str, bool] = {}
    for row in rows[1:]:
        question, response, value = row[:3]
        if question == _ANY:
            value = true if answers else false
        elif question.startswith(_TYPES):
            seen.add(response)
            value = true if response in answers else ""
        elif question.startswith(_USAGE):
            _, kind, about = (*question.split(":"), "", "")[:3]
            value = _usage(answers.get(kind), about, response, value, true)
            if kind in answers and about.endswith("_PURPOSE") and (answers[kind].shared or "SHARING" not in about):
                purposes[question] = purposes.get(question, False) or bool(value)
        lines.append(_line([question, response, value, *row[3:]]))
    open_ = [question for question, answered in purposes.items() if not answered]
    return Filled(lines=tuple(lines), notes=tuple(_notes(flows, responses, answers, seen, open_)))


def _answers(flows: list[Flow], responses: dict[str, str]) -> dict[str, Answered]:
    found: dict[str, Answered] = {}
    for flow in flows:
        shared = bool(flow.sdks) or any(use.recipient for use in flow.uses)
        required = any(use.required or use.basic for use in flow.uses)
        for name in flow.google_play:
            if name in responses:
                before = found.get(responses[name], Answered(shared=False, required=False))
                found[responses[name]] = Answered(shared or before.shared, required or before.required)
    return found


def _usage(answer: Answered | None, about: str, response: str, value: str, true: str) -> str:
    """Give the value of one row about how a data type is used."""
    if answer is None:
        return ""
    if about == _WAY:
        collected = response == "PSL_DATA_USAGE_ONLY_COLLECTED"
        return true if collected or (response == "PSL_DATA_USAGE_ONLY_SHARED" and answer.shared) else ""
    if about == _CONTROL:
        chosen = "PSL_DATA_USAGE_USER_CONTROL_REQUIRED" if answer.required else "PSL_DATA_USAGE_USER_CONTROL_OPTIONAL"
        return true if response == chosen else ""
    if about == "DATA_USAGE_SHARING_PURPOSE" and not answer.shared:
        return ""
    return value


def _rows(exported: str, form: StoreForm) -> list[list[str]]:
    """Read the exported form. Raises UsageError where it is none."""
    rows = [row for row in csv.reader(io.StringIO(exported)) if row]
    wanted = list(form.columns)
    if not rows or rows[0][: len(wanted)] != wanted:
        raise UsageError(
            "--template: this is not a Data safety form that the Play Console exported",
            message_zh="--template：不是从 Play 管理中心导出的“数据安全”表单",
            hint=f"Its first line begins with {','.join(wanted)}: in the console, choose “Export to CSV” in the form.",
            hint_zh=f"首行应以 {','.join(wanted)} 开头：请在管理中心的表单中选择“导出为 CSV”。",
        )
    short = next((number for number, row in enumerate(rows, 1) if len(row) < len(wanted)), 0)
    if short:
        raise UsageError(
            f"--template: row {short} has too few columns",
            message_zh=f"--template：第 {short} 行的列数不足",
            hint="Export the form from the console again.",
            hint_zh="请从管理中心重新导出表单。",
        )
    return rows


def _line(row: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(row)
    return written.getvalue()


def _notes(
    flows: list[Flow], responses: dict[str, str], answers: dict[str, Answered], seen: set[str], open_: list[str]
) -> Iterator[Text]:
    for flow in flows:
        if not any(name in responses for name in flow.google_play):
            yield Text(
                f"{flow.data}: no data type of Google's is known for it; it stands nowhere in the form",
                f"{flow.data}：没有对应的 Google 数据类型，未写入表单",
            )
    for response in sorted(set(answers) - seen):
        yield Text(
            f"{response}: the exported form has no such row; add the answer by hand",
            f"{response}：导出的表单中没有这一行，请手工填写",
        )
    if open_:
        first, more = open_[:3], len(open_) > 3
        yield Text(
            f"not answered, because the manifest does not say which of Google's purposes it is: {', '.join(first)}"
            f"{f' and {len(open_) - 3} more' if more else ''}",
            f"以下用途没有填写，因为清单没有说明对应 Google 的哪一种：{'、'.join(first)}"
            f"{f' 等 {len(open_)} 项' if more else ''}",
        )
    if answers:
        yield Text(
            "Google counts as collected only what leaves the device; name what stays with --on-device. What an"
            " SDK takes is given as shared, unless it acts only on your behalf: that is for people to decide.",
            "Google 所称的收集仅指传出设备的数据；不传出的请用 --on-device 指明。SDK 收集的数据按“共享”填写，"
            "仅代表您处理的除外，须由人判断。",
        )
