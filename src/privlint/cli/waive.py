"""`privlint waive CHECK PATH --reason … --owner … --until …`: a decision in; a [[waive]] table in the manifest out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from privlint import engine
from privlint.cli import days, streams
from privlint.cli.arguments import Parser
from privlint.errors import UsageError
from privlint.model.check import SUPPRESSION_IDS
from privlint.model.finding import Text
from privlint.model.project import Waiver
from privlint.model.request import Request
from privlint.report import safe


def run(arguments: Sequence[str], language: str) -> int:
    """Write one waiver."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    check = _check(options.check)
    for option in ("reason", "owner", "until"):
        if not getattr(options, option).strip():
            raise _missing(option)
    until, remark = _until(options)
    waiver = Waiver(
        check=check, path=options.path, reason=options.reason.strip(), owner=options.owner.strip(), until=until
    )
    amended = engine.waive(Request(config=options.config), waiver)
    streams.write_file(amended.file, amended.text.removesuffix("\n").split("\n"))
    name, path = safe.visible(amended.shown), safe.visible(amended.waiver.path)
    streams.write(
        [
            Text(
                f"{name}: {check} is waived for {path} until {until.isoformat()}",
                f"{name}：{path} 中的 {check} 豁免至 {until.isoformat()}",
            )[language]
        ]
    )
    if remark:
        streams.tell([remark[language]])
    return 0


def _check(given: str) -> str:
    from privlint.model.spelling import closest

    check = given.strip().upper()
    known = [doc.check.id for doc in engine.check_docs() if doc.check.id not in SUPPRESSION_IDS]
    if check in known:
        return check
    meant = closest(check, known)
    raise UsageError(
        f"no check that can be waived: {given}",
        message_zh=f"不是可以豁免的检查：{given}",
        hint=f"Did you mean `{meant}`?" if meant else "`privlint explain ID` explains a check.",
        hint_zh=f"是否要写 `{meant}`？" if meant else "`privlint explain ID` 可说明某个检查。",
    )


def _missing(option: str) -> UsageError:
    hints = {
        "reason": Text("A reviewer must be able to judge it.", "理由应能供审核者判断。"),
        "owner": Text("Name the team or person who answers for it.", "请写明负责的团队或个人。"),
        "until": Text(
            "Write a day, 2026-12-31, or a span: '+10 working days', '+30 days'.",
            "写日期 2026-12-31，或时长：'+10 个工作日'、'+30 天'。",
        ),
    }
    return UsageError(
        f"--{option} is missing",
        message_zh=f"缺少 --{option}",
        hint=hints[option].en,
        hint_zh=hints[option].zh,
    )


def _until(options: Namespace) -> tuple[date, Text | None]:
    """Find the last day, and what is to be said about how it was found."""
    today = days.read(options.today, "--today") if options.today else date.today()  # the calendar on the wall
    until, remark = days.last(options.until, "--until", today)
    if until < today:
        raise UsageError(
            f"--until: {until.isoformat()} is over",
            message_zh=f"--until：{until.isoformat()} 已经过去",
            hint="A waiver must end on a day to come.",
            hint_zh="豁免必须在将来的某一天结束。",
        )
    return until, remark


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        "Write a waiver to the manifest: a finding that the team lives with, for a reason, until a day.",
        "向清单写入一项豁免：团队因某个理由、在某日之前接受的发现。",
    )
    usage = Text(
        "CHECK PATH --reason WHY --owner WHO --until DAY", "检查 路径 --reason 理由 --owner 负责人 --until 日期"
    )
    made = Parser("waive", language, about, usage[language])
    made.positional("check", Text("id of the check: PRV201", "检查编号，如 PRV201"))
    made.positional("path", Text("a file, a folder or a pattern", "文件、文件夹或模式"))
    made.option("--reason", metavar="WHY", help=Text("why the team lives with it", "接受的理由"))
    made.option("--owner", metavar="WHO", help=Text("who answers for it", "负责人"))
    made.option(
        "--until",
        metavar="DAY",
        help=Text(
            "the last day, or a span: '+10 working days' counts by China's public holidays",
            "最后一天，或时长：'+10 个工作日' 按中国的放假安排计算",
        ),
    )
    made.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
    made.option("--today", metavar="DATE", help=Text("the day from which spans are counted", "时长的起算日"))
    made.language_options()
    return made
