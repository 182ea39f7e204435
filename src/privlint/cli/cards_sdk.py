"""The card of an SDK or of its vendor in; the lines that show it on a terminal out."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.cli import cards_lines as draw
from privlint.cli.cards import Call, Named, SdkCard, Stated, VendorCard
from privlint.model.finding import Text
from privlint.report import prose
from privlint.report.view import View

_EFFECTS = {
    "informed": Text("says that the user was shown the policy", "表示已向用户展示隐私政策"),
    "given": Text("says that the user agreed", "表示用户已同意"),
    "refused": Text("says that the user refused or withdrew", "表示用户拒绝或撤回同意"),
    "prepare": Text("is made for the time before consent", "供同意前调用"),
    "required": Text("makes the SDK wait", "使 SDK 等待"),
    "asks": Text("asks the user", "由 SDK 征求用户同意"),
    "off": Text("turns it off", "关闭"),
    "on": Text("turns it on", "开启"),
    "mask": Text("masks", "脱敏"),
}


def sdk(card: SdkCard, view: View) -> Iterator[str]:
    """Yield the lines of an SDK."""
    yield draw.title(card.id, card.name, view)
    yield from draw.row(Text("vendor", "供应商"), f"{card.vendor_name[view.language]} [{card.vendor}]", view)
    yield from draw.row(Text("kind", "类型"), card.type_name[view.language], view)
    yield from draw.bullets(
        Text("Maven coordinates", "Maven 坐标"), [_named(each, view) for each in card.coordinates], view
    )
    yield from draw.bullets(Text("packages", "包名前缀"), [_named(each, view) for each in card.packages], view)
    yield from draw.bullets(Text("started by", "初始化"), [_call(each, view) for each in card.starts], view)
    yield from draw.bullets(
        Text("starts by itself", "自行启动"), [_provider(each, view) for each in card.providers], view
    )
    yield from draw.bullets(Text("consent", "同意接口"), [_call(each, view) for each in card.consent], view)
    yield from draw.bullets(Text("switches", "开关"), [_switch(each, view) for each in card.switches], view)
    title = Text("data that its notice states", "声明收集的数据")
    none = Text("not stated: no published notice was read here", "未说明：尚未查阅其公开声明")
    yield from draw.bullets(title, [_stated(each, view) for each in card.data] or [none[view.language]], view)
    yield from draw.note(card.note, card.note_zh, view)
    yield from draw.row(Text("read", "查阅日期"), card.read, view)


def vendor(card: VendorCard, view: View) -> Iterator[str]:
    """Yield the lines of a vendor."""
    yield draw.title(card.id, card.name, view)
    yield from draw.row(Text("country", "国家"), card.country, view)
    yield from draw.bullets(Text("SDKs", "SDK"), [each.name for each in card.sdks], view)
    yield from draw.bullets(Text("notices that were read", "已查阅的声明"), list(card.notices), view)
    yield from draw.note(card.note, card.note_zh, view)


def _named(named: Named, view: View) -> str:
    return _joined([named.name, *_proof(named.verified, view)], view)


def _call(call: Call, view: View) -> str:
    return _joined([call.symbol, *_effect(call, view), *_note(call, view), *_proof(call.verified, view)], view)


def _switch(call: Call, view: View) -> str:
    about = [f"{'涉及 ' if prose.chinese(view) else 'about '}{', '.join(call.data)}"] if call.data else []
    return _joined([call.symbol, *_effect(call, view), *about, *_note(call, view), *_proof(call.verified, view)], view)


def _provider(call: Call, view: View) -> str:
    how = [f"{'移除：' if prose.chinese(view) else 'to remove it: '}{call.remove}"] if call.remove else []
    return _joined([call.symbol, *_note(call, view), *how, *_proof(call.verified, view)], view)


def _effect(call: Call, view: View) -> list[str]:
    if call.effect not in _EFFECTS:
        return []
    chinese = prose.chinese(view)
    effect = _EFFECTS[call.effect][view.language]
    if not call.known:
        unknown = Text("which arguments do that is not known", "何种参数有此作用尚不清楚")
        return [effect, unknown[view.language]]
    if call.form == "override":
        return [
            f"{effect}：重写后返回 {call.value}"
            if chinese
            else f"{effect} where the app overrides it to return {call.value}"
        ]
    if call.form == "manifest":
        return [
            f"{effect}：<meta-data> 取值 {call.value}" if chinese else f"{effect} where the <meta-data> is {call.value}"
        ]
    if not call.when:
        return [effect]
    conditions = (" and " if not chinese else "，且").join(each[view.language] for each in call.when)
    return [f"{conditions} 时，{effect}" if chinese else f"{effect} where {conditions}"]


def _note(call: Call, view: View) -> list[str]:
    return [call.note[view.language].rstrip(".。")] if call.note else []


def _proof(verified: bool, view: View) -> list[str]:
    return [] if verified else ["未核实" if prose.chinese(view) else "not verified"]


def _stated(stated: Stated, view: View) -> str:
    chinese = prose.chinese(view)
    none = "无个人信息" if chinese else "no personal information"
    parts = [", ".join(stated.data) or none]
    if stated.optional:
        parts.append("可选" if chinese else "only where the app allows or passes it")
    note = stated.note_zh if chinese and stated.note_zh else stated.note
    parts += [note.rstrip(".。")] if note else []
    return f"{_joined(parts, view)} ({stated.source})"


def _joined(parts: list[str], view: View) -> str:
    return ("；" if prose.chinese(view) else "; ").join(parts)
