"""The rulebook and the id, coordinates or package of an SDK in; the card that tells all about it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privlint.cli.cards import Call, Named, SdkCard, Stated, VendorCard
from privlint.model.finding import Text

if TYPE_CHECKING:
    from privlint.model.rulebook import Rulebook
    from privlint.model.rules import Constraint
    from privlint.model.sdks import (
        Artifact,
        Collected,
        ConsentCall,
        Initialiser,
        Package,
        Provider,
        Sdk,
        Switch,
        Vendor,
    )

_TYPES = {
    "account": Text("account of the vendor", "账号登录"),
    "ads": Text("advertising", "广告"),
    "analytics": Text("analytics", "统计分析"),
    "anti-fraud": Text("anti-fraud, device fingerprint", "风控与设备指纹"),
    "attribution": Text("attribution", "广告归因"),
    "captcha": Text("captcha", "验证码"),
    "cast": Text("screen cast", "投屏"),
    "consent": Text("consent management", "同意管理"),
    "crash": Text("crashes and performance", "崩溃与性能监控"),
    "customer-service": Text("customer service", "客服"),
    "download": Text("download and update", "下载与更新"),
    "face": Text("face recognition", "人脸识别"),
    "family": Text("several products", "多个产品"),
    "hardening": Text("hardening", "加固"),
    "hotfix": Text("hotfix", "热修复"),
    "identifier": Text("device identifier", "设备标识"),
    "im": Text("instant messaging", "即时通信"),
    "kit": Text("platform kit", "平台服务"),
    "library": Text("library that runs in the app for the app", "在应用内运行的工具库"),
    "location": Text("location", "定位"),
    "map": Text("map", "地图"),
    "media": Text("media", "媒体内容"),
    "ocr": Text("text recognition", "文字识别"),
    "one-tap-login": Text("login by phone number", "手机号认证"),
    "payment": Text("payment", "支付"),
    "push": Text("push", "推送"),
    "rtc": Text("voice and video calls", "音视频通话"),
    "session-replay": Text("session replay", "会话录制"),
    "shopping": Text("shopping", "购物"),
    "social": Text("social login and sharing", "社交登录与分享"),
    "speech": Text("speech", "语音"),
    "storage": Text("storage", "存储"),
    "webview": Text("web view", "浏览器内核"),
}


def find(identity: str, rulebook: Rulebook) -> SdkCard | VendorCard | None:
    """Find an SDK by its id, its Maven coordinates, or a package or class of it; else a vendor by its id."""
    wanted = identity.strip().lower()
    sdks = [(rules.vendor, sdk) for rules in rulebook.sdks for sdk in rules.sdk]
    for vendor, sdk in sdks:
        if wanted == sdk.id:
            return _card(vendor, sdk)
    for rules in rulebook.sdks:
        if wanted == rules.vendor.id:
            return _vendor(rules.vendor, rules.sdk)
    fits = _coordinates if ":" in wanted else _packages
    length, index = max(((fits(wanted, sdk), -index) for index, (_, sdk) in enumerate(sdks)), default=(0, 0))
    return _card(*sdks[-index]) if length else None


def known(rulebook: Rulebook) -> Iterator[str]:
    """Yield every id, the coordinates and the packages that `find` knows."""
    for rules in rulebook.sdks:
        yield rules.vendor.id
        for sdk in rules.sdk:
            yield sdk.id
            yield from (text for artifact in sdk.artifacts for text in artifact.coordinates)
            yield from (prefix for package in sdk.packages for prefix in package.prefixes)


def type_name(kind: str) -> Text:
    """Name a kind of SDK."""
    return _TYPES[kind]


def condition(constraint: Constraint) -> Text:
    """Write a constraint in one line: `argument 2 is android_id`."""
    place = constraint.argument + 1
    subject = Text(f"argument {place}", f"第 {place} 个参数") if place else Text("the receiver", "接收者")
    parts = [
        Text(f"{word.en} {', '.join(values)}", f"{word.zh} {'、'.join(values)}")
        for word, values in (
            (Text("is", "为"), constraint.is_),
            (Text("is not", "不为"), constraint.not_),
            (Text("begins with", "以其开头："), constraint.prefix),
            (Text("has the type", "类型为"), constraint.type),
        )
        if values
    ]
    parts += [Text("is absent", "未给出")] if constraint.absent else []
    return Text(
        f"{subject.en} {' or '.join(part.en for part in parts)}", f"{subject.zh}{'或'.join(part.zh for part in parts)}"
    )


def _coordinates(wanted: str, sdk: Sdk) -> int:
    """Tell how much of `group:artifact`, with or without a version, one of the SDK's coordinates spells; 0 for none."""
    group, _, rest = wanted.partition(":")
    plain = f"{group}:{rest.partition(':')[0].partition('@')[0]}"
    found = 0
    for text in (text.lower() for artifact in sdk.artifacts for text in artifact.coordinates):
        if text == plain:
            return len(text) + 1
        if text.endswith("*") and plain.startswith(text[:-1]):
            found = max(found, len(text) - 1)
    return found


