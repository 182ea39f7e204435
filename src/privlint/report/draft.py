"""What a scan found in; the first privlint.toml out: tables to correct, and comments that say what they decide."""

from __future__ import annotations

from collections.abc import Iterator

from privlint import __version__
from privlint.model.draft import PLACEHOLDERS, Draft, Proposal, Taken, ThirdParty
from privlint.model.finding import Text
from privlint.report import safe
from privlint.report.width import wrap

SCHEMA = f"#:schema https://raw.githubusercontent.com/OWNER/privlint/v{__version__}/src/privlint/declare/privlint.schema.json"
_WIDTH = 98  # columns of a comment


def lines(draft: Draft, language: str) -> Iterator[str]:
    """Yield the file."""
    say = _Comment(language)
    yield SCHEMA
    yield ""
    yield from say(_HEAD)
    yield ""
    yield "[app]"
    yield f"name = {quoted(draft.name)}"
    yield from _category(draft, say)
    yield f"category = {quoted(draft.category)}"
    yield from _policy(draft, say)
    yield from _APP_MORE[language].split("\n")
    yield ""
    yield from say(_COLLECT if draft.taken else _NOTHING)
    for taken in draft.taken:
        yield ""
        yield from _table(taken, draft, say)
    if draft.sdks:
        yield ""
        yield from say(_SDKS)
    for sdk in draft.sdks:
        yield ""
        yield from _sdk(sdk, say)
    yield ""
    yield from say(_REST)
    yield from _SDK_TABLE if not draft.sdks else ()
    yield from _REST_TABLES


def quoted(text: str) -> str:
    """Write a basic string of TOML."""
    kept = (
        letter if letter.isprintable() and letter not in '"\\' else f"\\{letter}" if letter in '"\\' else _code(letter)
        for letter in text
    )
    return f'"{"".join(kept)}"'


def _code(letter: str) -> str:
    number = ord(letter)
    return f"\\U{number:08x}" if not 0xD800 <= number < 0xE000 else "\\ufffd"


