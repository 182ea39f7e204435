"""The SDK catalogue in, docs/sdks.md out. `--check` writes nothing and ends with 1 when it is stale."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from privlint.rulebook.load import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privlint.model.rules import Constraint
    from privlint.model.sdks import Collected, ConsentCall, Sdk, SdkRules, Switch

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "sdks.md"
_MARK = "†"
_COLUMNS = (
    "SDK",
    "kind 类型",
    "coordinates 坐标",
    "packages 包名前缀",
    "consent and switches 同意与开关",
    "data stated 声明的数据",
)


def main() -> int:
    """Write the page, or compare it."""
    text = "\n".join(page(load(str(ROOT / "rules")).sdks)) + "\n"
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/sdks.md is not what the rules say; run scripts/make_sdk_docs.py\n")
    return 1


def page(vendors: tuple[SdkRules, ...]) -> Iterator[str]:
    """The figures, and one table for each vendor."""
    yield "# Third-party SDKs 第三方 SDK"
    yield ""
    yield "Made by `scripts/make_sdk_docs.py` from `rules/sdks/`. `privlint explain jpush` tells all about one."
    yield f"{_MARK} marks what is from memory and was not verified; every other fact names its source in the data."
    yield "What an SDK takes is said only where a published notice of its vendor says it; otherwise it is *not stated*."
    yield ""
    yield "由 `scripts/make_sdk_docs.py` 根据 `rules/sdks/` 生成。`privlint explain jpush` 可查看其中一项。"
    yield f"{_MARK} 表示凭记忆写入、尚未核实；其余各项均在数据中注明来源。"
    yield "仅在供应商的公开声明写明时，才列出 SDK 收集的数据；否则为 *not stated*（未说明）。"
    yield ""
    yield from _figures(vendors)
    for rules in vendors:
        yield ""
        yield f"## {rules.vendor.id}: {_both(rules.vendor.name_en, rules.vendor.name_zh)}"
        yield ""
        yield f"| {' | '.join(_COLUMNS)} |"
        yield "|---|---|---|---|---|---|"
        for sdk in rules.sdk:
            yield _row(sdk)


def _figures(vendors: tuple[SdkRules, ...]) -> Iterator[str]:
    sdks = [sdk for rules in vendors for sdk in rules.sdk]
    rows = {
        "coordinates 坐标": [fact.verified for sdk in sdks for fact in sdk.artifacts for _ in fact.coordinates],
        "package prefixes 包名前缀": [fact.verified for sdk in sdks for fact in sdk.packages for _ in fact.prefixes],
        "initialisers 初始化": [fact.verified for sdk in sdks for fact in sdk.initialisers for _ in fact.members],
        "consent calls 同意接口": [fact.verified for sdk in sdks for fact in sdk.consents for _ in fact.members],
        "switches 开关": [fact.verified for sdk in sdks for fact in sdk.switches for _ in fact.members],
        "providers that start by themselves 自行启动": [fact.verified for sdk in sdks for fact in sdk.providers],
    }
    stated = sum(bool(sdk.data) for sdk in sdks)
    yield f"{len(vendors)} vendors, {len(sdks)} SDKs; the data of {stated} is stated."
    yield f"共 {len(vendors)} 家供应商、{len(sdks)} 个 SDK，其中 {stated} 个有声明的数据。"
    yield ""
    yield "| facts | number 数量 | verified 已核实 |"
    yield "|---|---|---|"
    for name, verified in rows.items():
        yield f"| {name} | {len(verified)} | {sum(verified)} |"


def _row(sdk: Sdk) -> str:
    coordinates = _names((text, fact.verified) for fact in sdk.artifacts for text in fact.coordinates)
    packages = _names((prefix, fact.verified) for fact in sdk.packages for prefix in fact.prefixes)
    calls = [
        *(_consent(call, member) for call in sdk.consents for member in call.members),
        *(_switch(switch, member) for switch in sdk.switches for member in switch.members),
    ]
    data = "<br>".join(_data(collected) for collected in sdk.data) or "*not stated*"
    title = f"`{sdk.id}`<br>{_both(sdk.name_en, sdk.name_zh)}"
    return f"| {title} | {sdk.kind} | {coordinates} | {packages} | {'<br>'.join(calls)} | {data} |"


def _names(names: Iterable[tuple[str, bool]]) -> str:
    return "<br>".join(f"`{name}`{'' if verified else _MARK}" for name, verified in names)


def _consent(call: ConsentCall, member: str) -> str:
    values = ", ".join(_condition(constraint) for constraint in call.when) or ("" if call.known else "?")
    return f"`{_short(call.owner)}.{member}({values})` {call.means}{'' if call.verified else _MARK}"


def _switch(switch: Switch, member: str) -> str:
    mark = "" if switch.verified else _MARK
    if switch.kind == "manifest":
        return f"`{member}={switch.off}` {switch.turns}{mark}"
    name = f"{_short(switch.owner)}.{member}"
    if switch.kind == "override":
        return f"`{name}() = {switch.off}` {switch.turns}{mark}"
    values = ", ".join(_condition(constraint) for constraint in switch.when) or ("" if switch.known else "?")
    return f"`{name}({values})` {switch.turns}{mark}"


def _condition(constraint: Constraint) -> str:
    values = "/".join(value.rpartition(".")[2] for value in constraint.is_)
    return f"#{constraint.argument + 1} {values}"


def _data(collected: Collected) -> str:
    data = ", ".join(collected.data) or "none"
    optional = " (optional 可选)" if collected.optional else ""
    link = f"[source]({collected.source.replace(' ', '%20')})" if collected.source.startswith("https://") else ""
    return f"{data}{optional} {link or collected.source}"


def _short(owner: str) -> str:
    return owner.rpartition(".")[2]


def _both(english: str, chinese: str) -> str:
    return english if english == chinese else f"{english} {chinese}"


if __name__ == "__main__":
    sys.exit(main())
