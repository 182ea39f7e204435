"""What the checks about markers, waivers and the baseline say of themselves."""

from __future__ import annotations

from privlint.model.check import Check, CheckDoc
from privlint.model.finding import Text

# Each text is the reason, an empty line, and the remedy.
_DOCS = (
    CheckDoc(
        Check(
            "PRV015",
            "policy-not-in-effect",
            Text("A change to the policy that has no effect here", "对检查规则的修改在本次检查中不生效"),
            "info",
        ),
        Text(
            "With `--trusted-config` the policy is taken from where the change under review cannot reach, so that it"
            " cannot judge itself: what it does to `[check]`, to the category, to waivers, markers and the baseline is"
            " shown and has no effect."
            "\n\nReview it as you review code. It takes effect once it is part of the trusted state.",
            "使用 `--trusted-config` 时，检查规则取自待审变更无法触及之处，变更不能自行决定对自己的判断："
            "它对 `[check]`、类别、豁免、标记和基线的修改会被列出，但不生效。"
            "\n\n请像审查代码一样审查这些修改；它们进入可信状态之后才会生效。",
        ),
    ),
    CheckDoc(
        Check("PRV030", "unused-marker", Text("Marker with nothing to suppress", "标记没有可抑制的问题"), "info"),
        Text(
            "A marker that suppresses nothing would hide the next finding on its line without anybody noticing."
            "\n\nRemove it, or remove the check from its list.",
            "不再起作用的标记，会在不知不觉中掩盖该行以后出现的问题。\n\n删除该标记，或从列表中删除该检查编号。",
        ),
    ),
    CheckDoc(
        Check("PRV031", "incomplete-marker", Text("Incomplete marker", "标记不完整"), "warning"),
        Text(
            "A marker counts only when it names its checks and gives a reason that a reviewer can judge."
            '\n\nWrite `privlint: ignore[PRV201] reason` in a comment, or `"privlint:PRV201: reason"` in `@Suppress` or'
            " `@SuppressWarnings`, with `until=2027-03-31` if it should end by itself.",
            "标记必须写明检查编号，并给出可供审核的理由，才会生效。"
            "\n\n在注释中写成 `privlint: ignore[PRV201] 理由`，或在 `@Suppress`、`@SuppressWarnings` 中写成"
            ' `"privlint:PRV201: 理由"`；如需自动到期，加上 `until=2027-03-31`。',
        ),
    ),
    CheckDoc(
        Check(
            "PRV032", "unknown-check-in-marker", Text("Unknown check in a marker", "标记中的检查编号不存在"), "warning"
        ),
        Text(
            "A misspelt check id suppresses nothing.\n\nCorrect the id; `privlint explain` tells what one means.",
            "拼错的检查编号不起作用。\n\n改正编号；`privlint explain` 可查看其含义。",
        ),
    ),
    CheckDoc(
        Check("PRV033", "expired-marker", Text("Expired marker", "标记已到期"), "warning"),
        Text(
            "Past the day it names, a marker no longer counts, and its finding is active again."
            "\n\nMend what it covers, or agree on a new day and write the reason for it.",
            "超过所写日期后标记不再生效，对应的问题重新计入。\n\n修复该问题，或商定新的日期并写明理由。",
        ),
    ),
    CheckDoc(
        Check("PRV034", "marker-ends-soon", Text("Marker ends within 30 days", "标记将在 30 天内到期"), "info"),
        Text(
            "Past the day it names, a marker no longer counts.\n\nMend what it covers before that day.",
            "超过所写日期后标记不再生效。\n\n请在该日期之前修复对应的问题。",
        ),
    ),
    CheckDoc(
        Check("PRV040", "lapsed-waiver", Text("Lapsed waiver", "豁免已失效"), "warning"),
        Text(
            "Past the day in `until`, a waiver no longer counts, and its findings are active again."
            "\n\nMend what it covers and remove the table, or let its owner agree on a new day with a reason.",
            "超过 `until` 所写日期后豁免不再生效，对应的问题重新计入。"
            "\n\n修复对应的问题并删除该表，或由负责人商定新的日期并写明理由。",
        ),
    ),
    CheckDoc(
        Check("PRV041", "waiver-ends-soon", Text("Waiver ends within 30 days", "豁免将在 30 天内到期"), "info"),
        Text(
            "Past the day in `until`, a waiver no longer counts.\n\nMend what it covers before that day.",
            "超过 `until` 所写日期后豁免不再生效。\n\n请在该日期之前修复对应的问题。",
        ),
    ),
    CheckDoc(
        Check("PRV042", "unused-waiver", Text("Waiver with nothing to waive", "豁免没有可豁免的问题"), "info"),
        Text(
            "A waiver that covers nothing would hide the next finding in its files without anybody noticing."
            "\n\nRemove the table, or correct its path.",
            "不再起作用的豁免，会在不知不觉中掩盖这些文件以后出现的问题。\n\n删除该表，或改正其路径。",
        ),
    ),
    CheckDoc(
        Check("PRV043", "grown-baseline", Text("The baseline grew in this change", "本次变更使基线变大"), "warning"),
        Text(
            "A baseline is for what was there when a team began. What a change adds to it was never looked at by"
            " anybody who could have said no. It is compared when a run knows what came before: `--since REF`."
            "\n\nMend the finding, or put it aside where the reason stands beside it: a marker, or `privlint waive`.",
            "基线只用于团队开始使用时已有的问题。变更中新增的条目没有经过任何可以拒绝它的人。"
            "运行时知道变更之前的状态（`--since REF`）才会比较。"
            "\n\n修复该问题，或用带有理由的方式搁置：行内标记，或 `privlint waive`。",
        ),
    ),
)

DOCS = {document.check.id: document for document in _DOCS}