def _packages(wanted: str, sdk: Sdk) -> int:
    """Tell how long the longest of the SDK's packages is that holds a name; 0 for none."""
    prefixes = (prefix.lower() for package in sdk.packages for prefix in package.prefixes)
    return max((len(prefix) for prefix in prefixes if f"{wanted}.".startswith(f"{prefix}.")), default=0)


def _vendor(vendor: Vendor, sdks: Iterable[Sdk]) -> VendorCard:
    return VendorCard(
        id=vendor.id,
        name=Text(vendor.name_en, vendor.name_zh),
        country=vendor.country,
        notices=vendor.notices,
        sdks=tuple(Named(name=sdk.id) for sdk in sdks),
        note=vendor.note,
        note_zh=vendor.note_zh,
    )


def _card(vendor: Vendor, sdk: Sdk) -> SdkCard:
    return SdkCard(
        id=sdk.id,
        name=Text(sdk.name_en, sdk.name_zh),
        vendor=vendor.id,
        vendor_name=Text(vendor.name_en, vendor.name_zh),
        type=sdk.kind,
        type_name=type_name(sdk.kind),
        coordinates=tuple(_named(artifact, text) for artifact in sdk.artifacts for text in artifact.coordinates),
        packages=tuple(_named(package, prefix) for package in sdk.packages for prefix in package.prefixes),
        starts=tuple(_start(call, member) for call in sdk.initialisers for member in call.members),
        consent=tuple(_consent(call, member) for call in sdk.consents for member in call.members),
        switches=tuple(_switch(switch, member) for switch in sdk.switches for member in switch.members),
        providers=tuple(_provider(provider) for provider in sdk.providers),
        data_stated=bool(sdk.data),
        data=tuple(_stated(collected) for collected in sdk.data),
        notices=vendor.notices,
        read=sdk.read,
        note=sdk.note,
        note_zh=sdk.note_zh,
    )


def _named(fact: Artifact | Package, name: str) -> Named:
    return Named(name=name, source=fact.source, verified=fact.verified)


def _start(call: Initialiser, member: str) -> Call:
    return Call(
        symbol=f"{call.owner}.{member}", form="call", effect="start", source=call.source, verified=call.verified
    )


def _consent(call: ConsentCall, member: str) -> Call:
    return Call(
        symbol=f"{call.owner}.{member}",
        form="call",
        effect=call.means,
        when=tuple(condition(constraint) for constraint in call.when),
        known=call.known,
        note=_note(call.note_en, call.note_zh),
        source=call.source,
        verified=call.verified,
    )


def _switch(switch: Switch, member: str) -> Call:
    return Call(
        symbol=f"{switch.owner}.{member}" if switch.owner else member,
        form=switch.kind,
        effect=switch.turns,
        when=tuple(condition(constraint) for constraint in switch.when),
        value=switch.off,
        known=switch.known,
        data=switch.data,
        note=_note(switch.note_en, switch.note_zh),
        source=switch.source,
        verified=switch.verified,
    )


def _provider(provider: Provider) -> Call:
    return Call(
        symbol=provider.name,
        form="provider",
        effect="start",
        value=provider.authority,
        remove=provider.remove,
        note=_note(provider.note_en, provider.note_zh),
        source=provider.source,
        verified=provider.verified,
    )


def _stated(collected: Collected) -> Stated:
    return Stated(
        data=collected.data,
        optional=collected.optional,
        source=collected.source,
        note=collected.note,
        note_zh=collected.note_zh,
    )


def _note(english: str, chinese: str) -> Text | None:
    return Text(english, chinese) if english else None
