"""A table and a key of the manifest in; what they mean, and what may stand there, out."""

from __future__ import annotations

from typing import get_args

from privlint.model.finding import Text
from privlint.model.project import Consent, Severity, Side

TABLES = {
    "app": Text("The app: what it is and whom it serves", "应用：是什么、面向谁"),
    "apps": Text("One of several apps in this repository, with its `paths`", "同一仓库中的多个应用之一，写明 `paths`"),
    "function": Text("An extended function of the app", "应用的一项扩展功能"),
    "collect": Text("A declaration: the app collects this, for that", "声明：应用收集什么信息、用于什么"),
    "sdk": Text("A third-party SDK that the app ships", "应用集成的第三方 SDK"),
    "consent": Text("What must be true before personal data is touched", "处理个人信息之前必须满足的条件"),
    "rights": Text("Where the code or page for each right is", "各项权利对应的代码或页面"),
    "contact": Text("The complaint channel", "投诉举报渠道"),
    "check": Text("How to check", "检查设置"),
    "waive": Text("A finding that the team lives with, until a day", "团队在某日之前接受的发现"),
}

_APP = {
    "name": Text("Its name, as users know it", "用户看到的应用名称"),
    "category": Text('The main service: one of the 39 ids, or "other"', "主要服务：39 个类别 id 之一，或 other"),
    "services": Text("Sub-services on which some necessary data depend", "部分必要信息所依赖的子服务"),
    "side": Text(
        '"supply" for an app of drivers, couriers or merchants; else "consumer"',
        "面向司机、骑手、商户等供给侧的应用写 supply，否则为 consumer",
    ),
    "minors": Text("Directed at children under 14", "是否面向不满十四周岁的未成年人"),
    "policy": Text("The published privacy policy: a file or an address", "公开的隐私政策：文件或网址"),
    "policy_version": Text(
        "Version of the policy; raised when what users are told changes", "隐私政策的版本；告知用户的内容变化时提高"
    ),
}
KEYS: dict[str, dict[str, Text]] = {
    "app": _APP,
    "apps": {**_APP, "paths": Text("The folders of this app", "该应用的文件夹")},
    "function": {
        "id": Text("What `function` in [[collect]] calls it", "[[collect]] 中 `function` 使用的 id"),
        "name": Text("What users know it as", "用户看到的功能名称"),
        "category": Text("Judged as an extended function of that kind", "按该类别的扩展功能判断"),
    },
    "collect": {
        "data": Text("The data type", "信息类型"),
        "purpose": Text("What it is taken for, in words for users", "收集目的，用用户能看懂的话"),
        "function": Text('"basic", or the id of an extended function', "basic，或扩展功能的 id"),
        "consent": Text(
            'How the user agrees; sensitive data needs "separate", which a system dialog is not',
            "同意方式；敏感个人信息需要 separate（单独同意），系统权限弹窗不算",
        ),
        "basis": Text(
            "Another legal basis than consent (PIPL article 13); needs a `reason`",
            "同意以外的合法性基础（个人信息保护法第十三条），须写明 `reason`",
        ),
        "reason": Text("Why another basis than consent holds", "为何适用同意以外的基础"),
        "recipient": Text("Who else gets it", "接收方"),
        "retention": Text("How long it is kept", "保存期限"),
        "subject": Text("Whose data it is, where not the user's own", "不是用户本人的信息时，写明是谁的"),
        "required": Text("The function does not work without it", "没有它该功能无法使用"),
    },
    "sdk": {
        "name": Text("The SDK, with its vendor", "SDK 名称及提供方"),
        "purpose": Text("What the app uses it for", "应用用它做什么"),
        "data": Text("The data types that it takes", "它收集的信息类型"),
        "consent": Text("How the user agrees", "同意方式"),
        "notice": Text("The vendor's published notice", "提供方公开的说明"),
        "coordinates": Text("How the build names it: group:artifact", "构建文件中的坐标：group:artifact"),
    },
    "consent": {
        "gates": Text(
            "Full names of the functions or properties that say whether the user agreed",
            "说明用户是否同意的函数或属性的全名",
        )
    },
    "rights": {
        "withdraw": Text("Withdraw consent", "撤回同意"),
        "correct": Text("Correct personal data", "更正个人信息"),
        "delete": Text("Delete personal data", "删除个人信息"),
        "close_account": Text("Close the account", "注销账号"),
        "access": Text("See and copy personal data", "查阅、复制个人信息"),
        "opt_out": Text(
            "Turn off advertisements, recommendations and push that personal data choose",
            "关闭基于个人信息的广告、推荐和推送",
        ),
    },
    "contact": {
        "complaints": Text("Address, telephone number or page", "地址、电话或页面"),
        "days": Text("Days within which complaints are answered", "答复投诉的期限（天）"),
    },
    "check": {
        "select": Text("Checks to run, or how their ids begin; none: all", "要运行的检查或其编号开头；不写则为全部"),
        "ignore": Text("Checks to leave out, or how their ids begin", "不运行的检查或其编号开头"),
        "exclude": Text("Files to leave out, written as in .gitignore", "排除的文件，写法同 .gitignore"),
        "severity": Text("Another severity, by check id", "按检查编号改变严重程度"),
        "fail_on": Text("The least severity that makes the run fail", "使运行失败的最低严重程度"),
    },
    "waive": {
        "check": Text("The id of the check", "检查编号"),
        "path": Text("The file, from the manifest's folder", "相对于清单所在文件夹的路径"),
        "reason": Text("Why the team lives with it", "接受的理由"),
        "owner": Text("Who answers for it", "负责人"),
        "until": Text("Past that day the finding is active again", "过了该日期，发现重新生效"),
    },
}
LISTS = frozenset({"apps", "function", "collect", "sdk", "waive"})  # tables that repeat: [[collect]]
ARRAYS = frozenset({"services", "paths", "coordinates", "gates", "select", "ignore", "exclude"})  # keys with a list

_KINDS = {
    ("app", "category"): "category",
    ("apps", "category"): "category",
    ("function", "category"): "category",
    ("app", "services"): "service",
    ("apps", "services"): "service",
    ("collect", "data"): "data",
    ("sdk", "data"): "data",
    ("collect", "function"): "function",
    ("check", "select"): "check",
    ("check", "ignore"): "check",
    ("waive", "check"): "check",
}
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("app", "side"): get_args(Side),
    ("apps", "side"): get_args(Side),
    ("collect", "consent"): get_args(Consent),
    ("sdk", "consent"): get_args(Consent),
    ("check", "fail_on"): (*get_args(Severity), "never"),
    ("check", "severity"): get_args(Severity),
}


def about(table: str, key: str) -> Text | None:
    """Say what a table, or a key of it, means."""
    return KEYS.get(table, {}).get(key) if key else TABLES.get(table)


def kind_of(table: str, key: str) -> str:
    """Say what ids stand in a value: "category", "data", "service", "check", "function", or "" for none."""
    return _KINDS.get((table, key), "")


def choices(table: str, key: str) -> tuple[str, ...]:
    """Say which few words may stand in a value; none where it is free."""
    return _CHOICES.get((table, key), ())


def is_list(table: str, key: str) -> bool:
    """Tell whether a key holds a list of texts."""
    return key in ARRAYS or (table, key) == ("sdk", "data")