class _Comment:
    """Writes comments in one language; what comes from the scanned tree is made visible first."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: Text, indent: str = "") -> Iterator[str]:
        for paragraph in text[self.language].split("\n"):
            for line in wrap(safe.visible(paragraph), _WIDTH - len(indent)):
                yield f"# {indent}{line}".rstrip()


# --- the category -----------------------------------------------------------------------------------------------------


def _category(draft: Draft, say: _Comment) -> Iterator[str]:
    if draft.chosen:
        yield from say(Text(f"{draft.category_name.en}.", f"{draft.category_name.zh}。"))
        return
    first, *others = draft.proposals or (None,)
    if first is None:
        yield from say(_NO_PROPOSAL)
        return
    yield from say(_proposed(first))
    if others:
        names = Text(
            "; ".join(f"{one.category} ({one.name.en})" for one in others if one),
            "；".join(f"{one.category}（{one.name.zh}）" for one in others if one),
        )
        yield from say(Text(f"Less likely: {names.en}.", f"可能性较小：{names.zh}。"))
    yield from say(_DECIDE)


def _proposed(proposal: Proposal) -> Text:
    signs = [(sign.word, sign.path) for sign in proposal.signs]
    english = "; ".join(f'"{word}" in {path or "the name of the folder"}' for word, path in signs)
    chinese = "；".join(f"{path or '文件夹名称'} 中的“{word}”" for word, path in signs)
    return Text(
        f"To decide: this may be {proposal.category} ({proposal.name.en}). What speaks for it: {english}.",
        f"待决定：可能是 {proposal.category}（{proposal.name.zh}）。依据：{chinese}。",
    )


def _policy(draft: Draft, say: _Comment) -> Iterator[str]:
    if not draft.policies:
        yield _NO_POLICY[say.language]
        return
    first, *others = draft.policies
    if others:
        listed = ", ".join(others)
        yield from say(Text(f"The privacy policy, or one of: {listed}.", f"隐私政策；也可能是：{listed}。"))
    yield f"policy = {quoted(first)}"


# --- what is collected ------------------------------------------------------------------------------------------------


def _table(taken: Taken, draft: Draft, say: _Comment) -> Iterator[str]:
    extended = draft.chosen and taken.standing == "unnecessary"
    yield from say(_where(taken))
    about = _standing(taken, draft)
    if about is not None:
        yield from say(about)
    placeholder = _placeholder(say.language)
    if extended:
        yield "[[function]]"
        yield f"id = {quoted(f'extended-{taken.data}')}"
        yield f"name = {quoted(placeholder + _FUNCTION[say.language])}"
        yield ""
    yield "[[collect]]"
    yield f"data = {quoted(taken.data)}"
    yield f"purpose = {quoted(placeholder + _PURPOSE[say.language])}"
    yield f"function = {quoted(f'extended-{taken.data}' if extended else 'basic')}"
    if taken.sensitive:
        yield from say(_SEPARATE)
    yield f"consent = {quoted(_consent(taken))}"


def _sdk(sdk: ThirdParty, say: _Comment) -> Iterator[str]:
    yield from say(Text(f"{sdk.name.en}: {sdk.path}:{sdk.line}", f"{sdk.name.zh}：{sdk.path}:{sdk.line}"))
    if not sdk.data:
        yield from say(_NOT_STATED)
    yield "[[sdk]]"
    yield f"name = {quoted(sdk.name[say.language])}"
    yield f"purpose = {quoted(_placeholder(say.language) + _SDK_PURPOSE[say.language])}"
    yield f"data = [{', '.join(quoted(data) for data in sdk.data)}]"
    yield 'consent = "policy"'
    if sdk.notice:
        yield f"notice = {quoted(sdk.notice)}"
    if sdk.coordinates:
        yield f"coordinates = [{', '.join(quoted(name) for name in sdk.coordinates)}]"


def _placeholder(language: str) -> str:
    return Text(f"{PLACEHOLDERS[0]}: ", f"{PLACEHOLDERS[1]}：")[language]


def _consent(taken: Taken) -> str:
    if taken.sensitive:
        return "separate"
    return "permission" if taken.guarded else "policy"


def _where(taken: Taken) -> Text:
    places = ", ".join(f"{place.path}:{place.start.line}" for place in taken.places)
    more = taken.number - len(taken.places)
    return Text(
        f"{taken.name.en}: {places}{f' and {more} more' if more else ''}",
        f"{taken.name.zh}：{places}{f'，另有 {more} 处' if more else ''}",
    )


def _standing(taken: Taken, draft: Draft) -> Text | None:
    category = draft.category if draft.chosen else next((one.category for one in draft.proposals), "")
    services = ", ".join(f'"{service}"' for service in taken.services)
    match taken.standing:
        case "necessary":
            return Text(
                f"Necessary for the basic service of {category}.",
                f"属于 {category} 基本功能服务的必要个人信息。",
            )
        case "conditional":
            return Text(
                f"Necessary for the basic service of {category} only with a sub-service: if the app has it, write"
                f" services = [{services}] in [app].",
                f"只有提供子服务时才是 {category} 的必要个人信息：如果提供，请在 [app] 中写 services = [{services}]。",
            )
        case "unnecessary":
            return Text(
                f"Not necessary for the basic service of {category}: it must be optional, for an extended function with"
                " its own purpose and consent. Or stop collecting it, and delete this.",
                f"不是 {category} 基本功能服务的必要个人信息：必须可选，归入有单独目的和同意的扩展功能；"
                "或者停止收集，并删除这里的声明。",
            )
        case _:
            return None


# --- the texts --------------------------------------------------------------------------------------------------------

_HEAD = Text(
    "What this app is, and which personal data it collects and what for. Drafted by `privlint init` from what the code"
    " takes; it is right when the team has corrected it. Every text that begins with TODO is a decision that only the"
    " team can make: until then `privlint check` reports it (PRV206).",
    "本文件说明应用是什么、收集哪些个人信息、用于什么目的。由 `privlint init` 根据代码生成，须由团队核对更正。"
    "以“待填写”开头的内容只能由团队决定；填写之前 `privlint check` 会报告（PRV206）。",
)
_DECIDE = Text(
    'It decides which data the basic service needs. `privlint categories ID` shows the list of a category; "other" is'
    " for an app of none of them, and leaves necessity unjudged.",
    "类别决定哪些信息属于必要个人信息。`privlint categories ID` 显示某一类别的范围；"
    "“other” 用于不属于任何类别的应用，此时不判断必要性。",
)
_NO_PROPOSAL = Text(
    "To decide: nothing in the app's names and texts says what it is. `privlint categories` lists the 39 categories;"
    ' "other" is for an app of none of them, and leaves necessity unjudged.',
    "待决定：应用的名称和文字没有说明它属于哪一类。`privlint categories` 列出 39 个类别；"
    "“other” 用于不属于任何类别的应用，此时不判断必要性。",
)
_NO_POLICY = Text(
    '# policy = "docs/privacy.md" # the published privacy policy: a file or an address',
    '# policy = "docs/privacy.md" # 已发布的隐私政策：文件或网址',
)
_APP_MORE = Text(
    "# services = [] # conditional sub-services that the app has\n"
    '# side = "supply" # for an app of drivers, couriers or merchants\n'
    "# minors = true # for an app directed at children under 14",
    "# services = [] # 应用提供的有条件子服务\n"
    '# side = "supply" # 面向司机、骑手、商户等供给侧的应用\n'
    "# minors = true # 面向不满十四周岁未成年人的应用",
)
_COLLECT = Text(
    "One table for each kind of data that the code takes. What a server, a web form or an SDK collects is not in the"
    " code: add it.",
    "代码收集的每一种信息各有一个表。服务器、网页表单或 SDK 收集的信息不在代码中，请自行补充。",
)
_NOTHING = Text(
    "The code takes no personal data that privlint knows. What a server, a web form or an SDK collects: add a"
    " [[collect]] table for it.",
    "代码没有收集 privlint 所知的个人信息。服务器、网页表单或 SDK 收集的信息，请添加 [[collect]] 表。",
)
_SEPARATE = Text(
    "Sensitive: separate consent, which neither the policy nor a system dialog is. This line says how it must be; the"
    " code has to do it.",
    "敏感个人信息：须单独同意，勾选隐私政策和系统弹窗都不是单独同意。此行写明要求，代码须据此实现。",
)
_PURPOSE = Text("what it is taken for, in words for users", "收集目的，用用户能看懂的话")
_FUNCTION = Text("what users know this function as", "用户看到的功能名称")
_REST = Text("Further tables, once they are true of the app:", "其他可用的表，待应用具备后再写：")
_SDKS = Text(
    "One table for each third-party SDK that the app ships and that may take data. What it takes, its vendor's notice"
    " says.",
    "应用集成的、可能收集信息的第三方 SDK 各有一个表。收集什么，以厂商的说明为准。",
)
_NOT_STATED = Text(
    "What it takes is not known here: read its vendor's notice, and fill in `data` and `notice`.",
    "此处不知道它收集什么：请查阅厂商的说明，填写 data 和 notice。",
)
_SDK_PURPOSE = Text("what the app uses it for", "应用用它做什么")
_SDK_TABLE = ("#", "# [[sdk]]", '# name = "…"', '# purpose = "…"', "# data = []")
_REST_TABLES = (
    "#",
    "# [consent]",
    '# gates = ["com.example.Consent.isGiven"]',
    "#",
    "# [rights]",
    '# withdraw = "…"',
    '# delete = "…"',
    "#",
    "# [contact]",
    '# complaints = "…"',
    "# days = 15",
)
